"""Which dates does a text name? Chinese ways to write a day, a month, a year, or a span of them."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime
from functools import lru_cache

Parts = tuple[int, int, int | None, int | None, int | None]  # start, end, year, month, day
Span = tuple[int, int, date, date]  # start, end, first day, last day

# One character for one, so that places in the text stay what they are.
PLAIN = list(
    zip(
        "０１２３４５６７８９／．－：（）﹝﹞\u3000\xa0\t週禮後個號",
        "0123456789/.-:()〔〕   周礼后个号",
        strict=True,
    )
)
HAN = {
    **{c: i for i, c in enumerate("〇一二三四五六七八九")},
    "零": 0,
    "○": 0,
    "O": 0,
    "Ｏ": 0,
    "两": 2,
    "元": 1,
}
UNITS = {"十": 10, "廿": 20, "卅": 30, "百": 100, "千": 1000}
S = " {0,2}"
TO_NINE = "一二三四五六七八九"
FIGURE = f"[0〇零○OＯ{TO_NINE}]"
LONG_YEAR = rf"[12]{S}\d{S}\d{S}\d"
YEAR = rf"{LONG_YEAR}|\d{{2,4}}|{FIGURE}{{2,4}}|[一二两]千(?:零?[{TO_NINE}十]{{1,3}})?"
MONTH = rf"1{S}[0-2]|0?[1-9]|十{S}[一二]?|[元{TO_NINE}]"
DAY = rf"3{S}[01]|[12]{S}\d|0?[1-9]|三{S}十{S}一?|二?{S}十{S}[{TO_NINE}]?|廿[{TO_NINE}]?|卅一?|[{TO_NINE}]"
DATE = re.compile(
    rf"(?<![\d.第年历熙隆绪国十{TO_NINE}])(?:"
    rf"(?:(?P<y>{YEAR}){S}年{S})?(?P<m>{MONTH}){S}月份?(?:{S}(?P<d>{DAY}){S}[日号]|(?![\d日初]))"
    rf"|(?P<year>{LONG_YEAR}|\d{{3,4}}|0\d|[零〇][{TO_NINE}]|{FIGURE}{{3,4}}|两千){S}年(?![\d农])"
    rf"|(?P<iy>[12]\d{{3}})(?P<sep>{S}[-./]{S}| )(?P<im>1[0-2]|0?[1-9])(?P=sep)"
    rf"(?P<id>3[01]|[12]\d|0?[1-9])(?!\d))"
)
COMMA = re.compile(",(?<=[一-龥”》）)].)(?! ?[A-Za-z])")  # of who writes Chinese with the commas of English
NUMERIC = re.compile(r"[12]\d{3} {0,2}[-./ ]")
LAST = f"[\\d〇零○OＯ千元十{TO_NINE}]"
MARK = re.compile(
    f"[年月](?:(?<={LAST}.)|(?<={LAST} .)|(?<={LAST}  .)|(?<={LAST}   .)|(?<={LAST}    .))"
)  # what a number stands before
BEFORE, AFTER = 14, 40  # characters before the first 年 or 月 of a date, and from it to the end
MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
DTH = r"(\d\d?)(?:st|nd|rd|th)?"
WESTERN = re.compile(rf"(?:{DTH} )?({'|'.join(MONTHS)})[a-z]*\.? (?:{DTH},? )?([12]\d{{3}})")
WEEKDAY = re.compile(rf"{S}[(,，、]?{S}(?:星期|周|礼拜)([一二三四五六日天])")
WEEKDAYS = {name: i for i, name in enumerate("一二三四五六日")} | {"天": 6}

BEIJING = timezone(timedelta(hours=8))


@lru_cache(maxsize=16)
def plain(text: str) -> str:
    """`text` with full-width digits and signs made narrow, every character in its place."""
    for sign, narrow in PLAIN:
        text = text.replace(sign, narrow)
    return COMMA.sub("，", text) if "," in text else text


def western(text: str) -> str:
    """`text` with Mar 5, 2019 and 5 March 2019 as 2019-3-5."""
    if not re.search("[A-Z][a-z]{2}", text):
        return text
    return WESTERN.sub(
        lambda one: f"{one[4]}-{MONTHS.index(one[2]) + 1}-{one[1] or one[3] or ''}".rstrip("-"), text
    )


def turned(match: re.Match[str]) -> str:
    """12/28/2012 and 28.12.2012 as 2012-12-28; with strokes, what may be read in two ways stays."""
    one, two = int(match[1]), int(match[3])
    month, of_month = (one, two) if two > 12 else (two, one)
    sure = (
        max(one, two) > 12 or one == two or (match[2] == "." and not re.search("[A-Za-z]{3}", match.string))
    )
    return f"{match[4]}-{month}-{of_month}" if sure else match[0]


def number(written: str) -> int:
    """Read 2019, 二〇一九, 两千零四, 十二, 廿三; blanks between the signs do not count."""
    signs = written.replace(" ", "")
    if signs.isdecimal() and signs.isascii():
        return int(signs)
    if not any(sign in UNITS for sign in signs):
        return int("".join(sign if sign.isdecimal() else str(HAN[sign]) for sign in signs))
    total = last = 0
    for sign in signs:
        if sign in UNITS:
            unit = UNITS[sign]
            total += unit if unit in (20, 30) else (last or 1) * unit
            last = 0
        else:
            last = HAN[sign]
    return total + last


def day(year: int, month: int, of_month: int) -> date | None:
    """The date, or None where the calendar has no such day."""
    try:
        return date(year, month, of_month)
    except ValueError:
        return None


def span(year: int, month: int | None, of_month: int | None) -> tuple[date, date] | None:
    """First and last day of a year, of a month, or of a day; None where there is no such day."""
    if month is None:
        return date(year, 1, 1), date(year, 12, 31)
    if of_month is None:
        return date(year, month, 1), date(year, month, monthrange(year, month)[1])
    one = day(year, month, of_month)
    return (one, one) if one else None


def _whole_year(written: str) -> int:
    """A year; of two digits it lies between 1950 and 2049."""
    year = number(written)
    return year if year > 99 else year + (2000 if year < 50 else 1900)


def _near(text: str) -> Iterator[re.Match[str]]:
    """The dates with a 年 or 月, sought only where one stands."""
    reached = 0
    for mark in MARK.finditer(text):
        at = mark.start()
        match = DATE.search(text, max(reached, at - BEFORE), at + AFTER) if at >= reached else None
        if match and match.start() < at < match.end():
            reached = match.end()
            yield match


def scan(text: str) -> Iterator[Parts]:
    """Every date in `plain` text as start, end, year, month, day; what is not said is None."""
    for match in DATE.finditer(text) if NUMERIC.search(text) else _near(text):
        y, m, d, year, iy, im, of_month = match.group("y", "m", "d", "year", "iy", "im", "id")
        if iy:
            yield *match.span(), int(iy), int(im), int(of_month)
        elif year:
            yield *match.span(), _whole_year(year), None, None
        else:
            yield *match.span(), _whole_year(y) if y else None, number(m), number(d) if d else None


def _instant(written: str) -> datetime | None:
    """A time with a clock: RFC 822, ISO 8601, or seconds since 1970."""
    try:
        if re.fullmatch(r"1\d{9}(?:\d{3})?", written):
            return datetime.fromtimestamp(int(written[:10]), BEIJING)
        if re.match(r"[A-Za-z]{3},? ?\d", written):
            return parsedate_to_datetime(written)
        if re.match(r"\d{4}-\d\d-\d\d[T ]\d", written):
            return datetime.fromisoformat(written.replace("Z", "+00:00"))
    except (ValueError, OverflowError):
        pass
    return None


def moment(written: str) -> tuple[date, date] | None:
    """First and last day of a written time; a clock of another zone is read in Beijing."""
    written = plain(written).strip()
    instant = _instant(written)
    if instant:
        one = (instant.astimezone(BEIJING) if instant.tzinfo else instant).date()
        return one, one
    written = western(written)
    bare = re.fullmatch(
        r"((?:19|20)\d\d)(?:[-/.]?(0[1-9]|1[0-2]|[1-9])(?:(0[1-9]|[12]\d|3[01])(?:\d{0,6}|[ T]\d.*))?)?",
        written,
    )
    if bare:
        return span(int(bare[1]), int(bare[2] or 0) or None, int(bare[3] or 0) or None)
    return next((days for *_, y, m, d in scan(written) if y and (days := span(y, m, d))), None)

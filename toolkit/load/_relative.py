"""Which dates does a text name, seen from a day of reference? 明天, 上周一, 去年本月十日."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import partial

from toolkit.load import _calendar
from toolkit.load._calendar import DAY, MONTH, WEEKDAYS, YEAR, S, Span, number, span

Days = tuple[date, date] | None
Match = re.Match[str]
DAYS = ("大前天", "前天|前日", "昨天|昨日", "今天|今日", "明天|明日", "后天|后日", "大后天")
NEAR = {word: shift - 3 for shift, words in enumerate(DAYS) for word in words.split("|")}
SHIFT = {
    "上上": -2, "前": -2, "去": -1, "上": -1, "今": 0, "本": 0, "这": 0, "明": 1, "下": 1, "后": 2, "下下": 2,
}  # fmt: skip
WEEK = r"(?:周|星期|礼拜)([一二三四五六日天])?"
HAN_DAY = r"(?P<m>[一二三四五六七八九]|十[一二]?)月(?P<d>二?十[一二三四五六七八九]?|三十一?)(?![日号个])"
LINK = re.compile(rf"{S}(?:到|至|与|和|—+|–|-|~|～|之后){S}")


def _number(written: str | None) -> int | None:
    return number(written) if written else None


def _month_of(months: int, of_month: str | None) -> Days:
    """A month, or a day of it, counted in months since year 0."""
    return span(months // 12, months % 12 + 1, _number(of_month))


def _latest(month: int, of_month: int | None, seen: date) -> Days:
    """The latest such month or day that does not lie after the reference."""
    found = (span(year, month, of_month) for year in range(seen.year, max(seen.year - 9, 0), -1))
    return next((days for days in found if days and days[0] <= seen), None)


def _near(match: Match, seen: date) -> Days:
    one = seen + timedelta(days=NEAR[match[0]])
    return one, one


def _week(match: Match, seen: date) -> Days:
    """上周一, 下下周末, 本周; a weekday alone is the latest such day."""
    times, weekday, end = match.groups()
    monday = seen - timedelta(days=seen.weekday()) + timedelta(weeks=SHIFT[times] if times else 0)
    if weekday:
        one = monday + timedelta(days=WEEKDAYS[weekday])
        one -= timedelta(weeks=not times and one > seen)
        return one, one
    return (monday + timedelta(days=5 if end else 0), monday + timedelta(days=6)) if times else None


def _year(match: Match, seen: date) -> Days:
    """去年, 明年四月, 去年本月十日, 今年第一季度, 今年上半年."""
    written, month, own, of_month, quarter, half = match.groups()
    year = seen.year + SHIFT[written]
    if quarter or half:
        last = 3 * number(quarter) if quarter else 6 if half == "上" else 12
        end = span(year, last, None)
        return end and (date(year, last - (2 if quarter else 5), 1), end[1])
    return span(year, seen.month if own else _number(month), _number(of_month))


def _month(match: Match, seen: date) -> Days:
    """下个月, 本月十日."""
    return _month_of(seen.year * 12 + seen.month - 1 + SHIFT[match[1]], match[2])


def _alone(match: Match, seen: date) -> Days:
    """29日: the latest such day that does not lie after the reference."""
    found = (_month_of(seen.year * 12 + seen.month - 1 - back, match[1]) for back in range(12))
    return next((days for days in found if days and days[0] <= seen), None)


def _in_month(match: Match, seen: date) -> Days:
    """四月的最后一个星期一; 十月的第一周, which opens with the first Monday."""
    month, nth, weekday = number(match[1]), match[2], WEEKDAYS[match[3]] if match[3] else 0
    whole = _latest(month, None, seen)
    if not whole:
        return None
    one = whole[1] - timedelta(days=(whole[1].weekday() - weekday) % 7)
    if nth:
        one = whole[0] + timedelta(days=(weekday - whole[0].weekday()) % 7, weeks=number(nth) - 1)
    return one, one + timedelta(days=0 if match[3] else 6)


def _decade(match: Match, seen: date) -> Days:
    """上世纪90年代; a decade without its century is the latest that has begun."""
    century, first = match[1] or "", seen.year // 100 * 100 + number(match[2])
    if century[:1] == "上" or (not century and first > seen.year):
        first -= 100
    elif century and century[0] != "本":
        first = (number(century.removesuffix("世纪")) - 1) * 100 + number(match[2])
    return date(first, 1, 1), date(first + 9, 12, 31)


def _numbers(match: Match, _: date) -> Days:
    """3-7-2017, 13.5.2015, 27-7-3: the year has four digits, or two, or stands first."""
    a, b, c = match[1], match[3], match[4]
    last = len(c) == 4 or (len(c) == 2 and (len(a) == 1 or int(c) > 31))
    year, of_month = (c, a) if last else (a, c)
    whole = int(year) + (0 if len(year) == 4 else 2000 if int(year) < 50 else 1900)
    return span(whole, int(b), int(of_month)) if 1 <= int(b) <= 12 else None


def _said(match: Match, seen: date) -> Days:
    """12/1, 八月十五, 两千零四年八月十五, 2016到…: the numbers as they stand."""
    return _parts([_number(match.groupdict().get(name)) for name in ("y", "m", "d")], seen)


def _parts(said: list[int | None], seen: date) -> Days:
    """The date of a year, a month, a day, as far as they are said."""
    year, month, of_month = said
    return span(year, month, of_month) if year else _latest(month or 1, of_month, seen)


READERS: dict[str, tuple[Callable[[Match, date], Days], int]] = {
    "|".join(sorted(NEAR, key=len, reverse=True)): (_near, 0),
    rf"(?<!每)(上上|下下|[上下这本])?(?:一?个)?{WEEK}(末)?": (_week, 0),
    rf"([前去今明后])年(?:{S}(?:({MONTH}){S}月|(本)月)(?:{S}({DAY}){S}[日号]?)?"
    r"|第?([一二三四1-4])季度|([上下])半年)?": (_year, 0),
    rf"(上上?|下下?|[本这])个?月(?:{S}({DAY}){S}[日号]?)?": (_month, 0),
    rf"(?<![\d.月第年])({DAY})[日号](?![线楼令文])": (_alone, 27),
    rf"({MONTH})月的?(?:第([一二三四五])|最后)一?个?{WEEK}": (_in_month, 0),
    r"((?:[上本]|\d\d|十九|二十)世纪)?([1-9]0|[一二三四五六七八九]十)年代": (_decade, 0),
    r"(?<!\d)(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d\d?)(?!\d)": (_numbers, 0),
    r"(?<![\d/])(?P<m>1[0-2]|[1-9])/(?P<d>3[01]|[12]\d|[1-9])(?![\d/%])": (_said, 364),
    rf"(?<![年历]){HAN_DAY}": (_said, 364),
    rf"(?P<y>{YEAR})年{HAN_DAY}": (_said, 0),
    r"(?<![\d.])(?P<y>(?:19|20)\d\d)(?=\s|$|[到至-])(?!-\d\d?-)": (_said, 0),
}


def _written(text: str) -> Iterator[tuple[int, int, Callable[[date], Days], int]]:
    """Every expression, how to read it, and how far after the first date of a span it may lie."""
    for start, end, *parts in _calendar.scan(text):
        yield start, end, partial(_parts, parts), 0 if parts[0] else 364
    for pattern, (reader, ahead) in READERS.items():
        for match in re.finditer(pattern, text):
            yield match.start(), match.end(), partial(reader, match), ahead


def find(text: str, *, reference: date | None = None) -> list[Span]:
    """Every date in a text as start, end, first day, last day; two that 到 links are one span.

    What does not name its year is the latest before `reference`; without one, only full dates are found.
    """
    text = _calendar.plain(text)
    if reference is None:
        whole = ((s, e, span(y, m, d)) for s, e, y, m, d in _calendar.scan(text) if y)
        return [(start, end, *days) for start, end, days in whole if days]
    found: list[Span] = []
    reached = 0
    for start, end, read, ahead in sorted(_written(text), key=lambda one: (one[0], -one[1])):
        if start < reached or not (days := read(reference)):
            reached = max(reached, end) if start >= reached and end - start > 4 else reached
            continue
        weekday = _calendar.WEEKDAY.match(text, end) if days[0] == days[1] else None
        end = reached = weekday.end() if weekday else end
        if found and LINK.fullmatch(text[found[-1][1] : start]):
            first = found.pop()
            days = (read(first[2] + timedelta(days=ahead)) if ahead else days) or days
            found.append((first[0], end, first[2], days[1]))
        else:
            found.append((start, end, *days))
    return found

"""Which dates does a text name, seen from a day of reference? 明天, 上周一, 去年本月十日."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta

from toolkit.load._calendar import (
    DAY,
    MONTH,
    WEEKDAY,
    WEEKDAYS,
    YEAR,
    S,
    Span,
    day,
    number,
    plain,
    scan,
    span,
)

Days = tuple[date, date] | None
NEAR = {
    "大前天": -3, "前天": -2, "前日": -2, "昨天": -1, "昨日": -1, "今天": 0, "今日": 0,
    "明天": 1, "明日": 1, "后天": 2, "后日": 2, "大后天": 3,
}  # fmt: skip
SHIFT = {
    "前": -2,
    "去": -1,
    "上": -1,
    "上上": -2,
    "今": 0,
    "本": 0,
    "这": 0,
    "明": 1,
    "下": 1,
    "下下": 2,
    "后": 2,
}
HAN_DAY = r"([一二三四五六七八九]|十[一二]?)月(二?十[一二三四五六七八九]?|三十一?)(?![日号个])"
WEEK = r"(?:周|星期|礼拜)"
LINK = re.compile(rf"{S}(?:到|至|与|和|—+|–|-|~|～|之后){S}")


def _near(match: re.Match[str], reference: date) -> Days:
    """今天, 前天."""
    one = reference + timedelta(days=NEAR[match[0]])
    return one, one


def _week(match: re.Match[str], reference: date) -> Days:
    """上周一, 下下周末, 本周; a weekday alone is the latest such day."""
    times, weekday, end = match.groups()
    monday = reference - timedelta(days=reference.weekday()) + timedelta(weeks=SHIFT[times] if times else 0)
    if weekday:
        one = monday + timedelta(days=WEEKDAYS[weekday])
        one -= timedelta(weeks=not times and one > reference)
        return one, one
    return (monday + timedelta(days=5 if end else 0), monday + timedelta(days=6)) if times else None


def _year(match: re.Match[str], reference: date) -> Days:
    """去年, 明年四月, 去年本月十日, 今年第一季度, 今年上半年."""
    written, month, own, of_month, quarter, half = match.groups()
    year = reference.year + SHIFT[written]
    if quarter:
        first = 3 * number(quarter) - 2
        return date(year, first, 1), span(year, first + 2, None)[1]  # type: ignore[index]
    if half:
        return (
            (date(year, 1, 1), date(year, 6, 30)) if half == "上" else (date(year, 7, 1), date(year, 12, 31))
        )
    return span(year, reference.month if own else month and number(month), of_month and number(of_month))


def _month(match: re.Match[str], reference: date) -> Days:
    """下个月, 本月十日."""
    months = reference.year * 12 + reference.month - 1 + SHIFT[match[1]]
    return span(months // 12, months % 12 + 1, match[2] and number(match[2]))


def _alone(match: re.Match[str], reference: date) -> Days:
    """29日: the latest such day that does not lie after the reference."""
    for back in range(12):
        months = reference.year * 12 + reference.month - 1 - back
        one = day(months // 12, months % 12 + 1, number(match[1]))
        if one and one <= reference:
            return one, one
    return None


def _in_month(match: re.Match[str], reference: date) -> Days:
    """四月的最后一个星期一; 十月的第一周, which opens with the first Monday."""
    month, nth, weekday = number(match[1]), match[2], WEEKDAYS[match[3]] if match[3] else 0
    for year in (reference.year, reference.year - 1):
        first, last = span(year, month, None)  # type: ignore[misc]
        one = last - timedelta(days=(last.weekday() - weekday) % 7)
        if nth:
            one = first + timedelta(days=(weekday - first.weekday()) % 7, weeks=number(nth) - 1)
        if one <= reference or month <= reference.month:
            return one, one + timedelta(days=0 if match[3] else 6)
    return None


def _decade(match: re.Match[str], reference: date) -> Days:
    """上世纪90年代; a decade without its century is the latest that has begun."""
    century, tens = match[1] or "", number(match[2])
    of_this = reference.year // 100 * 100
    first = of_this + tens
    if century[:2] in ("上世", "本世"):
        first -= 100 * (century[0] == "上")
    elif century:
        first = (number(century.removesuffix("世纪")) - 1) * 100 + tens
    elif first > reference.year:
        first -= 100
    return date(first, 1, 1), date(first + 9, 12, 31)


def _numbers(match: re.Match[str], _: date) -> Days:
    """3-7-2017, 13.5.2015, 27-7-3: the year has four digits, or two, or stands first."""
    a, b, c = match[1], match[3], match[4]
    last = len(c) == 4 or (len(c) == 2 and (len(a) == 1 or int(c) > 31))
    year, of_month = (c, a) if last else (a, c)
    whole = int(year) + (0 if len(year) == 4 else 2000 if int(year) < 50 else 1900)
    return span(whole, int(b), int(of_month)) if 1 <= int(b) <= 12 else None


def _latest(month: int, of_month: int | None, reference: date) -> Days:
    """The latest such month or day that does not lie after the reference."""
    for year in range(reference.year, reference.year - 9, -1):
        found = span(year, month, of_month)
        if found and found[0] <= reference:
            return found
    return None


def _full(match: re.Match[str], _: date) -> Days:
    """两千零四年八月十五."""
    return span(*map(number, match.groups()))


def _month_day(match: re.Match[str], reference: date) -> Days:
    """12/1 and 八月十五."""
    return _latest(number(match[1]), number(match[2]), reference)


READERS: list[tuple[re.Pattern[str], Callable[[re.Match[str], date], Days], int]] = [
    (re.compile("|".join(sorted(NEAR, key=len, reverse=True))), _near, 0),
    (re.compile(rf"(?<!每)(上上|下下|[上下这本])?(?:一?个)?{WEEK}(?:([一二三四五六日天])|(末))?"), _week, 0),
    (
        re.compile(
            rf"([前去今明后])年(?:{S}(?:({MONTH}){S}月|(本)月)(?:{S}({DAY}){S}[日号]?)?"
            rf"|第?([一二三四1-4])季度|([上下])半年)?"
        ),
        _year,
        0,
    ),
    (re.compile(rf"([上下][上下]?|[本这])个?月(?:{S}({DAY}){S}[日号]?)?"), _month, 0),
    (re.compile(rf"(?<![\d.月第年])({DAY})[日号](?![线楼令文])"), _alone, 27),
    (re.compile(rf"({MONTH})月的?(?:第([一二三四五])|最后)一?个?{WEEK}([一二三四五六日天])?"), _in_month, 0),
    (re.compile(r"((?:[上本]|\d\d|十九|二十)世纪)?([1-9]0|[一二三四五六七八九]十)年代"), _decade, 0),
    (re.compile(r"(?<!\d)(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d\d?)(?!\d)"), _numbers, 0),
    (
        re.compile(r"(?<![\d/])(1[0-2]|[1-9])()/(3[01]|[12]\d|[1-9])(?![\d/%])"),
        lambda m, r: _latest(int(m[1]), int(m[3]), r),
        364,
    ),
    (re.compile(rf"(?<![年历]){HAN_DAY}"), _month_day, 364),
    (re.compile(rf"({YEAR})年{HAN_DAY}"), _full, 0),
    (
        re.compile(r"(?<![\d.])((?:19|20)\d\d)(?=\s|$|[到至-])(?!-\d\d?-)"),
        lambda m, _: span(int(m[1]), None, None),
        0,
    ),
]


def _written(text: str) -> Iterator[tuple[int, int, Callable[[date], Days], int]]:
    """Every expression, how to read it, and how far after the first date of a span it may lie."""
    for start, end, year, month, of_month in scan(text):
        if year:
            yield start, end, lambda _, parts=(year, month, of_month): span(*parts), 0  # type: ignore[misc]
        else:
            yield start, end, lambda seen, parts=(month, of_month): _latest(*parts, seen), 364  # type: ignore[misc]
    for pattern, reader, ahead in READERS:
        for match in pattern.finditer(text):
            yield match.start(), match.end(), lambda seen, m=match, r=reader: r(m, seen), ahead  # type: ignore[misc]


def find(text: str, *, reference: date | None = None) -> list[Span]:
    """Every date in a text as start, end, first day, last day; two that 到 links are one span.

    What does not name its year is the latest before `reference`; without one, only full dates are found.
    """
    text = plain(text)
    if reference is None:
        whole = ((s, e, span(y, m, d)) for s, e, y, m, d in scan(text) if y)
        return [(start, end, *days) for start, end, days in whole if days]
    found: list[Span] = []
    reached = 0
    for start, end, read, ahead in sorted(_written(text), key=lambda one: (one[0], -one[1])):
        if start < reached or not (days := read(reference)):
            reached = max(reached, end) if start >= reached and end - start > 4 else reached
            continue
        weekday = WEEKDAY.match(text, end) if days[0] == days[1] else None
        end = reached = weekday.end() if weekday else end
        if found and LINK.fullmatch(text[found[-1][1] : start]):
            first = found.pop()
            days = (read(first[2] + timedelta(days=ahead)) if ahead else days) or days
            found.append((first[0], end, first[2], days[1]))
        else:
            found.append((start, end, *days))
    return found

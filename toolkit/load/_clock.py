"""What does a text say about its own time? Bounds on the day it was written, each with its words."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import cache, lru_cache
from importlib import resources
from typing import Any

import numpy as np

from toolkit.clean import _written
from toolkit.load import _calendar, _finder
from toolkit.load._finder import Finder

Bound = tuple[date, date, str]  # not before, not after, the words that say so
OPEN = date.max
QUOTES = " “”‘’\"'「」『』《》\u200b"
FIRST_YEARS = {"六": 1981, "七": 1986, "八": 1991, "九": 1996, "十": 2001}
FIRST_YEARS |= {"十一": 2006, "十二": 2011, "十三": 2016, "十四": 2021, "十五": 2026, "十六": 2031}
ORDER = {"开局": 0, "起步": 0, "首": 0, "头一": 0, "收官": 4, "最后一": 4}
SHIFT = {"今年": 0, "正值": 0, "适逢": 0, "恰逢": 0, "值此": 0, "明年": -1, "去年": 1, "过去一年": 1}
SHIFT |= {"过去的一年": 1, "刚刚过去": 1}


@cache
def table(name: str) -> list[dict[str, str]]:
    """The rows of a table in ``_data``; of patterns, which hold commas and quotes, with tabs between."""
    tabs: dict[str, Any] = {"delimiter": "\t", "quoting": csv.QUOTE_NONE} if name.endswith(".tsv") else {}
    path = resources.files("toolkit") / "_data" / (name if tabs else f"{name}.csv")
    with path.open(encoding="utf8") as file:
        return list(csv.DictReader(file, **tabs))


@cache
def sign(name: str) -> re.Pattern[str]:
    """The pattern of that name: what words tell a date, a place, or the parts of a page is a table."""
    return re.compile({row["name"]: row["pattern"] for row in table("patterns.tsv")}[name])


def _bare(text: str) -> str:
    """`text` without quotation marks and blanks."""
    signs = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    kept = signs[~_quotes().take(_written.points(text).astype(np.intp))]
    return kept.tobytes().decode("utf-32-le", "surrogatepass")


@cache
def _quotes() -> np.ndarray:
    """For each code point whether it is one of QUOTES."""
    table = np.zeros(2**16, bool)
    table[[ord(sign) for sign in QUOTES]] = True
    return table


@cache
def _phrases() -> dict[str, tuple[date, str]]:
    """The dated phrases, congresses and plenums, without quotation marks, their first day and kind."""
    return {_bare(row["term"]): (date.fromisoformat(row["date"]), row["kind"]) for row in table("milestones")}


@cache
def _held() -> set[str]:
    """Offices with the names of those who held them, in either order."""
    pairs = [(row["office"], row["name"]) for row in table("offices")]
    return {one + other for pair in pairs for one, other in (pair, pair[::-1])}


@cache
def _terms() -> Finder:
    """What finds dated phrases and offices with their holders."""
    return _finder.finder([*_phrases(), *_held()])


@lru_cache(maxsize=2)
def _said(text: str) -> list[tuple[int, str]]:
    """The dated phrases and the holders of offices that `text` names."""
    return _terms()(text)


def _around(
    pattern: re.Pattern[str], text: str, word: str, *, before: int, after: int
) -> Iterator[re.Match[str]]:
    """The matches of a pattern that hold `word`, sought only where it stands."""
    at, reached = text.find(word), 0
    while at >= 0:
        match = pattern.search(text, max(reached, at - before), at + after)
        if match:
            reached = match.end()
            yield match
        at = text.find(word, at + 1)


def _milestones(text: str) -> Iterator[Bound]:
    """A set phrase is not older than its first use, a meeting's spirit not older than the meeting."""
    seen: dict[str, Bound] = {}
    known = _phrases()
    for end, start, term in sorted((at + len(term), at, term) for at, term in _said(text) if term in known):
        first, kind = known[term]
        before, after = text[max(0, start - 8) : start], text[end : end + 8]
        low, high, words = first, OPEN, term
        awaited = re.search(r"(?:迎接|喜迎)(?!.*(?:贯彻|学习|宣传))", before)
        if kind != "phrase" and sign("just").search(before):
            high, words = first + timedelta(days=45), f"just held: {term}"
        elif kind != "phrase" and start < 200 and sign("conveyed").search(before):
            soon = after[:2] == "精神"  # its spirit, not what it decided on some field
            high, words = first + timedelta(days=60) if soon else OPEN, f"conveyed: {term}"
        elif kind != "phrase" and (awaited or not sign("clock_held").match(after) or "即将" in before):
            low = first - timedelta(days=700 if kind == "congress" else 150)
            if awaited:
                high, words = first - timedelta(days=1), f"{awaited[0]}{term}"
        if words not in seen or seen[words][0] < low:
            seen[words] = (low, high, words)
    yield from seen.values()


@cache
def _events() -> tuple[re.Pattern[str], dict[str, date]]:
    """The names of founding events, to be read just before …周年, and their dates."""
    names = {
        _bare(name): date.fromisoformat(row["date"])
        for row in table("anniversaries")
        for name in row["names"].split("|")
    }
    short = "|".join(name for name in names if len(name) < 4)
    full = "|".join(sorted((name for name in names if len(name) > 3), key=len, reverse=True))
    count = r"(?:提出|实施)?的?(\d{1,3}|[一二三四五六七八九十百]{1,5})$"
    return re.compile(f"({full}|(?:(?<![一-龥])|(?<=[是为祝念接在逢值到庆向国]))(?:{short})){count}"), names


def _told(text: str, at: int) -> str:
    """The words in the same clause that say how it stands to the day of writing."""
    start = max(text.rfind(stop, max(0, at - 80), at) for stop in "。；;！!？\n") + 1
    words = [match for match in sign("now").finditer(text, max(start, at - 40), at)]
    while len(words) > 1 and words[-1][0] in ("正值", "适逢", "恰逢", "值此") and words[-2][0] in SHIFT:
        words.pop()  # 明年适逢, 今年正值
    if not words:
        return ""
    return words[-1][0] + ("是" if words[-1][0][0] in "12" and "是" in text[words[-1].end() : at] else "")


def _placed(year: int, told: str, words: str, awaited: tuple[date, date] | None = None) -> Bound:
    """Bounds from what belongs to `year`, by the word that tells its time."""
    if told in SHIFT:
        now = year + SHIFT[told]
        first = date(now, 1, 1) - timedelta(
            days=17 if "过" in told else 0
        )  # 过去的一年 is said from December
        return first, date(now, 12, 31), f"{told}{words} → {now}"
    if told in ("迎接", "喜迎", "献礼") and awaited:
        return *awaited, f"{told}{words} → {year}"
    if told in (f"{year}年是", "庆祝", "纪念"):
        return date(year - 1, 10, 1), OPEN, words
    return date.min, OPEN, words


def _anniversaries(text: str) -> Iterator[Bound]:
    """今年是新中国成立75周年 is said in 2024; one that is awaited is near; one that was kept is past."""
    at = text.find("周年")
    while at >= 0:
        pattern, names = _events()
        match = pattern.search(text, max(0, at - 40), at)
        if match:
            first, count = names[match[1]], _calendar.number(match[2])
            on = _calendar.day(first.year + count, first.month, first.day)
            if on and on.year < 2100:
                told, words = _told(text, match.start()), f"{match[0]}周年"
                opening = [(m, d) for *_, y, m, d in _calendar.scan(text[:60]) if m and d and not y][:1]
                near = opening and _calendar.day(on.year, *opening[0])
                awaited = on - timedelta(days=1200 if count % 50 == 0 else 455), on + timedelta(days=14)
                near = None if re.search("将|讲话", text[:120]) else near
                if told in ("", "庆祝", "纪念") and at < 500 and sign("eve").match(text, at + 2):
                    first = min(date(on.year, 1, 1), on - timedelta(days=60))
                    yield first, date(on.year, 12, 31), f"{words}之际 → {on.year}"
                elif told in ("", "庆祝", "纪念") and near and at < 300 and abs((near - on).days) < 15:
                    yield on - timedelta(days=14), on + timedelta(days=14), f"{words}, on its day → {on.year}"
                elif told == "" and at < 300 and sign("kept").match(text, at + 2):
                    yield on - timedelta(days=60), on + timedelta(days=60), f"{words}, kept → {on.year}"
                else:
                    yield _placed(on.year, told, words, awaited)
        at = text.find("周年", at + 2)


def _plans(text: str) -> Iterator[Bound]:
    """今年是“十四五”开局之年 is said in 2021."""
    for match in _around(sign("plan"), text, "五", before=2, after=24):
        order = ORDER.get(match[2], "一二三四五".find(match[3] or "?"))
        if order >= 0:
            yield _placed(FIRST_YEARS[match[1]] + order, _told(text, match.start()), match[0])


def _national(text: str) -> Iterator[Bound]:
    """A session of the National People's Congress that is named is past, or near."""
    for match in _around(sign("clock_national"), text, "届全国人", before=3, after=20):
        term, session = _calendar.number(match[1]), _calendar.number(match[2])
        first = 1983 + 5 * (term - 6)
        if term >= 6 and re.match("以来.{0,2}五年", text[match.end() :][:8]):
            yield date(first + 5, 1, 1), date(first + 5, 12, 31), f"{match[0]}以来的五年 → {first + 5}"
        elif 6 <= term <= 20:
            yield date(first + session - 2, 3, 1), OPEN, match[0]


def _years(text: str) -> Iterator[Bound]:
    """Years that the text tells as past, or as its own."""
    past = [match.end() for match in sign("year").finditer(text) if sign("past").match(text, match.end())]
    if past:
        latest = max(past, key=lambda end: text[end - 5 : end])
        yield date(int(text[latest - 5 : latest - 1]), 1, 1), OPEN, text[latest - 5 : latest + 8]
    told = any(sign in text for sign in ("今年(", "(今年"))
    for match in sign("this_year").finditer(text) if told else ():
        year = int(match[1] or match[2])
        yield date(year, 1, 1), date(year, 12, 31), match[0]
    said = sign("proclaimed").search(text[:300]) if "年是" in text[:240] else None
    months = [m for *_, y, m, d in _calendar.scan(text[:300] if said else "") if m and d and not y]
    if said and months and min(months) > 2 and "过去" not in text[: said.start()]:
        yield date(int(said[1]) - 1, 10, 1), date(int(said[1]), 12, 31), said[0]
    if planned := sign("for_year").search(text[:160]):
        later = sign("nth").search(planned[0]) is not None  # only the first may be held before
        first = date(int(planned[1]) - 1 + later, 1 if later else 12, 1)
        yield first, date(int(planned[1]), 12, 31), planned[0]
    if "各位代表" in text[:600]:
        for match in sign("review").finditer(text[:1500]):
            year = int(match[1]) + 1
            yield date(year, 1, 1), date(year, 12, 31), f"{match[0]} → {year}"


def _offices(text: str) -> Iterator[Bound]:
    """Who holds an office is no older than the office; in the opening he still holds it."""
    places: dict[str, int] = {}
    for at, term in _said(text):
        places.setdefault(term, at)
    places = {term: at for term, at in places.items() if term in _held()}
    for row in table("offices") if places else ():
        held, called = row["office"] + row["name"], row["name"] + row["office"]
        at = places.get(held, places.get(called, -1))
        if at < 0 or re.search(r"[原前副]|时任", text[max(0, at - 6) : at]):
            continue
        now = at < 400 and row["until"] and "逝世" not in text[:400] and "遗体" not in text[:400]
        until = date.fromisoformat(row["until"]) + timedelta(days=31) if now else OPEN
        yield date.fromisoformat(row["since"]), until, text[at : at + len(held)]


@cache
def _congresses() -> tuple[re.Pattern[str], dict[str, str], dict[str, dict[int, int]]]:
    """Pattern that ends with whose congress it is, provinces by name, and the years of known sessions."""
    own = {row[name]: row["province"] for row in table("provinces") for name in ("name", "short")}
    names = "|".join(sorted(own, key=len, reverse=True))
    pattern = re.compile(rf"({names})$|(?:^|[^一-龥]|[在于席加开])(?:省|自治区)$")
    known = {
        row["province"]: {0: int(row["congress"]), 1: int(row["since"])}
        | {int(row[name]): int(name[-4:]) for name in row if name.startswith("session_")}
        for row in table("congresses")
    }
    return pattern, own, known


def _session(match: re.Match[str], province: str | None) -> Iterator[Bound]:
    """The years in which a session may have been held.

    A national congress meets once a year. A province's meets each January to March, and in some years once
    more, later (9 of 31 provinces within the first four years of the congress of 2023), so that only the
    first session and those between known ones have a year of their own.
    """
    pattern, own, known = _congresses()
    text, term, count = match.string, _calendar.number(match["term"]), _calendar.number(match["count"])
    whose = pattern.search(text[max(0, match.start("term") - 12) : match.start("term")].rstrip("第 "))
    code = "00" if match["nation"] else whose and (own[whose[1]] if whose[1] else province)
    if not code or (code == "00") != bool(match["nation"]):
        return
    shift = 5 * (term - known[code][0])
    years = {n: year + shift for n, year in known[code].items() if n and (n == 1 or not shift)}
    if code == "00":
        years[count] = years[1] + count - 1
    first, last = max(n for n in years if n <= count), min((n for n in years if n >= count), default=0)
    low, high = years[first] + max(0, count - first - 2), min(years[first] + count - first, years[1] + 4)
    if last:
        low, high = max(low, years[last] - last + count), min(high, years[last])
    dates = [month for _, _, _, month, _ in _calendar.scan(text[: match.end() + 20]) if month]
    if dates and dates[0] > 3 and low == high and code != "00":
        return  # no session that is held each year
    if dates and dates[0] < 4 and code != "00":  # the one session of its year that is held then
        low = max(low, years[first] + (first < count))
        high = min(high, years[last] - (count < last)) if last else high
    if years[1] >= 1983 and low <= high:
        yield date(low, 1, 1), date(high, 12, 31), match[0].strip()


def session(lines: Iterable[str], province: str | None, opening: str = "") -> Iterator[Bound]:
    """The session at which a text was delivered, or that is going on as it opens, by its congress's count."""
    match = next((found for line in lines if (found := sign("session").match(line))), None)
    match = match or (sign("sitting").search(opening) if "次会议" in opening else None)
    return _session(match, province) if match else iter(())


RULES = (_milestones, _anniversaries, _plans, _national, _years, _offices)


@lru_cache(maxsize=2)
def bounds(text: str) -> tuple[Bound, ...]:
    """Every bound that the words of `text` set on the day when it was written."""
    bare = _bare(text)
    return tuple(bound for rule in RULES for bound in rule(bare))


def meet(found: Iterable[Bound]) -> tuple[date, date, list[str]]:
    """The days on which all bounds hold, none if the first is the later one, and the words that bind."""
    found = list(found)
    low = max((bound[0] for bound in found), default=date.min)
    high = min((bound[1] for bound in found), default=OPEN)
    binding = [words for first, last, words in found if (first == low > date.min) or (last == high < OPEN)]
    return low, high, list(dict.fromkeys(binding))

"""What does a text say about its own time? Bounds on the day it was written, each with its words."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import cache
from importlib import resources

import ahocorasick

from toolkit.load import _calendar

Bound = tuple[date, date, str]  # not before, not after, the words that say so
OPEN = date.max
QUOTES = str.maketrans("", "", " “”‘’\"'「」『』《》\u200b")
FIRST_YEARS = {"六": 1981, "七": 1986, "八": 1991, "九": 1996, "十": 2001}
FIRST_YEARS |= {"十一": 2006, "十二": 2011, "十三": 2016, "十四": 2021, "十五": 2026, "十六": 2031}
PLAN = re.compile(
    r"(?<![一二三四五六七八九十])(十[一二三四五六]?|[六七八九])五(?:规划|计划|时期|发展|建设|实施|的){0,4}"
    r"(开局|起步|首|头一|收官|最后一|第([一二三四五])|(?=第))(?:起步|之)?年"
)
ORDER = {"开局": 0, "起步": 0, "首": 0, "头一": 0, "收官": 4, "最后一": 4}
NOW = re.compile(
    r"今年|去年|明年|过去一年|过去的一年|刚刚过去|(?<!\d)(?:19|20)\d\d年|正值|适逢|恰逢|值此|迎接|喜迎|献礼"
)
NATIONAL = re.compile(
    r"第?([一二三四五六七八九十]{1,3}|\d{1,2})届(?:全国人民代表大会|全国人大)(?:第([一二三四五])次会议|([一二三四五])次会议)"
)
SINCE = re.compile(
    r"(?:(?:自|从|截至|截止|早在|继)((?:19|20)\d\d)年(?!.{0,12}(?:起施行|起实施|起执行|起正式))"
    r"|(?<![\d到至—-])((?:19|20)\d\d)年(?:\d{1,2}月)?(?:\d{1,2}日)?(?:以来|[，,]?[^，。；\n\d]{0,8}(?:召开了|印发了|出台了|增长了?\d|达\d|下降了?\d|荣获)))"
)
THIS_YEAR = re.compile(r"今年[(（](20\d\d|19\d\d)年?[)）]|((?:20|19)\d\d)年[(（]今年[)）]")
REVIEW = re.compile(
    r"((?:19|20)\d\d)年(?:的)?(?:政府)?(?:主要)?(?:工作|工作和发展|发展)?(?:的)?(?:回顾|总结)"
)


@cache
def table(name: str) -> list[dict[str, str]]:
    """The rows of a table in ``_data``."""
    with (resources.files("toolkit") / "_data" / f"{name}.csv").open(encoding="utf8") as file:
        return list(csv.DictReader(file))


@cache
def _phrases() -> ahocorasick.Automaton:
    """The dated phrases, congresses and plenums, as one automaton over text without quotation marks."""
    found = ahocorasick.Automaton()
    for row in table("milestones"):
        term = row["term"].translate(QUOTES)
        found.add_word(term, (term, date.fromisoformat(row["date"]), row["kind"]))
    found.make_automaton()
    return found


def _milestones(text: str) -> Iterator[Bound]:
    """A set phrase is not older than its first use, a meeting's spirit not older than the meeting."""
    seen: dict[str, Bound] = {}
    for end, (term, first, kind) in _phrases().iter(text):
        before, after = text[max(0, end + 1 - len(term) - 6) : end + 1 - len(term)], text[end + 1 : end + 9]
        low, high = first, OPEN
        if kind != "phrase":
            held = re.match(
                r"[^，。；]{0,4}(?:精神|以来|报告|作出|提出|决定|闭幕|胜利闭幕|确定|明确|部署)", after
            )
            if re.search(r"迎接|喜迎|即将|为$|以优异", before) or re.match(
                r"(?:胜利|顺利)?召开(?!以来|以后|后|之后)|将于", after
            ):
                low = first - timedelta(days=700 if kind == "congress" else 150)
                high = first + timedelta(days=9) if re.search(r"迎接|喜迎|即将", before) else OPEN
            elif not held:
                low = first - timedelta(days=700 if kind == "congress" else 150)
        words = f"{before if high < OPEN else ''}{term}"
        if words not in seen or seen[words][0] < low:
            seen[words] = (low, high, words)
    yield from seen.values()


@cache
def _events() -> tuple[re.Pattern[str], dict[str, date]]:
    """The names of founding events, to be read just before …周年, and their dates."""
    names = {
        name.translate(QUOTES): date.fromisoformat(row["date"])
        for row in table("anniversaries")
        for name in row["names"].split("|")
    }
    longest = sorted(names, key=len, reverse=True)
    return re.compile(
        rf"({'|'.join(longest)})(?:提出|实施)?的?(\d{{1,3}}|[一二三四五六七八九十百]{{1,5}})$"
    ), names


def _told(text: str, at: int) -> str:
    """The word in the same clause that says how the clause stands to the day of writing."""
    start = max(text.rfind(stop, 0, at) for stop in "。；;！!？\n") + 1
    words = [match for match in NOW.finditer(text, max(start, at - 40), at)]
    return words[-1][0] if words else ""


def _placed(year: int, on: date | None, told: str, words: str) -> Bound:
    """Bounds from an event of `year` (its day `on`, if known) and the word that tells its time."""
    shift = {"今年": 0, "正值": 0, "适逢": 0, "恰逢": 0, "值此": 0, "明年": -1, "去年": 1, "过去一年": 1}
    shift |= {"过去的一年": 1, "刚刚过去": 1}
    if told in shift:
        now = year + shift[told]
        return date(now, 1, 1), date(now, 12, 31), f"{told}{words} → {now}"
    if told in ("迎接", "喜迎", "献礼") and on:
        before = on.replace(year=on.year - (2 if year % 50 == 0 or words.endswith("100周年") else 1))
        return before + timedelta(days=1), on, f"{told}{words} → {on.year}"
    return date(year - 1, 10, 1), OPEN, words


def _anniversaries(text: str) -> Iterator[Bound]:
    """今年是新中国成立75周年 is said in 2024; a bare anniversary bounds the text from below."""
    at = text.find("周年")
    while at >= 0:
        pattern, names = _events()
        match = pattern.search(text, max(0, at - 40), at)
        if match:
            first = names[match[1]]
            on = _calendar.day(first.year + _calendar.number(match[2]), first.month, first.day)
            if on and on.year < 2100:
                yield _placed(on.year, on, _told(text, match.start()), f"{match[0]}周年")
        at = text.find("周年", at + 2)


def _plans(text: str) -> Iterator[Bound]:
    """今年是“十四五”开局之年 is said in 2021."""
    for match in PLAN.finditer(text):
        order = ORDER.get(match[2], "一二三四五".find(match[3] or "?"))
        if order >= 0:
            yield _placed(FIRST_YEARS[match[1]] + order, None, _told(text, match.start()), match[0])


def _national(text: str) -> Iterator[Bound]:
    """A session of the National People's Congress that is named is past, or near."""
    for match in NATIONAL.finditer(text):
        term, session = _calendar.number(match[1]), _calendar.number(match[2] or match[3])
        if 6 <= term <= 20:
            yield date(1983 + 5 * (term - 6) + session - 2, 11, 1), OPEN, match[0]


def _years(text: str) -> Iterator[Bound]:
    """Years that the text tells as past, or as its own."""
    latest = max(SINCE.finditer(text), key=lambda m: m[1] or m[2], default=None)
    if latest:
        yield date(int(latest[1] or latest[2]), 1, 1), OPEN, latest[0]
    for match in THIS_YEAR.finditer(text):
        year = int(match[1] or match[2])
        yield date(year, 1, 1), date(year, 12, 31), match[0]
    if "各位代表" in text[:600]:
        for match in REVIEW.finditer(text[:1500]):
            year = int(match[1]) + 1
            yield date(year, 1, 1), date(year, 12, 31), f"{match[0]} → {year}"


def _offices(text: str) -> Iterator[Bound]:
    """Who holds an office in the opening of a text bounds it on both sides."""
    opening = text[:400]
    for row in table("offices"):
        at = opening.find(row["office"] + row["name"])
        if at >= 0 and not re.search(r"[原前]|时任", opening[max(0, at - 6) : at]):
            until = date.fromisoformat(row["until"]) if row["until"] else OPEN
            yield date.fromisoformat(row["since"]), until, row["office"] + row["name"]


def session(text: str, province: str | None) -> Iterator[Bound]:
    """The session at which a text was delivered, by the count of its own congress."""
    pattern = r"第?([一二三四五六七八九十]{1,3})届(全国)?人(?:民代表)?大(?:会)?第?([一二三四五六七八])次会议"
    match = re.search(pattern, text)
    if not match:
        return
    terms = {row["province"]: int(row["congress"]) for row in table("congresses")}
    own = terms.get("00" if match[2] else province or "", 14)
    first, count = 2023 + 5 * (_calendar.number(match[1]) - own), _calendar.number(match[3])
    if match[2] or count == 1:
        if first >= 1983:
            yield date(first + count - 1, 1, 1), date(first + count - 1, 12, 31), match[0]
    elif province and first >= 1983:
        yield date(first + max(0, count - 3), 1, 1), date(first + count - 1, 12, 31), match[0]


RULES = (_milestones, _anniversaries, _plans, _national, _years, _offices)


def bounds(text: str) -> list[Bound]:
    """Every bound that the words of `text` set on the day when it was written."""
    bare = _calendar.plain(text).translate(QUOTES)
    return [bound for rule in RULES for bound in rule(bare)]


def meet(found: Iterable[Bound]) -> tuple[date, date, list[str]]:
    """The days on which all bounds hold, none if the first is the later one, and the words that bind."""
    found = list(found)
    low = max((bound[0] for bound in found), default=date.min)
    high = min((bound[1] for bound in found), default=OPEN)
    binding = [words for first, last, words in found if (first == low > date.min) or (last == high < OPEN)]
    return low, high, list(dict.fromkeys(binding))

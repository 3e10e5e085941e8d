"""Which places, papers and organs of the centre does a text name?"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache, lru_cache

from toolkit import places
from toolkit.clean import _written
from toolkit.load import _clock, _finder
from toolkit.load._clock import sign

Meanings = dict[str, list[tuple[str, str, int, int]]]  # name → kind, code, first year, last year
Found = tuple[str, str, str, int, int]  # kind, code (of a province or a prefecture), name, start, end
SUFFIXES = ("", "市", "地区", "州", "盟")
PAPERS = ("日报", "晚报", "晨报", "商报", "都市报", "新闻网")
GUESTS = ("者", "编辑", "一行", "团", "组", "客", "作出")  # without these none is set apart
APART = frozenset("舰路街大东西南北中镇")  # what ships, roads and towns called after places go on with
GOES_ON = {"部": set("门队署分"), "县": set("域区级市"), "区": {"域"}, "市": {"域"}}  # 教育部门, 建设部署


@cache
def _names() -> tuple[_finder.Finder, Meanings, set[str], set[str]]:
    """What finds every name, what each may mean, those to be looked at where they stand; family names."""
    meanings: Meanings = {}
    for row in _clock.table("prefectures"):
        since, until = int(row["since"] or 0), int(row["until"] or 9999)
        for suffix in SUFFIXES if row["alone"] == "yes" else SUFFIXES[1:]:
            if row["short"][-1] + suffix != "州州":
                meaning = ("prefecture", row["prefecture"], since, until)
                meanings.setdefault(row["short"] + suffix, []).append(meaning)
    for province, *names in places.provinces()[["province", "name", "short"]].itertuples(index=False):
        for name in {*names, names[1] + "省"}:
            meanings.setdefault(name, []).append(("province", province, 0, 9999))
    for row in _clock.table("counties"):
        since = int(row["since"] or 0)
        meanings.setdefault(row["county"], []).append(("county", row["prefecture"], since, 9999))
        if (named := sign("ethnic").fullmatch(row["county"])) and named[1] not in meanings:
            meanings.setdefault(named[1] + "县", [("county", row["prefecture"], since, 9999)])
    for row in (row for row in _clock.table("place_marks") if row["kind"] != "word"):
        meanings.setdefault(row["mark"], []).append((row["kind"], row["province"], 0, 9999))
    for row in _clock.table("newspapers"):
        meanings.setdefault(row["newspaper"], []).append(("newspaper", row["province"], 0, 9999))
    own = {row.province: [row.short] for row in places.provinces().itertuples()}
    for prefecture, shortened in (own | shorts()).items():
        for name in (short + paper for short in shortened for paper in PAPERS):
            meanings.setdefault(name, [("newspaper", prefecture, 0, 9999)])
    risky = {name for name in meanings if name[-1] in "县区市部" or name[0] in "北安"}
    joints = {row["mark"] for row in _clock.table("place_marks") if row["kind"] == "joint"}
    families = {*re.findall(r"\w", _written.family().rpartition("[")[2])}
    return _finder.finder(meanings, apart=True, joints=joints), meanings, risky, families


@cache
def shorts() -> dict[str, list[str]]:
    """Prefecture → its short names, the old ones too, that of today last."""
    names: dict[str, list[str]] = {}
    for row in sorted(_clock.table("prefectures"), key=lambda row: row["until"] or "9999"):
        names.setdefault(row["prefecture"], []).append(row["short"])
    return names


def short(prefecture: str, text: str) -> str:
    """The short name of a prefecture that `text` uses, else that of today."""
    known = shorts().get(prefecture, [""])
    return next((name for name in reversed(known) if name in text), known[-1])


@lru_cache(maxsize=2**12)
def begun(number: str) -> str | None:
    """The place whose numbers alone begin so: a province, or a prefecture with four digits."""
    prefixes = [row for row in _clock.table("document_numbers") if number.startswith(row["prefix"])]
    return max(prefixes, key=lambda row: len(row["prefix"]), default={"province": ""})["province"] or None


@cache
def leaders() -> dict[str, tuple[int, int]]:
    """The leaders of the centre and the years in which they are such."""
    rows = [row for row in _clock.table("offices") if row["office"] == "leader"]
    return {row["name"]: (int(row["since"][:4]), int(row["until"][:4] or 9999)) for row in rows}


def _aside(text: str, start: int, name: str) -> bool:
    """A ship, a road, or 北京 as the place where the nation meets: not a place that speaks."""
    end = start + len(name)
    before, after = text[start - 1 : start] if start else "", text[end : end + 1]
    if len(name) == 2 and name[1] == "县":  # 献县, not 召开县委会议 or 市和县
        apart = not before or not "一" <= before <= "龥" or (before in "省市州区共赴在" and name[0] != "和")
        return not apart or after in tuple("委长里级域区乡")
    return (
        (after in APART and (after == "舰" or sign("road_name").match(text, end) is not None))
        or after in GOES_ON.get(name[-1], ())
        or (name[0] == "安" and before in ("平", "公"))  # 平安庆元, 公安阳光执法
        or (name == "北京" and sign("passing").search(text[max(0, start - 2) : start]) is not None)
    )


@lru_cache(maxsize=2**16)
def _meant(name: str, year: int | None) -> tuple[str, str] | None:
    """Kind and code of what a name means in `year`, or today."""
    meanings = _names()[1][name]
    for kind, code, since, until in meanings:
        if year is None and until < 9999 and len(meanings) > 1:
            continue  # an old name that another place bears today
        if kind not in ("none", "joint") and (year is None or since <= year <= until):
            return kind, code
    return None


def find(text: str, year: int | None) -> list[Found]:
    """Every name in `text`, the longest where names overlap, as the country was divided in `year`."""
    found: list[Found] = []
    finder, _, risky, families = _names()
    for start, name in finder(text):
        end = start + len(name)
        near = name in risky or text[end : end + 1] in APART
        aside = near and _aside(text, start, name)
        if len(name) == 2 and text[start - 1 : start] in families:
            around = f"{text[max(0, start - 3) : start]}某{text[end : end + 2]}"
            aside = aside or sign("bearer").search(around) is not None
        meant = None if aside else _meant(name, year)
        if meant:
            found.append((*meant, name, start, end))
    for n in range(len(found) - 2) if "、" in text else ():  # 河北、山西、内蒙古代表团
        if text[found[n][4]] != "、" or found[n + 1][3] != found[n][4] + 1:
            continue
        three = found[n : n + 3]
        apart = three[2][3] - three[1][4] == 1 and text[three[1][4]] == "、"
        if apart and all(place[0] in ("province", "listed") for place in three):
            found[n : n + 3] = [("listed", *place[1:]) for place in three]
    return _spoken(text[:600], found) if found and found[0][3] < 600 else found


def _spoken(opening: str, found: list[Found]) -> list[Found]:
    """`found`, set apart who is received as a guest, and names of writers (作者：熊金华)."""
    told = [*sign("silent").finditer(opening)] if any(word in opening for word in GUESTS) else []
    told += sign("received").finditer(opening) if "到我" in opening or "来我" in opening else ()
    if not told:
        return found
    spans = [(match.lastgroup, *match.span()) for match in told]
    inside = [next((kind for kind, a, b in spans if a <= one[3] < b), None) for one in found]
    return [(kind or one[0], *one[1:]) for kind, one in zip(inside, found, strict=True) if kind != "writer"]


def provinces(found: list[Found], *kinds: str) -> Counter[str]:
    """How often each province is named, by its own name or by a place in it."""
    return Counter([one[1][:2] for one in found if one[0] in kinds])

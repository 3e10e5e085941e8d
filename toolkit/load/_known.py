"""Whose is a text that names no place, by what its reader knows: who led where when, which town lies where?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import cache
from itertools import chain

from toolkit.load import _clock, _finder, _gazetteer
from toolkit.load._clock import sign

Years = Callable[[], tuple[int, int]]  # the first and the last year that a text may be of
RANKS = dict.fromkeys(("11", "12", "31", "50"), {"市"}) | dict.fromkeys(
    ("15", "45", "54", "64", "65"), {"自治区"}
)
CHIEFS = ("书记", "省长", "市长")
RANKS["2"] = {*"市州盟地"}  # of a prefecture; all others are 省


@cache
def _held() -> tuple[_finder.Finder, dict[str, list[tuple[str, str, int, int]]]]:
    """What finds the names of leaders, and which office each held where, from which year to which."""
    held = dict[str, list[tuple[str, str, int, int]]]()
    for row in _clock.table("leaders"):
        span = int(row["since"][:4]), int(row["until"][:4] or 9999)
        held.setdefault(row["name"], []).append((row["place"], row["office"], *span))
    return _finder.finder(held, apart=True), held


def leaders(text: str, title: str, years: Years) -> tuple[str, list[str]]:
    """The one province whose leaders of its years a text names by their office alone, as those do who are led."""
    finder, held = _held()
    named: list[tuple[str, str, bool]] = []  # who, the words of the office, whether the title opens so
    for start, name in finder(text):
        clause = sign("clause").search(text[max(0, start - 60) : start])
        opens, office = start == 0 and title.startswith(name), clause[0] if clause else ""
        alone = name[2:] or sign("leads").match(text, start + 2)  # no 王君 in 王君正
        office = title if opens else office
        if alone and (opens or sign("office").search(office)) and not _gazetteer.find(office, None):
            named.append((name, office, opens))
    since, until = years() if named else (0, 0)
    sure = dict[tuple[str, str], int]()  # province and name → 2 where nobody else can be meant
    for name, office, opens in named:
        ranks, chief = {*sign("rank").findall(office)}, opens or sign("chief").search(office)
        told = dict[str, int]()
        for place, held_there, first, last in held[name]:
            own = RANKS["2"] if place[2:] else RANKS.get(place, {"省"})
            if ranks & own and first <= until and since <= last:
                same = held_there in CHIEFS if opens else held_there[:2] in office or held_there in CHIEFS[1:]
                clear = same and ("市" not in own or (chief and held_there in CHIEFS))
                told[place[:2]] = max(1 + bool(clear), told.get(place[:2], 0))
        for code, weight in told.items():  # who led in two provinces is weak for both
            sure[code, name] = max(weight if len(told) == 1 else 1, sure.get((code, name), 0))
    weights = Counter[str]()
    for (code, _), weight in sure.items():
        weights[code] += weight
    (code, most), (_, second) = [*weights.most_common(2), ("", 0), ("", 0)][:2]
    names = sorted(name for place, name in sure if place == code)
    return (code, names) if most >= max(2, 2 * second) else ("", [])


@cache
def _towns() -> tuple[dict[str, set[str]], dict[str, set[str]], dict[str, str]]:
    """Counties by the names of their towns, by the names that counties of several provinces have, and what they are called."""
    rows = [(row["county"], row["name"], row["towns"].split()) for row in _clock.table("towns")]
    towns, named = dict[str, set[str]](), dict[str, set[str]]()
    for county, name, own in rows:
        for known, names in ((named, [name] if name[2:] else []), (towns, own)):
            for one in names:
                known.setdefault(one, set()).add(county)
    shared = {name: codes for name, codes in named.items() if len({code[:2] for code in codes}) > 1}
    return towns, shared, {county: name for county, name, _ in rows}


def towns(text: str) -> tuple[str, str]:
    """The one province of the towns, and of the counties, that a text names, and what they are called."""
    known, counties, names = _towns()
    told: dict[str, set[str]] = {}
    for match in sign("town").finditer(text):
        some, end = (counties, match.end()) if match[1] else (known, match.start())
        spans = (text[max(0, end - size) : end] for size in range(7, 1, -1))
        told |= {name: some[name] for name in [next((span for span in spans if span in some), "")] if name}
    alone = {min(codes)[:2] for codes in told.values() if len({code[:2] for code in codes}) == 1}
    together, most = Counter(chain.from_iterable(told.values())), Counter[str]()
    for code, n in together.items():
        most[code[:2]] = max(n, most[code[:2]])
    (province, n), (_, second) = [*most.most_common(2), ("", 0), ("", 0)][:2]
    province = min(alone) if alone else province
    if len(alone) > 1 or most[province] < n or not (alone or 1 < n > second):
        return "", ""
    own = sorted(name for name, codes in told.items() if any(code[:2] == province for code in codes))
    county = [names[code] for code in together if code[:2] == province and together[code] == n]
    return province, "、".join([*own, *(county if len(county) == 1 else ())])

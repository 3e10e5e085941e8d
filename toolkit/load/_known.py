"""Whose is a text that names no place, by what a reader knows: who led where when, which town lies where?"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from functools import cache
from itertools import chain

from toolkit import places
from toolkit.load import _clock, _finder, _gazetteer
from toolkit.load._clock import sign

Bounds = Callable[[], tuple[str, str]]  # the first and the last day that a text may be of
PREFECTURE = {*"市州盟地"}  # of what rank an office of a prefecture calls itself
FIRST = ("书记", "省长", "市长")


@cache
def _held() -> tuple[_finder.Finder, dict[str, list[tuple[str, str, str, str]]]]:
    """What finds the names of leaders, and where each held which office, from which month to which."""
    held = dict[str, list[tuple[str, str, str, str]]]()
    for row in _clock.table("leaders"):
        span = row["since"], row["until"] or "9999"
        held.setdefault(row["name"], []).append((row["place"], row["office"], *span))
    return _finder.finder(held, apart=True), held


@cache
def _ranks() -> dict[str, str]:
    """Of what rank an office of each province calls itself: 省, 市, 自治区."""
    names = places.provinces().set_index("province")["name"]
    return {code: sign("rank").findall(f"{name}政府")[-1] for code, name in names.items()}


def _weight(words: str, place: str, office: str, name: str, *, opens: bool) -> int:
    """2 where `words` tell this office of this place, 1 where many may hold it, 0 where they tell another."""
    ranks = PREFECTURE if place[2:] else {_ranks()[place]}
    posts = {match.lastgroup for match in sign("posts").finditer(words)}
    posts |= {"省长"} if not place[2:] and "市长" in posts else set()
    fits = office in (FIRST if opens else posts) and ranks.intersection(sign("rank").findall(words))
    common = "市" in ranks and (office not in FIRST or not name[2:])  # there are many cities
    return 0 if not fits else 1 if common else 2


def leaders(text: str, title: str, bounds: Bounds) -> tuple[str, list[str]]:
    """The one province whose leaders of its days a text names by their office alone, as its own texts do."""
    finder, held = _held()
    named: list[tuple[str, str, bool]] = []  # who, the words of the office, whether the title opens so
    for start, name in finder(text):
        opens = start == 0 and title.startswith(name) and sign("acting").match(title, len(name)) is not None
        before = title if opens else re.split("[。\n]", text[max(0, start - 60) : start])[-1]
        called = sign("called").match(text, start + len(name))  # 王东峰书记、许勤省长
        words = called[0] if called else title if opens else re.split(r"[，；：\s（(“”]", before)[-1]
        alone = called or name[2:] or sign("leads").match(text, start + 2)  # no 王君 in 王君正
        if alone and (opens or called or sign("office").search(words)) and not _gazetteer.find(before, None):
            named.append((name, words, opens))
    low, high = bounds() if named else ("", "")
    told, weights = Counter[tuple[str, str]](), Counter[str]()
    for name, words, opens in named:
        fits, own = Counter[tuple[str, str]](), Counter[str]()
        for place, office, first, last in held[name]:
            if first <= high and low[: len(last)] <= last:
                weight = _weight(words, place, office, name, opens=opens)
                fits[place[:2], office] = max(weight, fits[place[:2], office])
        for (code, _), weight in fits.items():
            own[code] += weight
        (_, best), (_, other) = [*own.most_common(2), ("", 0), ("", 0)][:2]
        for (code, _), weight in fits.items():  # who led in two provinces tells little of either, unless he
            sure = own[code] == best > other  # held all the offices that are told in one alone
            told[code, name] = max(told[code, name], weight if sure else min(weight, 1))
    for (code, _), weight in told.items():
        weights[code] += weight
    (code, most), (_, second) = [*weights.most_common(2), ("", 0), ("", 0)][:2]
    names = sorted(name for place, name in +told if place == code)
    return (code, names) if most >= max(2, 2 * second) else ("", [])


@cache
def _towns() -> tuple[dict[str, str], dict[str, str], dict[str, str]]:
    """Counties by the names of their towns, by names that several provinces have; what each is called."""
    rows = [(row["county"], row["name"], row["towns"].split()) for row in _clock.table("towns")]
    towns, named = dict[str, str](), dict[str, str]()
    for county, name, own in rows:
        for known, names in ((named, [name] if name[2:] else []), (towns, own)):
            known |= {one: f"{known.get(one, '')} {county}" for one in names}
    shared = {name: codes for name, codes in named.items() if len({code[:2] for code in codes.split()}) > 1}
    return towns, shared, {county: name for county, name, _ in rows}


def towns(text: str) -> tuple[str, str]:
    """The one province of the towns, and of the counties, that a text names, and what they are called."""
    known, counties, names = _towns()
    told: dict[str, set[str]] = {}
    acts = False
    for sentence in re.split("[。\n]", text):
        for match in () if sign("elsewhere").search(sentence) else sign("town").finditer(sentence):
            some, end = (counties, match.end()) if match[1] else (known, match.start())
            spans = (sentence[max(0, end - size) : end] for size in range(7, 1, -1))
            name = next((span for span in spans if span in some), "")
            told |= {name: {*some[name].split()}} if name else {}
            acts = acts or bool(name and sign("town_acts").match(sentence, match.end()))
    alone = {min(codes)[:2] for codes in told.values() if len({code[:2] for code in codes}) == 1}
    together, most = Counter(chain.from_iterable(told.values())), Counter[str]()
    for code, n in together.items():
        most[code[:2]] = max(n, most[code[:2]])
    (province, n), (_, second) = [*most.most_common(2), ("", 0), ("", 0)][:2]
    province = min(alone) if alone else province
    if len(alone) > 1 or most[province] < n or not (alone or 1 < n > second) or not (acts or len(told) > 1):
        return "", ""
    own = sorted(name for name, codes in told.items() if any(code[:2] == province for code in codes))
    county = [names[code] for code in together if code[:2] == province and together[code] == n]
    return province, "、".join(dict.fromkeys([*own, *county[: len(county) == 1]]))


@cache
def _shorts() -> dict[str, set[str]]:
    """Prefectures, and cities that are provinces, by the short names of their counties: 永济, 闻喜."""
    shorts: dict[str, set[str]] = {}
    for row in _clock.table("towns"):
        name = sign("county_short").sub("", row["name"])
        place = row["county"][: 2 if row["county"][:2] in ("11", "12", "31", "50") else 4]
        shorts.setdefault(name, set()).add(place)
    told = re.compile("[城路铁桥东西南北中郊矿新江河][东西南北中城区山]")  # 城东, 路南: any town has them
    return {name: codes for name, codes in shorts.items() if len(name) > 1 and not told.fullmatch(name)}


@cache
def _cities() -> dict[str, set[str]]:
    """Provinces and their prefectures of today by their short names: what may stand before a county's."""
    today = [(row["prefecture"][:2], row["short"]) for row in _clock.table("prefectures") if not row["until"]]
    today += places.provinces()[["province", "short"]].itertuples(index=False, name=None)
    cities: dict[str, set[str]] = {}
    for code, name in today:
        cities.setdefault(code, set()).add(name)
    return cities


@cache
def _words() -> set[str]:
    """The marks of places that are words, or none."""
    return {row["mark"] for row in _clock.table("place_marks") if row["kind"] in ("word", "none")}


def _opens(province: str, text: str, start: int) -> str:
    """The county of a province that acts at `start` by its short name, a city perhaps before it: 庄河召开…"""
    cities, shorts, after = _cities().get(province, set()), _shorts(), sign("county_opens")
    before = [start + size for size in range(10, 1, -1) if text[start : start + size] in cities]
    starts = [at for end in before for at in ([end + 1, end] if text[end : end + 1] in {*"省市"} else [end])]
    for at in (*starts, start):
        for end in range(min(at + 16, len(text)), at + 1, -1):
            name = text[at:end]
            if not any(code[:2] == province for code in shorts.get(name, ())) or not after.match(text, end):
                continue
            if not (name in cities or name in _words() or sign("county_word").fullmatch(name)):
                return name
    return ""


def county(province: str, text: str) -> str:
    """The prefecture, else the province, of the county that a text opens with by its short name."""
    begun = sign("free").match(text)
    name = _opens(province, text, 0) or (_opens(province, text, begun.end()) if begun else "")
    codes = [code for code in _shorts()[name] if code[:2] == province] if name else [""]
    return codes[0] if len(codes) == 1 else province  # 鼓楼 is in Nanjing and in Xuzhou


def listed(text: str) -> tuple[str, str]:
    """The one province, in one prefecture of which three counties or more, by their short names, report."""
    told: dict[str, set[str]] = {}
    for run in sign("counties_listed").finditer(text):
        sentence = text[max(0, run.start() - 40) : run.end() + 20]
        named = (sign("county_short").sub("", name) for name in run[0].split("、"))
        names = {name if name in _shorts() or name[:-1] not in _shorts() else name[:-1] for name in named}
        elsewhere = sign("elsewhere").search(sentence) or sign("counties_else").search(sentence)
        if elsewhere or not sign("counties_act").search(sentence):
            continue
        for place in set().union(*(_shorts().get(name, ()) for name in names)):
            of_it = {name for name in names if place in _shorts().get(name, ())}
            if len(of_it) > 2 and len(of_it) >= 0.7 * len(names):
                told[place] = told.get(place, set()) | of_it
    codes = {place[:2] for place in told}
    return (min(codes), "、".join(sorted(set().union(*told.values())))) if len(codes) == 1 else ("", "")

"""Whose is a text that names no place clearly: by its outlet, its site, the footer or address of its page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache, lru_cache

from toolkit import places
from toolkit.load import _clock, _gazetteer, _known
from toolkit.load._clock import sign
from toolkit.load._gazetteer import Found

PLACES = ("province", "prefecture", "county")
KINDS = (*PLACES, "school", "newspaper")
WEAK = ("cited", "praise")  # where the text must speak of a place as its own
PAGE = ("site", "footer", "address")  # where it must do so, or name the place
SUITS = ("结合实际", "具有特色")  # around the name of a province, where a text says 我省
HOLDS = ("召开", "举行", "开展")
SITE = ("SiteName", "sitename", "site_name", "og:site_name", "site", "主办")


@cache
def _nicknames() -> dict[str, str]:
    """Prefectures, or provinces, of the places that papers and sites are called after, without 市 or 县."""
    named: dict[str, set[str]] = {}
    for row in _clock.table("counties"):
        whole = sign("ethnic").fullmatch(row["county"])
        named.setdefault(whole[1] if whole else row["county"][:-1], set()).add(row["prefecture"])
    for prefecture, shortened in _gazetteer.shorts().items():
        for name in shortened:
            named.setdefault(name, set()).add(prefecture)
    for row in places.provinces().itertuples():
        named[row.short] = {row.province}
    for row in _clock.table("place_marks"):
        if row["kind"] in ("word", "none"):
            named.pop(row["mark"], None)
    past = {row["prefecture"] for row in _clock.table("prefectures") if row["until"]}
    past -= {row["prefecture"] for row in _clock.table("prefectures") if not row["until"]}
    named = {name: codes - past or codes for name, codes in named.items()}
    known = {name: codes for name, codes in named.items() if len({code[:2] for code in codes}) == 1}
    return {name: min(codes)[: 4 if len(codes) == 1 else 2] for name, codes in known.items() if name[1:]}


@cache
def _signs() -> dict[str, str]:
    """Places by the label of a host, provinces by the sign in a number of registration."""
    signs = {row["label"]: row["place"] for row in _clock.table("hosts")}
    return signs | {row.abbr: row.province for row in places.provinces().itertuples()}


def _outlets(text: str) -> set[str]:
    """The places after which papers, stations, organs and sites in `text` are called."""
    known, codes = _nicknames(), set()
    for match in sign("hints_outlet").finditer(text):
        ends = {match.start() + (match[0][0] in some) for some in ("区", "市县区州旗")}  # 德州网, no 朝阳区网
        names = (text[max(0, end - size) : end] for end in ends for size in (4, 3, 2))
        codes |= {code for name in names if (code := known.get(name, ""))}
    return codes | {known[match[1]] for match in sign("prefix").finditer(text) if match[1] in known}


def _courts(text: str) -> tuple[str, str]:
    """The one province of the courts and police of counties by their short names, twice; once if it meets."""
    known = _nicknames()
    found = [match.span() for match in sign("court").finditer(text)]
    spans = ([text[max(0, at - size) : at] for size in (4, 3, 2)] for at, _ in found)
    courts = [next((end for end in ends if end in known), "") for ends in spans]
    named = [*filter(None, courts)]
    codes = {known[name][:2] for name in named}
    holds = [name for name, (_, end) in zip(courts, found, strict=True) if text[end : end + 2] in HOLDS]
    told = len(named) > 1 or (named and named == courts[:1] == holds[:1])
    return (min(codes), "、".join(sorted({*named}))) if len(codes) == 1 and told else ("", "")


def _registered(text: str) -> set[str]:
    """The places in the hosts and the numbers of registration that `text` shows."""
    signs = _signs()
    hosts = sign("host").findall(text.lower()) if "." in text else []
    labels = [f"{match[1]}." for host in hosts if (match := sign("channel").match(host))]
    for host in hosts:  # the short ones are of offices too: sx.gov.cn is Shaoxing, zj.cangzhou.gov.cn housing
        short, domain = 3 if ".gov.cn" in host else 2, ".".join(host.split(".")[-3:])
        some = [domain] if domain in signs else host.split(".")  # whose domain goes before whose label
        labels += [one for one in some if one[short:] or f"{one}.gov.cn" in host]
    return {signs[label] for label in (*labels, *sign("icp").findall(text)) if label in signs}


def _page(meta: Mapping[str, str], path: str) -> dict[str, str]:
    """The name of the site, the footer and the addresses of a page."""
    return {
        "site": " ".join(dict.fromkeys(str(meta[name]) for name in SITE if meta.get(name))),
        "footer": meta.get("footer", ""),
        "address": " ".join(
            [path, *(str(value) for value in meta.values() if sign("address").match(str(value)))]
        ),
    }


def prefecture(province: str, texts: tuple[str, ...], meta: Mapping[str, str], path: str) -> str | None:
    """The one prefecture of a province that outlets in texts, source, site, footer or address tell."""
    words = " ".join([*texts[2:], *_page(meta, path).values()])
    codes = {code for kind, code, *_ in _gazetteer.find(words, None) if kind in KINDS}
    codes |= _outlets("\n".join([*texts, words])) | _registered(words)
    codes = {code for code in codes if code[:2] == province and code[2:]}
    return (_gazetteer.short(min(codes), words) or None) if len(codes) == 1 else None


@lru_cache(maxsize=8)
def says_own(text: str) -> bool:
    """Whether a title or the opening of a text speaks of a place as its own."""
    return sign("self").search(text) is not None


def around(text: str, found: list[Found]) -> Iterator[str]:
    """The words around places, each of which is called 某."""
    return (f"{text[max(0, start - 4) : start]}某{text[end : end + 9]}" for *_, start, end in found)


def passes(text: str, found: list[Found]) -> bool:
    """Whether `text` names one of these places in passing: 赴某考察, 某经验."""
    return any(map(sign("passes").search, around(text, found)))


def place(
    texts: tuple[str, str, str, str], meta: Mapping[str, str], path: str, named: list[list[Found]]
) -> tuple[str | None, str]:
    """The one place of outlet, site, footer or address, where nothing that the text names speaks against."""
    title, head, source, body = texts
    zones = [one for zone in (named[0], named[2]) for one in zone]
    plain = _gazetteer.provinces(zones, *PLACES, "byname")
    counts = _gazetteer.provinces(zones, *PLACES, "byname", "area")  # which support what else is said
    said = f"{title}\n{body[:600]}"
    local = says_own(title) or says_own(body[:600]) or sign("hints_organ").search(said)
    ends = [one.start() for one in sign("numbered_year").finditer(body[:5000])] if local else []
    runs = [run[0] for at in ends if (run := sign("run").search(body[max(0, at - 8) : at]))]
    cited = {(_gazetteer.begun(run) or "")[:2] for run in runs}
    houses = (one[2] for one in named[2] if one[0] == "school" and sign("house").match(body, one[4]))
    layers = {
        "source": source,
        "cited": " ".join(places.label(code) for code in cited - {"", "00"}),
        "school": " ".join(houses),
        "praise": " ".join(f"{name}网" for name in sign("praised").findall(body[:3000])),
        "outlet": f"{head}\n{title}",
        **_page(meta, path),
    }
    heard = False
    for layer, words in ((layer, words) for layer, words in layers.items() if words):
        kinds = [kind for kind in KINDS if (kind, layer) != ("school", "outlet")]
        codes = set(_gazetteer.provinces(_gazetteer.find(words, None), *kinds))
        codes = codes if layer in ("site", "footer") or len(codes) == 1 else set()
        codes = codes or {code[:2] for code in _outlets(words) or _registered(words)}
        if len(codes) == 1 and (local or layer not in WEAK):
            code = min(codes)
            free = counts[code] or not (counts or layer in PAGE)
            spoken = not (local or free) and code in {place[:2] for place in _outlets(said)}  # 兴化公安
            own = free and not sign("ours").search(said) if code == "00" else local or free or spoken
            clear = all(n < max(counts[code], 1) for other, n in counts.items() if other != code)
            if own and clear:
                return code, f"{layer} {words[-120:].strip()}"
            if code != "00":
                return None, ""
            heard = True  # of the centre: another outlet or the site may still tell, no place in passing
    alone = plain if local or "总书记" in title else counts  # 我县 has areas of such names, the nation others
    code, n = alone.most_common(1)[0] if alone and len(counts) == 1 else ("", 0)
    near = any(one[3] < 200 for one in named[2]) or named[0]
    first = named[2][0][3] if named[2] else 40
    sure = n > 2 and first < 40 and body[max(0, first - 1) : first] in ("", "，", "在")
    if heard and not (sure or (n > 1 and sign("portrait").search(title))):
        return None, ""
    once = n == plain[code] == 1 and local and not passes(title, named[0]) and not passes(body, named[2])
    told = (once or (n > 1 and near)) and (local or not sign("national").match(body))
    if told and not sign("round_up").search(title):
        return code, f"no other is named, it {n} times"
    if len(counts) > 3 or sign("round_up").search(title):  # where many are named no town decides
        return None, ""
    code, words = _known.listed(f"{title}\n{body[:1200]}")
    code, words = (code, words) if code else _courts(f"{title}\n{body[:3000]}")
    code, words = (code, words) if code or not local else _known.towns(f"{title}\n{body[:6000]}")
    most = counts[code] == max([0, *counts.values()])
    return (code, f"towns and counties {words}") if code and most else (None, "")

"""Whose is a text that names no place clearly: by its outlet, its site, the footer or address of its page."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from toolkit import places
from toolkit.load import _clock, _gazetteer
from toolkit.load._clock import sign
from toolkit.load._gazetteer import Found

KINDS = ("province", "prefecture", "county", "school", "newspaper")
WEAK = ("cited", "praise")  # where the text must speak of a place as its own
PAGE = ("site", "footer", "address")  # where it must do so, or name the place
SITE = ("SiteName", "sitename", "site_name", "og:site_name", "site", "主办")


@cache
def _nicknames() -> dict[str, str]:
    """Places by their names without 市 or 县, as papers and sites bear them, those of one province only."""
    named: dict[str, set[str]] = {}
    for row in _clock.table("counties"):
        named.setdefault(row["county"][:-1], set()).add(row["prefecture"][:2])
    for prefecture, shortened in _gazetteer.shorts().items():
        for name in shortened:
            named.setdefault(name, set()).add(prefecture[:2])
    for row in places.provinces().itertuples():
        named[row.short] = {row.province}
    for row in _clock.table("place_marks"):
        if row["kind"] in ("word", "none"):
            named.pop(row["mark"], None)
    return {name: min(codes) for name, codes in named.items() if len(codes) == 1 and len(name) > 1}


@cache
def _signs() -> dict[str, str]:
    """Provinces by the label of a host and by the sign in a number of registration."""
    signs = {row["label"]: row["place"][:2] for row in _clock.table("hosts")}
    signs |= {row.abbr: row.province for row in places.provinces().itertuples()}
    return signs | dict(zip("蜀陇滇黔秦", ("51", "62", "53", "52", "61"), strict=True))


def _outlets(text: str) -> set[str]:
    """The provinces of the places after which papers, stations, organs and sites in `text` are called."""
    known, codes = _nicknames(), set()
    for match in sign("hints_outlet").finditer(text):
        ends = (match.start(), match.start() + (match[0][0] in "市县区州旗"))  # 德州网
        names = (text[max(0, end - size) : end] for end in ends for size in (4, 3, 2))
        codes |= {code for name in names if (code := known.get(name, ""))}
    return codes | {known[match[1]] for match in sign("prefix").finditer(text) if match[1] in known}


def _registered(text: str) -> set[str]:
    """The provinces in the hosts and the numbers of registration that `text` shows."""
    signs = _signs()
    labels = [
        label
        for host in (sign("host").findall(text.lower()) if "." in text else ())
        for label in host.split(".")
        if len(label) > 2 or ".gov.cn" in host
    ]
    return {signs[label] for label in (*labels, *sign("icp").findall(text)) if label in signs}


def place(
    texts: tuple[str, str, str, str], meta: Mapping[str, str], path: str, named: list[list[Found]]
) -> tuple[str | None, str]:
    """The one place of outlet, site, footer or address, where nothing that the text names speaks against."""
    title, head, source, body = texts
    site = " ".join(dict.fromkeys(str(meta[name]) for name in SITE if meta.get(name)))
    footer = meta.get("footer", "")
    address = " ".join([path, *(str(value) for value in meta.values() if "." in str(value)[:80])])
    zones = [one for zone in (named[0], named[2]) for one in zone]
    counts = _gazetteer.provinces(zones, "province", "prefecture", "county", "byname")
    local = sign("self").search(said := f"{title}\n{body[:600]}") or sign("hints_organ").search(said)
    ends = [one.start() for one in sign("numbered_year").finditer(body[:5000])] if local else []
    runs = [run[0] for at in ends if (run := sign("run").search(body[max(0, at - 8) : at]))]
    known = {row["prefix"]: row["province"] for row in _clock.table("document_numbers") if runs}
    cited = {known[start] for run in runs for start in (run[:2], run[:3]) if start in known}
    layers = {
        "source": source,
        "cited": " ".join(places.label(code) for code in cited - {"", "00"}),
        "school": " ".join(name for kind, _, name, start, _ in named[2] if kind == "school" and start < 40),
        "praise": " ".join(f"{name}网" for name in sign("praised").findall(body[:3000])),
        "outlet": f"{head}\n{title}",
        "site": site,
        "footer": footer,
        "address": address,
    }
    for layer, words in layers.items():
        codes = set(_gazetteer.provinces(_gazetteer.find(words, None), *KINDS))
        codes = codes if layer in ("site", "footer") or len(codes) == 1 else set()
        codes = codes or _outlets(words) or _registered(words)
        if len(codes) == 1:
            code = min(codes)
            free = layer not in WEAK and (counts[code] or not (counts or layer in PAGE))
            own = free and not sign("ours").search(said) if code == "00" else local or free
            clear = all(n < max(counts[code], 1) for other, n in counts.items() if other != code)
            return (code, f"{layer} {words[-120:].strip()}") if own and clear else (None, "")
    code, n = counts.most_common(1)[0] if len(counts) == 1 else ("", 0)
    near = any(one[3] < 200 for one in named[2]) or named[0]
    told = (
        n > 1 and near and not sign("round_up").search(title) and (local or not sign("national").match(body))
    )
    return (code, f"no other is named, it {n} times") if told else (None, "")

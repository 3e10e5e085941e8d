"""Who speaks in a document: the centre or which province, at what level, by what organ?"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import chain

from toolkit.load import _calendar, _dates, _gazetteer, _hints, _issued, _known, _level, _nation
from toolkit.load._clock import sign
from toolkit.load._gazetteer import Found
from toolkit.load._hints import PLACES, SUITS

Sign = tuple[str, int, str]  # province, weight, the words
EVIDENT = ("province", "listed", "prefecture", "guest")
BEFORE = {"46": (1988, "44"), "50": (1997, "51")}  # what has become a province of its own


def _central(title: str, head: str, body: str, year: int | None, named: list[list[Found]]) -> Iterator[Sign]:
    """What speaks for the centre."""
    bare = re.sub(r"^[\[【(（].{1,8}[\])）】]|[“《]", "", title.strip())
    bare = re.sub("^.*(?:—|―|─){1,2} *[一-龥]{0,4}在(?=国务院|中央)", "", bare)  # 副题: ——某某在国务院…会上
    first = next(iter(_gazetteer.find(bare[:24], year)), ("", "", "", 1, 1))
    writes = first[0] == "centre" and bare[first[4] : first[4] + 2] in ("关于", "办公")  # no field office
    unaddressed = sign("addressed").sub("", body[:260]) if writes else body  # 某省人民政府：gets the letter
    local = sign("own").search(title + unaddressed[:200]) or sign("hints_organ").match(title)
    if first[0] == "centre" and first[3] == 0 and not (local or sign("deputy").match(bare, first[4])):
        yield "00", 200, f"title opens with {first[2]}"
    for name, (since, until) in _gazetteer.leaders().items():
        if bare.startswith(name) and (since <= year <= until if year else not local):
            yield "00", 300, f"title opens with {name}"
    if sign("state").match(bare) or sign("state").match(title):
        yield "00", 200, "title opens with an organ or a meeting of the centre"
    opening = next((one for one in named[2] if one[0] != "newspaper"), ("", "", "", 60, 60))
    own = local or _hints.says_own(body[:600])
    whole = "全国" in title + body[:160] and opening[2][:2] != "全国" and title[-2:] not in ("快讯", "简讯")
    whole = whole and not _gazetteer.provinces(named[0], "province", "prefecture")
    if opening[0] == "centre" and opening[3] < 24 and not own and whole:
        yield "00", 80, f"{opening[2]} on the whole country"
    placed = [[one for one in zone if one[0] in PLACES] for zone in named]
    acts = sign("free").fullmatch(body[: opening[3]]) and sign("acts").match(body, opening[4])
    met = opening[3] < 200 and sign("in_capital").match(body) and sign("minister").search(body[:400])
    elsewhere = own or any(placed) or sign("round_up").search(title)
    if (acts or met) and opening[0] == "centre" and not elsewhere:
        yield "00", 60, f"{opening[2]} acts"
    if not (local or placed[0] or placed[2][2:]) and sign("place_national").match(body):
        yield "00", 80, "opens with a meeting of the whole country in Beijing"
    elif not own and sign("national").match(body) and sign("minister").search(body[:400]):
        yield "00", 120, "opens with a meeting of the whole country that a minister attends"
    if sign("nation").search(f"{title}\n{head}\n{body[:400]}"):
        yield "00", 100, "before the National People's Congress, or on behalf of the State Council"
    if not local and sign("opens").match(body):
        leads = not placed[0] and sign("led").match(body)
        yield "00", 100 if leads else 60, "opens with an organ or leader of the centre"


def _stated(title: str, head: str, body: str, year: int | None, named: list[list[Found]]) -> Iterator[Sign]:
    """What meeting, title, source and head say of a province, each with its weight."""
    met = f"{title}\n{head}\n{body[:400]}"
    for match in sign("congress").finditer(met) if "届" in met else ():
        for code in _gazetteer.provinces(_gazetteer.find(match[1] or match[2], year), *PLACES):
            yield code, 100, f"meeting {match[0][1:]}"
    titled = _gazetteer.provinces([] if title[:1] + title[-1:] == "“”" else named[0], *PLACES, "seat")
    for code, n in titled.items():
        yield code, 40 if len(titled) == 1 else 30, f"title names it {n}"
    whose = [one for one in named[0][:1] if one[0] in PLACES and not one[3] and title[one[4] :][:1] == ":"]
    yield from ((code[:2], 30, f"title opens with {name}：") for _, code, name, *_ in whose)
    labels = [one for one in named[2][:1] if one[0] in PLACES and one[3] == 1 and body[0] in "【["]
    labelled = [one for one in labels if body[one[4] :][:1] in ("】", "]")]
    yield from ((code[:2], 60, f"text opens with {body[: end + 1]}") for _, code, _, _, end in labelled)
    visited = [one for one in named[0] if one[3] and title[one[3] - 1] in "在来到赴抵"]
    if visited and (guest := sign("arrives").match(body)) and visited[0][2] not in guest[0]:
        yield visited[0][1][:2], 70, f"visits {visited[0][2]}, which says 我"
    posts = [one for one in named[0] if one[0] == "province" and sign("appointed").search(title[: one[3]])]
    yield from ((code, 70, f"an office of {name} is taken") for _, code, name, *_ in posts[:1])
    home = _level.about(title, body, named) or ""
    if home and not titled:
        yield home[:2], 40, f"title or text opens with {_gazetteer.short(home, title + body[:60])}"
    sent = sign("dateline").search(head[-60:])
    ours = sign("ours").search(title + body[:300])
    for kind, code, name, *_ in named[1]:
        if code and code != "00":
            weight = 60 if kind == "newspaper" and ours else 30 if sent and name in sent[1] else 20
            yield code[:2], weight, f"{'source' if kind == 'newspaper' else 'head names'} {name}"
        elif kind == "centre" and not sign("own").search(title + body[:200]):
            yield "00", 40, f"source or head {name}"


def _told(body: str, found: list[Found]) -> Iterator[Sign]:
    """What the text tells: where it met, whom it praises, whom it names, by their share of all names."""
    found = [one for one in found if not one[3] or body[one[3] - 1] not in "与同赴"]
    found = [] if len(found) == 1 and _hints.passes(body, found) else found
    counts = _gazetteer.provinces(found, *PLACES, "byname", "listed")
    share = {code: n / counts.total() for code, n in counts.items()}
    opening = [one for one in found if one[3] < 200]
    whose = (own := _hints.says_own(body[:600])) or not sign("national").match(body)
    for kind, code, name, start, end in opening:
        if kind == "newspaper" and code[2:] and start < 60 and sign("reports_for").match(body, end):
            yield code[:2], 40, f"{name} asks"  # those of provinces ask everywhere
        there = kind in ("province", "prefecture") and body[max(0, start - 1) : start] in ("", "在", "于")
        first = kind == "province" and start < 24 and not any(one[0] == "centre" for one in opening[:2])
        if first and sign("presides").match(body, end):
            yield code, 60, f"{name} acts at home"
        elif code[:2] != "11" and whose and (kind == "seat" or (there and sign("met").match(body, end))):
            yield code[:2], round(25 * share.get(code[:2], 1)), f"meets in {name}"
        elif kind in PLACES and sign("organ_of").match(body, end):
            yield code[:2], round(20 * share[code[:2]]), f"an organ of {name} opens"
    for code, n in _gazetteer.provinces(opening, *PLACES).items():
        yield code, round(15 * share[code]), f"opening names it {n}"
    named = [(code, start, end) for kind, code, _, start, end in found if kind == "province"]
    praised = {
        code: body[max(0, start - 2) : end]
        for code, start, end in named
        if sign("praise").search(body[max(0, start - 3) : start])
        and body[end : end + 2] != "工作"  # 新时代新疆工作
    }
    for code, words in praised.items():
        yield code, round(25 * share[code]) if len(praised) == 1 else 5, words
    for code, start, end in named if own else ():
        if body[max(0, start - 2) : start] + body[end : end + 2] in SUITS:
            yield code, 30, body[start - 2 : end + 2]
    for code, n in counts.most_common(1):
        clear = n >= 4 or (n >= 2 and sign("own").search(body[:400]))
        weight = (45 if n >= 10 else 30 if clear else 8) * share[code] ** 2
        if share[code] >= 0.5:
            yield code, round(weight), f"body names it {n} of {counts.total()}"


def _then(title: str, body: str, head: str, meta: Mapping[str, str]) -> int | None:
    """The year, where a place is named that belonged elsewhere in its time."""
    if not re.search("重庆|海南|万县|涪陵|黔江", title + body[:300]):
        return None
    low = _dates.resolve(body, title=title, head=head, meta=meta)["date_low"]
    return int(low[:4]) if low else None


def _issuing(
    number: str | None, place: str | None, issuer: str | None, issued: list[Found]
) -> Iterator[Sign]:
    """What the document's own number and who issued it say."""
    if place:
        yield place[:2], 90 if _issued.whose(number, place) in ("00", place[:2]) else 45, f"number {number}"
    whose = [one for one in issued[:1] if one[3] in (0, 7)]  # 财政部, 中华人民共和国财政部, no 公司人事部
    own = _gazetteer.provinces(issued, *PLACES) or _gazetteer.provinces(whose, "centre")
    yield from ((code, 80, f"issuer {issuer}") for code in own)


def _asked(meta: Mapping[str, str], path: str, year: int | None, *, nation: bool) -> Iterator[Sign]:
    """What a column of provinces and the path say, and of a page of the nation its channel."""
    for name, value in [*meta.items(), ("path", path)]:
        weight = 15 if name == "path" else 70 * bool(sign("province_name").fullmatch(name))
        found = _gazetteer.find(str(value), year) if weight else []
        for code in _gazetteer.provinces(found, "province", "prefecture"):
            yield code, weight, f"{name} {str(value)[-30:]}"
    channel = sign("channel_of").search(meta.get("crumbs", "") if nation else "")  # 首页 > 地方新闻 > 某省
    if channel and (found := _gazetteer.find(channel[1], year)) and found[0][2] == channel[1]:
        yield found[0][1][:2], 80, f"channel {channel[1]}"


def _decided(signs: list[Sign], titled: int, least: int) -> str | None:
    """The province with the most weight, if it stands clear; one of several in a title only if stated."""
    weights: Counter[str] = Counter()
    for code, weight, _ in signs:
        weights[code] += weight
    (best, most), (_, second) = [*weights.most_common(2), ("", 0), ("", 0)][:2]
    stated = any(code == best and (weight >= 70 or words[:6] == "source") for code, weight, words in signs)
    clear = most >= (25 if second else least) and most >= 1.6 * second
    return best if clear and (titled < 2 or stated) else None


def resolve(
    body: str,
    *,
    title: str = "",
    head: str = "",
    meta: Mapping[str, str] | None = None,
    path: str = "",
    year: int | None = None,
) -> dict[str, object]:
    """Say who speaks in a document, and keep every province that it names; none where that is unsure.

    Returns ``province``, ``level``, ``prefecture``, ``issuer``, ``document_number``, ``source``,
    ``provinces`` (code → times named) and ``province_evidence``.
    """
    meta = meta or {}
    title, head, body = (_calendar.plain(text or "") for text in (title, head, body))
    year = year or _then(title, body, head, meta)
    lines = [line for line in body.split("\n") if line.strip()]
    number, numbered = _issued.number([title, *head.split("\n"), *lines[:3]], meta)
    issuer = _issued.issuer(title, lines, meta, number or "")
    match = sign("source").search(head)
    source = _issued.named(meta, sign("source_name")) or (match and next(filter(None, match.groups())))
    known = (title, head, source or issuer or "", body)
    named = [_gazetteer.find(text, year) for text in (title, f"{head} {source or ''}", body)]
    issued = _gazetteer.find(issuer or "", year)
    signs = [*_central(title, head, body, year, named), *_stated(title, head, body, year, named)]
    told = [*_told(body, named[2])]
    signs += told

    def bounds() -> tuple[str, str]:
        dates = _dates.resolve(body, title=title, head=head, meta=meta, path=path)
        return dates["date_low"] or "", dates["date_high"] or "9999"

    leader, names = _known.leaders(f"{title}\n{body[:2000]}", title, bounds)
    signs += [(leader, 50, f"led by {'、'.join(names)}")] if leader else []
    nation = any(one[0] == "centre" for one in named[1])
    signs += [*_issuing(number, numbered, issuer, issued), *_asked(meta, path, year, nation=nation)]
    then = {code: before for code, (since, before) in BEFORE.items() if year and year < since}
    signs = [(then.get(code, code), weight, words) for code, weight, words in signs]
    titled = len(_gazetteer.provinces(named[0], "province", "prefecture"))
    titled += 2 * bool(others := sign("others").search(f"{title}\n{body[:100]}"))  # 东北三省…
    acts = ((text, one) for text, zone in ((title, named[0]), (body, named[2])) for one in zone[:20])
    cited = (one[0] == "centre" and one[3] < 40 and "《" not in text[: one[3]] for text, one in acts)
    mine = sign("mine").search(body[:400])
    central = any(cited) and not mine
    local = not central and (_hints.says_own(title) or _hints.says_own(body[:600]))  # it speaks of 我市
    province = _decided(signs, titled, 18 if local else 25)
    hinted, hint = (None, "") if mine else _nation.broadcast(title, f"{head}\n{source or ''}", body, named)
    weak = [one for one in signs if one in told or one[2][:11] == "title names"]
    if hinted == "00" and all(one in weak for one in signs if one[0] == province):
        province = None  # it is only named, among others or late
    if not province:
        hinted, hint = (hinted, hint) if hinted else _hints.place(known, meta, path, named)
        province = hinted if hinted == "00" or not (central or others) else None
        signs += [(province, 1, hint)] if province else []
    words = "; ".join(dict.fromkeys(words for code, _, words in signs if code == (province or code)))
    found: dict[str, object] = {"province": province, "level": None, "prefecture": None}
    if province == "00":
        found["level"] = "centre"
    elif province:
        whose = _issued.whose(number, numbered)
        found |= _level.within(province, (issuer or "", title, head, body), [*named, issued], whose)
        if found["level"] != "province" and not found["prefecture"]:
            found["prefecture"] = _hints.prefecture(province, (*known[:3], hint), meta, path)
    return found | {
        "issuer": issuer,
        "document_number": number,
        "source": source,
        "provinces": dict(_gazetteer.provinces([*chain(*named)], *EVIDENT)),
        "province_evidence": words if province else f"unsure: {words}" if words else "",
    }

"""Who speaks in a document: the centre or which province, at what level, by what organ?"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache

import ahocorasick

from toolkit import places
from toolkit.load import _calendar, _clock

Found = tuple[str, str, str, int, int]  # kind, code, name, start, end
Sign = tuple[str, int, str]  # province, weight, the words
MUNICIPALITIES = ("11", "12", "31", "50")
SUFFIXES = ("市", "地区", "州", "盟")
MEETING = re.compile(
    r"[—―－(（-]\s*[\d〇○一二三四五六七八九十年月日 和至]{6,20}在第[一二三四五六七八九十]{1,3}届\s*全国人民代表大会"
)
NUMBER = re.compile(
    r"([一-龥]{1,10})\s*[〔［\[(【]\s*((?:19|20)\d\d)\s*年?\s*[〕］\])】]\s*第?\s*(\d{1,4})\s*号"
)
CONGRESS = re.compile(r"在([一-龥]{2,9}?)第?\s*[一二三四五六七八九十]{1,3}届\s*(全国)?\s*人\s*(?:民代表)?大")
ISSUER = re.compile(
    r"^\s*([一-龥、 ]{2,40}?(?:政府办公厅|政府办公室|政府|办公厅|办公室|委员会|党委|省委|市委|区委|县委|国务院|中央|厅|局|部|委|院|署|会))"
    r"\s*(?:关于|印发|转发|批转|令|公告|通告)"
)
CENTRAL = re.compile(
    r"^(?:中华人民共和国|中共中央(?!组织部长)|国务院|全国人大|全国政协|全国人民代表大会|最高人民|中央|国家[一-龥]{2,10}(?:局|委|部|署)"
    r"|(?:外交|国防|教育|科技|科学技术|公安|安全|民政|司法|财政|人力资源社会保障|人力资源和社会保障|自然资源|生态环境|住房城乡建设|住房和城乡建设"
    r"|交通运输|水利|农业农村|农业|商务|文化和旅游|应急管理|工业和信息化)部)"
)
ORGANS = "中共中央|国务院|全国人大|全国政协|中央[一-龥]{0,12}会议|党中央|新华社"
OPENS = re.compile(
    r"[^，。]{0,16}?(?:消息|电|讯)?[^，。《]{0,24}?(?<![落彻据照经向受对《])"
    r"(?:国务院(?:总理|副总理|办公厅|常务会议)|国家(?:副)?主席|中共中央|全国人大常委会|全国政协(?:主席|常委会))"
)
MET = re.compile(r"[一-龥]{0,8}?(?:召开|举行|开幕|闭幕)")
OWN = re.compile(r"[我全]省|省委|省政府|省人民政府|[我全]市|市委|自治区|我区|全区|[我全]县|县委")
SOURCE = re.compile(
    r"(?:来 ?源|稿源|发布机构)\s*[:：]\s*([^\s|,，。()（）\d]{2,30})|\d\d:\d\d(?::\d\d)?\s+([一-龥]{4,20})\s*$",
    re.M,
)
PRAISE = r"(?:平安|法治|数字|美丽|清廉|健康|信用|诚信|文化|幸福|和谐|活力|绿色|开放|新时代|现代化|富裕|智慧|诗画|好客)"
LEVELS = re.compile(
    r"(省委|省政府|省人民政府|全省|我省|省人大|省政协|省直|自治区|我区|省[一-龥]{2,8}厅)"
    r"|(市委|市政府|市人民政府|全市|我市|州委|州政府|全州|地委|行署|盟委)"
    r"|(县委|县政府|县人民政府|全县|我县|区委|区政府|区人民政府|镇党委|乡党委|街道党工委|旗委)"
)


@cache
def _names() -> ahocorasick.Automaton:
    """Provinces, prefectures, bynames, seats and newspapers in one automaton; the longest match stands."""
    found = ahocorasick.Automaton()
    rows: dict[str, list[tuple[str, str, int, int]]] = {}

    def add(name: str, kind: str, code: str, since: str = "", until: str = "") -> None:
        rows.setdefault(name, []).append((kind, code, int(since or 0), int(until or 9999)))

    for row in _clock.table("prefectures"):
        names = [row["short"] + suffix for suffix in SUFFIXES]
        for name in [row["short"], *names] if row["alone"] == "yes" else names:
            add(name, "prefecture", row["prefecture"], row["since"], row["until"])
    for _, row in places.provinces().iterrows():
        for name in {row["name"], row["short"], row["short"] + "省"}:
            add(name, "province", row["province"])
    for mark in _clock.table("place_marks"):
        add(mark["mark"], mark["kind"], mark["province"])
    for paper in _clock.table("newspapers"):
        add(paper["newspaper"], "newspaper", paper["province"])
    for name, meanings in rows.items():
        found.add_word(name, (name, meanings))
    found.make_automaton()
    return found


@cache
def _prefectures() -> dict[str, list[str]]:
    """Prefecture code → its short names."""
    short: dict[str, list[str]] = {}
    for row in _clock.table("prefectures"):
        short.setdefault(row["prefecture"], []).append(row["short"])
    return short


def _found(text: str, year: int | None) -> list[Found]:
    """Every place that `text` names, as it was divided in `year`."""
    out = []
    for end, (name, meanings) in _names().iter_long(text):
        for kind, code, since, until in meanings:
            if (
                kind != "none"
                and not _passing(text, end + 1 - len(name), name)
                and (year is None or since <= year < until or year == until)
            ):
                if year is None and until < 9999 and len(meanings) > 1:
                    continue
                out.append((kind, code, name, end + 1 - len(name), end + 1))
                break
    return out


def _passing(text: str, start: int, name: str) -> bool:
    """北京 as the place where the nation meets, or a ship: not the place that speaks."""
    return (
        text[start + len(name) : start + len(name) + 1] == "舰"
        or name == "北京"
        and bool(re.search(r"(?:[在于抵回来赴离进]|社|到|开)$", text[max(0, start - 2) : start]))
    )


def _provinces(found: list[Found], *kinds: str) -> Counter[str]:
    """How often each province is named, by its own name or by a place in it."""
    return Counter(code[:2] for kind, code, *_ in found if kind in kinds and code)


def _number(zones: list[str], meta: Mapping[str, str]) -> tuple[str | None, str | None]:
    """The document's own number and the province of its prefix."""
    for text in [
        *(str(value) for name, value in meta.items() if re.search(r"文号|字号|number", name)),
        *zones,
    ]:
        for line in text.split("\n"):
            match = NUMBER.search(line)
            if not match or len(line[: match.start()].strip()) > 12 or "《" in line or len(line) > 80:
                continue
            prefixes = [row for row in _clock.table("document_numbers") if match[1].startswith(row["prefix"])]
            best = max(prefixes, key=lambda row: len(row["prefix"]), default=None)
            return f"{match[1]}〔{match[2]}〕{match[3]}号", best and best["province"]
    return None, None


def _issuer(title: str, lines: list[str], meta: Mapping[str, str]) -> str | None:
    """The organ that issued the document."""
    for name, value in meta.items():
        if (
            re.search(r"发文机关|发文单位|发布机构|发布单位|制定机关|颁布|issuer|agency|department", name)
            and value
        ):
            return str(value).strip()
    match = ISSUER.match(title)
    if match:
        return match[1].replace(" ", "")
    for i, line in enumerate(lines[-8:]):
        if i and re.fullmatch(r"\s*[\d一二〇○零年月日三四五六七八九十 ]{6,20}\s*", line) and "年" in line:
            organ = lines[-8:][i - 1].strip().replace(" ", "")
            if 4 <= len(organ) <= 40 and re.search(r"(?:政府|厅|室|局|委|会|部|院|府)$", organ):
                return organ
    return None


def _source(head: str, meta: Mapping[str, str]) -> str | None:
    """The paper or site that the document names as its source."""
    for name, value in meta.items():
        if (
            re.search(r"来源|source$|^source|稿源|媒体|media", name.lower())
            and value
            and "http" not in str(value)
        ):
            return str(value).strip()
    match = SOURCE.search(head)
    return (match[1] or match[2]) if match else None


@cache
def _leaders() -> dict[str, tuple[int, int]]:
    """Central leaders and the years in which they are such."""
    rows = [row for row in _clock.table("offices") if row["office"] == "leader"]
    return {row["name"]: (int(row["since"][:4]), int(row["until"][:4] or 9999)) for row in rows}


def _central(title: str, head: str, body: str, year: int | None) -> Iterator[Sign]:
    """What speaks for the centre."""
    bare = re.sub(r"^[\[【(（].{1,8}[\])）】]|[“《]", "", title.strip())
    organ = re.match(ORGANS, bare)
    leader = next((name for name in _leaders() if bare.startswith(name)), None)
    first, last = _leaders().get(leader or "", (1, 0))
    local = OWN.search(title + body[:200])
    if organ or (leader and (first <= year <= last if year else not local)):
        yield "00", 300, f"title opens with {leader or (organ and organ[0])}"
    if re.search(r"我代表国务院|受国务院(?:的)?委托|根据国务院的决定", body[:400]):
        yield "00", 100, "on behalf of the State Council"
    if MEETING.search(f"{title}\n{head}\n{body[:400]}"):
        yield "00", 100, "meeting of the National People's Congress"
    if not local and OPENS.match(body):
        yield "00", 60, "opens with an organ or leader of the centre"


def _told(title: str, head: str, body: str, year: int | None, named: list[list[Found]]) -> Iterator[Sign]:
    """What title, head and body say of a province, each with its weight."""
    in_title, in_head, in_body = named
    for match in CONGRESS.finditer(f"{title}\n{head}\n{body[:400]}"):
        for code in _provinces(_found(match[1], year), "province"):
            yield code, 100, f"meeting {match[0][1:]}"
    titled = _provinces(in_title, "province", "prefecture", "seat")
    for code, n in titled.items():
        yield code, 40 if len(titled) == 1 else 30, f"title names it {n}"
    for kind, code, name, *_ in in_head:
        if code and code != "00":
            yield code[:2], 20, f"{'source' if kind == 'newspaper' else 'head names'} {name}"
    counts = _provinces(in_body, "province", "prefecture", "byname")
    total = sum(counts.values())
    share = {code: n / total for code, n in counts.items()}
    opening = [one for one in in_body if one[3] < 200]
    for kind, code, name, start, end in opening:
        met = kind == "seat" or (
            kind != "newspaper" and body[max(0, start - 1) : start] in "在于" and MET.match(body, end)
        )
        if met and code[:2] != "11":
            yield code[:2], round(25 * share.get(code[:2], 1)), f"meets in {name}"
    opened = _provinces(opening, "province", "prefecture")
    for code, n in opened.items():
        yield code, round(15 * share[code]), f"opening names it {n}"
    praised = {
        code: body[start - 2 : end]
        for kind, code, _, start, end in in_body
        if kind == "province" and re.search(PRAISE + "$", body[max(0, start - 3) : start])
    }
    for code, words in praised.items():
        yield code, round(25 * share[code]) if len(praised) == 1 else 5, words
    for code, n in counts.most_common(2):
        clear = n >= 4 or (n >= 2 and OWN.search(body[:400]))
        if share[code] >= 0.5:
            yield code, round((45 if n >= 10 else 30 if clear else 8) * share[code] ** 2), f"body names it {n} of {total}"


def _level(province: str, issuer: str | None, title: str, body: str) -> str | None:
    """Centre, province, prefecture or county: the first that title, issuer or text speaks for."""
    if province == "00":
        return "centre"
    for text in (issuer or "", title, body):
        match = LEVELS.search(text)
        if match:
            if match[2] and province in MUNICIPALITIES:
                return "province"
            return "province" if match[1] else "prefecture" if match[2] else "county"
    return None


def _prefecture(province: str, zones: list[tuple[str, list[Found]]], level: str | None) -> str | None:
    """The prefecture that issuer, title or source names; in a prefecture's own text also the opening."""
    for text, found in zones if level != "province" else zones[:2]:
        named = {
            (code, name)
            for kind, code, name, start, end in found
            if kind == "prefecture" and code[:2] == province
            if not (text[max(0, start - 1) : start] == "在" and MET.match(text, end))
        }
        if len({code for code, _ in named}) == 1:
            code, name = min(named)
            return next((short for short in _prefectures()[code] if name.startswith(short)), None)
    return None


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
    lines = [line for line in body.split("\n") if line.strip()]
    number, by_number = _number([title, head, "\n".join(lines[:3])], meta)
    issuer, source = _issuer(title, lines, meta), _source(head, meta)
    named = [_found(text, year) for text in (title, f"{head} {source or ''}", body)]
    signs = [*_central(title, head, body, year), *_told(title, head, body, year, named)]
    issued = _found(issuer or "", year)
    if by_number:
        signs.append((by_number, 90, f"number {number}"))
    if issuer and CENTRAL.match(issuer) and not issued:
        signs.append(("00", 80, f"issuer {issuer}"))
    for code in _provinces(issued, "province", "prefecture"):
        signs.append((code, 80, f"issuer {issuer}"))
    for name, value in meta.items():
        if name.lower() in ("province", "省份", "省", "地区") and _found(str(value), year):
            signs.append((_found(str(value), year)[0][1][:2], 70, f"{name} {value}"))
    for code in _provinces(_found(path, year), "province", "prefecture"):
        signs.append((code, 15, f"path {path[-30:]}"))
    weights: Counter[str] = Counter()
    for code, weight, _ in signs:
        weights[code] += weight
    ranked = weights.most_common(2)
    province = None
    if ranked and ranked[0][1] >= 25 and (len(ranked) == 1 or ranked[0][1] >= 1.6 * ranked[1][1]):
        province = ranked[0][0]
    level = _level(province, issuer, title, body[:600]) if province else None
    if by_number and by_number == province:
        level = "centre" if province == "00" else "province"
    zones = [(issuer or "", issued), (title, named[0]), (head, named[1])]
    zones.append((body[:200], [one for one in named[2] if one[3] < 200]))
    words = "; ".join(dict.fromkeys(words for code, _, words in signs if code == (province or code)))
    return {
        "province": province,
        "level": level,
        "prefecture": _prefecture(province, zones, level) if province else None,
        "issuer": issuer,
        "document_number": number,
        "source": source,
        "provinces": dict(_provinces([one for zone in named for one in zone], "province", "prefecture")),
        "province_evidence": words if province else f"unsure: {words}" if words else "",
    }

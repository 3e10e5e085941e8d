"""Who speaks in a document: the centre or which province, at what level, by what organ?"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import pairwise

from toolkit.load import _calendar, _clock, _dates, _gazetteer
from toolkit.load._gazetteer import Found

Sign = tuple[str, int, str]  # province, weight, the words
MUNICIPALITIES = ("11", "12", "31", "50")
REGIONS = ("15", "45", "54", "64", "65")
ORDINAL = "第?[ 一二三四五六七八九十]{1,4}届"
CONGRESS = re.compile(rf"在([一-龥]{{2,9}}?){ORDINAL}\s*人\s*(?:民代表)?大")
NATION = re.compile(
    rf"[—―－(（-]\s*[\d〇○一二三四五六七八九十年月日 和至]{{6,20}}在{ORDINAL}\s*全国人民代表大会"
)
NUMBER = re.compile(
    r"([一-龥]{1,10})\s*[〔［\[(【]\s*((?:19|20)\d\d)\s*年?\s*[〕］\])】]\s*第?\s*(\d{1,4})\s*号"
)
ORDER = re.compile(r"[（(]?([一-龥]{1,12}令)\s*第?\s*(\d{1,4})\s*号[）)]?")
ORGAN = r"(?:政府办公[厅室]|政府|办公[厅室]|委员会|党委|[省市区县]委|国务院|中央|常委会|[厅局部委院署会])"
ISSUER = re.compile(rf"^\s*([一-龥、 ]{{1,40}}?{ORGAN})\s*(?:关于|印发|转发|批转|令|公告|通告)")
SOURCE = re.compile(
    r"(?:来 ?源|稿源|发布机构)\s*[:：]\s*([^\s|,，。()（）\d]{2,30}?)(?=[编责][辑编]|[\s|,，。()（）\d]|$)"
    r"|\d\d:\d\d(?::\d\d)?\s+([一-龥]{4,20})\s*$"
    r"|^《?\s*([一-龥]{2,8}报)\s*》?\s*[(（]?\s*(?:19|20)\d\d|^(?!本报)([一-龥]{2,6}报|中新社)[一-龥]{0,4}(?:(?:\d{1,2}月)?\d{1,2}日)?[讯电]",
    re.M,
)
ISSUER_NAME = re.compile(r"发文机关|发文单位|发布机构|发布单位|制定机关|颁布|issuer|agency|department")
SOURCE_NAME = re.compile(r"来源|^source|source$|稿源|媒体|media")
OPENS = re.compile(
    r"[^，。]{0,16}?(?:消息|电|讯)?[^，。《]{0,24}?(?<![落彻据照经向受对《])"
    r"(?:国务院(?:总理|副总理|办公厅|常务会议)|国家(?:副)?主席|中共中央|全国人大常委会|全国政协(?:主席|常委会))"
)
NATIONAL = re.compile(  # a meeting of the whole country in the capital
    r"(?:[^，。]{2,12}[电讯](?:[（(][^）)]{2,30}[）)])?)?(?:第?[一二三四五六七八九十]{1,3}届全国|全国)"
    r"[^，。]{2,24}会议?[^，。]{0,10}(?:在北京|在京)"
)
BEHALF = re.compile(r"我代表国务院|受国务院(?:的)?委托|根据国务院的决定")
MET = re.compile(r"[一-龥]{0,8}?(?:召开|举行|开幕|闭幕)")
PRAISE = re.compile(
    "(?:平安|法治|数字|美丽|清廉|健康|信用|诚信|文化|幸福|和谐|活力|绿色|开放|新时代|现代化|富裕|智慧)$"
)
OWN = re.compile(r"[我全]省|省委|省政府|省人民政府|[我全本]市|市委|(?<!、)自治区|[我全]区|[我全]县|县委")
SELF = re.compile("[我全本][省市区县]|(?<![一-龥])[省市县区]委|[县市]人民政府|县政府|镇政府")
OURS = re.compile("[我全][省区市]|(?<!、)自治区党委|[省市]委")
STATE = re.compile("国务院[一-龥]{0,14}?(?:关于|约谈|印发|决定|部署|批复|办公[厅室])")
OURSELVES = re.compile("[我全][省市区县州旗]")
SITE = ("SiteName", "sitename", "site_name", "og:site_name", "site", "主办")
AUTHORITY = re.compile("政府|政法|长安网|[省市县区州旗]委")
LEVELS = re.compile(
    r"(省委|省政府|省人民政府|全省|我省|省人大|省政协|省直|自治区|我区|省[一-龥]{2,8}厅)"
    r"|(市委|市政府|市人民政府|全市|我市|[州地盟]委|州政府|全州|行署|行政公署)"
    r"|([县区旗]委|[县区旗](?:人民)?政府|[全我][县旗]|[镇乡]党委|街道党工委)"
)


ABOVE = re.compile(  # whom a text addresses, who leads it, what it carries out: not its own level
    "^各[^：:\n]{2,120}[：:]|在[^，。]{2,30}领导下|(?:贯彻|落实|按照)[^，。]{0,40}?[央省市]委?[^，。]{0,40}(?:部署|要求|精神)",
    re.M,
)


def _named(meta: Mapping[str, str], name: re.Pattern[str]) -> str | None:
    """The first column or tag of such a name that says something."""
    found = (str(value).strip() for key, value in meta.items() if name.search(key.lower()))
    return next((value for value in found if value and "http" not in value), None)


def _number(lines: list[str], meta: Mapping[str, str]) -> tuple[str | None, str | None]:
    """The document's own number, and the province of its prefix if that is one province's alone."""
    given = _named(meta, re.compile("文号|字号|number"))
    for line in [given or "", *lines]:
        match = NUMBER.search(line)
        if match and len(line[: match.start()].strip()) <= 12 and "《" not in line and len(line) <= 80:
            prefixes = [row for row in _clock.table("document_numbers") if match[1].startswith(row["prefix"])]
            best = max(prefixes, key=lambda row: len(row["prefix"]), default={"province": None})
            return f"{match[1]}〔{match[2]}〕{match[3]}号", best["province"]
    ordered = next(filter(None, (ORDER.fullmatch(line.strip()) for line in lines)), None)
    return (f"{ordered[1]}第{ordered[2]}号" if ordered else None), None


def _issuer(title: str, lines: list[str], meta: Mapping[str, str]) -> str | None:
    """The organ that issued the document: a column, the opening of the title, the signature."""
    given, match = _named(meta, ISSUER_NAME), ISSUER.match(title)
    if given or match:
        return given or (match and match[1].replace(" ", ""))
    for above, line in pairwise(lines[-9:]):
        if "年" in line and re.fullmatch(r"\s*[\d〇○零年月日一二三四五六七八九十 ]{6,20}\s*", line):
            organ = above.replace(" ", "").strip()
            if 3 <= len(organ) <= 40 and re.search(f"{ORGAN}$", organ):
                return organ
    return None


def _central(title: str, head: str, body: str, year: int | None, named: list[list[Found]]) -> Iterator[Sign]:
    """What speaks for the centre."""
    bare = re.sub(r"^[\[【(（].{1,8}[\])）】]|[“《]", "", title.strip())
    local = OWN.search(title + body[:200])
    first = next(iter(_gazetteer.find(bare[:24], year)), ("", "", "", 1, 1))
    if first[0] == "centre" and first[3] == 0 and not local:
        yield "00", 200, f"title opens with {first[2]}"
    for name, (since, until) in _gazetteer.leaders().items():
        if bare.startswith(name) and (since <= year <= until if year else not local):
            yield "00", 300, f"title opens with {name}"
    if STATE.match(bare):
        yield "00", 200, "title opens with an organ of the State Council"
    opening = next(iter(named[2]), ("", "", "", 60, 60))
    whole = "全国" in title + body[:160] and opening[2][:2] != "全国" and title[-2:] not in ("快讯", "简讯")
    whole = whole and not _gazetteer.provinces(named[0], "province", "prefecture")
    if opening[0] == "centre" and opening[3] < 24 and not local and whole:
        yield "00", 80, f"{opening[2]} on the whole country"
    if re.match("中央[一-龥]{0,12}(?:会议|[团组])", bare):
        yield "00", 200, "title opens with a body of the centre"
    if not local and NATIONAL.match(body):
        yield "00", 80, "opens with a meeting of the whole country in Beijing"
    if BEHALF.search(body[:400]):
        yield "00", 100, "on behalf of the State Council"
    if NATION.search(f"{title}\n{head}\n{body[:400]}"):
        yield "00", 100, "meeting of the National People's Congress"
    if not local and OPENS.match(body):
        yield "00", 60, "opens with an organ or leader of the centre"


def _home(title: str, body: str, named: list[list[Found]]) -> str | None:
    """The prefecture that is the subject: 朝阳：… where the text says 朝阳市, or 6月12日，太原市…"""
    in_title = any(kind == "province" for kind, *_ in named[0])
    for kind, code, name, start, _ in named[2]:
        if kind == "prefecture" and title.startswith(name[:-1]) and len(name) > 2:
            return code
        subject = re.search("(?:^|[，,）)])[^，。在]{0,2}$", body[max(0, start - 4) : start])
        if kind == "prefecture" and start < 60 and subject and name[-1] in "市州盟" and not in_title:
            return code
        if start > 200:
            break
    return None


def _stated(title: str, head: str, body: str, year: int | None, named: list[list[Found]]) -> Iterator[Sign]:
    """What meeting, title, source and head say of a province, each with its weight."""
    for match in CONGRESS.finditer(f"{title}\n{head}\n{body[:400]}"):
        for code in _gazetteer.provinces(_gazetteer.find(match[1], year), "province"):
            yield code, 100, f"meeting {match[0][1:]}"
    titled = _gazetteer.provinces(named[0], "province", "prefecture", "county", "seat")
    for code, n in titled.items():
        yield code, 40 if len(titled) == 1 else 30, f"title names it {n}"
    home = _home(title, body, named) or ""
    if home and not titled:
        yield home[:2], 40, f"title or text opens with {_gazetteer.short(home, title + body[:60])}"
    ours = OURS.search(title + body[:300])
    for kind, code, name, *_ in named[1]:
        if code and code != "00":
            weight = 60 if kind == "newspaper" and ours else 20
            yield code[:2], weight, f"{'source' if kind == 'newspaper' else 'head names'} {name}"
        elif kind == "centre" and not OWN.search(title + body[:200]):
            yield "00", 40, f"source or head {name}"


def _told(body: str, found: list[Found]) -> Iterator[Sign]:
    """What the text tells: where it met, whom it praises, whom it names, by their share of all names."""
    counts = _gazetteer.provinces(found, "province", "prefecture", "county", "byname")
    share = {code: n / counts.total() for code, n in counts.items()}
    opening = [one for one in found if one[3] < 200]
    for kind, code, name, start, end in opening:
        there = kind in ("province", "prefecture") and body[max(0, start - 1) : start] in "在于"
        if code[:2] != "11" and (kind == "seat" or (there and MET.match(body, end))):
            yield code[:2], round(25 * share.get(code[:2], 1)), f"meets in {name}"
        elif kind in ("province", "prefecture") and re.match(
            "[一-龥]{2,8}[厅局][^，。]{0,6}[，。宣]", body[end : end + 16]
        ):
            yield code[:2], round(20 * share[code[:2]]), f"an organ of {name} opens"
    for code, n in _gazetteer.provinces(opening, "province", "prefecture", "county").items():
        yield code, round(15 * share[code]), f"opening names it {n}"
    praised = {
        code: body[max(0, start - 2) : end]
        for kind, code, _, start, end in found
        if kind == "province" and PRAISE.search(body[max(0, start - 3) : start])
    }
    for code, words in praised.items():
        yield code, round(25 * share[code]) if len(praised) == 1 else 5, words
    for code, n in counts.most_common(1):
        clear = n >= 4 or (n >= 2 and OWN.search(body[:400]))
        weight = (45 if n >= 10 else 30 if clear else 8) * share[code] ** 2
        if share[code] >= 0.5:
            yield code, round(weight), f"body names it {n} of {counts.total()}"


def _level(province: str, texts: tuple[str, ...], local: bool) -> str:
    """The first level that issuer, title or text speaks for; else that of the place in the title."""
    for text in texts:
        match = LEVELS.search(text)
        if match and match[0] == "我区" and province not in REGIONS:
            return "county"
        if match:
            city = "province" if province in MUNICIPALITIES else "prefecture"
            return "province" if match[1] else city if match[2] else "county"
    return "prefecture" if local else "province"


def _prefecture(province: str, text: str, found: list[Found], *, visited: bool) -> str | None:
    """The one prefecture that a text names, unless it is only where somebody went or met."""
    named = {
        (code, name)
        for kind, code, name, start, end in found
        if kind in ("prefecture", "county", "newspaper")
        and code[:2] == province
        and code in _gazetteer.shorts()
        if visited
        or text[end : end + 3] == "分会场"
        or text[max(0, start - 1) : start] not in ("在", "到", "赴")
    }
    if len({code for code, _ in named}) != 1:
        return None
    code, name = min(named)
    return _gazetteer.short(code, name)


def _then(title: str, body: str, head: str) -> int | None:
    """The year, where a place is named that belonged elsewhere in its time."""
    if not re.search("重庆|海南|万县|涪陵|黔江", title + body[:300]):
        return None
    low = _dates.resolve(body, title=title, head=head)["date_low"]
    return int(low[:4]) if low else None


def _asked(meta: Mapping[str, str], path: str, year: int | None) -> Iterator[Sign]:
    """What a column of provinces and the path say."""
    for name, value in [*meta.items(), ("path", path)]:
        weight = {"province": 70, "省份": 70, "省": 70, "地区": 70, "path": 15}.get(name.lower(), 0)
        found = _gazetteer.find(str(value), year) if weight else []
        for code in _gazetteer.provinces(found, "province", "prefecture"):
            yield code, weight, f"{name} {str(value)[-30:]}"


def _hosted(text: str, meta: Mapping[str, str], year: int | None) -> Iterator[Sign]:
    """Whose site the page belongs to, where a text speaks of 我区 and the site is an authority's."""
    if not OURSELVES.search(text):
        return
    for site in dict.fromkeys(meta[name] for name in SITE if AUTHORITY.search(meta.get(name, ""))):
        hosts = _gazetteer.provinces(_gazetteer.find(site, year), "province", "prefecture", "county")
        yield from ((code, 30, f"site {site}") for code in hosts if len(hosts) == 1)


def _decided(signs: list[Sign], titled: int, least: int) -> str | None:
    """The province with the most weight, if it stands clear; one of several in a title only if stated."""
    weights: Counter[str] = Counter()
    for code, weight, _ in signs:
        weights[code] += weight
    (best, most), (_, second) = [*weights.most_common(2), ("", 0), ("", 0)][:2]
    stated = any(code == best and (weight >= 70 or words[:6] == "source") for code, weight, words in signs)
    return (
        best
        if most >= (25 if second else least) and most >= 1.6 * second and (titled < 2 or stated)
        else None
    )


def _within(
    province: str, texts: tuple[str, str, str, str], named: list[list[Found]], numbered: bool
) -> dict[str, str | None]:
    """Level and prefecture, from issuer, title, head and body and the places that they name."""
    issuer, title, head, body = texts
    short = _prefecture(province, issuer, named[3], visited=True)
    short = short or _prefecture(province, title, named[0], visited=False)
    home = _home(title, body, named)
    if not short and home and home[:2] == province:
        short = _gazetteer.short(home, title + body[:60])
    own = short is not None or any(kind == "newspaper" and len(code) == 4 for kind, code, *_ in named[1])
    spoken = (issuer, title, ABOVE.sub("", body[:600]))
    level = "province" if numbered else _level(province, spoken, own)
    if level != "province" and not short:
        opening = [one for one in named[2] if one[3] < 200]
        short = _prefecture(province, head, named[1], visited=True)
        short = short or _prefecture(province, body, opening, visited=True)
    return {"level": level, "prefecture": short}


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
    year = year or _then(title, body, head)
    lines = [line for line in body.split("\n") if line.strip()]
    number, numbered = _number([title, *head.split("\n"), *lines[:3]], meta)
    issuer = _issuer(title, lines, meta)
    match = SOURCE.search(head)
    source = _named(meta, SOURCE_NAME) or (match and next(filter(None, match.groups())))
    named = [_gazetteer.find(text, year) for text in (title, f"{head} {source or ''}", body)]
    issued = _gazetteer.find(issuer or "", year)
    signs = [
        *_central(title, head, body, year, named),
        *_stated(title, head, body, year, named),
        *_told(body, named[2]),
    ]
    own = _gazetteer.provinces(issued, "province", "prefecture", "county") or _gazetteer.provinces(
        issued[:1], "centre"
    )
    signs += [(numbered, 90, f"number {number}")] if numbered else []
    signs += [*((code, 80, f"issuer {issuer}") for code in own), *_asked(meta, path, year)]
    signs += _hosted(title + body[:300], meta, year)
    titled = len(_gazetteer.provinces(named[0], "province", "prefecture"))
    kinds = Counter(kind for zone in named for kind, *_ in zone)
    central = any(kind == "centre" and start < 40 for kind, _, _, start, _ in (*named[0], *named[2]))
    local = SELF.search(f"{title}\n{body[:600]}") and not central  # it speaks of 我市, names no other
    least = 8 if local and not kinds["province"] else 18 if local else 25
    province = _decided(signs, titled, least)
    words = "; ".join(dict.fromkeys(words for code, _, words in signs if code == (province or code)))
    found: dict[str, object] = {"province": province, "level": None, "prefecture": None}
    if province == "00":
        found["level"] = "centre"
    elif province:
        texts = (issuer or "", title, head, body)
        found |= _within(province, texts, [*named, issued], bool(numbered))
    return found | {
        "issuer": issuer,
        "document_number": number,
        "source": source,
        "provinces": dict(
            _gazetteer.provinces([one for zone in named for one in zone], "province", "prefecture")
        ),
        "province_evidence": words if province else f"unsure: {words}" if words else "",
    }

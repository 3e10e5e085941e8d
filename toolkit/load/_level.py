"""At what level does a document speak, of the province that speaks in it, and in which prefecture?"""

from __future__ import annotations

from toolkit.load import _gazetteer, _hints, _known
from toolkit.load._clock import sign
from toolkit.load._gazetteer import Found

MUNICIPALITIES, REGIONS = ("11", "12", "31", "50"), ("15", "45", "54", "64", "65")


def about(title: str, body: str, named: list[list[Found]]) -> str | None:
    """The prefecture that is the subject: 朝阳：… where the text says 朝阳市, or 6月12日，太原市…"""
    in_title = any(kind == "province" for kind, *_ in named[0])
    in_text = any(kind == "province" for kind, *_ in named[2])
    if len({code[:2] for kind, code, _, start, _ in named[2] if kind == "prefecture" and start < 100}) > 1:
        return None
    for kind, code, name, start, _ in named[2]:
        if kind == "prefecture" and title.startswith(name[:-1]) and len(name) > 2:
            return code
        subject = sign("subject").search(body[max(0, start - 4) : start])
        whole = name[-1] in "市州盟" if kind == "prefecture" else kind == "county" and not in_text
        if whole and start < 60 and subject and not in_title:
            return code
        if start > 200:
            break
    return None


def _county(text: str, found: list[Found]) -> bool:
    """Whether a county is the subject that a text opens with: 海东市乐都区…, or 6月12日，乐都区…"""
    last, end = "", found[0][3] if found else 60
    if end >= 60 or not sign("subject").search(text[max(0, end - 4) : end]):
        return False
    for kind, _, _, start, stop in found:
        last, end = (kind, stop) if start == end else (last, end)
    return last == "county" and text[end : end + 1] not in ("、", "一", "的")


def _spots(province: str, text: str, found: list[Found]) -> list[Found]:
    """The prefectures and counties of a province that a text names, but where somebody goes or meets."""
    spots = [one for one in found if one[0] in ("prefecture", "county") and one[1][:2] == province]
    before = (text[max(0, one[3] - 2) : one[3]].replace("关于", "") for one in spots)
    return [one for one, word in zip(spots, before, strict=True) if word[-1:] not in tuple("在于到赴进")]


def _scene(province: str, texts: list[tuple[str, str, list[Found]]]) -> str:
    """The level of the one place where title or opening say that something happens; none of a province."""
    for (text, _, found), reach in zip(texts, (60, 160), strict=False):
        near = [one for one in found if one[3] < reach and one[1][:2] == province]
        spots = _spots(province, text, near)
        begins = {one[3] for one in spots}
        acts = any(one[0] == "province" and one[4] not in begins for one in near)  # 某省农科院专家到某市
        if spots and not acts and len({one[1] for one in spots if one[0] == spots[0][0]}) == 1:
            ends = {one[4] for one in spots}
            within = any(one[0] == "county" and one[3] in ends for one in spots)  # 莱芜区 of 济南市
            within = within and not texts[0][0].startswith(spots[0][2][:-1])  # 朝阳：…
            return "county" if within else spots[0][0]
        if near:
            break
    return ""


def told(province: str, texts: list[tuple[str, str, list[Found]]], least: str) -> str:
    """The first level that issuer, title or text speaks for; else that of the place in it, or `least`."""
    for text, said, found in texts:
        match = sign("levels").search(said)
        alone = _known.county(province, text)
        if alone or _county(text, found) or ("我区" in said and province not in REGIONS):
            return "county"
        if match:
            named = {one[:3] for where, _, zone in texts for one in _spots(province, where, zone)}
            own = {name[:-1] for kind, _, name in named if kind == "county"}
            small = any(said[: match.start()].endswith(name) for name in own)  # 温岭|市政府
            single = len(named) == len(own) == 1 and min(named)[2][-1] == "市"  # 市委… of no other city
            if single and least != "prefecture":
                small |= not any(_hints.passes(where, zone) for where, _, zone in texts)
            city = "county" if small else "province" if province in MUNICIPALITIES else "prefecture"
            return "province" if match[1] else city if match[2] else "county"
    return _scene(province, texts[1:]) or least


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


def within(
    province: str, texts: tuple[str, ...], named: list[list[Found]], numbered: str
) -> dict[str, str | None]:
    """Level and prefecture, from issuer, title, head and body and the places that they name."""
    issuer, title, head, body = texts
    short = _prefecture(province, issuer, named[3], visited=True)
    short = short or _prefecture(province, title, named[0], visited=False)
    short = short or (_gazetteer.short(numbered, title) if numbered[:2] == province else None) or None
    home = about(title, body, named)
    if not short and home and home[:2] == province:
        short = _gazetteer.short(home, title + body[:60]) or None
    local = short is not None or any(kind == "newspaper" and len(code) == 4 for kind, code, *_ in named[1])
    heads = {kind for kind, code, *_ in named[1] if code[:2] == province}
    least = "prefecture" if local else "province"
    least = "county" if "county" in heads and "province" not in heads else least  # 来源：某县人民政府
    spoken = [(issuer, issuer, named[3]), (title, title, named[0])]
    first = sign("levels").search(said := sign("above").sub("", body[:600]))
    whole = home and home[:2] == province and all(one[0] != "county" or one[3] > 60 for one in named[2])
    if home and whole and _gazetteer.short(home, body[:60]) in said[: first.start() if first else None]:
        said = f"全市{said}"  # 昭通市…会议召开, 省… comes later
    spoken += [(body, said, named[2])]
    level = "province" if numbered == province else told(province, spoken, least)
    if level != "province" and not short:
        own_county = _known.county(province, title) or _known.county(province, body)
        short = (_gazetteer.short(own_county, "") if own_county[2:] else None) or None
        short = short or _prefecture(province, head, named[1], visited=True)
        for reach in (200, 600):
            opening = [one for one in named[2] if one[3] < reach]
            short = short or _prefecture(province, body, opening, visited=False)
    return {"level": level, "prefecture": short}

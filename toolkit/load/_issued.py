"""Who issued a document, and under which number?"""

from __future__ import annotations

import re
from collections.abc import Mapping

from toolkit.load import _gazetteer
from toolkit.load._clock import sign


def named(meta: Mapping[str, str], name: re.Pattern[str]) -> str | None:
    """The first column or tag of such a name that says something."""
    found = (str(value).strip() for key, value in meta.items() if name.search(key.lower()))
    value = next((one for one in found if one and "http" not in one), None)
    return value and re.sub("^[一-龥]{2,4}[:：] *", "", value)  # its label told twice


def _own(line: str, match: re.Match[str]) -> bool:
    """Whether a number is the document's own: almost alone, at the end of the title, or under its label."""
    before, after = line[: match.start()].strip(), line[match.end() :].strip()
    if before[-1:] in tuple("(（") and after in (")", "）"):
        return not sign("about_another").search(line)
    alone = len(before) <= 12 and len(line) <= 80 and "《" not in line
    cited = sign("number_cited").search(line, max(0, match.end(1) - 24), match.end(1))
    return bool(alone or sign("number_label").search(before)) and not cited


def number(lines: list[str], meta: Mapping[str, str]) -> tuple[str | None, str | None]:
    """The number that is the document's own among its first lines, and the place whose numbers begin so."""
    given = named(meta, re.compile("文号|字号|number"))
    for line in [given or "", *lines]:
        for match in sign("number").finditer(line) if "号" in line and len(line) <= 200 else ():
            if _own(line, match):
                return f"{match[1]}〔{match[2]}〕{match[3]}号", _gazetteer.begun(match[1])
    for line, below in zip(lines, [*lines[1:], ""], strict=True):
        for text in (line, line + below if below.strip()[:1] in tuple("第(（〔[12") else ""):
            text = text.strip().replace(" ", "")
            ordered = sign("order").fullmatch(text) if len(text) < 60 else None
            if ordered and text[0] not in "(（" and not sign("about_another").search(lines[0]):
                short = len(ordered[1]) <= 4 or ordered[1].startswith("中华人民共和国")  # 粤府令
                year = f"{ordered[2]}年" if ordered[2] else ""
                place = _gazetteer.begun(ordered[1]) if short else None
                return f"{ordered[1]}{year}第{ordered[3]}号", place
    return None, None


def whose(number: str | None, place: str | None) -> str:
    """The place whose government a number is of; none where it may be of a department (皖政, no 皖教)."""
    whole = place and (place == "00" or place[2:] or sign("of_government").match(number or ""))
    return place if place and whole else ""


def _organs(line: str) -> list[str]:
    """The organs that sign in a line, without their stamps; none if it tells anything else."""
    line = sign("stamped").sub("", line).strip()
    parts = [line.replace(" ", "")] if re.fullmatch(r"(?:\S +)+\S", line) else line.split()
    named = all(3 <= len(one) <= 40 and sign("signs").search(one) and ":" not in one for one in parts)
    return parts if named else []


def _signed(lines: list[str]) -> list[str]:
    """Who signs at the end: the organs in the lines right above a date, or beside it."""
    day = r"[\d〇○零ＯO年月日一二三四五六七八九十 ]{6,20}"
    for n in range(len(lines) - 1, max(len(lines) - 10, -1), -1):
        if len(lines[n]) > 90 or "年" not in lines[n]:
            continue
        beside = re.fullmatch(rf"\s*[(（]?([一-龥].{{3,60}}?)\s+({day})[)）]?\s*", lines[n])
        if not (beside or re.fullmatch(rf"\s*{day}\s*", lines[n])):
            continue
        organs = _organs(beside[1]) if beside else []
        for above in () if organs else reversed(lines[max(n - 8, 0) : n]):
            if not (found := _organs(above)) and sign("stamped").sub("", above).strip():
                break
            organs = [*found, *organs]
        if organs:
            return organs
    return []


def issuer(title: str, lines: list[str], meta: Mapping[str, str], number: str) -> str | None:
    """The organs that issued the document: a column, the opening of the title, the signature, the order."""
    given, match = named(meta, sign("issuer_name")), sign("issuer").match(title)
    if given or match:
        return given or (match and match[1].replace(" ", ""))
    if signed := _signed(lines):
        return "、".join(signed)
    ordered = re.match("(.+?)(?:令|公告|通告)(?:[0-9]+年)?第", number)
    return ordered[1] if ordered and sign("signs").search(ordered[1]) else None

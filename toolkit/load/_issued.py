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


def number(lines: list[str], meta: Mapping[str, str]) -> tuple[str | None, str | None]:
    """The document's own number, and the place of its prefix if that is one place's alone."""
    given = named(meta, re.compile("文号|字号|number"))
    for line in [given or "", *lines]:
        for match in sign("number").finditer(line) if "号" in line and len(line) <= 200 else ():
            before, after = line[: match.start()].strip(), line[match.end() :].strip()
            alone = len(before) <= 12 and len(line) <= 80 and "《" not in line
            ends = before[-1:] in tuple("(（") and after[:1] in tuple(")）") and len(after) <= 1
            told = alone or ends or sign("number_label").search(before)
            if told and (
                ends or not sign("number_cited").search(line, max(0, match.end(1) - 24), match.end(1))
            ):
                return f"{match[1]}〔{match[2]}〕{match[3]}号", _gazetteer.begun(match[1])
    for line, below in zip(lines, [*lines[1:], ""], strict=True):
        for text in (line, line + below if below.strip()[:1] in tuple("第(（〔[12") else ""):
            if len(text) < 60 and (ordered := sign("order").fullmatch(text.strip().replace(" ", ""))):
                year = f"{ordered[2]}年" if ordered[2] else ""
                return f"{ordered[1]}{year}第{ordered[3]}号", _gazetteer.begun(ordered[1])
    return None, None


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
        beside = re.fullmatch(rf"\s*[(（]?([一-龥].{{3,60}}?)\s+({day})[)）]?\s*", lines[n])
        if "年" not in lines[n] or not (beside or re.fullmatch(rf"\s*{day}\s*", lines[n])):
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

"""Who issued a document, and under which number?"""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import pairwise

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
            label = sign("numbers").search(before)
            if (alone or ends or label) and not (label and label[1]):
                return f"{match[1]}〔{match[2]}〕{match[3]}号", _gazetteer.begun(match[1])
    for line, below in zip(lines, [*lines[1:], ""], strict=True):
        for text in (line, line + below if below.strip()[:1] in tuple("第(（〔[12") else ""):
            if len(text) < 60 and (ordered := sign("order").fullmatch(text.strip().replace(" ", ""))):
                year = f"{ordered[2]}年" if ordered[2] else ""
                return f"{ordered[1]}{year}第{ordered[3]}号", _gazetteer.begun(ordered[1])
    return None, None


def issuer(title: str, lines: list[str], meta: Mapping[str, str], number: str) -> str | None:
    """The organ that issued the document: a column, the opening of the title, the signature, the order."""
    given, match = named(meta, sign("issuer_name")), sign("issuer").match(title)
    if given or match:
        return given or (match and match[1].replace(" ", ""))
    for above, line in pairwise(lines[-9:]):
        if "年" in line and re.fullmatch(r"\s*[\d〇○零年月日一二三四五六七八九十 ]{6,20}\s*", line):
            organ = above.replace(" ", "").strip()
            if 3 <= len(organ) <= 40 and sign("signs").search(organ):
                return organ
    ordered = re.match("(.+?)(?:令|公告|通告)(?:[0-9]+年)?第", number)
    return ordered[1] if ordered and sign("signs").search(ordered[1]) else None

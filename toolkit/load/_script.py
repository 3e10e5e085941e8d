"""Traditional script: is a text written in it, and what are its simplified characters?"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

Row = dict[str, Any]
_HAN = re.compile("[\u4e00-\u9fff]+")
# At least one of these stands in every such text.
_OFTEN = re.compile("[國會發為開來這與對時員議們個從說總產動進實業務關長東義無經過還後學]")


@cache
def _converter() -> Any:
    import opencc

    return opencc.OpenCC("t2s")


@cache
def _pairs() -> dict[str, str]:
    """Traditional character → simplified, where a single one stands for it."""
    signs = [chr(number) for number in range(0x4E00, 0x9FA6)]
    plain = simplified("\n".join(signs)).split("\n")
    return {one: two for one, two in zip(signs, plain, strict=True) if one != two and len(two) == 1}


def table(rows: list[Row]) -> dict[int, str]:
    """The traditional characters of a text whose simplified ones stand for no other character in it."""
    used, pairs = {sign for row in rows for sign in row["text"]}, _pairs()
    found = {two: one for one in sorted(used) if (two := pairs.get(one)) and two not in used}
    return {ord(one): two for two, one in found.items()}


def restored(article: Row, pairs: dict[int, str]) -> Row:
    """The article in the characters in which it is written."""
    back = {ord(two): chr(one) for one, two in pairs.items()}
    if not back:
        return article
    return {
        "title": article["title"].translate(back),
        "head": [line.translate(back) for line in article["head"]],
        "authors": [name.translate(back) for name in article["authors"]],
        "text": article["text"].translate(back),
        "removed": [(why, text.translate(back)) for why, text in article["removed"]],
    }


def simplified(text: str) -> str:
    """Write the text in simplified characters, for the resolvers."""
    return str(_converter().convert(text))


def told(text: str) -> str:
    """Say so if the text is written in traditional characters."""
    if not _OFTEN.search(text, 0, 2000):
        return ""
    written = "".join(_HAN.findall(text[:2000]))
    rare = len(written) - len(written.encode("gb2312", "ignore")) / 2
    return "traditional script" if rare > max(3, 0.08 * len(written)) else ""

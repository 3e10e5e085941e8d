"""Where do the items of a bulletin begin, a file of short reports from many places under one name?"""

from __future__ import annotations

import itertools
import re

from toolkit.load import _gazetteer
from toolkit.load._clock import sign
from toolkit.load._hints import PLACES
from toolkit.load._layout import Line, headline, lead, prose

Item = tuple[int, int, str]  # the lines from which and up to which it goes, its mark


def _ruled(rows: list[Line], kept: list[int]) -> list[list[Item]]:
    """What stands between the rules of one kind."""
    ruled: dict[str, list[int]] = {}
    for i in kept[1:]:
        above = rows[i - 1]
        if above["why"] and len(above["text"]) <= 80 and sign("ruled").fullmatch(above["text"]):
            ruled.setdefault(above["text"], kept[:1]).append(i)
    return [_spans([(i, "") for i in some], kept) for some in ruled.values()]


def _marked(rows: list[Line], kept: list[int]) -> list[list[Item]]:
    """What begins with the same kind of mark, or with a headline and none, the table of contents left out."""
    marked: dict[str, list[tuple[int, str]]] = {}
    again = {rows[i]["text"]: i for i in kept}
    for i, below in itertools.pairwise([*kept, kept[-1]]):
        text = rows[i]["text"]
        mark = sign("bullet").match(text)
        kind = re.sub(r"\d+|[①-⑳]|[一二三四五六七八九十]+", "1", mark[0].strip() or "【") if mark else ""
        kind += "十" if mark and re.search("[一二三四五六七八九十]", mark[0]) else ""
        bare = text[0] not in "（(" and headline(text) and not lead(text) and not (text[30:] and "，" in text)
        bare = bare and prose(rows[below]["text"])
        if again[text] == i and (mark or bare):
            marked.setdefault(kind, []).append((i, mark[0] if mark else ""))
    return [_spans(some, kept) for some in marked.values()]


def _spans(begins: list[tuple[int, str]], kept: list[int]) -> list[Item]:
    """Where items end: each where the next begins."""
    ends = [*(i for i, _ in begins[1:]), kept[-1] + 1]
    return [(first, end, mark) for (first, mark), end in zip(begins, ends, strict=True)]


def _place(text: str) -> str:
    """The place that the first words of an item name."""
    found = [one for one in _gazetteer.find(text[:24], None) if one[0] in (*PLACES, "centre")]
    return "".join(one[2] for one in found) if found and found[0][3] < 10 else ""


def _told(rows: list[Line], items: list[Item]) -> bool:
    """Whether nearly all items hold sentences and open with places of their own, or say whose they are."""
    placed: list[str] = []
    signed: list[str] = []
    said = 0
    for first, end, mark in items:
        texts = [row["text"] for row in rows[first:end] if not row["why"]]
        texts[0] = texts[0][len(mark) :]
        said += len("".join(texts)) >= 30 and "。" in "".join(texts)
        placed += [place] if (place := _place(texts[0]) or _place("".join(texts[1:2]))) else []
        whose = (sign("contributed").search(text) for text in reversed(texts[-2:]))
        signed += [found[0] for found in whose if found][:1]
    enough = max(3, 0.7 * len(items))
    return said == len(items) and any(
        len(told) >= enough and len({*told}) > len(items) / 2 for told in (placed, signed)
    )


def _imprint(text: str) -> bool:
    """Whether a line above the items tells the number, the day, the office or the contents of a bulletin."""
    mark, told = sign("bullet").match(text), sign("imprint").search(text)
    return "。" not in text and len(text) <= 60 and bool(mark or told or lead(text))


def items(rows: list[Line], kept: list[int]) -> list[int]:
    """Where the items of a bulletin begin: three or more, alike, with nothing but an imprint above."""
    top = enumerate((rows[i]["text"] for i in kept[:4]), 1)
    named = next((n for n, text in top if len(text) <= 60 and sign("bulletin").fullmatch(text)), 0)
    if not named or len(kept) == named:
        return []
    below = kept[named:]
    runs = [run for run in [*_ruled(rows, below), *_marked(rows, below)] if len(run) > 2]
    best: list[Item] = max((run for run in runs if _told(rows, run)), key=len, default=[])
    if not best or not all(_imprint(rows[i]["text"]) for i in below if i < best[0][0]):
        return []
    for row in rows[: best[0][0]]:  # what stands above belongs to every item
        row["why"] = row["why"] or "masthead"
    for start, end, mark in best:
        text = rows[start]["text"]
        rows[start] |= {"text": text[len(mark) :] or text, "item": False, "number": mark.strip()}
        last = rows[end - 1]
        if len(last["text"]) < 12 and sign("section").match(last["text"]):
            last["why"] = last["why"] or "furniture"  # 二、各地 above the next item
    return [0, *(start for start, *_ in best[1:])]

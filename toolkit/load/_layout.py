"""From lines to articles: where each begins, where its body does, and what is furniture."""

from __future__ import annotations

import csv
import itertools
import re
from collections import Counter
from functools import cache, lru_cache
from importlib import resources
from typing import Any

Line = dict[str, Any]  # text, gap (a blank line before), indent, why ("" while it belongs to an article)

ENDS = "。！？!?…”’）)】》；;：:"
STOPS = "。！？!?…"
STOP = re.compile(r"[。！？!?；;]")
_SOURCE = re.compile(r"来源|时间|发布时间|\d{4}.*(?:\d[:：]\d\d|来源|電|电)")
_SIGNED = re.compile(r"[（(][^（）()。，]{0,16}(?:记者|通讯员)[^（）()。]{2,30}[）)]$")
_NUMBER = re.compile(r"\d+")
_MAST = re.compile(r"[一-龥]{2,8}报|\d{4}[-年./]\d{1,2}[-月./]\d{1,2}日?")
_PAUSE = re.compile("[，,]")
COMMENT = re.compile(r"<!--.*?-->|<!--(?=[^\n]*\n?)|-->", re.S)
_SPLIT = re.compile(r"[（(][^（）()\n]{0,10}(?:记者|記者|通讯员|通訊員)\n[^（）()\n]{1,15}[）)]")
_SPEAKS = re.compile(
    r"(?:主持人|[^，。：:]{0,20}(?:记者|发言人|[长任记员]))(?:[\s　][^，。：:]{2,20})?\s*[：:]"
)
ACT = re.compile(  # what the headline of an official document ends with
    "[^。]*(?:通知|意见|决定|指示|命令|通告|公告|通报|批复|复函|规则|办法|条例|规定|细则|纲要|规划|方案|纪要|报告|请示|决议)"
    "(?:[（(][^（）()]{2,8}[）)])?"
)
HEADING = re.compile(r"\n#{1,6} +")  # of Markdown
NUMBERED = re.compile(
    r"(?:第[一二三四五六七八九十百零〇\d]{1,5}[章节条编部分]|[（(]?[一二三四五六七八九十]{1,3}[）)、．.]|"
    r"[（(]\d{1,2}[）)]|\d{1,2}[、．.]\s*(?!\d)|[①-⑳]|[—-]{2}|附件|目\s*录)"
)


@cache
def signs() -> dict[str, re.Pattern[str]]:
    """Patterns of what stands around a body, by the place where it stands, from one table with examples."""
    patterns: dict[str, list[str]] = {}
    with (resources.files("toolkit") / "_data" / "furniture.tsv").open(encoding="utf8") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            patterns.setdefault(row["where"], []).append(f"(?:{row['pattern']})")
    around = {"end": r"\s*(?:{})\s*$", "dateline": r"(?:{})\s*[：:—-]*\s*"}
    return {
        where: re.compile(around.get(where, "{}").format("|".join(some))) for where, some in patterns.items()
    }


@lru_cache(maxsize=2**14)  # the menus of a site are the same on each of its pages
def aside(text: str) -> bool:
    """Whether the line is furniture, or begins the tail of a page."""
    return bool(signs()["line"].fullmatch(text) or signs()["tail"].fullmatch(text))


def lead(text: str) -> bool:
    """Whether the line says whence, when or before whom, as lines between headline and body do."""
    return len(text) <= 140 and _leads(text)


@lru_cache(maxsize=2**14)
def _leads(text: str) -> bool:
    return bool(signs()["lead"].fullmatch(text)) and not (prose(text) and _PAUSE.search(text))


def byline(text: str) -> bool:
    """Whether the line names the reporters."""
    return len(text) <= 60 and bool(signs()["byline"].fullmatch(text))


def chars(text: str) -> int:
    """Characters other than white space: the unit in which the audit counts."""
    return len(text) - text.count(" ") - text.count("\n")


def unsigned(text: str) -> str:
    """`text` without comments, and without the marks of headings and bold type in Markdown."""
    if "-->" in text or "<!--" in text:
        text = COMMENT.sub("", text)
    text = text.replace("**", "")
    return HEADING.sub("\n", f"\n{text}") if "#" in text else text


def lines(text: str) -> list[Line]:
    """Lines of a normalised text, with the blank space around them as a sign of paragraphs."""
    out: list[Line] = []
    gap = False
    for raw in text.split("\n"):
        stripped = raw.strip()
        if not stripped:
            gap = True
            continue
        last = out[-1]["text"][-16:] if out else "."
        if last[-1] in "者員员" and _SPLIT.search(f"{last}\n{stripped[:17]}"):
            out[-1]["text"] += " " + stripped  # (记者 / 张三丰)
            continue
        indent = len(raw) - len(raw.lstrip())
        out.append({"text": stripped, "gap": gap, "indent": indent, "why": ""})
        gap = False
    return out


def unmarked(rows: list[Line], title: str) -> tuple[list[Line], str]:
    """Part [视频] and the like from rows and title, as furniture in rows of their own."""
    out: list[Line] = []
    for place, row in enumerate([{"text": title, "gap": False, "indent": 0, "why": "title"}, *rows]):
        found = signs()["mark"].match(row["text"]) if place <= 40 and rows else None
        if found:
            out.append(
                {**row, "text": found[0].strip(), "why": row["why"].replace("title", "") or "furniture"}
            )
            row = {**row, "text": row["text"][found.end() :]}
        out += [row] if row["text"] and place else []
        title = title if place else row["text"]
    return out, title


def shape(rows: list[Line]) -> tuple[int, bool]:
    """The width at which lines are broken (0 where they are not), and whether paragraphs are indented."""
    lengths = sorted(len(row["text"]) for row in rows)
    if len(lengths) < 6:
        return 0, False
    width = lengths[int(len(lengths) * 0.9)]
    full = sum(width - 3 <= length <= width + 1 for length in lengths)
    indents = sum(row["indent"] >= 2 for row in rows)
    flush = sum(row["indent"] < 2 and len(row["text"]) >= 15 for row in rows)
    return (
        width if 12 <= width <= 90 and full >= 0.4 * len(lengths) else 0,
        indents >= 0.2 * len(rows) and flush >= 0.2 * len(rows),
    )


def _parted(last: Line, text: str) -> bool:
    """Whether a line of labels stands before the joint of two lines, or the tail of a page after it."""
    label = last["last"] == len(last["text"]) and lead(last["text"])
    return label or (len(text) <= 60 and aside(text))


def unwrapped(rows: list[Line]) -> list[Line]:
    """Put together the lines of a text that is broken at a width, or whose paragraphs are indented."""
    width, indented = shape([row for row in rows if not row["why"]])
    if not (width or indented):
        return rows
    out: list[Line] = []
    for row in rows:
        last = out[-1] if out else None
        if last and not last["why"] and not row["why"] and last["text"][-1] not in STOPS:
            full = width and not row["gap"] and last["last"] >= width - 2 and not NUMBERED.match(row["text"])
            hanging = indented and 2 <= last["indent"] < 8 and row["indent"] < 2 and not row["gap"]
            if (hanging or (full and row["indent"] <= last["indent"])) and not _parted(last, row["text"]):
                last["text"] += row["text"]
                last["last"] = len(row["text"])
                continue
        out.append({**row, "last": len(row["text"])})
    return out


def mark_repeats(rows: list[Line]) -> None:
    """Mark every later copy of a run of lines that has stood before (a run: 60 characters in long lines)."""
    seen: dict[str, list[int]] = {}
    i = 0
    while i < len(rows):
        text = rows[i]["text"]
        length, best = 0, -1
        if len(text) > 14:
            for j in seen.get(text, ())[:3]:
                k = 0
                while i + k < len(rows) and j + k < i and rows[i + k]["text"] == rows[j + k]["text"]:
                    k += 1
                if k > length:
                    length, best = k, j
        if length and sum(len(row["text"]) for row in rows[i : i + length]) >= 60:
            back = 0
            while (
                i - back - 1 > best
                and best - back > 0
                and rows[i - back - 1]["text"] == rows[best - back - 1]["text"]
            ):
                back += 1
            for row in rows[i - back : i + length]:
                row["why"] = "repeated"
            i += length
            continue
        if len(text) > 14:
            seen.setdefault(text, []).append(i)
        i += 1


def mark_furniture(rows: list[Line]) -> None:
    """Mark lines that are furniture wherever they stand, mastheads, and the crumbs after a 当前位置."""
    pattern, masthead, caption = signs()["line"], signs()["head"], signs()["caption"]
    running = Counter(
        _NUMBER.sub("#", row["text"]) for row in rows if row["why"] != "furniture" and len(row["text"]) <= 40
    )
    crumbs = False
    for row in rows:
        if row["why"]:
            continue
        text = row["text"]
        if len(text) <= 60 and masthead.fullmatch(text):
            row["why"] = "masthead"
        elif len(text) <= 240 and ("摄" in text or "图" in text) and caption.fullmatch(text):
            row["why"] = "caption"
        elif len(text) <= 160 and not sentence(text) and pattern.fullmatch(text):
            row["why"] = "furniture"
            goes_on = text[-1] in ">›»：:/" or not re.search("[>›»]", text)
            crumbs = ("位置" in text and goes_on) or (crumbs and len(text) <= 2)
        elif (len(text) <= 40 and running[own := _NUMBER.sub("#", text)] >= 3 and _running(own)) or (
            crumbs and len(text) <= 8
        ):
            row["why"] = "furniture"
        else:
            crumbs = False
    for above, row in itertools.pairwise(reversed(rows[:8])):  # 某某日报 / 2017-11-08 / 第3版
        if above["why"] == "masthead" and not row["why"] and _MAST.fullmatch(row["text"]):
            row["why"] = "masthead"


def sentence(text: str) -> bool:
    """Whether the line is a long sentence about anything but the page itself: looked at no further."""
    own = text[0] in "[【(（凡特抄声免版郑" or "载" in text or "权" in text or "码" in text or "小编" in text
    return text[-1] == "。" and len(text) > 60 and not own


def _running(text: str) -> bool:
    """Whether a line, its numbers written #, may be the head or foot of a printed page."""
    return bool(re.search("第 ?# ?[页期版]|# ?/ ?#|公报", text)) and not prose(text)


def prose(text: str) -> bool:
    """Whether the line is running text rather than a heading."""
    whole = text[-1] == "。" and len(text) >= 8
    led = text[-1] in "：:" and len(text) >= 12 and bool(re.match(r".{2,}?[，,].*", text))
    return (
        whole
        or led
        or (
            len(text) >= 20
            and (text[-1] in STOPS or "。" in text or (len(text) > 70 and _PAUSE.search(text) is not None))
        )
    )


def _opens(rows: list[Line], i: int) -> bool:
    """Whether an article may begin with the dateline, byline or source line `i`."""
    text = rows[i]["text"]
    if len(text) > 25 and signs()["dateline"].match(text):
        return True
    if len(text) > 140:  # neither a byline nor a lead
        return False
    if not (byline(text) or (_SOURCE.match(text) and lead(text))):
        return False
    following = [row["text"] for row in rows[i + 1 : i + 4] if not row["why"]]
    return any(len(line) > 40 and STOP.search(line) for line in following)


def _brief(headed: str, by: str, text: str) -> bool:
    """Whether the lines are a headline, a byline and a dateline: the beginning even of the shortest item."""
    named = ("者" in by or "员" in by) and byline(by)
    return named and headline(headed) and bool(signs()["dateline"].match(text))


def beginnings(rows: list[Line]) -> list[int]:
    """Indices of the lines with which an article begins: the first, and later headline blocks."""
    kept = [i for i, row in enumerate(rows) if not row["why"]]
    starts = [0]
    body = 0  # characters of running text since the last beginning
    last = "", ""  # the two lines before
    for place, i in enumerate(kept):
        text = rows[i]["text"]
        if (body >= 120 and _opens(rows, i)) or (body and len(last[1]) <= 60 and _brief(*last, text)):
            first = place
            while first > 0 and headline(rows[kept[first - 1]]["text"]) and place - first < 6:
                first -= 1
            before = rows[kept[first - 1]]["text"] if first else ""
            if first < place and (before[-1:] in ENDS or not prose(before)):
                starts.append(kept[first])
                body = 0
        elif body >= 120 and headline(text) and _SIGNED.search(rows[kept[place - 1]]["text"]):
            following = [rows[j]["text"] for j in kept[place + 1 : place + 4]]
            if sum(map(prose, following)) and not byline(text) and not lead(text):
                starts.append(i)
                body = 0
        if prose(text):
            body += len(text)
        last = last[1], text
    return starts


def headline(text: str) -> bool:
    """Whether the line may be part of a headline block."""
    if len(text) > 60 or text[-1] in "。；;，,、：" or (NUMBERED.match(text) and text[0] not in "—-"):
        return False
    return "。" not in text and not signs()["salutation"].fullmatch(text)


def _addressed(rows: list[Line], top: list[int]) -> int:
    """Index of the salutation under a headline below the short sentence `top` begins with, else of that."""
    for above, i in itertools.pairwise(top):
        text = rows[i]["text"]
        if len(text) <= 130 and signs()["salutation"].fullmatch(text) and ACT.fullmatch(rows[above]["text"]):
            return i
    return top[0]


def body_start(rows: list[Line]) -> int:
    """Index of the first line of the body: the salutation, the dateline, or the first running text."""
    nav = next(
        (i for i, row in enumerate(rows[:15]) if row["why"] == "furniture" and "位置" in row["text"]), 0
    )
    nav = (
        0 if any("。" in row["text"] for row in rows[:nav]) else nav
    )  # what stands above 当前位置 is no body
    top = [i for i, row in enumerate(rows) if not row["why"] and i >= nav][:25]
    for place, i in enumerate(top):
        text = rows[i]["text"]
        if len(text) <= 60 and signs()["address"].fullmatch(text):
            return i
        if len(text) > 170 or (place > 14):
            break
    for place, i in enumerate(top):
        text = rows[i]["text"]
        if lead(text):
            continue
        whom = len(text) <= 130 and signs()["salutation"].fullmatch(text)
        if whom and place and rows[top[place - 1]]["text"][0] == "各":  # it begins a line higher
            return top[place - 1]
        below = rows[top[place + 1]]["text"] if place + 1 < len(top) else ""
        numbered = NUMBERED.match(text) and text[0] not in "—-" and not signs()["dateline"].match(below)
        if whom or numbered or signs()["dateline"].match(text):
            return i
        if prose(text):
            return _addressed(rows, top[place : place + 6]) if len(text) <= 40 else i
        if below and len(text) <= 30 and _SPEAKS.fullmatch(text) and prose(below):
            return i
    return top[1] if len(top) > 1 else (top[0] if top else len(rows))

"""From lines to articles: where each begins, where its body does, and what is furniture."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from functools import cache, lru_cache
from typing import Any

from toolkit.load import _clock

Line = dict[str, Any]  # text, gap (a blank line before), indent, why ("" while it belongs to an article)

ENDS = "。！？!?…”’）)】》；;：:"
STOPS = "。！？!?…"
STOP = re.compile(r"[。！？!?；;]")
_RUN_IN = re.compile("(?:(?<=。)|(?<=。”))(?= {2,}\\S)|(?<=\\S)(?= {2,}本[报网台刊]讯)")
_NUMBER = re.compile(r"\d+")
_PAUSE = re.compile("[，,]")
_BREAK = re.compile("[，。,；]")
HAN = re.compile("[\u4e00-\u9fff]+")
_OPENS = "，。、；：！？”’）》】％%,.;!?)"
_HOLDS = "，,、（(《“‘〈"
CLOSES = r"\s（(【\[《|｜原阅查返来"  # with one of these begins what closes a body, if not right after a stop
WIRE = "讯訊电電记記通消】-"  # no dateline is without one of these


@cache
def sign(where: str) -> re.Pattern[str]:
    """The pattern of what stands there, around a body: in a ``line``, at its ``end``, as a ``dateline``."""
    rows = [row["pattern"] for row in _clock.table("furniture.tsv") if where in row["where"].split()]
    around = {
        "end": rf"(?:(?<=[。！？”）)])|(?=[{CLOSES}]))\s*(?:{{}})\s*$",
        "dateline": rf"(?=[^{WIRE}]{{{{0,40}}}}[{WIRE}])(?:{{}})[】\]：:—\s-]*(?:题[：:][^。，]+$)?",
    }
    if not rows:
        raise KeyError(where)  # nothing between the bars would match anything
    return re.compile(around.get(where, "{}").format("|".join(f"(?:{pattern})" for pattern in rows)))


def fits(where: str, text: str) -> bool:
    """Whether the table knows the whole of a line as what stands at `where`."""
    return bool(sign(where).fullmatch(text))


def numbered(text: str) -> bool:
    """Whether the line begins with a number, or as one of several."""
    return bool(sign("numbered").match(text))


@lru_cache(maxsize=2**14)  # the menus of a site are the same on each of its pages
def aside(text: str) -> bool:
    """Whether the line is furniture, or begins the tail of a page."""
    return fits("line", text) or fits("tail", text)


def lead(text: str) -> bool:
    """Whether the line says whence, when or before whom, as lines between headline and body do."""
    return len(text) <= 140 and _leads(text)


@lru_cache(maxsize=2**14)
def _leads(text: str) -> bool:
    return fits("lead", text) and not (prose(text) and _PAUSE.search(text))


def byline(text: str) -> bool:
    """Whether the line names the reporters."""
    return len(text) <= 60 and fits("byline", text)


def chars(text: str) -> int:
    """Characters other than white space: the unit in which the audit counts."""
    return len(text) - text.count(" ") - text.count("\n")


def paragraphs(line: str) -> list[str]:
    """The paragraphs of a line that holds many, parted by the blanks alone with which each begins."""
    if len(line) > 160 and _clock.sign("crumbs").match(line):  # a page run together, from its crumbs on
        parts = _clock.sign("run_together").split(line[:1200])
        return [*parts[:-1], *paragraphs(parts[-1] + line[1200:])]
    if len(line) < 200 or "  " not in line.strip():
        return [line]
    opening = " *".join(map(re.escape, line[:60].replace(" ", "")[:30]))
    found = [match.start() for match in re.finditer(opening, line) if match.start() >= 200]
    again = [at for at in found if line[at - 20 : at].rstrip()[-1:] in tuple(ENDS)]  # the body once more
    bodies = [line[start:end] for start, end in itertools.pairwise([0, *again, len(line)])]
    parts = [part for body in bodies for part in _RUN_IN.split(body)]
    if len(parts) < 3 or len(line) <= 80 * len(parts):  # a list, a verse
        return bodies
    return [*parts[:-1], *_clock.sign("run_out").split(parts[-1], 1)]


def lines(text: str) -> list[Line]:
    """Lines of a normalised text, with the blank space around them as a sign of paragraphs."""
    out: list[Line] = []
    gap = False
    for raw in (part for line in text.split("\n") for part in paragraphs(line)):
        stripped = raw.strip()
        if not stripped:
            gap = True
            continue
        last = out[-1]["text"][-16:] if out else "."
        if last[-1] in "者員员" and _clock.sign("split_byline").search(f"{last}\n{stripped[:17]}"):
            out[-1]["text"] += " " + stripped  # (记者 / 张三丰)
            continue
        near = out and len(out) < 20 and stripped[-1] in ")）"
        if near and _clock.sign("passed_over").fullmatch(f"{out[-1]['text']}\n{stripped}"):
            out[-1]["text"] += " " + stripped
            continue
        row = {"text": stripped, "gap": gap, "indent": len(raw) - len(raw.lstrip()), "why": ""}
        if stripped[0] == "#" and (mark := _clock.sign("heading").match(stripped)):
            row |= {"text": stripped[mark.end() :], "level": mark.end()}
        out.append(row)
        gap = False
    return out


def unmarked(rows: list[Line], title: str) -> tuple[list[Line], str]:
    """Part [视频] and the like from rows and title, as furniture in rows of their own."""
    out: list[Line] = []
    for place, row in enumerate([{"text": title, "gap": False, "indent": 0, "why": "title"}, *rows]):
        near = rows and (place <= 40 or row["text"][:1] == "第" or "level" in row)
        found = sign("mark").match(row["text"]) if near else None
        if found:
            why = row["why"].replace("title", "") or ("head" if lead(found[0].strip()) else "furniture")
            out.append({**row, "text": found[0].strip(), "why": why})
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
    full = sum(width - 3 <= length <= width + 1 for length in lengths) if 12 <= width <= 90 else 0
    indents = sum(row["indent"] >= 2 for row in rows)
    some = indents >= 0.2 * len(rows)
    flush = sum(row["indent"] < 2 and len(row["text"]) >= 15 for row in rows) if some else 0
    return width if full >= 0.4 * len(lengths) else 0, some and flush >= 0.2 * len(rows)


def _parted(last: Line, text: str) -> bool:
    """Whether a line of labels stands before the joint of two lines, or the tail of a page after it."""
    label = last["last"] == len(last["text"]) and ("item" in last or lead(last["text"]))
    begins = "讯" in text[:60] and sign("dateline").match(text)
    return label or bool(begins) or (len(text) <= 60 and (aside(text) or ended(text)))


def ended(text: str) -> bool:
    """Whether the line tells who answers for the article above it, or that it is at its end."""
    return len(text) <= 80 and _clock.sign("ended").fullmatch(text) is not None


def unwrapped(rows: list[Line]) -> list[Line]:
    """Put together the lines of a text that is broken at a width, or whose paragraphs are indented."""
    width, indented = shape([row for row in rows if not row["why"]])
    if not (width or indented):
        return rows
    out: list[Line] = []
    for row in rows:
        last = out[-1] if out else None
        if last and not last["why"] and not row["why"] and last["text"][-1] not in STOPS:
            full = width and not row["gap"] and last["last"] >= width - 2 and not numbered(row["text"])
            hanging = indented and 2 <= last["indent"] < 8 and row["indent"] < 2 and not row["gap"]
            if (hanging or (full and row["indent"] <= last["indent"])) and not _parted(last, row["text"]):
                last["text"] += row["text"]
                last["last"] = len(row["text"])
                continue
        out.append({**row, "last": len(row["text"])})
    return out


def _spans_a_word(left: str, right: str) -> bool:
    """Whether a word of the dictionary lies across the joint of two lines (回顾|过去 are two that meet)."""
    import rjieba

    left, right = left[-8:], right[:8]
    start = 0
    for word in rjieba.cut(left + right, False):
        if start < len(left) < start + len(word):
            edge = 1 in (len(left) - start, start + len(word) - len(left))
            return (edge or len(word) > 4) and bool(HAN.fullmatch(word))
        start += len(word)
    return False


def _continues(one: Line, two: Line, width: int, indented: bool) -> bool:
    """Whether the second line goes on with the sentence that the first has begun."""
    x, y = one["text"], two["text"]
    if x[-1] in STOPS or (x[-1] in "”’）)】" and x[-2:-1] in tuple(STOPS)):
        return y[0] in "”’）》】"
    if y[0] in _OPENS or x[-1] in _HOLDS:
        return True
    if x[-1] in "；;：:" or numbered(y) or _clock.sign("dated").fullmatch(x):
        return False
    if indented and one["indent"] >= 2:
        return bool(one["indent"] < 8 and two["indent"] < 2 and not two["gap"])
    if numbered(x) and len(x) <= 40 and not width:
        return False
    if x.count("“") > x.count("”") and 0 <= y.find("”") < (y.find("“") if "“" in y else len(y)):
        return True
    if width and len(x) >= width - 2:
        return True
    ended = x[-1] in "”’）)】》" or _clock.sign("organ").fullmatch(x)
    if ended or not (_BREAK.search(y) or STOP.search(y[-1])):
        return False
    if len(_BREAK.findall(x)) >= (1 if len(x) >= 40 else 2):
        return True
    return bool(_BREAK.match(y[1:2])) or _spans_a_word(x, y)


def joined(rows: list[Line]) -> list[str]:
    """Paragraphs, the lines of a broken sentence put together."""
    width, indented = shape(rows)
    out: list[str] = []
    for place, row in enumerate(rows):
        if place and _continues(rows[place - 1], row, width, indented):
            joint = out[-1][-1] + row["text"][0]
            blank = " " if joint.isascii() and joint.isalnum() else ""
            out[-1] += blank + row["text"]
        else:
            out.append(row["text"])
    return out


def mark_repeats(rows: list[Line]) -> None:
    """Mark every later copy of a run of lines that has stood before (a run: 60 characters in long lines)."""
    seen: dict[str, list[int]] = {}
    texts = [row["text"].replace(" ", "") for row in rows]
    i = 0
    while i < len(rows):
        text = texts[i]
        length, best = 0, -1
        if len(text) > 14:
            for j in seen.get(text, ())[:3]:
                k = 0
                while i + k < len(rows) and j + k < i and texts[i + k] == texts[j + k]:
                    k += 1
                if k > length:
                    length, best = k, j
        if length and sum(len(row["text"]) for row in rows[i : i + length]) >= 60:
            back = 0
            while back < min(i - best - 1, best) and texts[i - back - 1] == texts[best - back - 1]:
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
    pattern, masthead, caption = sign("line"), sign("head"), sign("caption")
    narrow = (text for row in rows if len(text := row["text"]) <= 40 and text[-1] != "。")
    bare = {text: _NUMBER.sub("#", text) for text in narrow}
    running = Counter(bare.get(row["text"], "") for row in rows if row["why"] != "furniture")
    crumbs = False
    for row in rows:
        if row["why"]:
            continue
        text, said = row["text"], len(row["text"]) > 160 or sentence(row["text"])
        if len(text) <= 60 and not said and masthead.fullmatch(text):
            row["why"] = "masthead"
        elif len(text) <= (600 if "  " in text else 240) and _shown(text) and caption.fullmatch(text):
            row["why"] = "caption"
        elif not said and pattern.fullmatch(text):
            row["why"] = "furniture"
            goes_on = text[-1] in ">›»：:/" or not re.search(r"[>›»]|\s/\s", text)
            crumbs = ("位置" in text and goes_on) or (crumbs and len(text) <= 2)
        elif (text in bare and running[bare[text]] >= 3 and _running(bare[text])) or (
            crumbs and len(text) <= 8
        ):
            row["why"] = "furniture"
        else:
            crumbs = False
    shown = [row["text"] if row["why"] == "caption" else "" for row in rows]
    for n, text in enumerate(shown):  # a picture's words and whose it is, once more in lines of their own
        for row in rows[n + 1 : n + 9] if "  " in text else ():
            row["why"] = row["why"] or ("caption" if len(row["text"]) > 3 and row["text"] in text else "")
    for n, (before, above, row) in enumerate(zip([{"text": ""}, *rows], rows, rows[1:], strict=False)):
        if above["why"] != "furniture" or row["why"]:
            continue
        page = _clock.sign("column").match(above["text"] if above["text"][:2] != "专栏" else before["text"])
        named = [two["text"] for one, two in itertools.pairwise(rows[n + 1 : n + 7]) if not one["why"]]
        if page and (not page[1] or (fits("act", row["text"]) and row["text"] in named)):
            row["item"] = False  # it begins an article, though no item of a programme
    for above, row in itertools.pairwise(reversed(rows[:8])):  # 某某日报 / 2017-11-08 / 第3版
        if above["why"] == "masthead" and not row["why"] and _clock.sign("mast").fullmatch(row["text"]):
            row["why"] = "masthead"


def _shown(text: str) -> bool:
    """Whether the words of a picture may be in the line."""
    return "摄" in text or "图" in text or text[-2:] == "提供"


def give_back(rows: list[Line]) -> None:
    """Unmark headings and contacts that pages have as well, where the body goes on above and below them."""
    goes_on = False
    for marked, run in itertools.groupby(reversed(rows), key=lambda row: bool(row["why"])):
        same = [*run]
        if not marked:
            goes_on = goes_on or any(prose(row["text"]) or fits("body", row["text"]) for row in same)
            continue
        goes_on = goes_on and all(row["why"] == "furniture" and fits("held", row["text"]) for row in same)
        for row in same if goes_on else ():
            row["why"] = ""


@lru_cache(maxsize=2**10)
def sentence(text: str) -> bool:
    """Whether the line is a sentence about anything but the page itself: looked at no further."""
    if text[-1] != "。" or len(text) <= 12 or text[0] in "[【(（凡特抄声免版郑":
        return False
    return not (_clock.sign("of_page") if len(text) > 60 else _clock.sign("of_page_brief")).search(text)


def _running(text: str) -> bool:
    """Whether a line, its numbers written #, may be the head or foot of a printed page."""
    return bool(re.search("第 ?# ?[页期版]|# ?/ ?#|公报", text)) and not prose(text)


def prose(text: str) -> bool:
    """Whether the line is running text rather than a heading."""
    if text[-1] == "。" and len(text) >= 8:
        return True
    if len(text) >= 20 and ("。" in text or ((text[-1] in STOPS or len(text) > 70) and _PAUSE.search(text))):
        return True
    return text[-1] in "：:" and len(text) >= 12 and bool(re.match(r".{2,}?[，,].*", text))


def headline(text: str) -> bool:
    """Whether the line may be part of a headline block."""
    if len(text) > 60 or text[-1] in "。；;，,、：:∶" or (numbered(text) and text[0] not in "—-"):
        return False
    return "。" not in text and not fits("salutation", text)

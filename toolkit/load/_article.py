"""From the lines of one article to its title, head, authors and paragraphs; what is taken off is named."""

from __future__ import annotations

import itertools
import re
from typing import Any

from toolkit import clean
from toolkit.load import _layout
from toolkit.load._clock import sign
from toolkit.load._layout import Line

_COUNTED = {"masthead": "head", "caption": "furniture"}
_UNIT = "厅局办委部院署处科室司台元县市省区会"  # ends no person's name in brackets


def authors(text: str) -> list[str]:
    """The names in a byline or dateline: those that follow a role, or stand alone in brackets."""
    pieces = _layout.sign("role").split(sign("run_on").sub(r"\1 ", text))[1:]
    if not pieces:
        pieces = [found[1] for found in sign("brackets").finditer(text) if len(found[1]) <= 16]
    names: list[str] = []
    for piece in pieces:
        run = re.split(r"[）)】。：:《]|报道|摄|摄影|[ /／]文$", piece)[0]
        tokens = [token for token in re.split(r"[\s、，,/／]+", run) if token]
        single = ""
        for token in tokens:
            single += token if len(token) == 1 else ""
            token = single if len(single) == 2 else token
            single = "" if len(token) > 1 else single
            if clean.is_name(token) and not sign("no_name").search(token) and token not in names:
                names.append(token)
    return names


def _bare(text: str) -> str:
    return re.sub(r"\W+", "", text)


def _again(text: str, other: str) -> bool:
    """Whether a line says again what another says, or says it of 我市, or with the number of the document."""
    told = len(other) > 6 and other in text and sign("more").fullmatch(text.replace(other, "", 1))
    return text in other or bool(told)


def _headline(block: list[Line]) -> list[Line]:
    """The lines of a block that are its title: of an official document those from its organ to its kind."""
    block = [row for row in block if _layout.HAN.search(row["text"]) and row["text"][0] not in "·•●"] or block
    organ = sign("organ").fullmatch
    while len(block) > 1 and organ(block[-1]["text"]) and _layout.fits("act", block[-2]["text"]):
        block.pop()
    part = max((n for n, row in enumerate(block) if row["gap"]), default=0)
    if part > 2 and not all(row["gap"] for row in block[1:part]):  # what stands close above is navigation
        block = block[part:]
    acts = [n for n, row in enumerate(block) if _layout.fits("act", row["text"])]
    near = range(acts[-1], max(acts[-1] - 3, -1), -1) if acts else ()
    first = next((n for n in near if "关于" in block[n]["text"]), 0)
    while first and organ(block[first - 1]["text"]):
        first -= 1
    return block[first:][-4:]


def _mark_title(rows: list[Line], start: int, title: str) -> str:
    """Part what stands above the body into headline, head and navigation; give the title."""
    above = [row for row in rows[:start] if not row["why"]]
    first, under = (above[0]["text"], above[2:]) if above and not title else ("", [])
    again = (text for row in under if len(text := row["text"]) >= 12 and first.startswith(text))
    joints = ("", *"_|｜-")  # of the window, with the site behind it: it stands again below the menu
    title = title or next((one for one in again if first[len(one) :].strip()[:1] in joints), "")
    wanted = _bare(title)
    bares = [(row, _bare(row["text"])) for row in above if wanted]
    named = [row for row, bare in bares if len(bare) >= 4 and (bare in wanted or wanted in bare)]
    if not named and not _layout.fits("act", title):  # the window names the gazette, the page the act
        title = "" if any(sign("act_named").fullmatch(row["text"]) for row in above) else title
    crumbs = (n for n in range(start) if rows[n]["why"] and sign("crumb").search(rows[n]["text"]))
    crumb = max(crumbs, default=0)
    below = [row["text"] for row in rows[crumb:start] if not row["why"]]
    told = any(len(text) > 5 and not _layout.lead(text) for text in below)
    over = above[above.index(named[0]) - 1] if named and above[0] is not named[0] else {}
    if "level" in over and "level" in named[0] and len(over["text"]) > 8 and not _layout.aside(over["text"]):
        named, title = [over, *named], f"{over['text']} {title}"  # 引题
    for row in rows[: rows.index(named[0]) if named else crumb if told else 0]:  # what is above is the site's
        row["why"] = row["why"] or ("head" if _layout.lead(row["text"]) else "furniture")
    above = [row for row in above if not row["why"]]
    run: list[Line] = named
    if not title:  # the headline block: the lines before the first byline or source
        for row in above:
            text = row["text"]
            beside = len(text) <= 120 and any(len(other["text"]) >= 8 for other in run)
            beside = beside and _layout.fits("beside", text)
            if beside or _layout.lead(text) or _layout.byline(text) or _layout.sign("dateline").match(text):
                if run:
                    break
            elif len(text.split()) > 5 and not _layout.fits("act", _bare(text)):
                row["why"] = "furniture"  # so many words are navigation
            elif not any(
                _again(_bare(text), _bare(other["text"])) or f" {other['text']} " in text for other in run
            ):
                run.append(row)
        if any(len(row["text"]) >= 9 for row in run):  # what stands first and short is navigation
            while len(run[0]["text"]) <= 5:
                run.pop(0)["why"] = "furniture"
        run = _headline(run)
        title = " ".join(row["text"].lstrip("·•● ") for row in run)
    if not title:
        named_there = (sign("named_event").match(row["text"]) for row in above)
        title = next((found[1].strip() for found in named_there if found), "")
    for row in above:
        row["why"] = row["why"] or ("title" if any(row is other for other in run) else "head")
    return title


def _mark_links(rows: list[Line], kept: list[int], title: str) -> None:
    """Mark the title where it stands again below the last sentence, and headlines cut short there."""
    below = [*itertools.takewhile(lambda i: not _layout.prose(rows[i]["text"]), reversed(kept))]
    cut = len(below) > 2 and any(rows[i]["text"].endswith(("…", "...")) for i in below)
    last = rows[kept[-len(below) - 1]]["text"] if len(below) < len(kept) else ""
    dotted = {rows[i]["text"][0] for i in below} <= {*"·•"}
    own = len(below) > 2 and dotted and sign("listed_below").search(last)
    linked = 2 * len(below) < len(kept) and not re.search("如下|大事|纪事|日程|年表", title + last[-12:])
    one = rows[below[0]]["text"] if len(below) == 1 and last and _signed(last) else ""
    signed = one and not _label(one) and one[-1] not in f"单表组{_UNIT}"
    for i in below if len(below) < len(kept) else ():
        text = rows[i]["text"]
        named = len(title) >= 8 and _bare(title) in _bare(text)
        if named and (len(text) < len(title) + 4 or sum(map(str.isdecimal, text)) > 5):
            rows[i]["why"] = "head"
        elif cut or own or (linked and _layout.fits("link", text)) or (signed and len(text) > 11):
            rows[i]["why"] = "furniture"


def _said(rows: list[Line]) -> list[int]:
    """How many characters of sentences, about anything but the page, stand from each line on."""
    texts = (row["text"] if not row["why"] else "." for row in reversed(rows))
    sizes = (len(text) * (len(text) >= 30 and _layout.sentence(text)) for text in texts)
    return [*itertools.accumulate(sizes)][::-1]


def _mark_tail(rows: list[Line], start: int, title: str) -> None:
    """Mark what follows the end of the article; a sign of it within the article counts for itself only."""
    pattern = _layout.sign("tail")
    kept = dict.fromkeys(i for i in range(start, len(rows)) if not rows[i]["why"])
    left = sum(len(rows[i]["text"]) for i in kept)
    running = next((i for i in reversed(kept) if _layout.prose(rows[i]["text"])), -1)
    said: list[int] = []
    passed = 0
    for i in range(start, len(rows)):
        text = rows[i]["text"]
        if rows[i]["why"] not in ("", "furniture", "head"):
            continue
        if len(text) <= 200 and not _layout.sentence(text) and pattern.fullmatch(text):
            held = _layout.fits("held", text)
            below = (rows[j]["text"] for j in reversed(kept) if held and j > i)
            goes_on = running > i or any(_layout.fits("body", line) for line in below)
            said = said or _said(rows)
            of_others = sign("recommends").search(text[:16])
            held = held or said[i] >= (2000 if of_others else 240)  # another text, which is no furniture
            if not goes_on or (passed >= left - len(text) and not held):
                for j in kept:
                    if j >= i:
                        rows[j]["why"] = "head" if _layout.lead(rows[j]["text"]) else "furniture"
                break
            rows[i]["why"] = rows[i]["why"] or "furniture"
        if i in kept:
            passed += len(text)
            left -= len(text)
    _mark_links(rows, [i for i in kept if not rows[i]["why"]], title)
    for i in reversed([i for i in kept if not rows[i]["why"]][1:]):
        text = rows[i]["text"]
        signs = _layout.sign("outlet").match(text) or (text[0] in "（(" and _signed(f"。{text}"))
        credit = _layout.byline(text) or _layout.fits("credit", text) or bool(signs)
        if len(text) > 60 or not (credit or _layout.fits("close", text)):
            break
        rows[i]["why"] = "head" if credit else "furniture"


def _after_title(text: str, title: str) -> int:
    """Where a paragraph goes on that begins with the title again and a blank; 0 where it does not."""
    bare = _bare(title)
    blanks = re.finditer(r"\s+", text[: len(title) + 12]) if len(bare) > 3 else ()
    return next((blank.end() for blank in blanks if _bare(text[: blank.start()]) == bare), 0)


def _names(text: str) -> bool:
    """Whether words are the names of persons and nothing else."""
    return 0 < len(text) < 60 and all(clean.is_name(name) and name[-1] not in _UNIT for name in text.split())


def _signed(text: str) -> re.Match[str] | None:
    """The names in brackets, with no role, that sign a text behind its last stop."""
    found = _layout.sign("signed").search(text, max(0, len(text) - 60)) if text[-1] in "）)" else None
    after = found and found.start() and text[found.start() - 1] in "。！？”"
    return found if found and after and _names(found[1].replace("、", " ")) else None


def _dateline(text: str) -> tuple[str, str]:
    """A paragraph parted into its dateline and the rest."""
    found = _layout.sign("dateline").match(text)
    return (text[: found.end()].strip(), text[found.end() :]) if found else ("", text)


def _label(text: str) -> bool:
    """Whether a line is no headline and no running text: whence, when or by whom, or cut short."""
    if _layout.prose(text):
        return False
    short = len(text) < 6 or text.endswith(("…", "..."))
    return short or _layout.lead(text) or _layout.byline(text) or not _layout.headline(text)


def _mark_teasers(rows: list[Line]) -> None:
    """Mark what a page tells of the text above it, and what it tells of others above the first headline."""
    for place, row in enumerate(rows[:12]):
        text = row["text"]
        below = [other["text"] for other in rows[place + 1 : place + 6] if not other["why"]] or [""]
        told = len(text) > 30 and text.endswith(("...", "…")) and _bare(text) in _bare("".join(below))
        if text[-1] == "。" and (parts := _dateline(below[0]))[0]:  # the first sentence, told ahead
            told = parts[1].startswith(text)
        row["why"] = row["why"] or ("repeated" if told else "")
    labelled = _layout.sign("labelled").match
    told = next((place for place, row in enumerate(rows[:16]) if labelled(row["text"])), 0)
    sizes = [len(row["text"]) * _layout.prose(row["text"]) for row in rows] if told else []
    shown = [n for n in range(told) if not rows[n]["why"] and not _label(rows[n]["text"])]
    first = [*itertools.takewhile(lambda n: sizes[n], shown)]
    headed = first and len(first) < len(shown) and not any(sizes[n] for n in shown[len(first) :])
    for row in rows[: first[-1] + 1] if headed and 3 * sum(sizes[: first[-1] + 1]) < sum(sizes) else ():
        row["why"] = row["why"] or "furniture"


def _addressed(rows: list[Line], top: list[int]) -> int:
    """Index of the salutation under a headline below the short sentence `top` begins with, else of that."""
    for above, i in itertools.pairwise(top):
        text = rows[i]["text"]
        whom = len(text) <= 130 and _layout.fits("salutation", text)
        if whom and _layout.fits("act", rows[above]["text"]):
            return i
    return top[0]


def _body_start(rows: list[Line]) -> int:
    """Index of the first line of the body: the salutation, the dateline, or the first running text."""
    dated, dawns = _layout.sign("dateline").match, sign("entry").match
    crumbs = (i for i, row in enumerate(rows[:15]) if row["why"] == "furniture" and "位置" in row["text"])
    nav = next(crumbs, 0)  # what stands above 当前位置 is no body
    nav = 0 if any("。" in row["text"] for row in rows[:nav]) else nav
    top = [i for i, row in enumerate(rows) if not row["why"] and i >= nav][:25]
    for i in top[:16]:
        text = rows[i]["text"]
        if len(text) <= 60 and _layout.fits("address", text):
            return i
        if len(text) > 170 or (text[0] == "各" and _layout.fits("salutation", text)):
            break
    for place, i in enumerate(top):
        text = rows[i]["text"]
        if _layout.lead(text):
            continue
        whom = len(text) <= 130 and _layout.fits("salutation", text)
        if whom and place and "，各" in "，" + rows[top[place - 1]]["text"]:  # it begins a line higher
            return top[place - 1]
        below = rows[top[place + 1]]["text"] if place + 1 < len(top) else ""
        numbered = _layout.numbered(text) and text[0] not in "—-" and not dated(below)
        entry = len(text) > 12 and dawns(text) and not (below and _layout.lead(below))
        entry = entry and (text[-1] in "。；" or any(dawns(rows[j]["text"]) for j in top[place + 1 :]))
        if whom or numbered or dated(text) or entry or (text[-1] in "；;" and len(text) > 12):
            return i
        called = text[-1] in "！!？?”" and len(text) <= 60  # a headline, if whence and when stand right below
        near = [rows[j]["text"] for j in top[place + 1 : place + 3]] if called else []
        called = any(_layout.lead(line) or _layout.byline(line) for line in near)
        spoken = text[0] == "“" and text[-2:] in ("。”", "！”", "？”")
        spoken = spoken and any(_layout.lead(row["text"]) or _layout.byline(row["text"]) for row in rows[:i])
        if (spoken or _layout.prose(text)) and not called:
            return _addressed(rows, top[place : place + 6]) if len(text) <= 40 else i
        if below and len(text) <= 30 and _layout.fits("speaks", text) and _layout.prose(below):
            return i
    return top[1] if len(top) > 1 else (top[0] if top else len(rows))


def read(rows: list[Line], *, title: str = "") -> dict[str, Any]:
    """One article: ``title``, ``head`` (lines), ``authors``, ``text``, ``removed`` as pairs (why, text)."""
    _mark_teasers(rows)
    start = _body_start(rows)
    own = _mark_title(rows, start, title)
    _mark_tail(rows, start, title or own)
    _layout.give_back(rows[start:])
    body = [row for row in rows[start:] if not row["why"]]
    shown = [row | {"why": ""} for row in rows if row["why"] == "caption"]
    if shown and (not body or (len(body) == 1 and not own and _layout.headline(body[0]["text"]))):
        for row in body:
            own, row["why"] = row["text"], "title"
        body = shown  # a picture and its caption are the whole article
        rows = [row for row in rows if row["why"] != "caption"]
    cut: list[tuple[str, str]] = []
    dateline = ""
    if body:
        first = body[0]["text"]
        at = _after_title(first, own or title)
        dateline, rest = _dateline(first[at:])
        cut += [part for part in (("repeated", first[:at].strip()), ("head", dateline)) if part[1]]
        body = [{**body[0], "text": rest}, *body[1:]] if rest else body[1:]
    while len(body) > 1 and _layout.byline(line := body[0]["text"]) and len(line) <= 30 and authors(line):
        cut.append(("head", body.pop(0)["text"]))
    ends = _layout.sign("end")
    told, last = [row["text"] for row in body[-2:]] if len(body) > 2 else ("", "")
    if told[-1:] == "。" and last[2:] and _names(last) and not sign("listed").search(told):
        cut.append(("head", body.pop()["text"]))
    while body and (found := ends.search(text := body[-1]["text"], max(0, len(text) - 200)) or _signed(text)):
        cut.append(("head", found[0].strip()))
        body = [*body[:-1], {**body[-1], "text": rest}] if (rest := text[: found.start()]) else body[:-1]
    head = [row["text"] for row in rows if row["why"] in ("masthead", "head")]
    head += [text for why, text in cut if why == "head"]
    role = _layout.sign("role").search
    by = [line for line in head if role(line) or line == dateline or _signed(f"。{line}")]
    names = [name for line in by for name in authors(line)]
    return {
        "title": sign("cited_title").sub(r"\1", ends.sub("", " ".join((own or title).split())).strip(" |｜")),
        "head": head,
        "authors": list(dict.fromkeys(names)),
        "text": "\n".join(_layout.joined(body)),
        "removed": [(_COUNTED.get(row["why"], row["why"]), row["text"]) for row in rows if row["why"]] + cut,
    }

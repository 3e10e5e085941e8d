"""Where does each article of a page with several begin?"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import takewhile

from toolkit.load import _bulletin, _clock, _gazetteer
from toolkit.load._layout import ENDS, STOP, Line, aside, byline, ended, fits, headline, lead, prose, sign

WHY = "head", "furniture"


@lru_cache(maxsize=2**12)
def _speaks(text: str) -> set[str]:
    """Of which place he is whom a line names with his office: 某市政协主席 张三丰."""
    told = _clock.sign("speaker").match(text) if len(text) < 60 else None
    return {code for _, code, *_ in _gazetteer.find(told[1], None)[:1]} if told and lead(text) else set()


def _ended(rows: list[Line], i: int, first: int, *, ruled: bool) -> bool:
    """Whether the headline above line `i` stands right below the end of a text, or a rule and furniture."""
    for row in reversed(rows[max(first + 1, i - 6) : i - 1]):
        text = row["text"]
        rule = ruled and (row["why"] in ("furniture", "masthead") or fits("close", text))
        if rule or ended(text) or (ruled and len(text) <= 80 and _clock.sign("rule").fullmatch(text)):
            return True
        if not (row["why"] or headline(text)):
            return False
    return False


def _parted(rows: list[Line], i: int, first: int) -> bool:
    """Whether line `i` is the first of an article that has but a headline, below the end of another."""
    above = rows[i - 1]["text"]
    if not (8 <= len(above) <= 40 and headline(above) and prose(rows[i]["text"])):
        return False
    if lead(above) or byline(above) or aside(above) or not _ended(rows, i, first, ruled=False):
        return False
    return sum(map(len, takewhile(prose, (row["text"] for row in rows[i : i + 9])))) >= 120  # no teaser


def _field(row: Line) -> re.Match[str] | None:
    """A label and its value, of a record of a dump; a value that is running text is none."""
    found = _clock.sign("record_line").fullmatch(row["text"]) if len(row["text"]) <= 300 else None
    return found if found and not prose(found["value"] or "。") else None


def _lines(rows: list[Line]) -> None:
    """Part the label from lines that are records (2023-07-31 08:54，正文：…), and 原标题 from a headline."""
    found = [(i, _clock.sign("record_text").match(row["text"])) for i, row in enumerate(rows)]
    records = [(i, one) for i, one in found if one and not rows[i]["why"]]
    first = any("正文" in row["text"] and len(row["text"]) < 8 for row in rows[:4])  # it is parted already
    for i, one in reversed(records if len(records) + first > 1 else ()):
        text = rows[i] | {"text": rows[i]["text"][one.end() :], "item": False}
        whence = [
            rows[i] | {"text": part, "why": why} for part, why in zip(one.groups(), WHY, strict=True) if part
        ]
        rows[i : i + 1] = [text, *whence]
    labels = [i for i, row in enumerate(rows) if _clock.sign("text_label").fullmatch(row["text"])]
    for i in labels if len(labels) > 1 else ():
        rows[i]["why"] = "furniture"
        for row in rows[i + 1 : i + 2]:
            row["item"] = False
    for above, row, below in zip([None, *rows], rows, rows[1:], strict=False):
        title = _clock.sign("first_title").fullmatch(row["text"]) if row["why"] == "furniture" else None
        if (
            title
            and prose(below["text"])
            and (above is None or any(ends(above["text"]) for ends in (aside, ended, lead)))
        ):
            number = row["text"].replace(title[1], "", 1)
            row |= {"text": title[1], "why": "", "item": False, "number": number}


def _records(rows: list[Line]) -> None:
    """Mark the labels above the later records of a dump, the title without its own."""
    begun = (row["text"][:12] for row in rows if row["text"].lstrip(" >#*【[")[:1] in tuple("标题篇建tT"))
    if not any(sign in text for text in begun for sign in ":：=】]"):
        return
    said, i = 0, 0
    while i < len(rows):
        run = [one for one in takewhile(bool, map(_field, rows[i : i + 30])) if one]
        n = next((n for n, one in enumerate(run) if one["title"]), len(run))
        end, above = i + len(run), rows[i - 1]["text"] if i else ""
        ruled = above == "---" or (len(above) <= 80 and bool(_clock.sign("rule").fullmatch(above)))
        part = rows[i if ruled or (run and run[0]["first"]) else i + n : end]
        value = run[n]["value"].strip(" \"'") if n < len(run) else ""
        told = any(len(row["text"]) >= 40 and prose(row["text"]) for row in rows[end : end + 3])
        if said >= 50 and len(value) > 5 and len(part) > (1 if ruled else 2) and told:
            title, text = rows[i + n], rows[i + n]["text"]
            for row in part:
                row["why"] = row["why"] or "head"
            number = text.replace(value, "", 1).strip()
            title |= {"text": value, "why": "", "item": False, "number": number}
            rows[end - len(part) : end] = [title, *(row for row in part if row is not title)]
            said = 0
        said += len(rows[end]["text"]) * prose(rows[end]["text"]) if end < len(rows) else 0
        i = end + 1


def _opens(rows: list[Line], i: int, first: int) -> bool:
    """Whether an article may begin with dateline, byline or source line `i`, after that of line `first`."""
    text, above = rows[i]["text"], rows[max(first, i - 200) : i]
    if len(text) > 25 and sign("dateline").match(text):
        return True
    following = [row["text"] for row in rows[i + 1 : i + 40] if not row["why"]]
    headed = len(rows[i - 1]["text"]) >= 10
    whence = bool(_clock.sign("whence").match(text)) and lead(text)
    if _clock.sign("clock_alone").match(text):  # of messages, if nobody answers for the text above
        whence = headed and bool(_clock.sign("edited").search(rows[i - 2]["text"]))
    shown = headed and lead(text) and text[0] not in "（(" and re.search(r"\d", text)
    whence = whence or bool(shown and _ended(rows, i, first, ruled=True))
    if speaks := _speaks(text):  # in his turn, after who speaks for another place, in no list of names
        turn = prose(rows[i - 2]["text"]) and all(map(prose, following[:1]))
        listed = _clock.sign("names").search(rows[i - 1]["text"])
        whence = turn and not listed and any(_speaks(row["text"]) - speaks for row in above)
    if len(text) > 140 or not (byline(text) or whence or sign("dateline").fullmatch(text)):
        return False
    return any(len(line) > 24 and STOP.search(line) for line in following[:3])


def _wired(row: Line, first: str) -> bool:
    """Whether a line opens as the text above did: with a dateline of an agency, or of the same outlet."""
    both = row["text"], first
    same = row["gap"] and row["text"][:4] == first[:4] and all(map(sign("dateline").match, both))
    return same or all(map(_clock.sign("wired").match, both))


def _brief(headed: str, by: str, text: str) -> bool:
    """Whether the lines are a headline, a byline and a dateline: the beginning even of the shortest item."""
    named = ("者" in by or "员" in by) and byline(by)
    return named and headline(headed) and bool(sign("dateline").match(text))


def _items(rows: list[Line], kept: list[int]) -> list[int]:
    """Where the items begin of a page with nothing but headed or numbered items under its name and day."""
    above = sign("above").fullmatch
    top = next((place for place, i in enumerate(kept[:14]) if not above(rows[i]["text"])), 0)
    mast = " ".join(row["text"] for row in rows[: kept[top]]) if kept else ""
    if not _clock.sign("paper_page").match(mast):
        return []
    found: list[tuple[int, re.Match[str]]] = []
    first, last = None, 0
    for i in kept[top:]:
        item = _clock.sign("item").fullmatch(rows[i]["text"])
        page = i + 1 < len(rows) and rows[i + 1]["why"] != "" and rows[i + 1]["text"][0] == "第"
        kind = (rows[i].get("level", 0), bool(item and item[1]), page)
        first = kind if i == kept[top] else first
        of_one = ("联播" in mast and any(kind[:2])) or (page and kind[1])  # no list of measures
        if item and kind == first and of_one and int(item[1] or last + 1) > last:
            found.append((i, item))
            last = int(item[1] or 0)
    if not found:
        return []
    for i, item in found:
        rows[i] |= {"text": item[2], "item": True, "number": rows[i]["text"][: item.start(2)].strip()}
    for row in rows[: found[0][0]]:  # what stands above belongs to every item
        label = row["text"][0] in "-*•" and "日期" not in row["text"][:8]
        row["why"] = row["why"] or ("furniture" if label else "masthead")
    return [0, *(i for i, _ in found[1:])] if len(found) > 1 else []


def _briefs(rows: list[Line], kept: list[int]) -> list[int]:
    """Where the items begin of a round-up: under its name headlines, each over one paragraph, and no more."""
    name = _clock.sign("briefs").fullmatch
    named = next((n for n, i in enumerate(kept[:14], 1) if name(rows[i]["text"])), len(kept))
    texts = (rows[i]["text"] for i in kept[named:])
    named += sum(1 for _ in takewhile(lambda text: lead(text) or sign("dateline").fullmatch(text), texts))
    below = kept[named:]
    above, heads, bodies = (
        [rows[i]["text"] for i in part] for part in (kept[:named], below[::2], below[1::2])
    )
    bare = not any(map(prose, above)) and all(map(headline, heads)) and all(map(prose, bodies))
    if not (bare and len(heads) == len(bodies) > 2):  # two may be a headline and a heading
        return []
    for row in rows[: below[0]]:  # what stands above belongs to every item
        row["why"] = row["why"] or "masthead"
    return [0, *below[2::2]]


def beginnings(rows: list[Line]) -> list[int]:
    """Indices of the lines with which an article begins: the first, and later headline blocks."""
    _lines(rows)
    _records(rows)
    kept = [i for i, row in enumerate(rows) if not row["why"]]
    if items := _items(rows, kept) or _briefs(rows, kept) or _bulletin.items(rows, kept):
        return items
    starts = [0]
    body = 0  # characters of running text since the last beginning, or as many as count
    last, first_of_body = ("", ""), ""  # the two lines before, and the first of running text
    for place, i in enumerate(kept):
        text = rows[i]["text"]
        headed = body >= 50 and len(last[1]) > 5 and headline(last[1])
        wired = headed and "日" in text[:30] and all(map(sign("dateline").match, (text, first_of_body)))
        new = body >= 120 or wired or (headed and (rows[kept[place - 1]]["gap"] or byline(text)))
        bare = first_of_body == rows[starts[-1]]["text"]  # the article above has no headline
        if body and "item" in rows[i]:
            starts.append(i)
            body = 0
        elif (
            (new and headline(last[1]) and _opens(rows, i, starts[-1]))
            or (body and len(last[1]) <= 60 and _brief(*last, text))
            or (body >= 120 and _parted(rows, i, starts[-1]))
        ):
            first = place
            while first > 0 and headline(above := rows[kept[first - 1]]["text"]) and place - first < 6:
                if first < place and (lead(above) or ended(above)):  # （责任编辑：某某）ends the one before
                    break
                first -= 1
            before = rows[kept[first - 1]]["text"] if first else "。"
            told = before[-1] in ENDS or not prose(before) or sign("end").search(before[-40:])
            top = rows[kept[first]]["text"]
            if first < place and told and not (aside(top) or _clock.sign("attached").search(top)):  # 新闻推荐
                starts.append(kept[first])
                body = 0
        elif body >= 120 and len(text) > 3 and headline(text) and _clock.sign("reported").search(last[1]):
            following = [rows[j]["text"] for j in kept[place + 1 : place + 4]]
            if sum(map(prose, following)) and not (byline(text) or lead(text) or aside(text)):
                starts.append(i)
                body = 0
        elif bare and body >= 120 and _wired(rows[i], first_of_body):
            starts.append(i)
            body = 0
        if body < 120 and prose(text) and not _clock.sign("editors_note").search(f"{last[1][:6]} {text[:6]}"):
            first_of_body = first_of_body if body else text
            body += len(text)
        last = last[1], text
    return starts

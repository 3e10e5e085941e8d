"""From one file to its documents and its rows of the audit, whatever the file may be."""

from __future__ import annotations

import re
import time
import types
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

from toolkit import clean
from toolkit.load import (
    _article,
    _dates,
    _decode,
    _files,
    _html,
    _layout,
    _neighbours,
    _place,
    _running,
    _script,
    _tables,
)
from toolkit.load._beginnings import beginnings
from toolkit.load._clock import sign

Row = dict[str, Any]
Lines = Collection[str]
ANY = (  # a text of the usual kind
    "全省平安建设推进会召开\n2021年3月4日 来源：样本日报\n本报讯（记者张三丰）3月4日，会议在省城召开，"
    "强调今年是“十四五”开局之年，要迎接建党100周年，建设更高水平的平安某省，我市某县作了交流发言。\n"
    "（一）各级要落实责任，省委书记王五出席。\n（责任编辑：李四光）\n"
)
LONG = 200_000  # characters at either end of a text in which the place and the date are sought
_VIA = ("via", "author", "site", "site_name", "og:site_name", "SiteName", "sitename")


def _page(text: str) -> tuple[list[_layout.Line], str, dict[str, str]]:
    """Lines of a page, its title and its meta tags; what stands outside the article is marked."""
    page = _html.read(sign("markdown").sub(r"<p>\1\2</p>", text) if "\n#" in f"\n{text[:2000]}" else text)
    rows: list[_layout.Line] = []
    begun, above = False, ""
    for raw, kept, parted in page["lines"]:
        line, lead = raw.lstrip(), False
        clock = len(line) > 9 and bool(sign("page_clock").fullmatch(line))
        kept = kept and not clock
        begun = begun or (kept and _layout.prose(line))
        if not (begun or kept or clock):
            lead = _layout.lead(line) or (len(line) > 12 and bool(sign("dated_line").fullmatch(line)))
            if not lead and len(line) >= 8 and _layout.headline(line) and not _layout.aside(line):
                above = line
        why = "" if kept else "head" if lead else "furniture"
        if begun and not kept and sign("below").search(line) and _layout.lead(line):
            why = "head"
        rows.append({"text": line, "gap": parted, "indent": len(raw) - len(line), "why": why})
    return rows, page["title"], page["meta"] | ({"above": above} if above else {})


def _articles(
    text: str, *, title: str, meta: dict[str, str], whole: bool, running: Lines = ()
) -> tuple[list[Row], dict[str, str]]:
    """Articles of a text, and all that it says of itself; `whole` keeps a text in one piece."""
    text = _html.unescaped(_html.spelled(text))
    page = _html.is_page(text)
    text = text.replace("\r\n", "\n") if page and "<U+" not in text else clean.normalise(text)
    fields, text = _html.front_matter(text)
    meta = meta | fields
    named = title or next((fields[name] for name in ("title", "标题") if fields.get(name)), "")
    if page:
        rows, own, tags = _page(text)
        named, meta = named or own, tags | meta
    else:
        text = sign("title_label").sub(r"\1\n", sign("body_label").sub(r"\1\n", _html.untagged(text)))
        flat = sign("flat").match(text)
        rows = _layout.lines("\n".join([*filter(None, flat.groups()), text[flat.end() :]]) if flat else text)
    table = _script.table(rows) if _script.told("".join(row["text"] for row in rows[:60])) else {}
    for row in rows if table else ():  # furniture is told in simplified characters
        row["text"] = row["text"].translate(table)
    running = {line.translate(table) for line in running} if table else running
    rows = [row for row in rows if row["text"]]
    rows, named = _layout.unmarked(rows, clean.normalise(named).translate(table))
    if not rows:
        return [], meta
    for row in rows[:40]:
        row["labels"] = _labelled(row)
    for row in (*rows[:6], *rows[-6:]) if running else ():
        row["why"] = row["why"] or ("furniture" if row["text"] in running else "")
    _layout.mark_repeats(rows)
    _layout.mark_furniture(rows)
    rows = _layout.unwrapped(rows)
    starts = [0] if whole else beginnings(rows)
    several = len(starts) > 1
    for row in rows[: starts[1] if several else None]:  # what later articles say is their own
        meta = row.get("labels", {}) | meta
    mast = [row["text"] for row in rows if row["why"] == "masthead"][:8]
    out = []
    for first, last in zip(starts, [*starts[1:], len(rows)], strict=True):
        part = rows[first:last]
        headed = first or "item" in rows[starts[-1]] or any(map(_own_headline, part[:4]))
        given = "" if several and headed else named
        article = _article.read(part, title=given)
        article["head"] = [*([] if first == 0 else mast), *article["head"]]
        article = _script.restored(article, table)
        article["title"] = article["title"] or meta.get("above", "")
        author = meta.get("author", meta.get("作者", "")).strip()
        if not article["authors"] and clean.is_name(author):
            article["authors"] = [author]
        numbers = [row["number"] for row in part if row.get("number")]
        article["removed"] += [("furniture", number) for number in numbers]
        size = _layout.chars("".join([*numbers, *(row["text"] for row in part)]))
        out.append(article | {"chars": size, "item": bool(part[0].get("item"))})
    top = [row["text"] for row in rows[:15] if row["why"] == "furniture"]
    crumbs = [text for text in top if sign("crumb").search(text)]
    meta |= {"crumbs": " > ".join(crumbs)[:200]} if crumbs else {}
    windows = (sign("window").fullmatch(row["text"]) for row in rows[:3] if row["why"])
    if site := next(filter(None, windows), None):
        meta.setdefault("site", site[1])
    footer = sign("footer").search
    below = [row["text"] for row in rows[-40:] if row["why"] == "furniture" and footer(row["text"])]
    meta |= {"footer": " ".join(below)[:600]} if below else {}
    return out, meta


def _labelled(row: _layout.Line) -> dict[str, str]:
    """The labels and values of a line of the table that stands above official documents."""
    if len(row["text"]) > 200 or row["why"] not in ("", "furniture", "head"):
        return {}
    if not (begins := _layout.sign("field").search(row["text"], 0, 30)) or begins.start() > 2:
        return {}
    found = list(_layout.sign("field").finditer(row["text"]))
    label = re.match(r"\s*[：:\]】]", row["text"][found[0].end() - 1 :])
    if len(found) == 1 and not label and row["why"] == "":
        return {}
    row["why"] = "head"
    ends = [*(label.start() for label in found[1:]), len(row["text"])]
    pairs = ((label[1], row["text"][label.end() : end]) for label, end in zip(found, ends, strict=True))
    return {re.sub(r"\s", "", label): bare for label, value in pairs if (bare := value.strip(" ：:[]【】"))}


def _own_headline(row: _layout.Line) -> bool:
    return not row["why"] and _layout.headline(row["text"]) and not _layout.lead(row["text"])


def _document(
    article: Row, *, path: str, address: str, part: int, meta: dict[str, str]
) -> tuple[Row | None, Row]:
    """Row of `docs` (None where nothing is left) and row of `audit` for one article."""
    counted = {"title": 0, "head": 0, "furniture": 0, "repeated": 0}
    for why, text in article["removed"]:
        counted[why] += _layout.chars(text)
    audit: Row = {
        "path": path, "part": part, "chars_in": article["chars"],
        "chars_kept": _layout.chars(article["text"]),
        "chars_head": counted["title"] + counted["head"], "chars_furniture": counted["furniture"],
        "chars_repeated": counted["repeated"],
        "removed": "\n".join(f"{why}: {text}" for why, text in article["removed"] if why != "repeated"),
    }  # fmt: skip
    if not article["text"]:
        return None, audit | {"status": "empty", "warnings": "no body is left"}
    head, title, body = "\n".join(article["head"]), article["title"], article["text"]
    if len(body) > 2 * LONG:  # who speaks and when stands at the ends
        body = f"{body[:LONG]}\n{body[-LONG:]}"
    foreign = _script.told(body)
    if foreign:
        head, title, body = map(_script.simplified, (head, title, body))
    forms = {"programme": sign("whole_programme"), "round-up": sign("several_items")}
    form = next((name for name, titled in forms.items() if titled.match(title)), None)
    several = f"a {form}: several items in one" if form else ""
    known = {"title": title, "head": head, "meta": meta, "path": address}
    place = _asked(_place, body, **known)
    when = _asked(_dates, body, **known, province=place.get("province"))
    named = sorted(place.pop("provinces", {}).items(), key=lambda one: (-one[1], one[0]))
    notes = filter(None, [place.pop("failed", ""), when.pop("failed", ""), foreign, several])
    audit |= {
        "status": "read",
        "warnings": "; ".join(notes),
        "date_evidence": when.pop("date_evidence", ""),
        "province_evidence": place.pop("province_evidence", ""),
        "provinces_named": " ".join(f"{code}×{n}" for code, n in named),
    }
    via = next((meta[name] for name in _VIA if meta.get(name) and meta[name] != place.get("source")), None)
    if foreign and place.get("source"):
        own = "\n".join(article["head"])
        at = head.find(place["source"])
        if at >= 0 and len(own) == len(head):
            place["source"] = own[at : at + len(place["source"])]
    row = {"doc_id": f"{path}#{part}", **place, **when, "title": article["title"] or None}
    row |= {"text": article["text"], "authors": "、".join(article["authors"]) or None}
    return row | {"via": via, "form": form, "path": path, "part": part}, audit


def _asked(room: types.ModuleType, text: str, **known: Any) -> Row:
    """Ask a resolver; where it fails, the document is kept and the audit says so."""
    try:
        return dict(room.resolve(text, **known))
    except TimeoutError:
        raise
    except Exception as error:  # a strange text may break a rule; that costs a field, never the document
        return {"failed": f"{room.__name__.rsplit('_', 1)[-1]} not worked out: {_files.sentence(error)}"}


def _pieces(raw: bytes, path: str, wanted: str | None) -> Iterator[Row]:
    """Texts in a file: path, bytes, kind, encoding, and rows of (text, title, fields) or a reason."""
    base: Row = {"path": path, "bytes": len(raw), "kind": None, "encoding": None, "warnings": ""}
    try:
        kind = base["kind"] = _files.kind(raw, path)
        if kind in ("zip", "tar"):
            for name, data in _files.entries(raw, path):
                inner = f"{path}/{name}"
                if isinstance(data, str):
                    status = "skipped" if data == _files.JUNK else "left out"
                    yield base | {"path": inner, "bytes": 0, "status": status, "warnings": data}
                else:
                    yield from _pieces(data, inner, wanted)
        elif kind in ("xlsx", "parquet"):
            rows, base["warnings"] = _tables.parted(_tables.rows_of_bytes(raw, kind), wanted)
            yield base | {"rows": rows, "table": True}
        elif kind in ("docx", "pdf"):
            yield base | {"rows": [(getattr(_files, kind)(raw), "", {})]}
        else:
            page, said = _files.message(raw) if kind == "message" else (raw, {})
            text, base["encoding"], base["warnings"] = _decode.text(page)
            if not text.strip():
                raise ValueError("the file is empty")
            table = _tables.rows_of_text(text, name=path, wanted=wanted)
            base["kind"] = table[0] if table else "html" if _html.is_page(text) else "text"
            rows, note = _tables.parted(table[1], wanted) if table else ([(text, "", said)], "")
            base["warnings"] = "; ".join(filter(None, [base["warnings"], note]))
            yield base | {"rows": rows, "table": table is not None}
    except TimeoutError:
        raise
    except Exception as error:  # a broken file breaks its reader in any way it likes; the rest is still read
        yield base | {"status": "left out", "warnings": _files.sentence(error)}


def warm() -> None:
    """Build the patterns and tables that reading needs: processes that are forked after it have them."""
    for text in (ANY, ANY.replace("某省", "广东省") * 4):  # of which nobody knows where, and a longer one
        for piece in _pieces(text.encode(), "2021/1.txt", None):
            _piece(piece, (), time.monotonic() + _files.WHOLE)


def file(root: Path, path: str, wanted: str | None, running: Lines = ()) -> tuple[list[Row], list[Row]]:
    """Documents and rows of the audit of the file `path` below `root`; lines of `running` are furniture."""
    docs: list[Row] = []
    audits: list[Row] = []
    blank = {"path": path, "part": 0, "bytes": 0, "kind": None, "encoding": None}
    if _files.is_junk(path):
        return [], [blank | {"status": "skipped", "warnings": _files.JUNK}]
    until = time.monotonic() + _files.WHOLE
    try:
        pieces: Iterator[Row] | None = None
        while True:
            with _files.limit(until):
                at = root / path if path else root
                pieces = pieces or _pieces(_files.content(at), path or root.name, wanted)
                piece = next(pieces, None)
            if piece is None:
                break
            one, rows = _piece(piece, running, until)
            docs += one
            audits += rows
    except Exception as error:  # as above: whatever happens, the file has its row
        audits.append(blank | {"status": "failed", "warnings": _files.sentence(error)})
    if not audits:
        audits.append(blank | {"status": "empty", "warnings": "the archive holds no file"})
    return docs, audits


def _piece(piece: Row, running: Lines, until: float) -> tuple[list[Row], list[Row]]:
    """Documents and audit of one text or table."""
    base = {name: piece[name] for name in ("path", "bytes", "kind", "encoding", "warnings")}
    if "rows" not in piece:
        return [], [base | {"part": 0, "status": piece["status"]}]
    docs: list[Row] = []
    audits: list[Row] = []
    for row in piece["rows"]:
        part = len(audits) + 1
        try:
            with _files.limit(until):
                one, rows = _text(base, *row, part=part, table=piece.get("table", False), running=running)
        except Exception as error:  # a strange text costs itself, never the rest of its table
            one, rows = [], [base | {"part": part, "status": "failed", "warnings": _files.sentence(error)}]
        docs += one
        audits += rows
    return docs, audits


def _text(
    base: Row, text: str, title: str, cells: dict[str, str], *, part: int, table: bool, running: Lines
) -> tuple[list[Row], list[Row]]:
    """Documents and audit of one text, or of one row of a table; its parts are numbered from `part`."""
    docs: list[Row] = []
    audits: list[Row] = []
    if len(text) > _files.LONGEST:
        why = f"{len(text):,} characters are more than the {_files.LONGEST:,} of a document; split the text"
        return [], [base | {"part": part, "status": "left out", "warnings": why}]
    articles, meta = _articles(text, title=title, meta=cells, whole=table, running=running)
    if not articles:
        audits.append(base | {"part": part, "status": "empty", "warnings": "there is no text"})
    numbered = _running.NUMBERED in running and re.search(r"(?:^|/)\d{4}\.\w+$", base["path"])
    address = base["path"].rpartition("/")[0] if numbered else base["path"]
    named = [] if table or len(articles) > 1 else sign("file_headline").findall(base["path"])
    for number, article in enumerate(articles, part):
        article["title"] = article["title"] or "".join(named)
        row, audit = _document(article, path=base["path"], address=address, part=number, meta=meta)
        notes = [base["warnings"], audit.pop("warnings", "")]
        if audit["status"] == "read" and "damaged" in base["warnings"]:
            audit["status"] = "damaged"
        audits.append(base | audit | {"warnings": "; ".join(filter(None, notes))})
        if row is not None:
            docs.append({**row, "cells": cells if table else {}})
    if len(articles) > 1 and not articles[-1]["item"]:  # the items of a programme are of many places
        _neighbours.lend(docs, audits)
    return docs, audits

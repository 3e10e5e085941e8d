"""From one file to its documents and its rows of the audit, whatever the file may be."""

from __future__ import annotations

import contextlib
import re
import signal
import threading
import types
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from toolkit import clean
from toolkit.load import _article, _dates, _decode, _files, _html, _layout, _place, _tables

Row = dict[str, Any]
SECONDS = 60  # the longest that one file may take
_HAN = re.compile("[\u4e00-\u9fff]")
_VIA = ("via", "author", "site", "site_name", "og:site_name", "SiteName", "sitename")


@contextlib.contextmanager
def _limit(seconds: int) -> Iterator[None]:
    """Raise TimeoutError in the block after so many seconds, where the system can."""
    if not hasattr(signal, "SIGALRM") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def late(number: int, frame: types.FrameType | None) -> None:
        raise TimeoutError(f"it took longer than {seconds} seconds")

    before = signal.signal(signal.SIGALRM, late)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def _page(text: str) -> tuple[list[_layout.Line], str, dict[str, str]]:
    """Lines of a page, its title and its meta tags; what stands outside the article is marked."""
    page = _html.read(text)
    rows: list[_layout.Line] = []
    begun = False
    for line, kept in page["lines"]:
        begun = begun or kept
        lead = not begun and len(line) <= 120 and _layout.LEAD.fullmatch(line)
        rows.append(
            {
                "text": line,
                "gap": False,
                "indent": 0,
                "why": "" if kept else ("head" if lead else "furniture"),
            }
        )
    return rows, page["title"], page["meta"]


def _articles(
    text: str, *, title: str, meta: dict[str, str], whole: bool
) -> tuple[list[Row], dict[str, str]]:
    """Articles of a text, and all that it says of itself; `whole` keeps a text in one piece."""
    text = clean.normalise(text)
    fields, text = _html.front_matter(text)
    meta = meta | fields
    named = title or next((fields[name] for name in ("title", "标题") if fields.get(name)), "")
    if _html.is_page(text):
        rows, own, tags = _page(text)
        named, meta = named or own, tags | meta
    else:
        rows = _layout.lines(_layout.COMMENT.sub("", text))
    rows = [row for row in rows if row["text"]]
    if not rows:
        return [], meta
    _layout.mark_repeats(rows)
    _layout.mark_furniture(rows)
    rows = _layout.unwrapped(rows)
    starts = [0] if whole else _layout.beginnings(rows)
    several = len(starts) > 1
    out = []
    for first, last in zip(starts, [*starts[1:], len(rows)], strict=True):
        part = rows[first:last]
        given = named if not several or (first == 0 and not any(map(_own_headline, part[:4]))) else ""
        out.append(
            _article.read(part, title=clean.normalise(given))
            | {"chars": sum(_layout.chars(row["text"]) for row in part)}
        )
    return out, meta


def _own_headline(row: _layout.Line) -> bool:
    return not row["why"] and _layout.headline(row["text"]) and not _layout.LEAD.fullmatch(row["text"])


def _document(article: Row, *, path: str, part: int, meta: dict[str, str]) -> tuple[Row | None, Row]:
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
    head, title = "\n".join(article["head"]), article["title"]
    place = _asked(_place, article["text"], title=title, head=head, meta=meta, path=path)
    when = _asked(
        _dates, article["text"], title=title, head=head, meta=meta, path=path, province=place.get("province")
    )
    audit |= {
        "status": "read",
        "warnings": "; ".join(filter(None, (place.pop("failed", ""), when.pop("failed", "")))),
    }
    audit |= {
        "date_evidence": when.pop("date_evidence", ""),
        "province_evidence": place.pop("province_evidence", ""),
    }
    named = place.pop("provinces", {})
    audit["provinces_named"] = " ".join(
        f"{code}×{n}" for code, n in sorted(named.items(), key=lambda one: (-one[1], one[0]))
    )
    via = next((meta[name] for name in _VIA if meta.get(name) and meta[name] != place.get("source")), None)
    row = {"doc_id": f"{path}#{part}", **place, **when, "title": title or None, "text": article["text"]}
    row |= {"authors": "、".join(article["authors"]) or None, "via": via, "path": path, "part": part}
    return row, audit


def _asked(room: types.ModuleType, text: str, **known: Any) -> Row:
    """Ask a resolver; where it fails, the document is kept and the audit says so."""
    try:
        return dict(room.resolve(text, **known))
    except TimeoutError:
        raise
    except Exception as error:  # a strange text may break a rule; that costs a field, never the document
        return {"failed": f"{room.__name__.rsplit('_', 1)[-1]} not worked out: {_sentence(error)}"}


def _pieces(raw: bytes, path: str, wanted: str | None, depth: int = 0) -> Iterator[Row]:
    """Texts in a file: path, bytes, kind, encoding, and rows of (text, title, fields) or a reason."""
    base: Row = {"path": path, "bytes": len(raw), "kind": None, "encoding": None, "warnings": ""}
    try:
        kind = base["kind"] = _files.kind(raw, path)
        if kind in ("zip", "tar"):
            if depth >= _files.DEEP:
                raise ValueError("an archive within an archive within an archive is not opened")
            for name, data in _files.entries(raw):
                inner = f"{path}/{name}"
                if _files.is_junk(name):
                    continue
                if isinstance(data, str):
                    yield base | {"path": inner, "bytes": 0, "status": "left out", "warnings": data}
                else:
                    yield from _pieces(data, inner, wanted, depth + 1)
        elif kind in ("xlsx", "parquet"):
            yield base | {"rows": _tables.parted(_tables.rows_of_bytes(raw, kind), wanted), "table": True}
        elif kind in ("docx", "pdf"):
            yield base | {"rows": [(getattr(_files, kind)(raw), "", {})]}
        else:
            text, base["encoding"], base["warnings"] = _decode.text(raw)
            if not text.strip():
                raise ValueError("the file is empty")
            table = _tables.rows_of_text(text, name=path, wanted=wanted)
            base["kind"] = table[0] if table else "html" if _html.is_page(text) else "text"
            rows = _tables.parted(table[1], wanted) if table else [(text, "", {})]
            yield base | {"rows": rows, "table": table is not None}
    except TimeoutError:
        raise
    except Exception as error:  # a broken file breaks its reader in any way it likes; the rest is still read
        yield base | {"status": "left out", "warnings": _sentence(error)}


def _sentence(error: BaseException) -> str:
    words = str(error).strip().split("\n")[0][:300]
    return (
        words
        if isinstance(error, ValueError | TimeoutError) and words
        else f"{type(error).__name__}: {words}"
    )


def file(root: Path, path: str, wanted: str | None) -> tuple[list[Row], list[Row]]:
    """Documents and rows of the audit of the file `path` below `root`."""
    docs: list[Row] = []
    audits: list[Row] = []
    blank = {"path": path, "part": 0, "bytes": 0, "kind": None, "encoding": None}
    if _files.is_junk(path):
        return [], [blank | {"status": "skipped", "warnings": "a file of the system, no document"}]
    try:
        with _limit(SECONDS):
            source = root / path if path else root
            size = source.stat().st_size
            if size > _files.LARGEST:
                raise ValueError(f"the file has {size:,} bytes; split it")
            for piece in _pieces(source.read_bytes(), path or root.name, wanted):
                one, rows = _piece(piece)
                docs += one
                audits += rows
    except Exception as error:  # as above: whatever happens, the file has its row
        audits.append(blank | {"status": "failed", "warnings": _sentence(error)})
    if not audits:
        audits.append(blank | {"status": "empty", "warnings": "the archive holds no file"})
    return docs, audits


def _piece(piece: Row) -> tuple[list[Row], list[Row]]:
    """Documents and audit of one text or table."""
    base = {name: piece[name] for name in ("path", "bytes", "kind", "encoding", "warnings")}
    if "rows" not in piece:
        return [], [base | {"part": 0, "status": piece["status"]}]
    docs: list[Row] = []
    audits: list[Row] = []
    for text, title, cells in piece["rows"]:
        articles, meta = (
            _articles(text, title=title, meta=cells, whole=piece.get("table", False)) if text else ([], cells)
        )
        if not articles:
            audits.append(base | {"part": len(audits) + 1, "status": "empty", "warnings": "there is no text"})
        for article in articles:
            row, audit = _document(article, path=piece["path"], part=len(audits) + 1, meta=meta)
            notes = [base["warnings"], audit.pop("warnings", ""), _script(article["text"])]
            if audit["status"] == "read" and base["warnings"]:
                audit["status"] = "damaged" if "damaged" in base["warnings"] else "read"
            audits.append(base | audit | {"warnings": "; ".join(filter(None, notes))})
            if row is not None:
                docs.append({**row, "cells": cells if piece.get("table") else {}})
    return docs, audits


def _script(text: str) -> str:
    """Say so if the text is written in traditional characters."""
    written = "".join(_HAN.findall(text[:4000]))
    rare = len(written) - len(written.encode("gb2312", "ignore")) / 2
    return "traditional script" if rare > max(3, 0.08 * len(written)) else ""

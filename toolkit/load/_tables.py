"""From a table to a document a row: CSV, TSV, JSON, JSON lines, Excel, Parquet with a text column."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from itertools import chain, islice
from typing import Any

from lxml import etree

from toolkit import _check, places
from toolkit.load import _clock, _files
from toolkit.load._clock import sign

Row = dict[str, Any]
_PARTS = re.compile("(?<=[a-z])(?=[A-Z])")


def column(names: list[str], role: str) -> str | None:
    """Give the column among `names` that plays the role, by the usual names, else by how a name ends."""
    parts = {name: _PARTS.sub("_", str(name).strip()).lower() for name in reversed(names)}  # contentText
    plain = {part.rsplit(".", 1)[-1]: str(name) for name, part in parts.items()}
    for row in _clock.table("columns"):
        if row["role"] == role and row["name"] in plain:
            return plain[row["name"]]
    ends = {"text": sign("text_column"), "title": sign("title_column")}.get(role)
    return next((name for name in names if ends and ends.fullmatch(parts[name])), None)


def _separated(text: str, wanted: str | None, sure: bool) -> list[Row] | None:
    """Rows of a CSV or TSV, or None where it is none."""
    text = text.lstrip("\ufeff\r\n").replace("\0", "")
    text = text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
    first = next((line for line in text.split("\n", 50) if line.strip()), "")
    for mark in "\t,;|，":
        if mark not in first or len(first) > 20_000:
            continue
        header = [name.strip().strip('"').strip() for name in next(csv.reader([first], delimiter=mark), [])]
        known = wanted in header or column(header, "text")
        quoted = len(header) > 3 or '"' in first  # a text of several lines may be cut in the midst
        bare = [] if known or not quoted or mark not in "\t," else _headless(_cells(text, mark))
        if bare and wanted in (None, *bare[0]) and not sign("year_tab").match(text):
            return bare
        if (known or (sure and mark in "\t,")) and len(header) >= 2 and max(map(len, header)) <= 60:
            rows = _cells(text, mark)[1:]
            if not sure and sum(len(row) in (0, len(header)) for row in rows) < 0.8 * len(rows):
                continue  # prose whose first line looks like a header
            return [dict(zip(header, row, strict=False)) for row in rows if any(cell.strip() for cell in row)]
    if sign("year_tab").match(text):
        pairs = (re.split(r"\t+", line, maxsplit=1) for line in text.split("\n") if "\t" in line)
        return [{"year": year.strip(), "text": rest} for year, rest in pairs]
    return None


def _cells(text: str, mark: str) -> list[list[str]]:
    """The cells of a table whose columns `mark` parts, row by row."""
    csv.field_size_limit(2**31 - 1)
    return list(islice(csv.reader(io.StringIO(text), delimiter=mark), _files.ROWS + 2))


def _headless(rows: list[list[str]]) -> list[Row]:
    """The rows of a table without a header, its columns numbered but for those that show what they hold.

    There are none unless all rows have as many cells, more than three, and one column holds running text and
    another days or addresses. Where columns of days disagree, none is the date.
    """
    rows = [[cell.strip() for cell in row] for row in rows if row]
    if len(rows) < 2 or {*map(len, rows)} != {max(4, len(rows[0]))}:
        return []
    columns = [*zip(*rows, strict=True)]
    names = [f"column {number}" for number in range(1, len(columns) + 1)]
    shown = False
    shapes: dict[str, Callable[[str], object]] = {
        "url": sign("url_cell").fullmatch,
        "date": sign("date_cell").fullmatch,
        "province": {*places.provinces()["name"]}.__contains__,
        "title": sign("title_cell").fullmatch,
    }
    for name, shows in shapes.items():
        fits = [all(map(shows, cells)) for cells in columns]
        free = [n for n, fit in enumerate(fits) if fit and names[n][:7] == "column "]
        told = [n for n in free if name == "date" or len({*columns[n]}) > 1]  # no place or title is of all
        days = {tuple(cell[:10] for cell in columns[n]) for n in told}
        longest = max(told, key=lambda n: sum(map(len, columns[n])), default=-1)
        shown = shown or bool(told and name in ("url", "date"))
        if told and (name != "date" or len(days) == 1):
            names[longest if name == "title" else told[0]] = name
    table = [dict(zip(names, row, strict=True)) for row in rows]
    return table if shown and _fullest(names, table) else []


def _flat(thing: Any, before: str = "", depth: int = 0) -> Row:
    """One level of a nested record: ``a.b`` for what stands in b of a."""
    out: Row = {}
    for key, value in thing.items():
        if isinstance(value, dict) and depth < 4:
            out |= _flat(value, f"{before}{key}.", depth + 1)
        elif not isinstance(value, list | dict):
            out[f"{before}{key}"] = value
        elif isinstance(value, list) and (items := _items(value)) is not None:
            mark = "\n" if any(item[-1] in "。！？" for item in items) else "、"  # paragraphs, or names
            out[f"{before}{key}"] = mark.join(items)
    return out


def _items(value: list[Any]) -> list[str] | None:
    """The items of a list as text, those of a list in it run together; none where there are others."""
    parts = [item if isinstance(item, list) else [item] for item in value]
    if not all(isinstance(one, str | int | float) for part in parts for one in part):
        return None
    return [item for part in parts if (item := "".join(map(str, part)).strip())]


def _by_columns(thing: dict[str, Any]) -> list[Row]:
    """The records of a frame that was written by columns; none where the value is no frame."""
    names, rows = thing.get("columns"), thing.get("data")
    if isinstance(names, list) and isinstance(rows, list) and all(isinstance(row, list) for row in rows):
        return [dict(zip(map(str, names), row, strict=False)) for row in rows]
    held = [value for value in thing.values() if isinstance(value, list | dict)]
    keys = {tuple(value) if isinstance(value, dict) else len(value) for value in held}
    of_lists = isinstance(held[0], list) if held else False  # those of one record may be paragraphs
    if len(held) < max(2, len(thing)) or len(keys) > 1 or not column([*thing], "text"):
        return []
    if of_lists and (keys == {1} or not column([*thing], "title")):
        return []
    columns = (value if isinstance(value, list) else value.values() for value in held)
    return [dict(zip(thing, cells, strict=True)) for cells in zip(*columns, strict=True)]


def _by_keys(thing: dict[str, Any]) -> list[Row]:
    """The records of a value that holds nothing but records with a text, each under a key of its own."""
    rows = [{"key": key} | _flat(value) for key, value in thing.items() if isinstance(value, dict)]
    told = len(rows) == len(thing) > 1 and all(
        column([*names], "text") for names in {(*row,) for row in rows}
    )
    return rows if told else []


def _records(thing: Any, depth: int = 0) -> list[Row]:
    """The records of a JSON value: itself, or the longest list of records inside it."""
    if isinstance(thing, list) and thing and not depth and all(isinstance(one, str) for one in thing):
        return [{"text": one} for one in (thing if min(map(len, thing)) >= 200 else ["\n".join(thing)])]
    if isinstance(thing, list):
        return [_flat(item) for item in thing if isinstance(item, dict)]
    if not isinstance(thing, dict) or depth > 4:
        return []
    if rows := _by_columns(thing) or _by_keys(thing):
        return [_flat(row) for row in rows]
    within = [value for value in thing.values() if isinstance(value, list | dict)]
    if len(within) == 1 and isinstance(within[0], dict) and not column([*thing], "title"):
        rows = _records(within[0], depth + 1)
        if len(rows) > 1:
            return rows
    inner = [_records(value, depth + 1) for value in thing.values() if isinstance(value, list | dict)]
    best = max(inner, key=lambda rows: (bool(rows and column([*rows[0]], "text")), len(rows)), default=[])
    flat = _flat(thing)
    return best if best and not column(list(flat), "text") else [flat]


def _json(text: str) -> list[Row] | None:
    """Rows of a JSON value or of JSON lines (a broken line among good ones is an empty row), or None."""
    if not text.lstrip("\ufeff \n\r\t").startswith(("{", "[")):
        return None
    with suppress(ValueError, RecursionError):
        return _records(json.loads(text))
    rows: list[Row] = []
    for line in filter(str.strip, text.split("\n")):
        try:
            rows += _records([json.loads(line)])
        except (ValueError, RecursionError):
            rows.append({})
    if (broken := rows.count({})) <= 0.1 * len(rows) or broken == 1 < len(rows):
        return rows
    if sign("json_begins").match(text):
        raise ValueError("the JSON is cut off or broken")
    return None


def _xml(text: str) -> list[Row] | None:
    """Rows of XML: the elements with a text of a usual name, else those that hold leaves alone; or None."""
    if not sign("xml_begins").match(text):
        return None
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, recover=True)
    inner = sign("xml_head").sub("", text.lstrip("\ufeff"), 1)
    root = etree.fromstring(f"<all>{inner}</all>".encode("utf8", "replace"), parser)
    rows: list[Row] = []
    leaves: list[Row] = []
    todo = [] if root is None else [root]
    while todo:
        inside = [child for child in todo.pop() if isinstance(child.tag, str)]
        told = ("\n".join(filter(None, map(str.strip, child.itertext()))) for child in inside)
        row = dict(zip((etree.QName(child).localname for child in inside), told, strict=True))
        if column([*row], "text"):
            rows.append(row)
            continue
        leaves += [row] if len(row) > 1 and not any(map(len, inside)) else []
        todo += reversed(inside)
    return rows or leaves or None


def rows_of_text(text: str, *, name: str = "", wanted: str | None = None) -> tuple[str, list[Row]] | None:
    """The kind and the rows of a table that is written as text; None where the text is no table.

    Raises
    ------
    ValueError
        If the table is broken, or larger than the limits of `_files`.
    """
    if text[:200].lstrip("\ufeff \r\n\t").startswith("<"):
        found = _xml(text)
        return ("xml", _few(found)) if found else None
    rows, kind = _json(text), "json"
    if rows is None:
        rows, kind = _separated(text, wanted, name.lower().endswith((".csv", ".tsv"))), "csv"
    return None if rows is None else (kind, _few(rows))


def _few(rows: Iterable[Row]) -> list[Row]:
    """The rows, cells as text, if they are not too many nor too large together."""
    out: list[Row] = []
    size = 0
    for row in rows:
        out.append({str(name): str(value).strip() for name, value in row.items() if value is not None})
        size += sum(map(len, out[-1].values()))
        if len(out) > _files.ROWS or size > _files.LARGEST:
            limits = f"{_files.ROWS:,} rows or {_files.LARGEST:,} characters"
            raise ValueError(f"the table has more than {limits}; split it")
    return out


def _parquet(raw: bytes) -> Iterator[Row]:
    """Rows of a Parquet table, read a few at a time: a small file may unpack to any size."""
    import pyarrow.parquet as pq

    file = pq.ParquetFile(io.BytesIO(raw))
    groups = [file.metadata.row_group(number).total_byte_size for number in range(file.num_row_groups)]
    size = 0
    for batch in file.iter_batches(max(1, min(4096, _files.LARGEST // 16 // max(1, *groups, 1)))):
        size += batch.nbytes
        if size > _files.LARGEST:
            raise ValueError(f"the table unpacks to more than {_files.LARGEST:,} bytes; split it")
        yield from batch.to_pylist()


def _excel(raw: bytes) -> Iterator[Row]:
    """Rows of the sheets of a workbook, each by its own first row; none is made for the gaps between them."""
    import openpyxl

    _files.office(raw).close()
    for sheet in openpyxl.load_workbook(io.BytesIO(raw), read_only=True, data_only=True).worksheets:
        sheet.reset_dimensions()
        filled = (row for row in sheet.iter_rows(values_only=True) if any(cell is not None for cell in row))
        first = next(filled, ())
        cells = [str(cell) for cell in first]
        bare = not (column(cells, "title") or column(cells, "text"))
        bare = bare and any(len(cell) > 60 and "。" in cell for cell in cells)  # no header
        names = [f"column {n}" if bare or not cell else cell for n, cell in enumerate(first, 1)]
        yield from (dict(zip(names, row, strict=False)) for row in chain([first] * bare, filled))


def rows_of_bytes(raw: bytes, kind: str) -> list[Row]:
    """Rows of an Excel or Parquet table, empty cells left out."""
    return _few({"parquet": _parquet, "xlsx": _excel}[kind](raw))


def _fullest(names: list[str], rows: list[Row]) -> str | None:
    """The column of another name that holds running Chinese text, twice as much as any other."""
    sizes = {name: sum(len(re.findall("[一-龥]", row.get(name, ""))) for row in rows[:200]) for name in names}
    (name, most), (_, next_to) = sorted([*sizes.items(), ("", 0), ("", 0)], key=lambda one: -one[1])[:2]
    cells = [row[name] for row in rows[:200] if row.get(name)]
    record = "url" in names and name[:7] == "column "  # of a table without a header
    least = len(cells) * (30 if record or name == column(names, "summary") else 80)
    runs = 2 * sum("。" in cell for cell in cells) > len(rows[:200]) and 2 * len({*cells}) > len(cells)
    return name if runs and most >= max(least, 2 * next_to) else None


def parted(rows: list[Row], wanted: str | None = None) -> tuple[list[tuple[str, str, dict[str, str]]], str]:
    """Text, title and the other fields of each row that holds a text, and what is to be said of that.

    Raises
    ------
    ValueError
        If no column holds the text.
    """
    names = list(dict.fromkeys(name for row in rows for name in row))
    filled = [one for one in names if any(row.get(one) for row in rows)]
    empty = column(names, "text")  # it has a usual name, though perhaps no row fills it
    running = [one for one in filled if not empty or one == column(names, "summary")]
    usual = wanted if wanted in names else column(filled, "text")
    name = usual or (None if wanted else _fullest(running, rows) or empty)
    if not rows or name is None:
        lacking = "no column has one of the usual names of a text"
        asked = f"text={wanted!r} is no column" if wanted else lacking
        raise ValueError(f"{asked}; give text= one of: {_check._listed(names)}")
    title = column([other for other in names if other != name], "title")
    out = []
    for row in rows:
        others = {key: cell for key, cell in row.items() if cell and key != name}
        out.append((row.get(name, ""), row.get(title or "", ""), others))
    told = f"the text is column {name!r}, since none of a usual name holds any; text= names another"
    return out, "" if usual else told

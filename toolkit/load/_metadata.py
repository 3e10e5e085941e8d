"""What does somebody who knows say of a path? It overrules what was inferred."""

from __future__ import annotations

import difflib
import fnmatch
import io
import logging
import re
from collections import defaultdict
from collections.abc import Collection
from pathlib import Path, PurePosixPath
from typing import Any

import pandas as pd

from toolkit import _check, places
from toolkit.load import _calendar, _decode

Said = tuple[str, int, dict[str, Any]]  # a path or pattern, a part (0: all), what is said of it
EVERY = ("all", "全部", "*")
log = logging.getLogger(__name__)


def _day(given: str) -> dict[str, str | None]:
    """The columns of a date as somebody wrote it: a day, a month or a year."""
    days = _calendar.moment(given.removesuffix(".0"))
    if not days:
        raise ValueError(f"metadata: date={given!r} is none; write 2019-03-05, 2019-03 or 2019.")
    low, high = (day.isoformat() for day in days)
    precision = "day" if low == high else "month" if low[:7] == high[:7] else "year"
    day = low if precision == "day" else None
    return {"date": day, "date_low": low, "date_high": high, "date_precision": precision}


def _row(cells: dict[Any, Any]) -> Said:
    """One row, its province and date in the form of `docs`."""
    words = {str(name): str(cell).strip() for name, cell in cells.items() if pd.notna(cell)}
    said: dict[str, Any] = {name: word for name, word in words.items() if word}
    path, part = said.pop("path", ""), said.pop("part", "all").lower()
    if part not in EVERY and not re.fullmatch(r"\d+(\.0)?", part):
        raise ValueError(f"metadata: part={part!r} of {path!r} is no number; write 1, 2 … or all.")
    if "province" in said:
        said["province"] = places.code(said["province"])
    day, year = said.pop("date", None), said.pop("year", None)
    said |= _day(day or year) if day or year else {}
    return path, 0 if part in EVERY else int(float(part)), said


def read(given: pd.DataFrame | str | Path, *, names: Collection[str], known: Collection[str]) -> list[Said]:
    """The rows of `given`, checked before any of the files `names` is read; `known` are columns of docs."""
    if isinstance(given, str | Path):
        try:
            told, *_ = _decode.text(_check.path(given, "metadata").read_bytes())
            given = pd.read_csv(io.StringIO(told), dtype=str)
        except ValueError as error:
            raise ValueError(f"metadata {str(given)!r} cannot be read as a CSV: {error}") from error
    _check.columns(given, "path", what="metadata")
    near = {str(name): difflib.get_close_matches(str(name), known, 1, 0.8) for name in given.columns}
    if unlike := {name: like[0] for name, like in near.items() if like and name not in known}:
        log.warning("metadata: new columns that are written nearly as known ones: %s", unlike)
    names = set(names)
    rows: list[Said] = []
    lost: list[Said] = []
    for path, part, said in map(_row, given.to_dict("records")):
        path = path if path in names else path.replace("\\", "/").removeprefix("./")
        inside = names & {str(parent) for parent in PurePosixPath(path).parents}
        fits = path in names or inside or re.search(r"[*?\[]", path)
        (rows if fits else lost).append((path, part, said))
    shown = _check._listed((path for path, *_ in lost), 5)
    if lost and not rows:
        raise ValueError(f"metadata: no path in it is a file: {shown}; there are {_check._listed(names, 5)}.")
    if lost:
        log.warning("metadata: %d of %d paths are no file: %s", len(lost), len(lost) + len(rows), shown)
    return rows


def _put(frame: pd.DataFrame, metadata: list[Said], names: dict[str, list[str]]) -> set[int]:
    """Write what is said into `frame`; the numbers of the rows of metadata that found their place."""
    spots, parts = frame.groupby("path").indices, frame["part"].tolist()
    cells: dict[str, dict[int, Any]] = defaultdict(dict)
    used = set()
    for number, (path, part, said) in enumerate(metadata):
        for spot in (spot for name in names[path] for spot in spots.get(name, ())):
            if part in (0, parts[spot]):
                used.add(number)
                for column, value in said.items():
                    cells[column][spot] = pd.NA if value is None else value
    for column, values in cells.items():
        if column not in frame:
            frame[column] = pd.Series(pd.NA, frame.index, "string")
        frame.iloc[[*values], frame.columns.get_loc(column)] = [*values.values()]
    return used


def overrule(
    docs: pd.DataFrame, audit: pd.DataFrame, metadata: list[Said]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Put what `metadata` says in the place of what was inferred, a later row over an earlier one."""
    docs, audit = docs.copy(), audit.copy()
    known = dict.fromkeys(audit["path"])
    names = {path: [path] if path in known else fnmatch.filter(known, path) for path, *_ in metadata}
    used = _put(docs, metadata, names)
    fields = ("province", "date")
    evidence = [
        (*row[:2], {f"{field}_evidence": "metadata" for field in fields if field in row[2]})
        for row in metadata
    ]
    _put(audit, evidence, names)
    if unused := [path for number, (path, *_) in enumerate(metadata) if number not in used]:
        log.warning("metadata: %d paths fit no document: %s", len(unused), _check._listed(unused, 5))
    return docs, audit

"""A folder of scraped text in, documents and their audit out."""

from __future__ import annotations

import contextlib
import gc
import hashlib
import json
import logging
import multiprocessing
import os
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import repeat
from pathlib import Path

import pandas as pd
import pyarrow as pa
from tqdm.auto import tqdm

import toolkit
from toolkit import _check
from toolkit.load import _files, _metadata, _read, _running
from toolkit.load._read import Row

Done = tuple[pa.Array, list[Row], list[Row]]  # texts, documents without them, audit
Asked = tuple[str, str | None, str | None, dict[str, list[str]]]
# the root, the column of the text, where parts are kept, the lines that run through the files of a folder
SIDECAR = "metadata.csv"
DOCS = (
    "doc_id province level prefecture date date_low date_high date_precision year event_date title text"
    " authors source via issuer document_number form path part"
).split()
AUDIT = (
    "path part bytes encoding kind chars_in chars_kept chars_head chars_furniture chars_repeated"
    " date_evidence province_evidence provinces_named status warnings removed"
).split()
NUMBERS = "part bytes chars_in chars_kept chars_head chars_furniture chars_repeated year".split()
PARALLEL = 4 * 2**20  # bytes from which more than one process pays
BATCH = 8
NO_DOCUMENT = "it overrules what is inferred, it is no document"
log = logging.getLogger(__name__)


def _real(path: str | Path) -> Path:
    """Where a path leads, even one that leads nowhere or to itself."""
    return Path(os.path.realpath(path))


def _batch(asked: Asked, paths: list[str]) -> tuple[list[Row], list[Row]]:
    """Documents and audit of some files; where parts are kept, those of an earlier run if nothing changed."""
    root, text, parts, running = asked
    lines = [running.get(path.rpartition("/")[0], []) for path in paths]
    part = None
    if parts and all(os.access(Path(root, path), os.R_OK) for path in paths):
        stats = [Path(root, path).stat() for path in paths]
        seen = [(one.st_size, one.st_mtime_ns) for one in stats]
        key = repr((toolkit.__version__, os.path.abspath(root), text, paths, seen, lines))
        part = Path(parts, f"{hashlib.sha256(key.encode('utf8', 'surrogatepass')).hexdigest()}.json")
        if part.exists():
            docs, audits = json.loads(part.read_text("ascii"))
            return docs, audits
    docs, audits = [], []
    for path, running_here in zip(paths, lines, strict=True):
        one, rows = _read.file(Path(root), path, text, running_here)
        docs += [_flat(row) for row in one]
        audits += [{name: _storable(value) for name, value in row.items()} for row in rows]
    if part:
        beside = part.with_suffix(f".{os.getpid()}")
        beside.write_text(json.dumps([docs, audits]), "ascii")
        beside.replace(part)
    return docs, audits


def _sent(asked: Asked, paths: list[str]) -> Done:
    """What some files hold, the texts as the frame will hold them: a process hands them over soonest so."""
    docs, audits = _batch(asked, paths)
    return pa.array([row.pop("text") for row in docs], pa.large_string()), docs, audits


def _begin() -> None:
    """In a process of the pool, look for cycles seldom, and not in what it has from the one that began it."""
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


def _alone(asked: Asked, path: str) -> Done:
    """One file in a process of its own, which may die of it."""
    with ProcessPoolExecutor(1) as pool:
        try:
            return pool.submit(_sent, asked, [path]).result()
        except BrokenProcessPool:
            died = {"status": "failed", "warnings": "the process that read it died of it"}
            return pa.array([], pa.large_string()), [], [{"path": path, "part": 0} | died]


def _results(asked: Asked, paths: list[str], jobs: int) -> Iterator[tuple[int, Done]]:
    """Number of files done and what they hold, batch by batch, in order."""
    batches = [paths[i : i + BATCH] for i in range(0, len(paths), BATCH)]
    if jobs == 1:
        for batch in batches:
            yield len(batch), _sent(asked, batch)
        return
    if multiprocessing.get_start_method() == "fork":
        _read.warm()
    while batches:
        try:
            with ProcessPoolExecutor(jobs, initializer=_begin) as pool:
                for done in pool.map(_sent, repeat(asked), [*batches]):
                    yield len(batches.pop(0)), done
        except BrokenProcessPool:
            for path in batches.pop(0):
                yield 1, _alone(asked, path)


def _storable(value: object) -> object:
    """A text without halves of characters; the bytes of a name that is not UTF-8 are read as GB18030."""
    if isinstance(value, str) and not value.isascii() and not value.isprintable():
        with contextlib.suppress(UnicodeEncodeError):
            value.encode("utf8")
            return value
        try:
            return value.encode("utf8", "surrogateescape").decode("utf8")
        except UnicodeDecodeError:
            return value.encode("utf8", "surrogateescape").decode("gb18030", "replace")
        except UnicodeEncodeError:
            return value.encode("utf8", "replace").decode("utf8")
    return value


def _flat(row: Row) -> Row:
    """A document with the further columns of its table, storable."""
    cells = row.pop("cells", {})
    row |= {(f"given_{name}" if name in DOCS else name): value for name, value in cells.items()}
    return {str(_storable(name)): _storable(value) for name, value in row.items()}


def _docs(rows: list[Row], texts: list[pa.Array], script: str | None) -> pd.DataFrame:
    """Frame of documents, their columns in order, the further columns of tables behind them."""
    times = Counter(name for row in rows for name in row if name not in DOCS)
    more = sorted(times, key=lambda name: (-times[name], name))
    if len(more) > _files.COLUMNS:
        log.warning("columns of tables: the %d commonest of %d are kept", _files.COLUMNS, len(more))
    docs = pd.DataFrame(rows, columns=[*DOCS, *sorted(more[: _files.COLUMNS])])
    docs["text"] = pd.arrays.ArrowStringArray(pa.chunked_array(texts, pa.large_string()))
    for name in docs.columns:
        docs[name] = docs[name].astype("Int64" if name in ("part", "year") else "string")
    if script == "simplified":
        import opencc

        convert = opencc.OpenCC("t2s").convert
        docs["text_original"] = docs["text"]
        for name in ("title", "text"):
            docs[name] = docs[name].map(convert, na_action="ignore").astype("string")
    return docs


def _dated(docs: pd.DataFrame) -> pd.DataFrame:
    """Give the year that the date has, or that both ends of what is known have."""
    low, high = docs["date_low"].str[:4], docs["date_high"].str[:4]
    year = docs["date"].str[:4].fillna(low.where(low.eq(high)))
    return docs.assign(year=pd.to_numeric(year, errors="coerce").astype("Int64"))


def folder(
    path: str | Path,
    *,
    metadata: pd.DataFrame | str | Path | None = None,
    text: str | None = None,
    script: str | None = None,
    jobs: int | None = None,
    parts: str | Path | None = None,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Read a folder of scraped policy text: a row for each document, and a row of the audit for each part.

    Files of text, HTML, CSV, JSON, XML, Excel, Parquet, Word, PDF and MHT are known by content, and archives
    of them. Each document gets its province and date with the evidence for them; where the evidence gives no
    single day the date is NA and ``date_low`` and ``date_high`` say how far it is known.

    Whatever the folder holds, the run ends and everything has its row in the audit. These are the limits;
    what is over one is left out, and the row says which: 512 MB for a file, for a file in an archive and for
    the cells of a table; 200,000 files and 4 GB for all that an archive unpacks to (512 MB for one of less
    than 3 MB), with three archives within one another; 1,000,000 rows of a table; 10,000,000 lines, tags or
    commas of a file; 50,000,000 characters of a document; 60 seconds for a document or the opening of a file,
    one hour for a file with all that it holds (Windows looks at the hour alone). Of the further columns of
    tables the 1,000 commonest are kept.

    Parameters
    ----------
    path
        A folder of any depth, or one file.
    metadata
        A frame or CSV with a column ``path`` (a path below the folder, in an archive too, or a pattern such
        as ``2019/*``; a name that is there is never a pattern) and perhaps ``part`` (a number, or ``all``);
        what its other columns say overrules what was inferred, new columns are added, a later row overrules
        an earlier one. ``metadata.csv`` in the folder by default. It is checked before any file is read;
        paths that are no file and patterns that fit no document are told in one warning each.
    text
        The column of tables that holds the text, where it has no usual name. Without it the one column
        that holds running Chinese text, if there is one, is read, and ``warnings`` says which. Where rows
        begin without a header, the columns are ``column 1`` and so on, or what their cells show them to be.
    script
        ``"simplified"`` converts traditional characters and keeps the original in ``text_original``.
    jobs
        How many processes; the result is the same for any number.
    parts
        A folder in which each finished batch of files is kept, so that a run that was interrupted goes on
        from there; it is made if need be, and the caller removes it. For ``docs.parquet.parts`` the files
        ``docs.parquet`` and ``docs.audit.csv`` beside it count as written by an earlier run.

    Returns
    -------
    docs
        ``doc_id``, ``province`` (``"00"`` the centre), ``level``, ``prefecture``, ``date``, ``date_low``,
        ``date_high``, ``date_precision``, ``year``, ``event_date``, ``title``, ``text`` (a paragraph a
        line), ``authors`` and ``issuer`` (parted by 、), ``source``, ``via``, ``document_number``, ``form``
        (``"programme"`` and ``"round-up"`` hold several items in one, as in a row of a table; NA otherwise),
        ``path``, ``part``, then the other columns of tables (``given_date`` where one has a ``date`` itself).
    audit
        ``path``, ``part``, ``bytes``, ``encoding``, ``kind``, ``chars_in`` and what became of them
        (``chars_kept`` in the text, ``chars_head`` in title, byline and dateline, ``chars_furniture``,
        ``chars_repeated``; characters without white space, the four add up), ``date_evidence``,
        ``province_evidence``, ``provinces_named`` (every province in the text, with how often), ``status``
        (``read``, ``damaged`` but read, ``empty``, ``left out``, ``skipped`` or ``failed``), ``warnings``
        (why), ``removed`` (what was taken off, a line each). Links that lead nowhere, pipes and folders that
        are shut have their row too; of a name that comes twice in an archive the second is ``name//2``.

    Raises
    ------
    FileNotFoundError
        If there is no such folder.
    ValueError
        If there is no file in it, `script` is unknown, `jobs` is below 1, no path of `metadata` is a file, or
        a province, date or part in it cannot be understood.

    Examples
    --------
    >>> from toolkit import load
    >>> docs, audit = load.folder(load.sample())
    >>> bool((audit[["chars_kept", "chars_head", "chars_furniture", "chars_repeated"]].sum(axis=1)
    ...       == audit["chars_in"]).all())
    True
    """
    if script is not None:
        _check.one_of(script, ("simplified",), "script")
    root = _check.path(path, "the folder")
    kept = _real(parts) if parts is not None else None
    here = _real(root)
    names = ["" if file == root else file.relative_to(root).as_posix() for file in _files.found(root)]
    names = [name for name in names if not kept or kept not in (here / name).parents]
    if metadata is None and (root / SIDECAR).is_file():
        metadata = root / SIDECAR
    beside = {_real(metadata): NO_DOCUMENT} if isinstance(metadata, str | Path) else {}
    if kept:
        made = kept.with_suffix("")  # as the command line names them
        beside |= dict.fromkeys([made, made.with_suffix(".audit.csv")], "it was written by an earlier run")
    todo: list[str] = []
    audits: list[Row] = []
    for name in names:
        skipped, shut = beside.get(here / name, "") if beside else "", _files.unreadable(root / name)
        row = {"path": name, "part": 0, "status": "skipped" if skipped else "left out"}
        audits += [row | {"warnings": skipped or shut}] if skipped or shut else []
        todo += [] if skipped or shut else [name]
    _check.not_empty(
        [*todo, *(row for row in audits if row["status"] != "skipped")],
        f"the folder {str(path)!r}" + (f" beside {_check._listed(names)}" if audits else ""),
        "give a folder that holds files of text",
    )
    said = []
    if metadata is not None:
        said = _metadata.read(metadata, names=[str(_storable(one or root.name)) for one in todo], known=DOCS)
    if jobs is None:
        cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
        jobs = cores if sum(_files.size(root / name) for name in todo) >= PARALLEL else 1
    _check.whole(jobs, 1, "jobs")
    rows: list[Row] = []
    texts: list[pa.Array] = []  # held once, as the frame will hold them
    if kept:
        kept.mkdir(parents=True, exist_ok=True)
    asked = str(root), text, str(kept) if kept else None, _running.find(root, todo)
    with tqdm(total=len(todo), unit="file", desc="reading", disable=None) as bar:
        for files, (held, docs, checks) in _results(asked, todo, min(jobs, len(todo) or 1)):
            texts.append(held)
            rows += docs
            audits += checks
            bar.update(files)
    docs, audit = _docs(rows, texts, script), _audit(audits)
    left = audit[~audit["status"].isin(["read", "damaged"])]
    if len(left):
        log.info("left out: %s", left["status"].value_counts().to_dict())
    if said:
        docs, audit = _metadata.overrule(docs, audit, said)
    return _dated(docs), audit


def _audit(rows: list[Row]) -> pd.DataFrame:
    """Frame of the audit, in the order of paths and parts."""
    rows = [row | {"path": _storable(row["path"])} for row in rows]
    audit = pd.DataFrame(rows).reindex(columns=AUDIT)
    for name in AUDIT:
        held = audit[name].fillna(0) if name in NUMBERS else audit[name]
        audit[name] = held.astype("int64" if name in NUMBERS else "string")
    return audit.sort_values(["path", "part"], kind="stable", ignore_index=True)

"""Large text: chunks for the compiled kernel, on all cores; its arrays are kept on disk beside its code."""

from __future__ import annotations

import hashlib
import logging
import os
import re
import zipfile
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from functools import cache, lru_cache
from importlib import resources
from itertools import pairwise
from math import log as ln
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from tqdm.auto import tqdm

from toolkit.lexicon import _jieba

log = logging.getLogger(__name__)

# Characters from which the kernel pays: it takes 1 s to load, half a minute to compile once.
LARGE = 5_000_000
CHUNK = 1_000_000  # characters that a thread holds at a time
PAIRS = 500_000  # pairs of group and term that a thread sorts at a time
FORMAT = b"2"  # change it when the arrays change
_ARRAYS = ("nodes", "codes", "unseen", "start", "change", "emit")


def _cache(compiled: Any) -> str | None:
    """The folder in which compiled code is kept, if any is."""
    return getattr(getattr(compiled.words, "stats", None), "cache_path", None)


@cache
def kernel() -> Any:
    """The compiled functions; they are compiled when first called, and kept on disk."""
    from toolkit.words import _kernel

    path = _cache(_kernel)
    if not (path and any(Path(path).glob("_kernel.words-*.nbc"))):
        log.warning("compiling the engine for large texts; this takes half a minute, once")
    return _kernel


def _trie(words: set[str], weight: Callable[[str], int]) -> tuple[np.ndarray, np.ndarray, dict[str, int]]:
    """A trie as a double array: cells (base, parent), the code of each code point, the slot of each word.

    `words` hold every beginning of each. Frequent characters get small codes, so that they lie together.
    """
    often: Counter[str] = Counter()
    for word in words:
        for character in word:
            often[character] += weight(word)
    ranked = sorted(often, key=lambda character: (-often[character], character))
    rank = {character: place for place, character in enumerate(ranked, 1)}
    level = sorted(words, key=lambda word: (len(word), [rank[character] for character in word]))
    node = {"": 0} | {word: at for at, word in enumerate(level, 1)}
    parent = np.fromiter((node[word[:-1]] for word in level), np.int64, len(level))
    last = np.fromiter((rank[word[-1]] for word in level), np.int64, len(level))
    cells = np.full((2 * len(level) + 2 * len(rank) + 2, 2), -1, np.int32)
    slot = np.zeros(len(level) + 1, np.int64)
    cells[0, 1] = -2
    first = np.searchsorted(parent, np.arange(len(level) + 2))
    cells = kernel().place(first, last, slot, cells)[: slot.max() + 1]
    codes = np.zeros(max(map(ord, ranked)) + 1, np.int32)
    codes[[ord(character) for character in ranked]] = np.arange(1, len(ranked) + 1)
    padding = np.full((len(rank) + 2, 2), -1, np.int32)
    return np.concatenate((cells, padding)), codes, dict(zip(level, slot[1:].tolist(), strict=True))


def _built() -> dict[str, np.ndarray]:
    """jieba's dictionary and hidden Markov model as arrays."""
    import jieba.finalseg as guess

    k, tokenizer, within = kernel(), _jieba.tokenizer(), re.compile(_jieba.IN_BLOCK.pattern + "+")
    often = {word: n for word, n in tokenizer.FREQ.items() if within.fullmatch(word)}
    cells, codes, slot = _trie(set(often), lambda word: often[word] or 1)
    nodes, total = np.zeros(len(cells), k.NODE), ln(tokenizer.total)
    nodes["base"], nodes["parent"], nodes["score"] = cells[:, 0], cells[:, 1], k.NO_WORD
    for word, n in often.items():
        if n:
            nodes["score"][slot[word]] = ln(n) - total
    emit = np.full((k.LAST_HAN - k.FIRST_HAN + 1, 4), k.IMPOSSIBLE)
    for y, state in enumerate("BMES"):
        for character, chance in guess.emit_P[state].items():
            if k.FIRST_HAN <= ord(character) <= k.LAST_HAN:
                emit[ord(character) - k.FIRST_HAN, y] = chance
    codes = np.concatenate((codes, np.zeros(k.LAST_HAN + 1 - len(codes), np.int32))).astype(np.uint16)
    start = np.array([guess.start_P[state] for state in "BMES"])
    change = np.array([[guess.trans_P[p].get(y, k.IMPOSSIBLE) for y in "BMES"] for p in "BMES"])
    arrays = (nodes, codes, np.array(ln(1) - total), start, change, emit)
    return dict(zip(_ARRAYS, arrays, strict=True))


@cache
def model() -> tuple:
    """The arrays of `_built`, from disk if they stand there whole and are of this dictionary."""
    dictionary = (resources.files("jieba") / "dict.txt").read_bytes()
    folder, key = _cache(kernel()), hashlib.sha256(dictionary + FORMAT).hexdigest()[:16]
    path = Path(folder, f"jieba-{key}.npz") if folder else None
    arrays = _load(path) if path else None
    if arrays is None:
        arrays = _built()
        if path:
            _save(path, arrays)
    nodes, codes, unseen, *chances = (arrays[name] for name in _ARRAYS)
    return nodes, codes, float(unseen), tuple(chances)


def _load(path: Path) -> dict[str, np.ndarray] | None:
    try:
        with np.load(path) as file:
            return {name: file[name] for name in _ARRAYS}
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        return None


def _save(path: Path, arrays: dict[str, np.ndarray]) -> None:
    """Write beside, then rename, so that another process sees all or nothing; a full disk is no error."""
    beside = path.with_suffix(f".{os.getpid()}.part")
    try:
        with beside.open("wb") as file:
            np.savez(file, **arrays)  # type: ignore[arg-type]
        beside.replace(path)
    except OSError as error:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
        log.warning("the arrays of the engine are not kept on disk: %s", error)


@lru_cache(maxsize=8)
def forms_as_arrays(forms: tuple[str, ...]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The trie of the forms of a lexicon: cells, number of the form at each slot or -1, codes."""
    if not forms:
        return np.zeros((1, 2), np.int32), np.full(1, -1, np.int32), np.zeros(0, np.int32)
    beginnings = {form[:size] for form in forms for size in range(1, len(form) + 1)}
    cells, codes, slot = _trie(beginnings, lambda form: 1)
    number = np.full(len(cells), -1, np.int32)
    number[[slot[form] for form in forms]] = np.arange(len(forms))
    return cells, number, codes


def is_large(characters: int) -> bool:
    """Whether the kernel pays: always for large text, and for smaller once it is loaded."""
    return characters >= (LARGE // 50 if kernel.cache_info().currsize else LARGE)


def lengths(texts: pd.Series) -> np.ndarray:
    """Characters of each text, 0 where it is missing; anything but text is an error."""
    if isinstance(texts.dtype, pd.StringDtype):
        return texts.str.len().fillna(0).to_numpy(np.int64)
    return np.fromiter(map(len, as_texts(texts, str(texts.name or "texts"))), np.int64, len(texts))


def as_texts(texts: Iterable[object], what: str) -> list[str]:
    """The texts as a list; a missing one is empty, anything else but text is an error."""
    found: list = texts.tolist() if isinstance(texts, pd.Series) else list(texts)
    for position, text in enumerate(found):
        if not isinstance(text, str):
            if pd.isna(text) is not True:
                raise TypeError(
                    f"{what} must be text; number {position} is {type(text).__name__} ({text!r:.60})."
                )
            found[position] = ""
    return found


def _jobs() -> int:
    """As many threads as this process may use cores."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _joiner(texts: pd.Series) -> Callable[[np.ndarray], str]:
    """Give what joins the texts of some rows, without a Python object for each where Arrow holds them.

    Arrow's own `take` copies a column of several pieces whole, at every call, so each piece is asked alone.
    """
    if getattr(texts.dtype, "storage", "") != "pyarrow":
        return lambda rows: "".join(as_texts(texts.iloc[rows], "text"))
    kind, held = pa.large_string(), pa.array(texts.array)
    pieces = held.chunks if isinstance(held, pa.ChunkedArray) else [held]
    starts = np.cumsum([0, *map(len, pieces)])

    def joined(rows: np.ndarray) -> str:
        piece = np.searchsorted(starts, rows, side="right") - 1
        order = np.argsort(piece, kind="stable")
        parts = [pieces[p].take(pa.array(rows[piece == p] - starts[p])).cast(kind) for p in np.unique(piece)]
        column = pa.concat_arrays([*parts, pa.array([], kind)]).take(pa.array(np.argsort(order)))
        whole = pa.LargeListArray.from_arrays([0, len(rows)], pc.fill_null(column, ""))
        return pc.binary_join(whole, pa.scalar("", kind))[0].as_py()

    return joined


def by_chunk(work: Callable, texts: pd.Series, sizes: np.ndarray, order: np.ndarray) -> Iterator:
    """Yield, chunk by chunk in `order`, the rows and what `work` makes of their text, on all cores.

    ``work(points, bounds, rows)`` gets the texts joined, as code points, and where each begins and the last
    ends. Only the chunks in work are held.
    """
    jobs = _jobs()
    ends, total = np.cumsum(sizes[order]), int(sizes.sum())
    most = min(CHUNK, total // (4 * jobs) + 1)  # so that all cores have work to the end
    cuts = [0, *(np.flatnonzero(np.diff(ends // most)) + 1).tolist(), len(order)]
    joined = _joiner(texts)

    def one(rows: np.ndarray) -> object:
        points = np.frombuffer(joined(rows).encode("utf-32-le", "surrogatepass"), np.uint32)
        return work(points, np.concatenate(([0], np.cumsum(sizes[rows]))), rows)

    kernel(), model()
    waiting: deque[tuple[np.ndarray, Future]] = deque()
    with ThreadPoolExecutor(jobs) as pool, tqdm(total=total, unit="字", disable=total < LARGE) as bar:
        for a, b in pairwise(cuts):
            waiting.append((order[a:b], pool.submit(one, order[a:b])))
            while len(waiting) > 2 * jobs or (b == len(order) and waiting):
                rows, future = waiting.popleft()
                yield rows, future.result()
                bar.update(int(sizes[rows].sum()))


def _spelt(points: np.ndarray, starts: np.ndarray, sizes: np.ndarray) -> Iterator[str]:
    """The words that begin at `starts`, as text."""
    ends = np.cumsum(sizes)
    text = points[np.arange(sizes.sum()) + np.repeat(starts - ends + sizes, sizes)].tobytes()
    text = text.decode("utf-32-le", "surrogatepass")
    return (text[a:b] for a, b in pairwise([0, *ends.tolist()]))


def words_by_chunk(
    texts: pd.Series,
    sizes: np.ndarray,
    order: np.ndarray,
    forms: tuple[str, ...],
    groups: np.ndarray | None = None,
) -> Iterator:
    """Yield the rows of a chunk, its words, and the list, still growing, of what their numbers stand for.

    The words are their numbers and how many each row has or, with `groups`, the arrays of `_kernel.tally`.
    """
    terms: list[str] = []
    from toolkit.words import _numbers

    arrays, lock, vocabulary = forms_as_arrays(forms), Lock(), _numbers.no_words(len(model()[0]))

    def work(points: np.ndarray, bounds: np.ndarray, rows: np.ndarray) -> tuple[np.ndarray, ...]:
        nonlocal vocabulary
        found, counts = kernel().words(points, bounds, model(), arrays)
        with lock:
            ids, fresh, vocabulary = _numbers.number(points, found, vocabulary)
            starts = np.where(fresh > 0, found[fresh - 1, 0], 0)
            terms.extend(_spelt(points, starts, found[fresh, 0] - starts))
            many = len(terms)
        return (ids, counts) if groups is None else _numbers.tally(ids, counts, groups[rows], many)

    for rows, found in by_chunk(work, texts, sizes, order):
        yield rows, found, terms


def sort_rows(starts: np.ndarray, rank: np.ndarray, term: np.ndarray, n: np.ndarray) -> None:
    """Put the rank in place of each term, and the pairs of each row in its order, on all cores."""
    from toolkit.words import _numbers

    cuts = np.searchsorted(starts, np.arange(0, starts[-1] + PAIRS, PAIRS))
    blocks = [starts[a : b + 1] for a, b in pairwise(np.unique(cuts.clip(max=len(starts) - 1)))]
    with ThreadPoolExecutor(_jobs()) as pool:
        list(pool.map(lambda block: _numbers.sort_rows(block, rank, term, n), blocks))


def matches_by_chunk(texts: pd.Series, sizes: np.ndarray, forms: tuple[str, ...]) -> Iterator[np.ndarray]:
    """Yield for each chunk its raw matches: row, start, end, form, owner within the chunk."""
    arrays = forms_as_arrays(forms)

    def work(points: np.ndarray, bounds: np.ndarray, _: object) -> tuple[np.ndarray, ...]:
        return kernel().track(points, bounds, model(), arrays).astype(np.int64), bounds

    for rows, (hits, bounds) in by_chunk(work, texts, sizes, np.arange(len(texts))):
        at = np.searchsorted(bounds, hits[:, 0], side="right") - 1
        hits[:, :2] -= bounds[at, None]
        yield np.column_stack([rows[at], hits])

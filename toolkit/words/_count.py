"""Documents → counts of words → a sparse matrix."""

from __future__ import annotations

import logging
import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from importlib import resources
from typing import Any

import numpy as np
import pandas as pd
from scipy import sparse

from toolkit import _check
from toolkit import lexicon as phrases
from toolkit.clean import _same
from toolkit.words import _cut, _large, _match

log = logging.getLogger(__name__)

Engine = Callable[[str], Iterable[str]]
_NUMBER_SIGNS = set(".,%+-·:/~×％．，：")
_HAN = re.compile("[〇\u3400-\u9fff]+")
_HAN_NUMBER = re.compile(
    "[零〇一二三四五六七八九十百千万亿两]|[零〇一二三四五六七八九]{3,}|[百千]?(?:万|亿|万亿)"
    "|(?=[^百千万亿])(?:[一二三四五六七八九两]?[十百千万亿]零?)+[一二三四五六七八九]?"
    "|(?=..)拾?[壹贰叁参肆伍陆柒捌玖][零壹贰叁参肆伍陆柒捌玖拾佰仟万亿]*"
)


_LETTER = re.compile(r"[^\W_]").search  # a letter or numeral of any script


def _is_space(term: str) -> bool:
    """White space, control, format and unassigned characters only."""
    return not _LETTER(term) and all(unicodedata.category(character)[0] in "ZC" for character in term)


def _is_number(term: str) -> bool:
    """A well-formed Han number (十四, not 十四五), or numerals and the signs between them (5.2%, 3亿)."""
    if _HAN.fullmatch(term):
        return _HAN_NUMBER.fullmatch(term) is not None
    digits = [unicodedata.numeric(character, None) is not None for character in term]
    return any(digits) and all(map(max, digits, map(_NUMBER_SIGNS.__contains__, term)))


@cache
def _stopwords() -> frozenset[str]:
    source = resources.files("toolkit") / "_data" / "stopwords.csv"
    with source.open(encoding="utf8") as file:
        return frozenset(pd.read_csv(file, dtype="str", keep_default_na=False)["term"])


@cache
def _named(kind: str, tag: str) -> frozenset[str]:
    """The names of persons or of places in jieba's dictionary, put right by a table made by hand."""
    with (resources.files("jieba") / "dict.txt").open(encoding="utf8") as file:
        tagged = {word for word, _, given in map(str.split, file) if given.startswith(tag)}
    with (resources.files("toolkit") / "_data" / "plain_words.csv").open(encoding="utf8") as file:
        table = pd.read_csv(file, dtype="str", index_col="term")
    wrong, right = (table.index[table[name] == kind] for name in ("taken_for", "is_a"))
    return frozenset(tagged.difference(wrong).union(right))


# Which words a count may leave out, by name.
DROPS: dict[str, Callable[[str], bool]] = {
    "space": _is_space,
    "punctuation": lambda term: not _LETTER(term) and not _is_space(term),
    "numbers": _is_number,
    "latin": lambda term: bool(
        re.fullmatch(r"[ -~À-ɏＡ-Ｚａ-ｚ]*[A-Za-zÀ-ɏＡ-Ｚａ-ｚ][ -~À-ɏＡ-Ｚａ-ｚ]*", term)
    ),
    "single": lambda term: len(term) == 1,
    "stopwords": lambda term: term in _stopwords(),
    "persons": lambda term: term in _named("person", "nr"),
    "places": lambda term: term in _named("place", "ns"),
}


def count(
    docs: pd.DataFrame,
    *,
    by: str | Sequence[str] = ("doc_id",),
    lexicon: pd.DataFrame | None = None,
    drop: str | Iterable[str] = ("punctuation", "space"),
    engine: Engine | None = None,
    duplicates: str = "all",
) -> pd.DataFrame:
    """Count the words of each group of documents.

    Parameters
    ----------
    docs
        A row per document or paragraph: ``text`` and the columns `by`.
    by
        One column of `docs` or several: ``"doc_id"``, ``["province", "year"]``, ``"speaker"`` … A missing
        value is a group of its own.
    lexicon
        Set phrases as `lexicon.read` gives them; each becomes one word where the cut leaves it whole.
    drop
        Which words to leave out: ``"space"`` (white space, control characters), ``"punctuation"`` (neither
        letter nor numeral), ``"numbers"`` (5.2%, 3亿, 二〇二五, 三百五十; not 十四五 or 五四), ``"latin"``,
        ``"single"`` (one sign), ``"stopwords"`` (``toolkit/_data/stopwords.csv``), ``"persons"`` and
        ``"places"`` (what jieba's dictionary tags ``nr`` and ``ns``, put right by hand for the commoner words
        in ``toolkit/_data/plain_words.csv``: 文明, 智慧 and 城市 stay). These two miss the names that the
        dictionary lacks, most officials and townships, and take rarer words that are no names, such as
        赫赫有名 or 和尚. A form of the lexicon always stays, so put into it what must not go. What is left
        out is logged in numbers.
    engine
        Another way to cut, to see whether it matters: a function from a text to its words. Its name then
        stands in ``lexicon`` too, so that the two counts are not mixed; give it one (``def``, no lambda).
    duplicates
        ``"first"`` leaves out later reprints (`clean.first`, which needs ``doc_id``).

    Returns
    -------
    DataFrame
        The columns `by`, ``term`` (categorical), ``n`` (occurrences), ``lexicon`` (categorical:
        `lexicon.key` of the lexicon, ``"none"`` without), sorted by group and term. The order of `docs` and
        the engine that cuts change nothing.

    Raises
    ------
    KeyError, TypeError, ValueError
        If a column is missing, a text is not text, or a name in `drop` or `duplicates` is unknown.

    Examples
    --------
    >>> docs = pd.DataFrame({"province": ["33", "33"], "text": ["建设平安浙江。", "平安浙江"]})
    >>> count(docs, by="province")[["province", "term", "n"]].values.tolist()
    [['33', '平安', 2], ['33', '建设', 1], ['33', '浙江', 2]]
    """
    by = _check.several(by, "by", "column")
    _check.not_empty(by, "by", "name at least one column of docs")
    _check.columns(docs, "text", *by, what="docs")
    if {"term", "n", "lexicon"} & {*by} or len({*by}) < len(by):
        raise ValueError(f"by={by!r} must be columns of different names, none of them term, n or lexicon.")
    drop = _check.several(drop, "drop", "name")
    for name in drop:
        _check.one_of(name, DROPS, "drop")
    if engine is not None and not callable(engine):
        raise TypeError(f"engine={engine!r} must be a function from a text to its words.")
    docs = _same.chosen(docs, duplicates).reset_index(drop=True)
    groups = docs.groupby(by, sort=True, dropna=False)
    codes = groups.ngroup().to_numpy(np.int64)
    names = _first_rows(docs, by, codes)
    held, term, n, terms, total = _tally(docs, codes, lexicon, engine)
    keep = _kept(total, terms, drop, set(_match.forms(lexicon)))
    if not keep.all():
        term = np.where(keep, np.cumsum(keep) - 1, -1).astype(np.int32)[term]
        held = np.add.reduceat(np.append(term >= 0, 0), np.append(0, np.cumsum(held))[:-1]) * (held > 0)
        n = n[term >= 0]
        term = term[term >= 0]
    table = sparse.csr_matrix((n, term, np.append(0, np.cumsum(held))), (len(names), int(keep.sum())))
    del term, n
    table.sum_duplicates()  # in place, and each row in order
    sizes, codes, n = np.diff(table.indptr), table.indices, table.data
    del table  # and each part of it as soon as its column stands
    n = n.astype(np.int64)
    term = pd.Categorical.from_codes(codes, terms[keep])
    del codes
    key = phrases.key(lexicon) + (f" {getattr(engine, '__name__', 'engine')}" if engine else "")
    out = {name: _repeated(names[name], sizes) for name in by} | {"term": term, "n": n}
    out["lexicon"] = pd.Categorical.from_codes(np.zeros(len(n), np.int8), [key])
    return pd.DataFrame(out, copy=False)


def _repeated(values: pd.Series, times: np.ndarray) -> Any:
    """Each value so many times; without an array of places where numpy can do it."""
    plain = isinstance(values.dtype, np.dtype)
    return np.repeat(values.to_numpy(), times) if plain else values.array.repeat(times)


def _first_rows(frame: pd.DataFrame, by: list[str], codes: np.ndarray) -> pd.DataFrame:
    """The values of `by` for each code, in the order of the codes."""
    first = np.zeros(codes.max() + 1 if len(codes) else 0, np.int64)
    first[codes[::-1]] = np.arange(len(codes))[::-1]
    return frame[by].take(first).reset_index(drop=True)


def _tally(
    docs: pd.DataFrame, codes: np.ndarray, lexicon: pd.DataFrame | None, engine: Engine | None
) -> tuple[np.ndarray, np.ndarray, np.ndarray, pd.Index, np.ndarray]:
    """Pairs of each group, term and n of each pair (one perhaps several times), terms, their totals."""
    sizes = _large.lengths(docs["text"])
    if (sizes == 0).any():
        log.info("%d of %d documents have no text and count no words", (sizes == 0).sum(), len(docs))
    words: list[str] = []
    parts = [[np.zeros(0, np.int32)] * 2]
    held, total = np.zeros(codes.max(initial=-1) + 1, np.int64), np.zeros(0, np.int64)
    order = np.argsort(codes, kind="stable")
    for (first, pairs, tokens, *part), words in _cut.pairs(
        docs["text"], lexicon, sizes, order, codes, engine
    ):
        held[first : first + len(pairs)] += pairs
        total = np.pad(total, (0, max(0, len(words) - len(total))))
        total[: len(tokens)] += tokens
        parts.append(part)
    term, n = (np.concatenate([part.pop(0) for part in parts]) for _ in range(2))
    terms, rank = _cut.ordered(words)
    if _large.kernel.cache_info().currsize:
        _large.sort_rows(np.append(0, np.cumsum(held)), rank, term, n)
    else:
        term = rank[term]
    return held, term, n, terms, total[np.argsort(rank)]


def _kept(total: np.ndarray, terms: pd.Index, drop: list[str], forms: set[str]) -> np.ndarray:
    """Which terms stay; what goes is logged in numbers, each word under the first name that fits."""
    keep, listed = np.ones(len(terms), bool), terms.tolist() if drop else []
    said = []
    for name in drop:
        pairs = zip(listed, keep, strict=True)
        fits = (stays and DROPS[name](term) and term not in forms for term, stays in pairs)
        out = np.fromiter(fits, bool, len(terms))
        keep &= ~out
        said.append(f"{name} {total[out].sum():,.0f} ({out.sum():,} terms)")
    log.info("counted %s words of %s terms; left out: %s",
             f"{total[keep].sum():,.0f}", f"{keep.sum():,}", "; ".join(said) or "nothing")  # fmt: skip
    return keep


def matrix(
    counts: pd.DataFrame, *, by: str | Sequence[str] | None = None
) -> tuple[sparse.csr_matrix, pd.DataFrame, pd.Index]:
    """Counts as a sparse matrix of groups × terms.

    Parameters
    ----------
    counts
        Columns `by`, ``term``, ``n``, as `count` gives them.
    by
        The columns whose values are the rows; without it all columns before ``term``. Counts of finer groups
        are added up.

    Returns
    -------
    csr_matrix, DataFrame, Index
        The matrix of integers, its rows (the columns `by`, sorted, a missing value last), its columns (the
        terms, sorted).

    Raises
    ------
    KeyError
        If a column is missing.

    Examples
    --------
    >>> counts = pd.DataFrame({"year": [2020, 2021], "term": ["平安", "建设"], "n": [3, 1]})
    >>> table, groups, terms = matrix(counts)
    >>> table.toarray().tolist(), groups["year"].tolist(), terms.tolist()
    ([[3, 0], [0, 1]], [2020, 2021], ['平安', '建设'])
    """
    _check.columns(counts, "term", "n", what="counts")
    _check.one_lexicon(counts)
    n = counts["n"] if counts["n"].dtype.kind in "iu" else pd.to_numeric(counts["n"], errors="coerce")
    whole = not n.isna().any() and (n.dtype.kind in "iu" or n.mod(1).eq(0).all())
    if not whole or (len(n) and n.min() < 0) or counts["term"].isna().any():
        raise ValueError("counts must hold a term and a whole number n, 0 or more, in every row.")
    by = list(counts.columns[: counts.columns.get_loc("term")]) if by is None else by
    by = _check.several(by, "by", "column")
    _check.not_empty(by, "by", "name the columns whose values are the rows")
    _check.columns(counts, *by, what="counts")
    runs = np.ones(len(counts), bool)  # a row begins a run where a group differs from that of the row before
    runs[1:] = np.any([_differs(counts[name].array) for name in by], axis=0) if len(counts) > 1 else True
    codes = counts.loc[runs, by].groupby(by, sort=True, dropna=False).ngroup().to_numpy(np.int32)
    groups = _first_rows(counts.loc[runs], by, codes)
    term = counts["term"].astype("category").cat
    columns, terms = term.codes.to_numpy(), term.categories
    used = np.zeros(len(terms), bool)
    used[columns] = True
    if not (used.all() and terms.is_monotonic_increasing):
        terms, rank = _cut.ordered(terms[used].tolist())
        place = np.zeros(len(used), np.int32)
        place[used] = rank
        columns = place[columns]
    shape, n = (len(groups), len(terms)), n.to_numpy(np.int64)
    sorted_terms = runs[1:] | (columns[1:] > columns[:-1])
    if np.all(codes[1:] > codes[:-1]) and np.all(sorted_terms):  # as `count` gives it
        rows = np.append(np.flatnonzero(runs), len(counts))
        return sparse.csr_matrix((n, columns, rows), shape), groups, terms.rename("term")
    codes = codes[np.cumsum(runs, dtype=np.int32) - 1]
    table = sparse.coo_matrix((n, (codes, columns)), shape).tocsc().tocsr()
    return table, groups, terms.rename("term")


def _differs(values: Any) -> np.ndarray:
    """Whether each value but the first differs from the one before; a missing one always does."""
    return np.asarray(pd.Series(values[1:] != values[:-1]).fillna(True), bool)

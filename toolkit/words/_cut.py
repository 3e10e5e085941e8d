"""Text → words: one interface over rjieba, jieba and the compiled kernel, the cuts always jieba's."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from itertools import pairwise

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from tqdm.auto import tqdm

from toolkit import _check
from toolkit.lexicon import _jieba
from toolkit.words import _large, _match

_RISKY = re.compile(  # where rjieba 0.2.2 may differ: rare Han, and Latin or digits with a joiner
    "[\u3400-\u4dbf\u9fd6-\u9fff\uf900-\ufaff\ud800-\udfff\U00020000-\U0003ffff]"
    r"|[A-Za-z0-9%.][_#&+\-]|[_#&+\-][A-Za-z0-9%.]|\.[A-Za-z]|[A-Za-z]\.|\.[0-9]+\.|%[A-Za-z0-9.]"
    r"|\.[0-9]+[A-Za-z]"
)
_QUIET = 2_000_000  # characters below which no progress is shown


@cache
def _rjieba() -> Callable[[str], list[str]]:
    import rjieba

    return rjieba.Jieba().cut


def cut_one(text: str) -> list[str]:
    """Cut one text with rjieba, but each block in which the two can differ with jieba itself."""
    fast, words, done = _rjieba(), [], 0
    while risk := _RISKY.search(text, done):
        left, right = _jieba.block(text, *risk.span())
        left = max(left, done)
        words += fast(text[done:left])
        words += _jieba.reference(text[left:right])
        done = right
    words += fast(text[done:])
    return words


def pairs(
    texts: pd.Series,
    lexicon: pd.DataFrame | None,
    sizes: np.ndarray,
    order: np.ndarray,
    groups: np.ndarray,
    engine: Callable[[str], Iterable[str]] | None,
) -> Iterator[tuple[tuple, list[str]]]:
    """Yield what `_numbers.tally` gives and the terms, chunk by chunk in `order`."""
    if engine is None and _large.is_large(int(sizes.sum())):
        groups = groups.astype(np.int32)
        for _, found, terms in _large.words_by_chunk(texts, sizes, order, _match.forms(lexicon), groups):
            yield found, terms
        return
    ids, counts, terms = _numbered(lists(texts.iloc[order], lexicon, engine))
    both, n = np.unique(np.repeat(groups[order], counts) * max(len(terms), 1) + ids, return_counts=True)
    group, term = np.divmod(both, max(len(terms), 1))
    held, total = np.bincount(group), np.bincount(ids, minlength=len(terms))
    yield (0, held, total, term.astype(np.int32), n.astype(np.int32)), terms


def _numbered(several: Iterable[list[str]]) -> tuple[np.ndarray, np.ndarray, list[str]]:
    """Lists of words as numbers, how many each has, and the words that the numbers stand for."""
    number: defaultdict[str, int] = defaultdict()
    number.default_factory = number.__len__
    ids = [np.fromiter(map(number.__getitem__, words), np.int32, len(words)) for words in several]
    counts = np.fromiter(map(len, ids), np.int64, len(ids))
    return np.concatenate([np.zeros(0, np.int32), *ids]), counts, list(number)


def lists(
    texts: pd.Series, lexicon: pd.DataFrame | None, engine: Callable[[str], Iterable[str]] | None
) -> Iterator[list[str]]:
    """The words of each text, cut one by one."""
    finder, cutter = _match.finder(_match.forms(lexicon)), engine or cut_one
    several = _large.as_texts(texts, "text")
    for text in tqdm(several, disable=sum(map(len, several)) < _QUIET):
        words = list(cutter(text))
        if finder and engine and "".join(words) != text:
            raise ValueError("with a lexicon, the words that engine gives must make up the whole text again.")
        yield _match.merge(text, words, finder)


def cut(texts: str | Iterable[str], *, lexicon: pd.DataFrame | None = None) -> list[str] | list[list[str]]:
    """Cut text into words, exactly as ``jieba.cut(text, HMM=True)`` does with its shipped dictionary.

    With a lexicon, each occurrence of a form whose two ends are ends of words becomes one word; where such
    occurrences overlap the longest wins, then the leftmost. What the session adds to jieba
    (``jieba.add_word``) changes nothing here: set phrases belong in a lexicon.

    Parameters
    ----------
    texts
        One text, or several. Missing ones give no words.
    lexicon
        Set phrases as `lexicon.read` gives them.

    Returns
    -------
    list of str, or list of list of str
        The words of the text, or of each text; joined they give the text again.

    Raises
    ------
    TypeError
        If something that is not text is given.

    Examples
    --------
    >>> cut("不断提高质量发展新质生产力")
    ['不断', '提高质量', '发展', '新质', '生产力']
    >>> cut(["发展新质生产力"], lexicon=pd.DataFrame({"term": ["新质生产力"]}))
    [['发展', '新质生产力']]
    """
    several = pd.Series(_check.several(texts, "texts"), dtype=object, name="texts")
    sizes = _large.lengths(several)
    if _large.is_large(int(sizes.sum())):
        found = []
        order = np.arange(len(several))
        for _, (ids, counts), terms in _large.words_by_chunk(several, sizes, order, _match.forms(lexicon)):
            words = list(map(terms.__getitem__, ids.tolist()))
            found += [words[a:b] for a, b in pairwise([0, *np.cumsum(counts).tolist()])]
    else:
        found = list(lists(several, lexicon, None))
    return found[0] if isinstance(texts, str) else found


def tokens(docs: pd.DataFrame, *, lexicon: pd.DataFrame | None = None) -> pd.DataFrame:
    r"""Every word in its place, spaces and punctuation too.

    Parameters
    ----------
    docs
        A row per document (or paragraph, with the column ``paragraph``): ``doc_id``, ``text``.
    lexicon
        Set phrases that become one word each, as in `cut`.

    Returns
    -------
    DataFrame
        ``doc_id``, ``paragraph`` (as given; else the line of the text, from 1), ``start`` (characters from
        the start of the row's text), ``term`` (categorical), in the order of `docs` and of the text.

    Raises
    ------
    KeyError, TypeError
        If a column is missing, or a text is not text.

    Examples
    --------
    >>> docs = pd.DataFrame({"doc_id": ["a"], "text": ["建设平安\n中国"]})
    >>> tokens(docs)[["paragraph", "start", "term"]].values.tolist()
    [[1, 0, '建设'], [1, 2, '平安'], [1, 4, '\n'], [2, 5, '中国']]
    """
    _check.columns(docs, "doc_id", "text", what="docs")
    texts, order, parts = docs["text"], np.arange(len(docs)), []
    sizes = _large.lengths(texts)
    if _large.is_large(int(sizes.sum())):
        chunks = _large.words_by_chunk(texts, sizes, order, _match.forms(lexicon))
    else:
        *found, words = _numbered(lists(texts, lexicon, None))
        chunks = iter([(order, found, words)])
    for rows, (ids, counts), words in chunks:
        length = np.fromiter(map(len, words), np.int64, len(words))[ids]
        before = np.repeat(np.cumsum(sizes[rows]) - sizes[rows], counts)
        parts.append((np.repeat(rows, counts), np.cumsum(length) - length - before, ids))
    row, start, ids = (np.concatenate(part) for part in zip(*parts, strict=True))
    terms, rank = ordered(words)
    line = docs["doc_id"].iloc[row].reset_index(drop=True).to_frame()
    if "paragraph" in docs:
        line["paragraph"] = docs["paragraph"].iloc[row].array
    else:
        feed = np.isin(ids, [at for at, word in enumerate(words) if word in ("\n", "\r\n")])
        line["paragraph"] = pd.Series(feed).groupby(row).cumsum().to_numpy(np.int64) - feed + 1
    return line.assign(start=start, term=pd.Categorical.from_codes(rank[ids], terms))


def matches(texts: pd.Series, forms: tuple[str, ...]) -> np.ndarray:
    """Every raw match of a form: row, start, end, form, owner (a row of this array, or see `_match`)."""
    sizes, parts, base = _large.lengths(texts), [np.empty((0, 5), np.int64)], 0
    if _large.is_large(int(sizes.sum())):
        found = _large.matches_by_chunk(texts, sizes, forms)
    else:
        found = _matches_one_by_one(texts, _match.finder(forms), int(sizes.sum()))
    for part in found:
        owned = part[:, 4] >= 0
        part[owned, 4] += base
        base += len(part)
        parts.append(part)
    return np.concatenate(parts)


def _matches_one_by_one(texts: pd.Series, finder, size: int) -> Iterator[np.ndarray]:  # type: ignore[no-untyped-def]
    for row, text in enumerate(tqdm(_large.as_texts(texts, "text"), disable=size < _QUIET)):
        if next(finder.iter(text), None) is not None:
            found = _match.occurrences(text, cut_one(text), finder)
            yield np.column_stack([np.full(len(found[0]), row), *found])


def ordered(words: list[str]) -> tuple[pd.Index, np.ndarray]:
    """The words sorted by code point, and the place of each of `words` among them."""
    rank = np.empty(len(words), np.int32)
    try:
        column = pa.array(words, pa.large_string())
    except UnicodeEncodeError:  # a lone surrogate, which Arrow does not hold
        order = sorted(range(len(words)), key=words.__getitem__)
        terms = pd.Index([words[at] for at in order], dtype=object)
    else:
        order = pc.sort_indices(column).to_numpy()
        terms = pd.Index(pd.StringDtype(na_value=np.nan).__from_arrow__(column.take(order)))
    rank[order] = np.arange(len(words), dtype=np.int32)
    return terms, rank

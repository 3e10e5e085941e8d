"""Text → words: one interface over rjieba, jieba and the compiled kernel, the cuts always jieba's."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache
from itertools import accumulate

import numpy as np
import pandas as pd
from tqdm.auto import tqdm

from toolkit import _check
from toolkit import lexicon as phrases
from toolkit.words import _match

BLOCK = "\u4e00-\u9fd5a-zA-Z0-9+#&._%-"  # what jieba takes together; any other character stands alone
RISKY = re.compile(  # where rjieba 0.2.2 may differ: rare Han, and Latin or digits with a joiner
    "[\u3400-\u4dbf\u9fd6-\u9fff\uf900-\ufaff\ud800-\udfff\U00020000-\U0003ffff]"
    r"|[A-Za-z0-9%.][_#&+\-]|[_#&+\-][A-Za-z0-9%.]|\.[A-Za-z]|[A-Za-z]\.|\.\d+\.|%[A-Za-z0-9.]|\.\d+[A-Za-z]"
)
_IN_BLOCK = re.compile(f"[{BLOCK}]")


@cache
def _rjieba() -> Callable[[str], list[str]]:
    import rjieba

    return rjieba.Jieba().cut


def cut_one(text: str) -> list[str]:
    """Cut one text: rjieba, but jieba itself for each block in which the two can differ."""
    fast, words, done = _rjieba(), [], 0
    for risk in RISKY.finditer(text):
        if risk.start() < done:
            continue
        left = risk.start()
        while left > done and _IN_BLOCK.match(text, left - 1):
            left -= 1
        right = risk.end()
        while right < len(text) and _IN_BLOCK.match(text, right):
            right += 1
        words += fast(text[done:left])
        words += phrases.reference(text[left:right])
        done = right
    words += fast(text[done:])
    return words


def as_texts(texts: Iterable[object], what: str = "texts") -> list[str]:
    """The texts as a list; a missing one is empty, anything else but text is an error."""
    found = []
    for position, text in enumerate(texts):
        if not isinstance(text, str):
            if not pd.isna(text):
                raise TypeError(
                    f"{what} must be text; number {position} is {type(text).__name__} ({text!r:.60})."
                )
            text = ""
        found.append(text)
    return found


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
    single = isinstance(texts, str)
    several = as_texts([texts] if single else texts)
    finder = _match.finder(lexicon)
    found = [_match.merge(text, cut_one(text), finder) for text in tqdm(several, disable=_quiet(several))]
    return found[0] if single else found


def _quiet(texts: list[str]) -> bool:
    """Whether the work is too short for a progress bar."""
    return sum(map(len, texts)) < 2_000_000


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
    words = cut(as_texts(docs["text"], "docs['text']"), lexicon=lexicon)
    counts = np.fromiter(map(len, words), np.int64, len(words))
    starts = [at for one in words for at in accumulate(map(len, one[:-1]), initial=0) if one]
    out = pd.DataFrame({"doc_id": docs["doc_id"].repeat(counts).array})
    flat = pd.Series([word for one in words for word in one], dtype="str")
    if "paragraph" in docs:
        out["paragraph"] = docs["paragraph"].repeat(counts).array
    else:
        lines = flat.eq("\n").groupby(np.repeat(np.arange(len(docs)), counts)).cumsum()
        out["paragraph"] = lines.to_numpy(np.int64) + 1 - flat.eq("\n").to_numpy(np.int64)
    out["start"] = np.array(starts, np.int64)
    out["term"] = flat.astype("category")
    return out

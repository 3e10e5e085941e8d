"""Where does each set phrase (提法) stand, whole, and within which longer one?"""

from __future__ import annotations

import logging

import numpy as np
import pandas as pd

from toolkit import _check
from toolkit import lexicon as phrases
from toolkit.clean import _same
from toolkit.lexicon import _jieba
from toolkit.words import _cut, _match

log = logging.getLogger(__name__)


def track(
    docs: pd.DataFrame, *, lexicon: pd.DataFrame | None = None, duplicates: str = "all"
) -> pd.DataFrame:
    """Find every occurrence of every set phrase that the cut leaves whole.

    An occurrence counts where both its ends are ends of words (提高质量发展 holds no 高质量发展). Those with
    an empty ``nested_in`` are the words that `words.count` counts with the same lexicon; the others stand
    within a longer phrase (枫桥经验 in 新时代“枫桥经验”).

    Parameters
    ----------
    docs
        A row per document or paragraph: ``doc_id``, ``text``.
    lexicon
        As `lexicon.read` gives it; without it the shipped one.
    duplicates
        ``"first"`` leaves out later reprints (`clean.first`).

    Returns
    -------
    DataFrame
        A row per occurrence: ``doc_id``, ``paragraph`` (if `docs` has it), ``term`` (the form that stands in
        the text), ``canonical``, ``start``, ``end`` (characters from the start of the row's text),
        ``nested_in`` (the longer form around it, or missing); sorted by document and place. What was refused
        is logged in numbers, and listed by `refused`.

    Raises
    ------
    KeyError, TypeError, ValueError
        If a column is missing, a text is not text, or `duplicates` is unknown.

    Examples
    --------
    >>> docs = pd.DataFrame({"doc_id": ["a"], "text": ["发展新质生产力，提高质量发展"]})
    >>> mine = pd.DataFrame({"term": ["新质生产力", "高质量发展"]})
    >>> track(docs, lexicon=mine)[["term", "start", "end"]].values.tolist()
    [['新质生产力', 2, 7]]
    """
    _check.columns(docs, "doc_id", "text", what="docs")
    found = _find(_same.chosen(docs, duplicates), phrases.read() if lexicon is None else lexicon)
    good = found["owner"].ge(0)
    log.info(
        "%d occurrences stand whole, %d of them within a longer one; %d refused by the cut, %d overlapped",
        good.sum(), found["nested_in"][good].notna().sum(), found["owner"].eq(_match.REFUSED).sum(),
        found["owner"].eq(_match.OVERLAPPED).sum(),
    )  # fmt: skip
    return found[good].drop(columns=["owner", "row"]).reset_index(drop=True)


def refused(docs: pd.DataFrame, *, lexicon: pd.DataFrame | None = None) -> pd.DataFrame:
    """List the occurrences that `track` leaves out, with the cut that refuses them.

    Parameters
    ----------
    docs, lexicon
        As for `track`.

    Returns
    -------
    DataFrame
        As `track` gives them, but in place of ``nested_in``: ``cut`` (the words from end to end, parted by
        ``/``) and ``why`` (which word an end falls into and whether jieba's dictionary has that word or its
        hidden Markov model guessed it; or that another form takes a part of it).

    Raises
    ------
    KeyError, TypeError
        If a column is missing, or a text is not text.

    Examples
    --------
    >>> docs = pd.DataFrame({"doc_id": ["a"], "text": ["发展新质生产力，提高质量发展"]})
    >>> mine = pd.DataFrame({"term": ["高质量发展"]})
    >>> refused(docs, lexicon=mine)[["term", "start", "cut"]].values.tolist()
    [['高质量发展', 9, '提高质量/发展']]
    """
    found = _find(docs, phrases.read() if lexicon is None else lexicon)
    out = found[found["owner"].lt(0)].reset_index(drop=True)
    texts = docs["text"].iloc[out["row"]]
    places = zip(texts, out["start"], out["end"], strict=True)
    shown = [_jieba.around(text, start, end) for text, start, end in places]
    out["cut"] = pd.Series([cut for cut, _ in shown], dtype="str")
    overlapped = out["owner"].eq(_match.OVERLAPPED)
    why = pd.Series([why for _, why in shown], dtype="str")
    out["why"] = why.mask(overlapped, "another form takes a part")
    return out.drop(columns=["owner", "row", "nested_in"])


def _find(docs: pd.DataFrame, lexicon: pd.DataFrame) -> pd.DataFrame:
    """All raw matches with their owners (see `_match.settle`), sorted by document and place."""
    _check.columns(docs, "doc_id", "text", what="docs")
    forms = phrases.surfaces(lexicon)
    _check.not_empty(forms, "lexicon", "give at least one term")
    row, start, end, number, owner = _cut.matches(docs["text"], tuple(forms["surface"].tolist())).T
    names = ["doc_id", "paragraph"] if "paragraph" in docs else ["doc_id"]
    docs = docs[names].reset_index(drop=True)
    rank = docs.groupby(names, sort=True, dropna=False).ngroup().to_numpy()
    order = np.lexsort((-end, start, row, rank[row]))
    nested = (owner >= 0) & (owner != np.arange(len(owner)))
    outer = np.where(nested, number[np.where(nested, owner, 0)] if len(owner) else 0, -1)
    out = docs.iloc[row[order]].reset_index(drop=True)
    out["term"] = forms["surface"].array.take(number[order])
    out["canonical"] = forms["canonical"].array.take(number[order])
    out["start"], out["end"] = start[order], end[order]
    out["nested_in"] = forms["surface"].array.take(outer[order], allow_fill=True)
    return out.assign(owner=owner[order], row=row[order])

"""Where does each set phrase (提法) stand, whole, and within which longer one?"""

from __future__ import annotations

import logging

import numpy as np
import pandas as pd
from tqdm.auto import tqdm

from toolkit import _check
from toolkit import lexicon as phrases
from toolkit.words import _cut, _match

log = logging.getLogger(__name__)


def track(docs: pd.DataFrame, *, lexicon: pd.DataFrame | None = None) -> pd.DataFrame:
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

    Returns
    -------
    DataFrame
        A row per occurrence: ``doc_id``, ``paragraph`` (if `docs` has it), ``term`` (the form that stands in
        the text), ``canonical``, ``start``, ``end`` (characters from the start of the row's text),
        ``nested_in`` (the longer form around it, or missing); sorted by document and place. What was refused
        is logged in numbers, and listed by `refused`.

    Raises
    ------
    KeyError, TypeError
        If a column is missing, or a text is not text.

    Examples
    --------
    >>> docs = pd.DataFrame({"doc_id": ["a"], "text": ["发展新质生产力，提高质量发展"]})
    >>> mine = pd.DataFrame({"term": ["新质生产力", "高质量发展"]})
    >>> track(docs, lexicon=mine)[["term", "start", "end"]].values.tolist()
    [['新质生产力', 2, 7]]
    """
    found = _find(docs, phrases.read() if lexicon is None else lexicon)
    good = found["owner"].ge(0)
    log.info(
        "%d occurrences stand whole, %d of them within a longer one; %d refused by the cut, %d overlapped",
        good.sum(), found["nested_in"][good].notna().sum(), found["owner"].eq(_match.REFUSED).sum(),
        found["owner"].eq(_match.OVERLAPPED).sum(),
    )  # fmt: skip
    return found[good].drop(columns="owner").reset_index(drop=True)


def _find(docs: pd.DataFrame, lexicon: pd.DataFrame) -> pd.DataFrame:
    """All raw matches with their owners (see `_match.settle`), sorted by document and place."""
    _check.columns(docs, "doc_id", "text", what="docs")
    forms = phrases.surfaces(lexicon)
    _check.not_empty(forms, "lexicon", "give at least one term")
    finder = _match.finder(lexicon)
    texts = _cut.as_texts(docs["text"], "docs['text']")
    parts: list[tuple[int, int, int, int, int]] = []
    for at, text in enumerate(tqdm(texts, disable=_cut._quiet(texts))):
        if next(finder.iter(text), None) is None:
            continue
        found = _match.occurrences(text, _cut.cut_one(text), finder)
        base = len(parts)
        parts += ((at, start, end, number, owner if owner < 0 else owner + base)
                  for start, end, number, owner in zip(*found, strict=True))  # fmt: skip
    row, start, end, number, owner = np.array(parts, np.int64).reshape(-1, 5).T
    names = ["doc_id", "paragraph"] if "paragraph" in docs else ["doc_id"]
    out = docs[names].iloc[row].reset_index(drop=True)
    for column, source in (("term", "surface"), ("canonical", "canonical")):
        out[column] = forms[source].take(number).array
    out["start"], out["end"], out["owner"] = start, end, owner
    nested = (owner >= 0) & (owner != np.arange(len(owner)))
    outer = forms["surface"].take(number[np.where(nested, owner, 0)]) if len(owner) else out["term"]
    out["nested_in"] = pd.Series(outer.array, dtype="str").where(nested)
    order = out.assign(_size=start - end).sort_values([*names, "start", "_size"], kind="stable").index
    return out.loc[order].reset_index(drop=True)

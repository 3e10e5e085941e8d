"""What another lexicon or another engine changes in the counts."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd

from toolkit import _check
from toolkit.words._count import count  # noqa: F401  (the example uses it)


def compare(
    counts: pd.DataFrame,
    *,
    other: pd.DataFrame,
    estimate: Callable[[pd.DataFrame], float | pd.Series] | None = None,
    n: int = 20,
) -> pd.DataFrame:
    """Set two counts of the same documents side by side: does the way of cutting matter?

    Parameters
    ----------
    counts, other
        Counts of the same documents with another lexicon or engine, as `count` gives them (``term``, ``n``).
    estimate
        What you want to know, as a function of counts: a number, or a Series of numbers.
    n
        How many terms to list.

    Returns
    -------
    DataFrame
        ``what``, ``name``, ``here``, ``there``, ``change`` (there − here). First ``total``: the words, the
        different terms, and the share of words that stand in both (the smaller n of each term, over the words
        of each). Then ``estimate``, if asked for. Then ``term``: the `n` terms whose number changes most.

    Raises
    ------
    KeyError
        If a column is missing.

    Examples
    --------
    >>> docs = pd.DataFrame({"doc_id": ["a"], "text": ["发展新质生产力"]})
    >>> plain = count(docs)
    >>> whole = count(docs, lexicon=pd.DataFrame({"term": ["新质生产力"]}))
    >>> compare(plain, other=whole, n=2)[["what", "name", "here", "there"]].values.tolist()
    [['total', 'words', 3.0, 2.0], ['total', 'terms', 3.0, 2.0], ['total', 'shared', 0.333..., 0.5],
     ['term', '新质', 1.0, 0.0], ['term', '新质生产力', 0.0, 1.0]]
    """
    for frame, what in ((counts, "counts"), (other, "other")):
        _check.columns(frame, "term", "n", what=what)
    sums = [frame.groupby(frame["term"].astype(object))["n"].sum() for frame in (counts, other)]
    both = pd.concat(sums, axis=1, keys=["here", "there"]).fillna(0.0)
    words, shared = both.sum(), both.min(axis=1).sum()
    rows = {
        ("total", "words"): words,
        ("total", "terms"): both.gt(0).sum().astype(float),
        ("total", "shared"): shared / words.where(words.gt(0), np.nan),
    }
    parts = [pd.DataFrame(rows).T]
    if estimate is not None:
        given = [pd.Series(estimate(frame), dtype=float) for frame in (counts, other)]
        parts.append(_keyed(given))
    change = both["there"].sub(both["here"]).abs()
    most = change[change.gt(0)].sort_index().sort_values(ascending=False, kind="stable").index[:n]
    parts.append(pd.concat({"term": both.loc[most]}))
    out = pd.concat(parts).rename_axis(["what", "name"]).reset_index()
    return out.assign(change=out["there"] - out["here"])


def _keyed(given: list[pd.Series]) -> pd.DataFrame:
    """Two series of estimates as rows named ``estimate``."""
    both = pd.concat(given, axis=1, keys=["here", "there"])
    names = [" ".join(map(str, one)) if isinstance(one, tuple) else str(one) for one in both.index]
    both.index = pd.MultiIndex.from_product([["estimate"], names])
    return both

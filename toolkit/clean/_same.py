"""Which texts are the same, and which of them is the first?"""

from __future__ import annotations

import logging

import numpy as np
import pandas as pd
from scipy import sparse

from toolkit import _check

log = logging.getLogger(__name__)


def _shingles(text: str, k: int) -> np.ndarray:
    """Hashes of the runs of `k` characters of a text, each once; marks and blanks do not count."""
    points = np.frombuffer("".join(filter(str.isalnum, text)).encode("utf-32-le"), dtype=np.uint32)
    if len(points) < k:
        return np.empty(0, np.uint64)
    runs = np.lib.stride_tricks.sliding_window_view(points.astype(np.uint64), k)
    weights = np.uint64(0x9E3779B97F4A7C15) ** np.arange(1, k + 1, dtype=np.uint64)
    mixed = (runs * weights).sum(axis=1, dtype=np.uint64)
    return np.unique(mixed ^ (mixed >> np.uint64(29)))


def duplicates(docs: pd.DataFrame, *, least: float = 0.5, k: int = 8, common: int = 200) -> pd.DataFrame:
    """Which documents reprint which: pairs that share much of their text; nothing is deleted.

    Parameters
    ----------
    docs
        Documents: ``doc_id``, ``text`` and, where there is one, ``date``.
    least
        The least share of the shorter document's runs that stand in the longer one as well.
    k
        Length of a run in characters, marks and blanks aside; a changed headline or byline costs few of them.
    common
        Runs that more documents than this share are set phrases and do not make a pair (they do count in it).
        Of more copies of the very same text each makes a pair with the first alone.

    Returns
    -------
    DataFrame
        ``source_id`` (the first: the earlier by ``date``, then by ``doc_id``; what has no date comes last),
        ``target_id``, ``overlap`` (Jaccard), ``contained`` (share of the shorter document), ``covered``
        (share of the target), most alike first.

    Raises
    ------
    KeyError
        If a column is missing.
    ValueError
        If `least` is not above 0.

    References
    ----------
    Broder, A. (1997). On the resemblance and containment of documents. *Compression and Complexity of
    Sequences*, 21-29.

    Examples
    --------
    >>> text = "会议强调，要统筹发展和安全，坚决维护社会大局稳定。"
    >>> docs = pd.DataFrame({"doc_id": ["a", "b"], "text": [text, "本报讯 " + text]})
    >>> duplicates(docs)[["source_id", "target_id", "contained"]].values.tolist()
    [['a', 'b', 1.0]]
    """
    _check.columns(docs, "doc_id", "text", what="docs")
    _check.at_least(least, 1e-9, "least")
    held = docs.reset_index(drop=True)
    sets = [_shingles("" if pd.isna(text) else str(text), k) for text in held["text"]]
    sizes = np.array([len(one) for one in sets])
    names = ["source_id", "target_id", "overlap", "contained", "covered"]
    if not sizes.sum():
        return pd.DataFrame(columns=names)
    runs, column = np.unique(np.concatenate(sets), return_inverse=True)
    rows = np.repeat(np.arange(len(sets)), sizes)
    whole = sparse.csr_matrix((np.ones(len(rows), np.int32), (rows, column)), shape=(len(sets), len(runs)))
    times = np.bincount(column)
    telling = whole[:, (times > 1) & (times <= common)]
    pairs = sparse.triu(telling @ telling.T, 1).tocoo()
    kept = pairs.data >= least * np.minimum(sizes[pairs.row], sizes[pairs.col]) / 4
    dates = held["date"].astype("string").fillna("9") if "date" in held else pd.Series("9", index=held.index)
    ids = held["doc_id"].to_numpy()
    order = np.lexsort((ids.astype(str), dates.to_numpy(dtype=str)))
    place = np.argsort(order)
    copies: dict[bytes, list[int]] = {}  # of so many copies of a text no run is telling
    for i in order.tolist():
        copies.setdefault(sets[i].tobytes(), []).append(i)
    many = [same for text, same in copies.items() if text and len(same) > common]
    one = np.r_[pairs.row[kept], [same[0] for same in many for _ in same[1:]]].astype(int)
    two = np.r_[pairs.col[kept], [other for same in many for other in same[1:]]].astype(int)
    shared = np.array([len(np.intersect1d(sets[i], sets[j], True)) for i, j in zip(one, two, strict=True)])
    contained = shared / np.minimum(sizes[one], sizes[two])
    overlap = shared / (sizes[one] + sizes[two] - shared)
    late = place[one] > place[two]
    source, target = np.where(late, two, one), np.where(late, one, two)
    covered = shared / sizes[target]
    out = pd.DataFrame(dict(zip(names, (ids[source], ids[target], overlap, contained, covered), strict=True)))
    by, down = ["contained", "overlap", "source_id", "target_id"], [False, False, True, True]
    return out[out["contained"] >= least].sort_values(by, ascending=down, ignore_index=True)


def first(docs: pd.DataFrame, *, pairs: pd.DataFrame | None = None, least: float = 0.5) -> pd.DataFrame:
    """Keep the first of each text: leave out every document that stands mostly in one earlier document.

    Every measure that reads documents takes ``duplicates="first"`` and then reads what this gives; with
    ``duplicates="all"`` it reads them all. A longer text that takes up a short earlier one stays, since most
    of it is new.

    Parameters
    ----------
    docs
        A row per document or paragraph: ``doc_id``, ``text`` and, where there is one, ``date``.
    pairs
        As `duplicates` gives them; without it they are worked out.
    least
        The share of a document's runs that must stand in an earlier one for it to be left out.

    Returns
    -------
    DataFrame
        The rows of `docs` that stay, as they are. How many are left out is logged.

    Raises
    ------
    KeyError
        If a column is missing.
    ValueError
        If `least` is not above 0.

    Examples
    --------
    >>> docs = pd.DataFrame({"doc_id": ["a", "b"], "date": ["2019-02-20", "2019-02-19"]})
    >>> docs["text"] = "会议强调，要统筹发展和安全。"
    >>> first(docs)["doc_id"].tolist()
    ['b']
    """
    _check.columns(docs, "doc_id", "text", what="docs")
    _check.at_least(least, 1e-9, "least")
    if pairs is None:
        whole = {"text": "\n".join} | ({"date": "first"} if "date" in docs else {})
        held = docs.dropna(subset="text")
        parted = held["doc_id"].duplicated().any()
        pairs = duplicates(held.groupby("doc_id", as_index=False).agg(whole) if parted else held, least=least)
    _check.columns(pairs, "target_id", "covered", what="pairs")
    kept = ~docs["doc_id"].isin(pairs.loc[pairs["covered"] >= least, "target_id"])
    log.info(
        "duplicates: %d of %d documents stand mostly in an earlier one and are left out",
        docs.loc[~kept, "doc_id"].nunique(), docs["doc_id"].nunique(),
    )  # fmt: skip
    return docs[kept]


DUPLICATES = {"all": lambda docs: docs, "first": first}


def chosen(docs: pd.DataFrame, duplicates: str) -> pd.DataFrame:
    """The documents that a measure reads: all, or the first of each text."""
    return DUPLICATES[_check.one_of(duplicates, DUPLICATES, "duplicates")](docs)

"""What a topic means: its words, the documents that show it best, its provinces and years."""

from __future__ import annotations

import logging
from types import SimpleNamespace

import numpy as np
import pandas as pd

from toolkit import _check
from toolkit.topics import _engines, _fit

log = logging.getLogger(__name__)


def labels(model: SimpleNamespace, *, n: int = 10, lexicon: pd.DataFrame | None = None) -> pd.DataFrame:
    """Name each topic by its words, in four ways.

    Parameters
    ----------
    model
        What `fit` returned.
    n
        How many words each way.
    lexicon
        Set phrases, as `lexicon.read` gives them: also name the first `n` of each topic by FREX.

    Returns
    -------
    DataFrame
        A row per topic: ``topic``, ``share`` (its share of all words), and `n` words each, parted by spaces:
        ``prob``, ``frex``, ``lift``, ``score``; ``formulations`` if a lexicon is given.

    Notes
    -----
    With β the probability of word v in topic k, of K topics, and f its share of all words of the documents:

    * ``prob``: β.
    * ``frex`` (frequent and exclusive): 1 / (0.5 / F + 0.5 / E), the harmonic mean of two ranks among the
      words of the topic, from 0 to 1: F of β, E of β / Σₖ β. The latter is first pulled to 1 / K, the more
      the rarer the word is (James and Stein's estimator): one occurrence is no exclusiveness.
    * ``lift``: β / f.
    * ``score``: β (log β − Σₖ log β / K), as ``top.topic.words`` of R's lda.

    These are what ``labelTopics`` of R's stm gives; `choose_k` has FREX with 0.7 for E, as its
    ``exclusivity``.

    References
    ----------
    Bischof, J. and Airoldi, E. (2012). Summarizing topical content with word frequency and exclusivity.
    ICML (FREX). Roberts, M. E., Stewart, B. M. and Tingley, D. (2019). stm: An R package for structural
    topic models. Journal of Statistical Software 91(2). Hausser, J. and Strimmer, K. (2009). Entropy
    inference and the James-Stein estimator. JMLR 10, 1469–1484, eq. 4 and 5. Taddy, M. (2012). On estimation
    and selection for topic models. AISTATS (lift). Chang, J. (2015). lda: Collapsed Gibbs sampling methods
    for topic models (score).

    Examples
    --------
    >>> from toolkit import topics
    >>> counts = pd.DataFrame({"doc_id": list("aabb"), "term": ["平安", "治安", "小麦", "粮食"], "n": 9})
    >>> sorted(labels(topics.fit(counts, k=2), n=1)["lift"].str.len().tolist())
    [2, 2]
    """
    _fit.fitted(model)
    _check.whole(n, 1, "n")
    total = np.asarray(model.table.sum(axis=0)).ravel()
    found = _engines.label_words(model.beta, model.terms, total, len(model.terms))
    weight = np.asarray(model.table.sum(axis=1)).ravel() @ model.theta
    out = pd.DataFrame({"topic": np.arange(1, model.k + 1), "share": weight / weight.sum()})
    for measure in ("prob", "frex", "lift", "score"):
        out[measure] = [" ".join(word for word, _ in one[measure][:n]) for one in found]
    if lexicon is not None:
        _check.columns(lexicon, "term", what="lexicon")
        known = set(lexicon["term"])
        inside = [[word for word, _ in one["frex"] if word in known][:n] for one in found]
        out["formulations"] = [" ".join(some) for some in inside]
    return out


def examples(model: SimpleNamespace, *, n: int = 3, texts: pd.DataFrame | None = None) -> pd.DataFrame:
    """Give the documents (paragraphs) that show each topic best.

    Parameters
    ----------
    model
        What `fit` returned.
    n
        How many for each topic.
    texts
        The texts: columns that name a document as the counts did (``doc_id``, ``paragraph``), and ``text``.

    Returns
    -------
    DataFrame
        ``topic``, ``rank``, the columns of the document, ``share``, and ``text`` if `texts` were given
        (NA where they lack the document).

    Raises
    ------
    KeyError, ValueError
        If `texts` has no column ``text``, none that names a document, or several texts of one document.

    Examples
    --------
    >>> from toolkit import topics
    >>> counts = pd.DataFrame({"doc_id": list("aabb"), "term": ["平安", "治安", "小麦", "粮食"], "n": 9})
    >>> sorted(examples(topics.fit(counts, k=2), n=1)["doc_id"])
    ['a', 'b']
    """
    _check.whole(n, 1, "n")
    shares = _fit.shares(model).sort_values(["topic", "share"], ascending=[True, False], kind="stable")
    out = shares.groupby("topic").head(n).reset_index(drop=True)
    out["rank"] = out.groupby("topic").cumcount() + 1
    if texts is not None:
        out["text"] = texts_of(out[list(model.documents.columns)], texts)
    first = ["topic", "rank"]
    return out[first + [name for name in out.columns if name not in first]]


def texts_of(documents: pd.DataFrame, texts: pd.DataFrame) -> pd.Series:
    """The text of each document; NA where `texts` lacks it."""
    _check.columns(texts, "text", what="texts")
    keys = [name for name in documents.columns if name in texts.columns]
    _check.not_empty(keys, "the columns that texts and counts share", "give texts a column doc_id")
    texts = texts[[*keys, "text"]].astype(dict.fromkeys(keys, "string")).drop_duplicates()
    if texts.duplicated(keys).any():
        raise ValueError(f"texts has several texts of one {' and '.join(keys)}; give one for each document.")
    found = documents[keys].astype("string").merge(texts, how="left", on=keys)["text"]
    if found.isna().any():
        log.warning("texts has none for %d of the %d documents shown", found.isna().sum(), len(found))
    return found


def mix(model: SimpleNamespace, *, by: str) -> pd.DataFrame:
    """Say of whose words a topic consists: its share in each province or year, and theirs in it.

    Parameters
    ----------
    model
        What `fit` returned.
    by
        A column of the documents: ``"province"``, ``"year"``.

    Returns
    -------
    DataFrame
        ``topic``, the column `by`, ``share`` (of the words that documents with this value have; mean weighted
        by length), ``part`` (of the topic's words that stand in them; sums to one over `by`), ``docs``.

    Raises
    ------
    KeyError
        If the documents have no such column.

    Examples
    --------
    >>> from toolkit import topics
    >>> counts = pd.DataFrame({"year": [2025, 2025, 2026, 2026], "term": list("甲乙丙丁"), "n": 9})
    >>> mix(topics.fit(counts, k=2), by="year").groupby("topic")["part"].sum().round(6).tolist()
    [1.0, 1.0]
    """
    _fit.fitted(model)
    _check.columns(model.documents, by, what="the model's documents")
    words = np.asarray(model.table.sum(axis=1)).ravel()
    frame = pd.DataFrame(model.theta * words[:, None], columns=range(1, model.k + 1))
    amount = frame.groupby(model.documents[by], dropna=False).sum().rename_axis(columns="topic")
    docs = model.documents[by].value_counts(dropna=False).reindex(amount.index).to_numpy()
    out = amount.stack().rename("amount").reset_index()
    out["share"] = out["amount"] / out.groupby(by, dropna=False)["amount"].transform("sum")
    out["part"] = out["amount"] / out.groupby("topic")["amount"].transform("sum")
    out["docs"] = np.repeat(docs, model.k)
    out = out.sort_values(["topic", by], ignore_index=True)
    return out[["topic", by, "share", "part", "docs"]]

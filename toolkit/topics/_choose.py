"""How many topics can be trusted, and which come back?"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
from scipy import sparse
from scipy.optimize import linear_sum_assignment
from tqdm.auto import tqdm

from toolkit import _check
from toolkit.topics import _design, _engines, _fit

log = logging.getLogger(__name__)

STABLE = 0.7  # cosine from which a topic counts as the same again
STEPS = 40  # of the fits to new samples


def choose_k(
    counts: pd.DataFrame,
    *,
    ks: Sequence[int] = (10, 15, 20, 25, 30, 40),
    method: str = "lda",
    seeds: Sequence[int] = (1, 2, 3),
    **options: Any,
) -> pd.DataFrame:
    """Measure models of several numbers of topics, over several seeds.

    Each seed holds out half the words of a tenth of the documents (document completion). No measure names
    the right number: ``in_range`` marks the numbers that are within two standard errors of the best on
    held-out likelihood and not worse than the median on both coherences; read the spread.

    Parameters
    ----------
    counts
        As in `fit`.
    ks
        Numbers of topics to try.
    method, options
        As in `fit`, with its options.
    seeds
        A fit for each.

    Returns
    -------
    DataFrame
        A row per number, seed and measure: ``k``, ``seed``, ``measure``, ``value``, ``in_range``. Measures:
        ``npmi`` and ``c_v`` (coherence of the ten first words within documents, mean of the topics),
        ``exclusivity`` (FREX of the ten first words, see `labels`, summed: 0 to 10), ``heldout``
        (log-likelihood per held-out word), ``residual`` (dispersion of residuals: far above 1, too few
        topics).

    Raises
    ------
    ValueError
        As `fit`, or if there is nothing to try.

    References
    ----------
    Wallach, H. et al. (2009). Evaluation methods for topic models. ICML. Röder, M., Both, A. and Hinneburg,
    A. (2015). Exploring the space of topic coherence measures. WSDM. Taddy, M. (2012). On estimation and
    selection for topic models. AISTATS.

    Examples
    --------
    >>> counts = pd.DataFrame({"doc_id": range(40), "term": ["平安", "治安", "小麦", "粮食"] * 10, "n": 9})
    >>> sorted(choose_k(counts, ks=[2, 3], seeds=[1])["measure"].unique())
    ['c_v', 'exclusivity', 'heldout', 'npmi', 'residual']
    """
    ks, seeds = _check.several(ks, "ks", "whole number"), _check.several(seeds, "seeds", "whole number")
    _check.not_empty(ks, "ks", "give numbers of topics, such as [10, 20, 30]")
    _check.not_empty(seeds, "seeds", "give some, such as [1, 2, 3]")
    if "seed" in options:
        raise TypeError("choose_k fits with several seeds; give seeds=[1, 2, 3] in place of seed.")
    found = []
    for seed, k in tqdm([(seed, k) for seed in seeds for k in ks], "choose_k", delay=1):
        _check.whole(seed, 0, "seed")
        kept, gone = _hold_out(counts, options.get("by"), seed)
        model = _fit.fit(kept, k=k, method=method, seed=seed, **options)
        found += [(k, seed, name, value) for name, value in _measure(model, gone).items()]
    out = pd.DataFrame(found, columns=["k", "seed", "measure", "value"])
    means = out.groupby(["k", "measure"])["value"].mean().unstack()
    spread = out[out["measure"].eq("heldout")].groupby("k")["value"].sem().fillna(0).max()
    good = means["heldout"] >= means["heldout"].max() - 2 * spread
    good &= (means[["npmi", "c_v"]] >= means[["npmi", "c_v"]].median() - 1e-9).all(axis=1)
    if good.sum() < 2 or len(seeds) < 2:
        names = _check._listed(good.index[good]) or "no number"
        log.warning("in range: %s, by %d seeds; a range wants more numbers of topics, more seeds",
                    names, len(seeds))  # fmt: skip
    return out.assign(in_range=out["k"].map(good))


def _hold_out(counts: pd.DataFrame, by: list[str] | None, seed: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The counts without half the words of a tenth of the documents, and those words."""
    counts = counts.assign(_row=_fit._table(counts, by)[1])[counts["n"] > 0]
    counts = counts.sort_values(["_row", "term"], kind="stable", ignore_index=True)
    rng, rows = np.random.default_rng(seed), counts.pop("_row").to_numpy()
    chosen = rng.random(rows.max() + 1) < 0.1
    gone = rng.binomial(counts["n"].to_numpy(int), np.where(chosen[rows], 0.5, 0))
    kept = counts.assign(n=counts["n"] - gone)
    return kept[kept["n"] > 0], counts.assign(n=gone)[gone > 0]


@_engines.one_thread
def _measure(model: SimpleNamespace, gone: pd.DataFrame) -> dict[str, float]:
    first = [model.terms[row].tolist() for row in np.argsort(-model.beta, axis=1, kind="stable")[:, :10]]
    texts = _engines.tokens(model.table, model.terms)
    by = list(model.documents.columns)
    row = gone[by].merge(model.documents.assign(_row=range(len(model.documents))), how="left", on=by)["_row"]
    column = pd.Index(model.terms).get_indexer(gone["term"])
    there = row.notna().to_numpy() & (column >= 0)
    rows = row[there].to_numpy(int)
    chance = np.einsum("ij,ij->i", model.theta[rows], model.beta.T[column[there]])
    n = gone["n"].to_numpy()[there]
    return {
        "npmi": float(_engines.coherence(first, texts, "c_npmi").mean()),
        "c_v": float(_engines.coherence(first, texts, "c_v").mean()),
        "exclusivity": float(_engines.exclusivity(model.beta).mean()),
        "heldout": float(n @ np.log(np.maximum(chance, 1e-300)) / max(n.sum(), 1)),
        "residual": _engines.dispersion(model.beta, model.theta, model.table),
    }


def match(model: SimpleNamespace | pd.DataFrame, *, other: SimpleNamespace | pd.DataFrame) -> pd.DataFrame:
    """Pair the topics of two fits one to one, so that the sum of cosines is largest (Hungarian).

    Parameters
    ----------
    model, other
        What `fit` returned, or frames ``topic``, ``term``, ``weight``. A term that one lacks weighs nothing.

    Returns
    -------
    DataFrame
        ``topic``, ``other`` (its partner; NA if the other fit has fewer topics), ``cosine``.

    References
    ----------
    Kuhn, H. W. (1955). The Hungarian method for the assignment problem. Naval Research Logistics 2, 83–97.

    Examples
    --------
    >>> one = pd.DataFrame({"topic": [1, 2], "term": ["平安", "粮食"], "weight": 1.0})
    >>> match(one, other=one.assign(topic=[2, 1])).values.tolist()
    [[1.0, 2.0, 1.0], [2.0, 1.0, 1.0]]
    """
    a, b = (_design.weights(_fit.terms(one), name) for one, name in ((model, "model"), (other, "other")))
    a, b = a.align(b, join="outer", axis=1, fill_value=0.0)
    cosines = _cosines(a.to_numpy(float), b.to_numpy(float))
    i, j = linear_sum_assignment(-cosines)
    out = pd.DataFrame({"topic": a.index[i], "other": b.index[j], "cosine": cosines[i, j]})
    return out.set_index("topic").reindex(a.index).reset_index()


@_engines.one_thread
def _cosines(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    a, b = (one / np.linalg.norm(one, axis=1, keepdims=True) for one in (a, b))
    return a @ b.T


def stability(
    model: SimpleNamespace, *, times: int = 20, unit: str | None = None, least: float = STABLE, seed: int = 1
) -> pd.DataFrame:
    """Say how often each topic comes back when the documents are drawn again.

    Documents, or whole units such as provinces, are drawn with replacement, the model is fitted again by a
    new seed, and its topics are paired with the model's (`match`). A topic that two starts or two samples do
    not share describes the algorithm, not the documents.

    Parameters
    ----------
    model
        What `fit` returned. ``stm``, ``keyatm`` and ``dtm`` are fitted again as plain ``lda``, without
        covariates, keywords or periods: their words are what must come back.
    times
        How many samples.
    unit
        The column whose values are drawn whole: ``"province"``, ``"doc_id"``; None: single documents.
    least
        The cosine from which it counts as the same topic.
    seed
        Seed of the draws and the fits.

    Returns
    -------
    DataFrame
        ``topic``, ``reappears`` (share of the samples), ``cosine`` (median to the partner), ``low``,
        ``high`` (Wilson's 95 % interval of the share), ``stable`` (whether it reappears in more than half).

    References
    ----------
    Greene, D., O'Callaghan, D. and Cunningham, P. (2014). How many topics? Stability analysis for topic
    models. ECML. Wilson, E. B. (1927). JASA 22, 209–212.

    Examples
    --------
    >>> from toolkit import topics
    >>> counts = pd.DataFrame({"doc_id": range(40), "term": ["平安", "治安", "小麦", "粮食"] * 10, "n": 9})
    >>> stability(topics.fit(counts, k=4), times=3).columns.tolist()
    ['topic', 'reappears', 'cosine', 'low', 'high', 'stable']
    """
    _fit.fitted(model)
    _check.whole(times, 2, "times")
    _check.whole(seed, 0, "seed")
    _check.at_least(least, 0, "least")
    rng, size = np.random.default_rng(seed), model.table.shape[0]
    groups = np.arange(size)
    if unit is not None:
        _check.columns(model.documents, unit, what="the model's documents")
        groups = _design.groups(model.documents[unit], "every sample would be the same; give unit=None")
    members = [np.flatnonzero(groups == group) for group in range(groups.max() + 1)]
    engine = _engines.ENGINES["lda" if model.method in ("stm", "keyatm", "dtm") else model.method]
    cosines = []
    for number in tqdm(range(times), "stability", delay=1):
        drawn = np.concatenate([members[group] for group in rng.integers(len(members), size=len(members))])
        table = sparse.csr_matrix(model.table[drawn])
        seen = np.asarray(table.sum(axis=0)).ravel() > 0
        again = np.zeros_like(model.beta)
        known = table[:, seen].tocsr(), model.terms[seen]
        again[:, seen] = engine(*known, model.k, seed + number, iterations=STEPS)["beta"]
        same = _cosines(model.beta, again)
        i, j = linear_sum_assignment(-same)
        cosines.append(same[i, j])
    back = np.mean(np.array(cosines) >= least, axis=0)
    low, high = _wilson(back, times)
    return pd.DataFrame({
        "topic": np.arange(1, model.k + 1), "reappears": back, "cosine": np.median(cosines, axis=0),
        "low": low, "high": high, "stable": back > 0.5,
    })  # fmt: skip


def _wilson(share: np.ndarray, n: int | np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Wilson's 95 % interval."""
    z = 1.959964
    middle = (share + z**2 / (2 * n)) / (1 + z**2 / n)
    reach = z / (1 + z**2 / n) * np.sqrt(share * (1 - share) / n + z**2 / (4 * n**2))
    return np.maximum(middle - reach, 0), np.minimum(middle + reach, 1)

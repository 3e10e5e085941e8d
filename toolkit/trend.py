"""How often is a term said, period by period, and how sure is that?"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from scipy import stats

from toolkit import _check

logger = logging.getLogger(__name__)

PER = 10_000  # rates are per so many words
LEAST_CLUSTERS = 5  # with fewer there is no interval,
LEAST_EFFECTIVE = 3  # nor where one or two clusters hold nearly all the words

Terms = str | Sequence[str] | Mapping[str, Sequence[str]]


def rate(
    counts: pd.DataFrame, *, term: Terms, by: str | Sequence[str] = (), period: str = "year"
) -> pd.DataFrame:
    """How often a term is said in each period.

    Parameters
    ----------
    counts
        One row per group and term: columns `by`, `period`, ``term``, ``n``; all the words of the texts,
        not the looked-for ones alone, for they are the denominator.
    term
        One term, several (each gets its own rows), or a mapping of labels to terms that are summed as one.
    by
        One or several more columns to group by.
    period
        The column that holds the time: ``"year"``, ``"month"``.

    Returns
    -------
    DataFrame
        One row per group, period and term, in their order: the columns `by`, the column `period`,
        ``term``, ``n`` (occurrences), ``total`` (all words of the group in the period), ``rate``
        (occurrences per 10,000 of these words) and ``docs`` (documents that hold the term; NA where
        `counts` does not tell). A group without the term has the rate 0; a group without any words in a
        period has no row, and the number of such gaps is logged.

    Raises
    ------
    KeyError
        If a column is missing.
    ValueError
        If no text holds a term, or if `counts` was cut with two lexicons.

    Examples
    --------
    >>> counts = pd.DataFrame({"year": [2012, 2012, 2013], "term": ["改革", "发展", "改革"], "n": [2, 8, 5]})
    >>> rate(counts, term="改革")[["year", "n", "total", "rate"]].values.tolist()
    [[2012.0, 2.0, 10.0, 2000.0], [2013.0, 5.0, 5.0, 10000.0]]
    """
    return _cells(counts, term=term, by=by, period=period)[0]


def band(
    counts: pd.DataFrame,
    *,
    term: Terms,
    by: str | Sequence[str] = (),
    period: str = "year",
    cluster: str = "province",
) -> pd.DataFrame:
    """How often a term is said in each period, with an interval that takes whole clusters as the unit.

    Words of one province (or document) are alike, so the error of a rate is worked out by leaving out whole
    clusters one at a time (jackknife), relative to the error of as many independent words (design effect,
    never below 1). The limits are the exact ones of a Poisson count, taken at the count divided by the
    design effect, which is first widened by Student's t with one degree of freedom fewer than the effective
    number of clusters. So rare terms keep an honest upper limit: where a term is not said at all, the
    design effect of its other periods and groups is taken. Each interval stands for its own period; it
    does not cover the whole line at once. Months are no independent witnesses (a campaign lasts several):
    with ``cluster="month"`` it is rather too narrow. ``benchmarks/intervals.csv`` has the measured coverage.

    Parameters
    ----------
    counts, term, by, period
        As in `rate`.
    cluster
        The column whose values are resampled whole: ``"province"``, ``"doc_id"``, ``"paragraph"`` (numbered
        within its ``doc_id``), ``"month"`` …

    Returns
    -------
    DataFrame
        As `rate`, and ``low``, ``high``: the limits of a 95 % interval of the rate, per 10,000 words. Both
        are NA where fewer than 5 clusters have words, or fewer than 3 in effect (the words' sum squared
        over the sum of their squares); how often that is so is logged as a warning.

    Raises
    ------
    KeyError
        If a column is missing.
    ValueError
        If no text holds a term, or if `counts` was cut with two lexicons.

    References
    ----------
    Korn, E. L. and Graubard, B. I. (1998). Confidence intervals for proportions with small expected number
    of positive counts estimated from survey data. Survey Methodology 24, 193–201.
    MacKinnon, J. G., Nielsen, M. Ø. and Webb, M. D. (2023). Fast and reliable jackknife and bootstrap
    methods for cluster-robust inference. Journal of Applied Econometrics 38, 671–694.
    Cameron, A. C., Gelbach, J. B. and Miller, D. L. (2008). Bootstrap-based improvements for inference
    with clustered errors. Review of Economics and Statistics 90, 414–427 (why few clusters need care).

    Examples
    --------
    >>> counts = pd.DataFrame({"province": list("123456") * 2, "year": 2025,
    ...     "term": ["改革"] * 6 + ["发展"] * 6, "n": [3, 4, 2, 3, 5, 1] + [97, 96, 98, 97, 95, 99]})
    >>> band(counts, term="改革")[["rate", "low", "high"]].round(0).values.tolist()
    [[300.0, 147.0, 544.0]]
    """
    rates, cells = _cells(counts, term=term, by=by, period=period, cluster=cluster)
    return _limits(rates, cells)


def _labels(term: Terms, there: pd.Index) -> dict[str, list[str]]:
    """Label → the terms summed under it; each label needs at least one term that some text holds."""
    if isinstance(term, Mapping):
        labels = {label: _check.several(terms, "term") for label, terms in term.items()}
    else:
        labels = {one: [one] for one in _check.several(term, "term")}
    _check.not_empty(labels, "term", "give a term, a list of terms or a mapping of labels to terms")
    for label, terms in labels.items():
        absent = [one for one in terms if one not in there]
        if len(absent) == len(terms):
            raise _check.unknown("term", terms[0] if terms else label, there)
        if absent:
            logger.info("%s: no text holds %s; the other terms are counted.", label, ", ".join(absent))
    return labels


def _cells(
    counts: pd.DataFrame, *, term: Terms, by: str | Sequence[str], period: str, cluster: str | None = None
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The frame of `rate`; and with `cluster` the same numbers cluster by cluster."""
    keys = [*_check.several(by, "by", "column"), period]
    _check.columns(counts, *keys, "term", "n", what="counts")
    units = _check.clusters(counts, cluster) if cluster else []
    _check.one_lexicon(counts)
    counts = _check.known(counts[counts["n"].gt(0)], *dict.fromkeys([*keys, *units]))
    labels = _labels(term, pd.Index(counts["term"].unique()))
    rates = _summed(counts, labels, keys)
    filled, periods = rates[keys].drop_duplicates(), rates[period].nunique()
    groups = len(filled[keys[:-1]].drop_duplicates()) if keys[:-1] else 1
    if len(filled) < groups * periods:
        gaps = groups * periods - len(filled)
        logger.info("%d of %d groups × periods have no words and no row.", gaps, groups * periods)
    return rates, _summed(counts, labels, list(dict.fromkeys([*keys, *units]))) if units else rates


def _summed(counts: pd.DataFrame, labels: dict[str, list[str]], keys: list[str]) -> pd.DataFrame:
    """One row per cell with words and label: keys, term, n, total, rate, docs."""
    total = counts.groupby(keys, observed=True)["n"].sum().rename("total").reset_index()
    cells = total.merge(pd.DataFrame({"term": list(labels)}), how="cross")
    pairs = [(label, one) for label, terms in labels.items() for one in set(terms)]
    found = counts[counts["term"].isin([one for _, one in pairs])].astype({"term": "str"})
    found = found.merge(pd.DataFrame(pairs, columns=["label", "term"]), on="term")
    found["term"] = found.pop("label")
    hits = found.groupby([*keys, "term"], observed=True)
    sums = hits["n"].sum().to_frame()
    if "doc_id" in counts.columns:
        sums["docs"] = hits["doc_id"].nunique()
    elif "docs" in counts.columns:
        sums["docs"] = hits["docs"].sum()
    cells = cells.merge(sums.assign(docs=sums.get("docs")).reset_index(), how="left", on=[*keys, "term"])
    cells["rate"] = cells["n"].fillna(0) / cells["total"] * PER
    cells = cells.fillna({"n": 0, "docs": 0} if "docs" in sums else {"n": 0})
    many = [label for label, terms in labels.items() if len(terms) > 1 and "doc_id" not in counts.columns]
    cells["docs"] = cells["docs"].astype("Int64").mask(cells["term"].isin(many))  # one document may hold both
    return cells.astype({"n": "int64"})[[*keys, "term", "n", "total", "rate", "docs"]]


def _limits(rates: pd.DataFrame, clusters: pd.DataFrame) -> pd.DataFrame:
    """Add ``low`` and ``high`` to `rates` from the same numbers cluster by cluster."""
    keys = [name for name in rates.columns if name not in {"n", "total", "rate", "docs"}]
    cell = pd.MultiIndex.from_frame(rates[keys]).get_indexer(pd.MultiIndex.from_frame(clusters[keys]))
    seen, words = (clusters[name].to_numpy(float) for name in ("n", "total"))
    n, total, number = (np.bincount(cell, values, len(rates)) for values in (seen, words, np.ones(len(cell))))
    effective = total**2 / np.bincount(cell, words**2, len(rates))
    enough = (number >= LEAST_CLUSTERS) & (effective >= LEAST_EFFECTIVE)
    with np.errstate(divide="ignore", invalid="ignore"):
        left_out = (seen - (n / total)[cell] * words) / (1 - words / total[cell])
        variance = (number - 1) / number * np.bincount(cell, left_out**2, len(rates))
        term = pd.factorize(rates["term"])[0]
        usable = enough & (n > 0)
        pooled = (np.bincount(term, np.where(usable, variance, 0)) / np.bincount(term, n * usable))[term]
        design = np.fmax(np.where(n > 0, variance / n, pooled), 1)
        design *= (stats.t.ppf(0.975, effective - 1) / stats.norm.ppf(0.975)) ** 2
        low = np.where(n > 0, stats.chi2.ppf(0.025, 2 * n / design) / 2 * design / total, 0)
        high = stats.chi2.ppf(0.975, 2 * n / design + 2) / 2 * design / total
    if not enough.all():
        thin, cells = (len(rates[rows][keys[:-1]].drop_duplicates()) for rows in (~enough, enough | True))
        logger.warning(
            "%d of %d groups × periods have words of fewer than %d clusters, or nearly all words in fewer "
            "than %d, and get no interval; a finer cluster (doc_id, paragraph) or a longer period may serve.",
            thin, cells, LEAST_CLUSTERS, LEAST_EFFECTIVE,
        )  # fmt: skip
    return rates.assign(low=np.where(enough, low * PER, np.nan), high=np.where(enough, high * PER, np.nan))

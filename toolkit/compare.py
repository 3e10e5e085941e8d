"""Which words mark a group, and could chance among its documents have done it?"""

from __future__ import annotations

import logging
from collections.abc import Sequence

import numpy as np
import pandas as pd
from scipy import sparse, special, stats

from toolkit import _check, places

logger = logging.getLogger(__name__)

LEAST_CLUSTERS = 5  # with fewer a test cannot know how much clusters differ

Target = str | int | Sequence[str] | Sequence[int]


def _g2(a: np.ndarray, b: np.ndarray, n_a: float, n_b: float) -> tuple[np.ndarray, ...]:
    """Signed likelihood ratio of all four cells, its standard error (none), its deviate."""
    pooled = (a + b) / (n_a + n_b)
    cells = (a, n_a * pooled), (b, n_b * pooled), (n_a - a, n_a * (1 - pooled)), (n_b - b, n_b * (1 - pooled))
    ratio = np.maximum(2 * sum(special.xlogy(seen, seen / due) for seen, due in cells), 0)
    sign = np.sign(a / n_a - b / n_b)
    return sign * ratio, np.full(len(a), np.nan), sign * np.sqrt(ratio)


def _log_ratio(a: np.ndarray, b: np.ndarray, n_a: float, n_b: float) -> tuple[np.ndarray, ...]:
    """Binary logarithm of the ratio of the two rates, its standard error, its deviate."""
    a, b = np.where(a == 0, 0.5, a), np.where(b == 0, 0.5, b)
    ratio = np.log2(a / n_a) - np.log2(b / n_b)
    error = np.sqrt(1 / a - 1 / n_a + 1 / b - 1 / n_b) / np.log(2)
    return ratio, error, ratio / error


MEASURES = {"g2": _g2, "log_ratio": _log_ratio}


def keyness(
    counts: pd.DataFrame,
    *,
    by: str,
    target: Target,
    measure: str = "g2",
    min_count: int = 5,
    cluster: str | None = None,
) -> pd.DataFrame:
    """Score how far each term is over- or under-used by one group against all others.

    Parameters
    ----------
    counts
        One row per group and term: columns `by`, ``term``, ``n``; all the words of the texts.
    by, target
        The grouping column, and the group (or list of groups) that is set against all others.
    measure
        ``"g2"``: log-likelihood ratio of the four cells (this word or another, target or rest), signed by
        who uses the word more (Dunning 1993); ``"log_ratio"``: how many times the rate doubles from the
        rest to the target (Hardie 2014), a count of 0 taken as 0.5.
    min_count
        Leave out terms seen fewer times than this in both sides together.
    cluster
        The unit of the test: ``"doc_id"``, ``"paragraph"`` (numbered within its ``doc_id``),
        ``"province"``. Words of one document are alike: without `cluster` each word is a witness of its
        own, far too many words are found to differ, and a warning says so.

    Returns
    -------
    DataFrame
        One row per term, highest score first: ``term``, ``n_target``, ``n_rest`` (occurrences), ``score``,
        ``se`` (of the log ratio; NA for g2, which is a test and no estimate), ``z``, ``p`` (two-sided, of
        ``z``), ``q`` (Benjamini–Hochberg over these terms), ``docs`` and ``provinces`` (how many hold the
        term; NA where `counts` has no ``doc_id`` or ``province``).

    Raises
    ------
    KeyError
        If a column is missing.
    ValueError
        If `target` or `measure` is unknown, if a side has no words, or fewer than 2 clusters, or both
        fewer than 5, or if `counts` was cut with two lexicons.

    Notes
    -----
    With `cluster`, the design effect of each term says how many times the variance of independent words its
    gap between the sides has, cluster by cluster, if the sides do not differ (never below 1). ``se`` is
    multiplied by its root. Both counts are divided by it (effective counts, Rao and Scott 1992), and ``z``
    is the normal deviate of the exact binomial test of these (mid-p): a word that one document repeats
    fifty times is one witness. Where each cluster stands on one side, the variance between clusters is
    estimated from both sides together; where they stand on both (years compared, by province), from what
    each adds to the gap. ``benchmarks/intervals.csv`` has the measured false alarms.

    References
    ----------
    Dunning, T. (1993). Accurate methods for the statistics of surprise and coincidence. Computational
    Linguistics 19, 61–74. Hardie, A. (2014). Log Ratio: an informal introduction. CASS, Lancaster.
    Lijffijt, J. et al. (2016). Significance testing of word frequencies in corpora. Digital Scholarship in
    the Humanities 31, 374–397. Rao, J. N. K. and Scott, A. J. (1992). A simple method for the analysis of
    clustered binary data. Biometrics 48, 577–585.

    Examples
    --------
    >>> counts = pd.DataFrame({"province": ["33", "33", "52", "52"], "term": ["民营", "山区"] * 2,
    ...                        "n": [30, 10, 10, 30]})
    >>> keyness(counts, by="province", target="33", measure="log_ratio")[["term", "score"]].values.tolist()
    [['民营', 1.58...], ['山区', -1.58...]]
    """
    value = MEASURES[_check.one_of(measure, MEASURES, "measure")]
    counts, inside = _sides(counts, by, target, cluster)
    table = _table(counts, inside)
    a, b = (table[name].to_numpy(float) for name in ("n_target", "n_rest"))
    table["score"], table["se"], table["z"] = value(a, b, a.sum(), b.sum())
    return _scores(_clustered(table, counts, inside, cluster), min_count)


def log_odds(
    counts: pd.DataFrame,
    *,
    by: str,
    target: Target,
    cluster: str | None = None,
    prior: float = 500,
    min_count: int = 5,
) -> pd.DataFrame:
    """Weighted log-odds with an informative Dirichlet prior: which words mark a group, rare ones reined in.

    Parameters
    ----------
    counts, by, target, cluster, min_count
        As in `keyness`.
    prior
        How many words the prior is worth (α₀ of the paper), spread over the terms as in both sides
        together. More pulls rare terms nearer to no difference.

    Returns
    -------
    DataFrame
        As in `keyness`: ``score`` is the difference of the two sides' log-odds (natural logarithm, eq. 16),
        ``se`` its standard error (eq. 20; with `cluster` times the root of the design effect). ``z`` is
        score / se (eq. 22), by which the paper orders words (``scores.sort_values("z")``); with `cluster`
        it is that of `keyness`.

    Raises
    ------
    KeyError, ValueError
        As in `keyness`; and if `prior` is below 1.

    References
    ----------
    Monroe, B. L., Colaresi, M. P. and Quinn, K. M. (2008). Fightin' words: lexical feature selection and
    evaluation for identifying the content of political conflict. Political Analysis 16, 372–403.

    Examples
    --------
    >>> counts = pd.DataFrame({"province": ["33", "33", "52", "52"], "term": ["民营", "山区"] * 2,
    ...                        "n": [30, 10, 10, 30]})
    >>> log_odds(counts, by="province", target="33", prior=40)[["term", "score"]].round(2).values.tolist()
    [['民营', 1.02], ['山区', -1.02]]
    """
    _check.at_least(prior, 1, "prior")
    counts, inside = _sides(counts, by, target, cluster)
    table = _table(counts, inside)
    a, b = (table[name].to_numpy(float) for name in ("n_target", "n_rest"))
    weight = prior * (a + b) / (a.sum() + b.sum())
    odds = [special.logit((seen + weight) / (seen.sum() + prior)) for seen in (a, b)]
    table["score"] = odds[0] - odds[1]
    table["se"] = np.sqrt(1 / (a + weight) + 1 / (b + weight))
    table["z"] = table["score"] / table["se"]
    return _scores(_clustered(table, counts, inside, cluster), min_count)


def _code(province: object) -> object:
    """The code of a province, or what was given if no province is written so."""
    try:
        return places.code(str(province))
    except ValueError:
        return province


def _sides(
    counts: pd.DataFrame, by: str, target: Target, cluster: str | None
) -> tuple[pd.DataFrame, np.ndarray]:
    """The rows that count, and which of them are the target's."""
    _check.columns(counts, by, "term", "n", what="counts")
    _check.one_lexicon(counts)
    names = [by, *(_check.clusters(counts, cluster) if cluster else [])]
    counts = _check.known(counts[counts["n"].gt(0)], *names)
    targets: list = [target] if isinstance(target, int | np.integer) else _check.several(target, "target", by)
    groups = counts[by].unique()
    if by == "province":  # any way to write a province will do
        targets = [one if one in groups else _code(one) for one in targets]
    for one in targets:
        _check.one_of(one, groups, "target")
    inside = counts[by].isin(targets).to_numpy()
    if inside.all() or counts["term"].nunique() < 2:
        raise ValueError(
            f"counts holds nothing to compare {by} {target!r} with; give other groups, and all their words."
        )
    return counts.astype({"term": "category"}), inside


def _codes(keys: pd.Series) -> tuple[np.ndarray, np.ndarray]:
    """A number for each row, in the order of the keys and not of the rows, and the keys."""
    code, there = pd.factorize(keys, sort=True)
    return code, np.asarray(there)


def _table(counts: pd.DataFrame, inside: np.ndarray) -> pd.DataFrame:
    """One row per term: its counts on the two sides, the documents and provinces that hold it."""
    code, terms = _codes(counts["term"])
    n = counts["n"].to_numpy(float)
    table = pd.DataFrame({"term": terms})
    for name, side in {"n_target": inside, "n_rest": ~inside}.items():
        table[name] = np.bincount(code[side], n[side], len(terms)).astype("int64")
    for name, column in {"docs": "doc_id", "provinces": "province"}.items():
        table[name] = pd.array([pd.NA] * len(terms), "Int64")
        if column in counts.columns:
            place, there = _codes(counts[column])
            known = place >= 0
            pairs = sparse.csr_array((n[known], (place[known], code[known])), (len(there), len(terms)))
            table[name] = pd.array(pairs.count_nonzero(axis=0), "Int64")
    return table


def _design(counts: pd.DataFrame, inside: np.ndarray, cluster: str) -> np.ndarray:
    """How many times the variance of independent words the gap between the sides' rates has.

    Clusters of one side each: Var(count) = mean + k · mean², k by moments from all clusters. Clusters on
    both sides: the squares of what each cluster adds to the gap. In both cases as if the sides were alike.
    """
    unit, units = _codes(counts.groupby(_check.clusters(counts, cluster), observed=True).ngroup())
    code, terms = _codes(counts["term"])
    n, shape = counts["n"].to_numpy(float), (len(units), len(terms))
    sides = [sparse.csr_array((n[side], (unit[side], code[side])), shape) for side in (inside, ~inside)]
    lengths = [side.sum(axis=1) for side in sides]
    target, rest = (np.count_nonzero(length) for length in lengths)
    if min(target, rest) < 2 or len(units) < LEAST_CLUSTERS:
        raise ValueError(
            f"cluster={cluster!r} gives the target {target} and the rest {rest}, but a test needs 2 on each "
            f"side and {LEAST_CLUSTERS} in all; give a finer one (after province doc_id, then paragraph)."
        )
    words = [length.sum() for length in lengths]
    total = lengths[0] + lengths[1]
    rate = np.bincount(code, n, len(terms)) / total.sum()
    chance = rate * (1 - rate)
    alone = chance * (1 / words[0] + 1 / words[1])
    if (lengths[0] * lengths[1]).any():
        gap, length = (pair[0] / words[0] - pair[1] / words[1] for pair in (sides, lengths))
        variance = _squares(gap, length, rate)
    else:
        between = _squares(sides[0] + sides[1], total, rate) - chance * total.sum()
        share = sum(length @ length / length.sum() ** 2 for length in lengths)
        variance = alone + np.maximum(between, 0) / (total @ total) * share
    return np.maximum(variance / alone, 1)


def _squares(seen: sparse.csr_array, length: np.ndarray, rate: np.ndarray) -> np.ndarray:
    """Sum over clusters of the squared deviations from `rate` times `length`, for each term."""
    squares = seen.power(2).sum(axis=0) - 2 * rate * (seen.T @ length) + rate**2 * (length @ length)
    return squares * len(length) / (len(length) - 1)


def _exact(a: np.ndarray, b: np.ndarray, share: float) -> np.ndarray:
    """The normal deviate of the mid-p of a binomial test that `a` of `a` + `b` fall to a side of `share`."""
    tiny = np.finfo(float).tiny
    a, b = np.maximum(a, tiny), np.maximum(b, tiny)
    more = (special.betainc(a, b + 1, share) + special.betainc(a + 1, b, share)) / 2
    less = (special.betainc(b, a + 1, 1 - share) + special.betainc(b + 1, a, 1 - share)) / 2
    return np.where(more < less, 1, -1) * stats.norm.isf(np.maximum(np.minimum(more, less), tiny))


def _clustered(
    table: pd.DataFrame, counts: pd.DataFrame, inside: np.ndarray, cluster: str | None
) -> pd.DataFrame:
    """Replace se and z, which take words as independent, by those of whole clusters."""
    if cluster is None:
        logger.warning(
            "Every word is taken as independent of its neighbours, so far too many terms will seem to "
            'differ; cluster="doc_id" (or "paragraph", "province") tests by whole clusters.'
        )
        return table
    design = _design(counts, inside, cluster)
    a, b = (table[name].to_numpy(float) for name in ("n_target", "n_rest"))
    z = _exact(a / design, b / design, a.sum() / (a.sum() + b.sum()))
    return table.assign(se=table["se"] * np.sqrt(design), z=z)


def _scores(table: pd.DataFrame, min_count: int) -> pd.DataFrame:
    """Leave out rare terms, add p and q, put the highest score first."""
    kept = table[table["n_target"].add(table["n_rest"]).ge(min_count)]
    rare, every = len(table) - len(kept), len(table)
    if rare:
        logger.info("%d of %d terms are left out, seen fewer than %d times.", rare, every, min_count)
    _check.not_empty(kept, f"the list of terms seen {min_count} times or more", "lower min_count")
    kept = kept.assign(p=2 * stats.norm.sf(np.abs(kept["z"])))
    kept = kept.assign(q=stats.false_discovery_control(kept["p"]))
    columns = ["term", "n_target", "n_rest", "score", "se", "z", "p", "q", "docs", "provinces"]
    return kept[columns].sort_values(["score", "term"], ascending=[False, True], ignore_index=True)

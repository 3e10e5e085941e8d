"""Which words mark a group, and could chance among its documents have done it?"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd
from scipy import sparse, special, stats

from toolkit import _check

logger = logging.getLogger(__name__)

Target = str | int | Sequence[str] | Sequence[int]


def _g2(a: np.ndarray, b: np.ndarray, n_a: float, n_b: float) -> np.ndarray:
    """Likelihood ratio of the 2 × 2 table, all four cells, signed by who uses the term more."""
    pooled = (a + b) / (n_a + n_b)
    cells = (a, n_a * pooled), (b, n_b * pooled), (n_a - a, n_a * (1 - pooled)), (n_b - b, n_b * (1 - pooled))
    with np.errstate(invalid="ignore", divide="ignore"):
        value = 2 * sum(special.xlogy(seen, seen / due) for seen, due in cells)
    return np.sign(a / n_a - b / n_b) * np.nan_to_num(np.maximum(value, 0))


def _chi2(a: np.ndarray, b: np.ndarray, n_a: float, n_b: float) -> np.ndarray:
    """Pearson's chi-square of the 2 × 2 table, without Yates' correction, signed likewise."""
    pooled = (a + b) / (n_a + n_b)
    gap = a / n_a - b / n_b
    with np.errstate(invalid="ignore", divide="ignore"):
        value = gap**2 / (pooled * (1 - pooled) * (1 / n_a + 1 / n_b))
    return np.sign(gap) * np.nan_to_num(value)


def _log_ratio(a: np.ndarray, b: np.ndarray, n_a: float, n_b: float) -> np.ndarray:
    """Binary logarithm of the ratio of the two rates; a count of 0 is taken as 0.5."""
    return np.log2(np.where(a == 0, 0.5, a) / n_a) - np.log2(np.where(b == 0, 0.5, b) / n_b)


Measure = Callable[[np.ndarray, np.ndarray, float, float], np.ndarray]
MEASURES: dict[str, Measure] = {"g2": _g2, "chi2": _chi2, "log_ratio": _log_ratio}


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
        ``"g2"``: log-likelihood ratio of the four cells (term or another word, target or rest), the sign
        says who uses the term more (Dunning 1993); ``"chi2"``: Pearson's, signed likewise;
        ``"log_ratio"``: how many times the rate doubles from the rest to the target (Hardie 2014), a count
        of 0 taken as 0.5.
    min_count
        Leave out terms seen fewer times than this in both sides together.
    cluster
        The column whose values are the unit of the test: ``"doc_id"``, ``"paragraph"`` (numbered within
        its ``doc_id``), ``"province"``. Words of one document are alike: without `cluster` every word
        counts as a witness of its own, far too many words are found to differ, and a warning says so.

    Returns
    -------
    DataFrame
        One row per term, highest score first: ``term``, ``n_target``, ``n_rest`` (occurrences), ``score``,
        ``se`` (of the log ratio; NA for g2 and chi2, which are tests, not estimates), ``z``, ``p``
        (two-sided), ``q`` (Benjamini–Hochberg over these terms), ``docs`` and ``provinces`` (how many hold
        the term; NA where `counts` has no ``doc_id`` or ``province``). With `cluster`, ``z`` is the
        difference of the two rates over its delete-one-cluster jackknife error, whatever the measure, and
        ``p`` its place in Student's t; the error is never below that of independent words.

    Raises
    ------
    KeyError
        If a column is missing.
    ValueError
        If `target` or `measure` is unknown, if one side has a single cluster or no words, or if `counts`
        was cut with two lexicons.

    References
    ----------
    Dunning, T. (1993). Accurate methods for the statistics of surprise and coincidence. Computational
    Linguistics 19, 61–74. Lijffijt, J. et al. (2016). Significance testing of word frequencies in corpora.
    Digital Scholarship in the Humanities 31, 374–397 (why words are not the unit). Hardie, A. (2014). Log
    Ratio: an informal introduction. CASS, Lancaster.

    Examples
    --------
    >>> counts = pd.DataFrame({"province": ["33", "33", "52", "52"], "term": ["民营", "山区"] * 2,
    ...                        "n": [30, 10, 10, 30]})
    >>> keyness(counts, by="province", target="33", measure="log_ratio")[["term", "score"]].values.tolist()
    [['民营', 1.58...], ['山区', -1.58...]]
    """
    value = MEASURES[_check.one_of(measure, MEASURES, "measure")]
    counts, inside = _sides(counts, by, target)
    table, words = _table(counts, inside)
    a, b = table["n_target"].to_numpy(float), table["n_rest"].to_numpy(float)
    score = value(a, b, *words)
    floor_a, floor_b = np.where(a == 0, 0.5, a), np.where(b == 0, 0.5, b)
    gap = floor_a / words[0] - floor_b / words[1]
    ratio = measure == "log_ratio"
    if cluster is not None:
        error, freedom = _cluster_error(counts, inside, cluster, words)
        z = gap / error
        se = _carried(error, gap, score, floor_a / words[0] / np.log(2)) if ratio else np.nan
    else:
        _warn_independent()
        freedom = np.full(len(table), np.inf)
        se = np.sqrt(1 / floor_a - 1 / words[0] + 1 / floor_b - 1 / words[1]) / np.log(2) if ratio else np.nan
        z = score / se if ratio else np.sign(score) * np.sqrt(np.abs(score))
    return _scores(table.assign(score=score, se=se, z=z), freedom, min_count)


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
        Words that the prior is worth; they are spread over the terms as in both sides together (α₀ of the
        paper). More pulls rare terms nearer to no difference.

    Returns
    -------
    DataFrame
        As in `keyness`: ``score`` is the difference of the two sides' log-odds (natural logarithm, eq. 16),
        ``se`` its standard error (without `cluster` eq. 20; with it, of whole clusters), ``z`` = score / se
        (eq. 22), by which Monroe and colleagues order the words: ``scores.sort_values("z")``.

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
    counts, inside = _sides(counts, by, target)
    table, words = _table(counts, inside)
    a, b = table["n_target"].to_numpy(float), table["n_rest"].to_numpy(float)
    weight = prior * (a + b) / sum(words)
    share_a, share_b = (a + weight) / (words[0] + prior), (b + weight) / (words[1] + prior)
    score = special.logit(share_a) - special.logit(share_b)
    if cluster is not None:
        error, freedom = _cluster_error(counts, inside, cluster, (words[0] + prior, words[1] + prior))
        se = _carried(error, share_a - share_b, score, share_a * (1 - share_a))
    else:
        _warn_independent()
        freedom = np.full(len(table), np.inf)
        se = np.sqrt(1 / (a + weight) + 1 / (b + weight))
    return _scores(table.assign(score=score, se=se, z=score / se), freedom, min_count)


def _sides(counts: pd.DataFrame, by: str, target: Target) -> tuple[pd.DataFrame, np.ndarray]:
    """The rows that count, and which of them are the target's."""
    _check.columns(counts, by, "term", "n", what="counts")
    _check.one_lexicon(counts)
    counts = counts[counts["n"].gt(0)]
    _check.not_empty(counts, "counts", "count some documents first (words.count)")
    targets: list = [target] if isinstance(target, str | int | np.integer) else list(target)
    groups = counts[by].dropna().unique()
    for one in targets:
        _check.one_of(one, groups, "target")
    if len(set(targets)) == len(groups):
        raise ValueError(f"counts has no {by} but the target {target!r}; nothing is left to compare it with.")
    lacking = counts[by].isna()
    if lacking.any():
        logger.warning(
            "%d of %d words have no %s and are left out.",
            counts.loc[lacking, "n"].sum(),
            counts["n"].sum(),
            by,
        )
        counts = counts[~lacking]
    return counts, counts[by].isin(targets).to_numpy()


def _table(counts: pd.DataFrame, inside: np.ndarray) -> tuple[pd.DataFrame, tuple[float, float]]:
    """One row per term with its counts, and the words of the two sides."""
    code, terms = _codes(counts, ["term"])
    if len(terms) < 2:
        raise ValueError(f"counts holds one term only ({terms[0]!r}); give the counts of all words.")
    n = counts["n"].to_numpy(float)
    a, b = (np.bincount(code[side], n[side], len(terms)) for side in (inside, ~inside))
    table = pd.DataFrame({"term": terms, "n_target": a.astype("int64"), "n_rest": b.astype("int64")})
    for name, column in {"docs": "doc_id", "provinces": "province"}.items():
        table[name] = pd.array([pd.NA] * len(terms), "Int64")
        if column in counts.columns:
            place, places = _codes(counts, [column])
            pairs = sparse.csr_array((n, (place, code)), (len(places), len(terms)))
            table[name] = pd.array(pairs.count_nonzero(axis=0), "Int64")
    return table, (a.sum(), b.sum())


def _codes(counts: pd.DataFrame, names: list[str]) -> tuple[np.ndarray, np.ndarray]:
    """A number for each row by the columns `names`, in their order and not the rows', and what it means."""
    keys = counts[names[0]] if len(names) == 1 else counts.groupby(names, observed=True).ngroup()
    code, meaning = pd.factorize(keys, sort=True)
    return code, np.asarray(meaning)


def _cluster_error(
    counts: pd.DataFrame, inside: np.ndarray, cluster: str, words: tuple[float, float]
) -> tuple[np.ndarray, np.ndarray]:
    """Standard error of the difference of the two sides' rates (to the base `words`), and its freedom.

    Delete-one-cluster jackknife of each side's rate, linearised; clusters that stand on both sides bring
    their covariance. Never below the error of independent words of one common rate.
    """
    names = _check.clusters(counts, cluster)
    lacking = counts[names].isna().any(axis=1).to_numpy()
    if lacking.any():
        raise ValueError(
            f"{counts['n'][lacking].sum()} words have no {' or '.join(names)}; leave them out first."
        )
    (unit, units), (code, terms) = _codes(counts, names), _codes(counts, ["term"])
    n = counts["n"].to_numpy(float)
    seen: list = []
    size: list = []
    rate: list = []
    pull: list = []
    spread: list = []
    effective: list = []
    for side, name in ((inside, "target"), (~inside, "rest")):
        matrix = sparse.csr_array((n[side], (unit[side], code[side])), (len(units), len(terms)))
        length = matrix.sum(axis=1)
        number = np.count_nonzero(length)
        if number < 2:
            raise ValueError(
                f"the {name} is a single {cluster}, and one cluster cannot tell how much clusters differ; "
                "give a finer cluster (province, then doc_id, then paragraph)."
            )
        share = matrix.sum(axis=0) / length.sum()
        weight = np.sqrt((number - 1) / number) / (1 - length / length.sum())
        own = (matrix.power(2).T @ weight**2) - 2 * share * (matrix.T @ (weight**2 * length))
        own += share**2 * (weight**2 @ length**2)
        for kept, value in zip(
            (seen, size, rate, pull, spread), (matrix, length, share, weight, own), strict=True
        ):
            kept.append(value)
        effective.append(length.sum() ** 2 / (length @ length) - 1)
    both = pull[0] * pull[1]
    shared = seen[0].multiply(seen[1]).T @ both
    shared -= rate[1] * (seen[0].T @ (both * size[1])) + rate[0] * (seen[1].T @ (both * size[0]))
    shared += rate[0] * rate[1] * (both @ (size[0] * size[1]))
    pooled = np.bincount(code, n, len(terms)) / n.sum()
    chance = [pooled * (1 - pooled) * length.sum() for length in size]
    parts = [np.maximum(own, least) / base**2 for own, least, base in zip(spread, chance, words, strict=True)]
    least = chance[0] / words[0] ** 2 + chance[1] / words[1] ** 2
    variance = np.maximum(parts[0] + parts[1] - 2 * shared / (words[0] * words[1]), least)
    if (size[0] * size[1]).any():
        return np.sqrt(variance), np.full(len(terms), min(effective))
    freedom = (parts[0] + parts[1]) ** 2 / (parts[0] ** 2 / effective[0] + parts[1] ** 2 / effective[1])
    return np.sqrt(variance), freedom


def _carried(error: np.ndarray, gap: np.ndarray, score: np.ndarray, slope: np.ndarray) -> np.ndarray:
    """Carry the error of a difference of rates to its score: gap / score, and `slope` where both are 0."""
    with np.errstate(invalid="ignore", divide="ignore"):
        return error / np.where(score == 0, slope, gap / score)


def _warn_independent() -> None:
    logger.warning(
        "Every word is taken for independent of its neighbours, so far too many terms will seem to differ; "
        'give cluster="doc_id" (or "paragraph", "province") to test by whole clusters.'
    )


def _scores(table: pd.DataFrame, freedom: np.ndarray, min_count: int) -> pd.DataFrame:
    """Add p and q, leave out the rare terms, put the highest score first."""
    table["p"] = 2 * stats.t.sf(np.abs(table["z"]), freedom)
    kept = table[table["n_target"].add(table["n_rest"]).ge(min_count)]
    if len(kept) < len(table):
        logger.info(
            "%d of %d terms are seen fewer than %d times and are left out.",
            len(table) - len(kept),
            len(table),
            min_count,
        )
    _check.not_empty(kept, f"the frame of terms seen {min_count} times or more", "lower min_count")
    kept = kept.assign(q=stats.false_discovery_control(kept["p"]))
    columns = ["term", "n_target", "n_rest", "score", "se", "z", "p", "q", "docs", "provinces"]
    return kept[columns].sort_values(["score", "term"], ascending=[False, True], ignore_index=True)

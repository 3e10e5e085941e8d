"""Would the methods find the truth, if we knew it? Corpora with planted rates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from toolkit import _check, places

PER = 10_000  # planted rates are per so many words
ROOM = 0.9  # of a document at most, for its planted words
SIZE = {"documents": 4, "words": 1000, "vocabulary": 500}
SPREAD = {"province": 0.5, "document": 0.5, "length": 0.3, "amount": 0.0}


def counts(
    planted: Mapping[str, float] | pd.DataFrame,
    *,
    provinces: int | Sequence[str] = 31,
    years: Sequence[int] = (2025,),
    size: Mapping[str, int] = SIZE,
    spread: Mapping[str, float] = SPREAD,
    seed: int = 1,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Word counts of made-up documents in which terms have rates that we know.

    The background words follow Zipf's law and have the same rate everywhere: whatever marks one of them is
    a false alarm. Every word, planted or not, is used more by some provinces and some documents than by
    others: its rate is multiplied by a log-normal effect of mean 1 for each province (the same in all its
    years) and each document. The words of a document are then drawn independently (multinomial).

    Parameters
    ----------
    planted
        Rates per 10,000 words by term, the same everywhere; or a frame with ``term``, ``rate`` and any of
        ``province`` and ``year``, with a row for each combination.
    provinces
        How many provinces, in the order of their codes, or their codes.
    years
        The years; each province has documents in each.
    size
        ``documents`` (per province and year), ``words`` (per document, median), ``vocabulary`` (background
        words); what is not given is as in ``SIZE``.
    spread
        Standard deviations on the log scale: of a word's rate between ``province`` and between
        ``document``; of the ``length`` of documents; of the ``amount`` of text between provinces. What is
        not given is as in ``SPREAD``; 0 is none.
    seed
        Seed of the random numbers.

    Returns
    -------
    counts : DataFrame
        One row per document and word: ``province``, ``year``, ``doc_id``, ``term``, ``n``.
    truth : DataFrame
        One row per province, year and planted term: ``province``, ``year``, ``term``, ``rate`` (as planted)
        and ``drawn`` (times this province's effect: what its documents scatter around), per 10,000 words.

    Raises
    ------
    KeyError
        If a planted frame lacks a column.
    ValueError
        If a province, a name in `size` or `spread` is unknown, a planted rate is missing or negative, or
        the planted rates leave no room for the background.

    References
    ----------
    Church, K. W. and Gale, W. A. (1995). Poisson mixtures. Natural Language Engineering 1, 163–190 (why
    words of a document are not independent).

    Examples
    --------
    >>> frame, truth = counts({"平安建设": 20}, provinces=["14", "33"], spread={"province": 0})
    >>> truth.values.tolist()
    [['14', 2025, '平安建设', 20.0, 20.0], ['33', 2025, '平安建设', 20.0, 20.0]]
    """
    many, spread = _filled(size, SIZE, "size"), _filled(spread, SPREAD, "spread")
    codes = _codes(provinces)
    truth = _truth(planted, codes, years)
    rates = truth.pivot(index=["province", "year"], columns="term", values="rate") / PER
    terms = np.array([*rates.columns, *(f"词{i:04d}" for i in range(1, int(many["vocabulary"]) + 1))], object)
    front, zipf = len(rates.columns), 1 / np.arange(2, len(terms) - len(rates.columns) + 2)
    rng = np.random.default_rng(seed)
    amount = _effect(rng, spread["amount"], (len(codes), 1))[:, 0]
    habit = _effect(rng, spread["province"], (len(codes), len(terms)))
    cell = np.repeat(np.arange(len(rates)), int(many["documents"]))
    province = np.array([codes.index(code) for code in rates.index.get_level_values("province")])
    lengths = many["words"] * amount[province[cell]] * rng.lognormal(0, spread["length"], len(cell))
    weight = habit[province[cell]] * _effect(rng, spread["document"], (len(cell), len(terms)))
    weight[:, :front] *= rates.to_numpy()[cell]
    planted_share = weight[:, :front].sum(axis=1, keepdims=True)
    weight[:, :front] *= np.minimum(1, ROOM / np.maximum(planted_share, ROOM))
    weight[:, front:] *= zipf
    rest = weight[:, front:].sum(axis=1, keepdims=True)
    weight[:, front:] *= (1 - weight[:, :front].sum(axis=1, keepdims=True)) / rest
    n = rng.multinomial(np.maximum(lengths.astype(int), 1), weight)
    document, word = n.nonzero()
    frame = rates.index.to_frame(index=False).iloc[cell].reset_index(drop=True)
    number = [f"{1 + i % int(many['documents']):03d}" for i in range(len(cell))]
    frame["doc_id"] = frame["province"] + "-" + frame["year"].astype(str) + "-" + number
    frame = frame.iloc[document].assign(term=terms[word], n=n[document, word]).reset_index(drop=True)
    drawn = (
        pd.DataFrame(habit, codes, terms)
        .stack()
        .reindex(pd.MultiIndex.from_frame(truth[["province", "term"]]))
    )
    return frame, truth.assign(drawn=truth["rate"] * drawn.to_numpy())


def _filled(given: Mapping[str, float], standard: Mapping[str, float], name: str) -> dict[str, float]:
    """Return the standard with what was given in its place."""
    for key, value in given.items():
        _check.one_of(key, standard, name)
        _check.at_least(value, 0 if name == "spread" else 1, f"{name}[{key!r}]")
    return {**standard, **given}


def _codes(provinces: int | Sequence[str]) -> list[str]:
    if not isinstance(provinces, int):
        return [places.code(one) for one in provinces]
    _check.at_least(provinces, 1, "provinces")
    there = places.provinces()["province"]
    return there.iloc[:provinces].tolist()


def _truth(
    planted: Mapping[str, float] | pd.DataFrame, codes: list[str], years: Sequence[int]
) -> pd.DataFrame:
    """The planted rate of each province, year and term."""
    if not isinstance(planted, pd.DataFrame):
        planted = pd.DataFrame({"term": list(planted), "rate": list(planted.values())})
    _check.columns(planted, "term", "rate", what="planted")
    every = pd.MultiIndex.from_product(
        [codes, years, planted["term"].unique()], names=["province", "year", "term"]
    ).to_frame(index=False)
    keys = [name for name in every.columns if name in planted.columns]
    truth = every.merge(planted[[*keys, "rate"]], how="left", on=keys)
    if not truth["rate"].ge(0).all():
        first = truth[~truth["rate"].ge(0)].iloc[0]
        raise ValueError(
            f"planted gives {first['term']!r} no rate of 0 or more in province {first['province']}, year "
            f"{first['year']} (given: {first['rate']}); give a row for each combination."
        )
    if truth.groupby(["province", "year"])["rate"].sum().max() > PER / 2:
        raise ValueError(f"planted rates sum to more than {PER // 2} per {PER} words; plant fewer.")
    return truth.astype({"rate": float})


def _effect(rng: np.random.Generator, spread: float, shape: int | tuple[int, ...]) -> np.ndarray:
    """Log-normal effects of mean 1."""
    return rng.lognormal(-(spread**2) / 2, spread, shape)

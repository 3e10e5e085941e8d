"""Would the methods find the truth, if we knew it? Corpora with planted rates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from toolkit import _check, places

PER = 10_000  # planted rates are per so many words
ROOM = 0.9  # of a document at most, for its planted words
SIZE = {"documents": 4, "words": 1000, "vocabulary": 500}
TOPIC_SIZE = {"documents": 10, "words": 60, "vocabulary": 400}
TOPIC_SPREAD = {"province": 0.5, "year": 0.4, "document": 1.5}
COMMON = 0.3  # of the words of every topic, from a list that all share
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
    each = pd.MultiIndex.from_frame(truth[["province", "term"]])
    drawn = pd.DataFrame(habit, codes, terms).stack().reindex(each)
    return frame, truth.assign(drawn=truth["rate"] * drawn.to_numpy())


def topics(
    k: int = 5,
    *,
    provinces: int | Sequence[str] = 31,
    years: Sequence[int] = (2025, 2026),
    size: Mapping[str, int] = TOPIC_SIZE,
    spread: Mapping[str, float] = TOPIC_SPREAD,
    seed: int = 1,
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Word counts of made-up paragraphs with topics, and effects of province and year on them, that we know.

    The shares of a paragraph are logistic normal: the effect of its province, of its year, and its own, all
    normal. Each topic has words of its own and words that all topics share, both by Zipf's law.

    Parameters
    ----------
    k
        The number of topics.
    provinces, years, seed
        As in `counts`; each province has one document a year.
    size
        ``documents`` (paragraphs per province and year), ``words`` (per paragraph, mean), ``vocabulary``;
        what is not given is as in ``TOPIC_SIZE``.
    spread
        Standard deviations on the log scale between ``province``, ``year`` and ``document`` (paragraphs);
        what is not given is as in ``TOPIC_SPREAD``; ``{"province": 0, "year": 0}`` plants no effect.

    Returns
    -------
    counts : DataFrame
        ``doc_id``, ``province``, ``year``, ``paragraph``, ``term``, ``n``.
    terms : DataFrame
        The planted topics: ``topic``, ``term``, ``weight``.
    shares : DataFrame
        The planted effects: ``topic``, ``province``, ``year``, ``share`` (expected over the paragraphs of
        this province and year), ``population`` (expected over provinces like these, too).

    References
    ----------
    Roberts, M. E., Stewart, B. M. and Airoldi, E. M. (2016). A model of text for experimentation in the
    social sciences. JASA 111, 988–1003, section 2 (the generating process).

    Examples
    --------
    >>> frame, terms, shares = topics(3, provinces=["14", "33"], size={"documents": 2})
    >>> shares.groupby(["province", "year"])["share"].sum().round(6).tolist()
    [1.0, 1.0, 1.0, 1.0]
    """
    _check.at_least(k, 2, "k")
    many, spread = _filled(size, TOPIC_SIZE, "size"), _filled(spread, TOPIC_SPREAD, "spread")
    codes, rng = _codes(provinces), np.random.default_rng(seed)
    beta = _topic_words(rng, k, int(many["vocabulary"]))
    of_province = rng.normal(0, spread["province"], (len(codes), 1, k - 1))
    of_year = np.arange(len(years))[:, None] * rng.normal(0, spread["year"], k - 1)
    place, own = rng.normal(0, 1, (2, 10_000, k - 1))
    place, own = np.vstack([place, -place]) * spread["province"], np.vstack([own, -own]) * spread["document"]
    each = pd.MultiIndex.from_product([codes, years], names=["province", "year"]).to_frame(index=False)
    means = (of_province + of_year).reshape(len(each), k - 1)
    expected = np.array([_softmax(mean + own).mean(axis=0) for mean in means])
    wide = np.array([_softmax(mean + place + own).mean(axis=0) for mean in of_year])
    shares = each.loc[each.index.repeat(k)].assign(topic=np.tile(np.arange(1, k + 1), len(each)))
    shares["share"] = expected.ravel()
    shares["population"] = np.tile(wide, (len(codes), 1)).ravel()

    paragraphs = each.loc[each.index.repeat(int(many["documents"]))]
    eta = means[paragraphs.index] + rng.normal(0, spread["document"], (len(paragraphs), k - 1))
    n = rng.multinomial(np.maximum(rng.poisson(many["words"], len(eta)), 1), _softmax(eta) @ beta)
    paragraphs = paragraphs.assign(paragraph=paragraphs.groupby(["province", "year"]).cumcount() + 1)
    paragraphs.insert(0, "doc_id", paragraphs["province"] + "-" + paragraphs["year"].astype(str))
    document, word = n.nonzero()
    words = np.array([f"词{number:04d}" for number in range(1, beta.shape[1] + 1)], object)
    frame = paragraphs.iloc[document].assign(term=words[word], n=n[document, word]).reset_index(drop=True)
    rows = np.repeat(np.arange(1, k + 1), beta.shape[1])
    terms = pd.DataFrame({"topic": rows, "term": np.tile(words, k), "weight": beta.ravel()})
    return frame, terms, shares[["topic", "province", "year", "share", "population"]].reset_index(drop=True)


def _topic_words(rng: np.random.Generator, k: int, size: int) -> np.ndarray:
    """Topics × words: a fifth of the words are common to all, the rest is dealt out among the topics."""
    order, beta = rng.permutation(size), np.zeros((k, size))
    common, own = order[: size // 5], np.array_split(order[size // 5 :], k)
    for topic, words in enumerate(own):
        for some, part in ((common, COMMON), (words, 1 - COMMON)):
            zipf = 1 / np.arange(2, len(some) + 2)
            beta[topic, some] = part * zipf / zipf.sum()
    return beta


def _softmax(eta: np.ndarray) -> np.ndarray:
    """Shares from log odds against the last topic."""
    full = np.exp(np.column_stack([eta, np.zeros(len(eta))]))
    return full / full.sum(axis=1, keepdims=True)


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
    cells, names = [codes, years, planted["term"].unique()], ["province", "year", "term"]
    every = pd.MultiIndex.from_product(cells, names=names).to_frame(index=False)
    keys = [name for name in names if name in planted.columns]
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

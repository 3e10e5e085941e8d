"""Counts → a model, and the two frames that every later step needs."""

from __future__ import annotations

import inspect
import logging
from collections.abc import Iterable
from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
from scipy import sparse

from toolkit import _check, words
from toolkit.topics import _design, _engines

log = logging.getLogger(__name__)

NOT_OF_A_DOCUMENT = ("term", "n", "docs", "lexicon")
YOURS = {"design": "prevalence", "times": "time"}  # what the user gives for what the engine takes
DROP = ("numbers", "latin", "single", "stopwords", "persons", "places")


def trim(
    counts: pd.DataFrame,
    *,
    min_docs: int = 8,
    max_share: float = 0.5,
    min_words: int = 10,
    drop: Iterable[str] = DROP,
) -> pd.DataFrame:
    """Leave out the words that blur topics, and the documents that are then too short to have one.

    Parameters
    ----------
    counts
        A row per document and term. A document is one combination of all columns beside ``term``, ``n``,
        ``docs`` and ``lexicon``, such as ``doc_id`` and ``paragraph``.
    min_docs, max_share
        Keep terms that stand in so many documents at least, and in such a share of them at most.
    min_words
        Keep documents that still have so many words.
    drop
        Kinds of words to leave out, as in `words.count`.

    Returns
    -------
    DataFrame
        The rows that stay. How many words and documents went is logged.

    Raises
    ------
    KeyError, ValueError
        If a column is missing, a kind of word is unknown, or nothing is left.

    References
    ----------
    Denny, M. J. and Spirling, A. (2018). Text preprocessing for unsupervised learning. Political Analysis
    26, 168–189 (why such choices must be said).

    Examples
    --------
    >>> counts = pd.DataFrame({"doc_id": ["a", "a", "b"], "term": ["平安", "的", "平安"], "n": [2, 9, 1]})
    >>> trim(counts, min_docs=2, max_share=1, min_words=1)["term"].tolist()
    ['平安', '平安']
    """
    table, rows, documents, terms = _table(counts, None)
    keep = np.ones(len(terms), bool)
    for name in drop:
        _check.one_of(name, words.DROPS, "drop")
        keep &= ~np.array([words.DROPS[name](term) for term in terms], bool)
    spread = np.bincount(table.indices, minlength=len(terms))
    keep &= (spread >= min_docs) & (spread <= max_share * len(documents))
    long = np.asarray(table[:, keep].sum(axis=1)).ravel() >= min_words
    log.info(
        "kept %d of %d terms, and %d of %d documents with %d such words or more",
        keep.sum(), len(terms), long.sum(), len(documents), min_words,
    )  # fmt: skip
    there = counts["term"].isin(terms[keep]) & (rows >= 0) & long[rows]
    kept = counts[there].reset_index(drop=True)
    _check.not_empty(kept, "what is left of counts", "lower min_docs and min_words, or raise max_share")
    return kept


def fit(
    counts: pd.DataFrame,
    *,
    k: int = 20,
    method: str = "lda",
    prevalence: str | None = None,
    start: pd.DataFrame | None = None,
    seed: int = 1,
    **options: Any,
) -> SimpleNamespace:
    """Fit a topic model to counts.

    Parameters
    ----------
    counts
        A row per document and term: ``term``, ``n`` and the columns that tell the documents apart and are
        their covariates (``doc_id``, ``paragraph``, ``province``, ``year`` …). The option ``by`` names the
        columns that make a document, if not all: ``by=["doc_id", "province"]`` takes whole reports.
    k
        The number of topics.
    method
        ``"lda"`` (fast, the best start), ``"stm"`` (shares depend on covariates), ``"keyatm"`` (topics from
        keywords; option ``keywords``: what `keywords` gave, or a dictionary from names to words), ``"dtm"``
        (words of a topic change; option ``time``: a column), ``"nmf"``, ``"gensim-lda"``. One seed gives the
        same bytes for one thread and for two; ``stm`` alone uses more than one.
    prevalence
        For ``stm``: on what the shares of topics depend, ``"C(province) + s(year)"``. The option ``content``
        names one column on which the words of a topic depend.
    start
        For ``stm``: a frame ``topic``, ``term``, ``weight`` to start from; else the best of ``restarts``
        (option, 3) quick fits of ``lda`` is the start.
    seed, options
        The seed; ``iterations``, and for ``stm`` also ``tolerance`` and ``threads``.

    Returns
    -------
    SimpleNamespace
        Give it to `terms` and `shares`. ``bound`` is the variational bound of ``stm`` and the
        log-likelihood of the words for the others: the higher of two fits of one method to the same counts
        is better. ``k``, ``method``, ``seed``, ``prevalence``, ``documents`` (a row each), with
        ``stm`` ``converged``, say what was done; ``engine`` is the engine's own object.

    Raises
    ------
    KeyError, TypeError, ValueError
        If a column is missing, counts are not whole numbers, a covariate is missing, has one value or
        follows from others, or there are fewer documents or terms than topics.

    References
    ----------
    Roberts, M. E., Stewart, B. M. and Airoldi, E. M. (2016). A model of text for experimentation in the
    social sciences. JASA 111, 988–1003. Asuncion, A. et al. (2009). On smoothing and inference for topic
    models. UAI. Eshima, S., Imai, K. and Sasaki, T. (2024). Keyword-assisted topic models. AJPS 68, 730–750.

    Examples
    --------
    >>> counts = pd.DataFrame({"doc_id": list("aabbccdd"), "n": 9})
    >>> counts["term"] = ["平安", "治安", "小麦", "粮食"] * 2
    >>> model = fit(counts, k=2)
    >>> terms(model, n=2).groupby("topic")["term"].agg(sorted).tolist() in (
    ...     [["小麦", "粮食"], ["平安", "治安"]], [["平安", "治安"], ["小麦", "粮食"]])
    True
    """
    engine = _engines.ENGINES[_check.one_of(method, _engines.ENGINES, "method")]
    table, _, documents, terms = _table(counts, options.pop("by", None))
    _check.whole(k, 2, "k")
    _check.whole(seed, 0, "seed")
    if seed >= 2**32:
        raise ValueError(f"seed={seed} is too large; give less than {2**32}.")
    for name in {"iterations", "restarts", "threads"} & {key for key in options if options[key] is not None}:
        _check.whole(options[name], 1, name)
    if k > min(table.shape):
        raise ValueError(
            f"k={k} topics cannot be told apart in {table.shape[0]} documents of {table.shape[1]} terms; "
            "give a smaller k."
        )
    known = list(inspect.signature(engine).parameters.values())[4:]
    words_of = {YOURS.get(one.name, one.name): one for one in known}
    given = {**options, "prevalence": prevalence, "start": start}
    given = {name: value for name, value in given.items() if value is not None}
    for name in given:
        if name not in words_of:
            raise _check.unknown(f"the option for method={method!r}", name, ["by", *words_of])
    for name, one in words_of.items():
        if one.default is one.empty and name not in given:
            raise ValueError(f"method={method!r} needs {name}=; see the docstring of topics.fit.")
    given = _resolved(given, documents, terms, k)
    made = engine(table, terms, k, seed, **given)
    made.setdefault("bound", _log_likelihood(table, made["theta"], made["beta"]))
    info = {"method": method, "k": k, "seed": seed, "prevalence": prevalence, "options": options}
    return SimpleNamespace(table=table, documents=documents, terms=terms, **info, **made)


def _table(
    counts: pd.DataFrame, by: list[str] | None
) -> tuple[sparse.csr_matrix, np.ndarray, pd.DataFrame, np.ndarray]:
    """The matrix of documents × terms, each row's document (-1: it is empty), the documents, the terms."""
    by = by if by is None else _check.several(by, "by", "column")
    _check.columns(counts, "term", "n", *(by or []), what="counts")
    _check.not_empty(counts, "counts", "count some documents first")
    _check.one_lexicon(counts)
    by = [name for name in counts.columns if name not in NOT_OF_A_DOCUMENT] if by is None else by
    _check.not_empty(by, "the columns that tell documents apart", "add a column such as doc_id")
    n = pd.to_numeric(counts["n"], errors="coerce").to_numpy(float, na_value=np.nan)
    if not ((n >= 0) & (n == np.floor(n)) & np.isfinite(n)).all() or counts["term"].isna().any():
        raise ValueError("counts needs a term and a whole number n of 0 or more in every row.")
    rows = counts.groupby(by, sort=True, dropna=False).ngroup().to_numpy()
    table, documents, names = words.matrix(counts, by=by)
    words_of = np.asarray(table.sum(axis=1)).ravel()
    empty = words_of == 0
    if empty.any():
        log.warning("left out %d of %d documents that have no words (the first: %s)",
                    empty.sum(), len(empty), _design._first(documents[empty]))  # fmt: skip
        _check.not_empty(documents[~empty], "counts", "no document has a word")
        there, out = ~empty[rows], np.full(len(rows), -1)
        table, out[there], documents, terms = _table(counts[there], by)
        return table, out, documents, terms
    seen = np.asarray(table.sum(axis=0)).ravel() > 0
    table = table[:, seen].tocsr()
    table.eliminate_zeros()
    return table, rows, documents, names.to_numpy(object)[seen]


def _resolved(given: dict[str, Any], documents: pd.DataFrame, terms: np.ndarray, k: int) -> dict[str, Any]:
    """What the user gave in words, as the engine wants it in numbers."""
    if "prevalence" in given:
        matrix = _design.design(given.pop("prevalence"), documents)
        given["design"] = matrix.drop(columns="Intercept", errors="ignore").to_numpy(float)
    if "start" in given:
        given["start"] = _start(given["start"], terms, k)
    if "keywords" in given:
        given["keywords"] = _keywords(given["keywords"], terms, k)
    for name in {"content", "time"} & set(given):
        column = given.pop(name)
        _check.columns(documents, column, what="counts")
        _check.at_least(documents[column].nunique(), 2, f"the number of values of {column}")
        if documents[column].isna().any():
            raise ValueError(f"{column} is missing in {documents[column].isna().sum()} documents.")
        given["times" if name == "time" else name] = (
            documents[column].to_numpy() if name == "time" else documents[column].astype(str).tolist()
        )
    return given


def _start(start: pd.DataFrame, terms: np.ndarray, k: int) -> np.ndarray:
    """The start as a matrix of topics × terms, a term that it lacks at a tenth of its least weight."""
    _check.columns(start, "topic", "term", "weight", what="start")
    beta = start.pivot_table(index="topic", columns="term", values="weight", aggfunc="sum")
    if len(beta) != k:
        raise ValueError(f"start has {len(beta)} topics and k={k}; give the same number.")
    lost = np.setdiff1d(terms, beta.columns.to_numpy(object))
    if len(lost):
        log.warning("start has no weight for %d of %d terms", len(lost), len(terms))
    if len(lost) > len(terms) / 2:
        raise ValueError(f"start lacks {len(lost)} of the {len(terms)} terms of counts; was it cut alike?")
    values = beta.reindex(columns=terms).to_numpy(float)
    values = np.where(values > 0, values, np.nanmin(values[values > 0]) / 10)
    return values / values.sum(axis=1, keepdims=True)


def _keywords(keywords: Any, terms: np.ndarray, k: int) -> dict[str, list[str]]:
    """Name → words; refused is what the counts do not hold, which engines leave out silently."""
    if isinstance(keywords, pd.DataFrame):
        _check.columns(keywords, "theme", "term", "usable", what="keywords")
        keywords = keywords[keywords["usable"]].groupby("theme")["term"].agg(list).to_dict()
        _check.not_empty(
            keywords, "the usable part of keywords", "lower min_n or least_share in topics.keywords"
        )
    if not isinstance(keywords, dict) or any(isinstance(some, str) for some in keywords.values()):
        raise TypeError("keywords must map names to lists of words, or be what topics.keywords gave.")
    for name, some in [("keywords", keywords), *keywords.items()]:
        _check.not_empty(some, name, "give a theme one word or more")
    lost = sorted({word for some in keywords.values() for word in some} - set(terms))
    if lost:
        raise ValueError(f"counts holds no {'、'.join(lost[:10])}; take out these {len(lost)} keywords.")
    _check.at_least(k, len(keywords), "k")
    return {name: list(some) for name, some in keywords.items()}


def fitted(model: object) -> None:
    """Raise TypeError unless `model` is one."""
    if not {"theta", "documents"} <= set(vars(model) if isinstance(model, SimpleNamespace) else ()):
        raise TypeError(f"model must be what topics.fit returned, not {type(model).__name__}.")


def _log_likelihood(table: sparse.csr_matrix, theta: np.ndarray, beta: np.ndarray) -> float:
    rows, columns = table.nonzero()
    chances = np.einsum("ij,ij->i", theta[rows], beta.T[columns])
    return float(table.data @ np.log(np.maximum(chances, 1e-300)))


def terms(model: SimpleNamespace | pd.DataFrame, *, n: int | None = None) -> pd.DataFrame:
    """The words of each topic.

    Parameters
    ----------
    model
        What `fit` returned; a frame of terms passes through.
    n
        Only the first so many of each topic.

    Returns
    -------
    DataFrame
        ``topic`` (1 …), ``term``, ``weight`` (probability of the term in the topic), ``rank`` (1 … by
        weight); sorted by topic and rank. With ``dtm`` there is a list for each ``period``, with the option
        ``content`` for each value of it; with ``keyatm`` the column ``theme`` names the keywords.

    Examples
    --------
    >>> counts = pd.DataFrame({"doc_id": list("aabb"), "term": ["平安", "治安", "小麦", "粮食"], "n": 9})
    >>> terms(fit(counts, k=2), n=1).columns.tolist()
    ['topic', 'term', 'weight', 'rank']
    """
    if isinstance(model, pd.DataFrame):
        _check.columns(model, "topic", "term", "weight", what="terms")
        return model
    n = n or len(model.terms)
    if "parted" in vars(model):
        column, betas = model.parted
        parts = {value: _ranked(beta, model.terms, n) for value, beta in betas.items()}
        out = pd.concat(parts, names=[column]).reset_index(column).reset_index(drop=True)
        out = out.sort_values(["topic", column, "rank"], ignore_index=True)
        return out[["topic", column, "term", "weight", "rank"]]
    out = _ranked(model.beta, model.terms, n)
    if "names" in vars(model):
        out["theme"] = out["topic"].map(dict(enumerate(model.names, 1)))
    return out


def _ranked(beta: np.ndarray, terms: np.ndarray, n: int) -> pd.DataFrame:
    order = np.argsort(-beta, axis=1, kind="stable")[:, :n]
    k, n = order.shape
    return pd.DataFrame({
        "topic": np.repeat(np.arange(1, k + 1), n), "term": pd.array(terms[order].ravel(), dtype="str"),
        "weight": np.take_along_axis(beta, order, axis=1).ravel(), "rank": np.tile(np.arange(1, n + 1), k),
    })  # fmt: skip


def shares(model: SimpleNamespace) -> pd.DataFrame:
    """The topics of each document.

    Parameters
    ----------
    model
        What `fit` returned.

    Returns
    -------
    DataFrame
        The columns of the document (``doc_id``, ``province``, ``year`` …), ``topic`` (1 …), ``share``; the
        shares of a document sum to one.

    Examples
    --------
    >>> counts = pd.DataFrame({"doc_id": list("aabb"), "term": ["平安", "治安", "小麦", "粮食"], "n": 9})
    >>> shares(fit(counts, k=2)).groupby("doc_id")["share"].sum().round(6).tolist()
    [1.0, 1.0]
    """
    fitted(model)
    rows, k = model.theta.shape
    out = model.documents.loc[model.documents.index.repeat(k)].reset_index(drop=True)
    return out.assign(topic=np.tile(np.arange(1, k + 1), rows), share=model.theta.ravel())

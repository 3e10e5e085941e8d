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
    _check.whole(min_docs, 0, "min_docs")
    _check.whole(min_words, 0, "min_words")
    _check.at_least(max_share, 0, "max_share")
    if max_share > 1:
        raise ValueError(f"max_share={max_share!r} is no share; give 0 to 1.")
    table, rows, documents, terms = _table(counts, None)
    keep = np.ones(len(terms), bool)
    for name in _check.several(drop, "drop", "kind of words"):
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
        keywords; option ``keywords``: what `keywords` gave, or a dictionary from names to words; a word of
        two themes is a keyword of both, which is logged), ``"dtm"`` (words of a topic change; option
        ``time``: a column; each period is taken as one step from the one before, and years or months that
        lack between them are logged), ``"nmf"``, ``"gensim-lda"``. One seed gives the same bytes for one
        thread and for two; ``stm`` alone uses more than one.
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
    _check.at_least(options.get("tolerance", 0), 0, "tolerance")
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
    given = _design.resolved(given, documents, terms, k)
    made = engine(table, terms, k, seed, **given)
    made.setdefault("bound", _log_likelihood(table, made["theta"], made["beta"]))
    info = {"method": method, "k": k, "seed": seed, "prevalence": prevalence, "options": options}
    return SimpleNamespace(table=table, documents=documents, terms=terms, **info, **made)


def _table(
    counts: pd.DataFrame, by: list[str] | None
) -> tuple[sparse.csr_matrix, np.ndarray, pd.DataFrame, np.ndarray]:
    """The matrix of documents × terms, each row's document (-1: it is empty), the documents, the terms."""
    by = by if by is None else list(dict.fromkeys(_check.several(by, "by", "column")))
    _check.columns(counts, "term", "n", what="counts")
    _check.not_empty(counts, "counts", "count some documents first")
    _check.one_lexicon(counts)
    by = [name for name in counts.columns if name not in NOT_OF_A_DOCUMENT] if by is None else by
    _check.not_empty(by, "the columns that tell documents apart", "add a column such as doc_id")
    _check.columns(counts, *by, what="counts")
    taken = sorted({"topic", "share", "rank", "term", "n"} & set(by))
    if taken:
        raise ValueError(
            f"documents cannot be told apart by {taken[0]}, a column of topics; rename or drop it."
        )
    whole(counts)
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


def fitted(model: object) -> None:
    """Raise TypeError unless `model` is one."""
    if not {"theta", "documents"} <= set(vars(model) if isinstance(model, SimpleNamespace) else ()):
        raise TypeError(f"model must be what topics.fit returned, not {type(model).__name__}.")


def whole(counts: pd.DataFrame) -> None:
    """Raise ValueError unless every row has a term, which is a text, and a whole number n."""
    n = pd.to_numeric(counts["n"], errors="coerce").to_numpy(float, na_value=np.nan)
    kind, terms = pd.api.types.infer_dtype, counts["term"].unique().tolist()
    good = kind(counts["n"]) not in ("string", "mixed", "mixed-integer") and "" not in terms
    good &= kind(terms, skipna=False) == "string"
    if not good or not ((n >= 0) & (n == np.floor(n)) & np.isfinite(n)).all():
        raise ValueError("counts needs a term as text and a whole number n of 0 or more in every row.")


@_engines.one_thread
def _log_likelihood(table: sparse.csr_matrix, theta: np.ndarray, beta: np.ndarray) -> float:
    rows, columns = table.nonzero()
    chances = np.einsum("ij,ij->i", theta[rows], beta.T[columns])
    return float(table.data @ np.log(np.maximum(chances, 1e-300)))


def terms(model: SimpleNamespace | pd.DataFrame, *, n: int | None = None) -> pd.DataFrame:
    """The words of each topic.

    Parameters
    ----------
    model
        What `fit` returned, or a frame of terms.
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
    _check.whole(1 if n is None else n, 1, "n")
    if isinstance(model, pd.DataFrame):
        _check.columns(model, "topic", "term", "weight", *(["rank"] if n else []), what="terms")
        return model[model["rank"] <= n] if n else model
    fitted(model)
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

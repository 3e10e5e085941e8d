"""What the user gives in words → what engines take in numbers; what they would swallow is refused."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable
from typing import Any

import formulaic
import formulaic.errors
import numpy as np
import pandas as pd
from scipy.linalg import qr

from toolkit import _check

log = logging.getLogger(__name__)

_SMOOTH = re.compile(r"\bs\(\s*(\w+)\s*\)")


def design(formula: str, documents: pd.DataFrame) -> formulaic.ModelMatrix:
    """The matrix of covariates, intercept first; its ``model_spec`` makes the same columns of other rows.

    ``s(year)`` is a B-spline of at most ten columns, as in R's stm; with two values it is a straight line.
    """
    if not isinstance(formula, str):
        raise TypeError(f"prevalence={formula!r} is no text; write it as 'C(province) + s(year)'.")
    left, _, text = formula.rpartition("~")
    if left.strip() or "|" in text:
        raise ValueError(
            f"prevalence={formula!r} may hold covariates only, and no |; write 'C(province) + s(year)'."
        )
    plain, text = plain_types(documents), text.strip()
    try:
        names = [str(name) for name in formulaic.Formula(_SMOOTH.sub(r"\1", text)).required_variables]
        _check.not_empty(names, f"prevalence={formula!r}", "name at least one column of counts")
        for name in names:
            covariate(documents, name, "nothing can depend on it; take it out of prevalence")
        smooth = _SMOOTH.sub(lambda found: _spline(found[1], plain), text)
        with np.errstate(all="ignore"):
            matrix = formulaic.model_matrix(smooth, plain, context={})  # no name of this file is a function
    except (formulaic.errors.FormulaicError, SyntaxError) as error:
        reason = re.sub(r"⧛.*?⧚", "", str(error)).partition("\n")[0]  # without colour codes
        raise ValueError(
            f"prevalence={formula!r} cannot be read ({reason}); write it as 'C(province) + s(year)'."
        ) from None
    if "Intercept" not in matrix:
        raise ValueError(
            f"prevalence={formula!r} takes the intercept out, which the engine needs; drop - 1 or 0 +."
        )
    endless = matrix.columns[~np.isfinite(matrix.to_numpy(float)).all(axis=0)]
    if len(endless):
        raise ValueError(f"{endless[0]} is infinite or no number in some documents; give numbers.")
    _full_rank(matrix, formula)
    return matrix


def covariate(documents: pd.DataFrame, name: str, remedy: str) -> pd.Series:
    """The column `name`, which every document must have, in one kind of value but several values."""
    _check.columns(documents, name, what="counts")
    lacking = documents[name].isna()
    if lacking.any():
        raise ValueError(
            f"{name} is missing in {lacking.sum()} of {len(lacking)} documents (the first: "
            f"{_first(documents[lacking])}); fill it or leave those documents out yourself."
        )
    if pd.api.types.infer_dtype(documents[name]) in ("mixed", "mixed-integer"):
        raise ValueError(f"{name} is text in some documents and no text in others; make it one kind.")
    return vary(documents[name], remedy)


def vary(column: pd.Series, remedy: str) -> pd.Series:
    """Raise ValueError if the documents have one value only in `column`; `remedy` says what to do."""
    if column.nunique(dropna=False) < 2:
        raise ValueError(f"{column.name} has one value only ({column.iloc[0]}); {remedy}.")
    return column


def plain_types(documents: pd.DataFrame) -> pd.DataFrame:
    """Numbers as floats and all else as objects, so that nullable types change nothing."""
    return pd.DataFrame({
        name: column.astype(float)
        if pd.api.types.is_numeric_dtype(column)
        else column.astype(object).where(column.notna(), None)
        for name, column in documents.items()
    })  # fmt: skip


def _spline(name: str, documents: pd.DataFrame) -> str:
    if not pd.api.types.is_numeric_dtype(documents[name]):
        raise ValueError(f"s({name}) needs numbers, and {name} holds none; write C({name}).")
    free = min(10, documents[name].nunique() - 1)
    return name if free == 1 else f"bs({name}, df={free}, degree={min(3, free)})"


def _full_rank(matrix: pd.DataFrame, formula: str) -> None:
    """Refuse columns that are sums of others; the sentence names them."""
    values = matrix.to_numpy(float)
    values = values / np.maximum(np.abs(values).max(axis=0), 1e-300)
    _, triangle, order = qr(values, mode="economic", pivoting=True)
    size = np.abs(np.diag(triangle))
    rank = int((size > size[0] * 1e-9).sum())
    if rank < values.shape[1]:
        extra = "、".join(str(matrix.columns[i]) for i in order[rank:][:5])
        raise ValueError(
            f"prevalence={formula!r} gives {values.shape[1]} columns for {len(values)} documents, of which "
            f"only {rank} are independent ({extra} follow from the others); take one covariate out."
        )


def _first(rows: pd.DataFrame) -> str:
    return ", ".join(f"{name} {value}" for name, value in rows.iloc[0].items())


def resolved(given: dict[str, Any], documents: pd.DataFrame, terms: np.ndarray, k: int) -> dict[str, Any]:
    """What the user gave in words, as the engine wants it in numbers."""
    if "prevalence" in given:
        matrix = design(given.pop("prevalence"), documents)
        given["design"] = matrix.drop(columns="Intercept", errors="ignore").to_numpy(float)
    if "start" in given:
        given["start"] = _start(given["start"], terms, k)
    if "keywords" in given:
        given["keywords"] = _keywords(given["keywords"], terms, k)
    if "content" in given:
        column = covariate(documents, given["content"], "words cannot depend on it")
        given["content"] = column.astype(str).tolist()
    if "time" in given:
        given["times"] = _periods(covariate(documents, given.pop("time"), "one period has no course"))
    return given


def groups(column: pd.Series, remedy: str) -> np.ndarray:
    """The number of each document's group; that documents without one are a group is said."""
    vary(column, remedy)
    lacking = column.isna().sum()
    if lacking:
        log.warning("%d of %d documents have no %s and count as one", lacking, len(column), column.name)
    return column.factorize(use_na_sentinel=False)[0]


def _periods(column: pd.Series) -> np.ndarray:
    """The periods of the documents; years and months that are lacking between them are named."""
    text = column.astype(str)
    for shape, step in ((r"\d{4}", "Y"), (r"\d{4}-\d\d", "M")):
        if text.str.fullmatch(shape).all():
            there = pd.PeriodIndex(text, freq=step)
            lost = pd.period_range(there.min(), there.max(), freq=step).difference(there)
            if len(lost):
                log.warning(
                    "%s lacks %d periods between %s and %s (%s); those before and after count as neighbours",
                    column.name, len(lost), there.min(), there.max(), _check._listed(lost, 10),
                )  # fmt: skip
    return column.to_numpy()


def weights(frame: pd.DataFrame, what: str, terms: Iterable | None = None) -> pd.DataFrame:
    """The weights of topics × terms, 0 where there is none; what is no weight is refused."""
    _check.columns(frame, "topic", "term", "weight", what=what)
    _check.not_empty(frame, what, "give what topics.terms returns")
    weight = pd.to_numeric(frame["weight"], errors="coerce").astype(float)
    bad = ~(np.isfinite(weight) & (weight >= 0)) | frame[["topic", "term"]].isna().any(axis=1)
    if bad.any():
        raise ValueError(
            f"{what} lacks a topic, a term or a weight of 0 or more in {bad.sum()} of {len(frame)} rows "
            f"(the first: {_first(frame[bad])})."
        )
    table = frame.assign(weight=weight).groupby(["topic", "term"], observed=True)["weight"].sum().unstack()
    table = (table if terms is None else table.reindex(columns=list(terms))).fillna(0.0)
    nothing = table.index[~table.any(axis=1)]
    if len(nothing):
        held = "" if terms is None else " that counts hold"
        raise ValueError(f"topic {nothing[0]} of {what} has no weight on any term{held}; leave it out.")
    return table


def _start(start: pd.DataFrame, terms: np.ndarray, k: int) -> np.ndarray:
    """The start as a matrix of topics × terms, a term that it lacks at a tenth of its least weight."""
    values = weights(start, "start", terms).to_numpy()
    if len(values) != k:
        raise ValueError(f"start has {len(values)} topics and k={k}; give the same number.")
    lost = set(terms) - set(start["term"])
    if lost:
        log.warning("start has no weight for %d of %d terms", len(lost), len(terms))
    if len(lost) > len(terms) / 2:
        raise ValueError(f"start lacks {len(lost)} of the {len(terms)} terms of counts; was it cut alike?")
    values = np.where(values > 0, values, values[values > 0].min() / 10)
    return values / values.sum(axis=1, keepdims=True)


def _keywords(keywords: Any, terms: np.ndarray, k: int) -> dict[str, list[str]]:
    """Name → words; refused is what the counts do not hold, which engines leave out silently."""
    if isinstance(keywords, pd.DataFrame):
        _check.columns(keywords, "theme", "term", "usable", what="keywords")
        keywords = keywords[keywords["usable"]].groupby("theme")["term"].agg(list).to_dict()
    if not isinstance(keywords, dict) or any(isinstance(some, str) for some in keywords.values()):
        raise TypeError("keywords must map names to lists of words, or be what topics.keywords gave.")
    for name, some in [("the usable part of keywords", keywords), *keywords.items()]:
        _check.not_empty(some, name, "give a theme one word or more")
    words_of = {str(name): list(dict.fromkeys(some)) for name, some in keywords.items()}
    if strange := [word for some in words_of.values() for word in some if not isinstance(word, str)]:
        raise TypeError(f"keywords holds {strange[0]!r}, which is no text; give words.")
    every = pd.Series([word for some in words_of.values() for word in some])
    lost = sorted(set(every) - set(terms))
    if lost:
        raise ValueError(f"counts holds no {'、'.join(lost[:10])}; take out these {len(lost)} keywords.")
    shared = every[every.duplicated()].unique()
    if len(shared):
        log.warning("%d keywords stand under more than one theme (%s) and are keywords of each",
                    len(shared), _check._listed(shared))  # fmt: skip
    _check.at_least(k, len(keywords), "k")
    return words_of

"""A formula and the documents' columns → a matrix of covariates; what engines would swallow is refused."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

import formulaic
import formulaic.errors
import numpy as np
import pandas as pd
from scipy.linalg import qr

from toolkit import _check

_SMOOTH = re.compile(r"\bs\(\s*(\w+)\s*\)")


def design(formula: str, documents: pd.DataFrame) -> formulaic.ModelMatrix:
    """The matrix of covariates, intercept first; its ``model_spec`` makes the same columns of other rows.

    ``s(year)`` is a B-spline of at most ten columns, as in R's stm; with two values it is a straight line.
    """
    plain = plain_types(documents)
    text = formula.split("~")[-1].strip()
    with _readable(formula):
        names = [str(name) for name in formulaic.Formula(_SMOOTH.sub(r"\1", text)).required_variables]
    _check.columns(documents, *names, what="counts")
    _check.not_empty(names, f"prevalence={formula!r}", "name at least one column of counts")
    for name in names:
        missing = int(plain[name].isna().sum())
        if missing:
            raise ValueError(
                f"{name} is missing in {missing} of {len(plain)} documents (the first: "
                f"{_first(documents[plain[name].isna()])}); fill it or leave those documents out yourself."
            )
        if plain[name].isin([np.inf, -np.inf]).any():
            raise ValueError(f"{name} is infinite in some documents; give numbers.")
        if plain[name].nunique() < 2:
            raise ValueError(
                f"{name} has one value only ({documents[name].iloc[0]}), so nothing can depend on it; "
                "take it out of prevalence."
            )
    with _readable(formula):
        matrix = formulaic.model_matrix(_SMOOTH.sub(lambda found: _spline(found[1], plain), text), plain)
    _full_rank(matrix, formula)
    return matrix


@contextmanager
def _readable(formula: str) -> Iterator[None]:
    """What formulaic cannot read, in one sentence without colour codes."""
    try:
        yield
    except formulaic.errors.FormulaicError as error:
        reason = re.sub(r"⧛.*?⧚", "", str(error)).partition("\n")[0]
        raise ValueError(
            f"prevalence={formula!r} cannot be read ({reason}); write it as 'C(province) + s(year)'."
        ) from None


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
        raise ValueError(f"s({name}) needs numbers, and {name} holds text; write C({name}).")
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

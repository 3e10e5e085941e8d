"""What is wrong, what was given, what there is, what to do: every error of the toolkit is worded here."""

from __future__ import annotations

import difflib
import logging
import os
from collections.abc import Collection, Iterable, Mapping
from numbers import Integral, Real
from pathlib import Path

import pandas as pd

logger = logging.getLogger(__name__)


def _listed(names: Iterable[object], most: int = 40) -> str:
    """At most `most` names in order, and how many more there are."""
    names = sorted({str(name) for name in names})
    more = len(names) - most
    return ", ".join(names[:most]) + (f" and {more} more" if more > 0 else "") if names else "none"


def columns(frame: pd.DataFrame, *names: str, what: str) -> None:
    """Raise TypeError or KeyError unless `frame` is a frame with all the columns `names`."""
    if not isinstance(frame, pd.DataFrame):
        raise TypeError(f"{what} must be a pandas DataFrame, not {type(frame).__name__}.")
    there = frame.columns.tolist()
    missing = [name for name in names if name not in there]  # a list, given for a name, is not there either
    if missing:
        raise KeyError(f"{what} has no column {', '.join(map(repr, missing))}; it has: {_listed(there)}.")
    twice = [name for name in names if there.count(name) > 1]
    if twice:
        raise ValueError(f"{what} has more than one column {twice[0]!r}; drop or rename one.")


def unknown(name: str, given: object, choices: Iterable[object]) -> ValueError:
    """The error for a thing that is not among `choices`: what was given, what there is, what is near."""
    written = {str(choice): choice for choice in choices}
    near = difflib.get_close_matches(str(given), written, n=1, cutoff=0.5)
    hint = f" Did you mean {_plain(written[near[0]])!r}?" if near else ""
    few = 40 if len(written) <= 60 else 5
    return ValueError(f"{name}={given!r} is unknown; choose one of: {_listed(written, few)}.{hint}")


def _plain(value: object) -> object:
    """A number of numpy as Python writes it."""
    return value.item() if hasattr(value, "item") else value


def one_of(value: str, choices: Collection[object], name: str) -> str:
    """Return `value` if it is one of `choices`, else raise ValueError that says what may be given."""
    if value not in list(choices):
        raise unknown(name, value, choices)
    return value


def several(given: object, name: str, what: str = "text") -> list:
    """Return what was given as a list, one text as a list of one; raise TypeError for what is no list."""
    if isinstance(given, str):
        return [given]
    if not isinstance(given, Iterable) or isinstance(given, Mapping | pd.DataFrame):
        raise TypeError(f"{name}={given!r} is a {type(given).__name__}; give one {what} or a list of them.")
    return list(given)


def at_least(value: float, least: float, name: str) -> None:
    """Raise TypeError or ValueError unless `value` is a number of `least` or more."""
    if not isinstance(value, Real):
        raise TypeError(f"{name}={value!r} is no number; give {least} or more.")
    if not value >= least:
        raise ValueError(f"{name}={value!r} is too small; give {least} or more.")


def whole(value: object, least: int, name: str) -> None:
    """Raise TypeError or ValueError unless `value` is a whole number of `least` or more."""
    if not isinstance(value, Integral) or isinstance(value, bool):
        raise TypeError(f"{name}={value!r} is no whole number; give {least} or more.")
    at_least(int(value), least, name)


def one_lexicon(counts: pd.DataFrame) -> None:
    """Raise ValueError if `counts` was cut with two different lexicons, if its column ``lexicon`` tells."""
    if "lexicon" not in counts or len(getattr(counts["lexicon"].dtype, "categories", "..")) < 2:
        return
    given = counts["lexicon"].dropna().unique()
    if len(given) > 1:
        raise ValueError(
            f"counts was cut with {len(given)} different lexicons ({_listed(given)}), and counts of two "
            "lexicons cannot be compared; count all the documents again with one."
        )


def clusters(counts: pd.DataFrame, cluster: str) -> list[str]:
    """Return the columns that tell the clusters apart; paragraphs are numbered within their document."""
    names = ["doc_id", cluster] if cluster == "paragraph" and "doc_id" in counts.columns else [cluster]
    columns(counts, *names, what="counts")
    return names


def known(counts: pd.DataFrame, *names: str) -> pd.DataFrame:
    """Return the rows of `counts` that have all of `names`; say how many words are left out, fail if all."""
    lacking = counts[[*names]].isna().any(axis=1)
    if lacking.any():
        lost, words = counts["n"][lacking].sum(), counts["n"].sum()
        logger.warning("%d of %d words have no %s and are left out.", lost, words, " or ".join(names))
    kept = counts[~lacking]
    not_empty(kept, f"the part of counts with words and {', '.join(names)}", "count documents first")
    return kept


def path(given: str | Path, what: str) -> Path:
    """Return `given` as a path that exists, else raise FileNotFoundError that says what stands beside it."""
    if not isinstance(given, str | os.PathLike):
        raise TypeError(f"{what} must be a path, not {type(given).__name__} ({given!r:.60}).")
    given = Path(given)
    if not given.exists():
        parent = next(folder for folder in [*given.absolute().parents] if folder.exists())
        raise FileNotFoundError(
            f"{what} {str(given)!r} does not exist; {str(parent)!r} holds: "
            f"{_listed(child.name for child in parent.iterdir())}."
        )
    return given


def not_empty(things: Collection[object] | pd.DataFrame, what: str, remedy: str) -> None:
    """Raise ValueError if there is nothing in `things`; `remedy` says what to do."""
    if len(things) == 0:
        raise ValueError(f"{what} is empty; {remedy}.")

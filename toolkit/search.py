"""In what words does a term stand, and in which documents?"""

from __future__ import annotations

import logging
import re
from itertools import chain

import numpy as np
import pandas as pd

from toolkit import _check
from toolkit.clean import _same

log = logging.getLogger(__name__)


def kwic(
    docs: pd.DataFrame,
    *,
    pattern: str | re.Pattern[str] | pd.DataFrame,
    width: int = 20,
    most: int | None = None,
    duplicates: str = "all",
) -> pd.DataFrame:
    """Every place of a pattern with the characters before and after it (key word in context).

    The search is on raw characters: it also finds 高质量发展 in 提高质量发展. For a set phrase as the cut has
    it, give the hits of `formulations.track`.

    Parameters
    ----------
    docs
        A row per document or paragraph: ``doc_id``, ``text``, and what else is to stand beside the places.
    pattern
        A term, taken as it is; a compiled regular expression (``re.compile("平安..建设")``); or a frame of
        hits (``doc_id``, ``start``, ``end``, and ``paragraph`` if `docs` has it).
    width
        Characters to show on each side.
    most
        Give the first so many places only; how many there are is logged.
    duplicates
        ``"first"`` leaves out later reprints (`clean.first`).

    Returns
    -------
    DataFrame
        ``doc_id``, ``start`` (character in the row's text), ``left``, ``match``, ``right`` (line feeds as
        spaces), then all other columns of `docs` but ``text``; in the order of `docs` and of the text.

    Raises
    ------
    KeyError, TypeError, ValueError
        If a column is missing, the pattern is empty or of another kind, hits name an unknown document, or
        `duplicates` is unknown.

    Examples
    --------
    >>> docs = pd.DataFrame({"doc_id": ["a"], "year": [2024], "text": ["加快建设更高水平的平安中国。"]})
    >>> kwic(docs, pattern="平安", width=4)[["left", "match", "right", "year"]].values.tolist()
    [['高水平的', '平安', '中国。', 2024]]
    """
    _check.columns(docs, "doc_id", "text", what="docs")
    _check.whole(width, 0, "width")
    _check.whole(0 if most is None else most, 0, "most")
    places = _of_hits(docs, pattern) if isinstance(pattern, pd.DataFrame) else _of_pattern(docs, pattern)
    if duplicates != "all":
        kept = _same.chosen(docs, duplicates)["doc_id"]
        places = places[docs["doc_id"].isin(kept).to_numpy()[places["row"]]]
    if most is not None and len(places) > most:
        log.info("%d places in %d rows; the first %d are given", len(places), places["row"].nunique(), most)
        places = places.head(most)
    held, which = np.unique(places["row"], return_inverse=True)
    texts = docs["text"].iloc[held].tolist()  # each once
    spans = list(zip(which.tolist(), places["start"].tolist(), places["end"].tolist(), strict=True))
    out = docs[["doc_id"]].iloc[places["row"]].reset_index(drop=True)
    out["start"] = places["start"].to_numpy()
    out["left"] = _column([_flat(texts[i][max(0, a - width) : a]) for i, a, _ in spans])
    out["match"] = _column([texts[i][a:b] for i, a, b in spans])
    out["right"] = _column([_flat(texts[i][b : b + width]) for i, _, b in spans])
    rest = docs.columns.difference(["doc_id", "text", "start", "left", "match", "right"], sort=False)
    return out.join(docs[rest].iloc[places["row"]].reset_index(drop=True))


def _flat(side: str) -> str:
    """The text with its line feeds as spaces."""
    return re.sub(r"[\r\n]+", " ", side) if "\n" in side or "\r" in side else side


def _column(values: list[str]) -> pd.Series:
    try:
        return pd.Series(values, dtype="str")
    except UnicodeEncodeError:  # a lone surrogate, which Arrow does not hold
        return pd.Series(values, dtype=object)


def _of_pattern(docs: pd.DataFrame, pattern: str | re.Pattern[str]) -> pd.DataFrame:
    """Row, start and end of each place; rows without it are passed over before Python sees them."""
    if not isinstance(pattern, str | re.Pattern):
        kind = type(pattern).__name__
        raise TypeError(f"pattern must be text, a compiled regular expression or hits, not {kind}.")
    if isinstance(pattern, str):
        _check.not_empty(pattern, "pattern", "give a term")
    wanted = re.compile(re.escape(pattern)) if isinstance(pattern, str) else pattern
    texts = docs["text"].reset_index(drop=True)
    strange = [text for text in texts.dropna() if not isinstance(text, str)] if texts.dtype != "str" else []
    if strange:
        raise TypeError(f"docs holds a text that is none: {strange[0]!r}; give text or nothing.")
    texts = texts.astype(object if texts.isna().all() else texts.dtype)
    if isinstance(pattern, str):
        texts = texts[texts.str.contains(pattern, regex=False, na=False)]
    rows: list[int] = []
    spans: list[tuple[int, int]] = []
    for row, text in zip(texts.index.tolist(), texts.tolist(), strict=True):
        if isinstance(text, str):
            spans += [match.span() for match in wanted.finditer(text) if match.end() > match.start()]
            rows += [row] * (len(spans) - len(rows))
    places = np.fromiter(chain.from_iterable(spans), np.int64, 2 * len(spans)).reshape(-1, 2)
    return pd.DataFrame({"row": np.array(rows, np.int64), "start": places[:, 0], "end": places[:, 1]})


def _of_hits(docs: pd.DataFrame, hits: pd.DataFrame) -> pd.DataFrame:
    """Row, start and end of each hit of `formulations.track`."""
    names = ["doc_id", "paragraph"] if "paragraph" in docs else ["doc_id"]
    _check.columns(hits, *names, "start", "end", what="pattern")
    rows = docs[names].assign(row=range(len(docs)))
    if rows.duplicated(names).any():
        raise ValueError(
            f"docs has several rows of one {' and '.join(names)}; hits cannot tell which is meant."
        )
    places = hits[[*names, "start", "end"]].merge(rows, on=names, how="left")
    strange = places["row"].isna()
    if strange.any():
        first = places[names][strange].iloc[0].tolist()
        raise ValueError(f"{strange.sum()} hits name documents that docs does not hold, such as {first}.")
    return places.astype({"row": "int64"}).sort_values(["row", "start", "end"])[["row", "start", "end"]]

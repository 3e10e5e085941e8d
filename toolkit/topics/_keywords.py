"""Keywords of themes, and how often each occurs, by province."""

from __future__ import annotations

import pandas as pd

from toolkit import _check
from toolkit import lexicon as phrases
from toolkit.topics import _fit


def keywords(
    counts: pd.DataFrame,
    *,
    lexicon: pd.DataFrame | None = None,
    by: str | None = None,
    min_n: int = 10,
    least_share: float = 0.5,
) -> pd.DataFrame:
    """Take the keywords of each theme from the lexicon, and see whether the counts can carry them.

    Parameters
    ----------
    counts
        Columns ``term``, ``n`` and `by`.
    lexicon
        Set phrases with a ``theme``, as `lexicon.read` gives them (the default).
    by
        A column: also count by its values (``"province"``); words without one are left out, which is logged.
    min_n, least_share
        A keyword is ``usable`` if it occurs so often, in at least such a share of the provinces (where
        counts have them): one that a single province says marks the province, not the theme.

    Returns
    -------
    DataFrame
        ``theme``, ``term`` (in a row for each theme that it stands under), the column `by`, ``n``,
        ``rate`` (per 10,000 words of counts or of this value),
        ``provinces`` (in how many it occurs), ``usable``. The usable rows may be given to
        `fit` as its option ``keywords``.

    Raises
    ------
    KeyError, ValueError
        If a column is missing, counts are not whole numbers or no set phrase of a theme occurs.

    References
    ----------
    Eshima, S., Imai, K. and Sasaki, T. (2024). Keyword-assisted topic models. AJPS 68, 730–750 (check the
    frequency of keywords first: their section 2.2).

    Examples
    --------
    >>> mine = pd.DataFrame({"term": ["平安建设", "小麦"], "theme": ["security", "rural"]})
    >>> counts = pd.DataFrame({"province": ["33", "14"], "term": ["平安建设", "平安建设"], "n": [9, 4]})
    >>> keywords(counts, lexicon=mine)[["theme", "term", "n", "provinces", "usable"]].values.tolist()
    [['rural', '小麦', 0, 0, False], ['security', '平安建设', 13, 2, True]]
    """
    _check.columns(counts, "term", "n", *([by] if by else []), what="counts")
    if by in ("term", "n"):
        raise ValueError(f"by={by!r} is what is counted; give another column, such as 'province'.")
    _check.at_least(min_n, 0, "min_n")
    _check.at_least(least_share, 0, "least_share")
    _check.one_lexicon(counts)
    _fit.whole(counts)
    counts = _check.known(counts, by) if by else counts
    lexicon = phrases.read() if lexicon is None else lexicon
    _check.columns(lexicon, "term", "theme", what="lexicon")
    themes = lexicon.loc[lexicon["theme"].fillna("").ne(""), ["theme", "term"]].drop_duplicates()
    _check.not_empty(themes, "the lexicon's column theme", "give each term a theme")
    held = counts[counts["term"].isin(themes["term"]) & counts["n"].gt(0)].astype({"term": object})
    _check.not_empty(held, "what counts hold of the lexicon", "count with words.count(…, lexicon=…)")
    out, keys = themes.astype(object), ["term", *([by] if by else [])]
    if by:
        out = out.merge(pd.DataFrame({by: sorted(counts[by].unique())}), how="cross")
    out = out.merge(held.groupby(keys)["n"].sum().reset_index(), how="left", on=keys)
    out["n"] = out["n"].fillna(0).astype(int)
    words = out[by].map(counts.groupby(by)["n"].sum()) if by else counts["n"].sum()
    out["rate"] = out["n"] / words * 10_000
    total = out["term"].map(held.groupby("term")["n"].sum()).fillna(0)
    out["usable"] = total >= min_n
    if "province" in counts.columns:
        out["provinces"] = out["term"].map(held.groupby("term")["province"].nunique()).fillna(0).astype(int)
        out["usable"] &= out["provinces"] >= least_share * counts["province"].nunique()
    else:
        out["provinces"] = pd.NA
    out = out.sort_values(["theme", "n", *keys], ascending=[True, False, *[True] * len(keys)])
    return out[["theme", *keys, "n", "rate", "provinces", "usable"]].reset_index(drop=True)

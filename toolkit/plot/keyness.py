"""Which terms mark one side, which the other, and which of them are sure?"""

from __future__ import annotations

import matplotlib as mpl
import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from toolkit import _check
from toolkit.plot import _labels

FEW = 5  # documents: a term in fewer is greyed


def keyness(
    scores: pd.DataFrame,
    *,
    n: int = 15,
    ax: Axes | None = None,
    lang: str | None = None,
    target: str | None = None,
) -> Axes:
    """Draw the terms that one group uses most, and least, against the rest.

    Parameters
    ----------
    scores
        A row per term: ``term``, ``score`` (above zero: used more by the target), and perhaps ``se``, ``q``,
        ``docs``, as from `compare.keyness` or `compare.log_odds`.
    n
        How many terms to show on each side: the highest and the lowest scores.
    ax
        Where to draw; the current Axes if None (on a new figure, one high enough for the terms).
    lang
        ``"zh"`` or ``"en"``; what `style.use` chose if None.
    target
        The group whose words these are, for the axis label; a province is given by its code or name.

    Returns
    -------
    Axes
        The highest score on top. Whiskers are 1.96 standard errors where there is ``se``; a term is grey
        where ``q`` is above 0.05 or where fewer than five documents hold it.

    Raises
    ------
    KeyError
        If a column is missing.
    ValueError
        If `scores` is empty or `n` is below one.

    Examples
    --------
    >>> scores = pd.DataFrame({"term": ["数字", "山海", "脱贫"], "score": [3.1, 2.0, -2.7]})
    >>> ax = keyness(scores, n=1, lang="en")
    >>> [label.get_text() for label in ax.get_yticklabels()]
    ['脱贫', '数字']
    """
    lang = _labels.language(lang)
    _check.columns(scores, "term", "score", what="scores")
    _check.at_least(n, 1, "n")
    ranked = scores[scores["score"].notna()].sort_values("score", ascending=False, kind="stable")
    _check.not_empty(ranked, "scores", "there is nothing to draw")
    n = int(n)
    shown = ranked if len(ranked) <= 2 * n else pd.concat([ranked.head(n), ranked.tail(n)])
    shown = shown.iloc[::-1]
    ax = _labels.axes(ax, 0.16 * len(shown) + 0.7)

    y, score = np.arange(len(shown)), shown["score"].to_numpy(float)
    unsure = np.zeros(len(shown), bool)
    if "q" in shown:
        unsure |= ~(shown["q"].to_numpy("float64", na_value=np.nan) <= 0.05)
    if "docs" in shown:
        unsure |= shown["docs"].to_numpy("float64", na_value=np.nan) < FEW
    colours = mpl.rcParams["axes.prop_cycle"].by_key()["color"]
    sides = [colours[0] if one > 0 else colours[1] for one in score]
    colour = [_labels.GREY if grey else side for grey, side in zip(unsure, sides, strict=True)]
    if "se" in shown:
        reach = 1.96 * shown["se"].to_numpy("float64", na_value=np.nan)
        ax.hlines(y, score - reach, score + reach, color=colour, linewidth=0.9)
    else:
        ax.hlines(y, 0, score, color=colour, linewidth=0.9)
    ax.scatter(score, y, s=9, color=colour, zorder=3)
    _finish(ax, shown, lang, target, bool(unsure.any()))
    return ax


def _finish(ax: Axes, shown: pd.DataFrame, lang: str, target: str | None, grey: bool) -> None:
    """Terms on the left, whose words stand on which side of zero above, what grey means below."""
    high = _labels.inches(ax)[1] * 72 * 0.85 / len(shown)
    ax.set_yticks(np.arange(len(shown)), shown["term"].astype(str), fontsize=min(8.0, max(4.5, 0.9 * high)))
    ax.tick_params(axis="y", length=0)
    ax.set_ylim(-0.7, len(shown) - 0.3)
    ax.axvline(0, color="0.3", linewidth=0.6, zorder=0.5)
    sides = ("less", "more") if target is None else ("rest", _labels.target(target, lang))
    above: dict = {"transform": ax.get_xaxis_transform(), "va": "bottom", "fontsize": 7}
    if shown["score"].lt(0).any():
        ax.text(0, 1.005, f"← {_labels.word(sides[0], lang)}  ", ha="right", **above)
    if shown["score"].gt(0).any():
        ax.text(0, 1.005, f"  {_labels.word(sides[1], lang)} →", ha="left", **above)
    notes = [_labels.word("score", lang), _labels.word("whiskers", lang) if "se" in shown else ""]
    ax.set_xlabel("".join(notes) + (f"\n{_labels.word('grey', lang)}" if grey else ""), linespacing=1.4)
    ax.margins(x=0.06)

"""How large are effects and how sure, and which numbers of topics are good?"""

from __future__ import annotations

from collections.abc import Mapping

import matplotlib as mpl
import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from toolkit import _check
from toolkit.plot import _labels

NAMES = {
    "share": ("占比", "share of words"),
    "difference": ("占比之差", "difference in share"),
    "reappears": ("重现比例", "share of samples in which it reappears"),
    "precision": ("找出混入项的比例", "share of intruders found"),
    "k": ("主题数", "number of topics"),
    "npmi": ("NPMI 连贯度", "coherence (NPMI)"),
    "c_v": ("c_v 连贯度", "coherence (c_v)"),
    "exclusivity": ("独特性", "exclusivity"),
    "heldout": ("留出词的对数似然", "held-out log-likelihood per word"),
    "residual": ("残差离散度", "dispersion of residuals"),
    "grey": ("灰：不稳定或 q > 0.05", "grey: unstable or q > 0.05"),
}


def _say(name: str, lang: str) -> str:
    return NAMES[name][lang == "en"] if name in NAMES else _labels.word(name, lang)


def intervals(
    frame: pd.DataFrame,
    *,
    row: str = "topic",
    value: str = "difference",
    names: Mapping[int, str] | None = None,
    ax: Axes | None = None,
    lang: str | None = None,
) -> Axes:
    """Draw a value and its interval per row, such as the change of each topic or its share by province.

    Parameters
    ----------
    frame
        A row per line of the figure: `row`, `value`, ``low``, ``high``, as `topics.effect`,
        `topics.contrasts`, `topics.stability` and `topics.agreement` give them. Where a column ``stable`` is
        False or ``q`` is above 0.05, the line is grey.
    row, value
        The columns that name a line and say where its dot stands.
    names
        What to write for a value of `row`: the label of a topic, say.
    ax
        Where to draw; the current Axes if None (on a new figure, one high enough for the rows).
    lang
        ``"zh"`` or ``"en"``; what `style.use` chose if None.

    Returns
    -------
    Axes
        The first row on top.

    Raises
    ------
    KeyError, ValueError
        If a column is missing, there is nothing to draw, or a row occurs twice.

    Examples
    --------
    >>> change = pd.DataFrame({"topic": [1, 2], "difference": [0.01, -0.02], "low": -0.03, "high": 0.03})
    >>> ax = intervals(change, names={1: "农业", 2: "平安"}, lang="zh")
    >>> [label.get_text() for label in ax.get_yticklabels()]
    ['农业', '平安']
    """
    lang = _labels.language(lang)
    _check.columns(frame, row, value, "low", "high", what="frame")
    shown = frame[frame[value].notna()].reset_index(drop=True)
    _check.not_empty(shown, f"frame[{value!r}]", "there is nothing to draw")
    if shown[row].duplicated().any():
        raise ValueError(f"frame has more than one line for one {row}; choose one, by topic for instance.")
    ax = _labels.axes(ax, 0.16 * len(shown) + 0.7)
    unsure = np.zeros(len(shown), bool)
    if "stable" in shown:
        unsure |= ~shown["stable"].fillna(False).astype(bool).to_numpy()
    if "q" in shown:
        unsure |= ~(shown["q"].to_numpy("float64", na_value=np.nan) <= 0.05)
    colours = mpl.rcParams["axes.prop_cycle"].by_key()["color"]
    colour = [_labels.GREY if grey else colours[0] for grey in unsure]
    y = np.arange(len(shown))
    ax.hlines(y, shown["low"], shown["high"], color=colour, linewidth=0.9)
    ax.scatter(shown[value], y, s=9, color=colour, zorder=3)
    if value == "difference":
        ax.axvline(0, color="0.3", linewidth=0.6, zorder=0.5)
    size = min(8.0, max(4.5, 0.9 * _labels.inches(ax)[1] * 72 * 0.85 / len(shown)))
    written = [(names or {}).get(given) or _labels.value(row, given, lang) for given in shown[row]]
    ax.set_yticks(y, written, fontsize=size)
    ax.set_ylim(len(shown) - 0.3, -0.7)
    ax.tick_params(axis="y", length=0)
    ax.set_xlabel(_say(value, lang) + (f"\n{_say('grey', lang)}" if unsure.any() else ""))
    return ax


def choose_k(
    measures: pd.DataFrame, *, measure: str = "heldout", ax: Axes | None = None, lang: str | None = None
) -> Axes:
    """Draw one measure by the number of topics: a dot per seed, a line through the means, the range shaded.

    Parameters
    ----------
    measures
        What `topics.choose_k` gave.
    measure
        ``"npmi"``, ``"c_v"``, ``"exclusivity"``, ``"heldout"`` or ``"residual"``.
    ax
        Where to draw; the current Axes if None.
    lang
        ``"zh"`` or ``"en"``; what `style.use` chose if None.

    Raises
    ------
    KeyError, ValueError
        If a column is missing or there is no such measure.

    Examples
    --------
    >>> found = pd.DataFrame({"k": [10, 20], "seed": 1, "measure": "npmi", "value": [0.1, 0.2],
    ...                       "in_range": [False, True]})
    >>> choose_k(found, measure="npmi", lang="en").get_ylabel()
    'coherence (NPMI)'
    """
    lang = _labels.language(lang)
    _check.columns(measures, "k", "seed", "measure", "value", "in_range", what="measures")
    _check.one_of(measure, measures["measure"].unique().tolist(), "measure")
    one = measures[measures["measure"].eq(measure)]
    ax = _labels.axes(ax)
    ks = np.sort(one["k"].unique())
    means = one.groupby("k")["value"].mean()
    edges = np.concatenate([[ks[0]], (ks[1:] + ks[:-1]) / 2, [ks[-1]]]) if len(ks) > 1 else [ks[0], ks[0]]
    for k in one.loc[one["in_range"], "k"].unique():
        i = int(np.searchsorted(ks, k))
        ax.axvspan(edges[i], edges[i + 1], color="0.92", linewidth=0, zorder=0)
    (line,) = ax.plot(ks, means.loc[ks])
    ax.scatter(one["k"], one["value"], s=9, color=line.get_color(), alpha=0.6, zorder=3)
    ax.set_xticks(ks)
    ax.set(xlabel=_say("k", lang), ylabel=_say(measure, lang))
    return ax

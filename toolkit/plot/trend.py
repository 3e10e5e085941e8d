"""How does a rate move over years or months, and how sure is it?"""

from __future__ import annotations

import matplotlib as mpl
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.font_manager import FontProperties
from matplotlib.lines import Line2D
from scipy.optimize import isotonic_regression

from toolkit import _check
from toolkit.plot import _labels

PERIODS = ("month", "year")
TALL = 3  # highest rates: a band that reaches beyond does not set the scale
NARROW = 1.6  # inches: a panel of small multiples, with thin lines and no room for names


def _place(moments: np.ndarray, months: bool) -> np.ndarray:
    """Where moments stand on the axis: years as they are, months as dates."""
    return np.asarray(moments).astype("datetime64[M]").astype("datetime64[D]") if months else moments


def _line(ax: Axes, one: pd.DataFrame, look: dict, months: bool, span: np.ndarray) -> Line2D:
    """One line with its band; a gap where a period is missing, a dot where a period stands alone."""
    full = one.set_index("_when").reindex(span)
    x, y = _place(span, months), full["rate"].to_numpy("float64", na_value=np.nan)
    (line,) = ax.plot(x, y, **look)
    there = np.isfinite(y)
    beside = np.r_[False, there[:-1]] | np.r_[there[1:], False]
    dots = there if len(span) <= 24 else there & ~beside
    ax.update_datalim([(0, 0)], updatex=False)
    line.sticky_edges.y.append(0)  # from zero upwards, however the axis is shared
    line.set(marker="o", markevery=np.flatnonzero(dots).tolist())
    if {"low", "high"} <= set(one.columns):
        low, high = (full[side].to_numpy("float64", na_value=np.nan) for side in ("low", "high"))
        limits = ax.dataLim.frozen()
        ax.fill_between(x, low, high, color=line.get_color(), alpha=0.18, linewidth=0)
        ax.dataLim.set(limits)
        if np.isfinite(high).any() and there.any():
            tallest = min(np.nanmax(high), TALL * np.nanmax(y)) if np.nanmax(y) > 0 else np.nanmax(high)
            ax.update_datalim([(0, tallest)], updatex=False)
        alone = dots & ~beside & np.isfinite(low) & np.isfinite(high)
        if alone.any():  # a band of one period has no width: a bar shows it
            ax.vlines(x[alone], low[alone], high[alone], color=line.get_color(), linewidth=0.8)
    return line


def _end(line: Line2D) -> tuple:
    """The last point of a line that is there."""
    x, y = np.asarray(line.get_xdata()), np.asarray(line.get_ydata(), dtype=float)
    last = np.flatnonzero(np.isfinite(y))
    return (x[last[-1]], y[last[-1]]) if len(last) else (x[-1], 0.0)


def _name_lines(ax: Axes, lines: list[Line2D]) -> None:
    """Write each line's name where it ends, moved apart where names would touch; else a legend."""
    inches = _labels.inches(ax)
    size = FontProperties(size=mpl.rcParams["legend.fontsize"]).get_size_in_points()  # it may be "medium"
    gap = 1.25 * size / 72 / inches[1]  # in heights of the axes
    if inches[0] < NARROW or len(lines) * gap > 1:
        ax.legend(handles=lines, ncols=1 + len(lines) // 16, loc="center left", bbox_to_anchor=(1, 0.5))
        return
    bottom, top = ax.get_ylim()
    ends = [_end(line) for line in lines]
    heights = np.array([(y - bottom) / (top - bottom) for _, y in ends])
    order = np.argsort(heights, kind="stable")
    # Names stand in the order of the ends, at least a gap apart, as near as can be.
    steps = gap * np.arange(len(lines))
    low = isotonic_regression(heights[order] - steps).x
    spots = np.clip(low, 0, max(0.0, 1 + gap / 2 - steps[-1])) + steps
    for i, spot in zip(order, spots, strict=True):
        colour = lines[i].get_color()
        ax.annotate(
            str(lines[i].get_label()), ends[i], (1.03, spot), textcoords="axes fraction", fontsize=size,
            va="center", color=colour, annotation_clip=False,
            arrowprops={"arrowstyle": "-", "color": colour, "linewidth": 0.5, "shrinkA": 1, "shrinkB": 1,
                        "relpos": (0, 0.5)},
        )  # fmt: skip


def trend(
    rates: pd.DataFrame,
    *,
    group: str | None = None,
    ax: Axes | None = None,
    lang: str | None = None,
    period: str | None = None,
) -> Axes:
    """Draw a rate per year or month, with its band if `rates` has ``low`` and ``high``.

    Parameters
    ----------
    rates
        A row per period (and group): the period's column, ``rate`` (per 10,000 words), and perhaps ``low``
        and ``high``, as from `trend.rate` or `trend.band`. A period that is missing, or whose rate is NA,
        leaves a gap: it is never bridged.
    group
        Draw one line per value of this column, in the order in which the values come, named where it ends
        (or in a legend, where the names have no room); grey where a column ``stable`` is false.
    ax
        Where to draw; the current Axes if None.
    lang
        ``"zh"`` or ``"en"``; what `style.use` chose if None.
    period
        The column of time: years as numbers, or months as text such as ``"2015-11"``. If None, ``month`` or
        else ``year``.

    Returns
    -------
    Axes
        With the rate from zero upwards. The scale follows the rates: a band of thin cells that reaches beyond
        three times the highest rate runs out of the picture.

    Raises
    ------
    KeyError
        If a column is missing.
    ValueError
        If `rates` is empty, holds one period twice in a group, or its time cannot be read.

    Examples
    --------
    >>> rates = pd.DataFrame({"year": [2015, 2016, 2018], "rate": [3.2, 4.1, 0.6]})
    >>> ax = trend(rates, lang="en")
    >>> ax.get_ylabel()
    'per 10,000 words'
    """
    lang = _labels.language(lang)
    if period is None:
        period = next((name for name in PERIODS if name in getattr(rates, "columns", ())), "year")
    _check.columns(rates, period, "rate", *([group] if group else []), what="rates")
    _check.not_empty(rates, "rates", "there is nothing to draw")
    timed = rates.assign(_when=_labels.when(rates[period]))
    cell = [group, period] if group else [period]
    if timed.duplicated([*cell[:-1], "_when"]).any():
        raise ValueError(
            f"rates has more than one row for one {' and '.join(cell)}; give the column that parts them as "
            f"group=…; rates has: {', '.join(map(str, rates.columns))}."
        )
    ax = _labels.axes(ax)
    months = _labels.is_month(rates[period])
    span = _labels.every(timed["_when"])
    colours = mpl.rcParams["axes.prop_cycle"].by_key()["color"]
    parts = timed.groupby(group, sort=False, observed=True) if group else [("", timed)]
    small = {"linewidth": 0.8, "markersize": 1.4} if _labels.inches(ax)[0] < NARROW else {}
    lines, grey = [], _labels.unstable(timed, group)
    for i, (name, one) in enumerate(parts):
        colour = _labels.GREY if name in grey else colours[i % len(colours)]
        look = {"color": colour, "linestyle": ("-", "--", ":")[i // len(colours) % 3], **small}
        lines.append(_line(ax, one, look, months, span))
        lines[-1].set_label(_labels.value(group, name, lang) if group else "_rate")
    ax.margins(x=0.03)
    ax.set(xlabel=_labels.word("month" if months else "year", lang), ylabel=_labels.word("rate", lang))
    _labels.time_axis(ax, months)
    if group:
        _name_lines(ax, lines)
    return ax

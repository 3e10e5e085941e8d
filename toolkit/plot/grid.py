"""How does one drawing look in each of the 31 provinces, set where the provinces lie?"""

from __future__ import annotations

from collections.abc import Callable

import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from toolkit import _check, places, style
from toolkit.plot import _labels
from toolkit.plot.trend import trend


def grid(
    frame: pd.DataFrame,
    *,
    draw: Callable[..., Axes] = trend,
    fig: Figure | None = None,
    lang: str | None = None,
    share_y: bool = True,
    **options: object,
) -> dict[str, Axes]:
    """Draw one small Axes per province, where the province lies.

    Parameters
    ----------
    frame
        The frame that `draw` takes, with the column ``province`` (codes).
    draw
        A verb that draws a part of `frame` on the Axes ``ax`` that it is given; `trend` by default.
    fig
        The figure to draw on; a new one of two columns' width if None.
    lang
        ``"zh"`` or ``"en"``; what `style.use` chose if None.
    share_y
        All provinces on one vertical scale, so that they can be compared; if False, each on its own.
    **options
        Handed on to `draw`.

    Returns
    -------
    dict
        Province code → Axes, all 31. A province without rows has an Axes that says so.

    Raises
    ------
    KeyError
        If there is no column ``province``.
    ValueError
        If `frame` has no row of the 31 provinces.

    Examples
    --------
    >>> rates = pd.DataFrame({"province": ["33", "33"], "year": [2025, 2026], "rate": [1.5, 2.5]})
    >>> drawn = grid(rates, lang="en")
    >>> len(drawn), drawn["33"].get_title(loc="center")
    (31, 'Zhejiang')
    """
    lang = _labels.language(lang)
    _check.columns(frame, "province", what="frame")
    tiles = places.provinces()
    known = frame["province"].isin(tiles["province"])
    _check.not_empty(frame[known], "frame", "it has no row of any of the 31 provinces")
    if fig is None:
        fig = plt.figure(figsize=(style.WIDTHS["two"], 0.86 * style.WIDTHS["two"]))
    fig.set_layout_engine("none")
    rows, columns = int(tiles["row"].max()), int(tiles["col"].max())
    lattice = fig.add_gridspec(
        rows, columns, left=0.07, right=0.99, bottom=0.075, top=0.965, wspace=0.12, hspace=0.42
    )
    drawn: dict[str, Axes] = {}
    first: Axes | None = None
    for tile in tiles.itertuples():
        spot = lattice[tile.row - 1, tile.col - 1]
        ax = fig.add_subplot(spot, sharex=first, sharey=first if share_y else None)
        first = first or ax
        part = frame[frame["province"].eq(tile.province)]
        if len(part):
            draw(part, ax=ax, lang=lang, **options)
        else:
            ax.set_facecolor("0.95")
            ax.text(0.5, 0.5, _labels.word("no data", lang), transform=ax.transAxes, ha="center",
                    va="center", fontsize=6.5, color="0.45")  # fmt: skip
        ax.set_title(_labels.value("province", tile.province, lang), loc="center", fontsize=7, pad=2)
        drawn[tile.province] = ax
    _trim(fig, drawn, tiles, share_y)
    return drawn


def _trim(fig: Figure, drawn: dict[str, Axes], tiles: pd.DataFrame, share_y: bool) -> None:
    """One label for all axes, one legend, and numbers only where a row or a column of panels begins."""
    labelled = [ax for ax in drawn.values() if ax.get_xlabel() or ax.get_ylabel()]
    if labelled:
        fig.supxlabel(labelled[0].get_xlabel(), fontsize=8, y=0.008)
        fig.supylabel(labelled[0].get_ylabel(), fontsize=8, x=0.005)
    lowest = set(tiles.sort_values("row").groupby("col")["province"].last())
    leftmost = set(tiles.sort_values("col").groupby("row")["province"].first())
    handles: dict = {}
    for province, ax in drawn.items():
        ax.set(xlabel="", ylabel="")
        ax.yaxis.set_major_locator(MaxNLocator(nbins=3))
        ax.tick_params(labelsize=6, pad=1.5, labelbottom=province in lowest,
                       labelleft=province in leftmost or not share_y)  # fmt: skip
        legend = ax.get_legend()
        if legend is not None:
            handles |= {str(handle.get_label()): handle for handle in legend.legend_handles if handle}
            legend.remove()
    if handles:
        names, wide = list(handles.values()), 1 + (len(handles) - 1) // 4  # in the empty north-west
        fig.legend(handles=names, ncols=wide, loc="upper left", bbox_to_anchor=(0.07, 0.965))

"""Where and when is a value high, and where is there none?"""

from __future__ import annotations

import matplotlib as mpl
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Patch, Rectangle
from matplotlib.ticker import MaxNLocator

from toolkit import _check, places
from toolkit.plot import _labels


def _rows(frame: pd.DataFrame, row: str) -> list:
    """Provinces in the order of their codes, all else in the order in which it comes."""
    there = frame[row].dropna().unique().tolist()
    if row != "province":
        return there
    return [code for code in places.provinces(centre=True)["province"] if code in set(there)]


def _columns(frame: pd.DataFrame, column: str) -> list:
    """Whole years in their order with none left out, all else in the order in which it comes."""
    if not pd.api.types.is_integer_dtype(frame[column]):
        return frame[column].dropna().unique().tolist()
    return _labels.every(frame[column].dropna()).tolist()


def heat(
    frame: pd.DataFrame, *, row: str, column: str, value: str, ax: Axes | None = None, numbers: bool = False
) -> Axes:
    """Draw a value by two columns, such as a rate by province and year, as a map of colours.

    Parameters
    ----------
    frame
        A row per cell.
    row, column
        The columns that say where a cell stands. Provinces (codes) stand in the order of their codes, years
        in theirs; all else in the order in which it comes. A row that a column ``stable`` calls unstable is
        named in grey.
    value
        The column that the colour shows; a cell that is NA or missing is hatched. Where values lie on both
        sides of zero, zero is white.
    ax
        Where to draw; the current Axes if None (on a new figure, one high enough for the rows).
    numbers
        Also write the values into the cells.

    Returns
    -------
    Axes
        Labelled in the language that `style.use` chose, with a colour bar at its side.

    Raises
    ------
    KeyError
        If a column is missing.
    ValueError
        If no value is there, or a cell occurs twice.

    Examples
    --------
    >>> rates = pd.DataFrame({"province": ["33", "11"], "year": [2024, 2026], "rate": [2.0, 3.0]})
    >>> ax = heat(rates, row="province", column="year", value="rate")
    >>> [label.get_text() for label in ax.get_yticklabels()]
    ['Beijing', 'Zhejiang']
    """
    lang = _labels.language(None)
    _check.columns(frame, row, column, value, what="frame")
    _check.not_empty(frame[frame[value].notna()], f"frame[{value!r}]", "there is nothing to draw")
    twice = frame[frame.duplicated([row, column])]
    if len(twice):
        cell = twice.iloc[0]
        raise ValueError(
            f"frame has more than one row for {row} {cell[row]} and {column} {cell[column]}; "
            f"draw one value a cell, for instance frame[frame[…] == …]."
        )
    table = frame.pivot(index=row, columns=column, values=value)
    table = table.reindex(index=_rows(frame, row), columns=_columns(frame, column))
    cells = np.ma.masked_invalid(table.to_numpy("float64", na_value=np.nan))
    ax = _labels.axes(ax, max(1.9, 0.15 * len(table) + 0.9))

    both = cells.min() < 0 < cells.max()
    reach = float(abs(cells).max())
    colours = {"cmap": "RdBu_r", "vmin": -reach, "vmax": reach} if both else {"cmap": "cividis"}
    mesh = ax.pcolormesh(cells, edgecolors="white", linewidth=0.3 if table.shape[1] < 80 else 0, **colours)
    bar = ax.figure.colorbar(mesh, ax=ax, pad=0.02, aspect=30, shrink=0.8)
    bar.outline.set_visible(False)
    bar.locator = MaxNLocator(nbins=4 if len(table) < 10 else 8, integer=_whole(cells))
    bar.set_label(_labels.word(value, lang))
    for i, j in np.argwhere(np.ma.getmaskarray(cells)):
        ax.add_patch(Rectangle((j, i), 1, 1, linewidth=0, **_labels.NONE))
    if np.ma.getmaskarray(cells).any():
        key = Patch(label=_labels.word("no data", lang), **_labels.NONE)
        ax.legend(handles=[key], loc="lower right", bbox_to_anchor=(1, 1), borderaxespad=0.2)
    if numbers:
        _write(ax, cells, mesh)
    _name(ax, table, row, column, lang)
    grey = _labels.unstable(frame, row)
    for label, name in zip(ax.get_yticklabels(), table.index, strict=True):
        label.set_color(_labels.GREY if name in grey else label.get_color())
    return ax


def _whole(cells: np.ma.MaskedArray) -> bool:
    """Are all values whole numbers, such as counts?"""
    return bool(np.equal(np.mod(cells.compressed(), 1), 0).all())


def _write(ax: Axes, cells: np.ma.MaskedArray, mesh: mpl.collections.QuadMesh) -> None:
    """The values in their cells, light on dark and dark on light."""
    wide = _labels.inches(ax)[0] * 72 / cells.shape[1]
    digits = 0 if _whole(cells) else max(0, 2 - int(np.log10(max(1, abs(cells).max()))))
    for i, j in np.argwhere(~np.ma.getmaskarray(cells)):
        red, green, blue, _ = mesh.to_rgba(cells[i, j])
        light = 0.299 * red + 0.587 * green + 0.114 * blue > 0.5
        ax.text(j + 0.5, i + 0.5, f"{cells[i, j]:.{digits}f}".replace("-", "−"), ha="center", va="center",
                fontsize=max(4.0, min(6.5, wide / 2.6)), color="black" if light else "white")  # fmt: skip


def _name(ax: Axes, table: pd.DataFrame, row: str, column: str, lang: str) -> None:
    """Names of rows and columns, turned where they are crowded; of years only as many as have room."""
    inches = _labels.inches(ax)
    names = [_labels.value(row, name, lang) for name in table.index]
    size = min(7.0, max(4.5, 0.85 * inches[1] * 72 * 0.85 / len(names)))
    ax.set_yticks(np.arange(len(names)) + 0.5, names, fontsize=size)
    heads = [_labels.value(column, name, lang) for name in table.columns]
    longest = 5 + max(sum(7 if char > "⺀" else 4.3 for char in head) for head in heads)  # points, with a gap
    crowd = longest * len(heads) / (inches[0] * 72 * 0.75)
    in_time = all(head[:1].isdigit() for head in heads)
    step = int(np.ceil(crowd)) if in_time else 1
    turn = crowd > step
    if turn and column == "province" and lang == "zh":
        heads, turn = [places.label(name, lang="abbr") for name in table.columns], False
    small = min(7.0, inches[0] * 72 * 0.7 / len(heads)) if crowd > step else 7
    ax.set_xticks(np.arange(0, len(heads), step) + 0.5, heads[::step], rotation=90 * turn, fontsize=small)
    ax.invert_yaxis()
    ax.tick_params(length=0)
    ax.spines[:].set_visible(False)
    ax.set(xlabel=_labels.word(column, lang), ylabel=_labels.word(row, lang) if row != "province" else "")

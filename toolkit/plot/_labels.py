"""How is a column called on an axis, a value in a legend, and on which Axes is drawn?"""

from __future__ import annotations

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib import dates
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from toolkit import _check, places, style

WORDS = {
    "year": ("年份", "year"),
    "month": ("月份", "month"),
    "province": ("省份", "province"),
    "term": ("词语", "term"),
    "canonical": ("提法", "formulation"),
    "rate": ("每万词", "per 10,000 words"),
    "n": ("次数", "occurrences"),
    "docs": ("文本数", "documents"),
    "share": ("比例", "share"),
    "total": ("总词数", "words in all"),
    "score": ("得分", "score"),
    "lag": ("首次出现后的月数", "months since the first use"),
    "provinces": ("省份数", "provinces"),
    "thousands": ("千词", "thousand words"),
    "no data": ("无", "no data"),
    "rest": ("其他", "the rest"),
    "more": ("偏多", "used more"),
    "less": ("偏少", "used less"),
    "grey": ("灰：q > 0.05 或不足 5 篇", "grey: q > 0.05 or under 5 texts"),
    "whiskers": ("（±1.96 标准误）", " (± 1.96 s.e.)"),
}
NONE: dict = {"hatch": "//////", "facecolor": "white", "edgecolor": "0.75"}  # a cell without data
GREY = "0.6"


def unstable(frame: pd.DataFrame, by: str | None) -> set:
    """The values of `by` that a column ``stable`` calls unstable, as a column of `topics.stability` does."""
    if "stable" not in frame or by is None:
        return set()
    return set(frame.loc[~frame["stable"].fillna(False).astype(bool), by])


def language(lang: str | None) -> str:
    """`lang` if it is given and known, else the language that `style.use` chose."""
    return style.lang() if lang is None else _check.one_of(lang, style.LANGUAGES, "lang")


def word(name: str, lang: str) -> str:
    """The word for a column or a note; a name without a translation stands as it is."""
    return WORDS[name][lang == "en"] if name in WORDS else str(name)


def value(column: str, given: object, lang: str) -> str:
    """How a value of a column is written: provinces by their short names, all else as it is."""
    if column != "province":
        return str(given)
    return places.label(str(given), lang="en" if lang == "en" else "short")


def inches(ax: Axes) -> tuple[float, float]:
    """Width and height of an Axes, before its labels have taken their room."""
    box = ax.get_window_extent()
    return box.width / ax.figure.dpi, box.height / ax.figure.dpi


def axes(ax: Axes | None, height: float | None = None) -> Axes:
    """The Axes given, else the current one if nothing is drawn on it, else one on a new figure."""
    if ax is not None:
        return ax
    if not plt.get_fignums() or plt.gca().has_data() or len(plt.gcf().axes) > 1:
        wide, usual = plt.rcParams["figure.figsize"]
        plt.figure(figsize=(wide, height or usual))
    return plt.gca()


def when(given: pd.Series) -> pd.Series:
    """Years as whole numbers, and months such as ``"2015-11"`` as the number of months since 1970."""
    if pd.api.types.is_numeric_dtype(given):
        return given.astype("int64")
    try:
        moment = pd.to_datetime(given.astype(str), format="ISO8601")
    except ValueError as error:
        first = next(iter(given))
        raise ValueError(
            f"{given.name}={first!r} is no point in time; give years as numbers or months as '2015-11'."
        ) from error
    if given.astype(str).str.fullmatch(r"\d{4}").all():
        return moment.dt.year.astype("int64")
    return (moment.dt.year * 12 + moment.dt.month - 1 - 1970 * 12).astype("int64")


def every(moments: pd.Series) -> np.ndarray:
    """All moments from the first to the last, by the smallest step that occurs: what is missing shows."""
    there = np.unique(moments)
    step = int(np.diff(there).min()) if len(there) > 1 else 1
    return np.arange(there[0], there[-1] + 1, step)


def is_month(given: pd.Series) -> bool:
    """Are these months (text longer than a year) rather than years?"""
    return not pd.api.types.is_numeric_dtype(given) and bool(given.astype(str).str.len().gt(4).any())


def time_axis(ax: Axes, months: bool) -> None:
    """Whole years, or dates, on the horizontal axis."""
    most = max(3, int(inches(ax)[0] / 0.42))
    if months:
        locator = dates.AutoDateLocator(minticks=2, maxticks=most + 1)
        ax.xaxis.set_major_locator(locator)
        ax.xaxis.set_major_formatter(dates.ConciseDateFormatter(locator))
    else:
        ax.xaxis.set_major_locator(MaxNLocator(nbins=most, integer=True, min_n_ticks=1))


def target(given: str, lang: str) -> str:
    """A province's name if `given` is a province's code, else `given`."""
    codes = set(places.provinces(centre=True)["province"])
    return value("province" if given in codes else "", given, lang)

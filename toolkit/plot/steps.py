"""How many have been reached by when?"""

from __future__ import annotations

import matplotlib as mpl
import pandas as pd
from matplotlib.axes import Axes

from toolkit import _check
from toolkit.plot import _labels
from toolkit.plot.trend import _name_lines


def steps(
    frame: pd.DataFrame,
    *,
    x: str,
    y: str,
    group: str | None = None,
    ax: Axes | None = None,
    lang: str | None = None,
) -> Axes:
    """Draw a number that only grows, such as the provinces reached, as stairs.

    Parameters
    ----------
    frame
        A row per step: the columns `x`, `y` and `group`. A line goes from its first row to its last: give
        it a last row where the observation ends, for what came later is not known.
    x, y
        Where a step stands (months since the first use, say), and the number reached there.
    group
        Draw one line per value of this column, in the order in which the values come.
    ax
        Where to draw; the current Axes if None.
    lang
        ``"zh"`` or ``"en"``; what `style.use` chose if None.

    Returns
    -------
    Axes
        With each line named where it ends, or in a legend where the names have no room.

    Raises
    ------
    KeyError
        If a column is missing.
    ValueError
        If `frame` is empty, or a group has two rows at one `x`.

    Examples
    --------
    >>> reached = pd.DataFrame({"lag": [0, 3, 7], "provinces": [1, 9, 30]})
    >>> ax = steps(reached, x="lag", y="provinces", lang="en")
    >>> ax.get_xlabel(), ax.get_ylabel()
    ('months since the first use', 'provinces')
    """
    lang = _labels.language(lang)
    keys = [group] if group else []
    _check.columns(frame, x, y, *keys, what="frame")
    _check.not_empty(frame, "frame", "there is nothing to draw")
    if frame.duplicated([*keys, x]).any():
        raise ValueError(
            f"frame has two rows at one {x}; give the column that parts them as group=…; "
            f"frame has: {', '.join(map(str, frame.columns))}."
        )
    ax = _labels.axes(ax)
    colours = mpl.rcParams["axes.prop_cycle"].by_key()["color"]
    parts = frame.groupby(group, sort=False, observed=True) if group else [("", frame)]
    lines = []
    for i, (name, one) in enumerate(parts):
        one = one.sort_values(x)
        (line,) = ax.plot(one[x], one[y], drawstyle="steps-post", color=colours[i % len(colours)])
        line.set_label(_labels.value(group, name, lang) if group else "_steps")
        lines.append(line)
    ax.margins(x=0.02)
    ax.set_ylim(bottom=0, auto=None)
    ax.set(xlabel=_labels.word(x, lang), ylabel=_labels.word(y, lang))
    if group:
        _name_lines(ax, lines)
    return ax

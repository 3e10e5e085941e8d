"""Do the figures of topics show every row where its numbers say, and grey what is not sure?"""

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest

from toolkit import plot


@pytest.fixture
def ax():
    figure, one = plt.subplots()
    yield one
    plt.close(figure)


def change(**columns):
    return pd.DataFrame({
        "topic": [1, 2, 3], "difference": [0.02, -0.01, 0.0], "low": [0.01, -0.03, -0.02],
        "high": [0.03, 0.01, 0.02], **columns,
    })  # fmt: skip


def test_each_row_has_its_dot_and_its_interval(ax):
    assert plot.intervals(change(), ax=ax, lang="en") is ax
    dots = ax.collections[1].get_offsets()
    assert np.asarray(dots).tolist() == [[0.02, 0], [-0.01, 1], [0.0, 2]]
    ends = [segment[:, 0].tolist() for segment in ax.collections[0].get_segments()]
    assert ends == [[0.01, 0.03], [-0.03, 0.01], [-0.02, 0.02]]
    low, high = ax.get_ylim()
    assert low > high, "the first row stands on top"
    assert ax.get_xlabel() == "difference in share"


@pytest.mark.parametrize("unsure", [{"stable": [True, False, False]}, {"q": [0.01, 0.2, np.nan]}])
def test_what_is_not_sure_is_grey(ax, unsure):
    plot.intervals(change(**unsure), ax=ax, lang="zh")
    first, second, third = ax.collections[1].get_facecolors()
    assert second.tolist() == third.tolist() == [0.6, 0.6, 0.6, 1]
    assert first.tolist() != second.tolist()
    assert "灰" in ax.get_xlabel()


def test_provinces_are_named(ax):
    shares = pd.DataFrame({"province": ["23", "33"], "share": [0.1, 0.2], "low": 0.0, "high": 0.3})
    plot.intervals(shares, row="province", value="share", ax=ax, lang="zh")
    assert [label.get_text() for label in ax.get_yticklabels()] == ["黑龙江", "浙江"]


def test_a_row_twice_or_no_row_is_refused(ax):
    with pytest.raises(ValueError, match="more than one line for one topic"):
        plot.intervals(pd.concat([change(), change()]), ax=ax)
    with pytest.raises(ValueError, match="nothing to draw"):
        plot.intervals(change().head(0), ax=ax)


def test_the_spread_over_seeds_and_the_range_are_drawn(ax):
    found = pd.DataFrame({
        "k": np.repeat([10, 20, 30], 2), "seed": [1, 2] * 3, "measure": "npmi",
        "value": [0.1, 0.3, 0.4, 0.6, 0.2, 0.4], "in_range": np.repeat([False, True, False], 2),
    })  # fmt: skip
    assert plot.choose_k(found, measure="npmi", ax=ax, lang="en") is ax
    assert ax.lines[0].get_ydata().tolist() == pytest.approx([0.2, 0.5, 0.3])
    assert len(ax.collections[0].get_offsets()) == 6
    shaded = ax.patches[0].get_path().get_extents(ax.patches[0].get_patch_transform())
    assert [shaded.x0, shaded.x1] == [15, 25]
    with pytest.raises(ValueError, match="measure='nmpi' is unknown"):
        plot.choose_k(found, measure="nmpi", ax=ax)

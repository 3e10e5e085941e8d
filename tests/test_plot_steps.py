"""Do the stairs stand where the frame says?"""

import pandas as pd
import pytest
from matplotlib import pyplot as plt

from toolkit import plot

REACHED = pd.DataFrame({
    "term": ["甲", "甲", "乙"], "lag": [7, 0, 2], "provinces": [30, 1, 4],
})  # fmt: skip


def test_each_line_climbs_and_ends_where_its_observation_ends():
    ax = plot.steps(REACHED, x="lag", y="provinces", group="term", ax=plt.figure().subplots(), lang="zh")
    first, second = ax.get_lines()
    assert (list(first.get_xdata()), list(first.get_ydata())) == ([0, 7], [1, 30])
    assert (list(second.get_xdata()), list(second.get_ydata())) == ([2], [4])
    assert {line.get_drawstyle() for line in ax.get_lines()} == {"steps-post"}
    assert (first.get_label(), ax.get_xlabel(), ax.get_ylabel()) == ("甲", "首次出现后的月数", "省份数")
    assert ax.get_ylim()[0] == 0


def test_it_draws_where_it_is_told_and_leaves_the_frame_alone():
    before = REACHED.copy()
    figure = plt.figure()
    one, other = figure.subplots(1, 2)
    assert plot.steps(REACHED, x="lag", y="provinces", group="term", ax=one) is one
    assert not other.lines
    pd.testing.assert_frame_equal(REACHED, before)


def test_bad_input_gets_a_sentence():
    with pytest.raises(KeyError, match="frame has no column 'share'"):
        plot.steps(REACHED, x="lag", y="share")
    with pytest.raises(ValueError, match="two rows at one lag"):
        plot.steps(REACHED.assign(lag=1), x="lag", y="provinces")
    with pytest.raises(ValueError, match="frame is empty"):
        plot.steps(REACHED.head(0), x="lag", y="provinces")

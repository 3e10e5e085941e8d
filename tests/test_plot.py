"""Do plots draw what the frame says, where they are told, and nothing else?"""

from itertools import pairwise

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from matplotlib.collections import LineCollection, PathCollection, PolyCollection, QuadMesh
from matplotlib.colors import to_hex
from matplotlib.dates import num2date
from matplotlib.text import Text

from toolkit import places, plot, style

YEARS = list(range(2018, 2027))
RATES = pd.DataFrame({"province": ["33"] * 9 + ["52"] * 9, "year": YEARS * 2, "rate": np.arange(18) / 4})
BANDS = RATES.assign(low=(RATES["rate"] - 0.1).clip(0), high=RATES["rate"] + 0.1)
SCORES = pd.DataFrame(
    {
        "term": ["数字", "山海", "海洋", "铁路", "白酒", "脱贫"],
        "score": [5.0, 4.0, 0.5, -0.5, -2.0, -3.0],
        "se": [1.0, 0.5, 1.0, 1.0, 0.5, 0.25],
        "q": [0.001, 0.2, 0.6, np.nan, 0.01, 0.001],
        "docs": [31, 31, 31, 31, 31, 4],
    }
)


@pytest.fixture(autouse=True)
def _settings():
    with mpl.rc_context():
        style.use("zh")
        yield
    plt.close("all")


@pytest.fixture
def axes():
    """Two Axes; the right one is the current one."""
    return plt.subplots(1, 2, figsize=(8, 3))[1]


def names(ax):
    return [text.get_text() for text in ax.texts]


@pytest.mark.parametrize(
    "draw",
    [
        lambda ax: plot.trend(BANDS, group="province", ax=ax),
        lambda ax: plot.keyness(SCORES, ax=ax),
        lambda ax: plot.heat(RATES, row="province", column="year", value="rate", ax=ax),
    ],
)
def test_plots_draw_where_they_are_told(axes, draw):
    left, right = axes
    assert draw(left) is left
    assert left.has_data()
    assert not right.has_data()


@pytest.mark.parametrize(
    ("draw", "frame"),
    [
        (plot.trend, RATES[RATES["province"] == "33"]),
        (plot.keyness, SCORES),
        (lambda frame: plot.heat(frame, row="province", column="year", value="rate", numbers=True), RATES),
        (lambda frame: plot.grid(frame, group="province"), BANDS),
    ],
)
def test_plots_leave_the_frame_as_it_is_and_show_nothing(monkeypatch, draw, frame):
    monkeypatch.setattr(plt, "show", lambda: pytest.fail("a plot does not show"))
    before = frame.copy(deep=True)
    draw(frame)
    pd.testing.assert_frame_equal(frame, before)


# trend


def test_trend_draws_a_line_a_group_and_names_it_where_it_ends(axes):
    ax = plot.trend(RATES, group="province", ax=axes[0])
    assert [line.get_xydata().tolist() for line in ax.lines] == [
        one[["year", "rate"]].to_numpy(float).tolist() for _, one in RATES.groupby("province")
    ]
    assert names(ax) == ["浙江", "贵州"]
    for text, line in zip(ax.texts, ax.lines, strict=True):
        assert text.get_color() == line.get_color()
        assert text.xy == (2026, line.get_ydata()[-1])
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("年份", "每万词")
    assert ax.get_ylim()[0] == 0


def test_trend_draws_the_band_that_the_frame_holds():
    assert not plot.trend(RATES.head(9)).collections
    ax = plot.trend(BANDS.head(9), ax=plt.figure().gca())
    (band,) = ax.collections
    corners = {tuple(np.round(corner, 6)) for corner in band.get_paths()[0].vertices}
    sides = BANDS.head(9)[["low", "high"]]
    due = [(year, side) for year, both in zip(YEARS, sides.to_numpy(), strict=True) for side in both]
    assert {(float(x), round(y, 6)) for x, y in due} <= corners


@pytest.mark.parametrize("gap", [{2021}, {2019, 2020, 2024}])
def test_trend_never_bridges_what_is_missing(gap):
    absent = RATES.head(9)[~RATES.head(9)["year"].isin(gap)]
    empty = RATES.head(9).assign(rate=RATES.head(9)["rate"].astype("Float64"))
    empty.loc[empty["year"].isin(gap), "rate"] = pd.NA
    for frame in (absent, empty):
        (line,) = plot.trend(frame, ax=plt.figure().gca()).lines
        x, y = line.get_data()
        assert set(np.asarray(x)[np.isnan(y)]) == gap


def test_trend_shows_a_year_that_stands_alone():
    lonely = pd.DataFrame({"year": [1954, *range(1978, 2020)], "rate": 1.0, "low": 0.5, "high": 1.5})
    ax = plot.trend(lonely)
    (line,) = ax.lines
    assert np.asarray(line.get_xdata())[line.get_markevery()].tolist() == [1954]
    bars = [part for part in ax.collections if isinstance(part, LineCollection)]
    assert [bar.get_segments()[0].tolist() for bar in bars] == [[[1954, 0.5], [1954, 1.5]]]


def test_trend_puts_months_on_a_true_time_axis():
    months = pd.DataFrame({"year": 2015, "month": ["2015-11", "2015-12", "2016-02"], "rate": [1.0, 2, 3]})
    ax = plot.trend(months)
    (line,) = ax.lines
    x = [f"{num2date(number):%Y-%m}" for number in mpl.dates.date2num(line.get_xdata())]
    assert x == ["2015-11", "2015-12", "2016-01", "2016-02"]
    assert np.isnan(line.get_ydata()).tolist() == [False, False, True, False]
    assert ax.get_xlabel() == "月份"
    by_year = plot.trend(months.head(1), period="year", ax=plt.figure().gca())
    assert by_year.lines[0].get_xdata().tolist() == [2015]


def test_trend_order_of_rows_does_not_matter():
    shuffled = RATES.head(9).sample(frac=1, random_state=1)
    one, two = (
        plot.trend(frame, ax=plt.figure().gca()).lines[0].get_xydata() for frame in (RATES.head(9), shuffled)
    )
    np.testing.assert_array_equal(one, two)


@pytest.mark.parametrize("spread", [0.0, 0.05, 3.0])
@pytest.mark.parametrize("many", [2, 7, 12])
def test_names_at_the_ends_never_touch(spread, many):
    codes = places.provinces()["province"].head(many)
    rng = np.random.default_rng(1)
    frame = pd.DataFrame({"province": np.repeat(codes, 3), "year": [2024, 2025, 2026] * many})
    ax = plot.trend(frame.assign(rate=2 + spread * rng.random(len(frame))), group="province")
    ax.figure.canvas.draw()
    boxes = sorted((Text.get_window_extent(text) for text in ax.texts), key=lambda box: box.y0)
    assert len(boxes) == many
    assert all(below.y1 <= above.y0 + 1 for below, above in pairwise(boxes))
    page = ax.figure.bbox
    assert all(
        page.x0 <= box.x0 and box.x1 <= page.x1 and page.y0 <= box.y0 and box.y1 <= page.y1 for box in boxes
    )


def test_names_without_room_go_into_a_legend():
    codes = places.provinces()["province"]
    frame = pd.DataFrame({"province": codes, "year": 2026, "rate": 1.0})
    ax = plot.trend(frame, group="province")
    assert not ax.texts
    assert [text.get_text() for text in ax.get_legend().get_texts()][:2] == ["北京", "天津"]
    looks = {(to_hex(line.get_color()), line.get_linestyle()) for line in ax.lines[:21]}
    assert len(looks) == 21, "colour and dash tell lines apart"


@pytest.mark.parametrize(
    ("frame", "options", "error", "said"),
    [
        (RATES, {}, ValueError, "more than one row for one year; give the column that parts them"),
        (RATES.head(0), {}, ValueError, "rates is empty; there is nothing to draw"),
        (RATES.drop(columns="rate"), {}, KeyError, "rates has no column 'rate'; it has: province, year"),
        (RATES, {"group": "term"}, KeyError, "rates has no column 'term'"),
        (RATES.assign(year="去年"), {}, ValueError, "year='去年' is no point in time"),
        (RATES, {"lang": "de"}, ValueError, "lang='de' is unknown; choose one of: en, zh"),
        ([1], {}, TypeError, "rates must be a pandas DataFrame, not list"),
    ],
)
def test_trend_says_what_is_wrong(frame, options, error, said):
    with pytest.raises(error, match=said):
        plot.trend(frame, **options)


# keyness


def test_keyness_ranks_terms_and_draws_their_whiskers():
    ax = plot.keyness(SCORES.sample(frac=1, random_state=3), target="33")
    assert [label.get_text() for label in ax.get_yticklabels()] == SCORES["term"].tolist()[::-1]
    (dots,) = (part for part in ax.collections if isinstance(part, PathCollection))
    assert dots.get_offsets()[:, 0].tolist() == SCORES["score"].tolist()[::-1]
    (bars,) = (part for part in ax.collections if isinstance(part, LineCollection))
    reach = [segment[1, 0] - segment[0, 0] for segment in bars.get_segments()]
    np.testing.assert_allclose(reach, 2 * 1.96 * SCORES["se"][::-1])
    assert names(ax) == ["← 其他  ", "  浙江 →"]
    assert ax.get_xlabel() == "得分（±1.96 标准误）\n灰：q > 0.05 或不足 5 篇"


def test_keyness_greys_what_is_unsure_and_parts_the_sides_by_colour():
    ax = plot.keyness(SCORES, lang="en")
    (dots,) = (part for part in ax.collections if isinstance(part, PathCollection))
    grey = to_hex("0.6")
    seen = dict(zip(SCORES["term"][::-1], map(to_hex, dots.get_facecolors()), strict=True))
    assert [term for term in SCORES["term"] if seen[term] == grey] == ["山海", "海洋", "铁路", "脱贫"]
    assert seen["数字"] != seen["白酒"]
    assert names(ax) == ["← used less  ", "  used more →"]


def test_keyness_takes_the_highest_and_the_lowest_and_never_twice():
    ax = plot.keyness(SCORES, n=2)
    assert [label.get_text() for label in ax.get_yticklabels()] == ["脱贫", "白酒", "山海", "数字"]
    bare = plot.keyness(SCORES[["term", "score"]], n=4, ax=plt.figure().gca())
    assert len(bare.get_yticklabels()) == 6
    assert bare.get_xlabel() == "得分"
    (stems,) = (part for part in bare.collections if isinstance(part, LineCollection))
    assert all(segment[0, 0] == 0 for segment in stems.get_segments())


def test_keyness_gives_thirty_terms_their_room():
    many = pd.DataFrame({"term": [f"新质生产力{i}" for i in range(30)], "score": np.linspace(-3, 3, 30)})
    ax = plot.keyness(many)
    ax.figure.canvas.draw()
    boxes = [label.get_window_extent() for label in ax.get_yticklabels()]
    assert all(low.y1 <= high.y0 + 1 for low, high in pairwise(boxes))


@pytest.mark.parametrize(
    ("frame", "n", "error", "said"),
    [
        (SCORES.head(0), 5, ValueError, "scores is empty"),
        (SCORES, 0, ValueError, "n=0 is too small; give 1 or more"),
        (SCORES.rename(columns={"score": "g2"}), 5, KeyError, "scores has no column 'score'"),
    ],
)
def test_keyness_says_what_is_wrong(frame, n, error, said):
    with pytest.raises(error, match=said):
        plot.keyness(frame, n=n)


# grid


def test_grid_has_all_provinces_where_they_lie():
    drawn = plot.grid(BANDS)
    tiles = places.provinces().set_index("province")
    assert list(drawn) == tiles.index.tolist()
    for code, ax in drawn.items():
        at = ax.get_subplotspec()
        assert (at.rowspan.start + 1, at.colspan.start + 1) == tuple(tiles.loc[code, ["row", "col"]])
        assert ax.get_title(loc="center") == tiles.at[code, "short"]
    assert drawn["33"].lines[0].get_ydata().tolist() == RATES["rate"].head(9).tolist()
    assert len({ax.figure for ax in drawn.values()}) == 1


def test_grid_says_where_there_is_nothing():
    drawn = plot.grid(BANDS, lang="en")
    assert {code for code, ax in drawn.items() if "no data" in names(ax)} == set(drawn) - {"33", "52"}
    assert not any(ax.lines for code, ax in drawn.items() if code not in ("33", "52"))


def test_grid_shares_one_scale_from_zero_and_can_be_told_not_to():
    shared = plot.grid(BANDS)
    assert {ax.get_ylim() for ax in shared.values()} == {shared["33"].get_ylim()}
    low, high = shared["33"].get_ylim()
    assert low == 0
    assert high >= BANDS["high"].max()
    free = plot.grid(BANDS, share_y=False)
    assert free["33"].get_ylim()[1] < free["52"].get_ylim()[1]


def test_grid_labels_once():
    drawn = plot.grid(pd.concat([BANDS.assign(term="平安"), BANDS.assign(term="法治")]), group="term")
    fig = drawn["33"].figure
    assert (fig.get_supxlabel(), fig.get_supylabel()) == ("年份", "每万词")
    assert not any(ax.get_xlabel() or ax.get_ylabel() or ax.get_legend() for ax in drawn.values())
    (legend,) = fig.legends
    assert [text.get_text() for text in legend.get_texts()] == ["平安", "法治"]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_grid_has_no_overlap(lang):
    everywhere = places.provinces()[["province"]].merge(BANDS.head(9).drop(columns="province"), how="cross")
    drawn = plot.grid(everywhere, lang=lang)
    fig = drawn["33"].figure
    fig.canvas.draw()
    boxes = []
    for ax in drawn.values():
        inside = [
            t for t in ax.get_xticklabels() if ax.get_xlim()[0] <= t.get_position()[0] <= ax.get_xlim()[1]
        ]
        shown = [*inside, *ax.get_yticklabels(), ax.title]
        boxes += [t.get_window_extent() for t in shown if t.get_visible() and t.get_text()]
    boxes = [box for box in boxes if box.width > 1 and fig.bbox.contains(box.x0, box.y0)]
    assert len(boxes) > 60
    pairs = [(a, b) for i, a in enumerate(boxes) for b in boxes[i + 1 :]]
    touching = [(a, b) for a, b in pairs if a.padded(-1.5).overlaps(b.padded(-1.5))]
    assert not touching
    assert all(box.x1 <= fig.bbox.x1 and box.y1 <= fig.bbox.y1 for box in boxes)


def test_grid_draws_on_the_figure_given_with_any_drawing():
    fig = plt.figure(figsize=(7, 6))
    other = plt.figure()
    seen = []

    def dots(part, *, ax, lang, size):
        seen.append((part["province"].iloc[0], lang, size))
        return ax

    plot.grid(RATES, draw=dots, fig=fig, lang="en", size=3)
    assert seen == [("33", "en", 3), ("52", "en", 3)]
    assert len(fig.axes) == 31
    assert not other.axes


def test_grid_says_what_is_wrong():
    with pytest.raises(KeyError, match="frame has no column 'province'"):
        plot.grid(RATES.drop(columns="province"))
    with pytest.raises(ValueError, match="it has no row of any of the 31 provinces"):
        plot.grid(RATES.assign(province="00"))


# heat


def cells(ax):
    (mesh,) = (part for part in ax.collections if isinstance(part, QuadMesh))
    return mesh.get_array()


def test_heat_puts_each_value_in_its_cell():
    shuffled = RATES[RATES["year"] != 2020].iloc[::-1]
    ax = plot.heat(shuffled, row="province", column="year", value="rate")
    assert [label.get_text() for label in ax.get_yticklabels()] == ["浙江", "贵州"]
    assert ax.yaxis_inverted()
    values = cells(ax)
    assert values.shape == (2, 9)
    due = RATES.pivot(index="province", columns="year", values="rate").to_numpy()
    assert np.ma.getmaskarray(values).sum(axis=0).tolist() == [0, 0, 2, 0, 0, 0, 0, 0, 0]
    np.testing.assert_array_equal(values[:, [0, 1, 3]], due[:, [0, 1, 3]])


def test_heat_hatches_and_names_what_is_missing():
    ax = plot.heat(RATES.drop(index=[2, 12]), row="province", column="year", value="rate")
    hatched = [patch for patch in ax.patches if patch.get_hatch()]
    assert sorted(patch.get_xy() for patch in hatched) == [(2, 0), (3, 1)]
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["无"]
    whole = plot.heat(RATES, row="province", column="year", value="rate", ax=plt.figure().gca())
    assert not whole.patches
    assert whole.get_legend() is None


def test_heat_is_white_at_zero_where_there_are_both_signs():
    both = RATES.assign(rate=RATES["rate"] - 1)
    ax = plot.heat(both, row="province", column="year", value="rate")
    (mesh,) = (part for part in ax.collections if isinstance(part, QuadMesh))
    assert mesh.norm.vmin == -mesh.norm.vmax
    assert min(mesh.to_rgba(0.0)[:3]) > 0.95
    one = plot.heat(RATES, row="province", column="year", value="rate", ax=plt.figure().gca())
    assert one.collections[0].get_cmap().name == "cividis"
    assert one.collections[0].get_clim() == (RATES["rate"].min(), RATES["rate"].max())


def test_heat_writes_numbers_that_can_be_read():
    style.use("en", width="two")
    ax = plot.heat(RATES.drop(index=3).assign(rate=RATES["rate"] - 1), row="province", column="year",
                   value="rate", numbers=True)  # fmt: skip
    assert len(ax.texts) == 17
    assert names(ax)[0] == "−1.00"
    (mesh,) = (part for part in ax.collections if isinstance(part, QuadMesh))
    for text in ax.texts:
        x, y = (int(at) for at in text.get_position())
        red, green, blue, _ = mesh.to_rgba(cells(ax)[y, x])
        light = 0.299 * red + 0.587 * green + 0.114 * blue > 0.5
        assert text.get_color() == ("black" if light else "white")


def test_heat_says_what_is_wrong():
    with pytest.raises(ValueError, match="more than one row for province 33 and year 2018"):
        plot.heat(pd.concat([RATES, RATES.head(1)]), row="province", column="year", value="rate")
    with pytest.raises(KeyError, match="frame has no column 'share'"):
        plot.heat(RATES, row="province", column="year", value="share")
    with pytest.raises(ValueError, match="is empty; there is nothing to draw"):
        plot.heat(RATES.assign(rate=np.nan), row="province", column="year", value="rate")


def test_bands_have_the_colour_of_their_line():
    ax = plot.trend(BANDS, group="province")
    areas = [part for part in ax.collections if isinstance(part, PolyCollection)]
    seen = [to_hex(area.get_facecolor()[0]) for area in areas]
    assert seen == [to_hex(line.get_color()) for line in ax.lines]


def test_heat_names_every_province_and_as_many_years_as_have_room():
    codes = places.provinces()["province"]
    wide = pd.DataFrame({"term": "平安", "province": codes, "z": np.arange(31.0)})
    for lang in ("zh", "en"):
        style.use(lang)
        ax = plot.heat(wide, row="term", column="province", value="z", ax=plt.figure().gca())
        due = [places.label(code, lang="abbr" if lang == "zh" else "en") for code in codes]
        assert [label.get_text() for label in ax.get_xticklabels()] == due
    long = pd.DataFrame({"term": "平安", "year": range(1954, 2023), "z": 1.0})
    ax = plot.heat(long, row="term", column="year", value="z", ax=plt.figure().gca())
    ax.figure.canvas.draw()
    boxes = [label.get_window_extent() for label in ax.get_xticklabels()]
    assert len(boxes) > 4
    assert all(left.x1 < right.x0 for left, right in pairwise(boxes))


def test_a_band_of_thin_cells_does_not_set_the_scale():
    thin = BANDS.head(9).copy()
    thin.loc[3, "high"] = 5000.0
    ax = plot.trend(thin)
    assert thin["rate"].max() < ax.get_ylim()[1] < 4 * thin["rate"].max()
    (band,) = ax.collections
    assert band.get_paths()[0].vertices[:, 1].max() == 5000
    alone = BANDS.head(9).assign(rate=0.0, low=0.0, high=0.4)
    assert plot.trend(alone, ax=plt.figure().gca()).get_ylim()[1] >= 0.4


def test_keyness_names_only_sides_that_are_shown():
    assert names(plot.keyness(SCORES.head(3), target="33")) == ["  浙江 →"]


def test_two_drawings_in_a_row_do_not_share_an_axes():
    rates = pd.DataFrame({"year": [2015, 2016], "rate": [1.0, 2.0]})
    one, other = plot.trend(rates), plot.trend(rates)
    assert one is not other
    drawn = plot.grid(rates.assign(province="33"))
    assert plot.trend(rates) not in drawn.values()


def test_what_is_unstable_is_grey_in_maps_and_lines():
    frame = pd.DataFrame({"topic": [1, 1, 2, 2], "year": [2024, 2025] * 2, "rate": [1.0, 2, 3, 4]})
    frame["stable"] = frame["topic"].eq(1)
    heat = plot.heat(frame, row="topic", column="year", value="rate")
    colours = {label.get_text(): label.get_color() for label in heat.get_yticklabels()}
    assert (colours["1"] != "0.6", colours["2"]) == (True, "0.6")
    lines = {line.get_label(): line.get_color() for line in plot.trend(frame, group="topic").get_lines()}
    assert (lines["1"] != "0.6", lines["2"]) == (True, "0.6")

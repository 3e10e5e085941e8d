"""Does Chinese show, on any machine, in colours and sizes that print?"""

import subprocess
import sys
import warnings
from io import BytesIO
from itertools import combinations
from pathlib import Path

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from fontTools.ttLib import TTFont
from matplotlib import font_manager

from toolkit import places, plot, style
from toolkit.plot import _labels

ROOT = Path(__file__).parents[1]


@pytest.fixture(autouse=True)
def _settings():
    with mpl.rc_context():
        yield
    plt.close("all")


def characters():
    """Every character that our own tables can put into a figure."""
    tables = [places.provinces(centre=True), pd.DataFrame(_labels.WORDS.values())]
    lexicon = ROOT / "data" / "formulations.csv"
    if lexicon.exists():
        tables.append(pd.read_csv(lexicon, dtype=str))
    every = "".join("".join(table[column].dropna().astype(str)) for table in tables for column in table)
    return set(every) - set("\n\r\t")


def test_no_glyph_is_missing():
    known = set(TTFont(style.font()).getBestCmap())
    assert characters() - set(map(chr, known)) == set()
    assert ord("−") in known, "the minus sign of the axes"
    assert 0x10FFFF not in known  # the font does not claim everything


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("kind", ["png", "pdf", "svg"])
def test_chinese_and_minus_are_drawn_without_a_warning(lang, kind):
    style.use(lang)
    _, ax = plt.subplots()
    ax.plot([-1, 1], label="新质生产力")
    ax.text(0, 0, "".join(sorted(characters()))).set_in_layout(False)
    ax.legend()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        plt.gcf().savefig(BytesIO(), format=kind)
    assert ax.yaxis.get_major_formatter()(-1.0).startswith("−")


def test_without_the_style_it_would_warn():
    """The test above can fail: matplotlib's own font has no Chinese."""
    mpl.rcParams["font.family"] = ["DejaVu Sans"]
    _, ax = plt.subplots()
    ax.set_title("新质生产力")
    with pytest.warns(UserWarning, match="missing"):
        plt.gcf().savefig(BytesIO())


def test_language_is_kept_in_matplotlibs_own_settings():
    mpl.rcdefaults()
    assert style.lang() == "en"
    style.use()
    assert style.lang() == "zh"
    with mpl.rc_context():
        style.use("en")
        assert style.lang() == "en"
    assert style.lang() == "zh"
    mpl.rcdefaults()
    assert style.lang() == "en"


def test_settings_for_print():
    style.use(width="two")
    assert mpl.rcParams["figure.figsize"][0] == style.WIDTHS["two"] == 7.2
    style.use(width="one")
    assert mpl.rcParams["figure.figsize"][0] == style.WIDTHS["one"] == 3.5
    assert mpl.rcParams["pdf.fonttype"] == 42
    assert mpl.rcParams["svg.fonttype"] == "none"
    style.use()
    names = [entry.fname for entry in font_manager.fontManager.ttflist]
    assert names.count(str(style.font())) == 1, "used twice, known once"


def test_nothing_happens_on_import():
    probe = (
        "import matplotlib as mpl; before = dict(mpl.rcParams); import toolkit.style, toolkit.plot;"
        "assert dict(mpl.rcParams) == before;"
        "from matplotlib import font_manager as f; assert 'Noto Sans SC' not in f.get_font_names()"
        " or any('pylopdf' not in e.fname for e in f.fontManager.ttflist if e.name == 'Noto Sans SC')"
    )
    subprocess.run([sys.executable, "-c", probe], check=True, cwd=ROOT)


def test_a_system_font_serves_and_none_is_said(monkeypatch):
    monkeypatch.setattr(style, "_shipped", lambda: None)
    there = font_manager.FontEntry(fname="/fonts/msyh.ttc", name="Microsoft YaHei")
    monkeypatch.setattr(font_manager.fontManager, "ttflist", [there])
    assert style.font() == Path("/fonts/msyh.ttc")
    monkeypatch.setattr(font_manager.fontManager, "ttflist", [])
    with pytest.raises(
        FileNotFoundError, match=r"no Chinese font was found.*pip install pylopdf-fonts-zh-cn"
    ):
        style.use()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [({"lang": "fr"}, "lang='fr' is unknown; choose one of: en, zh"),
     ({"width": "three"}, "width='three' is unknown; choose one of: one, two")],
)  # fmt: skip
def test_what_is_unknown_is_said(arguments, said):
    with pytest.raises(ValueError, match=said):
        style.use(**arguments)


# Machado, Oliveira and Fernandes (2009), full deuteranopia and protanopia, on linear RGB
BLINDNESS = {
    "deuteranopia": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413],
                     [-0.011820, 0.042940, 0.968881]],
    "protanopia": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216],
                   [-0.003882, -0.048116, 1.051998]],
}  # fmt: skip


def lab(rgb):
    """CIE L*a*b* (D65) of linear RGB."""
    xyz = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]) @ rgb
    x, y, z = np.cbrt(np.clip(xyz / [0.9505, 1, 1.089], 1e-6, None))
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


def apart(colours, matrix):
    linear = [np.power(mpl.colors.to_rgb(colour), 2.2) for colour in colours]
    seen = [lab(np.clip(np.asarray(matrix) @ rgb, 0, 1)) for rgb in linear]
    return min(np.linalg.norm(a - b) for a, b in combinations(seen, 2))


@pytest.mark.parametrize("kind", BLINDNESS)
def test_colours_stay_apart_for_the_colour_blind(kind):
    style.use()
    colours = mpl.rcParams["axes.prop_cycle"].by_key()["color"]
    assert apart(colours, BLINDNESS[kind]) > 10
    assert apart(["red", "#a08000"], BLINDNESS["deuteranopia"]) < apart(["red", "#a08000"], np.eye(3)) / 2


def test_the_plots_speak_the_language_chosen():
    rates = pd.DataFrame({"year": [2025, 2026], "rate": [1.0, 2.0]})
    for lang, label in {"zh": "每万词", "en": "per 10,000 words"}.items():
        style.use(lang)
        assert plot.trend(rates, ax=plt.figure().gca()).get_ylabel() == label

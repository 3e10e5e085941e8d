"""Does every error say what is wrong, what was given, what there is?"""

import pandas as pd
import pytest

from toolkit import _check, compare, lexicon, load, trend, words

COUNTS = pd.DataFrame({"year": [2012, 2013], "term": ["改革", "发展"], "n": [2, 8]})


def test_columns_names_the_missing_and_the_present():
    with pytest.raises(KeyError, match=r"counts has no column 'n', 'term'; it has: province, year"):
        _check.columns(pd.DataFrame(columns=["year", "province"]), "n", "term", what="counts")
    with pytest.raises(TypeError, match="counts must be a pandas DataFrame, not list"):
        _check.columns([1], "n", what="counts")
    with pytest.raises(KeyError, match=r"counts has no column \['year'\]; it has: n, term, year"):
        _check.columns(COUNTS, ["year"], what="counts")
    with pytest.raises(ValueError, match="counts has more than one column 'n'; drop or rename one"):
        _check.columns(pd.concat([COUNTS, COUNTS[["n"]]], axis=1), "n", what="counts")


def test_one_of_hints_at_what_is_near():
    assert _check.one_of("浙江", ["浙江", "贵州"], "target") == "浙江"
    with pytest.raises(
        ValueError, match=r"measure='g3' is unknown; choose one of: g2, log_ratio\. Did you mean 'g2'\?"
    ):
        _check.one_of("g3", {"g2": 1, "log_ratio": 2}, "measure")
    with pytest.raises(ValueError, match=r"measure=\['g2'\] is unknown"):
        _check.one_of(["g2"], {"g2": 1, "log_ratio": 2}, "measure")


def test_long_lists_are_cut_and_counted():
    with pytest.raises(ValueError, match="and 95 more"):
        _check.one_of("x", [f"{i:03}" for i in range(100)], "term")


def test_a_path_that_is_not_there_shows_what_stands_beside(tmp_path):
    (tmp_path / "docs.parquet").touch()
    with pytest.raises(FileNotFoundError, match=r"'.*doc.parquet' does not exist; .* holds: docs.parquet"):
        _check.path(tmp_path / "doc.parquet", "the corpus")
    with pytest.raises(FileNotFoundError, match=r"holds: docs\.parquet"):
        _check.path(tmp_path / "no" / "such" / "place", "the corpus")


@pytest.mark.parametrize("value", [0, float("nan")])
def test_at_least_refuses_less_and_what_is_no_number(value):
    with pytest.raises(ValueError, match=r"n=.* is too small; give 1 or more"):
        _check.at_least(value, 1, "n")
    with pytest.raises(TypeError, match="n='5' is no number; give 1 or more"):
        _check.at_least("5", 1, "n")


def test_not_empty():
    with pytest.raises(ValueError, match="the folder is empty; put documents into it"):
        _check.not_empty([], "the folder", "put documents into it")


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: words.cut(None), "texts=None is a NoneType; give one text or a list of them"),
        (lambda: words.cut(5), "texts=5 is a int; give"),
        (lambda: trend.rate(COUNTS, term=None), "term=None is a NoneType"),
        (lambda: compare.keyness(COUNTS, by="year", target=None), "target=None is a NoneType; give one year"),
        (lambda: load.folder(None), "the folder must be a path, not NoneType"),
        (lambda: lexicon.read(5), "the lexicon must be a path, not int"),
    ],
)
def test_nothing_in_place_of_text_is_said_in_words(call, words):
    with pytest.raises(TypeError, match=words):
        call()


def test_of_very_many_choices_a_few_are_shown():
    error = _check.unknown("term", "平安建", [f"w{i}" for i in range(900)] + ["平安建设"])
    assert "and 896 more. Did you mean '平安建设'?" in str(error)
    assert len(str(error)) < 120

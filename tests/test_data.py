"""Are the shipped tables the ones that the script makes, and do the known facts come out of them?"""

import importlib.util
import shutil
from pathlib import Path

import pandas as pd
import pytest

from toolkit import lexicon, load, places
from toolkit.load import _shipped

ROOT = Path(__file__).parents[1]
REAL = ROOT.parent / "shared" / "real"
KEYS = {
    "central_reports": ["year", "term"],
    "provincial_reports": ["doc_id", "province", "year", "paragraph", "term"],
    "evening_news": ["year", "month", "term"],
    "evening_news_formulations": ["year", "month", "province", "term"],
    "formulation_fates": ["corpus", "year", "term", "fate", "within"],
}


@pytest.fixture(scope="module")
def tables():
    return {name: load.counts(name) for name in load.SHIPPED}


def test_every_table_is_proved_and_small():
    sources = pd.read_csv(ROOT / "data" / "sources.csv")
    assert sorted(sources["name"]) == sorted(load.SHIPPED)
    assert sources.notna().all(axis=None)
    files = [path for path in (ROOT / "data").rglob("*") if path.is_file()]
    assert sum(path.stat().st_size for path in files) < 40e6
    assert {path.stem for path in (ROOT / "data" / "counts").iterdir()} == set(load.SHIPPED)


@pytest.mark.parametrize("name", load.SHIPPED)
def test_rows_are_unique_sorted_and_counted(tables, name):
    table, keys = tables[name], KEYS[name]
    assert len(table) == pd.read_csv(ROOT / "data" / "sources.csv").set_index("name").at[name, "rows"]
    assert list(table.columns[: len(keys)]) == keys
    assert not table.duplicated(keys).any()
    assert table[keys].equals(table[keys].sort_values(keys, ignore_index=True))
    assert table["n"].min() >= 1
    assert table["lexicon"].nunique() == 1
    assert table.notna().all(axis=None)


def test_no_table_holds_sentences(tables):
    for name, table in tables.items():
        longest = table["term"].drop_duplicates().str.len().max()
        assert longest <= 40, (name, longest)


def test_new_productive_forces_stand_in_every_report_of_2025(tables):
    said = tables["provincial_reports"].query("term == '新质生产力' and year == 2025")
    assert set(said["province"]) == set(places.provinces()["province"])


def test_common_prosperity_spreads_from_11_to_28_provinces(tables):
    said = tables["provincial_reports"].query("term == '共同富裕'").groupby("year")["province"].nunique()
    assert said.to_dict() == {2025: 11, 2026: 28}


@pytest.mark.parametrize(
    ("term", "month"),
    [
        ("供给侧结构性改革", "2015-11"),
        ("新质生产力", "2023-09"),
        ("全过程人民民主", "2021-07"),
        ("十五五", "2021-04"),
        ("中国梦", "2012-11"),
        ("扫黑除恶", "2017-12"),
    ],
)
def test_first_months_in_the_evening_news(tables, term, month):
    assert tables["evening_news"].query("term == @term")["month"].min() == month


def test_targeted_poverty_relief_peaks_and_fades(tables):
    news = tables["evening_news"]
    said = news.query("term == '精准扶贫'").groupby("year")["n"].sum() / news.groupby("year")["n"].sum()
    assert said.idxmax() in (2015, 2016)
    assert said[2024] < said.max() / 10


@pytest.mark.parametrize(
    ("term", "in_2025", "in_2026"),
    [("新质生产力", 98, 122), ("共同富裕", 19, 60), ("低空经济", 51, 39), ("十五五", 79, 221)],
)
def test_the_fates_of_a_phrase_add_up_to_its_plain_count(tables, term, in_2025, in_2026):
    told = tables["formulation_fates"].query("corpus == 'provincial_reports' and term == @term")
    assert told.groupby("year")["n"].sum().to_dict() == {2025: in_2025, 2026: in_2026}
    whole = told.query("fate == 'whole'").groupby("year")["n"].sum()
    counted = tables["provincial_reports"].query("term == @term").groupby("year")["n"].sum()
    assert whole.to_dict() == counted.to_dict()


def test_the_counts_were_made_with_the_lexicon_that_ships(tables):
    for name, table in tables.items():
        assert table["lexicon"].unique().tolist() == [lexicon.key(lexicon.read())], f"{name}: make it again"


def test_the_set_phrases_by_province_add_up_to_words(tables):
    panel, news = tables["evening_news_formulations"], tables["evening_news"]
    assert set(panel["province"]) == set(places.provinces(centre=True)["province"])
    assert panel["n"].sum() < news["n"].sum()


def test_a_table_that_was_changed_is_refused(monkeypatch, tmp_path):
    shutil.copytree(ROOT / "data" / "counts", tmp_path / "counts")
    shutil.copy(ROOT / "data" / "sources.csv", tmp_path)
    monkeypatch.setattr(_shipped, "DATA", tmp_path)
    (tmp_path / "counts" / "central_reports.parquet").write_bytes(b"PAR1")
    with pytest.raises(
        ValueError, match=r"central_reports.parquet is not the file that .*sources.csv describes"
    ):
        load.counts("central_reports")
    (tmp_path / "counts" / "central_reports.parquet").unlink()
    with pytest.raises(FileNotFoundError, match=r"run `python data/make_counts.py` to make it"):
        load.counts("central_reports")
    with pytest.raises(ValueError, match="name='central' is unknown; choose one of: central_reports"):
        load.counts("central")


@pytest.mark.skipif(not REAL.exists(), reason="the real documents are not beside this checkout")
def test_the_script_makes_the_very_tables_again(tables):
    spec = importlib.util.spec_from_file_location("make_counts", ROOT / "data" / "make_counts.py")
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    for name, made in script.build(REAL).items():
        pd.testing.assert_frame_equal(made, tables[name], check_categorical=False, check_dtype=False)

"""Are rates the plain arithmetic they claim to be, and do their intervals hold what they promise?"""

import logging
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy import stats
from statsmodels.stats.rates import confint_poisson

from toolkit import simulate, trend

COUNTS = pd.DataFrame(
    [
        ("11", 2018, "11-2018", "平安", 2), ("11", 2018, "11-2018", "发展", 98),
        ("11", 2019, "11-2019", "平安", 5), ("11", 2019, "11-2019", "稳定", 5),
        ("11", 2019, "11-2019", "发展", 190),
        ("33", 2018, "33-2018", "发展", 50),
    ],
    columns=["province", "year", "doc_id", "term", "n"],
)  # fmt: skip


def corpus(**given):
    return simulate.counts({"平安建设": 30, "低空经济": 1}, provinces=12, **given)[0]


def test_a_rate_by_hand():
    rates = trend.rate(COUNTS, term="平安", by="province")
    assert list(rates.columns) == ["province", "year", "term", "n", "total", "rate", "docs"]
    assert rates.to_numpy().tolist() == [
        ["11", 2018, "平安", 2, 100, 200.0, 1],
        ["11", 2019, "平安", 5, 200, 250.0, 1],
        ["33", 2018, "平安", 0, 50, 0.0, 0],
    ]


def test_a_group_without_words_has_no_row_and_is_counted(caplog):
    with caplog.at_level(logging.INFO):
        trend.rate(COUNTS, term="平安", by="province")
    assert "1 of 4 groups × periods have no words" in caplog.text


def test_terms_each_alone_or_summed_under_a_label(caplog):
    each = trend.rate(COUNTS, term=["平安", "稳定"])
    assert each[["year", "term", "n"]].to_numpy().tolist() == [
        [2018, "平安", 2], [2018, "稳定", 0], [2019, "平安", 5], [2019, "稳定", 5],
    ]  # fmt: skip
    with caplog.at_level(logging.INFO):
        both = trend.rate(COUNTS, term={"安全": ["平安", "稳定", "安定"]})
    assert both[["year", "term", "n", "docs"]].to_numpy().tolist() == [
        [2018, "安全", 2, 1],
        [2019, "安全", 10, 1],
    ]
    assert "no text holds 安定" in caplog.text


def test_a_broadcast_counted_by_month():
    news = pd.DataFrame(
        [(2015, "2015-11", "改革", 4, 3), (2015, "2015-12", "改革", 6, 2), (2015, "2015-12", "天气", 90, 40),
         (2016, "2016-01", "天气", 50, 20)], columns=["year", "month", "term", "n", "docs"],
    )  # fmt: skip
    months = trend.rate(news, term="改革", period="month")
    assert months[["month", "n", "total", "docs"]].to_numpy().tolist() == [
        ["2015-11", 4, 4, 3], ["2015-12", 6, 96, 2], ["2016-01", 0, 50, 0],
    ]  # fmt: skip
    assert trend.rate(news, term="改革")["docs"].tolist() == [5, 0]
    assert trend.rate(news, term={"两词": ["改革", "天气"]})["docs"].isna().all(), "an item may hold both"
    bands = trend.band(news, term="改革", cluster="month")
    assert bands["low"].isna().all()


def test_what_the_counts_do_not_hold_is_said():
    with pytest.raises(ValueError, match=r"term='平安建' is unknown.*Did you mean '平安建设'"):
        trend.rate(corpus(), term="平安建")
    with pytest.raises(KeyError, match="counts has no column 'month'"):
        trend.rate(COUNTS, term="平安", period="month")
    with pytest.raises(ValueError, match="2 different lexicons"):
        trend.rate(COUNTS.assign(lexicon=["a"] * 5 + ["b"]), term="平安")
    with pytest.raises(ValueError, match="is empty"):
        trend.rate(COUNTS[:0], term="平安")
    with pytest.raises(ValueError, match="term is empty"):
        trend.rate(COUNTS, term=[])


def test_words_without_a_year_are_left_out_aloud(caplog):
    counts = COUNTS.astype({"year": "Int64"})
    counts.loc[5, "year"] = pd.NA
    assert trend.rate(counts, term="平安")["total"].tolist() == [100, 200]
    assert "50 of 350 words have no year" in caplog.text


def jackknife(counts, term):
    """The design effect of a term, its t factor, its count, all words: by leaving out provinces."""
    n = counts["n"].where(counts["term"].eq(term), 0).groupby(counts["province"]).sum().to_numpy()
    words = counts.groupby("province")["n"].sum().to_numpy()
    left = [np.delete(n, i).sum() / np.delete(words, i).sum() for i in range(len(n))]
    rate = n.sum() / words.sum()
    variance = (len(n) - 1) / len(n) * sum((one - rate) ** 2 for one in left)
    freedom = words.sum() ** 2 / (words**2).sum() - 1
    widening = (stats.t.ppf(0.975, freedom) / stats.norm.ppf(0.975)) ** 2
    return variance / (rate / words.sum()), widening, n.sum(), words.sum()


def test_the_error_is_the_jackknife_of_whole_clusters():
    counts = corpus(seed=3)
    band = trend.band(counts, term="平安建设").iloc[0]
    design, widening, n, words = jackknife(counts, "平安建设")
    assert design > 2
    design *= widening
    low, high = confint_poisson(n / design, words / design, method="exact-c")
    assert [band["low"], band["high"]] == pytest.approx([low * 10_000, high * 10_000])


def test_the_error_is_never_below_that_of_independent_words():
    counts = pd.DataFrame({"province": list("ABCDEFGH"), "year": 2025, "term": "发展", "n": 97})
    counts = pd.concat([counts, counts.assign(term="平安", n=3)])
    band = trend.band(counts, term="平安").iloc[0]
    design, widening, n, words = jackknife(counts, "平安")
    assert design == pytest.approx(0)
    low, high = confint_poisson(n / widening, words / widening, method="exact-c")
    assert [band["low"], band["high"]] == pytest.approx([low * 10_000, high * 10_000])


def test_independent_words_of_many_clusters_give_the_exact_poisson_interval():
    counts = pd.DataFrame({"doc_id": range(4000), "year": 2025, "term": "发展", "n": 100})
    counts = pd.concat([counts, counts[:7].assign(term="平安", n=1)])
    band = trend.band(counts, term="平安", cluster="doc_id").iloc[0]
    low, high = confint_poisson(7, counts["n"].sum(), method="exact-c")
    assert [band["low"], band["high"]] == pytest.approx([low * 10_000, high * 10_000], rel=0.01)


def test_a_term_not_said_keeps_an_upper_limit():
    planted = pd.DataFrame({"term": "新质生产力", "year": [2022, 2024], "rate": [0, 20]})
    counts, _ = simulate.counts(planted, provinces=12, years=[2022, 2024])
    bands = trend.band(counts, term="新质生产力")
    unsaid = bands.iloc[0]
    design = jackknife(counts[counts["year"].eq(2024)], "新质生产力")[0]
    assert design > 2, "of the year in which it is said"
    _, widening, _, words = jackknife(counts[counts["year"].eq(2022)], "词0001")
    assert unsaid[["n", "low"]].tolist() == [0, 0]
    assert unsaid["high"] == pytest.approx(-np.log(0.025) * design * widening / words * 10_000)


def test_few_clusters_get_no_interval_and_a_warning(caplog):
    bands = trend.band(COUNTS, term="平安")
    assert bands[["low", "high"]].isna().all(axis=None)
    assert "2 of 2 groups × periods have words of fewer than 5 clusters" in caplog.text


def test_paragraphs_are_numbered_within_their_document():
    counts = corpus(size={"documents": 6})
    counts = counts.assign(paragraph=counts["doc_id"].str[-3:].astype(int), doc_id=counts["province"])
    whole = trend.band(counts, term="平安建设", cluster="paragraph")
    named = trend.band(
        counts.assign(unit=counts["doc_id"] + counts["paragraph"].astype(str)),
        term="平安建设",
        cluster="unit",
    )
    pd.testing.assert_frame_equal(whole, named)


def test_the_order_of_rows_changes_nothing():
    counts = corpus(years=(2024, 2025))
    shuffled = counts.sample(frac=1, random_state=1)
    given = {"term": ["低空经济", "平安建设"], "by": "province", "cluster": "doc_id"}
    pd.testing.assert_frame_equal(trend.band(counts, **given), trend.band(shuffled, **given))


def test_categories_and_text_are_alike():
    counts = corpus()
    coded = counts.astype({"term": "category", "province": "category"})
    for verb in (trend.rate, trend.band):
        pd.testing.assert_frame_equal(verb(counts, term="平安建设"), verb(coded, term="平安建设"))


def test_doubling_every_count_leaves_the_rate():
    once, twice = corpus(), corpus().assign(n=lambda d: 2 * d["n"])
    assert trend.rate(twice, term="平安建设")["rate"].equals(trend.rate(once, term="平安建设")["rate"])


def test_the_interval_holds_the_truth_where_the_naive_one_fails():
    planted = {f"策{number}": 30 for number in range(80)}
    size = {"documents": 2, "words": 4000, "vocabulary": 2}
    corpora = (simulate.counts(planted, provinces=12, size=size, seed=seed)[0] for seed in range(5))
    bands = pd.concat(trend.band(counts, term=list(planted)) for counts in corpora)
    held = bands["low"].le(30) & bands["high"].ge(30)
    assert 0.92 < held.mean() < 0.98, "nominal 0.95, and three standard errors of 400 intervals"
    low, high = confint_poisson(bands["n"], bands["total"] / 10_000, method="exact-c")
    assert np.mean((low <= 30) & (high >= 30)) < 0.5, "words taken as independent"


def test_the_kept_table_of_coverage_holds_what_is_claimed():
    table = pd.read_csv(Path(__file__).parents[1] / "benchmarks" / "intervals.csv").query(
        "question == 'interval'"
    )
    usual = table[table["spread"].le(0.5)]
    assert usual["ours"].min() > 0.92
    assert table["ours"].min() > 0.9, "also where words are far more uneven than in the real reports"
    assert table.loc[table["count"].eq(10), "naive"].max() < 0.85


def test_a_cell_that_one_cluster_fills_gets_no_interval(caplog):
    counts = pd.DataFrame({"province": list("123456") * 2, "year": 2025, "term": ["改革"] * 6 + ["发展"] * 6})
    even = counts.assign(n=[2, 3, 2, 1, 2, 3] + [90] * 6)
    uneven = counts.assign(n=[2, 0, 0, 0, 0, 0, 9000, 90, 90, 90, 90, 90])
    assert trend.band(even, term="改革")["high"].notna().all()
    assert trend.band(uneven.query("n > 0"), term="改革")["high"].isna().all()
    assert "1 of 1 groups × periods" in caplog.text

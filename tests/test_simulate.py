"""Does a simulated corpus hold what was planted, and nothing else?"""

import numpy as np
import pandas as pd
import pytest

from toolkit import simulate

NONE = {"province": 0, "document": 0, "length": 0}


def test_the_planted_rate_comes_back():
    counts, truth = simulate.counts({"平安建设": 50, "低空经济": 2}, spread=NONE, size={"documents": 20})
    assert truth["drawn"].equals(truth["rate"])
    rate = counts.groupby("term")["n"].sum() / counts["n"].sum() * 10_000
    words = counts["n"].sum()
    for term, planted in {"平安建设": 50, "低空经济": 2}.items():
        assert abs(rate[term] - planted) < 4 * np.sqrt(planted * 10_000 / words)


def test_rates_by_province_and_year_come_back():
    planted = pd.DataFrame(
        [("14", 2018, "平安建设", 10), ("14", 2019, "平安建设", 100), ("33", 2018, "平安建设", 40),
         ("33", 2019, "平安建设", 0)], columns=["province", "year", "term", "rate"],
    )  # fmt: skip
    counts, truth = simulate.counts(
        planted, provinces=["山西", "33"], years=[2018, 2019], spread=NONE, size={"documents": 50}
    )
    words = counts.groupby(["province", "year"])["n"].sum()
    said = counts[counts["term"].eq("平安建设")].groupby(["province", "year"])["n"].sum()
    found = said.reindex(words.index, fill_value=0) / words * 10_000
    assert found.to_numpy() == pytest.approx([10, 100, 40, 0], rel=0.15)
    assert truth["rate"].tolist() == [10, 100, 40, 0]


def test_effects_have_mean_one_and_the_spread_asked_for():
    _, truth = simulate.counts(
        {f"策{i}": 1 for i in range(300)}, spread={"province": 0.7}, size={"documents": 1, "words": 50}
    )
    effect = truth["drawn"] / truth["rate"]
    assert effect.mean() == pytest.approx(1, abs=0.03)
    assert np.log(effect).std() == pytest.approx(0.7, abs=0.02)


def test_words_of_a_document_are_alike_only_when_asked():
    def ratio(spread):
        counts, _ = simulate.counts({"平安建设": 100}, spread=NONE | spread, size={"documents": 40})
        one = counts[counts["term"].eq("平安建设")].set_index("doc_id")["n"]
        one = one.reindex(counts["doc_id"].unique(), fill_value=0)
        return one.var() / one.mean()

    assert ratio({}) == pytest.approx(1, abs=0.1)
    assert ratio({"document": 1.0}) > 10


def test_one_seed_one_corpus():
    first, again, other = (simulate.counts({"平安": 5}, provinces=3, seed=seed)[0] for seed in (7, 7, 8))
    pd.testing.assert_frame_equal(first, again)
    assert not first.equals(other)


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"spread": {"provinces": 1}}, "spread='provinces' is unknown; choose one of: amount, document"),
        ({"size": {"documents": 0}}, r"size\['documents'\]=0 is too small; give 1 or more"),
        ({"provinces": ["江浙"]}, "province='江浙' is unknown"),
        ({"planted": {"平安": -1}}, "planted gives '平安' no rate of 0 or more in province 11"),
        ({"planted": {"平安": 9000}}, "planted rates sum to more than 5000"),
        ({"planted": pd.DataFrame({"term": ["平安"]})}, "planted has no column 'rate'"),
    ],
)
def test_what_cannot_be_planted_is_said(given, sentence):
    planted = given.pop("planted", {"平安": 1})
    with pytest.raises((ValueError, KeyError), match=sentence):
        simulate.counts(planted, **given)

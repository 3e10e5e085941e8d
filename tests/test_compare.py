"""Do the scores agree with the authorities, and do the tests stay silent where nothing differs?"""

import logging
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy import stats
from statsmodels.stats.multitest import multipletests

from toolkit import compare, simulate

TERMS = {"民营": (30, 8), "创新": (12, 10), "山区": (2, 22), "发展": (56, 160)}
COUNTS = pd.DataFrame(
    [(group, term, n) for term, pair in TERMS.items() for group, n in zip(("33", "52"), pair, strict=True)],
    columns=["province", "term", "n"],
)
FIGHTING_WORDS = {  # of these words in topica 0.62: fighting_words(…, prior=150 / 300, informative=True)
    "民营": 4.465716695917464,
    "创新": 1.530960337317447,
    "山区": -1.8749359066195026,
    "发展": -5.434174792728142,
}
ZHEJIANG = {"by": "province", "target": "33"}


def corpus(seed=1, **given):
    size = {"documents": 3, "vocabulary": 300} | given.pop("size", {})
    return simulate.counts({"平安建设": 20}, size=size, seed=seed, **given)[0]


@pytest.mark.parametrize("group", ["33", "52"])
def test_g2_is_that_of_scipy(group):
    scores = compare.keyness(COUNTS, by="province", target=group).set_index("term")
    for term, (a, b) in TERMS.items():
        table = [[a, b], [100 - a, 200 - b]]
        due = stats.chi2_contingency(table, correction=False, lambda_="log-likelihood")
        sign = np.sign(a / 100 - b / 200) * (1 if group == "33" else -1)
        assert scores.loc[term, "score"] == pytest.approx(sign * due.statistic)
        assert scores.loc[term, "p"] == pytest.approx(due.pvalue)
    assert scores["se"].isna().all()


def test_log_ratio_by_hand():
    scores = compare.keyness(COUNTS, **ZHEJIANG, measure="log_ratio").set_index("term")
    assert scores.loc["山区", "score"] == pytest.approx(np.log2((2 / 100) / (22 / 200)))
    error = np.sqrt(1 / 2 - 1 / 100 + 1 / 22 - 1 / 200) / np.log(2)
    assert scores.loc["山区", "se"] == pytest.approx(error)
    unsaid = compare.keyness(COUNTS[1:], **ZHEJIANG, measure="log_ratio").set_index("term")
    assert unsaid.loc["民营", "score"] == pytest.approx(np.log2((0.5 / 70) / (8 / 200)))


def test_log_odds_are_those_of_the_paper():
    scores = compare.log_odds(COUNTS, **ZHEJIANG, prior=150).set_index("term")
    for term, (a, b) in TERMS.items():
        weight = 150 * (a + b) / 300
        odds = np.log((a + weight) / (100 + 150 - a - weight)) - np.log(
            (b + weight) / (200 + 150 - b - weight)
        )
        error = (1 / (a + weight) + 1 / (b + weight)) ** 0.5
        assert scores.loc[term, ["score", "se", "z"]].tolist() == pytest.approx([odds, error, odds / error])
    assert scores["z"].to_dict() == pytest.approx(FIGHTING_WORDS)


def test_q_is_that_of_statsmodels():
    scores = compare.keyness(corpus(), **ZHEJIANG)
    assert scores["q"].to_numpy() == pytest.approx(multipletests(scores["p"], method="fdr_bh")[1])


@pytest.mark.parametrize("verb", [compare.keyness, compare.log_odds])
@pytest.mark.parametrize("cluster", [None, "doc_id"])
def test_p_is_that_of_z_and_order_is_by_score(verb, cluster):
    scores = verb(corpus(), **ZHEJIANG, cluster=cluster)
    assert scores["p"].to_numpy() == pytest.approx(2 * stats.norm.sf(scores["z"].abs()))
    assert scores["score"].is_monotonic_decreasing
    assert scores[["z", "p", "q"]].notna().all(axis=None)


def frequencies(counts, term, unit):
    """Counts of a term and of all words in each cluster and side (target is 33), the slow way."""
    counts = counts.assign(
        inside=counts["province"].eq("33"), seen=counts["n"].where(counts["term"].eq(term), 0)
    )
    return counts.groupby([unit, "inside"])[["seen", "n"]].sum().reset_index()


def midp(a, b, share):
    """Upper tail of an effective binomial count: the beta integral, which whole numbers share with it."""
    return (stats.beta.cdf(share, a, b + 1) + stats.beta.cdf(share, a + 1, b)) / 2


def test_the_design_effect_of_documents_by_hand():
    counts = corpus(spread={"document": 1.0})
    scores = compare.keyness(counts, **ZHEJIANG, measure="log_ratio", cluster="doc_id").set_index("term")
    plain = compare.keyness(counts, **ZHEJIANG, measure="log_ratio").set_index("term")
    cells = frequencies(counts, "平安建设", "doc_id")
    words, seen, inside = (cells[name].to_numpy() for name in ("n", "seen", "inside"))
    rate = seen.sum() / words.sum()
    chance = rate * (1 - rate)
    excess = ((seen - rate * words) ** 2).sum() * 93 / 92 - chance * words.sum()
    own = [chance / words[side].sum() for side in (inside, ~inside)]
    more = [(words[side] ** 2).sum() / words[side].sum() ** 2 for side in (inside, ~inside)]
    design = 1 + excess / (words**2).sum() * sum(more) / sum(own)
    assert design > 3
    assert (scores["se"] / plain["se"])["平安建设"] == pytest.approx(np.sqrt(design))
    a, b = seen[inside].sum() / design, seen[~inside].sum() / design
    share = words[inside].sum() / words.sum()
    assert stats.norm.sf(scores.loc["平安建设", "z"]) == pytest.approx(midp(a, b, share))


def test_the_design_effect_where_clusters_stand_on_both_sides_by_hand():
    counts = corpus(years=(2024, 2025))
    given = {"by": "year", "target": 2025, "measure": "log_ratio"}
    scores = compare.keyness(counts, **given, cluster="province").set_index("term")
    plain = compare.keyness(counts, **given).set_index("term")
    new = counts["year"].eq(2025).map({True: "33", False: "52"})
    cells = frequencies(counts.assign(unit=counts["province"], province=new), "平安建设", "unit")
    new, old = (cells[cells["inside"].eq(side)] for side in (True, False))
    rate = cells["seen"].sum() / cells["n"].sum()
    adds = [((side["seen"] - rate * side["n"]) / side["n"].sum()).to_numpy() for side in (new, old)]
    alone = rate * (1 - rate) * (1 / new["n"].sum() + 1 / old["n"].sum())
    design = 31 / 30 * ((adds[0] - adds[1]) ** 2).sum() / alone
    assert design > 1.1
    assert (scores["se"] / plain["se"])["平安建设"] == pytest.approx(np.sqrt(design))


def test_effective_counts_of_independent_words_give_the_exact_binomial_test():
    found = stats.norm.sf(compare._exact(np.array([7.0, 0.0, 3.0]), np.array([3.0, 9.0, 0.0]), 0.4))
    due = [stats.binom.sf(a, n, 0.4) + stats.binom.pmf(a, n, 0.4) / 2 for a, n in [(7, 10), (0, 9), (3, 3)]]
    assert found == pytest.approx(due)


def test_even_words_are_no_surer_than_independent_ones():
    words = pd.DataFrame({"doc_id": [f"d{i:02d}" for i in range(20)], "term": "发展", "n": 90})
    words["province"] = ["33"] * 5 + ["52"] * 15
    scores = compare.keyness(
        pd.concat([words, words.assign(term="平安", n=10)]), **ZHEJIANG, cluster="doc_id"
    )
    assert scores["z"].to_numpy() == pytest.approx([0, 0], abs=0.05)
    uneven = pd.concat([words, words.assign(term="平安", n=[10] * 5 + [8] * 15)])
    found = compare.keyness(uneven, **ZHEJIANG, cluster="doc_id").set_index("term")["z"]["平安"]
    assert stats.norm.sf(found) == pytest.approx(midp(50, 120, 500 / 1970))


def test_a_word_that_one_document_repeats_is_one_witness():
    words = pd.DataFrame({"doc_id": [f"d{i:02d}" for i in range(40)], "term": "发展", "n": 1000})
    words["province"] = ["33"] * 10 + ["52"] * 30
    burst = words[:1].assign(term="茶", n=50)
    spread = words[:10].assign(term="海", n=5)
    scores = compare.keyness(pd.concat([words, burst, spread]), **ZHEJIANG, cluster="doc_id").set_index(
        "term"
    )
    assert scores.loc["茶", "score"] == pytest.approx(scores.loc["海", "score"])
    assert scores.loc["茶", "p"] > 0.1
    assert scores.loc["海", "p"] < 1e-5


@pytest.mark.parametrize("cluster", [None, "doc_id"])
@pytest.mark.parametrize("verb", [compare.keyness, compare.log_odds])
def test_swapping_the_sides_turns_the_sign(verb, cluster):
    counts = corpus(provinces=2)
    one, other = (
        verb(counts, by="province", target=side, cluster=cluster).set_index("term") for side in ("11", "12")
    )
    for name in ("score", "z"):
        assert one[name].to_numpy() == pytest.approx(-other[name].reindex(one.index).to_numpy(), abs=1e-9)
    assert one["p"].to_numpy() == pytest.approx(other["p"].reindex(one.index).to_numpy())


@pytest.mark.parametrize("verb", [compare.keyness, compare.log_odds])
def test_the_order_of_rows_and_coding_change_nothing(verb):
    counts = corpus()
    given = {**ZHEJIANG, "cluster": "doc_id"}
    due = verb(counts, **given)
    pd.testing.assert_frame_equal(due, verb(counts.sample(frac=1, random_state=2), **given))
    pd.testing.assert_frame_equal(
        due, verb(counts.astype({"term": "category", "province": "category"}), **given)
    )
    pd.testing.assert_frame_equal(due, verb(pd.concat([counts, counts.assign(n=0)]), **given))


def test_more_of_the_same_changes_no_ratio():
    counts = corpus()
    ratios = [
        compare.keyness(frame, **ZHEJIANG, measure="log_ratio", min_count=20).set_index("term")["score"]
        for frame in (counts, pd.concat([counts, counts[counts["province"].ne("33")].assign(province="99")]))
    ]
    both = ratios[0].index[ratios[0].index.isin(ratios[1].index)]
    said = counts[counts["province"].eq("33")]["term"].unique()
    kept = both[both.isin(said)]
    assert len(kept) > 100
    assert ratios[0][kept].to_numpy() == pytest.approx(ratios[1][kept].to_numpy())
    doubled = counts.assign(n=counts["n"] * 2)
    odds = [compare.log_odds(frame, **ZHEJIANG, prior=prior, min_count=1).set_index("term")["score"]
            for frame, prior in ((counts, 500), (doubled, 1000))]  # fmt: skip
    assert odds[0].to_numpy() == pytest.approx(odds[1].reindex(odds[0].index).to_numpy())


def test_documents_and_provinces_under_each_term():
    counts = pd.DataFrame(
        {
            "province": ["33", "33", "52", "52", "33"],
            "doc_id": ["a", "b", "c", "c", "a"],
            "term": ["海", "海", "海", "山", "山"],
            "n": [5, 1, 1, 9, 1],
        }
    )
    scores = compare.keyness(counts, **ZHEJIANG).set_index("term")
    assert scores.loc["海", ["n_target", "n_rest", "docs", "provinces"]].tolist() == [6, 1, 3, 2]
    assert scores.loc["山", ["n_target", "n_rest", "docs", "provinces"]].tolist() == [1, 9, 2, 2]
    assert compare.keyness(COUNTS, **ZHEJIANG)["docs"].isna().all()


def test_paragraphs_are_numbered_within_their_document():
    counts = corpus(size={"documents": 4})
    counts = counts.assign(paragraph=counts["doc_id"].str[-3:].astype(int), whole=counts["doc_id"])
    counts["doc_id"] = counts["province"]
    found = compare.keyness(counts, **ZHEJIANG, cluster="paragraph")
    due = compare.keyness(counts, **ZHEJIANG, cluster="whole")
    pd.testing.assert_frame_equal(found, due)


def test_several_groups_are_one_target():
    counts = corpus()
    named = counts.assign(delta=counts["province"].isin(["31", "32", "33"]))
    pd.testing.assert_frame_equal(
        compare.keyness(counts, by="province", target=["31", "32", "33"], cluster="province"),
        compare.keyness(named, by="delta", target=True, cluster="province"),
    )


def test_what_cannot_be_compared_is_said(caplog):
    for given, sentence in {
        ("province", "江浙"): "target='江浙' is unknown; choose one of: 33, 52",
        ("province", ("33", "52")): "nothing to compare province",
    }.items():
        with pytest.raises(ValueError, match=sentence):
            compare.keyness(COUNTS, by=given[0], target=given[1])
    with pytest.raises(ValueError, match="measure='G2' is unknown; choose one of: g2, log_ratio"):
        compare.keyness(COUNTS, **ZHEJIANG, measure="G2")
    with pytest.raises(ValueError, match="gives the target 1 and the rest 30, but a test needs 2"):
        compare.keyness(corpus(), **ZHEJIANG, cluster="province")
    with pytest.raises(KeyError, match="counts has no column 'doc_id'"):
        compare.log_odds(COUNTS, **ZHEJIANG, cluster="doc_id")
    with pytest.raises(ValueError, match="2 different lexicons"):
        compare.log_odds(COUNTS.assign(lexicon=list("aaaabbbb")), **ZHEJIANG)
    with pytest.raises(ValueError, match="prior=0 is too small"):
        compare.log_odds(COUNTS, **ZHEJIANG, prior=0)
    with pytest.raises(ValueError, match="seen 999 times or more is empty; lower min_count"):
        compare.keyness(COUNTS, **ZHEJIANG, min_count=999)
    with pytest.raises(ValueError, match="all their words"):
        compare.keyness(COUNTS[COUNTS["term"].eq("山区")], **ZHEJIANG)


def test_what_is_left_out_is_counted(caplog):
    with caplog.at_level(logging.INFO):
        scores = compare.keyness(COUNTS, **ZHEJIANG, min_count=24)
    assert "1 of 4 terms are left out, seen fewer than 24 times" in caplog.text
    assert "Every word is taken as independent" in caplog.text
    assert set(scores["term"]) == {"民营", "山区", "发展"}
    caplog.clear()
    compare.keyness(pd.concat([COUNTS, COUNTS.assign(province=None)]), **ZHEJIANG)
    assert "300 of 600 words have no province and are left out" in caplog.text


@pytest.mark.parametrize(
    ("given", "cluster"),
    [
        ({"by": "province", "target": ["14", "23", "33", "34", "37"]}, "province"),
        ({"by": "year", "target": 2025}, "province"),
        ({"by": "year", "target": 2025}, "doc_id"),
    ],
)
def test_where_nothing_differs_the_clustered_test_is_silent_and_the_naive_one_is_not(given, cluster):
    clustered, naive = [], []
    for seed in range(4):
        counts = corpus(seed=seed, years=(2024, 2025))
        clustered.append(compare.keyness(counts, **given, cluster=cluster)["p"].lt(0.05))
        naive.append(compare.keyness(counts, **given)["p"].lt(0.05))
    assert 0.01 < pd.concat(clustered).mean() < 0.055
    assert pd.concat(naive).mean() > 2 * pd.concat(clustered).mean()
    assert pd.concat(naive).mean() > 0.09


def test_a_planted_mark_is_found():
    provinces = ["14", "23", "33", "34", "37"]
    planted = pd.DataFrame({"province": provinces, "rate": [5, 5, 25, 5, 5], "term": "枫桥经验"})
    counts, _ = simulate.counts(planted, provinces=provinces, size={"documents": 30}, spread={"province": 0})
    scores = compare.log_odds(counts, **ZHEJIANG, cluster="doc_id").sort_values("p")
    assert scores.iloc[0]["term"] == "枫桥经验"
    assert scores.iloc[0]["q"] < 0.001
    assert scores.iloc[0]["score"] == pytest.approx(np.log(5), abs=0.5)


def test_the_kept_table_of_false_alarms_holds_what_is_claimed():
    table = pd.read_csv(Path(__file__).parents[1] / "benchmarks" / "intervals.csv")
    alarms = table[table["question"].str.startswith("alarm")]
    assert len(alarms) == 30
    assert alarms["ours"].max() < 0.07
    assert (alarms["naive"] > 1.5 * alarms["ours"]).all()


def test_a_province_may_be_named_in_any_way():
    counts = pd.DataFrame(
        {"province": ["33", "33", "52", "52"], "term": ["甲", "乙"] * 2, "n": [30, 10, 10, 30]}
    )
    named, coded = (compare.log_odds(counts, by="province", target=one) for one in ("浙江", "33"))
    pd.testing.assert_frame_equal(named, coded)

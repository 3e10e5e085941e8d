"""Are the effects those of statsmodels, and do their intervals count clusters and draws?"""

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from scipy import stats
from statsmodels.stats.multitest import multipletests

from toolkit import simulate, topics


def known(theta, documents, draws=None):
    """A model whose shares are known, without any fit."""
    model = SimpleNamespace(theta=theta, documents=documents, method="stm", prevalence=None, k=theta.shape[1])
    if draws is not None:
        model.draws = lambda n, seed: draws
    return model


@pytest.fixture
def balanced():
    """Ten provinces, two years, six paragraphs each; the province sways the change."""
    rng = np.random.default_rng(5)
    index = pd.MultiIndex.from_product(
        [[f"{i}" for i in range(11, 21)], [2025, 2026], range(6)], names=["province", "year", "paragraph"]
    )
    documents = index.to_frame(index=False)
    later = documents["year"].eq(2026).to_numpy()
    sway = np.repeat(rng.normal(0.5, 0.8, 10), 12)
    odds = rng.normal(0, 1, 120) + np.repeat(rng.normal(0, 0.7, 10), 12) + sway * later
    share = 1 / (1 + np.exp(-odds))
    return known(np.column_stack([share, 1 - share]), documents)


def test_the_change_is_that_of_statsmodels_clustered(balanced):
    ours = topics.contrasts(balanced, by="year", against=2025, formula="C(province) + year").iloc[0]
    matrix = pd.get_dummies(balanced.documents["province"], dtype=float).assign(
        change=balanced.documents["year"] - 2025
    )
    fit = sm.OLS(balanced.theta[:, 0], matrix).fit(
        cov_type="cluster",
        cov_kwds={"groups": balanced.documents["province"].astype(int), "use_correction": False},
    )
    lean = 1 - 11 / 120  # the same leverage for each document, as the design is balanced
    assert ours["difference"] == pytest.approx(fit.params["change"])
    assert ours["se"] == pytest.approx(fit.bse["change"] * np.sqrt(10 / 9 / lean))
    assert ours["clusters"] == 10
    reach = stats.t.ppf(0.975, 9) * ours["se"]
    assert [ours["low"], ours["high"]] == pytest.approx(
        [ours["difference"] - reach, ours["difference"] + reach]
    )


def test_the_variance_is_that_of_the_wild_cluster_bootstrap(balanced):
    ours = topics.contrasts(balanced, by="year", against=2025, formula="C(province) + year").iloc[0]
    matrix = pd.get_dummies(balanced.documents["province"], dtype=float).assign(
        change=balanced.documents["year"] - 2025
    )
    inverse = np.linalg.pinv(matrix.to_numpy())
    residuals = balanced.theta[:, 0] - matrix @ (inverse @ balanced.theta[:, 0])
    scores = pd.Series(inverse[-1] * residuals).groupby(balanced.documents["province"]).sum().to_numpy()
    webb = np.sqrt([0.5, 1, 1.5])
    weights = np.random.default_rng(1).choice([*webb, *-webb], (100_000, 10))
    spread = (weights @ scores).std() * np.sqrt(10 / 9 / (1 - 11 / 120))
    assert ours["se"] == pytest.approx(spread, rel=0.02)


def test_single_documents_are_the_unit_of_provinces(balanced):
    ours = topics.effect(balanced, by="province", formula="C(province)").query("topic == 1")
    groups = pd.Series(balanced.theta[:, 0]).groupby(balanced.documents["province"])
    mean = groups.mean()
    assert ours["share"].tolist() == pytest.approx(mean.tolist())
    assert (ours["clusters"] == 120).all()
    squares = groups.apply(lambda some: ((some - some.mean()) ** 2).sum()).sum() / (1 - 1 / 12)
    due = 12 * (mean * (1 - mean))
    variance = (mean * (1 - mean)) * squares / due.sum() / 12 * 120 / 119
    assert ours["se"].tolist() == pytest.approx(np.sqrt(variance).tolist(), rel=1e-6)


def test_the_share_of_a_year_is_that_of_a_sample_of_provinces(balanced):
    ours = topics.effect(balanced, by="year", formula="C(province) + year").query("topic == 1")
    table = pd.Series(balanced.theta[:, 0]).groupby([balanced.documents[c] for c in ("province", "year")])
    table = table.mean().unstack()
    assert ours["share"].tolist() == pytest.approx(table.mean().tolist())
    assert ours["se"].tolist() == pytest.approx((table.std() / np.sqrt(10)).tolist(), rel=0.15)


def test_doubt_about_the_shares_widens_the_interval(balanced):
    rng = np.random.default_rng(1)
    noise = rng.normal(0, 0.3, (50, 1, 1)) * np.array([1, -1])
    later = balanced.documents["year"].eq(2026).to_numpy()[None, :, None]
    doubtful = known(balanced.theta, balanced.documents, balanced.theta + noise * later)
    sure = known(balanced.theta, balanced.documents, np.repeat(balanced.theta[None], 50, axis=0))
    one, two = (
        topics.contrasts(m, by="year", against=2025, formula="C(province) + year") for m in (sure, doubtful)
    )
    between = (noise[:, 0, 0] + 0).var(ddof=1) * (1 + 1 / 50)
    assert two["se"].iloc[0] ** 2 - one["se"].iloc[0] ** 2 == pytest.approx(between, rel=1e-6)


def test_draws_are_those_of_the_exact_posterior():
    """Two topics: the log odds of a document are one number, and its posterior an integral."""
    counts = simulate.topics(2, provinces=6, size={"documents": 8, "words": 10, "vocabulary": 60}, seed=2)[0]
    model = topics.fit(counts, k=2, method="stm", prevalence="C(year)", restarts=1)
    engine, odds = model.engine, np.linspace(-30, 30, 6001)
    share = 1 / (1 + np.exp(-odds))
    effects, variance = np.asarray(engine.prevalence_effects), np.asarray(engine.topic_covariance)[0, 0]
    later, exact = model.documents["year"].eq(2026).to_numpy(float), []
    for number, row in enumerate(model.table.toarray()):
        chance = np.log(share[:, None] * model.beta[0] + (1 - share[:, None]) * model.beta[1])
        prior = stats.norm.logpdf(odds, effects[0, 0] + later[number] * effects[1, 0], np.sqrt(variance))
        weight = np.exp((log := chance @ row + prior) - log.max())
        exact.append(weight @ share / weight.sum())
    normal = topics._engines._draws(engine, topics._engines._corpus(model.table, model.terms), 400, 1)
    drawn, normal = (np.abs(some[..., 0].mean(axis=0) - exact) for some in (model.draws(400, 1), normal))
    assert drawn.mean() < 0.01
    assert drawn.mean() < 0.7 * normal.mean()  # those that the engine gives


def test_swapped_sides_swap_the_sign(balanced):
    there = topics.contrasts(balanced, by="year", against=2025, formula="C(province) + year")
    back = topics.contrasts(balanced, by="year", against=2026, formula="C(province) + year")
    assert there["difference"].tolist() == pytest.approx((-back["difference"]).tolist())
    assert there["se"].tolist() == pytest.approx(back["se"].tolist())
    steps = topics.contrasts(balanced, by="year", against="previous", formula="C(province) + year")
    assert steps["difference"].tolist() == pytest.approx(there["difference"].tolist())


def test_each_against_the_rest_sums_to_nothing_and_q_is_that_of_statsmodels(balanced):
    rest = topics.contrasts(balanced, by="province")
    assert rest.groupby("topic")["difference"].sum().abs().max() < 1e-9
    assert rest["q"].tolist() == pytest.approx(multipletests(rest["p"], method="fdr_bh")[1].tolist())


def test_what_is_low_by_chance_is_no_sure_difference():
    """Rare topics in 31 provinces that do not differ: any q < 0.05 in about one table of twenty."""
    documents = pd.DataFrame({"province": np.repeat([f"{i}" for i in range(11, 42)], 20)})
    alarms, low, high = [], 0, 0
    for seed in range(60):
        rng = np.random.default_rng(seed)
        theta = rng.dirichlet([0.02, 0.04, 0.1, 0.84], 620)
        found = topics.contrasts(known(theta, documents), by="province")
        alarms.append(found["q"].lt(0.05).any())
        low += (found["p"].lt(0.01) & found["difference"].lt(0)).sum()
        high += (found["p"].lt(0.01) & found["difference"].gt(0)).sum()
    assert np.mean(alarms) <= 0.1
    assert 0.2 < (low + 1) / (high + 1) < 5


def test_the_test_is_the_quasi_deviance():
    """Shares of nothing or all are Bernoulli: p is near that of the likelihood ratio, not that of Wald."""
    documents = pd.DataFrame({"province": ["11"] * 200 + ["33"] * 400})
    said = np.r_[np.arange(200) < 4, np.arange(400) < 24].astype(float)
    ours = topics.contrasts(known(np.column_stack([said, 1 - said]), documents), by="province").iloc[0]
    ratio = 2 * (stats.binom.logpmf([4, 24], [200, 400], [0.02, 0.06])
                 - stats.binom.logpmf([4, 24], [200, 400], 28 / 600)).sum()  # fmt: skip
    assert ours["p"] == pytest.approx(stats.chi2.sf(ratio, 1), rel=0.25)
    wald = 2 * stats.t.sf(abs(ours["difference"]) / ours["se"], 598)
    assert wald < 0.7 * ours["p"]


def test_one_cluster_is_refused_and_a_single_document_has_no_difference(balanced, caplog):
    few = balanced.documents["province"].eq("11").to_numpy()
    one = known(balanced.theta[few], balanced.documents[few].reset_index(drop=True))
    for verb in (topics.effect, topics.contrasts):
        with pytest.raises(
            ValueError, match=r"province has one value only .11.; one cluster .*give cluster=None"
        ):
            verb(one, by="year", formula="C(year)")
    keep = ~few | (np.arange(120) == 0)
    lone = known(balanced.theta[keep], balanced.documents[keep].reset_index(drop=True))
    for against, without in {"rest": ["11"], "12": ["11"], "11": [f"{i}" for i in range(12, 21)]}.items():
        caplog.clear()
        found = topics.contrasts(lone, by="province", against=against).query("topic == 1")
        assert "fewer than 5 documents under 11" in caplog.text
        assert found.loc[found["p"].isna(), "province"].tolist() == without
        assert found["q"].isna().tolist() == found["se"].isna().tolist() == found["p"].isna().tolist()


def test_the_order_of_documents_changes_nothing(balanced):
    order = np.random.default_rng(2).permutation(120)
    turned = known(balanced.theta[order], balanced.documents.iloc[order].reset_index(drop=True))
    for verb in (topics.effect, topics.contrasts):
        one, two = (verb(m, by="year", formula="C(province) + year") for m in (balanced, turned))
        pd.testing.assert_frame_equal(one, two)


def test_a_smooth_year_is_a_line_with_two_years_and_a_curve_with_more():
    rng = np.random.default_rng(3)
    documents = pd.DataFrame(
        {"province": np.tile(list("abcdefgh"), 60), "year": np.repeat(range(2012, 2027), 32)}
    )
    wave = 0.5 + 0.3 * np.sin((documents["year"] - 2012) / 3) + rng.normal(0, 0.02, 480)
    model = known(np.column_stack([wave, 1 - wave]), documents)
    found = topics.effect(model, by="year", formula="s(year)").query("topic == 1")
    truth = 0.5 + 0.3 * np.sin((found["year"] - 2012) / 3)
    assert (found["share"] - truth).abs().max() < 0.02
    two = known(model.theta[:64], documents[:64])
    smooth, line = (topics.effect(two, by="year", formula=f) for f in ("s(year)", "year"))
    pd.testing.assert_frame_equal(smooth, line)


def test_thin_cells_warn_and_a_single_document_has_no_interval(caplog):
    rng = np.random.default_rng(4)
    share = rng.uniform(0.2, 0.8, 43)
    documents = pd.DataFrame({"province": ["11"] * 20 + ["33"] * 20 + ["54"] * 1 + ["65"] * 2})
    found = topics.effect(known(np.column_stack([share, 1 - share]), documents), by="province")
    assert "fewer than 5 documents under 54、65" in caplog.text
    assert found.set_index("province").loc["54", "low"].isna().all()
    assert found[found["province"].ne("54")].notna().all(axis=None)


def test_shares_that_are_pulled_to_one_mean_are_warned_of(caplog):
    model = topics.fit(simulate.topics(3, provinces=3)[0], k=3)
    topics.effect(model, by="year")
    assert "fit method='stm'" in caplog.text


@pytest.mark.parametrize(
    ("options", "kind", "words"),
    [
        ({"by": "region"}, KeyError, "no column 'region'"),
        ({"by": "year", "formula": "C(province)"}, ValueError, "by='year' is unknown.*province"),
        ({"by": "year", "cluster": "doc"}, KeyError, "give cluster=None"),
        ({"by": ["year"]}, KeyError, "no column .'year'."),
        ({"by": "year", "cluster": ["province"]}, KeyError, "no column .'province'."),
        ({"by": "year", "formula": 3}, TypeError, "is no text"),
        ({"by": "year", "seed": -1}, ValueError, "seed=-1 is too small"),
        ({"by": "year", "formula": "log(year - 2025)"}, ValueError, "is infinite or no number"),
        (
            {"by": "paragraph", "formula": "C(province):C(year):C(paragraph)"},
            ValueError,
            "simpler|independent",
        ),
    ],
)
def test_bad_questions_get_a_sentence(balanced, options, kind, words):
    with pytest.raises(kind, match=words):
        topics.effect(balanced, **options)
    if "formula" not in options and options["by"] == "year":
        with pytest.raises(ValueError, match="against=1999 is unknown; choose one of: 2025, 2026"):
            topics.contrasts(balanced, by="year", against=1999)


def test_planted_effects_are_covered_and_found():
    """Six corpora only; benchmarks/topics_coverage.csv has the many."""
    covered, right = [], []
    for seed in range(1, 7):
        counts, terms, shares = simulate.topics(3, provinces=10, size={"vocabulary": 200}, seed=seed)
        model = topics.fit(counts, k=3, method="stm", prevalence="C(province) + C(year)", restarts=1)
        pairs = topics.match(model, other=terms)
        truth = shares.merge(pairs, left_on="topic", right_on="other", suffixes=("_planted", ""))
        truth = truth.groupby(["topic", "province"])["share"].mean().rename("truth").reset_index()
        found = topics.effect(model, by="province").merge(truth)
        covered.append(found["truth"].between(found["low"], found["high"]).mean())
        right.append(found["share"].corr(found["truth"]))
    assert 0.88 <= np.mean(covered) <= 0.99
    assert np.mean(right) > 0.8

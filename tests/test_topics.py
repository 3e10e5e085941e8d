"""Do topics come back, are two fits alike to the byte, and is bad input refused in a sentence?"""

import gzip
import logging
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from threadpoolctl import threadpool_limits

from toolkit import simulate, topics
from toolkit.topics import _engines

STORED = Path(__file__).parents[1].parent / "shared" / "reference" / "stm_in_r"
FORMULA = "C(province) + C(year)"


@pytest.fixture(scope="module")
def planted():
    return simulate.topics(4, provinces=8, size={"documents": 20, "words": 60, "vocabulary": 200}, seed=3)


@pytest.fixture(scope="module")
def stm(planted):
    return topics.fit(planted[0], k=4, method="stm", prevalence=FORMULA, restarts=2)


KEYWORDS = {"keywords": {"一": ["词0001"], "二": ["词0002", "词0003"]}}
METHODS = {
    "lda": {}, "gensim-lda": {"iterations": 10}, "stm": {"prevalence": FORMULA, "restarts": 1},
    "keyatm": {**KEYWORDS, "iterations": 100}, "dtm": {"time": "year", "iterations": 3}, "nmf": {},
}  # fmt: skip


@pytest.mark.parametrize("method", METHODS)
def test_every_engine_gives_the_two_frames_and_the_same_bytes_again(planted, method):
    counts = planted[0]
    one = topics.fit(counts, k=4, method=method, **METHODS[method])
    again = topics.fit(counts.sample(frac=1, random_state=1), k=4, method=method, **METHODS[method])
    terms, shares = topics.terms(one), topics.shares(one)
    keys = ["topic", "period"] if method == "dtm" else ["topic"]
    assert np.allclose(terms.groupby(keys)["weight"].sum(), 1)
    assert (terms.groupby(keys)["rank"].first() == 1).all()
    assert np.allclose(shares.groupby(["doc_id", "paragraph"])["share"].sum(), 1)
    assert len(shares) == 4 * counts.groupby(["doc_id", "paragraph"]).ngroups
    assert np.isfinite(one.bound)
    pd.testing.assert_frame_equal(terms, topics.terms(again), check_exact=True)
    pd.testing.assert_frame_equal(shares, topics.shares(again), check_exact=True)
    assert one.bound == again.bound


def test_one_thread_and_two_give_the_same_bytes(planted):
    fits = [
        topics.fit(planted[0], k=4, method="stm", prevalence=FORMULA, restarts=2, threads=threads)
        for threads in (1, 2)
    ]
    assert fits[0].beta.tobytes() == fits[1].beta.tobytes()
    assert fits[0].theta.tobytes() == fits[1].theta.tobytes()
    assert fits[0].draws(3, 1).tobytes() == fits[1].draws(3, 1).tobytes()


def test_the_threads_of_numpy_change_nothing():
    """A sum by two threads ends in other digits: the words must be many to see it."""
    counts, found = simulate.topics(5, seed=1)[0], []
    for threads in (1, 2):
        with threadpool_limits(threads, "blas"):
            fits = [topics.fit(counts, k=5, method="gensim-lda", iterations=1),
                    topics.fit(counts, k=5, method="nmf", iterations=5)]  # fmt: skip
            change = topics.contrasts(fits[0], by="year", against=2025, formula=FORMULA)
            found.append([[one.bound, one.beta.tobytes(), one.theta.tobytes()] for one in fits] + [
                fits[0].draws(2, 1).tobytes(), change.to_numpy(object).tolist()])  # fmt: skip
    assert found[0] == found[1]


def test_the_hash_seed_changes_nothing():
    probe = (
        "from toolkit import simulate, topics; c = simulate.topics(3, provinces=3)[0];"
        "m = topics.fit(c, k=3); print(m.bound, m.beta.sum(axis=0)[:3].tolist())"
    )
    out = {
        subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True,
                       env={**os.environ, "PYTHONHASHSEED": seed}).stdout
        for seed in "01"
    }  # fmt: skip
    assert len(out) == 1


def test_another_seed_is_another_fit(planted):
    assert topics.fit(planted[0], k=4, seed=1).bound != topics.fit(planted[0], k=4, seed=2).bound


@pytest.mark.parametrize("method", ["lda", "gensim-lda", "stm"])
def test_planted_topics_come_back(planted, method):
    counts, terms, _ = planted
    options = {"lda": {}, "gensim-lda": {"iterations": 15}, "stm": {"prevalence": FORMULA}}[method]
    found = topics.fit(counts, k=4, method=method, **options)
    assert (topics.match(found, other=terms)["cosine"] >= 0.9).all()


def test_topics_are_those_of_scikit_learn(planted):
    sklearn = pytest.importorskip("sklearn.decomposition")
    ours = topics.fit(planted[0], k=4)
    theirs = sklearn.LatentDirichletAllocation(4, max_iter=50, random_state=1).fit(ours.table).components_
    frame = pd.DataFrame(theirs, index=[1, 2, 3, 4], columns=ours.terms).rename_axis(
        index="topic", columns="term"
    )
    pairs = topics.match(ours, other=frame.stack().rename("weight").reset_index())
    assert (pairs["cosine"] > 0.95).all()


def test_the_bound_of_lda_is_the_log_likelihood_of_the_words(planted):
    model = topics.fit(planted[0], k=4)
    dense = model.table.toarray()
    assert model.bound == pytest.approx((dense * np.log(model.theta @ model.beta)).sum())


def test_a_start_is_kept_and_numbers_its_topics(planted, stm):
    start = topics.terms(stm)
    turned = start.assign(topic=5 - start["topic"])
    again = topics.fit(planted[0], k=4, method="stm", prevalence=FORMULA, start=turned)
    pairs = topics.match(again, other=stm)
    assert (pairs["topic"] + pairs["other"] == 5).all()
    assert (pairs["cosine"] > 0.99).all()
    assert again.bound == pytest.approx(stm.bound, rel=1e-4)


def test_content_lets_words_depend_on_a_column(planted):
    model = topics.fit(
        planted[0], k=4, method="stm", prevalence="C(year)", content="year", restarts=1, iterations=5
    )
    assert set(topics.terms(model)["content"]) == {"2025", "2026"}
    assert np.allclose(topics.terms(model).groupby(["topic", "content"])["weight"].sum(), 1)


def test_a_document_is_what_by_says(planted):
    model = topics.fit(planted[0], k=4, by=["doc_id", "province", "year"])
    assert len(model.documents) == 16
    assert model.table.sum() == planted[0]["n"].sum()
    assert len(topics.fit(planted[0], k=4, by="doc_id").documents) == 16


def test_keywords_mark_their_topic(planted):
    counts, terms, _ = planted
    own = terms.sort_values("weight").groupby("topic")["term"].agg(lambda words: list(words)[-3:])
    lead = {f"主题{topic}": words for topic, words in own.items()}
    model = topics.fit(counts, k=4, method="keyatm", keywords=lead, iterations=200)
    pairs = topics.match(topics.terms(model)[["topic", "term", "weight"]], other=terms)
    assert (pairs["topic"] == pairs["other"]).all()
    assert topics.terms(model).groupby("topic")["theme"].first().tolist() == list(lead)
    rows = pd.DataFrame({"theme": "一", "term": ["词0001", "词9999"], "usable": [True, False]})
    assert topics.fit(counts, k=4, method="keyatm", keywords=rows, iterations=5).names == ["一"]


def test_a_keyword_of_two_themes_marks_both_and_is_said(planted, caplog):
    shared = {"一": ["词0001", "词0001"], 2: ["词0001", "词0002"]}
    model = topics.fit(planted[0], k=4, method="keyatm", keywords=shared, iterations=50)
    assert "1 keywords stand under more than one theme (词0001) and are keywords of each" in caplog.text
    assert model.names == ["一", "2"]
    first = topics.terms(model).query("term == '词0001'").set_index("topic")["rank"]
    assert first[[1, 2]].max() < first[[3, 4]].min()
    caplog.clear()
    own = {"一": ["词0001", "词0001"], "二": ["词0002"]}
    topics.fit(planted[0], k=4, method="keyatm", keywords=own, iterations=5)
    assert "more than one theme" not in caplog.text


@pytest.mark.parametrize(
    ("later", "said"),
    [({2026: 2028}, "time lacks 2 periods between 2025 and 2028 (2026, 2027)"),
     ({2025: "2025-11", 2026: "2026-02"}, "2 periods between 2025-11 and 2026-02 (2025-12, 2026-01)"),
     ({2025: "2025-12", 2026: "2026-01"}, ""), ({}, "")],
)  # fmt: skip
def test_years_that_lack_between_the_periods_are_named(planted, caplog, later, said):
    counts = planted[0].rename(columns={"year": "time"})
    counts["time"] = counts["time"].map(lambda year: later.get(year, year))
    model = topics.fit(counts, k=4, method="dtm", time="time", iterations=1)
    assert topics.terms(model)["period"].nunique() == 2
    assert (said + "; those before and after count as neighbours" in caplog.text) if said else not caplog.text


# -- trimming -------------------------------------------------------------------------------------------


def test_trim_by_hand(caplog):
    counts = pd.DataFrame({
        "doc_id": ["a", "a", "a", "b", "b", "c", "d"],
        "term": ["平安", "的", "2025", "平安", "小麦", "小麦", "粮食"], "n": [5, 9, 9, 1, 4, 1, 9],
    })  # fmt: skip
    with caplog.at_level(logging.INFO):
        kept = topics.trim(counts, min_docs=2, max_share=0.5, min_words=5)
    assert kept.to_numpy().tolist() == [["a", "平安", 5], ["b", "平安", 1], ["b", "小麦", 4]]
    assert "2 of 5 terms" in caplog.text
    assert "2 of 4 documents" in caplog.text
    with pytest.raises(ValueError, match="lower min_docs"):
        topics.trim(counts, min_docs=4)
    with pytest.raises(ValueError, match=r"drop='numbres'.*Did you mean 'numbers'"):
        topics.trim(counts, drop=["numbres"])
    with pytest.raises(ValueError, match="max_share=50 is no share; give 0 to 1"):
        topics.trim(counts, max_share=50)
    with pytest.raises(TypeError, match="min_docs='8'"):
        topics.trim(counts, min_docs="8")
    empty = pd.DataFrame({"doc_id": ["0", "a", "e", "e"], "term": ["平安", "粮食", "平安", "小麦"], "n": 0})
    again = topics.trim(pd.concat([empty, counts]), min_docs=2, max_share=0.5, min_words=5)
    assert again[again["n"] > 0].reset_index(drop=True).equals(kept)
    assert "left out 2 of 6 documents that have no words (the first: doc_id 0)" in caplog.text


# -- bad input ------------------------------------------------------------------------------------------


def spoiled(counts, **columns):
    return counts.assign(**columns)


BAD = {
    "a missing year": (lambda c: c.assign(year=c["year"].astype("Int64").mask(c["province"].eq("11"))),
                       {}, ValueError, "year is missing in 40 of 320 documents"),
    "one level": (lambda c: c.assign(province="33"), {}, ValueError, "province has one value only .33.;"),
    "k above the documents": (lambda c: c[c["doc_id"].eq("11-2025")], {"k": 100}, ValueError, "k=100 topics"),
    "k of one": (lambda c: c, {"k": 1}, ValueError, "k=1 is too small"),
    "collinear": (lambda c: c.assign(twin="x" + c["province"]),
                  {"prevalence": "C(province) + C(twin)"}, ValueError, "only 8 are independent .*twin"),
    "no such column": (lambda c: c, {"prevalence": "C(region)"}, KeyError, "no column 'region'"),
    "a province per paragraph": (lambda c: c.assign(own=c["doc_id"] + c["paragraph"].astype(str)),
                                 {"prevalence": "C(own) + year"}, ValueError, "independent"),
    "a spline of text": (lambda c: c, {"prevalence": "s(province)"}, ValueError, "write C.province."),
    "no formula": (lambda c: c, {"prevalence": None}, ValueError, "needs prevalence="),
    "a formula for lda": (lambda c: c, {"method": "lda"}, ValueError, "'lda'='prevalence' is unknown"),
    "a typing error": (lambda c: c, {"retsarts": 3}, ValueError, "Did you mean 'restarts'"),
    "no such method": (lambda c: c, {"method": "ldaa"}, ValueError, "Did you mean 'lda'"),
    "half a word": (lambda c: c.assign(n=0.5), {}, ValueError, "a whole number n"),
    "fewer than no words": (lambda c: c.assign(n=-1), {}, ValueError, "a whole number n"),
    "a missing count": (lambda c: c.assign(n=c["n"].astype("Int64").mask(c["n"] > 2)), {},
                        ValueError, "a whole number n"),
    "no counts": (lambda c: c.head(0), {}, ValueError, "counts is empty"),
    "no documents": (lambda c: c[["term", "n"]], {}, ValueError, "tell documents apart"),
    "two lexicons": (lambda c: c.assign(lexicon=np.where(c["n"] > 1, "a", "b")), {}, ValueError, "lexicons"),
    "not a frame": (lambda c: c.to_numpy(), {}, TypeError, "must be a pandas DataFrame"),
    "unheld keywords": (lambda c: c, {"method": "keyatm", "prevalence": None, "keywords": {"安": ["平安"]}},
                        ValueError, "counts holds no 平安"),
    "half a topic": (lambda c: c, {"k": 2.5}, TypeError, "k=2.5 is no whole number"),
    "a seed below zero": (lambda c: c, {"seed": -1}, ValueError, "seed=-1 is too small"),
    "a seed that no engine takes": (lambda c: c, {"seed": 2**70}, ValueError, "is too large; give less than"),
    "an endless covariate": (lambda c: c.assign(size=np.where(c["year"].eq(2025), np.inf, 1.0)),
                             {"prevalence": "size"}, ValueError, "size is infinite"),
    "no start": (lambda c: c, {"restarts": 0}, ValueError, "restarts=0 is too small"),
    "endless words": (lambda c: c.assign(n=np.inf), {}, ValueError, "a whole number n"),
    "an open bracket": (lambda c: c, {"prevalence": "C(province +"},
                        ValueError, "cannot be read .Formula ended"),
    "keywords as text": (lambda c: c, {"method": "keyatm", "prevalence": None, "keywords": {"安": "平安"}},
                         TypeError, "to lists of words"),
    "a theme without words": (lambda c: c, {"method": "keyatm", "prevalence": None, "keywords": {"安": []}},
                              ValueError, "安 is empty"),
    "a short start": (lambda c: c, {"start": pd.DataFrame({"topic": [1], "term": ["词0001"], "weight": 1.0})},
                      ValueError, "start has 1 topics and k=4"),
    "words as text": (lambda c: c.assign(n=c["n"].astype(str)), {}, ValueError, "a whole number n"),
    "words as objects": (lambda c: c.assign(n=c["n"].astype(object).where(c["n"] > 1, "1")), {},
                         ValueError, "a whole number n"),
    "a term that is a number": (lambda c: c.assign(term=c["term"].str[1:].astype(int)), {},
                                ValueError, "a term as text"),
    "a term of nothing": (lambda c: c.assign(term=c["term"].replace("词0001", "")), {},
                          ValueError, "a term as text"),
    "no term": (lambda c: c.assign(term=c["term"].where(c["term"] != "词0001")), {},
                ValueError, "a term as text"),
    "a column twice": (lambda c: pd.concat([c, c[["year"]]], axis=1), {}, ValueError, "one column 'year'"),
    "a column named share": (lambda c: c.assign(share="a"), {}, ValueError, "told apart by share, a col"),
    "a list for a method": (lambda c: c, {"method": ["stm"]}, ValueError, r"method=\['stm'\] is unknown"),
    "a formula in a list": (lambda c: c, {"prevalence": ["province"]}, TypeError, "is no text; write it as"),
    "a name with a gap": (lambda c: c.assign(**{"my year": c["year"]}), {"prevalence": "C(my year)"},
                          ValueError, "cannot be read"),
    "a logarithm of nothing": (lambda c: c, {"prevalence": "log(year - 2025)"},
                               ValueError, "is infinite or no number in some"),
    "numbers and text": (lambda c: c.assign(own=c["year"].astype(object).where(c["year"] > 2025, "昔")),
                         {"prevalence": "C(own)"}, ValueError, "own is text in some documents and no text"),
    "a tolerance below zero": (lambda c: c, {"tolerance": -1}, ValueError, "tolerance=-1 is too small"),
    "a tolerance in words": (lambda c: c, {"tolerance": "low"}, TypeError, "tolerance='low' is no number"),
    "content in a list": (lambda c: c, {"content": ["year"]}, KeyError, "no column .'year'."),
    "one period": (lambda c: c.assign(year=2025), {"method": "dtm", "prevalence": None, "time": "year"},
                   ValueError, "year has one value only .2025.; one period"),
}  # fmt: skip


STARTS = {
    "a topic of nothing": (lambda s: s.assign(weight=s["weight"].where(s["topic"] != 2, 0)),
                           "topic 2 of start has no weight on any term that counts hold"),
    "no weight": (lambda s: s.assign(weight=s["weight"].where(s["rank"] > 3)),
                  "start lacks a topic, a term or a weight of 0 or more in 12 of 800 rows .the first"),
    "a weight below zero": (lambda s: s.assign(weight=-s["weight"]), "in 800 of 800 rows"),
    "an endless weight": (lambda s: s.assign(weight=np.inf), "in 800 of 800 rows"),
    "a weight in words": (lambda s: s.assign(weight="high"), "in 800 of 800 rows"),
    "no name of a topic": (lambda s: s.assign(topic=s["topic"].astype("Int64").where(s["topic"] != 1)),
                           "in 200 of 800 rows"),
    "too few topics": (lambda s: s[s["topic"] != 3], "start has 3 topics and k=4; give the same number"),
    "other terms": (lambda s: s.assign(term="乙" + s["term"]), "topic 1 of start has no weight on any term"),
    "a topic of other terms": (lambda s: s.assign(term=s["term"].where(s["topic"] != 4, "乙" + s["term"])),
                               "topic 4 of start has no weight on any term"),
    "few of the terms": (lambda s: s[s["term"] < "词0050"], "start lacks 1.. of the 200 terms of counts"),
    "nothing": (lambda s: s.head(0), "start is empty; give what topics.terms returns"),
}  # fmt: skip


@pytest.mark.parametrize("name", STARTS)
def test_a_start_that_says_nothing_is_refused(planted, stm, name):
    spoil, words = STARTS[name]
    with pytest.raises(ValueError, match=words):
        topics.fit(planted[0], k=4, method="stm", prevalence=FORMULA, start=spoil(topics.terms(stm)))


@pytest.mark.parametrize("name", BAD)
def test_bad_input_gets_a_sentence(planted, name):
    spoil, options, kind, words = BAD[name]
    with pytest.raises(kind, match=words):
        topics.fit(spoil(planted[0]), **{"k": 4, "method": "stm", "prevalence": FORMULA, **options})


@pytest.mark.parametrize(
    "verb", [topics.shares, topics.labels, topics.examples, topics.intrusion, topics.stability,
             lambda given: topics.mix(given, by="year"), lambda given: topics.effect(given, by="year")],
)  # fmt: skip
def test_what_is_no_model_is_refused(planted, verb):
    with pytest.raises(TypeError, match=r"what topics\.fit returned, not DataFrame"):
        verb(planted[0])


def test_empty_documents_are_left_out_aloud(planted, caplog):
    counts = planted[0].assign(n=planted[0]["n"].mask(planted[0]["doc_id"].eq("11-2025"), 0))
    model = topics.fit(counts, k=4)
    assert "left out 20 of 320 documents that have no words" in caplog.text
    assert len(model.documents) == 300
    assert topics.fit(counts[counts["n"] > 0], k=4).bound == model.bound
    with pytest.raises(ValueError, match="no document has a word"):
        topics.fit(counts.assign(n=0), k=4)


def test_columns_in_chinese_and_numbers_for_documents_pass(planted, stm):
    chinese = {"doc_id": "文件", "province": "省份", "year": "年份", "paragraph": "段"}
    counts = planted[0].assign(doc_id=planted[0]["doc_id"].factorize()[0]).rename(columns=chinese)
    model = topics.fit(counts, k=4, method="stm", prevalence="C(省份) + C(年份)", restarts=2)
    assert model.bound == stm.bound
    change = topics.contrasts(model, by="年份", against=2025, cluster="省份")
    assert change["p"].tolist() == topics.contrasts(stm, by="year", against=2025)["p"].tolist()
    with pytest.raises(KeyError, match=r"give cluster=None.*省份"):
        topics.effect(model, by="年份")


def test_terms_takes_the_first_of_a_model_or_a_frame(planted):
    model = topics.fit(planted[0], k=4)
    first = topics.terms(model, n=3)
    assert len(first) == 12
    assert topics.terms(topics.terms(model), n=3).reset_index(drop=True).equals(first)
    for n in (0, -1):
        with pytest.raises(ValueError, match="is too small; give 1 or more"):
            topics.terms(model, n=n)
    with pytest.raises(TypeError, match=r"what topics\.fit returned, not NoneType"):
        topics.terms(None)


def test_a_term_named_nan_and_categories_pass(planted):
    counts = planted[0].assign(term=planted[0]["term"].replace("词0001", "nan").astype("category"))
    assert "nan" in topics.fit(counts, k=4).terms


# -- against R's stm ------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def reference():
    if not STORED.exists():
        pytest.skip("the stored fit of R's stm is not beside the checkout")
    terms = (STORED / "vocabulary.txt").read_text("utf8").split()
    with gzip.open(STORED / "documents.ldac.gz", "rt") as file:
        rows = [(d, *map(int, pair.split(":"))) for d, line in enumerate(file) for pair in line.split()[1:]]
    cells = pd.DataFrame(rows, columns=["doc_id", "term", "n"])
    cells["term"] = np.array(terms, object)[cells["term"]]
    meta = pd.read_csv(STORED / "metadata.csv", dtype={"year": str})
    counts = cells.merge(meta, left_on="doc_id", right_index=True)
    beta = np.loadtxt(STORED / "beta.csv.gz", delimiter=",")
    start = pd.DataFrame(beta, range(1, 21), terms).rename_axis(index="topic", columns="term").stack()
    start = start.rename("weight").reset_index()
    model = topics.fit(
        counts, k=20, method="stm", prevalence="C(province) + C(year)", start=start, tolerance=1e-4
    )
    return model, start


def test_started_from_r_the_fit_stays_there(reference):
    model, start = reference
    pairs = topics.match(model, other=start)
    assert (pairs["topic"] == pairs["other"]).all()
    assert (pairs["cosine"] >= 0.97).sum() >= 18


def test_effects_agree_with_r_within_their_standard_errors(reference):
    model, _ = reference
    theirs = pd.read_csv(STORED / "effects.csv")
    years = theirs[theirs["term"].eq("year2026")].set_index("topic")
    for cluster in ("province", None):
        ours = topics.contrasts(model, by="year", against="2025", cluster=cluster).set_index("topic")
        assert ((ours["difference"] - years["estimate"]).abs() < years["se"]).all()
    theirs["province"] = theirs["term"].str.removeprefix("province")
    ours = topics.contrasts(model, by="province", against="上海").merge(
        theirs, on=["topic", "province"], suffixes=("", "_r")
    )
    apart = (ours["difference"] - ours["estimate"]).abs() / ours[["se", "se_r"]].min(axis=1)
    assert len(ours) == 600
    assert (apart < 1).mean() > 0.95
    assert (apart < 2).all()


def test_labels_are_those_of_r(reference):
    model, start = reference
    wide = start.pivot(index="topic", columns="term", values="weight")[list(model.terms)].to_numpy()
    model = type(model)(**{**vars(model), "beta": wide / wide.sum(axis=1, keepdims=True)})
    ours = topics.labels(model, n=8)
    for measure, least in {"prob": 0.99, "frex": 0.9}.items():
        lines = (STORED / f"labels_{measure}.txt").read_text("utf8").splitlines()
        shared = [
            len(set(a.split()) & set(b.split()[:8])) / 8 for a, b in zip(ours[measure], lines, strict=True)
        ]
        assert np.mean(shared) >= least


@pytest.mark.parametrize(
    ("formula", "says"),
    [
        ("C(province) | C(year)", "covariates only"),
        ("nonsense ~ C(year)", "covariates only"),
        ("C(province) - 1", "takes the intercept out"),
        ("0 + C(province)", "takes the intercept out"),
    ],
)
def test_a_formula_holds_covariates_and_an_intercept(planted, formula, says):
    with pytest.raises(ValueError, match=says):
        topics.fit(planted[0], k=4, method="stm", prevalence=formula)


def test_odd_options_are_said_in_a_sentence(planted, caplog):
    counts = planted[0]
    with pytest.raises(TypeError, match="give seeds="):
        topics.choose_k(counts, ks=[2], seed=1)
    with pytest.raises(TypeError, match="which is no text"):
        topics.fit(counts, k=2, method="keyatm", keywords={"a": [counts["term"].iloc[0], None]})
    with pytest.raises(ValueError, match="cannot be told apart by term"):
        topics.fit(counts, k=2, by=["doc_id", "term"])
    with pytest.raises((TypeError, ValueError), match="min_words"):
        topics.trim(counts, min_words=float("inf"))
    topics.choose_k(counts, ks=[2, 3], seeds=[1], iterations=2)
    assert "by 1 seeds; a range wants" in caplog.text


def test_more_threads_than_cores_are_as_many_as_cores(planted, monkeypatch):
    asked = []
    real = _engines.ThreadPoolExecutor
    monkeypatch.setattr(_engines, "ThreadPoolExecutor", lambda n: asked.append(n) or real(n))
    topics.fit(planted[0], k=4, method="stm", prevalence=FORMULA, restarts=2, iterations=2, threads=10**6)
    assert asked == [os.cpu_count()]

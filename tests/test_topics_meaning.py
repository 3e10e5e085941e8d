"""Do choice, match, stability, labels, intrusion and agreement say what they claim?"""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from toolkit import simulate, topics


@pytest.fixture(scope="module")
def planted():
    return simulate.topics(4, provinces=8, size={"documents": 20, "words": 60, "vocabulary": 200}, seed=3)


@pytest.fixture(scope="module")
def model(planted):
    return topics.fit(planted[0], k=4)


# -- how many, and which come back ----------------------------------------------------------------------


def test_choose_k_has_the_planted_number_in_its_range(planted):
    found = topics.choose_k(planted[0], ks=[2, 4, 12], seeds=[1, 2], iterations=40)
    assert len(found) == 3 * 2 * 5
    means = found.groupby(["measure", "k"])["value"].mean()
    assert means["heldout"].idxmax() == 4
    assert means["residual", 2] > means["residual", 4]
    assert found.loc[found["k"].eq(4), "in_range"].all()
    assert not found.loc[found["k"].eq(2), "in_range"].any()
    again = topics.choose_k(planted[0].sample(frac=1, random_state=2), ks=[4], seeds=[2], iterations=40)
    same = found[found["k"].eq(4) & found["seed"].eq(2)]
    assert again["value"].tolist() == same["value"].tolist()


@pytest.mark.parametrize("n", [-1, np.nan, 0.5])
def test_choose_k_checks_counts_as_fit_does(planted, n):
    counts = planted[0].assign(n=planted[0]["n"].astype(float))
    counts.loc[3, "n"] = n
    with pytest.raises(ValueError, match="a whole number n of 0 or more"):
        topics.choose_k(counts, ks=[2], seeds=[1], iterations=2)


def test_choose_k_wants_both_coherences(planted, monkeypatch):
    """Two measures that disagree: the number that is best on one alone is not in the range."""
    values = {2: (0.9, 0.1), 3: (0.5, 0.5), 4: (0.1, 0.9)}
    monkeypatch.setattr(topics._choose, "_measure", lambda model, gone: {
        "npmi": values[model.k][0], "c_v": values[model.k][1], "heldout": -1.0})  # fmt: skip
    found = topics.choose_k(planted[0], ks=[2, 3, 4], seeds=[1], iterations=2)
    assert found.groupby("k")["in_range"].first().to_dict() == {2: False, 3: True, 4: False}
    with pytest.raises(TypeError, match="seed='a' is no whole number"):
        topics.choose_k(planted[0], ks=[2], seeds=["a"])
    with pytest.raises(TypeError, match="ks=20 is a int; give one whole number or a list"):
        topics.choose_k(planted[0], ks=20)


def test_coherence_is_its_definition():
    """NPMI of two words over documents, by hand: p = 2/4 each, together 2/4 → 1; apart → about -1."""
    from toolkit.topics import _engines

    texts = [["甲", "乙"], ["甲", "乙"], ["丙", "丁"], ["丙"]]
    both, apart = _engines.coherence([["甲", "乙"], ["甲", "丙"]], texts, "c_npmi")
    assert both == pytest.approx(1, abs=1e-6)
    assert apart == pytest.approx(-1, abs=0.1)


def test_match_finds_a_permutation_and_leaves_the_rest_alone(model):
    terms = topics.terms(model)
    turned = terms.assign(topic=terms["topic"] % 4 + 1)
    pairs = topics.match(terms, other=turned)
    assert (pairs["topic"] % 4 + 1 == pairs["other"]).all()
    assert pairs["cosine"].tolist() == pytest.approx([1] * 4)
    fewer = topics.match(model, other=turned[turned["topic"] > 2])
    assert fewer["other"].isna().sum() == 2
    back = topics.match(turned[turned["topic"] > 2], other=model)
    assert back["cosine"].tolist() == pytest.approx([1, 1])


MALFORMED = {
    "nothing": (lambda t: t.head(0), ValueError, "other is empty; give what topics.terms returns"),
    "no weights": (lambda t: t[["topic", "term"]], KeyError, "no column 'weight'; it has: term, topic"),
    "no frame": (lambda t: None, TypeError, "not NoneType"),
    "a topic of nothing": (lambda t: t.assign(weight=t["weight"].where(t["topic"] != 3, 0)), ValueError,
                           "topic 3 of other has no weight on any term"),
    "no weight": (lambda t: t.assign(weight=t["weight"].where(t["rank"] > 1)), ValueError, "in 4 of 800"),
    "below zero": (lambda t: t.assign(weight=-t["weight"]), ValueError, "in 800 of 800 rows"),
    "words for weights": (lambda t: t.assign(weight="a"), ValueError, "in 800 of 800 rows"),
    "no term": (lambda t: t.assign(term=t["term"].where(t["rank"] > 1)), ValueError, "in 4 of 800 rows"),
    "no topic": (lambda t: t.assign(topic=t["topic"].where(t["topic"] > 1)), ValueError, "in 200 of 800"),
}  # fmt: skip


@pytest.mark.parametrize("name", MALFORMED)
def test_frames_that_are_no_topics_are_not_matched(model, name):
    spoil, kind, words = MALFORMED[name]
    with pytest.raises(kind, match=words):
        topics.match(model, other=spoil(topics.terms(model)))


def test_planted_topics_are_stable_and_surplus_ones_are_not(planted, model):
    firm = topics.stability(model, times=6, unit="doc_id")
    assert firm["stable"].all()
    assert (firm["low"].between(0, 1) & firm["high"].between(0, 1)).all()
    many = topics.stability(topics.fit(planted[0], k=12), times=6)
    assert many["reappears"].mean() < firm["reappears"].mean()
    pd.testing.assert_frame_equal(firm, topics.stability(model, times=6, unit="doc_id"))


def test_stability_needs_units_that_differ(planted, caplog):
    counts = planted[0]
    one = topics.fit(counts[counts["province"].eq("11")], k=4)
    with pytest.raises(
        ValueError, match=r"province has one value only .11.; every sample would be the same; give unit=None"
    ):
        topics.stability(one, unit="province")
    with pytest.raises(KeyError, match=r"no column \['province'\]"):
        topics.stability(one, unit=["province"])
    with pytest.raises(ValueError, match="seed=-1 is too small"):
        topics.stability(one, seed=-1)
    unplaced = topics.fit(counts.assign(province=counts["province"].where(counts["province"] != "11")), k=4)
    found = topics.stability(unplaced, times=2, unit="province", least=1)
    assert "40 of 320 documents have no province and count as one" in caplog.text
    assert (found["low"].eq(0) & found["reappears"].eq(0)).any()  # never a digit below nothing
    assert not found["low"].lt(0).any()


# -- what a topic means ---------------------------------------------------------------------------------


def test_labels_examples_and_mix(planted, model):
    labels = topics.labels(model, n=5)
    assert labels["share"].sum() == pytest.approx(1)
    first = topics.terms(model, n=5).groupby("topic")["term"].agg(" ".join)
    assert labels["prob"].tolist() == first.tolist()
    some = pd.DataFrame({"term": [labels["frex"][0].split()[0], "词9999"]})
    assert topics.labels(model, lexicon=some)["formulations"][0] == some["term"][0]
    texts = planted[0][["doc_id", "paragraph"]].drop_duplicates()
    texts["text"] = texts["doc_id"] + "/" + texts["paragraph"].astype(str)
    shown = topics.examples(model, n=2, texts=texts)
    top = topics.shares(model).groupby("topic")["share"].nlargest(2).tolist()
    assert shown["share"].tolist() == top
    assert (shown["text"] == shown["doc_id"] + "/" + shown["paragraph"].astype(str)).all()
    mix = topics.mix(model, by="province")
    assert mix.groupby("topic")["part"].sum().tolist() == pytest.approx([1] * 4)
    assert mix.groupby("province")["share"].sum().tolist() == pytest.approx([1] * 8)
    assert (mix["docs"] == 40).all()
    with pytest.raises(KeyError, match="texts has no column 'text'"):
        topics.examples(model, texts=texts[["doc_id"]])
    with pytest.raises(KeyError, match="no column 'region'"):
        topics.mix(model, by="region")


def test_labels_are_their_equations(model):
    beta, total = model.beta, np.asarray(model.table.sum(axis=0)).ravel()
    share, even = beta / beta.sum(axis=0), 1 / len(beta)
    pull = (share * (1 - share)).sum(axis=0) / np.maximum(total - 1, 1e-9) / ((share - even) ** 2).sum(axis=0)
    share = share + np.clip(pull, 0, 1) * (even - share)
    frequent, exclusive = (stats.rankdata(one, axis=1) / len(total) for one in (beta, share))
    values = {
        "prob": beta, "frex": 1 / (0.5 / frequent + 0.5 / exclusive), "lift": beta / (total / total.sum()),
        "score": beta * (np.log(beta) - np.log(beta).mean(axis=0)),
    }  # fmt: skip
    labels = topics.labels(model, n=10)
    for measure, value in values.items():
        first = model.terms[np.argsort(-value, axis=1, kind="stable")[:, :10]]
        assert labels[measure].str.split().tolist() == first.tolist()


def test_texts_are_those_of_the_document(planted, model, caplog):
    texts = planted[0][["doc_id", "paragraph"]].drop_duplicates().assign(text="甲")
    shown = topics.examples(model, n=1, texts=texts[texts["doc_id"].eq("11-2025")])
    assert f"texts has none for {shown['text'].isna().sum()} of the 4 documents shown" in caplog.text
    caplog.clear()
    other = topics.examples(model, n=1, texts=texts.astype({"paragraph": str}))  # numbers read as text
    assert other["text"].eq("甲").all()
    topics.examples(model, n=1, texts=pd.concat([texts, texts]))  # the same text again is no other text
    assert not caplog.text
    with pytest.raises(ValueError, match="texts has several texts of one doc_id; give one for each document"):
        topics.examples(model, texts=texts[["doc_id"]].assign(text=range(len(texts))))


def test_keywords_are_counted_by_province():
    lexicon = pd.DataFrame({"term": ["平安建设", "乡村振兴", "某词"], "theme": ["security", "rural", ""]})
    counts = pd.DataFrame({
        "province": ["11", "11", "33", "33"], "term": ["平安建设", "其他", "平安建设", "乡村振兴"],
        "n": [6, 94, 5, 45],
    })  # fmt: skip
    found = topics.keywords(counts, lexicon=lexicon).set_index("term")
    assert found["n"].to_dict() == {"乡村振兴": 45, "平安建设": 11}
    assert found["usable"].all()
    strict = topics.keywords(counts, lexicon=lexicon, least_share=0.6).set_index("term")
    assert strict["usable"].to_dict() == {"乡村振兴": False, "平安建设": True}
    each = topics.keywords(counts, lexicon=lexicon, by="province").set_index(["term", "province"])["rate"]
    assert each["乡村振兴"].to_dict() == {"33": 9000, "11": 0}
    assert each["平安建设"].to_dict() == {"11": 600, "33": 1000}
    with pytest.raises(ValueError, match=r"words.count"):
        topics.keywords(counts, lexicon=lexicon.assign(term=["一", "二", "三"]))
    with pytest.raises(ValueError, match="by='term' is what is counted; give another column"):
        topics.keywords(counts, lexicon=lexicon, by="term")
    with pytest.raises(TypeError, match="min_n='ten' is no number"):
        topics.keywords(counts, lexicon=lexicon, min_n="ten")


def test_keywords_leave_nothing_out_in_silence(caplog):
    lexicon = pd.DataFrame(
        {"term": ["平安建设", "平安建设", "乡村振兴"], "theme": ["security", "rural", "rural"]}
    )
    counts = pd.DataFrame({"province": ["11", None, "33"], "term": ["平安建设", "平安建设", "乡村振兴"],
                           "n": [6, 4, 90]})  # fmt: skip
    found = topics.keywords(counts, lexicon=lexicon)
    assert found[["theme", "term", "n"]].to_numpy().tolist() == [
        ["rural", "乡村振兴", 90], ["rural", "平安建设", 10], ["security", "平安建设", 10]]  # fmt: skip
    assert not caplog.text
    each = topics.keywords(counts, lexicon=lexicon, by="province")
    assert "4 of 100 words have no province and are left out" in caplog.text
    assert each.query("term == '平安建设' and province == '11'")["n"].tolist() == [6, 6]
    for n in (-1, np.nan, 0.5, "3"):
        with pytest.raises(ValueError, match="a whole number n of 0 or more"):
            topics.keywords(counts.assign(n=n), lexicon=lexicon, by="province")
    with pytest.raises(ValueError, match="2 different lexicons"):
        topics.keywords(counts.assign(lexicon=list("aba")), lexicon=lexicon)


# -- readers --------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def larger():
    counts = simulate.topics(8, provinces=6, size={"documents": 20, "vocabulary": 400}, seed=2)[0]
    return topics.fit(counts, k=8)


def test_the_intruder_is_foreign(larger):
    order = topics.terms(larger).set_index(["topic", "term"])["rank"]
    words = topics.intrusion(larger)
    for task in words.itertuples():
        choices = task.choices.split("|")
        ranks = [order[task.topic, choice] for choice in choices]
        assert len(set(choices)) == 6
        assert ranks[task.answer - 1] > len(larger.terms) / 2
        assert sorted(ranks)[:5] == [1, 2, 3, 4, 5]
    assert sorted(words["topic"]) == list(range(1, 9))
    assert words["answer"].nunique() > 1
    assert pd.to_numeric(words["tasks"], errors="coerce").isna().all()  # never 1e123456
    assert words["tasks"].str.fullmatch("t[0-9a-f]{8}").all()
    sets = topics.intrusion(larger, kind="word sets")
    for task in sets.itertuples():
        ranks = [[order[task.topic, word] for word in choice.split()] for choice in task.choices.split("|")]
        assert all(map(len, ranks))
        assert min(ranks.pop(task.answer - 1)) > 20
        assert max(map(max, ranks)) <= 20


def test_the_intruding_topic_is_weak_in_its_document(larger, caplog):
    texts = larger.documents.assign(text=[f"第{i}段" for i in range(len(larger.documents))])
    tasks = topics.intrusion(larger, kind="topics", n=10, texts=texts)
    shares = larger.theta[[int(text[1:-1]) for text in tasks["text"]]]
    assert (shares[np.arange(10), tasks["topic"] - 1] < np.median(shares, axis=1)).all()
    assert tasks["text"].is_unique
    assert not caplog.text
    every = topics.intrusion(larger, kind="topics", n=400)
    assert len(every) < 240
    assert f"{len(every)} tasks, not 400: no more documents are of middling length" in caplog.text
    topics.intrusion(larger, kind="topics", n=3, texts=texts.head(0))
    assert "texts has none for 3 of the 3 documents shown" in caplog.text
    with pytest.raises(ValueError, match="seed=-1 is too small"):
        topics.intrusion(larger, seed=-1)
    pd.testing.assert_frame_equal(tasks, topics.intrusion(larger, kind="topics", n=10, texts=texts))
    assert topics.intrusion(larger, kind="topics", n=10, seed=2)["tasks"][0] != tasks["tasks"][0]
    with pytest.raises(ValueError, match=r"kind='word' is unknown.*Did you mean 'words'"):
        topics.intrusion(larger, kind="word")


def test_intrusion_needs_enough_topics(model):
    with pytest.raises(ValueError, match="needs 6 topics"):
        topics.intrusion(model, kind="topics")


KRIPPENDORFF = [  # four observers, twelve units, 0 missing: Krippendorff (2011), section C; alpha .743
    [1, 2, 3, 3, 2, 1, 4, 1, 2, 0, 0, 0],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, 0, 3],
    [0, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, 0],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, 0],
]


def answered(table):
    frame = pd.DataFrame(table, index=[*"ABCD"][: len(table)], columns=range(1, len(table[0]) + 1))
    long = frame.rename_axis(index="coder", columns="task").stack().rename("choice").reset_index()
    return long.assign(choice=long["choice"].astype("Int64").mask(long["choice"].eq(0)))


def tasks_of(n):
    return pd.DataFrame({
        "task": range(1, n + 1), "kind": "words", "topic": np.resize([1, 2, 3], n), "answer": 1,
        "choices": "甲|乙|丙|丁|戊|己",
    })  # fmt: skip


def test_alpha_is_that_of_the_published_example():
    found = topics.agreement(answered(KRIPPENDORFF), tasks=tasks_of(12))
    whole = found[found["topic"].isna()].iloc[0]
    assert whole["alpha"] == pytest.approx(0.743, abs=0.0005)
    assert whole["answers"] == 41
    assert whole["coders"] == 4
    assert whole["chance"] == pytest.approx(1 / 6)


def test_precision_counts_tasks_not_answers():
    from statsmodels.stats.proportion import proportion_confint

    table = [[1, 1, 2, 1], [1, 1, 2, 1], [1, 1, 2, 1]]
    whole = topics.agreement(answered(table), tasks=tasks_of(4)).iloc[0]
    assert whole["precision"] == 0.75
    assert [whole["low"], whole["high"]] == pytest.approx(proportion_confint(3, 4, method="wilson"), abs=1e-5)
    assert whole["alpha"] == 1
    one = topics.agreement(answered(table[:1]), tasks=tasks_of(4)).iloc[0]
    assert np.isnan(one["alpha"])


def test_answers_may_carry_the_columns_of_tasks():
    told = answered(KRIPPENDORFF).assign(kind="words", topic=1, answer=1)
    plain = topics.agreement(answered(KRIPPENDORFF), tasks=tasks_of(12))
    pd.testing.assert_frame_equal(topics.agreement(told, tasks=tasks_of(12)), plain)


def test_guessing_coders_do_not_agree():
    guesses = np.random.default_rng(1).integers(1, 7, (3, 900)).tolist()
    whole = topics.agreement(answered(guesses), tasks=tasks_of(900)).iloc[0]
    assert abs(whole["alpha"]) < 0.05
    assert whole["low"] < 1 / 6 < whole["high"]


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda a: pd.concat([a, a]), "answered one task twice"),
        (lambda a: a.assign(task=a["task"] + 50), "which tasks does not hold"),
        (lambda a: a.assign(choice=9), "not among the numbers"),
        (lambda a: a.assign(choice=1.5), "not among the numbers"),
        (lambda a: a.assign(choice="一"), "not among the numbers"),
        (lambda a: a.assign(task=a["task"].where(a["task"] > 1)), "rows without a task or a coder"),
        (lambda a: a.assign(choice=pd.NA), "answers is empty"),
        (lambda a: a.assign(tasks="deadbeef"), "12 tasks which tasks does not hold .task 1, tasks deadbeef"),
    ],
)
def test_answers_that_do_not_fit_are_refused(spoil, words):
    with pytest.raises(ValueError, match=words):
        topics.agreement(spoil(answered(KRIPPENDORFF)), tasks=tasks_of(12).assign(tasks="0"))

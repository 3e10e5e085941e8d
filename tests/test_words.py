"""Are the cuts jieba's, do set phrases stay whole, and do the counts add up?"""

import logging
import os
import random
import subprocess
import sys
import tarfile
from collections import Counter
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace

import jieba
import numpy as np
import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from toolkit import formulations, places, words
from toolkit.lexicon import _jieba
from toolkit.words import _cut, _large

ROOT = Path(__file__).parents[1]
REAL = ROOT.parent / "shared" / "real"
needs_real = pytest.mark.skipif(not REAL.exists(), reason="the real documents are not on this machine")

TERMS = (
    "高质量发展 枫桥经验 新时代“枫桥经验” 国家安全 平安中国 平安中国建设 中国建设银行 建设平安 发展".split()
)
PHRASES = pd.DataFrame({"term": TERMS, "variants": ["", "“枫桥经验”", *[""] * 7]})
STORY = "".join(TERMS) + "提高质量发展，的AaZz09.%+#&_- \r\n\t。㐀\U00020000\ud800\x00"
STRINGS = st.one_of(
    st.text(max_size=60),
    st.text(st.characters(exclude_categories=[]), max_size=60),
    st.text(STORY, max_size=80),
    st.text("aZ09.%+#&_-年", max_size=40),
    st.lists(st.sampled_from([*TERMS, "提", "，", "的", "“", "”", "A-5"]), max_size=12).map("".join),
)
AWKWARD = [
    *["", "A-5G. 3.5%%", "PM_2.5和5G-A", "2026-02-09", "4.5-5%", "㐀A-B㐀", "A-B㐀C-D", "\r\n\r\r\n"],
    *["小明硕士毕业于中国科学院计算所", "他来到了网易杭研大厦", "C++和c#，a.b.c", "镕基䶮", "\x00A\x00"],
    *["１２％", "-", "...%%%..."],
    *["龦鿕鿖", "一" * 500, "\ud800A-\udfff", "é́", "A" * 3000 + "-" + "9" * 3000],
]  # fmt: skip


@pytest.fixture
def compiled(monkeypatch):
    """Every text is large: the compiled engine does all the work, in chunks of a few characters."""
    monkeypatch.setattr(_large, "LARGE", 0)
    monkeypatch.setattr(_large, "CHUNK", 40)


@pytest.fixture
def interpreted(monkeypatch):
    monkeypatch.setattr(_large, "is_large", lambda characters: False)


def real_texts():
    """Every file of `real` that is one text; bytes of no encoding become replacement characters."""
    for path in sorted(REAL.rglob("*")):
        if path.suffix in {".txt", ".csv", ".json", ".md"}:
            raw = path.read_bytes()
            try:
                yield raw.decode("utf-8-sig")
            except UnicodeDecodeError:
                yield raw.decode("gb18030", errors="replace")


def news_days(seed, n):
    """Some days of the evening news of one year, as their JSON stands."""
    with tarfile.open(
        random.Random(seed).choice(sorted((REAL / "evening_news").glob("*.tar.xz")))
    ) as archive:
        days = sorted((one for one in archive if one.name.endswith(".json")), key=lambda one: one.name)
        for day in random.Random(seed).sample(days, n):
            yield archive.extractfile(day).read().decode("utf8")


def test_our_reference_is_jieba():
    assert [_jieba.reference(text) for text in AWKWARD] == [jieba.lcut(text) for text in AWKWARD]


def test_a_session_that_changes_jieba_does_not_change_us():
    before = words.cut("发展新质生产力A-B小明硕士")
    jieba.add_word("新质生产力", 10**8)
    jieba.del_word("小明")
    try:
        assert jieba.lcut("新质生产力") == ["新质生产力"]
        assert words.cut("发展新质生产力A-B小明硕士") == before
        assert _jieba.reference("发展新质生产力A-B小明硕士") == before
    finally:
        jieba.dt.initialized = False
        jieba.dt.initialize()
        jieba.finalseg.Force_Split_Words.clear()


def test_all_engines_agree_on_awkward_places(compiled):
    expected = [_jieba.reference(text) for text in AWKWARD]
    assert [_cut.cut_one(text) for text in AWKWARD] == expected
    assert words.cut(AWKWARD) == expected


@settings(max_examples=300, deadline=None)
@given(st.lists(STRINGS, max_size=4))
@example(["㐀A-B㐀", "\r", "\n", "A", "-B"])
def test_all_engines_agree_on_any_string(texts):
    expected = [_jieba.reference(text) for text in texts]
    assert ["".join(one) for one in expected] == texts
    assert [_cut.cut_one(text) for text in texts] == expected
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_large, "LARGE", 0)
        patch.setattr(_large, "CHUNK", 10)
        assert words.cut(texts) == expected


@needs_real
def test_all_engines_agree_on_real_documents(monkeypatch):
    pieces = []
    for text in real_texts():
        at = random.Random(len(text)).randrange(max(1, len(text) - 3000))
        pieces.append(text[at : at + 3000])
    pieces += [text[:20000] for text in news_days(seed=4, n=4)]
    assert len(pieces) > 60
    expected = [_jieba.reference(text) for text in pieces]
    assert [_cut.cut_one(text) for text in pieces] == expected
    monkeypatch.setattr(_large, "LARGE", 0)
    assert words.cut(pieces) == expected


def merged_by_hand(text):
    """Of the matches whose ends are ends of words, the longest first, then the leftmost."""
    plain, ends = _jieba.reference(text), {0}
    for word in plain:
        ends.add(max(ends) + len(word))
    found = {
        (at, at + len(form))
        for form in [*TERMS, "“枫桥经验”"]
        for at in range(len(text))
        if text.startswith(form, at) and {at, at + len(form)} <= ends
    }
    kept = []
    for a, b in sorted(found, key=lambda one: (one[0] - one[1], one[0])):
        if all(b <= c or d <= a for c, d in kept):
            kept.append((a, b))
            ends -= set(range(a + 1, b))
    return [text[a:b] for a, b in pairwise(sorted(ends))]


@settings(max_examples=200, deadline=None)
@given(STRINGS)
@example("平安中国建设平安中国建设银行")
@example("建设平安中国建设")
@example("新时代“枫桥经验”和“枫桥经验”，枫桥经验")
def test_set_phrases_are_merged_by_the_rule_in_all_engines(text):
    expected = merged_by_hand(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_large, "is_large", lambda characters: False)
        assert words.cut(text, lexicon=PHRASES) == expected
        patch.setattr(_large, "is_large", lambda characters: True)
        assert words.cut(text, lexicon=PHRASES) == expected


def test_a_phrase_that_the_cut_breaks_is_no_word():
    assert "高质量发展" in words.cut("推动高质量发展", lexicon=PHRASES)
    assert "高质量发展" not in words.cut("不断提高质量发展", lexicon=PHRASES)


def docs_of(texts, **columns):
    return pd.DataFrame({"doc_id": [f"d{i}" for i in range(len(texts))], "text": texts, **columns})


def test_counts_are_those_of_a_plain_loop(compiled):
    docs = docs_of(
        ["推动高质量发展。", "推动高质量发展，2025年。", None, ""],
        year=pd.array([2024, None, 2024, 2023], "Int64"),
    )
    counts = words.count(docs, by="year", lexicon=PHRASES)
    plain = {
        (year, term): n
        for year, text in ((2024, docs["text"][0]), (pd.NA, docs["text"][1]))
        for term, n in Counter(words.cut(text, lexicon=PHRASES)).items()
        if term not in "。，"
    }
    assert list(counts.columns) == ["year", "term", "n", "lexicon"]
    assert counts["n"].sum() == sum(plain.values())
    assert len(counts) == len(plain)
    assert {(y, t): n for y, t, n in counts[["year", "term", "n"]].itertuples(index=False)} == plain
    assert counts["year"].tolist()[-1] is pd.NA
    assert str(counts["year"].dtype) == "Int64"


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(STRINGS, st.sampled_from(["33", "61", None]), st.sampled_from([2020, 2021])), max_size=6
    ),
    st.randoms(),
)
def test_counts_know_neither_engine_nor_order(rows, shuffler):
    text, province, year = zip(*rows, strict=True) if rows else ((), (), ())
    docs = pd.DataFrame({"text": pd.Series(text, dtype=object), "province": province, "year": year})
    order = list(range(len(rows)))
    shuffler.shuffle(order)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_large, "is_large", lambda characters: False)
        one = words.count(docs, by=["province", "year"], lexicon=PHRASES, drop=())
        patch.setattr(_large, "is_large", lambda characters: True)
        patch.setattr(_large, "CHUNK", 20)
        other = words.count(docs.iloc[order], by=["province", "year"], lexicon=PHRASES, drop=())
    pd.testing.assert_frame_equal(one, other)
    assert one["n"].sum() == sum(len(words.cut(text, lexicon=PHRASES)) for text, _, _ in rows)
    assert not one.duplicated(["province", "year", "term"]).any()


def test_a_column_in_several_pieces_is_read_in_any_order(monkeypatch):
    one = pd.DataFrame({"doc_id": list("ace"), "text": ["平安中国", None, "建设平安"]}, dtype="str")
    docs = pd.concat([one, one.iloc[:0], one.assign(doc_id=list("fdb"))], ignore_index=True)
    assert docs["text"].array.__arrow_array__().num_chunks == 3
    small = words.count(docs, drop=())
    monkeypatch.setattr(_large, "is_large", lambda characters: True)
    pd.testing.assert_frame_equal(small, words.count(docs, drop=()))
    assert _large._joiner(docs["text"])(np.array([5, 3, 0, 2])) == "建设平安平安中国平安中国建设平安"
    assert _large._joiner(docs["text"])(np.array([], int)) == ""


@pytest.mark.parametrize(
    ("name", "gone", "stays"),
    [
        ("space", ["\n", "\u3000", "\u200b", "\x00"], ["，", "的", "1"]),
        ("punctuation", ["，", "“", "%", "—"], ["\n", "的", "5G", "第１"]),
        ("numbers", ["2025", "6.5%", "三十", "第三"[1:], "１２"], ["三农", "5G", "%", "十堰"]),
        ("latin", ["GDP", "5G", "A-B", "é"], ["2025", "T恤", "的"]),
        ("single", ["的", "a"], ["平安"]),
        ("stopwords", ["的", "以及"], ["平安", "必须"]),
        (
            "numbers",
            "零 十 两 二〇二五 二零三五 一九四九 十四 二十 二十五 三百五十 三百零五 两千万 一万二千 "
            "一万零五百 三亿 一亿五千万 百万 千亿 万亿 十万亿 壹佰 叁拾伍 贰零贰伍 1.5万 2025-26".split(),
            "十四五 十二五 十一五 五四 八一 一二 零一 万一 亿万 万万 千百万 百一 参 陆 什 壹 拾 拾零".split(),
        ),
        ("persons", ["习近平", "普京"], ["平安", "文明", "养老", "智慧", "小康", "乌克兰", "二十大"]),
        (
            "places",
            ["浙江", "浙江省", "杭州", "乌克兰", "安康"],
            ["平安", "城市", "海洋", "普京", "依法治国"],
        ),
    ],
)
def test_what_can_be_left_out(name, gone, stays):
    assert [term for term in gone if not words.DROPS[name](term)] == []
    assert [term for term in stays if words.DROPS[name](term)] == []


def test_names_put_right_by_hand():
    table = pd.read_csv(ROOT / "toolkit" / "_data" / "plain_words.csv", dtype="str")
    entries = Path(jieba.__file__).with_name("dict.txt").read_text("utf8").splitlines()
    tagged = {word: tag for word, _, tag in map(str.split, entries)}
    assert not table.duplicated(["term", "taken_for"]).any()
    assert {*table["taken_for"]} == {"person", "place"}
    assert {*table["is_a"]} == {"word", "person", "place"}
    assert not table["taken_for"].eq(table["is_a"]).any()
    assert [
        row.term
        for row in table.itertuples()
        if not tagged[row.term].startswith({"person": "nr", "place": "ns"}[row.taken_for])
    ] == []
    for row in table.itertuples():
        drops = {name: words.DROPS[name](row.term) for name in ("persons", "places")}
        assert drops == {"persons": row.is_a == "person", "places": row.is_a == "place"}, row.term
    provinces = places.provinces(centre=False)
    assert [
        name for name in [*provinces["name"], *provinces["short"]] if not words.DROPS["places"](name)
    ] == []


def test_what_is_left_out_is_said_and_phrases_stay(caplog):
    docs = docs_of(["“枫桥经验”，2025。", None])
    with caplog.at_level(logging.INFO, "toolkit"):
        counts = words.count(docs, lexicon=PHRASES, drop=["punctuation", "numbers"])
    assert counts["term"].tolist() == ["“枫桥经验”"]
    assert "1 of 2 documents have no text" in caplog.text
    assert "punctuation 2 (2 terms); numbers 1 (1 terms)" in caplog.text


def test_the_lexicon_travels_with_the_counts(tmp_path):
    counts = words.count(docs_of(["平安中国"]), lexicon=PHRASES)
    counts.to_parquet(tmp_path / "counts.parquet")
    again = pd.read_parquet(tmp_path / "counts.parquet").query("n > 0")
    assert again["lexicon"].unique().tolist() == counts["lexicon"].unique().tolist() != ["none"]


def test_tokens_stand_where_they_say():
    docs = docs_of(["建设平安\n中国。", "", None, "推动高质量发展\n\n好"])
    for large in (False, True):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(_large, "is_large", lambda characters, large=large: large)
            found = words.tokens(docs, lexicon=PHRASES)
        text = found["doc_id"].map(docs.set_index("doc_id")["text"])
        assert all(
            one[a:].startswith(t) for one, a, t in zip(text, found["start"], found["term"], strict=True)
        )
        assert found.groupby("doc_id")["term"].agg("".join).to_dict() == {
            "d0": docs["text"][0],
            "d3": docs["text"][3],
        }
        assert found.query("term == '好'")["paragraph"].tolist() == [3]
    given = words.tokens(docs.assign(paragraph=[7, 8, 9, 10]))
    assert set(given["paragraph"]) == {7, 10}


def test_matrix_is_the_counts(compiled):
    docs = docs_of(["平安中国", "建设平安中国", "经济"], province=["61", "33", "61"], year=[2020, 2020, 2021])
    counts = words.count(docs, by=["province", "year"])
    table, groups, terms = words.matrix(counts)
    assert table.sum() == counts["n"].sum()
    assert np.issubdtype(table.dtype, np.integer)
    assert groups.values.tolist() == [["33", 2020], ["61", 2020], ["61", 2021]]
    assert terms.tolist() == sorted(terms)
    shuffled, same, alike = words.matrix(counts.sample(frac=1, random_state=1), by=["province", "year"])
    assert (shuffled != table).nnz == 0
    assert same.equals(groups)
    assert alike.equals(terms)
    coarse, rows, _ = words.matrix(counts.astype({"term": "str"}), by="province")
    assert rows["province"].tolist() == ["33", "61"]
    assert coarse.toarray().tolist() == [table[0].toarray()[0].tolist(), *table[1:].sum(axis=0).tolist()]


def test_counts_and_matrix_agree_with_scikit_learn():
    text = pytest.importorskip("sklearn.feature_extraction.text")
    texts = ["建设平安中国，建设平安浙江。", "平安", "经济增长6.5%"]
    theirs = text.CountVectorizer(analyzer=jieba.lcut)
    expected = theirs.fit_transform(texts).toarray().tolist()
    table, _, terms = words.matrix(words.count(docs_of(texts), drop=()))
    assert terms.tolist() == theirs.get_feature_names_out().tolist()
    assert table.toarray().tolist() == expected


def test_another_engine_and_what_it_changes():
    docs = docs_of(["他来到了网易杭研大厦", "平安浙江"])
    plain = words.count(docs)
    other = words.count(docs, engine=lambda text: jieba.cut(text, HMM=False))
    assert other["lexicon"].unique().tolist() == ["none <lambda>"]
    found = words.compare(plain, other=other, estimate=lambda counts: counts["n"].mean())
    total = found.query("what == 'total'").set_index("name")
    assert total.loc["words", "there"] == other["n"].sum()
    assert found.query("what == 'estimate'")["here"].tolist() == [plain["n"].mean()]
    changed = dict(found.query("what == 'term'")[["name", "change"]].values.tolist())
    assert changed == {"杭研": -1, "杭": 1, "研": 1}
    with pytest.raises(ValueError, match="whole text"):
        words.count(docs_of(["平安 浙江"]), engine=str.split, lexicon=PHRASES)


@pytest.mark.parametrize("verb", [words.tokens, words.count])
def test_wrong_input_is_named(verb):
    with pytest.raises(KeyError, match="it has: doc_id"):
        verb(pd.DataFrame({"doc_id": ["a"]}))
    with pytest.raises(TypeError, match=r"number 1 is int \(5\)"):
        verb(pd.DataFrame({"doc_id": ["a", "b"], "text": ["平安", 5]}))


def test_wrong_choices_are_named():
    docs = docs_of(["平安"])
    with pytest.raises(ValueError, match="Did you mean 'stopwords'"):
        words.count(docs, drop="stopword")
    with pytest.raises(KeyError, match="provinc"):
        words.count(docs, by="provinc")
    with pytest.raises(ValueError, match="by is empty"):
        words.count(docs, by=[])
    with pytest.raises(TypeError, match="texts must be text"):
        words.cut(["平安", ["中国"]])


def test_nothing_gives_nothing():
    assert words.cut([]) == []
    assert words.cut("") == []
    assert words.cut([None]) == [[]]
    counts = words.count(docs_of([]).astype({"text": "str"}))
    assert len(counts) == 0
    assert list(counts.columns) == ["doc_id", "term", "n", "lexicon"]
    table, groups, terms = words.matrix(counts)
    assert table.shape == (0, 0)
    assert len(groups) == len(terms) == 0
    assert len(words.tokens(docs_of([None]).astype({"text": "str"}))) == 0


def test_characters_that_the_model_does_not_know(compiled):
    """Their chances are all alike, so that the order among equals decides."""
    known = [set(jieba.finalseg.emit_P[state]) for state in "BMES"]
    everything = [chr(c) for c in range(0x4E00, 0x9FD6)]
    strange = [c for c in everything if sum(c in some for some in known) < 2]
    draw = random.Random(1)
    texts = ["".join(draw.choices(strange, k=draw.randint(1, 8))) for _ in range(3000)]
    assert words.cut(texts) == [_jieba.reference(text) for text in texts]


def test_one_endless_line(compiled, monkeypatch):
    monkeypatch.setattr(_large, "CHUNK", 100_000)
    text = "推动高质量发展" * 50_000
    counts = words.count(docs_of([text]), lexicon=PHRASES)
    assert dict(counts[["term", "n"]].values.tolist()) == {"推动": 50_000, "高质量发展": 50_000}


def test_the_vocabulary_may_grow(compiled, monkeypatch):
    monkeypatch.setattr(_large, "CHUNK", 50_000)
    texts = [" ".join(f"w{i}x{j}" for i in range(400)) for j in range(400)]
    counts = words.count(docs_of(texts), by="doc_id")
    assert len(counts) == 160_000
    assert counts["n"].eq(1).all()
    assert counts["term"].nunique() == 160_000


def test_arrays_on_disk_are_proved(tmp_path, monkeypatch):
    _large.kernel()
    path = tmp_path / "arrays.npz"
    arrays = {name: np.arange(3) for name in _large._ARRAYS}
    _large._save(path, arrays)
    assert [*tmp_path.iterdir()] == [path]
    assert _large._load(path)["nodes"].tolist() == [0, 1, 2]
    path.write_bytes(path.read_bytes()[:200])
    assert _large._load(path) is None
    assert _large._load(tmp_path / "absent.npz") is None
    _large._save(tmp_path / "no such folder" / "arrays.npz", arrays)


def test_small_text_loads_no_compiler():
    probe = (
        "import sys, pandas as pd; from toolkit import words;"
        "words.count(pd.DataFrame({'doc_id': ['a'], 'text': ['推动高质量发展']}));"
        "print({'numba', 'llvmlite'} & set(sys.modules))"
    )
    out = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True, cwd=ROOT)
    assert out.stdout.strip() == "set()"


@pytest.mark.skipif(os.environ.get("NUMBA_DISABLE_JIT") == "1", reason="nothing is compiled")
def test_where_no_cache_can_be_written_it_is_compiled_for_the_session(monkeypatch):
    import numba

    from toolkit.words import _kernel

    def refuses(**options):
        if options.get("cache"):
            raise RuntimeError("cannot cache function: no locator available")
        return numba_njit(**options)

    numba_njit = numba.njit
    monkeypatch.setattr(numba, "njit", refuses)
    assert _kernel.compiled(lambda x: x + 1)(1) == 2


def test_later_reprints_count_no_words_where_that_is_asked():
    text = "会议强调，要统筹发展和安全，建设更高水平的平安中国。"
    docs = pd.DataFrame({"doc_id": ["b", "a"], "date": ["2019-02-20", "2019-02-19"], "text": [text, text]})
    first = words.count(docs, duplicates="first")
    assert set(first["doc_id"]) == {"a"}
    assert words.count(docs)["n"].sum() == 2 * first["n"].sum()
    with pytest.raises(ValueError, match="duplicates"):
        words.count(docs, duplicates="last")


@pytest.mark.parametrize("text", ["贯彻百花齐放，推陈出新的方针", "中国，发展", "中国😀发展"])
def test_forms_that_leave_the_plane_of_the_dictionary_are_merged(text, monkeypatch):
    form = {"贯": "百花齐放，推陈出新", "中": text[:3]}[text[0]]
    mine = pd.DataFrame({"term": [form]})
    small = words.cut([text], lexicon=mine)
    monkeypatch.setattr(_large, "is_large", lambda characters: True)
    assert words.cut([text], lexicon=mine) == small
    assert form in small[0]


@pytest.mark.parametrize("text", ["A-5.5２10.3.2", "C++和5.5２10.3.2版", "C-1.0２3.5.1"])
def test_a_risk_does_not_hide_the_next(text):
    assert words.cut(text) == _jieba.reference(text)


def test_matrix_wants_whole_numbers_of_one_lexicon():
    counts = pd.DataFrame({"year": [1, 2], "term": ["a", "b"], "n": [0.6, 1.0]})
    with pytest.raises(ValueError, match="whole number n"):
        words.matrix(counts)
    with pytest.raises(ValueError, match="2 different lexicons"):
        words.matrix(counts.assign(n=1, lexicon=["none", "bc3b0f6dfb"]))
    with pytest.raises(ValueError, match="none of them term, n or lexicon"):
        words.count(pd.DataFrame({"n": [7], "text": ["平安"]}), by="n")


def test_a_long_run_without_punctuation_is_cut_once():
    text = "推动高质量发展" * 3000 + "提高质量发展" * 300
    docs = pd.DataFrame({"doc_id": ["a"], "text": [text]})
    calls = []
    plain = _jieba.reference
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_jieba, "reference", lambda given: calls.append(1) or plain(given))
        refused = formulations.refused(docs, lexicon=pd.DataFrame({"term": ["高质量发展"]}))
    assert len(refused) == 300
    assert len(calls) <= 3


def test_an_unbroken_text_is_cut_once_however_many_forms_stand_in_it(monkeypatch):
    """Each block is cut for its first match only; a form over two blocks still has both cut."""
    monkeypatch.setattr(_large, "is_large", lambda characters: True)
    docs = pd.DataFrame(
        {"doc_id": ["a"], "text": ["推动高质量发展建设平安中国" * 40 + "，“平安中国”建设平安中国"]}
    )
    entries = pd.DataFrame({"term": ["高质量发展", "平安中国", "“平安中国”建设"]})
    large = formulations.track(docs, lexicon=entries)
    assert len(large) == 83
    monkeypatch.setattr(_large, "is_large", lambda characters: False)
    pd.testing.assert_frame_equal(large, formulations.track(docs, lexicon=entries))


def test_paragraphs_end_at_any_line_feed():
    docs = pd.DataFrame({"doc_id": ["a"], "text": ["甲\r\n乙\n丙"]})
    assert words.tokens(docs).query("term in ['甲', '乙', '丙']")["paragraph"].tolist() == [1, 2, 3]


def test_a_full_disk_is_no_error(tmp_path, monkeypatch, caplog):
    def full(*_, **__):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(np, "savez", full)
    _large._save(tmp_path / "arrays.npz", {})
    assert not list(tmp_path.iterdir())
    assert "not kept on disk" in caplog.text
    usage = SimpleNamespace(free=1000)
    monkeypatch.setattr(_large.kernel().shutil, "disk_usage", lambda path: usage)
    assert not _large.kernel()._room()


def test_an_index_named_as_a_column_is_no_matter():
    docs = pd.DataFrame({"doc_id": ["a"], "text": ["平安中国"]}).set_index("doc_id", drop=False)
    entries = pd.DataFrame({"term": ["平安中国"]})
    assert words.count(docs, lexicon=entries)["n"].tolist() == [1]
    assert len(formulations.track(docs, lexicon=entries)) == 1


@pytest.mark.parametrize("n", [["many", "3"], [1.5, 2], [None, 1], [-1, 2]])
def test_what_is_no_count_makes_no_matrix(n):
    counts = pd.DataFrame({"doc_id": ["a", "b"], "term": ["平安", "法治"], "n": n})
    with pytest.raises(ValueError, match="a whole number n"):
        words.matrix(counts)

"""Is every set phrase found that the cut leaves whole, with its place and what it is nested in?"""

import logging
import re
import zipfile
from io import BytesIO
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from toolkit import formulations, lexicon, words
from toolkit.words import _large

REAL = Path(__file__).parents[1].parent / "shared" / "real"
needs_real = pytest.mark.skipif(not REAL.exists(), reason="the real documents are not on this machine")
TERMS = "高质量发展 枫桥经验 新时代“枫桥经验” 平安中国 平安中国建设 中国建设银行 建设平安 发展".split()
PHRASES = pd.DataFrame({"term": TERMS, "variants": ["", "“枫桥经验”", *[""] * 6]})
PIECES = st.lists(st.sampled_from([*TERMS, "提", "，", "的", "“", "”", "A-5", "\r", "\n"]), max_size=10).map(
    "".join
)


def engines():
    for large in (False, True):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(_large, "is_large", lambda characters, large=large: large)
            patch.setattr(_large, "CHUNK", 30)
            yield


def docs_of(*texts):
    return pd.DataFrame(
        {"doc_id": [f"d{i}" for i in range(len(texts))], "text": pd.Series(texts, dtype=object)}
    )


def test_hits_by_hand():
    docs = docs_of("坚持新时代“枫桥经验”，提高质量发展", None, "平安中国建设，高质量发展")
    expected = [
        ["d0", "新时代“枫桥经验”", 2, 11, None],
        ["d0", "“枫桥经验”", 5, 11, "新时代“枫桥经验”"],
        ["d0", "枫桥经验", 6, 10, "新时代“枫桥经验”"],
        ["d0", "发展", 16, 18, None],
        ["d2", "平安中国建设", 0, 6, None],
        ["d2", "平安中国", 0, 4, "平安中国建设"],
        ["d2", "高质量发展", 7, 12, None],
        ["d2", "发展", 10, 12, "高质量发展"],
    ]
    for _ in engines():
        hits = formulations.track(docs, lexicon=PHRASES)
        assert list(hits.columns) == ["doc_id", "term", "canonical", "start", "end", "nested_in"]
        got = hits[["doc_id", "term", "start", "end", "nested_in"]].astype(object)
        assert got.where(got.notna(), None).values.tolist() == expected
        assert hits.set_index("term").loc["“枫桥经验”", "canonical"] == "枫桥经验"
        refused = formulations.refused(docs, lexicon=PHRASES)
        assert refused[["doc_id", "term", "start", "cut"]].values.tolist() == [
            ["d0", "高质量发展", 13, "提高质量/发展"]
        ]
        assert refused["why"].tolist() == ["its start falls into 提高质量, a word of the dictionary"]


def test_a_phrase_in_quotes_is_the_phrase():
    """Of the shipped lexicon: one term, with the span of the bare words, whatever quotes stand around it."""
    texts = (
        "茶商谈“一带一路” 一带一路的茶商 老“三农”与新三农 ‘一带一路’和「一带一路」 走“一带一路去 “双碳”课堂 "
        "讲“四个意识”、“两个维护” 加快“互联网+医疗” 读《中国制造2025》 共建“一带一路”"
    ).split()
    shipped, docs = lexicon.read(), docs_of(*texts)
    for _ in engines():
        hits = formulations.track(docs, lexicon=shipped)
        outer = hits[hits["nested_in"].isna()].itertuples()
        found = [(int(one.doc_id[1:]), one.term, one.start, one.end) for one in outer]
        road, farms = "一带一路", "三农"
        assert found == [
            (0, road, 4, 8), (1, road, 0, 4), (2, farms, 2, 4), (2, farms, 7, 9), (3, road, 1, 5),
            (3, road, 8, 12), (4, road, 2, 6), (5, "双碳", 1, 3), (6, "四个意识", 2, 6),
            (6, "两个维护", 9, 13), (7, "互联网+", 3, 7), (8, "中国制造2025", 2, 10),
            (9, "共建“一带一路”", 0, 8),
        ]  # fmt: skip
        counted = words.count(docs, lexicon=shipped).groupby("term", observed=True)["n"].sum()
        assert counted[road] == 5
        assert counted[farms] == 2
        assert "“一带一路”" not in counted


@settings(max_examples=50, deadline=None)
@given(st.lists(PIECES, max_size=4))
@example(["平安中国建设银行", "建设平安中国建设", "发展\r", "\n发展"])
def test_hits_and_refusals_are_all_matches_and_hits_are_the_counted_words(texts):
    docs, before = docs_of(*texts), None
    for _ in engines():
        hits, refused = formulations.track(docs, lexicon=PHRASES), formulations.refused(docs, lexicon=PHRASES)
        both = pd.concat([hits, refused])
        raw = [
            (f"d{i}", form, found.start())
            for i, text in enumerate(texts)
            for form in lexicon.surfaces(PHRASES)["surface"]
            for found in re.finditer(f"(?={form})", text)
        ]
        assert sorted(both[["doc_id", "term", "start"]].itertuples(index=False, name=None)) == sorted(raw)
        text = both["doc_id"].map(dict(zip(docs["doc_id"], texts, strict=True)))
        assert all(
            t[a:b] == term
            for t, a, b, term in zip(text, both["start"], both["end"], both["term"], strict=True)
        )
        counts = words.count(docs, lexicon=PHRASES)
        counted = counts[counts["term"].isin(both["term"])].groupby("term", observed=True)["n"].sum()
        whole = hits[hits["nested_in"].isna()].groupby("term").size()
        assert counted.to_dict() == whole.to_dict()
        if before is not None:
            pd.testing.assert_frame_equal(hits, before[0])
            pd.testing.assert_frame_equal(refused, before[1])
        before = hits, refused


def test_the_order_of_documents_changes_nothing_but_needs_no_unique_ids():
    docs = docs_of("推动高质量发展", "发展平安中国", "发展")
    pd.testing.assert_frame_equal(
        formulations.track(docs, lexicon=PHRASES), formulations.track(docs.iloc[::-1], lexicon=PHRASES)
    )
    paragraphs = docs.assign(doc_id="a", paragraph=[3, 1, 2])
    hits = formulations.track(paragraphs, lexicon=PHRASES)
    assert hits[["paragraph", "start"]].values.tolist() == [[1, 0], [1, 2], [2, 0], [3, 2], [3, 5]]


def test_what_is_found_is_said_in_numbers(caplog):
    with caplog.at_level(logging.INFO, "toolkit"):
        formulations.track(docs_of("平安中国建设，提高质量发展"), lexicon=PHRASES)
    assert "3 occurrences stand whole, 1 of them within a longer one; 1 refused by the cut" in caplog.text


def test_wrong_input_is_named():
    with pytest.raises(KeyError, match="'text'"):
        formulations.track(pd.DataFrame({"doc_id": ["a"]}), lexicon=PHRASES)
    with pytest.raises(ValueError, match="lexicon is empty"):
        formulations.track(docs_of("发展"), lexicon=pd.DataFrame({"term": [""]}))
    with pytest.raises(TypeError, match="number 0 is int"):
        formulations.track(docs_of(5), lexicon=PHRASES)
    assert len(formulations.track(docs_of(), lexicon=PHRASES)) == 0
    assert len(formulations.refused(docs_of("好"), lexicon=PHRASES)) == 0


def reports():
    with zipfile.ZipFile(REAL / "provincial_reports_2025.zip") as archive:
        for name in sorted(archive.namelist()):
            if name.endswith(".docx"):
                with zipfile.ZipFile(BytesIO(archive.read(name))) as report:
                    xml = report.read("word/document.xml").decode("utf8")
                yield 2025, re.sub("<[^>]+>", "", xml.replace("</w:p>", "\n"))
    for path in sorted((REAL / "provincial_reports_2026").glob("*.csv")):
        yield 2026, path.read_text("utf-8-sig")


@needs_real
def test_guarded_counts_of_the_reports_and_their_difference_from_plain_ones():
    rows = [(f"r{i:02}", year, text) for i, (year, text) in enumerate(reports())]
    docs = pd.DataFrame(rows, columns=["doc_id", "year", "text"])
    mine = pd.DataFrame({"term": ["新质生产力", "共同富裕", "低空经济"]})
    years = docs.set_index("doc_id")["year"]
    hits, refused = formulations.track(docs, lexicon=mine), formulations.refused(docs, lexicon=mine)
    found = hits.groupby(["term", hits["doc_id"].map(years)]).agg(
        n=("start", "size"), docs=("doc_id", "nunique")
    )
    broken = refused.groupby(["term", refused["doc_id"].map(years)]).size()
    plain = {  # times as a plain substring, reports: the facts beside the documents
        ("新质生产力", 2025): (98, 31),
        ("新质生产力", 2026): (122, 31),
        ("共同富裕", 2025): (19, 11),
        ("共同富裕", 2026): (60, 28),
        ("低空经济", 2025): (51, 29),
        ("低空经济", 2026): (39, 22),
    }
    for key, (n, reports_with) in plain.items():
        assert found.at[key, "n"] + broken.get(key, 0) == n, key
        assert found.at[key, "docs"] == reports_with, key
    assert len(refused) == 6


def test_reprints_are_left_out_when_asked():
    text = "会议强调，要发展新质生产力，坚决维护社会大局稳定。"
    docs = pd.DataFrame({"doc_id": ["b", "a"], "text": ["本报讯 " + text, text]})
    mine = pd.DataFrame({"term": ["新质生产力"]})
    assert formulations.track(docs, lexicon=mine)["doc_id"].tolist() == ["a", "b"]
    assert formulations.track(docs, lexicon=mine, duplicates="first")["doc_id"].tolist() == ["a"]

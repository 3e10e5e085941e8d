"""Does a search show every place, with what stands around it and beside it?"""

import logging
import re

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit import formulations, search

DOCS = pd.DataFrame(
    {
        "doc_id": ["a", "b", "c"],
        "text": ["加快建设平安中国。\n平安浙江建设。", None, "不断提高质量发展，推动高质量发展"],
        "year": pd.array([2020, 2021, None], "Int64"),
        "match": ["x", "y", "z"],
    }
)


def test_a_term_with_its_surroundings_and_metadata():
    found = search.kwic(DOCS, pattern="平安", width=4)
    assert list(found.columns) == ["doc_id", "start", "left", "match", "right", "year"]
    assert found.values.tolist() == [
        ["a", 4, "加快建设", "平安", "中国。 ", 2020],
        ["a", 10, "中国。 ", "平安", "浙江建设", 2020],
    ]


def test_a_term_is_no_regular_expression_and_a_compiled_one_is():
    docs = pd.DataFrame({"doc_id": ["a"], "text": ["增长6.5%，又6x5%"]})
    assert search.kwic(docs, pattern="6.5%")["start"].tolist() == [2]
    assert search.kwic(docs, pattern=re.compile("6.5%"))["start"].tolist() == [2, 8]
    assert len(search.kwic(docs, pattern=re.compile("z*"))) == 0


def test_hits_are_shown_where_the_cut_has_them():
    mine = pd.DataFrame({"term": ["高质量发展"]})
    assert search.kwic(DOCS, pattern="高质量发展")["start"].tolist() == [3, 11]
    guarded = search.kwic(DOCS, pattern=formulations.track(DOCS, lexicon=mine), width=2)
    assert guarded[["left", "match", "right"]].values.tolist() == [["推动", "高质量发展", ""]]


def test_paragraphs_of_one_document_are_told_apart():
    docs = pd.DataFrame({"doc_id": "a", "paragraph": [2, 1], "text": ["平安中国", "发展"]}, index=[5, 5])
    hits = formulations.track(docs, lexicon=pd.DataFrame({"term": ["发展", "平安中国"]}))
    found = search.kwic(docs, pattern=hits)
    assert found[["match", "paragraph"]].values.tolist() == [["平安中国", 2], ["发展", 1]]
    with pytest.raises(ValueError, match="several rows of one doc_id"):
        search.kwic(docs.drop(columns="paragraph"), pattern=hits)


def test_the_first_places_only_and_that_there_are_more(caplog):
    with caplog.at_level(logging.INFO, "toolkit"):
        assert len(search.kwic(DOCS, pattern="发展", most=1)) == 1
    assert "2 places in 1 rows; the first 1 are given" in caplog.text


def test_nothing_found_is_an_empty_frame_of_the_same_form():
    for pattern in ("没有的词", re.compile("没有"), DOCS.assign(start=0, end=1).iloc[:0]):
        found = search.kwic(DOCS, pattern=pattern)
        assert len(found) == 0
        assert list(found.columns) == ["doc_id", "start", "left", "match", "right", "year"]


def test_wrong_input_is_named():
    with pytest.raises(ValueError, match="pattern is empty"):
        search.kwic(DOCS, pattern="")
    with pytest.raises(TypeError, match="not int"):
        search.kwic(DOCS, pattern=5)
    with pytest.raises(ValueError, match="width=-1 is too small"):
        search.kwic(DOCS, pattern="平安", width=-1)
    with pytest.raises(ValueError, match="1 hits name documents that docs does not hold"):
        search.kwic(DOCS, pattern=pd.DataFrame({"doc_id": ["q"], "start": [0], "end": [1]}))


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.text("平安中国\n。a.", max_size=12), max_size=4), st.text("平安.a", min_size=1, max_size=2)
)
def test_places_are_those_of_a_plain_loop(texts, term):
    docs = pd.DataFrame({"doc_id": range(len(texts)), "text": pd.Series(texts, dtype="str")})
    expected = [
        (i, one.start()) for i, text in enumerate(texts) for one in re.finditer(re.escape(term), text)
    ]
    found = search.kwic(docs, pattern=term)
    assert found[["doc_id", "start"]].values.tolist() == [list(one) for one in expected]
    assert found["match"].eq(term).all()


def test_reprints_are_left_out_when_asked():
    text = "会议强调，要统筹发展和安全，坚决维护社会大局稳定。"
    docs = pd.DataFrame({"doc_id": ["b", "a"], "text": ["本报讯 " + text, text]})
    assert search.kwic(docs, pattern="安全")["doc_id"].tolist() == ["b", "a"]
    assert search.kwic(docs, pattern="安全", duplicates="first")["doc_id"].tolist() == ["a"]
    hits = pd.DataFrame({"doc_id": ["b", "a"], "start": [15, 11], "end": [17, 13]})
    assert search.kwic(docs, pattern=hits, duplicates="first")[["doc_id", "match"]].values.tolist() == [
        ["a", "安全"]
    ]
    with pytest.raises(ValueError, match="choose one of: all, first"):
        search.kwic(docs, pattern="安全", duplicates="last")


def test_texts_that_are_none_are_said_and_missing_ones_hold_nothing():
    with pytest.raises(TypeError, match="holds a text that is none: 5"):
        search.kwic(
            pd.DataFrame({"doc_id": ["a", "b"], "text": pd.Series(["平安", 5], dtype=object)}), pattern="平安"
        )
    assert search.kwic(pd.DataFrame({"doc_id": ["a"], "text": [float("nan")]}), pattern="平安").empty

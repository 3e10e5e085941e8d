import unicodedata
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit import clean

REAL = Path(__file__).parents[1].parent / "shared" / "real"


@pytest.mark.parametrize(
    ("given_text", "wanted"),
    [
        ("２０１９年３月５日", "2019年3月5日"),
        ("ＧＤＰ增长５．２％", "GDP增长5.2%"),
        ("<U+00A0><U+00A0>各位代表：<U+200D>", "  各位代表："),
        ("\u3000\u3000平安\u00a0浙江\u200b", "  平安 浙江"),
        ("，。；：？！“”‘’（）《》〔〕【】…—［27］", "，。；：？！“”‘’（）《》〔〕【】…—［27］"),
        ("①㎡℃½", "①㎡℃½"),
        ("⼈⺠", "人民"),
        ("甲\r\n乙\u2028丙\x0b丁", "甲\n乙\n丙\n丁"),
        ("<U+FFFFFF><U+D800>", ""),
    ],
)
def test_one_form_for_what_looks_the_same(given_text, wanted):
    assert clean.normalise(given_text) == wanted


@given(st.text())
def test_normalising_again_changes_nothing(text):
    once = clean.normalise(text)
    assert clean.normalise(once) == once
    assert unicodedata.is_normalized("NFC", once)


@given(st.text(alphabet="平安浙江，。“”0123456789aZ \n"))
def test_plain_text_is_left_alone(text):
    assert clean.normalise(text) == text


def speakers(text, **more):
    docs = pd.DataFrame({"doc_id": ["a"], "text": [text], **more})
    return clean.paragraphs(docs)["speaker"].tolist()


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("王小平强调，要抓落实。", ["王小平"]),
        ("会议指出，形势向好。\n要看到问题。\n会议强调，防风险。", ["会议"] * 3),
        ("省委书记、省人大常委会主任李长江出席会议并讲话。他强调，要守住底线。", ["李长江"]),
        ("省长王小平传达讲话精神，副省长李长江作说明。", ["王小平、李长江"]),
        ("王小平指出，好。\n李长江主持会议时要求，快。\n要加快。", ["王小平", "李长江", "李长江"]),
        ("自治区主席艾尔肯·吐尼亚孜表示，要团结。", ["艾尔肯·吐尼亚孜"]),
        ("全省生产总值增长百分之五。", [pd.NA]),
    ],
)
def test_paragraphs_know_who_speaks(text, wanted):
    assert [None if pd.isna(who) else who for who in speakers(text)] == [
        None if pd.isna(who) else who for who in wanted
    ]


def test_paragraphs_keep_the_other_columns_and_the_order():
    docs = pd.DataFrame({"doc_id": ["b", "a"], "text": ["一。\n\n二。", "三。"], "province": ["33", None]})
    out = clean.paragraphs(docs)
    assert out[["doc_id", "paragraph", "text"]].values.tolist() == [
        ["b", 1, "一。"], ["b", 2, "二。"], ["a", 1, "三。"]
    ]  # fmt: skip
    assert out["province"].tolist()[:2] == ["33", "33"]
    assert list(docs.columns) == ["doc_id", "text", "province"]


def test_paragraphs_of_nothing():
    assert len(clean.paragraphs(pd.DataFrame({"doc_id": ["a"], "text": [None]}))) == 0
    with pytest.raises(KeyError, match="docs has no column 'text'"):
        clean.paragraphs(pd.DataFrame({"doc_id": []}))


STORY = (
    "会议强调，要统筹发展和安全，坚决维护社会大局稳定，扎实推进更高水平的平安建设，不断增强人民群众获得感。"
)
OTHER = "春茶开采，山上的人天不亮就出门，背着竹篓沿着石阶往上走，雾气里只听见说笑声和鸟叫，太阳出来才散开。"


def test_reprints_are_told_whatever_their_headline():
    docs = pd.DataFrame(
        {
            "doc_id": ["late", "early", "else", "part"],
            "text": ["本报讯（记者张三丰）" + STORY + OTHER, STORY + OTHER, OTHER[::-1], STORY],
            "date": ["2020-01-03", "2020-01-02", "2020-01-01", None],
        }
    )
    out = clean.duplicates(docs)
    assert out[["source_id", "target_id"]].values.tolist() == [
        ["early", "late"],
        ["early", "part"],
        ["late", "part"],
    ]
    assert (out["contained"] == 1).all()
    assert out["overlap"].between(0, 1).all()
    swapped = clean.duplicates(docs.iloc[::-1])
    pd.testing.assert_frame_equal(out, swapped)


def test_overlap_is_the_share_of_runs_counted_by_hand():
    docs = pd.DataFrame({"doc_id": ["a", "b"], "text": ["一二三四五六七八九十", "一二三四五六七八九百"]})
    out = clean.duplicates(docs, least=0.01, k=8)
    assert out[["overlap", "contained", "covered"]].values.tolist() == [[2 / 4, 2 / 3, 2 / 3]]


def test_no_text_no_reprint():
    assert clean.duplicates(pd.DataFrame({"doc_id": ["a", "b"], "text": [None, "短"]})).empty
    with pytest.raises(ValueError, match="least=0 is too small"):
        clean.duplicates(pd.DataFrame({"doc_id": ["a"], "text": ["短"]}), least=0)


def test_the_first_of_each_text_is_kept_and_the_rest_counted(caplog):
    docs = pd.DataFrame(
        {
            "doc_id": ["undated", "b", "a", "longer", "short"],
            "text": [STORY, STORY, STORY, STORY + OTHER + OTHER[::-1], STORY[:30]],
            "date": [None, "2020-01-02", "2020-01-02", "2020-01-03", "2020-01-01"],
        }
    )
    with caplog.at_level("INFO"):
        kept = clean.first(docs)
    assert kept["doc_id"].tolist() == ["longer", "short"]  # most of a, b and undated stands in short
    assert "3 of 5 documents" in caplog.text
    assert clean.first(docs.iloc[:3])["doc_id"].tolist() == ["a"]  # the same day: by the doc_id
    assert clean.first(docs.iloc[[3, 0, 1]])["doc_id"].tolist() == ["longer", "b"]
    assert clean.first(docs, least=0.99)["doc_id"].tolist() == ["a", "longer", "short"]
    pairs = clean.duplicates(docs)
    pd.testing.assert_frame_equal(clean.first(docs, pairs=pairs), kept)
    assert sorted(clean.first(docs.iloc[::-1])["doc_id"]) == sorted(kept["doc_id"])


def test_the_first_of_documents_that_stand_in_paragraphs():
    docs = pd.DataFrame(
        {"doc_id": ["a", "b"], "text": [STORY + "\n" + OTHER, "短。\n" + STORY + "\n" + OTHER]}
    )
    parted = clean.paragraphs(docs)
    assert clean.first(parted)[["doc_id", "paragraph"]].values.tolist() == [["a", 1], ["a", 2]]


@pytest.mark.skipif(not REAL.is_dir(), reason="the real documents are not on this machine")
def test_two_copies_of_a_report_are_one_reprint():
    from toolkit import load

    docs, _ = load.folder(REAL / "central_reports")
    pairs = clean.duplicates(docs)
    pages = docs.loc[docs["path"].str.startswith("gb18030_pages/"), "doc_id"]
    found = pairs[pairs["target_id"].isin(pages) | pairs["source_id"].isin(pages)]
    assert (found["contained"] > 0.9).sum() == len(pages)


def test_hundreds_of_copies_leave_the_first():
    text = "会议强调，要统筹发展和安全，坚决维护社会大局稳定。"
    docs = pd.DataFrame({"doc_id": [f"{n:03}" for n in range(250)], "text": text})
    docs["date"] = [f"2021-01-{n % 28 + 1:02}" for n in range(250)]
    docs.loc[249, "date"] = "2020-12-31"
    assert clean.first(docs)["doc_id"].tolist() == ["249"]
    assert clean.duplicates(docs)["source_id"].unique().tolist() == ["249"]

"""Is a lexicon read whatever its file looks like, is its key its content, does check find what breaks?"""

import logging

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit import lexicon, words

HEAD = "term,variants,canonical,theme,date,occasion,source,examples"


@pytest.fixture
def write(tmp_path):
    def write(text, encoding="utf8"):
        path = tmp_path / "mine.csv"
        path.write_bytes(text.encode(encoding))
        return path

    return write


@pytest.mark.parametrize("encoding", ["utf8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_any_encoding_and_line_end(write, encoding, end):
    path = write(end.join([HEAD, "枫桥经验,“枫桥经验”|枫桥 经验,,,,,,坚持枫桥经验", ""]), encoding)
    entry = lexicon.read(path).iloc[0]
    assert entry["term"] == entry["canonical"] == "枫桥经验"
    assert entry["variants"] == "“枫桥经验”|枫桥经验"
    assert entry["examples"] == "坚持枫桥经验"


def test_disorder_is_put_right_and_said(write, caplog):
    rows = [
        "Term , variants",
        '" 平安 中国 ",',
        ",x",
        "  ,",
        "平安中国,又",
        "中国梦,中國夢｜ 中国之梦 |",
        "“四个意识”,",
    ]
    path = write("\n".join([*rows, "発展,", '"Belt and Road",', ""]))
    with caplog.at_level(logging.WARNING, "toolkit"):
        found = lexicon.read(path)
    assert found["term"].tolist() == ["平安中国", "中国梦", "“四个意识”", "発展", "Belt and Road"]
    assert found["variants"].tolist() == ["", "中國夢|中国之梦", "", "", ""]
    assert "left out 2 rows without a term and 1 repeated terms (平安中国); 5 stay" in caplog.text
    assert "1 terms stand in quotes" in caplog.text
    assert "1 terms hold characters outside GB 2312" in caplog.text


@pytest.mark.parametrize(
    ("text", "error", "says"),
    [
        ("", ValueError, "not a CSV"),
        ("term\n", ValueError, "is empty"),
        ("term\n ,\n", ValueError, "longer than its header"),
        ("phrase\n平安中国\n", KeyError, "has no column 'term'; it has: phrase"),
    ],
)
def test_what_is_no_lexicon_is_said_so(write, text, error, says):
    with pytest.raises(error, match=says):
        lexicon.read(write(text))


def test_a_file_that_is_absent_or_of_no_encoding(write, tmp_path):
    with pytest.raises(FileNotFoundError, match=r"does not exist; .* holds"):
        lexicon.read(tmp_path / "absent.csv")
    path = write("")
    path.write_bytes(b"term\n\xff\xff\xff\n")
    with pytest.raises(ValueError, match="not UTF-8, GB18030 or UTF-16"):
        lexicon.read(path)


def test_the_shipped_lexicon_is_whole():
    shipped = lexicon.read()
    assert len(shipped) >= 250
    assert list(shipped.columns[:8]) == lexicon.COLUMNS
    assert shipped["term"].is_unique
    assert shipped["canonical"].isin(shipped["term"]).all()
    assert lexicon.surfaces(shipped)["surface"].is_unique


def test_a_form_belongs_to_its_own_entry():
    mine = pd.DataFrame({"term": ["枫桥经验", "新时代枫桥经验"], "variants": ["新时代枫桥经验|旧|", "旧"]})
    found = lexicon.surfaces(mine).set_index("surface")["term"].to_dict()
    assert found == {"枫桥经验": "枫桥经验", "新时代枫桥经验": "新时代枫桥经验", "旧": "枫桥经验"}
    assert len(lexicon.surfaces(None)) == 0


@settings(max_examples=50, deadline=None)
@given(st.lists(st.text("平安中国建设", min_size=1, max_size=4), unique=True, min_size=1), st.randoms())
def test_the_key_is_what_is_found(terms, shuffler):
    mine = pd.DataFrame({"term": terms})
    shuffled = terms[:]
    shuffler.shuffle(shuffled)
    assert lexicon.key(pd.DataFrame({"term": shuffled, "theme": "x"})) == lexicon.key(mine)
    assert lexicon.key(pd.DataFrame({"term": [*terms, "又一个"]})) != lexicon.key(mine)
    assert lexicon.key(mine.assign(canonical="又一个")) != lexicon.key(mine)
    assert len(lexicon.key(mine)) == 10


def test_check_says_which_forms_break_and_why():
    mine = pd.DataFrame(
        {
            "term": ["高质量发展", "枫桥经验", "新发展理念"],
            "variants": ["", "“枫桥经验”", ""],
            "examples": ["提高质量发展|推动高质量发展", "坚持“枫桥经验”", "以新发展理念引领，贯彻新发展理念"],
        }
    )
    found = lexicon.check(mine).set_index(["surface", "context"])
    assert found.loc[("高质量发展", "提高质量发展"), ["survives", "cut", "why"]].tolist() == [
        False,
        "提高质量/发展",
        "its start falls into 提高质量, a word of the dictionary",
    ]
    assert found.loc[("新发展理念", "以新发展理念引领，贯彻新发展理念"), "survives"]
    assert found.groupby("surface")["survives"].sum().to_dict() == {
        "高质量发展": 1,
        "枫桥经验": 1,
        "“枫桥经验”": 1,
        "新发展理念": 1,
    }
    alone = lexicon.check(pd.DataFrame({"term": ["中国梦"]}))
    assert alone[["context", "survives", "why"]].values.tolist() == [["中国梦", True, lexicon.ALONE]]


def test_check_says_which_form_takes_the_places_of_another():
    """In quotes beside bare, of one row or of two; what has no bare form, or no whole quotes, may stay."""
    mine = pd.DataFrame(
        {
            "term": "一带一路 “四个意识” 四个意识 三贴近 “两山论” 新时代“枫桥经验” 枫桥经验".split(),
            "variants": ["“一带一路”|「一带一路」", "", "", "‘三贴近’|《三贴近》", "", "", ""],
            "examples": ["共谈“一带一路”|一带一路", *[""] * 6],
        }
    )
    found = lexicon.check(mine)
    told = found[found["why"].str.contains("leave it out")]
    assert told["surface"].tolist() == ["‘三贴近’", "“一带一路”", "“四个意识”", "《三贴近》", "「一带一路」"]
    assert told["survives"].all()
    assert told["why"].iloc[1] == lexicon.TAKES.format("一带一路")
    assert set(found.loc[~found.index.isin(told.index), "why"]) == {"", lexicon.ALONE}


def test_no_shipped_form_is_another_in_quotes():
    """Else a count of 一带一路 would lose the many places where it stands in quotes."""
    assert not lexicon.check(lexicon.read())["why"].str.contains("leave it out").any()


def test_check_and_cut_agree_on_the_shipped_lexicon():
    shipped = lexicon.read()
    found = lexicon.check(shipped).sample(60, random_state=1)
    for row in found.itertuples():
        one = pd.DataFrame({"term": [row.surface]})
        assert (row.surface in words.cut(row.context, lexicon=one)) == row.survives, row


def test_plans_that_jieba_cuts_into_numbers_are_counted_as_words():
    docs = pd.DataFrame({"text": ["回看十三五，“十四五”收官，谋划“十五五”开局；‘十五五’规划之后是十六五"]})
    counts = words.count(docs.assign(doc_id="a"), lexicon=lexicon.read(), drop=["numbers", "punctuation"])
    plans = counts[counts["term"].str.contains("十")].set_index("term")["n"].to_dict()
    assert plans == {"十三五": 1, "十四五": 1, "十五五": 2, "十六五": 1}


@pytest.mark.parametrize(
    "text",
    "一百一十五五元 三十五五点 二十三五月 六十五五层楼 第三十五五次 正月十五五谷丰登 十五五点半 十三五行诗 "
    "十五五六岁 十六五成 十三五个 二百一十三五成 三十六五 二十五五规划".split(),
)
def test_a_plan_is_not_seen_in_a_longer_number(text):
    plans = {"十三五", "十五五", "十六五"}
    assert any(plan in text for plan in plans)
    assert not plans & {*words.cut(text, lexicon=lexicon.read())}


@pytest.mark.parametrize(
    "content",
    [
        "term\n百花齐放,推陈出新\n",
        "term,variants\n平安建设,a,b\n中国梦,c,d\n",
        "term,variants\n平安建设,a,b,c\n平安中国\n",
    ],
)
def test_a_row_longer_than_the_header_is_no_silent_shift(tmp_path, content):
    (tmp_path / "mine.csv").write_text(content, "utf8")
    with pytest.raises(ValueError, match=r"mine\.csv (has a row longer|is not a CSV)"):
        lexicon.read(tmp_path / "mine.csv")


def test_odd_lexicons_are_said_in_words(tmp_path):
    (tmp_path / "two.csv").write_text("term,Term\na,b\n", "utf8")
    with pytest.raises(ValueError, match=r"more than one column .term."):
        lexicon.read(tmp_path / "two.csv")
    (tmp_path / "bar.csv").write_text("term\n平安|法治\n", "utf8")
    with pytest.raises(ValueError, match="put one form into term"):
        lexicon.read(tmp_path / "bar.csv")
    with pytest.raises(ValueError, match="is a folder"):
        lexicon.read(tmp_path)
    with pytest.raises(ValueError, match="line break"):
        lexicon.surfaces(pd.DataFrame({"term": ["平安\r\n建设"]}))
    with pytest.raises(TypeError, match="DataFrame"):
        lexicon.check(["平安"])

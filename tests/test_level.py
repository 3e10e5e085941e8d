"""At what level does a document speak, where only the short name of a county or its meeting tells it?"""

import pytest

from toolkit import load
from toolkit.load import _known, _place

LONG = "会议强调，要坚持以人民为中心，把平安建设各项措施落到实处，确保社会大局持续稳定。" * 3


def told(body, title=""):
    found = _place.resolve(body, title=title)
    return found["province"], found["level"], found["prefecture"]


@pytest.mark.parametrize(
    ("title", "body", "speaker"),
    [
        # a county opens the text by its short name, before an organ or what it does
        ("庄河召开推进会", "本报讯 7月5日，庄河召开推进会，大连市委派人出席。", ("21", "county", "大连")),
        ("乐清警方破案", "浙江日报讯（记者 张三丰）近日，乐清警方破获一起诈骗案。", ("33", "county", "温州")),
        ("苏州昆山法院发布白皮书", "苏州昆山法院发布白皮书。", ("32", "county", "苏州")),
        ("福建晋江一男子抢夺手镯", "6月26日上午，记者从晋江市公安局获悉此事。", ("35", "county", "泉州")),
        ("", "近日，福建晋江一男子抢夺手镯，被晋江市公安局查获。", ("35", "county", "泉州")),
        # one that is a city with counties, or is only visited, is none
        ("朝阳召开大会", "辽宁省朝阳市召开大会。", ("21", "prefecture", "朝阳")),
        ("省高院来乐清法院调研", "浙江省高级人民法院院长来乐清法院调研。", ("33", "province", None)),
        # whose congress it is that met
        ("", "2014年2月10日，在白水县第十七届人大三次会议上，全省的代表听取了报告。", ("61", "county", None)),
        ("", "在咸阳市第八届人大三次会议上，全省的代表听取了报告。", ("61", "prefecture", None)),
        # 市委 where no city but that of a county is named, unless it is where somebody goes
        ("市委常委会召开", "市委常委会召开，听取关于舞钢市计划的报告。" + LONG, ("41", "county", "平顶山")),
        ("市委常委会召开", "市委书记到舞钢市、听取平顶山市汇报。" + LONG, ("41", "prefecture", "平顶山")),
        ("市委书记调研", "市委书记到舞钢市调研，听取舞钢市汇报。" + LONG, ("41", "prefecture", "平顶山")),
        (
            "市政府召开会议",
            "市政府召开会议，学习舞钢市经验，全市落实。" + LONG,
            ("41", "prefecture", "平顶山"),
        ),
        ("市委书记调研", "市委书记到舞钢市调研。" + LONG, ("41", "prefecture", None)),
    ],
)
def test_the_level_of_a_county_by_its_short_name(title, body, speaker):
    assert told(body, title) == speaker


def test_a_county_is_known_in_its_own_province_alone():
    assert _known.county("11", "朝阳召开大会") == "11"  # a district of Beijing, a city of Liaoning
    assert _known.county("21", "朝阳召开大会") == ""
    assert _known.county("32", "鼓楼法院召开大会") == "32"  # of two cities
    assert _known.county("21", "庄河的天空") == ""  # nobody acts
    assert _known.county("23", "富裕启动新的引擎") == ""  # a county of Qiqihar, and a word
    assert _known.county("45", "资源推进整合") == ""
    assert _known.county("99", "庄河召开大会") == ""


def test_the_paper_whose_reporter_asks_tells_the_province():
    asked = "11月15日，三门峡日报记者从组委会获悉，阿尔金山展区布展完成，来自新疆。" + LONG
    assert told(asked)[0] == "41"
    assert told(asked.replace("三门峡日报记者", "记者"))[0] is None
    assert told(asked.replace("三门峡日报", "北京日报"))[0] is None  # it asks everywhere


def test_a_county_in_the_source_alone_is_the_level():
    found = _place.resolve(
        "现将有关事项通知如下。" + LONG, title="关于防火的通知", head="来源：轮台县人民政府办公室"
    )
    assert (found["province"], found["level"]) == ("65", "county")
    both = "来源：新疆维吾尔自治区人民政府 轮台县"
    found = _place.resolve("现将有关事项通知如下。" + LONG, title="关于防火的通知", head=both)
    assert (found["province"], found["level"]) == ("65", "province")


def test_a_city_s_paper_that_tells_of_a_county_is_the_city_s():
    told_of = "市委常委会召开，会上通报了义乌市的做法。" + LONG
    found = _place.resolve(told_of, title="市委常委会召开", head="来源：金华日报")
    assert (found["level"], found["prefecture"]) == ("prefecture", "金华")


def test_a_court_that_speaks_of_itself_and_its_guests():
    assert told(f"按照区委要求，金坛法院召开动员会。{LONG}")[:2] == ("32", "county")
    assert told(f"按照要求，全国法院和金坛法院召开动员会。{LONG}")[0] is None
    assert told(f"2018年8月22日，我院召开党组会议，传达海珠区的部署。{LONG}")[0] == "44"
    assert told(f"按照区委要求，金坛法院的要求是这样的。{LONG}")[0] is None
    guests = "近日，果洛藏族自治州人民检察院检察长朱正军一行来我院交流座谈。我院党组书记介绍了虹口区情。"
    assert told(f"{guests}双方与果洛州交流。{LONG}")[0] != "63"


def read(tmp_path, text):
    (tmp_path / "1.txt").write_text(text, "utf8")
    return load.folder(tmp_path, jobs=1)[0]


def test_the_day_that_ends_a_record_parts_it_from_the_next(tmp_path):
    one = f"某县修好井台\n　11月15日，井台已经修好。{LONG}\n　　{LONG}\n　　{LONG}\n　　井台用石头、"
    two = f"我县召开渡口会议\n11月16日，我县召开渡口会议。{LONG}\n　　{LONG}"
    docs = read(tmp_path, f"{one}砖头\n20181115\n\n{two}\n20181116")
    assert docs["title"].tolist() == ["某县修好井台", "我县召开渡口会议"]
    assert not docs["text"].str.contains("2018").any()
    assert len(read(tmp_path, f"{one}砖头\n\n{two}")) == 1  # nothing parts them


def test_a_label_over_each_text_parts_a_file_of_records(tmp_path):
    texts = [f"某县修好第{n}口井\n第{n}口井修好了。{LONG}" for n in (1, 2)]
    docs = read(tmp_path, "\n\n".join(f"新闻内容：\n{text}" for text in texts))
    assert docs["title"].tolist() == ["某县修好第1口井", "某县修好第2口井"]
    once = read(tmp_path, f"新闻内容：\n{texts[0]}")
    assert once["title"].tolist() == ["某县修好第1口井"]


def test_links_below_the_reporter_s_name_and_addresses_of_pictures_are_furniture(tmp_path):
    links = "\n".join(f"·某县{what}" for what in ("侦破一起大案", "修好井台", "召开会议", "开课"))
    docs = read(tmp_path, f"某县修好井台\n{LONG}（记者张三丰）\n{links}")
    assert docs["text"].item() == LONG
    listed = read(tmp_path, f"某县修好井台\n{LONG}\n{links}")  # they may be what the text lists
    assert "·某县修好井台" in listed["text"].item()
    shown = "https://img.example.com/0/640?wx_fmt=png " * 2
    assert read(tmp_path, f"某县通告\n{shown}为严格规范，{LONG}")["text"].item() == f"为严格规范，{LONG}"


def test_the_address_of_a_page_is_no_title(tmp_path):
    docs = read(tmp_path, f"http://epaper.example.cn/pad/202003/09/c1.html\n本报讯（记者张三丰）{LONG}")
    assert docs["title"].isna().all()


def test_a_signature_that_blanks_alone_set_apart_is_one(tmp_path):
    blanks = " " * 40
    text = (
        f"某市公安局通告\n发表于 2017-2-11 11:37:39\n{LONG}特此通告{blanks}某市公安局{blanks}2017年1月1日\n"
    )
    assert read(tmp_path, text)["date"].item() == "2017-01-01"
    assert read(tmp_path, text.replace(blanks, ""))["date"].item() == "2017-02-11"

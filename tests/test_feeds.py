"""Feeds, records and dumps: a text column of another name, escaped tags, labels, briefs of a wire."""

import json

import pytest

from toolkit import load
from toolkit.load import _dates, _place

BODY = "会议强调，要坚持以人民为中心，把平安建设各项措施落到实处，确保社会大局持续稳定。" * 3


def read(tmp_path, text, name="1.txt"):
    content = text if isinstance(text, str) else json.dumps(text, ensure_ascii=False)
    (tmp_path / name).write_text(content, "utf8")
    return load.folder(tmp_path)


@pytest.mark.parametrize(
    ("record", "name", "told"),
    [
        ({"title": "某会召开", "nccontent": BODY, "url": "http://a.cn"}, "nccontent", False),
        ({"title": "某会召开", "value": BODY, "note": "短"}, "value", True),
        (
            {
                "title": "某会召开",
                "summary": "短讯一则，会议要求各地落实责任，抓好安全生产，确保群众平安过节，社会稳定。",
            },
            "summary",
            True,
        ),
        ({"title": "某会召开", "summary": "短讯一则。", "paragraph_x": BODY}, "paragraph_x", True),
        ({"title": "某会召开", "summary": BODY, "body": ""}, "summary", True),  # the usual column is empty
    ],
)
def test_a_text_column_of_another_name_is_read_and_told(tmp_path, record, name, told):
    docs, audit = read(tmp_path, record, "1.json")
    assert docs["text"][0] == record[name]
    assert docs["title"][0] == "某会召开"
    assert audit["status"][0] == "read"
    said = f"the text is column {name!r}, since none of a usual name holds any; text= names another"
    assert audit["warnings"][0] == (said if told else "")  # nccontent ends as usual


@pytest.mark.parametrize(
    ("name", "title"), [("notice_name", "某会召开"), ("newsTitle", "某会召开"), ("site_name", None)]
)
def test_a_column_of_titles_may_say_of_what(tmp_path, name, title):
    docs, _ = read(tmp_path, {name: "某会召开", "notice_describe": BODY, "content": BODY}, "1.json")
    assert docs["title"].fillna("").tolist() == [title or ""]


def test_a_table_of_two_texts_or_of_none_is_left_out_and_says_what_to_do(tmp_path):
    rows = [{"id": n, "note": f"本数据仅供研究使用，不得转载。{BODY}"} for n in range(5)]
    two = {"one": BODY, "two": BODY[3:], "description": "来自网友。"}
    for record in (two, rows, {"name": "某省", "number": "12", "note": "说明文字"}):
        docs, audit = read(tmp_path, record, "1.json")
        assert docs.empty
        assert audit["status"].tolist() == ["left out"]
        assert "give text= one of" in audit["warnings"][0]
    docs, _ = load.folder(tmp_path, text="note")
    assert docs["text"].tolist() == ["说明文字"]
    docs, audit = read(tmp_path, {"title": "某会召开", "content": "", "related": BODY}, "1.json")
    assert docs.empty  # the text is empty; what it relates to is none
    assert audit["warnings"].tolist() == ["there is no text"]


def test_paragraphs_in_a_list_stay_paragraphs(tmp_path):
    lines = ["3月1日，某县开展调研。", "要求落实到位。"]
    record = {"ctime": "20220303 11:37:46", "tags": ["水", "土"], "related": [{"content": lines}]}
    record["related"][0]["publish_time"] = "20220303 09:43:00"
    docs, _ = read(tmp_path, record, "1.json")
    assert docs["text"][0] == "\n".join(lines)
    assert docs["date"][0] == "2022-03-03"
    nested = {"sentences": [["某县开展活动"], [BODY, "取得成效。"]], "corrections": [[[]]], "doc_id": "7"}
    docs, _ = read(tmp_path, nested, "1.json")
    assert docs["text"][0].endswith(f"{BODY}取得成效。")
    assert docs["doc_id"].tolist() == ["1.json#1"]


@pytest.mark.parametrize(
    "text",
    [
        f"&lt;p&gt;{BODY}&lt;/p&gt;&lt;p class=&quot;a&quot;&gt;会议要求落实。&lt;/p&gt;",
        f"<description><![CDATA[<p>{BODY}</p><p>会议要求落实。</p>]]></description>",
    ],
)
def test_tags_that_are_escaped_are_tags(tmp_path, text):
    docs, _ = read(tmp_path, {"title": "某会召开", "content": text}, "1.json")
    assert docs["text"][0] == f"{BODY}\n会议要求落实。"


@pytest.mark.parametrize(
    "said", ["&lt;h1&gt; 与 &lt;/h1&gt; 是标题", "<item> 是一项，<description> 是说明", "a[b[0]]>1"]
)
def test_what_speaks_of_tags_keeps_them(tmp_path, said):
    docs, _ = read(tmp_path, {"title": "怎样写网页", "content": f"{BODY}网页里的 {said}。"}, "1.json")
    assert said in docs["text"][0]


def test_labels_at_the_beginning_are_fields(tmp_path):
    head = "src : 某某新闻\ntitle : 侯某任职\ntime : 2017-11-30 11:43\n"
    for text in (f"{head}content : {BODY}", f"{head}\n{BODY}", f"{head}{BODY}"):
        docs, _ = read(tmp_path, text)
        assert docs.loc[0, ["title", "date", "text"]].tolist() == ["侯某任职", "2017-11-30", BODY]
    for kept in ("A类企业：免检。\nB类企业：抽检。", "Q1：为何？\nA1：因为。", "Note: 上午九时\nTime: 某地"):
        docs, audit = read(tmp_path, {"content": f"{kept}\n{BODY}"}, "2.json")
        everything = "".join(docs.loc[docs["path"] == "2.json", "text"]) + "".join(
            audit["removed"].fillna("")
        )
        assert all(line in everything for line in kept.split("\n")[:1])
    (tmp_path / "2.json").unlink()
    docs, audit = read(tmp_path, f"---\n时间：上午九时\n{BODY}\n---\n{BODY}")
    assert "上午九时" in "".join([*docs["text"], *docs["title"].fillna(""), *audit["removed"].fillna("")])
    docs, _ = read(tmp_path, f"---\n说明\n---\n{BODY}")
    assert "说明" in docs["text"][0] or docs["title"][0] == "说明"


def test_the_paper_and_page_at_the_end_date_a_text(tmp_path):
    docs, audit = read(tmp_path, f"惠企政策落地\n{BODY}\n　　《 某某日报 》（ 2020年08月25日 07 版）")
    assert docs.loc[0, ["date", "text"]].tolist() == ["2020-08-25", BODY]
    assert "某某日报" in audit["removed"][0]
    docs, _ = read(tmp_path, f"惠企政策落地\n{BODY}据《某某日报》（2020年08月25日）报道，此事属实。")
    assert docs["text"][0].endswith("此事属实。")


def test_a_last_line_of_names_is_who_wrote(tmp_path):
    docs, _ = read(tmp_path, f"某会召开\n{BODY}\n会议要求落实。\n江剑平 张林霞 霍晓 薛文安")
    assert docs["text"][0].endswith("会议要求落实。")
    for ends in (
        "会议要求落实。\n高安 奋进新征程",
        "下列县受到表扬。\n高安 安平 孟津",
        "任命下列同志。\n王建国 李卫东",
    ):
        docs, _ = read(tmp_path, f"某会召开\n{BODY}\n{ends}")
        assert docs["text"][0].endswith(ends.split("\n")[1])


def test_briefs_of_a_wire_are_parted(tmp_path):
    one = "本报福州1月1日电(记者高建进)元旦零时,连江与马祖之间焰火绽放,两岸民众同迎新年的到来,共同祈福。"
    two = "本报西宁1月1日电(记者刘鹏)今天上午,近万名市民参加了西宁地区第三十九届元旦环城赛。"
    docs, _ = read(tmp_path, f"福建 海峡两岸焰火庆新年\n{one}\n西宁 举办万人元旦环城赛\n{two}")
    assert docs["province"].tolist() == ["35", "63"]
    quoted = f"{one}{BODY}\n本报西宁1月1日电(记者刘鹏)的报道这样写道，值得深思。"
    docs, _ = read(tmp_path, f"福建 海峡两岸焰火庆新年\n{quoted}")
    assert len(docs) == 1


@pytest.mark.parametrize(
    ("title", "body", "code"),
    [
        (
            "国家卫生健康委通报最新疫情",
            "国家卫生健康委今天通报，31个省（自治区、直辖市）和新疆生产建设兵团报告新增病例。",
            "00",
        ),
        (
            "国家能源局综合司关于某事的通知",
            "各省（自治区、直辖市）能源局，新疆生产建设兵团：现通知如下。",
            "00",
        ),
        ("市场监管总局：规范促销活动", "记者9日获悉，近日，市场监管总局向平台企业发布提示。", "00"),
        ("圆桌会在京召开", "5月10日，圆桌会在京举行。生态环境部部长出席活动并致辞。", "00"),
        ("我国农业发展水平稳步提升", "各乡镇、街道要抓好落实。", None),
        ("圆桌会在京召开", "5月10日，圆桌会在京举行。原副部长、校友王某出席。", None),
        ("防诈宣传", "派出所民警走进校园，指导学生安装国家反诈中心APP。", None),
        ("侯某离任吉林省副省长 调安徽省委", "侯某调任。", None),
        ("张三丰获评全国劳动模范", "张三丰埋头苦干，带头攻关，获得称号。", None),
        ("我国某项技术取得突破", "我县企业攻关，取得突破。", None),
        ("侯某任吉林省副省长 此前担任安徽省政府秘书长", "会议决定任命侯某为吉林省副省长。", "22"),
        ("某主任安徽浙江两地调研", "某主任一行调研企业。", None),
    ],
)
def test_the_centre_and_who_takes_office(title, body, code):
    found = _place.resolve(body, title=title)
    assert found["province"] == code, found["province_evidence"]


def test_the_evening_news_is_the_nations_unless_it_is_about_one_place():
    head = "央视网消息（新闻联播）："
    much = "我国工业领域加快设备更新，带动投资增长，企业加大研发投入，产业链韧性增强，活力不断释放。"

    def who(body, title="工业领域设备更新加速"):
        return _place.resolve(body, title=title, head=head)["province"]

    assert who(f"{much}在湖北宜昌，一家企业更换了生产线。") == "00"
    assert who(f"仪式在北京天安门广场举行。{much}") == "00"
    assert who(f"{much}在湖北宜昌，一家企业更换了生产线。", title="浦东加快设备更新") is None
    assert who(f"河南省上蔡县某派出所民警王某，在河南上蔡工作30年。{much}上蔡群众称赞。") == "41"


def test_leaders_may_be_called_by_name_and_office():
    body = "1月3日，全省教育系统调度会召开，传达王东峰书记、许勤省长的要求，全省学校落实。"
    assert _place.resolve(body, head="2021-01-03")["province"] == "13"


def test_of_two_columns_that_date_a_row_the_day_goes_before_the_year():
    found = _dates.resolve("通知如下。", meta={"publish_year": "2026", "display_date": "2026-09-10 14:00"})
    assert found["date"] == "2026-09-10"
    meta = {"发布日期": "2019年3月", "create_time": "2023-05-05"}
    assert _dates.resolve("通知如下。", meta=meta)["date_low"] == "2019-03-01"
    assert _dates.resolve("通知如下。", meta={"confirmtime": "2019-03-04"})["date"] == "2019-03-04"
    assert _dates.resolve("通知如下。", meta={"mtime": "2019-03-04"})["date"] is None


def test_the_evening_news_of_a_person_is_not_the_nations():
    head = "央视网消息（新闻联播）："
    deeds = "他走村串户，解决难题，群众称赞。" * 4
    title = "【最美基层干部】王某：让乡亲富起来"
    two = f"{deeds}他从贵州走到云南，如今在云南工作，家在贵州。"
    assert _place.resolve(two, title=title, head=head)["province"] is None
    body = f"{deeds}王某是贵州省大方县的干部，在大方工作多年。"
    assert _place.resolve(body, title=title, head=head)["province"] == "52"
    rain = "今天，广西钦州、陕西汉中降雨持续，各地组织力量应对。"
    assert _place.resolve(rain, title="广西陕西强降雨持续", head=head)["province"] == "00"

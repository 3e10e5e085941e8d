"""Feeds, records and dumps: a text column of another name, tags that are escaped, labels, briefs of a wire."""

import json

import pytest

from toolkit import load
from toolkit.load import _dates, _hints, _place, _tables

BODY = "会议强调，要坚持以人民为中心，把平安建设各项措施落到实处，确保社会大局持续稳定。" * 3


def read(tmp_path, text, name="1.txt"):
    content = text if isinstance(text, str) else json.dumps(text, ensure_ascii=False)
    (tmp_path / name).write_text(content, "utf8")
    return load.folder(tmp_path)


@pytest.mark.parametrize(
    ("record", "name"),
    [
        ({"title": "某会召开", "nccontent": BODY, "url": "http://a.cn"}, "nccontent"),
        ({"title": "某会召开", "value": BODY, "note": "短"}, "value"),
        ({"title": "某会召开", "summary": "短讯一则，没有多少字。"}, "summary"),
        ({"title": "某会召开", "summary": "短讯一则。", "paragraph_x": BODY}, "paragraph_x"),
    ],
)
def test_a_text_column_of_another_name_is_read_and_told(tmp_path, record, name):
    docs, audit = read(tmp_path, record, "1.json")
    assert docs["text"][0] == record[name]
    assert docs["title"][0] == "某会召开"
    assert audit["status"][0] == "read"
    usual = _tables.column([name], "text") == name
    assert ("none has a usual name" in audit["warnings"][0]) is not usual
    assert usual or repr(name) in audit["warnings"][0]


def test_a_table_of_two_texts_or_of_none_is_left_out_and_says_what_to_do(tmp_path):
    for record in ({"one": BODY, "two": BODY[3:]}, {"name": "某省", "number": "12", "note": "说明文字"}):
        docs, audit = read(tmp_path, record, "1.json")
        assert docs.empty
        assert audit["status"].tolist() == ["left out"]
        assert "give text= one of" in audit["warnings"][0]
    docs, _ = load.folder(tmp_path, text="note")
    assert docs["text"].tolist() == ["说明文字"]


def test_paragraphs_in_a_list_stay_paragraphs_and_one_record_takes_what_stands_above_it(tmp_path):
    lines = ["3月1日，某县开展调研。", "要求落实到位。"]
    record = {"ctime": "20220303 11:37:46", "tags": ["水", "土"], "related": [{"content": lines}]}
    docs, _ = read(tmp_path, record, "1.json")
    assert docs["text"][0] == "\n".join(lines)
    assert (docs["date"][0], docs["tags"][0]) == ("2022-03-03", "水、土")
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


def test_what_speaks_of_tags_keeps_them(tmp_path):
    docs, _ = read(tmp_path, f"{BODY}网页里的 &lt;p&gt; 是段落。")
    assert "&lt;p&gt;" in docs["text"][0]


def test_labels_at_the_beginning_are_fields(tmp_path):
    head = "src : 某某新闻\ntitle : 侯某任职\ntime : 2017-11-30 11:43\n"
    for text in (f"{head}content : {BODY}", f"{head}\n{BODY}", f"{head}{BODY}"):
        docs, _ = read(tmp_path, text)
        assert docs.loc[0, ["title", "date", "text"]].tolist() == ["侯某任职", "2017-11-30", BODY]
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
    docs, _ = read(tmp_path, f"某会召开\n{BODY}\n会议要求落实。\n高安 奋进新征程")
    assert docs["text"][0].endswith("奋进新征程")


def test_briefs_of_a_wire_are_parted_with_headlines_and_without(tmp_path):
    one = "本报福州1月1日电(记者高建进)元旦零时,连江与马祖之间焰火绽放,两岸民众同迎新年的到来,共同祈福。"
    two = "本报西宁1月1日电(记者刘鹏)今天上午,近万名市民参加了西宁地区第三十九届元旦环城赛。"
    docs, _ = read(tmp_path, f"福建 海峡两岸焰火庆新年\n{one}\n西宁 举办万人元旦环城赛\n{two}")
    assert docs["province"].tolist() == ["35", "63"]
    long = f"中新网西宁3月18日电 (胡友军)青海省治超工作领导小组表示，青海省交通部门给予优惠。{BODY}"
    docs, _ = read(tmp_path, f"{long}\n中新社东莞3月18日电 (李映民)广东东莞市政府常务会议审议通过多个议题。{BODY}")
    assert docs["province"].tolist() == ["63", "44"]


def test_speakers_by_their_office_are_parted(tmp_path):
    said = "围绕履职开展协商，推进制度建设，取得良好效果，有力推动解决一批民生难题，群众满意度提升。" * 3
    page = "\n　\n".join(
        f"　　{title}\n　　{whose}政协主席 {name}\n　　{whose}政协{said}"
        for title, whose, name in (
            ("彰显制度优势和治理效能", "上海市", "董某虎"),
            ("合力加强市县政协工作", "吉林省", "江某林"),
            ("加强思想引领汇聚合力", "广东省", "王某荣"),
        )
    )
    docs, _ = read(tmp_path, page)
    assert docs["province"].tolist() == ["31", "22", "44"]


@pytest.mark.parametrize(
    ("title", "body", "code"),
    [
        (
            "国家卫生健康委通报最新疫情",
            "国家卫生健康委今天通报，31个省（自治区、直辖市）和新疆生产建设兵团报告新增病例。",
            "00",
        ),
        ("国家能源局综合司关于某事的通知", "各省（自治区、直辖市）能源局，新疆生产建设兵团：现通知如下。", "00"),
        ("市场监管总局：规范促销活动", "记者9日获悉，近日，市场监管总局向平台企业发布提示。", "00"),
        ("清废行动启动", "为贯彻落实国家战略，生态环境部于近日印发通知，部署工作。", "00"),
        ("圆桌会在京召开", "5月10日，圆桌会在京举行。生态环境部部长出席活动并致辞。", "00"),
        ("报告显示我国农业发展水平稳步提升", "报告日前发布，发展指数提高。", "00"),
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
    much = "我国工业领域加快设备更新，带动投资增长，绿色转型提速，企业加大研发投入，产业链韧性增强，活力不断释放。"

    def who(body, title="工业领域设备更新加速"):
        return _place.resolve(body, title=title, head=head)["province"]

    assert who(f"{much}在湖北宜昌，一家企业更换了生产线。") == "00"
    assert who(f"仪式在北京天安门广场举行。{much}") == "00"
    assert who(f"{much}在湖北宜昌，一家企业更换了生产线。", title="浦东加快设备更新") is None
    assert who(f"河南省上蔡县某派出所民警王某，在河南上蔡工作30年。{much}上蔡群众称赞。") == "41"


def test_a_county_by_its_short_name():
    body = "我县召开会议。绿色苍南建设提速，苍南滨海平原添绿，全县干部为绿色苍南出力。"
    assert _place.resolve(body)["province"] == "33"
    assert _hints._called("苍南、平原、苍南、平原、苍南、滨海") == ("33", "苍南")
    assert _hints._called("临海城区改造，临海城区完工，临海城区验收") == ("", "")
    assert _hints._called("会同有关部门，会同各方，会同基层") == ("", "")


def test_leaders_may_be_called_by_name_and_office():
    body = "1月3日，全省教育系统调度会召开，传达王东峰书记、许勤省长的要求，全省学校落实。"
    assert _place.resolve(body, head="2021-01-03")["province"] == "13"


def test_of_two_columns_that_date_a_row_the_day_goes_before_the_year():
    found = _dates.resolve("通知如下。", meta={"publish_year": "2026", "display_date": "2026-09-10 14:00"})
    assert found["date"] == "2026-09-10"
    assert _dates.resolve("通知如下。", meta={"issuedAt": "2025-12-22"})["date"] == "2025-12-22"


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

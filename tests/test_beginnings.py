"""Does each article of a file with several get a row of its own, and no other text more than one?"""

from pathlib import Path

import pandas as pd
import pytest

from toolkit import load

REAL = Path(__file__).parents[2] / "shared" / "real"

PLAIN = (
    "要把小事办在前头，把难事办在实处，让群众少跑一趟路、少等一刻钟，"
    "镇里和村里都要有人接话、有人办事、有人回话。"
)
MORE = (
    "会议还听取了七个乡的汇报，研究了井台、渡口和集市的修缮，"
    "定下了来年开春以前要办完的十件事，由各乡按月报告进度。"
)


def told(n):
    """Two paragraphs that stand nowhere else."""
    return f"今年第{n}件。{PLAIN}{MORE}\n来年第{n}件。{MORE}"


def read(tmp_path, text, name="a.txt"):
    (tmp_path / name).write_text(text, "utf8")
    docs, audit = load.folder(tmp_path / name, jobs=1)
    kept = audit[["chars_kept", "chars_head", "chars_furniture", "chars_repeated"]].sum(axis=1)
    assert (kept == audit["chars_in"]).all()
    return docs


def test_items_with_datelines_are_articles_without_headlines(tmp_path):
    one = f"本报讯（记者张三丰）3月1日，某县召开渡口会议。{PLAIN}\n{MORE}{PLAIN}"
    two = f"中新社某市3月2日电 (李四光)某市二日修好了井台。{PLAIN}\n{MORE}"
    docs = read(tmp_path, f"{one}\n{two}\n{one.replace('渡口', '集市').replace('张三丰', '王五洲')}")
    assert docs["text"].str[:6].tolist() == ["3月1日，某", "某市二日修好", "3月1日，某"]
    assert docs["authors"].tolist()[::2] == ["张三丰", "王五洲"]


@pytest.mark.parametrize(
    "second",
    [
        "据新华社某市3月2日电（记者李四光）某市二日修好了井台。",  # quoted
        "新华社某市3月2日电（记者李四光）的报道说，二日修好了井台，全市上下都很高兴，奔走相告。",
        "新华社记者在村里看到，井台修好了，本报讯栏目也登了消息。",
        "（记者手记）井台修好的那天，村里来了许多人。",
    ],
)
def test_what_is_quoted_or_told_aside_begins_no_article(tmp_path, second):
    first = f"本报讯（记者张三丰）3月1日，某县召开渡口会议。{PLAIN}\n{MORE}{PLAIN}"
    assert len(read(tmp_path, f"{first}\n{second}{PLAIN}\n{MORE}")) == 1


def test_a_dateline_below_a_text_without_one_begins_no_article(tmp_path):
    text = (
        f"3月1日，某县召开渡口会议。{PLAIN}\n{MORE}{PLAIN}\n本报讯（记者张三丰）的标题是旧的。{PLAIN}{MORE}"
    )
    assert len(read(tmp_path, text)) == 1


def test_a_file_of_one_line_has_its_paragraphs_and_articles(tmp_path):
    one = f"　　某某生活网讯(通讯员张三丰 李四光)近日，某县修好了渡口。{PLAIN}{MORE} 　　{MORE}{PLAIN}"
    two = f"本报讯(记者王五洲)昨日，某县修好了井台。{PLAIN}{MORE} 　　井台修好以后，{MORE}{PLAIN}"
    docs = read(tmp_path, f"{one} 　　{two} 　　集市修好以后 　　{two.replace('井台', '集市')}")
    assert docs["text"].str.count("\n").tolist() == [1, 1, 1]
    assert docs["text"].str[:9].tolist() == ["近日，某县修好了渡", "昨日，某县修好了井", "昨日，某县修好了集"]
    assert docs["title"].fillna("").tolist() == ["", "", "集市修好以后"]


@pytest.mark.parametrize("gap", ["", " ", "　"])
def test_blanks_that_are_no_paragraphs_part_nothing(tmp_path, gap):
    text = (
        f"3月1日，某县召开渡口会议。{gap}{PLAIN}出席的有张　　三、李　　四、王　　五。{gap}{MORE}{gap}{PLAIN}"
    )
    assert "\n" not in read(tmp_path, text)["text"][0]


def test_a_page_of_speeches_is_parted_by_who_speaks(tmp_path):
    who = ("浙江省政协主席 张三丰", "云南省临沧市政协主席 李 四", "吉林省政协主席 王五洲")
    docs = read(tmp_path, "\n".join(f"守好渡口\n{one}\n{told(n)}" for n, one in enumerate(who)))
    assert docs["province"].tolist() == ["33", "53", "22"]
    assert docs["title"].tolist() == ["守好渡口"] * 3


def test_a_list_of_names_is_no_page_of_speeches(tmp_path):
    names = "名誉主席 赵六一\n副主席 李四光\n某县政协主席 张三丰"
    assert len(read(tmp_path, f"某县政协换届\n{told(1)}\n{names}\n{told(2)}")) == 1


def test_each_article_keeps_its_own_labels(tmp_path):
    items = "\n".join(f"某县{what}修好了\n来源：某某日报\n{told(n)}" for n, what in enumerate("桥路井"))
    docs = read(tmp_path, f"{items}\n发文字号：浙政发〔2019〕3号")
    assert docs["title"].tolist() == ["某县桥修好了", "某县路修好了", "某县井修好了"]
    assert docs["document_number"].isna().tolist()[:2] == [True, True]


def test_who_answers_for_an_article_ends_it(tmp_path):
    items = (
        f"某县的{what}今年提前修好了\n08-2{n} 15:22\n{told(n)}\n（责任编辑：张三丰）"
        for n, what in enumerate("桥路井", 1)
    )
    docs = read(tmp_path, "\n\n".join(items))
    assert docs["title"].tolist() == [f"某县的{one}今年提前修好了" for one in "桥路井"]


def test_articles_of_a_countys_page_are_the_countys(tmp_path):
    text = f"某某生活网讯(通讯员张三丰)近日，桂林市灵川县政府修好了渡口。{told(1)}"
    docs = read(tmp_path, f"{text}\n某某生活网讯(通讯员王五洲)昨日，我县修好了井台。{told(2)}")
    assert docs[["province", "level", "prefecture"]].values.tolist() == [["45", "county", "桂林"]] * 2
    docs = read(tmp_path, f"{text}\n某某生活网讯(通讯员王五洲)昨日，全自治区修好了井台。{told(2)}")
    assert docs["level"].tolist() == ["county", "province"]


def test_headings_among_tags_are_lines_of_their_own(tmp_path):
    item = "### 某地{0}\n\n<p><strong>央视网消息</strong>（新闻联播）：{1}</p>\n\n[查看原文](https://tv.cctv.com/{2}.shtml)\n"
    text = "\n".join(item.format(one, told(n), n) for n, one in enumerate(("修桥", "修路", "修井")))
    docs = read(tmp_path, text)
    assert docs["title"].tolist() == ["某地修桥", "某地修路", "某地修井"]
    assert not docs["text"].str.contains("原文|#").any()


def test_articles_of_a_paper_in_markdown_are_dated_by_its_imprint(tmp_path):
    by = "> 本报记者  李 四  王五{0}《某某日报》（2025年01月05日第 04 版）"
    item = f"### 某地修{{0}}\n\n# {{0}}有人管\n\n{by}\n\n{{1}}"
    docs = read(tmp_path, "\n\n".join(item.format(what, told(n)) for n, what in enumerate("桥路井")), "a.md")
    assert docs["title"].tolist() == [f"某地修{one} {one}有人管" for one in "桥路井"]
    assert docs["date"].tolist() == ["2025-01-05"] * 3
    assert docs["authors"].tolist() == [f"李四、王五{one}" for one in "桥路井"]


ITEMS = ["湖南：修好渡口", "四川一县的桥通车", "新米上市"]
TOLD = ["湖南一县修好了渡口。村民过河方便了。", "四川一县的桥通车了。", "各地的新米陆续上市。"]


def round_up(name, items=ITEMS, last=""):
    """A round-up of the news of a day, as files hold it."""
    news = "\n\n".join(f"{item}\n\n{told}" for item, told in zip(items, TOLD, strict=False))
    above = f"# 《新闻联播》 (20230215)\n\n## 详细新闻\n\n### {name}\n\n央视网消息（新闻联播）："
    return f"{above}\n\n{news}\n{last}"


@pytest.mark.parametrize("name", ["国内联播快讯", "17. 国内简讯", "一句话新闻"])
def test_the_items_of_a_round_up_in_a_file_are_its_articles(tmp_path, name):
    docs = read(tmp_path, round_up(name, last="> 原文：https://example.cn/2023/1.shtml"))
    assert docs["title"].tolist() == ITEMS
    assert docs["text"].tolist() == TOLD
    assert docs["province"].tolist() == ["43", "51", "00"]
    assert docs["date"].tolist() == ["2023-02-15"] * 3
    assert docs["form"].isna().all()


def test_one_item_of_a_news_day_has_its_own_title(tmp_path):
    news = "央视网消息（新闻联播）：湖南一县修好了渡口。村民过河方便了。"
    docs = read(tmp_path, f"# 《新闻联播》 (20230215)\n\n## 详细新闻\n\n### 湖南：修好渡口\n\n{news}", "a.md")
    assert docs[["title", "province", "date"]].values.tolist() == [["湖南：修好渡口", "43", "2023-02-15"]]


@pytest.mark.parametrize(
    ("name", "items", "last"),
    [
        ("工作简报", ITEMS, ""),  # a text of its own, with headings
        ("新闻快讯", ITEMS, ""),  # the name of a channel
        (
            "国内联播快讯",
            [f"{ITEMS[0]}\n\n来源：某某日报 2023-02-15 10:00", *ITEMS[1:]],
            "",
        ),  # whence one article is
        ("国内联播快讯", ITEMS[:2], ""),  # perhaps a headline and a heading
        ("国内联播快讯", ITEMS, "桥上的灯也亮了。"),  # a paragraph too many
        ("国内联播快讯", ITEMS, "桥上的灯也亮了"),  # a headline too many
        ("国内联播快讯", [*ITEMS[:2], "一、新米上市"], ""),
    ],
)
def test_other_headings_part_no_text(tmp_path, name, items, last):
    assert len(read(tmp_path, round_up(name, items, last))) == 1


def test_an_article_above_a_round_up_is_kept(tmp_path):
    docs = read(tmp_path, f"{round_up('国内联播快讯').replace('## 详细新闻', f'某县修桥{chr(10)}{PLAIN}')}")
    assert PLAIN in "".join(docs["text"])


def test_headlines_alone_part_no_text(tmp_path):
    assert len(read(tmp_path, "\n".join(["国内联播快讯", *ITEMS, *ITEMS[::-1]]))) == 1


def test_a_round_up_in_a_row_of_a_table_stays_one(tmp_path):
    rows = pd.DataFrame({"title": ["国内联播快讯"], "content": [round_up("国内联播快讯")]})
    docs = read(tmp_path, rows.to_csv(index=False), "a.csv")
    assert docs["form"].tolist() == ["round-up"]


@pytest.mark.parametrize(
    "second",
    [
        "幸福社区电梯加装项目是今年的实事之一。",  # 社…电 is no dateline
        "县气象台发布雷电黄色预警，请注意防范。",
        "新华社北京8月10日电讯曾这样评价这座桥。",
        "本报西宁1月1日电(记者刘鹏)的报道这样写道。",
        "县委书记 张三丰\n桥修好了。",  # nobody has spoken for another place
        "留言\n08-29 15:22\n桥修好了，谢谢。",
        "网友留言摘登\n08-29 15:22 某省网友\n桥修好了，谢谢。",
        "意见反馈\n发布日期：2021-03-01\n已经采纳。",  # the label of the same text again
        "守好渡口\n浙江省政协主席 张三丰\n渡口修好了。",  # nobody else has spoken
    ],
)
def test_one_report_is_one_document_whatever_its_paragraphs_open_with(tmp_path, second):
    first = (
        f"某县修桥\n发布日期：2021-03-01\n本报讯（记者张三丰）3月1日，某县的桥修好了。{PLAIN}\n{MORE}{PLAIN}"
    )
    assert len(read(tmp_path, f"{first}\n{second}{PLAIN}\n{MORE}")) == 1


def test_a_list_in_one_line_stays_in_one(tmp_path):
    names = "　　".join(f"张三丰（女）。　　李四光第{n}组。" for n in range(12))
    assert read(tmp_path, f"出席名单：{names}")["text"].str.count("\n").tolist() == [0]


def test_who_speaks_again_for_his_place_begins_no_article(tmp_path):
    who = ("浙江省政协主席 张三丰", "浙江省政协副主席 李四光")
    assert len(read(tmp_path, "\n".join(f"守好渡口\n{one}\n{told(n)}" for n, one in enumerate(who)))) == 1


def test_one_gap_in_a_line_parts_no_paragraphs(tmp_path):
    assert read(tmp_path, f"{PLAIN}{MORE}　　{MORE}{PLAIN}")["text"].str.count("\n").tolist() == [0]


def test_a_body_that_stands_twice_in_one_line_is_kept_once(tmp_path):
    body = "　　".join(f"第{n}件。{PLAIN}{MORE}" for n in range(4))
    text = f"某县修桥的报告——2021年3月1日在某县的会上。　　{body}（掌声）"
    docs = read(tmp_path, f"{text}　　{text.replace('修桥的', '修 桥 的').replace('，让', '， 让')}")
    assert docs["text"][0].count("第3件。") == 1


@pytest.mark.skipif(not REAL.exists(), reason="the real documents are not here")
def test_the_reports_that_stand_twice_in_their_source_are_read_once():
    docs, audit = load.folder(REAL / "central_reports" / "reports_1954_2022.txt")
    twice = audit.loc[docs["year"].isin([1959, 1991]), ["chars_kept", "chars_repeated"]]
    assert (twice["chars_repeated"] > 0.95 * twice["chars_kept"]).all()
    assert (audit.loc[~docs["year"].isin([1959, 1991]), "chars_repeated"] == 0).all()
    assert docs["text"].str.count("\n").min() > 20


@pytest.mark.parametrize(
    "between",
    [
        "（责任编辑：张三丰）\n==========\n某县修好十座渡口和集市\n2021-03-05　某某日报",
        "（完）\n某县修好十座渡口和集市",
        "监制：张三丰\n主编：李四光\n某县修好十座渡口和集市",
        '---\ntitle: "某县修好十座渡口和集市"\ndate: 2021-03-05\nsection: "第13版"\nword_count: 395',
        "【标　题】某县修好十座渡口和集市\n【作　者】张三丰\n【页　号】11～19",
        "序号：00218\n标题：某县修好十座渡口和集市\n时间：2021/03/05\n媒体：某某日报",
        "第03版：综合新闻\n某县修好十座渡口和集市\n本报某县3月5日电　（记者张三丰）",
    ],
)
def test_what_stands_below_the_end_of_a_text_is_another(tmp_path, between):
    docs = read(tmp_path, f"全县春耕工作会议召开\n{told(1)}\n{between}\n{told(2)}")
    assert docs["title"].tolist() == ["全县春耕工作会议召开", "某县修好十座渡口和集市"]
    assert docs["text"].tolist() == [told(1), told(2)]


@pytest.mark.parametrize(
    "between",
    [
        "——————————\n一、修好渡口和集市",  # a numbered heading below a rule
        "——————————\n某县修好十座渡口和集市",  # … or one that could be another article's
        "……………………\n某县修好十座渡口和集市",
        "（王五洲 摄）\n某县修好十座渡口和集市",
        "受访单位供图\n某县修好十座渡口和集市",
        "--- Page 2 ---\n某县修好十座渡口和集市",
        "发布会实录\n地点：某县会堂\n标题：某县修好十座渡口",
        "分享到：\n某县修好十座渡口和集市\n（2021年3月5日）",
        "分享到：\n某县修好十座渡口和集市\n主题分类 规划",
        "推荐阅读\n某县修好十座渡口和集市",
        "某县修好十座渡口和集市",  # a heading and no more
        "时间：3月5日\n地点：某县会堂",
    ],
)
def test_headings_and_labels_within_a_text_part_nothing(tmp_path, between):
    docs = read(tmp_path, f"全县春耕工作会议召开\n{told(1)}\n{between}\n{told(2)}")
    assert len(docs) == 1
    assert docs["text"][0].endswith(told(2))


def test_no_text_is_lost_below_the_sign_of_a_tail(tmp_path):
    long = "\n".join(told(n) for n in range(3, 9))
    docs = read(
        tmp_path,
        f"全县春耕工作会议召开\n{long}\n编辑：杨柳　审核：赵刚\n2. 某县修好渡口\n{told(1)}\n{told(2)}",
    )
    assert told(2) in "\n".join(docs["text"])


def test_what_readers_say_below_a_text_is_no_part_of_it(tmp_path):
    long = "\n".join(told(n) for n in range(3, 6))
    said = "\n".join(f"第{n}位网友说，{PLAIN}" for n in range(1, 7))
    docs = read(tmp_path, f"全县春耕工作会议召开\n{long}\n网友评论\n{said}")
    assert docs["text"].tolist() == [long]


def test_labels_below_a_text_and_a_title_of_quotes_begin_no_record(tmp_path):
    foot = "标题：全县春耕工作会议召开\n来源：某某日报\n日期：2021-03-05\n链接：a.example"
    assert len(read(tmp_path, f"全县春耕工作会议召开\n{told(1)}\n{told(2)}\n{foot}")) == 1
    page = f'全县春耕工作会议召开\n{told(1)}\ntitle: """"""""\ndate: 2021-03-06\nurl: a.example\n{told(2)}'
    assert told(2) in "\n".join(read(tmp_path, page)["text"])


def test_a_label_with_running_text_is_text(tmp_path):
    records = (f'title: "某县修好{n}座渡口集市"\ndate: 2021-03-0{n}\ndigest: {told(n)}' for n in (1, 2))
    docs = read(tmp_path, "\n\n".join(records))
    assert told(1) in "\n".join(docs["text"])
    assert told(2) in "\n".join(docs["text"])


def test_a_long_text_is_no_furniture_whatever_stands_above_it(tmp_path):
    one, two = ("\n".join(told(n) for n in range(first, last)) for first, last in ((1, 20), (30, 42)))
    for between in (
        "相关链接>>\n打印本页\n关闭窗口\n政府工作报告",
        "责任编辑：\n张三丰\n相关报道：\n下载\n政府工作报告",
    ):
        docs = read(tmp_path, f"全县春耕工作会议召开\n{one}\n{between}\n{two}")
        assert two[-60:] in "\n".join(docs["text"])


def test_teasers_below_who_answers_for_a_text_are_no_articles(tmp_path):
    long = "\n".join(told(n) for n in range(3, 6))
    some = "\n".join(
        f"某县第{n}座渡口修好通船\n4月{n}日，某县第{n}座渡口修好通船，{PLAIN}" for n in range(1, 4)
    )
    docs = read(tmp_path, f"全县春耕工作会议召开\n{long}\n责任编辑：张三丰\n{some}")
    assert len(docs) == 1


def test_labels_right_below_a_text_are_its_own(tmp_path):
    below = "来源：某某日报\n日期：2021-03-05"
    above = "标题：某县修好十座渡口和集市\n作者：张三丰\n版次：3"
    docs = read(tmp_path, f"全县春耕工作会议召开\n{told(1)}\n{below}\n{above}\n{told(2)}")
    assert docs["date"].fillna("").tolist() == ["2021-03-05", ""]


def test_records_of_a_line_each_are_documents(tmp_path):
    one = f"2021-03-01 08:54:11，正文：某报讯（记者张三丰）渡口会议召开。{PLAIN}{MORE}"
    two = f"2021-03-02 09:54:49，正文：井台修好了。{PLAIN}{MORE}"
    docs = read(tmp_path, f"{one}\n{two}\n，正文：集市开张了。{PLAIN}{MORE}")
    assert docs["text"].str[:4].tolist() == ["渡口会议", "井台修好", "集市开张"]
    assert docs["date"].tolist()[:2] == ["2021-03-01", "2021-03-02"]
    label = f"某县召开渡口会议\n{told(1)}\n，正文：集市开张了。{PLAIN}{MORE}"  # of no other record
    assert len(read(tmp_path, label)) == 1
    assert len(read(tmp_path, f"井台修好了，正文：见报。{PLAIN}{MORE}\n渡口会议召开。{PLAIN}{MORE}")) == 1


def test_a_second_original_title_below_an_end_begins_an_article(tmp_path):
    ends = "某报记者 张三丰\n编辑 李四光\n返回搜狐，查看更多\n责任编辑："
    text = f"原标题：渡口会议召开了\n{told(1)}\n{ends}\n\n原标题：集市开张好热闹\n{told(2)}\n{ends}"
    docs = read(tmp_path, text)
    assert docs["title"].tolist() == ["渡口会议召开了", "集市开张好热闹"]
    assert docs["text"].str[:5].tolist() == ["今年第1件", "今年第2件"]
    whole = read(tmp_path, f"某县召开渡口会议\n{told(1)}\n原标题：集市开张好热闹\n{told(2)}")
    assert len(whole) == 1  # nothing ends above it


def test_a_second_dateline_of_the_same_outlet_begins_an_article(tmp_path):
    first = f"样本日报某某客户端3月1日讯 渡口会议召开。{PLAIN}\n{MORE}{PLAIN}"
    second = f"样本日报某某客户端3月1日讯（记者张三丰）井台修好了。{PLAIN}\n{MORE}"
    assert len(read(tmp_path, f"{first}\n\n{second}")) == 2
    assert len(read(tmp_path, f"{first}\n{second}")) == 1  # no blank line
    other = second.replace("样本日报", "另一晚报")
    assert len(read(tmp_path, f"{first}\n\n{other}")) == 1


def test_the_words_of_a_picture_go_where_they_stand_again(tmp_path):
    shown = ["某县古道风景。", "张三丰摄（人民视觉）", "某县征集意见。", "某县人大常委会提供"]
    both = f"{shown[0]}　　{shown[1]}\n\n{shown[2]}　　{shown[3]}"
    docs = read(tmp_path, f"# 某县修好井台\n\n{both}\n\n" + "\n\n".join(shown) + f"\n\n{told(1)}")
    assert docs["text"].item() == told(1)
    body = f"{told(1)}\n{shown[0]}\n{shown[2]}"  # no picture has these words
    assert read(tmp_path, f"# 某县修好井台\n\n{body}")["text"].item() == body


def test_the_heading_over_a_title_is_part_of_it(tmp_path):
    top = '---\ntitle: "错了担责"\ndate: 2026-04-09\n---\n'
    docs = read(tmp_path, f"{top}\n### 湖北汉江中院贯彻司法责任制——\n\n# 错了担责\n\n{told(1)}")
    assert docs["title"].item() == "湖北汉江中院贯彻司法责任制—— 错了担责"
    assert docs["province"].item() == "42"


def test_the_marks_of_a_printed_page_end_an_article(tmp_path):
    page = "渡口修好了\n本报讯（记者张三丰）{}。{}\n井台修好了\n本报讯（记者李四光）{}。⑧3王五洲摄"
    docs = read(tmp_path, page.format(told(1), "②6", told(2)))
    assert docs["title"].tolist() == ["渡口修好了", "井台修好了"]
    assert docs["text"].str[-3:].tolist() == [f"{told(1)}。"[-3:], f"{told(2)}。"[-3:]]
    assert len(read(tmp_path, page.format(told(1), "要求②6", told(2)))) == 1  # a sentence goes on

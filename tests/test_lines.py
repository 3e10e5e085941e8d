"""What stands around articles on Chinese sites, line by line: none of it is the title or the text."""

from pathlib import Path

import pytest

from toolkit import load

HERE = Path(__file__).parent / "lines"
TITLE = "某某县召开平安建设工作推进会议"
BODY = (
    "会议强调，要坚持以人民为中心的发展思想，把平安建设各项措施落到实处，确保社会大局持续稳定。\n"
    "会议要求，各部门要压实责任，加强协作，及时化解矛盾纠纷，为高质量发展营造良好环境。"
)


def forms(name):
    """The lines of a list, as they stand; several lines of one form are parted by \\n."""
    lines = (HERE / f"{name}.txt").read_text("utf8").split("\n")
    return [line.replace("\\n", "\n") for line in lines if line.strip()]


@pytest.fixture(scope="module")
def read(tmp_path_factory):
    def read(name, page):
        folder = tmp_path_factory.mktemp(name)
        lines = forms(name)
        for n, line in enumerate(lines):
            (folder / f"{n:03}.txt").write_text(page(line), "utf8")
        docs, _ = load.folder(folder, jobs=2)
        first = docs.groupby(docs["path"].str[:3], sort=True).first()
        assert len(first) == len(lines)
        return dict(zip(lines, zip(first["title"].fillna(""), first["text"], strict=True), strict=True))

    return read


def missed(got):
    """The lines that are not taken off whole, or that take something along."""
    return {line for line, (title, text) in got.items() if title != TITLE or text != BODY}


NOT_YET_ABOVE = {  # a record of a database over four lines, and headings that could be the text's own
    "【作者】 张伟;李娜;\n【机构】 某某大学经济学院;\n【报纸中文名】 某某日报\n【报纸日期】 2021-03-05",
    "【DOI】 10.28000/n.cnki.nmmrb.2021.001128 【分类号】F323 【下载频次】12",
    "【某某日报】2021.03.05 第3版 专题：脱贫攻坚",
    "【简报】第36期 某某县脱贫攻坚指挥部办公室编",
    "[视频]某某新闻联播 20210305",
    "编辑手记：",
    "辛丑年正月廿二 今日8版 国内统一连续出版物号 CN 12-0036",
    "每经记者：张伟 每经编辑：李娜",  # … and what a headline could be as well
    "某某发布\n2021-03-05 09:12 · 某某市人民政府新闻办公室官方账号",
    "规范性文件登记号：某府规〔2021〕3号 状态：现行有效",
    "张伟　李娜",
    "以下文章来源于某某日报 ，作者张伟",
    "某某新闻（微信公众号：mmxw123）\n记者 张伟",
    "本网讯员：李娜",
}
NOT_YET_BELOW = {  # what an act says of itself, whom to ask, and two that read like sentences
    "（联系人：张伟，电话：0128-1234567）",
    "【版权声明】凡来源非某某网的新闻（作品）只代表本网传播该信息，并不代表赞同其观点。",
    "编  审丨王芳\n编  辑丨李娜",
    "附：某某名单.pdf",  # the attachments of an act are its own
    "附件列表： 某某.pdf （1.28 MB）",
    "附件：1.某某申报表.doc\n   2.某某汇总表.xls",
    "微信号：mmfabu",  # … and what a notice, a list or a table could end with
    "微信公众号：某某发布",
    "微信扫一扫\n关注该公众号",
    "资料来源：某某统计局",
    "（市发展改革委法规处）",
    "信息员 张伟 审核人 王芳",
    "某某日报社",
    "某某广播电视台新闻中心",
    "某某日报客户端 责任编辑：李娜 编审：王芳",
    "1/3",
    "（张 伟）",
}


def test_lines_between_headline_and_text(read):
    got = read("heads", lambda line: f"{TITLE}\n{line}\n{BODY}")
    assert missed(got) == NOT_YET_ABOVE


def test_lines_below_the_text(read):
    got = read("tails", lambda line: f"{TITLE}\n{BODY}\n{line}")
    assert missed(got) == NOT_YET_BELOW


def test_datelines_before_the_first_word(read):
    got = read("opens", lambda line: f"{TITLE}\n{line}{BODY}")
    assert len(missed(got)) <= 34  # nearly all end without a stop or a bracket: … 记者 张伟
    assert not {line for line in missed(got) if line.endswith(("】", "电")) or "（记者张伟）" in line}


def one(tmp_path, text):
    """The one document of a file."""
    (tmp_path / "1.txt").write_text(text, "utf8")
    docs, audit = load.folder(tmp_path, jobs=1)
    assert len(docs) == 1
    told = audit[["chars_kept", "chars_head", "chars_furniture", "chars_repeated"]].sum(axis=1)
    assert (told == audit["chars_in"]).all()
    return docs.iloc[0]


LONG = [
    "会议强调，要坚持以人民为中心的发展思想，把平安建设各项措施落到实处，确保社会大局持续稳定，"
    "各乡镇要把排查化解矛盾纠纷摆在更加突出的位置，做到早发现、早报告、早处置，不把问题上交。",
    "会议指出，去年全县矛盾纠纷化解率明显提高，群众安全感持续增强，但基础工作仍有薄弱环节，"
    "一些村庄力量不足、手段单一，网格员培训跟不上形势的变化，要在今年的工作中认真加以解决。",
    "会议要求，各部门要压实责任，加强协作，把任务逐项分解到岗到人，每月通报一次进展的情况，"
    "对工作不力、推诿扯皮的单位严肃问责，推动各项任务按期完成，以实际成效回应群众的期盼。",
]


def test_a_broken_line_that_opens_with_a_day_is_the_text(tmp_path):
    body = "2021年3月5日，某某县委书记主持召开平安建设工作会议，传达学习上级精神，研究部署下一步工作。"
    paragraphs = [body, *LONG]
    lines = [f"　　{text}"[i : i + 30] for text in paragraphs for i in range(0, len(text) + 2, 30)]
    doc = one(tmp_path, "\n".join([TITLE, *lines]))
    assert (doc["title"], doc["text"], doc["date"]) == (TITLE, "\n".join(paragraphs), "2021-03-05")
    doc = one(tmp_path, f"{TITLE}\n2021年3月5日 10:20 某某县融媒体中心\n{BODY}")
    assert (doc["text"], doc["date"]) == (BODY, "2021-03-05")


def test_a_text_that_opens_with_what_somebody_says(tmp_path):
    said = "“大热天停水停电，这可怎么办！”\n“欠费的通知都没有收到过！”"
    doc = one(tmp_path, f"{TITLE}\n本报记者 张三\n{said}\n{BODY}")
    assert (doc["title"], doc["text"]) == (TITLE, f"{said}\n{BODY}")
    doc = one(tmp_path, f"“群众的事就是天大的事！”\n某某日报 2021-03-05 10:20\n{BODY}")
    assert (doc["title"], doc["text"]) == ("“群众的事就是天大的事！”", BODY)


@pytest.mark.parametrize("label", ["正文", "内容", "文章内容", "新闻正文"])
def test_the_label_before_a_body_under_others(tmp_path, label):
    doc = one(tmp_path, f"标题：{TITLE}\n来源：某某日报\n{label}：{BODY}")
    assert (doc["title"], doc["text"]) == (TITLE, BODY)
    doc = one(tmp_path, f"{TITLE}\n{BODY}\n内容：包括排查和化解两项，由各乡镇负责落实。")
    assert doc["text"].endswith("内容：包括排查和化解两项，由各乡镇负责落实。")


def test_a_page_run_together_from_its_crumbs_on(tmp_path):
    crumbs = "当前位置： 首页政务公开政府信息公开工作动态 索 引 号： AB00101-2016-00003 主题分类： 无 "
    labels = f"发文机关： 某某县政府 成文日期： 2016-01-19 标 题： {TITLE} 有 效 性： 有效 {TITLE} "
    below = "来源：某某县政府 时间：2016-01-20 16:00 微信 微博 QQ空间 全真版 文字版 文件下载 相关链接： --> "
    doc = one(
        tmp_path,
        f"标题: {TITLE}\n发布时间: 2016-01-20 16:00\n文号: 某政〔2016〕6号\n{crumbs}{labels}{below}{BODY}",
    )
    assert (doc["title"], doc["text"], doc["date"]) == (TITLE, BODY, "2016-01-19")


def test_a_whole_page_in_one_line(tmp_path):
    menu = "首页 新闻 政务 服务 互动 | 国内 国际 社会 财经 体育 娱乐 文化 教育 | 论坛 博客 登录 注册 网站地图"
    above = f"{TITLE}--时政--某某网 {menu} 某某网 >> 时政 {TITLE} 2015年11月02日13:18    来源： 某某日报    "
    tail = " (责编：张三、李四光) 打印 网摘 纠错 最新评论 某市召开会议 某县推进工作 关于我们 | 网站声明"
    doc = one(tmp_path, f"{above}手机看新闻    字号 　　{'　　'.join(LONG)}{tail}")
    assert (doc["title"], doc["text"], doc["date"]) == (TITLE, "\n".join(LONG), "2015-11-02")


@pytest.mark.parametrize(
    ("head", "day"),
    [
        ("央视网 | 2021年03月05日 19:36", "2021-03-05"),
        ("0评论 2021-03-05 09:12:33 来源：某某晚报", "2021-03-05"),
        ("日期：[ 2021-03-05 ] 来源：[ 某某公安 ]", "2021-03-05"),
        ("03版:要闻 2021年03月05日 星期五", "2021-03-05"),
        ("某某日报数字报刊平台 > 2021年03月05日 > 第A03版：要闻", "2021-03-05"),
        ("编发时间：2021-03-05 15:36", "2021-03-05"),
        ("某某公司年报 | 2020-12-31", None),
        ("年报 | 2020-12-31", None),
        ("某某青年报 | 2021-03-05", "2021-03-05"),
        ("培训时间：2021年3月5日 9:00", None),
    ],
)
def test_the_clock_of_a_page(tmp_path, head, day):
    doc = one(tmp_path, f"{TITLE}\n{head}\n{BODY}")
    assert (doc["date"] if isinstance(doc["date"], str) else None) == day


def test_what_the_lists_would_take_stays_where_it_is_the_texts_own(tmp_path):
    last = "附件：某某县平安建设任务分工"
    for line in (
        last,
        "某某县人民政府",
        "12.加强微信公众号建设",
        "联系人：张三，电话：0000-0000000",
        "（一）加强领导",
    ):
        doc = one(tmp_path, f"{TITLE}\n{BODY}\n{line}")
        assert doc["text"].endswith(line), line
    for line in ("——各级各部门合力推进", "推动基层治理提质增效", "（2018—2022年）", "某某镇：一张网管到底"):
        assert line.strip("—") in one(tmp_path, f"{TITLE}\n{line}\n{BODY}")["title"], line


@pytest.mark.parametrize(
    "title",
    [
        "【记者手记】小山村里的大变化",
        "快讯：某某县召开防汛工作会议",
        "某某县人民政府办公室关于加强防火工作的\n通 知",
        "某某市行政许可事项目录\n（2021年版）",
        "某某县公开招聘事业单位工作人员\n（教师岗位）\n公告",
        "某某县人民政府办公室关于印发\n2021年3月份工作要点的通知",
        "某某县老旧小区加装电梯\n居民点赞“幸福梯”",
        "某某县开展网格化治理\n小小二维码撬动大治理",
        "某某县农村改革工作纪实\n破解老大难问题：钱从哪里来",
        "社区食堂开到家门口\n“一顿饭只要八块钱！”\n□ 本报记者 张三",
        "一图读懂系列\n某某县内容提要：一图读懂工作报告",
    ],
)
def test_titles_that_fresh_readers_broke(tmp_path, title):
    doc = one(tmp_path, f"{title}\n{LONG[0]}\n{BODY}")
    told = title.removesuffix("\n□ 本报记者 张三").replace("\n", " ")
    assert (doc["title"], doc["text"]) == (told, f"{LONG[0]}\n{BODY}")


@pytest.mark.parametrize(
    "line",
    [
        "（热烈鼓掌）",
        "（本办法有效期五年）",
        "（牵头单位：县发改局；配合单位：县财政局）",
        "数据来源：某某县统计局",
        "主管部门：县教育局",
        "某某市广播电视台",
        "嘉宾：年底前一定修好",
        "推广扫码乘车",
        "群众对今年的工作满意吗？",
        "此件事关系全局",
        "附件：1.某某县任务清单.docx",
        "421200",
        "记者：“我们要尊重和接受彼此的不同，但他也说，拆桥容易建桥难，要最终确立互信，"
        "将是一个漫长而艰巨的过程，需要时间，更需要耐心”",
    ],
)
def test_last_lines_that_fresh_readers_broke(tmp_path, line):
    doc = one(tmp_path, f"{TITLE}\n{BODY}\n{line}")
    assert doc["text"] == f"{BODY}\n{line}"


@pytest.mark.parametrize(
    "head",
    [
        "航班CA1234 2021-03-05 08:30 起飞",
        "开标：2021年3月25日 9:30",
        "来信人：张三 2020-12-01 10:25",
        "停水时段：2021年3月25日 8:00—20:00",
    ],
)
def test_a_clock_that_is_not_the_pages_dates_nothing(tmp_path, head):
    assert not isinstance(one(tmp_path, f"{TITLE}\n{head}\n{BODY}")["date"], str)


def test_answers_at_a_press_conference_are_no_articles(tmp_path):
    asked = "某某电视台记者（记者 张三）：请问今年有哪些举措？"
    text = "\n".join([*LONG, "下面进入提问环节", asked, *LONG[1:], "请继续提问", asked, LONG[0]])
    one(tmp_path, f"新闻发布会实录\n{text}")


def test_a_quoted_headline_stands_over_its_byline(tmp_path):
    head = "某某日报 2021年3月5日 星期五 第3版\n社区食堂开到家门口\n“一顿饭只要八块钱！”\n□ 本报记者 张三"
    doc = one(tmp_path, f"{head}\n{BODY}")
    assert (doc["title"], doc["text"], doc["authors"]) == (
        "社区食堂开到家门口 “一顿饭只要八块钱！”",
        BODY,
        "张三",
    )


def test_what_a_dateline_calls_the_story_and_who_signs_below_it(tmp_path):
    doc = one(tmp_path, f"{TITLE}\n新华社某某3月5日电 题：山村里的新答卷\n新华社记者张三丰\n{BODY}")
    assert (doc["title"], doc["text"], doc["authors"]) == (TITLE, BODY, "张三丰")
    asked = "记者：请您谈谈某某县的做法"
    assert one(tmp_path, f"{TITLE}\n本报讯\n{asked}\n{BODY}")["text"] == f"{asked}\n{BODY}"


def test_paragraphs_of_a_page_run_together(tmp_path):
    above = "当前位置：首页>政务公开>工作动态 发布日期：2021-03-05 10:20 来源：某某县政府 字体：[大 中 小]  "
    doc = one(tmp_path, f"{TITLE}\n{above}{'　　'.join(LONG)}")
    assert (doc["title"], doc["text"], doc["date"]) == (TITLE, "\n".join(LONG), "2021-03-05")


def test_a_button_below_a_text_is_furniture_and_a_credit_its_head(tmp_path):
    (tmp_path / "1.txt").write_text(f"{TITLE}\n{BODY}\n▌编审丨张三\n点赞 在看", "utf8")
    _, audit = load.folder(tmp_path, jobs=1)
    assert audit["removed"][0].split("\n")[1:] == ["head: ▌编审丨张三", "furniture: 点赞 在看"]


@pytest.mark.parametrize(
    "spelled",
    [
        lambda parts: "\\n".join(parts),
        lambda parts: "\\r\\n".join("\\u3000\\xa0" + part for part in parts),
        lambda parts: "\\n\\n".join(part.encode("unicode_escape").decode() for part in parts),
        lambda parts: "!@#!@".join(parts),
        lambda parts: "<Paragraph>".join(parts),
        repr,
    ],
)
def test_breaks_that_a_scraper_spelt_out_are_breaks(tmp_path, spelled):
    (tmp_path / "a.txt").write_text(spelled([TITLE, "2021年3月5日", *BODY.split("\n")]), "utf8")
    (tmp_path / "b.csv").write_text(
        'title,text\n"' + TITLE + '","' + spelled(BODY.split("\n")) + '"\n', "utf8"
    )
    docs, _ = load.folder(tmp_path, jobs=1)
    assert docs["title"].tolist() == [TITLE] * 2
    assert docs["text"].tolist() == [BODY] * 2


@pytest.mark.parametrize(
    "kept", [r"见D:\news\tongzhi\2021.doc。", r"['未完的清单。", "其值为[1]、['二']。", r"见\\server\报告。"]
)
def test_what_resembles_a_break_that_is_spelt_out_is_kept(tmp_path, kept):
    (tmp_path / "a.txt").write_text(f"{TITLE}\n{BODY}{kept}", "utf8")
    assert load.folder(tmp_path, jobs=1)[0]["text"].item() == BODY + kept


@pytest.mark.parametrize("site", ["_某某省能源局", " - 某某网", ""])
def test_the_title_of_a_window_stands_again_below_the_menu(tmp_path, site):
    title = "关于做好2019年电力市场化交易工作的通知"
    menu = "设为首页\n首页\n机构概览\n动态要闻\n信息公开\n在线办事\n互动回应\n专题专栏"
    text = f"{title}{site}\n{menu}\n{title}\n2018-10-29 10:04\n各市电力公司：\n{BODY}"
    (tmp_path / "a.txt").write_text(text, "utf8")
    docs, _ = load.folder(tmp_path, jobs=1)
    assert docs["title"].item() == title
    assert docs["text"].item() == f"各市电力公司：\n{BODY}"


def test_what_is_attached_begins_no_article_and_companies_may_be_addressed(tmp_path):
    whom = "某某市电力公司、某某集团、某某厂："
    signed = "某某市发展改革委\n某某市能源局\n2019年5月30日"
    body = f"{whom}\n{BODY}\n附件：\n某某实施办法（试行）.docx\n{signed}"
    (tmp_path / "a.txt").write_text(f"关于印发某某办法的通知\n(发布日期：2019年05月31日)\n{body}", "utf8")
    docs, _ = load.folder(tmp_path, jobs=1)
    assert docs["text"].item() == body
    assert docs["date"].item() == "2019-05-30"

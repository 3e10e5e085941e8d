"""Kinds of documents that a third set of unseen texts was made of: each is read as it is meant."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit import load
from toolkit.load import _article, _dates, _place, _script

BODY = "会议强调，要坚持以人民为中心，把平安建设各项措施落到实处，确保社会大局持续稳定。" * 3


def read(tmp_path, content, name="a.txt"):
    """The documents of one file."""
    (tmp_path / name).write_text(content, "utf8")
    return load.folder(tmp_path)[0]


def who(body, **known):
    """Province, level and prefecture that a text speaks for."""
    found = _place.resolve(body, **known)
    return found["province"], found["level"], found["prefecture"]


def test_an_article_in_a_form_is_read(tmp_path):
    page = f'<html><body><form id="form1"><div id="zoom"><p>{BODY}</p></div></form></body></html>'
    assert read(tmp_path, page, "a.html").text.to_list() == [BODY]
    page = f'<html><body><form><input value="搜索"><button>搜索</button></form><p>{BODY}</p></body></html>'
    assert read(tmp_path, page, "a.html").text.to_list() == [BODY]


@pytest.mark.parametrize(
    ("body", "known", "speaker"),
    [
        ("中新社北京三月五日电(记者 张三)十届全国人大五次会议今天在北京开幕。", {}, ("00", "centre", None)),
        ("全国平安建设工作会议近日在京召开。", {}, ("00", "centre", None)),
        (
            "全省学习全国平安建设会议精神座谈会在北京召开。",
            {"head": "来源：浙江日报"},
            ("33", "province", None),
        ),
        # the site of an authority where a text speaks of 我区, never where it does not
        (
            BODY,
            {"title": "我区召开会议", "meta": {"SiteName": "北京市西城区人民政府"}},
            ("11", "county", None),
        ),
        (BODY, {"title": "我区召开会议", "meta": {"site": "西城生活资讯"}}, (None, None, None)),
        (BODY, {"title": "平安是福", "meta": {"SiteName": "北京市西城区人民政府"}}, (None, None, None)),
        # an autonomous county for short; a county's town is no county
        ("全县要落实。", {"title": "张家川县召开会议"}, ("62", "county", "天水")),
        ("黄河流域沿河县区要落实责任。", {}, (None, None, None)),
        # the name of a prefecture that the text uses, else today's
        ("4月18日，达州市召开会议，全市要落实。", {}, ("51", "prefecture", "达州")),
        ("地委要求落实。", {"title": "达县地区召开会议", "year": 1985}, ("51", "prefecture", "达县")),
        ("全市要落实。", {"title": "大竹县召开会议"}, ("51", "county", "达州")),
        # the county that title, issuer or text open with is the level, not one in a list or left out
        ("6月12日，海东市乐都区召开会议，市领导出席。", {}, ("63", "county", "海东")),
        ("4月18日，市领导到会。", {"title": "滨海新区召开会议"}, ("12", "county", None)),
        ("近日，市委要求落实。", {"meta": {"发布机构": "济南市历城区综治委"}}, ("37", "county", "济南")),
        ("除翔安区外，我市各区都要达标。", {}, ("35", "prefecture", "厦门")),
        ("碧江区、松桃自治县在全市会议上发言。", {"title": "铜仁市召开会议"}, ("52", "prefecture", "铜仁")),
        (
            "10月11日，自治州政法委书记到吉首市、凤凰县调研，湘西要用好经验。",
            {},
            ("43", "prefecture", "湘西"),
        ),
        # whose committee or congress it is, whatever else the text names
        ("主持召开墨竹工卡县第十届县委常委会会议，总结南京墨竹周和南京支援。", {}, ("54", "county", "拉萨")),
        # whom it addresses, who leads it, what it carries out: not its own level
        (
            "各县人民政府：\n规则印发给你们。",
            {"title": "阿里地区行政公署关于印发规则的通知"},
            ("54", "prefecture", "阿里"),
        ),
        ("在省委、省政府的领导下，全市上下奋力推进。", {"title": "武汉市报告"}, ("42", "prefecture", "武汉")),
        ("现在，我代表正蓝旗人民政府作报告。", {"title": "正蓝旗报告"}, ("15", "county", "锡林郭勒")),
    ],
)
def test_who_speaks(body, known, speaker):
    assert who(body, **known) == speaker


def test_numbers_of_orders_and_papers_of_datelines():
    found = _place.resolve("现予发布，自发布之日起施行。", title="某办法", head="渝府令第 121 号")
    assert (found["document_number"], found["province"]) == ("渝府令第121号", "50")
    assert _place.resolve("全市要落实。", head="羊城晚报讯")["source"] == "羊城晚报"
    assert _place.resolve("全市要落实。", head="本报讯")["source"] is None


ORDER = "《某办法》已经通过，现予发布，自2002年1月1日起施行。"


@pytest.mark.parametrize(
    ("body", "head", "day", "high"),
    [
        # an order is of the day below the office of who signs it, not of the page that repeats it
        (
            f"{ORDER}\n市 长\n二○○一年十二月三十日\n某办法\n第一条 为了安全。",
            "时间:2024-06-16 05:10:14",
            "2001-12-30",
            ...,
        ),
        (f"{ORDER}\n某办法\n第一条 为了安全。", "时间:2024-06-16 05:10:14", None, "2024-06-16"),
        # lines that say when beside a clock, a section, an outlet
        ("1月27日，会议召开。", f"2018年01月27日 19时26分 阅读:{'1' * 60}", "2018-01-27", ...),
        ("2008年5月12日14时28分，那场地震令人难忘。5月12日，会议召开。", "", None, None),
        ("6月28日，会议召开。", "原创 某某政法 2021-06-29 17:40", "2021-06-29", ...),
        ("8月21日，会议召开。", "某某镜像.新闻汇总 2020-08-22", "2020-08-22", ...),
        ("8月21日，会议召开。", "有效期至 2020-08-22", None, None),
        ("各位代表：", "──2008年3月5日在某市第十一届人民代表大会第一次会议上", "2008-03-05", ...),
        # the day of an update tells only of what came just before
        ("12月6日，会议召开。", "更新时间：2019/12/9", "2019-12-09", ...),
        ("会议召开。", "更新时间：2019/12/9", None, None),
        ("2月6日，会议召开。", "更新时间：2019/12/9", None, None),
        # a jubilee is kept near its day; the spirit of a meeting is conveyed soon after it
        ("本报昆明6月30日电，今天我省庆祝中国共产党成立95周年大会在昆明举行。", "", "2016-06-30", ...),
        ("6月30日，会议学习在庆祝中国共产党成立95周年大会上的讲话。", "", None, None),
        ("11月3日，省委常委会召开会议，传达学习党的十九届四中全会精神。", "", "2019-11-03", ...),
        ("11月3日，省委常委会召开会议，贯彻党的十九届四中全会精神。", "", None, None),
        # lines run together
        (
            "请认真贯彻执行。某市人民政府2023年9月5日（此件公开发布）某市办法第一章 总则",
            "",
            "2023-09-05",
            ...,
        ),
    ],
)
def test_days(body, head, day, high):
    found = _dates.resolve(body, title="某市召开会议", head=head)
    assert found["date"] == day
    assert high is ... or found["date_high"] == high


def test_a_page_in_traditional_script_is_read_like_any_other(tmp_path):
    body = (
        "鐘興國指出，海峽兩岸經濟合作為廈門先行先試帶來機遇，要把臺商請進來，皇后大道後面的工作要做實。" * 3
    )
    docs = read(
        tmp_path,
        f"廈門召開會議\n2010-07-15 08:12　來源：廈門日報\n本報訊（記者 薛堯）{body}\n【打印】【關閉】",
    )
    assert docs[["title", "text", "authors", "source", "date"]].values.tolist() == [
        ["廈門召開會議", body, "薛堯", "廈門日報", "2010-07-15"]
    ]


@given(st.text("後后臺台記者會議開会议开，。\n ", max_size=60))
def test_no_character_is_changed_by_simplifying(text):
    rows = [{"text": line} for line in text.split("\n")]
    table = _script.table(rows)
    article = {"title": text, "head": [], "authors": [text], "text": text, "removed": [("head", text)]}
    plain = article | {name: text.translate(table) for name in ("title", "text")}
    plain |= {"authors": [text.translate(table)], "removed": [("head", text.translate(table))]}
    assert _script.restored(plain, table) == article


def test_mastheads_over_three_lines_are_of_every_article_of_the_page(tmp_path):
    items = "\n\n".join(
        f"第{n}件平安实事办成\n本报讯（通讯员 吴德军）昨天，{n}号会议召开。{BODY}" for n in "一二三"
    )
    docs = read(tmp_path, f"黔东南日报\n2017-11-08\n第3版　综合\n\n{items}")
    assert docs.title.to_list() == ["第一件平安实事办成", "第二件平安实事办成", "第三件平安实事办成"]
    assert docs[["source", "date", "prefecture", "level", "authors"]].drop_duplicates().values.tolist() == [
        ["黔东南日报", "2017-11-08", "黔东南", "prefecture", "吴德军"]
    ]


@pytest.mark.parametrize(
    ("top", "bottom"),
    [
        (
            "加入收藏 | 会员中心\n年度索引: "
            + " 2023" * 20
            + "\n您当前的位置:首页 > 统计公报\n\n某市平安建设会议召开\n来源:某某网",
            "",
        ),
        ("新闻动态 头条新闻\n某市平安建设会议召开", ""),
        ("某市平安建设会议召开\n选择区域:>>>", ""),
        ("某市平安建设会议召开\n某某日报评论员\n1998年12月8日　第1版", ""),
        ("某市平安建设会议召开\n──在某省第十三届人民代表大会第四次会议上\n某省检察院检察长 张三", ""),
        ("某市平安建设会议召开\n某某镜像.新闻汇总 2020-08-22", ""),
        ("某市平安建设会议召开\n我市某市平安建设会议召开", ""),
        ("某市平安建设会议召开\n【资料图】", ""),
        ("某市平安建设会议召开", "编 辑: 张三\n责 编: 张三"),
        ("某市平安建设会议召开", "评论回复\n张三：同意\n提交回复"),
        (
            "某市平安建设会议召开",
            "关键词:\n关于本站 管理团队 版权申明 网站地图 联系合作\n联系我们:123@qq.com\nCopyright © 2023",
        ),
    ],
)
def test_what_stands_around(tmp_path, top, bottom):
    docs = read(tmp_path, f"{top}\n\n{BODY}\n\n{bottom}")
    assert docs[["title", "text"]].values.tolist() == [["某市平安建设会议召开", f"{BODY}"]]


def test_the_window_names_the_gazette_and_the_page_the_act(tmp_path):
    act = "某省人民政府办公厅关于加强社区建设的通知"
    top = "<html><title>某省人民政府公报 2006年第11期</title>"
    page = f"{top}<body><p>{act}</p><p>各市人民政府：</p><p>{BODY}</p></body></html>"
    assert read(tmp_path, page, "a.html").title.to_list() == [act]


def test_a_given_name_may_end_like_a_role():
    assert _article.authors("本报记者 潘皇林 通讯员 余学文") == ["潘皇林", "余学文"]
    assert _article.authors("记者 张三丰 文") == ["张三丰"]

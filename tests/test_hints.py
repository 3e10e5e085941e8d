"""Kinds of documents of a fifth set of unseen texts: weak signs of a place, days that are not its own."""

import csv
import re
from importlib import resources

import pytest

from toolkit import load
from toolkit.load import _calendar, _clock, _dates, _hints, _layout, _place

BODY = "会议强调，要坚持以人民为中心，把平安建设各项措施落到实处，确保社会大局持续稳定。" * 3
DATA = resources.files("toolkit") / "_data"


def province(body, **known):
    return _place.resolve(body, **known)["province"]


@pytest.mark.parametrize(
    ("body", "known", "code"),
    [
        # the outlet, where it is named after a place
        ("把我市禁毒工作抓实。", {"head": "来源：天门网"}, "42"),
        ("今天上午，会议召开。", {"title": "会议召开 红网汉寿站"}, "43"),
        ("我州召开会议。", {"head": "平安甘孜 2022-08-02 18:30"}, "51"),
        ("我省召开会议。", {"meta": {"发布单位": "福建日报"}}, "35"),
        ("会议召开。", {"head": "来源：四川大学保卫处"}, "51"),
        ("会议召开。", {"head": "来源：大庆油田报"}, "23"),
        ("会议召开。", {"head": "来源：光明网"}, None),
        ("会议召开。", {"head": "来源：中国长安网"}, None),
        # site, footer, address: only where the text speaks of a place as its own, and names no other
        ("区检察院召开会议。", {"meta": {"site": "南开区人民检察院"}}, "12"),
        ("我县召开会议。", {"meta": {"footer": "主办：某县政府办 皖公网安备34120000000001号"}}, "34"),
        ("自治区信访联席会议召开。", {"path": "xf.nmg.gov.cn/a/1.txt"}, "15"),
        ("我市召开会议。", {"meta": {"url": "http://www.hangzhou.gov.cn/art/1.html"}}, "33"),
        ("平安是福。", {"meta": {"url": "http://www.hangzhou.gov.cn/art/1.html"}}, None),
        ("我省推进平安建设。", {"path": "compare/not_xinjiang/1.txt"}, None),
        ("对此，各级要抓好落实。", {"head": "(来源：中国国防报 2007-11-22)"}, "00"),
        # an area is named twice, and no other place
        ("昨日，老人在西咸新区办展。老人家住西咸新区。", {}, "61"),
        ("昨日，老人在西咸新区办展。老人家住浦东。", {}, None),
        ("总书记指出，横琴要开放。横琴各界反响热烈。", {"title": "总书记的讲话引起反响"}, None),
        # … or names that place and no other; delegations in a row are not places that speak
        ("兵团第五师与精河县结对。", {"path": "bttzb.xjbt.gov.cn/c/2023-09-27/83.txt"}, "65"),
        (
            "学习在内蒙古、山东、广东、重庆代表团的讲话，抓好我市安全。",
            {"meta": {"footer": "琼公网安备 46900202000032号"}},
            "46",
        ),
        ("建设平安清徐、法治清徐，县委要求落实。", {}, "14"),
        ("武汉市召开会议。西安市召开会议。", {"title": "联播快讯"}, None),
        ("我市与绵阳市签约。", {"meta": {"url": "http://www.hangzhou.gov.cn/art/1.html"}}, None),
        ("市委会议召开，推动白山高质量发展。", {}, "22"),
        ("7月1日，全州大会在都匀举行。", {}, "52"),
        ("我市要落实《省政府通知》（苏政办发〔2022〕82号）。", {}, "32"),
        ("各地落实《通知》（苏政办发〔2022〕82号）。", {}, None),
        ("哈尔滨工业大学党委检查校园安全。", {"head": "来源：某新闻网"}, "23"),
        # a county opens the text; one of a single character; 市和县, 召开县委会议 are none
        ("4月10日，汉寿县召开会议。", {}, "43"),
        ("各区乡：\n望执行。", {"title": "中共献县县委关于春耕的指示"}, "13"),
        ("召开县委会议，省、市和县都参加。", {}, None),
        # a province that was none yet
        ("会议召开。", {"title": "海南行政区召开会议", "head": "南方日报　1986年4月9日"}, "44"),
        # papers that are called after what is a province today
        ("海口警情周报亮相，海口市民关心。", {"head": "2003年12月8日 海南新闻网"}, "46"),
        ("火锅节开幕，市长致辞。", {"head": "来源：重庆晚报"}, "50"),
        # two prefectures of two provinces open the text
        ("济宁市委书记甲，徐州市委书记乙出席会议。", {}, None),
    ],
)
def test_whose_a_text_is(body, known, code):
    assert province(body, **known) == code, _place.resolve(body, **known)


@pytest.mark.parametrize(
    ("body", "path", "code"),
    [
        # the domain of a county's government, which is not what its label may mean elsewhere
        ("我县召开会议。", "www.scgw.gov.cn/1.txt", "51"),
        ("我区召开会议。", "www.fuyang.gov.cn/1.txt", "33"),
        ("我市召开会议。", "zfw.fuyang.ah.example.com/1.txt", "34"),
        ("兴化公安社区警务固定宣防日启动。", "www.xinghua.gov.cn/1.txt", "32"),
        ("社区警务固定宣防日启动。", "www.xinghua.gov.cn/1.txt", None),
        ("宁夏公安社区警务固定宣防日启动。", "www.xinghua.gov.cn/1.txt", None),
        ("四川省遂宁市召开会议，遂宁市委书记出席。", "www.xinghua.gov.cn/1.txt", "51"),
        # what banners alone have, and what only looks like it
        ("苏木召开推进会，各嘎查书记参加，传达全旗政法会议精神。", "1.txt", "15"),
        ("我县推出全旗舰店，我旗下公司支持，群众将锦旗委托社区送到。", "1.txt", None),
        ("全旗开得胜，我县代表队夺冠，流动红旗委派专人发放。", "1.txt", None),
        ("我县与相邻的旗县市签订联防协议。", "1.txt", None),
        ("黑龙江省杜尔伯特县连环湖镇南岗嘎查召开会议。", "1.txt", "23"),
        # whom a local text lists is not whose it is
        ("我县对口帮扶的，玉树、囊谦、杂多等县代表来访。", "1.txt", None),
        ("考察团先后到达，长兴、安吉、德清等三县的做法给我县留下印象。", "1.txt", None),
        ("我县警方在市公安局宝安分局协助下抓获嫌疑人。", "1.txt", None),
        ("我市召开会议，刑侦、治安、国保等市局警种参加。", "1.txt", None),
        ("消息说，汉滨、旬阳、镇坪等县下了雪。", "1.txt", None),
        ("会议听取永济、河津、闻喜、芮城等地汇报，市委副书记主持。", "1.txt", "14"),
        ("浦东、黄浦、宝山、松江、奉贤等区负责同志参加会议。", "1.txt", "31"),
        ("有关负责人赴永济、河津、闻喜等地考察，听取汇报。", "1.txt", None),
        ("和平、新华、长安等路段负责人汇报。", "1.txt", None),
        ("城东、城中、城西等区负责人介绍了经验。", "1.txt", None),
        ("永济、河津、闻喜、纺织、煤炭、轻工等地汇报。", "1.txt", None),
        ("据统计，昆山、常熟、张家港等市稳居前列，我县负责人要求对标学习。", "1.txt", None),
        # where something happened is not where who learns from it is
        ("县安委会召开会议，传达对内蒙古露天煤矿坍塌事故的批示，我县作出部署。", "1.txt", None),
        ("省委、省政府部署，四川地震发生后迅速救灾，我省作出部署。", "1.txt", "51"),
        ("陕西交通安全事故防控推进会召开，我省事故起数下降。", "1.txt", "61"),
        ("浙江全省火灾起数下降12%，我省公共安全形势平稳。", "1.txt", "33"),
    ],
)
def test_whose_a_local_text_is_by_its_page_and_its_parts(body, path, code):
    assert province(body, path=path) == code, _place.resolve(body, path=path)["province_evidence"]


def test_every_place_of_a_host_is_known():
    with (DATA / "hosts.csv").open(encoding="utf8") as file:
        rows = list(csv.DictReader(file))
    known = {row["prefecture"] for row in _clock.table("prefectures")}
    known |= {code[:2] for code in known} | {"11", "12", "31", "50"}
    assert {row["place"] for row in rows} <= known
    assert len(rows) == len({row["label"] for row in rows}) > 4000
    assert _hints._registered("http://www.gov.cn/a.htm https://news.sina.com.cn") == set()


def test_every_pattern_is_used_once():
    with (DATA / "patterns.tsv").open(encoding="utf8") as file:
        names = [line.split("\t")[0] for line in file][1:]
    rooms = "clock dates gazetteer place hints issued known nation article files html read tables".split()
    rooms += ["bulletin", "level", "neighbours"]
    room = resources.files("toolkit") / "load"
    code = "".join((room / f"_{name}.py").read_text("utf8") for name in rooms)
    used = re.findall(r'(?<!_layout\.)\bsign\("(\w+)"\)', code)
    others = "".join((room / f"_{name}.py").read_text("utf8") for name in ("layout", "beginnings"))
    used += re.findall(r'_clock\.sign\("(\w+)"\)', others)
    assert len(names) == len(set(names))
    assert set(used) == set(names)


@pytest.mark.parametrize(
    ("body", "known", "day"),
    [
        ("2025年是规划收官之年。7月3日，会议召开。", {}, "2025-07-03"),
        ("今年是“十三五”收官之年。1月9日，会议召开。", {}, "2020-01-09"),
        ("1月15日，会议召开。会议指出，2021年是极不平凡的一年。", {}, None),
        ("过去的2021年是规划开局之年。4月3日，会议召开。", {}, None),
        ("3月29日，我区召开2018年度信访工作会议。", {}, "2018-03-29"),
        ("3月29日，我区召开2017年度总结表彰大会。", {}, None),
        ("1月8日，公司召开2020年度工作会议，总结工作。", {}, None),
        ("10月22日，市里召开了2021年度医保征缴会议。", {}, None),
        ("3月3日,高新区召开了2013年度总结会,会议表彰先进。", {}, None),
        (
            "现公布《某条例》，自2018年1月1日起施行。总理　　某 某　　　2017年12月25日　\n第一条 略。",
            {},
            "2017-12-25",
        ),
        ("他很感激。总理 某某 2017年12月25日 到访时种了树。", {}, None),
        ("10月1日，全市升国旗，庆祝中华人民共和国成立70周年。", {}, "2019-10-01"),
        ("8月21日，记者获悉，10月1日将庆祝中华人民共和国成立70周年。", {}, None),
        ("会议召开。", {"head": "【2021-04-02】【某某法制报】"}, "2021-04-02"),
        ("会议召开。", {"head": "Mar 5, 2019"}, "2019-03-05"),
        ("会议召开。", {"head": "2025-01-06　某某检察在线"}, "2025-01-06"),
        ("会议召开。", {"head": "[ 发布日期 ] 2021-06-11"}, "2021-06-11"),
        ("会议召开。", {"meta": {"url": "http://a.cn/2019/0305/c1.htm"}}, "2019-03-05"),
        ("会议召开。", {"head": "作者：甲　更新时间：2016/11/2 16:20:11　点击数：33"}, "2016-11-02"),
        ("6月26日是国际禁毒日。", {"head": "06-27 08:15　某报", "path": "2014/a.txt"}, "2014-06-27"),
        ("3月5日，副省长某某调研。", {"head": "10.03.2015  11:13"}, "2015-03-10"),
        (
            "春节前夕，记者来到社区。",
            {"head": "政府门户网站 www.gov.cn   2006年01月28日   来源：某报"},
            "2006-01-28",
        ),
        (
            "今后要评估。",
            {"head": "政府网站 www.gov.cn   2013年01月16日 09时15分   来源：某报"},
            "2013-01-16",
        ),
        ("会议召开。", {"head": "来源: 北方网 作者:某某 编辑:某某 2019-03-27 09:55:39"}, "2019-03-27"),
        ("9月26日，会议召开。", {"head": "某某日报·新某某客户端 2023-09-27 18:00:24"}, "2023-09-27"),
        ("会议召开。", {"head": "发表时间:[2018-05-16] 来源: 区综治办"}, "2018-05-16"),
        (
            "10月12日至13日，某某来我市调研。",
            {"path": "www.example.com.cn/news/20211014082609926.txt"},
            "2021-10-14",
        ),
        ("12月27日，省委政法委召开2019年第13次全体会议。", {}, "2019-12-27"),
        # days of something else
        ("3月5日，副省长某某调研。", {"head": "10/03/2015  11:13"}, None),
        ("某某同志因病于2019年4月19日4时58分逝世。", {"head": "某某 2019年4月19日4时58分逝世"}, None),
        ("要建设。", {"head": "更新时间:2021/03/28 10:20:30"}, None),
        ("第一条 为了节约用水。", {"head": "来源:省法制办 更新时间:2021/03/29 11:30:01"}, None),
        ("二十年后，人们回忆。", {"head": "香港回归 1997年7月1日 来源: 中新社"}, None),
        ("会议召开。", {"head": "数据截至2020年12月31日 来源: 省统计局"}, None),
        ("十年来，成绩显著。", {"head": "开通 www.gov.cn 2006年1月1日 10:00"}, None),
        ("会议将召开。", {"head": "时间（2021年3月5日上午）/地点：长沙"}, None),
        ("展览将举行。", {"head": "时间：[2018年5月16日—20日] 展览地点：长沙"}, None),
        ("会议召开。", {"head": "Posted 12.05.2015 11:13"}, None),
        ("会议召开。", {"head": "韶山路12号 2019年3月5日"}, None),
        ("本文对该案作出评析。", {"title": "判决评析", "head": "某刑终〔2009〕3号 2009-02-10"}, None),
        ("12月28日，某县召开2021年第二次两会安保工作会。", {}, None),
        ("8月18日，某市2026年世界杯预选赛安保会议在某地召开。", {}, None),
        ("2021年5月6日，某市推进平安建设。", {"path": "a.com/files/20230102030405.txt"}, None),
        ("为贯彻上述国务院文件，现通知如下。", {"head": "某发〔2010〕12号 2010年4月6日"}, None),
        ("下列文件废止。", {"title": "某省废止文件目录", "head": "某政发〔1998〕3号 1998年2月3日"}, None),
        ("会议召开。", {"path": "扫描件20230911101530.txt"}, None),
        ("会议召开。", {"path": "web.archive.org/web/20160305123456/a.txt"}, None),
        ("5月6日，省委召开会议。", {"path": "scan/20230507101530/1.txt"}, None),
        ("12月27日，省委召开2020年第一季度工作部署会。", {}, None),
        ("12月27日，省里召开2020年第一批重大项目动员会。", {}, None),
        ("12月27日，县里召开2020年第二次丰收节筹备会。", {}, None),
        ("某法发〔1987〕3号 1987年1月5日\n某法发〔1988〕5号 1988年2月5日", {"title": "目录"}, None),
        ("10月12日至13日，某某来我市调研。", {"path": "news/12021101408260992612.txt"}, None),
        ("10月12日至13日，某某来我市调研。", {"path": "news/20211399082609.txt"}, None),
        ("12月27日，省委政法委召开2019年第一次全体会议。", {}, None),
        ("11月28日，某省2025年高校毕业生就业双选活动在某地举行。", {}, None),
        ("6月26日上午，某市1998年抗洪抢险报告会在某地举行。", {}, None),
        ("1月26日上午，某省2024年十件实事揭晓活动在某地举行。", {}, None),
        ("3月26日上午，某省2024年度全省政法工作会议在某地召开。", {}, None),
        ("3月26日上午，某市2023年招商引资总结大会在某地召开。", {}, None),
        ("6月26日，纪念某某1921年创办学校活动在某地举行。", {}, None),
        ("6月26日，某市自2015年以来最大的活动在某地举行。", {}, None),
        ("2003年4月25日，会议召开。那一年，他是医生。", {}, None),
        ("1978年12月18日，会议召开。40多年后，我们再读历史。", {}, None),
        ("根据《条例》（2018年3月11日修订），通知如下。", {}, None),
        ("2021年1月1日起施行", {}, None),
        ("会议召开。", {"head": "报名时间：2022年10月1日"}, None),
        ("国家卫健委（1月1日）通报，2021年12月31日新增2例。", {}, None),
        ("（1996年5月24日会议通过　根据2004年6月18日的决定修正）\n第一条", {}, "2004-06-18"),
    ],
)
def test_days_told_and_days_of_something_else(body, known, day):
    assert _dates.resolve(body, **known)["date"] == day, _dates.resolve(body, **known)


def test_western_dates_are_turned():
    assert _calendar.western("5th March 2019, Mar. 5, 2019, Mar 2019") == "2019-3-5, 2019-3-5, 2019-3"
    assert _calendar.western("会议 May I ask") == "会议 May I ask"


@pytest.mark.parametrize(
    "line",
    [
        "|<‹ 上一页 6 下一页 ›>|", "【上一篇】某县召开会议", "打开APP阅读全文", "举报电话：12345", "点赞 0",
        "某地召开会议研究部署。[详细]", "某某委员会主办 网站编辑部电话:010-00000000 | 招聘启事", "版权声明",
        "欢迎进入某某市人民政府网站！", "抄送：市委各部门，军分区。", "网站违法和不良信息举报电话:0",
        "某报所有自采新闻独家授权某网发布，未经允许不得转载或镜像", "凡本网未注明“来源：某网”的作品均系转载",
        "--各省区市网站--", "无障碍阅读 长者助手 繁體 简体 登录", "访问手机站网站", "本文共计 1200 字",
    ],
)  # fmt: skip
def test_furniture_of_sites_and_applications(line):
    assert _layout.aside(line)
    assert not _layout.aside("会议要求，各地要落实责任，确保实效。")


def test_the_end_of_a_word_is_no_dateline():
    opens = _layout.sign("dateline").match
    assert not opens("最高检通报惩治电信网络诈骗犯罪情况")
    assert opens("某某日报北京3月6日电 会议召开。")
    assert _place.resolve("会议召开。", head="最高检通报惩治电信网络诈骗犯罪情况")["source"] is None


def test_the_footer_of_a_page_tells_its_place(tmp_path):
    page = (
        f"<html><body><div id='zoom'><p>我县要落实。{BODY}</p></div><div>湘ICP备05000000号 主办：某办</div>"
    )
    (tmp_path / "a.html").write_text(page + "</body></html>", "utf8")
    docs, audit = load.folder(tmp_path)
    assert docs.province.to_list() == ["43"]
    assert "footer" in audit.province_evidence[0]
    assert docs.text.to_list() == [f"我县要落实。{BODY}"]


def test_the_line_of_source_below_the_article_is_read(tmp_path):
    page = f"<html><body><div id='p-detail'><p>4月8日，{BODY}</p></div><div>2021-04-08 19:33 来源：某网</div>"
    (tmp_path / "a.html").write_text(page + "</body></html>", "utf8")
    docs, _ = load.folder(tmp_path)
    assert docs.date.to_list() == ["2021-04-08"]
    assert docs.source.to_list() == ["某网"]


def test_a_page_tells_its_site_and_channel_in_lines_of_furniture(tmp_path):
    text = "规范市场秩序_工作动态_上海市房屋管理局\n您的位置：\n首页\n工作动态\n规范市场秩序\n"
    (tmp_path / "a.txt").write_text(f"{text}本市要落实。{BODY}", "utf8")
    page = "<html><body><div>首页 > 地方科技 > 湖北 > 最新动态</div><div>来源：科学技术部</div>"
    (tmp_path / "b.html").write_text(
        f"{page}<div id='zoom'><p>论坛在武汉召开。武汉要落实。武汉、武汉。{BODY}</p></div></body></html>",
        "utf8",
    )
    docs, audit = load.folder(tmp_path)
    assert docs.province.to_list() == ["31", "42"]
    assert audit.province_evidence[0] == "site 上海市房屋管理局"
    assert "channel 湖北" in audit.province_evidence[1]

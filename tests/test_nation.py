"""The nation's news and the nation's texts: of one place, of several, of none."""

import pytest

from toolkit import load
from toolkit.load import _dates, _gazetteer, _place

AIRED = "央视网消息（新闻联播）："
SENT = "新华社北京3月31日电"
LONG = "在中央引导下，各地强化制度。" * 25


@pytest.mark.parametrize(
    ("body", "known", "code"),
    [
        # of the place that it opens with
        (f"{AIRED}湖南凤凰的山村里，老人修好了路。村民说，路好走了。", {"title": "山里的路"}, "43"),
        ("湖南凤凰的山村里，老人修好了路。", {"title": "山里的路", "head": "来源：CNTV"}, "43"),
        ("央视网(新闻联播)消息：湖南凤凰的山村里，老人修好了路。", {"title": "山里的路"}, "43"),
        # of one in the title, whatever else the text names
        (f"{AIRED}矿井坍塌，救援人员从河北、山西、河南赶来。", {"title": "山东平邑一矿坍塌救援"}, "37"),
        # of several, of one among others, of none
        (f"{AIRED}湖南修路，湖北架桥，江西通车。", {"title": "路通了"}, "00"),
        (f"{AIRED}湖南修路，江西通车。", {"title": "湖南修路 江西通车"}, "00"),
        (f"{AIRED}两国领导人会晤，商定停火。", {"title": "两国停火"}, "00"),
        # named in passing: late and once, where the nation meets, where somebody goes
        (f"{AIRED}{'粮食丰收，仓库满了。' * 5}湖南一户农民说好。", {"title": "粮食丰收"}, "00"),
        (f"{AIRED}多国领导人出席厦门会晤，签了字。", {"title": "友谊长青"}, "00"),
        (f"{AIRED}游泳队夺冠。", {"title": "【杭州第19届亚运会】游泳队夺冠"}, "00"),
        (f"{AIRED}企业支援湖北，送去口罩。", {"title": "企业在行动"}, "00"),
        (f"{AIRED}该剧讲山里的人。湖南的山很美。", {"title": "电视剧《湖南人家》今晚播出"}, "00"),
        # a leader of the centre's paper, whatever it names; what is said about such a paper is not
        ("青岛峰会上的讲话鼓舞人心。", {"title": "人民日报评论员文章：四论青岛峰会上的讲话"}, "00"),
        ("我市召开会议。", {"title": "人民日报文章点赞长沙"}, "43"),
        # what a place says of itself stays its own
        ("央视网消息：两国停火。", {"title": "两国停火", "meta": {"发布机构": "长沙市人民政府"}}, "43"),
        # what says 我市 is no item of the nation's, whoever is named as its source
        ("我市召开会议，湖南、湖北的客商来了。", {"head": "来源：央视网"}, None),
        ("我市召开会议。", {"head": "来源：央视网", "meta": {"footer": "主办：长沙市人民政府"}}, "43"),
        # a letter of a ministry, to whomever; the meetings, diplomats and commentators of the nation
        (
            "山东省人民政府：\n支持济南市、济南市、济南市。",
            {"title": "科技部关于支持济南建设试验区的函"},
            "00",
        ),
        ("山东省人民政府，支持济南市、济南市、济南市。", {"title": "科技部关于支持济南建设试验区的函"}, None),
        ("第十六次全国检察工作会议2026年7月16日至17日在京召开。中央政法委书记出席。", {}, "00"),
        ("就某国一事，外交部发言人张三丰28日在例行记者会上表示，坚决反对。", {"title": "中方回应"}, "00"),
        ("让我们守护它。", {"title": "（新华时评）让我们守护它"}, "00"),
        # on a page of the nation, the channel of a place
        (
            "论坛在武汉召开。",
            {"head": "来源：科学技术部", "meta": {"crumbs": "首页 > 地方科技 > 湖北"}},
            "42",
        ),
        (
            "论坛在武汉召开。",
            {"head": "来源：科学技术部", "meta": {"crumbs": "首页 > 地方科技 > 湖北省的经验"}},
            "00",
        ),
        ("某街办成了一件事。", {"meta": {"provinceName": "安徽省"}}, "34"),
        # a title on the whole country, with an organ of the centre, and no one place for most of those named
        (
            "江苏、安徽、河南返青。河北也返青。农业农村部派出工作组。",
            {"title": "全国各地掀起春管热潮"},
            "00",
        ),
        ("江苏、安徽、河南返青。河北也返青。来了一个工作组。", {"title": "全国各地掀起春管热潮"}, None),
        ("河北返青。河北、江苏派出工作组，农业农村部肯定。", {"title": "全国各地掀起春管热潮"}, None),
        ("我省江苏、安徽两侧返青。农业农村部派出工作组。", {"title": "我国各地掀起春管热潮"}, None),
        ("江苏、安徽、河南返青。农业农村部派出工作组。", {"title": "全国各地学江苏春管"}, "32"),
        ("江苏、安徽的人来了。文化和旅游部有文。", {"title": "各地群众来乌镇"}, None),
        ("市委指出，江苏、安徽返青。农业农村部派出工作组。", {"title": "全国各地掀起春管热潮"}, None),
        ("江苏、安徽返青。农业农村部派出工作组。", {"title": "全国文明村镇谈春管"}, None),
        # what an organ of the centre does, to what end before its name
        ("为严厉打击违法行为，保障生态安全，生态环境部于近日印发通知。", {"title": "行动启动"}, "00"),
        ("为严厉打击违法行为，保障河北生态安全，生态环境部于近日印发通知。", {"title": "行动启动"}, None),
        ("国家发改委10日发布通知。", {"title": "完善机制"}, "00"),
        ("据某网消息，日前，住房城乡建设部发布通知。", {"title": "完善机制"}, "00"),
        # a leader of the centre, wherever he speaks, if no place is in the title
        (
            "国务院总理李强26日在上海出席会议。上海市领导出席。",
            {"title": "大会召开", "head": "新华社上海7月26日电"},
            "00",
        ),
        # what the centre says is told by a place; its organs are named by all
        (
            "国务院办公厅日前发布通报，安徽获激励。安徽再加力。",
            {"title": "安徽获国务院督查激励", "head": "来源：安徽日报"},
            "34",
        ),
        (
            "国务院总理李强5日作政府工作报告，在湖南引发热议。湖南各地都说好。",
            {"title": "湖南代表热议", "head": "来源：湖南日报"},
            "43",
        ),
        ("教育部日前印发关于阅读的通知，要求组织学生学习。", {"title": "多读书"}, "00"),
        # a deputy is no organ, the organs that sit are
        (
            "偏远地区缺医生，遵义医科大学的医生傅某说。遵义要培养，遵义市也招人，遵义好。",
            {"title": "全国政协委员傅某——"},
            "52",
        ),
        ("偏远地区缺医生，会议指出。", {"title": "全国政协召开双周协商座谈会"}, "00"),
        ("在浙江，委员们来到杭州。浙江介绍，杭州介绍。", {"title": "全国政协委员视察团在浙江视察"}, "00"),
        ("农业农村部的标语挂在墙上。湖南一所小学学法。", {"title": "国家宪法日宣传进校园"}, None),
        ("为保障生态安全，生态环境部印发的办法，县分局组织学习。", {"title": "学办法"}, None),
        # sent from Beijing on the nation, which names places late, and no one place for most
        (
            f"{LONG}浙江、广东都有例子。江苏也有。",
            {"title": "公平竞争", "head": SENT},
            "00",
        ),
        (
            f"{LONG}浙江有三个例子。浙江好。广东也有。",
            {"title": "公平竞争", "head": SENT},
            None,
        ),
        (
            f"{LONG}浙江、广东都有例子。江苏也有。",
            {"title": "浙江公平竞争", "head": SENT},
            "33",
        ),
        (
            f"浙江、广东都有例子。江苏也有。{LONG}",
            {"title": "公平竞争", "head": SENT},
            None,
        ),
        # a title on a place; an organ of one
        ("为响应倡议，办了培训班。", {"title": "宁夏：培训班成功举办", "head": "来源：科学技术部"}, "64"),
        ("为响应倡议，办了培训班。", {"title": "宁夏培训班成功举办", "head": "来源：科学技术部"}, "00"),
        ("“谢谢吴警官。”他是上海市公安局杨浦分局的民警。", {"title": "解开心结"}, "31"),
        ("“谢谢法官。”渝水区人民法院的判决公布了。", {"title": "解开心结"}, "36"),
        ("“谢谢吴警官。”他是上海市来的民警。", {"title": "解开心结"}, None),
        # the mast of a news day says whose an item is
        ("两国领导人会晤，商定停火。", {"title": "两国停火", "head": "新闻联播 2013-08-12"}, "00"),
        ("两国领导人会晤，商定停火。", {"title": "两国停火", "head": "新闻评论 2013-08-12"}, None),
        # a river's source is not the city of Heyuan
        ("渭源县在渭河源头召开会议，渭河源的药乡丰收，渭源县委讲话。", {"title": "千年药乡渭河源"}, "62"),
        # what is called after a place: a green Cangnan, as a safe one is
        ("我县“绿色苍南、美丽家园”活动领导小组召开会议。", {}, "33"),
        # a town is not the city of its name; Zhenjiang is one
        ("福清海口镇今天闹元宵，海口镇的灯亮了。海口镇的人来了。", {"title": "千年古镇闹元宵"}, None),
        ("4月2日，江苏镇江召开会议。", {}, "32"),
        ("瓯海南边的村庄通了车，我市再修一条。", {}, None),
        ("4月2日，东莞镇区经济向好，我市召开会议。", {}, "44"),
        ("自治区人民政府和新疆生产建设兵团联合印发方案，我区各地落实。", {}, "65"),
        ("31个省（自治区、直辖市）和新疆生产建设兵团报告，没有新增。", {"title": "最新通报"}, None),
    ],
)
def test_on_the_nation_or_on_one_place(body, known, code):
    found = _place.resolve(body, **known)
    assert found["province"] == code, found


def test_a_place_is_of_the_province_of_the_year_that_columns_give():
    body = "重庆涪陵召开会议，涪陵部署工作，涪陵加快发展，涪陵见成效。"
    for day, code in (("2014-03-25", "50"), ("1990-03-25", "51")):
        assert _place.resolve(body, meta={"pub_date": day})["province"] == code


def test_the_corps_among_all_provinces_names_none():
    for text in ("31个省（自治区、直辖市）和新疆生产建设兵团报告", "各省区市和新疆生产建设兵团"):
        assert _gazetteer.provinces(_gazetteer.find(text, 2021), "province") == {}
    assert _gazetteer.provinces(_gazetteer.find("人民政府和新疆生产建设兵团", 2021), "province") == {"65": 1}


@pytest.mark.parametrize(
    ("column", "address", "day"),
    [
        ("url", "http://www.js.gov.cn/dfkj/201707/t20170728_134302.html", "2017-07-28"),
        ("url", "http://www.js.gov.cn/dfkj/202511/t20251120_134302.html", "2025-12-08"),  # not long before
        ("url", "http://www.js.gov.cn/dfkj/201707/t20170728_134302.png", "2025-12-08"),  # a picture
        ("url", "http://www.js.gov.cn/zt/20170728/134302.html", "2025-12-08"),  # of a folder of pages
        ("url", "http://www.js.gov.cn/134302.html?t=20170728", "2025-12-08"),
        ("prev_url", "http://www.js.gov.cn/dfkj/201707/t20170728_134302.html", "2025-12-08"),  # another page
    ],
)
def test_a_page_made_anew_is_as_old_as_its_address(column, address, day):
    meta = {"docDate": "2025-12-08", column: address}
    assert _dates.resolve("某市建设研究院。", meta=meta)["date"] == day
    own = {"成文日期": "2025-12-08", column: address}
    assert _dates.resolve("某市建设研究院。", meta=own)["date"] == "2025-12-08"


def test_an_address_dates_where_nothing_else_does():
    page = "http://www.js.gov.cn/dfkj/201707/t20170728_134302.html"
    assert _dates.resolve("某市建设研究院。", meta={"url": page})["date"] == "2017-07-28"
    picture = page.replace(".html", ".png?w=20")
    assert _dates.resolve("某市建设研究院。", meta={"logo": picture})["date"] is None


def test_an_item_of_a_record_names_its_outlet(tmp_path):
    items = '{"videoList": [{"title": "山里的路", "source": "央视网", "content": "湖南修路，湖北架桥。"}]}'
    (tmp_path / "a.json").write_text(items, "utf8")
    docs, audit = load.folder(tmp_path)
    assert docs["province"].tolist() == ["00"]
    assert audit["province_evidence"].tolist() == ["television of the nation, on no one place"]

"""Is it known who speaks in a document, and kept open where it is not?"""

import importlib.util
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit import load, places
from toolkit.load import _clock, _gazetteer, _place

spec = importlib.util.spec_from_file_location("documents", Path(__file__).with_name("test_dates.py"))
documents = importlib.util.module_from_spec(spec)  # its readers of the real documents
spec.loader.exec_module(documents)

REAL = Path(__file__).parents[1].parent / "shared" / "real"
real = pytest.mark.skipif(not REAL.exists(), reason="the real documents are not here")


def who(body, **known):
    found = _place.resolve(body, **known)
    return found["province"], found["level"], found["prefecture"]


@pytest.mark.parametrize(
    ("body", "known", "speaker"),
    [
        # the number, the issuer, the meeting
        ("各市：\n通知如下。", {"head": "皖政办〔2019〕3号"}, ("34", "province", None)),
        ("各省：\n通知如下。", {"head": "国发〔2019〕5号"}, ("00", "centre", None)),
        (
            "为落实《国务院意见》（国发〔2019〕5号），制定本方案。",
            {"title": "浙江省人民政府关于推进工作的意见"},
            ("33", "province", None),
        ),
        ("通知如下。", {"title": "滁州市人民政府办公室关于印发方案的通知"}, ("34", "prefecture", "滁州")),
        ("通知如下。", {"title": "教育部关于印发方案的通知"}, ("00", "centre", None)),
        (
            "河南、河北、湖北的经验。我代表自治区人民政府。",
            {"head": "来源：青海日报\n——2025年1月19日在宁夏回族自治区第十三届人民代表大会第三次会议上"},
            ("64", "province", None),
        ),
        ("现在，我代表国务院，向大会报告政府工作。", {}, ("00", "centre", None)),
        # the place of the meeting, the paper, the phrase
        ("省委政法工作会议在太原召开。", {}, ("14", "province", None)),
        ("省委平安办会议在杭召开，深化平安浙江建设。", {}, ("33", "province", None)),
        ("自治区党委政法工作会议在呼和浩特召开。", {}, ("15", "province", None)),
        ("市委书记强调，全市要落实。", {"head": "来源：哈尔滨日报"}, ("23", "prefecture", "哈尔滨")),
        ("全县要落实。", {"title": "我县召开会议", "meta": {"province": "安徽"}}, ("34", "county", None)),
        # counties, papers of prefectures, our own province, organs of the State Council
        ("全县要落实。", {"title": "商水县召开平安建设会议"}, ("41", "county", "周口")),
        ("县委要求落实。", {"title": "陵水黎族自治县召开会议"}, ("46", "county", None)),
        ("市委要求各单位落实。", {"head": "来源：延边日报"}, ("22", "prefecture", "延边")),
        (
            "我省代表团赴浙江学习考察。",
            {"title": "我省代表团赴浙江考察", "head": "来源：贵州日报"},
            ("52", "province", None),
        ),
        (
            "各省、自治区、直辖市人民政府：",
            {"title": "国务院关于推动内蒙古高质量发展的意见"},
            ("00", "centre", None),
        ),
        ("4月17日，公安部在浙江省杭州市召开全国会议。", {"title": "全国会议召开"}, ("00", "centre", None)),
        # divisions of their year, names that two places bear
        ("全市落实。", {"title": "重庆市召开会议", "year": 1990}, ("51", "prefecture", "重庆")),
        ("全市落实。", {"title": "重庆市召开会议", "year": 2019}, ("50", "province", None)),
        ("全市落实。", {"title": "襄樊市召开会议", "year": 2005}, ("42", "prefecture", "襄樊")),
        ("全市落实。", {"title": "吉林市召开会议"}, ("22", "prefecture", "吉林")),
        ("全州落实。", {"title": "海南州召开会议"}, ("63", "prefecture", "海南")),
        # rather none than a guess
        ("陕西、山西两省签署协议。", {"title": "陕西山西签署合作协议"}, (None, None, None)),
        ("朝阳区召开会议。", {"title": "朝阳区召开会议"}, (None, None, None)),
        ("北京、天津、河北、山西、内蒙古、辽宁有雨，全国大部晴。", {}, (None, None, None)),
        ("会议在北京召开。", {}, (None, None, None)),
        ("市委召开平安县域创建会，公安县级机关参加。", {}, (None, None, None)),  # no county is named
        ("省委会议在杭州召开。", {"head": "江苏省\n来源：江苏之声"}, (None, None, None)),
        ("疫情防控有序推进，安徽各地安排核酸检测。", {"title": "安徽 辽宁防控有序推进"}, (None, None, None)),
        (
            "11月16日，朝阳市一间村部里，律师正念合同。",
            {"title": "朝阳：学会看合同"},
            ("21", "prefecture", "朝阳"),
        ),
        ("会议在长沙召开。", {"title": "农业农村部：冬闲田里要有绿"}, ("00", "centre", None)),
        ("辽宁舰和山东舰出海。黄海南部有风。", {"title": "辽宁舰出海"}, (None, None, None)),
    ],
)
def test_who_speaks(body, known, speaker):
    assert who(body, **known) == speaker, _place.resolve(body, **known)


def test_a_leader_speaks_for_the_centre_wherever_he_is():
    text = "中共中央总书记近日在山西考察。在太原、大同市，他强调，山西要落实。"
    found = _place.resolve(text, title="习近平在山西考察时强调")
    assert found["province"] == "00"
    assert found["provinces"]["14"] == 5  # what is named stays in evidence


def test_a_later_leader_of_the_centre_still_spoke_for_his_province():
    text = "省委书记赵乐际主持会议，全省要落实，陕西要走在前。平安陕西建设。会议在西安召开。"
    assert who(text, title="赵乐际主持省委会议", year=2010)[0] == "61"
    assert who("在西安调研。", title="赵乐际在陕西调研", year=2020)[0] == "00"


def test_issuer_number_and_source_are_told():
    found = _place.resolve(
        "各市人民政府：\n通知如下。\n安徽省人民政府办公厅\n2019年1月28日",
        title="关于做好有关工作的通知",
        head="皖政办〔2019〕3号\n来源：安徽日报",
    )
    assert found["issuer"] == "安徽省人民政府办公厅"
    assert found["document_number"] == "皖政办〔2019〕3号"
    assert found["source"] == "安徽日报"
    assert "number 皖政办〔2019〕3号" in found["province_evidence"]


def test_prefectures_are_whole():
    rows = _clock.table("prefectures")
    now = [row for row in rows if not row["until"]]
    assert len(now) == len({row["prefecture"] for row in now}) == 334  # 333 and 济源
    assert {row["prefecture"][:2] for row in now} == set(places.provinces()["province"]) - {
        "11",
        "12",
        "31",
        "50",
    }
    for row in rows:
        assert int(row["since"] or 0) < int(row["until"] or 9999)
    for name in ("document_numbers", "newspapers", "place_marks"):
        for row in _clock.table(name):
            assert row["province"][:2] in {"", *places.provinces(centre=True)["province"]}


def test_counties_stand_in_one_prefecture():
    rows = _clock.table("counties")
    assert len(rows) > 3300
    assert len(rows) == len({row["county"] for row in rows})
    known = {row["prefecture"] for row in _clock.table("prefectures")} | {*places.provinces()["province"]}
    assert {row["prefecture"] for row in rows} <= known
    assert not {row["county"] for row in rows} & {"公安县", "平安县", "朝阳区", "海城市", "城关区"}


def test_every_province_is_found_by_every_name():
    for row in places.provinces().itertuples():
        for name in (row.name, row.short):
            text = f"在{name}第十四届人民代表大会第三次会议上的报告。"
            assert who(text, title="政府工作报告")[0] == row.province, name


@settings(max_examples=60, deadline=None)
@given(st.text("在省市县会议召开北京上海江苏陕西山西政发〔2019〕3号，。\n人民政府", max_size=60))
def test_no_text_breaks_the_reader(text):
    found = _place.resolve(text, title=text[:20], head=text, meta={"source": text, "文号": text}, path=text)
    assert found["province"] is None or found["province"] in places._codes().values()


@real
def test_every_provincial_report_is_placed():
    seen = 0
    for year, province, title, head, body, meta in documents.provincial_reports():
        assert who(body, title=title, head=head, meta=meta, year=year)[:2] == (province, "province")
        alone = _place.resolve(body, year=year)  # it names others, and has no head to say who speaks
        assert alone["province"] == province, alone["province_evidence"]
        assert len(alone["provinces"]) > 1 or province in ("11", "46", "50", "65", *alone["provinces"])
        seen += 1
    assert seen == 62


@real
def test_central_reports_are_the_centre():
    odd = []
    for line in (REAL / "central_reports" / "reports_1954_2022.txt").read_text("utf8").splitlines():
        year, text = line.split("\t", 1)
        if who(text.replace("\t", "\n").replace("　　", "\n"), year=int(year))[0] != "00":
            odd.append(year)
    assert set(odd) <= {"1954"}  # its first line names the congress in a way of its own


@real
def test_a_round_up_is_no_province_and_a_plain_report_is_one():
    shorts = dict(places.provinces()[["short", "province"]].itertuples(index=False))
    plain = right = wrong = round_ups = called = 0
    for year in (2014, 2019, 2024):
        for _, title, text in documents.news_items(year, 2500, seed=2):
            found = _place.resolve(text, title=title, year=year)
            named = {code for short, code in shorts.items() if short in title}
            if re.search(r"联播快讯|各地", title):
                round_ups += 1
                called += found["province"] not in (None, "00")
            elif re.match(rf"\[视频\](?:【.*?】)?(?:{'|'.join(shorts)})[：省]", title) and len(named) == 1:
                plain += 1
                right += found["province"] in named
                wrong += found["province"] not in (named | {None})
    assert round_ups > 100
    assert plain > 30
    assert called <= 0.05 * round_ups
    assert right >= 0.95 * plain
    assert wrong <= 0.02 * plain


@pytest.mark.parametrize(
    ("body", "known", "code"),
    [
        # organs of the centre, old ones too; departments and foreign ministries are none
        ("现将规程发给你们。", {"title": "国家教委关于印发规程的通知"}, "00"),
        ("新华社北京8月2日电 公安部今天发出通知，要求加强巡逻。", {}, "00"),
        ("5月6日，铁道部部署春运工作。", {}, "00"),
        ("5月6日，铁道部部署春运工作。我省增开列车。", {}, None),
        ("平安是福。", {"title": "教育部门开展检查"}, None),
        ("俄罗斯国防部今天公布消息。", {}, None),
        ("如下。", {"title": "扶贫仍需努力——张三在国务院某某领导小组会议上的讲话"}, "00"),
        # a meeting of the whole country is its host's only where the host speaks
        ("9月19日，全国宣传工作座谈会在河南安阳召开。水利部副部长张三出席会议。", {}, "00"),
        ("9月19日，全国宣传工作座谈会在河南安阳召开。", {}, None),
        ("9月19日，全国宣传工作座谈会在河南安阳召开。我省作了交流发言。", {}, "41"),
        (
            "12月17日，水利部联合召开全国防汛电视电话会议，部署工作。",
            {"title": "县防汛办组织收听收看全国会议", "head": "来源：庆城县水务局"},
            "62",
        ),
        ("全国公安机关动员部署会于6月25日召开后，县委、县政府作出安排。", {}, None),
        ("全国公安机关动员部署会4月27日召开，公安部部长张三出席并讲话。", {}, "00"),
        ("我们要了解边疆。", {"title": "国新办发表《新疆的若干历史问题》白皮书"}, "00"),
        ("今天参观上海庙，旗委书记陪同。", {}, "15"),
        # where an accident was on which the centre gives instructions
        ("县政府会议传达对湖北十堰市某社区燃气爆炸事故作出的重要指示，学习《江西省某条例》。", {}, "36"),
        ("3月1日，第十四届全国人民代表大会代表、村支部书记在采访时说，部长重视。", {}, None),
        ("全国低碳日活动启动仪式在市民广场举行，市发改委主任致辞。", {}, None),
        ("第三次全国土地调查工作会议在自然资源局召开，局长主持。", {}, None),
        ("2014年3月，司法部授予镇司法所“模范司法所”称号。所长说，荣誉属于大家。", {}, None),
        # names of writers, guests, who is visited
        ("我县部署防火工作。", {"title": "我县部署防火", "head": "作者：熊金华 来源：今日东平"}, "37"),
        ("7月12日，拉萨市委书记会见了以丽江市委书记为团长的丽江市党政代表团一行。", {}, "54"),
        ("9月14日，上海调研组到我省调研，上海、云南两地座谈。", {"title": "上海调研组在云南调研"}, "53"),
        ("东北的辽宁、吉林两地栽种结束。", {"title": "东北三省栽种结束 广东开镰"}, None),
        # outlets; the centre's news service does not make the centre of our city
        ("11月8日，平安德州建设领导小组会议召开。\n市委书记主持。", {}, "37"),
        ("我市召开会议。", {"head": "来源：新华社"}, None),
        ("会议强调，公安部要求落实。", {"head": "来源：央视网"}, "00"),
        ("该国承认中国完全市场经济地位。", {"head": "来源：新华社"}, "00"),
        # the centre's television and correspondents in Beijing, on the nation and on one province
        ("央视网消息（新闻联播）：多地迎来丰收，浙江、湖南、四川农民庆丰收。", {}, "00"),
        ("今天我国丰收。主场设在成都，成都新津区举行展示，北京庆祝活动举行。", {"head": "央视网消息"}, "00"),
        ("央视网消息（新闻联播）：浙江杭州湾大桥今天通车，浙江省增开班车。", {}, "33"),
        ("兔年春节，玉兔二号发来影像。", {"head": "来源：新闻联播"}, "00"),
        ("今天上午，人民大会堂里欢声笑语。", {"head": "本报北京9月8日讯"}, "00"),
        ("今天上午，公园里欢声笑语。", {"head": "本报北京9月8日讯"}, None),
        ("钻探工人发现了大煤田。", {"head": "本报合肥18日电"}, "34"),
        # a corps, councils by their number, a safe place is not 安庆, 海南州 is not 海南
        (
            "6月27日下午，兵团党委在乌鲁木齐市召开座谈会。兵团党委常委出席。",
            {"title": "“生在井冈山，屯垦在天山”"},
            "65",
        ),
        ("市政协召开主席会议，审议了政协第六届阜阳市委员会工作报告。", {}, "34"),
        ("我县作出《关于建设平安庆元的决定》。省委部署建设平安浙江。", {"title": "你好，平安庆元"}, "33"),
        ("海南藏族自治州州委召开会议，我州各县参加。", {}, "63"),
    ],
)
def test_whose_text_it_is(body, known, code):
    found = _place.resolve(body, **known)
    assert found["province"] == code, found


@pytest.mark.parametrize(
    ("body", "known", "speaker"),
    [
        (
            "根据省人大常委会的决定，市四届人大推迟。市人大常委会落实党的精神。",
            {"title": "荆州市人民代表大会常务委员会工作报告"},
            ("42", "prefecture", "荆州"),
        ),
        ("7月19日，昭通市培训会议召开。省政府副秘书长宣讲。", {}, ("53", "prefecture", "昭通")),
        ("市政协副主席来到綦江，对我区给予肯定。", {"head": "来源：綦江日报"}, ("50", "county", None)),
        ("4月6日，我县召开现场会。", {"meta": {"site": "隆德县人民政府"}}, ("64", "county", "固原")),
        # a prefecture told by the host, by the place after which a paper is called; no party's committee
        (
            "全市开展专项斗争，市委宣传部重视。",
            {"path": "xcb.ankang.gov.cn/1.txt"},
            ("61", "prefecture", "安康"),
        ),
        ("县委召开会议，贯彻山东省委部署。", {"head": "来源：今日东平"}, ("37", "county", "泰安")),
        ("民革阜阳市代表大会召开。民革安徽省委副主委、市委常委出席。", {}, ("34", "prefecture", "阜阳")),
        # guests come from elsewhere
        (
            "6月28日，大庆市委书记率大庆市党政考察团抵达我市。伊春市委书记欢迎。",
            {},
            ("23", "prefecture", "伊春"),
        ),
        ("昨日，考察团来我市。", {"title": "湛江市党政考察团来茂名市考察"}, ("44", "prefecture", "茂名")),
        ("由嘉峪关市委书记带队的考察组来金，金昌市委陪同，考察我市。", {}, ("62", "prefecture", "金昌")),
        (
            "大理白族自治州人民委员会选举产生。",
            {"head": "新华社昆明23日电", "title": "云南大理白族自治州成立"},
            ("53", "prefecture", "大理"),
        ),
        ("全省会议在杭州召开，我县获奖。", {"title": "我县参加建设平安浙江会议"}, ("33", "county", None)),
        # a city of a county's rank; a member of the province's committee who leads a city
        ("各位代表，现在报告工作。", {"title": "2025年温岭市政府工作报告"}, ("33", "county", "台州")),
        ("各位代表，现在报告工作。", {"title": "2025年台州市政府工作报告"}, ("33", "prefecture", "台州")),
        ("三亚市委书记到文昌市，文昌市委书记参加。", {"title": "我市学习文昌"}, ("46", "prefecture", "三亚")),
        ("省委常委、市委书记甲主持会议。", {"title": "济南市召开会议"}, ("37", "prefecture", "济南")),
        ("省委常委、政法委书记甲主持会议。", {"title": "山东召开会议"}, ("37", "province", None)),
        # where it happens, if nobody speaks
        ("在山东省济南市莱芜区的大厅里，老人轻触终端，办好了事。", {}, ("37", "county", "济南")),
        ("山东省济南市的大厅里，老人轻触终端，办好了事。", {}, ("37", "prefecture", "济南")),
        ("北京市丰台区一村的棚里，一辆车冒了烟。", {"title": "棚里的车"}, ("11", "county", None)),
        ("近日，山东的科技特派员事迹发布，仪式在济南市举行。", {}, ("37", "province", None)),  # where it met
        ("近日，特派员的事迹发布，仪式在济南市举行。", {"head": "来源：大众日报"}, ("37", "province", None)),
        ("从山东省公安厅获悉，济南市莱芜区的案件告破。", {}, ("37", "province", "济南")),  # who tells it
        ("山东建成大厅，济南市莱芜区的老人办好了事。", {"title": "山东建成大厅"}, ("37", "province", None)),
        ("浙江省农业科学院专家组近日到衢州市开化县调研。", {}, ("33", "province", None)),
        ("朝阳市建平县的村里，律师念合同。", {"title": "朝阳：农户学合同"}, ("21", "prefecture", "朝阳")),
        # the town is no prefecture; courts and police of a county by its short name
        ("启东市南阳镇的司法所里，法官上课，江苏试点满二十年。", {}, ("32", "county", "南通")),
        ("近日，海门法院判决赔偿。海门法院认为，应当询问病虫害。", {}, ("32", "county", "南通")),
        ("【北京】朝阳区启动商圈共建，首批十二个。", {}, ("11", "province", None)),
    ],
)
def test_the_level_is_of_who_speaks(body, known, speaker):
    assert who(body, **known) == speaker, _place.resolve(body, **known)


@pytest.mark.parametrize(
    "body",
    [
        "海门法院判决赔偿。",
        "海门法院判决赔偿，人民法院应当询问，公安机关协助。",
        "海门法院、渝水法院判决赔偿，海门法院执行。",
    ],
)
def test_a_court_named_once_or_beside_another_tells_nothing(body):
    assert who(body)[0] is None


def names(text):
    return [name for kind, _, name, *_ in _gazetteer.find(text, None) if kind != "centre"]


@pytest.mark.parametrize(
    ("text", "places_named"),
    [
        # words that meet: what looks like a place begins in the one and ends in the other
        ("各地隆重庆祝国庆。", []),
        ("重庆隆重庆祝，隆重庆祝。", ["重庆"]),
        ("物价处于合理均衡水平，衡水平稳。", ["衡水"]),
        ("制定西部规划，定西市制定西藏援建规划。", ["定西市", "西藏"]),
        ("充分肯定西藏工作。", ["西藏"]),
        ("全省新增城市绿地，广州增城市民受益。", ["广州", "增城市"]),
        ("建设美丽江苏、美丽江西、美丽丽江。", ["江苏", "江西", "丽江"]),
        ("以创新乡村治理，新乡市推广安全做法。", ["新乡市"]),
        ("从佛罗里达州到马里兰州，兰州没有雪。", ["兰州"]),
        ("云南独龙江、福建九龙江、黑龙江。", ["云南", "福建", "黑龙江"]),
        ("长江入海口，海口市是出海口。", ["海口市"]),
        ("货轮驶入海口，军团登陆海口。", ["海口", "海口"]),
        ("大美丽江、扩大黑河口岸、东江河源段、平安南通。", ["大美丽江", "黑河", "河源", "南通"]),
        ("九龙江西溪水清，如今天水宜居。", ["天水"]),
        (
            "佛罗里达州州长、别尔哥罗德州州长、内华达州立大学、创新乡风、创新乡村、阿里巴巴中国、马拉喀什、在巴中国公民、红海南部、登上海拔五千米。",
            [],
        ),
        ("弘扬新乡贤文化，确保山区群众面临夏季无忧。", []),
        ("高铁连南京、上海，游云南、贵州。", ["南京", "上海", "云南", "贵州"]),
        ("局长张吉林深入一线，被告人李咸宁，村民刘广州告诉记者。", []),
        ("黄河源头在青海，河源在广东。", ["青海", "河源", "广东"]),
        ("贺兰山东麓、太行山东侧，山东丰收。", ["山东"]),
        ("大运河南段与河南段。", ["河南"]),
        ("医保定点医院设在保定。", ["保定"]),
        ("市公安局会同县财政局，会同县也派人。", ["会同县"]),
        ("复兴城市活力，葫芦岛兴城市跟进。", ["葫芦岛", "兴城市"]),
        ("依法严惩，公安阳光执法；安阳在学。", ["安阳"]),
        # people who are called like places, and places that stand as people do
        ("记者 王丽江 摄", []),
        ("省委书记张太原主持会议，秘书长高江淮参加。", []),
        ("副主任刘长春、李金华等出席。", []),
        ("记者赴青岛、大连采访", ["青岛", "大连"]),
        ("自2010年起，在安徽等地试点。", ["安徽"]),
        ("平安徐州、法治安徽、为北京、天津等地供水。", ["徐州", "安徽", "北京", "天津"]),
        ("寒潮减弱，但广东、福建等地仍冷。", ["广东", "福建"]),
        ("会上，由江苏介绍经验，与浙江、上海等同行。", ["江苏", "浙江", "上海"]),
        ("前往上海、成都，任上海市委书记。", ["上海", "成都", "上海市"]),
        ("和安徽、和河南等省一样。", ["安徽", "河南"]),
    ],
)
def test_only_what_is_a_place_is_one(text, places_named):
    assert names(text) == places_named


def test_a_label_told_twice_and_rare_brackets_are_read():
    found = _place.resolve("通知如下。", head="琼府﹝2009﹞81号", meta={"source": "来源：某某日报"})
    assert (found["source"], found["document_number"]) == ("某某日报", "琼府〔2009〕81号")


FILLER = "坚持以人民为中心的发展思想，全面推进各项重点工作，确保全年目标任务顺利完成，推动发展取得新成效。"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("黄浦区南京东路、江西中路、湖北路30号、嘉兴路街道、海南大道", ["黄浦区"]),
        ("贵州一路高歌猛进", ["贵州"]), ("甘肃路段通车", ["甘肃"]), ("天津大街小巷", ["天津"]),
        ("浙江路子", ["浙江"]), ("海南街区改造", ["海南"]), ("重庆街巷", ["重庆"]), ("上海街镇", ["上海"]),
        ("甘肃西路军纪念馆", ["甘肃"]), ("河南路网", ["河南"]), ("苏州巷陌", ["苏州"]),
    ],
)  # fmt: skip
def test_a_road_is_not_the_place_after_which_it_is_called(text, names):
    assert [name for *_, name, _, _ in _gazetteer.find(text, None)] == names


@pytest.mark.parametrize(
    ("text", "code"),
    [
        # who travels does not speak for whom he visits
        ("湖南省党政代表团赴浙江考察\n2021年3月5日\n湖南省党政代表团赴浙江。引导浙商到我省兴业。", None),
        ("湖南党政代表团在广东学习考察\n3月3日至4日，我省代表团在广东考察，看望来自我省的企业家。", None),
        ("湖南党政代表团在广东考察\n去年，广东党政代表团到我省考察。今年，湖南党政代表团回访广东。", None),
        ("南阳市招商推介会在深圳举行\n南阳市推介会在深圳举行。欢迎企业家来我市投资。", None),
        ("南阳市招商推介会在深圳举行\n来源：南阳日报\n南阳市推介会在深圳举行。欢迎企业家来我市投资。", "41"),
        ("福建省党政代表团到浙江考察\n福建省党政代表团到浙江。吸引浙商到我省。", None),
        ("福建省党政代表团到浙江考察\n来源：福建日报\n福建省党政代表团到浙江。吸引浙商到我省。", "35"),
        ("湖南省党政代表团赴浙江考察\n来源：湖南日报\n代表团指出，要引导更多浙商到我省投资兴业。", "43"),
        ("浙江调研组在云南调研\n9月14日，浙江调研组一行到我省调研。省委书记会见。", "53"),
        ("我市考察学习团赴杭州\n我市党政考察团抵达杭州考察。杭州市委书记欢迎我市考察团。", None),
        ("我市在深圳举行推介会\n3月5日，我市在深圳举行推介会。深圳客商云集。", None),
        ("外出取经\n我市党政代表团来到苏州昆山学习取经。苏州昆山市委介绍情况。", None),
        ("市领导率队赴长沙学习\n3月5日，市长率队赴长沙学习。长沙市副市长陪同。", None),
        ("援疆工作\n由我省领导带队的湖南省党政代表团赴吐鲁番考察。吐鲁番地区陪同。\n来源：湖南日报", None),
        ("委员履职\n曾任政协第六届阜阳市委员会委员的张三，在广州市经商。广州市政协表扬。", None),
        # a leader opens the text: at home, as a guest, or of a province that is only told of
        ("3月5日，宁夏回族自治区主席某某主持召开座谈会。自治区党委常委出席。", "64"),
        ("3月5日，湖南省委书记某某率党政代表团到浙江考察。浙江省领导陪同，签署协议。", None),
        ("3月5日，湖南省委副书记某某一行到长江三峡调研。湖北省领导陪同。", None),
        ("3月5日，广东省委书记某某赴新疆调研对口援疆工作。新疆喀什等地负责人陪同。", None),
        ("3月5日，湖南省省长某某到我省考察。我省与湖南签署协议。", None),
        ("浙江省委书记某某表示，要改革。四川省省长某某说，要开放。辽宁省省长某某说，要振兴。", None),
        ("3月5日，天津市市长某某到甘南州调研东西部协作。甘南州委主要负责人陪同。", None),
        ("北京市委书记某某出席京蒙协作座谈会并讲话。内蒙古自治区党委书记主持会议。内蒙古要用好资金。", None),
        ("山东省政府副省长某某受审表示认罪。南京市中级人民法院宣判。", None),
        ("1958年，河北省委书记某某到徐水调研。多年以后，史学界反思。", None),
        ("上海市政府召开进博会安保会，我省公安厅参加。苏州、南通、无锡公安负责人参加。", "32"),
        ("广东省政府召开泛珠协作会，我区代表团参加。自治区公安厅介绍做法。南宁、柳州、桂林派员。", "45"),
        ("3月5日，云南省委书记某某来到我省昭通市调研协作，上海援滇干部参加，云南要用好资金。", "53"),
        # the one place that a text names at all, once; but none that it names in passing
        ("全市禁毒会议召开。市委副书记出席。会议强调，要为海南自贸港保驾护航。", "46"),
        ("市委召开全委会议。学习省委书记讲话，这在甘肃发展史上十分重要。", "62"),
        ("市委召开全委会议。大家学习浙江经验，查找差距。", None),
        ("市委召开全委会议。会议决定组团赴上海招商。", None),
        ("县委召开会议，部署对口支援新疆工作。", None),
        ("全市接轨上海大会召开，市长讲话。", None),
        ("县医院与北京某医院签约，县长出席。", None),
        ("市长会见四川某某公司负责人，双方座谈。", None),
        ("县政府为四川地震灾区捐款。县长带头。", None),
        ("全县务工人员会议召开，在广东务工者参加。", None),
        ("市长出席北京冬奥会志愿者欢送会，市委书记讲话。", None),
        ("我县毗邻云南，边境防控任务很重。", None),
        ("市信访局接待了湖南籍信访人，局长讲话。", None),
        ("浙江省党政代表团赴新疆考察。浙江省委书记与自治区党委书记座谈，浙江援建项目开工。", "33"),
        ("我省与宁夏回族自治区政府签约，双方合作。", None),
        # a text that names organs of the centre and no place is anybody's
        ("述评\n中央纪委发文。党中央要求严格，国务院部署有力，中央纪委带头。", None),
        ("主题党日\n第三党支部开展活动，学习党中央精神。党员谈国务院部署，中央纪委要求，教育部通知。", None),
        ("我校召开会议，学习党中央精神。国务院部署，中央纪委要求，教育部通知。我市教育局到会。", None),
        ("支部学习党中央精神，市委常委到会。国务院部署，中央纪委要求，教育部通知。", None),
        ("快讯\n俄罗斯国防部发布消息，美国国防部、美国财政部回应。", None),
        # nor does one place make whose it is, where nobody speaks of his own
        ("热议\n近日，深圳一名骑手救人，引发热议。笔者以为，这是善举。", None),
        ("历史\n苏轼曾被贬到惠州。后人怀念他。", None),
        ("台风\n预计台风在湛江登陆。请渔民回港。", None),
        ("全市安全生产会议召开。市长说，要吸取天津爆炸教训。", None),
        ("市委召开巡察会议。会议剖析了案情，以辽宁拉票案为鉴。", None),
        ("县法院召开会议。有干警在兰州举办的培训班上学习。", None),
        # 我州 and the town say so, whoever came; 朝阳区 is none of 朝阳市
        ("6月18日，由中宣部牵头的采访团来我州采访。州委书记到场，介绍甘南的变化。", "62"),
        ("经乡党委政府部署，建成禁毒长廊。路人驻足，藤县奖励举报。", "45"),
        ("工作报告\n日期：2021-03-03 来源：区政府办公室\n现在，我代表朝阳区人民政府，向大会报告工作。", None),
        ("街道办事处改革是国务院部署的工作。全国各地推进，浙江先行。", "00"),
        ("村里办喜事，我村小伙娶了湖南姑娘。", None),
        ("外交部发言人说，我市场开放，我区域合作加深。", None),
        # what is told from an organ, or goes on with one, is no passing
        ("记者从安徽省统计局获悉，粮食增产。", "34"),
        ("记者从湖北省气象局获悉，我省将有雨。", "42"),
        ("省委、省政府部署。四川地震发生后，省委、省政府迅速救灾。", "51"),
        ("2023年，福建省水利厅部署，全省水库安全。", "35"),
        # a committee that meets meets at home, whatever it studies
        ("江苏省委常委会召开会议，传达会议精神。要做好新疆工作，新疆稳定，支援新疆，新疆发展。", "32"),
        ("6月9日，贵州省委常委、省公安厅厅长某某主持召开省公安厅会议，学习江苏做法，组织赴江苏考察。", "52"),
        ("贵州省委常委一行来我省考察。我省江苏路社区介绍做法，江苏省民政厅座谈。", None),
        # whose government issues what the text tells, at its beginning
        ("8月15日，山东省人民政府印发关于消费的通知，要求各市支持消费。", "37"),
        ("8月15日，有人谈到山东省人民政府的通知，要求各市支持消费。", None),
        ("典型案例\n河北省人民政府印发的方案未落实，要求整改。", None),
        # a title that names a host twice and a guest once is of neither
        ("河南省党政代表团在苏州、南京考察\n考察团在苏州市、南京市考察，苏州、南京介绍。", None),
        # what suits a province is its own where it says 我省; a paper that is told again is not
        ("会议传达学习在厦门会晤期间的讲话精神，结合江西实际抓好落实，推动我省工作。", "36"),
        ("我省走具有江西特色的路子，学习厦门会晤期间的讲话精神。", "36"),
        ("会议指出，要结合我省实际，学习福建经验和江西经验。", None),
        ("毛泽东同志结合江西实际写成《寻乌调查》。全党要学习。", None),
        ("学员要结合贵州实际，把上海经验带回去。复旦大学主办，上海市委党校承办。", None),
        ("据《宁夏日报》报道，当地推行新办法。湖北、湖南跟进，我省也应学习。", None),
        ("据《广西日报》报道，一矿井发生事故。我市各部门要吸取教训。", None),
        ("据《湖北日报》报道，我国要加快推进平安建设。", None),
        # a road is not the place after which it is called, but not all that goes on with 路 or 街 is one
        ("路网建设提速\n河南路网建设提速，河南省公路局召开会议。", "41"),
        ("步行街开街\n黄浦区南京路步行街今天开街，南京东路、江西中路封闭，上海市民前往。", "31"),
        ("高新北区管委会召开平安建设会议。", None),
        ("促进社会和谐长治，久久为功。我市召开会议。", None),
        # an act of the centre opens many a text on a place
        ("城市更新\n住建部公布第三批试点名单，淄博入选。淄博将更新，淄博老旧小区改造提速。", None),
        ("淘汰落后产能\n工信部公布名单，唐山多家企业入围。唐山钢铁企业环保改造，唐山产能下降。", None),
        ("调查失业\n国家统计局邵阳调查队近日发布数据，邵阳居民收入增长，邵阳物价平稳。", None),
        ("特派办会议\n审计署驻长沙特派办近日召开会议。", None),
        ("监管\n国家能源局华中监管局近日发布通知。", None),
        ("主题教育走深走实\n党中央部署开展主题教育以来，长沙各学校迅速行动。长沙多所学校开展活动。", None),
        ("规划落地见效\n国务院印发规划以来，洛阳抢抓机遇，洛阳经济总量连上台阶，洛阳城市面貌一新。", None),
        ("学习\n教育部部署以来，学校行动。", None),
        ("公司人事部公告\n公司人事部近日发布通知，山东济南分公司招聘。济南分公司岗位充足。", None),
        ("中央商务区建设推进会议召开\n郑东新区中央商务区建设推进会议召开。郑州市委书记出席。", "41"),
        ("整改公示\n根据国务院的决定，衡阳撤销三项审批，衡阳各部门落实。衡阳市政府公布目录。", None),
        ("通知\n公安部近日下发通知，要求加强春运交通安全。", "00"),
    ],
)  # fmt: skip
def test_what_resembles_a_rule_of_places_is_judged_by_itself(tmp_path, text, code):
    (tmp_path / "a.txt").write_text(f"{text}{FILLER}\n{FILLER[::-1]}", "utf8")
    docs, audit = load.folder(tmp_path)
    assert docs.province.fillna("none").to_list() == [code or "none"], audit.province_evidence.to_list()


def test_the_news_of_the_nation_places_no_other_article_of_its_page(tmp_path):
    items = ("国务院召开常务会议，全国各地落实。", "杭州市召开会议，市长讲话。", "科研人员研制出新电池。")
    page = "".join(
        f"第{n}则新闻的标题\n本报记者 张三丰\n本报讯 {item}{FILLER}\n" for n, item in enumerate(items)
    )
    (tmp_path / "page.txt").write_text(page, "utf8")
    docs, _ = load.folder(tmp_path)
    assert docs["province"].fillna("none").to_list() == ["00", "33", "none"]

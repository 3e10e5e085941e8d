"""Texts that name no place: who led where when, which town lies where, and what only looks like it."""

import csv
import re
from importlib import resources

import pytest

from toolkit import load
from toolkit.load import _clock, _place, _running

DATA = resources.files("toolkit") / "_data"


def province(body, **known):
    return _place.resolve(body, **known)["province"]


@pytest.mark.parametrize(
    ("body", "known", "code"),
    [
        ("省委书记娄勤俭主持召开会议。", {"meta": {"date": "2020-03-10"}}, "32"),
        ("省委书记娄勤俭主持召开会议。", {"meta": {"date": "2016-11-10"}}, "61"),  # he went in 2017
        ("2016年11月9日，省委书记娄勤俭、省长胡和平出席会议。", {}, "61"),
        ("2018年7月13日，省委常委、政法委书记、领导小组组长商黎光主持召开会议。", {}, "14"),
        (
            "9月20日，会议传达学习讲话精神。",
            {"title": "刘奇主持召开省政府常务会议", "path": "2017/09/20/1.txt"},
            "36",
        ),
        ("2019年6月17日，自治区党委书记石泰峰，自治区主席咸辉提出要求。", {}, "64"),
        ("2009年4月13日，市委书记王福宏在市委中心组学习会上指出。", {}, "34"),
        # who held both offices in one province, and one of them in another; who held the one told in two
        ("省委常委、省委政法委书记费高云出席会议并讲话。", {}, "32"),
        ("省委常委费高云出席会议并讲话。", {}, None),
        # two who led together at one time only, though the year is not said
        ("9月2日，省委书记景俊海，省长韩俊会见来宾。", {}, "22"),
        # another rank, another time, no office at all, or no longer in it
        ("2020年3月9日，县委书记娄勤俭主持召开会议，我县各乡镇参加。", {}, None),
        ("2008年3月9日，省委书记娄勤俭主持召开会议，我省各市参加。", {}, None),
        ("2020年3月9日，市民娄勤俭说，我市变化很大。", {}, None),
        ("2020年3月9日，原省委书记娄勤俭涉嫌受贿一案开庭。", {}, None),
        # 王君正 is not 王君; a common name of one city is borne in many
        ("2012年3月9日，省委书记王君正出席会议，我省各市参加。", {}, None),
        ("2018年3月9日，市委书记王敏出席会议，我市各镇参加。", {}, None),
        # a guest's province is named beside the office
        ("2020年3月9日，我市与江苏省委书记娄勤俭一行座谈，市长欢迎。", {"head": "来源：安康日报"}, "61"),
    ],
)
def test_who_leads_tells_whose_a_text_is(body, known, code):
    assert province(body, **known) == code, _place.resolve(body, **known)["province_evidence"]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("我县召开会议，石哲镇、南陈镇作了发言。", "14"),
        ("县委要求石哲镇、某某镇和三河镇抓好落实。", "14"),
        ("县委书记率队到石哲镇调研，参观民居。县领导参加。", "14"),
        ("县委书记率队赴石哲镇考察，我县签约。", None),
        # districts of one name, told apart by their towns
        ("我区召开会议，宜川路街道、普陀区司法局作了发言。", "31"),
        ("我区召开会议，沈家门街道、普陀区司法局作了发言。", "33"),
        ("我区召开会议，普陀区司法局作了发言。", None),
        # a town of each of two provinces, and names that many have
        ("我县召开会议，和庆镇与石哲镇签约。", None),
        ("我县召开会议，城关镇、永和镇作了发言。", None),
        # 镇 and 乡 that no town is called by
        ("我县加快小城镇建设，部分乡镇、文明村镇和江南水乡受益，干部下乡，乡村振兴。", None),
        ("我旗各苏木镇干部参加。", "15"),  # by 旗 and 苏木 themselves
        ("我市推进城乡融合，缩小城乡差距，就地城镇化，千年古镇开门迎客。", None),
        # who does not speak of a place as his own is told by no town
        ("石哲镇的苹果熟了。", None),
    ],
)
def test_towns_tell_whose_a_text_is(body, code):
    assert province(body) == code, _place.resolve(body)["province_evidence"]


def test_a_town_tells_its_prefecture():
    told = _place.resolve("我县召开会议，石哲镇、南陈镇作了发言。")
    assert (told["prefecture"], told["level"]) == ("长治", "county")
    assert told["province_evidence"] == "towns and counties 南陈、石哲、长子县"


@pytest.mark.parametrize(
    ("body", "known", "code"),
    [
        # slogans and regions
        (
            "近日，团市委举办“青字号”工程推进会，我市各县区团委书记参加。会议强调，要持续打造青字号品牌，服务青年就业创业。",
            {"title": "团市委召开青字号品牌推进会"},
            None,
        ),
        (
            "我区推行“街乡吹哨、部门报到”工作机制，推动治理重心下移。今年以来，全区各街道吹哨136次，部门报到率100%，解决群众急难愁盼问题420件。",
            {},
            None,
        ),
        (
            "我县司法局在全县各村建立“百姓评理说事点”，由老党员、老干部、人民调解员担任评理员。今年以来共化解矛盾纠纷320余件。",
            {},
            None,
        ),
        ("我省司法厅印发通知，在全省推进“百姓评理说事点”建设，年底前实现村（社区）全覆盖。", {}, None),
        (
            "我县以“枫桥经验”为引领，学习借鉴“六尺巷工作法”，在全县打造矛盾纠纷调解品牌，县委政法委组织各乡镇政法委员开展培训。",
            {},
            None,
        ),
        (
            "我县坚持学习“晋江经验”，大力发展实体经济。县委召开民营经济发展大会，会议指出，要弘扬企业家精神，优化营商环境。",
            {},
            None,
        ),
        (
            "我市港口管理局组织开展安康码头创建活动，全市12个码头泊位通过验收，市交通运输局负责人到场检查指导。",
            {},
            None,
        ),
        ("我县人民医院推出便民措施，患者凭安康码头像即可预约挂号。", {}, None),
        # what is named in passing
        (
            "我县茶叶集中上市，全县茶园面积达12万亩。县农业农村局组织茶企开展产销对接，茶叶集散中心日交易量达20吨。",
            {},
            None,
        ),
        ("我县与省茶叶集团签订战略合作协议，县长出席。根据协议，茶叶集团将投资5亿元建设茶产业园。", {}, None),
        (
            "烟叶集中收购期间，我县烟草公司设立12个收购点，全县收购烟叶8万担，烟叶集约化生产水平提高。",
            {},
            None,
        ),
        ("我县打造生态观光谷项目，总投资3亿元，县委书记到项目现场调研，要求加快观光谷建设进度。", {}, None),
        (
            "由市文旅集团投资建设的星光谷景区在我市开园，星光谷首日接待游客2万人次，市长出席开园仪式。",
            {},
            None,
        ),
        ("我县高标准建设月光谷露营地，国庆期间月光谷接待游客1.2万人次，全县旅游收入增长20%。", {}, None),
        ("我市龙虎门业有限公司被评为市级专精特新企业，市工信局负责人到龙虎门业调研。", {}, None),
        (
            "我县禁毒办组织虎门销烟纪念日宣传活动，发放宣传资料5000份，县公安局民警讲解虎门销烟的历史。",
            {},
            None,
        ),
        # schools and firms of elsewhere
        (
            "清华大学专家团到我县开展支教活动，我县教育局负责人陪同。专家团为全县200余名教师作了讲座。",
            {},
            None,
        ),
        (
            "中国农业大学教授工作站落户我县。县长表示，将全力支持工作站建设，促进我县苹果产业提档升级。",
            {},
            None,
        ),
        ("西北农林科技大学专家来我县指导核桃管理，我县林业局组织果农200余人参加培训。", {}, None),
        ("华中农业大学与我县签订校地合作协议，县委书记出席签约仪式。双方将在油菜育种领域合作。", {}, None),
        ("县委与中国人民大学合作举办领导干部能力提升班，我县50名科级干部参加培训。", {}, None),
        (
            "近日，同济大学规划团队来我市调研城市更新工作，市自然资源局负责人介绍情况。团队将为我市编制规划。",
            {},
            None,
        ),
        (
            "清华大学硕士毕业生李某作为选调生来到我县工作，现任县委办公室副主任。他扎根基层，服务群众。",
            {},
            None,
        ),
        # others of the name
        (
            "省农业农村厅副厅长王凯一行来我县调研高标准农田建设，县委副书记陪同。王凯指出，要加快建设进度，确保粮食安全。",
            {"meta": {"date": "2023-05-10"}},
            None,
        ),
        (
            "近日，省科技厅厅长赵刚到我市调研科技创新工作，市长陪同调研。赵刚强调，要强化企业创新主体地位。",
            {"meta": {"date": "2023-05-10"}},
            None,
        ),
        (
            "省残联主席黄强到我县走访慰问残疾人家庭，送去慰问金和慰问品。",
            {"meta": {"date": "2022-12-10"}},
            None,
        ),
        (
            "省政协委员王荣说，要支持民营企业发展。昨日，省政协会议分组讨论，委员们踊跃发言。",
            {"meta": {"date": "2019-01-25"}},
            None,
        ),
        ("省作协主席李强出席我县诗歌节，我县文学爱好者200余人参加。", {"meta": {"date": "2015-08-10"}}, None),
        (
            "省高级人民法院副院长李静到我县法院调研，县法院院长汇报了工作情况。",
            {"meta": {"date": "2016-08-10"}},
            None,
        ),
        (
            "省公安厅副厅长李伟到我市检查安保工作，要求压实责任。市公安局局长陪同。",
            {"meta": {"date": "2024-08-10"}},
            None,
        ),
        (
            "省卫生健康委员会主任王晓东到我市调研公立医院改革，市委书记会见。",
            {"meta": {"date": "2019-08-10"}},
            None,
        ),
        # titles that open with another
        (
            "我县驾驶员黄强被授予优秀共产党员称号，他常年扎根基层，帮助群众。县委号召向他学习。",
            {"title": "黄强：全省优秀共产党员的为民情怀", "meta": {"date": "2021-07-01"}},
            None,
        ),
        (
            "李强，我县第一中学高级教师，从教30年。他资助贫困学生50多名。",
            {"title": "李强：我县有个全省最美教师", "meta": {"date": "2014-07-01"}},
            None,
        ),
        (
            "王浩是我市一名中学生，在比赛中获得一等奖。",
            {"title": "王浩（市一中）获全省青少年科技创新大赛一等奖", "meta": {"date": "2022-07-01"}},
            None,
        ),
        # before that
        (
            "省委书记强卫主持召开省委常委会会议，传达学习贯彻党的十八大精神。会议强调要推进生态立省战略。",
            {"meta": {"date": "2013-01-10"}},
            "63",
        ),
        (
            "省委书记高严在全省农村工作会议上讲话，强调要抓好扶贫攻坚。",
            {"meta": {"date": "1995-11-10"}},
            "53",
        ),
        # no longer in office
        ("我省原省长、省委副书记李斌同志的父亲因病逝世，享年90岁。", {"meta": {"date": "2012-06-20"}}, None),
        # of another rank
        (
            "省妇联主席张敏、省科协主席王凯、省总工会副主席到我县看望慰问科技工作者。",
            {"meta": {"date": "2022-05-30"}},
            None,
        ),
        ("省工信厅厅长刘捷、省商务厅厅长王浩到我市调研。", {"meta": {"date": "2024-05-30"}}, None),
        ("自治区发改委主任陈武到我旗调研项目建设，旗委书记陪同。", {"meta": {"date": "2018-05-30"}}, "15"),
        # a guest
        (
            "对口支援省份的省委书记林武一行到我州考察对口支援工作，看望慰问援藏干部，州委书记陪同。",
            {"meta": {"date": "2023-08-10"}},
            None,
        ),
        # the second of two guests
        (
            "3月17日，北京市委书记尹力，市委副书记、市长殷勇率队到河北、天津学习考察。江苏、浙江、安徽等省书记省长也密集开展跨省交流。",
            {"title": "书记省长频繁跨省“串门”", "meta": {"date": "2023-03-24"}},
            None,
        ),
        (
            "江苏省委书记娄勤俭，省委副书记、省长吴政隆率党政代表团在西宁考察。我省召开座谈会，西宁市、海南州负责人参加。",
            {"meta": {"date": "2021-05-20"}},
            "63",
        ),
        # towns of elsewhere
        ("县委县政府决定，由城关镇、石哲镇签约结对，我县选派干部赴外地学习。", {}, None),
        (
            "我县党政考察团先后到袁家村、梁家河学习考察，参观了周庄镇、同里镇的古镇保护，考察团一行深受启发。县领导表示，要结合我县实际抓好落实。",
            {},
            None,
        ),
        (
            "返乡创业的李某曾在虎门镇、长安镇打工十年，2019年回到我县创办服装厂，吸纳当地群众80人就业，县人社局给予创业贷款。",
            {},
            None,
        ),
        (
            "我县务工人员王某在店口镇一家五金厂打工时见义勇为，受到当地政府表彰。近日，我县县委、县政府授予他见义勇为先进个人称号。",
            {},
            None,
        ),
        (
            "对口帮扶单位杨舍镇向我县捐赠扶贫资金100万元，用于我县扶贫车间建设。县长对杨舍镇的支持表示感谢。",
            {},
            None,
        ),
        (
            "东西部协作结对乡镇玉山镇、花桥镇党政代表团到我县考察，捐赠帮扶资金200万元，我县副县长主持座谈会。",
            {},
            None,
        ),
        (
            "我县茶农种植的安吉白茶、溪龙乡黄杜村捐赠的“白叶一号”茶苗长势喜人，全县种植3000亩，带动脱贫户600户。",
            {},
            None,
        ),
        ("我县学习推广华西村、刘庄村等地经验，赴小榄镇、狮山镇招商，签约项目5个，县长带队。", {}, None),
        # words
        (
            "我县是戏曲之乡、书法之乡、长寿之乡，是茶叶之乡，有魅力名镇、淘宝镇、文明镇、卫生镇各3个，县里出台奖励办法。",
            {},
            None,
        ),
        (
            "我县开展大学生“三下乡”活动，冰镇西瓜送到群众手中，强震过后，坐镇指挥的县领导赶到现场。石狮镇宅的传统、铁打纸镇等民俗受到欢迎。",
            {},
            None,
        ),
        # words that end like towns
        ("我县干部李某每天骑车往镇里赶，二十年如一日为群众办事，被评为全县先进工作者。", {}, None),
        ("我县志愿者开车往乡里送药，全县党员干部冲锋在前，车往镇里跑，一天三趟。", {}, None),
        ("我区港湾街道春光社区开展环境整治，区城管局派出人员50名。", {}, None),
        ("我县赴新西兰皇后镇考察旅游开发，县文旅局负责人介绍了学习体会，提出建设特色小镇。", {}, None),
        ("我市市民李某在叙利亚杜马镇参加维和行动，荣立二等功，市人武部上门送喜报。", {}, None),
        # 区 and 县 within words
        ("香港南区区议员到我市参观访问，市长会见。我市教育局介绍情况。", {}, None),
        ("我市与香港北区结为友好城区，香港北区代表团来我市访问。", {}, None),
        ("我市空港北区、空港南区建设加快，空港北区已入驻企业50家。", {}, None),
        ("我市沿海城区环境整治成效显著，沿海城区新建公园12个。", {}, None),
        ("我市临海城区改造工程启动，临海城区棚户区改造惠及3000户。", {}, None),
        ("我县加快滨海城区建设，滨海城区道路通车。", {}, None),
        # who is quoted
        (
            "清华大学国情研究院院长胡某认为，我国经济韧性强、潜力大，全国统一大市场建设将释放内需潜力。专家建议加快构建新发展格局。",
            {"title": "专家解读中央经济工作会议"},
            None,
        ),
        (
            "复旦大学公共卫生学院教授表示，我国人口老龄化进程加快，养老服务需求持续增长，国家将完善养老服务体系。",
            {},
            None,
        ),
        (
            "西南大学教授李某表示，“双减”政策落地后，学校教育主阵地作用更加凸显。全国义务教育阶段学校课后服务实现全覆盖。",
            {},
            None,
        ),
        # offices on a site of a city
        ("我市召开会议，市长讲话。", {"meta": {"url": "http://hb.nantong.gov.cn/art/1.html"}}, "32"),
        ("我市召开会议，市长讲话。", {"meta": {"url": "http://hb.ningbo.gov.cn/art/1.html"}}, "33"),
        ("我市召开会议，市长讲话。", {"meta": {"url": "http://gs.shaoxing.gov.cn/art/1.html"}}, "33"),
        ("我市召开会议，市长讲话。", {"meta": {"url": "http://fj.wuhan.gov.cn/art/1.html"}}, "42"),
        # whoever leads a county-level city
        (
            "本报讯 我市推进城市更新，沿海城区新建公园20个，沿海城区道路改造完工。贵阳市住建局负责人介绍。",
            {},
            "52",
        ),
        (
            "本报讯 我市推进城市更新，沿海城区新建公园20个，沿海城区道路改造完工。长沙市住建局负责人介绍。",
            {},
            "43",
        ),
        (
            "本报讯 我市推进城市更新，沿海城区新建公园20个，沿海城区道路改造完工。宁波市住建局负责人介绍。",
            {},
            "33",
        ),
        (
            "本报讯 我市推进城市更新，沿海城区新建公园20个，沿海城区道路改造完工。青岛市住建局负责人介绍。",
            {},
            "37",
        ),
        # and a county
        (
            "修文县今年以来建设沿海城区，沿海城区道路改造，沿海城区绿化。县委、县政府高度重视，出台一系列政策措施，取得明显成效。",
            {},
            "52",
        ),
        (
            "桃源县今年以来火车站站前区整治，站前区拆违，站前区面貌一新。县委、县政府高度重视，出台一系列政策措施，取得明显成效。",
            {},
            "43",
        ),
        (
            "内乡县今年以来城市江南区块开发，江南区块签约，江南区块投资。县委、县政府高度重视，出台一系列政策措施，取得明显成效。",
            {},
            "41",
        ),
        # districts that several cities have
        ("和平区召开环境整治推进会，我区太原街街道、北市场街道作了交流发言，区委书记讲话。", {}, "21"),
        ("朝阳区召开环境整治推进会，我区桂林街道、清和街道、永昌街道作了交流发言，区委书记讲话。", {}, "22"),
        ("长安区召开环境整治推进会，我区青园街道、广安街道作了交流发言，区委书记讲话。", {}, "13"),
        ("铁东区召开环境整治推进会，我区湖南街道、山南街道作了交流发言，区委书记讲话。", {}, "21"),
        # a city told by its paper
        (
            "市委书记李强主持召开会议，部署重点工作。各镇街负责人参加会议。（清镇市融媒体中心）",
            {"meta": {"date": "2019-06-01"}},
            "52",
        ),
        (
            "市委书记李强主持召开会议，部署重点工作。各镇街负责人参加会议。（仙桃市融媒体中心）",
            {"meta": {"date": "2018-06-01"}},
            "42",
        ),
        ("韩城市召开经济工作会议，市长张工出席并讲话。", {"meta": {"date": "2023-06-01"}}, "61"),
    ],
)
def test_what_a_fresh_reader_made_is_not_misplaced(body, known, code):
    assert province(body, **known) == code, _place.resolve(body, **known)["province_evidence"]


@pytest.mark.parametrize(
    ("body", "known", "code"),
    [
        # counties that kept their short names when they became another province's
        ("石柱县召开会议，县委书记出席。", {}, "50"),
        ("石柱县召开会议，县委书记出席。", {"year": 1985}, "51"),
        ("陵水县召开会议，县委书记出席。", {}, "46"),
        ("1985年5月6日，陵水县召开会议，县委书记出席。", {"year": 1985}, "44"),
        ("新北区召开会议。", {}, "32"),
        ("高新北区管委会召开会议。", {}, None),
        # what a province alone calls its own
        ("我市干部群众建设强富美高新篇章。", {}, "32"),
        ("我市代表赴京参会，在京召开座谈会，推动新的发展。", {}, None),
        # sites: one of Shaoxing, one of Shanxi's page on a site of the nation
        ("我市召开会议。", {"path": "www.sx.gov.cn/a/1.html"}, "33"),
        ("我省召开会议。", {"path": "sx.people.com.cn/a/1.html"}, "14"),
        # a paper of the centre ends no search
        (
            "北京市公安局守护街巷。",
            {"head": "来源：人民日报客户端", "path": "gaj.beijing.gov.cn/1.html"},
            "11",
        ),
        ("苏州河两岸焕新，我市各区参与。", {}, None),
    ],
)
def test_names_that_stand_for_one_province(body, known, code):
    assert province(body, **known) == code, _place.resolve(body, **known)["province_evidence"]


def test_every_leader_stands_in_a_place_that_is_known():
    rows = _clock.table("leaders")
    prefectures = {row["prefecture"] for row in _clock.table("prefectures")}
    provinces = {code[:2] for code in prefectures} | {"11", "12", "31", "50"}
    offices = {
        "书记",
        "省长",
        "市长",
        "副书记",
        "政法委书记",
        "公安",
        "常委",
        "副省长",
        "人大",
        "政协",
        "法院",
        "检察",
    }
    for row in rows:
        assert row["place"] in prefectures | provinces, row
        assert row["office"] in offices, row
        assert row["checked"] in {"news", "page", "known"}, row
        assert re.fullmatch(r"\d{4}(-\d\d)?", row["since"]), row
        assert not row["until"] or row["since"][:4] <= row["until"][:4], row
    assert len(rows) == len({tuple(row.values()) for row in rows}) > 5000


def test_a_town_lies_in_a_county_of_its_province():
    rows = _clock.table("towns")
    with (DATA / "provinces.csv").open(encoding="utf8") as file:
        provinces = {row["province"] for row in csv.DictReader(file)}
    assert {row["county"][:2] for row in rows} == provinces - {"00"}
    assert len(rows) == len({row["county"] for row in rows}) > 2800
    known = {row["county"]: row["prefecture"] for row in _clock.table("counties")}
    elsewhere = [row for row in rows if known.get(row["name"], row["county"])[:2] != row["county"][:2]]
    assert not elsewhere


def test_a_million_signs_are_read():
    for text in ("镇" * 10**6, "我县" + "石哲镇" * 10**5, "县委书记" * 10**5):
        assert province(text) is None
    assert province("我县" + "石哲镇、南陈镇、" * 10**5) == "14"


def test_files_called_by_numbers_are_no_years(tmp_path):
    body = "3月3日，我县召开会议。会议强调，要坚持以人民为中心，把各项措施落到实处。"
    for folder, names in {"ids": (2019, 2020, 2064), "years": (2018, 2019, 2020)}.items():
        (tmp_path / folder).mkdir()
        for name in names:
            (tmp_path / folder / f"{name}.txt").write_text(body, "utf8")
    docs, _ = load.folder(tmp_path, jobs=1)
    dates = dict(
        zip(docs["path"], docs["date"].astype(object).where(docs["date"].notna(), None), strict=True)
    )
    assert dates["years/2019.txt"] == "2019-03-03"
    assert dates["ids/2019.txt"] is dates["ids/2064.txt"] is None
    assert _running.find(tmp_path, ["ids/2064.txt", "years/2019.txt"]) == {"ids": [_running.NUMBERED]}
    assert _running.find(tmp_path, ["2064", "years/2019"]) == {"": [_running.NUMBERED]}  # without a suffix


def test_what_begins_as_fields_or_records_tells_no_running_lines(tmp_path):
    for begins in ("---\n", "[\n", ""):
        names = [f"{n}.txt" for n in "abcdef"]
        for name in names:
            text = f"{begins}某某门户\n某县召开会议部署{name}工作\n会议要求各地落实{name}责任。\n"
            (tmp_path / name).write_text(text, "utf8")
        assert _running.find(tmp_path, names) == ({} if begins else {"": ["某某门户"]})


def test_a_page_lends_its_province_to_what_names_none(tmp_path):
    items = [
        ("第一件事办成了", "张三丰", "日前，陕西省某县召开会议，陕西各地参加，县委书记讲话，部署工作。"),
        ("又一件事办成了", "李四光", "昨日，河南、山东分别召开会议，河南代表发言，山东代表参加，部署工作。"),
        ("还有一件事也办成了", "王小平", "近日，全市会议召开，研究部署工作，各级各部门参加。"),
    ]
    page = "\n".join(f"{title}\n本报记者 {who}\n\n　　本报讯　{text}\n" for title, who, text in items)
    (tmp_path / "page.txt").write_text(page, "utf8")
    docs, audit = load.folder(tmp_path, jobs=1)
    assert docs["province"].fillna("").tolist() == ["61", "", "61"]
    assert audit["province_evidence"].tolist()[2] == "the same page as part 1"
    assert audit["province_evidence"].tolist()[1].startswith("unsure")

"""What resembles furniture, a signature, a caption or the head of an item, and is the text itself."""

from __future__ import annotations

import pytest

from toolkit import load

P = (
    "会议指出，要坚持以人民为中心，把各项惠民政策落实落细，"
    "让群众有更多的获得感、幸福感和安全感，推动全省工作再上新台阶。"
)
B = "\n".join(P.replace("会议", f"第{number}次会议") for number in "一二三四五六七八")


def read(tmp_path, text, name="a.txt"):
    """Documents of one file, and what was taken off."""
    (tmp_path / name).write_text(text, "utf8")
    docs, audit = load.folder(tmp_path, jobs=1)
    parts = audit[["chars_kept", "chars_head", "chars_furniture", "chars_repeated"]].sum(axis=1)
    assert parts.eq(audit["chars_in"]).all()
    return docs, "\n".join(audit["removed"].fillna(""))


@pytest.mark.parametrize(
    ("above", "title"),
    [
        (
            "湖南省委召开平安建设工作会议\n3月4日，湖南省委召开平安建设工作会议，部署今年重点任务。\n来源：湖南日报\n"
            "发布时间：2021-03-05",
            "湖南省委召开平安建设工作会议",
        ),
        (
            "湖南省人民政府办公厅关于召开全省工作会议的通知\n各市州人民政府，省直各单位：\n"
            "经省人民政府同意，决定召开全省工作会议。现将有关事项通知如下。\n一、会议时间和地点\n时间：2021年3月5日上午9时",
            "湖南省人民政府办公厅关于召开全省工作会议的通知",
        ),
        (
            "湖南省召开工作推进会议\n核心提示：湖南省召开会议，部署今年重点任务。\n作者：张三丰\n时间：2021-03-05",
            "湖南省召开工作推进会议",
        ),
    ],
)
def test_a_lead_above_the_day_is_no_teaser(tmp_path, above, title):
    docs, removed = read(tmp_path, f"{above}\n{B}")
    assert docs["title"].tolist() == [title]
    assert docs["province"].tolist() == ["43"]
    assert "部署今年重点任务" not in removed
    assert "现将有关事项通知如下" not in removed


@pytest.mark.parametrize(
    "units", ["公安厅、司法厅", "商务厅、水利局", "林业局", "文化厅 金融办", "安监局", "万元"]
)
def test_departments_in_brackets_sign_nothing(tmp_path, units):
    docs, removed = read(tmp_path, f"湖南省重点工作分工方案\n{P}\n（一）{P}（{units}）")
    assert docs["text"][0].endswith(f"（{units}）")
    assert docs["authors"].isna().all()
    assert units not in removed


@pytest.mark.parametrize("unit", [" 省教育厅", "省发展改革委牵头"])
def test_departments_behind_tasks_stay(tmp_path, unit):
    tasks = "\n".join(f"{number}、{P}{unit}" for number in "一二三四")
    docs, _ = read(tmp_path, f"湖南省重点任务分工\n{tasks}")
    assert docs["text"][0].count(unit.strip()) == 4


@pytest.mark.parametrize(
    "above",
    [
        "2021年1月份全省经济运行快报\n2021年2月3日",
        "关于及时报送工作信息的通知\n2021年3月5日",
        "新闻发布制度实施细则\n2021年3月5日 湖南日报",
        "要闻：稳经济一揽子政策清单\n湖南日报 2021年3月5日",
        "湖南日报 2021年3月5日\n第03版",
    ],
)
def test_a_list_of_measures_is_one_document(tmp_path, above):
    measures = "\n".join(f"{number}. 第{number}项措施的名称\n{P}" for number in range(1, 4))
    docs, removed = read(tmp_path, f"{above}\n{measures}")
    assert len(docs) == 1
    kept = f"{docs['title'][0]}\n{docs['text'][0]}\n{removed}"
    assert all(f"{number}. 第{number}项措施的名称" in kept for number in range(1, 4))


def test_a_report_with_chapters_is_one_document(tmp_path):
    chapters = "\n\n".join(
        f"## {name}\n\n{P}" for name in ("湖南省政府工作报告", "一、过去一年", "二、今年工作")
    )
    report = f"湖南日报 2021-03-05\n\n{chapters}"
    docs, _ = read(tmp_path, report, "a.md")
    assert len(docs) == 1


def test_a_chronicle_keeps_its_days(tmp_path):
    told = (
        "2021-01-05 省委召开平安建设工作会议\n2021-03-01 省平安建设条例公布施行\n2021-06-02 省委召开推进会议"
    )
    docs, removed = read(tmp_path, f"湖南省平安建设大事记\n现将全省平安建设大事记公布如下。\n{told}")
    assert docs["text"][0].endswith(told)
    assert "2021-03-01" not in removed


def test_a_page_of_a_chronicle_keeps_its_first_line(tmp_path):
    page = (
        "某某志 80\n6 月 2 日，湖南省人民政府在长沙召开全省平安建设工作推进会，总结经验\n"
        "并部署今年重点任务。\n6 月 3 日，湖南省平安建设条例公布，自当年 9 月 1 日起\n施行。\n"
        "17日 推进会在株洲召开。"
    )
    docs, _ = read(tmp_path, page)
    assert docs["text"][0].startswith("6 月 2 日，湖南省人民政府")


def test_lines_broken_before_a_number_are_joined(tmp_path):
    broken = (
        "全省推进会召开\n会议要求各地认真总结过去一年工作，新建农村公路五千\n"
        "12 公里，受益群众达到三百余万人次，累计改造\n15 座特大桥梁和隧道，群众出行条件明显改善，产业\n"
        "结构不断优化，营商环境持续向好，社会大局保持稳定\n"
        "有序，各项重点任务全面完成，取得了明显的成效，实\n现了良好的开局。"
    )
    docs, _ = read(tmp_path, broken)
    assert "新建农村公路五千12 公里" in docs["text"][0]
    assert docs["title"].tolist() == ["全省推进会召开"]


@pytest.mark.parametrize(
    "line",
    [
        "（三）组织开展专题报道", "欢迎您来黑龙江投资兴业。", "推广扫码乘车、刷手机进站",
        "今天是中国共产党成立100周年。", "今天是冬至，各地群众以多种方式迎接这个传统节气的到来。",
        "其中包括摄影作品《春风》（张三丰 摄）等二百幅",
    ],
)  # fmt: skip
def test_a_line_of_the_body_stays(tmp_path, line):
    docs, _ = read(tmp_path, f"湖南省召开工作推进会议\n{P}\n{P[5:]}\n{P[7:]}\n{line}\n{P[9:]}\n{P[3:]}")
    assert len(docs) == 1
    assert line in docs["text"][0]


def test_a_title_on_websites_is_a_title(tmp_path):
    docs, _ = read(tmp_path, f"关于全省政府网站集约化升级的通知\n各市州人民政府：\n{B}")
    assert docs["title"].tolist() == ["关于全省政府网站集约化升级的通知"]


def test_articles_of_a_regulation_stay(tmp_path):
    last = "第二条 未经许可不得转载、摘编他人作品。\n第三条 本条例自公布之日起施行。"
    law = f"湖南省作品管理条例\n第一条 {P}\n{last}"
    docs, _ = read(tmp_path, law)
    assert "第二条" in docs["text"][0]
    assert "第三条" in docs["text"][0]


MIDDLE = [
    "政务公开", "信息公开", "工作动态", "版权声明", "联系方式", "举报电话：12388", "电话：0000-88888888",
    "邮箱：abc@example.com", "举报电话：12388\n邮箱：abc@example.com\n地址：某某市某某路1号", "缩小城乡差距",
    "放大镜下看作风", "举报中心建设", "上一版规划实施情况", "免费试用期为三个月", "收起违规广告",
    "展开全面排查", "下载地址：点击省政府网站首页", "下载地址：http://www.example.cn/a.doc",
    "登录省政府门户网站 www.example.gov.cn", "网站管理：由省政府办公厅负责，各市州配合。",
    "本文件的观点仅供参考，各地可结合实际执行。", "以上意见不代表最终立场，请各地研究。",
    "同日，省委召开会议", "1.《春到洞庭》（张三丰 摄）", "一等奖：《春到洞庭》（张三丰 摄）",
    "《春到洞庭》（张三丰 摄）、《山乡》（李四光 摄）", "二等奖 山乡巨变（李四光 摄）",
    "图中照片均为资料。（本栏照片为张三丰摄）", "文字：简明扼要", "图：全省工作流程", "免费申请电子邮箱服务",
    "我来说两句活动", "如有侵权，可向市场监管部门投诉。", "侵权假冒行为整治", "部分内容通过网络公布",
    "关注公众号建设", "返回岗位", "您可能需要办理的事项", "跟帖评论管理", "举报反馈机制", "查看更多信息",
    "默认规则", "下一期工程", "统筹：省委政法委牵头负责", "设计：委托有资质的单位编制", "抄送：省委各部门",
    "附件下载", "举报反馈", "新闻查询", "喜迎二十大 奋进新征程",
    "喜迎二十大 守护好水土 走好新长路 建设好家园",
    "办公地址：某某路1号 邮编：000000",
    "市政府网站", "各部门网站建设", "会议现场管理", "收藏品市场整治", "365天平安值守", "省政府 省军区",
    "5G体育场馆建设", "该文发表于2017年的《某某学刊》第三期", "·天津：民警讲解防盗常识",
    "项目名称 | 某某市新建公共安全视频监控项目", "（二）上接国家政策，下联基层群众", "E-mail：x@example.cn",
    "湖南省人民政府办公厅 2021年工作计划", "全省各县：网站整改情况", "2021年3月5日", "湖南省平安建设委员会",
    "如涉及侵权，应当责令删除有关内容。", "如有侵权行为，应当立即删除。", "内容分发网络", "资料共享网络",
    "图片传输网络", "凤凰县人民政府声明：网传消息不实。", "百度公司声明：配合调查。",
    "腾讯公司声明：坚决整改。", "客服热线：12306", "商务合作：省商务厅负责",
    "以上观点不代表平台立场，平台应当显著标示。", "湖南日报社出品", "关注公众号：湖南政务服务",
    "图源：省档案馆", "本文转自：省志", "●相关报道", "◆相关阅读 省情概况", "■推荐阅读书目",
    "网站声明：依法经营", "网站声明：", "您可能喜欢的湖南味道", "湖南省各部门网站", "全国各省市政府网站",
    "重点链接", "本作品是中华人民共和国的法律、法规", "图片来自网络，不得作为证据",
    "点击下方阅读原文了解办理流程", "查看全部", "展开全部", "平台声明", "为您推荐", "▼ 往期精彩",
    "本网所有内容均应标明版权归属", "·[视频]全省集中拆除违法建筑",
    "湖南省教育厅 jyt.hunan.gov.cn\n湖南省财政厅 czt.hunan.gov.cn", "中国互联网举报中心\n12377举报中心",
    "打开湘易办APP，查看社保缴费记录\n打开支付宝客户端 查看电子凭证",
    "网站建设：省政务局牵头负责\n网站维护：第三方承担", "省教育厅 省财政厅 省卫健委 主办",
    "365便民服务在线", "365在线问政平台开通", "大会现场", "图片1", "湖南省行政区划图.jpg",
    "湖南省政务中心设为首页建设", "五大网络：\n内容分发网络\n工业互联网络",
    "下载地址：点击此处下载\n申请表\n姓名\n申请表", "《春到洞庭》（油画）（张三丰 摄）",
    "1.洞庭春色（张三丰 摄）",
    "下载地址：点击此处下载\n湖南省申请表一\n下载地址：点击此处下载\n湖南省申请表一",
    "下载地址：点击此处下载\n关于申请的通知\n下载地址：点击此处下载\n关于申请的通知",
]  # fmt: skip


@pytest.mark.parametrize("line", MIDDLE)
def test_what_pages_have_too_stays_between_paragraphs(tmp_path, line):
    docs, removed = read(tmp_path, f"湖南省召开工作推进会议\n{P}\n{P[5:]}\n{P[7:]}\n{line}\n{P[9:]}\n{P[3:]}")
    assert len(docs) == 1
    assert f"\n{line}\n" in docs["text"][0], removed


@pytest.mark.parametrize(
    "last",
    [
        "如有侵权行为，应当立即删除。",
        "如涉及侵权，应当责令删除有关内容。",
        "以上观点不代表平台立场，平台应当显著标示。",
        "凤凰县人民政府声明：网传消息不实。",
        "网站声明：本规定自发布之日起施行",
        "内容分发网络",
        "商务合作：省商务厅负责",
        "您可能喜欢的湖南味道",
    ],
)
def test_a_last_line_on_rights_or_statements_stays(tmp_path, last):
    docs, removed = read(tmp_path, f"湖南省召开工作推进会议\n{B}\n{last}")
    assert docs["text"].tolist() == [f"{B}\n{last}"], removed


@pytest.mark.parametrize(
    "navigation",
    [
        "政务公开\n联系我们\n版权声明\n湖南省人民政府办公厅主办，湖南省大数据中心承办，未经许可不得转载。",
        "首页\n政务公开\n新闻动态\n2021年3月5日",
    ],
)
def test_navigation_above_the_foot_or_the_day_of_a_page_goes(tmp_path, navigation):
    docs, _ = read(tmp_path, f"湖南省公告\n{B}\n通知公告\n公告栏\n{P}\n{navigation}")
    assert docs["text"][0].removesuffix("\n2021年3月5日") == f"{B}\n公告栏\n{P}"


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("湖南省任免通知", "任命张三为湖南省教育厅厅长\n免去李四的湖南省教育厅厅长职务"),
        ("湖南省停水公告", "明日八时起停水十二小时\n请居民提前储水"),
        ("湖南省停水公告", "明日八时起停水十二小时"),
        ("七律·长征", "红军不怕远征难，万水千山只等闲\n五岭逶迤腾细浪，乌蒙磅礴走泥丸"),
        ("平安建设标语", "平安建设人人参与\n平安成果人人共享"),
        ("热烈祝贺大会胜利召开", "湖南省全体干部群众向大会致敬"),
    ],
)
def test_a_few_short_lines_above_a_picture_are_the_body(tmp_path, title, lines):
    docs, removed = read(tmp_path, f"{title}\n{lines}\n任命仪式现场。（张三丰 摄）")
    assert docs["title"].tolist() == [title]
    assert docs["text"].tolist() == [lines]
    assert "任命仪式现场" in removed


@pytest.mark.parametrize(
    "caption",
    [
        "▲会议现场（照片由张三丰摄）",
        "1.会议现场。（张三丰 摄）",
        "《平安湖南》（油画）展览现场（张三丰 摄）",
        "获奖 作品展现场。（张三丰 摄）",
    ],
)
def test_a_caption_within_the_body_goes(tmp_path, caption):
    docs, removed = read(tmp_path, f"湖南省召开工作推进会议\n{P}\n{caption}\n{B}")
    assert docs["text"].tolist() == [f"{P}\n{B}"]
    assert caption in removed


def test_who_speaks_is_no_caption_whoever_took_the_picture(tmp_path):
    said = "张三丰要求，要加强领导。要压实责任，推动落实。（新天水讯【记者 李四】 摄影：某某在线）"
    docs, removed = read(tmp_path, f"湖南省召开工作推进会议\n{P}\n{said}\n{B}")
    assert "要压实责任" in docs["text"][0], removed


@pytest.mark.parametrize(
    "sign", ["湖南日报社出品", "为您推荐", "湖南省各部门网站", "客服热线：12306", "政务公开"]
)
@pytest.mark.parametrize("below", ["（一）领导讲话\n（二）典型发言", "一、省教育厅\n二、省财政厅"])
def test_numbered_lines_below_a_sign_are_the_body(tmp_path, sign, below):
    docs, removed = read(tmp_path, f"湖南省召开工作推进会议\n{B}\n{sign}\n{below}")
    assert docs["text"].tolist() == [f"{B}\n{sign}\n{below}"], removed


def test_an_issuer_and_its_day_below_a_sign_stay(tmp_path):
    below = "客服热线：12306\n湖南省民政厅\n2021年3月5日"
    docs, _ = read(tmp_path, f"湖南省民政厅关于征求意见的公告\n{B}\n{below}")
    assert docs["text"][0].endswith(f"\n{below}")


def test_what_an_application_says_of_its_pictures_goes(tmp_path):
    docs, _ = read(tmp_path, f"湖南省召开工作推进会议\n{P}\n打开某某新闻 查看精彩图片\n{B}")
    assert docs["text"].tolist() == [f"{P}\n{B}"]


def test_contacts_above_the_day_of_a_notice_stay_and_those_of_the_page_below_go(tmp_path):
    contact = "联系人：张三丰\n举报电话：12388\n地址：某某市某某路1号"
    notice = f"湖南省民政厅关于征求意见的公告\n{P}\n{P[5:]}\n{contact}\n湖南省民政厅\n2021年3月5日"
    docs, _ = read(tmp_path, f"{notice}\n政务公开\n通知公告\n举报电话：12345\n某ICP备05000000号")
    assert contact in docs["text"][0]
    assert not any(word in docs["text"][0] for word in ("政务公开", "通知公告", "12345"))


TAILS = [
    "放大\n缩小\n上一版\n下一版\n下载\n读报纸首页", "中国互联网举报中心", "相关内容 查看全部",
    "返回搜狐，查看更多", "新 闻 查 询\n关键词\n免费试用某某15M收费邮箱 赶紧行动！",
    "如需转载，请与本站联系 电话：0000-87269026 E-mail:a@b.cn", "展开剩余70%\n平台声明",
    "【推荐】【打印】【收藏】【关闭】\n我来说两句(0)", "（本文来源：某某网 作者：张三丰）",
    "网友评论仅供其表达个人看法，并不表明本站立场。", "跟贴 0\n文章已关闭评论！",
    "打开某某新闻 查看精彩图片", "正文已结束，您可以按alt+4进行评论", "本网站已支持IPv6",
    "打印 网摘 纠错 商城 分享 推荐",
    "本文为某某号作者或机构在某某新闻上传并发布，仅代表该作者观点，不代表某某新闻的立场。", "打 印\n关 闭",
    "往期精彩回顾", "24小时热文", "您可能感兴趣的文章", "如有侵权，请联系我们删除。", "图片来源于网络",
    "关注微信公众号：某某政法\n点击下方“阅读原文”", "加载更多\n已经到底了", "撰稿：张三丰",
    "本文转自：某某日报", "某某日报社出品", "（文稿来源：某某网络广播电视台）",
    "https://v.qq.com/txp/iframe/player.html?vid=x0000aaaaaa", "会议现场", "召开会议3.jpg",
    "某某委员会主办       某某委员会办公室维护管理\nE-mail:x@example.cn 电话:0000-2827140",
    "|\n3上一篇 下一篇4 |",
    "全国各省市政府网站\n某某市各区政府网站\n重点链接",
    "·[视频]某某市集中拆除广告牌\n·某某市：民警讲解防盗常识",
    "某某日报社全媒体记者 李四光\n- 2024-02-18某省首单业务\n- 2024-02-07旅客两千万\n- 2024-02-06新增两个室",
    "（某某在线编辑：张三丰）",
    "2025-01-03,1196| 2025-01-02,1195|\n您的IE浏览器版本太低，请升级至IE8及以上版本。",
    "本作品是中华人民共和国的法律、法规。根据《中华人民共和国著作权法》第五条，属于公有领域。",
]  # fmt: skip


@pytest.mark.parametrize("tail", TAILS)
def test_the_tails_of_portals_go(tmp_path, tail):
    docs, _ = read(tmp_path, f"湖南省召开工作推进会议\n{B}\n{tail}")
    assert docs["text"].tolist() == [B]


def test_what_sohu_writes_behind_the_last_sentence_goes(tmp_path):
    docs, _ = read(tmp_path, f"湖南省召开工作推进会议\n{B}返回搜狐，查看更多")
    assert docs["text"].tolist() == [B]


@pytest.mark.parametrize(
    ("above", "title"),
    [
        ("第MA07版：要闻 上一版 下一版\n上一篇\n湖南省召开工作推进会议", "湖南省召开工作推进会议"),
        ("某某市信访局 xfj.example.cn\n某某市二〇二一年工作计划", "某某市二〇二一年工作计划"),
        ("第三版教材上一版下一版之比较", "第三版教材上一版下一版之比较"),
        ("喜迎二十大 守护好水土 走好新长路 建设好家园\n\n湖南省召开工作推进会议", "湖南省召开工作推进会议"),
        ("喜迎二十大 奋进新征程", "喜迎二十大 奋进新征程"),
        ("365官方网站 某区政法委 某区综治办 主办\n湖南省召开工作推进会议", "湖南省召开工作推进会议"),
        ("365天守护平安的基层民警", "365天守护平安的基层民警"),
        ("某某纪委网站 | 某风网 搜索:\n湖南省召开工作推进会议", "湖南省召开工作推进会议"),
        ("您现在的位置 > 省情发布\n湖南省召开工作推进会议", "湖南省召开工作推进会议"),
        ("当前位置首 页 >\n湖南省召开工作推进会议", "湖南省召开工作推进会议"),
        ("】 【打 印】\n湖南省召开工作推进会议", "湖南省召开工作推进会议"),
        ("湖南省召开工作推进会议\n发布于:2015-6-17 10:06:17 浏览:1577次", "湖南省召开工作推进会议"),
        (
            "湖南省召开工作推进会议\n某某日报·新某某客户端·客户端 2023-09-27 18:00:24",
            "湖南省召开工作推进会议",
        ),
        ("湖南省召开工作推进会议|世界资讯", "湖南省召开工作推进会议"),
        ("某区公安分局 | 公安机关深入推进专项行动取得成效", "公安机关深入推进专项行动取得成效"),
        ("体裁分类 规划\n湖南省工作规划", "湖南省工作规划"),
        ("湘政发〔2017〕55号 湖南省人民政府关于印发某规划的通知", "湖南省人民政府关于印发某规划的通知"),
        (
            "湖南省人民政府关于某事的批复\n湖南省人民政府关于某事的批复 湘函〔2001〕80号 省政府 2001年7月7日",
            "湖南省人民政府关于某事的批复",
        ),
        ("3月8日，湖南省人大会议隆重开幕", "3月8日，湖南省人大会议隆重开幕"),
        ("某某网 » 即时看 »\n湖南省召开工作推进会议", "湖南省召开工作推进会议"),
    ],
)
def test_navigation_is_no_title(tmp_path, above, title):
    docs, _ = read(tmp_path, f"{above}\n{B}")
    assert docs["title"].tolist() == [title]


@pytest.mark.parametrize(
    ("above", "first"),
    [
        ("某某志大事记", "1日~2日 湖南省平安建设工作推进会在长沙召开"),
        ("某某志大事记", "是日 湖南省平安建设工作推进会在长沙召开，总结经验"),
        ("2021年1月大事记\n发布日期：2021-02-03 18:23:54", "1月1日，湖南省平安建设工作推进会在长沙召开。"),
        ("国发〔2015〕68号", "各省、自治区、直辖市人民政府，国务院各部委∶"),
    ],
)
def test_the_first_entry_or_the_addressee_begins_the_body(tmp_path, above, first):
    for glue in ("\n", "") if "18:23" in above else ("\n",):
        docs, _ = read(tmp_path, f"{above}{glue}{first}\n3日 省平安建设条例施行。\n{B}")
        assert docs["text"][0].startswith(first)


def test_a_cover_notice_belongs_to_the_report_below_it(tmp_path):
    cover = "各乡镇人民政府，县政府各部门：\n《政府工作报告》已经审议通过，现印发给你们，请认真抓好落实。\n"
    report = f"政府工作报告\n——2026年1月14日在某县第十八届人民代表大会第五次会议上\n各位代表：\n{B}"
    assert read(tmp_path, f"{cover}2026年2月9日\n{report}")[0]["text"][0].startswith(cover)
    docs, _ = read(tmp_path, report)  # with none, the report begins with its own address
    assert docs["text"][0].startswith("各位代表：")


def test_two_acts_of_one_page_are_parted_and_one_with_its_annex_is_not(tmp_path):
    acts = [f"湖南省人民政府关于印发{name}的通知" for name in ("甲办法", "乙办法")]
    shown = [
        f"下载地址： 点击此处下载\n{act}\n湖南省人民政府\n{act}\n各市州人民政府：\n{P}\n{P[5:]}"
        for act in acts
    ]
    docs, _ = read(tmp_path, "\n".join(shown))
    assert docs["title"].str.startswith(tuple(acts)).all()
    assert len(docs) == 2
    annex = f"下载地址：点击此处下载\n甲办法\n第一条 {P}\n第二条 {P[9:]}"
    assert len(read(tmp_path, f"{acts[0]}\n各市州人民政府：\n{P}\n{P[5:]}\n{annex}")[0]) == 1


@pytest.mark.parametrize("headline", ["■图片新闻", "湖南省开展平安宣传"])
def test_where_nothing_would_be_left_the_caption_is_the_body(tmp_path, headline):
    caption = "8月31日，施工人员在某地作业。当日，拆除工作正式启动，可压减产能133万吨。新华社记者 张三摄"
    docs, _ = read(tmp_path, f"2016年09月01日 星期四\n{headline}\n{caption}\n京ICP备06005116")
    assert docs["text"][0].startswith("8月31日，施工人员")
    assert docs["title"].fillna("").tolist() == [headline.removeprefix("■图片新闻")]
    docs, removed = read(tmp_path, f"{headline}\n{caption}\n{B}")
    assert docs["text"].tolist() == [B]
    assert "133万吨" in removed


def test_a_document_in_one_line_has_its_title_and_number(tmp_path):
    body = B.replace("\n", "")
    docs, _ = read(tmp_path, f"湖南省人民政府关于推进平安建设的意见 湘政发[2009]69号 2009-11-03 {body}")
    assert docs[["title", "document_number", "text"]].to_numpy().tolist() == [
        ["湖南省人民政府关于推进平安建设的意见", "湘政发〔2009〕69号", body]
    ]
    cited = f"现转发湖南省人民政府关于推进平安建设的意见 湘政发[2009]69号 2009-11-03 {body}"
    docs, _ = read(tmp_path, cited)
    assert docs["text"].tolist() == [cited]


@pytest.mark.parametrize(
    ("last", "below"),
    [
        ("二〇〇一年七月七日", "本办法由湖南省人民政府解释，自公布之日起施行。"),  # no 日本
        ("2001年7月7日", "本办法由湖南省人民政府解释，自公布之日起施行。"),
        ("中共湖南省委", "托管企业由省国资委负责，抓好落实。"),  # no 委托
    ],
)
def test_a_day_or_an_issuer_alone_is_joined_with_nothing(tmp_path, last, below):
    docs, _ = read(tmp_path, f"湖南省召开工作推进会议\n{B}\n{last}\n{below}\n{B[5:]}")
    assert f"\n{last}\n{below}\n" in docs["text"][0]


def test_years_that_were_struck_out_are_no_bold_type(tmp_path):
    docs, _ = read(tmp_path, f"湖南省召开工作推进会议\n**会议**指出，自2****年起。\n{B}")
    assert docs["text"][0].startswith("会议指出，自2****年起。\n")


def test_what_a_page_recommends_is_no_part_but_an_article_of_its_own_is(tmp_path):
    page = "湖南省召开工作会议\n本报讯（记者 张三丰）{b}\n{between}某路南延段已通车\n本报讯（记者 李四光）{p}"
    docs, _ = read(tmp_path, page.format(b=B, between="新闻推荐\n", p=P))
    assert docs["text"].tolist() == [B]
    docs, _ = read(tmp_path, page.format(b=B, between="", p=B))
    assert len(docs) == 2


@pytest.mark.parametrize(
    ("above", "first"),
    [
        ("十万人口交通事故起数连年下降，群众满意；", "十万人口交通事故起数连年下降，群众满意；"),
        ("某某自治州，各州、市人民政府，各行政\n公署、各直属机构：", "某某自治州，各州、市人民政府，各行政"),
        ("广大市民朋友：", "广大市民朋友："),
        (f"{P}\n某报讯（记者张三丰）{P}会议强调落实。", f"{P}会议强调落实。"),
    ],
)
def test_the_first_line_of_the_body_is_kept(tmp_path, above, first):
    docs, _ = read(tmp_path, f"湖南省召开工作推进会议\n发布时间：2021-03-05\n{above}\n{B}")
    assert docs["text"][0].startswith(first)


def test_a_list_of_measures_behind_a_signature_or_in_the_order_of_days_stays(tmp_path):
    days = "\n".join(f"- 2024-02-{day} 全省召开平安建设推进会议" for day in ("07", "08", "18", "19"))
    docs, _ = read(tmp_path, f"湖南省平安建设工作安排\n{P}\n{days}")
    assert docs["text"][0].endswith(days)
    link = "国家帮助我省开展乡村学校建设工程"
    docs, _ = read(tmp_path, f"湖南省召开工作推进会议\n{B}（张三丰）\n{link}")
    assert docs["text"].tolist() == [B]
    docs, _ = read(tmp_path, f"湖南省召开工作推进会议\n{B}\n{link}")
    assert docs["text"].tolist() == [f"{B}\n{link}"]
    for names in (
        "湖南省平安建设先进单位名单\n长沙市公安局岳麓分局刑侦支队一大队\n株洲市人民检察院第一检察部公诉组",
        "湖南省平安建设先进单位名单",
        "湖南省平安建设领导小组办公室",
    ):
        docs, _ = read(tmp_path, f"湖南省召开工作推进会议\n{P}\n{P[5:]}（张三丰 李四光）\n{names}")
        assert docs["text"][0].endswith(f"\n{names}")
    docs, _ = read(tmp_path, f"湖南省召开工作推进会议\n{B}（张三丰）\n附件：湖南省平安建设工作任务分工表")
    assert "附件：" in docs["text"][0]

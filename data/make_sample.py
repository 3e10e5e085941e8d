"""The files of ``data/sample`` that no text editor writes: python data/make_sample.py [FOLDER].

Old encodings, Word, Excel, and a zip whose names carry no flag. Every text is fictional and written for this
project. Each run gives the same bytes.
"""

import csv
import io
import sys
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

SAMPLE = Path(__file__).parent / "sample"
MARK = "虚构样本 fictional sample, written for this project"

PORTAL_2003 = f"""<html>
<head>
<meta http-equiv="Content-Type" content="text/html; charset=gb2312">
<title>辽宁：矿区邻里互助员上岗</title>
</head>
<body>
<!-- {MARK} -->
<table width="760"><tr><td>首页</td><td>时政</td><td>经济</td><td>论坛</td></tr></table>
<p>您的位置：首页 &gt;&gt; 时政 &gt;&gt; 正文</p>
<h2>辽宁：矿区邻里互助员上岗</h2>
<p>2003年8月12日 09:41　来源：辽河样本报　【大字】【小字】【关闭】</p>
<table><tr><td class="TRS_Editor">
<p>　　辽河样本报讯（记者 卜小楼）8月12日，辽宁省矿区邻里互助员在阜新、抚顺、本溪三市同时上岗。头一批六百人，
都是下岗的矿工和他们的妻子，胳膊上戴一条黄布箍，管三件事：修水管、看孩子、劝架。</p>
<p>　　省劳动和社会保障厅厅长臧若水指出，棚户区里一墙之隔住着几百户人，日子紧，火气就大。臧若水要求，互助员
先从㘵家沟、平安街这样的老片区做起，一个月走遍每一户。</p>
<p>　　互助员每月补助一百八十元，做满一年的，社区招人时优先录用。</p>
</td></tr></table>
<p>责任编辑：计无功</p>
<p>相关链接：棚户区改造问答　|　下岗再就业信息</p>
</body>
</html>
"""

PLAIN_1998 = """山东：黄河滩区“抬田”开工 洪水来了有地站

1998年11月3日　来源：齐鲁样本报　记者：孔小舟

11月3日，山东省黄河滩区“抬田”工程在东明县开工。今年夏天大水过后，滩里的人回到村里，第一件事是在墙上画水印；
第二件事是问，明年水再来，往哪里站。

副省长郗望岳要求，抬田要抬到今年水印以上半米，先抬村台，再抬晒场，后抬麦田。郗望岳强调，土从河里来，不许挖好地
填坏地；工由受益的村出，粮由省里补。

工程分三年，头一年抬二十七个村。滩区的小学先动土，校门正对着大堤，水来了，孩子们三分钟就能走上去。

（虚构样本）
"""

UTF16_2005 = """天津：旧书换花籽 七万册图书进海河沿线社区

2005-09-10 08:05　来源：津门样本报　记者：边小满

9月10日，天津市“旧书换花籽”活动在河北区望海楼前开场。一本旧书换一包花籽，三本换一把小铲，十本换一次园艺师上门。

市精神文明办负责人说，书放在家里是一个人的，放到楼下是一栋楼的；花种在盆里是一个人的，种在路边是一条街的。活动第一天
收书七万多册，最老的是一本民国年间的算术课本。

书柜设在门房、理发店和早点铺，谁看谁拿，不登记、不催还。少了的，下周再补。

（虚构样本）
"""

REPORT_2002 = """２００２年甘肃省政府工作报告

——２００２年１月２５日在甘肃省第九届人民代表大会第五次会议上

<U+00A0><U+00A0><U+00A0><U+00A0><U+00A0><U+00A0><U+00A0><U+00A0> 省长　祁连生

　　各位代表：

　　去年雨水少，大家的心是焦的。我先报告旱情，再报告工作，最后说今年怎么办。

　　一、旱情与抗旱。全省３８个县受旱，１９０万人吃水困难。干部群众挖水窖１２万眼，拉水的车排了几十里，没有一个村断水。

　　二、２００１年的工作。西部大开发的头几个项目落了地，退耕还林１０１．５万亩，公路修到了最后６个不通车的乡。<U+00A0>国有企业减亏
１１．８％，可下岗职工的饭碗还没有全端稳。

　　三、２００２年的打算。水窖再挖１０万眼，退耕再退１５０万亩，粮食补助一斤不少地发到户。机关出差一律坐火车硬座，省下的钱修水窖。

　　各位代表，天不下雨，人要流汗。大家一起干，甘肃的山总会绿起来！
"""

PAGE_2002 = (
    "\n\n<!--\n      " + MARK + "\n-->\n\n<U+00A0>\n当前位置： 首页>> 省情 \n\n<U+00A0>\n\n"
    "２００２年甘肃省政府工作报告\n\n样本门户网站　　 2006年03月02日　　 来源：陇原样本报\n\n\n"
    "【字体：大 中 小】\n\n\n\n"
)

CHONGQING_2024 = [
    "政府工作报告",
    "——2024年1月21日在重庆市第六届人民代表大会第二次会议上",
    "重庆市市长 渠江月",
    "各位代表：",
    "我向大会报告工作，请大家当面提意见。",
    "一、2023年工作回顾",
    "坡坡坎坎上装了四百部便民电梯，江边的步道连通了三百公里，老厂区里的无人机试飞场成了低空经济的练兵场。"
    "也有没做好的：轨道站口的雨棚还缺一百多处，山火季节的水源点还不够。",
    "二、2024年重点任务",
    "（一）让新质生产力长在车间里。汽车厂、摩托厂、笔电厂各选十条老线，一条一条改，改好一条算一条，不搞大拆大建。",
    "（二）让山城走得动。再装两百部电梯，补齐雨棚，给每一段石梯坎装上扶手。",
    "（三）让江城睡得稳。平安重庆建设从一盏路灯、一根燃气管、一个消防栓抓起，查到的隐患当月清零。",
    "“十四五”规划已经过半，过半不是过关。各位代表，让我们把灯再拨亮一点，把路再走远一点！",
]

HEBEI_2021 = [
    "河北省人民政府办公厅关于推行“冬暖明白卡”的通知",
    "冀政办发〔2021〕98号",
    "各市（含定州、辛集市）人民政府，雄安新区管委会，省政府各部门：",
    "为让群众看得懂一个冬天要花多少取暖钱、冷了找谁、钱不够怎么办，决定在清洁取暖地区推行“冬暖明白卡”。",
    "一、卡上写什么。气价、电价、补贴、报修电话，一张卡写清，字不小于黄豆。",
    "二、卡由谁来送。村干部一户一送，当面念一遍；不识字的老人，由网格员帮着设好快捷拨号。",
    "三、各地送卡时限如下表：",
    [["地区", "户数", "送达时限"], ["唐山、廊坊", "96万户", "10月底"], ["邯郸、邢台", "81万户", "11月10日"]],
    "四、凡因卡上电话打不通造成群众受冻的，追究主管单位责任。",
    "河北省人民政府办公厅",
    "二〇二一年九月二十七日",
]

SHEET = [
    ["标题", "省份", "日期", "来源", "正文", "备注"],
    [
        "黑龙江：雪道旁边添了“平安暖屋”",
        "黑龙江省",
        "2017/12/8",
        "冰城样本报",
        "12月8日，黑龙江省冰雪旅游“平安暖屋”在亚布力启用。暖屋不卖东西，只有热水、绷带、充电线和一位会讲急救的值守员。\n"
        "省旅游部门规定，凡雪场每三百米雪道设一间，凡冰面游乐每一处配一条绳、一块板、一个吹得响的哨子。"
        "哈尔滨、牡丹江、伊春三市本月内全部设齐。",
        "虚构样本",
    ],
    [
        "海南：渔船回港先报人数再报鱼数",
        "海南省",
        "2010年10月9日",
        "椰城观察",
        "10月9日，海南省渔船防风避险会商会在海口召开。连日暴雨，清澜、潭门、新村三港的船提前回来了。\n"
        "会议要求，渔船回港先报人数再报鱼数，少一个人都不算靠岸；外省渔船一样安排泊位、一样送热饭。"
        "副省长莫守愚强调，国际旅游岛不能只有晴天的岛。",
        "虚构样本",
    ],
    [
        "西藏：那曲牧区的流动课堂换了新帐篷",
        "西藏自治区",
        "2014-08-21",
        "雪域样本报",
        "8月21日，西藏自治区教育部门给那曲的四十个流动课堂换上了新帐篷。新帐篷有地板、有窗、有炉子，一位老师带一个牧场的孩子。\n"
        "帐篷跟着牛羊走，教材跟着帐篷走。教育部门说，草场最远的十二个点，由马帮把黑板驮上去。",
        "虚构样本",
    ],
]

GB_TABLE = [
    ["标题", "地区", "发布日期", "正文", "备注"],
    [
        "河北：沿海防风林里建起“护林夜校”",
        "河北省",
        "2007-03-28",
        "3月28日，河北省沿海护林夜校在昌黎开班。护林员白天巡林，晚上认字、认虫、认火险等级。\n"
        "林业部门说，去年三起林火，两起是因为看不懂警示牌上的字。夜校先教二百个字，教材是护林员自己编的顺口溜。",
        "虚构样本",
    ],
    [
        "吉林：延边给冷面馆发“一张证”",
        "吉林省",
        "2009-07-06",
        "7月6日，吉林省延边朝鲜族自治州试行小餐馆“一张证”。原先开一间冷面馆要办卫生、消防、工商、环保七张证，跑四十天；"
        "如今七张并作一张，十天办结。\n州政府把收费标准刻在木牌上，挂在办证大厅门口，朝文、汉文各一面。",
        "虚构样本",
    ],
]

ARCHIVE = {
    "安徽省/关于规范乡镇小菜场管理的通知.txt": (
        "utf-8",
        "安徽省人民政府办公厅关于规范乡镇小菜场管理的通知\n皖政办〔2022〕98号\n\n"
        "各市、县人民政府，省政府各部门、各直属机构：\n"
        "为让乡镇小菜场干净、顺手、不欺客，经省政府同意，把几件事情说定如下。\n"
        "一、地面要干。排水沟半年一清，活禽与熟食分开，雨天铺草垫。\n"
        "二、摊位要让。自家种菜来卖的农民，每天留出三成摊位，不收摊位费。\n"
        "三、秤要准。公平秤由市场监管所每月校准，校准的日子写在秤盘上。\n"
        "各市落实情况十一月底前报省商务厅。\n\n安徽省人民政府办公厅\n2022年8月15日\n\n（虚构样本）\n",
    ),
    "内蒙古/牧区“点灯人”.txt": (
        "gb18030",
        "内蒙古牧区有了“点灯人”\n2022-01-13 17:30　来源：草原样本报　记者：云小楼\n\n"
        "1月13日，内蒙古自治区首批牧区“点灯人”在锡林郭勒培训结业。八十名电工骑摩托、骑骆驼，给离电网最远的牧户修光伏板、换电池。\n\n"
        "自治区能源局局长额尔登山表示，一盏灯亮着，牧民就知道有人记得他。额尔登山要求，报修三日内必须到场，风雪天由乡里派车送。\n\n"
        "今年还要再培训二百人，会说蒙古语的优先。\n\n（虚构样本）\n",
    ),
    "贵州省/村寨消防.html": (
        "gb18030",
        '<html><head><meta charset="gbk"><title>贵州：侗寨鼓楼下的“喊寨人”</title></head><body>'
        f'<!-- {MARK} --><div class="nav">首页 新闻 旅游</div><h1>贵州：侗寨鼓楼下的“喊寨人”</h1>'
        '<p class="info">2022年11月24日 19:00　来源：黔山样本报　【打印】</p><div class="article-content">'
        "<p>11月24日，贵州省木结构村寨冬季防火行动在黔东南从江启动。一百二十个寨子恢复了“喊寨人”：天黑以后敲着锣，"
        "一家一家喊，灶火灭了没有，电炉拔了没有。</p>"
        "<p>副省长杭秋水强调，最好的消防栓是人的嗓子，平安贵州要从一声锣响做起。杭秋水要求，每个寨子留出一条消防车进得去的路，"
        "哪怕要挪一挪谷仓。</p>"
        "<p>喊寨人每晚补助二十元，由省、州、县三级分担。</p></div>"
        '<div class="foot">版权声明 联系我们</div></body></html>',
    ),
}


def packed(files):
    """A zip archive of `files` (name → bytes) whose bytes depend on nothing else."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in files.items():
            info = zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0))
            info.create_system = 3
            archive.writestr(info, content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def gbk_archive(entries):
    """A zip as Chinese Windows writes it: names in GBK, and no flag that says so."""
    stand_in = {name: chr(97 + number) * len(name.encode("gbk")) for number, name in enumerate(entries)}
    raw = packed({stand_in[name]: text.encode(encoding) for name, (encoding, text) in entries.items()})
    for name, letters in stand_in.items():
        assert raw.count(letters.encode()) == 2, (
            "the name stands once before its entry, once in the directory"
        )
        raw = raw.replace(letters.encode(), name.encode("gbk"))
    return raw


PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
CORE = (
    f'<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
    f"<dc:creator>sample</dc:creator><dc:description>{MARK}</dc:description>"
    '<dcterms:created xsi:type="dcterms:W3CDTF">2026-01-01T00:00:00Z</dcterms:created></cp:coreProperties>'
)


def office(files, types):
    """An Office package: its own `files`, the content `types` of each, and the properties with the mark."""
    types = types | {"docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml"}
    main = next(iter(types))
    listed = "".join(f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in types.items())
    around = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" '
        f'ContentType="application/xml"/>{listed}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{OFFICE}/relationships/officeDocument" Target="{main}"/>'
        f'<Relationship Id="rId2" Type="{PACKAGE}/relationships/metadata/core-properties" '
        'Target="docProps/core.xml"/>'
        "</Relationships>",
        "docProps/core.xml": CORE,
    }
    return packed({name: (HEAD + text).encode() for name, text in (around | files).items()})


def docx(blocks):
    """A Word document: a paragraph for each text, a table for each list of rows."""

    def paragraph(text):
        return f"<w:p><w:r><w:t>{escape(text)}</w:t></w:r></w:p>"

    def table(rows):
        cells = ("".join(f"<w:tc><w:tcPr/>{paragraph(cell)}</w:tc>" for cell in row) for row in rows)
        return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"

    body = "".join(paragraph(block) if isinstance(block, str) else table(block) for block in blocks)
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    text = f'<w:document xmlns:w="{space}"><w:body>{body}</w:body></w:document>'
    return office({"word/document.xml": text}, {"word/document.xml": kind})


def xlsx(rows):
    """A workbook of one sheet, every cell a text."""
    cells = (
        "".join(
            f'<c r="{chr(65 + place)}{number}" t="inlineStr"><is><t>{escape(cell)}</t></is></c>'
            for place, cell in enumerate(row)
        )
        for number, row in enumerate(rows, 1)
    )
    sheet = "".join(f'<row r="{number}">{row}</row>' for number, row in enumerate(cells, 1))
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    files = {
        "xl/workbook.xml": f'<workbook xmlns="{space}" xmlns:r="{OFFICE}/relationships"><sheets>'
        '<sheet name="新闻" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{OFFICE}/relationships/worksheet" '
        'Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{space}"><sheetData>{sheet}</sheetData></worksheet>',
    }
    types = {
        "xl/workbook.xml": f"{kind}.sheet.main+xml",
        "xl/worksheets/sheet1.xml": f"{kind}.worksheet+xml",
    }
    return office(files, types)


def table(rows):
    """The rows as CSV."""
    buffer = io.StringIO(newline="")
    csv.writer(buffer).writerows(rows)
    return buffer.getvalue()


def files():
    """Every made file: its path in the sample → its bytes."""
    return {
        "encodings/gb18030_declared_gb2312.html": PORTAL_2003.encode("gb18030"),
        "encodings/gb18030_undeclared.txt": PLAIN_1998.encode("gb18030"),
        "encodings/gb18030_repeated_page.txt": (PAGE_2002 + "\n<U+00A0>\n\n".join([REPORT_2002] * 3)).encode(
            "gb18030"
        ),
        "encodings/utf16.txt": b"\xff\xfe" + UTF16_2005.encode("utf-16-le"),
        "office/report.docx": docx(CHONGQING_2024),
        "office/notice_with_table.docx": docx(HEBEI_2021),
        "office/news.xlsx": xlsx(SHEET),
        "tables/gb18030.csv": table(GB_TABLE).encode("gb18030"),
        "archive/gbk_names.zip": gbk_archive(ARCHIVE),
    }


def main(folder=SAMPLE):
    """Write every made file into `folder`."""
    for name, content in files().items():
        path = Path(folder) / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


if __name__ == "__main__":
    main(*sys.argv[1:])

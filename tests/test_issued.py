"""Who issued a document, and under which number: hand-made heads and tails of acts."""

import pytest

from toolkit import load
from toolkit.load import _gazetteer, _place

BODY = "为加强农业用水管理，提高用水效率，现就有关事项通知如下。\n一、完善计量设施，按方收费，按时公布。"


def told(head="", tail="", title="关于加强农业用水管理工作的通知"):
    return _place.resolve(f"{BODY}\n{tail}", title=title, head=head)


@pytest.mark.parametrize(
    ("head", "number", "province", "level"),
    [
        ("皖教秘〔2021〕77 号", "皖教秘〔2021〕77号", "34", "province"),
        ("粤府令第 281 号", "粤府令第281号", "44", "province"),
        ("杭政函〔2021〕13号", "杭政函〔2021〕13号", "33", "prefecture"),
        ("甬农发﹝2021﹞26号", "甬农发〔2021〕26号", "33", "prefecture"),
        ("国税函〔2021〕151号", "国税函〔2021〕151号", "00", "centre"),
        ("鄂府发〔2021〕3号", "鄂府发〔2021〕3号", "15", "prefecture"),  # 鄂尔多斯, no province
        ("赣政发〔2021〕3号", "赣政发〔2021〕3号", None, None),  # 赣榆 in Jiangsu writes so
        ("宁政发〔2021〕3号", "宁政发〔2021〕3号", None, None),  # Ningxia and Nanjing
        ("备案号：鄂规备字〔2021〕58号", None, None, None),
        ("【已废止】 废止依据：晋政发〔2023〕4号", None, None, None),
        ("索引号：FZ10201 备注/文号：榕政办〔2021〕17号", "榕政办〔2021〕17号", "35", "prefecture"),
        ("江府发〔2021〕3号", "江府发〔2021〕3号", None, None),  # 江门, 江油, 江安, 江口
        ("财预〔2021〕3号", "财预〔2021〕3号", None, None),  # the ministry, and bureaus,
        ("中华人民共和国国务院令\n第 738 号", "中华人民共和国国务院令第738号", "00", "centre"),
        ("国家税务总局公告\n2021年第6号", "国家税务总局公告2021年第6号", "00", "centre"),
        ("关于防汛的通告\n第3号", None, None, None),  # the line above is a title
    ],
)
def test_numbers_tell_places(head, number, province, level):
    found = told(head)
    assert (found["document_number"], found["province"], found["level"]) == (number, province, level)


@pytest.mark.parametrize(
    ("title", "head", "province", "level"),
    [
        ("渝北区人民政府关于防汛的通知", "渝北府发〔2021〕8号", "50", "county"),
        ("城市养犬管理办法", "苏州市人民政府令\n第150号", "32", "prefecture"),
        ("关于防火的通告", "湘阴县人民政府通告第3号", "43", "county"),
        ("关于防火的通告", "沪宁高速公路指挥部公告第5号", None, None),
        ("诸暨市人民政府转发国务院办公厅意见的通知（国办发〔2019〕5号）", "", "33", "county"),
        ("诸暨市贯彻某条例的实施意见", "（国务院令第722号）", "33", "county"),
        (
            "诸暨市制定某办法的说明",
            "上位法文号：国务院令第722号；政策文号：国办发〔2019〕5号",
            "33",
            "county",
        ),
    ],
)
def test_a_number_weighs_less_than_who_writes(title, head, province, level):
    found = told(head, title=title)
    assert (found["province"], found["level"]) == (province, level)


def test_a_number_in_the_title_is_the_documents_own():
    title = "关于印发《某预案》的通知（台政办发〔2021〕8号）"
    assert told(title=title)["document_number"] == "台政办发〔2021〕8号"
    title = "关于贯彻台政办发〔2021〕8号文件、落实某预案的通知"
    assert told(title=f"某某单位{title}")["document_number"] is None


def test_decrees_that_a_text_is_about_are_not_its_own_number():
    assert told("国务院令第722号", title="某市贯彻某条例的实施意见")["document_number"] is None
    assert told("（国务院令第722号）", title="某市某条例")["document_number"] is None


def test_a_title_outweighs_the_number_of_a_department():
    found = told("鲁财〔2021〕5号", title="鲁甸县关于预算的通知")
    assert (found["province"], found["level"]) == ("53", "county")


def test_the_longest_prefix_counts():
    assert _gazetteer.begun("黔政发") == "52"
    assert _gazetteer.begun("黔江府发") is None
    assert _gazetteer.begun("赣市府发") == "3607"


@pytest.mark.parametrize(
    ("tail", "issuer"),
    [
        ("中共中央\n国务院\n2021年3月5日", "中共中央、国务院"),
        ("河南省水利厅   河南省财政厅\n2021年3月5日", "河南省水利厅、河南省财政厅"),
        ("国 务 院\n二○二一年三月五日", "国务院"),
        ("芜湖市民政局（盖章）\n2021年3月5日", "芜湖市民政局"),
        ("中华人民共和国农业农村部\n（印章）\n2021年3月5日", "中华人民共和国农业农村部"),
        ("惠州市博罗县人民政府 2021年3月5日", "惠州市博罗县人民政府"),
        ("联系人：张三丰\n2021年3月5日", None),
        ("甲方：某某公司\n2021年3月5日", None),
        ("全省共完成2021年任务。", None),
    ],
)
def test_all_who_sign_are_issuers(tail, issuer):
    assert told(tail=tail)["issuer"] == issuer


def read(folder, text):
    (folder / "1.txt").write_text(text, "utf8")
    return load.folder(folder, jobs=1)


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("（2004年8月28日某会第十一次会议通过\n2021年3月5日某会第二十六次会议修订）", "2021-03-05"),
        ("（2021年3月5日某省人大常委会第八次会议通过 自2021年9月1日起施行）", "2021-03-05"),
        ("【颁布时间】2021-3-5", "2021-03-05"),
    ],
)
def test_the_day_of_an_act_is_no_day_in_force(tmp_path, line, day):
    docs, _ = read(tmp_path, f"某某省农田水利设施管护条例\n{line}\n{BODY}\n{BODY}")
    assert docs["date"].tolist() == [day]


def test_the_office_that_printed_an_act_gives_a_day_where_none_is_signed(tmp_path):
    title = "关于加强农业用水管理工作的通知"
    imprint = "咸阳市人民政府办公室　　2021年3月8日印发"
    docs, _ = read(tmp_path, f"{title}\n{BODY}\n{imprint}\n")
    assert docs["date"].tolist() == ["2021-03-08"]
    assert "印发" not in docs["text"][0]
    docs, _ = read(tmp_path, f"{title}\n{BODY}\n咸阳市人民政府\n2021年3月5日\n{imprint}\n")
    assert docs["date"].tolist() == ["2021-03-05"]
    assert docs["text"][0].endswith("2021年3月5日")

"""Texts that name no place: who led where when, which town lies where, and what only looks like it."""

import csv
import re
from importlib import resources

import pytest

from toolkit import load
from toolkit.load import _clock, _known, _place, _running

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
        # districts of one name, told apart by their towns
        ("我区召开会议，宜川路街道、普陀区司法局作了发言。", "31"),
        ("我区召开会议，沈家门街道、普陀区司法局作了发言。", "33"),
        ("我区召开会议，普陀区司法局作了发言。", None),
        # a town of each of two provinces, and names that many have
        ("我县召开会议，和庆镇与石哲镇签约。", None),
        ("我县召开会议，城关镇、永和镇作了发言。", None),
        # 镇 and 乡 that no town is called by
        ("我县加快小城镇建设，部分乡镇、文明村镇和江南水乡受益，干部下乡，乡村振兴。", None),
        ("我旗各苏木镇干部参加。", None),
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
        # counties that kept their short names when they became Chongqing's and Hainan's
        ("石柱县召开会议，县委书记出席。", {}, "50"),
        ("陵水县召开会议，县委书记出席。", {}, "46"),
        ("1985年5月6日，陵水县召开会议，县委书记出席。", {"year": 1985}, "44"),
        ("新北区召开会议。", {}, "32"),
        ("高新北区管委会召开会议。", {}, None),
        # what a province alone calls its own
        ("我市干部群众建设强富美高新篇章。", {}, "32"),
        ("全国政协调研组来琼调研。我省各地各部门配合。", {}, "46"),
        ("我市代表赴京参会，在京召开座谈会，推动新的发展。", {}, None),
        # sites: one of Shaoxing, one of Shanxi's page on a site of the nation
        ("我市召开会议。", {"path": "www.sx.gov.cn/a/1.html"}, "33"),
        ("我省召开会议。", {"path": "sx.people.com.cn/a/1.html"}, "14"),
        # a paper of the centre ends no search
        ("北京市公安局某派出所守护街巷。", {"head": "来源：人民日报客户端", "path": "gaj.beijing.gov.cn/a/1.html"}, "11"),
        ("苏州河两岸焕新，我市各区参与。", {}, None),
    ],
)  # fmt: skip
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


def test_a_millions_of_signs_cost_little(benchmark=None):
    for text in ("镇" * 10**6, "我县" + "石哲镇" * 10**5, "县委书记" * 10**5):
        assert province(text) in (None, "14")


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


def test_a_paper_of_the_nation_lends_no_province(tmp_path):
    part = "——————\n{}\n　　本报讯 （记者 张三）{}\n"
    page = "第4版：综合\n" + part.format(
        "陕西省某县召开会议部署工作", "陕西省某县日前召开会议，陕西省各地参加，陕西代表发言。" * 4
    )
    page += part.format(
        "各地推进农田基本建设工作", "河南、山东等省日前召开会议，湖北代表发言，安徽代表参加。" * 4
    )
    (tmp_path / "page.txt").write_text(page, "utf8")
    docs, audit = load.folder(tmp_path, jobs=1)
    lent = audit["province_evidence"].str.contains("the same page")
    assert not (lent & audit["provinces_named"].str.contains("37")).any()
    assert _known.RANKS["11"] == {"市"}

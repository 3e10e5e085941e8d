"""What stands above and below acts, and between two articles of a file: lists written without the tables."""

import json
from pathlib import Path

import pytest

from toolkit import clean, load

HERE = Path(__file__).parent / "lines"
TITLE = "关于进一步加强农业用水管理工作的通知"
ACT = (
    "各有关单位：\n为进一步加强农业用水管理，提高灌溉用水效率，经研究同意，现就有关事项通知如下。\n"
    "一、完善计量设施，所有干渠口门都要安装量水设备，做到按方收费、按时公布。\n"
    "二、落实管护责任，支渠以下工程由用水合作组织负责，管护经费从水费中提取。\n"
    "三、加强监督检查，对擅自开口引水、拖欠水费的行为，要依照有关规定严肃处理。"
)
FIRST = "\n".join(ACT.split("\n")[1:])
SECOND = (
    "近日，记者从有关部门获悉，这项工作已经全面展开，各项任务分解到具体单位和责任人。\n"
    "据介绍，去年以来有关部门走访群众两千多户，收集意见建议三百余条，逐条研究答复。\n"
    "下一步，有关部门将继续加大督促检查力度，及时公布进展，接受群众监督，完善长效机制，防止问题反弹。\n"
    "多位受访群众表示，过去办一件事要跑好几个地方、盖好几个章，如今在家门口的服务站就能办成，省时又省心。\n"
    "有关负责人说，群众满意不满意是检验工作的唯一标准，明年还将拿出专项资金，支持基层把好经验、好做法推广开来。"
)


def bare(text):
    return "".join(clean.normalise(text).split())


@pytest.fixture(scope="module")
def read(tmp_path_factory):
    def read(name, page):
        folder = tmp_path_factory.mktemp(name)
        known = {}
        for n, line in enumerate((HERE / f"{name}.txt").read_text("utf8").strip().split("\n")):
            form, told = line.split("\t")
            form = form.replace("\\n", "\n").replace("\\t", "\t")
            known[f"{n:03}.txt"] = form, json.loads(told)
            (folder / f"{n:03}.txt").write_text(page(form), "utf8")
        docs, _ = load.folder(folder, jobs=2)
        docs = docs.astype(object).where(docs.notna(), None)
        return [(form, told, docs[docs["path"] == path]) for path, (form, told) in known.items()]

    return read


def lost(rows, text):
    """The lines of a text that no row has."""
    kept = bare("".join(rows["text"]))
    return [line for line in text.split("\n") if bare(line) not in kept]


def test_what_stands_above_an_act(read):
    got = read("act_heads", lambda form: f"{form}\n{TITLE}\n{ACT}\n")
    rows = [(form, told, one.iloc[0]) for form, told, one in got if len(one)]
    assert len(got) - len(rows) <= 1  # a row of JSON
    assert not [form for form, _, one in got if len(one) and lost(one, FIRST)]
    assert not [form for form, told, one in rows if one["province"] not in (None, told["province"])]
    days = [form for form, told, one in rows if one["date"] and one["date"] != told["date"]]
    shown = [form for form in days if "2021-03-0" in form]  # the day on which a site shows it
    assert len(shown) <= 6
    assert [form[:24] for form in days if form not in shown] == ["（2021年3月5日国务院第127次常务会议通过"]
    for name, most in {"province": 28, "date": 12}.items():  # still left empty
        assert len([form for form, told, one in rows if told[name] and not one[name]]) <= most, name
    asked = [(told, one) for _, told, one in rows if told["number"]]
    assert len([told for told, one in asked if not one["document_number"]]) <= 25


def test_what_stands_below_an_act(read):
    got = read("act_tails", lambda form: f"{TITLE}\n{ACT}\n{form}\n")
    assert not [form for form, _, rows in got if len(rows) != 1 or lost(rows, FIRST)]
    rows = [(form, told, one.iloc[0]) for form, told, one in got]
    days = [form for form, told, one in rows if one["date"] and one["date"] != told["date"]]
    assert [form[:16] for form in days] == ["发布日期：2021年3月9日　　"]  # of the site
    assert len([form for form, told, one in rows if told["date"] and not one["date"]]) <= 15
    issuers = [
        (told["issuer"], bare(one["issuer"] or "").replace("、", ""))
        for _, told, one in rows
        if told["issuer"]
    ]
    assert len([told for told, one in issuers if not one]) <= 20
    assert [one for told, one in issuers if one and one != bare(told)] == []


def test_what_stands_between_two_articles(read):
    got = read("between", lambda form: f"全市春耕备耕工作现场会召开\n{FIRST}\n{form}\n{SECOND}\n")
    assert not [form for form, _, rows in got if lost(rows, FIRST) or lost(rows, SECOND)]
    assert not [form for form, _, rows in got if len(rows) > 2]
    assert len([form for form, _, rows in got if len(rows) == 1]) <= 137  # of 200
    assert not [
        form
        for form, _, rows in got
        if len(rows) == 2 and (lost(rows.iloc[:1], FIRST) or lost(rows.iloc[1:], SECOND))
    ]

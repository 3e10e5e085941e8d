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
    docs, _ = read(tmp_path, f"湖南省召开工作推进会议\n{P}\n{P[5:]}\n{line}\n{P[9:]}\n{P[3:]}")
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

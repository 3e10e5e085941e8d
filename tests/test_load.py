import csv
import io
import json
import multiprocessing
import os
import re
import tarfile
import time
import unicodedata
import zipfile
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from toolkit import clean, load, places
from toolkit.load import _article, _clock, _decode, _files, _gazetteer, _layout, _tables

REAL = Path(__file__).parents[1].parent / "shared" / "real"
real = pytest.mark.skipif(not REAL.is_dir(), reason="the real documents are not on this machine")
SUMS = ["chars_kept", "chars_head", "chars_furniture", "chars_repeated"]
BODY = (
    "省委常委会召开会议，学习贯彻重要讲话精神，研究部署下一阶段重点任务，要求全省上下统一思想、狠抓落实。\n"
    "会议指出，要坚持以人民为中心的发展思想，扎实推进各项民生实事，不断增强群众的获得感幸福感安全感。\n"
    "会议强调，各地各部门要压实责任，加强协同联动，确保各项决策部署落地见效，推动高质量发展取得新成效。"
)


def holds_up(audit):
    """Laws of every audit: each character is accounted for, each part has one row."""
    assert (audit[SUMS].sum(axis=1) == audit["chars_in"]).all()
    assert not audit.duplicated(["path", "part"]).any()
    assert audit["status"].isin(["read", "damaged", "empty", "left out", "skipped", "failed"]).all()
    assert audit.loc[~audit["status"].isin(["read"]), "warnings"].ne("").all()


def read_one(tmp_path, content, name="a.txt"):
    (tmp_path / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    docs, audit = load.folder(tmp_path)
    holds_up(audit)
    return docs, audit


# ---- the real documents -------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def seeds():
    docs, audit = load.folder(REAL / "seeds")
    holds_up(audit)
    return docs.set_index(["path", "part"])


def truths():
    file = REAL / "seeds" / "truth.json"
    return json.loads(file.read_text("utf8"))["documents"] if file.exists() else []


@real
@pytest.mark.parametrize("truth", truths(), ids=lambda truth: f"{truth['file'][:3]}-{truth['part']}")
def test_seeds_agree_with_a_careful_reader(seeds, truth):
    row = seeds.loc[(truth["file"], truth["part"])]
    for field in ("province", "level", "prefecture", "title", "date", "event_date", "source", "via"):
        if field in truth:
            seen = None if pd.isna(row[field]) else row[field]
            assert seen == truth[field], field
    assert ([] if pd.isna(row["authors"]) else row["authors"].split("、")) == truth["authors"]
    assert row["text"].startswith(truth["opens"])
    assert row["text"].endswith(truth["closes"])
    assert not [piece for piece in truth.get("never_in_body", []) if piece in row["text"]]
    assert not [piece for piece in truth.get("must_hold", []) if piece not in row["text"]]
    if truth["date"] is None:
        low = "" if pd.isna(row["date_low"]) else row["date_low"]
        high = "9" if pd.isna(row["date_high"]) else row["date_high"]
        assert low <= truth["true_date"] <= high


@real
@pytest.mark.parametrize("truth", truths(), ids=lambda truth: f"{truth['file'][:3]}-{truth['part']}")
def test_seeds_know_who_speaks(seeds, truth):
    docs = seeds.reset_index().query("path == @truth['file'] and part == @truth['part']")
    who = {name for names in clean.paragraphs(docs)["speaker"].dropna() for name in names.split("、")}
    assert who >= set(truth.get("speakers", []))
    assert all(clean.is_name(name) or name == "会议" for name in who), who


@real
def test_seeds_are_seven_and_truth_is_no_document(seeds):
    assert len(seeds) == len(truths()) == 7


DELIVERED_2025 = {
    "13": "13 35 45 23 ", "14": "11 12 15 22 33 43 46 ", "15": "31 44 ", "16": "21 42 61 ", "17": "14 36 ",
    "18": "41 53 ", "19": "32 50 52 54 63 64 65 ", "20": "34 37 51 62 ",
}  # fmt: skip


@real
def test_the_reports_of_2025_come_out_of_a_zip_with_foreign_names():
    docs, audit = load.folder(REAL / "provincial_reports_2025.zip")
    holds_up(audit)
    named = [
        [code for code in places.provinces()["province"] if places.label(code) in path]
        for path in docs["path"]
    ]
    assert docs["province"].map(lambda code: [code]).tolist() == named
    assert docs["province"].nunique() == 31
    due = {code: f"2025-01-{day}" for day, codes in DELIVERED_2025.items() for code in codes.split()}
    assert docs.set_index("province")["date"].to_dict() == due
    assert docs["title"].str.fullmatch(r"2025年\S+政府工作报告").all()
    furniture_free(docs)


@real
def test_the_reports_of_2026_lose_their_page_and_keep_their_body():
    docs, audit = load.folder(REAL / "provincial_reports_2026")
    holds_up(audit)
    assert docs["province"].tolist() == [places.code(name) for name in docs["given_province"]]
    assert docs["province"].nunique() == 31
    assert docs["date"].between("2026-01-14", "2026-02-05").all()
    assert not docs["date"].eq(docs["publish_date"]).any()
    furniture_free(docs)
    assert docs["text"].str.contains("新质生产力").all()


def furniture_free(docs):
    """A report opens with the salutation and holds nothing of the page around it."""
    assert docs["text"].str.match("各位代表[：:]").all()
    page = (
        "(?m)^(?:相关|责任编辑|扫一扫|【?字[号体]|打印|关闭|》》点击|分享|来源[：:]|时间[：:]|编辑[：:]|下载$)"
        "|记者[^，。]{0,12}摄$"
    )
    assert not docs["text"].str.contains(page, regex=True).any()


def shingles(text, k=12):
    bare = "".join(character for character in text if character.isalnum())
    return {bare[i : i + k] for i in range(len(bare) - k + 1)}


@real
def test_gb18030_pages_give_one_clean_body_each():
    docs, audit = load.folder(REAL / "central_reports")
    holds_up(audit)
    lines = docs[docs["path"].eq("reports_1954_2022.txt")].set_index("given_year")["text"]
    pages = docs[docs["path"].str.startswith("gb18030_pages/")]
    assert len(lines) == 53
    assert len(pages) == 18
    assert pages["province"].eq("00").all()
    for row in pages.itertuples():
        page, line = shingles(row.text), shingles(lines[row.path[-8:-4]])
        assert len(page & line) >= 0.98 * len(page)
        if row.path[-8:-4] not in ("2007", "2009"):  # of these two only the first of several pages was saved
            assert len(page & line) >= 0.98 * len(line)
        assert "<U+" not in row.text
        assert "当前位置" not in row.text


# ---- encodings ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be"]
)
def test_encodings_are_told_apart(tmp_path, encoding):
    docs, audit = read_one(tmp_path, BODY.encode(encoding))
    assert docs["text"].tolist() == [BODY]
    assert audit["status"].tolist() == ["read"]


def test_gb2312_that_is_wider_than_it_says(tmp_path):
    html = page(f'<div id="zoom"><p>朱镕基说，{BODY}</p></div>', '<meta charset="gb2312">')
    docs, audit = read_one(tmp_path, html.encode("gb18030"), "a.html")
    assert docs["text"][0].startswith("朱镕基说")
    assert audit["encoding"].tolist() == ["gb18030"]


def test_mojibake_is_repaired_or_named_never_silent(tmp_path):
    docs, audit = read_one(tmp_path, BODY.encode("utf-8").decode("latin-1").encode("utf-8"))
    assert docs["text"].tolist() == [BODY]
    assert "repaired" in audit["warnings"][0]
    docs, audit = read_one(tmp_path, (BODY * 3).encode("utf-8")[:-1])
    assert audit["status"].tolist() == ["damaged"]
    docs, audit = read_one(
        tmp_path, (BODY * 3).encode("gb18030").replace("会议".encode("gb18030"), b"\xff\xff", 1)
    )
    assert audit[["encoding", "status"]].values.tolist() == [["gb18030", "damaged"]]
    docs, audit = read_one(tmp_path, os.urandom(4000))
    assert docs.empty
    assert audit["status"].tolist() == ["left out"]


def test_two_encodings_in_one_file_are_both_read(tmp_path):
    docs, audit = read_one(tmp_path, (BODY + "\n").encode("gb18030") + BODY[::-1].encode())
    assert docs["text"][0].startswith(BODY)
    assert audit["status"].tolist() == ["damaged"]
    assert "two encodings" in audit["warnings"][0]


@given(st.text(alphabet="省委会议强调平安建设发展和安全，。“”、2019年", min_size=12))
def test_every_chinese_text_survives_gb18030(text):
    assert _decode.text(text.encode("gb18030"))[0] == text


# ---- pages, tables, layout ----------------------------------------------------------------------------


def page(inner, head=""):
    return f"<!doctype html><html><head><title>某事_某某网</title>{head}</head><body>{inner}</body></html>"


@pytest.mark.parametrize(
    "box", ['div id="zoom"', 'div class="TRS_Editor"', 'div id="UCAP-CONTENT"', "article"]
)
def test_the_containers_of_portals_hold_the_body(tmp_path, box):
    body = "".join(f"<p>　　{line}</p>" for line in BODY.split("\n"))
    html = page(
        "<ul><li>首页</li><li>要闻</li></ul><h1>省委常委会召开会议研究重点任务</h1>"
        "<div>来源：某省日报　发布时间：2021-03-04　浏览次数：12</div>"
        f"<{box}>{body}</{box.split()[0]}><div>上一篇：别的事情</div><div>版权所有 某某网</div>"
    )
    docs, _ = read_one(tmp_path, html, "a.html")
    assert docs["text"].tolist() == [BODY]
    assert docs["title"].tolist() == ["省委常委会召开会议研究重点任务"]
    assert docs["date"].tolist() == ["2021-03-04"]
    assert docs["source"].tolist() == ["某省日报"]


def test_an_e_paper_of_one_maker_names_its_headline(tmp_path):
    paragraphs = "".join(f"<p>{line}</p>" for line in BODY.split("\n"))
    inner = (
        "<ul><li>第01版：要闻</li><li>另一件事办成了</li></ul><table><tr><td>2020年10月16日 星期五</td></tr>"
        "<tr><td><founder-title>青川县三条路通车</founder-title></td></tr><tr><td><founder-subtitle>"
        f"全县同日庆祝</founder-subtitle></td></tr></table><founder-content>{paragraphs}</founder-content>"
    )
    docs, _ = read_one(tmp_path, page(inner, "<title>某某日报</title>"), "a.html")
    assert docs["title"].tolist() == ["青川县三条路通车"]
    assert docs["text"].tolist() == [BODY]


def test_a_short_notice_without_container_leaks_no_navigation(tmp_path):
    html = page(
        "<div><ul><li><a href='/'>首页</a></li><li><a href='/zw'>政务公开</a></li></ul></div>"
        "<h1>关于会议延期的通知</h1>"
        "<div><p>因故，原定于本周五召开的全省平安建设工作会议延期举行，具体时间另行通知。</p></div>"
        "<div><a href='/a'>上一篇：别的通知</a></div>"
        "<div>主办：某省人民政府办公厅</div><div>某ICP备05000000号</div>"
    )
    docs, _ = read_one(tmp_path, html, "notice.html")
    assert docs["text"].tolist() == [
        "因故，原定于本周五召开的全省平安建设工作会议延期举行，具体时间另行通知。"
    ]


TITLE = "省委召开会议部署重点任务"
BLOCKS = "".join(f"<p>{line}</p>" for line in BODY.split("\n"))
LINKS = "".join(f"<li><a href='/{n}'>某市第{n}次招商引资推介会今天在会展中心举行</a></li>" for n in range(12))
PAGES = {  # @T the title, @P the paragraphs, @B lines parted by <br>, @S sections
    "two columns": (
        "<html><head><title>别的名字-某省新闻网</title></head><body><div class='header'><a>首页"
        "</a> <a>新闻</a></div><div class='main'><div class='left'><h1>@T</h1><div>"
        "2021-03-04 10:00:00 来源：某省日报</div><div>@P</div><div class='share'>分享到：</div>"
        "</div><div class='right'><h3>热点新闻</h3><ul><li><a>全省经济运行情况新闻发布会今天召开"
        "</a></li><li><a>某市举办招商引资推介会</a></li></ul></div></div><div class='foot'>"
        "版权所有 某省新闻网 未经授权不得转载</div></body></html>"
    ),
    "tables and line breaks": (
        "<html><head><title>@T</title></head><body><table><tr><td><a>首页</a></td></tr></table>"
        "<table><tr><td align=center><b>@T</b></td></tr><tr><td>"
        "发布时间：2021-3-4 &nbsp; 点击数：122</td></tr><tr><td>&nbsp;&nbsp;@B</td></tr></table>"
        "<div>地址：某市某路1号 邮编：100000</div></body></html>"
    ),
    "links above and below": (
        "<html><head><title>@T</title></head><body><ul>@L</ul><div class='x2'><h1>@T</h1>"
        "<p>2021-03-04 来源：某省日报</p><div>@P</div></div><ul>@M</ul></body></html>"
    ),
    "article and aside": (
        "<html><body><nav>首页</nav><article><header><h1>@T</h1><time>2021-03-04</time></header>"
        "@P<footer>责任编辑：张三丰</footer></article><aside>推荐阅读<p>别的事情在这里。</p>"
        "</aside></body></html>"
    ),
    "a public account": (
        "<html><head><meta property='og:title' content='@T'/></head><body><h1 id='activity-name'>"
        "@T</h1><em id='publish_time'>2021-03-04 18:20</em><div id='js_content'><section>"
        "点击上方蓝字关注我们</section>@S<section>编辑：李四光</section></div><div>阅读原文</div>"
        "</body></html>"
    ),
    "a picture with its caption": (
        "<html><head><meta name='publishdate' content='2021-03-04'><title>@T--某频道--某某网"
        "</title></head><body><h1>@T</h1><div class='rm_txt_con cf'><p class='desc'>"
        "会议现场。某某日报记者 张三 摄</p>@P<div class='edit cf'>(责编：李某、王某)</div></div>"
        "</body></html>"
    ),
}


@pytest.mark.parametrize("form", PAGES)
def test_pages_with_and_without_a_known_container(tmp_path, form):
    sections = BLOCKS.replace("<p>", "<section><span>").replace("</p>", "</span></section>")
    breaks = BODY.replace("\n", "<br>&nbsp;&nbsp;")
    html = (
        PAGES[form]
        .replace("@T", TITLE)
        .replace("@P", BLOCKS)
        .replace("@B", breaks)
        .replace("@S", sections)
        .replace("@L", LINKS)
        .replace("@M", LINKS.replace("招商", "旅游"))
    )
    docs, _ = read_one(tmp_path, html, "a.html")
    assert docs["text"].tolist() == [BODY]
    assert docs["title"].tolist() == [TITLE]


def test_the_running_head_of_a_printed_page_is_furniture(tmp_path):
    printed = "".join(
        f"某某公报 2019年第{n}期 第{n}页\n{n}号文件说明{line}\n" for n, line in enumerate(BODY.split("\n"), 1)
    )
    docs, _ = read_one(tmp_path, printed)
    assert "公报" not in docs["text"][0]
    assert docs["text"][0].count("\n") == 2


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("a.csv", lambda rows: pd.DataFrame(rows).to_csv(index=False).encode("utf-8-sig")),
        ("a.tsv", lambda rows: pd.DataFrame(rows).to_csv(index=False, sep="\t").encode()),
        ("wrong.txt", lambda rows: pd.DataFrame(rows).to_csv(index=False).encode("gb18030")),
        ("a.json", lambda rows: json.dumps({"total": 2, "list": rows}).encode()),
        ("a.jsonl", lambda rows: "\n".join(json.dumps(row, ensure_ascii=False) for row in rows).encode()),
        ("a.xlsx", lambda rows: written(pd.DataFrame(rows).to_excel)),
        ("a.parquet", lambda rows: written(pd.DataFrame(rows).to_parquet)),
    ],
)
def test_a_table_gives_a_document_a_row(tmp_path, name, made):
    rows = [
        {"正文": BODY, "标题": "第一件", "栏目": "要闻"},
        {"正文": BODY[::-1], "标题": "第二件", "栏目": "公告"},
    ]
    docs, _ = read_one(tmp_path, made(rows), name)
    assert docs["title"].tolist() == ["第一件", "第二件"]
    assert docs["text"][0] == BODY
    assert docs["栏目"].tolist() == ["要闻", "公告"]
    assert docs["doc_id"].tolist() == [f"{name}#1", f"{name}#2"]


def written(write):
    out = io.BytesIO()
    write(out, index=False)
    return out.getvalue()


def headless(rows):
    """Five cells a row: a number, a text, a day, a title, a province."""
    days = [f"2020-01-{n + 1:02} 10:00:00" for n in range(rows)]
    said = [f"{n}、{BODY}" for n in range(rows)]
    return [
        [f"{n}", said[n], days[n], f"第{n}件事的通报", "辽吉"[n % 2] + "宁林"[n % 2] + "省"]
        for n in range(rows)
    ]


def cells(table, mark=","):
    csv.writer(out := io.StringIO(), delimiter=mark).writerows(table)
    return out.getvalue()


@pytest.mark.parametrize("mark", [",", "\t"])
def test_a_table_without_a_header_loses_no_row(tmp_path, mark):
    docs, audit = read_one(tmp_path, cells(headless(3), mark), "a.csv")
    assert docs["title"].tolist() == ["第0件事的通报", "第1件事的通报", "第2件事的通报"]
    assert docs["date"].tolist() == ["2020-01-01", "2020-01-02", "2020-01-03"]
    assert docs["province"].tolist() == ["21", "22", "21"]
    assert docs["column 1"].tolist() == ["0", "1", "2"]
    assert audit["warnings"].str.contains("the text is column 'column 2'").all()
    docs, _ = read_one(tmp_path, cells([["号", "话", "日", "名", "地"], *headless(20)], mark), "a.csv")
    assert docs["号"].tolist() == [f"{n}" for n in range(20)]  # a header among many rows is one


def test_what_two_columns_of_a_table_without_a_header_tell_apart_is_unknown(tmp_path):
    rows = [[*row[:4], "2023-06-30", "北京市"] for row in headless(3)]  # when and where it was scraped
    docs, _ = read_one(tmp_path, cells(rows))
    assert docs["date"].isna().all()
    assert docs["province"].isna().all()
    assert docs["column 6"].tolist() == ["北京市"] * 3


def test_an_uneven_table_without_a_header_or_without_days_is_a_text(tmp_path):
    rows = headless(20)
    for table in (rows[:1], [*rows, [*rows[0], "…"]], [row[:2] + row[3:] for row in rows]):
        docs, audit = read_one(tmp_path, cells(table))
        assert (len(docs), audit["kind"].tolist()) == (1, ["text"])
    _, audit = read_one(tmp_path, ",,,,\n,,,,\n")
    assert audit["warnings"].tolist() == [""]
    docs, _ = load.folder(tmp_path, text="话")  # which another file has
    assert len(docs) == 1


def test_years_and_lines_are_no_table_without_a_header(tmp_path):
    rows = [[f"{year}", "辽宁", f"{year}-01-02", BODY.replace("\n", "")] for year in (2019, 2020)]
    docs, _ = read_one(tmp_path, "\n".join("\t".join(row) for row in rows))
    assert docs["text"].str.contains("辽宁").all()


def test_a_sheet_without_a_header_loses_no_row(tmp_path):
    note = f"正文（{BODY}）"
    for head, first in ([], "0"), ([["号", note, "日期", "标题", "省份"]], "0"):
        sheet = written(
            lambda out, index, rows=head: pd.DataFrame([*rows, *headless(2)]).to_excel(
                out, header=False, index=index
            )
        )
        docs, _ = read_one(tmp_path, sheet, "a.xlsx")
        assert docs["text"].str[:1].tolist() == [first, "1"]


def test_a_table_without_a_text_column_says_what_to_give(tmp_path):
    docs, _ = read_one(tmp_path, pd.DataFrame({"话": [BODY], "n": [1]}).to_csv(index=False), "a.csv")
    assert docs.empty or "话" not in docs
    table = pd.DataFrame({"话": [BODY], "n": [1]})
    (tmp_path / "a.csv").write_text(table.to_csv(index=False), "utf8")
    docs, _ = load.folder(tmp_path, text="话")
    assert docs["text"].tolist() == [BODY]


def test_a_column_may_be_called_as_programmers_call_it(tmp_path):
    table = pd.DataFrame({"contentText": [BODY], "titleText": ["第一件"], "publishSource": ["某某日报"]})
    docs, _ = read_one(tmp_path, table.to_csv(index=False), "a.csv")
    assert docs["text"].tolist() == [BODY]
    assert docs["source"].tolist() == ["某某日报"]


@pytest.mark.parametrize(
    ("above", "title", "day"),
    [
        ("标题：某市召开会议，时间：2023-07-24 10:36:28，正文：", "某市召开会议", "2023-07-24"),
        ("时间：2023-07-24 10:36:28，正文：", None, "2023-07-24"),
        ("2023-07-24，正文：", None, "2023-07-24"),
        ("正文：", None, None),
        ("标题：某市召开会议\n发布时间：2023-07-24\n正文：\n", "某市召开会议", "2023-07-24"),
        ("发布时间：2023-07-24\n标　题：某市召开会议\n", "某市召开会议", "2023-07-24"),
    ],
)
def test_labels_that_run_into_the_text_are_parted_from_it(tmp_path, above, title, day):
    docs, audit = read_one(tmp_path, f"{above}{BODY}")
    assert docs["text"].tolist() == [BODY]
    assert docs["title"].fillna("").tolist() == [title or ""]
    assert docs["date"].fillna("").tolist() == [day or ""]
    assert audit["chars_in"][0] == len("".join(f"{above}{BODY}".split()))


@pytest.mark.parametrize(
    ("below", "source"),
    [
        ("来源：仁怀市人民检察院 文字：张三丰返回搜狐，查看更多责任编辑：", "仁怀市人民检察院"),
        ("（原标题：某人被双开）来源：中央纪委国家监委网站流程编辑：tf027返回搜狐，查看更多", None),
        (
            "【来源：新余市渝水区法院公众号】声明：此文版权归原作者所有，请与我们联系。",
            "新余市渝水区法院公众号",
        ),
        ("(某某经纬APP)", None),
        ("返回网易首页", None),
    ],
)
def test_what_runs_into_the_end_of_a_text_is_off(tmp_path, below, source):
    docs, _ = read_one(tmp_path, f"{BODY}{below}")
    assert docs["text"].tolist() == [BODY]
    assert source is None or docs["source"][0].startswith(source)


@pytest.mark.parametrize(
    "last",
    [
        "（二）来源：省级财政补助和社会捐赠",
        "2.材料（复印件）来源：政府部门核发",
        "【外交部】声明：中方坚决反对，要求立即纠正，不要一错再错。",
        "【申请人】声明：以上所填内容均真实有效，如有不实愿负责任。",
    ],
)
def test_what_a_body_says_of_a_source_or_declares_is_kept(tmp_path, last):
    docs, _ = read_one(tmp_path, f"{BODY}\n{last}")
    assert docs["text"][0].endswith(last)


def test_a_label_of_a_list_keeps_its_word(tmp_path):
    docs, _ = read_one(tmp_path, f"关于举办讲座的通知\n各单位：\n题目：人工智能与社会治理\n{BODY}")
    assert "题目：人工智能" in docs["text"][0]


@pytest.mark.parametrize(
    "title",
    [
        "文化强省建设推进会召开",
        "作者座谈会在我市召开",
        "通讯员培训班开班",
        "文明城市",
        "全市政协委员与记者见面会召开",
        "新华社通讯：平安之路",
        "燃煤发电企业上网电价放开",
        "2025年1月1日起我市调整收费",
    ],
)
def test_a_title_that_begins_like_a_byline_is_one(tmp_path, title):
    docs, _ = read_one(tmp_path, f"{title}\n本报记者 张三丰\n{BODY}")
    assert docs[["title", "authors"]].values.tolist() == [[title, "张三丰"]]
    docs, _ = read_one(tmp_path, f"{title}\n文/张三丰 图/李四光\n{BODY}")
    assert docs["title"].tolist() == [title]


@pytest.mark.parametrize(
    "line",
    [
        "文丨张三丰 图丨李四光", "撰文张三丰 摄影李四光", "文、图/张三丰", "文并摄影/张三丰", "文张三丰",
        "本报记者大卫", "通讯员会东", "本报记者采访整理", "作者系某大学教授", "文字/张三丰",
        "2023年3月1日起施行",
    ],
)  # fmt: skip
def test_bylines_and_days_between_title_and_text_are_off(tmp_path, line):
    docs, _ = read_one(tmp_path, f"全市推进会召开\n{line}\n{BODY}")
    assert docs[["title", "text"]].values.tolist() == [["全市推进会召开", BODY]]


@pytest.mark.parametrize("line", ["新华社合肥3月1日电池州市召开会议。", "某某日报通讯：某地召开会议。"])
def test_what_goes_on_right_after_a_dateline_is_parted_from_it(tmp_path, line):
    docs, _ = read_one(tmp_path, f"全市推进会召开\n{line}{BODY}")
    assert docs["text"][0][:2] in ("池州", "某地")


def test_headings_that_begin_with_文_open_no_article(tmp_path):
    headings = "着力打造传承新模式\n\n文旅活动精彩纷呈"
    docs, _ = read_one(tmp_path, f"全市推进会召开\n\n{BODY}\n\n{headings}\n\n{BODY.replace('会议', '大会')}")
    assert docs["title"].tolist() == ["全市推进会召开"]


@pytest.mark.parametrize(("label", "then"), [("", "正文"), ("标题：", "正文："), ("标题：", "时间：今日\n")])
def test_blanks_before_a_text_are_looked_at_once(tmp_path, label, then):
    docs, _ = read_one(tmp_path, f"{label}{' ' * 100_000}{then}{BODY}")  # quadratic, it would take minutes
    assert docs["text"][0].endswith(BODY[-20:])


def test_furniture_of_portals_is_off(tmp_path):
    around = (
        "澎湃Logo\n谁在老街的红墙外守护我们的平安，原来就是他们！\n微信公号“某某日报”\n2018-04-19 10:34\n{}\n"
        "推进会现场。某某市公安局供图\n民警在巡逻。张三丰 摄\n"
        "【来源】某某网\n【全媒体记者】张三丰\n【通讯员】李四光\n"
        "特别声明：以上内容为用户上传\nNotice: The content above (including the pictures) is, and so on.\n"
        "本文为某某频道原创文章，转载请附上本声明。"
    )
    docs, _ = read_one(tmp_path, around.format(BODY))
    assert docs["text"].tolist() == [BODY]
    assert docs["title"].tolist() == ["谁在老街的红墙外守护我们的平安，原来就是他们！"]


@pytest.mark.parametrize(
    "kept",
    [
        "【记者】请问今年工作进展如何\n【局长】总体平稳，八类案件同比下降百分之十。\n【记者】谢谢局长",
        "【来源】群众举报线索共一百二十条\n【编辑】工作由宣传科承担",
        "本文由课题组原创性地提出了网格治理指数，并在三个县进行了检验。",
        "一、投稿方式：电子版发送至投稿邮箱：pa@example.cn，纸质版寄市委政法委宣传科。",
        "·加强矛盾纠纷排查化解工作 ·加强重点人员服务管理 ·加强社会面巡逻防控",
        "他把自己的作品捐给社区。全部照片由他摄\n他获奖了。作品由摄影师张三拍摄",
        "星期一\n启动仪式在上午举行。\n星期二\n甲辰年三月初三\n村民们举行祭祖活动。",
        "网站支持IPv6改造工作已全部完成并通过验收",
        "【专题】党课由书记主讲，全体党员参加\n【相关规定】醉驾入刑的标准是每百毫升八十毫克",
    ],
)
def test_what_resembles_furniture_of_portals_stays(tmp_path, kept):
    first, last = BODY.rsplit("\n", 1)
    docs, _ = read_one(tmp_path, f"某市召开会议\n2023-05-06\n{first}\n{kept}\n{last}")
    assert docs["text"].tolist() == [f"{first}\n{kept}\n{last}"]


@pytest.mark.parametrize(
    ("names", "text"),
    [
        (["articleText", "n"], "articleText"),
        (["metaContent", "pageContent"], "pageContent"),
        (["altText", "mainText"], "mainText"),
        (["subtitleText", "main"], None),
        (["titleText", "detail"], None),
        (["textLength", "n"], None),
    ],
)
def test_a_column_of_text_is_no_title_and_no_length(names, text):
    assert _tables.column(names, "text") == text


def test_a_front_page_begins_with_its_day_and_its_dateline(tmp_path):
    mast = "2026年 9月\n\n16\n星期三\n\n丙午年八月初六\n\nCN 11-0065\n\n代号 1-1\n第 28557期\n今日 20版"
    lines = "\n\n".join(BODY.replace("\n", "")[i : i + 16] for i in range(0, len(BODY), 16))
    docs, _ = read_one(tmp_path, f"{mast}\n\n某通讯社北京 9 月 15 日电   {lines}")
    assert docs["date"].tolist() == ["2026-09-16"]
    assert docs["text"][0].replace("\n", "") == BODY.replace("\n", "")
    assert docs["title"].isna().all()


def test_a_headline_is_no_letterhead_label_number_or_crumb(tmp_path):
    title = "某省人民政府关于加强工作的通知"
    around = {
        "a letterhead and a number": f"某省人民政府文件\n某政发〔2011〕12号\n{title}",
        "a number in brackets": f"{title}\n（某政发〔2011〕12号）",
        "a number in words": f"{title}\n民字第四十七号",
        "a bracketed day": f"{title}\n（一九六一年三月二十日）",
        "the organ below": f"{title}\n某省人民政府办公厅",
        "labels without colons": f"索 引 号 2019-1 发 布 机 构 某省\n文号 发布日期2019-04-25\n{title}",
        "columns of a site": f"首页 新闻 政务 公开 办事 互动\n新闻产经轻工\n当前位置：首页 > 新闻\n{title}",
        "a crumb": f"> 财经 >\n{title}",
        "two lines": "某省人民政府\n关于加强工作的通知",
        "a number before the title": f"某政发〔2011〕12号《{title}》",
    }
    for name, head in around.items():
        (tmp_path / f"{name}.txt").write_text(f"{head}\n各市、县人民政府：\n{BODY}", "utf8")
    docs, audit = load.folder(tmp_path)
    holds_up(audit)
    told = docs.set_index("path")["title"].str.replace(" ", "")
    assert told.eq(title).all(), told[told.ne(title)].to_dict()
    assert docs["text"].eq(f"各市、县人民政府：\n{BODY}").all()


@pytest.mark.parametrize(
    "above",
    [
        "某某日报/2003年/12月/26日/第A01版/要闻",
        "国内统一刊号:CN00-0000 某某日报社出版",
        "大事记当前位置：首页 >> 档案文化 >> 大事记",
        "某某网 > 正文",
        "县长 张三丰",
        "▲上接第1版",
        "欢迎莅临某某市官方网站!",
    ],
)
def test_what_stands_above_a_headline_is_no_part_of_it(tmp_path, above):
    docs, _ = read_one(tmp_path, f"{above}\n省委常委会召开会议研究重点任务\n{BODY}")
    assert docs["title"].tolist() == ["省委常委会召开会议研究重点任务"]


def test_what_a_headline_block_keeps(tmp_path):
    for text in ("省委印发通知\n部署做好防汛工作", "• 一件事\n• 又一件事"):
        docs, _ = read_one(tmp_path, f"{text}\n来源：某某日报\n{BODY}")
        assert docs["title"].tolist() == [" ".join(text.replace("• ", "").split("\n"))]
    menu = "您还可以通过\n第一种手机\n第二种手机\n浏览某某新闻\n\n省委印发通知"
    docs, _ = read_one(tmp_path, f"{menu}\n\n来源：某某日报\n{BODY}")
    assert docs["title"].tolist() == ["省委印发通知"]


def test_a_page_of_briefs_is_parted(tmp_path):
    brief = "本报记者 {}\n\n　　本报讯　{}，全省会议在某市召开，研究部署工作。\n"
    briefs = [
        ("第一件事办成了", "张三丰", "昨日"),
        ("又一件事办成了", "李四光", "前天"),
        ("还有一件事", "王小平", "近日"),
    ]
    docs, _ = read_one(tmp_path, "\n".join(f"{t}\n" + brief.format(n, d) for t, n, d in briefs))
    assert docs["title"].tolist() == [t for t, _, _ in briefs]
    assert docs["authors"].tolist() == [n for _, n, _ in briefs]


def test_a_salutation_over_two_lines_and_the_first_speaker_belong_to_the_body(tmp_path):
    whom = "各县、区人民政府，某某经济开发区、某某新城，市各委、办、\n局，市各直属单位："
    docs, _ = read_one(tmp_path, f"关于工作的通知\n{whom}\n{BODY}")
    assert docs["text"][0].replace("\n", "").startswith(whom.replace("\n", ""))
    docs, _ = read_one(tmp_path, f"新闻发布会实录\n主持人　省政府新闻办主任 林宇：\n{BODY}")
    assert docs["text"][0].startswith("主持人")
    docs, _ = read_one(tmp_path, f"在会上的讲话\n主任、各位副主任、秘書長、各位委員：\n{BODY}")
    assert docs["text"][0].startswith("主任、各位")


def test_what_stands_below_the_last_sentence(tmp_path):
    title = "某县人民政府关于禁火的通告"
    links = "某地召开会议部署安全生产\n某地发布事故调查报告确保公开…\n某地高速公路发生两车相撞"
    for tail in (
        f"20260108-(2026年第1号){title}",
        title,
        links,
        "11.jpg",
        "相关文档\n一图读懂政策\n政策问答",
    ):
        docs, _ = read_one(tmp_path, f"{title}\n{BODY}\n{tail}")
        assert docs["text"].tolist() == [BODY], tail
    docs, _ = read_one(tmp_path, f"{title}\n{BODY}\n某县人民政府\n2021年3月4日")
    assert docs["text"].tolist() == [f"{BODY}\n某县人民政府\n2021年3月4日"]


def test_line_breaks_of_a_page_are_those_it_means(tmp_path):
    lines = ["某市近日对城墙周边的各处违章建筑进行集中清", "理，要求各单位在四月二十日以前全部自行拆除。"]
    pre = "\n".join("　　" + "\n".join(lines).replace("某", name) for name in "甲乙丙丁")
    docs, _ = read_one(tmp_path, page(f"<h1>{TITLE}</h1><pre>\n{pre}\n</pre>"), "a.html")
    assert docs["text"][0].split("\n") == ["".join(lines).replace("某", name) for name in "甲乙丙丁"]
    short = "".join(f"<p>　　{n}月22日，某市召开动员会，要求把工作做到位。</p>" for n in "123456")
    html = page(f"<div>{TITLE}</div><div>信息来源：某某日报　发布时间：2023-11-23　浏览量：233</div>{short}")
    docs, _ = read_one(tmp_path, html, "a.html")
    assert docs["text"][0].split("\n")[0] == "1月22日，某市召开动员会，要求把工作做到位。"


def test_a_stray_tag_makes_no_page(tmp_path):
    docs, audit = read_one(
        tmp_path, f"{TITLE}\n{BODY}\n{BODY[::-1]}\n<div>海量资讯、精准解读，尽在某某APP</div>"
    )
    assert audit["kind"].tolist() == ["text"]
    assert docs["text"][0].startswith(BODY)
    assert "<" not in docs["text"][0]


def test_a_broken_sentence_is_made_whole_and_a_heading_stays(tmp_path):
    broken = (
        BODY.replace("统一思想", "统一\n\n思想")
        .replace("民生", "民\n\n生")
        .replace("压实责任，", "压实责任，\n\n")
    )
    docs, _ = read_one(tmp_path, "一、总体要求\n" + broken)
    assert docs["text"].tolist() == ["一、总体要求\n" + BODY]


def test_hard_wrapped_and_indented_text(tmp_path):
    flat = ["　　" + line for line in BODY.split("\n")]
    wrapped = "\n".join(line[i : i + 22] for line in flat for i in range(0, len(line), 22))
    docs, _ = read_one(tmp_path, wrapped)
    assert docs["text"].tolist() == [BODY]


def test_a_page_of_several_articles_is_parted(tmp_path):
    newspaper = "\n\n".join(
        f"某某在第{n}次会议上强调\n\n抓好第{n}件大事 办好第{n}件实事\n\n"
        + f"本报记者 张三丰 李四光\n\n本报讯 10月{n}日，"
        + BODY.replace("要", f"要第{n}次")
        for n in "123"
    )
    docs, _ = read_one(tmp_path, newspaper)
    assert docs["title"].tolist() == [
        f"某某在第{n}次会议上强调 抓好第{n}件大事 办好第{n}件实事" for n in "123"
    ]
    assert docs["authors"].tolist() == ["张三丰、李四光"] * 3
    assert docs["text"].str.startswith("10月").all()


def test_articles_that_are_signed_at_their_end_are_parted(tmp_path):
    signed = "\n".join(
        f"第{n}件大事办好了\n{BODY.replace('要', f'要第{n}次')}（本报记者 {name}）"
        for n, name in (("1", "张三丰"), ("2", "李四光"))
    )
    docs, _ = read_one(tmp_path, signed)
    assert docs["title"].tolist() == ["第1件大事办好了", "第2件大事办好了"]
    assert docs["authors"].tolist() == ["张三丰", "李四光"]


ITEMS = {
    "a programme in Markdown, its items numbered": (
        "# 新闻联播 2007-01-18\n\n- 数据源：某某聚合页\n- 抓取时间：2026-09-04T05:53:57\n\n",
        "## {n}. {title}\n\n{body}\n\n",
    ),
    "a programme in Markdown": ("# 新闻联播 2007年1月18日\n\n", "## {title}\n{body}\n\n"),
    "a day of a paper, a line an article": (
        "1991-08-28\n第 1 版\n",
        "{n}. {title}\n第1版（要闻）专栏： {title} 新华社北京8月28日电 （记者张三丰）{body}\n",
    ),
}


@pytest.mark.parametrize("form", ITEMS)
def test_items_under_the_name_and_day_of_a_page_are_parted(tmp_path, form):
    top, item = ITEMS[form]
    titles = ["青川县接通自来水", "白河县：三条路同日通车", "东岭县修好十座桥"]
    bodies = [f"今天，{title}。这件事办了{n}年，村里人都来看。" for n, title in enumerate(titles, 2)]
    page = top + "".join(
        item.format(n=3 * n, title=title, body=body)
        for n, (title, body) in enumerate(zip(titles, bodies, strict=True), 1)
    )
    docs, _ = read_one(tmp_path, page, "页.md")
    assert docs["title"].tolist() == titles
    assert docs["text"].tolist() == bodies
    assert docs["date"].str[:4].isin(["1991", "2007"]).all()


def test_a_numbered_list_in_a_document_is_no_page_of_items(tmp_path):
    plan = "\n".join(f"{n}. 抓好第{n}件大事\n各部门要把第{n}件大事放在心上，定期报告。" for n in "123")
    for top in ("某某日报 2020-05-01\n关于办好三件大事的通知", "2020-05-01", "某县2020年工作要点"):
        docs, _ = read_one(tmp_path, f"{top}\n{plan}")
        assert len(docs) == 1


def test_a_short_article_behind_the_name_of_its_column_is_kept(tmp_path):
    docs, _ = read_one(
        tmp_path,
        "1972-05-17\n第 1 版\n1. 今日格言\n第1版()专栏： 今日格言 滴水穿石，久久为功。\n"
        f"2. 又办成一件大事\n第1版()专栏： 又办成一件大事 {BODY}",
    )
    assert docs["text"].tolist() == ["滴水穿石，久久为功。", BODY]


def test_short_items_under_headlines_of_their_own_are_parted(tmp_path):
    story = (
        "近日，{place}的居民在院子里议事，半天就把三年的旧账算清了，大家都说这样好。\n"
        "去年以来，{place}这样办成了二十五件事，还要办下去。"
    )
    places = ["青川", "白河", "东岭"]
    named = "\n".join(
        f"{place}：院子里的议事会\n某某日报记者 张三丰\n{story.format(place=place)}" for place in places
    )
    dated = "\n\n".join(
        f"{place}办成一批实事\n本报{place}3月7日讯 {story.format(place=place)}" for place in places
    )
    for page in (named, dated):
        docs, _ = read_one(tmp_path, f"某某日报 2025年04月11日 星期五 第02版：综合\n\n{page}")
        assert docs["text"].tolist() == [story.format(place=place) for place in places]
    note = (
        "编者按：本报今天起刊登各地议事会的报道，请读者留意，"
        "也请读者来信谈谈自己的看法和身边的经验，编辑部将择要刊登。"
    )
    docs, _ = read_one(tmp_path, f"{note}\n\n{named[: named.index('白河')]}")
    assert len(docs) == 1


def test_the_terms_of_a_site_are_no_document(tmp_path):
    page = f"某某新闻 > 要闻 > 正文\n{BODY}(某某社记者 梁某)\n编辑:张三丰\n1\n某某新闻版权与免责声明:\n"
    terms = "一、凡本站中注明来源的所有文字,版权均属本站所有,转载时必须注明来源。\n二、其他作品只代表作者。"
    docs, _ = read_one(tmp_path, page + terms)
    assert docs["text"].tolist() == [BODY]


@pytest.mark.parametrize(
    "above",
    [
        "天气预报：\n\n气象台3月29日07时发布：今天白天晴间多云，北风4-5级，夜间有雨，明天转晴，气温十度；"
        "后天多云间晴，东南风转东北风2-3级，傍晚前后有阵雨，请注意防范，外出带伞，行车慢行。\n\n",
        "当前位置: 首页 >> 资讯\n-\n另一件事情在别处…\n2月2日上午，另一件事情在别处办成了。…\n",
    ],
)
def test_what_stands_above_the_headline_is_of_other_things(tmp_path, above):
    title, day = "青川县召开会议部署重点工作", "发布日期：2021-07-26 来源：某某港"
    docs, _ = read_one(tmp_path, f"{above}{title}\n{day}\n字号\n{BODY}\n{BODY.replace('要', '还要')}")
    assert docs["title"].tolist() == [title]
    assert docs["text"].str.startswith(BODY[:20]).all()
    assert docs["date"].tolist() == ["2021-07-26"]
    docs, _ = read_one(tmp_path, f"{title}\n{BODY}\n青川县政府办\n{day}\n{BODY[:40]}")
    assert BODY in docs["text"][0]  # what follows a day below a body is not what the page is about


def test_a_title_said_again_before_the_first_sentence_leaves_the_body(tmp_path):
    title = "青川县召开会议 部署重点工作"
    docs, _ = read_one(tmp_path, f"{title}\n来源：某某报\n青川县召开会议部署重点工作 {BODY}")
    assert docs["text"].tolist() == [BODY]
    sentence = "青川县召开会议部署重点工作，县长到会讲话。"
    docs, _ = read_one(tmp_path, f"{title}\n来源：某某报\n{sentence}{BODY}")
    assert docs["text"].tolist() == [sentence + BODY]


def test_names_in_brackets_sign_a_text(tmp_path):
    for sign, names in (
        ("（张三丰）", "张三丰"),
        ("( 李四光 王小明)", "李四光、王小明"),
        ("（某某日报 李明）", "李明"),
    ):
        docs, _ = read_one(tmp_path, f"标题写在这里\n{BODY}{sign}")
        assert (docs["text"][0], docs["authors"][0]) == (BODY, names)
    for other in ("（全文）", "（云南）", "（热烈鼓掌）"):
        docs, _ = read_one(tmp_path, f"标题写在这里\n{BODY}{other}")
        assert docs["text"][0] == BODY + other
        assert docs["authors"].isna().all()


def test_a_headline_on_power_is_no_dateline(tmp_path):
    docs, _ = read_one(tmp_path, f"东部电网最大的燃煤发电机组投产\n{BODY}")
    assert docs["title"].tolist() == ["东部电网最大的燃煤发电机组投产"]


def test_the_labels_of_another_document_below_are_no_text(tmp_path):
    table = "索引号:\nSY180001521\n主题分类:\n科技、教育\n生效日期:\n失效日期:\n2024-06-13\n文件状态:\n正常"
    docs, _ = read_one(
        tmp_path, f"区政府召开常务会议\n来源:某区人民政府  发布时间:2026年2月10日\n{BODY}\n\n{table}"
    )
    assert docs["text"].tolist() == [BODY]
    assert docs["date"].tolist() == ["2026-02-10"]


def test_a_body_that_stands_twice_is_kept_once(tmp_path):
    docs, audit = read_one(tmp_path, f"标题在此\n{BODY}\n打印本页\n{BODY}\n关闭窗口\n{BODY}")
    assert docs["text"].tolist() == [BODY]
    assert audit["chars_repeated"].tolist() == [2 * _layout.chars(BODY)]


def test_the_transcript_of_a_programme_in_markdown_is_parted(tmp_path):
    link = "[查看视频 ↗](https://tv.example.cn/2026/06/18/VIDE1KWowMoBramwGEH5PG75260618.shtml)"
    heads = [f"第{number}件事办成了" for number in "一二三四五六七八九十"]
    items = [
        f"### [视频]{head}\n\n{link}\n\n央视网消息（新闻联播）：{BODY[:50]}。{head}。\n\n---"
        for head in heads
    ]
    front = '---\ntitle: "新闻联播文字稿 · 2026年6月18日"\ndate: "2026-06-18"\n---\n'
    lead = "《新闻联播》2026年6月18日 全部 10 条文字稿，原文完整保留。"
    whole = f"### 《新闻联播》 20260618 19:00\n\n{link}\n\n---"
    docs, _ = read_one(tmp_path, "\n\n".join([front + lead, whole, *items]), "a.md")
    assert docs["title"].tolist() == heads
    assert docs["text"].tolist() == [f"{BODY[:50]}。{head}。" for head in heads]
    assert (docs["date"] == "2026-06-18").all()


def test_the_columns_of_an_old_page_begin_its_articles(tmp_path):
    page = (
        "1989年2月15日某某日报 第3版\n\n第3版（要闻）\n专栏：体育\n\n"
        "  某某赛在县城举行\n本报某县2月14日讯 记者张三丰报道：{0}\n\n"
        "第3版（要闻）\n专栏：\n\n  《某某文选》介绍\n{0}另一篇。"
    )
    docs, _ = read_one(tmp_path, page.format(BODY))
    assert docs["title"].tolist() == ["某某赛在县城举行", "《某某文选》介绍"]
    assert docs["text"].tolist() == [BODY, f"{BODY}另一篇。"]
    assert docs["authors"].tolist()[0] == "张三丰"
    docs, _ = read_one(tmp_path, f"第1版（要闻）专栏：新闻简报 某某工程验收 {BODY}")
    assert docs["text"][0].startswith("某某工程")


@pytest.mark.parametrize(
    ("above", "below"),
    [
        ("", "\n- 2022-09-24【某某栏目】某省喜迎丰收\n- 2022-09-24喜迎丰收丨某地新事"),
        ("", "\n【 第1页 第2页 第3页 】"),
        ("", "\n2009年全国“两会”特别报道\n编辑：张三丰"),
        (
            "",
            "\n特别推荐：某某铃声图片专辑\n点一支歌送朋友，带给他春天的信息和你的心意！\n发表评论短信和E-Mail推荐】【关闭窗口",
        ),
        ("", "（编辑：张三丰 责编：李四光 三审：王小平） 返回某某首页>>\n回顶部"),
        ("", "\n网友 | 评论 | 评论时间 | ||||"),
        (
            "",
            "\n关于某县人民政府网站（新版）内测的公告\n某县人民政府网站正在进行全面改版升级，热忱欢迎社会各界人士对",
        ),
        ("某县政协会议隆重开幕 张三丰 摄\n", ""),
        (f"{BODY[:40]}...\n", ""),
    ],
)
def test_what_a_page_adds_around_the_text_leaves_it(tmp_path, above, below):
    docs, _ = read_one(tmp_path, f"一件事办成了\n{above}{BODY}{below}")
    assert docs["text"].tolist() == [BODY]
    assert docs["title"].tolist() == ["一件事办成了"]


@pytest.mark.parametrize(
    ("page", "title", "authors"),
    [
        ("一件事办成了\n\n■通 讯 员 王小平\n\n融媒体记者 张三丰 李四光\n\n本报讯 {}",
         "一件事办成了", "王小平、张三丰、李四光"),
        ("一件事办成了\n\n■记者赵六一通讯员茂新\n{}", "一件事办成了", "赵六一"),
        ("一件事办成了\n\n□本报记者 李四光 摄影报道\n\n{}", "一件事办成了", "李四光"),
        ("某某政治协商会议某市委员会|\n2019-04-03\n打印\n一件事办成了好几年\n{}", "一件事办成了好几年", None),
        ("某某委员会关于一件事的规定（试行）\n（1991年12月25日某某治理\n委员会第四次会议通过）\n{}",
         "某某委员会关于一件事的规定（试行）", None),
        ("其他\n【两会·某检之声】某某检察工作报告获得一致通过！\n{}",
         "【两会·某检之声】某某检察工作报告获得一致通过！", None),
        ("一件事办成了\n\n图/文 本报记者 李四光\n\n先说一说\n{}", "一件事办成了", "李四光"),
        ("【某某日报】一件事 办成了好几年\n\n来源：某某日报\n\n2017-11-20 16:21:00\n\n{}",
         "一件事 办成了好几年", None),
        ("某市草原火灾应急预案\n\n  1 总则\n\n  1.1 编制目的\n\n  {}", "某市草原火灾应急预案", None),
        ("电子报阅读机\n2026-03-22\n星期日\n当前报纸名称：某某日报\n\n一件事办成了好几年\n\n日期：03-10\n\n{}",
         "一件事办成了好几年", None),
    ],
)  # fmt: skip
def test_titles_and_names_from_heads_as_papers_write_them(tmp_path, page, title, authors):
    docs, _ = read_one(tmp_path, page.format(BODY))
    assert docs["title"].tolist() == [title]
    assert docs["authors"].fillna("").tolist() == [authors or ""]
    assert docs["text"][0].endswith(BODY[-30:])
    assert docs["text"][0].startswith("1 总则") == ("总则" in page)


def test_the_elements_of_a_page_tell_its_title_and_day(tmp_path):
    body = "".join(f"<p>{line}</p>" for line in BODY.split("\n"))
    stamped = "<h1>一件大事办成了<br><span>2017-11-02 10:05 来源：某某网</span></h1>"
    page = f"<html><body>{stamped}<div id='zoom'>{body}</div></body></html>"
    docs, _ = read_one(tmp_path, page, "a.html")
    assert docs["title"].tolist() == ["一件大事办成了"]
    paper = (
        "<html><head><title>某某日报</title></head><body><div>2009年10月30日 星期五</div>"
        "<div class='newsdetatit'><h3>一件大事办成了</h3><h4>张三丰李四光出席</h4></div>"
        "<!--enpproperty <articleid>1</articleid><date>2009-10-30</date>/enpproperty-->"
        f"<founder-content>{body}</founder-content></body></html>"
    )
    docs, _ = read_one(tmp_path, paper, "a.html")
    assert docs["title"].tolist() == ["一件大事办成了"]
    assert docs["date"].tolist() == ["2009-10-30"]


def test_an_advertisement_within_a_paragraph_goes(tmp_path):
    shown = "<table><tr><td><a href='http://ads.example.com/x'>某某户型揭晓</a></td></tr></table>"
    page = (
        f"<html><body><div id='zoom'><p>{BODY}</p><p>昨日，全省{shown}工作会议召开。</p></div></body></html>"
    )
    docs, audit = read_one(tmp_path, page, "a.html")
    assert "某某户型揭晓" not in docs["text"][0]
    assert "某某户型揭晓" in audit["removed"][0]
    docs, _ = read_one(tmp_path, page.replace("//ads.", "//www."), "a.html")
    assert "某某户型揭晓" in docs["text"][0]


def test_a_first_speaker_named_without_a_blank_begins_the_body(tmp_path):
    who = "某某省委宣传部新闻发布处四级调研员张三丰："
    docs, _ = read_one(tmp_path, f"记者招待会实录\n\n（2024年1月26日）\n\n{who}\n\n{BODY}")
    assert docs["text"][0].startswith(who)


def test_each_pattern_of_furniture_finds_its_example():
    table = pd.read_csv(Path(_layout.__file__).parents[1] / "_data" / "furniture.tsv", sep="\t", quoting=3)
    for row in table.itertuples():
        for where in row.where.split():
            found = _layout.sign(where)
            match = found.search if where in ("end", "mark") else found.fullmatch
            assert match(row.example), row.example
    for sign in (_layout.sign, _clock.sign):
        with pytest.raises(KeyError):
            sign("no such name")


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        ("本报讯(通讯员施正言 全媒体记者吕静远)", ["施正言", "吕静远"]),
        ("本报记者 张 倩 王志浩", ["张倩", "王志浩"]),
        ("新华社北京3月16日电（记者张三丰、李四光）", ["张三丰", "李四光"]),
        ("作者：艾尔肯·吐尼亚孜", ["艾尔肯·吐尼亚孜"]),
        ("本报记者李联军摄影报道", ["李联军"]),
        ("本报讯", []),
    ],
)
def test_bylines_name_people(byline, names):
    assert _article.authors(byline) == names


@pytest.mark.parametrize(
    "dateline",
    [
        "本报讯(记者 尚慧辉)",
        "本报23日讯（某某日报全媒体记者曹忠义 李国玉）",
        "本报讯 ",
        "新华社北京3月16日电 ",
        "新华社北京3月16日电（记者张三丰）",
        "央视网消息（新闻联播）：",
        "中新网合肥6月20日电 (记者 张三丰)",
        "人民网济南2月10日电 （张三丰）",
        "浙江日报讯（记者 张三丰）",
        "本报济南2月10日讯 ",
        "本报太原讯 ",
        "本报太原12月19日电记者张三丰报道：",
    ],
)
def test_datelines_leave_the_body(tmp_path, dateline):
    docs, _ = read_one(tmp_path, f"{dateline}2月19日下午，{BODY}")
    assert docs["text"].tolist() == [f"2月19日下午，{BODY}"]


def test_what_is_no_dateline_stays(tmp_path):
    for opening in ("据悉，", "记者从会上获悉，", "全省各地通讯员队伍建设会议，", "本报告所称，"):
        docs, _ = read_one(tmp_path, opening + BODY)
        assert docs["text"].tolist() == [opening + BODY]


FORMS = {
    "signed off by many hands": (
        "{title}\n{body}\n来源:市委政法委\n初审:徐 超\n复审:孔繁奇\n终审:张 涛\n顶部"
    ),
    "labels in one line": (
        "{title}\n作者:佚名来源:发布日期:2019年02月25日11时27分\n{body}\n转载请注明出处。"
    ),
    "a reporter in the last line": (
        "{title}\n时间 : 2022-01-26 18:29:02 来源 : 某某政法网\n{body}\n某某台全媒体记者 侯蜀卿"
    ),
    "a reporter after the last stop": (
        "{title}\n来源:某某日报 发布时间:2020-03-04 09:40:38\n{body}记者于哲\n责任编辑:"
    ),
    "hands in brackets": "{title}\n{body}(某某日报记者 王虎/文 李国彬/图)",
    "an old portal": (
        "首页 新闻 体育 娱乐 游戏 邮箱 搜索\n某某首页 > 新闻中心 > 国内新闻 > 正文\n\n{title}\n\n"
        "http://www.example.com.cn 2004年04月23日07:55 某某日报\n\n本报杭州4月22日讯(记者 "
        "周咏南){body}"
    ),
    "a byline with a box": (
        "{title}\n□记者魏然报道\n本报济南10月16日讯{body}\n新闻推荐\n□王亚楠报道本报济南讯今天又有一事。"
    ),
    "a bracketed outlet": "{title}\n【某网】(某某日报全媒体记者 陶莎) {body}",
    "a law site": (
        "{title}\n\n浏览量:          时间:2016-01-17 23:45:19\n\n{title}\n\n鲁政发〔2014〕20号\n\n{body}"
    ),
    "a county paper": (
        "2:要闻总第107期 >2013-01-31编印\n{title}\n刊发日期:2013-01-31 阅读次数: 作者:  语音阅读:\n\n{body}"
    ),
    "a gazette": "{title}\n{body}\n(付清)\n手机阅读\n下载、打印",
    "a journal": (
        "邮件系统:\n用户名: 密码:\n位置: 首页 》《某某研究》专刊 》专题报道 》2022年 第06期\n"
        "{title}\n\n时间:2022-07-07   来源:某某周刊  责任编辑:编辑\n\n{body}"
    ),
    "a public account": (
        "点击蓝字 关注我们\n{title}\n{body}\nEND\n来源丨某某发布\n编辑丨张三丰\n审核丨李四光\n"
        "往期推荐\n别的事情今天又发生了\n点个在看"
    ),
    "an e-paper of one maker": (
        "国内统一刊号:CN00-0000 某某日报社出版\n当前版: 02版 上一版  下一版\n第02版:要 闻\n版面导航\n"
        "{title}\n{body}\n"
        "3上一篇\n2021-02-10 2 2 某某日报 content_32150.html 1 3 {title} /enpproperty-->"
    ),
    "a list of crumbs": (
        "1. 当前位置：\n  2. 首页\n  3. 政务信息\n  4. 某市要闻\n  5. 正文\n\n{title}\n\n"
        "来源 某某网 发布时间 2019-03-19 12:03 阅读\n\n某某网讯（记者 张三丰）{body}\n分享到"
    ),
    "a forum": (
        "• 59阅读\n  • 0回复\n\n{title} [复制链接]\n\n上一主题 下一主题\n离线admin\n\n"
        "只看楼主 倒序阅读 0 发表于： 1956-11-24\n第4版()\n专栏：\n\n"
        "{title}\n{body}\n快速回复\n限200 字节\n上一个 下一个"
    ),
    "a text from CNKI": "某某日报/2003年/12月/26日/第A01版/要闻\n{title}\n{body}",
    "a portal of old": (
        "欢迎莅临某某市官方网站!\n"
        "{title}\n2022-07-19 14:56 7月19日，{body}\n微信图片_20180329160106\n记者 张三丰\n全部评论\n"
        "文章录入：admin    责任编辑：admin\n已有0人发表了评论\n栏目更新\nPowered By Google\n·邮箱大奖等你拿"
    ),
    "pictures first": (
        "{title}\n▲ 会议现场。（张三丰 摄）\n代县长作报告，会场座无虚席。[记者 李四光 摄]\n"
        "早报讯 (记者张三丰){body}编辑:张三作者:李四光"
    ),
    "a document with its foot": (
        "{title}\n{body}\n(此页无正文)\n推荐视频\n本站提供的法规仅供参考，以正式文本为准\n某某日报新媒体出品\n总策划:张三丰"
    ),
    "a page with its window": (
        "{title}\n信息来源：某厅 | 发布日期：2019-02-25 | 浏览次数：123 次 | 字号：[ 大 中 小 ]\n"
        "{body}\n【打印本页】 【关闭窗口】\n上一篇：别的事情\n下一篇：又一件事情\n"
        "版权所有：某某人民政府\n某ICP备05000000号"
    ),
}


@pytest.mark.parametrize("form", FORMS)
def test_forms_in_which_texts_are_found(tmp_path, form):
    title = "省委常委会召开会议研究重点任务"
    docs, _ = read_one(tmp_path, FORMS[form].format(title=title, body=BODY))
    assert docs["text"].str.removeprefix("7月19日，").tolist() == [BODY]
    assert title in docs["title"][0]


def test_a_picture_and_its_caption_may_be_the_whole_article(tmp_path):
    caption = "连日来，各地广泛开展宣传。图为在某县城，市民了解打击重点。(本报记者 苏东华 摄)"
    docs, _ = read_one(tmp_path, f"图片新闻\n{caption}")
    assert docs["text"][0].startswith("连日来，各地广泛开展宣传。图为在某县城，市民了解打击重点。")
    docs, _ = read_one(tmp_path, f"题目在这里写着\n{caption}\n{BODY}")
    assert docs["text"].tolist() == [BODY]


# ---- what a user says, and what bad input gets --------------------------------------------------------


def test_metadata_overrules_what_was_inferred(tmp_path):
    (tmp_path / "2019").mkdir()
    (tmp_path / "2019" / "a.txt").write_text(BODY, "utf8")
    (tmp_path / "b.txt").write_text(BODY, "utf8")
    (tmp_path / "metadata.csv").write_text(
        "path,province,date,topic\n2019/*,浙江,2019-03,甲\nno.txt,上海,,\n"
    )
    docs, audit = load.folder(tmp_path)
    row = docs.set_index("path").loc["2019/a.txt"]
    assert row[["province", "date_low", "date_high", "date_precision", "year", "topic"]].tolist() == [
        "33", "2019-03-01", "2019-03-31", "month", 2019, "甲"
    ]  # fmt: skip
    assert docs.set_index("path")["province"].isna()["b.txt"]
    assert audit.set_index("path").loc["metadata.csv", "status"] == "skipped"
    assert audit.set_index("path").loc["2019/a.txt", "date_evidence"] == "metadata"
    frame = pd.DataFrame({"path": ["b.txt"], "province": ["11"]})
    assert load.folder(tmp_path, metadata=frame)[0].set_index("path").loc["b.txt", "province"] == "11"


def test_traditional_script_is_seen_and_converted(tmp_path):
    traditional = "會議強調，要統籌發展和安全，堅決維護國家政治安全，確保社會大局穩定。"
    (tmp_path / "a.txt").write_text(traditional, "utf8")
    docs, audit = load.folder(tmp_path)
    assert audit["warnings"].tolist() == ["traditional script"]
    docs, _ = load.folder(tmp_path, script="simplified")
    assert docs["text"][0].startswith("会议强调，要统筹发展和安全")
    assert docs["text_original"].tolist() == [traditional]
    with pytest.raises(ValueError, match="script='klingon' is unknown"):
        load.folder(tmp_path, script="klingon")


def many(folder, top, foot, n=12, encoding="utf8"):
    folder.mkdir(exist_ok=True)
    for i in range(n):
        title = f"我省召开第{'一二三四五六七八九十百千'[i]}类工作推进会"
        text = f"{top}\n{title}\n2021年3月{i + 1}日　来源：某某日报\n{BODY[i:]}\n{foot}\n"
        (folder / f"{i:02}.txt").write_bytes(text.encode(encoding))
    return folder


@pytest.mark.parametrize("encoding", ["utf8", "gb18030"])
def test_lines_that_run_through_a_folder_are_furniture(tmp_path, encoding):
    folder = many(tmp_path / "a", "某某长安网", "某某长安网独家呈现", encoding=encoding)
    (folder / "other.txt").write_text("平安建设\n" + BODY, "utf8")
    docs, audit = load.folder(folder, jobs=1)
    holds_up(audit)
    assert docs["title"].str.startswith("我省召开第").sum() == 12
    assert not docs["text"].str.contains("长安网").any()
    assert audit["removed"].str.contains("furniture: 某某长安网\n", regex=False).sum() == 12
    assert audit["removed"].str.contains("furniture: 某某长安网独家呈现", regex=False).sum() == 12
    for again in (
        {"jobs": 2},
        {"jobs": 1, "parts": tmp_path / "parts"},
        {"jobs": 2, "parts": tmp_path / "parts"},
    ):
        for one, other in zip((docs, audit), load.folder(folder, **again), strict=True):
            pd.testing.assert_frame_equal(one, other)


@pytest.mark.parametrize("foot", ["某某县融媒体中心", "技术支持某某公司", "平安湖南 法治湖南"])
def test_who_runs_a_site_and_its_slogan_are_running_lines(tmp_path, foot):
    docs, audit = load.folder(many(tmp_path / "a", "某某长安网", foot), jobs=1)
    assert not docs["text"].str.contains(foot, regex=False).any()
    assert audit["removed"].str.contains(f"furniture: {foot}", regex=False).sum() == 12


@pytest.mark.parametrize(
    ("top", "foot", "n"),
    [
        ("政府工作报告", "某某省人民政府办公厅", 12),  # a title, an issuer
        ("各位代表：", "2021年3月5日", 12),
        ("某某省人民政府文件", "特此通知。", 12),
        ("某某法治在线新闻", "某某法治在线新闻", 4),  # too few files
        ("政府工作报告", "谢谢大家", 12),  # the close of a speech
        ("政府工作报告", "我就讲到这里", 12),
        ("政府工作报告", "妥否请批示", 12),
        ("政府工作报告", "以上报告 妥否请批示", 12),
        ("政府工作报告", "让我们共同努力", 12),
        ("政府工作报告", "中国共产党万岁", 12),
        ("政府工作报告", "以经济建设为中心", 12),
        ("政府工作报告", "推动全省工作再上新台阶", 12),
        ("政府工作报告", "各项任务圆满完成", 12),
    ],
)
def test_what_is_a_title_an_issuer_or_a_date_is_no_running_line(tmp_path, top, foot, n):
    _, audit = load.folder(many(tmp_path / "a", top, foot, n=n))
    holds_up(audit)
    assert not audit["removed"].str.contains(f"furniture: {foot}", regex=False).any()
    assert not audit["removed"].str.contains(f"furniture: {top}", regex=False).any()


def test_a_standing_title_stays_a_title(tmp_path):
    for i in range(12):
        text = f"平安中国建设大家谈\n本报记者 张三{'丰林山水田'[i % 5]}\n{BODY[i:]}"
        (tmp_path / f"{i}.txt").write_text(text, "utf8")
    docs, _ = load.folder(tmp_path)
    assert docs["title"].eq("平安中国建设大家谈").all()


def test_missing_and_empty_folders(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"the folder .* does not exist; .* holds"):
        load.folder(tmp_path / "nothing")
    with pytest.raises(ValueError, match="is empty; give a folder that holds files"):
        load.folder(tmp_path)


def test_an_archive_of_days_gives_its_items(tmp_path):
    items = [
        {"video_title": title, "pub_date": "2012-07-02 19:05:03", "video_detail": {"content": text}}
        for title, text in (
            ("新闻联播完整版视频 20120702", f"<p>{BODY}</p>"),
            ("[视频]全省工作会议召开", f"<p>央视网消息（新闻联播）：{BODY}</p>"),
            ("[视频]没有文字的一条", ""),
            ("[视频]国内联播快讯", f"<p>{BODY}</p>"),
        )
    ]
    day = json.dumps({"total": 4, "videoList": items}).encode()
    with tarfile.open(tmp_path / "news.tar.xz", "w:xz") as archive:
        entry = tarfile.TarInfo("2012/20120702.json")
        entry.size = len(day)
        archive.addfile(entry, io.BytesIO(day))
    docs, audit = load.folder(tmp_path)
    holds_up(audit)
    assert docs["title"].tolist() == ["新闻联播完整版视频 20120702", "全省工作会议召开", "国内联播快讯"]
    assert docs["form"].fillna("one item").tolist() == ["programme", "one item", "round-up"]
    marked = audit["removed"].fillna("").str.contains("furniture: [视频]", regex=False)
    assert marked.tolist() == [False, True, False, True]


def test_no_line_of_a_page_is_taken_for_a_sentence_of_the_text():
    table = pd.read_csv(Path(_layout.__file__).parents[1] / "_data" / "furniture.tsv", sep="\t", quoting=3)
    tried = 0
    for row in table[table["where"].str.contains("line|tail")].itertuples():
        pattern = re.compile(row.pattern)
        for line in (row.example, f"{row.example}。", f"{row.example}某县召开会议，部署工作。"):
            if line[-1] == "。" and pattern.fullmatch(line):
                tried += 1
                assert not _layout.sentence(line), line
    assert tried > 100
    assert _layout.sentence("某县召开会议，部署安全生产工作。")


def test_the_mark_of_a_video_leaves_the_title_wherever_it_stands(tmp_path):
    page = f"<html><title>[视频]全省会议召开</title><h1>【视频】 全省会议召开</h1><p>{BODY}</p></html>"
    for name, content in (("a.txt", f"[视频]全省会议召开\n\n{BODY}"), ("b.html", page)):
        docs, audit = read_one(tmp_path, content, name=name)
        assert docs["title"].eq("全省会议召开").all()
        assert audit["removed"].str.contains(r"furniture: [\[【]视频").all()


def test_a_row_that_takes_too_long_costs_itself_alone(tmp_path, monkeypatch):
    def slow(text):
        if "缓慢" in text:
            time.sleep(5)
        return kept(text)

    kept = _layout.lines
    monkeypatch.setattr(_layout, "lines", slow)
    monkeypatch.setattr(_files, "SECONDS", 1)
    line = BODY.split("\n")[0]
    table = f"title,text\n一,{line}\n二,缓慢{line}\n三,{line}\n"
    docs, audit = read_one(tmp_path, table, "a.csv")
    assert docs["title"].tolist() == ["一", "三"]
    assert audit["status"].tolist() == ["read", "failed", "read"]
    assert audit["warnings"][1] == "it took longer than 1 seconds"


def test_the_result_does_not_hang_on_the_number_of_processes(tmp_path):
    for n in range(40):
        (tmp_path / f"{n}.txt").write_text(f"第{n}次会议\n{BODY}\n", "utf8")
    one, two = load.folder(tmp_path, jobs=1), load.folder(tmp_path, jobs=2)
    pd.testing.assert_frame_equal(one[0], two[0])
    pd.testing.assert_frame_equal(one[1], two[1])
    assert len(one[0]) == 40


def test_names_in_archives_are_read_and_never_climb(tmp_path):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("../../平安浙江.txt", BODY)
        archive.writestr("__MACOSX/._x", b"\0")
    docs, _ = read_one(tmp_path, packed.getvalue(), "a.zip")
    assert docs["path"].tolist() == ["a.zip/平安浙江.txt"]
    assert sorted(tmp_path.parent.rglob("平安浙江*")) == []


def test_bombs_and_locked_files_are_left_out(tmp_path):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bomb.txt", b"0" * 30_000_000)
        archive.writestr("good.txt", BODY)
    docs, audit = read_one(tmp_path, packed.getvalue(), "a.zip")
    assert docs["path"].tolist() == ["a.zip/good.txt"]
    assert "would unpack" in audit.set_index("path").loc["a.zip/bomb.txt", "warnings"]
    import pypdf

    writer = pypdf.PdfWriter()
    writer.add_blank_page(100, 100)
    writer.encrypt("secret", algorithm="RC4-128")
    locked = io.BytesIO()
    writer.write(locked)
    docs, audit = read_one(tmp_path, locked.getvalue(), "b.pdf")
    assert "locked with a password" in audit.set_index("path").loc["b.pdf", "warnings"]


def test_files_that_hold_no_text_are_named(tmp_path):
    for name, raw in {
        "a.png": b"\x89PNG\r\n",
        "b.doc": b"\xd0\xcf\x11\xe0" + b"\0" * 60,
        "c.txt": b"",
        "d.txt": b"\0" * 99,
    }.items():
        (tmp_path / name).write_bytes(raw)
    (tmp_path / ".DS_Store").write_bytes(b"\0")
    docs, audit = load.folder(tmp_path)
    assert docs.empty
    assert len(audit) == 5
    assert list(docs.columns[:2]) == ["doc_id", "province"]


def test_deep_tags_end(tmp_path):
    docs, _ = read_one(tmp_path, "<html><body>" + "<div>" * 10_000 + BODY + "</div>" * 10_000, "a.html")
    assert _layout.chars(docs["text"][0]) == _layout.chars(BODY)


BOMB = "a: &a [x]\n" + "".join(
    f"{c}: &{c} [{', '.join([f'*{p}'] * 9)}]\n" for p, c in zip("abcdefgh", "bcdefghi", strict=True)
)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("yaml.txt", f"---\n{BOMB}---\n{BODY}"),
        ("open.html", "<html><body>" + "<div>" * 300_000 + BODY),
        ("lt.html", "<html>" + "<" * 500_000 + BODY),
        ("line.txt", BODY.replace("。", "，") * 20_000),
        ("deep.json", "[" * 200_000 + BODY),
        ("quote.csv", 'text,b\n"' + BODY * 2000),
        ("byline.txt", "本报记者 " + "张三 " * 100_000 + BODY),
        ("dates.txt", "2019年3月5日" * 50_000 + BODY),
    ],
)
def test_hostile_files_end_and_have_their_row(tmp_path, name, content):
    _, audit = read_one(tmp_path, content, name)
    assert audit["status"].ne("failed").all()


FUZZ = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@FUZZ
@given(
    raw=st.one_of(
        st.binary(max_size=400),
        st.text(alphabet="<>/=\"'\0\n\t,|{}[]:会议。2019年3月，本报讯记者（）divphtml—-", max_size=400).map(
            str.encode
        ),
        st.binary(max_size=200).map(lambda raw: b"PK\x03\x04" + raw),
        st.binary(max_size=200).map(lambda raw: b"%PDF-1.4" + raw),
        st.binary(max_size=60).map(lambda raw: BODY.encode("gb18030")[:99] + raw + BODY.encode()),
    ),
    name=st.sampled_from(["a.txt", "a.html", "a.csv", "a.json", "a.xlsx", "a.pdf", "a.zip", "a"]),
)
def test_whatever_the_file_holds_it_has_its_row(tmp_path, raw, name):
    for old in tmp_path.iterdir():
        old.unlink()
    docs, audit = read_one(tmp_path, raw, name)
    assert len(audit) >= 1
    assert audit["status"].ne("failed").all()
    assert docs["doc_id"].is_unique


# ---- what is held -------------------------------------------------------------------------------------


def test_prose_with_commas_is_no_table_and_marks_of_markdown_are_no_text(tmp_path):
    prose = "如欲索取更多,请看内容\n" + "\n".join(
        f"会议强调,要落实{'各项,工作,' * i}扎实推进。" for i in range(6)
    )
    docs, _ = read_one(tmp_path, prose)
    assert len(docs) == 1
    docs, _ = read_one(tmp_path, f"# 全省会议召开\n\n**{BODY}**", name="b.md")
    assert docs["title"].tolist()[1] == "全省会议召开"
    assert "*" not in docs["text"][1]


def test_a_signature_is_not_glued_to_what_follows_it(tmp_path):
    text = (
        "关于工作的通知\n\n    现印发给你们，请遵照执行。\n\n"
        + " " * 20
        + "二○一一年四月八日\n\n某市工作规则\n\n"
    )
    text += "\n".join(f"    第{i}条 要落实责任。\n继续推进工作，扎实有效。" for i in "一二三四五六")
    docs, _ = read_one(tmp_path, text)
    assert "\n二○一一年四月八日\n" in docs["text"][0]
    assert docs["date"][0] == "2011-04-08"


def test_the_sample_reprints_are_those_that_were_made(sample):
    docs = sample[0].reset_index()
    left = docs.loc[~docs["doc_id"].isin(clean.first(docs)["doc_id"]), "path"]
    assert sorted(left) == sorted(truth["file"] for truth in told(True) if truth.get("reprint_of"))


def test_documents_come_back_from_their_file(tmp_path):
    (tmp_path / "a.txt").write_text(BODY, "utf8")
    docs, _ = load.folder(tmp_path)
    docs.to_parquet(tmp_path / "docs.parquet")
    pd.testing.assert_frame_equal(load.docs(tmp_path / "docs.parquet"), docs, check_dtype=False)
    docs.drop(columns="text").to_parquet(tmp_path / "less.parquet")
    with pytest.raises(KeyError, match="has no column 'text'"):
        load.docs(tmp_path / "less.parquet")
    (tmp_path / "no.parquet").write_text("no")
    with pytest.raises(ValueError, match="is no Parquet file"):
        load.docs(tmp_path / "no.parquet")


def test_citations_are_edges():
    docs = pd.DataFrame(
        {"doc_id": ["b", "a", "c"], "text": ["《甲法》《乙法》《甲法》", "按照某政发〔2019〕3号办理。", None]}
    )
    assert load.citations(docs).values.tolist() == [
        ["b", "甲法", "title", 2],
        ["b", "乙法", "title", 1],
        ["a", "某政发〔2019〕3号", "number", 1],
    ]
    assert load.citations(docs.iloc[2:]).empty
    kinds = "依照公安部第123号令、国务院令第7号和甲政发﹝2019﹞3号、乙政发(2020)4号，落实中央一号文件。"
    cited = load.citations(docs.iloc[:1].assign(text=kinds))["cited"].tolist()
    assert cited == [
        "公安部第123号令",
        "国务院令第7号",
        "甲政发﹝2019﹞3号",
        "乙政发(2020)4号",
        "中央一号文件",
    ]
    assert load.citations(docs.iloc[:1].assign(text="在人民路1号文化宫，第2号楼")).empty


def test_coverage_counts_what_is_not_known():
    docs = pd.DataFrame(
        {"doc_id": list("abc"), "province": ["33", "33", None], "level": ["province"] * 3,
         "year": [2018, None, 2020], "text": ["甲 乙", "丙", "丁"]}
    )  # fmt: skip
    out = load.coverage(docs)
    assert out["docs"].sum() == 3
    assert out["duplicates"].sum() == 0
    assert out["chars"].sum() == 4
    assert not out["gap"].any()


def test_coverage_counts_reprints_and_leaves_them_out_when_asked():
    docs = pd.DataFrame(
        {"doc_id": list("abc"), "province": "33", "level": "province", "year": [2019, 2018, 2018]}
    )
    docs["text"], docs["date"] = [BODY, BODY, "短"], ["2019-01-01", "2018-12-31", "2018-01-01"]
    every, first = load.coverage(docs), load.coverage(docs, duplicates="first")
    assert every[["year", "docs", "duplicates"]].values.tolist() == [[2018, 2, 0], [2019, 1, 1]]
    assert first[["year", "docs", "duplicates"]].values.tolist() == [[2018, 2, 0]]
    with pytest.raises(ValueError, match="duplicates='frist' is unknown"):
        load.coverage(docs, duplicates="frist")


# ---- the sample ---------------------------------------------------------------------------------------

SAMPLE = load.sample()


def plain(text):
    """Text as the sample's truth compares it: NFKC, without white space."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)) if isinstance(text, str) else None


@pytest.fixture(scope="module")
def sample():
    docs, audit = load.folder(SAMPLE)
    holds_up(audit)
    return docs.set_index(["path", "part"]), audit


def told(documents):
    return [
        truth
        for truth in json.loads((SAMPLE / "truth.json").read_text("utf8"))["documents"]
        if (truth.get("documents") != 0) is documents
    ]


def name_of(truth):
    return "/".join(filter(None, [truth["file"], truth.get("entry")]))


@pytest.mark.parametrize("truth", told(True), ids=lambda truth: f"{name_of(truth)}-{truth['part']}")
def test_the_sample_is_read_as_a_careful_reader_does(sample, truth):
    row = sample[0].loc[(name_of(truth), truth.get("row", truth["part"]))]
    text = plain(row["text"])
    for line in reversed(truth["signature"]):
        text = text.removesuffix(plain(line))
    assert text.startswith(plain(truth["opens"]))
    assert text.endswith(plain(truth["closes"]))
    assert not [piece for piece in truth["must_hold"] if plain(piece) not in text]
    assert not [piece for piece in truth["never_in_body"] if plain(piece) in text]
    assert plain(row["title"]) in [plain(truth["title"]), *map(plain, truth.get("title_also", []))]
    assert ([] if pd.isna(row["authors"]) else row["authors"].split("、")) == truth["authors"]
    assert "via" not in truth or row["via"] == truth["via"]
    speakers = clean.paragraphs(row.to_frame().T.astype({"text": "string"}))["speaker"].dropna()
    assert {name for names in speakers for name in names.split("、")} == set(truth["speakers"])


DATELESS = "newspaper/session_dateline.txt"  # a fourth session of 2013 to 2017: its year stays open
NOT_WORKED_OUT = {(DATELESS, "date"), (DATELESS, "event_date")}


@pytest.mark.parametrize("truth", told(True), ids=lambda truth: f"{name_of(truth)}-{truth['part']}")
def test_the_sample_is_placed_and_dated_as_a_careful_reader_does(sample, truth):
    row = sample[0].loc[(name_of(truth), truth.get("row", truth["part"]))]
    for field in ("province", "level", "date", "event_date", "source", "document_number"):
        if field in truth:
            found = None if pd.isna(row[field]) else row[field]
            if (truth["file"], field) in NOT_WORKED_OUT:
                assert found is None, "never a guess"
            else:
                assert plain(found) == plain(truth[field]), field
    if truth["file"] == DATELESS:
        assert (row["date_low"], row["date_high"]) == ("2014-01-01", "2016-12-31")
    if truth["date"] is None or truth["file"] == DATELESS:
        low, high = row["date_low"], row["date_high"]
        assert pd.isna(low) or low <= truth.get("date_low", truth.get("true_date", low))
        assert pd.isna(high) or high >= truth.get("true_date", high)


def test_what_is_no_document_gives_none(sample):
    docs, audit = sample
    named = audit.set_index(["path", "part"])["status"]
    for truth in told(False):
        key = (truth["file"], truth.get("row", named[truth["file"]].index[0]))
        assert key not in docs.index
        assert named[key] in ("empty", "left out", "skipped")
    assert len(docs) == len(told(True))


def test_halves_of_characters_and_names_of_other_bytes_are_kept_readable(tmp_path):
    with open(os.fsencode(tmp_path) + b"/\xb0\xb2\xbb\xd5.txt", "wb") as file:
        file.write(BODY.encode())
    whole = json.dumps({"title": "\ud800全省平安建设工作会议召开", "content": BODY})
    (tmp_path / "a.json").write_text(whole, "ascii")
    docs, audit = load.folder(tmp_path)
    assert sorted(docs["path"]) == ["a.json", "安徽.txt"]
    assert set(audit["status"]) == {"read"}
    assert docs["title"].str.contains("工作会议召开").any()


@pytest.mark.parametrize(
    ("column", "written", "low", "high"),
    [
        ("year", "2019", "2019-01-01", "2019-12-31"),
        ("date", "2019/3/5", "2019-03-05", "2019-03-05"),
        ("date", "2019-3", "2019-03-01", "2019-03-31"),
        ("date", "2019年3月5日", "2019-03-05", "2019-03-05"),
    ],
)
def test_metadata_may_write_a_date_in_any_way(tmp_path, column, written, low, high):
    (tmp_path / "a.txt").write_text(BODY, "utf8")
    (tmp_path / "metadata.csv").write_bytes(f"path,{column},issuer\na.txt,{written},省委\n".encode("gb18030"))
    docs, _ = load.folder(tmp_path)
    assert docs[["date_low", "date_high", "year", "issuer"]].values.tolist() == [[low, high, 2019, "省委"]]
    (tmp_path / "metadata.csv").write_text("path,date\na.txt,unknown\n", "utf8")
    with pytest.raises(ValueError, match="date='unknown' is none; write 2019-03-05"):
        load.folder(tmp_path)


def test_mentions_are_of_places_whatever_the_frame():
    odd = pd.DataFrame({
        "doc_id": ["a", pd.NA, "c", "c"],
        "title": ["在杭州", None, "杭州", None],
        "text": pd.Categorical(["重庆市召开", None, "隆重庆祝", "隆重庆祝"]),
        "year": ["1990s", None, pd.Timestamp("2019-01-01"), None],
    }, index=[7, 7, 8, 9])  # fmt: skip
    found = load.mentions(odd)
    assert found.to_dict("list") == {
        "doc_id": ["a", "a", "c"], "province": ["33", "51", "33"], "name": ["杭州", "重庆市", "杭州"],
        "kind": ["prefecture"] * 3, "n": [1, 1, 1],
    }  # fmt: skip
    assert load.mentions(odd[:0]).columns.tolist() == found.columns.tolist()
    with pytest.raises(KeyError, match="text"):
        load.mentions(odd[["doc_id"]])


@pytest.mark.skipif(
    multiprocessing.get_start_method() != "fork", reason="no process inherits what this one has"
)
def test_processes_inherit_the_tables(tmp_path):
    for name in ("1.txt", "2.txt"):
        (tmp_path / name).write_text(BODY, "utf8")
    _gazetteer._names.cache_clear()
    load.folder(tmp_path, jobs=2)
    # built before the processes, once for all of them and for later
    assert _gazetteer._names.cache_info().currsize == 1

"""Is every record read of the forms in which texts are handed on: JSON of all kinds, XML, web archives?"""

import base64
import json
import quopri

import pandas as pd
import pytest

from toolkit import load

TITLE = "全省平安建设推进会召开"
ONE = "3月4日，全省平安建设推进会在长沙召开，会议强调要坚持以人民为中心。"
TWO = "会议指出，各级各部门要压实责任，健全机制，确保社会大局持续稳定。"
FRAME = pd.DataFrame({"title": [TITLE, f"{TITLE}二"], "content": [ONE + TWO, TWO + ONE]})
PAGE = (
    f"<html><head><title>{TITLE}-湖南日报</title></head><body><h1>{TITLE}</h1>"
    f"<div>2021-03-05 来源：湖南日报</div><div class='content'><p>{ONE}</p><p>{TWO}</p></div></body></html>"
)


def read(tmp_path, content, name="1.json"):
    (tmp_path / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    return load.folder(tmp_path, jobs=1)


def under(*keys):
    """The records of the frame, each under a key, in a value within others."""
    told = {f"a{n}": row for n, row in enumerate(FRAME.to_dict("records"))}
    return json.dumps({"code": 200, "data": told} if keys else told)


@pytest.mark.parametrize(
    "written",
    [
        *(
            FRAME.to_json(orient=form, force_ascii=False)
            for form in ("columns", "records", "index", "split", "table")
        ),
        FRAME.to_json(orient="records", lines=True),
        json.dumps(FRAME.to_dict("list")),
        json.dumps({"data": {"list": FRAME.to_dict("records")}}),
        under(),
        under("code", "data"),
    ],
)
def test_every_record_of_json_is_a_document(tmp_path, written):
    docs, audit = read(tmp_path, written)
    assert docs["title"].tolist() == FRAME["title"].tolist()
    assert docs["text"].tolist() == FRAME["content"].tolist()
    assert audit["status"].tolist() == ["read", "read"]


@pytest.mark.parametrize(
    "record",
    [
        {"title": TITLE, "content": [ONE, TWO]},
        {"title": [TITLE], "content": [f"{ONE}\n{TWO}"]},
        {"title": TITLE, "tags": ["平安", "法治"], "content": [ONE, TWO]},
        {"article": {"title": TITLE, "content": f"{ONE}\n{TWO}"}, "meta": {"id": 1}},
        {"title": TITLE, "content": f"{ONE}\n{TWO}", "comments": [{"content": "好"}, {"content": "支持"}]},
    ],
)
def test_one_record_of_json_stays_one(tmp_path, record):
    docs, _ = read(tmp_path, json.dumps(record))
    assert docs[["title", "text"]].values.tolist() == [[TITLE, f"{ONE}\n{TWO}"]]


def test_a_list_of_strings_is_the_paragraphs_of_a_text_or_texts(tmp_path):
    assert read(tmp_path, json.dumps([ONE, TWO]))[0]["text"].tolist() == [f"{ONE}\n{TWO}"]
    long = [ONE * 8, TWO * 8]
    assert read(tmp_path, json.dumps(long))[0]["text"].tolist() == long


@pytest.mark.parametrize(
    ("record", "titled"),
    [
        (
            "<doc>\n<url>http://a.cn/1</url>\n<contenttitle>{}</contenttitle>\n<content>{}</content>\n</doc>\n",
            "{}",
        ),
        (
            "<row><名称>{}</名称><正文>{}</正文></row>",
            '<?xml version="1.0" encoding="utf-8"?><全部>{}</全部>',
        ),
        (
            "<item><title>{}</title><description><![CDATA[<p>{}</p>]]></description></item>",
            '<?xml version="1.0"?><rss version="2.0"><channel><title>某网</title>{}</channel></rss>',
        ),
        (
            "<d:doc><d:title>{}</d:title><d:text><d:p>{}</d:p></d:text></d:doc>",
            '<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "b">]><d:all xmlns:d="http://a.cn">{}</d:all>',
        ),
    ],
)
def test_every_record_of_xml_is_a_document(tmp_path, record, titled):
    rows = FRAME.itertuples(index=False)
    docs, audit = read(tmp_path, titled.format("".join(record.format(*row) for row in rows)), "1.xml")
    assert docs["title"].tolist() == FRAME["title"].tolist()
    assert docs["text"].tolist() == FRAME["content"].tolist()
    assert audit["kind"].tolist() == ["xml", "xml"]


def test_a_page_of_xhtml_is_a_page(tmp_path):
    docs, audit = read(tmp_path, f'<?xml version="1.0"?>\n<!DOCTYPE html>\n{PAGE}', "1.html")
    assert docs["text"].tolist() == [f"{ONE}\n{TWO}"]
    assert audit["kind"].tolist() == ["html"]


def test_no_entity_of_xml_is_opened(tmp_path):
    (tmp_path / "told").write_text("机密")
    entity = f'<!DOCTYPE d [<!ENTITY a SYSTEM "{tmp_path}/told">]>'
    record = f"<d><doc><title>{TITLE}</title><content>&a;{ONE}</content></doc></d>"
    docs, _ = read(tmp_path, f'<?xml version="1.0"?>{entity}{record}', "1.xml")
    assert not docs["text"].str.contains("机密").any() or docs["path"].eq("told").any()
    assert ONE in docs.set_index("path")["text"]["1.xml"]


@pytest.mark.parametrize("how", ["quoted-printable", "base64", "8bit"])
def test_the_page_in_a_web_archive_is_read(tmp_path, how):
    raw = PAGE.encode("gb18030")
    coded = {"quoted-printable": quopri.encodestring, "base64": base64.encodebytes}.get(how, bytes)(raw)
    top = (
        "From: <Saved by Blink>\nSubject: a\nMIME-Version: 1.0\nContent-Type: multipart/related;\n"
        '\ttype="text/html";\n\tboundary="--abc"\n\n\n----abc\nContent-Type: text/html\n'
        f"Content-Transfer-Encoding: {how}\nContent-Location: http://hnrb.voc.com.cn/1.html\n\n"
    )
    image = (
        "\n----abc\nContent-Type: image/png\nContent-Transfer-Encoding: base64\n\niVBORw0KGgo=\n----abc--\n"
    )
    docs, audit = read(tmp_path, top.encode() + coded + image.encode(), "1.mht")
    assert docs[["title", "text", "date", "province"]].values.tolist() == [
        [TITLE, f"{ONE}\n{TWO}", "2021-03-05", "43"]
    ]
    assert audit["encoding"].tolist() == ["gb18030"]
    none, audit = read(tmp_path, top.encode().replace(b"text/html", b"image/gif"), "1.mht")
    assert none.empty
    assert "no page" in audit["warnings"].item()

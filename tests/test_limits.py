"""Whatever stands in a folder: does the run end, in bounds, with a row of the audit for everything?"""

import gzip
import io
import json
import logging
import os
import socket
import subprocess
import sys
import tarfile
import time
import zipfile
from pathlib import Path

import pandas as pd
import pytest

from toolkit import __main__ as command
from toolkit import load
from toolkit.load import _files, _layout, _metadata, _read

ROOT = Path(__file__).parents[1]
BODY = (
    "省委常委会召开会议，学习贯彻重要讲话精神，研究部署下一阶段重点任务，要求全省上下统一思想、狠抓落实。\n"
    "会议强调，各地各部门要压实责任，加强协同联动，确保各项决策部署落地见效，推动高质量发展取得新成效。"
)


def packed(*files, how=zipfile.ZIP_DEFLATED):
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w", how) as archive:
        for name, content in files:
            archive.writestr(name, content)
    return raw.getvalue()


def audited(tmp_path, raw, name="a.zip", **options):
    """Documents, and the audit as path → (status, warnings)."""
    (tmp_path / name).write_bytes(raw)
    docs, audit = load.folder(tmp_path, jobs=1, **options)
    assert not audit.duplicated(["path", "part"]).any()
    assert docs["doc_id"].is_unique
    return docs, dict(zip(audit["path"], zip(audit["status"], audit["warnings"], strict=True), strict=True))


# ---- archives -----------------------------------------------------------------------------------------


def test_what_archives_in_archives_unpack_to_is_counted_together(tmp_path, monkeypatch):
    inner = packed(*((f"{n}.txt", f"{BODY}{n}") for n in range(5)))
    whole = packed(*((f"{n}.zip", inner) for n in range(4)))
    docs, _ = audited(tmp_path, whole)
    assert len(docs) == 20
    monkeypatch.setattr(_files, "ALL", 2000)
    docs, audit = audited(tmp_path, whole)
    assert 0 < len(docs) < 20
    assert audit["a.zip"] == (
        "left out", "the archive unpacks to more than is allowed; unpack it by hand if you trust it"
    )  # fmt: skip


def test_files_in_archives_in_archives_are_counted_together(tmp_path, monkeypatch):
    monkeypatch.setattr(_files, "ENTRIES", 7)
    inner = packed(*((f"{n}.txt", f"{BODY}{n}") for n in range(5)))
    docs, audit = audited(tmp_path, packed(*((f"{n}.zip", inner) for n in range(4))))
    assert len(docs) == 5
    assert "more than 7 files" in audit["a.zip"][1]


def test_the_archive_in_the_deepest_archive_is_told(tmp_path):
    raw, path = packed(("a.txt", BODY)), "a.zip/b.zip/b.zip/b.zip"
    for _ in range(3):
        raw = packed(("b.zip", raw), ("empty.zip", packed()))
    docs, audit = audited(tmp_path, raw)
    assert docs.empty
    assert "is not opened" in audit[path][1]
    assert audit["a.zip/empty.zip"] == ("left out", "the archive holds no file")


def test_a_bad_entry_costs_itself_alone(tmp_path):
    files = [(f"{n}.txt", f"{BODY}{n}") for n in "乙丙丁戊"]
    raw = bytearray(packed(*files, how=zipfile.ZIP_STORED))
    raw[raw.index("乙".encode(), 50)] ^= 1  # its sum is wrong now
    heads = [at for at in range(len(raw)) if raw[at : at + 4] == b"PK\1\2"]
    local = [at for at in range(len(raw)) if raw[at : at + 4] == b"PK\3\4"]
    raw[heads[1] + 8] |= 1  # locked
    raw[local[1] + 6] |= 1
    raw[heads[2] + 10] = raw[local[2] + 8] = 99  # packed in a way that nobody knows
    docs, audit = audited(tmp_path, bytes(raw))
    assert docs["path"].tolist() == ["a.zip/戊.txt"]
    for name, why in {"乙": "CRC", "丙": "locked with a password", "丁": "compression"}.items():
        status, warning = audit[f"a.zip/{name}.txt"]
        assert status == "left out"
        assert why in warning


def test_names_that_climb_repeat_or_are_none(tmp_path):
    link = zipfile.ZipInfo("link.txt")
    link.external_attr = 0o120777 << 16
    names = ["/etc/a.txt", "../../a.txt", "a.txt", "C:\\a.txt", "..", "a.txt (2)"]
    with pytest.warns(UserWarning, match="Duplicate name"):
        raw = packed(
            *((name, f"{BODY}{n}") for n, name in enumerate([*names, "a.txt"])), (link, "/etc/passwd")
        )
    docs, audit = audited(tmp_path, raw)
    assert sorted(path.removeprefix("a.zip/") for path in docs["path"]) == [
        "C:/a.txt", "a.txt", "a.txt (2)", "a.txt//2", "a.txt//3", "etc/a.txt", "nameless"
    ]  # fmt: skip
    assert audit["a.zip/link.txt"] == ("left out", "it is a link, no file")


@pytest.mark.parametrize("cut", [60, 400])
def test_a_zip_that_is_cut_off_is_named(tmp_path, cut):
    raw = packed(("a.txt", BODY), how=zipfile.ZIP_STORED)
    _, audit = audited(tmp_path, raw[:-cut])
    assert "cut off or broken" in audit["a.zip"][1]


def test_packed_files_and_what_is_no_file_in_a_tar(tmp_path):
    raw = io.BytesIO()
    with tarfile.open(fileobj=raw, mode="w:gz") as archive:
        for kind in (tarfile.SYMTYPE, tarfile.FIFOTYPE):
            entry = tarfile.TarInfo(f"odd{kind.decode()}")
            entry.type = kind
            archive.addfile(entry)
        entry = tarfile.TarInfo("../a.txt")
        entry.size = len(BODY.encode())
        archive.addfile(entry, io.BytesIO(BODY.encode()))
    (tmp_path / "b.csv.gz").write_bytes(gzip.compress(f'title,text\n题,"{BODY}"\n'.encode()))
    docs, audit = audited(tmp_path, raw.getvalue(), "a.tgz")
    assert docs["path"].tolist() == ["a.tgz/a.txt", "b.csv.gz/b.csv"]
    assert [audit[f"a.tgz/odd{n}"] for n in (2, 6)] == [("left out", "it is a link or a device, no file")] * 2


# ---- tables and texts ---------------------------------------------------------------------------------


def excel(cells, dimension="A1:B9"):
    """A workbook by hand: cells by their place, all of them text."""
    rows = "".join(
        f'<row r="{place[-7:].lstrip("ABXFD")}"><c r="{place}" t="inlineStr"><is><t>{text}</t></is></c></row>'
        for place, text in cells.items()
    )
    made = io.BytesIO()
    pd.DataFrame({"a": [1]}).to_excel(made)
    sheet = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    sheet += f'<dimension ref="{dimension}"/><sheetData>{rows}</sheetData></worksheet>'
    with zipfile.ZipFile(made) as old:
        files = [(name, sheet if "sheet1" in name else old.read(name)) for name in old.namelist()]
    return packed(*files)


HOLLOW = """
import resource, sys
resource.setrlimit(resource.RLIMIT_AS, (4 * 2**30,) * 2)
from toolkit import load
from toolkit.load import _files
_files.LARGEST, _files.ROWS, _files.MARKS = 2**26, 10**5, 10**6
docs, audit = load.folder(sys.argv[1], jobs=1)
for row in audit.itertuples():
    print(row.path, row.status, row.warnings, sep="|")
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 2**10)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="memory is bounded and measured as Linux does")
def test_small_files_that_unpack_to_anything_need_little_memory(tmp_path):
    import pyarrow as pa
    import pyarrow.parquet as pq

    far = {"A1": "text", "A2": BODY, "XFD1048576": "远"}
    (tmp_path / "far.xlsx").write_bytes(excel(far, "A1:XFD1048576"))
    pq.write_table(pa.table({"text": pa.nulls(40_000_000, pa.string())}), tmp_path / "rows.parquet")
    pq.write_table(pa.table({"text": [BODY * 300] * 1500}), tmp_path / "long.parquet", compression="zstd")
    xml = "<w:p/>" * 1_100_000 + "<!--" + os.urandom(60_000).hex() + "-->"
    (tmp_path / "tags.docx").write_bytes(packed(("word/document.xml", xml)))
    pax = tarfile.TarInfo("long").tobuf()
    pax = pax[:124] + b"\x80" + (6 * 2**30).to_bytes(11, "big") + pax[136:148] + b" " * 8 + b"x" + pax[157:]
    pax = pax[:148] + b"%06o\0 " % sum(pax[:512]) + pax[156:]
    (tmp_path / "head.tgz").write_bytes(gzip.compress(pax + b"\0" * 100 * 2**20, 1))
    (tmp_path / "good.txt").write_text(BODY, "utf8")
    done = subprocess.run(
        [sys.executable, "-c", HOLLOW, tmp_path], capture_output=True, text=True, cwd=ROOT, timeout=100
    )
    assert done.returncode == 0, done.stderr[-500:]
    *lines, most = done.stdout.splitlines()
    told = {path: why for path, *why in (line.split("|") for line in lines)}
    assert told.pop("good.txt") == ["read", ""]
    assert told.pop("far.xlsx")[0] == "empty"
    assert sorted(told) == ["head.tgz/head", "long.parquet", "rows.parquet", "tags.docx"]
    assert all(status == "left out" and "more than" in why for status, why in told.values()), told
    assert int(most) < 1250  # megabytes, the libraries among them; 765 when quiet, without limits 8,000


def test_a_workbook_is_read_from_its_first_row_that_is_not_empty(tmp_path):
    docs, _ = audited(tmp_path, excel({"B3": "text", "B5": BODY, "B900": f"{BODY}二"}), "a.xlsx")
    assert docs["text"].tolist() == [BODY, f"{BODY}二"]


def test_a_parquet_table_keeps_its_index_and_its_numbers(tmp_path):
    frame = pd.DataFrame(
        {"text": [BODY, f"{BODY}二"], "n": pd.array([7, None], dtype="Int64"), "tags": [["甲", "乙"], []]}
    )
    frame.set_index(pd.Index(["x", "y"], name="key")).to_parquet(tmp_path / "a.parquet")
    docs, _ = load.folder(tmp_path)
    assert docs[["key", "n", "tags"]].fillna("").values.tolist() == [
        ["x", "7", "['甲', '乙']"],
        ["y", "", "[]"],
    ]


@pytest.mark.parametrize("name", ["a.csv", "a.json", "a.jsonl", "a.parquet", "a.xlsx"])
def test_a_table_of_too_many_rows_is_left_out(tmp_path, monkeypatch, name):
    made = io.BytesIO()
    table = pd.DataFrame({"title": list("甲乙丙丁"), "text": [BODY] * 4})
    {
        "a.csv": lambda: table.to_csv(made, index=False),
        "a.json": lambda: made.write(table.to_json(orient="records").encode()),
        "a.jsonl": lambda: made.write(table.to_json(orient="records", lines=True).encode()),
        "a.parquet": lambda: table.to_parquet(made),
        "a.xlsx": lambda: table.to_excel(made, index=False),
    }[name]()
    monkeypatch.setattr(_files, "ROWS", 4)
    assert len(audited(tmp_path, made.getvalue(), name)[0]) == 4
    monkeypatch.setattr(_files, "ROWS", 3)
    _, audit = audited(tmp_path, made.getvalue(), name)
    assert audit[name][0] == "left out"
    assert "more than 3 rows" in audit[name][1]


@pytest.mark.parametrize(
    ("limit", "most", "name", "content", "why"),
    [
        ("LARGEST", 40, "a.txt", BODY, "the file has more than 40 bytes"),
        ("LARGEST", 90, "a.csv", f'title,text\n题,"{BODY}"', "the file has more than 90 bytes"),
        ("LONGEST", 90, "a.txt", BODY, "more than the 90 of a document"),
        ("LONGEST", 90, "a.csv", f'title,text\n题,"{BODY}"', "more than the 90 of a document"),
        ("MARKS", 9, "a.txt", "\n".join(BODY), "commas, more than 9"),
        ("MARKS", 9, "a.html", f"<html><body>{'<p>' * 9}{BODY}", "commas, more than 9"),
        ("MARKS", 9, "a.json", json.dumps([[]] * 9), "commas, more than 9"),
        ("MARKS", 9, "a.csv", f"title,text\n,,,,,,,,,{BODY}", "commas, more than 9"),
    ],
)
def test_what_is_over_a_limit_says_which(tmp_path, monkeypatch, limit, most, name, content, why):
    monkeypatch.setattr(_files, limit, most)
    docs, audit = audited(tmp_path, content.encode(), name)
    assert docs.empty
    assert why in audit[name][1]


def test_a_field_that_is_too_long_costs_itself_alone(tmp_path, monkeypatch):
    monkeypatch.setattr(_files, "LONGEST", 150)
    table = pd.DataFrame({"text": [BODY, BODY * 2, BODY]})
    (tmp_path / "a.csv").write_text(table.assign(title="题").to_csv(index=False), "utf8")
    _, audit = load.folder(tmp_path)
    assert audit["status"].tolist() == ["read", "left out", "read"]


def test_columns_of_tables_are_not_without_end(tmp_path, monkeypatch, caplog):
    monkeypatch.setattr(_files, "COLUMNS", 3)
    (tmp_path / "a.csv").write_text(f'text,a,b,c,d,e\n"{BODY}",1,2,3,4,5\n', "utf8")
    (tmp_path / "b.csv").write_text(f'text,e,d\n"{BODY}",6,7\n', "utf8")
    docs, _ = load.folder(tmp_path)
    assert list(docs.columns[-3:]) == ["a", "d", "e"]
    assert "the 3 commonest of 5 are kept" in caplog.text


def test_json_that_is_cut_off_is_named_and_its_whole_lines_are_kept(tmp_path):
    lines = [json.dumps({"title": f"会议{n}", "text": f"{BODY}{n}"}, ensure_ascii=False) for n in range(5)]
    docs, _ = audited(tmp_path, "\n".join(lines)[:-9].encode(), "a.jsonl")
    assert docs["title"].tolist() == ["会议0", "会议1", "会议2", "会议3"]
    assert load.folder(tmp_path)[1]["status"].tolist() == ["read"] * 4 + ["empty"]
    for name, start in (("b.json", "["), ("c.json", '{"items": [')):
        _, audit = audited(tmp_path, (start + ",".join(lines))[:-9].encode(), name)
        assert audit[name] == ("left out", "the JSON is cut off or broken")


# ---- time ---------------------------------------------------------------------------------------------


def test_a_file_as_a_whole_has_its_time(tmp_path, monkeypatch):
    kept = _layout.lines
    monkeypatch.setattr(_layout, "lines", lambda text: time.sleep(0.2) or kept(text))
    monkeypatch.setattr(_files, "WHOLE", 0.7)
    rows = "".join(f'题{n},"{BODY}{n}"\n' for n in range(9))
    (tmp_path / "a.csv").write_text(f"title,text\n{rows}", "utf8")
    (tmp_path / "b.txt").write_text(BODY, "utf8")
    docs, audit = load.folder(tmp_path, jobs=1)
    assert 1 <= len(docs) <= 5
    late = audit[audit["status"].eq("failed")]
    assert late["part"].tolist() == [0, *range(len(docs), 10)]
    assert late["warnings"].eq("the whole file took longer than 0.7 seconds").all()
    assert audit.set_index("path").at["b.txt", "status"] == "read"


def test_a_library_that_catches_the_alarm_hears_it_again(monkeypatch):
    monkeypatch.setattr(_files, "SECONDS", 0.1)
    caught = []
    begun = time.monotonic()
    with pytest.raises(TimeoutError, match=r"longer than 0\.1 seconds"), _files.limit(begun + 99):  # noqa: PT012
        try:
            time.sleep(4)
        except Exception as error:
            caught.append(error)
        time.sleep(4)
    assert len(caught) == 1
    assert time.monotonic() - begun < 3


def test_a_process_that_dies_of_a_file_costs_that_file(tmp_path, monkeypatch):
    for n in range(100):
        (tmp_path / f"{n:02}.txt").write_text(f"{BODY}{n}", "utf8")
    once = _read.file
    deadly = ("03.txt", "77.txt")
    monkeypatch.setattr(
        _read, "file", lambda root, path, *more: os._exit(1) if path in deadly else once(root, path, *more)
    )
    docs, audit = load.folder(tmp_path, jobs=2)
    assert len(docs) == 98
    died = audit[audit["status"].eq("failed")]
    assert died[["path", "warnings"]].values.tolist() == [
        [path, "the process that read it died of it"] for path in deadly
    ]
    assert audit["path"].is_monotonic_increasing


# ---- what stands in a folder --------------------------------------------------------------------------


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system knows no pipes")
def test_what_is_no_file_has_its_row(tmp_path):
    (tmp_path / "nowhere.txt").symlink_to("no-such-file")
    (tmp_path / "loop.txt").symlink_to("loop.txt")
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "up").symlink_to("..", target_is_directory=True)
    (tmp_path / "folder.txt").mkdir()
    (tmp_path / "folder.txt" / "a.txt").write_text(BODY, "utf8")
    (tmp_path / "same.txt").symlink_to("folder.txt/a.txt")
    for n in range(4):  # from five files on their first lines are looked at too
        (tmp_path / f"{n}.txt").symlink_to("/proc/self/mem" if Path("/proc/self/mem").exists() else "x")
    with socket.socket(socket.AF_UNIX) as plug:
        here = os.getcwd()
        os.chdir(tmp_path)
        plug.bind("plug.txt")
        os.chdir(here)
        docs, audit = load.folder(tmp_path)
    assert docs["path"].tolist() == ["folder.txt/a.txt", "same.txt"]
    told = audit.set_index("path")["warnings"]
    assert told["nowhere.txt"] == told["loop.txt"] == "a link that leads nowhere"
    assert told["pipe.txt"] == told["plug.txt"] == "no file but a pipe, socket or device"
    assert told["up"] == "a link to a folder; read that folder itself"
    assert audit["status"].ne("read").sum() == 9
    assert len(audit) == 11


def test_a_folder_that_is_shut_has_its_row(tmp_path, monkeypatch):
    (tmp_path / "a.txt").write_text(BODY, "utf8")
    (tmp_path / "shut").mkdir()
    scan = os.scandir

    def shut(path):
        if Path(path).name == "shut":
            raise PermissionError(13, "Permission denied", str(path))
        return scan(path)

    monkeypatch.setattr(os, "scandir", shut)
    _, audit = load.folder(tmp_path)
    assert audit.set_index("path").loc["shut", ["status", "warnings"]].tolist() == [
        "left out",
        "a folder that is shut",
    ]


def test_what_an_earlier_run_wrote_is_no_document(tmp_path, capsys):
    (tmp_path / "a.txt").write_text(BODY, "utf8")
    to = tmp_path / "docs.parquet"
    for _ in range(2):
        assert command.main(["ingest", str(tmp_path), "--to", str(to)]) == 0
    assert len(load.docs(to)) == 1
    assert "docs.audit.csv: skipped: it was written by an earlier run" in capsys.readouterr().out


# ---- metadata -----------------------------------------------------------------------------------------


def told(tmp_path, table, **files):
    for name, content in {"a.txt": BODY, "b/c.txt": BODY, **files}.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(content, "utf8")
    (tmp_path / "metadata.csv").write_text(table, "utf8")
    return load.folder(tmp_path, jobs=1)


@pytest.mark.parametrize("part", ["", "all", "ALL", "全部", "*", "1", "1.0"])
def test_metadata_names_a_part_or_all(tmp_path, part):
    docs, audit = told(
        tmp_path, f"path,part,province\na.txt,{part},浙江\n./b\\c.txt,2,上海\n./b\\c.txt,1,山西\n"
    )
    assert docs.set_index("path")["province"].to_dict() == {"a.txt": "33", "b/c.txt": "14"}
    assert audit.set_index("path").at["a.txt", "province_evidence"] == "metadata"


def test_a_name_that_is_written_like_a_pattern_is_a_name_first(tmp_path):
    files = {"[2019]a.txt": BODY, "2a.txt": BODY}
    docs, _ = told(tmp_path, "path,topic\n[2019]a.txt,甲\n[b]/*,乙\n", **files)
    assert docs.set_index("path")["topic"].dropna().to_dict() == {"[2019]a.txt": "甲", "b/c.txt": "乙"}


def test_metadata_of_a_file_in_an_archive(tmp_path):
    (tmp_path / "metadata.csv").write_text("path,topic\nx.zip/b.txt,甲\n", "utf8")
    docs, _ = audited(tmp_path, packed(("b.txt", BODY)), "x.zip")
    assert docs["topic"].tolist() == ["甲"]


@pytest.mark.parametrize(
    ("table", "sentence"),
    [
        ("path,province\na.txt,江浙\n", "province='江浙' is unknown"),
        ("path,date\na.txt,soon\n", "date='soon' is none"),
        ("path,part\na.txt,first\n", "part='first' of 'a.txt' is no number"),
        ("file,topic\na.txt,x\n", "metadata has no column 'path'; it has: file, topic"),
        ("path,topic\nx.txt,x\ny.txt,x\n", "no path in it is a file: x.txt, y.txt; there are a.txt, b/c.txt"),
        ("", "cannot be read as a CSV"),
        ("path,topic\na.txt,x,y,z\n,,,,,,,\n", "cannot be read as a CSV"),
    ],
)
def test_what_is_wrong_with_metadata_is_said_before_anything_is_read(tmp_path, monkeypatch, table, sentence):
    monkeypatch.setattr(_read, "file", lambda *_: pytest.fail("a file was read"))
    with pytest.raises((ValueError, KeyError), match=r"metadata|province") as raised:
        told(tmp_path, table)
    assert sentence in raised.value.args[0]


def test_what_is_doubtful_in_metadata_is_said_once_in_numbers(tmp_path, caplog):
    caplog.set_level(logging.WARNING, "toolkit")
    docs, _ = told(tmp_path, "path,provnice,topic\na.txt,浙江,x\nno.txt,上海,x\n*.pdf,上海,x\n")
    assert caplog.messages == [
        "metadata: new columns that are written nearly as known ones: {'provnice': 'province'}",
        "metadata: 1 of 3 paths are no file: no.txt",
        "metadata: 1 paths fit no document: *.pdf",
    ]
    assert docs["provnice"].dropna().tolist() == ["浙江"]


def test_a_folder_of_metadata_alone_is_empty(tmp_path):
    (tmp_path / "metadata.csv").write_text("path,topic\na.txt,x\n", "utf8")
    with pytest.raises(ValueError, match=r"beside metadata\.csv is empty; give a folder that holds files"):
        load.folder(tmp_path)
    with pytest.raises(TypeError, match="metadata must be a pandas DataFrame, not dict"):
        _metadata.read({"path": ["a.txt"]}, names=["a.txt"], known=[])


def a_pdf(line="", password=""):
    """A page that says `line`, locked or not; where its table stands is told a little wrong."""
    import pypdf

    said = f"BT /F1 12 Tf 20 100 Td ({line}) Tj ET" if line else ""
    font = "<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>"
    page = f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 200]/Contents 4 0 R/Resources{font}>>"
    stream = f"<</Length {len(said)}>>stream\n{said}\nendstream"
    told = ["<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>", page, stream]
    raw, table = b"%PDF-1.4\n", "xref\n0 5\n0000000000 65535 f \n"
    for n, one in enumerate(told, 1):
        table += f"{len(raw):010} 00000 n \n"
        raw += f"{n} 0 obj\n{one}\nendobj\n".encode()
    raw += f"{table}trailer\n<</Root 1 0 R/Size 5>>\nstartxref\n{len(raw) + 3}\n%%EOF".encode()
    if not password:
        return raw
    out, writer = io.BytesIO(), pypdf.PdfWriter(io.BytesIO(raw))
    writer.encrypt(password, algorithm="RC4-128")
    writer.write(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("raw", "status", "why"),
    [
        (a_pdf("Work report 2021"), "read", ""),
        (a_pdf("Work report 2021", password="secret"), "left out", "the PDF is locked with a password"),
        (a_pdf(), "left out", "the PDF holds images and no text; it needs character recognition first"),
        (a_pdf("Work report 2021")[:60], "left out", "the PDF cannot be read"),
    ],
)
def test_a_pdf_gives_its_text_or_its_reason(tmp_path, raw, status, why):
    docs, audit = audited(tmp_path, raw, "a.pdf")
    assert audit["a.pdf"][0] == status
    assert audit["a.pdf"][1].startswith(why)
    assert bool(audit["a.pdf"][1]) == bool(why)
    assert docs["text"].tolist() == (["Work report 2021"] if status == "read" else [])
    assert logging.getLogger("pypdf").handlers  # so that nothing of what it warns of lands on the screen


def test_a_file_that_goes_while_the_folder_is_read_has_its_row(tmp_path, monkeypatch):
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(BODY, "utf8")
    real = load._folder._files.unreadable
    monkeypatch.setattr(load._folder._files, "unreadable", lambda path: real(path) or path.unlink() or "")
    docs, audit = load.folder(tmp_path)
    assert docs.empty
    assert audit["status"].tolist() == ["failed", "failed"]
    assert audit["warnings"].str.contains("FileNotFoundError").all()

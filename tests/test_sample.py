"""Is the shipped sample what its truth.json says, in bytes, words and numbers, and is it no one else's?"""

import csv
import datetime
import html
import importlib.util
import io
import json
import re
import tarfile
import unicodedata
import zipfile
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from toolkit import places

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "data" / "sample"
REAL = ROOT.parent / "shared" / "real"
TRUTH = json.loads((SAMPLE / "truth.json").read_text("utf8"))["documents"]
DOCUMENTS = [entry for entry in TRUTH if entry.get("documents", 1)]
WINDOW = 24


def name(entry):
    return "-".join(str(entry[key]) for key in ("file", "entry", "row", "part") if key in entry)


def each(entries):
    return pytest.mark.parametrize("entry", entries, ids=[name(entry) for entry in entries])


def folded(text):
    """Text without comments, tags, literal no-break spaces and white space, NFKC."""
    text = re.sub(r"(?s)<!--.*?-->|<(style|script)\b.*?</\1>", "", text)
    text = re.sub(r"<U\+00A0>|</?[A-Za-z!][^<>]*>", "", text)
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", html.unescape(text)))


def office(raw):
    """The words of a docx, or the rows of the one sheet of an xlsx."""
    with zipfile.ZipFile(io.BytesIO(raw)) as package:
        if "word/document.xml" in package.namelist():
            return package.read("word/document.xml").decode("utf8")
        sheet = package.read("xl/worksheets/sheet1.xml").decode("utf8")
    rows = re.findall(r"<row .*?</row>", sheet, re.S)
    return [[html.unescape(cell) for cell in re.findall(r"<t>(.*?)</t>", row, re.S)] for row in rows]


@cache
def members(file):
    """What a file holds, by entry: the bytes, an archive's names read as GBK."""
    raw = (SAMPLE / file).read_bytes()
    if not file.endswith(".zip"):
        return {None: raw}
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        return {
            info.filename.encode("cp437").decode("gbk"): archive.read(info) for info in archive.infolist()
        }


def raw_text(entry):
    """The text in which the entry's document stands: the whole file, or its row of a table."""
    raw = members(entry["file"])[entry.get("entry")]
    if entry["kind"] in ("docx", "xlsx"):
        text = office(raw)
    else:
        text = raw.decode(entry["encoding"] or "utf-8", "strict")
    if "row" not in entry:
        return text
    if entry["kind"] == "jsonl":
        return "\n".join(map(str, json.loads(text.splitlines()[entry["row"] - 1]).values()))
    rows = list(csv.reader(io.StringIO(text))) if isinstance(text, str) else text
    return "\n".join(rows[entry["row"]])


def body(entry):
    """What stands between `opens` and the first `closes` after it, both included."""
    text = folded(raw_text(entry))
    start = text.index(folded(entry["opens"]))
    closes = folded(entry["closes"])
    return text[start : text.index(closes, start) + len(closes)]


def test_truth_names_every_file_and_no_other():
    there = {path.relative_to(SAMPLE).as_posix() for path in SAMPLE.rglob("*") if path.is_file()}
    assert {entry["file"] for entry in TRUTH} == there
    assert len({name(entry) for entry in TRUTH}) == len(TRUTH), "an entry stands twice"


def test_truth_names_every_entry_and_row():
    for file in {entry["file"] for entry in TRUTH if "entry" in entry}:
        assert {entry["entry"] for entry in TRUTH if entry["file"] == file} == set(members(file))
    for file in {entry["file"] for entry in TRUTH if "row" in entry}:
        mine = [entry for entry in TRUTH if entry["file"] == file]
        assert [entry["row"] for entry in mine] == list(range(1, len(mine) + 1))
        with pytest.raises(IndexError):
            raw_text(mine[-1] | {"row": len(mine) + 1})


def test_there_are_enough_documents_of_enough_kinds():
    assert len(DOCUMENTS) >= 55
    assert len({entry["province"] for entry in DOCUMENTS} - {None, "00"}) >= 25
    years = {int((entry["date"] or entry.get("true_date") or "0")[:4]) for entry in DOCUMENTS}
    assert {1994, 2026} <= years
    assert {"html", "text", "markdown", "docx", "xlsx", "csv", "jsonl"} <= {e["kind"] for e in DOCUMENTS}
    assert {"utf-8", "utf-8-sig", "gb18030", "utf-16"} <= {entry["encoding"] for entry in DOCUMENTS}
    assert {"centre", "province", "prefecture", None} == {entry["level"] for entry in DOCUMENTS}


def test_the_sample_is_small():
    assert sum(path.stat().st_size for path in SAMPLE.rglob("*") if path.is_file()) < 400_000


@each(DOCUMENTS)
def test_a_document_is_short(entry):
    assert len(body(entry)) <= 900


@each([entry for entry in TRUTH if entry["encoding"] and entry["kind"] != "docx"])
def test_the_bytes_are_in_the_encoding_that_truth_says(entry):
    raw = members(entry["file"])[entry.get("entry")]
    text = raw.decode(entry["encoding"], "strict")
    assert "\ufffd" not in text
    assert raw.startswith(b"\xef\xbb\xbf") == (entry["encoding"] == "utf-8-sig")
    assert raw.startswith(b"\xff\xfe") == (entry["encoding"] == "utf-16")
    if entry["encoding"] in ("gb18030", "utf-16"):
        with pytest.raises(UnicodeDecodeError):
            raw.decode("utf-8")
    if entry.get("newline") == "crlf":
        assert raw.count(b"\r\n") == raw.count(b"\n") > 5
    if "declared" in entry:
        assert entry["declared"] in text
        with pytest.raises(UnicodeDecodeError):
            raw.decode(entry["declared"])


def test_the_archive_names_are_gbk_and_not_flagged():
    with zipfile.ZipFile(SAMPLE / "archive" / "gbk_names.zip") as archive:
        for info in archive.infolist():
            assert not info.flag_bits & 0x800
            assert not info.filename.isascii()


@each(DOCUMENTS)
def test_the_body_stands_in_the_file(entry):
    text = body(entry)
    for part in entry["must_hold"]:
        assert folded(part) in text
    for part in entry["never_in_body"]:
        assert folded(part) == "" or folded(part) not in text
    for speaker in set(entry["speakers"]) - {"会议"}:
        assert speaker in text
    whole = folded(raw_text(entry))
    for part in entry.get("stands_once", []):
        assert whole.count(folded(part)) > 1
    signature = folded("".join(entry["signature"]))
    closes = folded(entry["closes"])
    assert closes + signature in whole, "nothing stands between the close and the signature"


@each(DOCUMENTS)
def test_what_truth_tells_of_a_document_stands_in_its_file(entry):
    whole = folded(raw_text(entry))
    for part in re.split(r"\s+", entry["title"]):
        assert folded(part) in whole
    for key in ("source", "via", "document_number", "delivered_by"):
        assert folded(entry.get(key) or "") in whole
    for author in entry["authors"]:
        assert author in whole


@each(DOCUMENTS)
def test_places_are_known(entry):
    if entry["province"] is None:
        assert entry["level"] is None
        return
    assert places.code(entry["province"]) == entry["province"]
    assert (entry["level"] == "centre") == (entry["province"] == places.CENTRE)
    assert (entry["level"] == "prefecture") == (entry["prefecture"] is not None)
    if entry["prefecture"]:
        assert entry["prefecture"] in raw_text(entry)


@each(DOCUMENTS)
def test_dates_are_days_and_agree_with_each_other(entry):
    for key in ("date", "true_date", "event_date", "date_low", "date_high"):
        if entry.get(key):
            assert datetime.date.fromisoformat(entry[key]).isoformat() == entry[key]
    date = entry["date"] or entry.get("true_date")
    assert (entry["date"] is None) == (
        entry["date_evidence"] == "none" or entry.get("date_precision") == "month"
    )
    if "month_day" in entry:
        assert entry["stated"] == ["month", "day"]
        assert date[5:] == entry["month_day"]
        assert entry["year_evidence"]
    if entry["event_date"] and entry["date"]:
        late = datetime.date.fromisoformat(entry["date"]) - datetime.date.fromisoformat(entry["event_date"])
        assert 0 <= late.days <= 1
    if entry["event_date"]:
        month, day = map(int, entry["event_date"].split("-")[1:])
        whole = folded(raw_text(entry))
        assert f"{month}月{day}日" in whole


NUMERALS = str.maketrans("〇○O零一二三四五六七八九", "0000123456789")


@each([entry for entry in DOCUMENTS if entry["date"] and "year" in entry["stated"]])
def test_a_stated_date_stands_in_the_file(entry):
    year, month, day = map(int, entry["date"].split("-"))
    whole = folded(raw_text(entry))
    months = "一 二 三 四 五 六 七 八 九 十 十一 十二".split()
    tens = ["", "十", "二十", "三十"]
    ones = ["", *"一二三四五六七八九"]
    plain = {
        f"{year}年{month}月{day}日", f"{year}年{month:02}月{day:02}日", f"{year}-{month:02}-{day:02}",
        f"{year}/{month}/{day}",
    }  # fmt: skip
    english = datetime.date(year, month, day).strftime("%d%b%Y")
    han = f"{year}年{months[month - 1]}月{tens[day // 10]}{ones[day % 10]}日"
    numbered = re.sub(r"[〇○O零一二三四五六七八九]{4}(?=年)", lambda m: m[0].translate(NUMERALS), whole)
    assert any(form in whole for form in plain) or english in whole or han in numbered


def test_the_weekday_alone_gives_no_year():
    tuesdays = [year for year in range(1994, 2027) if datetime.date(year, 3, 5).weekday() == 1]
    assert tuesdays == [1996, 2002, 2013, 2019, 2024]
    assert datetime.date(2009, 6, 12).weekday() == 4, "the masthead says 星期五"
    assert datetime.date(2020, 11, 18).strftime("%a") == "Wed"


@each([entry for entry in DOCUMENTS if entry["reprint_of"]])
def test_a_reprint_repeats_its_original(entry):
    source = entry["reprint_of"]
    original = next(
        one for one in DOCUMENTS if one["file"] == source["file"] and one["part"] == source["part"]
    )
    text, first = body(entry), body(original)
    shingles = {text[i : i + 12] for i in range(len(text) - 11)}
    kept = [first[i : i + 12] in shingles for i in range(len(first) - 11)]
    assert np.mean(kept) > 0.6
    assert entry["title"] != original["title"]


def test_the_sidecar_overrules_one_document():
    rows = list(csv.DictReader(io.StringIO((SAMPLE / "metadata.csv").read_text("utf8"))))
    for row in rows:
        entry = next(one for one in DOCUMENTS if one["file"] == row["path"])
        assert places.code(row["province"]) == entry["province"] != entry["inferred_province"]


@each([entry for entry in TRUTH if not entry.get("documents", 1)])
def test_a_file_without_a_document_says_why(entry):
    assert entry["why"]
    assert "opens" not in entry


@each(DOCUMENTS)
def test_a_document_is_marked_as_fictional(entry):
    raw = members(entry["file"])[entry.get("entry")]
    if entry["kind"] in ("docx", "xlsx"):
        with zipfile.ZipFile(io.BytesIO(raw)) as package:
            assert "虚构样本" in package.read("docProps/core.xml").decode("utf8")
    else:
        assert "虚构样本" in raw.decode(entry["encoding"])


def test_the_maker_gives_the_same_bytes(tmp_path):
    spec = importlib.util.spec_from_file_location("make_sample", ROOT / "data" / "make_sample.py")
    maker = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(maker)
    maker.main(tmp_path)
    made = [path.relative_to(tmp_path) for path in tmp_path.rglob("*") if path.is_file()]
    assert len(made) == 9
    for path in made:
        assert (tmp_path / path).read_bytes() == (SAMPLE / path).read_bytes(), path


def windows(text, size=WINDOW):
    """A number for every run of `size` Chinese characters (what is not Chinese is left out first)."""
    han = re.sub(r"[^\u3400-\u9fff]+", "", text)
    codes = np.frombuffer(han.encode("utf-32-le"), dtype=np.uint32).astype(np.uint64)
    count = max(len(codes) - size + 1, 0)
    numbers = np.zeros(count, np.uint64)
    for place in range(size):
        numbers = numbers * np.uint64(0x9E3779B97F4A7C15) + codes[place : place + count]
    return numbers


def any_text(raw):
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("gb18030", "ignore")


def real_texts():
    """Every real document but the evening news of all years, of which the first and the last are read."""
    for path in sorted(REAL.rglob("*")):
        if path.suffix in (".txt", ".csv", ".json"):
            yield any_text(path.read_bytes())
    with zipfile.ZipFile(REAL / "provincial_reports_2025.zip") as archive:
        for entry in archive.namelist():
            if entry.endswith(".docx"):
                yield re.sub("<[^>]+>", "", office(archive.read(entry)))
    for path in sorted((REAL / "evening_news").glob("*.tar.xz"))[::14]:
        with tarfile.open(path) as archive:
            for member in archive:
                if member.name.endswith(".json"):
                    yield json.dumps(json.load(archive.extractfile(member)), ensure_ascii=False)


def own_windows():
    texts = [raw_text(entry) for entry in TRUTH if entry["file"] != "README.md"]
    return np.unique(np.concatenate([windows(re.sub(r"<[^>]*>", "", text)) for text in map(str, texts)]))


@pytest.mark.skipif(not REAL.exists(), reason="../shared/real is not here: nothing to compare with")
def test_no_sentence_is_taken_from_a_real_document():
    own = own_windows()
    assert own.size > 10_000
    assert sum(np.isin(windows(text), own).sum() for text in real_texts()) == 0


def test_a_taken_sentence_would_be_seen():
    own = own_windows()
    taken = (SAMPLE / "dates" / "weekday_only.txt").read_text("utf8")
    assert np.isin(windows("前言" + taken[40:90]), own).any()
    assert not np.isin(windows("天地玄黄宇宙洪荒日月盈昃辰宿列张寒来暑往秋收冬藏"), own).any()

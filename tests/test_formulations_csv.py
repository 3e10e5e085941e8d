"""Is the lexicon whole, and does no date in it come after the documents that already use the phrase?

`source` ends with what the real documents show: ``; corpus: central report YEAR, evening news DAY``, the
first year and day on which the term or a variant stands there as a plain substring. Where that first hit is
no central use (更高质量 + 发展 holds 高质量发展), a reason follows in brackets, and only then may the date be
later.
"""

import io
import json
import lzma
import re
import tarfile
import unicodedata
from datetime import date
from pathlib import Path

import ahocorasick
import pandas as pd
import pytest

from toolkit import lexicon

FILE = Path(__file__).parents[1] / "data" / "formulations.csv"
REAL = Path(__file__).parents[1].parent / "shared" / "real"
COLUMNS = ["term", "variants", "canonical", "theme", "date", "occasion", "source", "examples"]
THEMES = {
    "culture", "ecology", "economy", "foreign", "law", "livelihood", "military", "nation", "party", "reform",
    "region", "rural", "science", "security",
}  # fmt: skip
CORPUS = re.compile(
    r"; corpus: (?:central report (?P<report>\d{4}))?(?:, )?"
    r"(?:evening news (?P<news>[\d-]{10}))?(?P<why> \(.+\))?$"
)
BETWEEN = "\0"  # two items never make a phrase together
FORMATS = {4: "{}-01-01", 7: "{}-01", 10: "{}"}
needs_real = pytest.mark.skipif(not REAL.exists(), reason="the real documents are not on this machine")


def plain(text):
    """The text without tags and spaces, after NFKC, so that neither a broken line nor ， hides a phrase."""
    return "".join(unicodedata.normalize("NFKC", re.sub(r"<[^>\0]*>", "", text)).split())


@pytest.fixture(scope="module")
def rows():
    return pd.read_csv(FILE, dtype=str, keep_default_na=False)


@pytest.fixture(scope="module")
def surfaces(rows):
    """Every form in print, the term among them, by term."""
    return {row.term: [row.term, *filter(None, row.variants.split("|"))] for row in rows.itertuples()}


@pytest.fixture(scope="module")
def shown(rows):
    """What `source` says of the real documents: columns report, news, why; empty where nothing."""
    found = rows["source"].str.extract(CORPUS).fillna("")
    return found.set_index(rows["term"])


@pytest.fixture(scope="module")
def reports():
    """Year and text of the central work reports, oldest first."""
    lines = (REAL / "central_reports" / "reports_1954_2022.txt").read_text("utf8").splitlines()
    return sorted((line.split("\t", 1)[0], plain(line.split("\t", 1)[1])) for line in lines)


@pytest.fixture(scope="module")
def news():
    """Day and text of the evening news, oldest first; items stay apart."""
    days = []
    for file in sorted((REAL / "evening_news").glob("*.tar.xz")):
        with tarfile.open(fileobj=io.BytesIO(lzma.decompress(file.read_bytes()))) as archive:
            for member in archive:
                if member.name.endswith(".json"):
                    day = date.fromisoformat(Path(member.name).stem).isoformat()
                    parts = []
                    for item in json.load(archive.extractfile(member))["videoList"]:
                        detail = item.get("video_detail") or {}
                        parts += [
                            detail.get("title") or item.get("video_title") or "", detail.get("content") or ""
                        ]  # fmt: skip
                    days.append((day, plain(BETWEEN.join(parts))))
    return sorted(days)


@pytest.fixture(scope="module")
def copied(rows, surfaces):
    """What must not stand in the documents: each example, and any 13 characters of it beyond the term."""
    pieces = set()
    for row in rows.itertuples():
        for example in map(plain, row.examples.split("|")):
            size = 13 + max(len(plain(form)) for form in surfaces[row.term] if plain(form) in example)
            pieces |= {example, *(example[i : i + size] for i in range(len(example) - size + 1))}
    return pieces


def first_seen(dated, strings):
    """The first date on which each of `strings` stands in the texts, in one pass."""
    machine = ahocorasick.Automaton()
    for string in strings:
        machine.add_word(string, string)
    machine.make_automaton()
    found = {}
    for day, text in dated:
        for string in {string for _, string in machine.iter(text)}:
            found.setdefault(string, day)
    return found


@pytest.fixture(scope="module")
def seen(surfaces, copied, reports, news):
    """By document: the first date of every form and of every piece of an example."""
    strings = {plain(form) for forms in surfaces.values() for form in forms} | copied
    return {"report": first_seen(reports, strings), "news": first_seen(news, strings)}


def later(given, seen):
    """Whether `given` is after `seen`, at the coarser precision of the two."""
    n = min(len(given), len(seen))
    return given[:n] > seen[:n]


def test_form_of_the_file(rows):
    raw = FILE.read_bytes()
    assert not raw.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in raw
    assert rows.columns.tolist() == COLUMNS
    assert len(rows) >= 250
    assert rows.equals(rows.sort_values(["theme", "date", "term"], ignore_index=True))
    for column in set(COLUMNS) - {"variants"}:
        assert rows[column].str.strip().ne("").all(), column
    assert not rows.map(lambda cell: cell != cell.strip()).any().any()


def test_themes_are_the_fixed_ones(rows):
    assert set(rows["theme"]) == THEMES
    assert rows["theme"].value_counts().min() >= 10


def test_every_era_is_covered(rows):
    year = rows["date"].str[:4].astype(int)
    assert year.between(1949, 1977).sum() >= 40
    assert year.between(1978, 2011).sum() >= 100
    assert year.between(2012, 2026).sum() >= 150


def test_dates_are_iso_days_months_or_years(rows):
    for term, given in zip(rows["term"], rows["date"], strict=True):
        day = date.fromisoformat(FORMATS[len(given)].format(given))
        assert 1921 <= day.year <= 2026, term


def test_no_form_stands_twice(surfaces):
    """After NFKC, as the rooms compare them: ， and , are one."""
    forms = pd.Series([plain(form) for forms in surfaces.values() for form in forms])
    assert forms[forms.duplicated()].tolist() == []


def test_canonical_is_a_term_that_is_its_own(rows):
    own = rows.set_index("term")["canonical"]
    assert set(own) <= set(own.index)
    assert own.map(own).equals(own), "a canonical form must not point further"


def test_examples_hold_the_term(rows, surfaces):
    for row in rows.itertuples():
        examples = row.examples.split("|")
        assert len(set(examples)) == len(examples) >= 2, row.term
        for example in examples:
            held = [len(form) for form in surfaces[row.term] if plain(form) in plain(example)]
            assert held, (row.term, example)
            assert 8 <= len(example) <= max(20, max(held) + 8), (row.term, example)


@pytest.mark.parametrize(
    ("term", "day"),
    [
        ("过渡时期的总路线", "1953-06-15"),
        ("实践是检验真理的唯一标准", "1978-05-10"),
        ("三个代表", "2000-02-25"),
        ("中国梦", "2012-11-29"),
        ("丝绸之路经济带", "2013-09-07"),
        ("供给侧结构性改革", "2015-11-10"),
        ("乡村振兴战略", "2017-10-18"),
        ("扫黑除恶", "2017-12-23"),
        ("全过程民主", "2019-11-02"),
        ("十五五", "2021-04-22"),
        ("全过程人民民主", "2021-07-01"),
        ("新质生产力", "2023-09-07"),
    ],
)
def test_dates_that_are_known(rows, term, day):
    assert rows.set_index("term")["date"][term] == day


@pytest.mark.parametrize(
    ("given", "seen", "is_later"),
    [
        ("2015-11-10", "2015-11-10", False),
        ("2015-11", "2015-11-10", False),
        ("2015-03-05", "2015", False),
        ("2015-11-11", "2015-11-10", True),
        ("2016", "2015-11-10", True),
    ],
)
def test_precision_is_the_coarser_one(given, seen, is_later):
    assert later(given, seen) is is_later


def test_what_the_file_says_of_the_corpus_excuses_late_dates_only(rows, shown):
    """Without the real documents: the dates against the marks, and no excuse without need."""
    for term, given in zip(rows["term"], rows["date"], strict=True):
        mark = shown.loc[term]
        late = any(seen and later(given, seen) for seen in (mark["report"], mark["news"]))
        assert late == bool(mark["why"]), term


@needs_real
@pytest.mark.parametrize("documents", ["report", "news"])
def test_no_date_is_later_than_the_real_documents_show(seen, surfaces, shown, documents):
    """The marks are checked against the documents, so that the test above is a test of the dates."""
    found = {
        term: min(
            (seen[documents][plain(form)] for form in forms if plain(form) in seen[documents]), default=""
        )
        for term, forms in surfaces.items()
    }
    assert found == shown[documents].to_dict()


@needs_real
@pytest.mark.parametrize("documents", ["report", "news"])
def test_examples_are_our_own(seen, copied, documents):
    assert copied & set(seen[documents]) == set()


def test_every_form_survives_the_cut_in_each_of_its_examples():
    """A form may break inside a longer one of its entry that stays whole, which is then what is found."""
    checked = lexicon.check(lexicon.read())
    whole = checked[checked["survives"]].groupby(["term", "context"])["surface"].agg(list)
    broken = [
        (row.surface, row.context, row.why)
        for row in checked[~checked["survives"]].itertuples()
        if not any(row.surface in longer for longer in whole.get((row.term, row.context), []))
    ]
    assert broken == []


def test_every_form_stands_in_an_example_of_its_entry(rows, surfaces):
    examples = rows.set_index("term")["examples"]
    for term, forms in surfaces.items():
        missing = [form for form in forms if form.strip('"') not in examples[term]]
        assert missing == []

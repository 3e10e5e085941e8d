"""Real documents → the word counts of ``data/counts/``: ``python data/make_counts.py [FOLDER]``.

Only counts leave this script: neither a sentence nor the order of words can be got back from them.
"""

import hashlib
import json
import re
import sys
import tarfile
from pathlib import Path

import pandas as pd

from toolkit import clean, formulations, lexicon, load, places, words

DATA = Path(__file__).parent
REAL = DATA.parents[1] / "shared" / "real"
LEXICON = DATA / "formulations.csv"
OTHER = "（其他词）"
SOURCES = {
    "central_reports": "government work reports of the State Council, 1954–2022 (public documents)",
    "provincial_reports": "government work reports of the 31 provinces, 2025 and 2026 (public documents)",
    "evening_news": "transcripts of the evening news, July 2012 to June 2026 (text © CCTV; counts only)",
    "evening_news_formulations": "the same, items that name one province or none (text © CCTV; counts only)",
    "formulation_fates": "the same: where a set phrase stands as a string, and what the cut made of it",
}
WHOLE_PROGRAMME = re.compile(r"^\s*《?新闻联播》?\s*(?:完整版视频)?\s*\d{8}")
OPENING = re.compile(
    r"^\s*(?:(?:中国网络电视台|央视网)\s*(?:消息)?\s*[(（]新闻联播[)）]\s*(?:消息)?\s*[:：]?)?\s*(?:本台消息\s*[:：])?"
)
EDITORS = re.compile(r"[(（]视频编辑[^)）]*[)）]\s*$")


def central(real):
    """One document a year, the loader's own work, which keeps a body once (1959 and 1991 stand twice)."""
    docs, _ = load.folder(real / "central_reports" / "reports_1954_2022.txt")
    docs["year"] = docs["given_year"].astype(int)
    return docs.assign(doc_id="00-" + docs["given_year"])


def provincial(real):
    """Paragraphs of both years' reports, the loader's own work: zip of docx, and a CSV a province."""
    read = [
        load.folder(real / name)[0] for name in ("provincial_reports_2025.zip", "provincial_reports_2026")
    ]
    docs = pd.concat(read, ignore_index=True)
    return clean.paragraphs(docs.assign(doc_id=docs["province"] + "-" + docs["year"].astype(str)))


def news(file):
    """The items of one year's archive, without empty ones and those that hold the whole programme."""
    rows = []
    with tarfile.open(file) as archive:
        for member in sorted((m for m in archive if m.name.endswith(".json")), key=lambda m: m.name):
            for number, item in enumerate(json.load(archive.extractfile(member))["videoList"]):
                detail = item.get("video_detail") or {}
                body = re.sub(r"(?i)<br\s*/?>|</?p[^>]*>", "\n", detail.get("content") or "")
                body = clean.normalise(re.sub(r"<[a-zA-Z/][^>]*>", "", body)).strip()
                title = (detail.get("title") or item.get("video_title") or "").removeprefix("[视频]").strip()
                day = Path(member.name).stem
                rows.append((f"{day}-{number:02}", day[:4], f"{day[:4]}-{day[4:6]}", title, body))
    items = pd.DataFrame(rows, columns=["doc_id", "year", "month", "title", "text"])
    items["text"] = items["text"].str.replace(OPENING, "", regex=True).str.replace(EDITORS, "", regex=True)
    whole = items["title"].str.contains(WHOLE_PROGRAMME)
    empty = items["text"].str.strip().eq("") & ~whole
    left_out = f"left out {whole.sum()} whole programmes and {empty.sum()} empty items"
    print(f"{file.name}: {len(items)} items; {left_out}")
    return items[~whole & ~empty].astype({"year": "Int64"})


def named_province(items):
    """The province that an item names alone; the centre where it names none; NA where it names several."""
    named = load.mentions(items).query("kind == 'province'").groupby("doc_id")["province"]
    alone = named.first().where(named.nunique().eq(1))
    return items["doc_id"].map(alone).mask(~items["doc_id"].isin(alone.index), places.CENTRE)


def evening_news(real):
    """Three tables: all words by month, set phrases by month and province, and what became of these."""
    phrases = lexicon.read(LEXICON)
    canonical = lexicon.surfaces(phrases).set_index("surface")["canonical"]
    years = [news(file) for file in sorted((real / "evening_news").glob("*.tar.xz"))]
    found = fates(pd.concat(years), phrases, "evening_news")
    months, panels = [], []
    for items in years:
        counted = words.count(items, by=("year", "month", "doc_id"), lexicon=phrases)
        per_item = counted.groupby(["year", "month", "term", "lexicon"], observed=True)["n"]
        months.append(per_item.agg(n="sum", docs="count").reset_index())
        place = items["doc_id"].map(dict(zip(items["doc_id"], named_province(items), strict=True)))
        counted["province"] = counted["doc_id"].map(dict(zip(items["doc_id"], place, strict=True)))
        counted["term"] = counted["term"].astype(str).map(canonical).fillna(OTHER)
        panel = counted.dropna(subset="province").groupby(
            ["year", "month", "province", "term", "lexicon"], observed=True
        )
        panels.append(panel.agg(n=("n", "sum"), docs=("doc_id", "nunique")).reset_index())
    return pd.concat(months), pd.concat(panels), found


def fates(docs, phrases, corpus):
    """What became of every place where a form of the lexicon stands as a plain string."""
    docs = docs.assign(doc_id=[str(number) for number in range(len(docs))])[["doc_id", "year", "text"]]
    whole, refused = (find(docs, lexicon=phrases) for find in (formulations.track, formulations.refused))
    whole["fate"] = whole["nested_in"].notna().map({True: "nested", False: "whole"})
    refused["fate"] = refused["why"].str.startswith("another").map({True: "overlapped", False: "refused"})
    refused["nested_in"] = refused["why"].str.extract(r"falls into (.+), a (?:word|guess)")[0]
    every = pd.concat([whole, refused]).rename(columns={"nested_in": "within"}).fillna({"within": ""})
    every["year"] = every["doc_id"].map(docs.set_index("doc_id")["year"])
    every["lexicon"] = lexicon.key(phrases)
    keys = ["year", "term", "fate", "within", "lexicon"]
    return every.groupby(keys).size().rename("n").reset_index().assign(corpus=corpus)


def build(real):
    """Every table of ``data/counts/``, by name."""
    phrases = lexicon.read(LEXICON)
    reports, paragraphs = central(real), provincial(real)
    by = ("doc_id", "province", "year", "paragraph")
    tables = {
        "central_reports": words.count(reports, by=("year",), lexicon=phrases),
        "provincial_reports": words.count(paragraphs, by=by, lexicon=phrases),
    }
    tables["evening_news"], tables["evening_news_formulations"], told = evening_news(real)
    found = [fates(reports, phrases, "central_reports"), fates(paragraphs, phrases, "provincial_reports")]
    tables["formulation_fates"] = pd.concat([*found, told])
    for name, table in tables.items():
        keys = [column for column in ("corpus", *table.columns) if column in table]
        keys = [column for column in dict.fromkeys(keys) if column not in ("n", "docs", "lexicon")]
        counts = {column: "int32" for column in ("n", "docs", "year", "paragraph") if column in table}
        table = table.astype(counts | {"lexicon": "category"}).sort_values(keys)
        tables[name] = table[[*keys, *(c for c in ("n", "docs", "lexicon") if c in table)]].reset_index(
            drop=True
        )
    return tables


def write(tables):
    """Parquet beside its line of proof in ``data/sources.csv``."""
    proofs = []
    for name, table in tables.items():
        file = DATA / "counts" / f"{name}.parquet"
        table.to_parquet(file, compression="zstd", compression_level=19, index=False)
        digest = hashlib.sha256(file.read_bytes()).hexdigest()
        proofs.append(
            (
                name,
                f"counts/{file.name}",
                len(table),
                digest,
                "data/make_counts.py",
                SOURCES[name],
                "facts; CC0",
            )
        )
        print(f"{file.name}: {len(table):,} rows, {file.stat().st_size / 1e6:.1f} MB")
    columns = ["name", "file", "rows", "sha256", "made_by", "source", "licence"]
    pd.DataFrame(proofs, columns=columns).to_csv(DATA / "sources.csv", index=False, lineterminator="\n")


if __name__ == "__main__":
    write(build(Path(sys.argv[1]) if len(sys.argv) > 1 else REAL))

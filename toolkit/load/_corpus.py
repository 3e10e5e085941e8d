"""The corpus once it is read: the file that holds it, and how far it reaches."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
from tqdm.auto import tqdm

from toolkit import _check, clean
from toolkit.clean import _same
from toolkit.load import _gazetteer
from toolkit.places import CENTRE

CITED = (
    r"《(?P<title>[^《》\n]{2,80})》|(?P<number>[一-龥]{1,10}(?=[〔\[﹝【（(12令第一])"
    r"(?:[〔\[﹝【（(](?:19|20)\d{2}年?[〕\]﹞】）)]\s?第?\d{1,5}号|令\s?第\s?\d{1,4}\s?号|第\s?\d{1,4}\s?号令"
    r"|(?:(?:19|20)\d\d年)?(?<!第)[1一]号文(?![化物艺学明体])件?))"
)
BEFORE = r"^.*(?:根据|依据|依照|按照|遵照|落实|贯彻|印发|转发|下发|关于|执行|以及|[和与及以经由见的对])"
HELD = ("doc_id", "province", "date", "date_low", "date_high", "date_precision", "year", "title", "text")


def docs(path: str | Path) -> pd.DataFrame:
    """Read the documents that ``python -m toolkit ingest`` has written.

    Parameters
    ----------
    path
        A ``docs.parquet``.

    Returns
    -------
    DataFrame
        The documents, with the columns that `folder` gives.

    Raises
    ------
    FileNotFoundError
        If there is no such file.
    KeyError
        If the file lacks a column that documents have.
    ValueError
        If it is no Parquet file.

    Examples
    --------
    >>> from toolkit import load
    >>> load.docs("docs.parquet")  # doctest: +SKIP
    """
    file = _check.path(path, "the documents")
    try:
        frame = pd.read_parquet(file)
    except (OSError, ValueError) as error:
        raise ValueError(
            f"{str(path)!r} is no Parquet file; make it with `python -m toolkit ingest FOLDER --to …`."
        ) from error
    _check.columns(frame, *HELD, what=str(path))
    return frame


def coverage(docs: pd.DataFrame, *, duplicates: str = "all") -> pd.DataFrame:
    """How many documents of each province and level there are in each year, and where there are none.

    Parameters
    ----------
    docs
        Documents: ``doc_id``, ``province``, ``year``, ``level``, ``text`` and, where there is one, ``date``.
    duplicates
        ``"first"`` leaves out later reprints (`clean.first`).

    Returns
    -------
    DataFrame
        ``province``, ``level``, ``year``, ``docs``, ``chars`` (without white space), ``duplicates`` (how
        many of ``docs`` are later reprints), ``gap`` (a year without documents between the first and the last
        that the province has at that level). What is not known of a document is NA and counted as such.

    Raises
    ------
    KeyError, ValueError
        If a column is missing, or `duplicates` is unknown.

    Examples
    --------
    >>> docs = pd.DataFrame({"doc_id": ["a", "b"], "province": "33", "level": "province",
    ...                      "year": [2018, 2020], "text": ["平安浙江", "平安 浙江建设"]})
    >>> coverage(docs)[["year", "docs", "chars", "duplicates", "gap"]].values.tolist()
    [[2018, 1, 4, 0, False], [2019, 0, 0, 0, True], [2020, 1, 6, 0, False]]
    """
    _check.columns(docs, "doc_id", "province", "level", "year", "text", what="docs")
    docs = _same.chosen(docs, duplicates)
    by, sums = ["province", "level"], ["docs", "chars", "duplicates"]
    later = False if duplicates == "first" else ~docs["doc_id"].isin(clean.first(docs)["doc_id"])
    chars = docs["text"].str.replace(r"\s+", "", regex=True).str.len()
    held = docs.assign(docs=1, chars=chars, duplicates=later).groupby([*by, "year"], dropna=False)[sums].sum()
    held = held.reset_index()
    spans = held.dropna(subset="year").groupby(by, dropna=False)["year"].agg(["min", "max"]).reset_index()
    years = [range(int(low), int(high) + 1) for low, high in zip(spans["min"], spans["max"], strict=True)]
    every = spans[by].assign(year=years).explode("year").astype({"year": "Int64"})
    held["year"] = held["year"].astype("Int64")
    whole = every.merge(held, how="outer", on=[*by, "year"])
    whole[sums] = whole[sums].fillna(0).astype("int64")
    return whole.assign(gap=whole["docs"].eq(0)).sort_values([*by, "year"], ignore_index=True)


def citations(docs: pd.DataFrame) -> pd.DataFrame:
    """Which works and numbered documents each document names, as an edge list.

    Parameters
    ----------
    docs
        Documents: ``doc_id``, ``text``.

    Returns
    -------
    DataFrame
        ``doc_id``, ``cited`` (what stands in 《》, or a number such as 国办发〔2016〕8号), ``kind``
        (``"title"`` or ``"number"``), ``n`` (times), in the order in which they are first named.

    Raises
    ------
    KeyError
        If a column is missing.

    Examples
    --------
    >>> text = "根据《信访条例》和国发〔2014〕20号，贯彻《信访条例》。"
    >>> citations(pd.DataFrame({"doc_id": ["a"], "text": [text]})).values.tolist()
    [['a', '信访条例', 'title', 2], ['a', '国发〔2014〕20号', 'number', 1]]
    """
    _check.columns(docs, "doc_id", "text", what="docs")
    named = docs["text"].astype("string").reset_index(drop=True).str.extractall(CITED)
    at = named.index.get_level_values(0)
    cited = named["title"].fillna(named["number"].str.replace(BEFORE, "", regex=True)).to_numpy()
    kind = named["title"].isna().map({True: "number", False: "title"}).to_numpy()
    edges = pd.DataFrame({"doc_id": docs["doc_id"].to_numpy()[at], "cited": cited, "kind": kind})
    return edges.groupby([*edges.columns], sort=False).size().rename("n").reset_index()


def mentions(docs: pd.DataFrame) -> pd.DataFrame:
    """Which provinces, prefectures and counties each document names, wherever it comes from.

    What only looks like a name is none: 隆重庆祝 is not 重庆, 黄河南岸 not 河南, 上海合作组织 and 书记张太原
    are no places; nor is 北京 where the nation meets (在北京), nor a ship, nor 南京东路. A county's name that
    several places bear (西湖区) is left out, since nobody can say which it is.

    Parameters
    ----------
    docs
        Documents: ``doc_id``, ``text`` and, where there are such, ``title`` and ``year`` (prefectures and
        counties are those of that year).

    Returns
    -------
    DataFrame
        ``doc_id``, ``province`` (of the place), ``name`` as it stands, ``kind`` (``"province"``,
        ``"prefecture"`` or ``"county"``), ``n`` (times), in the order in which they are first named.

    Raises
    ------
    KeyError
        If a column is missing.

    Examples
    --------
    >>> text = "隆重庆祝大会在杭州召开，浙江代表团从黄河南岸归来。"
    >>> mentions(pd.DataFrame({"doc_id": ["a"], "text": [text]})).values.tolist()
    [['a', '33', '杭州', 'prefecture', 1], ['a', '33', '浙江', 'province', 1]]
    """
    _check.columns(docs, "doc_id", "text", what="docs")
    known = docs.reindex(columns=["doc_id", "title", "text", "year"]).astype(object)
    rows = known.fillna({"title": "", "text": "", "year": ""}).itertuples(index=False)
    named = []
    for doc_id, title, text, year in tqdm(rows, total=len(docs), desc="names", disable=None):
        then = int(str(year)[:4]) if str(year)[:4].isdecimal() else None
        for kind, code, name, *_ in _gazetteer.find(f"{title}\n{text}", then):
            if kind in ("province", "listed", "prefecture", "guest", "county") and code != CENTRE:
                level = kind if kind == "county" else "province" if len(code) == 2 else "prefecture"
                named.append((doc_id, code[:2], name, level))
    found = pd.DataFrame(named, columns=["doc_id", "province", "name", "kind"])
    return found.groupby([*found.columns], sort=False, dropna=False).size().rename("n").reset_index()

"""The tables that come with the product, each proved by its hash in ``data/sources.csv``."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pandas as pd

from toolkit import _check

DATA = Path(__file__).parents[2] / "data"
SHIPPED = (
    "central_reports", "provincial_reports", "evening_news", "evening_news_formulations", "formulation_fates",
)  # fmt: skip


def counts(name: str) -> pd.DataFrame:
    """Word counts of public documents, without their text.

    ============================= =================================================================
    ``central_reports``           year, term, n: the central government's work reports, 1954 to 2022
    ``provincial_reports``        doc_id, province, year, paragraph, term, n: the work reports of 31
                                  provinces, 2025 and 2026
    ``evening_news``              year, month, term, n, docs: the national evening news, July 2012 to
                                  June 2026; ``docs`` is the number of items that hold the term
    ``evening_news_formulations`` year, month, province, term, n, docs: its set phrases, by month
                                  and by the one province that an item names
    ``formulation_fates``         corpus, year, term, fate, within, n: every place where a set phrase stands
                                  as a plain string: whole, nested in a longer one, refused by the cut
    ============================= =================================================================

    Every table also has the column ``lexicon``, the hash of the set phrases that were kept whole.
    ``data/README.md`` is the full codebook; ``data/make_counts.py`` made the tables from the documents.

    Parameters
    ----------
    name
        One of the names above.

    Raises
    ------
    ValueError
        If there is no such table, or its file is not the one that ``data/sources.csv`` describes.
    FileNotFoundError
        If the file is missing; the sentence names the script that makes it.

    Examples
    --------
    >>> reports = counts("provincial_reports")
    >>> reports.query("term == '新质生产力' and year == 2025")["province"].nunique()
    31
    """
    _check.one_of(name, SHIPPED, "name")
    row = pd.read_csv(DATA / "sources.csv", dtype=str).set_index("name").loc[name]
    file = DATA / row["file"]
    if not file.exists():
        raise FileNotFoundError(f"data/{row['file']} is missing; run `python {row['made_by']}` to make it.")
    if hashlib.sha256(file.read_bytes()).hexdigest() != row["sha256"]:
        raise ValueError(
            f"data/{row['file']} is not the file that data/sources.csv describes (its sha256 differs); "
            f"run `python {row['made_by']}`, or check the file out again."
        )
    return pd.read_parquet(file)


def sample() -> Path:
    """Return the folder of some sixty fictional documents, written for this project, to try everything on.

    Its ``truth.json`` says what a careful reader finds in each.

    Examples
    --------
    >>> sample().name
    'sample'
    """
    return _check.path(DATA / "sample", "the sample")

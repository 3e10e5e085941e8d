"""Which province is meant, and where does it lie? The 31 provinces and the centre (GB/T 2260)."""

from __future__ import annotations

from functools import cache
from importlib import resources

import pandas as pd

from toolkit import _check

CENTRE = "00"
LANGUAGES = {"zh": "name", "short": "short", "abbr": "abbr", "en": "en", "pinyin": "pinyin"}


@cache
def _table() -> pd.DataFrame:
    source = resources.files("toolkit") / "_data" / "provinces.csv"
    with source.open(encoding="utf8") as file:
        return pd.read_csv(file, dtype={"province": str, "row": "Int64", "col": "Int64"})


@cache
def _codes() -> dict[str, str]:
    """Every way to write a province → its code."""
    table = _table()
    ways = {
        str(way).lower(): row["province"]
        for _, row in table.iterrows()
        for way in (row["province"], row["name"], row["short"], row["abbr"], row["en"], row["pinyin"])
    }
    return ways | {f"{code}0000": code for code in table["province"]} | {"国家": CENTRE, "全国": CENTRE}


def provinces(*, centre: bool = False) -> pd.DataFrame:
    """The 31 provinces, a row each, in the order of their codes.

    Parameters
    ----------
    centre
        Also give the centre, code ``"00"`` (it has no place on the grid).

    Returns
    -------
    DataFrame
        ``province`` (two-digit GB/T 2260 code as text), ``name``, ``short``, ``abbr``, ``en``, ``pinyin``,
        ``region`` (of the statistical yearbook, the south-west and south parted), ``row`` and ``col``
        (the place on a grid of 8 by 8 on which neighbours on the map stay close).

    Examples
    --------
    >>> provinces().query("province == '33'")[["name", "en", "region"]].values.tolist()
    [['浙江省', 'Zhejiang', 'east']]
    """
    table = _table()
    return table[table["province"].ne(CENTRE) | centre].reset_index(drop=True)


def code(name: str) -> str:
    """The two-digit code of a province written in any usual way.

    Parameters
    ----------
    name
        A name, long or short, Chinese or English, the one-character abbreviation, or a code of two or six
        digits.

    Raises
    ------
    ValueError
        If no province, nor the centre, is written so.

    Examples
    --------
    >>> code("黑龙江省"), code("Heilongjiang"), code("黑"), code("230000")
    ('23', '23', '23', '23')
    """
    found = _codes().get(str(name).strip().lower())
    if found is None:
        raise _check.unknown("province", name, provinces(centre=True)["short"])
    return found


def label(province: str, *, lang: str = "short") -> str:
    """How a province is written in figures.

    Parameters
    ----------
    province
        A code, or any other way to write the province.
    lang
        ``"zh"`` 黑龙江省, ``"short"`` 黑龙江, ``"abbr"`` 黑, ``"en"`` or ``"pinyin"``.

    Raises
    ------
    ValueError
        If there is no such province or no such language.

    Examples
    --------
    >>> label("61", lang="en"), label("14", lang="en"), label("14")
    ('Shaanxi', 'Shanxi', '山西')
    """
    column = LANGUAGES[_check.one_of(lang, LANGUAGES, "lang")]
    return str(_table().set_index("province").at[code(province), column])

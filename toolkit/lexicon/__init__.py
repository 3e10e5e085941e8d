"""Which set phrases (提法) do we look for, in which forms, and does each survive jieba's cut?"""

from __future__ import annotations

import hashlib
import logging
import re
import warnings
from pathlib import Path

import pandas as pd

from toolkit import _check
from toolkit.lexicon import _jieba

log = logging.getLogger(__name__)

COLUMNS = ["term", "variants", "canonical", "theme", "date", "occasion", "source", "examples"]
NO_LEXICON = "none"
ALONE = "no example holds it, so it was tried alone"
TAKES = "it takes what stands in quotes from {0}, whose counts lose it: leave it out, {0} is found there too"
_SHIPPED = Path(__file__).parents[2] / "data" / "formulations.csv"
_QUOTED = re.compile('[“‘「『《"].+[”’」』》"]')
_INVISIBLE = re.compile("[\ufeff\u200b-\u200f\u2060\xad]")
_CONTROL = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029]")
_SPACE_BETWEEN_HAN = re.compile(r"(?<=[\u3400-\u9fff])\s+(?=[\u3400-\u9fff])")


def read(path: str | Path | None = None) -> pd.DataFrame:
    """Read the lexicon of set phrases, the shipped one or your own.

    Parameters
    ----------
    path
        A CSV with at least the column ``term``; without it ``data/formulations.csv`` of the checkout is
        read. UTF-8 (with or without a byte order mark) or GB18030, any line ends.

    Returns
    -------
    DataFrame
        A row per entry, all columns text, empty where nothing is known: ``term``, ``variants`` (other forms
        to be found, parted by ``|``), ``canonical`` (the form under which all are gathered; the term itself
        where none is given), ``theme``, ``date`` and ``occasion`` (first central use), ``source``,
        ``examples`` (sentences or parts of them, parted by ``|``), then your further columns. Spaces between
        Han are taken out; rows without a term and repeated terms are left out, and logged in numbers.

    Raises
    ------
    FileNotFoundError, KeyError, ValueError
        If there is no such file, no column ``term``, or no entry in it.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     mine = Path(folder, "mine.csv")
    ...     _ = mine.write_text("term,variants\\n平安建设,平安 中国\\n", "utf-8-sig")
    ...     read(mine)[["term", "variants", "canonical"]].values.tolist()
    [['平安建设', '平安中国', '平安建设']]
    """
    path = _check.path(_SHIPPED if path is None else path, "the lexicon")
    if path.is_dir():
        raise ValueError(f"the lexicon {str(path)!r} is a folder; give a CSV.")
    raw = _table(path)
    raw.columns = [str(name).strip().strip("'\"").lower() for name in raw.columns]
    _check.columns(raw, "term", *raw.columns, what=f"the lexicon {path.name}")
    raw = raw.reindex(columns=[*COLUMNS, *raw.columns.difference(COLUMNS, sort=False)], fill_value="")
    for name in raw.columns:
        raw[name] = raw[name].fillna("").map(_tidy)
    raw["canonical"] = raw["canonical"].mask(raw["canonical"].eq(""), raw["term"])
    several = raw["term"][raw["term"].str.contains("|", regex=False)]
    if len(several):
        raise ValueError(
            f"the lexicon {path.name} has {len(several)} terms that hold | ({several.iloc[0]}); "
            "put one form into term and the others into variants."
        )
    empty, repeated = raw["term"].eq(""), raw["term"].duplicated() & raw["term"].ne("")
    if empty.any() or repeated.any():
        log.warning(
            "lexicon %s: left out %d rows without a term and %d repeated terms (%s); %d stay",
            path.name, empty.sum(), repeated.sum(), "、".join(raw["term"][repeated].unique()[:10]),
            (~empty & ~repeated).sum(),
        )  # fmt: skip
    entries = raw[~empty & ~repeated].reset_index(drop=True)
    _check.not_empty(entries, f"the lexicon {path.name}", "give at least one row with a term")
    _warn_of_odd_terms(entries, path.name)
    return entries


def _table(path: Path) -> pd.DataFrame:
    """The file as text columns, whatever its encoding and its line ends."""
    try:
        for encoding in ("utf-8-sig", "gb18030", "utf-16"):
            try:
                with warnings.catch_warnings():
                    warnings.simplefilter("error", pd.errors.ParserWarning)  # a row longer than the header
                    return pd.read_csv(
                        path, dtype=str, keep_default_na=False, encoding=encoding, index_col=False
                    )
            except UnicodeError:
                log.warning("lexicon %s is not %s", path.name, encoding)
    except pd.errors.ParserWarning as error:
        raise ValueError(
            f"the lexicon {path.name} has a row longer than its header; put quotes around a cell that "
            "holds a comma, and | between variants."
        ) from error
    except (pd.errors.EmptyDataError, pd.errors.ParserError) as error:
        raise ValueError(f"the lexicon {path.name} is not a CSV with the column term: {error}.") from error
    raise ValueError(f"the lexicon {path.name} is not UTF-8, GB18030 or UTF-16; save it as UTF-8.")


def _tidy(cell: str) -> str:
    """A cell without invisible characters, outer straight quotes, and spaces at its ends or between Han."""
    parts = _INVISIBLE.sub("", str(cell)).replace("｜", "|").split("|")
    parts = [_SPACE_BETWEEN_HAN.sub("", part.strip().strip("\"'").strip()) for part in parts]
    return "|".join(dict.fromkeys(part for part in parts if part))


def _warn_of_odd_terms(entries: pd.DataFrame, name: str) -> None:
    """Say which terms can hardly occur: in quotes, or in characters that simplified text does not have."""
    quoted = entries["term"][entries["term"].str.fullmatch("[“‘「『].*[”’」』]")]
    if len(quoted):
        log.warning("lexicon %s: %d terms stand in quotes and match quoted text only: %s",
                    name, len(quoted), "、".join(quoted[:10]))  # fmt: skip
    foreign = [term for term in entries["term"] if term != term.encode("gb2312", "ignore").decode("gb2312")]
    if len(foreign):
        log.warning(
            "lexicon %s: %d terms hold characters outside GB 2312, traditional ones perhaps, "
            "which simplified text does not have: %s", name, len(foreign), "、".join(foreign[:10]),
        )  # fmt: skip


def surfaces(lexicon: pd.DataFrame | None) -> pd.DataFrame:
    """Every form that is looked for, and the entry it stands for.

    Parameters
    ----------
    lexicon
        A frame with ``term`` and, if there are any, ``variants`` and ``canonical``; None gives no row.

    Returns
    -------
    DataFrame
        ``surface`` (unique, sorted), ``term``, ``canonical``. A form that is the term of one entry and a
        variant of another belongs to its own entry; a variant of several belongs to the first of them.

    Examples
    --------
    >>> surfaces(pd.DataFrame({"term": ["枫桥经验"], "variants": ["“枫桥经验”"]})).values.tolist()
    [['“枫桥经验”', '枫桥经验', '枫桥经验'], ['枫桥经验', '枫桥经验', '枫桥经验']]
    """
    if lexicon is None:
        return pd.DataFrame({"surface": [], "term": [], "canonical": []}, dtype="str")
    _check.columns(lexicon, "term", what="lexicon")
    blank = pd.Series("", index=lexicon.index)
    terms, canonical, variants = (
        lexicon.get(name, blank).fillna("").astype(str).tolist() for name in ("term", "canonical", "variants")
    )
    found: dict[str, tuple[str, str]] = {}
    for term, gathered in zip(terms, canonical, strict=True):
        found.setdefault(term.strip(), (term, gathered or term))
    for term, gathered, more in zip(terms, canonical, variants, strict=True):
        for variant in more.split("|"):
            found.setdefault(variant.strip(), (term, gathered or term))
    rows = sorted((surface, *entry) for surface, entry in found.items() if surface)
    broken = [surface for surface, *_ in rows if _CONTROL.search(surface)]
    if broken:
        raise ValueError(f"lexicon: a form holds a line break or a control character: {broken[0]!r}.")
    return pd.DataFrame(rows, columns=["surface", "term", "canonical"], dtype="str")


def key(lexicon: pd.DataFrame | None) -> str:
    """A short hash of what a lexicon finds: equal for equal forms, in whatever order they stand.

    Parameters
    ----------
    lexicon
        A frame as `read` gives it; None gives ``"none"``.

    Returns
    -------
    str
        Ten hexadecimal digits of the SHA-256 of all forms and their canonical forms.

    Examples
    --------
    >>> one, other = pd.DataFrame({"term": ["平安", "中国梦"]}), pd.DataFrame({"term": ["中国梦", "平安"]})
    >>> key(one) == key(other)
    True
    >>> key(None)
    'none'
    """
    if lexicon is None:
        return NO_LEXICON
    rows = surfaces(lexicon)[["surface", "canonical"]].to_numpy().tolist()
    return hashlib.sha256(repr(rows).encode("utf8", "surrogatepass")).hexdigest()[:10]


def check(lexicon: pd.DataFrame) -> pd.DataFrame:
    """Prove for each form that jieba's cut leaves it whole where it is used.

    A form is found where both its ends are ends of words. Each is tried in those of its entry's examples that
    hold it, or alone if none does, which proves little. What another form of the lexicon takes is not asked
    here: `formulations.refused` lists it. A form that is another form in quotes (“一带一路” and 一带一路) is
    named too: the longer form wins wherever the quotes stand, and counts of the bare one lose those places.

    Parameters
    ----------
    lexicon
        A frame as `read` gives it.

    Returns
    -------
    DataFrame
        A row per form and context: ``surface``, ``term``, ``context`` (an example, or the form itself where
        no example holds it), ``survives``, ``cut`` (the words from end to end, parted by ``/``), ``why``
        (empty, or which word an end falls into and whether jieba's dictionary has that word or its hidden
        Markov model guessed it, or that the form is another in quotes and is to go, or that it was tried
        alone). Those that do not survive come first.

    Examples
    --------
    >>> mine = pd.DataFrame({"term": ["高质量发展"], "examples": ["提高质量发展|推动高质量发展"]})
    >>> check(mine)[["context", "survives", "why"]].values.tolist()
    [['提高质量发展', False, 'its start falls into 提高质量, a word of the dictionary'],
     ['推动高质量发展', True, '']]
    """
    rows, forms = [], surfaces(lexicon)
    known = {*forms["surface"]}
    given = lexicon.get("examples", pd.Series("", lexicon.index)).fillna("").astype(str)
    examples = dict(zip(lexicon["term"], given, strict=True))
    for surface, term, _ in forms.itertuples(index=False):
        contexts = [text for text in examples.get(term, "").split("|") if surface in text]
        bare = surface[1:-1] if _QUOTED.fullmatch(surface) else ""
        told = TAKES.format(bare) if bare in known else "" if contexts else ALONE
        for context in contexts or [surface]:
            survives, cut, why = _survives(surface, context)
            rows.append((surface, term, context, survives, cut, why or told))
    found = pd.DataFrame(rows, columns=["surface", "term", "context", "survives", "cut", "why"])
    return found.sort_values(["survives", "surface", "context"], kind="stable", ignore_index=True)


def _survives(surface: str, context: str) -> tuple[bool, str, str]:
    """Whether the form stands whole in the context at least once; else the cut around its first place."""
    places = (found.start() for found in re.finditer(f"(?={re.escape(surface)})", context))
    tried = [_jieba.around(context, start, start + len(surface)) for start in places]
    shown, why = min(tried, key=lambda one: one[1] != "")
    return why == "", shown, why

"""What is the same text, written in one way, and who speaks in each paragraph?"""

from __future__ import annotations

import logging
import re
import unicodedata
from functools import cache, lru_cache
from importlib import resources
from typing import Any

import numpy as np
import pandas as pd
from scipy import sparse

from toolkit import _check

log = logging.getLogger(__name__)
# Full-width letters and digits, signs of arithmetic, radicals, ligatures, parted accents: one form of each.
# The marks of Chinese punctuation （，。；：？！“”…—［］〔〕） stay what they are.
_WIDE = re.compile(
    "[０-９Ａ-Ｚａ-ｚ％＋＝＆＠＃＄＊＿＾｜～\u2e80-\u2fdf\uf900-\ufaff\ufb00-\ufb06\uffe0-\uffe6]"
)
_NAMED = re.compile(r"<U\+([0-9A-Fa-f]{4,6})>")
_UNSEEN = re.compile(
    "[\u0000-\u0008\u000e-\u001f\u007f\u0080-\u0084\u0086-\u009f\u00ad\u034f\u061c\u180e\u200b-\u200f"
    "\u202a-\u202e\u2060-\u206f\ue000-\uf8ff\ufe00-\ufe0f\ufeff\ufff9-\ufffb\ud800-\udfff]"
)
_BREAK = re.compile("\r\n?|[\u000b\u000c\u0085\u2028\u2029]")
_BLANK = re.compile("[\t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
# In the text of PDFs.
_RADICALS = str.maketrans(
    "⺟⺠⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻩⻬⻰",
    "母民西见角贝车长门青韦页风飞食马骨鬼鱼鸟黄齐龙",
)
_RADICAL = re.compile("[\u2e80-\u2eff]")
_ODD = re.compile(
    "[^\n -~\u00b7\u2014\u2018-\u201d\u2022\u2026\u3001\u3002\u3008-\u3011\u3014\u3015\u4e00-\u9fff"
    "！（），：；？［］]"
)
_POINT = re.compile(r"(?<=\d)．(?=\d)")
_FORMS: list[tuple[re.Pattern[str], Any]] = [
    (_BREAK, "\n"), (_UNSEEN, ""), (_BLANK, " "),
    (_WIDE, lambda found: unicodedata.normalize("NFKC", found[0])),
]  # fmt: skip


def normalise(text: str) -> str:
    """One text in one form: what looks the same is written the same.

    Full-width digits and letters become ASCII, written-out characters such as ``<U+00A0>`` become the
    character, every blank becomes a space, and what cannot be seen (zero-width, private use) is taken off.
    Chinese punctuation, ℃, ①, ㎡ stay as they are: NFKC as a whole would turn ，into , and … into three dots.

    Parameters
    ----------
    text
        Any text.

    Returns
    -------
    str
        The text with the same lines; `normalise` of it changes nothing more.

    References
    ----------
    Unicode Standard Annex 15, Unicode Normalization Forms.

    Examples
    --------
    >>> normalise("<U+00A0>２０２３年，ＧＤＰ增长５．２％　。")
    ' 2023年，GDP增长5.2% 。'
    """
    if "<U+" in text:
        text = _NAMED.sub(lambda found: _named(int(found[1], 16)), text)
    odd = "".join({*_ODD.findall(text)} if len(text) < 500 else _odd(text))
    if not odd:
        return text
    for pattern, written in _FORMS:
        text = pattern.sub(written, text) if pattern.search(odd) else text
    text = text.translate(_RADICALS) if _RADICAL.search(odd) else text
    text = _POINT.sub(".", text) if "．" in odd else text
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


@lru_cache(maxsize=4)
def _points(text: str) -> np.ndarray:
    """The code points of a text, a number for each character; those beyond the first plane are U+D800."""
    units = np.frombuffer(text.encode("utf-16-le", "surrogatepass"), np.uint16)
    if len(units) != len(text):
        whole = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
        units = np.where(whole < 2**16, whole, 0xD800).astype(np.uint16)
    return units


@cache
def _is_odd() -> np.ndarray:
    """For each code point whether it is one of `_ODD`."""
    table = np.zeros(2**16, bool)
    table[[ord(sign) for sign in _ODD.findall("".join(map(chr, range(2**16))))]] = True
    return table


def _odd(text: str) -> set[str]:
    """The characters of `_ODD` in a long text."""
    points = _points(text)
    return set(map(chr, points[_is_odd()[points]].tolist()))


def _named(point: int) -> str:
    """Give the character of a code point; nothing for what is no character."""
    return chr(point) if point < 0x110000 and not 0xD800 <= point < 0xE000 else ""


@cache
def _family() -> str:
    """Pattern of a family name, simplified or traditional."""
    words = (resources.files("toolkit") / "_data" / "surnames.txt").read_text(encoding="utf8").split()
    return f"(?:{'|'.join(words[1:])}|[{words[0]}])"


def is_name(text: str) -> bool:
    """Whether a person's name may be written so: a family name with one or two characters, or parts with ·.

    Parameters
    ----------
    text
        A word.

    Examples
    --------
    >>> is_name("张三丰"), is_name("艾尔肯·吐尼亚孜"), is_name("阅读量")
    (True, True, False)
    """
    return bool(re.fullmatch(rf"{_family()}[一-鿿]{{1,2}}|[一-鿿]{{1,6}}(?:·[一-鿿]{{1,6}})+", text))


_SAYS = (
    r"(?:还|又|最后|特别|同时|进一步|明确|着重|反复|再次|一再)?(?:强调|強調|指出|要求|表示|认为|認為|提出|说|說|介绍|介紹|传达|傳達|通报"
    r"|部署|作[^，,。]{0,8}(?:说明|报告|发言|表态)|代表[^，,。]{2,24}(?:表示|发言|表态))"
)
_BETWEEN = (
    r"(?:同志|一行|主持会议时|讲话时|(?:在[^，,。；]{1,40}|从[^。]{4,160}?|充分肯定[^。；]{2,60}"
    r"|代表[^，,。]{2,24}|全面总结[^。]{2,60}。)[，,。]?)?"
)
_BODY = r"(?:会议|會議|全会|大会|座谈会|《[^》]{2,30}》|省委|市委|党中央|省政府|常委会会议)"
_POST = (
    r"(?:书记|省长|市长|县长|区长|州长|主席|总理|主任|组长|部长|厅长|局长|院长|检察长|委员|秘书长|会长|行长"
    r"|司令员|政委|总书记|書記|省長|縣長|區長|總理|組長|部長|廳長|局長|院長|檢察長|委員|會長)"
)
_NO_NAME = re.compile("列席|向大会|态化")  # each begins like a family name
_UNCOMMON_NAME = re.compile("[^和其他的会要各列席对在向动令态宣读神示指省市县区委]{3,5}")  # such as 嘎玛泽登


@cache
def _speech() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Patterns of who says something, and of a person who is named with a post."""
    name = rf"{_family()}[一-龥]{{1,2}}|[一-龥]{{2,5}}·[一-龥]{{2,6}}"
    saying = re.compile(
        rf"(?:^|[。；！]|[，,]|{_POST})\s*(?P<who>{name}|{_BODY}|(?P<he>[他她]))(?:{_BETWEEN}){_SAYS}"
        rf"|{_POST}(?P<posted>(?!会议|主持|出席)[一-龥·]{{2,8}}?)(?:同志)?{_SAYS}"
    )
    return saying, re.compile(rf"{_POST}(?P<who>{name})(?=出席|主持|在|从|作|到|[、，,。]|等)")


def _speakers(text: str, before: str) -> list[str]:
    """Who speaks in a paragraph, in order; he and she are the last one named with a post, else `before`."""
    saying, posted = _speech()
    people = [(found.start(), found["who"]) for found in posted.finditer(text)]
    who: list[str] = []
    for found in saying.finditer(text):
        name = found["who"] or found["posted"]
        if _NO_NAME.search(name) or (
            found["posted"] and not (is_name(name) or _UNCOMMON_NAME.fullmatch(name))
        ):
            continue
        if found["he"]:
            named = [person for start, person in people if start < found.start()]
            name = who[-1] if who else named[0] if named else before
        if name and name not in who:
            who.append(name)
    return who


def paragraphs(docs: pd.DataFrame) -> pd.DataFrame:
    """One row a paragraph, with who speaks in it.

    Parameters
    ----------
    docs
        Documents: ``doc_id``, ``text`` (a paragraph a line).

    Returns
    -------
    DataFrame
        ``doc_id``, ``paragraph`` (from 1), ``speaker`` (许勤, 会议; several parted by 、; who spoke
        last goes on until another speaks; NA before anybody does), ``text``, then the other columns.

    Raises
    ------
    KeyError
        If a column is missing.

    Notes
    -----
    A speaker is who stands before a verb of saying (强调, 指出, 要求 …), so a paragraph of narration after a
    speech still bears the speaker's name.

    Examples
    --------
    >>> text = "会议在太原召开。\\n骆惠宁强调，要坚持党的领导。\\n二要防范风险。"
    >>> docs = pd.DataFrame({"doc_id": ["a"], "text": [text]})
    >>> paragraphs(docs)[["paragraph", "speaker"]].values.tolist()
    [[1, <NA>], [2, '骆惠宁'], [3, '骆惠宁']]
    """
    _check.columns(docs, "doc_id", "text", what="docs")
    others = [name for name in docs.columns if name not in ("doc_id", "text", "paragraph", "speaker")]
    at, numbers, speakers, texts = [], [], [], []
    for place, text in enumerate(docs["text"]):
        before = ""
        lines = [] if pd.isna(text) else [line for line in map(str.strip, str(text).split("\n")) if line]
        for number, line in enumerate(lines, 1):
            who = _speakers(line, before)
            at.append(place)
            numbers.append(number)
            speakers.append("、".join(who) or before or None)
            texts.append(line)
            before = who[-1] if who else before
    more = docs[["doc_id", *others]].iloc[at].reset_index(drop=True)
    more.insert(1, "paragraph", pd.Series(numbers, dtype="int64"))
    more.insert(2, "speaker", pd.Series(speakers, dtype="string"))
    more.insert(3, "text", pd.Series(texts, dtype="string"))
    return more


def _shingles(text: str, k: int) -> np.ndarray:
    """Hashes of the runs of `k` characters of a text, each once; marks and blanks do not count."""
    points = np.frombuffer("".join(filter(str.isalnum, text)).encode("utf-32-le"), dtype=np.uint32)
    if len(points) < k:
        return np.empty(0, np.uint64)
    runs = np.lib.stride_tricks.sliding_window_view(points.astype(np.uint64), k)
    weights = np.uint64(0x9E3779B97F4A7C15) ** np.arange(1, k + 1, dtype=np.uint64)
    mixed = (runs * weights).sum(axis=1, dtype=np.uint64)
    return np.unique(mixed ^ (mixed >> np.uint64(29)))


def duplicates(docs: pd.DataFrame, *, least: float = 0.5, k: int = 8, common: int = 200) -> pd.DataFrame:
    """Which documents reprint which: pairs that share much of their text; nothing is deleted.

    Parameters
    ----------
    docs
        Documents: ``doc_id``, ``text`` and, where there is one, ``date``.
    least
        The least share of the shorter document's runs that stand in the longer one as well.
    k
        Length of a run in characters, marks and blanks aside; a changed headline or byline costs few of them.
    common
        Runs that more documents than this share are set phrases and do not make a pair (they do count in it).

    Returns
    -------
    DataFrame
        ``source_id`` (the first: the earlier by ``date``, then by ``doc_id``; what has no date comes last),
        ``target_id``, ``overlap`` (Jaccard), ``contained`` (share of the shorter document), ``covered``
        (share of the target), most alike first.

    Raises
    ------
    KeyError
        If a column is missing.
    ValueError
        If `least` is not above 0.

    References
    ----------
    Broder, A. (1997). On the resemblance and containment of documents. *Compression and Complexity of
    Sequences*, 21-29.

    Examples
    --------
    >>> text = "会议强调，要统筹发展和安全，坚决维护社会大局稳定。"
    >>> docs = pd.DataFrame({"doc_id": ["a", "b"], "text": [text, "本报讯 " + text]})
    >>> duplicates(docs)[["source_id", "target_id", "contained"]].values.tolist()
    [['a', 'b', 1.0]]
    """
    _check.columns(docs, "doc_id", "text", what="docs")
    _check.at_least(least, 1e-9, "least")
    held = docs.reset_index(drop=True)
    sets = [_shingles("" if pd.isna(text) else str(text), k) for text in held["text"]]
    sizes = np.array([len(one) for one in sets])
    names = ["source_id", "target_id", "overlap", "contained", "covered"]
    if not sizes.sum():
        return pd.DataFrame(columns=names)
    runs, column = np.unique(np.concatenate(sets), return_inverse=True)
    rows = np.repeat(np.arange(len(sets)), sizes)
    whole = sparse.csr_matrix((np.ones(len(rows), np.int32), (rows, column)), shape=(len(sets), len(runs)))
    times = np.bincount(column)
    telling = whole[:, (times > 1) & (times <= common)]
    pairs = sparse.triu(telling @ telling.T, 1).tocoo()
    kept = pairs.data >= least * np.minimum(sizes[pairs.row], sizes[pairs.col]) / 4
    one, two = pairs.row[kept], pairs.col[kept]
    shared = np.array([len(np.intersect1d(sets[i], sets[j], True)) for i, j in zip(one, two, strict=True)])
    contained = shared / np.minimum(sizes[one], sizes[two])
    overlap = shared / (sizes[one] + sizes[two] - shared)
    dates = held["date"].astype("string").fillna("9") if "date" in held else pd.Series("9", index=held.index)
    ids = held["doc_id"].to_numpy()
    place = np.empty(len(held), np.int64)
    place[np.lexsort((ids.astype(str), dates.to_numpy(dtype=str)))] = np.arange(len(held))
    late = place[one] > place[two]
    source, target = np.where(late, two, one), np.where(late, one, two)
    covered = shared / sizes[target]
    out = pd.DataFrame(dict(zip(names, (ids[source], ids[target], overlap, contained, covered), strict=True)))
    order, down = ["contained", "overlap", "source_id", "target_id"], [False, False, True, True]
    return out[out["contained"] >= least].sort_values(order, ascending=down, ignore_index=True)


def first(docs: pd.DataFrame, *, pairs: pd.DataFrame | None = None, least: float = 0.5) -> pd.DataFrame:
    """Keep the first of each text: leave out every document that stands mostly in one earlier document.

    Every measure that reads documents takes ``duplicates="first"`` and then reads what this gives; with
    ``duplicates="all"`` it reads them all. A longer text that takes up a short earlier one stays, since most
    of it is new.

    Parameters
    ----------
    docs
        A row per document or paragraph: ``doc_id``, ``text`` and, where there is one, ``date``.
    pairs
        As `duplicates` gives them; without it they are worked out.
    least
        The share of a document's runs that must stand in an earlier one for it to be left out.

    Returns
    -------
    DataFrame
        The rows of `docs` that stay, as they are. How many are left out is logged.

    Raises
    ------
    KeyError
        If a column is missing.
    ValueError
        If `least` is not above 0.

    Examples
    --------
    >>> docs = pd.DataFrame({"doc_id": ["a", "b"], "date": ["2019-02-20", "2019-02-19"]})
    >>> docs["text"] = "会议强调，要统筹发展和安全。"
    >>> first(docs)["doc_id"].tolist()
    ['b']
    """
    _check.columns(docs, "doc_id", "text", what="docs")
    _check.at_least(least, 1e-9, "least")
    if pairs is None:
        whole = {"text": "\n".join} | ({"date": "first"} if "date" in docs else {})
        held = docs.dropna(subset="text")
        parted = held["doc_id"].duplicated().any()
        pairs = duplicates(held.groupby("doc_id", as_index=False).agg(whole) if parted else held, least=least)
    _check.columns(pairs, "target_id", "covered", what="pairs")
    kept = ~docs["doc_id"].isin(pairs.loc[pairs["covered"] >= least, "target_id"])
    log.info(
        "duplicates: %d of %d documents stand mostly in an earlier one and are left out",
        docs.loc[~kept, "doc_id"].nunique(), docs["doc_id"].nunique(),
    )  # fmt: skip
    return docs[kept]


DUPLICATES = {"all": lambda docs: docs, "first": first}


def _chosen(docs: pd.DataFrame, duplicates: str) -> pd.DataFrame:
    """The documents that a measure reads: all, or the first of each text."""
    return DUPLICATES[_check.one_of(duplicates, DUPLICATES, "duplicates")](docs)

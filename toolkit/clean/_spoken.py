"""Who speaks in each paragraph?"""

from __future__ import annotations

import re
from functools import cache

import pandas as pd

from toolkit import _check
from toolkit.clean import _written

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
    name = rf"{_written.family()}[一-龥]{{1,2}}|[一-龥]{{2,5}}·[一-龥]{{2,6}}"
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
            found["posted"] and not (_written.is_name(name) or _UNCOMMON_NAME.fullmatch(name))
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

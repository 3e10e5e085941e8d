"""One text in one form, and what a person's name looks like."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from importlib import resources

import numpy as np

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
_BREAK = re.compile("[\r\u000b\u000c\u0085\u2028\u2029]")
_BLANK = re.compile("[\t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
# In the text of PDFs.
_RADICALS = str.maketrans(
    "⺟⺠⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻩⻬⻰", "母民西见角贝车长门青韦页风飞食马骨鬼鱼鸟黄齐龙"
)
_ODD = re.compile(
    "[^\n -~\u00b7\u2014\u2018-\u201d\u2022\u2026\u3001\u3002\u3008-\u3011\u3014\u3015\u4e00-\u9fff"
    "！（），：；？［］]"
)
FEW = 30  # signs that are sooner replaced one by one
_POINT = re.compile(r"(?<=\d)．(?=\d)")


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
    short = len(text) < 500
    strange = [] if short else points(text)[_is_odd().take(points(text).astype(np.intp))].tolist()
    odd = "".join({*(_ODD.findall(text) if short else map(chr, strange))})
    if not odd:
        return text
    text = text.replace("\r\n", "\n") if "\r" in odd else text
    forms = {sign: form for sign in odd if (form := _form(sign)) != sign}
    for sign in forms if len(forms) < FEW else ():
        text = text.replace(sign, forms[sign])
    text = text.translate({ord(sign): form for sign, form in forms.items()}) if len(forms) >= FEW else text
    text = _POINT.sub(".", text) if "．" in odd else text
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


@lru_cache(maxsize=2**16)
def _form(sign: str) -> str:
    """How a sign is written."""
    if _BREAK.match(sign) or _BLANK.match(sign) or _UNSEEN.match(sign):
        return "\n" if _BREAK.match(sign) else " " if _BLANK.match(sign) else ""
    return unicodedata.normalize("NFKC", sign).translate(_RADICALS) if _WIDE.match(sign) else sign


@lru_cache(maxsize=4)
def points(text: str) -> np.ndarray:
    """The code points of a text, a number for each character; those beyond the first plane are U+D800."""
    raw = text.encode("utf-16-le", "surrogatepass")
    if len(raw) == 2 * len(text):
        return np.frombuffer(raw, np.uint16)
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    return np.where(points < 2**16, points, 0xD800).astype(np.uint16)


@cache
def _is_odd() -> np.ndarray:
    """For each code point whether it is one of `_ODD`."""
    table = np.zeros(2**16, bool)
    table[[ord(sign) for sign in _ODD.findall("".join(map(chr, range(2**16))))]] = True
    return table


def _named(point: int) -> str:
    """Give the character of a code point; nothing for what is no character."""
    return chr(point) if point < 0x110000 and not 0xD800 <= point < 0xE000 else ""


@cache
def family() -> str:
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
    return bool(re.fullmatch(rf"{family()}[一-鿿]{{1,2}}|[一-鿿]{{1,6}}(?:·[一-鿿]{{1,6}})+", text))

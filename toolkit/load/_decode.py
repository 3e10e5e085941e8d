"""From bytes to text: in the order of trust, and never into mojibake in silence."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from functools import cache
from itertools import product

import charset_normalizer

MARKS = {
    codecs.BOM_UTF8: "utf-8", codecs.BOM_UTF32_LE: "utf-32", codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16", b"\x84\x31\x95\x33": "gb18030",
}  # fmt: skip
WIDER = dict.fromkeys(["gb2312", "gbk", "gb_2312-80", "cp936", "x-gbk"], "gb18030")
_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_.:-]{3,20})""", re.I)
WRONG = ["latin-1", "cp1252", "latin-1", "utf-8", "gb18030"]
RIGHT = ["utf-8", "utf-8", "gb18030", "gb18030", "utf-8"]  # GB18030 may be UTF-8 by chance
PLAUSIBLE = 0.8  # the least share of usual characters that a Chinese text has
CLEAR = 0.95  # such a share in three short pieces needs no longer look
DAMAGED = 0.02  # the most that may be unreadable in a text that is still taken


@cache
def _unusual() -> re.Pattern[str]:
    """What is neither ASCII nor one of the commonest characters of GB2312 or Big5 nor a mark between them."""
    trails = [*range(0x40, 0x7F), *range(0xA1, 0xFF)]
    level_one = bytes(byte for pair in product(range(0xB0, 0xD8), trails[0x3F:]) for byte in pair)
    big_five = bytes(byte for pair in product(range(0xA4, 0xC6), trails) for byte in pair)
    marks = "，。、；：？！“”‘’（）《》〈〉【】〔〕［］｛｝—…·－～％　\u00a0\u2002\u2003０１２３４５６７８９"
    usual = {*level_one.decode("gb2312", "ignore"), *big_five.decode("big5", "ignore"), *marks}
    return re.compile(f"[^\x00-\x7f{re.escape(''.join(sorted(usual)))}]")


def plausible(text: str, size: int = 8000) -> float:
    """Give the share of usual characters among those not ASCII, in the worst of three places; 1 for none."""
    shares = [1.0]
    for start in {0, max(0, (len(text) - size) // 2), max(0, len(text) - size)}:
        some = text[start : start + size]
        written = len(some) - len(some.encode("ascii", "ignore"))
        shares += [1 - len(_unusual().findall(some)) / written] if written else []
    return min(shares)


def _attempts(raw: bytes) -> Iterator[tuple[str, str]]:
    """Texts that `raw` may be, each with the name of the encoding, the likeliest first."""
    declared = _DECLARED.search(raw[:4096])
    name = declared[1].decode("ascii").lower() if declared else ""
    wide = ["utf-16-le", "utf-16-be"] if len(raw) % 2 == 0 else []
    for encoding in dict.fromkeys([WIDER.get(name, name), "gb18030", *wide, "big5hkscs"]):
        try:
            yield raw.decode(encoding), encoding
        except (LookupError, ValueError):
            continue
    best = charset_normalizer.from_bytes(raw[:200_000]).best()
    if best is not None:
        yield raw.decode(best.encoding, "replace"), best.encoding


def _repaired(text: str) -> tuple[str, str] | None:
    """Undo a decoding that was wrong before the file was saved, where that gives Chinese."""
    for wrong, right in zip(WRONG, RIGHT, strict=True):
        try:
            better = text.encode(wrong).decode(right)
        except ValueError:
            continue
        if plausible(better) > max(PLAUSIBLE, plausible(text)) and re.search("[一-鿿]", better):
            return better, f"{right} read as {wrong}"
    return None


def text(raw: bytes) -> tuple[str, str, str]:
    """Decode `raw`: the text, the encoding, and what to know about it (empty when all is well).

    Raises
    ------
    ValueError
        If no encoding gives readable text.
    """
    for mark, encoding in MARKS.items():
        if raw.startswith(mark):
            out = raw.decode(encoding, "replace")
            return out.lstrip("\ufeff"), encoding, _damage(out)
    if raw[:2000].count(0) > len(raw[:2000]) // 5:  # Latin text in two bytes a letter
        raw_encoding = "utf-16-le" if raw[1:2000:2].count(0) > raw[:2000:2].count(0) else "utf-16-be"
        out = raw.decode(raw_encoding, "replace")
        if plausible(out) >= PLAUSIBLE and out.count("\0") < len(out) / 10:
            return out, raw_encoding, _damage(out)
        raise ValueError("this is binary, not text")
    try:
        out = raw.decode("utf-8")
    except UnicodeDecodeError:
        return _not_utf8(raw)
    if plausible(out, 1000) < CLEAR and plausible(out) < PLAUSIBLE and (repaired := _repaired(out)):
        return (*repaired, "mojibake, repaired")
    return out, "utf-8", _damage(out)


def _by_lines(raw: bytes) -> str | None:
    """Decode each line by itself, where some are UTF-8 and some GB18030 and all are readable then."""
    out, kinds = [], set()
    for line in raw.split(b"\n"):
        for encoding in ("utf-8", "gb18030"):
            try:
                out.append(line.decode(encoding))
            except UnicodeDecodeError:
                continue
            kinds |= set() if line.isascii() else {encoding}
            break
        else:
            return None
    text = "\n".join(out)
    return text if len(kinds) == 2 and plausible(text) >= PLAUSIBLE else None


def _not_utf8(raw: bytes) -> tuple[str, str, str]:
    """Decode what is not clean UTF-8: the damaged UTF-8, then the first plausible of the other encodings."""
    out = raw.decode("utf-8", "replace")
    lost, written = out.count("\ufffd"), len(out) - len(out.encode("ascii", "ignore"))
    readable = plausible(out.replace("\ufffd", "")) >= PLAUSIBLE
    if lost <= max(2, DAMAGED * written) and written > 4 * lost and readable:
        return out, "utf-8", _damage(out)
    if plausible(raw.decode("gb18030", "replace")) < PLAUSIBLE and (mixed := _by_lines(raw)):
        return mixed, "gb18030 and utf-8", "damaged: two encodings in one file, read line by line"
    tried = [(plausible(out), out, "utf-8")] if written > 4 * lost else []
    for out, encoding in _attempts(raw):
        share = plausible(out)
        if share >= PLAUSIBLE and out.count("\ufffd") <= DAMAGED * len(out):
            return out, encoding, _damage(out)
        tried.append((share, out, encoding))
    out = raw.decode("gb18030", "replace")
    if out.count("\ufffd") <= DAMAGED * len(out) and plausible(out.replace("\ufffd", "")) >= PLAUSIBLE:
        return out, "gb18030", _damage(out)
    share, out, encoding = max([(plausible(out), out, "gb18030"), *tried])
    if share < PLAUSIBLE / 2 or out.count("\ufffd") > len(out) / 10 or out.count("\0") > len(out) / 100:
        raise ValueError("no encoding makes readable text of it")
    return out, encoding, _damage(out) or "damaged: many characters are unusual, the encoding is a guess"


def _damage(text: str) -> str:
    """Say how many characters were lost, if any."""
    lost = text.count("\ufffd")
    return f"damaged: {lost} characters could not be decoded" if lost else ""

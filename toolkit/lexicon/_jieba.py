"""jieba's own cut, which decides for all engines, and why it breaks a set phrase."""

from __future__ import annotations

import re
import threading
from bisect import bisect_left, bisect_right
from functools import cache, lru_cache
from itertools import accumulate
from typing import Any

IN_BLOCK = re.compile("[\u4e00-\u9fd5a-zA-Z0-9+#&._%-]")  # what jieba takes together with its neighbours
_RUN = re.compile(f"{IN_BLOCK.pattern}+")
_LOCK = threading.Lock()


@cache
def tokenizer() -> Any:
    """A jieba of our own, read from its shipped dictionary and not from a cache that others may have left."""
    import jieba

    ours = jieba.Tokenizer()
    ours.FREQ, ours.total = ours.gen_pfdict(ours.get_dict_file())
    ours.initialized = True
    return ours


def reference(text: str) -> list[str]:
    """Cut with jieba itself; what the session adds to jieba or deletes from it changes nothing."""
    import jieba.finalseg

    with _LOCK:
        forced, jieba.finalseg.Force_Split_Words = jieba.finalseg.Force_Split_Words, set()
        try:
            return list(tokenizer().cut(text, HMM=True))
        finally:
            jieba.finalseg.Force_Split_Words = forced


def block(text: str, start: int, end: int) -> tuple[int, int]:
    """The place with all that jieba cuts together with it: it cuts each run of such characters for itself."""
    while start > 0 and IN_BLOCK.match(text, start - 1):
        start -= 1
    while end < len(text) and IN_BLOCK.match(text, end):
        end += 1
    return start, end


@lru_cache(maxsize=8)
def _blocks(text: str) -> tuple[list[int], list[int]]:
    """Where the runs of characters that jieba cuts for themselves begin and end."""
    spans = [found.span() for found in _RUN.finditer(text)]
    return [span[0] for span in spans], [span[1] for span in spans]


@lru_cache(maxsize=256)
def _words(text: str) -> tuple[list[str], list[int]]:
    """The words of a block, and where each ends, 0 first."""
    words = reference(text)
    return words, [0, *accumulate(map(len, words))]


def around(text: str, start: int, end: int) -> tuple[str, str]:
    """The words that a place touches, parted by /, and which of them breaks it (empty where none does)."""
    begins, stops = _blocks(text)
    one, two = bisect_right(begins, start - 1) - 1, bisect_right(begins, end) - 1
    left = begins[one] if one >= 0 and stops[one] >= start else start
    right = stops[two] if two >= 0 and stops[two] > end else end
    words, ends = _words(text[left:right])
    start, end = start - left, end - left
    first, last = bisect_right(ends, start) - 1, bisect_left(ends, end)
    shown = "/".join(words[first:last])
    if ends[first] == start and ends[last] == end:
        return shown, ""
    side, word = ("start", words[first]) if ends[first] != start else ("end", words[last - 1])
    known = "a word of the dictionary" if tokenizer().FREQ.get(word) else "a guess of the model"
    return shown, f"its {side} falls into {word}, {known}"

"""jieba's own cut, which decides for all engines, and why it breaks a set phrase."""

from __future__ import annotations

import re
import threading
from functools import cache, lru_cache
from itertools import accumulate
from typing import Any

IN_BLOCK = re.compile("[\u4e00-\u9fd5a-zA-Z0-9+#&._%-]")  # what jieba takes together with its neighbours
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


def around(text: str, start: int, end: int) -> tuple[str, str]:
    """The words that a place touches, parted by /, and which of them breaks it (empty where none does)."""
    left, right = block(text, start, end)
    return _around(text[left:right], start - left, end - left)


@lru_cache(maxsize=100_000)
def _around(text: str, start: int, end: int) -> tuple[str, str]:
    words = reference(text)
    ends = [0, *accumulate(map(len, words))]
    first = max(i for i, at in enumerate(ends) if at <= start)
    last = min(i for i, at in enumerate(ends) if at >= end)
    shown = "/".join(words[first:last])
    if ends[first] == start and ends[last] == end:
        return shown, ""
    side, word = ("start", words[first]) if ends[first] != start else ("end", words[last - 1])
    known = "a word of the dictionary" if tokenizer().FREQ.get(word) else "a guess of the model"
    return shown, f"its {side} falls into {word}, {known}"

"""Where do any of some thousand terms stand in a text?"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable

import numpy as np

from toolkit.clean import _written

MIX = np.uint16(31)  # what hashes are mixed with; they wrap around
WIDE, BITS = np.uint32(2654435761), np.uint32(12)  # of hashes of 20 bits, looked at where the others hit
SHORT = 150  # characters below which a text is read sign by sign
Finder = Callable[[str], list[tuple[int, str]]]


def finder(terms: Iterable[str], *, apart: bool = False, joints: Container[str] = ()) -> Finder:
    """Give what finds the places of `terms` (two characters or more) in a text, the longest first.

    Where they are to stand `apart`, the one that begins first is taken, and none that overlaps with it;
    but of `joints`, terms that end in the middle of a word, none that ends within.
    """
    known, sizes = {*terms}, dict[str, list[int]]()  # how long the terms are that begin with three signs
    pairs = {term[:2] for term in known}
    for term in sorted(known, key=len, reverse=True):
        own = sizes.setdefault(term[:3], [2] if term[:2] in known else [])
        own[:] = sorted({*own, len(term)}, reverse=True)
    pair, begins = np.zeros(2**16, bool), np.zeros(2**20, bool)  # by hash: what is in no table begins no term
    for size in (2, 3):
        signs = _written.points("".join(begin for begin in sizes if len(begin) == size)).reshape(-1, size)
        pair[signs[:, 0] * MIX + signs[:, 1]] = True
        wide = (signs[:, 0] * WIDE + signs[:, 1]) * WIDE
        begins[(wide if size == 2 else (wide + signs[:, 2]) * WIDE) >> BITS] = True

    def candidates(text: str) -> Iterable[int]:
        if len(text) < SHORT:
            return [at for at in range(len(text) - 1) if text[at : at + 2] in pairs]
        points = _written.points(text)
        hashes = points[:-1] * MIX + points[1:]
        may = pair.take(hashes.astype(np.intp)).nonzero()[0]  # faster so than pair[hashes]
        wide = (points[may] * WIDE + points[may + 1]) * WIDE
        three = (wide + points[np.minimum(may + 2, len(points) - 1)]) * WIDE
        return may[begins[wide >> BITS] | begins[three >> BITS]].tolist()

    def places(text: str) -> list[tuple[int, str]]:
        found, reached, ended = [], 0, 0
        for at in candidates(text):
            if at < reached:
                continue
            for size in sizes.get(text[at : at + 3]) or sizes.get(text[at : at + 2]) or ():
                term = text[at : at + size]
                if at + size > ended and term in known and len(term) == size:
                    found.append((at, term))
                    if apart:
                        ended = at + size
                        reached = at + 1 if term in joints else ended
                        break
        return found

    return places

"""The compiled engine: code points → ends of words, and places of set phrases, the lock released.

Everything here repeats `jieba.Tokenizer.cut` and `jieba.finalseg.cut` (0.42.1) step by step, with jieba's
dictionary as a double-array trie (Aoe 1989) that `_large` keeps. A text is an array of code points. Words
it without a gap, so an array of their ends says everything. numba looks for changes in this file only, so no
compiled function here calls one of another file.
"""

from __future__ import annotations

from collections.abc import Callable

import numba
import numpy as np

FIRST_HAN, LAST_HAN = 0x4E00, 0x9FD5
NO_WORD = 1.0  # in place of a log probability: a node that only begins words
IMPOSSIBLE = -3.14e100  # finalseg.MIN_FLOAT
REFUSED, OVERLAPPED = -1, -2  # as in _match
B, M, E, S = range(4)  # the states of the hidden Markov model: begin, middle, end, single
_BEFORE = np.array([[E, S], [B, M], [B, M], [E, S]])  # which states may precede, by their letters


def compiled(function: Callable) -> Callable:
    """Compile once and keep on disk, or, where nowhere can be written, for this session."""
    try:
        return numba.njit(nogil=True, cache=True)(function)
    except RuntimeError:
        return numba.njit(nogil=True)(function)


@compiled
def _is_alnum(c):  # type: ignore[no-untyped-def]
    return 48 <= c <= 57 or 65 <= c <= 90 or 97 <= c <= 122


@compiled
def _is_han(c):  # type: ignore[no-untyped-def]
    return FIRST_HAN <= c <= LAST_HAN


@compiled
def _in_block(c):  # type: ignore[no-untyped-def]
    """Whether jieba takes the character together with its neighbours: Han, letter, digit, one of +#&._%-"""
    return _is_han(c) or _is_alnum(c) or c in (43, 35, 38, 46, 95, 37, 45)


@compiled
def place(first, codes, slot, cells):  # type: ignore[no-untyped-def]
    """Lay a trie out as a double array: fill `slot` with the place of each node, return the cells, grown.

    `cells` holds base and parent of each slot. Nodes come level by level, the root first; node q + 1 hangs on
    its parent by codes[q], and node p has the children q + 1 for q in first[p] … first[p + 1] - 1.
    """
    free = 1
    for p in range(len(slot)):
        a, b = first[p], first[p + 1]
        if a == b:
            continue
        while cells[free, 1] != -1:
            free += 1
        at, tried = max(free, codes[a] + 1), 0
        while True:
            if at + codes[b - 1] - codes[a] >= len(cells):
                more = np.full((len(cells), 2), -1, np.int32)
                cells = np.concatenate((cells, more))
            if cells[at, 1] == -1:
                tried += 1
                fits = True
                for q in range(a + 1, b):
                    if cells[at - codes[a] + codes[q], 1] != -1:
                        fits = False
                        break
                if fits:
                    break
            at += 1
        if tried > 2000:  # the region is nearly full: look no more in the first half of it
            free = max(free, at - (at - free) // 2)
        cells[slot[p], 0] = at - codes[a]
        for q in range(a, b):
            slot[q + 1] = at - codes[a] + codes[q]
            cells[slot[q + 1], 1] = slot[p]
    return cells


@compiled
def _known(text, a, b, cells, score, codes):  # type: ignore[no-untyped-def]
    """Whether text[a:b] is a word of the dictionary."""
    node = 0
    for at in range(a, b):
        after = cells[node, 0] + codes[text[at]]
        if cells[after, 1] != node:
            return False
        node = after
    return score[node] < 0


@compiled
def _route(text, a, b, model, scratch):  # type: ignore[no-untyped-def]
    """The most probable path through text[a:b] (jieba's calc): step[x] is where the word from x ends.

    The places of all pairs of neighbours are looked up first: these reads wait for memory together.
    """
    cells, score, codes, unseen, _ = model
    best, step, code, pair, _ = scratch
    n, root = b - a, cells[0, 0]
    for x in range(n):
        code[x] = codes[text[a + x]]
    for x in range(n - 1):
        one = root + code[x]
        two = cells[one, 0] + code[x + 1]
        pair[x] = two if cells[one, 1] == 0 and cells[two, 1] == one else 0
    best[n], pair[n - 1] = 0.0, 0
    for x in range(n - 1, -1, -1):
        one, node, y = root + code[x], pair[x], x + 2
        alone = cells[one, 1] == 0 and score[one] < 0
        value, end = (score[one] if alone else unseen) + best[x + 1], x + 1 if alone else 0
        while node:
            if score[node] < 0:
                tried = score[node] + best[y]
                if end == 0 or tried >= value:  # of equals jieba takes the longer
                    value, end = tried, y
            if y == n:
                break
            after = cells[node, 0] + code[y]
            node = after if cells[after, 1] == node else 0
            y += 1
        best[x], step[x] = value, max(end, x + 1)


@compiled
def _viterbi(text, a, b, chances, back, ends, m):  # type: ignore[no-untyped-def]
    """Guess words in a run of Han with finalseg's hidden Markov model; return the new number of words."""
    start, change, emit = chances
    then, now = start + emit[text[a] - FIRST_HAN], np.empty(4)
    for t in range(1, b - a):
        chance = emit[text[a + t] - FIRST_HAN]
        for y in range(4):
            p, q = _BEFORE[y, 0], _BEFORE[y, 1]
            one, other = then[p] + change[p, y] + chance[y], then[q] + change[q, y] + chance[y]
            back[t, y] = p if one > other else q  # of equals jieba takes the later letter
            now[y] = max(one, other)
        then, now = now, then
    state = E if then[E] > then[S] else S
    for t in range(b - a - 1, -1, -1):
        before = back[t, state]
        back[t, 0] = state
        state = before
    for t in range(b - a):
        if back[t, 0] == E or back[t, 0] == S or t == b - a - 1:
            ends[m] = a + t + 1
            m += 1
    return m


@compiled
def _guess(text, a, b, model, back, ends, m):  # type: ignore[no-untyped-def]
    """Cut text[a:b], where the route found single characters only, as finalseg does."""
    cells, score, codes, _, chances = model
    if b - a == 1 or _known(text, a, b, cells, score, codes):
        for at in range(a, b):
            ends[m] = at + 1
            m += 1
        return m
    while a < b:
        z = a + 1
        if _is_han(text[a]):
            while z < b and _is_han(text[z]):
                z += 1
            m = _viterbi(text, a, z, chances, back, ends, m)
        else:
            if _is_alnum(text[a]):  # [a-zA-Z0-9]+(?:\\.\\d+)?%?
                while z < b and _is_alnum(text[z]):
                    z += 1
                if z + 1 < b and text[z] == 46 and 48 <= text[z + 1] <= 57:
                    z += 1
                    while z < b and 48 <= text[z] <= 57:
                        z += 1
                if z < b and text[z] == 37:
                    z += 1
            else:
                while z < b and not _is_alnum(text[z]) and not _is_han(text[z]):
                    z += 1
            ends[m] = z
            m += 1
        a = z
    return m


@compiled
def _cut(text, a, b, model, scratch, ends, m):  # type: ignore[no-untyped-def]
    """Write the ends of the words of text[a:b] from ends[m] on; return the new number of words."""
    step, back = scratch[1], scratch[4]
    while a < b:
        z = a + 1
        if not _in_block(text[a]):
            if text[a] == 13 and z < b and text[z] == 10:
                z += 1
            ends[m] = z
            m += 1
            a = z
            continue
        while z < b and _in_block(text[z]):
            z += 1
        _route(text, a, z, model, scratch)
        x = waiting = a
        while x < z:
            y = a + step[x - a]
            if y - x > 1:
                if waiting < x:
                    m = _guess(text, waiting, x, model, back, ends, m)
                ends[m] = y
                m += 1
                waiting = y
            x = y
        if waiting < z:
            m = _guess(text, waiting, z, model, back, ends, m)
        a = z
    return m


@compiled
def _scratch(n):  # type: ignore[no-untyped-def]
    """Room for the longest possible block; pages that no block reaches are never touched."""
    step, code, pair = np.empty(n + 1, np.int32), np.empty(n + 1, np.int32), np.empty(n + 1, np.int32)
    return np.empty(n + 1), step, code, pair, np.empty((n + 1, 4), np.int8)


@compiled
def _find(text, a, b, forms, edge, hits, k):  # type: ignore[no-untyped-def]
    """Add to hits (start, end, form, owner) every form that begins at an edge in text[a:b]."""
    cells, form, codes = forms
    for at in range(a, b):
        if not edge[at]:
            continue
        node = 0
        for z in range(at, b):
            code = codes[text[z]] if text[z] < len(codes) else 0
            after = cells[node, 0] + code
            if code == 0 or cells[after, 1] != node:
                break
            node = after
            if form[node] >= 0:
                if k == len(hits):
                    hits = np.concatenate((hits, np.empty_like(hits)))
                hits[k, 0], hits[k, 1], hits[k, 2], hits[k, 3] = at, z + 1, form[node], REFUSED
                k += 1
    return hits, k


@compiled
def _own(hits, first, last, edge, taken):  # type: ignore[no-untyped-def]
    """Give each of hits[first:last] whose ends are ends of words its owner, as `_match.settle` does."""
    agree = np.array([q for q in range(first, last) if edge[hits[q, 0]] and edge[hits[q, 1]]], np.int64)
    size = hits[agree, 0] - hits[agree, 1]
    for k in agree[np.argsort(size, kind="mergesort")]:
        one, other = taken[hits[k, 0]], taken[hits[k, 1] - 1]
        if one == 0 and other == 0:
            hits[k, 3] = k
            taken[hits[k, 0] : hits[k, 1]] = k + 1
        else:
            hits[k, 3] = one - 1 if one == other else OVERLAPPED


@compiled
def words(text, bounds, model, forms):  # type: ignore[no-untyped-def]
    """The ends of all words of the documents text[bounds[d]:bounds[d + 1]], and how many each has."""
    n, m = len(text), 0
    scratch, ends, sizes = _scratch(n), np.empty(n, np.int32), np.zeros(len(bounds) - 1, np.int64)
    edge, taken, hits = np.zeros(n + 1, np.uint8), np.zeros(n + 1, np.int32), np.empty((1024, 4), np.int32)
    for d in range(len(bounds) - 1):
        before, k = m, 0
        m = _cut(text, bounds[d], bounds[d + 1], model, scratch, ends, m)
        if len(forms[2]):
            edge[bounds[d]] = 1
            for i in range(before, m):
                edge[ends[i]] = 1
            hits, k = _find(text, bounds[d], bounds[d + 1], forms, edge, hits, k)
        if k:
            _own(hits, 0, k, edge, taken)
            kept = before
            for i in range(before, m):
                e = ends[i]
                if e == bounds[d + 1] or taken[e - 1] == 0 or taken[e - 1] != taken[e]:
                    ends[kept] = e
                    kept += 1
            m = kept
        sizes[d] = m - before
    return ends[:m].copy(), sizes


@compiled
def track(text, bounds, model, forms):  # type: ignore[no-untyped-def]
    """All raw matches with their owners; only the blocks that a match touches are cut."""
    n, k = len(text), 0
    scratch, ends, anywhere = _scratch(n), np.empty(n, np.int32), np.ones(n + 1, np.uint8)
    edge, taken, hits = np.zeros(n + 1, np.uint8), np.zeros(n + 1, np.int32), np.empty((1024, 4), np.int32)
    for d in range(len(bounds) - 1):
        a, b, before = bounds[d], bounds[d + 1], k
        hits, k = _find(text, a, b, forms, anywhere, hits, k)
        for q in range(before, k):
            left, right = hits[q, 0], hits[q, 1]
            while left > a and _in_block(text[left]) and _in_block(text[left - 1]):
                left -= 1
            while right < b and _in_block(text[right - 1]) and _in_block(text[right]):
                right += 1
            left = max(left, a)
            if left < right:
                edge[left] = 1
                for i in range(_cut(text, left, right, model, scratch, ends, 0)):
                    edge[ends[i]] = 1
                a = right
        _own(hits, before, k, edge, taken)
    return hits[:k].copy()

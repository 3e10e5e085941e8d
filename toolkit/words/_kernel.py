"""The compiled engine: code points → ends of words, and places of set phrases, the lock released.

Everything here repeats `jieba.Tokenizer.cut` and `jieba.finalseg.cut` (0.42.1) step by step, with jieba's
dictionary as a double-array trie (Aoe 1989) that `_large` keeps. A text is an array of code points. Words
fill it without a gap, so an array of their ends says everything. Inner functions take arrays one by one: the
references of a tuple are counted at each call, which took a fifth of the time. numba looks for changes in
this file only, so no compiled function here calls one of another file.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable

import numba
import numpy as np

FIRST_HAN, LAST_HAN = 0x4E00, 0x9FD5
NO_WORD = 1.0  # in place of a log probability: a node that only begins words
NODE = np.dtype([("base", np.int32), ("parent", np.int32), ("score", np.float64)])  # read together, kept so
IMPOSSIBLE = -3.14e100  # finalseg.MIN_FLOAT
REFUSED, OVERLAPPED = -1, -2  # as in _match
B, M, E, S = range(4)  # the states of the hidden Markov model: begin, middle, end, single


def _room() -> bool:
    """Whether compiled code finds room on the disk that keeps it; numba fails on a full one."""
    try:
        return shutil.disk_usage(os.environ.get("NUMBA_CACHE_DIR") or os.path.dirname(__file__)).free > 2**26
    except OSError:
        return True


def compiled(function: Callable) -> Callable:
    """Compile once and keep on disk, or, where nothing can be written, for this session."""
    try:
        return numba.njit(nogil=True, cache=_room())(function)
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
def _slot(text, a, b, nodes, codes):  # type: ignore[no-untyped-def]
    """The node of text[a:b] in the dictionary, 0 where no word begins so."""
    node = 0
    for at in range(a, b):
        if text[at] >= len(codes):
            return 0
        after = nodes[node].base + codes[text[at]]
        if nodes[after].parent != node:
            return 0
        node = after
    return node


@compiled
def _add(found, m, end, node):  # type: ignore[no-untyped-def]
    """One more word."""
    found[m, 0], found[m, 1] = end, node
    return m + 1


@compiled
def _route(text, a, b, nodes, codes, unseen, best, step, code, way):  # type: ignore[no-untyped-def]
    """The most probable path through text[a:b] (jieba's calc).

    The word from x ends at step[x] and is the node way[x].
    """
    n, root = b - a, nodes[0].base
    for x in range(n):
        code[x] = codes[text[a + x]]
    best[n] = 0.0
    for x in range(n - 1, -1, -1):
        node, y, known = root + code[x], x + 1, False
        value, end, word = unseen + best[y], y, 0
        at = nodes[node]
        if at.parent == 0:
            word = node
            if at.score < 0:
                value, known = at.score + best[y], True
            while y < n:
                after = at.base + code[y]
                at = nodes[after]
                if at.parent != node:
                    break
                node, y = after, y + 1
                if at.score < 0:
                    tried = at.score + best[y]
                    if tried >= value or not known:  # of equals jieba takes the longer
                        value, end, word, known = tried, y, node, True
        best[x], step[x], way[x] = value, end, word


@compiled
def _viterbi(text, a, b, nodes, codes, chances, back, found, m):  # type: ignore[no-untyped-def]
    """Guess words in a run of Han with finalseg's hidden Markov model; return the new number of words."""
    start, change, emit = chances
    e = text[a] - FIRST_HAN
    begin, middle, end, single = (
        start[B] + emit[e, B],
        start[M] + emit[e, M],
        start[E] + emit[e, E],
        start[S] + emit[e, S],
    )
    for t in range(1, b - a):  # of equals jieba takes the later letter of B, E, M, S
        e = text[a + t] - FIRST_HAN
        one, other = end + change[E, B] + emit[e, B], single + change[S, B] + emit[e, B]
        back[t, B], to_begin = (E, one) if one > other else (S, other)
        one, other = begin + change[B, M] + emit[e, M], middle + change[M, M] + emit[e, M]
        back[t, M], to_middle = (B, one) if one > other else (M, other)
        one, other = begin + change[B, E] + emit[e, E], middle + change[M, E] + emit[e, E]
        back[t, E], to_end = (B, one) if one > other else (M, other)
        one, other = end + change[E, S] + emit[e, S], single + change[S, S] + emit[e, S]
        back[t, S], single = (E, one) if one > other else (S, other)
        begin, middle, end = to_begin, to_middle, to_end
    state, begun = E if end > single else S, a
    for t in range(b - a - 1, -1, -1):
        before = back[t, state]
        back[t, 0] = state
        state = before
    for t in range(b - a):
        if back[t, 0] == E or back[t, 0] == S or t == b - a - 1:
            m, begun = _add(found, m, a + t + 1, _slot(text, begun, a + t + 1, nodes, codes)), a + t + 1
    return m


@compiled
def _guess(text, a, b, nodes, codes, chances, back, found, m):  # type: ignore[no-untyped-def]
    """Cut text[a:b], where the route found single characters only, as finalseg does."""
    if b - a == 1 or nodes[_slot(text, a, b, nodes, codes)].score < 0:
        for at in range(a, b):
            m = _add(found, m, at + 1, _slot(text, at, at + 1, nodes, codes))
        return m
    while a < b:
        z = a + 1
        if _is_han(text[a]):
            while z < b and _is_han(text[z]):
                z += 1
            m = _viterbi(text, a, z, nodes, codes, chances, back, found, m)
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
            m = _add(found, m, z, _slot(text, a, z, nodes, codes))
        a = z
    return m


@compiled
def _cut(text, a, b, model, scratch, found, m):  # type: ignore[no-untyped-def]
    """Write ends and nodes of the words of text[a:b] from found[m] on; return the new number of words."""
    best, step, code, way, back = scratch
    nodes, codes, unseen, chances = model
    while a < b:
        z = a + 1
        if not _in_block(text[a]):
            if text[a] == 13 and z < b and text[z] == 10:
                z += 1
            m = _add(found, m, z, 0)
            a = z
            continue
        while z < b and _in_block(text[z]):
            z += 1
        _route(text, a, z, nodes, codes, unseen, best, step, code, way)
        x = waiting = a
        while x < z:
            y = a + step[x - a]
            if y - x > 1:
                if waiting < x:
                    m = _guess(text, waiting, x, nodes, codes, chances, back, found, m)
                m = _add(found, m, y, way[x - a])
                waiting = y
            x = y
        if waiting < z:
            m = _guess(text, waiting, z, nodes, codes, chances, back, found, m)
        a = z
    return m


@compiled
def _scratch(n):  # type: ignore[no-untyped-def]
    """Room for the longest possible block; pages that no block reaches are never touched."""
    step, code, way = np.empty(n + 1, np.int32), np.empty(n + 1, np.int32), np.empty(n + 1, np.int32)
    return np.empty(n + 1), step, code, way, np.empty((n + 1, 4), np.int8)


@compiled
def _find(text, a, b, forms, edge, hits, k):  # type: ignore[no-untyped-def]
    """Add to hits (start, end, form, owner) every form that begins at an edge in text[a:b]."""
    cells, form, codes = forms
    root, known = cells[0, 0], len(codes)
    for at in range(a, b):
        if text[at] >= known or not edge[at]:
            continue
        node, z = root + codes[text[at]], at + 1
        if cells[node, 1] != 0:
            continue
        while True:
            if form[node] >= 0:
                if k == len(hits):
                    hits = np.concatenate((hits, np.empty_like(hits)))
                hits[k, 0], hits[k, 1], hits[k, 2], hits[k, 3] = at, z, form[node], REFUSED
                k += 1
            if z == b or text[z] >= known:
                break
            after = cells[node, 0] + codes[text[z]]
            if codes[text[z]] == 0 or cells[after, 1] != node:
                break
            node, z = after, z + 1
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
    """End and node of all words of the documents text[bounds[d]:bounds[d + 1]], and how many each has."""
    n, m = len(text), 0
    scratch, found, sizes = _scratch(n), np.empty((n, 2), np.int32), np.zeros(len(bounds) - 1, np.int64)
    edge, taken, hits = np.zeros(n + 1, np.uint8), np.zeros(n + 1, np.int32), np.empty((1024, 4), np.int32)
    for d in range(len(bounds) - 1):
        before, k = m, 0
        m = _cut(text, bounds[d], bounds[d + 1], model, scratch, found, m)
        if len(forms[2]):
            edge[bounds[d]] = 1
            for i in range(before, m):
                edge[found[i, 0]] = 1
            hits, k = _find(text, bounds[d], bounds[d + 1], forms, edge, hits, k)
        if k:
            _own(hits, 0, k, edge, taken)
            kept, begun, parts = before, bounds[d], 0
            for i in range(before, m):
                e, node, parts = found[i, 0], found[i, 1], parts + 1
                if e == bounds[d + 1] or taken[e - 1] == 0 or taken[e - 1] != taken[e]:
                    kept = _add(
                        found, kept, e, node if parts == 1 else _slot(text, begun, e, model[0], model[1])
                    )
                    begun, parts = e, 0
            m = kept
        sizes[d] = m - before
    return found[:m], sizes


@compiled
def track(text, bounds, model, forms):  # type: ignore[no-untyped-def]
    """All raw matches with their owners; only the blocks that a match touches are cut."""
    n, k = len(text), 0
    scratch, found, anywhere = _scratch(n), np.empty((n, 2), np.int32), np.ones(n + 1, np.uint8)
    edge, taken, hits = np.zeros(n + 1, np.uint8), np.zeros(n + 1, np.int32), np.empty((1024, 4), np.int32)
    for d in range(len(bounds) - 1):
        a, b, before = bounds[d], bounds[d + 1], k
        hits, k = _find(text, a, b, forms, anywhere, hits, k)
        for q in range(before, k):
            left, right = hits[q, 0], hits[q, 1]
            if right <= a:  # the block of an earlier match holds it
                continue
            while left > a and _in_block(text[left]) and _in_block(text[left - 1]):
                left -= 1
            while right < b and _in_block(text[right - 1]) and _in_block(text[right]):
                right += 1
            left = max(left, a)
            if left < right:
                edge[left] = 1
                for i in range(_cut(text, left, right, model, scratch, found, 0)):
                    edge[found[i, 0]] = 1
                a = right
        _own(hits, before, k, edge, taken)
    return hits[:k].copy()

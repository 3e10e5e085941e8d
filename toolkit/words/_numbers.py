"""The compiled engine: words → numbers, and numbers → counts, the lock released."""

from __future__ import annotations

import numpy as np

from toolkit.words._kernel import compiled

_PRIME, _SPREAD = np.int64(1099511628211), np.int64(-7046029254386353131)  # FNV, golden ratio


@compiled
def number(text, ends, vocabulary):  # type: ignore[no-untyped-def]
    """Number the words, known ones as before; return the numbers, where new ones first stand, the vocabulary.

    The vocabulary is a hash table, the keys of the words, where the characters of each begin, and these
    characters. Up to three characters are packed into a key that is the word; longer words have a hash below
    zero, and are compared.
    """
    table, keys, begin, pool, size = vocabulary
    ids, fresh, new, a = np.empty(len(ends), np.int32), np.empty(len(ends), np.int32), 0, 0
    mask = len(table) - 1
    for i in range(len(ends)):
        b, key = ends[i], np.int64(0)
        for q in range(a, b):
            key = key << 21 | np.int64(text[q] + 1) if b - a <= 3 else (key ^ np.int64(text[q])) * _PRIME
        if b - a > 3:
            key |= np.int64(-1) << 63
        p = (key * _SPREAD >> 32) & mask
        while table[p] >= 0:
            v = table[p]
            if keys[v] == key and (key >= 0 or _same(pool, begin[v], begin[v + 1], text, a, b)):
                break
            p = (p + 1) & mask
        v = table[p]
        if v < 0:
            v, fresh[new], table[p], keys[size], begin[size + 1] = size, i, size, key, begin[size] + b - a
            while begin[size + 1] > len(pool):
                pool = np.concatenate((pool, np.empty_like(pool)))
            pool[begin[size] : begin[size + 1]] = text[a:b]
            size, new = size + 1, new + 1
            if 2 * size > mask:
                mask = 4 * (mask + 1) - 1
                table = _spread(keys[:size], mask)
                keys = np.concatenate((keys, np.empty(mask + 1 - len(keys), np.int64)))
                begin = np.concatenate((begin, np.empty(mask + 2 - len(begin), np.int64)))
        ids[i], a = v, b
    return ids, fresh[:new].copy(), (table, keys, begin, pool, size)


def no_words() -> tuple:
    """An empty vocabulary."""
    room = 1 << 16
    begin = np.zeros(room + 1, np.int64)
    return np.full(room, -1, np.int32), np.empty(room, np.int64), begin, np.empty(room, np.uint32), 0


@compiled
def _same(pool, first, last, text, a, b):  # type: ignore[no-untyped-def]
    """Whether pool[first:last] is text[a:b]."""
    if last - first != b - a:
        return False
    for q in range(b - a):  # noqa: SIM110  (a loop that the compiler likes)
        if pool[first + q] != text[a + q]:
            return False
    return True


@compiled
def _spread(keys, mask):  # type: ignore[no-untyped-def]
    """A hash table of mask + 1 places that holds 0 … len(keys) - 1."""
    table = np.full(mask + 1, -1, np.int32)
    for v in range(len(keys)):
        p = (keys[v] * _SPREAD >> 32) & mask
        while table[p] >= 0:
            p = (p + 1) & mask
        table[p] = v
    return table


@compiled
def tally(ids, sizes, groups, terms):  # type: ignore[no-untyped-def]
    """Count the words of each run of documents of one group: arrays of group, term, n."""
    seen, touched = np.zeros(terms, np.int32), np.empty(terms, np.int32)
    rows, columns, n = (
        np.empty(len(ids), np.int32),
        np.empty(len(ids), np.int32),
        np.empty(len(ids), np.int32),
    )
    i = many = k = 0
    for d in range(len(sizes)):
        for _ in range(sizes[d]):
            if seen[ids[i]] == 0:
                touched[many] = ids[i]
                many += 1
            seen[ids[i]] += 1
            i += 1
        if d + 1 == len(sizes) or groups[d + 1] != groups[d]:
            for j in range(many):
                rows[k], columns[k], n[k] = groups[d], touched[j], seen[touched[j]]
                seen[touched[j]] = 0
                k += 1
            many = 0
    return rows[:k].copy(), columns[:k].copy(), n[:k].copy()

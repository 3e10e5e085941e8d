"""The compiled engine: words → numbers, and numbers → counts, the lock released."""

from __future__ import annotations

import numpy as np

from toolkit.words._kernel import compiled

_PRIME, _SPREAD = np.int64(1099511628211), np.int64(-7046029254386353131)  # FNV, golden ratio


@compiled
def number(text, found, vocabulary):  # type: ignore[no-untyped-def]
    """Number the words, known ones as before; return the numbers, where new ones first stand, the vocabulary.

    The vocabulary is the number of each node of the dictionary and, for words that are no node, a hash table,
    the keys of the words, where the characters of each begin, these characters, their number, and the number
    of all words. Up to three characters are packed into a key that is the word; longer words have a hash
    below zero, and are compared.
    """
    nodes, table, keys, numbers, begin, pool, size, total = vocabulary
    ids, fresh, new, a = np.empty(len(found), np.int32), np.empty(len(found), np.int32), 0, 0
    mask = len(table) - 1
    for i in range(len(found)):
        b, node, key = found[i, 0], found[i, 1], np.int64(0)
        if node:
            if nodes[node] < 0:
                nodes[node], fresh[new] = total, i
                total, new = total + 1, new + 1
            ids[i], a = nodes[node], b
            continue
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
            v, fresh[new], table[p], keys[size], numbers[size] = size, i, size, key, total
            begin[size + 1] = begin[size] + b - a
            while begin[size + 1] > len(pool):
                pool = np.concatenate((pool, np.empty_like(pool)))
            pool[begin[size] : begin[size + 1]] = text[a:b]
            size, new, total = size + 1, new + 1, total + 1
            if 2 * size > mask:
                mask = 4 * (mask + 1) - 1
                table = _spread(keys[:size], mask)
                keys = np.concatenate((keys, np.empty(mask + 1 - len(keys), np.int64)))
                numbers = np.concatenate((numbers, np.empty(mask + 1 - len(numbers), np.int32)))
                begin = np.concatenate((begin, np.empty(mask + 2 - len(begin), np.int64)))
        ids[i], a = numbers[v], b
    return ids, fresh[:new].copy(), (nodes, table, keys, numbers, begin, pool, size, total)


def no_words(nodes: int) -> tuple:
    """An empty vocabulary over a dictionary of so many nodes."""
    room = 1 << 16
    table, keys, numbers = np.full(room, -1, np.int32), np.empty(room, np.int64), np.empty(room, np.int32)
    begin, pool = np.zeros(room + 1, np.int64), np.empty(room, np.uint32)
    return np.full(nodes, -1, np.int32), table, keys, numbers, begin, pool, 0, 0


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
    """Count the words of each run of documents of one group; the groups do not fall.

    Returns the first group, how many pairs each has from there on, the tokens of each term, and the term and
    n of each pair, group after group.
    """
    seen, touched, total = np.zeros(terms, np.int32), np.empty(terms, np.int32), np.zeros(terms, np.int64)
    columns, n, held, first = np.empty_like(ids), np.empty_like(ids), np.zeros(0, np.int64), 0
    if len(groups):
        first, held = groups[0], np.zeros(groups[-1] + 1 - groups[0], np.int64)
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
                columns[k], n[k] = touched[j], seen[touched[j]]
                total[touched[j]] += seen[touched[j]]
                seen[touched[j]] = 0
                k += 1
            held[groups[d] - first] += many
            many = 0
    return first, held, total, columns[:k].copy(), n[:k].copy()


@compiled
def sort_rows(starts, rank, term, n):  # type: ignore[no-untyped-def]
    """Put the rank in place of each term, and the pairs of each row in its order: two passes, in place."""
    first, last, terms = starts[0], starts[-1], len(rank)
    place, at = np.zeros(terms + 1, np.int64), starts[:-1].copy()
    row, many = np.empty(last - first, np.int32), np.empty(last - first, np.int32)
    for i in range(first, last):
        place[rank[term[i]] + 1] += 1
    for t in range(terms):
        place[t + 1] += place[t]
    for r in range(len(at)):
        for i in range(starts[r], starts[r + 1]):
            t = rank[term[i]]
            row[place[t]], many[place[t]] = r, n[i]
            place[t] += 1
    p = 0
    for t in range(terms):
        while p < place[t]:
            i = at[row[p]]
            term[i], n[i] = t, many[p]
            at[row[p]] += 1
            p += 1

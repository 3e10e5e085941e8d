"""Where forms of a lexicon stand in a text, and which of them the cut leaves whole."""

from __future__ import annotations

from functools import lru_cache
from itertools import accumulate

import pandas as pd

from toolkit import lexicon as phrases

REFUSED, OVERLAPPED = -1, -2  # an end within a word; another form takes a part of it


@lru_cache(maxsize=8)
def _automaton(forms: tuple[str, ...]):  # type: ignore[no-untyped-def]
    import ahocorasick

    found = ahocorasick.Automaton()
    for number, form in enumerate(forms):
        found.add_word(form, (number, len(form)))
    found.make_automaton()
    return found


def forms(lexicon: pd.DataFrame | None) -> tuple[str, ...]:
    """All forms, sorted; the number of a form is its place here."""
    return tuple(phrases.surfaces(lexicon)["surface"].tolist())


def finder(forms: tuple[str, ...]):  # type: ignore[no-untyped-def]
    """The automaton of all forms, or None where there are none."""
    return _automaton(forms) if forms else None


def settle(starts, ends, order, taken, owner) -> None:  # type: ignore[no-untyped-def]
    """Who owns each occurrence, longest first: itself, the longer one that covers it, or OVERLAPPED.

    `taken` holds 0 for each character, then 1 + the occurrence that took it. An occurrence that took a
    character is at least as long as the one now tried, so it covers one of its ends or does not touch it.
    """
    for k in order:
        first, last = taken[starts[k]], taken[ends[k] - 1]
        if first == 0 and last == 0:
            owner[k] = k
            for at in range(starts[k], ends[k]):
                taken[at] = k + 1
        else:
            owner[k] = first - 1 if first == last else OVERLAPPED


def occurrences(text: str, words: list[str], finder) -> tuple[list[int], list[int], list[int], list[int]]:  # type: ignore[no-untyped-def]
    """Starts, ends, numbers of forms and owners of all raw matches, in the order of the text."""
    raw = sorted((end + 1 - size, -end - 1, number) for end, (number, size) in finder.iter(text))
    starts, ends, numbers = [r[0] for r in raw], [-r[1] for r in raw], [r[2] for r in raw]
    owner = [REFUSED] * len(raw)
    if raw:
        bounds = {0, *accumulate(map(len, words))}
        agree = [k for k in range(len(raw)) if starts[k] in bounds and ends[k] in bounds]
        order = sorted(agree, key=lambda k: starts[k] - ends[k])
        settle(starts, ends, order, [0] * len(text), owner)
    return starts, ends, numbers, owner


def merge(text: str, words: list[str], finder) -> list[str]:  # type: ignore[no-untyped-def]
    """The words of a text, each form that the cut leaves whole made one word."""
    if finder is None:
        return words
    starts, ends, _, owner = occurrences(text, words, finder)
    whole = {starts[k]: ends[k] for k in range(len(owner)) if owner[k] == k}
    if not whole:
        return words
    merged, at, until = [], 0, 0
    for word in words:
        if at >= until:
            until = whole.get(at, at + len(word))
            merged.append(text[at:until])
        at += len(word)
    return merged

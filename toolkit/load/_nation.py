"""Is a text of the nation's news on the whole country, or on the one place that it tells of?"""

from __future__ import annotations

from toolkit.load import _gazetteer, _hints
from toolkit.load._clock import sign
from toolkit.load._gazetteer import Found
from toolkit.load._hints import PLACES


def broadcast(title: str, head: str, body: str, named: list[list[Found]]) -> tuple[str | None, str]:
    """Whose an item of the nation's television is: of one place, else the nation's.

    Of other texts only those are told that are sent from Beijing on the nation and name places late, or whose
    title is on the whole country, with an organ of the centre and several places; in both no place is named
    more often than all others together.
    """
    if not sign("programme").search(f"{head}\n{body[:40]}"):
        told = sign("capital").search(f"{head}\n{body[:300]}")
        whole, central = sign("whole_country").match(title), any(one[0] == "centre" for one in named[2])
        some = _gazetteer.provinces([*named[0], *named[2]] if told or whole else [], *PLACES, "listed")
        late = not named[0] and all(one[3] > 300 for one in named[2] if one[0] in PLACES)
        most = 2 * max(some.values(), default=0) > some.total()
        if told and late and not most:
            return "00", f"{told[0]} on the whole country"
        own = named[0] or _hints.says_own(title) or _hints.says_own(body[:600])
        if whole and central and len(some) > 1 and not (own or most):
            return "00", f"title on {whole[0]}, of no one place"
        return None, ""
    if sign("shown").match(title):
        return "00", "television of the nation, on a work that is shown"
    both = ((title, named[0]), (body, named[2]))
    kept = [
        [one for one in zone if not any(map(sign("venue").search, _hints.around(text, [one])))]
        for text, zone in both
    ]
    titled = _gazetteer.provinces(kept[0], *PLACES, "school", "area", "byname", "seat")
    counts = _gazetteer.provinces(kept[1], *PLACES, "listed")
    code, n = counts.most_common(1)[0] if counts else ("", 0)
    first = next((one[3] for one in kept[1] if one[1][:2] == code), 0)
    placed = _gazetteer.provinces(kept[0], *PLACES)
    if len(placed) == 1:
        return min(placed), "television of the nation, its title on one place"
    portrait = sign("portrait").search(title)
    if (titled and code not in titled) or (portrait and n < 0.75 * counts.total()):
        return None, ""
    if placed or (not titled and n <= 0.75 * counts.total()):
        return "00", "television of the nation, on no one place"
    if not (titled or portrait) and first >= (40 if n < 3 else 200):  # in characters, by labelled items
        return "00", "television of the nation, which names a place in passing"
    return code, f"television of the nation on it, named {n}"

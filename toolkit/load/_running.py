"""Which lines stand at the top or foot of many files of one folder, such as the name of a portal?"""

from __future__ import annotations

import os
import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from contextlib import suppress
from itertools import pairwise
from pathlib import Path

from toolkit import clean
from toolkit.load import _layout

EDGE = 2048  # bytes that are looked at, at either end of a file
ZONE = 3  # lines at either end
LOOKED = 200  # files of a folder that are looked at, evenly over their names
FILES, SHARE = 5, 0.2  # a line runs through at least so many files, and so much, of its folder
NUMBERED = "\0"  # stands among the lines of a folder whose files are numbered: 2019.txt is no year there
YEARS = range(1900, 2036)  # numbers that may be the year of a text
NO_TEXT = re.compile(rb"\s*[\[{]|---"), re.compile(rb"(?i)<(?:!doctype|html|head|body|div|p|table)\b")


def _edges(file: Path) -> dict[str, str]:
    """The lines at the ends of a file of plain text; those at the top with the line that follows them."""
    if file.suffix.lower() not in ("", ".txt", ".md") or not file.is_file():
        return {}
    try:
        with file.open("rb") as raw:
            head = raw.read(EDGE)
            raw.seek(-min(EDGE, file.stat().st_size), 2)
            foot = raw.read(EDGE)
    except OSError:  # its row of the audit says why
        return {}
    if NO_TEXT[0].match(head) or NO_TEXT[1].search(head):
        return {}
    top, end = ([line.strip() for line in part.split(b"\n") if line.strip()] for part in (head, foot))
    last = filter(_layout.sign("foot").fullmatch, map(_decoded, end[-ZONE:]))
    return dict.fromkeys(last, "") | dict([*pairwise(map(_decoded, top[: ZONE + 1]))][:ZONE])


def _decoded(line: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        with suppress(UnicodeDecodeError):
            return clean.normalise(line.decode(encoding)).strip()
    return ""


def _heads(line: str) -> bool:
    """Whether a headline may stand here, so that the line above it is none."""
    return len(line) > 5 and _layout.headline(line) and not (_layout.lead(line) or _layout.byline(line))


def find(root: Path, paths: Iterable[str]) -> dict[str, list[str]]:
    """Folder → lines that run through its files, sorted.

    A line that may be a title, an issuer or an address is none: it holds no number and no mark, does not end
    as they do, and at the top of a file it has another headline below it, at its foot it names a site.
    ``NUMBERED`` is among them where a file is called by a number that is no year.
    """
    folders: dict[str, list[str]] = defaultdict(list)
    for path in paths:
        folders[path.rpartition("/")[0]].append(path)
    found: dict[str, list[str]] = {}
    for folder, inside in folders.items():
        stems = [os.path.splitext(path)[0].rpartition("/")[2] for path in inside]
        stems = [stem for stem in stems if stem.isdecimal() and len(stem) < 6]
        numbered = [NUMBERED] if any(int(stem) not in YEARS for stem in stems) else []
        inside = inside[:: -(-len(inside) // LOOKED)]
        edges = [_edges(root / path) for path in inside] if len(inside) >= FILES else []
        times = Counter(line for one in edges for line in one)
        bare = Counter(line for one in edges for line, after in one.items() if after and not _heads(after))
        often = (line for line, n in times.items() if n >= max(FILES, SHARE * len(inside)))
        own = (line for line in often if bare[line] <= 0.1 * times[line])
        lines = [line for line in own if not _layout.fits("standing", line)] + numbered
        found |= {folder: sorted(lines)} if lines else {}
    return found

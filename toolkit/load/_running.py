"""Which lines stand at the top or foot of many files of one folder, such as the name of a portal?"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path, PurePosixPath

from toolkit import clean
from toolkit.load import _layout

EDGE = 2048  # bytes that are looked at, at either end of a file
LONGEST = 160  # bytes: four for each character of the longest header
ZONE = 3  # lines at either end
LOOKED = 200  # files of a folder that are looked at, evenly over their names
FILES, SHARE = 5, 0.2  # a line runs through at least so many files, and so much, of its folder
NO_HEADER = re.compile(
    r".*[\d，。：；！？、,.:;!?〇零年月日《》].*|.{0,3}|.{40,}|第[一二三四五六七八九十]+.*|.{0,2}目\s*录"
    r"|.*(?:报告|通知|通报|意见|公报|公告|通告|决定|决议|条例|办法|规定|规则|细则|讲话|致辞|文件|令|函|批复|纪要|方案|规划"
    r"|计划|纲要|要点|摘要|全文|章程|总则|附则|会议|全会|代表|委员|同志们?|发布|附件|表|案|书|记者|通讯员"
    r"|政府|委员会|[省市区县州党纪政]委|[厅局部院署会处室组团办])"
)


def _edges(file: Path) -> list[tuple[str, str]]:
    """The lines at the ends of a file of plain text; each of the first with the line that follows it."""
    if file.suffix.lower() not in ("", ".txt", ".md") or not file.is_file():
        return []
    with file.open("rb") as raw:
        head = raw.read(EDGE)
        raw.seek(-min(EDGE, file.stat().st_size), 2)
        foot = raw.read()
    if b"\0" in head or re.search(rb"(?i)<(?:!doctype|html|head|body|div|p|table)\b|^\s*[\[{]|^---", head):
        return []
    top, end = ([line.strip() for line in part.split(b"\n") if line.strip()] for part in (head, foot))
    read = [_decoded(line) for line in (*top[: ZONE + 1], *end[-ZONE:])]
    first = len(top[: ZONE + 1])
    foot_lines = [(line, "") for line in read[max(first, len(read) - ZONE) :]]
    return [*pairwise(read[:first])][:ZONE] + foot_lines


def _decoded(line: bytes) -> str:
    if len(line) > LONGEST:
        return "。"  # prose
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return clean.normalise(line.decode(encoding)).strip()
        except UnicodeDecodeError:
            continue
    return ""


def _heads(line: str) -> bool:
    """Whether a headline may stand here, so that the line above it is none."""
    return len(line) > 5 and _layout.headline(line) and not (_layout.lead(line) or _layout.byline(line))


def find(root: Path, paths: Iterable[str]) -> dict[str, list[str]]:
    """Folder → lines that run through its files, sorted.

    A line that may be a title, an issuer or an address is none: it holds no number and no mark, does not end
    as they do, and at the top of a file it has another headline below it.
    """
    folders: dict[str, list[str]] = defaultdict(list)
    for path in paths:
        folders[str(PurePosixPath(path).parent)].append(path)
    found: dict[str, list[str]] = {}
    for folder, inside in folders.items():
        if len(inside) < FILES:
            continue
        times: Counter[str] = Counter()
        bare: Counter[str] = Counter()
        inside = sorted(inside)[:: -(-len(inside) // LOOKED)]
        for path in inside:
            edges = dict(reversed(_edges(root / path)))
            times.update(edges.keys())
            bare.update(line for line, after in edges.items() if after and not _heads(after))
        lines = sorted(
            line
            for line, n in times.items()
            if n >= max(FILES, SHARE * len(inside))
            and bare[line] <= 0.1 * n
            and not NO_HEADER.fullmatch(line)
        )
        if lines:
            found[folder] = lines
    return found

"""When was a document written? The most trusted date that it states, or what its words allow."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime

from toolkit.load import _calendar, _clock
from toolkit.load._relative import find

BEIJING = timezone(timedelta(hours=8))
OWN = re.compile(r"成文|签发|签署|落款|发文(?:日期|时间)|印发(?:日期|时间)|written|signed")
OTHER = re.compile(
    r"施行|实施|生效|失效|废止|更新|修改|抓取|采集|下载|截止|有效|expire|modif|update|crawl|fetch|scrap|download|access|retriev"
)
PUBLIC = re.compile(r"日期|时间|发布|发表|公布|公开|date|time|pub|posted", re.I)
LABEL = re.compile(r"([一-龥]{0,4}(?:日期|时间|发布|发表)(?:于)?)\s*[:：]?\s*(?=[12１２〇二一])")
PRINTED = re.compile(r"(?:日报|晚报|时报|快报|都市报|[一-龥]报)\s*[(（《]?\s*$")
MEETING = re.compile(r"[^。]{0,30}?[在于][^。]{0,60}(?:会议|大会|全会|会上|届|座谈会|论坛|典礼|仪式)")
HELD = re.compile(r"召开|举行|开幕|闭幕|获悉|^\s*[,，]")
PASSED = re.compile(r"[^。()（）]{0,60}(?:通过|修订|修正|公布|批准|审议|发布)")
WIRE = re.compile(r"\s*(?:\([^)]*\))?\s*(?:[电讯]|专电|报道)")
ORGAN = re.compile(
    r"(?:政府|办公厅|办公室|委员会|党委|省委|市委|区委|县委|厅|局|部|院|署|会|国务院|中央|组|处|中心|公司|大学)[)）]?\s*$"
)
REFUSED_BEFORE = re.compile(
    r"(?:从|自|到|至|截至|截止|截至到|于|每年|今年|去年|明年|以来|过去|期间|原定|将于|定于|拟于)\s*$"
)
REFUSED_AFTER = re.compile(r"\s*(?:是|起|前|之前|以前|以来|为|之后|以后|开始|的)")
STAMP = re.compile(
    r"(?<![0-9A-Za-z])t?((?:19|20)\d\d)[-_./年]?(0[1-9]|1[0-2])[-_./月]?(0[1-9]|[12]\d|3[01])(?!\d)"
)
FOLDER = re.compile(r"/((?:19|20)\d\d)[-/]?(0?[1-9]|1[0-2])(?:/(0?[1-9]|[12]\d|3[01]))?/")
YEARLY = re.compile(r"(?:^|[/\\])((?:19|20)\d\d)(?!\d)[年_\- /\\.]|((?:19|20)\d\d)年")

__all__ = ["find", "resolve"]

Claim = tuple[date, date, str]  # first day, last day, the words


def moment(written: str) -> tuple[date, date] | None:
    """First and last day of a written time; a clock of another zone is read in Beijing."""
    written = written.strip()
    stamp = None
    try:
        if re.fullmatch(r"1\d{9}(?:\d{3})?", written):
            stamp = datetime.fromtimestamp(int(written[:10]), BEIJING)
        elif re.match(r"[A-Za-z]{3},? ?\d", written):
            stamp = parsedate_to_datetime(written)
        elif re.match(r"\d{4}-\d\d-\d\d[T ]\d", written):
            stamp = datetime.fromisoformat(written.replace("Z", "+00:00"))
    except (ValueError, OverflowError):
        stamp = None
    if stamp:
        one = (stamp.astimezone(BEIJING) if stamp.tzinfo else stamp).date()
        return one, one
    compact = re.fullmatch(r"((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?:\d{6})?", written)
    if compact:
        one_day = _calendar.span(*map(int, compact.groups()))
        return one_day
    if re.fullmatch(r"(?:19|20)\d\d", written):
        return _calendar.span(int(written), None, None)
    month = re.fullmatch(r"((?:19|20)\d\d)[-/.](0?[1-9]|1[0-2])", written)
    if month:
        return _calendar.span(int(month[1]), int(month[2]), None)
    for _, _, year, of_year, of_month in _calendar.scan(_calendar.plain(written)):
        if year:
            return _calendar.span(year, of_year, of_month)
    return None


def _full(line: str) -> Iterator[tuple[int, int, date]]:
    """The days that a line names in full."""
    for start, end, year, month, of_month in _calendar.scan(line):
        one = _calendar.day(year, month, of_month) if year and month and of_month else None
        if one:
            yield start, end, one


def _stated(lines: list[str]) -> Iterator[Claim]:
    """Where the head says when it was delivered or passed."""
    for line in lines:
        if len(line) > 200:
            line = line[:120]
        for _, end, one in _full(line):
            rest = line[end:]
            if MEETING.match(rest) and not HELD.search(rest[:60]):
                yield one, one, f"delivered {line.strip()[:40]}"
    passed = [
        (one, line)
        for line in lines
        for _, end, one in _full(line[:200])
        if PASSED.match(line[end:]) and line.lstrip()[:1] in "(（〔["
    ]
    if passed:
        one, line = max(passed)
        yield one, one, f"passed {line.strip()[:40]}"


def _signed(lines: list[str]) -> Iterator[Claim]:
    """A line that holds a date alone, under an issuer or at the end."""
    for i, line in enumerate(lines):
        bare = line.strip(" ()（）")
        if not 4 < len(bare) < 24:
            continue
        for start, end, year, month, of_month in _calendar.scan(bare):
            found = _calendar.span(year, month, of_month) if year and month else None
            before, after = bare[:start], bare[end:]
            alone = not before and not after
            if found and (alone or (not after and ORGAN.search(before))) and i:
                under = ORGAN.search(lines[i - 1]) and len(lines[i - 1]) < 40
                if under or before or i >= len(lines) - 6:
                    yield *found, f"signed {bare}"
            elif found and re.match(r"\s*印发", after):
                yield *found, f"printed {bare}"
            break


def _labelled(lines: list[str], meta: Mapping[str, str]) -> tuple[list[Claim], list[Claim]]:
    """What labels, columns and meta tags give: the document's own dates, and those of its publication."""
    own: list[Claim] = []
    public: list[Claim] = []
    for name, value in meta.items():
        found = None if OTHER.search(name.lower()) else moment(str(value)) if value else None
        if found and OWN.search(name.lower()):
            own.append((*found, f"{name} {value}"))
        elif found and PUBLIC.search(name):
            public.append((*found, f"{name} {value}"))
    for line in lines:
        for start, _, one in _full(line[:200]):
            before = line[max(0, start - 12) : start]
            label = LABEL.search(line[max(0, start - 12) : start + 2])
            if label and not OTHER.search(label[1]):
                (own if OWN.search(label[1]) else public).append((one, one, f"{label[1]} {one}"))
            elif PRINTED.search(before):
                own.append((one, one, f"printed in {before.strip()[-8:]} {one}"))
            elif not label and len(line) < 60 and not line[:start].strip(" -—|·") and "在" not in line:
                public.append((one, one, f"under the title {line.strip()[:24]}"))
    return own, public


def _path(path: str, meta: Mapping[str, str]) -> Iterator[Claim]:
    """What the file name and the address say."""
    urls = [str(value) for value in meta.values() if re.match(r"https?://", str(value))]
    for where, text in [("path", path), *(("address", url) for url in urls)]:
        for match in STAMP.finditer(text):
            found = _calendar.span(*map(int, match.groups()))
            if found:
                yield *found, f"{where} {match[0]}"
        for match in FOLDER.finditer(text):
            found = _calendar.span(int(match[1]), int(match[2]), int(match[3]) if match[3] else None)
            if found:
                yield *found, f"{where} {match[0]}"
    for _, _, year, month, of_month in _calendar.scan(_calendar.plain(path)):
        found = _calendar.span(year, month, of_month) if year and month else None
        if found and 1900 < year < 2100:
            yield *found, f"path {found[0]}"
    for match in YEARLY.finditer(path):
        yield *_calendar.span(int(match[1] or match[2]), None, None), f"path {match[0]}"  # type: ignore[misc]


def _opening(head: str, body: str) -> tuple[int | None, int | None, int, int | None, str] | None:
    """Year, month, day and weekday, as far as said, of the dateline or of the event at the opening."""
    for text in (body[:160], head[-160:]):
        first = re.split(r"[。；!！?？]", text)[0]
        for start, end, year, month, of_month in _calendar.scan(first):
            if of_month is None or REFUSED_BEFORE.search(first[:start]) or REFUSED_AFTER.match(first[end:]):
                continue
            weekday = _calendar.WEEKDAY.match(first, end)
            return year, month, of_month, weekday and _calendar.WEEKDAYS[weekday[1]], first[start:end]
    match = re.search(r"(?<![\d月])(\d{1,2})日(?:电|讯)", head[-160:] + body[:160])
    return (None, None, int(match[1]), None, match[0]) if match and 0 < int(match[1]) < 32 else None


def _days(opening: tuple[int | None, int | None, int, int | None, str], low: date, high: date) -> list[date]:
    """The days within bounds that the opening may mean."""
    year, month, of_month, weekday, _ = opening
    if high.year - low.year > 120:
        return []
    found = [
        _calendar.day(y, m, of_month)
        for y in ([year] if year else range(low.year, high.year + 1))
        for m in ([month] if month else range(1, 13))
    ]
    return [one for one in found if one and low <= one <= high and weekday in (None, one.weekday())]


def _answer(
    low: date | None, high: date | None, evidence: str, event: date | None = None, sure: bool = True
) -> dict[str, str | None]:
    """The columns; a date only where a single day is known."""
    low = None if low in (None, date.min) else low
    high = None if high in (None, _clock.OPEN) else high
    precision = None
    if sure and low and high:
        same_month = (low.year, low.month) == (high.year, high.month)
        precision = (
            "day" if low == high else "month" if same_month else "year" if low.year == high.year else None
        )
    return {
        "date": low.isoformat() if low and precision == "day" else None,
        "date_low": low.isoformat() if low else None,
        "date_high": high.isoformat() if high else None,
        "date_precision": precision,
        "event_date": event.isoformat() if event else None,
        "date_evidence": evidence,
    }


def resolve(
    body: str,
    *,
    title: str = "",
    head: str = "",
    meta: Mapping[str, str] | None = None,
    path: str = "",
    province: str | None = None,
) -> dict[str, str | None]:
    """Date a document by what it says of itself, then by its publication, then by its words.

    Returns ``date`` (a day or None), ``date_low``, ``date_high``, ``date_precision``, ``event_date`` and
    ``date_evidence``.
    """
    meta = meta or {}
    body, head, title = map(_calendar.plain, (body, head, title))
    lines = [line for line in body.split("\n") if line.strip()]
    top = [line for line in [title, *head.split("\n"), *lines[:4]] if line.strip()]
    bounds = _clock.bounds("\n".join((title, head, body)))
    low, high, words = _clock.meet(bounds)
    opening = _opening(head, body)
    own, public = _labelled([line for line in [*head.split("\n"), *lines[:2]] if line.strip()], meta)
    stated = [*own, *_stated(top), *_signed(lines)]
    public += list(_path(path, meta))
    if stated:
        first, last, said = stated[0]
        if last < low - timedelta(days=31) and low.year > last.year:
            return _answer(None, None, f"contradictory: {said}, but {'; '.join(words)}", sure=False)
        return _answer(first, last, said, first if said.startswith("delivered") else None)
    if public:
        first, last, said = public[0]
        if last < low - timedelta(days=31):
            return _answer(None, None, f"contradictory: {said}, but {'; '.join(words)}", sure=False)
        if low <= high and first - timedelta(days=60) > high:
            return _answer(low, high, f"{said} lies after {'; '.join(words)}", sure=False)
        near = _days(opening, first - timedelta(days=60), last + timedelta(days=1)) if opening else []
        if first == last and opening and not near:
            return _answer(low, first, f"{said}, but it opens with {opening[4]}", sure=False)
        if first == last or not near:
            return _answer(first, last, said, near[-1] if near else None)
        low, high, words = max(low, first), min(high, last), [said, *words]
    bounds += list(_clock.session("\n".join(top), province))
    if not public:
        low, high, words = _clock.meet(bounds)
    if low > high:
        return _answer(None, None, f"contradictory: {'; '.join(words)}", sure=False)
    if opening and opening[0] and opening[1]:
        one = _calendar.day(opening[0], opening[1], opening[2])
        if one and low <= one <= high:
            return _answer(one, one, f"opens with {opening[4]}", one)
    if opening:
        days = _days(opening, low, high)
        if len(days) == 1 and opening[1]:
            return _answer(days[0], days[0], f"dateline {opening[4]} + {'; '.join(words)}", days[0])
    return _answer(low, high, "; ".join(words), sure=bool(words))

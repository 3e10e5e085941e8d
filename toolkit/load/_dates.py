"""When was a document written? The most trusted date that it states, or what its words allow."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from toolkit.load import _calendar, _clock
from toolkit.load._clock import sign
from toolkit.load._relative import find

__all__ = ["find", "resolve"]

Claim = tuple[int, date, date, str]  # trust (0 is best), first day, last day, the words
Opening = tuple[int | None, int | None, int, int, int | None, str]  # year, month, day, last, weekday, words
OWN, PRINTED, LABELLED, COLUMN, BELOW_TITLE, ADDRESS, FOLDER, UPDATED = range(8)
DAY = timedelta(days=1)


def _columns(meta: Mapping[str, str]) -> Iterator[Claim]:
    """What columns, front matter and meta tags say."""
    for name, value in meta.items():
        days = None if not value or sign("other_name").search(name.lower()) else _calendar.moment(str(value))
        if days and sign("own_name").search(name.lower()):
            yield OWN, *days, f"{name} {value}"
        elif days and sign("public_name").search(name):
            yield COLUMN, *days, f"{name} {value}"


def _claim(line: str, start: int, end: int) -> tuple[int, str] | None:
    """What a day in a line of the head is, by the words about it."""
    before, after = line[:start], line[end:]
    if sign("later").match(after):
        return None
    label = sign("label").search(before[-12:])
    if label and (label[1][2:] or before[-1] not in "[【(（"):
        trust = OWN if sign("own_name").search(label[1]) else LABELLED
        updated = label[1][:2] == "更新" and not re.search("作者|点击|浏览", line)
        return (UPDATED if updated else trust), label[1]
    if re.match("(?:联合)?印发?(?![一-龥])", after) and sign("dates_organ").search(before.strip(" |")):
        return PRINTED, "printed"
    dash, timed = sign("dash").fullmatch(before), sign("timed").match(after)
    if dash and sign("meeting").match(after) and not sign("dates_held").search(after[:60]):
        return OWN, "delivered"
    if before[-1:] in ("(", "〔") and re.fullmatch(r"[ 一-龥]{0,6}[)〕] *", after):
        return (OWN if "年" in line[start:end] else LABELLED), "dated"
    if dash and sign("clock").match(after):
        return LABELLED, "under the title"
    beside = not after and len(line) < 30 and sign("dates_outlet").fullmatch(before)
    if beside and not sign("not_before").search(before):
        return None if sign("other_name").search(before) else (BELOW_TITLE, "beside an outlet")
    if dash and len(line) < 60 and not re.search("[,，。;；]|在(?!线)", after):
        return (LABELLED if re.match(r"\s*\d\d:\d\d", after) else BELOW_TITLE), "under the title"
    of_site = sign("site").fullmatch(before) and (re.search("www|网", before) or not (timed and timed[1]))
    of_page = dash if timed and timed[1] else sign("by_page").search(f"{before}@{after}")
    if timed and (of_site or of_page) and not sign("other_name").search(before):
        return LABELLED, "under the title"
    weekly = re.search("[报刊]", before) and re.fullmatch(r"\s*星期.\s*", after)
    if sign("paper").search(before) or sign("edition").match(after) or weekly:
        return PRINTED, f"printed in {before.strip()[-8:]}"
    return None


def _head(lines: list[str]) -> Iterator[Claim]:
    """The days that lines at the head of the document name in full."""
    clock: date | None = None
    for line, after in zip(lines, [*lines, ""][1:], strict=True):
        if len(line) < 20 and after.lstrip()[:1] == "在" and sign("meeting").match(after):
            line += after.strip()  # ——2022年1月8日 / 在某市第七届人民代表大会第一次会议上
        line = sign("abroad").sub(_calendar.turned, line[:120]) if "." in line or "/" in line else line[:120]
        line = _calendar.western(line)
        line = line.replace("年/", "年").replace("月/", "月")  # CNKI: 某某日报/2003年/12月/26日/第A01版
        line = sign("compact").sub(r"\1\2-\3-\4", line) if sign("compact").match(line) else line
        if clock and line.rstrip()[-1:].isdecimal() and (short := sign("yearless").search(line)):
            line = f"{short[1]}{clock.year - (short[2] > f'{clock:%m-%d}')}-{short[2]}"
        for start, end, year, month, of_month in _calendar.scan(line):
            one = _calendar.day(year, month, of_month) if year and month and of_month else None
            said, clock = one and _claim(line, start, end), one or clock
            if one and said:
                yield said[0], one, one, f"{said[1]} {line[start:].strip()[:36]}"


def _passed(lines: list[str]) -> list[Claim]:
    """The day on which an act was passed, or last amended, as a line under its title says."""
    said = [act[1] for line in lines if "(" in line[:60] and (act := sign("passed").match(line.strip()))]
    days = (
        (_calendar.span(year, month, day), one)
        for one in said
        for _, end, year, month, day in _calendar.scan(one)
        if year and day and not sign("later").match(one, end)  # 自…起施行
    )
    return sorted((OWN, *span, f"passed {one[:36]}") for span, one in days if span)[-1:]


def _signed(lines: list[str]) -> Iterator[Claim]:
    """A date alone under an issuer or at the end, or right after the sentence that issues what follows."""
    opening = "\n".join(lines[:12])[:2000]
    for issued in sign("after").finditer(opening):
        if not sign("closes").search(opening[max(0, issued.start() - 40) : issued.start()]):
            continue
        rest = opening[issued.end() : issued.end() + 30]
        for start, end, year, month, of_month in _calendar.scan(rest):
            days = _calendar.span(year, month, of_month) if year and month and of_month else None
            if days and not start and rest[end : end + 1] in (" ", "\n"):
                yield OWN, *days, f"signed {rest[:end]}"
    for i, line in ((i, line) for i, line in enumerate(lines) if len(line) < 60 or "此件" in line):
        at = line.find("此件")  # lines run together: …办公室2023年9月5日（此件公开发布）
        bare = line[max(0, at - 18) : at].rstrip(" (（") if at > 8 else line.strip(" ()（）")
        if not 4 < len(bare) < 40 or (at <= 8 and (not i or lines[i - 1].rstrip()[-1] in ":|")):
            continue  # nothing, or a value under its label
        for start, end, year, month, of_month in _calendar.scan(bare):
            days = _calendar.span(year, month, of_month) if year and month else None
            before, after = bare[:start].strip(), bare[end:].strip()
            organ = not before or at > 8 or sign("dates_organ").search(before)
            if not days or after not in ("", "印发") or not organ:
                continue
            under = len(lines[i - 1]) < 40 and sign("dates_organ").search(lines[i - 1])
            if under or before or i >= len(lines) - 4:
                trust = LABELLED if "年" not in bare else PRINTED if after == "印发" else OWN
                yield trust, *days, f"signed {bare}"


def _address(path: str, meta: Mapping[str, str]) -> Iterator[Claim]:
    """What the file name and the web address say; a year alone is the least of it."""
    urls = [str(value) for value in meta.values() if sign("page_address").match(str(value))]
    for text in (*urls, path):
        text = re.sub(r"/((?:19|20)\d\d)/(\d\d)(\d\d)/", r"/\1/\2/\3/", text)
        stamps = [(year, *rest) for year, _, *rest in sign("stamp").findall(text)]
        for year, month, of_month in (*stamps, *sign("road").findall(text)):
            days = _calendar.span(int(year), int(month), int(of_month or 0) or None)
            if days:
                yield ADDRESS, *days, f"address {text[-40:]}"
    for _, _, whole, month, of_month in _calendar.scan(_calendar.plain(path)):
        days = _calendar.span(whole, month, of_month) if whole and month and whole > 1900 else None
        if days:
            yield ADDRESS, *days, f"file name {path[-40:]}"
    instant = sign("instant").search(path)
    if instant and (days := _calendar.span(*map(int, instant.groups()))):
        yield UPDATED, *days, f"file name {path[-40:]}"  # of a page, or of who saved it
    years = {int(one or two) for one, two in sign("year_name").findall(path)}
    if len(years) == 1 and not sign("page_id").match(path):
        year = years.pop()
        yield FOLDER, date(year, 1, 1), date(year, 12, 31), f"file name {path[-40:]}"


def _best(claims: list[Claim], meta: Mapping[str, str]) -> Claim:
    """The most trusted claim; of columns the most exact, or the page's own address if that is far older."""
    best = min(claims, key=lambda one: one[0])
    if best[0] != COLUMN:
        return best
    within = [one for one in claims if one[0] == COLUMN and best[1] <= one[1] <= one[2] <= best[2]]
    best = min(within, key=lambda one: one[2] - one[1])
    own = {name: value for name, value in meta.items() if sign("own_address").fullmatch(name.lower())}
    days = [claim for claim in _address("", own) if claim[1] == claim[2]]
    shown = [(match[1], claim) for claim in days if (match := sign("page_stamp").search(claim[3]))]
    older = min((claim for stamp, claim in shown if stamp == f"{claim[1]:%Y%m%d}"), default=best)
    return older if older[1] < best[1] - 31 * DAY else best  # the column tells when the page was made anew


def _addressed(claims: list[Claim], path: str, meta: Mapping[str, str]) -> list[Claim]:
    """The claims with those of the address; less the clock of a page that its path shows to be older."""
    clocks = [claim for claim in claims if sign("today").fullmatch(claim[3])]
    issue = sign("issue").search(path) if clocks else None
    printed = issue and _calendar.day(*map(int, issue.groups()))
    if printed and any(claim[1] > printed + DAY for claim in clocks):
        return [claim for claim in claims if claim not in clocks]
    return [*claims, *_address(path, meta)]


def _told(text: str, body: str) -> Opening | None:
    """The day that the first sentence of `text` tells, of the head or of the body itself."""
    first = re.split(r"[。；!！?？]", text)[0]
    for start, end, year, month, of_month in _calendar.scan(first):
        before, after = first[:start], first[end:]
        refused = sign("not_before").search(before) and not (year and sign("held_on").match(before))
        if of_month is None or refused or sign("not_after").match(after):
            continue
        if year and (
            len(before) > 24
            or not sign("happens").search(after)
            or sign("looks_back").search(sign("meets").sub("", text))
            or sign("long_ago").search(body[:1200])
        ):
            continue
        weekday = _calendar.WEEKDAY.match(after)
        until = re.match(r"\s*(?:至|到|—+|-|~|、)\s*(\d{1,2})日", after)
        last = max(of_month, int(until[1])) if until else of_month
        words = first[start : end + (until.end() if until else 0)]
        return year, month, of_month, last, weekday and _calendar.WEEKDAYS[weekday[1]], words
    return None


def _opening(head: str, body: str) -> Opening | None:
    """The dateline, or the day of the event that the text opens with, as far as it is said."""
    event, sent = _told(sign("proclaims").sub("", body[:260])[:160], body), _told(head[-160:], body)
    if event and sent and not (event[0] or sent[0]) and event[1] and sent[1]:
        wired = sign("wire").search(head[-160:]) and 0 <= sent[1] - event[1] <= 1
        return sent if wired else event  # an agency sends on one day what happened on another
    if event or sent:
        return event or sent
    if clock := re.search(r"(?m)^[^\d\n]{0,16}(0\d|1[0-2])-([0-3]\d)\s+\d\d:\d\d", head):
        return None, int(clock[1]), int(clock[2]), int(clock[2]), None, clock[0]
    match = sign("day_alone").search(head[-160:] + body[:160])
    return (None, None, int(match[1]), int(match[1]), None, match[0]) if match else None


def _days(opening: Opening, low: date, high: date) -> list[date]:
    """The days within bounds that the opening may mean; none where the bounds are open."""
    year, month, _, last, weekday, _ = opening
    if high.year - low.year > 120 and not year:
        return []
    years = [year] if year else range(low.year, high.year + 1)
    months = [month] if month else range(1, 13)
    found = [_calendar.day(y, m, last) for y in years for m in months]
    return [one for one in found if one and low <= one <= high and weekday in (None, one.weekday())]


def _answer(
    low: date | None, high: date | None, said: str, event: date | None = None
) -> dict[str, str | None]:
    """The columns; a date only where a single day is known."""
    low, high = (None if one in (None, date.min, _clock.OPEN) else one for one in (low, high))
    precision = None
    if low and high and low.year == high.year:
        precision = "day" if low == high else "month" if low.month == high.month else "year"
    return {
        "date": low.isoformat() if low and precision == "day" else None,
        "date_low": low.isoformat() if low else None,
        "date_high": high.isoformat() if high else None,
        "date_precision": precision,
        "event_date": event.isoformat() if event else None,
        "date_evidence": said,
    }


def _bounds(title: str, top: list[str], text: str, province: str | None) -> list[_clock.Bound]:
    """What the words say of their time, and the year in the document's own number or name."""
    bounds = [*_clock.bounds(text), *_clock.session(top, province, f"{title}\n{text[:200]}")]
    met = max((line[:4] for line in top if sign("met_on").match(line)), default="")  # later: not its number
    years = [one for line in top if (one := sign("numbered").fullmatch(line)) and one[1] >= met][:1]
    years += [match for line in (title, *top[:2]) if (match := sign("report").search(line))]
    return bounds + [
        (date(int(match[1]), 1, 1), date(int(match[1]), 12, 31), match[0].strip()) for match in years
    ]


def _act(head: str, body: str) -> Iterator[Claim]:
    """The day beside the number of an act right under the title; none where others have theirs below."""
    numbered = sign("numbered_day").search(f"\n{head}\n{body}")
    if numbered and numbered.start() <= len(head) + 1 and (days := _calendar.moment(numbered[1])):
        yield PRINTED, *days, f"dated {numbered[0].strip()}"


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
    ``date_evidence``. Where the evidence disagrees, or leaves more than a day open, ``date`` is None.
    """
    body, head, title = (_calendar.plain(text or "") for text in (body, head, title))
    head = sign("stacked").sub(r"\1\2日 ", head)
    lines = [line for line in body.split("\n") if line.strip()]
    act = re.search("(?:法|例|定|则|决议|报告|章程)[)〕]?$", title)
    heads = [f"({line})" if act and sign("enacted").fullmatch(line) else line for line in head.split("\n")]
    top = [line for line in [title, *heads, *lines[:4]] if line.strip()]
    own, later = [*_head(top)], [line for line in lines[4:14] if line.lstrip()[:1] == "("]
    passed = [] if any(one[3][:9] == "delivered" for one in own) else _passed(top)
    apart = [one for one in re.split(r"\n| {6,}", body) if one.strip()] if "      " in body else lines
    claims = [*_columns(meta or {}), *passed, *own, *_signed(apart), *_passed(later)]
    claims = _addressed(claims or [*_act(head, body)], path, meta or {})
    bounds = _bounds(title, top, "\n".join((title, head, body)), province)
    low, high, words = _clock.meet(bounds)
    begins = f"\n{title}\n{body[:2000]}"
    chronicle = sign("chronicle").search(begins) or sign("entries").search(begins)
    opening = None if chronicle else _opening(head, body)
    said = "; ".join(words)
    late = [one for one in claims if one[0] >= UPDATED]
    soon = [one for one in late if opening and _days(opening, one[1] - 20 * DAY, one[2])]
    claims = [one for one in claims if 1900 < one[1].year < 2100 and (one not in late or one in soon)]
    if claims:
        trust, first, last, claim = _best(claims, meta or {})
        if last + 31 * DAY < low:
            return _answer(None, None, f"contradictory: {claim}, but {said}")
        near = _days(opening, first - 60 * DAY, last + DAY) if opening else []
        event = first if "delivered" in claim else near[-1] if near else None
        if trust <= PRINTED:
            return _answer(first, last, claim, event)
        if trust != BELOW_TITLE and sign("copied").search(f"{head}\n{claim}"):
            return _answer(low, min(high, last), f"{claim}, of who shows the texts of others")
        force = sign("in_force").search(body[:2000])
        if force and first.year - int(force[1]) > 2:
            return _answer(None, last, f"{claim}, but in force from {force[1]}")
        if low <= high and first - 60 * DAY > high:
            return _answer(low, high, f"{claim} lies after {said}")
        wire = sign("wire").search(f"{head[-160:]}\n{body[:40]}") if sign("record").match(claim) else None
        if near and near[-1] <= last and opening and wire and wire[1] == opening[5]:
            return _answer(near[-1], near[-1], f"{claim}, sent on {near[-1]}", near[-1])
        if first == last and (near or not opening):
            return _answer(first, last, claim, event)
        if first == last and opening:
            return _answer(min(low, first), first, f"{claim}, but it opens with {opening[5]}")
        bounds.append((first, last, claim))
        low, high, words = _clock.meet(bounds)
        said = "; ".join(words)
    if low > high:
        return _answer(None, None, f"contradictory: {said}")
    if not opening:
        return _answer(low, high, said)
    told = any(first == low and last < first + 400 * DAY for first, last, _ in bounds)
    shown = any(words.startswith(("address", "file name")) for *_, words in bounds)  # published then
    # it may open with what came shortly before
    slack = 0 if (told and not shown) or low == date.min else 45 if opening[1] else 3
    days = _days(opening, low - slack * DAY, high)
    said = f"opens with {opening[5]}" + (f" + {said}" if said else "")
    before = [one for one in days if shown and f"{one.year - 1}年{one.month}月{one.day}日" in body]
    if len(days) == 1 and not before:
        return _answer(days[0] - (opening[3] - opening[2]) * DAY, days[0], said, days[0])
    low = min([low, *(one - 366 * DAY for one in before)])  # 2019年高考 is spoken of in 2018
    return _answer(low, high, f"{said}, the year open")

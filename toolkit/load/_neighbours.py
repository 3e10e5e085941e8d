"""What do the articles of one page tell of each other: where and when?"""

from __future__ import annotations

import re
from typing import Any

from toolkit.load import _level
from toolkit.load._clock import sign
from toolkit.places import CENTRE

Row = dict[str, Any]


def lend(docs: list[Row], audits: list[Row]) -> None:
    """Let the articles of one page lend each other the province, and the date where they tell of one day."""
    evidence = {one["part"]: one for one in audits}
    placed = [row for row in docs if row.get("province")]
    if len({row["province"] for row in placed}) == 1 and placed[0]["province"] != CENTRE:
        alike = len({(row["level"], row["prefecture"]) for row in placed}) == 1 and placed[0]["prefecture"]
        local = {name: placed[0][name] for name in ("level", "prefecture") if alike}  # a county's paper
        for row in docs:
            if not row.get("province") and not evidence[row["part"]]["province_evidence"]:
                row["province"] = placed[0]["province"]
                provincial = "province" if sign("provincial").search(row["text"]) else None
                row["level"] = row.get("level") or provincial
                said = row["text"][:600]
                if local and _level.told(row["province"], [(said, said, [])], "province") == local["level"]:
                    row |= local
                evidence[row["part"]]["province_evidence"] = f"the same page as part {placed[0]['part']}"
    told: dict[str, list[Row]] = {}
    for row in docs:
        if first := re.search(r"\d{1,2}月\d{1,2}日", row["text"][:80]):
            told.setdefault(first[0], []).append(row)
    for rows in told.values():
        low = max((row["date_low"] for row in rows if row.get("date_low")), default=None)
        high = min((row["date_high"] for row in rows if row.get("date_high")), default=None)
        dated = [row for row in rows if row.get("date") and row["date_precision"] == "day"]
        if len({row["date"] for row in dated}) > 1 or (low and high and low > high):
            continue
        for row in rows:
            if not row.get("date") and (row.get("date_low"), row.get("date_high")) != (low, high):
                row |= {"date_low": low, "date_high": high}
                row |= {name: dated[0][name] for name in ("date", "date_precision", "event_date") if dated}
                evidence[row["part"]]["date_evidence"] += "; the same day is told on the same page"

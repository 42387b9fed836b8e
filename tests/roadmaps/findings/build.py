"""Small plans for the tests of findings."""

import datetime as dt
from typing import Any

from deadlines.values import Deadline, Period
from roadmaps.findings import Body, Bound, Executor, PlanFacts, Row, check
from tests.roadmaps.matching.notation import PERIOD, deadline

REGION = Body("край", "края", "the region")
TOWN = Body("округ", "округа", "the district")
DAY = dt.date.fromisoformat


def row(short: str = "<2026-10-01", ref: str = "1.1", **fields: Any) -> Row:
    values = {
        "text": "Проведён слёт",
        "executors": (Executor("Мухина О.О."),),
        "activity": ref.partition(".")[0],
    } | fields
    return Row(ref=ref, deadline=short if isinstance(short, Deadline) else deadline(short), **values)


def bound(short: str = "<2026-10-01", **fields: Any) -> Bound:
    values = {"row": "1.1", "upper": "4.2", "level": 1, "kind": "implements", "body": REGION} | fields
    return Bound(deadline=short if isinstance(short, Deadline) else deadline(short), **values)


def codes(*rows: Row, period: Period | None = PERIOD, **facts: Any) -> list[tuple[str, str | None]]:
    """Give what `check` finds, as (code, row)."""
    return [(one.code, one.row) for one in check(PlanFacts(rows=rows, period=period, **facts))]

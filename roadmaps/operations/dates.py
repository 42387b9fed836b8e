"""The one function that writes dates of drafts: their rows get theirs anew from the editions in force above."""

import json
from collections.abc import Iterable

from django.db import connection

from deadlines.inheritance import same_meaning
from deadlines.values import Deadline
from organizations.recordset import recordset
from roadmaps.cascade import drafts
from roadmaps.cascade.drafts import DraftRow
from roadmaps.cascade.writing import write_versions
from roadmaps.choices import DRAFT, OPEN
from roadmaps.models import Deliverable


def refresh(commitments: Iterable[int]) -> int:
    """
    Give these rows of drafts the dates that follow from their links, set-based; gives how many moved.

    A row that the draft has not touched gets a draft version only if its date differs.
    """
    return _write(drafts.these(commitments))


def refresh_below(commitments: Iterable[int]) -> int:
    """Refresh every row of a draft that hangs on one of these upper rows."""
    return _write(drafts.below(commitments))


def refresh_touched(roadmap: int) -> int:
    """Refresh the rows that the draft of a roadmap has of its own; the others follow those above by themselves."""
    return _write(drafts.touched(roadmap))


def stale(roadmap: int) -> dict[int, Deadline]:
    """Give the deadlines that `refresh_touched` would write; writes nothing."""
    return {row.commitment: row.shown for row in drafts.touched(roadmap) if _moves(row)}


def wrong_dates() -> list[int]:
    """List the commitments whose stored draft dates differ from the plain rules; the check of the functions above."""
    touched = Deliverable.objects.at(DRAFT).filter(roadmap__editions__number=DRAFT, since=DRAFT)
    return [row.commitment for row in drafts.these(touched.values_list("commitment", flat=True)) if row.is_stale]


def _moves(row: DraftRow) -> bool:
    stored = row.effective or row.own
    return row.is_stale if row.is_touched else not same_meaning(stored, row.shown)


def _write(rows: Iterable[DraftRow]) -> int:
    fresh, begun = [], []
    for row in filter(_moves, rows):
        value = None if row.reckoned is None else json.dumps(row.reckoned.to_json(), ensure_ascii=False)
        dates = value, row.shown.kind.value, row.shown.start, row.shown.due
        if row.is_touched:
            fresh.append((row.version, *dates))
        else:
            begun.append((row.version, DRAFT, OPEN, *dates, None))
    if fresh:
        _update(fresh)
    if begun:
        write_versions(begun)
    return len(fresh) + len(begun)


def _update(fresh: list[tuple]) -> None:
    table, param = recordset("id:int effective:json kind:text start:date due:date", fresh)
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE roadmaps_deliverable SET effective = m.effective, kind = m.kind, start = m.start, due = m.due "  # noqa: S608
            f"FROM {table} AS m WHERE roadmaps_deliverable.id = m.id",
            [param],
        )

"""The one function that writes dates: rows of drafts get theirs anew from the editions in force above."""

import json
from collections import defaultdict
from collections.abc import Iterable

from django.db import connection
from django.db.models import Q

from deadlines.inheritance import Bound, LinkKind, Rule, inherit, same_meaning
from deadlines.values import Deadline
from organizations.calendars import calendar_for
from roadmaps.choices import CURRENT, DRAFT, OPEN
from roadmaps.models import Deliverable, Link
from roadmaps.recordset import recordset


def refresh(commitments: Iterable[int]) -> int:
    """
    Give these rows of drafts the dates that follow from their links, set-based; gives how many moved.

    A row that the draft has not touched gets a draft version only if its date differs.
    """
    rows = list(
        Deliverable.objects.at(DRAFT)
        .filter(commitment__in=set(commitments), roadmap__editions__number=DRAFT)
        .select_related("roadmap__organization")
    )
    bounds = _bounds([row.commitment_id for row in rows])
    fresh, touched = [], []
    for row in rows:
        effective = effective_deadline(row, bounds[row.commitment_id])
        value = None if effective is None else effective.to_json()
        if value == row.effective:
            continue
        shown = effective or row.own_deadline
        if row.since == DRAFT:
            fresh.append(
                (row.pk, value and json.dumps(value, ensure_ascii=False), shown.kind.value, shown.start, shown.due)
            )
        else:
            touched.append((row, value, shown))
    _write(fresh)
    for row, value, shown in touched:
        _begin_draft_version(row, value, shown)
    return len(fresh) + len(touched)


def refresh_below(commitments: Iterable[int]) -> int:
    """Refresh every row of a draft that hangs on one of these upper rows."""
    table, param = recordset("id:int", [(c,) for c in commitments])
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT DISTINCT l.lower_id FROM {table} AS m JOIN roadmaps_link l ON l.upper_id = m.id AND l.until = {OPEN}",  # noqa: S608
            [param],
        )
        lower = [row[0] for row in cursor.fetchall()]
    return refresh(lower)


def effective_deadline(row: Deliverable, bounds: list[Bound]) -> Deadline | None:
    """
    Give the deadline that the links of a row make for it, or None where its own phrase holds.

    The own wording also holds where it means the same, so that a document keeps its words until a date moves.
    """
    own = row.own_deadline
    inherited = inherit(own, bounds, calendar_for(row.roadmap.organization))
    return None if inherited is None or same_meaning(inherited.deadline, own) else inherited.deadline


def _bounds(commitments: list[int]) -> dict[int, list[Bound]]:
    links = list(Link.objects.at(DRAFT).filter(lower__in=commitments).order_by("pk"))
    upper = {
        row.commitment_id: row.deadline
        for row in Deliverable.objects.at(CURRENT).filter(commitment__in={link.upper_id for link in links})
    }
    found: dict[int, list[Bound]] = defaultdict(list)
    for link in links:
        if link.upper_id in upper:
            found[link.lower_id].append(
                Bound(
                    link=link.pk,
                    kind=LinkKind(link.kind),
                    rule=Rule(link.rule),
                    days=link.days,
                    working=link.working,
                    lead_days=link.lead_days,
                    upper=upper[link.upper_id],
                )
            )
    return found


def _write(fresh: list[tuple]) -> None:
    if not fresh:
        return
    table, param = recordset("id:int effective:json kind:text start:date due:date", fresh)
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE roadmaps_deliverable SET effective = m.effective, kind = m.kind, start = m.start, due = m.due "  # noqa: S608
            f"FROM {table} AS m WHERE roadmaps_deliverable.id = m.id",
            [param],
        )


def _begin_draft_version(row: Deliverable, value: dict | None, shown: Deadline) -> None:
    Deliverable.objects.filter(pk=row.pk).update(until=DRAFT)
    row.pk, row.since, row.until, row.moved_by, row._state.adding = None, DRAFT, OPEN, None, True
    row.effective, row.kind, row.start, row.due = value, shown.kind.value, shown.start, shown.due
    row.save()


def wrong_dates() -> list[int]:
    """List the commitments whose stored draft dates differ from the plain rules; the check of the function above."""
    rows = list(
        Deliverable.objects.at(DRAFT)
        .filter(Q(roadmap__editions__number=DRAFT), since=DRAFT)
        .select_related("roadmap__organization")
    )
    bounds = _bounds([row.commitment_id for row in rows])
    wrong = []
    for row in rows:
        effective = effective_deadline(row, bounds[row.commitment_id])
        shown = effective or row.own_deadline
        stored = (row.effective, row.kind, row.start, row.due)
        if stored != (None if effective is None else effective.to_json(), shown.kind.value, shown.start, shown.due):
            wrong.append(row.commitment_id)
    return wrong

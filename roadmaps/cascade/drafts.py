"""The rows of drafts with the deadlines that their links make for them: read in one statement."""

import datetime as dt
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from deadlines.inheritance import LinkKind, Rule
from deadlines.values import Deadline
from organizations.calendars import calendars_for
from organizations.recordset import recordset
from roadmaps.cascade.reading import ANY_CALENDAR, run
from roadmaps.cascade.values import Values
from roadmaps.choices import DRAFT, OPEN
from roadmaps.consequences import Hold, answer_of


class DraftRow(NamedTuple):
    """
    A row of a draft: what is stored of its deadline, and what its links make of it.

    `effective` and `reckoned` are None where its own phrase holds.
    """

    commitment: int
    version: int
    is_touched: bool
    own: Deadline
    effective: Deadline | None
    reckoned: Deadline | None
    columns: tuple[str, dt.date | None, dt.date | None]

    @property
    def shown(self) -> Deadline:
        """The deadline as it is to be."""
        return self.reckoned or self.own

    @property
    def is_stale(self) -> bool:
        """What is stored is not what follows."""
        shown = self.shown
        return self.effective != self.reckoned or self.columns != (shown.kind.value, shown.start, shown.due)


# What hangs on these rows above in a draft; what one draft has touched.
_BELOW = f"(SELECT DISTINCT l.lower_id AS id FROM {{rows}} AS m JOIN roadmaps_link l ON l.upper_id = m.id AND l.until = {OPEN})"
_TOUCHED = f"(SELECT commitment_id AS id FROM roadmaps_deliverable WHERE roadmap_id = %s AND until = {OPEN} AND since = {DRAFT})"
_ROWS = f"""
SELECT d.commitment_id, d.id, d.since, CAST(d.own AS text), CAST(d.effective AS text), d.kind, d.start, d.due,
       o.id, o.working_week, l.id, l.upper_id, l.kind, l.rule, l.days, l.working, l.lead_days,
       CAST(COALESCE(u.effective, u.own) AS text)
FROM {{rows}} AS t
JOIN roadmaps_deliverable d ON d.commitment_id = t.id AND d.until = {OPEN}
JOIN roadmaps_edition e ON e.roadmap_id = d.roadmap_id AND e.number = {DRAFT}
JOIN roadmaps_roadmap r ON r.id = d.roadmap_id
JOIN organizations_organization o ON o.id = r.organization_id
LEFT JOIN roadmaps_link l ON l.lower_id = d.commitment_id AND l.until = {OPEN}
LEFT JOIN roadmaps_deliverable u ON u.id = (SELECT x.id FROM roadmaps_deliverable x
    WHERE x.commitment_id = l.upper_id AND x.since < {DRAFT} ORDER BY x.until DESC LIMIT 1)
ORDER BY d.commitment_id, l.id"""


def these(commitments: Iterable[int]) -> list[DraftRow]:
    """Read these rows as they stand in drafts."""
    table, param = recordset("id:int", [(pk,) for pk in sorted(set(commitments))])
    return _read(table, param)


def below(commitments: Iterable[int]) -> list[DraftRow]:
    """Read the rows of drafts that hang on these rows above."""
    table, param = recordset("id:int", [(pk,) for pk in sorted(set(commitments))])
    return _read(_BELOW.format(rows=table), param)


def touched(roadmap: int) -> list[DraftRow]:
    """Read the rows that the draft of a roadmap has of its own."""
    return _read(_TOUCHED, roadmap)


def _read(source: str, param: str | int) -> list[DraftRow]:
    found = run(_ROWS.format(rows=source), [param])
    weeks = {line[8]: line[9] for line in found if line[15]}
    calendars = calendars_for(weeks) if weeks else {}
    read = Values()
    rows = []
    for commitment, group in groupby(found, key=itemgetter(0)):
        lines = list(group)
        _, version, since, own, effective, kind, start, due, organization = lines[0][:9]
        holds = tuple(_holds(lines, read))
        answer = answer_of(
            read(own), holds, [hold.upper_deadline for hold in holds], calendars.get(organization, ANY_CALENDAR)
        )
        stored = read.optional(effective)
        # Where the rows above give no date any more, a row keeps the one that it had.
        keeps = answer is None and any(hold.rule is not Rule.OWN for hold in holds)
        reckoned = stored if keeps else answer and answer.effective
        columns = (kind, _day(start), _day(due))
        rows.append(DraftRow(commitment, version, since == DRAFT, read(own), stored, reckoned, columns))
    return rows


def _holds(lines: list[tuple[Any, ...]], read: Values) -> Iterator[Hold]:
    for *_, link, upper, kind, rule, days, working, lead_days, deadline in lines:
        if link is not None:
            above = read.optional(deadline)
            yield Hold(link, upper, LinkKind(kind), Rule(rule), days, bool(working), lead_days, above)


def _day(value: dt.date | str | None) -> dt.date | None:
    """SQLite gives days as text."""
    return dt.date.fromisoformat(value) if isinstance(value, str) else value

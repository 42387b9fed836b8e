"""
What changed rows reach: ids in one recursive statement, the details of these ids in a second one.

Nothing is joined behind the recursive part: PostgreSQL takes it for fifty thousand rows and reads whole tables; ids that
come back as one parameter are looked up by index. On SQLite a number that is written out proves a partial index, a
parameter does not; hence DRAFT and OPEN stand in the text.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from django.db import connection

from deadlines.calendar import WorkingCalendar
from deadlines.inheritance import LinkKind, Rule
from deadlines.values import Deadline
from organizations.calendars import calendars_for
from organizations.recordset import recordset
from roadmaps.cascade.values import Values
from roadmaps.choices import DRAFT
from roadmaps.consequences import Hold, Plan, Reached

DEEPEST = 12
"""How many levels are walked at most: a net, because a link only ever leads strictly upwards."""


class Reach(NamedTuple):
    """The rows below, as (commitment, depth), and the roadmaps in which they stand, drafts included."""

    rows: Sequence[tuple[int, int]]
    roadmaps: frozenset[int]


# Links of drafts too: their plans are locked and refreshed. Rows with an own date are reached and not passed.
_REACH = f"""
WITH RECURSIVE reach(id, roadmap, depth, passes) AS (
    SELECT id, CAST(0 AS bigint), 0, TRUE FROM {{changed}} AS m
    UNION
    SELECT l.lower_id, l.roadmap_id, reach.depth + 1, l.rule <> '{Rule.OWN}' FROM reach
    {{links}} WHERE reach.passes AND reach.depth < {DEEPEST}
)
SELECT id, max(roadmap), max(depth) FROM reach WHERE depth > 0 GROUP BY id"""

# For the handful of rows that the planner has to guess here it would rather read all links there are.
_LINKS = {
    "postgresql": f"CROSS JOIN LATERAL (SELECT * FROM roadmaps_link x WHERE x.upper_id = reach.id AND x.until >= {DRAFT} OFFSET 0) AS l",
    "sqlite": f"JOIN roadmaps_link l ON l.upper_id = reach.id AND l.until >= {DRAFT}",
}

_DETAILS = f"""
SELECT t.id, d.id, d.roadmap_id, d.until, d.text, CAST(d.own AS text), CAST(d.effective AS text),
       l.id, l.upper_id, l.kind, l.rule, l.days, l.working, l.lead_days
FROM {{reached}} AS t
JOIN roadmaps_deliverable d ON d.commitment_id = t.id AND d.since < {DRAFT} AND d.until >= {DRAFT}
JOIN roadmaps_link l ON l.lower_id = t.id AND l.since < {DRAFT} AND l.until >= {DRAFT}
ORDER BY t.depth, t.id, l.id"""

# Rows above as they are in force or, if they were withdrawn, as they last were.
_UPPERS = f"""
SELECT t.id, CAST(COALESCE(u.effective, u.own) AS text) FROM {{rows}} AS t
JOIN roadmaps_deliverable u ON u.id = (SELECT x.id FROM roadmaps_deliverable x
    WHERE x.commitment_id = t.id AND x.since < {DRAFT} ORDER BY x.until DESC LIMIT 1)"""

# An order that approves the plan decides anew whether it follows; orders that only amend may add the clause later, and an
# order that repeals the clause takes it away. What
# follows by itself has the order of its plan, so mostly the order of the newest edition says it.
_LETS_FOLLOW = """EXISTS (SELECT 1 FROM documents_clause c WHERE c.order_id = {order} AND c.kind = 'follow'
    AND NOT EXISTS (SELECT 1 FROM documents_clause p JOIN documents_order q ON q.id = p.order_id AND q.state = 'approved'
        WHERE p.repeals_id = c.id))"""
_PLANS = f"""
SELECT r.id, r.organization_id, o.working_week, CASE WHEN a.kind = 'approve' THEN {_LETS_FOLLOW.format(order="e.order_id")}
       ELSE EXISTS (SELECT 1 FROM roadmaps_edition f WHERE f.roadmap_id = r.id AND f.number < {DRAFT} AND f.basis_id IS NULL
           AND {_LETS_FOLLOW.format(order="f.order_id")} AND f.number >= (
               SELECT max(x.number) FROM roadmaps_edition x JOIN documents_order y ON y.id = x.order_id AND y.kind = 'approve'
               WHERE x.roadmap_id = r.id AND x.number < {DRAFT} AND x.basis_id IS NULL)) END,
       e.number, e.content_hash, e.order_id,
       EXISTS (SELECT 1 FROM roadmaps_proposal p WHERE p.roadmap_id = r.id AND p.state = 'open')
FROM {{plans}} AS t
JOIN roadmaps_roadmap r ON r.id = t.id
JOIN organizations_organization o ON o.id = r.organization_id
JOIN roadmaps_edition e ON e.id = (SELECT x.id FROM roadmaps_edition x
    WHERE x.roadmap_id = r.id AND x.number < {DRAFT} ORDER BY x.number DESC LIMIT 1)
JOIN documents_order a ON a.id = e.order_id"""


def run(sql: str, params: Any) -> list[tuple]:
    """Fetch what a statement gives."""
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()


def reach(changed: Iterable[int]) -> Reach:
    """Walk down all links from these rows, also those of drafts."""
    table, param = recordset("id:int", [(pk,) for pk in changed])
    found = run(_REACH.format(changed=table, links=_LINKS[connection.vendor]), [param])
    return Reach([(pk, depth) for pk, _, depth in found], frozenset(roadmap for _, roadmap, _ in found))


def lock(roadmaps: Iterable[int]) -> None:
    """Lock these roadmaps in the order of their ids; SQLite has locked the whole database already."""
    if connection.vendor != "postgresql":
        return
    table, param = recordset("id:int", [(pk,) for pk in roadmaps])
    run(
        f"SELECT id FROM roadmaps_roadmap WHERE id IN (SELECT id FROM {table} AS m) ORDER BY id FOR NO KEY UPDATE",
        [param],
    )


def details(reached: Reach, known: Mapping[int, Deadline | None]) -> list[Reached]:
    """
    Read the rows in force among those reached, uppers first, each with all its links in force.

    :param known: deadlines in force of rows above that need not be read; those of the rows reached are found here
    """
    table, param = recordset("id:int depth:int", reached.rows)
    read = Values()
    groups = [list(group) for _, group in groupby(run(_DETAILS.format(reached=table), [param]), key=itemgetter(0))]
    above = dict(known) | {lines[0][0]: read(lines[0][6] or lines[0][5]) for lines in groups}
    others = {line[8] for lines in groups for line in lines} - above.keys()
    if others:
        table, param = recordset("id:int", [(pk,) for pk in sorted(others)])
        above |= {pk: read(deadline) for pk, deadline in run(_UPPERS.format(rows=table), [param])}
    found = []
    for lines in groups:
        commitment, version, roadmap, until, text, own = lines[0][:6]
        holds = tuple(
            Hold(link, upper, _KINDS[kind], _RULES[rule], days, bool(working), lead_days, above.get(upper))
            for *_, link, upper, kind, rule, days, working, lead_days in lines
        )
        shown = above[commitment]
        assert shown is not None  # a row in force has a deadline, be it an unknown one
        found.append(Reached(commitment, version, roadmap, until, text, read(own), shown, holds))
    return found


ANY_CALENDAR = WorkingCalendar()
_KINDS = {kind.value: kind for kind in LinkKind}
_RULES = {rule.value: rule for rule in Rule}


def plans(rows: Iterable[Reached], others: Iterable[int] = ()) -> dict[int, Plan]:
    """Read the plans in which these rows stand, and others: whether they follow, and their editions in force."""
    reckons = dict.fromkeys(others, False)
    for row in rows:
        reckons[row.roadmap] = reckons.get(row.roadmap, False) or any(hold.working for hold in row.holds)
    table, param = recordset("id:int", [(pk,) for pk in reckons])
    found = run(_PLANS.format(plans=table), [param])
    # Only who reckons in working days needs her own calendar.
    weeks = {organization: week for roadmap, organization, week, *_ in found if reckons[roadmap]}
    calendars = calendars_for(weeks) if weeks else {}
    return {
        roadmap: Plan(
            roadmap,
            organization,
            bool(follows),
            calendars.get(organization, ANY_CALENDAR),
            number,
            content_hash,
            order,
            bool(is_asked),
        )
        for roadmap, organization, _, follows, number, content_hash, order, is_asked in found
    }


# As they are in force, of a withdrawn row as it last was, of a new one as it stands in the draft.
_NAMES = f"""
SELECT t.id, h.number, h.title, d.text, o.short_name
FROM {{rows}} AS t
JOIN roadmaps_deliverable d ON d.id = (SELECT x.id FROM roadmaps_deliverable x WHERE x.commitment_id = t.id
    ORDER BY CASE WHEN x.since < {DRAFT} THEN 0 ELSE 1 END, x.until DESC LIMIT 1)
JOIN roadmaps_headingtext h ON h.id = (SELECT x.id FROM roadmaps_headingtext x WHERE x.heading_id = d.heading_id
    AND x.since <= d.since AND x.until > d.since LIMIT 1)
JOIN roadmaps_roadmap r ON r.id = d.roadmap_id
JOIN organizations_organization o ON o.id = r.organization_id"""


def names(commitments: Iterable[int]) -> list[tuple[int, str, str, str, str]]:
    """Read how rows are called: commitment, number and title of the activity, result, whose plan."""
    table, param = recordset("id:int", [(pk,) for pk in commitments])
    return run(_NAMES.format(rows=table), [param])

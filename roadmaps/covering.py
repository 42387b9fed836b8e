"""
Who answers the rows of a plan: the facts of the coverage, read set-based.

Drafts never count, neither above nor below. The great statement joins inside its recursion and comes back aggregated,
one line a plan: behind a recursive part a planner guesses wrong, and tens of thousands of rows would travel for nothing.
"""

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.db import connection
from django.db.models import Q

from deadlines.values import Deadline
from organizations.models import Organization, Participant
from organizations.querysets import russian
from organizations.recordset import recordset
from roadmaps.choices import CURRENT, DRAFT, LinkKind, Obliges
from roadmaps.coverage import Answer, Body, Demand
from roadmaps.executors import LEVELS
from roadmaps.findings.lists import items, missing_items
from roadmaps.matching.bodies import Level
from roadmaps.models import Deliverable, Link, Roadmap, Waiver
from roadmaps.sheets import Sheet

IN_FORCE = f"{{0}}.since <= {CURRENT} AND {{0}}.until > {CURRENT}"
DEPTH = 8  # links in a loop are refused when they are made; this is only the net
# `onward` is the row at which the search goes on: none behind a link that hands nothing on. To say that in a condition
# would let a planner expect few rows and walk them one by one. `pure` is 1 along rows that do the work of the row above;
# only pure chains and what feeds directly can be late, as with the findings of the plan itself.
COVER = f"""
WITH RECURSIVE cover(top, bound, onward, lower, roadmap, pure, late, depth) AS (
    SELECT d.commitment_id, d.due, d.commitment_id, d.commitment_id, d.roadmap_id, 1, CAST(NULL AS integer), 0
    FROM roadmaps_deliverable d WHERE {{base}} AND {IN_FORCE.format("d")}
    UNION ALL
    SELECT c.top, c.bound,
           CASE WHEN l.kind IN ('implements', 'feeds') AND c.depth < {DEPTH} THEN l.lower_id END,
           l.lower_id, l.roadmap_id,
           CASE WHEN l.kind = 'implements' THEN c.pure ELSE 0 END,
           CASE WHEN l.kind = 'implements' AND c.pure = 1 THEN {{days}}
                WHEN l.kind = 'feeds' AND c.depth = 0 THEN {{days}} + l.lead_days END,
           c.depth + 1
    FROM cover c
    JOIN roadmaps_link l ON l.upper_id = c.onward AND {IN_FORCE.format("l")}
    JOIN roadmaps_deliverable d ON d.commitment_id = l.lower_id AND {IN_FORCE.format("d")}
)"""  # noqa: S608 - only the module's own numbers stand in it
ANSWERS = """{cover}
SELECT roadmap, {together}(CAST(top AS text) || ':' || COALESCE(CAST(late AS text), ''), ' ')
FROM cover GROUP BY roadmap"""
PLANS = f"""
WITH RECURSIVE follow(id) AS (
    SELECT CAST(%s AS bigint) UNION SELECT l.lower_id FROM follow JOIN roadmaps_lineage l ON l.upper_id = follow.id
)
SELECT r.id, r.organization_id FROM roadmaps_roadmap r
WHERE r.programme_id = %s AND r.period_start <= %s AND r.period_end >= %s AND r.id <> %s
AND EXISTS (SELECT 1 FROM roadmaps_edition e WHERE e.roadmap_id = r.id AND e.number < {DRAFT}
            AND e.repealed_by_id IS NULL)
AND (r.id IN (SELECT id FROM follow)
     OR (r.label = '' AND NOT EXISTS (SELECT 1 FROM roadmaps_lineage x WHERE x.lower_id = r.id)))
ORDER BY r.id"""  # noqa: S608
# Behind the aggregate only what was asked for is joined: a page of rows, not a region.
DETAILS = """{cover}
SELECT c.top, c.roadmap, c.lower, max(c.late), min(c.depth) FROM cover c
WHERE c.depth > 0 GROUP BY c.top, c.roadmap, c.lower"""
ROWS = f"""
SELECT d.commitment_id, d.text, d.own, d.effective, h.number, h.title
FROM {{table}} AS m
JOIN roadmaps_deliverable d ON d.commitment_id = m.id AND {IN_FORCE.format("d")}
JOIN roadmaps_headingtext h ON h.heading_id = d.heading_id AND {IN_FORCE.format("h")}
ORDER BY h.position, d.position"""  # noqa: S608


@dataclass(frozen=True)
class Coverage:
    """A plan above and everybody below it: what the matrix, a row's page and a body's page are made of."""

    root: Organization
    demands: tuple[Demand, ...]
    everybody: tuple[Body, ...]

    def body(self, pk: int) -> Body | None:
        """Find a body below by its key."""
        return next((body for body in self.everybody if body.pk == pk), None)


@dataclass(frozen=True, slots=True)
class AnsweringRow:
    """A row below that answers a row above; `late` in days as `coverage.Answer`, `depth` 1 for a direct link."""

    roadmap: int
    commitment: int
    late: Answer
    depth: int
    text: str
    activity: str
    number: str
    deadline: Deadline


def coverage_of(sheet: Sheet, today: dt.date) -> Coverage:
    """Read who answers the rows of a plan in force; `today` decides who takes part in a cluster."""
    roadmap = sheet.edition.roadmap
    owner = roadmap.organization
    root = owner.parent if owner.kind == "institute" and owner.parent is not None else owner
    demands = demands_of(sheet)
    plans = _plans(roadmap)
    answers = answers_below(roadmap.pk)
    waived = _waived(roadmap, plans, {demand.row for demand in demands})
    narrowed = _narrowed(sheet, plans)
    of: dict[int, list[int]] = defaultdict(list)
    for plan, organization in plans.items():
        of[organization].append(plan)
    clusters = _clusters(root, today)
    below = Organization.objects.open().below(root.pk).exclude(pk__in=[root.pk, owner.pk])
    bodies = [
        Body(
            pk=pk,
            name=name,
            level=LEVELS[kind],
            parent=parent,
            plans=tuple(of[pk]) if pk in of else (),
            answers=_merged([answers[plan] for plan in of[pk] if plan in answers]) if pk in of else {},
            narrowed=narrowed.get(pk, {}),
            waived=waived.get(pk, {}),
            clusters=clusters.get(pk, frozenset()),
        )
        for pk, parent, kind, name in below.order_by(russian("short_name"), "pk").values_list(
            "pk", "parent", "kind", "short_name"
        )
    ]
    return Coverage(root, demands, tuple(_handed_on(bodies)))


def demands_of(sheet: Sheet) -> tuple[Demand, ...]:
    """Give the rows of a plan with whom they oblige, in the order of the document."""
    found = []
    for heading, rows in sheet.activities():
        sections = tuple(above.pk for above in sheet.path(heading))
        for row in rows:
            named = frozenset(row.obliged) if row.obliges == Obliges.NAMED else frozenset()
            found.append(Demand(row.commitment, row.obliges, named, sections))
    return tuple(found)


def answers_below(roadmap: int) -> dict[int, dict[int, Answer]]:
    """Give for every plan below the rows of this plan that it answers, with the days by which it ends later at most."""
    together = "string_agg" if connection.vendor == "postgresql" else "group_concat"
    sql = ANSWERS.format(cover=_cover("d.roadmap_id = %s"), together=together)
    found: dict[int, dict[int, Answer]] = {}
    known: dict[str, tuple[int, Answer]] = {}  # hundreds of plans say the same of a row
    for plan, text in _run(sql, [roadmap]):
        if plan == roadmap:
            continue
        answers = found[plan] = {}
        for item in text.split(" "):
            row, late = known.get(item) or known.setdefault(item, _item(item))
            answers[row] = _later(answers[row], late) if row in answers else late
    return found


def _item(item: str) -> tuple[int, Answer]:
    row, _, late = item.partition(":")
    return int(row), int(late) if late else None


def _later(one: Answer, other: Answer) -> Answer:
    """Give the later of two ends; one without a date says nothing."""
    if one is None or other is None:
        return other if one is None else one
    return max(one, other)


def rows_answering(tops: Iterable[int], plans: Iterable[int]) -> dict[tuple[int, int], list[AnsweringRow]]:
    """Give the rows of these plans that answer these rows above, by (row above, plan), each in its plan's order."""
    table, param = recordset("id:int", [(top,) for top in tops])
    wanted = set(plans)
    base = f"d.commitment_id IN (SELECT id FROM {table} AS tops)"  # noqa: S608 - the table is the portal's own
    found = [line for line in _run(DETAILS.format(cover=_cover(base)), [param]) if line[1] in wanted]
    table, param = recordset("id:int", sorted({(line[2],) for line in found}))
    texts = {row[0]: (place, row) for place, row in enumerate(_run(ROWS.format(table=table), [param]))}
    rows: dict[tuple[int, int], list[AnsweringRow]] = defaultdict(list)
    for top, plan, commitment, late, depth in sorted(found, key=lambda line: texts[line[2]][0]):
        _pk, text, own, effective, number, title = texts[commitment][1]
        deadline = Deadline.from_json(json.loads(effective or own))
        rows[top, plan].append(AnsweringRow(plan, commitment, late, depth, text, title, number, deadline))
    return dict(rows)


def _cover(base: str) -> str:
    postgresql = connection.vendor == "postgresql"
    days = "(d.due - c.bound)" if postgresql else "CAST(julianday(d.due) - julianday(c.bound) AS integer)"
    return COVER.format(base=base, days=days)


def _plans(roadmap: Roadmap) -> dict[int, int]:
    """Give the plans in force that follow this one, or follow nothing at all, each with its organization."""
    period = roadmap.period
    return dict(_run(PLANS, [roadmap.pk, roadmap.programme_id, period.end, period.start, roadmap.pk]))


def _merged(found: list[dict[int, Answer]]) -> dict[int, Answer]:
    """Put the answers of several plans of one body together; the latest end counts."""
    if len(found) == 1:
        return found[0]
    merged: dict[int, Answer] = {}
    for answers in found:
        for row, late in answers.items():
            merged[row] = _later(merged.get(row), late)
    return merged


def _waived(roadmap: Roadmap, plans: Mapping[int, int], tops: set[int]) -> dict[int, dict[int, str]]:
    """Give by organization the rows that it declares not applicable, also by way of a row between."""
    rows = Waiver.objects.at(CURRENT).filter(roadmap__programme=roadmap.programme_id).order_by("pk")
    found = [row for row in rows.values_list("roadmap", "upper", "reason") if row[0] in plans]
    above = _chains({upper for _plan, upper, _reason in found} - tops, tops)
    waived: dict[int, dict[int, str]] = defaultdict(dict)
    for plan, upper, reason in found:
        for top in {upper} & tops or above.get(upper, set()):
            waived[plans[plan]].setdefault(top, reason)
    return dict(waived)


def _chains(rows: set[int], tops: set[int]) -> dict[int, set[int]]:
    """Give for rows between the tops whose work they do, storey by storey upwards."""
    reached: dict[int, set[int]] = {row: {row} for row in rows}
    for _storey in range(DEPTH):
        waiting = {at for found in reached.values() for at in found} - tops
        if not waiting:
            break
        links: dict[int, set[int]] = defaultdict(set)
        for lower, upper in (
            Link.objects.at(CURRENT)
            .filter(lower__in=waiting, kind__in=[LinkKind.IMPLEMENTS, LinkKind.FEEDS])
            .values_list("lower", "upper")
        ):
            links[lower].add(upper)
        reached = {
            row: {up for at in found for up in ({at} if at in tops else links.get(at, set()))}
            for row, found in reached.items()
        }
    return {row: found & tops for row, found in reached.items()}


def _narrowed(sheet: Sheet, plans: Mapping[int, int]) -> dict[int, dict[int, tuple[str, ...]]]:
    """Give by organization the rows with a list of which it leaves things out; only direct work is held against a list."""
    listed = {row.commitment: row.text for row in sheet.rows if len(items(row.text)) > 1}
    if not listed:
        return {}
    texts: dict[tuple[int, int], list[str]] = defaultdict(list)
    links = Link.objects.at(CURRENT).filter(upper__in=listed, kind=LinkKind.IMPLEMENTS)
    uppers: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for lower, upper, plan in links.values_list("lower", "upper", "roadmap"):
        if plan in plans:
            uppers[lower].append((upper, plans[plan]))
    lower_rows = Deliverable.objects.at(CURRENT).filter(commitment__in=links.values("lower"))
    for row in lower_rows.naming_activity(CURRENT).only("commitment", "text").order_by("pk"):
        for key in uppers.get(row.commitment_id, ()):
            texts[key] += [row.activity or "", row.text]
    found: dict[int, dict[int, tuple[str, ...]]] = defaultdict(dict)
    for (upper, organization), said in texts.items():
        if missing := missing_items(listed[upper], "\n".join(said)):
            found[organization][upper] = missing
    return dict(found)


def _clusters(root: Organization, today: dt.date) -> dict[int, frozenset[int]]:
    """Give the clusters in which each organization below takes part today."""
    rows = Participant.objects.filter(
        Q(starts_on=None) | Q(starts_on__lte=today),
        Q(ends_on=None) | Q(ends_on__gte=today),
        organization__in=Organization.objects.below(root.pk).values("pk"),
    )
    found: dict[int, set[int]] = defaultdict(set)
    for organization, cluster in rows.values_list("organization", "cluster"):
        found[organization].add(cluster)
    return {organization: frozenset(clusters) for organization, clusters in found.items()}


def _handed_on(bodies: list[Body]) -> list[Body]:
    """Let a reason that a municipality gives hold for its schools, where they do not answer by themselves."""
    waived = {body.pk: body.waived for body in bodies if body.waived and body.level is Level.MUNICIPALITY}
    if not waived:
        return bodies
    return [
        replace(body, waived={**waived[body.parent], **body.waived})
        if body.level is Level.SCHOOL and body.parent in waived
        else body
        for body in bodies
    ]


def _run(sql: str, values: list[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())

"""
Reading an edition in four statements: facts (headings, executors, reasons, clauses), rows, rows above, links.

Plain SQL, because a page needs all of it at once and composing these statements anew took longer than running them.
"""

import json
from collections import defaultdict
from functools import lru_cache

from django.db import connection

from deadlines.values import Deadline
from roadmaps.choices import CURRENT, DRAFT, HeadingKind
from roadmaps.models import Edition, HeadingText
from roadmaps.sheets.data import (
    Sheet,
    SheetClause,
    SheetExecutor,
    SheetHeading,
    SheetLink,
    SheetRow,
    UpperRow,
)

# The plans above, nearest first: a plan that is reached by two ways counts at its nearest level.
ABOVE = """
WITH RECURSIVE above(roadmap_id, level) AS (
    SELECT upper_id, 1 FROM roadmaps_lineage WHERE lower_id = %(roadmap)s
    UNION SELECT l.upper_id, above.level + 1 FROM above JOIN roadmaps_lineage l ON l.lower_id = above.roadmap_id WHERE above.level < 8
), plans(roadmap_id, level) AS (SELECT roadmap_id, min(level) FROM above GROUP BY roadmap_id)"""
IN_FORCE = "SELECT x.id FROM roadmaps_edition x WHERE x.roadmap_id = plans.roadmap_id AND x.number < %(draft)s AND x.repealed_by_id IS NULL ORDER BY x.number DESC LIMIT 1"
# fact, identity, another key, position, a short text, a long text, a code
FACTS = f"""{ABOVE}
SELECT 'heading', t.heading_id, t.parent_id, t.position, t.number, t.title, h.kind
FROM roadmaps_headingtext t JOIN roadmaps_heading h ON h.id = t.heading_id
WHERE t.roadmap_id = %(roadmap)s AND t.since <= %(number)s AND t.until > %(number)s
UNION ALL SELECT 'executor', commitment_id, CASE WHEN is_foreign THEN 1 ELSE 0 END, position, "group", text, kind
FROM roadmaps_assignment WHERE roadmap_id = %(roadmap)s AND since <= %(number)s AND until > %(number)s
UNION ALL SELECT 'obliged', commitment_id, organization_id, 0, '', '', ''
FROM roadmaps_obliged WHERE roadmap_id = %(roadmap)s AND since <= %(number)s AND until > %(number)s
UNION ALL SELECT 'waiver', upper_id, 0, 0, '', reason, ''
FROM roadmaps_waiver WHERE roadmap_id = %(roadmap)s AND since <= %(number)s AND until > %(number)s
UNION ALL SELECT 'explanation', 0, 0, 0, measure, reason, "key"
FROM roadmaps_explanation WHERE roadmap_id = %(roadmap)s AND since <= %(number)s AND until > %(number)s
UNION ALL SELECT 'comment', c.commitment_id, 0, c.id, coalesce(p.surname || '|' || p.given_name || '|' || p.patronymic, u.username), c.text, ''
FROM roadmaps_comment c JOIN organizations_user u ON u.id = c.by_id LEFT JOIN organizations_person p ON p.id = u.person_id
WHERE c.roadmap_id = %(roadmap)s AND c.settled_at IS NULL
UNION ALL SELECT 'cluster', c.id, 0, 0, c.name, '', ''
FROM roadmaps_programme_clusters p JOIN organizations_cluster c ON c.id = p.cluster_id WHERE p.programme_id = %(programme)s
UNION ALL SELECT 'clause', c.order_id, 0, c.position, c.number, c.text, CAST(c.deadline AS text)
FROM documents_clause c WHERE c.order_id = %(order)s
   OR c.order_id IN (SELECT e.order_id FROM plans JOIN roadmaps_edition e ON e.id = ({IN_FORCE}))"""
ROWS = """
SELECT id, commitment_id, heading_id, position, since, text, own, effective, obliges
FROM roadmaps_deliverable WHERE roadmap_id = %(roadmap)s AND since <= %(number)s AND until > %(number)s"""
UPPERS = f"""{ABOVE}
SELECT d.commitment_id, d.roadmap_id, plans.level, d.heading_id, h.number, h.title, d.text, d.own, d.effective, d.obliges,
       o.id, o.short_name, o.short_genitive, o.word, o.word_genitive, ord.signed_on, e.order_id, o.kind,
       EXISTS(SELECT 1 FROM roadmaps_obliged b WHERE b.commitment_id = d.commitment_id
              AND b.organization_id = %(organization)s AND b.since <= %(current)s AND b.until > %(current)s)
FROM plans
JOIN roadmaps_roadmap r ON r.id = plans.roadmap_id
JOIN organizations_organization o ON o.id = r.organization_id
JOIN roadmaps_deliverable d ON d.roadmap_id = plans.roadmap_id AND d.since <= %(current)s AND d.until > %(current)s
JOIN roadmaps_headingtext h ON h.heading_id = d.heading_id AND h.since <= %(current)s AND h.until > %(current)s
LEFT JOIN roadmaps_edition e ON e.id = ({IN_FORCE})
LEFT JOIN documents_order ord ON ord.id = e.order_id
ORDER BY plans.level, d.roadmap_id, h.position, d.position"""
LINKS = f"""{ABOVE}
SELECT id, lower_id, upper_id, kind, rule, days, working, lead_days, roadmap_id
FROM roadmaps_link WHERE roadmap_id = %(roadmap)s AND since <= %(number)s AND until > %(number)s
UNION ALL SELECT id, lower_id, upper_id, kind, rule, days, working, lead_days, roadmap_id
FROM roadmaps_link WHERE roadmap_id IN (SELECT roadmap_id FROM plans) AND since <= %(current)s AND until > %(current)s
ORDER BY 1"""


def load(edition: Edition) -> Sheet:
    """Read an edition; `edition.roadmap.organization` should come with it, or costs statements of its own."""
    values = {
        "roadmap": edition.roadmap_id,
        "programme": edition.roadmap.programme_id,
        "organization": edition.roadmap.organization_id,
        "number": edition.number,
        "order": edition.order_id,
        "current": CURRENT,
        "draft": DRAFT,
    }
    facts = _run(FACTS, values)
    headings = _headings(facts)
    uppers = _uppers(_run(UPPERS, values))
    links, upper_links = _links(_run(LINKS, values), edition.roadmap_id, {row.commitment: row for row in uppers})
    sheet = Sheet(
        edition=edition,
        title=next((h.title for h in headings if h.kind == HeadingKind.TITLE), ""),
        headings=headings,
        rows=_rows(_run(ROWS, values), headings),
        uppers=uppers,
        upper_links=upper_links,
        waivers={},
        explanations={},
    )
    for link in links:
        if link.lower in sheet.row:
            sheet.row[link.lower].links.append(link)
    _settle(sheet, facts)
    return sheet


def _run(sql: str, values: dict[str, int | None]) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())


@lru_cache(maxsize=20_000)
def _deadline(value: str) -> Deadline:
    """Read a JSON column, which comes as text on both engines; a deadline does not change, so it is read once."""
    return Deadline.from_json(json.loads(value))


def _headings(facts: list[tuple]) -> list[SheetHeading]:
    found = [
        SheetHeading(pk, kind, parent, position, number, title)
        for fact, pk, parent, position, number, title, kind in facts
        if fact == "heading"
    ]
    found.sort(key=lambda heading: (heading.position, heading.pk))
    activities = (heading for heading in found if heading.kind == HeadingKind.ACTIVITY)
    for count, heading in enumerate(activities, 1):
        heading.ref = str(count)
    return found


def _rows(versions: list[tuple], headings: list[SheetHeading]) -> list[SheetRow]:
    heading = {h.pk: h for h in headings}
    place = {h.pk: n for n, h in enumerate(headings)}
    counts: dict[int, int] = defaultdict(int)
    rows = []
    for pk, commitment, of, position, since, text, own, effective, obliges in sorted(
        (version for version in versions if version[2] in place), key=lambda v: (place[v[2]], v[3], v[0])
    ):
        counts[of] += 1
        above = heading[of]
        typed = _deadline(own)
        rows.append(
            SheetRow(
                commitment=commitment,
                version=pk,
                heading=of,
                position=position,
                ref=f"{above.ref}.{counts[of]}",
                label=label_of(above.number, above.ref, counts[of]),
                text=text,
                own=typed,
                deadline=_deadline(effective) if effective else typed,
                obliges=obliges,
                is_touched=since == DRAFT,
            )
        )
    return rows


def label_of(number: str, ref: str, count: int) -> str:
    """What people call a row: the activity's own number where it has one, and the result's place in it."""
    return f"{number.strip().rstrip('.') or ref}.{count}"


def _uppers(found: list[tuple]) -> list[UpperRow]:
    counts: dict[int, int] = defaultdict(int)
    activities: dict[int, dict[int, int]] = defaultdict(dict)
    rows = []
    for (
        pk, of, level, heading, number, title, text, own, effective, obliges,
        owner, short, genitive, word, word_genitive, signed, order, kind, named,
    ) in found:  # fmt: skip
        ordinal = activities[of].setdefault(heading, len(activities[of]) + 1)
        counts[heading] += 1
        rows.append(
            UpperRow(
                commitment=pk,
                roadmap=of,
                level=level,
                ref=f"{ordinal}.{counts[heading]}",
                number=label_of(number, str(ordinal), counts[heading]),
                activity=title,
                text=text,
                deadline=_deadline(effective or own),
                obliges=obliges,
                is_named=bool(named),
                organization=owner,
                kind=kind,
                called=(kind != "institute" and word) or short,
                called_genitive=(kind != "institute" and word_genitive) or genitive or short,
                order=order,
                ordered_on=signed,
            )
        )
    return rows


def _links(found: list[tuple], roadmap: int, uppers: dict[int, UpperRow]) -> tuple[list[SheetLink], list[SheetLink]]:
    """Give the links of the sheet's rows, and those of the rows above."""
    mine: list[SheetLink] = []
    theirs: list[SheetLink] = []
    for pk, lower, upper, kind, rule, days, working, lead_days, of in found:
        link = SheetLink(pk, lower, upper, kind, rule, days, bool(working), lead_days, uppers.get(upper))
        (mine if of == roadmap else theirs).append(link)
    return mine, theirs


def _settle(sheet: Sheet, facts: list[tuple]) -> None:
    for fact, identity, other, _, short, long, code in sorted(facts, key=lambda row: (row[1] or 0, row[3] or 0)):
        row = sheet.row.get(identity)
        if fact == "executor" and row:
            row.executors.append(SheetExecutor(text=long, kind=code, group=short, is_foreign=bool(other)))
        elif fact == "obliged" and row:
            row.obliged.append(other)
        elif fact == "comment" and row:
            sheet.remarks.setdefault(identity, []).append((_name(short), long))
        elif fact == "cluster":
            sheet.clusters.append(short)
        elif fact == "waiver":
            sheet.waivers[identity] = long
        elif fact == "explanation":
            sheet.explanations[code] = (short, long)
        elif fact == "clause":
            known = json.loads(code) if code else None
            sheet.clauses.append(SheetClause(identity, short, long, known and Deadline.from_json(known)))


def _name(parts: str) -> str:
    """Give surname and initials of somebody whose names come in one text; an account without a person has one name."""
    surname, *names = parts.split("|")
    return surname + "".join(f" {name[0]}." for name in names if name)


def title_of(edition: Edition) -> str:
    """Give the title that an edition bears."""
    return (
        HeadingText.objects.filter(roadmap=edition.roadmap_id, heading__kind=HeadingKind.TITLE)
        .at(edition.number)
        .values_list("title", flat=True)
        .first()
        or ""
    )

"""
An edition as one sheet: everything that a page, a check or a hash says of it, read in four statements whatever the rows.

The order: headings with the small facts, rows, rows of the plans above, links of both.
"""

import datetime as dt
import hashlib
import json
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property

from django.db import connection
from django.db.models import Case, Q, QuerySet, TextField, Value, When
from django.db.models.expressions import RawSQL
from django.db.models.functions import Cast

from deadlines.values import Deadline, Period
from documents.models import Clause
from roadmaps.choices import CURRENT, DRAFT, HeadingKind
from roadmaps.models import Assignment, Deliverable, Edition, Explanation, HeadingText, Link, Obliged, Waiver

HASH_VERSION = 1

# The plans above, nearest first: a plan that is reached by two ways counts at its nearest level.
LINEAGE = """
WITH RECURSIVE above(roadmap_id, level) AS (
    SELECT upper_id, 1 FROM roadmaps_lineage WHERE lower_id = %s
    UNION SELECT l.upper_id, above.level + 1 FROM above JOIN roadmaps_lineage l ON l.lower_id = above.roadmap_id WHERE above.level < 8
)
SELECT d.commitment_id, d.roadmap_id, lv.level, d.heading_id, h.number, h.title, h.position, d.position, d.text, d.own, d.effective,
       d.obliges, o.id, o.short_name, o.short_genitive, o.word, o.word_genitive, ord.signed_on, e.order_id, o.kind,
       EXISTS(SELECT 1 FROM roadmaps_obliged b WHERE b.commitment_id = d.commitment_id AND b.organization_id = %s AND b.since <= %s AND b.until > %s)
FROM (SELECT roadmap_id, min(level) AS level FROM above GROUP BY roadmap_id) AS lv
JOIN roadmaps_roadmap r ON r.id = lv.roadmap_id
JOIN organizations_organization o ON o.id = r.organization_id
JOIN roadmaps_deliverable d ON d.roadmap_id = lv.roadmap_id AND d.since <= %s AND d.until > %s
JOIN roadmaps_headingtext h ON h.heading_id = d.heading_id AND h.since <= %s AND h.until > %s
LEFT JOIN roadmaps_edition e ON e.id = (
    SELECT x.id FROM roadmaps_edition x WHERE x.roadmap_id = lv.roadmap_id AND x.number < %s ORDER BY x.number DESC LIMIT 1)
LEFT JOIN documents_order ord ON ord.id = e.order_id
ORDER BY lv.level, d.roadmap_id, h.position, d.position"""


# The orders by which the plans above are in force.
ORDERS_ABOVE = """
WITH RECURSIVE above(roadmap_id, level) AS (
    SELECT upper_id, 1 FROM roadmaps_lineage WHERE lower_id = %s
    UNION SELECT l.upper_id, above.level + 1 FROM above JOIN roadmaps_lineage l ON l.lower_id = above.roadmap_id WHERE above.level < 8
)
SELECT e.order_id FROM above JOIN roadmaps_edition e ON e.id = (
    SELECT x.id FROM roadmaps_edition x WHERE x.roadmap_id = above.roadmap_id AND x.number < %s ORDER BY x.number DESC LIMIT 1)"""


@dataclass(slots=True)
class SheetHeading:
    """A section or an activity as it stands in this edition; `ref` counts activities from 1."""

    pk: int
    kind: str
    parent: int | None
    position: int
    number: str
    title: str
    ref: str = ""


@dataclass(slots=True)
class UpperRow:
    """
    A row of a plan in force above.

    `called` is what plans below call its owner («край»; an institute by its short name), `is_named` whether it
    obliges the sheet's own organization by name.
    """

    commitment: int
    roadmap: int
    level: int
    ref: str
    number: str
    activity: str
    text: str
    deadline: Deadline
    obliges: str
    is_named: bool
    organization: int
    kind: str
    called: str
    called_genitive: str
    order: int | None
    ordered_on: dt.date | None


@dataclass(slots=True)
class SheetLink:
    """A link of a row with the upper row that it names, where that is in force."""

    pk: int
    lower: int
    upper_id: int
    kind: str
    rule: str
    days: int
    working: bool
    lead_days: int
    upper: UpperRow | None


@dataclass(slots=True)
class SheetExecutor:
    """An executor as written, what it is, and whether it is somebody of another body."""

    text: str
    kind: str
    group: str
    is_foreign: bool


@dataclass(slots=True)
class SheetRow:
    """One result: its own phrase, the deadline in effect, executors and links."""

    commitment: int
    version: int
    heading: int
    position: int
    ref: str
    label: str
    text: str
    own: Deadline
    deadline: Deadline
    obliges: str
    is_touched: bool
    executors: list[SheetExecutor] = field(default_factory=list)
    links: list[SheetLink] = field(default_factory=list)
    obliged: list[int] = field(default_factory=list)


@dataclass(slots=True)
class SheetClause:
    """A clause of the edition's own order, or of an order above."""

    order: int
    number: str
    text: str
    deadline: Deadline | None


@dataclass
class Sheet:
    """One edition, read whole."""

    edition: Edition
    title: str
    headings: list[SheetHeading]
    rows: list[SheetRow]
    uppers: list[UpperRow]
    upper_links: list[SheetLink]
    waivers: dict[int, str]
    explanations: dict[str, tuple[str, str]]
    clauses: list[SheetClause] = field(default_factory=list)

    @property
    def period(self) -> Period:
        return self.edition.roadmap.period

    @cached_property
    def heading(self) -> dict[int, SheetHeading]:
        return {heading.pk: heading for heading in self.headings}

    @cached_property
    def row(self) -> dict[int, SheetRow]:
        return {row.commitment: row for row in self.rows}

    @cached_property
    def upper(self) -> dict[int, UpperRow]:
        return {row.commitment: row for row in self.uppers}

    def of_kind(self, kind: HeadingKind) -> list[SheetHeading]:
        return [heading for heading in self.headings if heading.kind == kind]

    def activities(self) -> list[tuple[SheetHeading, list[SheetRow]]]:
        """Activities in document order, each with its rows; an activity of a draft may still have none."""
        rows = defaultdict(list)
        for row in self.rows:
            rows[row.heading].append(row)
        return [(heading, rows[heading.pk]) for heading in self.of_kind(HeadingKind.ACTIVITY)]

    def path(self, heading: SheetHeading) -> list[SheetHeading]:
        """The sections above a heading, outermost first."""
        found, at = [], heading.parent
        while at is not None and at in self.heading:
            found.append(self.heading[at])
            at = self.heading[at].parent
        return found[::-1]


def load(edition: Edition) -> Sheet:
    """Read an edition; `edition.roadmap.organization` should come with it, or costs statements of its own."""
    number = edition.number
    facts = list(_facts(edition.roadmap_id, number, edition.order_id))
    headings = _headings(facts)
    uppers = _uppers(edition.roadmap_id, edition.roadmap.organization_id)
    by_commitment = {row.commitment: row for row in uppers}
    links, upper_links = _links(edition.roadmap_id, number, by_commitment)
    sheet = Sheet(
        edition=edition,
        title=next((h.title for h in headings if h.kind == HeadingKind.TITLE), ""),
        headings=headings,
        rows=_rows(edition.roadmap_id, number, headings),
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


def _facts(roadmap: int, number: int, order: int | None) -> QuerySet:
    """Headings, executors, named bodies, waivers, explanations, clauses as rows of one shape, in one statement."""
    headings = HeadingText.objects.filter(roadmap=roadmap).at(number)
    none, zero = Value(""), Value(0)
    # fact, identity, parent, position, a short text, a long text, a code
    first = headings.values_list(Value("heading"), "heading", "parent", "position", "number", "title", "heading__kind")
    others = (
        Assignment.objects.filter(roadmap=roadmap)
        .at(number)
        .values_list(Value("executor"), "commitment", _number("is_foreign"), "position", "group", "text", "kind"),
        Obliged.objects.filter(roadmap=roadmap)
        .at(number)
        .values_list(Value("obliged"), "commitment", "organization", zero, none, none, none),
        Waiver.objects.filter(roadmap=roadmap)
        .at(number)
        .values_list(Value("waiver"), "upper", zero, zero, none, "reason", none),
        Explanation.objects.filter(roadmap=roadmap)
        .at(number)
        .values_list(Value("explanation"), zero, zero, zero, "measure", "reason", "key"),
        Clause.objects.filter(Q(order=order) | Q(order__in=RawSQL(ORDERS_ABOVE, [roadmap, DRAFT])))  # noqa: S611 - no request in it
        .annotate(read=Cast("deadline", TextField()))
        .values_list(Value("clause"), "order", zero, "position", "number", "text", "read"),
    )
    return first.order_by().union(*(query.order_by() for query in others), all=True)


def _number(flag: str) -> Case:
    """Give a flag as a number: the columns of a union have one type."""
    return Case(When(**{flag: True}, then=Value(1)), default=Value(0))


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


def _rows(roadmap: int, number: int, headings: list[SheetHeading]) -> list[SheetRow]:
    heading = {h.pk: h for h in headings}
    order = {h.pk: place for place, h in enumerate(headings)}
    versions = [v for v in Deliverable.objects.filter(roadmap=roadmap).at(number) if v.heading_id in order]
    versions.sort(key=lambda version: (order[version.heading_id], version.position, version.pk))
    counts: dict[int, int] = defaultdict(int)
    rows = []
    for version in versions:
        counts[version.heading_id] += 1
        above = heading[version.heading_id]
        rows.append(
            SheetRow(
                commitment=version.commitment_id,
                version=version.pk,
                heading=version.heading_id,
                position=version.position,
                ref=f"{above.ref}.{counts[version.heading_id]}",
                label=_label(above.number, above.ref, counts[version.heading_id]),
                text=version.text,
                own=version.own_deadline,
                deadline=version.deadline,
                obliges=version.obliges,
                is_touched=version.since == DRAFT,
            )
        )
    return rows


def _label(number: str, ref: str, count: int) -> str:
    """What people call a row: the activity's own number where it has one, and the result's place in it."""
    return f"{number.strip().rstrip('.') or ref}.{count}"


def _uppers(roadmap: int, organization: int) -> list[UpperRow]:
    with connection.cursor() as cursor:
        cursor.execute(LINEAGE, [roadmap, organization, CURRENT, CURRENT, CURRENT, CURRENT, CURRENT, CURRENT, DRAFT])
        found = cursor.fetchall()
    counts: dict[int, int] = defaultdict(int)
    activities: dict[int, dict[int, int]] = defaultdict(dict)
    rows = []
    for (
        pk, of, level, heading, number, title, _, _, text, own, effective, obliges,
        owner, short, genitive, word, word_genitive, signed, order, kind, named,
    ) in found:  # fmt: skip
        ordinal = activities[of].setdefault(heading, len(activities[of]) + 1)
        counts[heading] += 1
        value = effective or own
        rows.append(
            UpperRow(
                commitment=pk,
                roadmap=of,
                level=level,
                ref=f"{ordinal}.{counts[heading]}",
                number=_label(number, str(ordinal), counts[heading]),
                activity=title,
                text=text,
                deadline=Deadline.from_json(json.loads(value) if isinstance(value, str) else value),
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


def _links(roadmap: int, number: int, uppers: dict[int, UpperRow]) -> tuple[list[SheetLink], list[SheetLink]]:
    """Give the links of the sheet's rows, and those of the rows above, in one statement."""
    own = Link.objects.filter(roadmap=roadmap).at(number)
    above = Link.objects.filter(roadmap__in={row.roadmap for row in uppers.values()}).at(CURRENT)
    columns = ("pk", "lower", "upper", "kind", "rule", "days", "working", "lead_days", "roadmap")
    found = own.order_by().values_list(*columns).union(above.order_by().values_list(*columns), all=True)
    mine: list[SheetLink] = []
    theirs: list[SheetLink] = []
    for pk, lower, upper, kind, rule, days, working, lead_days, of in sorted(found):
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
        elif fact == "waiver":
            sheet.waivers[identity] = long
        elif fact == "explanation":
            sheet.explanations[code] = (short, long)
        elif fact == "clause":
            known = json.loads(code) if code else None
            sheet.clauses.append(SheetClause(identity, short, long, known and Deadline.from_json(known)))


def title_of(edition: Edition) -> str:
    """Give the title that an edition bears."""
    return (
        HeadingText.objects.filter(roadmap=edition.roadmap_id, heading__kind=HeadingKind.TITLE)
        .at(edition.number)
        .values_list("title", flat=True)
        .first()
        or ""
    )


def canonical(sheet: Sheet) -> dict[str, object]:
    """Give what is hashed: the document alone, without keys of the database."""
    return {
        "version": HASH_VERSION,
        "title": sheet.title,
        "period": [day.isoformat() for day in sheet.period],
        "headings": [[h.kind, h.number, h.title] for h in sheet.headings if h.kind != HeadingKind.TITLE],
        "rows": [
            {
                "ref": row.ref,
                "text": row.text,
                "own": row.own.to_json(),
                "deadline": row.deadline.to_json(),
                "executors": [executor.text for executor in row.executors],
                "obliges": row.obliges,
                "links": [
                    [link.kind, link.rule, link.days, link.working, link.lead_days, link.upper and link.upper.ref]
                    for link in row.links
                ],
            }
            for row in sheet.rows
        ],
    }


def content_hash(sheet: Sheet) -> str:
    """Give the SHA-256 of the canonical JSON of an edition, in hexadecimal."""
    data = json.dumps(canonical(sheet), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(data.encode()).hexdigest()


__all__ = ["Sheet", "SheetRow", "UpperRow", "canonical", "content_hash", "load", "title_of"]

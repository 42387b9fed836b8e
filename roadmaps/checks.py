"""Plans of the database and of imports, held against the rules of roadmaps.findings."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import get_language

from documents.choices import OrderKind
from organizations.calendars import calendar_for
from roadmaps import findings, sheets
from roadmaps.executors import LEVELS
from roadmaps.findings.clauses import rows_of_clause, tasks_for
from roadmaps.findings.obligations import reaches
from roadmaps.models import Edition
from roadmaps.reading import document as read
from roadmaps.sheets import Sheet, SheetLink, SheetRow, UpperRow

if TYPE_CHECKING:
    from roadmaps.previews import Preview

ENGLISH_WORDS = {
    "region": "the region",
    "institute": "the institute",
    "district": "the district",
    "municipality": "the municipality",
    "school": "the school",
}


@dataclass(frozen=True, slots=True)
class Remark:
    """
    A finding of an edition, tied to the database.

    `key` names it for explanations and fixes, `measure` the dates that it is about: an explanation holds only for the
    measure that was explained. `upper` is the row above, if one is the boundary.
    """

    finding: findings.Finding
    key: str
    measure: str
    commitment: int | None
    upper: UpperRow | None
    reason: str = ""

    @property
    def code(self) -> str:
        return self.finding.code

    @property
    def severity(self) -> str:
        return self.finding.severity.value

    @property
    def is_explained(self) -> bool:
        return bool(self.reason)

    @property
    def blocks(self) -> bool:
        """An error that is neither mended nor explained."""
        return self.finding.severity is findings.Severity.ERROR and not self.reason

    @property
    def title(self) -> str:
        return findings.describe(self.finding, language()).title

    @property
    def sentence(self) -> str:
        return findings.describe(self.finding, language()).sentence

    @property
    def fixes(self) -> list[tuple[int, str]]:
        """The one-click fixes as (place, label); giving a reason has a form of its own."""
        return [
            (place, findings.label(fix, language()))
            for place, fix in enumerate(self.finding.fixes)
            if fix.kind != "explain"
        ]


def language() -> str:
    return (get_language() or "ru")[:2]


def open_errors(edition: Edition) -> list[Remark]:
    """List the errors that keep an edition from being submitted."""
    return [remark for remark in remarks_of(sheets.load(edition)) if remark.blocks]


def remarks_of(sheet: Sheet) -> list[Remark]:
    """Check an edition; a remark for every finding, in the order of the plan."""
    facts = facts_of(sheet)
    rows = {row.ref: row for row in sheet.rows}
    remarks = []
    for finding in findings.check(facts):
        row = rows.get(finding.row or "")
        upper = _upper_of(sheet, finding)
        key = finding_key(finding, row, upper)
        measure = _measure(finding, row, upper)
        explained, reason = sheet.explanations.get(key, ("", ""))
        remarks.append(
            Remark(
                finding=finding,
                key=key,
                measure=measure,
                commitment=row.commitment if row else None,
                upper=upper,
                reason=reason if explained == measure else "",
            )
        )
    return remarks


def finding_key(finding: findings.Finding, row: SheetRow | None, upper: UpperRow | None) -> str:
    """Name a finding by what lasts: its code, the row, and what it is held against."""
    against = str(upper.commitment) if upper else finding.against.row if finding.against else ""
    level = finding.against.level if finding.against else 0
    return f"{finding.code}:{row.commitment if row else ''}:{level}:{against}"[:120]


def _measure(finding: findings.Finding, row: SheetRow | None, upper: UpperRow | None) -> str:
    own = f"{row.deadline.start}/{row.deadline.due}" if row else ""
    above = f"{upper.deadline.start}/{upper.deadline.due}" if upper else ""
    return f"{own}|{above}".replace("None", "")


def _upper_of(sheet: Sheet, finding: findings.Finding) -> UpperRow | None:
    if finding.against is None or finding.params.get("clause"):
        return None
    body = finding.params.get("body")
    for upper in sheet.uppers:
        if (upper.level, upper.number) == (finding.against.level, finding.against.row) and (
            body is None or body.nominative == upper.called
        ):
            return upper
    return None


def facts_of(sheet: Sheet) -> findings.PlanFacts:
    """Put together what the rules ask about an edition."""
    organization = sheet.edition.roadmap.organization
    order = sheet.edition.order
    if order is not None and order.kind == OrderKind.AMEND:
        order = order.amends  # a plan is approved once: what amends it later makes no term of it come too early
    clauses = _clauses(sheet)
    own = clauses.pop(sheet.edition.order_id, []) if sheet.edition.order_id else []
    return findings.PlanFacts(
        rows=tuple(_row(sheet, row) for row in sheet.rows),
        bounds=(*_bounds(sheet), *_clause_bounds(sheet, clauses)),
        above=tuple(_above(sheet)),
        period=sheet.period,
        order_date=order.signed_on if order else None,
        clauses=tuple(findings.OrderClause(clause.number, clause.text, clause.deadline) for clause in own),
        calendar=calendar_for(organization),
    )


def _row(sheet: Sheet, row: SheetRow) -> findings.Row:
    activity = sheet.heading[row.heading]
    rules = [link.rule for link in row.links if link.upper]
    return findings.Row(
        ref=row.ref,
        text=row.text,
        deadline=row.deadline,
        title=activity.title,
        number=activity.number,
        activity=activity.ref,
        section=tuple(above.number or above.title for above in sheet.path(activity)),
        executors=tuple(findings.Executor(executor.text, foreign=executor.is_foreign) for executor in row.executors),
        rule=rules[0] if rules else "own",
    )


def body_of(upper: UpperRow) -> findings.Body:
    """Give how findings name the owner of an upper row."""
    return findings.Body(upper.called, upper.called_genitive, ENGLISH_WORDS.get(upper.kind, upper.called))


def _bounds(sheet: Sheet) -> Iterator[findings.Bound]:
    """
    Give what the rows above demand, level by level.

    Beyond the nearest plan a demand is handed on only where every link of the chain *implements*.
    """
    onward: dict[int, list[SheetLink]] = defaultdict(list)
    for link in sheet.upper_links:
        if link.kind == "implements" and link.upper:
            onward[link.lower].append(link)
    sharing: dict[int, list[SheetRow]] = defaultdict(list)
    for row in sheet.rows:
        for link in row.links:
            sharing[link.upper_id].append(row)
    for row in sheet.rows:
        for link in row.links:
            if link.upper is None:
                continue
            companions = [_words(sheet, other) for other in sharing[link.upper_id] if other is not row]
            yield _bound(row, link.upper, link.kind, rule=link.rule, lead_days=link.lead_days, companions=companions)
            if link.kind == "implements":
                yield from _chain(row, link.upper, onward, (link.upper.number,), {link.upper_id})


def _chain(
    row: SheetRow, upper: UpperRow, onward: dict[int, list[SheetLink]], via: tuple[str, ...], seen: set[int]
) -> Iterator[findings.Bound]:
    for link in onward[upper.commitment]:
        if link.upper is None or link.upper_id in seen:
            continue
        yield _bound(row, link.upper, "implements", via=via)
        yield from _chain(row, link.upper, onward, (*via, link.upper.number), seen | {link.upper_id})


def _bound(
    row: SheetRow,
    upper: UpperRow,
    kind: str,
    *,
    rule: str = "own",
    lead_days: int = 0,
    via: tuple[str, ...] = (),
    companions: Sequence[str] = (),
) -> findings.Bound:
    return findings.Bound(
        row=row.ref,
        upper=upper.number,
        level=upper.level,
        kind=kind,
        deadline=upper.deadline,
        body=body_of(upper),
        rule=rule,
        lead_days=lead_days,
        title=upper.activity,
        text=upper.text,
        via=via,
        companions=tuple(companions),
    )


def _words(sheet: Sheet, row: SheetRow) -> str:
    return f"{sheet.heading[row.heading].title}\n{row.text}"


def _above(sheet: Sheet) -> Iterator[findings.UpperRow]:
    """Give the rows of the nearest plans above, as coverage sees them."""
    mine = LEVELS[sheet.edition.roadmap.organization.kind]
    answered = {link.upper_id for row in sheet.rows for link in row.links} | set(sheet.waivers)
    for upper in sheet.uppers:
        if upper.level != 1:
            continue
        yield findings.UpperRow(
            ref=upper.number,
            text=upper.text,
            deadline=upper.deadline,
            body=body_of(upper),
            title=upper.activity,
            obliges=upper.is_named or reaches(upper.obliges, mine),
            answered=upper.commitment in answered,
        )


def _clauses(sheet: Sheet) -> dict[int, list[read.Clause]]:
    """Give the clauses of the sheet's own order and of the orders above, by order."""
    found: dict[int, list[read.Clause]] = defaultdict(list)
    for clause in sheet.clauses:
        found[clause.order].append(read.Clause(clause.number, clause.text, clause.deadline))
    return found


def _clause_bounds(sheet: Sheet, clauses: dict[int, list[read.Clause]]) -> Iterator[findings.Bound]:
    """Hold rows against dated clauses of the orders above that are addressed to bodies like this one."""
    if not clauses:
        return
    plan = _as_document(sheet)
    mine = LEVELS[sheet.edition.roadmap.organization.kind]
    owners = {upper.order: upper for upper in sheet.uppers}
    for pk, given in clauses.items():
        if pk not in owners:
            continue
        order = read.PlanDocument(header=read.Header(clauses=tuple(given)))
        for clause in tasks_for(order, mine):
            if clause.deadline is None:
                continue
            for ref in rows_of_clause(clause, plan):
                yield findings.Bound(
                    row=ref,
                    upper=f"п. {clause.number}",
                    level=owners[pk].level,
                    kind="implements",
                    deadline=clause.deadline,
                    body=body_of(owners[pk]),
                    text=clause.text,
                    clause=True,
                )


def _as_document(sheet: Sheet) -> read.PlanDocument:
    from roadmaps import meeting

    return meeting.document_of(sheet)[0]


def mark(preview: "Preview") -> None:
    """Lay the findings of an import beside its rows; they show, and never hinder."""
    facts = findings.PlanFacts(
        rows=tuple(
            findings.Row(
                ref=row.ref,
                text=row.result.text,
                deadline=row.result.deadline,
                title=row.activity.title,
                number=row.activity.number,
                activity=row.activity.ref,
                section=row.activity.section,
                executors=tuple(
                    findings.Executor(executor.text, foreign=executor.is_foreign) for executor in row.executors
                ),
                rule=row.links[0].rule if row.links else "own",
            )
            for row in preview.rows
        ),
        bounds=tuple(
            findings.Bound(
                row=row.ref,
                upper=link.choice.label,
                level=1,
                kind=link.kind,
                deadline=link.choice.deadline,
                body=findings.Body(link.choice.called, link.choice.called_genitive, link.choice.called),
                rule=link.rule,
                title=link.choice.activity,
                text=link.choice.text,
            )
            for row in preview.rows
            for link in row.links
            if link.choice
        ),
        period=preview.document.header.period,
        order_date=preview.document.header.order_date if preview.incoming.aim == "in-force" else None,
        calendar=calendar_for(preview.incoming.organization),
    )
    for finding in findings.check(facts):
        if finding.row and finding.severity is not findings.Severity.INFO:
            preview.row(finding.row).findings.append(Remark(finding, key="", measure="", commitment=None, upper=None))

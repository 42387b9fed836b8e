"""Where a document on its way in meets the plans in force above it."""

from typing import Any

from deadlines.values import Period
from organizations.models import Organization
from organizations.querysets import ancestry
from roadmaps import sheets
from roadmaps.choices import HeadingKind
from roadmaps.matching import match
from roadmaps.models import Edition, Programme, Roadmap
from roadmaps.reading.document import Activity, Header, PlanDocument, Result, Section

CANDIDATES = 3


def uppers_of(organization: Organization, programme: Programme, period: Period | None) -> list[Roadmap]:
    """
    List the roadmaps in force from which an organization's plan follows directly: those of the nearest storey that has any.

    An institute stands on the storey of the body above it, so a municipality follows the region and its institutes. What lies
    further above is reached through these.
    """
    above = dict(
        Organization.objects.filter(pk__in=ancestry([organization.pk]))
        .exclude(pk=organization.pk)
        .values_list("pk", "parent")
    )
    institutes = Organization.objects.filter(kind="institute", parent__in=above).exclude(pk=organization.pk)
    storey = {pk: _depth(pk, above) for pk in above}
    storey |= {pk: storey[parent] for pk, parent in institutes.values_list("pk", "parent")}
    in_force = Edition.objects.in_force().filter(roadmap__programme=programme, roadmap__organization__in=storey)
    if period is not None:
        in_force = in_force.filter(roadmap__period_start__lte=period.end, roadmap__period_end__gte=period.start)
    found = Roadmap.objects.filter(pk__in=in_force.values("roadmap")).select_related("organization")
    nearest = max((storey[roadmap.organization_id] for roadmap in found), default=0)
    return sorted(
        (roadmap for roadmap in found if storey[roadmap.organization_id] == nearest),
        key=lambda roadmap: (roadmap.organization_id not in above, roadmap.organization_id, roadmap.pk),
    )


def _depth(pk: int, parents: dict[int, int | None]) -> int:
    depth = 0
    while (parent := parents.get(pk)) is not None and parent in parents:
        pk, depth = parent, depth + 1
    return depth


def in_force_sheet(roadmap: Roadmap) -> sheets.Sheet:
    """Read the edition in force of a roadmap."""
    edition = Edition.objects.in_force().select_related("roadmap__organization", "order").get(roadmap=roadmap)
    return sheets.load(edition)


def document_of(sheet: sheets.Sheet) -> tuple[PlanDocument, dict[str, int]]:
    """Give a sheet in the shape of a read document, and the commitment of every ref."""
    organization = sheet.edition.roadmap.organization
    order = sheet.edition.order
    rows = [
        Activity(
            ref=heading.ref,
            number=heading.number,
            title=heading.title,
            section=tuple(above.number or above.title for above in sheet.path(heading)),
            results=tuple(
                Result(row.ref, row.text, row.deadline, tuple(executor.text for executor in row.executors))
                for row in results
            ),
        )
        for heading, results in sheet.activities()
    ]
    sections = [
        Section(heading.number, heading.title, len(sheet.path(heading)) + 1)
        for heading in sheet.of_kind(HeadingKind.SECTION)
    ]
    header = Header(
        issuer=organization.name,
        title=sheet.title,
        period=sheet.period,
        order_number=order.number if order else "",
        order_date=order.signed_on if order else None,
    )
    document = PlanDocument(header=header, sections=tuple(sections), rows=tuple(rows))
    return document, {row.ref: row.commitment for row in sheet.rows}


def meet(document: PlanDocument, *, organization: Organization, programme: Programme) -> dict[str, Any]:
    """
    Match a read document with the plans in force above it.

    Gives ``{"uppers": [roadmap, …], "rows": {ref: [{"upper": commitment, "kind", "rule", "score"}, …]}}``, best first.
    """
    uppers = uppers_of(organization, programme, document.header.period)
    rows: dict[str, list[dict[str, Any]]] = {result.ref: [] for _, result in document.results()}
    for roadmap in uppers:
        upper, commitments = document_of(in_force_sheet(roadmap))
        for found in match(upper, document).links:
            if found.upper is None:
                continue
            rows[found.lower].append(
                {"upper": commitments[found.upper], "kind": found.kind, "rule": found.rule, "score": found.score}
            )
            rows[found.lower] += [
                {
                    "upper": commitments[also.upper],
                    "kind": also.kind,
                    "rule": also.rule,
                    "score": also.score,
                    "also": True,
                }
                for also in found.also
            ]
    for candidates in rows.values():
        candidates.sort(key=lambda candidate: (bool(candidate.get("also")), -candidate["score"]))
    return {"uppers": [roadmap.pk for roadmap in uppers], "rows": rows}

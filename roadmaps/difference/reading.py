"""Two editions read for comparing: one statement for each ranged table, whatever the number of rows."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from roadmaps.choices import HeadingKind
from roadmaps.difference.comparing import compare
from roadmaps.difference.data import Difference, Heading, LinkFact, Row, Side
from roadmaps.models import Assignment, Deliverable, HeadingText, Link, Obliged, Waiver
from roadmaps.models.ranged import Ranged
from roadmaps.sheets.reading import label_of


def difference(roadmap: int, was: int, became: int) -> Difference:
    """Compare two editions of a roadmap; DRAFT is one of the numbers, too. Six statements."""
    one, other = sides(roadmap, was, became)
    return compare(one, other)


def sides(roadmap: int, was: int, became: int) -> tuple[Side, Side]:
    """Read what holds in at least one of two editions, and part it."""
    # What both share is read along: numbers of rows count their neighbours.
    tables: dict[Any, list[Any]] = {
        model: list(model.objects.in_either(was, became).filter(roadmap=roadmap).order_by("pk"))
        for model in (Deliverable, Assignment, Obliged, Link, Waiver)
    }
    texts = list(HeadingText.objects.in_either(was, became).filter(roadmap=roadmap).select_related("heading"))
    one, other = (
        _side(
            number,
            [text for text in texts if _holds(text, number)],
            {model: [row for row in rows if _holds(row, number)] for model, rows in tables.items()},
        )
        for number in (was, became)
    )
    return one, other


def _holds(row: Ranged, number: int) -> bool:
    return bool(row.since <= number < row.until)


def _side(number: int, texts: list[HeadingText], tables: dict[Any, list[Any]]) -> Side:
    headings = _headings(texts)
    executors: dict[int, list[Assignment]] = defaultdict(list)
    for executor in tables[Assignment]:
        executors[executor.commitment_id].append(executor)
    obliged: dict[int, list[int]] = defaultdict(list)
    for one in tables[Obliged]:
        obliged[one.commitment_id].append(one.organization_id)
    links: dict[int, list[LinkFact]] = defaultdict(list)
    for link in tables[Link]:
        fact = LinkFact(link.upper_id, link.kind, link.rule, link.days, link.working, link.lead_days)
        links[link.lower_id].append(fact)
    rows = {
        version.commitment_id: Row(
            commitment=version.commitment_id,
            heading=version.heading_id,
            label=label,
            text=version.text,
            deadline=version.deadline,
            executors=tuple(
                one.text for one in sorted(executors[version.commitment_id], key=lambda one: (one.position, one.pk))
            ),
            obliges=version.obliges,
            obliged=tuple(sorted(obliged[version.commitment_id])),
            links=tuple(sorted(links[version.commitment_id], key=lambda fact: fact.upper)),
            since=version.since,
            until=version.until,
            moved_by=version.moved_by,
        )
        for version, label in _labelled(tables[Deliverable], headings)
    }
    return Side(number, headings, rows, {one.upper_id: one.reason for one in tables[Waiver]})


def _headings(texts: list[HeadingText]) -> dict[int, Heading]:
    by_pk = {text.heading_id: text for text in texts}

    def path(text: HeadingText) -> tuple[int, ...]:
        found: list[int] = []
        above = text.parent_id
        while above is not None and above in by_pk and above not in found:
            found.append(above)
            above = by_pk[above].parent_id
        return tuple(found[::-1])

    return {
        text.heading_id: Heading(
            text.heading_id, text.heading.kind, text.number, text.title, path(text), text.since, text.until
        )
        for text in sorted(texts, key=lambda text: (text.position, text.heading_id))
    }


def _labelled(versions: list[Deliverable], headings: dict[int, Heading]) -> Iterable[tuple[Deliverable, str]]:
    """Give rows in document order with what people call them, as the page of the plan does."""
    under: dict[int, list[Deliverable]] = defaultdict(list)
    for version in versions:
        under[version.heading_id].append(version)
    activities = [heading for heading in headings.values() if heading.kind == HeadingKind.ACTIVITY]
    for ordinal, heading in enumerate(activities, 1):
        rows = sorted(under[heading.pk], key=lambda version: (version.position, version.pk))
        for count, version in enumerate(rows, 1):
            yield version, label_of(heading.number, str(ordinal), count)


def changed_rows(roadmap: int, numbers: Sequence[int]) -> dict[int, int]:
    """
    Count for each edition the rows that are not as in the one before it: came, went or have a new version. One statement.

    The first edition has none before it and is left out.
    """
    found: dict[int, set[int]] = {number: set() for number in numbers}
    versions = Deliverable.objects.filter(roadmap=roadmap).values_list("commitment", "since", "until")
    for commitment, since, until in versions:
        for edge in (since, until):
            if edge in found:
                found[edge].add(commitment)
    first = min(numbers, default=0)
    return {number: len(rows) for number, rows in found.items() if number != first}

"""
The coverage of a region's plan by 500 schools, beside an aggregated bare query.

The page is asked through Django's handler, as a browser asks; the data of all 500 are read for its totals, forty columns
are drawn. The floor is the least that says the same of every cell: one recursive statement, aggregated by plan.
"""

import datetime as dt
from collections.abc import Callable

from django.db import connection
from django.test import Client

from benchmarks.measure import Figure, in_turns, statements
from deadlines.values import Deadline, Kind
from documents.models import Order
from documents.operations.files import store_file
from documents.operations.orders import OrderData, register_from_paper
from organizations import access
from organizations.access import Role
from organizations.models import Organization, User
from roadmaps.choices import CURRENT, EditionState, HeadingKind, LinkKind, Obliges, Rule
from roadmaps.models import (
    Commitment,
    Deliverable,
    Edition,
    Heading,
    HeadingText,
    Lineage,
    Link,
    Programme,
    Roadmap,
)

TOWNS = 34
FIRST = dt.date(2024, 9, 6)
NOW = dt.datetime(2024, 9, 2, 9, tzinfo=dt.UTC)
END = dt.date(2025, 8, 31)
IN_FORCE = f"{{0}}.since <= {CURRENT} AND {{0}}.until > {CURRENT}"
BARE = f"""
WITH RECURSIVE cover(top, bound, id, roadmap, due) AS (
    SELECT d.commitment_id, d.due, d.commitment_id, d.roadmap_id, d.due FROM roadmaps_deliverable d
    WHERE d.roadmap_id = %s AND {IN_FORCE.format("d")}
    UNION ALL
    SELECT c.top, c.bound, l.lower_id, l.roadmap_id, d.due FROM cover c
    JOIN roadmaps_link l ON l.upper_id = c.id AND {IN_FORCE.format("l")} AND l.kind = 'implements'
    JOIN roadmaps_deliverable d ON d.commitment_id = l.lower_id AND {IN_FORCE.format("d")}
)
SELECT roadmap, string_agg(top || CASE WHEN due > bound THEN 'l' ELSE 'c' END, ' ') FROM cover GROUP BY roadmap"""


def matrix(name: str, *, schools: int, rows: int) -> Figure:
    """Measure the first page of the schools of a region."""
    roadmap, coordinator = build(name, schools=schools, rows=rows)
    client = Client(SERVER_NAME="localhost")
    client.force_login(coordinator)
    address = f"/plans/{roadmap.pk}/coverage/?level=schools"

    def product() -> None:
        answer = client.get(address)
        assert answer.status_code == 200, answer.status_code
        assert answer.content.decode().count('<a class="cov ') == rows * 40

    def floor() -> None:
        with connection.cursor() as cursor:
            cursor.execute(BARE, [roadmap.pk])
            assert len(cursor.fetchall()) == schools + TOWNS + 1

    product()
    assert statements(floor) == 1
    return in_turns(
        name,
        product,
        floor,
        turns=30,
        rows=rows * schools,
        counts_statements=True,
        note="aim: at most 100 ms and 2 × its floor",
    )


def build(name: str, *, schools: int, rows: int) -> tuple[Roadmap, User]:
    """Build a region whose municipalities and schools all have plans in force; every fourth row of a school is late."""
    ministry = Organization.objects.create(
        kind="region", name=f"Министерство {name}", short_name=f"Министерство {name}"
    )
    coordinator = User.objects.create_user(f"coordinator-{name}", password=None)
    access.grant(coordinator, Role.COORDINATOR, ministry)
    programme = Programme.objects.create(organization=ministry, name=f"Сеть мастерских {name}")
    towns = Organization.objects.bulk_create(
        _body("municipality", f"Округ № {number}", ministry) for number in range(1, TOWNS + 1)
    )
    below = Organization.objects.bulk_create(
        _body("school", f"Школа № {number}", towns[number % TOWNS]) for number in range(1, schools + 1)
    )
    top = plan(programme, ministry, None, rows, late=lambda row: 0, obliges=Obliges.SCHOOLS)
    plans = {town.pk: plan(programme, town, top, rows, late=lambda row: -1) for town in towns}
    for school in below:
        plan(programme, school, plans[school.parent_id or 0], rows, late=lambda row: 3 if row % 4 == 0 else -3)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return top[0], coordinator


def _body(kind: str, name: str, parent: Organization) -> Organization:
    return Organization(kind=kind, name=name, short_name=name, parent=parent)


Plan = tuple[Roadmap, list[int]]


def plan(
    programme: Programme,
    organization: Organization,
    upper: Plan | None,
    rows: int,
    *,
    late: Callable[[int], int],
    obliges: str = Obliges.NOBODY,
) -> Plan:
    """Write a plan in force in bulk; `late` gives the days by which a row ends after the region's."""
    roadmap = Roadmap.objects.create(programme=programme, organization=organization, period_start=FIRST, period_end=END)
    basis = Edition.objects.get(roadmap=upper[0]) if upper else None
    order = None if upper else _order(organization)
    Edition.objects.create(
        roadmap=roadmap, number=1, state=EditionState.APPROVED, order=order, basis=basis, opened_at=NOW, changed_at=NOW
    )
    heading = Heading.objects.create(roadmap=roadmap, kind=HeadingKind.ACTIVITY)
    HeadingText.objects.create(heading=heading, roadmap=roadmap, since=1, position=1, number="1", title="Мастерские")
    commitments = [one.pk for one in Commitment.objects.bulk_create(Commitment(roadmap=roadmap) for _ in range(rows))]
    Deliverable.objects.bulk_create(
        _row(roadmap, heading, commitment, row, late(row), obliges) for row, commitment in enumerate(commitments)
    )
    if upper is not None:
        Lineage.objects.create(lower=roadmap, upper=upper[0])
        Link.objects.bulk_create(
            Link(roadmap=roadmap, since=1, lower_id=lower, upper_id=above, kind=LinkKind.IMPLEMENTS, rule=Rule.OWN)
            for lower, above in zip(commitments, upper[1], strict=True)
        )
    return roadmap, commitments


def _order(organization: Organization) -> Order:
    original = store_file(organization=organization, name="plan.docx", data=b"as it came", by=None, now=NOW)
    data = OrderData(number=str(organization.pk), signed_on=FIRST, issuer=organization.name)
    return register_from_paper(organization=organization, order=data, original=original, by=None, now=NOW)


def _row(roadmap: Roadmap, heading: Heading, commitment: int, row: int, days: int, obliges: str) -> Deliverable:
    due = FIRST + dt.timedelta(7 * row + days)
    deadline = Deadline(kind=Kind.BY, due=due, phrase=f"до {due:%d.%m.%Y} г.")
    return Deliverable(
        commitment_id=commitment,
        roadmap=roadmap,
        heading=heading,
        since=1,
        position=row,
        text=f"Итоги встречи {row + 1} обсуждены, перечень мастерских уточнён и доведён до участников",
        own=deadline.to_json(),
        kind="by",
        due=due,
        own_due=due,
        obliges=obliges,
    )

"""A large invented tree of plans in force, each row inheriting from the plan above: built set by set on PostgreSQL."""

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection, transaction

from deadlines.calendar import WorkingCalendar
from deadlines.inheritance import Bound, LinkKind, Rule, inherit
from deadlines.values import Deadline, Kind
from deadlines.wording import render
from documents.choices import ClauseKind, OrderState
from documents.models import Clause, Order, StoredFile
from documents.operations.files import store_file
from organizations import access
from organizations.access import Role
from organizations.models import Organization, OrganizationUserPermission, User
from organizations.recordset import recordset
from roadmaps.choices import HeadingKind
from roadmaps.models import Edition, Heading, HeadingText, Lineage, Programme, Roadmap

NOW = dt.datetime(2026, 9, 1, 9, tzinfo=dt.UTC)
START, END = dt.date(2026, 9, 1), dt.date(2027, 8, 31)
ROWS = 40
KINDS = ("region", "municipality", "school", "school")
RULES: Sequence[tuple[Rule, int, bool]] = (
    (Rule.SHIFTED, -2, True),
    (Rule.SAME, 0, False),
    (Rule.WITHIN, 0, False),
    (Rule.SHIFTED, -3, False),
)
VARIANTS = 5
"""Plans of one storey differ in what they had written themselves before they followed."""
TEXT = (
    "Проведены встречи наставников мастерских, перечень оборудования уточнён и доведён до участников, "
    "итоги размещены на странице сети, замечания учтены в работе"
)


@dataclass(frozen=True)
class Tree:
    """The plan at the top, with its rows in order; `plans` counts those below."""

    roadmap: Roadmap
    rows: list[int]
    plans: int


@transaction.atomic
def grow(label: str, storeys: Sequence[int]) -> Tree:
    """Grow a tree with so many plans on each storey; every plan has forty rows, an order and a coordinator."""
    organizations = _organizations(label, storeys)
    programme = Programme.objects.create(organization=organizations[0][0], name=f"Сеть мастерских {label}")
    storeyed = [
        Roadmap.objects.bulk_create(
            [Roadmap(programme=programme, organization=o, period_start=START, period_end=END) for o in storey]
        )
        for storey in organizations
    ]
    everybody = [roadmap for storey in storeyed for roadmap in storey]
    original = store_file(organization=organizations[0][0], name=f"{label}.docx", data=b"as it came", by=None, now=NOW)
    orders = _orders(everybody, original)
    Edition.objects.bulk_create(
        Edition(
            roadmap=roadmap, number=1, state="approved", order=order, content_hash="0" * 64, opened_at=NOW,
            changed_at=NOW, approved_at=NOW,
        )
        for roadmap, order in zip(everybody, orders, strict=True)
    )  # fmt: skip
    parents = {
        lower.pk: storeyed[level - 1][place % len(storeyed[level - 1])].pk
        for level, storey in enumerate(storeyed)
        for place, lower in enumerate(storey)
        if level
    }
    Lineage.objects.bulk_create(Lineage(lower_id=lower, upper_id=upper) for lower, upper in parents.items())
    _rows(storeyed, parents, _headings(everybody))
    with connection.cursor() as cursor:
        for table in ("commitment", "deliverable", "link"):
            name = f"roadmaps_{table}"
            cursor.execute(f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), (SELECT max(id) FROM {name}))")
    top = storeyed[0][0]
    return Tree(top, [top.pk * 1000 + place for place in range(ROWS)], len(everybody) - 1)


def analyze() -> None:
    """Let the planner know what the tables hold, as it does after a while of itself."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _organizations(label: str, storeys: Sequence[int]) -> list[list[Organization]]:
    found: list[list[Organization]] = []
    for level, count in enumerate(storeys):
        above = found[-1] if found else []
        found.append(
            Organization.objects.bulk_create(
                Organization(
                    parent=above[place % len(above)] if above else None,
                    kind=KINDS[min(level, len(KINDS) - 1)],
                    name=f"Организация {label}, {level}-{place}",
                    short_name=f"Организация {label} {level}-{place}",
                )
                for place in range(count)
            )
        )
    everybody = [organization for storey in found for organization in storey]
    users = User.objects.bulk_create(
        User(username=f"{label}-{place}", email=f"{label}-{place}@example.org") for place in range(len(everybody))
    )
    access.grant(users[0], Role.COORDINATOR, everybody[0])
    permission = OrganizationUserPermission.objects.get(user=users[0]).permission
    OrganizationUserPermission.objects.bulk_create(
        OrganizationUserPermission(user=user, permission=permission, content_object=organization)
        for user, organization in zip(users[1:], everybody[1:], strict=True)
    )
    return found


def _orders(roadmaps: Sequence[Roadmap], original: StoredFile) -> list[Order]:
    """One registered order for each plan, with the clause that lets its dates follow."""
    orders = Order.objects.bulk_create(
        Order(
            organization=roadmap.organization, state=OrderState.REGISTERED, issuer=roadmap.organization.name, number="1",
            signed_on=START, year=START.year, from_paper=True, original=original, drafted_at=NOW, changed_at=NOW,
            registered_at=NOW,
        )
        for roadmap in roadmaps
    )  # fmt: skip
    Clause.objects.bulk_create(
        Clause(
            order=order,
            kind=ClauseKind.FOLLOW,
            position=1,
            number="1",
            text="Сроки изменяются одновременно.",
            is_frozen=True,
        )
        for order in orders
    )
    return orders


def _headings(roadmaps: Sequence[Roadmap]) -> dict[int, int]:
    """A title and one activity for each plan; gives the activities."""
    titles = Heading.objects.bulk_create(Heading(roadmap=roadmap, kind=HeadingKind.TITLE) for roadmap in roadmaps)
    found = Heading.objects.bulk_create(Heading(roadmap=roadmap, kind=HeadingKind.ACTIVITY) for roadmap in roadmaps)
    HeadingText.objects.bulk_create(
        HeadingText(heading=heading, roadmap=roadmap, since=1, position=1, title=text)
        for headings, text in ((titles, "Дорожная карта сети мастерских"), (found, "Провести встречи наставников"))
        for heading, roadmap in zip(headings, roadmaps, strict=True)
    )
    return {heading.roadmap_id: heading.pk for heading in found}


def _rows(storeyed: Sequence[Sequence[Roadmap]], parents: dict[int, int], headings: dict[int, int]) -> None:
    plans = [
        (roadmap.pk, headings[roadmap.pk], parents.get(roadmap.pk), level, place % VARIANTS)
        for level, storey in enumerate(storeyed)
        for place, roadmap in enumerate(storey)
    ]
    of_plans, plans_param = recordset("roadmap:int heading:int parent:int level:int variant:int", plans)
    values, values_param = recordset(
        "level:int variant:int place:int own:json effective:json start:date due:date rule:text days:int working:bool",
        _values(len(storeyed)),
    )
    both = f"FROM {of_plans} AS p JOIN {values} AS v ON v.level = p.level AND v.variant = p.variant"
    params = [plans_param, values_param]
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO roadmaps_commitment (id, roadmap_id) SELECT p.roadmap * 1000 + v.place, p.roadmap {both}",
            params,
        )
        cursor.execute(
            "INSERT INTO roadmaps_deliverable (commitment_id, roadmap_id, heading_id, since, until, position, text, own, "
            "effective, grammar, kind, start, due, obliges) SELECT p.roadmap * 1000 + v.place, p.roadmap, p.heading, 1, 32001, "
            f"v.place, 'Встреча ' || v.place || '. {TEXT}', v.own, v.effective, 1, 'by', v.start, v.due, 'nobody' {both}",
            params,
        )
        cursor.execute(
            "INSERT INTO roadmaps_link (lower_id, upper_id, roadmap_id, kind, rule, days, working, lead_days, since, until) "
            "SELECT p.roadmap * 1000 + v.place, p.parent * 1000 + v.place, p.roadmap, 'implements', v.rule, v.days, v.working, "
            f"0, 1, 32001 {both} WHERE p.parent IS NOT NULL",
            params,
        )


def _values(storeys: int) -> list[tuple[object, ...]]:
    """Reckon the dates of every storey from the one above, in every variant of what was written there before."""
    calendar = WorkingCalendar()
    found: list[tuple[object, ...]] = []
    for place in range(ROWS):
        rule, days, working = RULES[place % len(RULES)]
        shown = by(START + dt.timedelta(30 + 7 * place))
        for level in range(storeys):
            bound = Bound(1, LinkKind.IMPLEMENTS, rule, shown, days, working)
            for variant in range(VARIANTS):
                own = shown if not level else by(shown.due - dt.timedelta(variant)) if shown.due else shown
                handed = inherit(own, [bound], calendar) if level else None
                effective = handed.deadline if handed else None
                stands = effective or own
                found.append(
                    (
                        level, variant, place, json.dumps(own.to_json(), ensure_ascii=False),
                        effective and json.dumps(effective.to_json(), ensure_ascii=False), stands.start, stands.due,
                        rule.value, days, working,
                    )
                )  # fmt: skip
                if variant == 0:
                    next_shown = stands
            shown = next_shown
    return found


def by(day: dt.date) -> Deadline:
    """Give a plain deadline."""
    plain = Deadline(kind=Kind.BY, due=day)
    return Deadline(phrase=render(plain), kind=Kind.BY, due=day)

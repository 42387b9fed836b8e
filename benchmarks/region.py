"""A small invented region to measure on: a ministry's plan in force, and a municipality's draft that follows it."""

import datetime as dt
from dataclasses import dataclass

from deadlines.values import Period
from documents.operations.files import store_file
from documents.operations.orders import OrderData, register_from_paper
from organizations import access
from organizations.access import Role
from organizations.models import Organization, User
from roadmaps.choices import HeadingKind, LinkKind, Obliges, Rule
from roadmaps.models import Edition, Programme, Roadmap
from roadmaps.operations import editions, links, rows

NOW = dt.datetime(2024, 9, 2, 9, tzinfo=dt.UTC)
PERIOD = Period(dt.date(2024, 9, 1), dt.date(2025, 8, 31))
RESULTS_PER_ACTIVITY = 2
ROWS_PER_SECTION = 10


@dataclass(frozen=True)
class Measured:
    """The draft to look at, and who looks."""

    roadmap: Roadmap
    coordinator: User


def build(label: str, *, rows_of_plan: int) -> Measured:
    """Build ministry, municipality and both plans; the municipality's rows follow the ministry's, one by one."""
    ministry = Organization.objects.create(
        kind="region", name=f"Министерство просвещения Заречного края ({label})", short_name=f"Министерство {label}"
    )
    municipality = Organization.objects.create(
        parent=ministry,
        kind="municipality",
        name=f"Управление просвещения Озёрного округа ({label})",
        short_name=f"Озёрный округ {label}",
    )
    coordinator = User.objects.create_user(f"coordinator-{label}", password=None)
    access.grant(coordinator, Role.COORDINATOR, municipality)
    programme = Programme.objects.create(organization=ministry, name=f"Сеть мастерских {label}")
    upper = fill(start(programme, ministry, None), rows_of_plan=rows_of_plan)
    original = store_file(organization=ministry, name=f"{label}.docx", data=b"as it came", by=None, now=NOW)
    data = OrderData(number=label, signed_on=PERIOD.start, issuer=ministry.name)
    order = register_from_paper(organization=ministry, order=data, original=original, by=None, now=NOW)
    uppers = list(upper.commitments.order_by("pk").values_list("pk", flat=True))
    editions.put_in_force(Edition.objects.get(roadmap=upper), order=order, by=None, now=NOW)
    lower = fill(start(programme, municipality, upper), rows_of_plan=rows_of_plan)
    for commitment, above in zip(lower.commitments.order_by("pk"), uppers, strict=True):
        links.link(
            roadmap=lower.pk,
            lower=commitment.pk,
            upper=above,
            kind=LinkKind.IMPLEMENTS,
            rule=Rule.WITHIN if commitment.pk % 2 else Rule.SAME,
            by=None,
            now=NOW,
        )
    return Measured(lower, coordinator)


def start(programme: Programme, organization: Organization, upper: Roadmap | None) -> Roadmap:
    """Begin a plan."""
    title = "Дорожная карта сети школьных мастерских"
    uppers = [upper] if upper else []
    edition = editions.start(
        programme=programme, organization=organization, period=PERIOD, title=title, uppers=uppers, by=None, now=NOW
    )
    return edition.roadmap


def fill(roadmap: Roadmap, *, rows_of_plan: int) -> Roadmap:
    """Fill a plan: sections of ten rows, activities of two results, every row with dates and executors."""
    section = activity = None
    for index in range(rows_of_plan):
        if index % ROWS_PER_SECTION == 0:
            number = str(index // ROWS_PER_SECTION + 1)
            section = heading(
                roadmap, HeadingKind.SECTION, number, f"Направление {number}: мастерские и наставники", None
            )
        if index % RESULTS_PER_ACTIVITY == 0:
            number = str(index // RESULTS_PER_ACTIVITY + 1)
            activity = heading(
                roadmap, HeadingKind.ACTIVITY, number, f"Провести встречу наставников № {number}", section
            )
        day = PERIOD.start + dt.timedelta(days=20 + index * 7 % 300)
        rows.add_result(
            roadmap=roadmap.pk,
            activity=activity or 0,
            text=f"Итоги встречи {index + 1} обсуждены, перечень мастерских уточнён и доведён до участников",
            phrase=f"до {day:%d.%m.%Y} г.",
            executors=("Координатор сети", "Руководители мастерских"),
            obliges=Obliges.MUNICIPALITIES,
            by=None,
            now=NOW,
        )
    return roadmap


def heading(roadmap: Roadmap, kind: HeadingKind, number: str, title: str, parent: int | None) -> int:
    """Add a heading and give its key."""
    made = rows.add_heading(roadmap=roadmap.pk, kind=kind, title=title, number=number, parent=parent, by=None, now=NOW)
    return made.pk

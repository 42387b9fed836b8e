"""A ministry, a municipality with two schools, a neighbour, and plans that cascade down them."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from deadlines.grammar import read
from deadlines.values import Period
from documents.operations.files import store_file
from documents.operations.orders import OrderData, register_from_paper
from organizations import access
from organizations.access import Role
from organizations.models import Organization, User
from roadmaps.choices import HeadingKind, LinkKind, Rule
from roadmaps.models import Edition, Programme
from roadmaps.operations import editions
from roadmaps.operations.dates import refresh
from roadmaps.operations.links import set_link
from roadmaps.operations.rows import create_heading, create_result

NOW = dt.datetime(2026, 9, 7, 9, 0, tzinfo=dt.UTC)
YEAR = Period(dt.date(2026, 9, 1), dt.date(2027, 8, 31))


@dataclass(frozen=True)
class Plan:
    """An edition with the commitments of its rows in document order."""

    edition: Edition
    rows: tuple[int, ...]

    @property
    def roadmap(self) -> int:
        return self.edition.roadmap_id


@dataclass
class Chain:
    """The cast of the plan tests."""

    ministry: Organization
    institute: Organization
    town: Organization
    other_town: Organization
    school: Organization
    other_school: Organization
    programme: Programme

    def user(self, organization: Organization, role: Role = Role.COORDINATOR) -> User:
        """Give the account that holds a role in an organization, made on first use."""
        user, _ = User.objects.get_or_create(
            username=f"{role}-{organization.pk}", defaults={"email": f"{role}-{organization.pk}@example.org"}
        )
        access.grant(user, role, organization)
        return User.objects.get(pk=user.pk)

    def plan(
        self,
        organization: Organization,
        rows: Sequence[str | tuple[str, str]],
        *,
        uppers: Sequence[Plan] = (),
        links: Sequence[tuple[int, int, str, str]] = (),
        in_force: bool = False,
        title: str = "",
        obliges: str = "nobody",
    ) -> Plan:
        """
        Make a plan; a row is its phrase, or (phrase, text); a link is (row, upper commitment, kind, rule).

        Every row stands under an activity of its own.
        """
        edition = editions.start(
            programme=self.programme,
            organization=organization,
            period=YEAR,
            title=title or f"План: {organization.short_name}",
            uppers=[upper.edition.roadmap for upper in uppers],
            by=self.user(organization),
            now=NOW,
        )
        commitments = []
        for place, row in enumerate(rows, 1):
            phrase, text = (row, f"Результат {place}") if isinstance(row, str) else row
            heading = create_heading(
                edition,
                kind=HeadingKind.ACTIVITY,
                number=str(place),
                title=f"Дело {place}: {text}",
                position=place * 1000,
            )
            made = create_result(
                edition,
                activity=heading.pk,
                position=1000,
                text=text,
                deadline=read(phrase, YEAR),
                executors=["Методист"],
                obliges=obliges,
            )
            commitments.append(made.pk)
        for row_index, upper, kind, rule in links:
            set_link(edition, lower=commitments[row_index], upper=upper, kind=LinkKind(kind), rule=Rule(rule))
        refresh(commitments)
        if in_force:
            edition = self.put_in_force(edition)
        return Plan(Edition.objects.for_page().get(pk=edition.pk), tuple(commitments))

    def put_in_force(self, edition: Edition, number: str = "") -> Edition:
        """Bring an edition into force by an order from paper."""
        organization = edition.roadmap.organization
        by = self.user(organization)
        original = store_file(organization=organization, name="plan.docx", data=b"as it came", by=by, now=NOW)
        number = number or f"{edition.pk}-од"
        data = OrderData(number=number, signed_on=dt.date(2026, 9, 4), issuer=organization.name)
        order = register_from_paper(organization=organization, order=data, original=original, by=by, now=NOW)
        return editions.put_in_force(edition, order=order, by=by, now=NOW)


def make_chain() -> Chain:
    """Make the organizations; plans come from the tests."""

    def add(parent: Organization | None, kind: str, name: str, word: str = "", genitive: str = "") -> Organization:
        return Organization.objects.create(
            parent=parent, kind=kind, name=name, short_name=name, word=word, word_genitive=genitive
        )

    ministry = add(None, "region", "Министерство Полярного края", "край", "края")
    town = add(ministry, "municipality", "Управление Снежного округа", "округ", "округа")
    other_town = add(ministry, "municipality", "Управление Лесного округа", "округ", "округа")
    return Chain(
        ministry=ministry,
        institute=add(ministry, "institute", "Институт развития Полярного края"),
        town=town,
        other_town=other_town,
        school=add(town, "school", "Школа на Озёрной"),
        other_school=add(other_town, "school", "Школа у леса"),
        programme=Programme.objects.create(organization=ministry, name="Полярные классы"),
    )

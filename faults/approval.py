"""Killed while an order puts a plan in force, with plans below that hang on it."""

import datetime as dt
import hashlib

from django.core.files.storage import default_storage
from django.db import transaction

from deadlines.values import Period
from documents import tasks
from documents.models import Order, RenderedFile, StoredFile
from documents.operations import files
from documents.operations.files import store_file
from documents.operations.orders import OrderData, register_from_paper
from documents.texts import text_of
from faults.killing import Facts, ranges_wrong
from organizations import access
from organizations.access import Role
from organizations.models import Entry, Organization, Person, Position, User
from roadmaps import sheets
from roadmaps.choices import CURRENT, HeadingKind, LinkKind, Rule
from roadmaps.models import RANGED, Commitment, Deliverable, Edition, Programme, Proposal, Roadmap
from roadmaps.operations import editions, links, orders, rows
from roadmaps.operations.dates import wrong_dates

NOW = dt.datetime(2026, 9, 7, 9, tzinfo=dt.UTC)
TODAY = NOW.date()
PERIOD = Period(dt.date(2026, 9, 1), dt.date(2027, 8, 31))
ROWS, OWN = 6, 1
"""So many rows has each plan; the one at this place keeps a date of its own."""
Due = dt.date | None
DAYS = (20, 22, 24, 26)
"""The days of the month among which the dates above move."""


def register(*, order: int, number: str) -> None:
    """Register a signed order with its scan, as the clerk's page does."""
    signed = Order.objects.select_related("organization").get(pk=order)
    with transaction.atomic():
        scan = store_file(
            organization=signed.organization, name="scan.pdf", data=f"%PDF {number}".encode(), by=None, now=NOW
        )
        orders.register(signed, number=number, signed_on=TODAY, original=scan, by=None, now=NOW, today=TODAY)
    tasks.soon(signed)


class Approval:
    """
    A ministry whose plan moves from edition to edition, and a cascade below it.

    Two municipalities have plans in force on it: one by an order of the portal, whose dates follow at once, as do those
    of its school; one from paper, which is asked. The first one's next edition is open.
    """

    deed = "faults.approval.register"

    def __init__(self) -> None:
        self.turn = 0
        self.ministry = _body("region", "Министерство Полярного края", None)
        self.programme = Programme.objects.create(organization=self.ministry, name="Полярные классы")
        town = _body("municipality", "Управление Снежного округа", self.ministry)
        other = _body("municipality", "Управление Лесного округа", self.ministry)
        school = _body("school", "Школа на Озёрной", town)
        self.plan = self._plan(self.ministry, [])
        self._by_order(self.plan)
        follower = self._plan(town, [self.plan])
        self._by_order(follower)
        self.asked = self._plan(other, [self.plan])
        self._from_paper(self.asked)
        self.following = [follower, self._plan(school, [follower, self.plan])]
        self._by_order(self.following[1])
        editions.open_edition(follower, by=None, now=NOW)
        first = follower.commitments.order_by("pk").first()
        assert first is not None
        rows.edit_result(roadmap=follower.pk, commitment=first.pk, changes={"text": "Иначе"}, by=None, now=NOW)

    def ready(self) -> Facts:
        """Open the next edition above with other dates, and bring its order as far as the register."""
        self.turn += 1
        editions.open_edition(self.plan, by=None, now=NOW)
        for place, row in enumerate(self.plan.commitments.order_by("pk")[: ROWS // 2]):
            phrase = f"до {DAYS[(self.turn + place) % len(DAYS)]}.{10 + place}.2026"
            rows.edit_result(roadmap=self.plan.pk, commitment=row.pk, changes={"phrase": phrase}, by=None, now=NOW)
        return {"order": self._signed(self.plan).pk, "number": f"{self.turn}-а"}

    def done(self, facts: Facts) -> bool:
        """Tell whether the order is in the register."""
        return Order.objects.registered().filter(pk=facts["order"]).exists()

    def wrong(self, facts: Facts, *, done: bool) -> list[str]:
        """Hold order, edition, journal, files, ranges, dates and hashes against each other."""
        return [
            *self._half(facts, done=done),
            *(sentence for model in RANGED for sentence in ranges_wrong(model)),
            *(f"row {row} has a wrong date" for row in wrong_dates()),
            *self._below(),
            *_files_wrong(),
        ]

    def tidy(self) -> list[str]:
        """Sweep what nobody names: afterwards there is nothing else, and everything named is still there."""
        files.sweep(before=dt.datetime.now(dt.UTC) + dt.timedelta(minutes=1))
        left = [f"a file that nobody names: {name}" for name in files.unnamed()]
        return [*left, *_files_wrong()]

    def _half(self, facts: Facts, *, done: bool) -> list[str]:
        order = Order.objects.get(pk=facts["order"])
        edition = Edition.objects.select_related("roadmap__organization").filter(order=order).first()
        deeds = Entry.objects.filter(operation="order-registered", subject_kind="order", subject_id=order.pk).count()
        in_force = Entry.objects.filter(operation="in-force", after__order=str(order)).count() if done else 0
        newest = Edition.objects.in_force().get(roadmap=self.plan)
        said = {
            "the edition has the order": (edition is not None) is done,
            "the journal tells it once": (deeds, in_force) == (int(done), int(done)),
            "the edition in force is the order's": (newest.order_id == order.pk) is done,
            "the signed paper is kept": (order.original is not None) is done,
            "its files are asked for": RenderedFile.objects.filter(
                order=order, kind="order", source_hash=text_of(order).source_hash()
            ).exists()
            or not done,
            "its hash holds": edition is None or sheets.content_hash(sheets.load(edition)) == edition.content_hash,
            "former orders are followed": Order.objects.filter(
                organization=self.ministry, state="approved", succeeded_by=None, amends=None
            ).count()
            == 1,
        }
        return [f"not so: {sentence}" for sentence, holds in said.items() if not holds]

    def _below(self) -> list[str]:
        """Hold what is in force below against what is above: who follows has its dates, who is asked has the question."""
        above = self._dues(self.plan)
        found = []
        for plan in self.following:
            if any(own != upper for _row, own, upper in self._inheriting(plan, above)):
                found.append(f"{plan} does not follow")
        for row, own, upper in self._inheriting(self.asked, above):
            if own != upper and not Proposal.objects.filter(lower=row, state="open", due=upper).exists():
                found.append(f"nobody asks about row {row}")
        return found

    def _inheriting(self, plan: Roadmap, above: list[Due]) -> list[tuple[int, Due, Due]]:
        """Give the rows of a plan that inherit, each with its own date in force and the one above."""
        pks = plan.commitments.order_by("pk").values_list("pk", flat=True)
        found = list(zip(pks, self._dues(plan), above, strict=True))
        return found[:OWN] + found[OWN + 1 :]

    def _dues(self, plan: Roadmap) -> list[Due]:
        in_force = Deliverable.objects.at(CURRENT).filter(roadmap=plan)
        return list(in_force.order_by("commitment").values_list("due", flat=True))

    def _plan(self, body: Organization, uppers: list[Roadmap]) -> Roadmap:
        """Make a draft whose rows follow those of the first plan above."""
        roadmap = editions.start(
            programme=self.programme, organization=body, period=PERIOD, title=f"План {body.short_name}",
            uppers=uppers, by=None, now=NOW,
        ).roadmap  # fmt: skip
        above = list(uppers[0].commitments.order_by("pk")) if uppers else []
        for place in range(ROWS):
            activity = rows.add_heading(
                roadmap=roadmap.pk, kind=HeadingKind.ACTIVITY, number=str(place + 1), title=f"Встреча {place + 1}",
                by=None, now=NOW,
            )  # fmt: skip
            row = rows.add_result(
                roadmap=roadmap.pk, activity=activity.pk, text=f"Встреча {place + 1} проведена",
                phrase=f"до 18.{10 + place % 3}.2026", executors=["Методист"], by=None, now=NOW,
            )  # fmt: skip
            if above:
                self._link(roadmap, row, above[place], Rule.OWN if place == OWN else Rule.SAME)
        return roadmap

    def _link(self, roadmap: Roadmap, lower: Commitment, upper: Commitment, rule: Rule) -> None:
        links.link(
            roadmap=roadmap.pk, lower=lower.pk, upper=upper.pk, kind=LinkKind.IMPLEMENTS, rule=rule, by=None, now=NOW
        )

    def _signed(self, roadmap: Roadmap) -> Order:
        """Submit the open edition, and have its order signed."""
        edition = Edition.objects.open().get(roadmap=roadmap)
        editions.submit(edition, by=None, now=NOW)
        order = orders.prepare(edition, by=None, now=NOW, today=TODAY)
        orders.hand(order, by=None, now=NOW, today=TODAY)
        return orders.sign(order, signed_on=TODAY, by=None, now=NOW, today=TODAY)

    def _by_order(self, roadmap: Roadmap) -> None:
        register(order=self._signed(roadmap).pk, number="1")

    def _from_paper(self, roadmap: Roadmap) -> None:
        edition = Edition.objects.open().select_related("roadmap__organization").get(roadmap=roadmap)
        body = edition.roadmap.organization
        original = store_file(organization=body, name="plan.docx", data=b"as it came", by=None, now=NOW)
        data = OrderData(number="1", signed_on=TODAY, issuer=body.name)
        order = register_from_paper(organization=body, order=data, original=original, by=None, now=NOW)
        editions.put_in_force(edition, order=order, by=None, now=NOW)


def _body(kind: str, name: str, parent: Organization | None) -> Organization:
    body = Organization.objects.create(kind=kind, name=name, short_name=name, parent=parent)
    head = Person.objects.create(surname="Берёзкин", given_name="Антон", patronymic="Николаевич")
    Position.objects.create(person=head, organization=body, title="руководитель", is_head=True)
    access.grant(User.objects.create(username=f"coordinator-{body.pk}"), Role.COORDINATOR, body)
    return body


def _files_wrong() -> list[str]:
    """List the files whose bytes are gone or are not those that were kept."""
    found = []
    for stored in StoredFile.objects.all():
        name = str(stored.content.name)
        if not default_storage.exists(name):
            found.append(f"the file {name} is gone")
        elif hashlib.sha256(files.read_file(stored)).hexdigest() != stored.sha256:
            found.append(f"the file {name} is not what was kept")
    return found

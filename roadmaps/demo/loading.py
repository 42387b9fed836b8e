"""Loading the demo: one transaction, the same region whoever loads it, dates of the academic year of the loading day."""

import datetime as dt
import random
from dataclasses import dataclass, field, replace

from django.contrib.auth.hashers import make_password
from django.db import transaction

from documents.models import Order
from documents.operations import offices
from organizations import demo, journal
from organizations.access import Role
from organizations.calendars import calendar_for, forget_calendars
from organizations.models import Organization, Participant, User
from roadmaps.choices import Aim
from roadmaps.demo import institutes, municipal, papers, planting, regional_plan, schools, tree
from roadmaps.demo.dates import Year
from roadmaps.demo.notation import Plan, Turn, turned
from roadmaps.demo.places import HOST, Land, Place, Settler
from roadmaps.demo.planting import Ground, Planted
from roadmaps.models import Edition, Programme, Roadmap, RoadmapParticipant
from roadmaps.operations import editions, imports, rows

SEED = 2207

MERGED = 22

# The place of each municipality in tree.TOWNS, and what becomes of its plan.
SENT_ANEW, TROUBLED, UPLOADS, SLIPPED = 0, 1, 2, 3
IN_FORCE = {
    SENT_ANEW: municipal.STEADY,
    SLIPPED: municipal.SLIPPED,
    4: municipal.LATE_ORDER,
    5: municipal.NARROWED,
    6: municipal.FAITHFUL,
    13: municipal.WAIVED,
    14: municipal.GAPPED,
    15: municipal.THINNED,
}
LATE_ORDERED = 4
ASKING = {5, 14}
"""Municipalities whose orders do not let dates follow by themselves: they are asked."""
SUBMITTED = {7: municipal.EXPLAINED, 8: municipal.TIDY}
RETURNED = {9: municipal.SENT_BACK}
DRAFTS = {TROUBLED: municipal.TROUBLED, 10: municipal.HALFWAY, 11: municipal.NEARLY, 12: municipal.BEGUN}

REMARK = (
    "Партнёры закреплены позже, чем просит край, а приём выездных методистов исчез из плана. "
    "Верните строку и приблизьте сроки либо запишите причины."
)

# Town and school by place, pattern (None: rows of the municipal plan as they stand), and what becomes of the plan.
SCHOOLS: tuple[tuple[int, int, Turn | None, str], ...] = (
    (0, 0, schools.STEADY, "in-force"),
    (0, 1, schools.WITHOUT_TEACHER, "in-force"),
    (0, 2, schools.EXPLAINED, "submitted"),
    (0, 3, None, "in-force"),
    (0, 4, schools.SLIPS, "draft"),
    (0, 5, schools.LATE, "draft"),
    (3, 0, schools.LIKE_ABOVE, "draft"),
    (3, 1, schools.LIKE_ABOVE, "in-force"),
    (3, 2, schools.STEADY, "submitted"),
    (4, 0, schools.STEADY, "in-force"),
    (4, 1, None, "in-force"),
    (4, 2, schools.LATE, "draft"),
    (5, 0, schools.WITHOUT_TEACHER, "in-force"),
    (5, 1, schools.EXPLAINED, "submitted"),
    (5, 2, None, "in-force"),
    (5, 3, schools.LATE, "returned"),
    (5, 4, schools.SLIPS, "draft"),
    (6, 0, None, "submitted"),
    (6, 1, schools.STEADY, "in-force"),
    (6, 2, schools.LATE, "draft"),
)
OWN_SCHOOLS = (("in-force", schools.STEADY), ("draft", schools.LATE), ("submitted", schools.WITHOUT_TEACHER))
NETWORK_LEADER, RIVER = 1, 4


def is_loaded() -> bool:
    """Tell whether the demo stands already."""
    return Organization.objects.filter(kind="region", name=tree.REGION["name"]).exists()


@transaction.atomic
def load(*, now: dt.datetime) -> bool:
    """
    Load the demo unless it stands already; gives whether it did.

    :param now: in local time: its day decides the academic year
    """
    if is_loaded():
        return False
    Loading(now).run()
    return True


@dataclass
class Loading:
    """One loading: who settled where, and which rows stand above."""

    now: dt.datetime
    rng: random.Random = field(default_factory=lambda: random.Random(SEED))  # noqa: S311 - names, not secrets

    def run(self) -> None:
        """Settle the region, then write the plans from above downwards."""
        year = Year.of(self.now.date())
        admin = User.objects.create(
            username="admin",
            email=f"admin@{HOST}",
            is_demo=True,
            is_staff=True,
            is_superuser=True,
            password=make_password(demo.PASSWORD),
        )
        summer = dt.datetime.combine(year.day("-08-03"), dt.time(9), tzinfo=self.now.tzinfo)
        settler = Settler(admin, self.rng, year, summer)
        self.land = settler.land()
        settler.merge_schools(self.land.towns[MERGED])
        forget_calendars()
        self.year = replace(year, calendar=calendar_for(self.land.ministry.organization))
        Accounts(settler, self.land).open()
        settler.registers(self.land)
        self.ground = Ground(self._programme(), self.year, self.year.period, self.now)
        self.region = self._regional_plan()
        self.upper = dict(self.region.commitments)
        self.above = [self.region.roadmap]
        self._institutes()
        self._municipalities()
        self._schools()
        self._network()
        self._uploads()

    @property
    def lately(self) -> dt.datetime:
        """A moment of the last days, when drafts are at work."""
        return self.now - dt.timedelta(days=self.rng.randint(1, 5), hours=self.rng.randint(0, 5))

    def _programme(self) -> Programme:
        region, by = self.land.ministry.organization, self.land.ministry.coordinator
        programme = Programme.objects.create(
            organization=region, name=regional_plan.PROGRAMME, basis=regional_plan.BASIS
        )
        programme.clusters.set(self.land.clusters)
        journal.record(
            operation="programme-added",
            subject_kind="programme",
            subject_id=programme.pk,
            organization=region,
            by=by,
            now=dt.datetime.combine(self.year.day("-08-10"), dt.time(11), tzinfo=self.now.tzinfo),
            after={"name": programme.name},
        )
        return programme

    def _regional_plan(self) -> Planted:
        """Bring the region's order in as a coordinator would: the file, the reader, the preview, in force."""
        ministry, plan = self.land.ministry, regional_plan.PLAN
        ministry.words |= {
            "rector": self.land.mastery.words["head"],
            "centre": self.land.centre.words["head"],
        }
        assert plan.decree is not None
        at = self.ground.at(self.year.day(plan.decree.day), 15)
        incoming = imports.receive(
            organization=ministry.organization,
            programme=self.ground.programme,
            name=f"Приказ {plan.decree.number} с дорожной картой.docx",
            data=papers.as_docx(planting.written(plan, ministry, self.ground)),
            aim=Aim.IN_FORCE,
            by=ministry.coordinator,
            now=at,
        )
        imports.read(incoming.pk, clock=lambda: at)
        incoming.refresh_from_db()
        edition = imports.finish(incoming, by=ministry.coordinator, now=at)
        offices.change(ministry.organization, values={"publishes_plans": True}, by=ministry.coordinator, now=at)
        return Planted(edition, planting.keys_of(edition, plan))

    def _institutes(self) -> None:
        at = self.ground.at(self.year.day("-08-25"))
        mastery = self._draft(institutes.MASTERY, self.land.mastery, self.upper, self.above, at)
        mastery = planting.put_in_force(mastery, institutes.MASTERY, self.land.mastery, self.ground)
        self._draft(institutes.CENTRE, self.land.centre, self.upper, self.above, self.lately)
        self.above.append(mastery.roadmap)
        self.upper |= mastery.commitments

    def _draft(
        self,
        plan: Plan,
        place: Place,
        upper: dict[str, int],
        above: list[Roadmap],
        at: dt.datetime,
        *,
        turn: Turn | None = None,
        style: int = 0,
        label: str = "",
    ) -> Planted:
        waive = turn.waive if turn else None
        return planting.draft(
            plan, place, self.ground, upper=upper, uppers=above, at=at, waive=waive, style=style, label=label
        )

    def _municipalities(self) -> None:
        self.towns: dict[int, Planted] = {}
        for number, turn in {**IN_FORCE, **SUBMITTED, **RETURNED, **DRAFTS}.items():
            place, plan, style = self.land.towns[number], turned(municipal.PLAN, turn), number % 3
            place.words["regional_coordinator"] = self.land.ministry.words["coordinator"]
            place.words["misspelt_coordinator"] = _slip(place.words["coordinator"])
            at = self.ground.at(self.year.day("-08-26")) if number in IN_FORCE else self.lately
            planted = self._draft(plan, place, self.upper, self.above, at, turn=turn, style=style)
            if number in IN_FORCE:
                plan = planting.asking(plan) if number in ASKING else plan
                self.towns[number] = planting.put_in_force(
                    planted, plan, place, self.ground, style=style, day=self._order_day(number)
                )
            elif number in SUBMITTED:
                planting.submit(planted, place, at=self.lately)
            elif number in RETURNED:
                planting.submit(planted, place, at=self.lately)
                editions.send_back(planted.edition, reason=REMARK, by=place.users["signatory"], now=self.now)
            elif turn is municipal.HALFWAY:
                planting.explain(planted.edition, by=place.coordinator, at=self.lately, most=2)
        self._second_edition()

    def _order_day(self, number: int) -> dt.date | None:
        """One municipality was late with its order, if the year is old enough for that."""
        late = self.year.day("09-14")
        return late if number == LATE_ORDERED and late <= self.now.date() else None

    def _second_edition(self) -> None:
        """Let one municipality correct its plan in force and hand the correction to its signatory."""
        place, planted = self.land.towns[SENT_ANEW], self.towns[SENT_ANEW]
        by, at = place.coordinator, self.lately
        edition = editions.open_edition(planted.roadmap, by=by, now=at)
        rows.edit_result(
            roadmap=planted.roadmap.pk,
            commitment=planted.commitments["m.agreements"],
            changes={
                "text": "Договоры школ с предприятиями собраны на портале, образцы отмечены",
                "phrase": self.year.say("до {11-27}"),
            },
            by=by,
            now=at,
            reason="Два завода переходят на новые договоры.",
        )
        planting.submit(Planted(edition), place, at=at)

    def _schools(self) -> None:
        for town, number, turn, fate in SCHOOLS:
            place, above = self.land.towns[town].below[number], self.towns[town]
            plan = turned(schools.PLAN, turn) if turn is not None else self._adopted(IN_FORCE[town])
            self._school(place, plan, dict(above.commitments), [above.roadmap], fate, style=number % 3)
        known = {
            r.key: self.upper[tie.upper] for r in municipal.PLAN.results() for tie in r.ties if tie.upper in self.upper
        }
        for place, (fate, turn) in zip(self.land.own_schools, OWN_SCHOOLS, strict=True):
            self._school(place, turned(schools.PLAN, turn), known, self.above, fate)

    def _adopted(self, turn: Turn) -> Plan:
        """Give a plan that takes the municipal rows over as they stand."""
        theirs = turned(municipal.PLAN, turn)
        sections = tuple(
            replace(
                section,
                activities=tuple(
                    replace(activity, results=results)
                    for activity in section.activities
                    if (results := tuple(schools.adopted(r) for r in activity.results if r.key in schools.ADOPTED))
                ),
            )
            for section in theirs.sections
        )
        return replace(schools.PLAN, sections=tuple(section for section in sections if section.activities))

    def _school(
        self, place: Place, plan: Plan, upper: dict[str, int], above: list[Roadmap], fate: str, *, style: int = 0
    ) -> None:
        at = self.ground.at(self.year.day("-08-30>")) if fate == "in-force" else self.lately
        planted = self._draft(plan, place, upper, above, at, style=style)
        if fate == "in-force":
            planting.put_in_force(planted, plan, place, self.ground, style=style, day=self._school_order_day(above))
        elif fate in {"submitted", "returned"}:
            planting.submit(planted, place, at=self.lately)
        if fate == "returned":
            reason = "Страница и площадка позже, чем просит округ, а оповещения семей в плане нет."
            editions.send_back(planted.edition, reason=reason, by=place.users["signatory"], now=self.now)

    def _school_order_day(self, above: list[Roadmap]) -> dt.date | None:
        """A school's order follows that of its municipality."""
        orders = Order.objects.filter(editions__in=Edition.objects.in_force().filter(roadmap__in=above))
        signed = max(order.signed_on for order in orders if order.signed_on is not None)
        day = self.year.day("-08-31")
        return day if signed <= day else min(self.year.calendar.shift(signed, 3), self.now.date())

    def _network(self) -> None:
        """Let one school lead a cluster: a plan with nothing above it that names its participants."""
        place, plan = self.land.own_schools[NETWORK_LEADER], schools.NETWORK
        at = self.ground.at(self.year.day("-08-27"))
        planted = self._draft(plan, place, {}, [], at, label="сеть")
        members = Participant.objects.filter(cluster=self.land.clusters[RIVER]).exclude(organization=place.organization)
        RoadmapParticipant.objects.bulk_create(
            RoadmapParticipant(roadmap=planted.roadmap, organization_id=member)
            for member in members.values_list("organization", flat=True)
        )
        planting.put_in_force(planted, plan, place, self.ground)

    def _uploads(self) -> None:
        """Let one municipality have a file that waits for decisions and one that could not be read."""
        place = self.land.towns[UPLOADS]
        plan = replace(turned(municipal.PLAN, municipal.UPLOADED), decree=None)
        uploads = (
            (
                "План программы, на согласование.docx",
                papers.as_docx(planting.written(plan, place, self.ground, style=1)),
            ),
            ("План программы, скан.pdf", papers.unreadable_pdf()),
        )
        for name, data in uploads:
            at = self.lately
            incoming = imports.receive(
                organization=place.organization,
                programme=self.ground.programme,
                name=name,
                data=data,
                by=place.coordinator,
                now=at,
            )
            imports.read(incoming.pk, clock=lambda moment=at: moment)  # type: ignore[misc]


@dataclass
class Accounts:
    """Who signs in: one account of the demonstration for every role and storey worth showing, the others by invitation."""

    settler: Settler
    land: Land

    def open(self) -> None:
        """Open the accounts of the demonstration, then those of everybody else who has a plan."""
        for place, post, role, username in self._shown():
            self.settler.account(place, post, role, username=username, is_demo=True)
        self.settler.second_post(self.land.own_schools[0], "deputy", self.land.own_schools[NETWORK_LEADER])
        towns = sorted({*IN_FORCE, *SUBMITTED, *RETURNED, *DRAFTS})
        schools_with_plans = [self.land.towns[town].below[number] for town, number, _turn, _fate in SCHOOLS]
        planning = [self.land.towns[number] for number in towns] + schools_with_plans + self.land.own_schools
        for number, place in enumerate([*planning, self.land.centre], 1):
            second = "coordinator" if "coordinator" in place.persons else "deputy"
            for post, role, name in ((second, Role.COORDINATOR, "plan"), ("head", Role.SIGNATORY, "head")):
                if role.value not in place.users:
                    self.settler.account(place, post, role, username=f"{name}-{number}", is_demo=False)

    def _shown(self) -> list[tuple[Place, str, Role, str]]:
        ministry, towns = self.land.ministry, self.land.towns
        school, lyceum, leader = (
            towns[SLIPPED].below[0],
            self.land.own_schools[0],
            self.land.own_schools[NETWORK_LEADER],
        )
        return [
            (ministry, "coordinator", Role.COORDINATOR, "kray"),
            (ministry, "minister", Role.SIGNATORY, "ministr"),
            (ministry, "staff", Role.STAFF, "kray-sotrudnik"),
            (ministry, "reviewer", Role.REVIEWER, "kray-proverka"),
            (self.land.mastery, "coordinator", Role.COORDINATOR, "institut"),
            (towns[SENT_ANEW], "coordinator", Role.COORDINATOR, "sokoloyarsk"),
            (towns[SENT_ANEW], "head", Role.SIGNATORY, "sokoloyarsk-nachalnik"),
            (towns[TROUBLED], "coordinator", Role.COORDINATOR, "medoborsk"),
            (towns[TROUBLED], "head", Role.SIGNATORY, "medoborsk-nachalnik"),
            (towns[UPLOADS], "coordinator", Role.COORDINATOR, "kremneyarsk"),
            (school, "deputy", Role.COORDINATOR, "shkola"),
            (school, "head", Role.SIGNATORY, "shkola-direktor"),
            (school, "teacher", Role.EXECUTOR, "shkola-uchitel"),
            (lyceum, "deputy", Role.COORDINATOR, "licey"),
            (leader, "deputy", Role.COORDINATOR, "set"),
        ]


def _slip(name: str) -> str:
    """Misspell a name by one letter, as it happens in a long table."""
    surname, rest = name.split(" ", 1)
    return f"{surname[:2]}{surname[3:4]}{surname[2]}{surname[4:]} {rest}"

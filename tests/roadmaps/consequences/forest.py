"""Random trees of plans in force, in the database and in the slow model at once."""

import datetime as dt
import random
from dataclasses import dataclass, field

from django.core.cache import cache

from deadlines.calendar import WorkingCalendar
from deadlines.values import Deadline, Kind, Period
from deadlines.wording import render
from documents.choices import ClauseKind
from documents.models import Clause, Order, StoredFile
from organizations.models import CalendarDay, Organization
from roadmaps.choices import HeadingKind
from roadmaps.models import Commitment, Deliverable, Edition, Heading, HeadingText, Lineage, Link, Programme, Roadmap
from roadmaps.operations.rows import deadline_columns
from tests.roadmaps.chain import NOW
from tests.roadmaps.consequences.slow import Slow, SlowPlan, SlowRow, Span, Tie

PERIOD = Period(dt.date(2026, 9, 1), dt.date(2027, 8, 31))
FIRST = dt.date(2026, 10, 1)


def deadline_of(span: Span) -> Deadline:
    """Give a plain deadline or a window."""
    plain = Deadline(kind=Kind.BY if span[0] is None else Kind.WINDOW, start=span[0], due=span[1])
    return Deadline(phrase=render(plain), kind=plain.kind, start=span[0], due=span[1])


@dataclass
class Forest:
    """Plans of a region, its institute, towns and schools; `drafts` are the rows of open drafts."""

    rng: random.Random
    follows: float
    slow: Slow = field(default_factory=Slow)
    roadmaps: list[Roadmap] = field(default_factory=list)
    orders: dict[int, Order] = field(default_factory=dict)
    drafts: dict[int, dict[int, SlowRow]] = field(default_factory=dict)

    def grow(self, *, towns: int = 2, schools: int = 2, rows: int = 3) -> None:
        """Grow the tree."""
        cache.clear()  # calendars of the tree before, under the same keys
        region = self._organization(None, "region", "Край")
        institute = self._organization(region, "institute", "Институт")
        programme = Programme.objects.create(organization=region, name="Полярные классы")
        file = StoredFile.objects.create(organization=region, name="a", size=1, sha256="0", content="a", stored_at=NOW)
        days = self._days(region, {})
        above = [
            self._plan(programme, file, region, 0, days, [], rows),
            self._plan(programme, file, institute, 0, days, [], rows),
        ]
        for place in range(towns):
            town = self._organization(region, "municipality", f"Округ {place}")
            town_days = self._days(town, days)
            of_town = self._plan(programme, file, town, 1, town_days, above, rows)
            for number in range(schools):
                school = self._organization(town, "school", f"Школа {place}.{number}")
                self._plan(programme, file, school, 2, town_days, [of_town, *above], rows)

    def _organization(self, parent: Organization | None, kind: str, name: str) -> Organization:
        return Organization.objects.create(
            parent=parent, kind=kind, name=name, short_name=name, working_week=self.rng.choice((5, 6))
        )

    def _days(self, organization: Organization, above: dict[dt.date, bool]) -> dict[dt.date, bool]:
        mine = {FIRST + dt.timedelta(self.rng.randrange(90)): self.rng.random() < 0.3 for _ in range(4)}
        CalendarDay.objects.bulk_create(
            CalendarDay(organization=organization, day=day, is_working=works) for day, works in mine.items()
        )
        return above | mine

    def _plan(
        self,
        programme: Programme,
        file: StoredFile,
        organization: Organization,
        storey: int,
        days: dict[dt.date, bool],
        uppers: list[Roadmap],
        count: int,
    ) -> Roadmap:
        roadmap = Roadmap.objects.create(
            programme=programme, organization=organization, period_start=PERIOD.start, period_end=PERIOD.end
        )
        order = Order.objects.create(
            organization=organization, state="approved", issuer=organization.name, number="1", year=2026,
            signed_on=PERIOD.start, from_paper=True, original=file, drafted_at=NOW, changed_at=NOW, registered_at=NOW,
        )  # fmt: skip
        follows = self.rng.random() < self.follows
        if follows:
            Clause.objects.create(order=order, kind=ClauseKind.FOLLOW, position=1, text="вслед", is_frozen=True)
        Edition.objects.create(
            roadmap=roadmap, number=1, state="approved", order=order, content_hash="1", opened_at=NOW, changed_at=NOW,
            approved_at=NOW,
        )  # fmt: skip
        Lineage.objects.bulk_create(Lineage(lower=roadmap, upper=upper) for upper in uppers)
        calendar = WorkingCalendar(days, week_days=organization.working_week)
        plan = SlowPlan(storey, follows, calendar, {})
        for _ in range(count):
            key = Commitment.objects.create(roadmap=roadmap).pk
            ties = self._ties(roadmap, key, [list(self.slow.plans[upper.pk].rows) for upper in uppers])
            plan.rows[key] = SlowRow(self.span(), ties)
        self.slow.add(roadmap.pk, plan)
        self._write(roadmap, plan)
        self.roadmaps.append(roadmap)
        self.orders[roadmap.pk] = order
        return roadmap

    def _ties(self, roadmap: Roadmap, key: int, plans: list[list[int]]) -> list[Tie]:
        """Link a row, mostly to one of the nearest plan above, so that chains arise; sometimes to several, or to none."""
        rng, ties = self.rng, []
        consumes = rng.random() < 0.25
        others = [row for plan in plans for row in plan]
        uppers = set(rng.sample(others, min(len(others), rng.choice((0, 0, 1, 2)))))
        if plans and rng.random() < 0.85:
            uppers.add(rng.choice(plans[0]))
        for upper in sorted(uppers):
            kind = "consumes" if consumes else rng.choice(("implements", "implements", "feeds", "mirrors"))
            rule = rng.choice(("same", "shifted", "within", "same", "shifted", "within", "own"))
            days = rng.randint(-9, 9) if rule == "shifted" else 0
            working = rule == "shifted" and rng.random() < 0.5
            lead = rng.randint(0, 5) if kind == "feeds" else 0
            link = Link.objects.create(
                roadmap=roadmap, lower_id=key, upper_id=upper, kind=kind, rule=rule, days=days, working=working,
                lead_days=lead, since=1,
            )  # fmt: skip
            ties.append(Tie(upper, kind, rule, days, working, lead, link.pk))
        return ties

    def choose(self) -> Roadmap:
        """Choose a plan, the upper ones more often: they have more below them."""
        weights = [6 - 2.5 * self.slow.plans[one.pk].storey for one in self.roadmaps]
        return self.rng.choices(self.roadmaps, weights)[0]

    def span(self) -> Span:
        """Give a random deadline, with or without a beginning."""
        due = FIRST + dt.timedelta(self.rng.randrange(60))
        return (None if self.rng.random() < 0.5 else due - dt.timedelta(self.rng.randrange(15)), due)

    def _write(self, roadmap: Roadmap, plan: SlowPlan) -> None:
        heading = Heading.objects.create(roadmap=roadmap, kind=HeadingKind.ACTIVITY)
        title = Heading.objects.create(roadmap=roadmap, kind=HeadingKind.TITLE)
        for one in (heading, title):
            HeadingText.objects.create(heading=one, roadmap=roadmap, since=1, position=1, title="Дело")
        for place, (key, row) in enumerate(plan.rows.items()):
            own, shown = deadline_of(row.own), deadline_of(plan.copies[-1][key])
            columns = deadline_columns(own)
            if own != shown:
                columns |= {
                    "effective": shown.to_json(),
                    "kind": shown.kind.value,
                    "start": shown.start,
                    "due": shown.due,
                }
            Deliverable.objects.create(
                commitment_id=key,
                roadmap=roadmap,
                heading=heading,
                position=place,
                text=f"Строка {key}",
                since=1,
                **columns,
            )

"""The roll-over: next period's plan begun from the one in force."""

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from deadlines.grammar import read
from deadlines.values import Deadline, Kind, Period
from organizations import journal
from organizations.models import Organization, Position, User
from roadmaps.choices import Carry, Obliges
from roadmaps.models import (
    Assignment,
    CarriedQuestion,
    Commitment,
    Deliverable,
    Edition,
    Heading,
    HeadingText,
    Lineage,
    Link,
    Obliged,
    Roadmap,
    RoadmapParticipant,
    Waiver,
)
from roadmaps.operations import editions
from roadmaps.operations.dates import refresh
from roadmaps.operations.links import stands_above
from roadmaps.operations.problems import NotInForce
from roadmaps.operations.rows import deadline_columns
from roadmaps.succession import NextPlan, NextRow, next_plan

TO_LOOK_AT = frozenset({"moved", "day-off", "at-edge", "outside", "by-event"})
"""Doubts of a carried date that become a question."""


@transaction.atomic
def roll_over(
    edition: Edition,
    *,
    period: Period,
    title: str = "",
    phrases: Mapping[int, str] | None = None,
    left_out: Collection[int] = (),
    by: User | None,
    now: dt.datetime,
) -> Edition:
    """
    Begin the next period's plan from an edition in force: everything carried, and a question wherever somebody must look.

    Rows, headings, goals, executors, whom a row obliges, participants and rules are carried; links go to the rows above
    that were carried from the old ones, where these are in force, and wait for them where not. Reasons of findings stay
    behind: they were given for dates that no longer stand.

    :param phrases: deadlines that a person worded otherwise, by the old row
    :param left_out: old rows that stay behind
    :raises NotInForce: if this edition is not the one in force
    :raises AlreadyPlanned: if there is a plan for that period
    """
    if not Edition.objects.in_force().filter(pk=edition.pk).exists():
        raise NotInForce
    plan = next_plan(edition, period)
    old = edition.roadmap
    begun = editions.start(
        programme=old.programme,
        organization=old.organization,
        period=period,
        title=title.strip() or plan.title,
        label=old.label,
        uppers=_uppers(plan),
        by=by,
        now=now,
    )
    Roadmap.objects.filter(pk=begun.roadmap_id).update(carried_from=old)
    RoadmapParticipant.objects.bulk_create(
        RoadmapParticipant(roadmap_id=begun.roadmap_id, organization_id=pk)
        for pk in old.participants.values_list("organization", flat=True)
    )
    copy = _Copy(plan, edition, begun, phrases or {}, frozenset(left_out))
    copy.write()
    refresh(copy.rows.values())
    CarriedQuestion.objects.bulk_create(copy.questions)
    journal.record(
        operation="plan-carried",
        subject_kind="roadmap",
        subject_id=begun.roadmap_id,
        organization=old.organization_id,
        by=by,
        now=now,
        after={"from": old.pk, "rows": len(copy.rows), "left": len(plan.rows) - len(copy.rows)},
    )
    return begun


def _uppers(plan: NextPlan) -> list[Roadmap]:
    """List the plans above that the new one follows from the start: those in force that go on from the old ones."""
    old = plan.sheet.edition.roadmap
    followed = Lineage.objects.filter(lower=old).values("upper")
    in_force = Edition.objects.in_force().values("roadmap")
    there = Roadmap.objects.filter(
        pk__in=in_force, period_start__lte=plan.period.end, period_end__gte=plan.period.start
    ).select_related("organization")
    found = [*there.filter(pk__in=followed), *there.filter(carried_from__in=followed)]
    found += there.filter(commitments__in=plan.targets.values()).distinct()
    return [roadmap for roadmap in {one.pk: one for one in found}.values() if stands_above(roadmap, old)]


@dataclass
class _Copy:
    """Writes the rows of the new draft, a statement a table, and gathers the questions."""

    plan: NextPlan
    old: Edition
    new: Edition
    phrases: Mapping[int, str]
    left_out: Collection[int]
    headings: dict[int, int] = field(default_factory=dict)
    rows: dict[int, int] = field(default_factory=dict)
    questions: list[CarriedQuestion] = field(default_factory=list)

    @property
    def roadmap(self) -> int:
        return self.new.roadmap_id

    def write(self) -> None:
        kept = [row for row in self.plan.rows if row.old.commitment not in self.left_out]
        self._headings()
        self._rows(kept)
        self._executors()
        self._obliged()
        self._links(kept)
        self._waivers()

    def ask(self, code: Carry, row: int | None = None, upper: int | None = None, **facts: Any) -> None:
        """Leave a question; `row` is the old one."""
        self.questions.append(
            CarriedQuestion(
                roadmap_id=self.roadmap,
                commitment_id=None if row is None else self.rows[row],
                upper_id=upper,
                code=code,
                facts=facts,
            )
        )

    def _headings(self) -> None:
        wanted = self.plan.headings(self.left_out)
        made = Heading.objects.bulk_create(Heading(roadmap_id=self.roadmap, kind=one.kind) for one in wanted)
        self.headings = {old.pk: new.pk for old, new in zip(wanted, made, strict=True)}
        HeadingText.objects.bulk_create(
            HeadingText(
                heading_id=self.headings[one.pk],
                roadmap_id=self.roadmap,
                parent_id=None if one.parent is None else self.headings.get(one.parent),
                position=one.position,
                number=one.number,
                title=self.plan.titles[one.pk],
            )
            for one in wanted
        )

    def _rows(self, kept: list[NextRow]) -> None:
        made = Commitment.objects.bulk_create(
            Commitment(roadmap_id=self.roadmap, carried_from_id=row.old.commitment) for row in kept
        )
        self.rows = {row.old.commitment: new.pk for row, new in zip(kept, made, strict=True)}
        deadlines = {row.old.commitment: self._deadline(row) for row in kept}
        Deliverable.objects.bulk_create(
            Deliverable(
                commitment_id=self.rows[row.old.commitment],
                roadmap_id=self.roadmap,
                heading_id=self.headings[row.old.heading],
                position=row.old.position,
                text=row.text,
                obliges=row.old.obliges,
                **deadline_columns(deadlines[row.old.commitment]),
            )
            for row in kept
        )
        for row in kept:
            self._ask_of_row(row, deadlines[row.old.commitment])

    def _deadline(self, row: NextRow) -> Deadline:
        """Give the new deadline: as a person worded it, or as it was carried."""
        phrase = self.phrases.get(row.old.commitment)
        if phrase is None or phrase.strip() == row.carried.deadline.phrase.strip():
            return row.carried.deadline
        return read(phrase.strip(), self.plan.period)

    def _ask_of_row(self, row: NextRow, deadline: Deadline) -> None:
        pk = row.old.commitment
        from_above = row.inherits or row.waits
        if deadline.kind is Kind.UNKNOWN and not from_above:
            self.ask(Carry.NO_DATE, pk, was=row.base.phrase)
        elif deadline == row.carried.deadline and not from_above:
            doubts = [one for one in row.carried.doubts if one in TO_LOOK_AT]
            if doubts:
                self.ask(Carry.DATE, pk, doubts=doubts, was=row.base.phrase, became=deadline.phrase)
        if row.one_off and row.one_off != "event":
            self.ask(Carry.ONE_OFF, pk, why=row.one_off)
        if row.dates_in_text:
            self.ask(Carry.TEXT, pk, found=list(row.dates_in_text))

    def _executors(self) -> None:
        known = Assignment.objects.filter(commitment__in=self.rows).at(self.old.number).select_related("post")
        made, gone = [], {}
        for one in known.order_by("position", "pk"):
            made.append(
                Assignment(
                    commitment_id=self.rows[one.commitment_id],
                    roadmap_id=self.roadmap,
                    position=one.position,
                    text=one.text,
                    kind=one.kind,
                    group=one.group,
                    is_foreign=one.is_foreign,
                    person_id=one.person_id,
                    post_id=one.post_id,
                    organization_id=one.organization_id,
                )
            )
            if one.post is not None and one.post.ends_on is not None and one.post.ends_on < self.plan.period.start:
                gone[one.text] = one.post
        Assignment.objects.bulk_create(made)
        for text, post in gone.items():
            self.ask(Carry.EXECUTOR, text=text, until=post.ends_on, post=post.title, successor=self._successor(post))

    def _successor(self, post: Position) -> str:
        """Give who holds the same position when the new period begins, if that is one person."""
        held = Position.objects.held(self.plan.period.start).filter(
            organization=post.organization_id, title__iexact=post.title
        )
        people = {one.person.short_name for one in held.exclude(person=post.person_id).select_related("person")[:2]}
        return people.pop() if len(people) == 1 else ""

    def _obliged(self) -> None:
        """Name the same organizations; for a closed one its successor, or nobody."""
        known = (
            Obliged.objects.filter(commitment__in=self.rows)
            .at(self.old.number)
            .select_related("organization__successor")
        )
        wanted: dict[tuple[int, int], None] = {}
        closed: dict[int, tuple[Organization, Organization | None]] = {}
        for one in known.order_by("pk"):
            body = one.organization
            if body.closed_on is not None:
                heir = body.successor if body.successor and body.successor.closed_on is None else None
                closed[body.pk] = (body, heir)
                if heir is None:
                    continue
                body = heir
            wanted[self.rows[one.commitment_id], body.pk] = None
        Obliged.objects.bulk_create(
            Obliged(commitment_id=row, roadmap_id=self.roadmap, organization_id=body) for row, body in wanted
        )
        naming = Deliverable.objects.filter(roadmap=self.roadmap, obliges=Obliges.NAMED)
        naming.exclude(commitment__in=[row for row, _ in wanted]).update(obliges=Obliges.NOBODY)
        for body, heir in closed.values():
            self.ask(Carry.CLOSED, name=body.short_name, successor=heir.short_name if heir else "")

    def _links(self, kept: list[NextRow]) -> None:
        made = []
        for row in kept:
            for link in row.old.links:
                values = {
                    "kind": link.kind,
                    "rule": link.rule,
                    "days": link.days,
                    "working": link.working,
                    "lead_days": link.lead_days,
                }
                target = row.targets.get(link.upper_id)
                if target is None:
                    self.ask(Carry.LINK, row.old.commitment, upper=link.upper_id, **values)
                    continue
                lower = self.rows[row.old.commitment]
                made.append(Link(roadmap_id=self.roadmap, lower_id=lower, upper_id=target, **values))
        Link.objects.bulk_create(made)

    def _waivers(self) -> None:
        """Carry what was declared not applicable, and ask whether it still is."""
        for upper, reason in self.plan.sheet.waivers.items():
            target = self.plan.targets.get(upper)
            if target is not None:
                Waiver.objects.create(roadmap_id=self.roadmap, upper_id=target, reason=reason)
            self.ask(Carry.WAIVER, upper=upper, reason=reason)

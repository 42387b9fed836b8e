"""Orders that repeal another one, as a whole or clause by clause; a plan that has lost its force, and its return."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Q

from documents import letters
from documents.choices import ClauseKind, OrderKind, OrderState
from documents.models import Clause, Order
from documents.operations import clauses
from documents.operations import orders as documents
from documents.operations.clauses import Worded
from organizations import access, journal
from organizations.access import Role
from organizations.models import Organization, Position, User
from reminders import notices
from roadmaps import amending as wording
from roadmaps import sheets
from roadmaps.acts import amended
from roadmaps.cascade.changes import difference
from roadmaps.choices import DRAFT, OPEN, WISHES, EditionState, ProposalState
from roadmaps.models import RANGED, Deliverable, Edition, Proposal, Roadmap
from roadmaps.operations import amending, consequences
from roadmaps.operations.dates import refresh
from roadmaps.operations.editions import begin
from roadmaps.operations.problems import DraftOpen, NothingInForce
from roadmaps.operations.versions import lock, queue


@transaction.atomic
def prepare(
    order: Order,
    *,
    only: Sequence[Clause] = (),
    preamble: str = "",
    signatory: Position | None = None,
    by: User | None,
    now: dt.datetime,
) -> Order:
    """
    Draft the order that repeals a registered one with all its amendments, or only some of its clauses.

    :param only: clauses of that order; none means the whole of it
    :raises NothingInForce: if it has lost its force already
    :raises DraftOpen: if the next edition of its plan is being prepared, and the whole plan is to go
    """
    order = _held(order)
    if not may_be_repealed(order) or any(is_repealed(one) for one in only):
        raise NothingInForce
    if not only:
        _require_no_draft(order)
    numbers = [clause.number for clause in only]
    act = amended(order)
    repealing = documents.draft(
        organization=order.organization,
        kind=OrderKind.REPEAL,
        title=wording.repeal_title(act, numbers),
        preamble=preamble,
        signatory=signatory,
        amends=order,
        by=by,
        now=now,
    )
    gone = [act, *(amended(one) for one in amending.amendments_of(order))]
    text, below = wording.repeal_clause(gone, numbers)
    head = Worded(text, repeals=only[0] if len(only) == 1 else None)
    targets: Sequence[Clause | None] = only or [None] * len(below)
    parts = [Worded(part, repeals=clause) for part, clause in zip(below, targets, strict=bool(below))]
    clauses.set_branch(repealing, kind=ClauseKind.REPEAL, head=head, below=parts, by=by, now=now)
    clauses.set_worded(
        repealing, texts={ClauseKind.CONTROL: letters.control_clause(repealing.controller)}, by=by, now=now
    )
    return repealing


def may_be_repealed(order: Order) -> bool:
    """Tell whether an order holds, and by itself: one that amends another goes with that one."""
    changes_another = order.kind in {OrderKind.AMEND, OrderKind.REPEAL}
    return order.state == OrderState.REGISTERED and not order.succeeded_by_id and not changes_another


def is_repealed(clause: Clause) -> bool:
    """Tell whether a registered order has repealed a clause."""
    return Clause.objects.filter(repeals=clause, order__state=OrderState.REGISTERED).exists()


def repealed_clauses(order: Order, only: Iterable[Clause] | None = None) -> dict[int, Order]:
    """Give the clauses of an order that have lost their force, each with the order by which they did first."""
    found = Clause.objects.filter(repeals__order=order, order__state=OrderState.REGISTERED).select_related("order")
    found = found.order_by("-order__registered_at", "-order")
    if only is not None:
        found = found.filter(repeals__in=only)
    return {clause.repeals_id: clause.order for clause in found if clause.repeals_id is not None}


def plans_of(order: Order) -> list[Roadmap]:
    """List the plans that an order approved and that are in force by it, whatever has amended it since."""
    roadmaps = Roadmap.objects.filter(editions__order=order, editions__repealed_by=None).distinct().order_by("pk")
    return [one for one in roadmaps if (basic := amending.basic_of(one.pk)) is not None and basic.pk == order.pk]


def carry_out(order: Order, *, by: User | None, now: dt.datetime) -> None:
    """
    Do what a registered repealing order says: the former order, its amendments and its plan lose their force.

    Called within the registration: everything happens or nothing does. An order on single clauses leaves the plan as it is;
    that they no longer hold, readers ask of the clauses themselves.

    :raises DraftOpen: if the next edition of the plan is being prepared by now
    :raises NothingInForce: if another order has repealed it meanwhile
    """
    assert order.amends is not None  # a repealing order names what it repeals
    former = _held(order.amends)
    gone = Clause.objects.filter(repealed_by__order=order)
    if former.succeeded_by_id or any(repealed != order for repealed in repealed_clauses(former, gone).values()):
        raise NothingInForce
    if gone:
        return
    _require_no_draft(former)
    for roadmap in plans_of(former):
        withdraw(roadmap, order=order, by=by, now=now)
    for one in (former, *amending.amendments_of(former)):
        documents.succeed(one, by_order=order)


def withdraw(roadmap: Roadmap, *, order: Order, by: User | None, now: dt.datetime) -> None:
    """
    Take a plan out of force: none of its rows holds any more, its editions stay readable.

    For the plans below all of its rows are withdrawn: they keep their dates and are asked what becomes of the rows.
    """
    queue(roadmap.programme_id)
    lock(roadmap.pk)
    held = Edition.objects.filter(roadmap=roadmap, state=EditionState.APPROVED, repealed_by=None)
    newest = held.select_related("roadmap__organization").order_by("-number").first()
    if newest is None:
        raise NothingInForce
    title = sheets.title_of(newest)
    for model in RANGED:
        model.objects.filter(roadmap=roadmap, until=OPEN).update(until=DRAFT)
    found = consequences.of_difference(roadmap.pk, difference(roadmap.pk), locks=True)
    for model in RANGED:
        model.objects.filter(roadmap=roadmap, until=DRAFT).update(until=newest.number + 1)
    held.update(repealed_by=order)
    _let_lapse(roadmap, now)
    journal.record(
        operation="repealed",
        subject_kind="roadmap",
        subject_id=roadmap.pk,
        organization=newest.roadmap.organization_id,
        by=by,
        now=now,
        after={"order": str(order), "number": newest.number},
    )
    consequences.carry_out(found, newest, now=now)
    _tell_those_below(newest, title, order, now)


@transaction.atomic
def reopen(roadmap: Roadmap, *, by: User | None, now: dt.datetime) -> Edition:
    """
    Begin a plan anew that lost its force: a draft with the rows of its last edition, the same rows as before.

    :raises NothingInForce: if the plan is in force, or never was
    """
    lock(roadmap.pk)
    last = Edition.objects.filter(roadmap=roadmap, state=EditionState.APPROVED).order_by("-number").first()
    if last is None or last.repealed_by_id is None:
        raise NothingInForce
    draft, is_new = begin(roadmap, by=by, now=now)
    if is_new:
        for model in RANGED:
            rows: list[Any] = list(model.objects.at(last.number).filter(roadmap=roadmap))
            for row in rows:
                row.pk, row.since, row.until, row._state.adding = None, DRAFT, OPEN, True
            model.objects.bulk_create(rows)
        refresh(Deliverable.objects.at(DRAFT).filter(roadmap=roadmap).values_list("commitment", flat=True))
    return draft


def _held(order: Order) -> Order:
    """Lock an order against another one that would repeal it, and read it afresh."""
    return Order.objects.select_for_update(no_key=True, of=("self",)).select_related("organization").get(pk=order.pk)


def _require_no_draft(order: Order) -> None:
    if Edition.objects.open().filter(roadmap__in=[roadmap.pk for roadmap in plans_of(order)]).exists():
        raise DraftOpen


def _let_lapse(roadmap: Roadmap, now: dt.datetime) -> None:
    """Close what is asked of a plan, wished by it or wished of it: nobody can answer that any more."""
    waiting = Proposal.objects.open().filter(Q(roadmap=roadmap) | Q(upper__roadmap=roadmap, kind__in=WISHES))
    waiting.update(state=ProposalState.LAPSED, answered_at=now)


def _tell_those_below(edition: Edition, title: str, order: Order, now: dt.datetime) -> None:
    """Tell the coordinators of the bodies directly below that what they followed holds no more."""
    owner = edition.roadmap.organization
    parent = owner.parent_id if owner.kind == "institute" else owner.pk
    for organization in Organization.objects.open().filter(parent=parent).exclude(pk=owner.pk):
        notices.tell(
            recipients=access.holders(organization, Role.COORDINATOR),
            organization=organization,
            kind="upper-repealed",
            params={"plan": title, "organization": owner.short_name, "order": str(order)},
            path=edition.roadmap.get_absolute_url(),
            key=f"repealed-{edition.pk}",
            now=now,
        )

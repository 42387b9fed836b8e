"""An edition and its order: prepared, handed for signing, registered and in force in one step."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction

from documents import letters
from documents.choices import ClauseKind, OrderKind
from documents.models import Order, StoredFile, Submission
from documents.operations import clauses, rendered
from documents.operations import orders as documents
from documents.texts import PrintedAppendix, printed
from organizations import access
from organizations.access import Role
from organizations.models import Position, User
from reminders import notices
from roadmaps import adopting, approval, sheets
from roadmaps.acts import amended
from roadmaps.amending import amend_title
from roadmaps.appendices import appendices_of
from roadmaps.choices import DRAFT, EditionState
from roadmaps.models import Edition
from roadmaps.operations import amending, editions, repeals, submissions
from roadmaps.operations.dates import refresh_touched
from roadmaps.operations.problems import NotWritable
from roadmaps.operations.versions import lock, queue

SHOWN = "roadmap__organization", "roadmap__programme", "prepared_order"


def edition_of(order: Order) -> Edition | None:
    """Give the edition that an order puts in force, or is to; not those that only followed since."""
    found = Edition.objects.select_related(*SHOWN)
    return (
        found.filter(prepared_order=order).first() or found.filter(order=order, basis=None).order_by("-number").first()
    )


def appendices(order: Order, *, today: dt.date) -> list[PrintedAppendix] | None:
    """Give the appendices of an order that is on its way, as they read now; None where frozen ones speak."""
    if order.is_registered:
        return None
    edition = Edition.objects.select_related(*SHOWN).filter(prepared_order=order).first()
    return amending.appendices_for(order, edition, today=today) if edition else []


@transaction.atomic
def prepare(edition: Edition, *, by: User | None, now: dt.datetime, today: dt.date) -> Order:
    """
    Draft the order on a submitted plan, worded as such orders are; preparing it twice gives the same one.

    A plan that is in force is not approved a second time: its order is amended.

    :raises NotWritable: if the plan is not submitted
    """
    lock(edition.roadmap_id)
    held = Edition.objects.select_related(*SHOWN).get(pk=edition.pk)
    if held.prepared_order is not None:
        return held.prepared_order
    if held.state != EditionState.SUBMITTED:
        raise NotWritable
    organization = held.roadmap.organization
    basic = amending.basic_of(held.roadmap_id)
    order = documents.draft(
        organization=organization,
        kind=OrderKind.AMEND if basic else OrderKind.APPROVE,
        title=amend_title(amended(basic)) if basic else _approving_title(held),
        basis=approval.basis(uppers_of(held)),
        signatory=head_of(organization.pk, today),
        amends=basic,
        by=by,
        now=now,
    )
    Edition.objects.filter(pk=held.pk).update(prepared_order=order)
    held.prepared_order = order
    follow = basic is None or follows(order)
    word(order, held, follow=follow, by=by, now=now, today=today)
    return order


def follows(order: Order) -> bool:
    """Tell whether the dates of the plan follow the one above by this order, or by the one that it amends."""
    own = {clause.kind for clause in order.clauses.all()}
    if ClauseKind.FOLLOW in own or order.kind != OrderKind.AMEND or order.amends is None:
        return ClauseKind.FOLLOW in own
    return ClauseKind.REPEAL not in own and amending.follow_clause_of(order.amends) is not None


def word(
    order: Order, edition: Edition | None, *, follow: bool, by: User | None, now: dt.datetime, today: dt.date
) -> None:
    """
    Word the clauses that the portal knows; `follow` lets dates move with the plan above, where any row does.

    Clauses written by hand are left alone.
    """
    texts = {ClauseKind.CONTROL: letters.control_clause(order.controller)}
    if edition is not None and order.kind == OrderKind.AMEND:
        uppers = uppers_of(edition)
        amending.word(order, edition, follow=follow, uppers=uppers, by=by, now=now, today=today)
    elif edition is not None:
        found = appendices_of(edition, today=today)
        title, count = sheets.title_of(edition), len(found)
        moves = any(result["follows"] for block in found[0].data["blocks"] for result in block["results"])
        adopted = adopted_from(edition)
        texts[ClauseKind.APPROVE] = (
            approval.adopt_clause(*adopted, appendices=count)
            if adopted
            else approval.approve_clause(title, appendices=count)
        )
        texts[ClauseKind.LIST] = approval.list_clause() if count > 1 else ""
        text = approval.follow_clause(uppers_of(edition), appendices=count) if moves and follow else ""
        texts[ClauseKind.FOLLOW] = text
    clauses.set_worded(order, texts=texts, by=by, now=now)


@transaction.atomic
def edit(
    order: Order, *, values: Mapping[str, Any], follow: bool, by: User | None, now: dt.datetime, today: dt.date
) -> Order:
    """Change the head of a draft and word the portal's clauses accordingly."""
    changed = documents.edit(order, values=dict(values), by=by, now=now)
    word(changed, edition_of(changed), follow=follow, by=by, now=now, today=today)
    return changed


@transaction.atomic
def reword(order: Order, *, restates: bool, by: User | None, now: dt.datetime, today: dt.date) -> None:
    """
    Word the changes of an amending order anew, row by row or as the whole plan; what was mended by hand in them goes.

    :raises NotWritable: if the order amends no plan
    """
    held = clauses.hold(order)
    edition = edition_of(held)
    if edition is None or held.kind != OrderKind.AMEND:
        raise NotWritable
    amending.word(
        held, edition, follow=follows(held), uppers=uppers_of(edition), anew=True, restates=restates,
        by=by, now=now, today=today,
    )  # fmt: skip


@transaction.atomic
def hand(order: Order, *, by: User | None, now: dt.datetime, today: dt.date) -> Order:
    """
    Hand an order for signing: its appendices are frozen as they read now, and the signatory is told.

    :raises NotWritable: if its plan is not submitted any more
    :raises ChangesOutdated: if the changes that it words are not those of the plan any more
    """
    edition = _locked(order)
    if edition is not None and edition.state != EditionState.SUBMITTED:
        raise NotWritable
    found = _fresh(order, edition, today) if edition else []
    if edition is not None and order.kind == OrderKind.AMEND and not order.restates:
        amending.require_current(order, edition)
    handed = documents.hand(order, appendices=found, by=by, now=now)
    _notify(handed, "order-handed", Role.SIGNATORY, now)
    rendered.ask(handed, now=now)
    return handed


@transaction.atomic
def take_back(order: Order, *, by: User | None, now: dt.datetime) -> Order:
    """Let the coordinator have an order again that waits for its signature."""
    taken = documents.take_back(order, by=by, now=now)
    _notify(taken, "order-taken-back", Role.SIGNATORY, now)
    return taken


@transaction.atomic
def send_back(order: Order, *, reason: str, by: User | None, now: dt.datetime) -> Order:
    """Return an order to its draft, saying why; the plan stays submitted."""
    returned = documents.send_back(order, reason=reason, by=by, now=now)
    _notify(returned, "order-returned", Role.COORDINATOR, now, reason=reason.strip())
    return returned


@transaction.atomic
def sign(order: Order, *, signed_on: dt.date, by: User | None, now: dt.datetime, today: dt.date) -> Order:
    """Note that an order was signed; its coordinator is told to register it."""
    signed = documents.sign(order, signed_on=signed_on, by=by, now=now, today=today)
    _notify(signed, "order-signed", Role.COORDINATOR, now)
    return signed


@transaction.atomic
def register(
    order: Order,
    *,
    number: str,
    signed_on: dt.date,
    original: StoredFile | None = None,
    signature: StoredFile | None = None,
    fingerprint: str = "",
    by: User | None,
    now: dt.datetime,
    today: dt.date,
) -> Order:
    """
    Register a signed order and put its edition in force, superseding the former one: all of it or nothing.

    :param fingerprint: of the consequences that were seen beforehand, if anybody looked
    :raises NumberTaken: if somebody has the number
    :raises ChangedSinceHanded: if the plan is not what was signed
    :raises ConsequencesChanged: if something else would follow below than was seen
    """
    edition = _locked(order, queues=True)
    # The plan must still be what was signed; a school that joined since waits for the next order.
    frozen = [printed(one) for one in order.appendices.all()]
    live = _fresh(order, edition, today)[0] if edition else None
    found = [live if live and one.kind == live.kind else one for one in frozen]
    registered = documents.register(
        order, number=number, signed_on=signed_on, original=original, signature=signature, appendices=found,
        by=by, now=now, today=today,
    )  # fmt: skip
    if edition is not None:
        former = amending.basic_of(edition.roadmap_id)
        editions.put_in_force(edition, order=registered, by=by, now=now, fingerprint=fingerprint)
        # An order that is amended stays in force, in its new edition; one whose plan is approved anew does not.
        if former is not None and registered.kind != OrderKind.AMEND:
            documents.succeed(former, by_order=registered)
    if registered.kind == OrderKind.REPEAL:
        repeals.carry_out(registered, by=by, now=now)
    asked = Submission.objects.filter(clause__order=registered).select_related("recipient")
    submissions.tell_asked(asked, now=now)
    rendered.ask(registered, now=now)
    return registered


@transaction.atomic
def drop(order: Order, *, by: User | None, now: dt.datetime) -> None:
    """Throw a draft order away; its plan stays where it is."""
    Edition.objects.filter(prepared_order=order, number=DRAFT).update(prepared_order=None)
    documents.drop(order, by=by, now=now)


def _approving_title(edition: Edition) -> str:
    adopted = adopted_from(edition)
    return approval.adopt_title(adopted[0]) if adopted else approval.order_title(sheets.title_of(edition))


def adopted_from(edition: Edition) -> tuple[str, approval.UpperOrder] | None:
    """Name the plan above that an edition takes over unchanged, with its order; None for a plan of one's own wording."""
    roadmap = adopting.adopted_from(sheets.load(edition))
    if roadmap is None:
        return None
    upper = Edition.objects.in_force().filter(roadmap=roadmap, order__isnull=False).for_page().first()
    return (upper.title, _named(upper)) if upper else None


def uppers_of(edition: Edition) -> list[approval.UpperOrder]:
    """Name the registered orders of the plans directly above, as an order cites them."""
    above = Edition.objects.filter(
        roadmap__followers__lower=edition.roadmap_id, state=EditionState.APPROVED, order__isnull=False, repealed_by=None
    )
    orders: dict[int, Order] = {}
    for one in above.select_related("order__organization", "order__amends__organization").order_by(
        "roadmap__organization__kind", "roadmap", "-number"
    ):
        if one.order is not None:  # cited is the order that approved the plan, whatever has amended it since
            orders.setdefault(one.roadmap_id, one.order.amends or one.order)
    acts = [amended(order) for order in orders.values()]
    return [approval.UpperOrder(act.issuer_genitive, act.signed_on, act.number) for act in acts]


def _named(edition: Edition) -> approval.UpperOrder:
    order = edition.order
    assert order is not None  # asked by the caller
    act = amended(order.amends or order)
    return approval.UpperOrder(act.issuer_genitive, act.signed_on, act.number)


def head_of(organization: int, today: dt.date) -> Position | None:
    """Give who heads an organization today; who stands in comes first."""
    held = Position.objects.held(today).filter(organization=organization, is_head=True)
    return held.select_related("person").order_by("-is_acting", "pk").first()


def _locked(order: Order, *, queues: bool = False) -> Edition | None:
    """Hold the edition that an order is to put in force; who is about to do that queues in the programme first."""
    edition = Edition.objects.select_related(*SHOWN).filter(prepared_order=order, number=DRAFT).first()
    if edition is None:
        return None
    if queues:
        queue(edition.roadmap.programme_id)
    lock(edition.roadmap_id)
    return Edition.objects.select_related(*SHOWN).get(pk=edition.pk)


def _fresh(order: Order, edition: Edition, today: dt.date) -> list[PrintedAppendix]:
    """Read the appendices with the dates that the plans above give at this moment."""
    refresh_touched(edition.roadmap_id)
    return amending.appendices_for(order, edition, today=today)


def _notify(order: Order, kind: str, role: Role, now: dt.datetime, **facts: Any) -> None:
    notices.tell(
        recipients=access.holders(order.organization, role),
        organization=order.organization,
        kind=kind,
        params={"order": order.title, "organization": order.organization.short_name, **facts},
        path=order.get_absolute_url(),
        now=now,
    )


__all__ = [
    *("appendices", "drop", "edit", "edition_of", "follows", "hand", "prepare", "register", "reword", "send_back"),
    *("sign", "take_back", "uppers_of", "word"),
]

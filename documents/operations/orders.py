"""The life of an order: drafted, handed for signing, signed, registered; or brought in from paper."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import IntegrityError, transaction

from deadlines.values import Deadline
from documents import letters
from documents.choices import ClauseKind, OrderKind, OrderState
from documents.models import Appendix, Clause, Order, StoredFile
from documents.operations import numbers, submissions
from documents.operations.refusals import (
    ChangedSinceHanded,
    DateImpossible,
    FileNeeded,
    Incomplete,
    NotInThisState,
    NumberNeeded,
    NumberTaken,
    ReasonNeeded,
)
from documents.texts import PrintedAppendix, text_of
from organizations import journal
from organizations.models import Organization, Position, User

__all__ = [
    *("ClauseData", "NumberTaken", "OrderData", "draft", "drop", "edit", "hand", "register", "register_from_paper"),
    *("send_back", "set_retention", "sign", "succeed", "take_back"),
]


@dataclass(frozen=True)
class ClauseData:
    """A clause as it stands in an order."""

    number: str
    text: str
    deadline: Deadline | None = None
    kind: ClauseKind = ClauseKind.WRITTEN


@dataclass(frozen=True)
class OrderData:
    """What an order says, as data that a feature hands over."""

    number: str
    signed_on: dt.date
    issuer: str
    title: str = ""
    place: str = ""
    preamble: str = ""
    signatory_post: str = ""
    signatory_name: str = ""
    clauses: Sequence[ClauseData] = field(default=())


@transaction.atomic
def register_from_paper(
    *, organization: Organization, order: OrderData, original: StoredFile, by: User | None, now: dt.datetime
) -> Order:
    """
    Enter an order that was signed and registered outside, with the file that proves it.

    :raises NumberTaken: if the number is in the register of that year already
    """
    number = numbers.clean(order.number)
    try:
        with transaction.atomic():
            registered = Order.objects.create(
                organization=organization,
                state=OrderState.REGISTERED,
                issuer=order.issuer or organization.name,
                number=number,
                series=numbers.split(number)[1][:20],
                signed_on=order.signed_on,
                year=order.signed_on.year,
                place=order.place,
                title=order.title,
                preamble=order.preamble,
                signatory_post=order.signatory_post,
                signatory_name=order.signatory_name,
                from_paper=True,
                original=original,
                drafted_at=now,
                drafted_by=by,
                changed_at=now,
                registered_at=now,
                registered_by=by,
            )
    except IntegrityError as error:
        raise NumberTaken(number, order.signed_on.year) from error
    Clause.objects.bulk_create(
        Clause(
            order=registered,
            position=position,
            depth=min(clause.number.strip(". ").count("."), 3),
            number=clause.number,
            text=clause.text,
            kind=clause.kind,
            deadline=clause.deadline and clause.deadline.to_json(),
            due=clause.deadline.due if clause.deadline else None,
            is_frozen=True,
        )
        for position, clause in enumerate(order.clauses, 1)
    )
    after = {"number": registered.number, "date": registered.signed_on, "file": original.sha256}
    _tell(registered, "order-registered", by, now, after=after)
    return registered


@transaction.atomic
def draft(
    *,
    organization: Organization,
    kind: OrderKind,
    title: str = "",
    basis: str = "",
    preamble: str = "",
    signatory: Position | None = None,
    amends: Order | None = None,
    by: User | None,
    now: dt.datetime,
) -> Order:
    """
    Begin an order; it gets its verification code at once, so that the paper that is signed bears it.

    :param amends: the registered order that this one amends or repeals
    """
    order = Order.objects.create(
        organization=organization,
        kind=kind,
        issuer=organization.name,
        issuer_genitive=letters.body_in_genitive(organization),
        place=organization.place,
        title=title,
        basis=basis,
        preamble=preamble,
        amends=amends,
        signatory=signatory,
        signatory_post=letters.post_in_signature(signatory) if signatory else "",
        signatory_name=letters.name_in_signature(signatory.person) if signatory else "",
        drafted_at=now,
        drafted_by=by,
        changed_at=now,
    )
    _tell(order, "order-drafted", by, now, after={"kind": kind, "title": title})
    return order


HEAD = ("title", "basis", "preamble", "place", "signatory", "signatory_post", "controller", "retention")


@transaction.atomic
def edit(order: Order, *, values: dict[str, Any], by: User | None, now: dt.datetime) -> Order:
    """
    Change the head of a draft.

    Another signatory brings his position and name; a position that was written by hand stays with the same signatory.

    :raises NotInThisState: if it is no draft any more
    """
    unknown = set(values) - set(HEAD)
    assert not unknown, unknown  # a closed list, also for programmers
    held = _held(order, OrderState.DRAFT)
    before = {name: _said(getattr(held, name)) for name in values}
    other = "signatory" in values and values["signatory"] != held.signatory
    for name, value in values.items():
        setattr(held, name, value)
    if other or not held.signatory_post:
        held.signatory_post = letters.post_in_signature(held.signatory) if held.signatory else ""
        held.signatory_name = letters.name_in_signature(held.signatory.person) if held.signatory else ""
    held.changed_at = now
    held.save()
    after = {name: _said(getattr(held, name)) for name in values}
    changed = [name for name in values if before[name] != after[name]]
    if changed:
        _tell(
            held, "order-changed", by, now,
            before={name: before[name] for name in changed}, after={name: after[name] for name in changed},
        )  # fmt: skip
    return held


def missing(order: Order) -> list[str]:
    """Say what an order lacks before anybody could sign it."""
    return letters.missing(order, has_clauses=order.clauses.exists())


@transaction.atomic
def hand(order: Order, *, appendices: Iterable[PrintedAppendix] = (), by: User | None, now: dt.datetime) -> Order:
    """
    Hand a draft for signing: the text stands from now on, appendices are frozen with it, and their hash is kept.

    :raises Incomplete: if something is missing without which nobody could sign
    :raises NotInThisState: if it is no draft any more
    """
    held = _held(order, OrderState.DRAFT)
    if lacks := missing(held):
        raise Incomplete(lacks)
    held.appendices.all().delete()
    Appendix.objects.bulk_create(
        Appendix(order=held, kind=one.kind, number=one.number, title=one.title, data=dict(one.data))
        for one in appendices
    )
    held.state = OrderState.HANDED
    held.handed_at, held.handed_by, held.changed_at, held.remark = now, by, now, ""
    held.content_hash = text_of(held).content_hash()
    held.save()
    _tell(held, "order-handed", by, now, after={"hash": held.content_hash})
    return held


@transaction.atomic
def take_back(order: Order, *, by: User | None, now: dt.datetime) -> Order:
    """
    Let the coordinator have an order again that waits for its signature.

    :raises NotInThisState: if it is signed already
    """
    return _reopen(_held(order, OrderState.HANDED), "order-taken-back", "", by, now)


@transaction.atomic
def send_back(order: Order, *, reason: str, by: User | None, now: dt.datetime) -> Order:
    """
    Return an order to its draft, saying why: unsigned, or signed and found wrong before it was registered.

    :raises ReasonNeeded: if it does not say why
    """
    if not reason.strip():
        raise ReasonNeeded
    return _reopen(_held(order, OrderState.HANDED, OrderState.SIGNED), "order-returned", reason.strip(), by, now)


@transaction.atomic
def sign(order: Order, *, signed_on: dt.date, by: User | None, now: dt.datetime, today: dt.date) -> Order:
    """
    Note that the order was signed on a day; nothing is in force by that.

    :raises DateImpossible: if the day has not come yet
    :raises NotInThisState: if it does not wait for a signature
    """
    if signed_on > today:
        raise DateImpossible
    held = _held(order, OrderState.HANDED)
    held.state, held.signed_on = OrderState.SIGNED, signed_on
    held.signed_at, held.signed_by, held.changed_at = now, by, now
    held.save()
    _tell(held, "order-signed", by, now, after={"date": signed_on})
    return held


@transaction.atomic
def register(
    order: Order,
    *,
    number: str,
    signed_on: dt.date,
    original: StoredFile | None = None,
    signature: StoredFile | None = None,
    appendices: Iterable[PrintedAppendix] = (),
    by: User | None,
    now: dt.datetime,
    today: dt.date,
) -> Order:
    """
    Enter a signed order in the register: from now on it holds and nobody changes it.

    The appendices as they would come into force must be those that were handed for signing. What clauses ask for
    becomes a submission of each body that they name.

    :raises NumberTaken: if the number is in the register of that year already, also by a race
    :raises ChangedSinceHanded: if an appendix is not what was signed
    :raises FileNeeded: if neither a scan nor a signature is attached
    """
    number = numbers.clean(number)
    if not number:
        raise NumberNeeded
    if signed_on > today:
        raise DateImpossible
    if original is None and signature is None:
        raise FileNeeded
    held = _held(order, OrderState.SIGNED)
    if text_of(held, appendices=appendices).content_hash() != held.content_hash:
        raise ChangedSinceHanded
    held.state, held.number, held.series = OrderState.REGISTERED, number, numbers.split(number)[1][:20]
    held.signed_on, held.year = signed_on, signed_on.year
    held.original, held.signature = original, signature
    held.registered_at, held.registered_by, held.changed_at = now, by, now
    # Frozen first: a trigger keeps everything that belongs to a registered order.
    held.appendices.update(is_frozen=True)
    held.clauses.update(is_frozen=True)
    try:
        with transaction.atomic():
            held.save()
    except IntegrityError as error:
        free = numbers.next_number(held.organization, signed_on.year, series=held.series)
        raise NumberTaken(number, signed_on.year, free) from error
    files = [file.sha256 for file in (original, signature) if file]
    _tell(held, "order-registered", by, now, after={"number": number, "date": signed_on, "files": files})
    submissions.expect(held)
    return held


def succeed(former: Order, *, by_order: Order) -> None:
    """Note that what an order put in force has been replaced by another one's."""
    Order.objects.filter(pk=former.pk).update(succeeded_by=by_order)


@transaction.atomic
def drop(order: Order, *, by: User | None, now: dt.datetime) -> None:
    """
    Throw a draft away; the journal remembers that there was one.

    :raises NotInThisState: if it is no draft any more
    """
    held = _held(order, OrderState.DRAFT)
    _tell(held, "order-dropped", by, now, before={"title": held.title})
    held.delete()


@transaction.atomic
def set_retention(order: Order, *, retention: str, by: User | None, now: dt.datetime) -> None:
    """Say anew how long an order is kept; that is no part of the act, so it may change later."""
    held = Order.objects.select_for_update(no_key=True, of=("self",)).get(pk=order.pk)
    if held.retention == retention:
        return
    Order.objects.filter(pk=order.pk).update(retention=retention)
    _tell(held, "order-retention", by, now, before={"retention": held.retention}, after={"retention": retention})


def _reopen(held: Order, operation: str, reason: str, by: User | None, now: dt.datetime) -> Order:
    held.state, held.remark, held.content_hash, held.signed_on = OrderState.DRAFT, reason, "", None
    held.handed_at = held.handed_by = held.signed_at = held.signed_by = None
    held.changed_at = now
    held.appendices.all().delete()
    held.save()
    held.visas.exclude(state="waiting").update(state="waiting", given_on=None, remark="")
    _tell(held, operation, by, now, reason=reason)
    return held


def _held(order: Order, *states: OrderState) -> Order:
    """
    Lock an order and read it afresh.

    :raises NotInThisState: if it is in none of the states
    """
    rows = Order.objects.select_for_update(no_key=True, of=("self",)).select_related(
        "organization", "signatory__person", "controller__person"
    )
    held = rows.filter(pk=order.pk).first()
    if held is None or held.state not in states:
        raise NotInThisState
    return held


def _said(value: object) -> object:
    return str(value) if isinstance(value, Position) else value


def _tell(order: Order, operation: str, by: User | None, now: dt.datetime, **rest: Any) -> None:
    journal.record(
        operation=operation,
        subject_kind="order",
        subject_id=order.pk,
        organization=order.organization_id,
        by=by,
        now=now,
        **rest,
    )

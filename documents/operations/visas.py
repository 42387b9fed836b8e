"""The visa sheet: who is asked, who agreed, with which remarks."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.db.models import Max

from documents import letters
from documents.choices import OrderState, VisaState
from documents.models import Order, Visa
from documents.operations.refusals import DateImpossible, NotInThisState, ReasonNeeded
from organizations import journal
from organizations.models import Position, User


@transaction.atomic
def ask(
    order: Order, *, position: Position | None = None, post: str = "", name: str = "", by: User, now: dt.datetime
) -> Visa:
    """
    Put somebody on the visa sheet: a person of the organization, or of any other body by position and name.

    :raises NotInThisState: if the order is signed already
    """
    held = _held(order)
    last = held.visas.aggregate(last=Max("place"))["last"] or 0
    visa = Visa.objects.create(
        order=held,
        place=last + 1,
        position=position,
        post=letters.post_in_signature(position) if position else post.strip(),
        name=letters.name_in_signature(position.person) if position else name.strip(),
    )
    _tell(visa, "visa-asked", by, now, after={"who": str(visa)})
    return visa


@transaction.atomic
def give(
    visa: Visa, *, state: VisaState, given_on: dt.date, remark: str = "", by: User, now: dt.datetime, today: dt.date
) -> Visa:
    """
    Note a visa; one that was given may be given anew while the order waits for its signature.

    :raises DateImpossible: if the day has not come yet
    :raises ReasonNeeded: if there are remarks that say nothing
    :raises NotInThisState: if the order does not wait for its signature
    """
    if given_on > today:
        raise DateImpossible
    if state == VisaState.REMARKS and not remark.strip():
        raise ReasonNeeded
    _held(visa.order, OrderState.HANDED)
    visa.state, visa.given_on, visa.remark = state, given_on, remark.strip()
    visa.save()
    _tell(visa, "visa-given", by, now, after={"who": str(visa), "state": state, "date": given_on, "remark": remark})
    return visa


@transaction.atomic
def drop(visa: Visa, *, by: User, now: dt.datetime) -> None:
    """
    Take somebody off the visa sheet.

    :raises NotInThisState: if the order is signed already
    """
    _held(visa.order)
    _tell(visa, "visa-dropped", by, now, before={"who": str(visa), "state": visa.state})
    visa.delete()


def _held(order: Order, *states: OrderState) -> Order:
    held = Order.objects.select_for_update(no_key=True, of=("self",)).get(pk=order.pk)
    if held.state not in (states or (OrderState.DRAFT, OrderState.HANDED)):
        raise NotInThisState
    return held


def _tell(visa: Visa, operation: str, by: User, now: dt.datetime, **rest: Any) -> None:
    journal.record(
        operation=operation,
        subject_kind="order",
        subject_id=visa.order_id,
        organization=visa.order.organization_id,
        by=by,
        now=now,
        **rest,
    )

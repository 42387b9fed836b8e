"""The register of orders."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import IntegrityError, transaction

from deadlines.values import Deadline
from documents.models import Clause, Order, StoredFile
from organizations import journal
from organizations.models import Organization, User


@dataclass(frozen=True)
class ClauseData:
    """A clause as it stands in an order."""

    number: str
    text: str
    deadline: Deadline | None = None


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


class NumberTaken(Exception):
    """The organization used this number already in that year."""

    def __init__(self, number: str, year: int) -> None:
        self.number, self.year = number, year
        super().__init__(number, year)


@transaction.atomic
def register_from_paper(
    *, organization: Organization, order: OrderData, original: StoredFile, by: User | None, now: dt.datetime
) -> Order:
    """
    Enter an order that was signed and registered outside, with the file that proves it.

    :raises NumberTaken: if the number is in the register of that year already
    """
    try:
        with transaction.atomic():
            registered = Order.objects.create(
                organization=organization,
                issuer=order.issuer or organization.name,
                number=order.number.strip(),
                signed_on=order.signed_on,
                year=order.signed_on.year,
                place=order.place,
                title=order.title,
                preamble=order.preamble,
                signatory_post=order.signatory_post,
                signatory_name=order.signatory_name,
                from_paper=True,
                original=original,
                registered_at=now,
                registered_by=by,
            )
    except IntegrityError as error:
        raise NumberTaken(order.number, order.signed_on.year) from error
    Clause.objects.bulk_create(
        Clause(
            order=registered,
            position=position,
            number=clause.number,
            text=clause.text,
            deadline=clause.deadline and clause.deadline.to_json(),
            due=clause.deadline.due if clause.deadline else None,
        )
        for position, clause in enumerate(order.clauses, 1)
    )
    journal.record(
        operation="order-registered",
        subject_kind="order",
        subject_id=registered.pk,
        organization=organization,
        by=by,
        now=now,
        after={"number": registered.number, "date": registered.signed_on, "file": original.sha256},
    )
    return registered

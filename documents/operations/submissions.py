"""What clauses ask for: expected, sent, entered for a body without the portal, received, returned."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db import transaction

from documents.choices import Asked, OrderState, SubmissionState
from documents.models import Clause, Order, RowRemark, StoredFile, Submission
from documents.operations.refusals import AlreadySent, NothingToSend, NotInThisState, ReasonNeeded, SourceNeeded
from organizations import journal
from organizations.choices import OrganizationKind
from organizations.models import Organization, User

KINDS = {
    Asked.MUNICIPALITIES: OrganizationKind.MUNICIPALITY,
    Asked.SCHOOLS: OrganizationKind.SCHOOL,
    Asked.INSTITUTES: OrganizationKind.INSTITUTE,
}
LONGEST_TITLE = 300


def expect(order: Order) -> int:
    """Make a submission of each body that a clause of a registered order names; gives how many."""
    bodies: dict[str, list[Organization]] = {}
    rows = []
    for clause in order.clauses.exclude(asked=Asked.NOBODY):
        if clause.asked == Asked.NAMED:
            asked = list(clause.addressees.filter(closed_on=None))
        else:
            asked = bodies.setdefault(clause.asked, []) or list(_bodies(order.organization, Asked(clause.asked)))
            bodies[clause.asked] = asked
        rows += _expected(clause, order, asked, _title(clause), clause.due)
    Submission.objects.bulk_create(rows)
    return len(rows)


@transaction.atomic
def track(
    clause: Clause, *, bodies: Iterable[Organization], title: str, due: dt.date | None, by: User, now: dt.datetime
) -> list[Submission]:
    """
    Expect what a clause of a registered order asks for of more bodies; who is expected already stays as it is.

    The order itself does not change: it is kept who has sent, not what was ordered.

    :raises NotInThisState: if the order is not registered
    """
    order = clause.order
    if order.state != OrderState.REGISTERED:
        raise NotInThisState
    known = set(clause.submissions.values_list("organization", flat=True))
    fresh = [body for body in bodies if body.pk not in known]
    rows = _expected(clause, order, fresh, title.strip()[:LONGEST_TITLE] or _title(clause), due or clause.due)
    made = Submission.objects.bulk_create(rows)
    if made:
        after = {
            "number": clause.number,
            "title": made[0].title,
            "bodies": [one.organization.short_name for one in made],
        }
        journal.record(
            operation="submissions-expected", subject_kind="order", subject_id=order.pk,
            organization=order.organization_id, by=by, now=now, after=after,
        )  # fmt: skip
    return made


def _expected(
    clause: Clause, order: Order, bodies: Iterable[Organization], title: str, due: dt.date | None
) -> list[Submission]:
    to = clause.sent_to_id or order.organization_id
    return [
        Submission(clause=clause, organization=body, recipient_id=to, title=title, due=due)
        for body in bodies
        if body.pk != to
    ]


def _bodies(organization: Organization, asked: Asked) -> Iterable[Organization]:
    return Organization.objects.open().below(organization.pk).filter(kind=KINDS[asked]).exclude(pk=organization.pk)


def _title(clause: Clause) -> str:
    said = clause.asked_for or " ".join(clause.text.split())
    return said if len(said) <= LONGEST_TITLE else said[: LONGEST_TITLE - 1].rsplit(" ", 1)[0] + "…"


@transaction.atomic
def send(
    submission: Submission,
    *,
    files: Iterable[StoredFile] = (),
    order: Order | None = None,
    note: str = "",
    sent_on: dt.date,
    source: str = "",
    for_other: bool = False,
    by: User,
    now: dt.datetime,
) -> Submission:
    """
    Send what was asked for, or send it again after it was returned.

    :param order: a registered order of the sender, when that is what was asked for
    :param for_other: entered by the body above for one that does not use the portal; then `source` says from where
    :raises NothingToSend: if there is neither a file nor an order nor a word of where the paper is
    :raises AlreadySent: if it is sent or received
    """
    files = list(files)
    if for_other and not source.strip():
        raise SourceNeeded
    if not files and order is None and not for_other:
        raise NothingToSend
    held = _held(submission, SubmissionState.AWAITED, SubmissionState.RETURNED)
    held.state, held.sent_on, held.sent_by = SubmissionState.SENT, sent_on, by
    held.note, held.source = note.strip(), source.strip()
    held.order = order or held.order
    held.save()
    held.files.add(*files)
    after = {"files": [file.sha256 for file in files], "order": str(order) if order else "", "source": held.source}
    _tell(held, "submission-sent", by, now, after=after, for_other=for_other)
    return held


@transaction.atomic
def send_up(
    *, order: Order, recipient: Organization, title: str, note: str = "", sent_on: dt.date, by: User, now: dt.datetime
) -> Submission:
    """
    Send a registered order with what it puts in force to an upper body that did not ask for it by a clause.

    :raises AlreadySent: if that body has it
    """
    known = Submission.objects.select_for_update(of=("self",)).filter(order=order, recipient=recipient, clause=None)
    if (again := known.first()) is not None:
        if again.state != SubmissionState.RETURNED:
            raise AlreadySent
        return send(again, order=order, note=note, sent_on=sent_on, by=by, now=now)
    made = Submission.objects.create(
        organization=order.organization,
        recipient=recipient,
        title=title[:LONGEST_TITLE],
        order=order,
        state=SubmissionState.SENT,
        note=note.strip(),
        sent_on=sent_on,
        sent_by=by,
    )
    _tell(made, "submission-sent", by, now, after={"order": str(order)})
    return made


@transaction.atomic
def receive(submission: Submission, *, by: User, now: dt.datetime) -> Submission:
    """
    Note that the upper body has it; the sender's document is not changed by that.

    :raises NotInThisState: if nothing was sent
    """
    held = _held(submission, SubmissionState.SENT)
    held.state, held.remark, held.decided_at, held.decided_by = SubmissionState.RECEIVED, "", now, by
    held.save()
    _tell(held, "submission-received", by, now)
    return held


@transaction.atomic
def send_back(
    submission: Submission, *, remark: str, rows: Iterable[tuple[int, str, str]] = (), by: User, now: dt.datetime
) -> Submission:
    """
    Return what was sent, with remarks; it is awaited again, and its day does not move.

    :param rows: remarks on single rows of a plan that was sent: the row's key, what it is called, what is said
    :raises ReasonNeeded: if it does not say what is wrong
    :raises NotInThisState: if nothing was sent
    """
    if not remark.strip():
        raise ReasonNeeded
    held = _held(submission, SubmissionState.SENT, SubmissionState.RECEIVED)
    held.state, held.remark = SubmissionState.RETURNED, remark.strip()
    held.decided_at, held.decided_by = now, by
    held.save()
    said = [(row, label, text.strip()) for row, label, text in rows if text.strip()]
    RowRemark.objects.bulk_create(
        RowRemark(submission=held, row=row, label=label, text=text, made_at=now) for row, label, text in said
    )
    after = {"rows": {label: text for _row, label, text in said}} if said else None
    _tell(held, "submission-returned", by, now, reason=remark.strip(), after=after)
    return held


def _held(submission: Submission, *states: SubmissionState) -> Submission:
    rows = Submission.objects.select_for_update(of=("self",)).select_related("organization", "recipient")
    held = rows.get(pk=submission.pk)
    if held.state not in states:
        raise AlreadySent if SubmissionState.AWAITED in states else NotInThisState
    return held


def _tell(submission: Submission, operation: str, by: User, now: dt.datetime, **rest: Any) -> None:
    journal.record(
        operation=operation,
        subject_kind="submission",
        subject_id=submission.pk,
        organization=submission.organization_id,
        by=by,
        now=now,
        **rest,
    )

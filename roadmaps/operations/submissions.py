"""Sending up and receiving, with the notices that go with it; the records themselves are kept in documents."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction

from documents.models import Clause, Order, StoredFile, Submission
from documents.operations import submissions
from organizations import access
from organizations.access import Role
from organizations.models import Organization, User
from reminders import notices
from roadmaps import sheets
from roadmaps.models import Edition
from roadmaps.operations.problems import NotWritable


@transaction.atomic
def track(
    clause: Clause, *, bodies: Iterable[Organization], title: str, due: dt.date | None, by: User, now: dt.datetime
) -> list[Submission]:
    """Expect what a clause of a registered order asks for of more bodies; they are told."""
    made = submissions.track(clause, bodies=bodies, title=title, due=due, by=by, now=now)
    tell_asked(made, now=now)
    return made


def tell_asked(expected: Iterable[Submission], *, now: dt.datetime) -> None:
    """Tell the coordinators of each body that something is asked of it, by whom and until when; two statements."""
    expected = list(expected)
    coordinators = access.coordinators_of_each(one.organization_id for one in expected) if expected else {}
    notices.tell_each(
        [
            notices.Message(
                user, one.organization_id, "submission-asked",
                {"organization": one.recipient.short_name, "subject": one.title, "due": one.due},
                one.get_absolute_url(), f"submission-asked-{one.pk}",
            )
            for one in expected
            for user in coordinators.get(one.organization_id, ())
        ],
        now=now,
    )  # fmt: skip


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
    """Send what was asked for; the body that asked is told, unless it entered it itself."""
    sent = submissions.send(
        submission, files=files, order=order, note=note, sent_on=sent_on, source=source, for_other=for_other,
        by=by, now=now,
    )  # fmt: skip
    if not for_other:
        _tell_recipient(sent, now)
    return sent


@transaction.atomic
def send_plan_up(
    edition: Edition, *, recipient: Organization, note: str = "", by: User, now: dt.datetime
) -> Submission:
    """
    Send a plan in force to a body above; it never changes the edition, whatever becomes of the sending.

    :raises NotWritable: if the edition is not in force by an order
    """
    if edition.order is None or not edition.order.is_registered:
        raise NotWritable
    sent = submissions.send_up(
        order=edition.order, recipient=recipient, title=sheets.title_of(edition), note=note,
        sent_on=now.date(), by=by, now=now,
    )  # fmt: skip
    _tell_recipient(sent, now)
    return sent


@transaction.atomic
def receive(submission: Submission, *, by: User, now: dt.datetime) -> Submission:
    """Note that it has come; its sender is told."""
    received = submissions.receive(submission, by=by, now=now)
    _tell_sender(received, "submission-received", now)
    return received


@transaction.atomic
def send_back(
    submission: Submission, *, remark: str, rows: Iterable[tuple[int, str, str]] = (), by: User, now: dt.datetime
) -> Submission:
    """Return what was sent, with remarks, also on single rows of a plan; its sender is told."""
    returned = submissions.send_back(submission, remark=remark, rows=rows, by=by, now=now)
    _tell_sender(returned, "submission-returned", now)
    return returned


def _tell_recipient(submission: Submission, now: dt.datetime) -> None:
    _tell(submission, "submission-sent", submission.recipient, now)


def _tell_sender(submission: Submission, kind: str, now: dt.datetime) -> None:
    _tell(submission, kind, submission.organization, now)


def _tell(submission: Submission, kind: str, to: Organization, now: dt.datetime) -> None:
    notices.tell(
        recipients=access.holders(to, Role.COORDINATOR),
        organization=to,
        kind=kind,
        params={
            "organization": submission.organization.short_name
            if to.pk == submission.recipient_id
            else submission.recipient.short_name,
            "subject": submission.title,
            "reason": submission.remark,
            "due": submission.due,
        },
        path=submission.get_absolute_url(),
        now=now,
    )

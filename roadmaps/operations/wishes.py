"""What a lower body wishes of a row above: another deadline, or more time; asked, withdrawn, agreed to, declined."""

import datetime as dt
from typing import Any

from django.db import IntegrityError, transaction
from django.urls import reverse

from deadlines.grammar import read
from deadlines.values import Kind
from organizations import access, journal
from organizations.access import Role
from organizations.models import Organization, User
from reminders import notices
from roadmaps.choices import CURRENT, DRAFT, WISHES, ProposalKind, ProposalState
from roadmaps.models import Deliverable, Edition, Link, Proposal, Roadmap
from roadmaps.operations.answering import set_own
from roadmaps.operations.editions import open_edition
from roadmaps.operations.problems import AnsweredAlready, AskedAlready, NotUnderstood, OutOfDate, ReasonNeeded
from roadmaps.operations.versions import lock


@transaction.atomic
def ask(
    roadmap: Roadmap,
    *,
    lower: int,
    upper: int,
    kind: ProposalKind,
    phrase: str,
    reason: str,
    by: User | None,
    now: dt.datetime,
) -> Proposal:
    """
    Ask the body above for another deadline of the row that binds one's own; its coordinators are told.

    :raises ReasonNeeded: if it does not say why
    :raises NotUnderstood: if no date is found in the phrase
    :raises OutOfDate: if the row in force is not linked to that row above, or one of them is not in force
    :raises AskedAlready: if a wish about the same row waits
    """
    if not reason.strip():
        raise ReasonNeeded
    lock(roadmap.pk)
    own, above = _bound(roadmap, lower, upper)
    wished = read(phrase, above.roadmap.period)
    if wished.kind is Kind.UNKNOWN or wished.due is None:
        raise NotUnderstood
    if Proposal.objects.open().from_below().filter(lower=lower, upper=upper).exists():
        raise AskedAlready
    offered = {
        "before": own.deadline.to_json(),
        "after": wished.to_json(),
        "upper": {"before": above.deadline.to_json(), "after": wished.to_json()},
    }
    try:
        with transaction.atomic():
            wish = Proposal.objects.create(
                roadmap=roadmap, lower_id=lower, upper_id=upper, upper_row=above, kind=kind, offered=offered,
                start=wished.start, due=wished.due, wish=reason.strip(), made_at=now, made_by=by,
            )  # fmt: skip
    except IntegrityError as error:
        raise AskedAlready from error
    _record(wish, "wish-made", roadmap.organization, by, now, after={"phrase": wished.phrase}, reason=reason.strip())
    _tell(wish, "wish-made", above.roadmap.organization, now, reason=reason.strip(), phrase=wished.phrase)
    return wish


def _bound(roadmap: Roadmap, lower: int, upper: int) -> tuple[Deliverable, Deliverable]:
    """Give both rows as they are in force."""
    rows = Deliverable.objects.at(CURRENT).select_related("roadmap__organization")
    own = rows.filter(commitment=lower, roadmap=roadmap).first()
    above = rows.filter(commitment=upper).first()
    linked = Link.objects.at(CURRENT).filter(roadmap=roadmap, lower=lower, upper=upper).exists()
    if own is None or above is None or not linked:
        raise OutOfDate
    return own, above


@transaction.atomic
def withdraw(wish: Proposal, *, by: User | None, now: dt.datetime) -> None:
    """
    Take a wish back before it is answered.

    :raises AnsweredAlready: if it no longer waits
    """
    _close(wish, ProposalState.LAPSED, by=by, now=now)
    _record(wish, "wish-withdrawn", wish.roadmap.organization, by, now)
    _tell(wish, "wish-withdrawn", _above(wish).organization, now)


@transaction.atomic
def agree(wish: Proposal, *, reason: str = "", by: User | None, now: dt.datetime) -> Edition:
    """
    Give the row above the deadline that is wished, in a draft of its plan; below it moves when that comes into force.

    :raises AnsweredAlready: if it no longer waits
    :raises OutOfDate: if the row above is no longer in that draft
    :raises NotWritable: if the draft is submitted
    """
    above = _above(wish)
    lock(above.pk)
    edition = open_edition(above, by=by, now=now)
    if not Deliverable.objects.at(DRAFT).filter(commitment=wish.upper_id).exists():
        raise OutOfDate
    _close(wish, ProposalState.ACCEPTED, reason=reason.strip(), answered_in=edition, by=by, now=now)
    assert wish.upper_id is not None and wish.after is not None  # a wish names both
    set_own(above.pk, wish.upper_id, wish.after, by=by, now=now)
    _record(wish, "wish-agreed", above.organization, by, now, reason=reason.strip())
    _tell(wish, "wish-agreed", wish.roadmap.organization, now, reason=reason.strip())
    return edition


@transaction.atomic
def decline(wish: Proposal, *, reason: str, by: User | None, now: dt.datetime) -> None:
    """
    Let the row above stand as it is, saying why.

    :raises ReasonNeeded: if it does not say why
    :raises AnsweredAlready: if it no longer waits
    """
    if not reason.strip():
        raise ReasonNeeded
    _close(wish, ProposalState.DECLINED, reason=reason.strip(), by=by, now=now)
    _record(wish, "wish-declined", _above(wish).organization, by, now, reason=reason.strip())
    _tell(wish, "wish-declined", wish.roadmap.organization, now, reason=reason.strip())


def _above(wish: Proposal) -> Roadmap:
    assert wish.upper is not None  # a wish always names the row above
    return wish.upper.roadmap


def _close(wish: Proposal, state: ProposalState, *, by: User | None, now: dt.datetime, **values: Any) -> None:
    """Answer a wish by a conditional update, which settles races on both engines."""
    waiting = Proposal.objects.open().filter(pk=wish.pk, kind__in=WISHES)
    if not waiting.update(state=state, answered_at=now, answered_by=by, **values):
        raise AnsweredAlready


def _record(
    wish: Proposal, operation: str, organization: Organization, by: User | None, now: dt.datetime, **rest: Any
) -> None:
    """Write into the journal of whoever acts, under her own row."""
    mine = organization.pk == wish.roadmap.organization_id
    subject = wish.lower_id if mine else wish.upper_id
    assert subject is not None  # a wish names both rows
    journal.record(
        operation=operation, subject_kind="commitment", subject_id=subject, organization=organization, by=by, now=now,
        **rest,
    )  # fmt: skip


def _tell(wish: Proposal, kind: str, to: Organization, now: dt.datetime, **facts: Any) -> None:
    above = _above(wish)
    other = wish.roadmap.organization if to.pk == above.organization_id else above.organization
    row = wish.upper_row
    notices.tell(
        recipients=access.holders(to, Role.COORDINATOR),
        organization=to,
        kind=kind,
        params={"organization": other.short_name, "row": row.text if row else "", **facts},
        path=reverse("wish", args=[wish.pk]),
        now=now,
    )

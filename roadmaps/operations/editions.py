"""The life of an edition: started, submitted, returned, put in force, opened anew, discarded."""

import datetime as dt
from collections.abc import Collection, Iterable
from typing import Any

from django.db import IntegrityError, transaction

from deadlines.values import Period
from documents.choices import OrderState
from documents.models import Order
from documents.operations import orders as documents
from documents.operations import rendered
from organizations import access, journal
from organizations.access import Role
from organizations.models import Organization, User
from reminders import notices
from roadmaps import checks, sheets
from roadmaps.cascade import writing
from roadmaps.cascade.changes import difference
from roadmaps.choices import DRAFT, OPEN, EditionState, HeadingKind
from roadmaps.consequences import Consequences
from roadmaps.models import (
    RANGED,
    Commitment,
    Deliverable,
    Edition,
    Heading,
    HeadingText,
    Lineage,
    Programme,
    Roadmap,
)
from roadmaps.operations import answers, consequences
from roadmaps.operations.announcing import tell_those_below
from roadmaps.operations.dates import refresh, refresh_touched
from roadmaps.operations.links import stands_above
from roadmaps.operations.problems import (
    AlreadyPlanned,
    ConsequencesChanged,
    LostForce,
    NotAbove,
    NotWritable,
    OpenFindings,
    OrderSigned,
    ReasonNeeded,
)
from roadmaps.operations.rows import create_heading, edit_heading
from roadmaps.operations.versions import lock, queue
from roadmaps.operations.versions import writing as writing_draft


@transaction.atomic
def start(
    *,
    programme: Programme,
    organization: Organization,
    period: Period,
    title: str,
    label: str = "",
    uppers: Iterable[Roadmap] = (),
    by: User | None,
    now: dt.datetime,
) -> Edition:
    """
    Begin a roadmap with an empty draft.

    :raises AlreadyPlanned: if the organization has this plan for this period
    :raises NotAbove: if one of the upper roadmaps does not stand above
    """
    try:
        with transaction.atomic():
            roadmap = Roadmap.objects.create(
                programme=programme,
                organization=organization,
                period_start=period.start,
                period_end=period.end,
                label=label,
            )
    except IntegrityError as error:
        raise AlreadyPlanned from error
    for upper in uppers:
        if not stands_above(upper, roadmap):
            raise NotAbove
        Lineage.objects.create(lower=roadmap, upper=upper)
    edition = Edition.objects.create(roadmap=roadmap, opened_at=now, opened_by=by, changed_at=now)
    create_heading(edition, kind=HeadingKind.TITLE, title=title, position=0)
    _tell(edition, "plan-started", by, now, after={"title": title})
    return edition


@transaction.atomic
def open_edition(roadmap: Roadmap, *, by: User | None, now: dt.datetime) -> Edition:
    """
    Open a new edition over the one in force; opening it twice gives the same draft.

    Rows that inherit and whose upper rows have moved meanwhile get their dates at once; the reasons for which others
    kept theirs stand in it from the beginning.

    :raises LostForce: if the plan has lost its force; begun anew it is by `repeals.reopen`
    """
    lock(roadmap.pk)
    edition, is_new = begin(roadmap, by=by, now=now)
    if is_new and not Edition.objects.in_force().filter(roadmap=roadmap).exists():
        raise LostForce
    return edition


def begin(roadmap: Roadmap, *, by: User | None, now: dt.datetime) -> tuple[Edition, bool]:
    """Give the draft of a plan that the caller has locked, and whether it is new; a new one reads as what is in force."""
    edition, is_new = Edition.objects.get_or_create(
        roadmap=roadmap, number=DRAFT, defaults={"opened_at": now, "opened_by": by, "changed_at": now}
    )
    if is_new:
        refresh(Deliverable.objects.at(DRAFT).filter(roadmap=roadmap).values_list("commitment", flat=True))
        _tell(edition, "edition-opened", by, now)
        answers.explain_kept(edition, by=by, now=now)
    return edition, is_new


@transaction.atomic
def discard(edition: Edition, *, by: User | None, now: dt.datetime) -> None:
    """Throw the draft away: the edition in force is read again; a plan that never was in force goes altogether."""
    roadmap = lock(edition.roadmap_id)
    if not Edition.objects.filter(pk=edition.pk, state__in=[EditionState.DRAFT, EditionState.RETURNED]).exists():
        raise NotWritable
    _tell(edition, "draft-discarded", by, now)
    answers.reopen(edition)
    for model in RANGED:
        model.objects.filter(roadmap=roadmap, since=DRAFT).delete()
        model.objects.filter(roadmap=roadmap, until=DRAFT).update(until=OPEN)
    prepared = Order.objects.filter(prepared_edition=edition).first()
    rendered.forget("edition", edition.pk)
    Edition.objects.filter(pk=edition.pk).delete()
    if prepared is not None:
        documents.drop(prepared, by=by, now=now)
    Commitment.objects.filter(roadmap=roadmap, versions=None).delete()
    Heading.objects.filter(roadmap=roadmap, texts=None).delete()
    if not roadmap.editions.exists():
        roadmap.delete()


def edit_title(*, roadmap: int, title: str, by: User | None, now: dt.datetime) -> None:
    """Change the title that the draft bears."""
    heading = HeadingText.objects.at(DRAFT).get(roadmap=roadmap, heading__kind=HeadingKind.TITLE).heading_id
    edit_heading(roadmap=roadmap, heading=heading, changes={"title": title}, by=by, now=now)


def submit(edition: Edition, *, by: User | None, now: dt.datetime) -> None:
    """
    Hand the draft to the organization's own signatory.

    :raises OpenFindings: if an error is neither mended nor explained
    :raises NotWritable: if the draft is not with its coordinator
    """
    with writing_draft(edition.roadmap_id, now=now) as held:
        errors = checks.open_errors(held)
        if errors:
            raise OpenFindings(errors)
        _to(
            held,
            [EditionState.DRAFT, EditionState.RETURNED],
            EditionState.SUBMITTED,
            submitted_at=now,
            submitted_by=by,
            remark="",
        )
        _tell(held, "submitted", by, now)
        notices.tell(
            recipients=access.holders(held.roadmap.organization, Role.SIGNATORY),
            organization=held.roadmap.organization,
            kind="plan-submitted",
            params={"plan": sheets.title_of(held), "organization": held.roadmap.organization.short_name},
            path=held.roadmap.get_absolute_url(),
            now=now,
        )


@transaction.atomic
def take_back(edition: Edition, *, by: User | None, now: dt.datetime) -> None:
    """
    Let the coordinator have the submitted draft again; its order comes back with it.

    :raises OrderSigned: if its order is signed already
    """
    lock(edition.roadmap_id)
    _reopen_order(edition, "", by, now)
    _to(edition, [EditionState.SUBMITTED], EditionState.DRAFT)
    _tell(edition, "taken-back", by, now)
    notices.tell(
        recipients=access.holders(edition.roadmap.organization, Role.SIGNATORY),
        organization=edition.roadmap.organization,
        kind="plan-taken-back",
        params={"plan": sheets.title_of(edition), "organization": edition.roadmap.organization.short_name},
        path=edition.roadmap.get_absolute_url(),
        now=now,
    )


@transaction.atomic
def send_back(edition: Edition, *, reason: str, by: User | None, now: dt.datetime) -> None:
    """
    Return a submitted draft for revision.

    :raises ReasonNeeded: if it does not say why
    :raises OrderSigned: if its order is signed already
    """
    if not reason.strip():
        raise ReasonNeeded
    lock(edition.roadmap_id)
    _reopen_order(edition, reason.strip(), by, now)
    _to(edition, [EditionState.SUBMITTED], EditionState.RETURNED, remark=reason.strip())
    _tell(edition, "returned", by, now, reason=reason.strip())
    notices.tell(
        recipients=access.holders(edition.roadmap.organization, Role.COORDINATOR),
        organization=edition.roadmap.organization,
        kind="plan-returned",
        params={"plan": sheets.title_of(edition), "reason": reason.strip()},
        path=edition.roadmap.get_absolute_url(),
        now=now,
    )


@transaction.atomic
def put_in_force(
    edition: Edition, *, order: Order, by: User | None, now: dt.datetime, fingerprint: str = ""
) -> Edition:
    """
    Put a draft in force by a registered order: it becomes immutable, and its consequences run below.

    Approvals in one programme queue, so that each sees what the former one moved. Everything happens or nothing does.

    :param fingerprint: of the preview that was seen (`consequences.preview`); empty: nobody looked
    :raises NotWritable: if the draft is gone
    :raises ConsequencesChanged: if something else would follow than the preview said
    """
    queue(edition.roadmap.programme_id)
    roadmap = lock(edition.roadmap_id)
    refresh_touched(roadmap.pk)
    changed = difference(roadmap.pk)
    found = consequences.of_difference(roadmap.pk, changed, locks=True)
    if fingerprint and fingerprint != found.fingerprint:
        raise ConsequencesChanged
    sheet = sheets.load(edition)
    content_hash = sheets.content_hash(sheet)
    _freeze(roadmap.pk, changed.tables, changed.number + 1)
    _to(
        edition,
        [EditionState.DRAFT, EditionState.SUBMITTED, EditionState.RETURNED],
        EditionState.APPROVED,
        number=changed.number + 1,
        order=order,
        content_hash=content_hash,
        approved_at=now,
        approved_by=by,
    )
    after = {"number": edition.number, "order": str(order), "hash": content_hash}
    _tell(edition, "in-force", by, now, after=after | _counted(found))
    if changed.is_asked:
        writing.settle(roadmap.pk, edition.number, by=None if by is None else by.pk, now=now)
    consequences.carry_out(found, edition, now=now)
    tell_those_below(edition, found, sheet.title, now)
    return edition


def _freeze(roadmap: int, tables: Collection[str], number: int) -> None:
    """Let the draft's rows hold from now on: ends first, so that never two rows are in force."""
    for model in RANGED:
        if model._meta.model_name in tables:
            rows = model.objects.filter(roadmap=roadmap)
            rows.filter(until=DRAFT).update(until=number)
            rows.filter(since=DRAFT).update(since=number)


def _counted(found: Consequences) -> dict[str, int]:
    """Count for the journal what followed; which rows, their own editions say."""
    counts = {"plans_moved": len(found.moved_roadmaps), "moved": len(found.moves), "asked": len(found.offers)}
    return counts if found.moves or found.offers else {}


def _reopen_order(edition: Edition, reason: str, by: User | None, now: dt.datetime) -> None:
    """Take the order out of the signatory's hands together with its plan."""
    order = Order.objects.filter(prepared_edition=edition).first()
    if order is None or order.state == OrderState.DRAFT:
        return
    if order.state != OrderState.HANDED:
        raise OrderSigned
    if reason:
        documents.send_back(order, reason=reason, by=by, now=now)
    else:
        documents.take_back(order, by=by, now=now)


def _to(edition: Edition, states: list[str], state: str, **values: object) -> None:
    """Move an edition by a conditional update, which settles races on both engines."""
    moved = Edition.objects.filter(pk=edition.pk, state__in=states).update(state=state, **values)
    if not moved:
        raise NotWritable
    for name, value in {"state": state, **values}.items():
        setattr(edition, name, value)


def _tell(edition: Edition, operation: str, by: User | None, now: dt.datetime, **rest: Any) -> None:
    journal.record(
        operation=operation,
        subject_kind="roadmap",
        subject_id=edition.roadmap_id,
        organization=edition.roadmap.organization_id,
        by=by,
        now=now,
        **rest,
    )

"""A plan on its way in: received, read in the background, decided on, finished."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q

from documents.operations.files import read_file, store_file
from documents.operations.orders import ClauseData, NumberTaken, OrderData, register_from_paper
from organizations import journal
from organizations.models import Organization, User
from reminders import notices
from roadmaps import meeting, previews
from roadmaps.approval import kind_of_clause
from roadmaps.choices import Aim, HeadingKind, ImportState, LinkKind, Rule
from roadmaps.edited.origin import origin_of
from roadmaps.models import Edition, Import, Programme
from roadmaps.operations import editions, problems
from roadmaps.operations.dates import refresh
from roadmaps.operations.links import set_link
from roadmaps.operations.rows import create_heading, create_result
from roadmaps.reading.document import PlanDocument
from roadmaps.reading.plan import open_plan
from roadmaps.reading.refusals import CannotRead

LEASE = dt.timedelta(minutes=2)
ATTEMPTS = 3
STEPS = ("opening", "matching", "checking")


@transaction.atomic
def receive(
    *,
    organization: Organization,
    programme: Programme,
    name: str,
    data: bytes,
    aim: Aim = Aim.DRAFT,
    label: str = "",
    by: User,
    now: dt.datetime,
) -> Import:
    """Keep an uploaded plan and queue it for reading; the row is the job, the message only a nudge."""
    file = store_file(organization=organization, name=name, data=data, by=by, now=now)
    incoming = Import.objects.create(
        organization=organization,
        programme=programme,
        label=label,
        file=file,
        aim=aim,
        steps_total=len(STEPS),
        created_at=now,
        created_by=by,
    )
    _tell(incoming, "import-received", by, now, after={"file": name, "sha256": file.sha256})
    return incoming


def read(pk: int, *, clock: Callable[[], dt.datetime]) -> bool:
    """
    Read one import if nobody else does; gives whether this call did.

    The claim is a conditional update, and a claim whose holder died runs out, so killing a worker loses nothing.
    """
    now = clock()
    free = Q(state=ImportState.QUEUED) | Q(state=ImportState.READING, lease_until__lt=now)
    claimed = Import.objects.filter(free, pk=pk).update(
        state=ImportState.READING, lease_until=now + LEASE, attempts=F("attempts") + 1, step=STEPS[0], steps_done=0
    )
    if not claimed:
        return False
    incoming = Import.objects.select_related("organization", "programme", "file", "created_by").get(pk=pk)
    if incoming.attempts > ATTEMPTS:
        _fail(
            incoming,
            code="gave-up",
            message="The file was begun three times and never read to its end. Save it anew in Word or Excel and try again.",
            message_ru="Файл трижды начинали читать и ни разу не дочитали. Сохраните его заново в Word или Excel и загрузите ещё раз.",
        )
        return True
    try:
        data = read_file(incoming.file)
        document = open_plan(data, incoming.file.name)
        origin = origin_of(data, incoming.file.name)
    except CannotRead as problem:
        _fail(incoming, code=problem.code, message=problem.message, message_ru=problem.message_ru)
        _notify(incoming, "import-failed", {"reason": problem.message_ru}, now=clock())
        return True
    _step(incoming, 1)
    matching = meeting.meet(document, organization=incoming.organization, programme=incoming.programme)
    if origin is not None and origin.portal == settings.BASE_URL:
        matching["plan"] = origin.plan  # it left this portal as a file of that plan
    _step(incoming, 2)
    # A reader whose claim ran out meanwhile finds another number of attempts and writes nothing.
    Import.objects.filter(pk=pk, state=ImportState.READING, attempts=incoming.attempts).update(
        state=ImportState.READY,
        document=document.to_json(),
        matching=matching,
        lease_until=None,
        step="",
        steps_done=len(STEPS),
    )
    _notify(incoming, "import-ready", {"rows": len(document.results())}, now=clock())
    return True


def sweep(*, clock: Callable[[], dt.datetime]) -> int:
    """Read every import that waits or whose reader died; gives how many."""
    now = clock()
    waiting = Import.objects.filter(
        Q(state=ImportState.QUEUED) | Q(state=ImportState.READING, lease_until__lt=now)
    ).values_list("pk", flat=True)
    return sum(read(pk, clock=clock) for pk in list(waiting))


def decide(incoming: Import, *, changes: dict[str, Any], seen: int, by: User, now: dt.datetime) -> Import:
    """
    Keep what the coordinator decided; nothing enters a plan yet.

    :param changes: ``{"header": {…}, "rows": {ref: {…}}}`` with the closed lists of names of roadmaps.previews
    :param seen: the version of the decisions that she saw
    :raises Changed: if somebody decided in the meantime
    """
    decisions = previews.with_changes(incoming.decisions, changes)
    kept = Import.objects.filter(pk=incoming.pk, version=seen, state=ImportState.READY).update(
        decisions=decisions, version=seen + 1
    )
    if not kept:
        raise problems.Changed
    incoming.decisions, incoming.version = decisions, seen + 1
    return incoming


def set_aim(incoming: Import, *, aim: Aim) -> None:
    """Say anew what the document is: a draft, or already in force."""
    Import.objects.filter(pk=incoming.pk, state=ImportState.READY).update(aim=aim)
    incoming.aim = aim


@transaction.atomic
def drop(incoming: Import, *, by: User, now: dt.datetime) -> None:
    """Put an import aside for good; the file stays in the journal's reach."""
    gone = Import.objects.filter(
        pk=incoming.pk, state__in=[ImportState.READY, ImportState.FAILED, ImportState.QUEUED]
    ).update(state=ImportState.DROPPED)
    if gone:
        _tell(incoming, "import-dropped", by, now)


@transaction.atomic
def finish(incoming: Import, *, by: User, now: dt.datetime) -> Edition:
    """
    Make the read plan a draft, or an edition in force with the order from paper.

    :raises Changed: if it was finished or dropped already
    :raises Undecided: if a question stands open
    :raises AlreadyPlanned: if the organization has this plan for this period
    :raises NumberTaken: if the order's number is in the register already
    """
    taken = Import.objects.filter(pk=incoming.pk, state=ImportState.READY, version=incoming.version).update(
        state=ImportState.DONE
    )
    if not taken:
        raise problems.Changed
    preview = previews.preview_of(incoming)
    if preview.hindrances:
        raise problems.Undecided(preview.hindrances)
    document = preview.document
    period = document.header.period
    assert period is not None, "a preview without hindrances has a period"
    edition = editions.start(
        programme=incoming.programme,
        organization=incoming.organization,
        period=period,
        title=document.header.title,
        label=incoming.label,
        uppers=meeting.uppers_of(incoming.organization, incoming.programme, period),
        by=by,
        now=now,
    )
    commitments = _write_rows(edition, document, preview)
    refresh(commitments.values())
    if incoming.aim == Aim.IN_FORCE:
        edition = _put_in_force(incoming, edition, document, by, now)
    Import.objects.filter(pk=incoming.pk).update(roadmap=edition.roadmap_id)
    _tell(incoming, "import-finished", by, now, after={"roadmap": edition.roadmap_id, "decisions": incoming.decisions})
    return edition


def _write_rows(edition: Edition, document: PlanDocument, preview: "previews.Preview") -> dict[str, int]:
    """Write headings, results and links of a document into an empty draft; gives the commitment of every ref."""
    position = 1000
    for kind, texts in ((HeadingKind.GOAL, [document.header.goal]), (HeadingKind.TASK, document.header.tasks)):
        for text in filter(None, texts):
            create_heading(edition, kind=kind, title=text, position=position)
            position += 1000
    sections: dict[tuple[str, ...], int] = {}
    waiting = list(document.sections)
    commitments: dict[str, int] = {}
    for activity in document.rows:
        for depth in range(1, len(activity.section) + 1):
            path = activity.section[:depth]
            if path in sections:
                continue
            section = previews.take_section(waiting, path[-1])
            heading = create_heading(
                edition,
                kind=HeadingKind.SECTION,
                number=section.number,
                title=section.title,
                parent=sections.get(path[:-1]),
                position=position,
            )
            sections[path] = heading.pk
            position += 1000
        heading = create_heading(
            edition,
            kind=HeadingKind.ACTIVITY,
            number=activity.number,
            title=activity.title,
            parent=sections.get(activity.section),
            position=position,
        )
        position += 1000
        for place, result in enumerate(activity.results, 1):
            commitment = create_result(
                edition,
                activity=heading.pk,
                position=place * 1000,
                text=result.text,
                deadline=result.deadline,
                executors=result.executors,
                obliges=preview.row(result.ref).obliges,
            )
            commitments[result.ref] = commitment.pk
    for ref, commitment_pk in commitments.items():
        for link in preview.row(ref).links:
            set_link(edition, lower=commitment_pk, upper=link.upper, kind=LinkKind(link.kind), rule=Rule(link.rule))
    return commitments


def _put_in_force(incoming: Import, edition: Edition, document: PlanDocument, by: User, now: dt.datetime) -> Edition:
    header = document.header
    assert header.order_date is not None, "a preview without hindrances has the order's date"
    try:
        order = register_from_paper(
            organization=incoming.organization,
            order=OrderData(
                number=header.order_number,
                signed_on=header.order_date,
                issuer=header.issuer,
                title=header.order_title,
                place=header.place,
                preamble=header.preamble,
                signatory_post=header.signatory_post,
                signatory_name=header.signatory_name,
                clauses=[
                    ClauseData(clause.number, clause.text, clause.deadline, kind_of_clause(clause.text))
                    for clause in header.clauses
                ],
            ),
            original=incoming.file,
            by=by,
            now=now,
        )
    except NumberTaken as taken:
        raise problems.NumberTaken(taken.number, taken.year) from taken
    return editions.put_in_force(edition, order=order, by=by, now=now)


def _step(incoming: Import, done: int) -> None:
    Import.objects.filter(pk=incoming.pk).update(steps_done=done, step=STEPS[done])


def _fail(incoming: Import, *, code: str, message: str, message_ru: str = "") -> None:
    Import.objects.filter(pk=incoming.pk).update(
        state=ImportState.FAILED,
        problem={"code": code, "message": message, "message_ru": message_ru or message},
        lease_until=None,
        step="",
    )


def _notify(incoming: Import, kind: str, facts: dict[str, Any], *, now: dt.datetime) -> None:
    """Tell whoever uploaded the file; she may have left the page long ago."""
    notices.tell(
        recipients=[incoming.created_by],
        organization=incoming.organization,
        kind=kind,
        params={"file": incoming.file.name, **facts},
        path=incoming.get_absolute_url(),
        key=f"{kind}-{incoming.pk}",
        now=now,
    )


def _tell(incoming: Import, operation: str, by: User, now: dt.datetime, **rest: Any) -> None:
    journal.record(
        operation=operation,
        subject_kind="import",
        subject_id=incoming.pk,
        organization=incoming.organization_id,
        by=by,
        now=now,
        **rest,
    )


__all__ = ["decide", "drop", "finish", "read", "receive", "set_aim", "sweep"]

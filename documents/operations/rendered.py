"""PDFs of orders and plans: asked for, claimed by one worker, made, kept with their hash."""

import datetime as dt
import hashlib
import secrets
from collections.abc import Callable

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import F, Q

from documents.choices import AppendixKind, FileKind, FileState, OrderState
from documents.comparison_texts import ComparisonText
from documents.models import Order, RenderedFile
from documents.plan_texts import PlanText
from documents.texts import OrderText, text_of

LEASE = dt.timedelta(minutes=3)
ATTEMPTS = 3
KEPT = dt.timedelta(days=1)
"""How long a comparison table is kept that nobody asks for again."""
Text = OrderText | PlanText | ComparisonText
Renderer = Callable[[Text, FileKind], bytes]
APPENDICES = {AppendixKind.PLAN: FileKind.PLAN, AppendixKind.PARTICIPANTS: FileKind.PARTICIPANTS}


def kinds_of(text: OrderText) -> list[FileKind]:
    """List the files that can be made of an order."""
    kinds = [FileKind.ORDER, *(APPENDICES[one.kind] for one in text.printed_appendices)]
    if (text.is_act and FileKind.PLAN in kinds) or text.consolidated:
        kinds.append(FileKind.STAMPED)
    return [*kinds, FileKind.VISAS] if text.visas else kinds


@transaction.atomic
def ask(order: Order, *, now: dt.datetime) -> list[RenderedFile]:
    """
    Ask for every file of an order as it stands; what is made or asked for already is not made again.

    The rows are the job: whoever calls this nudges a worker after its transaction, and a sweep finds what was lost.
    """
    text = text_of(order)
    source = text.source_hash()
    found = [
        RenderedFile.objects.get_or_create(order=order, kind=kind, source_hash=source, defaults={"requested_at": now})[
            0
        ]
        for kind in kinds_of(text)
    ]
    # What nobody has begun and nobody will want: the text has changed since.
    order.rendered.filter(state=FileState.QUEUED).exclude(source_hash=source).delete()
    return found


@transaction.atomic
def ask_draft(order: Order, *, text: OrderText, now: dt.datetime) -> RenderedFile:
    """
    Ask for the draft of an order as it reads now; what an earlier draft said is not kept.

    Its appendices are live and known to its feature only, so the words are kept with the job.
    """
    file, _ = RenderedFile.objects.get_or_create(
        order=order, kind=FileKind.ORDER, source_hash=text.source_hash(),
        defaults={"requested_at": now, "source": text.to_json()},
    )  # fmt: skip
    order.rendered.exclude(pk=file.pk).filter(source__isnull=False).delete()
    return file


@transaction.atomic
def ask_plan(
    *, subject_kind: str, subject_id: int, kind: FileKind, text: PlanText, name: str, now: dt.datetime
) -> RenderedFile:
    """
    Ask for a plan on its own sheets; a plan that is an act is made once, a draft anew whenever it reads differently.

    :param name: what the file is called
    """
    rows = RenderedFile.objects.filter(order=None, subject_kind=subject_kind, subject_id=subject_id, kind=kind)
    if text.is_act and (known := rows.filter(source__state=text.state).first()):
        return known
    file, _ = rows.get_or_create(
        source_hash=text.source_hash(),
        defaults={
            "subject_kind": subject_kind, "subject_id": subject_id, "kind": kind,
            "name": name, "source": text.to_json(), "requested_at": now,
        },
    )  # fmt: skip
    rows.exclude(pk=file.pk).delete()
    return file


@transaction.atomic
def ask_comparison(
    *, subject_kind: str, subject_id: int, text: ComparisonText, name: str, now: dt.datetime
) -> RenderedFile:
    """Ask for a comparison table; tables of the same subject that are older than a day go, they are made again in seconds."""
    rows = RenderedFile.objects.filter(
        order=None, subject_kind=subject_kind, subject_id=subject_id, kind=FileKind.COMPARISON
    )
    rows.filter(requested_at__lt=now - KEPT).delete()
    file, _ = rows.get_or_create(
        source_hash=text.source_hash(),
        defaults={
            "subject_kind": subject_kind, "subject_id": subject_id, "kind": FileKind.COMPARISON,
            "name": name, "source": text.to_json(), "requested_at": now,
        },
    )  # fmt: skip
    return file


def comparison(subject_kind: str, subject_id: int, text: ComparisonText) -> RenderedFile | None:
    """Give the file of a comparison table that says exactly this, if somebody has asked for it."""
    rows = RenderedFile.objects.filter(order=None, subject_kind=subject_kind, subject_id=subject_id)
    return rows.filter(kind=FileKind.COMPARISON, source_hash=text.source_hash()).first()


def of_subject(subject_kind: str, subject_id: int, *, is_act: bool) -> dict[FileKind, RenderedFile]:
    """Give the files that were made of something that is no order, by kind: of the act, or of its draft."""
    rows = RenderedFile.objects.filter(order=None, subject_kind=subject_kind, subject_id=subject_id)
    of_act = Q(source__state=OrderState.REGISTERED)
    return {FileKind(one.kind): one for one in rows.filter(of_act if is_act else ~of_act).order_by("pk")}


def forget(subject_kind: str, subject_id: int) -> None:
    """Drop the files of something that is thrown away; their bytes are swept later."""
    RenderedFile.objects.filter(order=None, subject_kind=subject_kind, subject_id=subject_id).delete()


def current(order: Order) -> dict[FileKind, RenderedFile]:
    """
    Give the files of an order as it stands now, by kind; a file of a former text is not among them.

    Of a draft, what it said when somebody last asked: it may read otherwise by now.
    """
    if order.is_draft:
        return {FileKind(one.kind): one for one in order.rendered.filter(source__isnull=False)}
    source = text_of(order).source_hash()
    return {FileKind(one.kind): one for one in order.rendered.all() if one.source_hash == source}


def again(file: RenderedFile, *, now: dt.datetime) -> None:
    """Try once more to make a file that could not be made."""
    RenderedFile.objects.filter(pk=file.pk, state=FileState.FAILED).update(
        state=FileState.QUEUED, attempts=0, requested_at=now
    )


def render(pk: int, *, renderer: Renderer, clock: Callable[[], dt.datetime]) -> bool:
    """
    Make one file if nobody else does; gives whether this call did.

    The claim is a conditional update, and a claim whose holder died runs out, so killing a worker loses nothing.
    """
    now = clock()
    free = Q(state=FileState.QUEUED) | Q(state=FileState.RENDERING, lease_until__lt=now)
    claimed = RenderedFile.objects.filter(free, pk=pk).update(
        state=FileState.RENDERING, lease_until=now + LEASE, attempts=F("attempts") + 1
    )
    if not claimed:
        return False
    file = RenderedFile.objects.select_related("order__organization").get(pk=pk)
    mine = RenderedFile.objects.filter(pk=pk, state=FileState.RENDERING, attempts=file.attempts)
    if file.attempts > ATTEMPTS:
        mine.update(state=FileState.FAILED, lease_until=None)
        return True
    text = _words_of(file)
    if text is None:
        mine.delete()  # the text has changed meanwhile: another row was asked for
        return True
    try:
        data = renderer(text, FileKind(file.kind))
    except Exception:
        # The claim is given back at once; the task reports the error, the next attempt is the sweep's.
        mine.update(state=FileState.FAILED if file.attempts >= ATTEMPTS else FileState.QUEUED, lease_until=None)
        raise
    file.content.save(f"{secrets.token_hex(16)}.pdf", ContentFile(data), save=False)
    mine.update(
        state=FileState.READY,
        content=file.content.name,
        size=len(data),
        sha256=hashlib.sha256(data).hexdigest(),
        ready_at=clock(),
        lease_until=None,
    )
    return True


def _words_of(file: RenderedFile) -> Text | None:
    """Give what a file is to say: the words that were kept with it, or what its order says as long as that is the same."""
    if file.kind == FileKind.COMPARISON and file.source is not None:
        return ComparisonText.from_json(file.source)
    if file.source is not None:
        return OrderText.from_json(file.source) if file.order else PlanText.from_json(file.source)
    assert file.order is not None, "a constraint keeps the words of whatever is no order"
    text = text_of(file.order)
    return text if text.source_hash() == file.source_hash else None


def waiting(*, now: dt.datetime, only: int | None = None, order: int | None = None) -> list[int]:
    """List the files that wait or whose worker died."""
    rows = RenderedFile.objects.filter(
        Q(state=FileState.QUEUED) | Q(state=FileState.RENDERING, lease_until__lt=now)
    ).order_by("requested_at", "pk")
    narrowed = {name: value for name, value in (("pk", only), ("order", order)) if value}
    return list(rows.filter(**narrowed).values_list("pk", flat=True))

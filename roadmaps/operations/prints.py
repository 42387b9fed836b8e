"""Plans on their own sheets: which files an edition offers, what they say, asked for once."""

import datetime as dt
from dataclasses import replace

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from documents import letters
from documents.choices import AppendixKind, FileKind, OrderState
from documents.models import Appendix, Office, RenderedFile
from documents.nameless import nameless
from documents.operations import rendered
from documents.plan_texts import PlanText
from roadmaps import sheets
from roadmaps.acts import acts_of, amended
from roadmaps.amending import edition_note
from roadmaps.appendices import plan_data
from roadmaps.choices import EditionState
from roadmaps.consolidated import notes_of
from roadmaps.models import Edition
from roadmaps.operations.orders import head_of
from roadmaps.pages.public import without_names

SUBJECT = "edition"
OPEN_STATES = {EditionState.SUBMITTED: OrderState.HANDED}
NAMES = {
    FileKind.PROJECT: "Проект плана",
    FileKind.COVER: "План с титульным листом",
    FileKind.STAMPED: "План, утверждённый приказом",
    FileKind.NAMELESS: "План",
}


def offered(edition: Edition) -> tuple[FileKind, ...]:
    """List the files that an edition offers of its own; what its order already prints is the order's."""
    if edition.state != EditionState.APPROVED:
        return (FileKind.PROJECT, FileKind.COVER)
    return (FileKind.COVER,) if _appendix(edition) else (FileKind.STAMPED, FileKind.COVER)


def files(edition: Edition) -> dict[FileKind, RenderedFile]:
    """Give the files that were asked for of an edition, by kind."""
    return rendered.of_subject(SUBJECT, edition.pk, is_act=edition.state == EditionState.APPROVED)


@transaction.atomic
def ask(edition: Edition, *, kind: FileKind, now: dt.datetime, today: dt.date) -> RenderedFile:
    """
    Ask for a plan on its own sheets; what is made or asked for already is not made again.

    :raises ValueError: if the edition does not offer such a file
    """
    if kind not in {*offered(edition), FileKind.STAMPED, FileKind.NAMELESS}:
        raise ValueError(kind)
    text = words(edition, kind=kind, today=today)
    number = f" {text.number} от {text.signed_on:%d.%m.%Y}" if text.signed_on else ""
    return rendered.ask_plan(
        subject_kind=SUBJECT, subject_id=edition.pk, kind=kind, text=text,
        name=f"{NAMES[kind]}{number}.pdf".replace("/", "-"), now=now,
    )  # fmt: skip


def words(edition: Edition, *, kind: FileKind, today: dt.date) -> PlanText:
    """Put an edition into words: with its order's facts where it is in force, with today's head where it is a draft."""
    text = _in_force(edition) if edition.state == EditionState.APPROVED else _open(edition, today)
    if kind is FileKind.PROJECT:
        return replace(text, state=OrderState.DRAFT)
    return _without_names(text) if kind is FileKind.NAMELESS else text


def published() -> QuerySet[Edition]:
    """Give the plans in force that their organizations publish."""
    publishing = Office.objects.filter(publishes_plans=True).values("organization")
    return Edition.objects.in_force().for_page().filter(roadmap__organization__in=publishing, order__isnull=False)


def public_kind(edition: Edition) -> FileKind:
    """Say which file everybody may have: with names only where the organization shows them."""
    return FileKind.STAMPED if edition.roadmap.organization.names_public else FileKind.NAMELESS


def public_file(edition: Edition) -> RenderedFile | None:
    """Give the file that everybody may have of a published plan, once it has been asked for."""
    return files(edition).get(public_kind(edition))


def publish(*, now: dt.datetime, today: dt.date) -> list[RenderedFile]:
    """Ask for the public file of each published plan that has none."""
    made = RenderedFile.objects.filter(order=None, subject_kind=SUBJECT, subject_id=OuterRef("pk"))
    of_act = made.filter(source__state=OrderState.REGISTERED)
    shows = Q(roadmap__organization__names_public=True)
    lacking = published().filter(
        shows & ~Exists(of_act.filter(kind=FileKind.STAMPED)) | ~shows & ~Exists(of_act.filter(kind=FileKind.NAMELESS))
    )
    return [ask(one, kind=public_kind(one), now=now, today=today) for one in lacking.select_related("order")]


def _in_force(edition: Edition) -> PlanText:
    """Put an edition in force into words: under the order that approved the plan, with what has amended it since."""
    organization = edition.roadmap.organization
    kept = _appendix(edition)
    editions = list(Edition.objects.filter(roadmap=edition.roadmap_id).select_related("order", "basis__order"))
    acts = acts_of(edition, editions)
    order, newest = acts.basic, acts.newest
    assert order is not None, "what is in force is so by an order"
    assert newest is not None, "what is in force is so by an order"
    return PlanText(
        made_at=edition.approved_at or newest.registered_at or newest.changed_at,
        issuer=order.issuer,
        issuer_genitive=order.issuer_genitive or letters.name_in_genitive(order.issuer),
        title=edition.title or "",
        # What was signed is what is printed; only a document from paper is read from its rows.
        data=kept.data if kept and kept.data else plan_data(sheets.load(edition), notes_of(edition, editions)),
        note=" ".join(filter(None, [edition_note([amended(one) for one in acts.amendments]), _followed(edition)])),
        state=OrderState.REGISTERED,
        place=order.place or organization.place,
        signed_on=order.signed_on,
        number=order.number,
        post=letters.post_of_body(order.signatory_post, organization),
        name=letters.initials_first(order.signatory_name),
        code=newest.code,
        edition=edition.number,
    )


def _followed(edition: Edition) -> str:
    """Say on paper whose order has moved the dates of a plan that follows."""
    upper = edition.basis.order if edition.basis else None
    if upper is None:
        return ""
    issuer = upper.issuer_genitive or letters.name_in_genitive(upper.issuer)
    return f"(сроки изменены приказом {issuer} от {upper.signed_on:%d.%m.%Y} № {upper.number})"


def _open(edition: Edition, today: dt.date) -> PlanText:
    organization = edition.roadmap.organization
    head = head_of(organization.pk, today)
    return PlanText(
        made_at=edition.changed_at,
        issuer=organization.name,
        issuer_genitive=letters.body_in_genitive(organization),
        title=edition.title or "",
        data=plan_data(sheets.load(edition)),
        state=OPEN_STATES.get(EditionState(edition.state), OrderState.DRAFT),
        place=organization.place,
        post=letters.post_of_body(letters.post_in_signature(head) if head else "Руководитель", organization),
        name=letters.name_in_signature(head.person) if head else "",
    )


def _without_names(text: PlanText) -> PlanText:
    return replace(text, data=without_names(text.data), title=nameless(text.title), post=nameless(text.post), name="")


def _appendix(edition: Edition) -> Appendix | None:
    """Give the appendix in which the edition's own order keeps it; what came by itself later stands in no order."""
    order = edition.order
    # A consequence holds by the same order, but its dates have moved on since that was signed.
    if order is None or edition.basis_id is not None or order.organization_id != edition.roadmap.organization_id:
        return None
    return order.appendices.filter(kind=AppendixKind.PLAN, data__isnull=False).first()

"""Plans, orders and lists as files that can be edited; whoever may read a thing may take it along."""

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.dateformat import format as formatted
from django.utils.timezone import localtime
from django.views.decorators.http import require_GET

from documents import printing
from documents.choices import AppendixKind, FileKind
from documents.models import Order
from documents.operations import rendered
from documents.paper import ParticipantsPaper
from documents.texts import OrderText, text_of
from documents.views.editable import file_name, sent_editable
from documents.views.rendered import sent_rendered
from organizations.forms import SchoolRowsFilter
from organizations.models import Participant
from organizations.views.pages import SignedInRequest
from roadmaps import appendices, papers, sheets
from roadmaps.choices import DRAFT
from roadmaps.models import Edition
from roadmaps.operations import orders as operations
from roadmaps.operations import prints
from roadmaps.pages.public import without_names
from roadmaps.views.public import published
from roadmaps.views.reaching import editions_of, shown_edition

PARTS = {
    "order": (FileKind.ORDER, "Приказ"),
    "plan": (FileKind.PLAN, "План, приложение к приказу"),
    "stamped": (FileKind.STAMPED, "План, утверждённый приказом"),
    "participants": (FileKind.PARTICIPANTS, "Список школ, приложение к приказу"),
    "visas": (FileKind.VISAS, "Лист согласования приказа"),
}
"""Parts of an order by their word in the address, as the renderer knows them, as their files are called."""

NAME = 110
"""Letters of a plan's file name at most."""

NEEDED = {
    FileKind.PLAN: AppendixKind.PLAN,
    FileKind.STAMPED: AppendixKind.PLAN,
    FileKind.PARTICIPANTS: AppendixKind.PARTICIPANTS,
}


@login_required
@require_GET
def plan(request: SignedInRequest, pk: int, form: str) -> HttpResponseBase:
    """Send the edition that a plan's address opens."""
    return _sent(request, shown_edition(request.user, editions_of(request.user, pk)), form)


@login_required
@require_GET
def edition(request: SignedInRequest, pk: int, number: int, form: str) -> HttpResponseBase:
    """Send one edition by its number."""
    editions = editions_of(request.user, pk)
    found = next((one for one in editions if one.number == number and number < DRAFT), None)
    if found is None:
        raise Http404
    return _sent(request, found, form)


def _sent(request: SignedInRequest, edition: Edition, form: str) -> HttpResponseBase:
    if form == "pdf":
        return _pdf(request, edition)
    sheet = sheets.load(edition)
    standing = papers.standing_of(sheet)
    properties = papers.origin_of(sheet, standing).to_properties()
    return sent_editable(papers.plan_paper(sheet, standing), form, name_of(edition, sheet.title), properties)


def _pdf(request: SignedInRequest, edition: Edition) -> HttpResponseBase:
    """Send the plan under its stamp, or lead to where it is made: by its order, or of an edition that has moved on since."""
    if edition.order_id is None:
        raise Http404
    made = prints.files(edition)
    if FileKind.STAMPED not in prints.offered(edition):
        order = get_object_or_404(Order.objects.visible_to(request.user), pk=edition.order_id)
        made = rendered.current(order)
    found = made.get(FileKind.STAMPED)
    if found is None or not found.is_ready:
        return redirect(f"{reverse('plan-files', args=[edition.roadmap_id])}?edition={edition.number}")
    return sent_rendered(found)


def name_of(edition: Edition, title: str) -> str:
    """Name the file of a plan: its title, whose it is, which edition."""
    if edition.number == DRAFT:
        which = f"проект от {formatted(localtime(edition.changed_at), 'd.m.Y')}"
    else:
        which = f"редакция {edition.number}"
    whole = f"{edition.roadmap.organization.short_name}, {which}"
    words, room = file_name(title), max(20, NAME - len(whole))
    if len(words) > room:
        words = words[:room].rsplit(" ", 1)[0]
    return f"{words.rstrip(' ,.«')}, {whole}"


@login_required
@require_GET
def order(request: SignedInRequest, pk: int, part: str, form: str) -> FileResponse:
    """Send an order, or one of its appendices; of the order itself Excel gets the appendices."""
    found = get_object_or_404(Order.objects.visible_to(request.user).for_page(), pk=pk)
    live = operations.appendices(found, today=timezone.localdate()) if found.is_draft else None
    text = text_of(found, appendices=live)
    if part not in PARTS:
        raise Http404
    kind, word = PARTS[part]
    if not _has(text, kind):
        raise Http404
    name = f"{word} {found.number} от {found.signed_on:%d.%m.%Y}" if found.is_registered else f"{word}, проект"
    return sent_editable(printing.paper_of(text, kind), form, name)


def _has(text: OrderText, kind: FileKind) -> bool:
    if kind is FileKind.VISAS:
        return bool(text.visas)
    return kind not in NEEDED or any(one.kind == NEEDED[kind] for one in text.appendices)


@login_required
@require_GET
def participants(request: SignedInRequest, form: str) -> FileResponse:
    """Send the participating schools that the register shows, narrowed as it is."""
    asked = SchoolRowsFilter(request.GET, user=request.user)
    rows = asked.narrow(Participant.objects.visible_to(request.user))
    made = ParticipantsPaper(
        made_at=timezone.now(),
        author="",
        title=(appendices.LIST_TITLE,),
        places=printing.places(appendices.groups_of(rows)),
    )
    return sent_editable(made, form, f"Участники кластеров на {timezone.localdate():%d.%m.%Y}")


@require_GET
def public(request: HttpRequest, pk: int, form: str) -> FileResponse:
    """Send a published plan to anybody: without names, unless its organization shows them."""
    edition = published(pk)
    data = appendices.plan_data(sheets.load(edition))
    data = data if edition.roadmap.organization.names_public else without_names(data)
    return sent_editable(papers.data_paper(data, edition), form, name_of(edition, data["title"]))

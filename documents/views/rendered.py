"""Files of an order: asked for, watched, sent; the scan and the signature as they came."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from documents import tasks
from documents.choices import FileState, OrderKind
from documents.models import Order, RenderedFile, StoredFile
from documents.operations import rendered
from documents.views.reaching import refusals_back_to
from organizations.views.pages import SignedInRequest


@login_required
@require_POST
@refusals_back_to("order")
def ask(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ask for the files of an order that stands; one that could not be made is tried again."""
    order = _order(request, pk)
    if order.is_draft:
        raise Http404
    for file in rendered.ask(order, now=timezone.now()):
        rendered.again(file, now=timezone.now())
    tasks.soon(order)
    messages.success(request, _("The files are being made. You may leave the page."))
    return redirect("order", pk)


@login_required
@require_GET
def progress(request: SignedInRequest, pk: int) -> HttpResponse:
    """Tell an open page how far the files are."""
    order = _order(request, pk)
    return render(request, "documents/_files.html", {"order": order, **files_of(order)})


def files_of(order: Order) -> dict[str, object]:
    """Give what a page says of the files of an order; a draft has only what somebody asked for, as it read then."""
    files = list(rendered.current(order).values())
    waits = any(file.state in {FileState.QUEUED, FileState.RENDERING} for file in files)
    return {
        "files": files,
        "waiting": waits,
        # What came on paper is kept as it came: a second print of it would be nobody's document.
        "needs_files": not (order.is_draft or order.from_paper)
        and (not files or any(file.state == FileState.FAILED for file in files)),
    }


@login_required
@require_GET
def download(request: SignedInRequest, pk: int, file: int) -> FileResponse:
    """Send a file that was made of an order."""
    order = _order(request, pk)
    found = get_object_or_404(RenderedFile, order=order, pk=file, state=FileState.READY)
    return sent_rendered(found)


@login_required
@require_GET
def original(request: SignedInRequest, pk: int, which: str) -> FileResponse:
    """Send the scan or the signature of a registered order as it came."""
    order = _order(request, pk)
    stored = {"scan": order.original, "signature": order.signature}.get(which)
    if stored is None:
        raise Http404
    return sent(stored)


def sent(stored: StoredFile) -> FileResponse:
    """Send a file as it came; a browser shall not guess what it is."""
    response = FileResponse(
        stored.content.open("rb"), as_attachment=True, filename=stored.name, content_type=stored.media_type
    )
    response["X-Content-Type-Options"] = "nosniff"
    return response


def sent_rendered(file: RenderedFile) -> FileResponse:
    """Send a file that the portal made."""
    response = FileResponse(file.content.open("rb"), filename=name_of(file), content_type="application/pdf")
    response["X-Content-Type-Options"] = "nosniff"
    response["ETag"] = f'"{file.sha256}"'
    return response


def name_of(file: RenderedFile) -> str:
    """Name a file as people would: «Приказ 118-од от 08.10.2026.pdf»."""
    if file.order is None:
        return file.name
    order = file.order
    names = {
        "order": "Приказ",
        "plan": "План, приложение к приказу",
        "stamped": "План в редакции приказа" if order.kind == OrderKind.AMEND else "План, утверждённый приказом",
        "participants": "Список школ, приложение к приказу",
        "visas": "Лист согласования приказа",
    }
    if order.is_registered:
        return f"{names[file.kind]} {order.number} от {order.signed_on:%d.%m.%Y}.pdf".replace("/", "-")
    return f"{names[file.kind]}, проект.pdf"


def _order(request: SignedInRequest, pk: int) -> Order:
    return get_object_or_404(Order.objects.visible_to(request.user).for_page(), pk=pk)

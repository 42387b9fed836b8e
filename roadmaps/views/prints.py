"""Files of a plan: what can be had of an edition, asked for, watched, sent."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from documents import tasks
from documents.models import Order
from documents.operations import rendered
from documents.texts import text_of
from documents.views.reaching import refusals_back_to
from documents.views.rendered import sent_rendered
from organizations.views.pages import SignedInRequest
from roadmaps import sheets
from roadmaps.choices import DRAFT
from roadmaps.models import Edition
from roadmaps.operations import orders, prints
from roadmaps.pages import notes
from roadmaps.pages.prints import lines_of
from roadmaps.views.plans import head
from roadmaps.views.reaching import editions_of, shown_edition


@login_required
@require_http_methods(["GET", "POST"])
def plan_files(request: SignedInRequest, pk: int) -> HttpResponse:
    """List what can be had of an edition; have a file made that is not there yet."""
    editions = editions_of(request.user, pk)
    edition = _edition(request, editions)
    if request.method == "POST":
        return _ask(request, edition)
    context = _files(request, edition)
    if request.headers.get("HX-Request"):
        return render(request, "roadmaps/_files.html", context)
    context |= head(request, edition, editions, notes.notes_of(sheets.load(edition))) | {"tab": "files"}
    return render(request, "roadmaps/files.html", context)


def _ask(request: SignedInRequest, edition: Edition) -> HttpResponse:
    kind = next((one for one in prints.offered(edition) if one.value == request.POST.get("kind")), None)
    if kind is None:
        raise Http404
    file = prints.ask(edition, kind=kind, now=timezone.now(), today=timezone.localdate())
    rendered.again(file, now=timezone.now())
    tasks.soon_file(file)
    messages.success(request, _("The file is being made. You may leave the page."))
    return redirect(_address(edition))


def _files(request: SignedInRequest, edition: Edition) -> dict[str, object]:
    order = edition.order
    reads_order = order is not None and Order.objects.visible_to(request.user).filter(pk=order.pk).exists()
    lines = lines_of(edition, order if reads_order else None)
    return {
        "edition": edition,
        "lines": lines,
        "order": order if reads_order else None,
        "waiting": any(line.is_waiting for line in lines),
        "here": _address(edition),
    }


def _address(edition: Edition) -> str:
    number = f"?edition={edition.number}" if edition.number < DRAFT else "?edition=draft"
    return reverse("plan-files", args=[edition.roadmap_id]) + number


def _edition(request: SignedInRequest, editions: list[Edition]) -> Edition:
    """Choose the edition that the address names, else the one that the plan's page shows."""
    asked = request.GET.get("edition", "")
    if not asked:
        return shown_edition(request.user, editions)
    found = next((one for one in editions if asked == ("draft" if one.number == DRAFT else str(one.number))), None)
    if found is None:
        raise Http404
    return found


@login_required
@require_GET
def plan_file(request: SignedInRequest, pk: int, file: int) -> FileResponse:
    """Send a file that was made of an edition which may be read."""
    # What was made of an edition while it was a draft is not what it says in force, and was for the readers of drafts.
    made = (one for edition in editions_of(request.user, pk) for one in prints.files(edition).values())
    found = next((one for one in made if one.pk == file and one.is_ready), None)
    if found is None:
        raise Http404
    return sent_rendered(found)


@login_required
@require_http_methods(["POST"])
@refusals_back_to("order")
def order_draft_file(request: SignedInRequest, pk: int) -> HttpResponse:
    """Have a draft order made as it reads now, marked as a draft on each sheet that bears a stamp."""
    order = get_object_or_404(Order.objects.visible_to(request.user).for_page(), pk=pk)
    if not order.is_draft:
        raise Http404
    text = text_of(order, appendices=orders.appendices(order, today=timezone.localdate()))
    file = rendered.ask_draft(order, text=text, now=timezone.now())
    rendered.again(file, now=timezone.now())
    tasks.soon_file(file)
    messages.success(request, _("The file is being made. You may leave the page."))
    return redirect("order", pk)

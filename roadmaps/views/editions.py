"""The life of an edition: sent, taken back, returned, opened anew, discarded; its history; original files."""

import itertools

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import prefetch_related_objects
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from documents.models import StoredFile
from organizations import access
from organizations.access import State, Verb
from organizations.views.pages import SignedInRequest
from roadmaps import sheets
from roadmaps.choices import EditionState
from roadmaps.difference.reading import changed_rows
from roadmaps.forms.plans import ReasonForm
from roadmaps.models import Edition, Import
from roadmaps.operations import editions as operations
from roadmaps.operations.problems import OpenFindings
from roadmaps.pages import notes
from roadmaps.pages.orders import clause_anchor
from roadmaps.views.plans import head
from roadmaps.views.reaching import draft_for, editions_of, refusals_back_to, shown_edition


@login_required
@require_POST
@refusals_back_to("plan")
def plan_submit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Send the draft to the organization's own signatory; open errors are shown instead."""
    edition = draft_for(request, pk, Verb.SUBMIT)
    try:
        operations.submit(edition, by=request.user, now=timezone.now())
    except OpenFindings:
        sheet = sheets.load(edition)
        said = [note for note in notes.notes_of(sheet) if note.blocks]
        context = head(request, edition, editions_of(request.user, pk), said)
        context |= {
            "notes": said,
            "rows": sheet.row,
            "tab": "findings",
            "is_refused": True,
            "reasons": {},
            "codes": [],
            "reason_form": ReasonForm(auto_id=False),
        }
        return render(request, "roadmaps/findings.html", context, status=409)
    messages.success(request, _("The plan is sent to the signatory."))
    return redirect("plan", pk)


@login_required
@require_POST
@refusals_back_to("plan")
def plan_take_back(request: SignedInRequest, pk: int) -> HttpResponse:
    """Let the coordinator have the submitted draft again."""
    operations.take_back(draft_for(request, pk, Verb.TAKE_BACK), by=request.user, now=timezone.now())
    messages.success(request, _("The plan is with you again."))
    return redirect("plan", pk)


@login_required
@require_http_methods(["GET", "POST"])
@refusals_back_to("plan")
def plan_return(request: SignedInRequest, pk: int) -> HttpResponse:
    """Return a submitted draft, saying why."""
    edition = draft_for(request, pk, Verb.RETURN)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        operations.send_back(edition, reason=form.cleaned_data["reason"], by=request.user, now=timezone.now())
        messages.success(request, _("The plan is returned; its coordinator has been told why."))
        return redirect("plan", pk)
    context = {"form": form, "edition": edition, "title": edition.title}
    return render(request, "roadmaps/plan_return.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
@refusals_back_to("plan")
def plan_open(request: SignedInRequest, pk: int) -> HttpResponse:
    """Open a new edition over the one in force."""
    edition = get_object_or_404(Edition.objects.visible_to(request.user).in_force().for_page(), roadmap__pk=pk)
    access.require(request.user, Verb.OPEN_EDITION, edition.roadmap.organization, State.IN_FORCE)
    operations.open_edition(edition.roadmap, by=request.user, now=timezone.now())
    messages.success(request, _("A new edition is open. What is in force stays so until the new one is."))
    return redirect("plan-edit", pk)


@login_required
@require_http_methods(["GET", "POST"])
@refusals_back_to("plan")
def plan_discard(request: SignedInRequest, pk: int) -> HttpResponse:
    """Throw the draft away, after saying what goes with it."""
    edition = draft_for(request, pk, Verb.EDIT)
    was_in_force = Edition.objects.in_force().filter(roadmap__pk=pk).exists()
    if request.method == "POST":
        operations.discard(edition, by=request.user, now=timezone.now())
        messages.success(request, _("The draft is discarded."))
        return redirect("plan", pk) if was_in_force else redirect("plans")
    context = {"edition": edition, "title": edition.title, "was_in_force": was_in_force}
    return render(request, "roadmaps/plan_discard.html", context)


@login_required
@require_GET
def plan_editions(request: SignedInRequest, pk: int) -> HttpResponse:
    """List the editions that the reader may read, with order, dates, hash and original file."""
    editions = editions_of(request.user, pk, "order__original", "basis__order", "basis__roadmap__organization")
    shown = shown_edition(request.user, editions)
    context = head(request, shown, editions, _said(request, shown)) | {"tab": "editions"}
    context["formers"] = {one.pk: former for one, former in itertools.pairwise(editions)}
    context["changed"] = changed_rows(pk, [one.number for one in editions])
    prefetch_related_objects(editions, "order__clauses")
    context["orders"] = [
        (one.order, [(clause_anchor(one.order.pk, clause.number), clause) for clause in one.order.clauses.all()])
        for one in editions
        if one.order is not None and one.basis_id is None and one.order.clauses.all()
    ]
    return render(request, "roadmaps/editions.html", context)


def _said(request: SignedInRequest, edition: Edition) -> list[notes.Note]:
    """Give the notes of an edition for the counts in its head."""
    return notes.notes_of(sheets.load(edition))


@login_required
@require_GET
def file(request: SignedInRequest, pk: int) -> FileResponse:
    """Hand out an original file to whoever may read an edition that it put in force, or the import that brought it."""
    stored = get_object_or_404(StoredFile, pk=pk)
    editions = Edition.objects.visible_to(request.user).filter(order__original=stored, state=EditionState.APPROVED)
    if not editions.exists() and not Import.objects.visible_to(request.user).filter(file=stored).exists():
        raise Http404
    response = FileResponse(
        stored.content.open("rb"), as_attachment=True, filename=stored.name, content_type=stored.media_type
    )
    response["X-Content-Type-Options"] = "nosniff"
    return response

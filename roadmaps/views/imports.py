"""Pages of the import: choose a file, watch it being read, decide, finish."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from organizations import access
from organizations.context import standpoint_of
from organizations.views.pages import SignedInRequest
from roadmaps import previews, tasks
from roadmaps.choices import Aim, ImportState
from roadmaps.forms.imports import FactsForm, RowForm, UploadForm
from roadmaps.forms.proposals import ids_of
from roadmaps.models import Edition, Import
from roadmaps.operations import imports, problems

PAGES = {
    ImportState.QUEUED: "roadmaps/imports/reading.html",
    ImportState.READING: "roadmaps/imports/reading.html",
    ImportState.FAILED: "roadmaps/imports/failed.html",
    ImportState.DROPPED: "roadmaps/imports/failed.html",
}


@login_required
@require_http_methods(["GET", "POST"])
def import_new(request: SignedInRequest) -> HttpResponse:
    """Choose a file; it is kept at once and read in the background."""
    organization = standpoint_of(request).organization
    if organization is None:
        raise Http404
    access.require(request.user, access.Verb.EDIT, organization, access.State.DRAFT)
    form = UploadForm(request.POST or None, request.FILES or None, organization=organization)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        incoming = imports.receive(
            organization=organization,
            programme=form.cleaned_data["programme"],
            name=file.name,
            data=file.read(),
            aim=Aim(form.cleaned_data["aim"]),
            label=form.cleaned_data["label"],
            by=request.user,
            now=timezone.now(),
        )
        transaction.on_commit(lambda: tasks.read_import.delay(pk=incoming.pk))
        return redirect(incoming)
    waiting = Import.objects.visible_to(request.user).waiting().filter(organization=organization).select_related("file")
    context = {"form": form, "waiting": waiting, "organization": organization}
    return render(request, "roadmaps/imports/new.html", context, status=422 if form.errors else 200)


@login_required
@require_GET
def import_page(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show where an import stands: being read, refused, waiting for decisions, or done."""
    incoming = _visible(request, pk)
    if incoming.state == ImportState.DONE and incoming.roadmap:
        return redirect(incoming.roadmap)
    if incoming.state in PAGES:
        return render(request, PAGES[ImportState(incoming.state)], {"incoming": incoming})
    preview = previews.preview_of(incoming)
    shown = _shown(preview, request.GET.get("show", ""))
    context = {"incoming": incoming, "preview": preview, "shown": shown, "known_plan": _known_plan(request, incoming)}
    return render(request, "roadmaps/imports/preview.html", context)


@login_required
@require_GET
def import_progress(request: SignedInRequest, pk: int) -> HttpResponse:
    """Tell an open page how far the reading is; when it is over, the page is loaded anew."""
    incoming = _visible(request, pk)
    if incoming.state in {ImportState.QUEUED, ImportState.READING}:
        return render(request, "roadmaps/imports/_progress.html", {"incoming": incoming})
    response = HttpResponse(status=204)
    response["HX-Refresh"] = "true"
    return response


@login_required
@require_POST
def import_answer(request: SignedInRequest, pk: int) -> HttpResponse:
    """Keep the answer to one question."""
    incoming = _ready(request, pk)
    preview = previews.preview_of(incoming)
    question = next((q for q in preview.questions if q.key == request.POST.get("question")), None)
    if question is None:
        return redirect(incoming)
    value, phrase = request.POST.get("answer", ""), request.POST.get("phrase", "")[:500]
    if value == "other" and not phrase.strip():
        messages.warning(request, _("Write the other wording, then confirm it."))
        return redirect(f"{incoming.get_absolute_url()}#ask")
    try:
        changes = previews.answer(preview, question, value, phrase)
    except KeyError:
        messages.warning(request, _("Choose one of the answers."))
        return redirect(f"{incoming.get_absolute_url()}#ask")
    return _decide(request, incoming, changes, anchor="ask")


@login_required
@require_http_methods(["GET", "POST"])
def import_row(request: SignedInRequest, pk: int, ref: str) -> HttpResponse:
    """Correct one row of the import in place."""
    incoming = _ready(request, pk)
    preview = previews.preview_of(incoming)
    try:
        row = preview.row(ref)
    except KeyError as missing:
        raise Http404 from missing
    form = RowForm(request.POST or None, preview=preview, row=row)
    if request.method == "POST" and form.is_valid():
        return _decide(request, incoming, form.changes(), anchor=f"r{row.ref}", seen=request.POST.get("seen"))
    context = {"incoming": incoming, "preview": preview, "row": row, "form": form}
    return render(request, "roadmaps/imports/row.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "POST"])
def import_facts(request: SignedInRequest, pk: int) -> HttpResponse:
    """Correct what the document says around its table, and what it is brought in as."""
    incoming = _ready(request, pk)
    preview = previews.preview_of(incoming)
    form = FactsForm.of(preview, request.POST or None)
    if request.method == "POST" and form.is_valid():
        imports.set_aim(incoming, aim=Aim(form.cleaned_data["aim"]))
        return _decide(request, incoming, form.changes(), anchor="facts", seen=request.POST.get("seen"))
    context = {"incoming": incoming, "preview": preview, "form": form}
    return render(request, "roadmaps/imports/facts.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def import_finish(request: SignedInRequest, pk: int) -> HttpResponse:
    """Make the import a draft, or an edition in force."""
    incoming = _ready(request, pk)
    try:
        edition = imports.finish(incoming, by=request.user, now=timezone.now())
    except problems.Refused as refused:
        messages.error(request, str(refused))
        return redirect(incoming)
    messages.success(
        request,
        _("The plan is in force; its findings stand beside the rows.")
        if incoming.aim == Aim.IN_FORCE
        else _("The draft is made. Nothing has been sent to anybody yet."),
    )
    return redirect(edition.roadmap)


@login_required
@require_POST
def import_drop(request: SignedInRequest, pk: int) -> HttpResponse:
    """Put an import aside for good."""
    incoming = _visible(request, pk)
    imports.drop(incoming, by=request.user, now=timezone.now())
    messages.success(request, _("The upload is put aside. Nothing of it entered a plan."))
    return redirect("import-new")


def _known_plan(request: SignedInRequest, incoming: Import) -> Edition | None:
    """Give the organization's own plan of which the file says that it was downloaded from it, if there is one."""
    plan = (incoming.matching or {}).get("plan")
    if not plan:
        return None
    editions = Edition.objects.visible_to(request.user).filter(
        roadmap=plan, roadmap__organization=incoming.organization
    )
    return editions.for_page().order_by("-number").first()


def _decide(
    request: SignedInRequest, incoming: Import, changes: dict, *, anchor: str, seen: str | None = None
) -> HttpResponse:
    (version,) = ids_of([seen or ""]) or [incoming.version]
    try:
        imports.decide(incoming, changes=changes, seen=version, by=request.user, now=timezone.now())
    except problems.Changed as changed:
        messages.warning(request, str(changed))
    address = f"{incoming.get_absolute_url()}#{anchor}"
    if request.headers.get("HX-Request"):
        # A script that follows a redirect loses the place on the page, so the browser itself goes there.
        response = HttpResponse(status=204)
        response["HX-Redirect"] = address
        return response
    return redirect(address)


def _visible(request: SignedInRequest, pk: int) -> Import:
    imports_seen = Import.objects.visible_to(request.user)
    return get_object_or_404(imports_seen.select_related("organization", "programme", "file", "roadmap"), pk=pk)


def _ready(request: SignedInRequest, pk: int) -> Import:
    incoming = _visible(request, pk)
    if incoming.state != ImportState.READY:
        raise Http404
    return incoming


def _shown(preview: previews.Preview, show: str) -> list[previews.PreviewRow]:
    asked = {question.ref for question in preview.questions}
    if show == "questions":
        return [row for row in preview.rows if row.ref in asked]
    if show == "findings":
        return [row for row in preview.rows if row.findings]
    if show == "unlinked":
        return [row for row in preview.rows if not row.links]
    if show == "dropped":
        return preview.dropped
    return preview.rows

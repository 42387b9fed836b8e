"""Pages of an edited file: bring it back, look at what differs, confirm."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from documents.operations.files import read_file
from organizations import access
from organizations.access import State, Verb
from organizations.views.pages import SignedInRequest
from roadmaps import sheets
from roadmaps.choices import EditedState
from roadmaps.edited.document import EditedPlan
from roadmaps.forms.edited import ConfirmForm, EditedFileForm
from roadmaps.forms.proposals import ids_of
from roadmaps.models import EditedFile, Edition, Import
from roadmaps.operations import edited as operations
from roadmaps.operations.problems import Changed, NotWritable, Refused
from roadmaps.pages import edited as pages
from roadmaps.reading.refusals import CannotRead
from roadmaps.views.reaching import editions_of, refusals_back_to


@login_required
@require_http_methods(["GET", "POST"])
@refusals_back_to("plan")
def edited_new(request: SignedInRequest, pk: int) -> HttpResponse:
    """Choose an edited file, or take the one of an import; it is read at once and changes nothing yet."""
    edition = _own(request, pk)
    # A file that was uploaded as a new plan, and turned out to be this one.
    if incoming := ids_of([request.POST.get("import", "")]):
        found = get_object_or_404(
            Import.objects.visible_to(request.user).select_related("file"),
            pk=incoming[0],
            organization=edition.roadmap.organization_id,
        )
        return _received(request, edition, found.file.name, read_file(found.file))
    form = EditedFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        return _received(request, edition, file.name, file.read(), form)
    return _form(request, edition, form)


def _received(
    request: SignedInRequest, edition: Edition, name: str, data: bytes, form: EditedFileForm | None = None
) -> HttpResponse:
    try:
        brought = operations.receive(roadmap=edition.roadmap, name=name, data=data, by=request.user, now=timezone.now())
    except CannotRead as problem:
        form = form or EditedFileForm()
        said = problem.message_ru if get_language() == "ru" else problem.message
        if form.is_bound:
            form.add_error("file", said)
        else:
            messages.error(request, said)
        return _form(request, edition, form, status=422)
    return redirect(brought)


def _form(request: SignedInRequest, edition: Edition, form: EditedFileForm, status: int = 0) -> HttpResponse:
    waiting = EditedFile.objects.filter(roadmap=edition.roadmap_id, state=EditedState.WAITING).select_related("file")
    context = {"form": form, "edition": edition, "roadmap": edition.roadmap, "waiting": waiting}
    context |= {"title": sheets.title_of(edition)}
    return render(request, "roadmaps/edited/new.html", context, status=status or (422 if form.errors else 200))


@login_required
@require_http_methods(["GET", "POST"])
@refusals_back_to("plan")
def edited(request: SignedInRequest, pk: int, file: int) -> HttpResponse:
    """Show what an edited file changes; bring in what was ticked."""
    edition = _own(request, pk)
    brought = _waiting(pk, file)
    sheet = sheets.load(edition)
    found = operations.difference(brought, sheet)
    form = ConfirmForm(request.POST or None, keys=[one.key for one in found.changes])
    status = 200
    if request.method == "POST":
        try:
            if not form.is_valid():
                raise Changed
            operations.bring_in(
                brought,
                accepted=form.cleaned_data["take"],
                seen=form.cleaned_data["seen"],
                by=request.user,
                now=timezone.now(),
            )
        except Changed:
            messages.warning(request, _("The plan has changed in the meantime. Look at what differs now."))
            return redirect(brought)
        except Refused as refused:
            messages.error(request, str(refused))
            status = 409
        else:
            messages.success(request, _("What you ticked is in the draft now. The journal tells each change."))
            return redirect("plan", pk)
    document = EditedPlan.from_json(brought.document)
    is_ours = operations.is_of(document.origin, pk)
    context = {
        "edition": edition,
        "roadmap": edition.roadmap,
        "title": sheet.title,
        "brought": brought,
        "found": found,
        "heading": pages.heading_words(found),
        "groups": pages.groups_of(found, len(sheet.rows)),
        "taken": set(form.data.getlist("take")) if form.is_bound and hasattr(form.data, "getlist") else None,
        "origin": document.origin if is_ours else None,
        "is_foreign": document.origin is not None and not is_ours,
        "opens_edition": not edition.is_open,
    }
    return render(request, "roadmaps/edited/compare.html", context, status=status)


@login_required
@require_POST
@refusals_back_to("plan")
def edited_drop(request: SignedInRequest, pk: int, file: int) -> HttpResponse:
    """Put an edited file aside."""
    _own(request, pk)
    operations.drop(_waiting(pk, file), by=request.user, now=timezone.now())
    messages.success(request, _("The file is put aside. Nothing of it entered the plan."))
    return redirect("plan", pk)


def _own(request: SignedInRequest, pk: int) -> Edition:
    """
    Give the edition of one's own plan that a file is held against: the draft, else the one in force.

    :raises Http404: if the account may not read the plan
    :raises PermissionDenied: if it may not write it
    :raises NotWritable: if the draft is submitted
    """
    edition = editions_of(request.user, pk)[0]
    access.require(request.user, Verb.EDIT, edition.roadmap.organization, State.DRAFT)
    if edition.is_open and not edition.is_writable:
        raise NotWritable
    return edition


def _waiting(roadmap: int, pk: int) -> EditedFile:
    files = EditedFile.objects.filter(roadmap=roadmap, state=EditedState.WAITING)
    return get_object_or_404(files.select_related("file", "roadmap", "created_by__person"), pk=pk)

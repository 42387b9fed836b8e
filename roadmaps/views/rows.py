"""Writing a draft by forms: its structure, headings, one row."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from organizations.access import Verb
from organizations.calendars import calendar_for
from organizations.views.pages import SignedInRequest
from roadmaps import sheets
from roadmaps.choices import HeadingKind
from roadmaps.forms.rows import HeadingForm, NewHeadingForm, RowForm, SeenForm, TitleForm, UpperChoiceForm, cells_of
from roadmaps.models import Edition
from roadmaps.operations import editions as edition_operations
from roadmaps.operations import rows as operations
from roadmaps.operations.problems import Changed
from roadmaps.pages import notes
from roadmaps.pages.groups import groups_below
from roadmaps.pages.lineage import followable, uppers_of
from roadmaps.pages.plan import blocks_of
from roadmaps.pages.rows import candidates, echo_of, links_of, understood
from roadmaps.sheets import Sheet, SheetHeading, SheetRow
from roadmaps.views.reaching import draft_for, refusals_back_to


@login_required
@require_http_methods(["GET", "POST"])
@refusals_back_to("plan")
def plan_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show a draft as what can be written: its title, headings, rows; POST changes the title."""
    edition = draft_for(request, pk, Verb.EDIT)
    sheet = sheets.load(edition)
    form = TitleForm(request.POST or None, initial={"title": sheet.title})
    if request.method == "POST" and form.is_valid():
        edition_operations.edit_title(roadmap=pk, title=form.cleaned_data["title"], by=request.user, now=timezone.now())
        messages.success(request, _("The title is saved."))
        return redirect("plan-edit", pk)
    organization = edition.roadmap.organization
    dropped = request.GET.get("dropped", "")
    context = {
        "edition": edition,
        "sheet": sheet,
        "form": form,
        "blocks": blocks_of(
            sheet,
            notes=notes.by_row(notes.notes_of(sheet)),
            groups=groups_below(organization.pk),
            calendar=calendar_for(organization),
            today=timezone.localdate(),
        ),
        "uppers": uppers_of(sheet),
        "followable": followable(request.user, edition),
        "dropped": int(dropped) if dropped.isdecimal() and int(dropped) not in sheet.row else None,
        "dropped_label": request.GET.get("label", "")[:20],
    }
    return render(request, "roadmaps/plan_edit.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "POST"])
@refusals_back_to("plan-edit")
def heading_new(request: SignedInRequest, pk: int, kind: str) -> HttpResponse:
    """Add a section or an activity."""
    if kind not in {HeadingKind.SECTION, HeadingKind.ACTIVITY}:
        raise Http404
    edition = draft_for(request, pk, Verb.EDIT)
    form = NewHeadingForm(
        request.POST or None, sheet=sheets.load(edition), initial={"parent": request.GET.get("parent", "")}
    )
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        heading = operations.add_heading(
            roadmap=pk,
            kind=HeadingKind(kind),
            title=data["title"],
            number=data["number"],
            parent=data["parent"],
            by=request.user,
            now=timezone.now(),
        )
        if kind == HeadingKind.ACTIVITY:
            messages.success(request, _("The activity is added. Say now what it yields."))
            return redirect("row-new", pk, heading.pk)
        messages.success(request, _("The section is added."))
        return redirect("plan-edit", pk)
    context = {"form": form, "edition": edition, "kind": kind, "is_new": True}
    return render(request, "roadmaps/heading.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "POST"])
@refusals_back_to("plan-edit")
def heading(request: SignedInRequest, pk: int, heading: int) -> HttpResponse:
    """Change the number or the title of a section or an activity."""
    edition = draft_for(request, pk, Verb.EDIT)
    found = _heading(sheets.load(edition), heading)
    form = HeadingForm(request.POST or None, initial={"number": found.number, "title": found.title})
    if request.method == "POST" and form.is_valid():
        operations.edit_heading(
            roadmap=pk, heading=found.pk, changes=form.cleaned_data, by=request.user, now=timezone.now()
        )
        messages.success(request, _("Saved."))
        return redirect("plan-edit", pk)
    context = {"form": form, "edition": edition, "kind": found.kind, "is_new": False}
    return render(request, "roadmaps/heading.html", context, status=422 if form.errors else 200)


def _heading(sheet: Sheet, pk: int) -> SheetHeading:
    found = sheet.heading.get(pk)
    if found is None or found.kind not in {HeadingKind.SECTION, HeadingKind.ACTIVITY}:
        raise Http404
    return found


@login_required
@require_http_methods(["GET", "POST"])
@refusals_back_to("plan-edit")
def row_new(request: SignedInRequest, pk: int, heading: int) -> HttpResponse:
    """Add a result to an activity."""
    edition = draft_for(request, pk, Verb.EDIT)
    sheet = sheets.load(edition)
    activity = _heading(sheet, heading)
    if activity.kind != HeadingKind.ACTIVITY:
        raise Http404
    form = RowForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and "check" not in request.POST:
        cells = form.cells()
        made = operations.add_result(roadmap=pk, activity=activity.pk, by=request.user, now=timezone.now(), **cells)
        messages.success(request, _("The row is added."))
        return redirect("row", pk, made.pk)
    context = {"form": form, "seen": None, "activity": activity, "row": None, "is_new": True}
    context |= _understood(form, edition)
    return render(request, "roadmaps/row.html", context | {"edition": edition}, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "POST"])
@refusals_back_to("plan-edit")
def row(request: SignedInRequest, pk: int, commitment: int) -> HttpResponse:
    """Edit one row; what somebody else wrote in the meantime is shown beside one's own text."""
    edition = draft_for(request, pk, Verb.EDIT)
    sheet = sheets.load(edition)
    found = row_of(sheet, commitment)
    form = RowForm(request.POST or None, initial=cells_of(found))
    seen = SeenForm(request.POST or None, initial=_seen(found))
    theirs: dict[str, str] | None = None
    if request.method == "POST" and form.is_valid() and seen.is_valid() and "check" not in request.POST:
        try:
            operations.edit_result(
                roadmap=pk,
                commitment=commitment,
                changes=form.cells(),
                expected=seen.expected(),
                by=request.user,
                now=timezone.now(),
            )
        except Changed:
            theirs = cells_of(found)
            seen = SeenForm(initial=_seen(found))
        else:
            messages.success(request, _("Row %(row)s is saved.") % {"row": found.label})
            return redirect("row", pk, commitment)
    context = _row_context(sheet, found) | {"form": form, "seen": seen, "theirs": theirs} | _understood(form, edition)
    status = 409 if theirs else 422 if form.errors else 200
    return render(request, "roadmaps/row.html", context, status=status)


def _seen(row: SheetRow) -> dict[str, str]:
    return {f"seen_{name}": value for name, value in cells_of(row).items()}


def row_of(sheet: Sheet, commitment: int) -> SheetRow:
    """Give a row of a sheet; a row of any other plan does not exist for it."""
    found = sheet.row.get(commitment)
    if found is None:
        raise Http404
    return found


def _row_context(sheet: Sheet, row: SheetRow) -> dict[str, Any]:
    beside = [other for other in sheet.rows if other.heading == row.heading]
    choices = candidates(sheet.uppers, row)
    lines = links_of(row)
    return {
        "edition": sheet.edition,
        "sheet": sheet,
        "row": row,
        "inherits": any(line.inherits for line in lines),
        "activity": sheet.heading[row.heading],
        "is_new": False,
        "links": lines,
        "notes": notes.by_row(notes.notes_of(sheet)).get(row.commitment, []),
        "upper_form": UpperChoiceForm(uppers=choices) if choices else None,
        "is_first": beside[0] is row,
        "is_last": beside[-1] is row,
    }


def _understood(form: RowForm, edition: Edition) -> dict[str, Any]:
    """Say what phrase and executors of the form are understood as."""
    organization = edition.roadmap.organization
    calendar, today = calendar_for(organization), timezone.localdate()
    form.fields["phrase"].widget.attrs |= {
        "aria-describedby": "echo",
        "hx-get": reverse("phrase-echo", args=[edition.roadmap_id]),
        "hx-trigger": "input changed delay:400ms",
        "hx-target": "#echo",
        "hx-swap": "outerHTML",
    }
    texts = [line.strip() for line in str(form["executors"].value() or "").splitlines() if line.strip()]
    return {
        "echo": echo_of(str(form["phrase"].value() or ""), edition.roadmap.period, calendar, today),
        "understood": understood(texts, groups_below(organization.pk)),
    }


@login_required
@require_GET
def phrase_echo(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say, while it is typed, what a phrase is understood as."""
    edition = draft_for(request, pk, Verb.EDIT)
    organization = edition.roadmap.organization
    phrase = request.GET.get("phrase", "")[:2000]
    echo = echo_of(phrase, edition.roadmap.period, calendar_for(organization), timezone.localdate())
    return render(request, "roadmaps/_echo.html", {"echo": echo})


@login_required
@require_POST
@refusals_back_to("plan-edit")
def row_move(request: SignedInRequest, pk: int, commitment: int) -> HttpResponse:
    """Let a row and its neighbour change places."""
    sheet = sheets.load(draft_for(request, pk, Verb.EDIT))
    row_of(sheet, commitment)
    up = request.POST.get("direction") == "up"
    operations.move_result(roadmap=pk, commitment=commitment, up=up, by=request.user, now=timezone.now())
    response = redirect("plan-edit", pk)
    response["Location"] += f"#row-{commitment}"
    return response


@login_required
@require_POST
@refusals_back_to("plan-edit")
def row_drop(request: SignedInRequest, pk: int, commitment: int) -> HttpResponse:
    """Take a row out of the draft; the page then offers to bring it back."""
    sheet = sheets.load(draft_for(request, pk, Verb.EDIT))
    label = row_of(sheet, commitment).label
    operations.drop_result(roadmap=pk, commitment=commitment, by=request.user, now=timezone.now())
    response = redirect("plan-edit", pk)
    response["Location"] += f"?dropped={commitment}&label={label}"
    return response


@login_required
@require_POST
@refusals_back_to("plan-edit")
def row_restore(request: SignedInRequest, pk: int, commitment: int) -> HttpResponse:
    """Bring a dropped row back."""
    draft_for(request, pk, Verb.EDIT)
    restored = operations.restore_result(roadmap=pk, commitment=commitment, by=request.user, now=timezone.now())
    if not restored:
        raise Http404
    messages.success(request, _("The row is back."))
    response = redirect("plan-edit", pk)
    response["Location"] += f"#row-{commitment}"
    return response

"""Writing one row of a draft by forms."""

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
from roadmaps.forms.rows import RowForm, SeenForm, UpperChoiceForm, cells_of
from roadmaps.models import Edition
from roadmaps.operations import rows as operations
from roadmaps.operations.obliged import choosable
from roadmaps.operations.problems import Changed
from roadmaps.pages import notes
from roadmaps.pages.groups import groups_below
from roadmaps.pages.obliged import picker_of
from roadmaps.pages.rows import candidates, echo_of, links_of, understood
from roadmaps.sheets import Sheet, SheetRow
from roadmaps.views.headings import heading_of
from roadmaps.views.reaching import draft_for, refusals_back_to


@login_required
@require_http_methods(["GET", "POST"])
@refusals_back_to("plan-edit")
def row_new(request: SignedInRequest, pk: int, heading: int) -> HttpResponse:
    """Add a result to an activity."""
    edition = draft_for(request, pk, Verb.EDIT)
    sheet = sheets.load(edition)
    activity = heading_of(sheet, heading)
    if activity.kind != HeadingKind.ACTIVITY:
        raise Http404
    form = _form(request, edition)
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
    form = _form(request, edition, found)
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


def _form(request: SignedInRequest, edition: Edition, row: SheetRow | None = None) -> RowForm:
    """Give the form of a row, new or old; it knows the organizations that the plan may oblige."""
    initial = {} if row is None else cells_of(row) | {"obliged": row.obliged}
    return RowForm(request.POST or None, initial=initial, below=choosable(edition.roadmap.organization_id))


def _seen(row: SheetRow) -> dict[str, str]:
    cells = cells_of(row) | {"obliged": " ".join(map(str, sorted(row.obliged)))}
    return {f"seen_{name}": value for name, value in cells.items()}


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
        "picker": picker_of(form, choosable(organization.pk)),
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

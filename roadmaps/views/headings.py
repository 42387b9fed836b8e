"""Writing the structure of a draft by forms: its title, goals and tasks, sections, activities."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from organizations.access import Verb
from organizations.views.pages import SignedInRequest
from roadmaps import sheets
from roadmaps.choices import HeadingKind
from roadmaps.forms.rows import GoalForm, HeadingForm, PlacedHeadingForm, TitleForm
from roadmaps.operations import editions as edition_operations
from roadmaps.operations import rows as operations
from roadmaps.operations import structure
from roadmaps.pages.lineage import followable, uppers_of
from roadmaps.pages.pulse import tag_of
from roadmaps.pages.structure import dropped_words, gone_from, just_dropped, kind_words, steps_of
from roadmaps.sheets import Sheet, SheetHeading
from roadmaps.views.grid import grid_context, grid_page
from roadmaps.views.reaching import draft_for, refusals_back_to

OF_THE_TABLE = structure.EDITABLE - structure.OF_THE_HEAD


@login_required
@require_http_methods(["GET", "POST"])
@refusals_back_to("plan")
def plan_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show a draft as what can be written: its title, headings, rows; POST changes the title."""
    edition = draft_for(request, pk, Verb.EDIT)
    tag = tag_of(edition)  # before the sheet: what arrives in between is then seen to be missing
    sheet = sheets.load(edition)
    form = TitleForm(request.POST or None, initial={"title": sheet.title})
    if request.method == "POST" and form.is_valid():
        edition_operations.edit_title(roadmap=pk, title=form.cleaned_data["title"], by=request.user, now=timezone.now())
        messages.success(request, _("The title is saved."))
        return redirect("plan-edit", pk)
    context = grid_context(request, edition, sheet) | {
        "tag": tag,
        "title_form": form,
        "goals": [(one, kind_words(one.kind)) for one in sheet.headings if one.kind in structure.OF_THE_HEAD],
        "moves": steps_of(sheet),
        "gone": gone_from(edition),
        "uppers": uppers_of(sheet),
        "followable": followable(request.user, edition),
    }
    context |= _just_dropped(request, sheet)
    return grid_page(request, context, 422 if form.errors else 200)


def _just_dropped(request: SignedInRequest, sheet: Sheet) -> dict[str, Any]:
    """Give the row or heading that was dropped a moment ago, to be offered back."""
    row = request.GET.get("dropped", "")
    heading = just_dropped(sheet, request.GET.get("heading", ""))
    return {
        "dropped": int(row) if row.isdecimal() and int(row) not in sheet.row else None,
        "dropped_label": request.GET.get("label", "")[:20],
        "dropped_heading": heading,
        "dropped_words": dropped_words(heading.kind) if heading else "",
    }


@login_required
@require_http_methods(["GET", "POST"])
@refusals_back_to("plan-edit")
def heading_new(request: SignedInRequest, pk: int, kind: str) -> HttpResponse:
    """Add a goal, a task, a section or an activity."""
    if kind not in structure.EDITABLE:
        raise Http404
    edition = draft_for(request, pk, Verb.EDIT)
    form: forms.Form
    if kind in structure.OF_THE_HEAD:
        form = GoalForm(request.POST or None)
    else:
        initial = {"parent": request.GET.get("parent", "")}
        form = PlacedHeadingForm(request.POST or None, sheet=sheets.load(edition), initial=initial)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        heading = operations.add_heading(
            roadmap=pk,
            kind=HeadingKind(kind),
            title=data["title"],
            number=data.get("number", ""),
            parent=data.get("parent"),
            by=request.user,
            now=timezone.now(),
        )
        messages.success(request, _added(kind))
        return redirect("row-new", pk, heading.pk) if kind == HeadingKind.ACTIVITY else redirect("plan-edit", pk)
    return _heading_page(request, {"form": form, "edition": edition, "kind": kind, "is_new": True})


def _added(kind: str) -> str:
    return {
        HeadingKind.GOAL.value: _("The goal is added."),
        HeadingKind.TASK.value: _("The task is added."),
        HeadingKind.SECTION.value: _("The section is added."),
        HeadingKind.ACTIVITY.value: _("The activity is added. Say now what it yields."),
    }[kind]


def _heading_page(request: SignedInRequest, context: dict[str, Any]) -> HttpResponse:
    title = {
        HeadingKind.GOAL.value: _("New goal"),
        HeadingKind.TASK.value: _("New task"),
        HeadingKind.SECTION.value: _("New section"),
        HeadingKind.ACTIVITY.value: _("New activity"),
    }[context["kind"]]
    context["page_title"] = title if context["is_new"] else kind_words(context["kind"])
    return render(request, "roadmaps/heading.html", context, status=422 if context["form"].errors else 200)


@login_required
@require_http_methods(["GET", "POST"])
@refusals_back_to("plan-edit")
def heading(request: SignedInRequest, pk: int, heading: int) -> HttpResponse:
    """Change the words of a heading, its number, and for an activity the section in which it stands."""
    edition = draft_for(request, pk, Verb.EDIT)
    sheet = sheets.load(edition)
    found = heading_of(sheet, heading, kinds=structure.EDITABLE)
    form = _form_of(request, sheet, found)
    if request.method == "POST" and form.is_valid():
        changes: dict[str, str] = {
            name: form.cleaned_data[name] for name in ("number", "title") if name in form.cleaned_data
        }
        rest: dict[str, Any] = {"roadmap": pk, "heading": found.pk, "by": request.user, "now": timezone.now()}
        if found.kind == HeadingKind.ACTIVITY:
            structure.change_heading(changes=changes, section=form.cleaned_data["parent"], **rest)
        else:
            operations.edit_heading(changes=changes, **rest)
        messages.success(request, _("Saved."))
        return redirect("plan-edit", pk)
    return _heading_page(request, {"form": form, "edition": edition, "kind": found.kind, "is_new": False})


def _form_of(request: SignedInRequest, sheet: Sheet, heading: SheetHeading) -> forms.Form:
    data, initial = request.POST or None, {"number": heading.number, "title": heading.title}
    if heading.kind in structure.OF_THE_HEAD:
        return GoalForm(data, initial=initial)
    if heading.kind == HeadingKind.ACTIVITY:
        return PlacedHeadingForm(data, sheet=sheet, initial=initial | {"parent": heading.parent or ""})
    return HeadingForm(data, initial=initial)


def heading_of(sheet: Sheet, pk: int, kinds: frozenset[HeadingKind] = OF_THE_TABLE) -> SheetHeading:
    """Give a heading of a sheet, a section or an activity unless asked otherwise; of any other plan there is none."""
    found = sheet.heading.get(pk)
    if found is None or found.kind not in kinds:
        raise Http404
    return found


@login_required
@require_POST
@refusals_back_to("plan-edit")
def heading_move(request: SignedInRequest, pk: int, heading: int) -> HttpResponse:
    """Let a heading and its neighbour change places."""
    found = heading_of(sheets.load(draft_for(request, pk, Verb.EDIT)), heading, kinds=structure.EDITABLE)
    up = request.POST.get("direction") == "up"
    structure.move_heading(roadmap=pk, heading=found.pk, up=up, by=request.user, now=timezone.now())
    return _back(pk, f"#heading-{found.pk}")


@login_required
@require_http_methods(["GET", "POST"])
@refusals_back_to("plan-edit")
def heading_drop(request: SignedInRequest, pk: int, heading: int) -> HttpResponse:
    """Take a heading out of the draft; of an activity, first say which rows go with it."""
    edition = draft_for(request, pk, Verb.EDIT)
    sheet = sheets.load(edition)
    found = heading_of(sheet, heading, kinds=structure.EDITABLE)
    if request.method == "POST":
        rows = request.POST.get("rows", "0")
        agreed = int(rows) if rows.isdecimal() and len(rows) < 6 else 0
        structure.drop_heading(roadmap=pk, heading=found.pk, rows=agreed, by=request.user, now=timezone.now())
        return _back(pk, f"?heading={found.pk}")
    inside = sum(other.parent == found.pk for other in sheet.headings)
    context = {
        "edition": edition,
        "heading": found,
        "kind_words": kind_words(found.kind),
        "rows": [row for row in sheet.rows if row.heading == found.pk],
        "hindrance": structure.section_holds(inside) if inside else "",
    }
    return render(request, "roadmaps/heading_drop.html", context)


@login_required
@require_POST
@refusals_back_to("plan-edit")
def heading_restore(request: SignedInRequest, pk: int, heading: int) -> HttpResponse:
    """Bring a dropped heading back, with the rows that went with it."""
    draft_for(request, pk, Verb.EDIT)
    if not structure.restore_heading(roadmap=pk, heading=heading, by=request.user, now=timezone.now()):
        raise Http404
    messages.success(request, _("It is back in its place."))
    return _back(pk, f"#heading-{heading}")


def _back(pk: int, rest: str) -> HttpResponse:
    response = redirect("plan-edit", pk)
    response["Location"] += rest
    return response

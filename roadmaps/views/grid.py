"""The grid of a draft: the page, what it saves, what it is told of changes."""

import json
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, HttpResponseNotModified, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from organizations.access import Verb
from organizations.calendars import calendar_for
from organizations.templatetags.portal import moment
from organizations.views.pages import SignedInRequest
from roadmaps import sheets
from roadmaps.editor import edits as language
from roadmaps.forms.rows import RowChoiceForm
from roadmaps.models import Edition
from roadmaps.operations import edits as operations
from roadmaps.operations.problems import NotWritable
from roadmaps.pages import filters, grid, lists, notes
from roadmaps.pages.comments import open_remarks
from roadmaps.pages.deadline import view_of
from roadmaps.pages.executors import says, suggestions
from roadmaps.pages.gridwords import words
from roadmaps.pages.groups import groups_below
from roadmaps.pages.pasting import preview_of, role_choices
from roadmaps.pages.plan import blocks_of, phrase_of
from roadmaps.pages.pulse import tag_of
from roadmaps.sheets import Sheet
from roadmaps.views.reaching import draft_for


@login_required
@require_POST
def grid_save(request: SignedInRequest, pk: int) -> HttpResponse:
    """Carry out the edits of a grid; each is answered by its key."""
    edition = draft_for(request, pk, Verb.EDIT)
    payload = _payload(request)
    try:
        edits = language.read(payload.get("edits"))
    except language.Malformed:
        return JsonResponse({"sentence": _("The portal does not understand this edit.")}, status=400)
    if payload.get("user") != request.user.pk:
        return _refused(_("Somebody else has signed in here. Sign in as yourself, and your edits will be sent."))
    now = timezone.now()
    try:
        answers = operations.apply(edition=edition, edits=edits, by=request.user, now=now)
    except NotWritable as refused:
        return _refused(str(refused))
    said = [_answer(answer) for answer in answers]
    return JsonResponse({"answers": said, "saved": timezone.localtime(now).strftime("%H:%M")})


def _payload(request: SignedInRequest) -> dict[str, Any]:
    try:
        payload = json.loads(request.body)
        json.dumps(payload, ensure_ascii=False).encode()  # half a letter (a lone surrogate) fits into no database
    except (ValueError, RecursionError):
        return {}
    return payload if isinstance(payload, dict) else {}


def _refused(sentence: str) -> JsonResponse:
    return JsonResponse({"sentence": sentence}, status=409)


def _answer(answer: operations.Answer) -> dict[str, Any]:
    said: dict[str, Any] = {"key": answer.key, "state": answer.state}
    if answer.made is not None:
        said["made"] = answer.made
    if answer.state != "done":
        said |= {"sentence": answer.sentence}
    if answer.state == "conflict":
        said |= {"theirs": answer.theirs, "who": answer.who, "at": moment(answer.at) if answer.at else ""}
    return said


@login_required
@require_GET
def grid_pulse(request: SignedInRequest, pk: int) -> HttpResponse:
    """Tell whether the draft, or what bounds it, has changed since: 304 if not."""
    tag = tag_of(draft_for(request, pk, Verb.EDIT))
    if request.headers.get("If-None-Match") == tag:
        return HttpResponseNotModified(headers={"ETag": tag})
    return JsonResponse({"tag": tag}, headers={"ETag": tag})


@login_required
@require_POST
def grid_fresh(request: SignedInRequest, pk: int) -> HttpResponse:
    """Give the rows that the browser has otherwise, by the digests that it knows; reads only."""
    edition = draft_for(request, pk, Verb.EDIT)
    known = _payload(request).get("known")
    known = known if isinstance(known, dict) else {}
    tag = tag_of(edition)
    sheet = sheets.load(edition)
    context = grid_context(request, edition, sheet)
    answer = grid.changed(context["bodies"], known, get_token(request)) | {
        "tag": tag,
        "head": render_to_string("roadmaps/_grid_head.html", context, request=request),
        "none": bool(context["is_narrowed"] and not context["shown_rows"]),
        "uppers": f": {context['open_uppers']}" if context["open_uppers"] else "",
        "side": render_to_string("roadmaps/_grid_side.html", context, request=request),
        **context["steps"],
    }
    return JsonResponse(answer)


def grid_context(request: SignedInRequest, edition: Edition, sheet: Sheet) -> dict[str, Any]:
    """Give what the grid shows of a sheet: rows with their margin, the panel beside them, the steps to undo."""
    said = notes.notes_of(sheet)
    marks = notes.by_row(said)
    organization = edition.roadmap.organization
    surname = request.user.person.surname if request.user.person else ""
    form = filters.filter_form(request.GET, sheet, marks, surname)
    kept = filters.kept(sheet, form, marks, surname)
    blocks = blocks_of(
        sheet,
        notes=marks,
        groups=groups_below(organization.pk),
        calendar=calendar_for(organization),
        today=timezone.localdate(),
        remarks=open_remarks(sheet),
    )
    counts = notes.tally(said)
    return {
        "edition": edition,
        "roadmap": edition.roadmap,
        "sheet": sheet,
        "form": form,
        "blocks": blocks,
        "bodies": grid.bodies_of(sheet, blocks, kept),
        "steps": grid.steps_words(edition, sheet, request.user),
        "count": len(sheet.rows),
        "shown_rows": len(sheet.rows) if kept is None else len(kept),
        "is_narrowed": kept is not None,
        "counts": counts,
        "counts_words": lists.counts_words(counts),
        "plan_notes": [note for note in said if note.row is None and note.code != "not-covered"],
        "uncovered": [note for note in said if note.code == "not-covered"],
        "open_uppers": sum(note.code == "not-covered" and note.upper is not None and note.is_open for note in said),
        "waived": [(sheet.upper[pk], reason) for pk, reason in sheet.waivers.items() if pk in sheet.upper],
        "row_form": RowChoiceForm(rows=sheet.rows, auto_id=False),
        "may_edit": True,
        "here": request.path,
    }


def grid_page(request: SignedInRequest, context: dict[str, Any], status: int) -> HttpResponse:
    """Draw the page of the grid."""
    token = get_token(request)
    for body in context["bodies"]:
        for line in body.lines:
            line.html = grid.with_token(line.html, token)
    context |= {"words": words()}
    return render(request, "roadmaps/plan_edit.html", context, status=status)


@login_required
@require_GET
def grid_deadline(request: SignedInRequest, pk: int, commitment: int) -> HttpResponse:
    """Say under an open cell what its deadline means, what bounds it, and where else it may come from."""
    edition = draft_for(request, pk, Verb.EDIT)
    sheet = sheets.load(edition)
    row = sheet.row.get(commitment)
    if row is None:
        raise Http404
    phrase = request.GET.get("phrase", phrase_of(row.deadline))[:2000]
    calendar = calendar_for(edition.roadmap.organization)
    view = view_of(sheet, row, phrase, calendar, timezone.localdate())
    return render(request, "roadmaps/_grid_deadline.html", {"view": view, "row": row})


@login_required
@require_GET
def grid_executors(request: SignedInRequest, pk: int) -> HttpResponse:
    """Suggest executors for what is being typed, and say what it would be taken for as it stands."""
    edition = draft_for(request, pk, Verb.EDIT)
    typed = request.GET.get("q", "")[:200].replace("\0", "")
    found = suggestions(edition, request.user, typed)
    known = says(typed, groups_below(edition.roadmap.organization_id)) if typed.strip() else ""
    return JsonResponse({"found": [{"text": one.text, "says": one.says} for one in found], "says": known})


@login_required
@require_POST
def grid_paste(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show what a pasted table would become; nothing is written."""
    edition = draft_for(request, pk, Verb.EDIT)
    given = _payload(request)
    html, text, roles = given.get("html"), given.get("text"), given.get("roles")
    preview = preview_of(
        sheets.load(edition),
        html=html if isinstance(html, str) else "",
        text=text if isinstance(text, str) else "",
        roles=[str(role) for role in roles[:60]] if isinstance(roles, list) else [],
        calendar=calendar_for(edition.roadmap.organization),
        today=timezone.localdate(),
    )
    return render(request, "roadmaps/_grid_paste.html", {"preview": preview, "roles": role_choices()})

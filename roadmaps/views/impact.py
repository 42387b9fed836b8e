"""What a change does below: of a draft before it is in force, and of any row in force at any time («what if»)."""

from typing import Any

import tablib
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from deadlines.grammar import read
from deadlines.values import Kind
from organizations.access import Verb
from organizations.calendars import calendar_for
from organizations.models import User
from organizations.tables import SafeXLSX
from organizations.views.pages import SignedInRequest
from roadmaps import sheets
from roadmaps.models import Edition
from roadmaps.operations import consequences
from roadmaps.pages import notes
from roadmaps.pages.access import may
from roadmaps.pages.impact import SHARP_SHOWN, Shown, shown_to
from roadmaps.pages.rows import echo_of
from roadmaps.views.plans import head, sees_notes
from roadmaps.views.reaching import editions_of, shown_edition
from roadmaps.views.rows import row_of

PLANS_ON_PAGE = 20


@login_required
@require_GET
def plan_impact(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show what follows below if the draft came into force now; nothing is written."""
    editions = editions_of(request.user, pk)
    draft = _draft(request.user, pk)
    sheet = sheets.load(draft)
    shown = next(one for one in editions if one.pk == draft.pk)
    impact = shown_to(request.user, consequences.preview(draft), sheet)
    context = head(request, shown, editions, notes.notes_of(sheet)) | shown_of(request, impact)
    context |= {"tab": "impact", "now": timezone.now()}
    return render(request, "roadmaps/impact.html", context)


def _draft(user: User, pk: int) -> Edition:
    """Give the draft of a plan to whoever may read it; what may not be read is not found."""
    return get_object_or_404(Edition.objects.visible_to(user).open().for_page(), roadmap__pk=pk)


def shown_of(request: SignedInRequest, impact: Shown) -> dict[str, Any]:
    """Give a page of the plans below with their rows, and the summary above it."""
    page = Paginator(impact.plans, PLANS_ON_PAGE).get_page(request.GET.get("page"))
    sharp = impact.sharp()
    return {
        "impact": impact,
        "changes": impact.changes(),
        "page": page,
        "plans": impact.lines_of(list(page.object_list)),
        "sharp": sharp[:SHARP_SHOWN],
        "sharp_left": max(0, len(sharp) - SHARP_SHOWN),
        "tight": impact.tight(),
        "told": impact.told(),
    }


@login_required
@require_GET
def plan_impact_table(request: SignedInRequest, pk: int) -> HttpResponse:
    """Hand out every row that follows or is asked, as a workbook."""
    sheet = sheets.load(_draft(request.user, pk))
    impact = shown_to(request.user, consequences.preview(sheet.edition), sheet)
    heads = (
        *(_("Organization"), _("Row"), _("Result"), _("What happens"), _("Was"), _("Becomes"), _("Contradiction")),
        _("Days to spare"),
    )
    table = tablib.Dataset(headers=list(heads), title=_("Consequences"))
    words = {True: _("follows"), False: _("waits for a decision")}
    for organization, line in impact.all_lines():
        table.append(
            (
                *(organization, line.label, line.text, words[line.follows], line.was, line.becomes, line.conflict),
                line.slack,
            )
        )
    response = HttpResponse(
        SafeXLSX().export_data(table),
        content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    )
    response["Content-Disposition"] = f'attachment; filename="consequences-{pk}.xlsx"'
    return response


@login_required
@require_GET
def what_if(request: SignedInRequest, pk: int, commitment: int) -> HttpResponse:
    """Show what another deadline of a row in force would do below; nothing is written."""
    editions = editions_of(request.user, pk)
    if not sees_notes(request.user, shown_edition(request.user, editions)):
        raise PermissionDenied
    edition = get_object_or_404(Edition.objects.visible_to(request.user).in_force().for_page(), roadmap__pk=pk)
    sheet = sheets.load(edition)
    row = row_of(sheet, commitment)
    phrase = request.GET.get("phrase", "")[:500].replace("\0", "")
    deadline = read(phrase, sheet.period)
    context: dict[str, Any] = {
        "edition": edition,
        "roadmap": edition.roadmap,
        "row": row,
        "phrase": phrase,
        "echo": echo_of(phrase, sheet.period, calendar_for(edition.roadmap.organization), timezone.localdate()),
        "address": reverse("what-if", args=[pk, commitment]),
        "may_ask": may(request.user, Verb.ASK, edition) and any(link.upper for link in row.links),
    }
    if phrase and deadline.kind is not Kind.UNKNOWN:
        found = consequences.what_if({commitment: deadline})
        context |= shown_of(request, shown_to(request.user, found, sheet))
    return render(request, "roadmaps/what_if.html", context)

"""A plan along the days of its period."""

import datetime as dt

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from organizations.views.pages import SignedInRequest
from roadmaps import sheets
from roadmaps.pages import filters, notes, timeline
from roadmaps.views.plans import head
from roadmaps.views.reaching import editions_of, shown_edition


@login_required
@require_GET
def plan_timeline(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show the edition that the plan's own page shows, every deadline in words and as a lane beside them."""
    editions = editions_of(request.user, pk)
    edition = shown_edition(request.user, editions)
    sheet = sheets.load(edition)
    said = notes.notes_of(sheet)
    context = head(request, edition, editions, said)
    marks = notes.by_row(said) if context["sees_notes"] else {}
    surname = request.user.person.surname if request.user.person else ""
    form = filters.filter_form(request.GET, sheet, marks, surname)
    kept = filters.kept(sheet, form, marks, surname)
    today = timezone.localdate()
    scale = request.GET.get("scale", "")
    scale = scale if scale in timeline.MONTHS else ""
    days = timeline.stretch(sheet, scale, _month(request.GET.get("month", "")), today)
    context |= {
        "form": form,
        "scale": scale,
        "scales": timeline.scales(),
        "sheetfuls": timeline.timeline_of(sheet, marks, kept, days, today),
        "legend": timeline.legend(today),
        "count": len(sheet.rows),
        "shown_rows": len(sheet.rows) if kept is None else len(kept),
        "is_narrowed": kept is not None,
        "tab": "timeline",
    }
    return render(request, "roadmaps/timeline.html", context)


def _month(text: str) -> dt.date | None:
    """Read «2026-10» as its first day; anything else says nothing."""
    try:
        return dt.datetime.strptime(text, "%Y-%m").replace(tzinfo=dt.UTC).date()
    except ValueError:
        return None

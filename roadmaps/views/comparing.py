"""Two editions of a plan compared: on the page, and as a table to be printed or edited."""

import io

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpResponse, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from documents import tasks, word
from documents.comparison_texts import ComparisonText
from documents.operations import rendered
from documents.paper import ComparisonPaper
from documents.views.rendered import sent_rendered
from organizations.calendars import calendar_for
from organizations.views.pages import SignedInRequest
from roadmaps import sheets
from roadmaps.choices import DRAFT
from roadmaps.comparisons import comparison_paper, edition_words
from roadmaps.difference.reading import difference
from roadmaps.forms.comparing import CompareForm
from roadmaps.models import Edition
from roadmaps.pages import notes
from roadmaps.pages.comparison import Comparison, summary
from roadmaps.pages.traces import traces_of
from roadmaps.views.plans import head
from roadmaps.views.reaching import editions_of


@login_required
@require_GET
def plan_compare(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show what differs between two editions that the reader may read; the address names both."""
    editions = editions_of(request.user, pk)
    was, became = chosen(editions, request.GET.get("was", ""), request.GET.get("became", ""))
    sheet = sheets.load(became)
    found = comparison_of(request, sheet, was, became, editions)
    counts = found.counts()
    form = CompareForm(request.GET, editions=editions, chosen=(was, became), counts=counts)
    context = head(request, became, editions, notes.notes_of(sheet)) | {
        "form": form,
        "was": was,
        "became": became,
        "groups": found.groups(form.kinds()),
        "total": sum(counts.values()),
        "summary": summary(counts),
        "is_narrowed": len(form.kinds()) == 1,
        "pdf": rendered.comparison(SUBJECT, became.pk, ComparisonText(table_of(found, was, became))),
        "tab": "editions",
    }
    return render(request, "roadmaps/compare.html", context)


def comparison_of(
    request: SignedInRequest, sheet: sheets.Sheet, was: Edition, became: Edition, editions: list[Edition]
) -> Comparison:
    """Compare two editions and trace what differs."""
    found = difference(became.roadmap_id, was.number, became.number)
    return Comparison(
        found,
        traces_of(found, editions, sheet, request.user),
        sheet.period,
        calendar_for(became.roadmap.organization),
        timezone.localdate(),
    )


def chosen(editions: list[Edition], was: str, became: str) -> tuple[Edition, Edition]:
    """
    Give the two editions that an address names; without names the newest and the one before it.

    :raises Http404: if the reader may not read one of them, or there is no such edition
    """
    known = {_name(edition): edition for edition in editions}
    ordered = sorted(editions, key=lambda edition: edition.number)
    later = known.get(became) if became else ordered[-1]
    if later is None:
        raise Http404
    before = [edition for edition in ordered if edition.number < later.number]
    earlier = known.get(was) if was else (before[-1] if before else later)
    if earlier is None:
        raise Http404
    return earlier, later


def _name(edition: Edition) -> str:
    return "draft" if edition.number == DRAFT else str(edition.number)


WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SUBJECT = "comparison"


@login_required
@require_http_methods(["GET", "POST"])
def plan_compare_file(request: SignedInRequest, pk: int, form: str) -> HttpResponseBase:
    """Give the comparison as a table: in Word at once, in PDF once it is made; a POST has it made."""
    if form not in {"pdf", "docx"}:
        raise Http404
    if form == "docx" and request.method == "POST":
        return HttpResponseNotAllowed(["GET"])  # nothing has to be made beforehand
    editions = editions_of(request.user, pk)
    was, became = chosen(editions, request.GET.get("was", ""), request.GET.get("became", ""))
    with translation.override("ru"):
        table = table_of(comparison_of(request, sheets.load(became), was, became, editions), was, became)
        name = f"Сравнительная таблица, {edition_words(was)} – {edition_words(became)}.{form}".replace("/", "-")
    if form == "docx":
        return FileResponse(io.BytesIO(word.comparison(table)), as_attachment=True, filename=name, content_type=WORD)
    text = ComparisonText(table)
    back = f"{reverse('plan-compare', args=[pk])}?{request.GET.urlencode()}"
    if request.method == "POST":
        file = rendered.ask_comparison(
            subject_kind=SUBJECT, subject_id=became.pk, text=text, name=name, now=timezone.now()
        )
        rendered.again(file, now=timezone.now())
        tasks.soon_file(file)
        messages.success(request, _("The file is being made. You may leave the page."))
        return redirect(back)
    made = rendered.comparison(SUBJECT, became.pk, text)
    return sent_rendered(made) if made and made.is_ready else redirect(back)


def table_of(found: Comparison, was: Edition, became: Edition) -> ComparisonPaper:
    """Put a comparison on paper; its time is that of the later edition."""
    made_at = became.approved_at or became.changed_at
    return comparison_paper(found, was, became, title=became.title or "", made_at=made_at)

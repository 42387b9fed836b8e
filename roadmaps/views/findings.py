"""Findings of a plan: listed, mended in one step, explained; rows above that are not answered."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from organizations.access import Verb
from organizations.views.pages import SignedInRequest
from roadmaps import sheets
from roadmaps.choices import LinkKind
from roadmaps.forms.plans import ReasonForm
from roadmaps.forms.rows import RowChoiceForm
from roadmaps.operations import fixes, links
from roadmaps.pages import notes
from roadmaps.pages.findings import reasons_given
from roadmaps.sheets import Sheet, UpperRow
from roadmaps.views.plans import head
from roadmaps.views.reaching import draft_for, editions_of, refusals_back_to, shown_edition


@login_required
@require_GET
def plan_findings(request: SignedInRequest, pk: int) -> HttpResponse:
    """List what the portal has to say about a plan, the gravest first."""
    editions = editions_of(request.user, pk)
    edition = shown_edition(request.user, editions)
    sheet = sheets.load(edition)
    said = notes.notes_of(sheet)
    context = head(request, edition, editions, said)
    if not context["sees_notes"]:
        raise PermissionDenied
    code = request.GET.get("code", "")
    shown = sorted(
        (note for note in said if not code or note.code == code), key=lambda note: notes.GRAVITY[note.severity]
    )
    context |= {
        "notes": shown,
        "rows": sheet.row,
        "codes": notes.codes_of(said),
        "code": code,
        "reasons": reasons_given(pk) if context["sees_journal"] and any(note.reason for note in said) else {},
        "reason_form": ReasonForm(auto_id=False),
        "tab": "findings",
    }
    return render(request, "roadmaps/findings.html", context)


@login_required
@require_POST
@refusals_back_to("plan-findings")
def plan_fix(request: SignedInRequest, pk: int) -> HttpResponse:
    """Carry out a fix; what it does is computed anew, only which one comes from the request."""
    sheet = sheets.load(draft_for(request, pk, Verb.EDIT))
    index = request.POST.get("fix", "")
    fixes.apply(
        sheet=sheet,
        key=request.POST.get("key", ""),
        index=int(index) if index.isdecimal() else -1,
        by=request.user,
        now=timezone.now(),
    )
    messages.success(request, _("Done. The journal keeps what stood there before."))
    return back(request, pk)


@login_required
@require_POST
@refusals_back_to("plan-findings")
def plan_explain(request: SignedInRequest, pk: int) -> HttpResponse:
    """Record why a finding stands."""
    sheet = sheets.load(draft_for(request, pk, Verb.EDIT))
    remark = fixes.remark_of(sheet, request.POST.get("key", ""))
    form = ReasonForm(request.POST)
    links.explain(
        roadmap=pk,
        key=remark.key,
        commitment=remark.commitment,
        measure=remark.measure,
        reason=form.cleaned_data["reason"] if form.is_valid() else "",
        by=request.user,
        now=timezone.now(),
    )
    messages.success(request, _("The reason is kept with the plan."))
    return back(request, pk)


@login_required
@require_POST
@refusals_back_to("plan")
def upper_adopt(request: SignedInRequest, pk: int, upper: int) -> HttpResponse:
    """Take a row of the plan above into the draft, linked by the rule that fits."""
    sheet = sheets.load(draft_for(request, pk, Verb.EDIT))
    commitment = fixes.adopt(sheet=sheet, upper=_upper(sheet, upper), by=request.user, now=timezone.now())
    messages.success(request, _("The row is taken in. Name its executors."))
    return redirect("row", pk, commitment)


@login_required
@require_POST
@refusals_back_to("plan")
def upper_answer(request: SignedInRequest, pk: int, upper: int) -> HttpResponse:
    """Let one of the plan's rows answer a row above."""
    sheet = sheets.load(draft_for(request, pk, Verb.EDIT))
    above = _upper(sheet, upper)
    form = RowChoiceForm(request.POST, rows=sheet.rows)
    if not form.is_valid():
        messages.error(request, _("Choose which of your rows answers it."))
        return back(request, pk)
    links.link(
        roadmap=pk,
        lower=form.cleaned_data["row"],
        upper=above.commitment,
        kind=LinkKind.IMPLEMENTS,
        by=request.user,
        now=timezone.now(),
    )
    messages.success(
        request, _("The rows are linked. The row keeps its own deadline; choose another rule if it should follow.")
    )
    return redirect("link", pk, form.cleaned_data["row"], above.commitment)


@login_required
@require_POST
@refusals_back_to("plan")
def upper_waive(request: SignedInRequest, pk: int, upper: int) -> HttpResponse:
    """Declare, with a reason, that a row above does not apply; without a word of `take_back` it is declared."""
    sheet = sheets.load(draft_for(request, pk, Verb.EDIT))
    above = _upper(sheet, upper)
    if "take_back" in request.POST:
        links.unwaive(roadmap=pk, upper=above.commitment, by=request.user, now=timezone.now())
        messages.success(request, _("The row above obliges again."))
        return back(request, pk)
    form = ReasonForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    links.waive(roadmap=pk, upper=above.commitment, reason=reason, by=request.user, now=timezone.now())
    messages.success(request, _("Noted: the row above does not apply to you."))
    return back(request, pk)


def _upper(sheet: Sheet, commitment: int) -> UpperRow:
    """Give a row of the plans in force above this one; any other row does not exist for this plan."""
    found = sheet.upper.get(commitment)
    if found is None:
        raise Http404
    return found


def back(request: SignedInRequest, pk: int, name: str = "plan-findings") -> HttpResponse:
    """Go back to the place of the plan from which the step was taken, else to its page of this name."""
    place = request.POST.get("next", "")
    if place and url_has_allowed_host_and_scheme(place, allowed_hosts=None):
        return HttpResponseRedirect(place)
    return redirect(name, pk)

"""Links of a row upwards: made, changed, broken and restored in one step, cut; plans above that a plan follows."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from organizations.access import Verb
from organizations.calendars import calendar_for
from organizations.models import Entry, User
from organizations.views.pages import SignedInRequest
from roadmaps import checks, sheets
from roadmaps.choices import LinkKind, Rule
from roadmaps.forms.rows import LinkForm, UpperChoiceForm
from roadmaps.models import Edition, Roadmap
from roadmaps.operations import fixes
from roadmaps.operations import links as operations
from roadmaps.pages.plan import phrase_of
from roadmaps.pages.rows import apart, candidates, options_of
from roadmaps.sheets import Sheet, SheetLink, SheetRow, UpperRow
from roadmaps.views.reaching import draft_for, refusals_back_to
from roadmaps.views.rows import row_of


@login_required
@require_GET
@refusals_back_to("plan-edit")
def link_new(request: SignedInRequest, pk: int, commitment: int) -> HttpResponse:
    """Choose a row above; the next page asks how to follow it."""
    sheet = sheets.load(draft_for(request, pk, Verb.EDIT))
    row = row_of(sheet, commitment)
    form = UpperChoiceForm(request.GET if "upper" in request.GET else None, uppers=candidates(sheet.uppers, row))
    if form.is_bound and form.is_valid():
        return redirect("link", pk, commitment, form.cleaned_data["upper"])
    context = {"edition": sheet.edition, "row": row, "form": form}
    return render(request, "roadmaps/link_new.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "POST"])
@refusals_back_to("plan-edit")
def link(request: SignedInRequest, pk: int, commitment: int, upper: int) -> HttpResponse:
    """Say how a row follows a row above, and where its deadline comes from; a new link is made on saving."""
    sheet = sheets.load(draft_for(request, pk, Verb.EDIT))
    row, above = row_of(sheet, commitment), _upper(sheet, upper)
    calendar = calendar_for(sheet.edition.roadmap.organization)
    known = next((one for one in row.links if one.upper_id == upper), None)
    shown = known or _not_yet(row, above)
    days, working = (shown.days, shown.working) if shown.rule == Rule.SHIFTED else apart(row.own, above, calendar)
    initial = {
        "kind": shown.kind,
        "rule": shown.rule,
        "days": days,
        "working": working,
        "lead_days": shown.lead_days,
    }
    form = LinkForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        operations.link(
            roadmap=pk,
            lower=commitment,
            upper=upper,
            by=request.user,
            now=timezone.now(),
            reason=form.cleaned_data["reason"],
            **form.values(),
        )
        _explain(sheet.edition, commitment, upper, form.cleaned_data["reason"], request.user)
        messages.success(request, _("The link is saved."))
        return redirect("row", pk, commitment)
    context = {
        "edition": sheet.edition,
        "row": row,
        "upper": above,
        "upper_phrase": phrase_of(above.deadline),
        "known": known,
        "form": form,
        "options": options_of(row, shown, calendar),
        "rule": form["rule"].value(),
        "kinds": LinkKind.choices,
    }
    return render(request, "roadmaps/link.html", context, status=422 if form.errors else 200)


def _not_yet(row: SheetRow, above: UpperRow) -> SheetLink:
    """Give the link that is proposed: the row does the upper row's work, by the rule that its dates fit."""
    own, upper = row.own, above.deadline
    if (own.start, own.due) == (upper.start, upper.due) and own.due is not None:
        rule = Rule.SAME
    elif own.start and own.due and upper.start and upper.due and upper.start <= own.start and own.due <= upper.due:
        rule = Rule.WITHIN
    else:
        rule = Rule.OWN
    return SheetLink(0, row.commitment, above.commitment, LinkKind.IMPLEMENTS, rule, 0, False, 0, above)


def _explain(edition: Edition, commitment: int, upper: int, reason: str, by: User) -> None:
    """Let a reason given with a link stand for the errors that this link makes."""
    if not reason.strip():
        return
    for remark in checks.remarks_of(sheets.load(edition)):
        if remark.blocks and remark.commitment == commitment and remark.upper and remark.upper.commitment == upper:
            operations.explain(
                roadmap=edition.roadmap_id,
                key=remark.key,
                commitment=commitment,
                measure=remark.measure,
                reason=reason,
                by=by,
                now=timezone.now(),
            )


def _upper(sheet: Sheet, commitment: int) -> UpperRow:
    found = sheet.upper.get(commitment)
    if found is None:
        raise Http404
    return found


def _link(row: SheetRow, upper: int) -> SheetLink:
    found = next((one for one in row.links if one.upper_id == upper and one.upper is not None), None)
    if found is None:
        raise Http404
    return found


@login_required
@require_POST
@refusals_back_to("plan-edit")
def link_rule(request: SignedInRequest, pk: int, commitment: int, upper: int) -> HttpResponse:
    """Break inheritance, or restore it as it was, in one step."""
    sheet = sheets.load(draft_for(request, pk, Verb.EDIT))
    found = _link(row_of(sheet, commitment), upper)
    if request.POST.get("step") == "break":
        rule, days, working = Rule.OWN, 0, False
        said = _("The row has its own deadline again.")
    else:
        rule, days, working = _as_before(commitment, upper, _upper(sheet, upper))
        said = _("The row takes its deadline from above again.")
    operations.link(
        roadmap=pk,
        lower=commitment,
        upper=upper,
        kind=LinkKind(found.kind),
        lead_days=found.lead_days,
        by=request.user,
        now=timezone.now(),
        rule=rule,
        days=days,
        working=working,
    )
    messages.success(request, said)
    return redirect("row", pk, commitment)


def _as_before(commitment: int, upper: int, above: UpperRow) -> tuple[Rule, int, bool]:
    """Give the rule that the link had before inheritance was broken, or else the one that fits."""
    for entry in Entry.objects.about("commitment", commitment).filter(operation="row-linked")[:20]:
        after = entry.after or {}
        if after.get("upper") == upper and after.get("rule") not in (None, Rule.OWN):
            return Rule(after["rule"]), after["days"], after["working"]
    return fixes.fitting_rule(above.deadline), 0, False


@login_required
@require_POST
@refusals_back_to("plan-edit")
def link_cut(request: SignedInRequest, pk: int, commitment: int, upper: int) -> HttpResponse:
    """Cut a row off a row above."""
    sheet = sheets.load(draft_for(request, pk, Verb.EDIT))
    row = row_of(sheet, commitment)
    if not any(one.upper_id == upper for one in row.links):
        raise Http404
    operations.unlink(roadmap=pk, lower=commitment, upper=upper, by=request.user, now=timezone.now())
    messages.success(request, _("The link is removed; the row's own deadline holds."))
    return redirect("row", pk, commitment)


@login_required
@require_POST
@refusals_back_to("plan")
def plan_follow(request: SignedInRequest, pk: int) -> HttpResponse:
    """Let a plan follow one more plan in force above."""
    draft_for(request, pk, Verb.EDIT)
    chosen = request.POST.get("upper", "")
    in_force = Edition.objects.visible_to(request.user).in_force().values("roadmap")
    upper = get_object_or_404(
        Roadmap.objects.filter(pk__in=in_force).select_related("organization"),
        pk=int(chosen) if chosen.isdecimal() else 0,
    )
    operations.follow(roadmap=pk, upper=upper, by=request.user, now=timezone.now())
    messages.success(request, _("The plan follows it now. Rows that nothing answers stand below the table."))
    return redirect("plan", pk)

"""Wishes from below: asked on a row in force, read by both bodies, answered by the upper, withdrawn by the lower one."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from organizations import access
from organizations.access import State, Verb
from organizations.calendars import calendar_for
from organizations.models import Organization, User
from organizations.views.pages import SignedInRequest
from roadmaps import sheets
from roadmaps.choices import ProposalKind
from roadmaps.forms.proposals import WishAnswerForm, WishForm
from roadmaps.models import Edition, Proposal
from roadmaps.operations import wishes as operations
from roadmaps.operations.problems import Refused
from roadmaps.pages.plan import phrase_of
from roadmaps.pages.rows import echo_of
from roadmaps.pages.wishes import wished_of
from roadmaps.sheets import Sheet, SheetRow
from roadmaps.views.reaching import refusals_back_to
from roadmaps.views.rows import row_of


@login_required
@require_http_methods(["GET", "POST"])
@refusals_back_to("plan")
def wish_new(request: SignedInRequest, pk: int, commitment: int) -> HttpResponse:
    """Ask the body above for another deadline, or for more time."""
    edition = get_object_or_404(Edition.objects.visible_to(request.user).in_force().for_page(), roadmap__pk=pk)
    access.require(request.user, Verb.ASK, edition.roadmap.organization, State.IN_FORCE)
    sheet = sheets.load(edition)
    row = row_of(sheet, commitment)
    uppers = [(link.upper_id, f"{link.upper.called}, {link.upper.number}") for link in row.links if link.upper]
    form = WishForm(request.POST or None, uppers=uppers, initial=_initial(request))
    if request.method == "POST" and uppers and form.is_valid() and "check" not in request.POST:
        data = form.cleaned_data
        try:
            wish = operations.ask(
                edition.roadmap,
                lower=commitment,
                upper=data["upper"],
                kind=ProposalKind(data["kind"]),
                phrase=data["phrase"],
                reason=data["reason"],
                by=request.user,
                now=timezone.now(),
            )
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("The wish is sent. You will be told of the answer."))
            return redirect("wish", wish.pk)
    context = _page(sheet, row, form)
    return render(request, "roadmaps/wish_new.html", context, status=422 if form.errors else 200)


def _initial(request: SignedInRequest) -> dict[str, str]:
    """Keep what is being typed while its meaning is asked for."""
    return {"phrase": request.GET.get("phrase", "")[:500]}


def _page(sheet: Sheet, row: SheetRow, form: WishForm) -> dict[str, Any]:
    organization = sheet.edition.roadmap.organization
    form.fields["phrase"].widget.attrs |= {
        "aria-describedby": "echo",
        "hx-get": reverse("wish-new", args=[sheet.edition.roadmap_id, row.commitment]),
        "hx-trigger": "input changed delay:400ms",
        "hx-target": "#echo",
        "hx-select": "#echo",
        "hx-swap": "outerHTML",
    }
    phrase = str(form["phrase"].value() or "")
    return {
        "edition": sheet.edition,
        "roadmap": sheet.edition.roadmap,
        "row": row,
        "uppers": [(link.upper, phrase_of(link.upper.deadline)) for link in row.links if link.upper],
        "form": form,
        "echo": echo_of(phrase, sheet.period, calendar_for(organization), timezone.localdate()),
    }


def wish_for(user: User, pk: int) -> Proposal:
    """Give a wish that the account may read; what may not be read is not found."""
    wishes = Proposal.objects.visible_to(user).from_below().for_page()
    return get_object_or_404(wishes.select_related("answered_by__person", "answered_in"), pk=pk)


def above(wish: Proposal) -> Organization:
    """Give the body that answers a wish."""
    assert wish.upper is not None  # a wish names the row above
    return wish.upper.roadmap.organization


@login_required
@require_GET
def wish(request: SignedInRequest, pk: int) -> HttpResponse:
    """Read a wish and its answer."""
    return _shown(request, wish_for(request.user, pk), WishAnswerForm())


def _shown(request: SignedInRequest, found: Proposal, form: WishAnswerForm) -> HttpResponse:
    upper = found.upper
    assert upper is not None  # a wish names the row above
    context = {
        "wish": wished_of(found),
        "form": form,
        "may_answer": found.is_open and access.allows(request.user, Verb.ANSWER, above(found), State.IN_FORCE),
        "may_withdraw": found.is_open
        and access.allows(request.user, Verb.ASK, found.roadmap.organization, State.IN_FORCE),
        "lower_url": f"{reverse('plan', args=[found.roadmap_id])}#row-{found.lower_id}",
        "upper_url": f"{reverse('plan', args=[upper.roadmap_id])}#row-{found.upper_id}",
        "what_if_url": reverse("what-if", args=[upper.roadmap_id, found.upper_id]),
        "phrase": found.after.phrase if found.after else "",
    }
    return render(request, "roadmaps/wish.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
@refusals_back_to("wish")
def wish_answer(request: SignedInRequest, pk: int) -> HttpResponse:
    """Agree or decline; agreeing puts the date into a draft of the plan above."""
    found = wish_for(request.user, pk)
    access.require(request.user, Verb.ANSWER, above(found), State.IN_FORCE)
    form = WishAnswerForm(request.POST)
    if not form.is_valid():
        return _shown(request, found, form)
    reason = form.cleaned_data["reason"]
    if form.cleaned_data["way"] == "decline":
        operations.decline(found, reason=reason, by=request.user, now=timezone.now())
        messages.success(request, _("The answer is sent; the date above stays."))
        return redirect("wish", pk)
    edition = operations.agree(found, reason=reason, by=request.user, now=timezone.now())
    messages.success(request, _("The date stands in the draft. It holds below once the draft is in force by an order."))
    response = redirect("plan", edition.roadmap_id)
    response["Location"] += f"#row-{found.upper_id}"
    return response


@login_required
@require_POST
@refusals_back_to("wish")
def wish_withdraw(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take a wish back."""
    found = wish_for(request.user, pk)
    access.require(request.user, Verb.ASK, found.roadmap.organization, State.IN_FORCE)
    operations.withdraw(found, by=request.user, now=timezone.now())
    messages.success(request, _("The wish is withdrawn."))
    return redirect("wish", pk)

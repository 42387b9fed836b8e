"""Joining a plan that stands to plans above: the proposed links, confirmed in bulk."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from organizations import access
from organizations.access import State, Verb
from organizations.models import User
from organizations.views.pages import SignedInRequest
from roadmaps import joining
from roadmaps.choices import EditionState
from roadmaps.forms.joining import JoinForm
from roadmaps.models import Edition
from roadmaps.operations import joining as operations
from roadmaps.pages.plan import phrase_of
from roadmaps.views.reaching import editions_of, refusals_back_to, shown_edition


@login_required
@require_http_methods(["GET", "POST"])
@refusals_back_to("plan")
def plan_join(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show which rows of a plan answer which rows above, and link the confirmed ones."""
    edition = _own(request.user, pk)
    uppers = joining.joinable(edition)
    proposals = joining.proposals_of(edition, uppers)
    form = JoinForm(request.POST if request.method == "POST" else None, proposals=proposals)
    if request.method == "POST" and form.is_valid():
        count = operations.join(
            edition.roadmap, links=form.joined(), declined=form.declined(), by=request.user, now=timezone.now()
        )
        said = ngettext("%(n)s row is linked upwards.", "%(n)s rows are linked upwards.", count) % {"n": count}
        messages.success(request, said if count else _("Noted: none of these rows belong together."))
        return redirect("plan", pk)
    context = {
        "edition": edition,
        "organization": edition.roadmap.organization,
        "uppers": uppers,
        "form": form,
        "is_in_force": edition.state == EditionState.APPROVED,
        "lines": [
            {
                "one": one,
                "is_ticked": form.is_ticked(one),
                "kind": form[f"kind-{one.key}"],
                "rule": form[f"rule-{one.key}"],
                "phrase": phrase_of(one.row.deadline),
                "upper_phrase": phrase_of(one.upper.deadline),
                "whose": one.sheet.edition.roadmap.organization,
            }
            for one in proposals
        ],
    }
    return render(request, "roadmaps/handdown/join.html", context, status=422 if form.errors else 200)


def _own(user: User, pk: int) -> Edition:
    """
    Give the draft of a plan, or its edition in force where there is none, to its coordinator.

    :raises Http404: if the account may not read it
    :raises PermissionDenied: if it may, but the plan is not its own to write
    """
    edition = shown_edition(user, editions_of(user, pk))
    verb = Verb.OPEN_EDITION if edition.state == EditionState.APPROVED else Verb.EDIT
    access.require(user, verb, edition.roadmap.organization, State(edition.state))
    return edition

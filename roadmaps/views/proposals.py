"""What changes above ask of a plan: listed, answered one by one or many at once; and what the body above sees of it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from organizations import access
from organizations.access import State, Verb
from organizations.views.pages import SignedInRequest
from roadmaps import sheets
from roadmaps.choices import EditionState, ProposalKind, Way
from roadmaps.forms.proposals import AnswerForm, ids_of
from roadmaps.models import Edition, Proposal
from roadmaps.operations import proposals as operations
from roadmaps.operations.proposals import Answered
from roadmaps.pages import answers, notes
from roadmaps.pages import proposals as pages
from roadmaps.pages.access import may, reads_drafts_of
from roadmaps.pages.wishes import wishes_of
from roadmaps.querysets import ProposalQuerySet
from roadmaps.views.findings import back
from roadmaps.views.plans import head
from roadmaps.views.reaching import editions_of, refusals_back_to, shown_edition

ON_PAGE = 50
LEFT_SHOWN = 5


def plan_for(request: SignedInRequest, pk: int) -> tuple[Edition, list[Edition]]:
    """
    Give a plan to somebody of its own organization who may read its drafts.

    :raises Http404: if the account may not read it at all
    :raises PermissionDenied: if questions to it are not for this reader
    """
    editions = editions_of(request.user, pk)
    shown = shown_edition(request.user, editions)
    if not reads_drafts_of(request.user, shown.roadmap.organization_id):
        raise PermissionDenied
    return shown, editions


def may_answer(request: SignedInRequest, editions: list[Edition]) -> bool:
    """Tell whether the reader answers for a plan that is in force."""
    return any(may(request.user, Verb.ANSWER, edition) for edition in editions)


@login_required
@require_http_methods(["GET", "POST"])
@refusals_back_to("plan-proposals")
def plan_proposals(request: SignedInRequest, pk: int) -> HttpResponse:
    """List what is asked from above and what is wished; answer what is ticked, or all that is shown."""
    shown, editions = plan_for(request, pk)
    asked = Proposal.objects.from_above().filter(roadmap=pk)
    data = request.POST if request.method == "POST" else request.GET
    choice = pages.Choice.of(data)
    ways = [(way.value, pages.way_words(ProposalKind.DATE, way)) for way in Way]
    form = AnswerForm(request.POST or None, ways=ways, is_calm=True)
    if request.method == "POST":
        access.require(request.user, Verb.ANSWER, shown.roadmap.organization, State.IN_FORCE)
        chosen = _chosen(request, choice.narrowed(asked))
        if not chosen:
            messages.error(request, _("Tick at least one proposal, or answer all that are shown."))
            return redirect(_here(pk, request.POST))
        if form.is_valid():
            answered = operations.answer_all(
                shown.roadmap, proposals=chosen, answer=form.answer(), by=request.user, now=timezone.now()
            )
            tell(request, answered)
            return redirect(_here(pk, request.POST))
    context = _list(request, shown, editions, choice, asked) | {"form": form, "ticked": _ticked(request)}
    return render(request, "roadmaps/proposals.html", context, status=422 if form.errors else 200)


def _chosen(request: HttpRequest, shown: ProposalQuerySet) -> list[int]:
    """Give the questions that are ticked, or all that the filters keep."""
    if "every" in request.POST:
        return list(shown.open().values_list("pk", flat=True))
    return list(shown.filter(pk__in=ids_of(request.POST.getlist("which"))).values_list("pk", flat=True))


def _ticked(request: HttpRequest) -> set[int]:
    return set(ids_of(request.POST.getlist("which")))


def _here(pk: int, data: QueryDict) -> str:
    """Give the list with the filters with which it was looked at."""
    kept = urlencode({name: data.get(name, "") for name in ("state", "kind", "conflict") if data.get(name)})
    return f"{reverse('plan-proposals', args=[pk])}{'?' if kept else ''}{kept}"


def _list(
    request: SignedInRequest, shown: Edition, editions: list[Edition], choice: pages.Choice, asked: ProposalQuerySet
) -> dict[str, object]:
    sheet = sheets.load(shown)
    found = (
        choice.narrowed(asked)
        .for_page()
        .select_related("edition__roadmap__organization", "answered_by__person", "answered_in")
        .order_by("-edition__approved_at", "-edition", "kind", "pk")
    )
    page = Paginator(found, ON_PAGE).get_page(request.GET.get("page"))
    made, received = wishes_of(request.user, shown.roadmap_id)
    return head(request, shown, editions, notes.notes_of(sheet)) | {
        "page": page,
        "groups": pages.grouped(page.object_list, sheet),
        "choice": choice,
        "states": pages.state_choices(),
        "kinds": pages.kind_choices(),
        "conflicts": pages.conflict_choices(),
        "total": asked.count(),
        "made": made,
        "received": received,
        "may_answer": may_answer(request, editions),
        "tab": "proposals",
    }


def tell(request: HttpRequest, answered: Answered) -> None:
    """Say what became of answers, and what has to be done next."""
    if answered.done:
        said = ngettext("%(count)s answer is given.", "%(count)s answers are given.", answered.done)
        said %= {"count": answered.done}
        if answered.edition is not None:
            said += " " + _("The draft of a new edition holds them: send it for approval, then prepare its order.")
        messages.success(request, said)
    for proposal, why in answered.left[:LEFT_SHOWN]:
        messages.warning(request, f"{pages.title_of(proposal)}: {why}")
    if len(answered.left) > LEFT_SHOWN:
        rest = len(answered.left) - LEFT_SHOWN
        messages.warning(
            request,
            ngettext("%(count)s more stays open.", "%(count)s more stay open.", rest) % {"count": rest},
        )


@login_required
@require_http_methods(["GET", "POST"])
@refusals_back_to("plan-proposals")
def proposal(request: SignedInRequest, pk: int, proposal: int) -> HttpResponse:
    """Read one question beside the own row, and answer it."""
    shown, editions = plan_for(request, pk)
    found = get_object_or_404(
        Proposal.objects.from_above()
        .for_page()
        .select_related("edition__roadmap__organization", "answered_by__person", "answered_in"),
        roadmap=pk,
        pk=proposal,
    )
    sheet = sheets.load(shown)
    asked = pages.asked_of(found, sheet)
    new = found.kind == ProposalKind.OBLIGING
    calm = found.kind == ProposalKind.DATE and not found.conflict
    form = AnswerForm(request.POST or None, ways=asked.ways, rows=sheet.rows if new else (), is_calm=calm)
    if request.method == "POST":
        access.require(request.user, Verb.ANSWER, shown.roadmap.organization, State.IN_FORCE)
        if form.is_valid():
            answered = operations.answer(found, answer=form.answer(), by=request.user, now=timezone.now())
            tell(request, answered)
            return back(request, pk, "plan-proposals")
    context = {
        "edition": shown,
        "roadmap": shown.roadmap,
        "asked": asked,
        "row": sheet.row.get(found.lower_id or 0),
        "form": form,
        "may_answer": may_answer(request, editions),
        "is_held": any(one.state == EditionState.SUBMITTED for one in editions),
    }
    return render(request, "roadmaps/proposal.html", context, status=422 if form.errors else 200)


@login_required
@require_GET
def plan_answers(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show how those below have answered what an edition of this plan changed."""
    shown, editions = plan_for(request, pk)
    asking = answers.editions_asking(editions)
    edition = next(
        (one for one in asking if str(one.number) == request.GET.get("edition")), asking[0] if asking else None
    )
    context = head(request, shown, editions, notes.notes_of(sheets.load(shown))) | {
        "asking": asking,
        "asked_by": edition,
        "tab": "proposals",
    }
    if edition is not None:
        state = request.GET.get("state", "")
        found = answers.answers_of(request.user, edition)
        page = Paginator(answers.narrowed(found, state), ON_PAGE).get_page(request.GET.get("page"))
        context |= {
            "page": page,
            "groups": answers.grouped(page.object_list),
            "totals": answers.totals_of(edition),
            "hidden": answers.hidden_of(request.user, edition),
            "states": answers.state_choices(),
            "state": state,
        }
    return render(request, "roadmaps/answers.html", context)

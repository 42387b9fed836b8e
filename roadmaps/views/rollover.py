"""Carrying a plan into the next period: the preview, the deed, and the list of what then needs a decision."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from deadlines.carrying import next_period
from organizations import access
from organizations.access import State, Verb
from organizations.calendars import calendar_for
from organizations.models import User
from organizations.views.pages import SignedInRequest
from roadmaps import sheets
from roadmaps.forms.rollover import AnswerForm, PeriodForm, RollOverForm
from roadmaps.models import CarriedQuestion, Edition
from roadmaps.operations import carried as operations
from roadmaps.operations.problems import Refused
from roadmaps.operations.rollover import roll_over
from roadmaps.pages import carried, notes
from roadmaps.pages.access import may, reads_drafts_of
from roadmaps.pages.rollover import lines_of, summary
from roadmaps.succession import NextPlan, next_plan
from roadmaps.views.plans import head
from roadmaps.views.reaching import draft_for, editions_of, refusals_back_to, shown_edition


@login_required
@require_http_methods(["GET", "POST"])
@refusals_back_to("plan")
def plan_roll_over(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show how the plan in force would read in the next period, and begin it."""
    edition = get_object_or_404(Edition.objects.visible_to(request.user).in_force().for_page(), roadmap__pk=pk)
    access.require(request.user, Verb.OPEN_EDITION, edition.roadmap.organization, State.IN_FORCE)
    offered = next_period(edition.roadmap.period)
    days = {"starts_on": offered.start, "ends_on": offered.end}
    asked = PeriodForm(request.POST if request.method == "POST" else request.GET or None, initial=days)
    period = asked.cleaned_data["period"] if asked.is_bound and asked.is_valid() else offered
    plan = next_plan(edition, period)
    form = RollOverForm(request.POST or None, plan=plan)
    is_sent = request.method == "POST" and form.is_valid() and not asked.errors
    if is_sent and "check" not in request.POST:
        draft = roll_over(
            edition,
            period=period,
            title=form.cleaned_data["title"],
            phrases=form.phrases(),
            left_out=form.left_out(),
            by=request.user,
            now=timezone.now(),
        )
        messages.success(request, _("The plan is carried. What needs a decision stands here; the rest is done."))
        return redirect("plan-carried", draft.roadmap_id)
    context = _preview(request, edition, plan, form if is_sent else None) | {"form": form, "asked": asked}
    status = 422 if form.errors or asked.errors else 200
    return render(request, "roadmaps/roll_over.html", context, status=status)


def _preview(
    request: SignedInRequest, edition: Edition, plan: NextPlan, form: RollOverForm | None
) -> dict[str, object]:
    organization = edition.roadmap.organization
    lines = lines_of(
        plan,
        phrases=form.phrases() if form else {},
        left_out=form.left_out() if form else set(),
        calendar=calendar_for(organization),
        today=timezone.localdate(),
    )
    return {
        "edition": edition,
        "plan": plan,
        "lines": lines,
        "summary": summary(plan, lines),
        "already": _already(request.user, edition),
    }


def _already(user: User, edition: Edition) -> str:
    """Give where the plan stands that was carried from this one, if there is one that the reader may see."""
    found = Edition.objects.visible_to(user).filter(roadmap__carried_from=edition.roadmap_id).first()
    return "" if found is None else reverse("plan", args=[found.roadmap_id])


@login_required
@require_GET
def plan_carried(request: SignedInRequest, pk: int) -> HttpResponse:
    """List what still needs a decision in a carried plan; only to those who may read its drafts."""
    editions = editions_of(request.user, pk)
    edition = shown_edition(request.user, editions)
    if not reads_drafts_of(request.user, edition.roadmap.organization_id):
        raise PermissionDenied
    sheet = sheets.load(edition)
    every = carried.items_of(sheet)
    items = [item for item in every if not item.waits]
    kind = request.GET.get("kind", "")
    kinds = carried.kinds_of(items)
    context = head(request, edition, editions, notes.notes_of(sheet)) | {
        "tab": "carried",
        "items": [item for item in items if not kind or item.code == kind],
        "waiting": [item for item in every if item.waits],
        "count": len(items),
        "kinds": kinds,
        "kind": kind if any(kind == value for value, *_rest in kinds) else "",
        "dates": carried.counted(items, "date", carried.KEEP),
        "ready": carried.counted(items, "link", carried.LINK),
        "may_answer": edition.is_writable and may(request.user, Verb.EDIT, edition),
    }
    return render(request, "roadmaps/carried.html", context)


@login_required
@require_POST
@refusals_back_to("plan-carried")
def plan_carried_answer(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take one step of the list; what was settled meanwhile stays as it is."""
    draft_for(request, pk, Verb.EDIT)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        raise Http404
    said = _answer(request, pk, form)
    if said:
        messages.success(request, said)
    response = redirect("plan-carried", pk)
    if kind := form.cleaned_data["kind"]:
        response["Location"] += f"?kind={kind}" if kind.replace("-", "").isalpha() else ""
    return response


def _answer(request: SignedInRequest, pk: int, form: AnswerForm) -> str:
    step, by, now = form.cleaned_data["step"], request.user, timezone.now()
    if step == carried.KEEP_DATES:
        count = operations.keep_dates(pk, by=by, now=now)
        return ngettext("%(count)s date is confirmed.", "%(count)s dates are confirmed.", count) % {"count": count}
    if step == carried.LINK_ALL:
        count = operations.link_all(pk, by=by, now=now)
        return ngettext("%(count)s row is linked.", "%(count)s rows are linked.", count) % {"count": count}
    question = get_object_or_404(CarriedQuestion, pk=form.cleaned_data["question"], roadmap=pk)
    if question.settled_at is not None:
        return _("That is settled already.")
    if step != carried.KEEP and step not in carried.MORE_STEPS.get(question.code, ()):
        raise Http404
    match step:
        case carried.DROP:
            operations.leave_out(question, by=by, now=now)
            return _("The row is removed. It can be brought back in the editor.")
        case carried.LINK:
            operations.link(question, by=by, now=now)
        case carried.WAIVE:
            operations.waive(question, by=by, now=now)
        case carried.UNWAIVE:
            operations.unwaive(question, by=by, now=now)
        case carried.REPLACE:
            return _replace(question, form.cleaned_data["text"], request)
        case _:
            operations.keep(question, by=by, now=now)
    return _("Settled.")


def _replace(question: CarriedQuestion, text: str, request: SignedInRequest) -> str:
    if not text.strip():
        raise Refused(_("Say whom to name instead."))
    count = operations.replace_executor(question, text=text, by=request.user, now=timezone.now())
    return ngettext("Replaced in %(count)s row.", "Replaced in %(count)s rows.", count) % {"count": count}

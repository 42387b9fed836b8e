"""Orders that amend or repeal: their changes worded anew, a repeal begun, a repealed plan begun anew."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from documents.choices import OrderState
from documents.views.reaching import order_for
from organizations import access
from organizations.access import State, Verb
from organizations.views.pages import SignedInRequest
from roadmaps.choices import EditionState
from roadmaps.forms.amending import RepealForm
from roadmaps.models import Edition
from roadmaps.operations import orders as operations
from roadmaps.operations import repeals
from roadmaps.views.orders import refusals_back
from roadmaps.views.reaching import refusals_back_to


@login_required
@require_POST
@refusals_back
def order_reword(request: SignedInRequest, pk: int) -> HttpResponse:
    """Word the changes of an amending order anew: each of them, or the whole plan."""
    order = order_for(request, pk, Verb.PREPARE, OrderState.DRAFT)
    restates = request.POST.get("way") == "whole"
    operations.reword(order, restates=restates, by=request.user, now=timezone.now(), today=timezone.localdate())
    messages.success(
        request,
        _("The order gives the whole plan anew.")
        if restates
        else _("The changes are worded from the plan as it reads."),
    )
    return redirect("order-edit", pk)


@login_required
@require_http_methods(["GET", "POST"])
@refusals_back
def order_repeal(request: SignedInRequest, pk: int) -> HttpResponse:
    """Begin the order that repeals a registered one, as a whole or some of its clauses."""
    order = order_for(request, pk, Verb.OPEN_EDITION, OrderState.REGISTERED)
    if not repeals.may_be_repealed(order):
        raise Http404
    form = RepealForm(request.POST or None, order=order)
    if request.method == "POST" and form.is_valid():
        made = repeals.prepare(
            order,
            only=form.chosen(),
            preamble=form.cleaned_data["preamble"],
            signatory=operations.head_of(order.organization_id, timezone.localdate()),
            by=request.user,
            now=timezone.now(),
        )
        messages.success(request, _("The repealing order is drafted. Nothing has lost its force yet."))
        return redirect(made)
    context = {"order": order, "form": form, "plans": repeals.plans_of(order)}
    return render(request, "roadmaps/order_repeal.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
@refusals_back_to("plan")
def plan_reopen(request: SignedInRequest, pk: int) -> HttpResponse:
    """Begin a plan anew that has lost its force."""
    editions = Edition.objects.visible_to(request.user).filter(state=EditionState.APPROVED, repealed_by__isnull=False)
    edition = get_object_or_404(
        editions.select_related("roadmap__organization").filter(roadmap__pk=pk).order_by("-number")[:1]
    )
    access.require(request.user, Verb.OPEN_EDITION, edition.roadmap.organization, State.IN_FORCE)
    repeals.reopen(edition.roadmap, by=request.user, now=timezone.now())
    messages.success(request, _("A draft with the rows of the last edition is open. It needs an order of its own."))
    return redirect("plan-edit", pk)

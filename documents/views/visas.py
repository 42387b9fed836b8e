"""The visa sheet of an order."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from documents.choices import OrderState, VisaState
from documents.custody import may
from documents.forms import NewVisaForm, VisaForm
from documents.models import Order, Visa
from documents.operations import visas as operations
from documents.operations.refusals import Refused
from documents.views.reaching import refusals_back_to, refuse
from organizations.access import Verb
from organizations.views.pages import SignedInRequest


@login_required
@require_http_methods(["GET", "POST"])
@refusals_back_to("order")
def visas(request: SignedInRequest, pk: int) -> HttpResponse:
    """Put somebody on the visa sheet."""
    order = _order(request, pk)
    _require_coordinator(request, order)
    form = NewVisaForm(request.POST or None, order=order, today=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        operations.ask(order, **form.cleaned_data, by=request.user, now=timezone.now())
        messages.success(request, _("The visa sheet has one more line."))
        return redirect("order", pk)
    context = {
        "order": order,
        "form": form,
        "heading": _("Ask for a visa"),
        "text": _("Visas may come from the organization or from any other body; they are noted when they are given."),
        "button": _("Put on the sheet"),
        "away": _("Back to the order"),
    }
    return render(request, "documents/order_step.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "POST"])
@refusals_back_to("order")
def visa(request: SignedInRequest, pk: int, visa: int) -> HttpResponse:
    """Note a visa: by the person herself, or by the coordinator who has the sheet."""
    order = _order(request, pk)
    found = get_object_or_404(order.visas.select_related("order", "position"), pk=visa)
    own = found.position is not None and found.position.person_id == request.user.person_id is not None
    if not own:
        _require_coordinator(request, order)
    today = timezone.localdate()
    form = VisaForm(request.POST or None, initial={"given_on": today})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            operations.give(
                found, state=VisaState(data["state"]), given_on=data["given_on"], remark=data["remark"],
                by=request.user, now=timezone.now(), today=today,
            )  # fmt: skip
        except Refused as refused:
            _refuse_visa(form, refused)
        else:
            messages.success(request, _("The visa is noted."))
            return redirect("order", pk)
    context = {
        "order": order,
        "form": form,
        "heading": _("Visa: %(who)s") % {"who": found},
        "text": "",
        "button": _("Note the visa"),
        "away": _("Back to the order"),
    }
    return render(request, "documents/order_step.html", context, status=422 if form.errors else 200)


def _refuse_visa(form: VisaForm, refused: Refused) -> None:
    fields = {"signed_on": "given_on", "reason": "remark"}
    if refused.field in fields:
        form.add_error(fields[refused.field], str(refused))
    else:
        refuse(form, refused)


@login_required
@require_POST
@refusals_back_to("order")
def visa_drop(request: SignedInRequest, pk: int, visa: int) -> HttpResponse:
    """Take somebody off the visa sheet."""
    order = _order(request, pk)
    _require_coordinator(request, order)
    found: Visa = get_object_or_404(order.visas.select_related("order"), pk=visa)
    operations.drop(found, by=request.user, now=timezone.now())
    messages.success(request, _("The line is struck out of the visa sheet."))
    return redirect("order", pk)


def _order(request: SignedInRequest, pk: int) -> Order:
    orders = Order.objects.visible_to(request.user).for_page()
    return get_object_or_404(orders, pk=pk, state__in=[OrderState.DRAFT, OrderState.HANDED])


def _require_coordinator(request: SignedInRequest, order: Order) -> None:
    """The sheet is kept by whoever prepares the order, also while it waits for its signature."""
    if not may(request.user, Verb.PREPARE, order) and not may(request.user, Verb.TAKE_BACK, order):
        raise PermissionDenied

"""Archives: the package of one order, and how long it is kept."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from documents.choices import OrderState
from documents.custody import reads_drafts
from documents.forms import RetentionForm
from documents.models import Order
from documents.operations import archives
from documents.operations.orders import set_retention
from documents.views.reaching import order_for
from organizations.access import Verb
from organizations.views.pages import SignedInRequest


@login_required
@require_GET
def package(request: SignedInRequest, pk: int) -> HttpResponse:
    """Send the archive package; it holds the history, so it goes only to those who may read drafts."""
    order = get_object_or_404(Order.objects.visible_to(request.user).registered().for_page(), pk=pk)
    if not reads_drafts(request.user, order):
        return redirect("order", pk)
    response = HttpResponse(archives.package(order), content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="order-{order.code}.zip"'
    return response


@login_required
@require_POST
def retention(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say anew how long an order is kept."""
    order = order_for(request, pk, Verb.OPEN_EDITION, OrderState.REGISTERED)
    form = RetentionForm(request.POST)
    if form.is_valid():
        set_retention(order, retention=form.cleaned_data["retention"], by=request.user, now=timezone.now())
        messages.success(request, _("The term is changed."))
    return redirect("order", pk)

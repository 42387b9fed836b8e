"""The register of orders."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from documents.forms import OrdersFilter
from documents.models import Order
from organizations import access
from organizations.access import Kinship, State, Verb
from organizations.context import standpoint_of
from organizations.models import Organization
from organizations.views.pages import SignedInRequest

ON_PAGE = 50


@login_required
@require_GET
def orders(request: SignedInRequest) -> HttpResponse:
    """Find orders by number, date, words, organization, kind and state."""
    visible = Order.objects.visible_to(request.user)
    organizations = Organization.objects.filter(pk__in=visible.values("organization")).in_order()
    form = OrdersFilter(request.GET, user=request.user, organizations=organizations)
    found = form.narrow(visible.with_amended().select_related("organization", "original", "succeeded_by"))
    page = Paginator(found, ON_PAGE).get_page(request.GET.get("page"))
    standpoint = standpoint_of(request)
    own = standpoint.organization
    context = {
        "form": form,
        "page": page,
        "is_narrowed": bool(form.asked),
        "own": own,
        "may_draft": any(
            Verb.PREPARE in access.verbs(g.role, Kinship.OWN, State.DRAFT) for g in access.grants(request.user)
        ),
        "keeps_office": bool(own and access.allows(request.user, Verb.KEEP, own)),
    }
    return render(request, "documents/orders.html", context)

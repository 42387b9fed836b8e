"""Who sends what a clause asks for: chosen by hand before the order stands, or entered once it does."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from documents.asking import Asking
from documents.choices import Asked, OrderState
from documents.forms import ExpectForm
from documents.models import Clause, Order
from documents.operations import clauses
from documents.views.asking import asked_of
from documents.views.reaching import order_for, refusals_back_to
from organizations.access import Verb
from organizations.forms.filters import OrganizationFilter
from organizations.models import Organization
from organizations.querysets import OrganizationQuerySet
from organizations.views.pages import SignedInRequest
from roadmaps.forms.proposals import ids_of
from roadmaps.operations import submissions

SHOWN = 100
BODIES_AT_ONCE = 5000


@login_required
@require_http_methods(["GET", "POST"])
@refusals_back_to("order")
def addressees(request: SignedInRequest, pk: int, clause: int) -> HttpResponse:
    """Choose organizations one by one, or all that a filter finds."""
    order, found = _clause(request, pk, clause)
    below = Organization.objects.open().below(order.organization_id).exclude(pk=order.organization_id)
    form = OrganizationFilter(request.GET, user=request.user)
    named = _named(order, found)
    others = form.narrow(below, request.user).exclude(pk__in=named.values("pk")).distinct()
    expect = _expect_form(request, order, found)
    if request.method == "POST" and (expect is None or expect.is_valid()):
        return _change(request, found, below, others, expect)
    context = {
        "order": order,
        "clause": found,
        "form": form,
        "expect": expect,
        "named": named.select_related("parent").in_order(),
        "others": others.select_related("parent").in_order()[:SHOWN],
        "found": others.count(),
        "shown": SHOWN,
    }
    return render(request, "documents/addressees.html", context, status=422 if expect and expect.errors else 200)


def _clause(request: SignedInRequest, pk: int, clause: int) -> tuple[Order, Clause]:
    """Give a clause of a draft to whoever prepares it, of a registered order to whoever keeps it."""
    order = get_object_or_404(Order.objects.visible_to(request.user), pk=pk)
    if order.state not in {OrderState.DRAFT, OrderState.REGISTERED}:
        raise Http404
    order = order_for(request, pk, Verb.PREPARE if order.is_draft else Verb.OPEN_EDITION)
    return order, get_object_or_404(order.clauses.select_related("order", "sent_to"), pk=clause)


def _named(order: Order, clause: Clause) -> OrganizationQuerySet:
    if order.is_draft:
        return Organization.objects.filter(pk__in=clause.addressees.values("pk"))
    return Organization.objects.filter(pk__in=clause.submissions.values("organization"))


def _expect_form(request: SignedInRequest, order: Order, clause: Clause) -> ExpectForm | None:
    """Give the form of what is expected, once the order stands: until then the clause itself says that."""
    if order.is_draft:
        return None
    said = asked_of(clause) or Asking(None, "", "")
    initial = {"title": clause.asked_for or said.what, "due": clause.due or said.due}
    return ExpectForm(request.POST or None, initial=initial)


def _change(
    request: SignedInRequest,
    clause: Clause,
    below: OrganizationQuerySet,
    others: OrganizationQuerySet,
    expect: ExpectForm | None,
) -> HttpResponse:
    now, ticked = timezone.now(), ids_of(request.POST.getlist("body"), most=BODIES_AT_ONCE)
    way = request.POST.get("do", "")
    chosen = list(others) if way == "all" else list(below.filter(pk__in=ticked)) if way == "add" else []
    if expect is not None:
        made = submissions.track(
            clause, bodies=chosen, title=expect.cleaned_data["title"], due=expect.cleaned_data["due"],
            by=request.user, now=now,
        )  # fmt: skip
        count = len(made)
    else:
        dropped = ticked if way == "drop" else []
        clauses.name_addressees(clause, add=chosen, drop=dropped, by=request.user, now=now)
        count = len(chosen)
    if count:
        said = ngettext("%(count)s organization is added.", "%(count)s organizations are added.", count)
        messages.success(request, said % {"count": count})
    return redirect(f"{reverse('clause-addressees', args=[clause.order_id, clause.pk])}?{request.GET.urlencode()}")


@login_required
@require_POST
@refusals_back_to("order")
def clause_asks(request: SignedInRequest, pk: int, clause: int) -> HttpResponse:
    """Take over what the words of a clause ask for; where they do not say of whom, that is chosen next."""
    order = order_for(request, pk, Verb.PREPARE, OrderState.DRAFT)
    found = get_object_or_404(order.clauses.select_related("order"), pk=clause)
    said = asked_of(found)
    if said is None:
        raise Http404
    asked = Asked(said.who) if said.who else Asked.NAMED
    clauses.ask_for(found, asked=asked, asked_for=said.what, phrase=said.phrase, by=request.user, now=timezone.now())
    if asked is Asked.NAMED:
        return redirect("clause-addressees", pk, clause)
    messages.success(request, _("When the order is registered, each of them gets a task."))
    return redirect(f"{reverse('order-edit', args=[pk])}#clause-{found.pk}")

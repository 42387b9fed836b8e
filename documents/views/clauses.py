"""The clauses of a draft: written, mended, moved, struck out."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from deadlines.grammar import read
from deadlines.values import Kind
from deadlines.wording import meaning
from documents.choices import Asked, ClauseKind, OrderState
from documents.forms import ClauseForm
from documents.models import Clause, Order
from documents.operations import clauses as operations
from documents.views.reaching import order_for, refusals_back_to
from organizations.access import Verb
from organizations.views.pages import SignedInRequest

WAYS = ("up", "down", "in", "out")


@login_required
@require_http_methods(["GET", "POST"])
@refusals_back_to("order")
def clause_new(request: SignedInRequest, pk: int) -> HttpResponse:
    """Write one more clause, after another one or at the end."""
    order = _draft(request, pk)
    after = order.clauses.filter(pk=request.GET.get("after", "0")).first() if _digits(request) else None
    form = ClauseForm(request.POST or None, order=order)
    if request.method == "POST" and form.is_valid():
        made = operations.add(order, clause=form.clause(), after=after, by=request.user, now=timezone.now())
        return _saved(made)
    context = {"order": order, "form": form, "heading": _("New clause"), "echo_url": reverse("clause-echo", args=[pk])}
    return render(request, "documents/clause.html", context, status=422 if form.errors else 200)


def _saved(clause: Clause) -> HttpResponse:
    """Lead on to the choice of bodies where they are to be chosen by hand, else back to the clause."""
    if clause.asked == Asked.NAMED and not clause.addressees.exists():
        return redirect("clause-addressees", clause.order_id, clause.pk)
    return redirect(f"{reverse('order-edit', args=[clause.order_id])}#clause-{clause.pk}")


def _digits(request: SignedInRequest) -> bool:
    return request.GET.get("after", "").isdigit()


@login_required
@require_http_methods(["GET", "POST"])
@refusals_back_to("order")
def clause(request: SignedInRequest, pk: int, clause: int) -> HttpResponse:
    """Mend a clause."""
    order = _draft(request, pk)
    found = get_object_or_404(order.clauses, pk=clause)
    form = ClauseForm.of(found, request.POST or None, order=order)
    if request.method == "POST" and form.is_valid():
        return _saved(operations.edit(found, to=form.clause(), by=request.user, now=timezone.now()))
    context = {
        "order": order,
        "form": form,
        "clause": found,
        "heading": _("Clause %(number)s") % {"number": found.number},
        "echo_url": reverse("clause-echo", args=[pk]),
        "is_worded": found.kind != ClauseKind.WRITTEN,
    }
    return render(request, "documents/clause.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
@refusals_back_to("order")
def clause_move(request: SignedInRequest, pk: int, clause: int) -> HttpResponse:
    """Move a clause up, down, in or out."""
    found = _clause(_draft(request, pk), clause)
    if (way := request.POST.get("way", "")) in WAYS:
        operations.move(found, way=way, by=request.user, now=timezone.now())
    return redirect(f"{reverse('order-edit', args=[pk])}#clause-{found.pk}")


@login_required
@require_POST
@refusals_back_to("order")
def clause_drop(request: SignedInRequest, pk: int, clause: int) -> HttpResponse:
    """Strike a clause out with its sub-clauses."""
    found = _clause(_draft(request, pk), clause)
    operations.drop(found, by=request.user, now=timezone.now())
    messages.success(request, _("Clause %(number)s is struck out.") % {"number": found.number})
    return redirect(f"{reverse('order-edit', args=[pk])}#clauses")


@login_required
@require_GET
def clause_echo(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say how a deadline is understood while it is typed."""
    _draft(request, pk)
    phrase = request.GET.get("phrase", "").strip()[:300]
    deadline = read(phrase, None) if phrase else None
    language = "ru" if (get_language() or "ru").startswith("ru") else "en"
    context = {
        "phrase": phrase,
        "understood": bool(deadline and deadline.kind != Kind.UNKNOWN),
        "meaning": meaning(deadline, language, today=timezone.localdate()) if deadline else "",
    }
    return render(request, "documents/_echo.html", context)


def _draft(request: SignedInRequest, pk: int) -> Order:
    return order_for(request, pk, Verb.PREPARE, OrderState.DRAFT)


def _clause(order: Order, pk: int) -> Clause:
    return get_object_or_404(order.clauses.select_related("order"), pk=pk)

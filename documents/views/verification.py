"""Verification for everybody: what a code on paper stands for, and whether that still holds."""

import hashlib

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from documents import codes
from documents.choices import FileKind, OrderKind, OrderState
from documents.models import Order, RenderedFile
from documents.nameless import nameless
from documents.views.rendered import sent_rendered

TRIES, SECONDS = 60, 300
"""So many looks from one address in so many seconds: enough for an office behind one address, too few to guess 59 bits."""


def too_many(request: HttpRequest) -> bool:
    """Count a look; the address itself is not kept, only a hash of it for a few minutes."""
    address = hashlib.sha256(str(get_adapter().get_client_ip(request)).encode()).hexdigest()
    key = f"verify-{address}"
    cache.add(key, 0, SECONDS)
    try:
        return cache.incr(key) > TRIES
    except ValueError:  # it ran out between the two
        return False


@require_GET
def verify(request: HttpRequest) -> HttpResponse:
    """Ask for a code, or lead to its page."""
    typed = codes.typed(request.GET.get("code", ""))[:40]
    if typed and typed.isalnum():
        return redirect("verified", codes.grouped(typed))
    return render(request, "documents/verify.html", {"typed": typed})


@require_GET
def verified(request: HttpRequest, code: str) -> HttpResponse:
    """
    Say what the code stands for: in force, followed by another order, or not known.

    A draft is not known here: its paper is no act, and its words are nobody's business yet.
    """
    if too_many(request):
        return render(request, "429.html", status=429)
    order = _registered(code)
    if order is None:
        return render(request, "documents/verify.html", {"typed": code, "is_unknown": True}, status=404)
    files = _files(order)
    context = {
        "order": order,
        "amendments": list(order.amendments.registered().filter(kind=OrderKind.AMEND).order_by("registered_at", "pk")),
        "repealed_numbers": list(
            order.clauses.filter(repealed_by__order__state=OrderState.REGISTERED)
            .distinct()
            .values_list("number", flat=True)
        ),
        "organization": order.organization,
        "code": codes.grouped(order.code),
        "files": [file for file in files if is_public(file)],
        "hashes": [file for file in files if file.is_ready and file.kind != FileKind.VISAS],
        "shows_name": order.organization.names_public,
        # A title may name whom it appoints, and a position whom it stands in for.
        "title": order.title if order.organization.names_public else nameless(order.title),
        "post": order.signatory_post if order.organization.names_public else nameless(order.signatory_post),
    }
    return render(request, "documents/verified.html", context)


@require_GET
def file(request: HttpRequest, code: str, file: int) -> HttpResponseBase:
    """Send a file of a registered order to whoever has its code, if the organization shows names to everybody."""
    if too_many(request):
        return render(request, "429.html", status=429)
    order = _registered(code)
    found = next((one for one in public_files(order) if one.pk == file), None) if order else None
    if found is None:
        raise Http404
    return sent_rendered(found)


def is_public(file: RenderedFile) -> bool:
    """Tell whether a file may be sent to anybody: its text names people, so the organization must have allowed that."""
    order = file.order
    return bool(order and order.organization.names_public) and file.is_ready and file.kind != FileKind.VISAS


def public_files(order: Order) -> list[RenderedFile]:
    """List the files of a registered order that may be sent to anybody."""
    return [file for file in _files(order) if is_public(file)]


def _files(order: Order) -> list[RenderedFile]:
    """List what was made of an order after it was registered; of each kind the newest."""
    if order.registered_at is None:
        return []
    made = order.rendered.filter(requested_at__gte=order.registered_at).select_related("order__organization")
    return list({file.kind: file for file in made.order_by("pk")}.values())


def _registered(code: str) -> Order | None:
    orders = Order.objects.registered().select_related(
        "organization", "original", "signature", "succeeded_by", "amends"
    )
    return orders.filter(code=codes.typed(code)[:40]).first()

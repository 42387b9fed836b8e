"""How views reach an order: what may not be read is not found, what may not be done is refused."""

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from documents.choices import OrderState
from documents.models import Order
from documents.operations.refusals import Refused
from organizations import access
from organizations.access import State, Verb
from organizations.forms import PlainForm
from organizations.views.pages import SignedInRequest

View = Callable[..., HttpResponse]


def order_for(request: SignedInRequest, pk: int, verb: Verb, *states: OrderState) -> Order:
    """
    Give an order to somebody who may do this with it.

    :raises Http404: if the account may not read it, or it is in none of the states
    :raises PermissionDenied: if it may be read, but not this may be done
    """
    order = get_object_or_404(Order.objects.visible_to(request.user).for_page(), pk=pk)
    if states and order.state not in states:
        raise Http404
    access.require(request.user, verb, order.organization, State(order.state))
    return order


def refusals_back_to(name: str) -> Callable[[View], View]:
    """Let a refused deed lead back to the page of this name, with its sentence."""

    def wrap(view: View) -> View:
        @wraps(view)
        def guarded(request: SignedInRequest, pk: int, *args: object, **kwargs: object) -> HttpResponse:
            try:
                return view(request, pk, *args, **kwargs)
            except Refused as refused:
                messages.error(request, str(refused))
                return redirect(name, pk)

        return guarded

    return wrap


def refuse(form: PlainForm, refused: Refused) -> None:
    """Show why a deed was refused, at the field that it concerns if the form has it."""
    form.add_error(refused.field if refused.field in form.fields else None, str(refused))

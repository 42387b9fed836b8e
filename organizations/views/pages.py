"""What the pages of all registers share: a form that becomes one deed, a long list in pages."""

from collections.abc import Callable

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from organizations.forms import PlainForm
from organizations.models import Organization, User
from organizations.operations.refusals import Refusal

PAGE = 50


class SignedInRequest(HttpRequest):
    """A request behind `login_required`."""

    user: User


def answer(
    request: HttpRequest,
    form: PlainForm,
    *,
    title: str,
    save: Callable[[], object],
    back: str,
    done: str,
    organization: Organization | None = None,
    for_other: bool = False,
    **extra: object,
) -> HttpResponse:
    """
    Show a form, or carry out its deed and go back; whatever is refused comes back with everything that was typed.

    `for_other` says on the page that this is done for a body that does not use the portal.
    """
    if request.method == "POST" and form.is_valid():
        try:
            save()
        except Refusal as problem:
            form.refuse(problem)
        else:
            messages.success(request, done)
            return redirect(back)
    context = {
        "form": form,
        "title": title,
        "back": back,
        "organization": organization,
        "for_other": for_other,
        **extra,
    }
    status = 422 if form.errors else 200
    return render(request, "organizations/form.html", context, status=status)


def deed(request: HttpRequest, save: Callable[[], object], *, back: str, done: str) -> HttpResponse:
    """Carry out a deed that needs no form, and say how it went."""
    try:
        save()
    except Refusal as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, done)
    return redirect(back)


def page_of(request: HttpRequest, rows: QuerySet) -> Page:
    """Give the page of a long list that the address asks for; a page that is not there becomes the nearest one."""
    return Paginator(rows, PAGE).get_page(request.GET.get("page"))


def saved() -> str:
    """Say that a form has done its work."""
    return _("Saved. The journal has a line about it.")

"""How the office of an organization works."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from documents.forms import OfficeForm
from documents.models import Office
from documents.operations import offices
from organizations import access
from organizations.models import Organization
from organizations.views.pages import SignedInRequest


@login_required
@require_http_methods(["GET", "POST"])
def office(request: SignedInRequest, pk: int) -> HttpResponse:
    """Set the letters of numbers, and whether plans in force are public."""
    organization = get_object_or_404(Organization.objects.registers_visible_to(request.user), pk=pk)
    for_other = access.require_keeping(request.user, organization)
    known = Office.objects.filter(organization=organization).first() or Office(organization=organization)
    form = OfficeForm(request.POST or None, instance=known)
    if request.method == "POST" and form.is_valid():
        offices.change(organization, values=form.cleaned_data, by=request.user, now=timezone.now(), for_other=for_other)
        messages.success(request, _("Saved. The journal has a line about it."))
        return redirect("orders")
    context = {"form": form, "organization": organization}
    return render(request, "documents/office.html", context, status=422 if form.errors else 200)

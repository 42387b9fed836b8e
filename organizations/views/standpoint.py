"""For whom the reader acts: the switch in the header."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from organizations.context import SESSION_KEY, standpoint_of
from organizations.views.pages import SignedInRequest


@login_required
@require_POST
def switch(request: SignedInRequest) -> HttpResponse:
    """Act for another organization from now on, if the account holds a role there."""
    asked = request.POST.get("organization", "")
    held = {str(organization.pk): organization for organization in standpoint_of(request).organizations}
    if asked not in held:
        raise Http404
    request.session[SESSION_KEY] = held[asked].pk
    next_page = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(next_page, allowed_hosts={request.get_host()}):
        next_page = "/"
    return HttpResponseRedirect(next_page)

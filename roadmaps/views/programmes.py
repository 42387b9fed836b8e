"""The register of programmes: what cascades; kept by the coordinator of the region."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from organizations import access, journal
from organizations.access import Verb
from organizations.choices import OrganizationKind
from organizations.context import standpoint_of
from organizations.models import Organization, User
from organizations.views.pages import SignedInRequest
from roadmaps.forms.plans import programmes_for
from roadmaps.forms.programmes import ProgrammeForm


@login_required
@require_GET
def programmes(request: SignedInRequest) -> HttpResponse:
    """List the programmes of the reader's region."""
    found = programmes_for(request.user).select_related("organization").prefetch_related("clusters")
    keeps = _keeps(request)
    context = {"programmes": found, "keeps": keeps and keeps.pk}
    return render(request, "roadmaps/programmes.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def programme_new(request: SignedInRequest) -> HttpResponse:
    """Add a programme to the region's register."""
    organization = _keeps(request)
    if organization is None:
        raise PermissionDenied
    form = ProgrammeForm(request.POST or None, organization=organization)
    if request.method == "POST" and form.is_valid():
        _save(form, "programme-added", request.user)
        messages.success(request, _("The programme is added."))
        return redirect("programmes")
    return render(request, "roadmaps/programme.html", {"form": form}, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "POST"])
def programme_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Change a programme."""
    programme = get_object_or_404(programmes_for(request.user).select_related("organization"), pk=pk)
    access.require(request.user, Verb.KEEP, programme.organization)
    form = ProgrammeForm(request.POST or None, instance=programme, organization=programme.organization)
    if request.method == "POST" and form.is_valid():
        _save(form, "programme-changed", request.user)
        messages.success(request, _("The programme is saved."))
        return redirect("programmes")
    context = {"form": form, "programme": programme}
    return render(request, "roadmaps/programme.html", context, status=422 if form.errors else 200)


def _save(form: ProgrammeForm, operation: str, by: User) -> None:
    programme = form.save()
    journal.record(
        operation=operation,
        subject_kind="programme",
        subject_id=programme.pk,
        organization=programme.organization_id,
        by=by,
        now=timezone.now(),
        after={"name": programme.name, "basis": programme.basis},
    )


def _keeps(request: SignedInRequest) -> Organization | None:
    """Give the region whose programmes the reader keeps where she acts now."""
    organization = standpoint_of(request).organization
    if organization is None or organization.kind != OrganizationKind.REGION:
        return None
    return organization if access.allows(request.user, Verb.KEEP, organization) else None

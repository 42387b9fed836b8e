"""Partners beside the tree and their agreements."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from organizations import access, forms
from organizations.models import Organization, Partner
from organizations.operations import partners as operations
from organizations.querysets import russian
from organizations.views.classes import clusters_for
from organizations.views.pages import SignedInRequest, answer, deed, page_of, saved


@login_required
@require_safe
def index(request: SignedInRequest) -> HttpResponse:
    """List the partners of the organizations that the reader sees."""
    today = timezone.localdate()
    rows = (
        Partner.objects.visible_to(request.user)
        .select_related("organization")
        .prefetch_related("clusters")
        .order_by(russian("name"), "pk")
    )
    asked = forms.PartnerFilter(request.GET, user=request.user)
    kept = Organization.objects.kept_by(request.user).open()
    context = {
        "page": page_of(request, asked.narrow(rows, today)),
        "filter": asked,
        "today": today,
        "places": list(kept.in_order()[:6]),
        "kept": set(kept.values_list("pk", flat=True)),
    }
    return render(request, "organizations/partners.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def add(request: SignedInRequest, pk: int) -> HttpResponse:
    """Write down a partner of the organization."""
    organization = get_object_or_404(Organization.objects.visible_to(request.user), pk=pk)
    for_other = access.require_keeping(request.user, organization)
    form = forms.PartnerForm(
        request.POST or None, instance=Partner(organization=organization), clusters=clusters_for(organization)
    )
    return answer(
        request,
        form,
        title=_("New partner of %(organization)s") % {"organization": organization},
        save=lambda: operations.add(
            organization,
            values=form.values("clusters"),
            clusters=form.cleaned_data["clusters"],
            by=request.user,
            now=timezone.now(),
            for_other=for_other,
        ),
        back=reverse("register-partners"),
        done=_("The partner is in the list."),
        organization=organization,
        for_other=for_other,
    )


@login_required
@require_http_methods(["GET", "POST"])
def edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Change a partner, prolong its agreement."""
    partner = get_object_or_404(Partner.objects.visible_to(request.user).select_related("organization"), pk=pk)
    organization = partner.organization
    for_other = access.require_keeping(request.user, organization)
    form = forms.PartnerForm(request.POST or None, instance=partner, clusters=clusters_for(organization))
    return answer(
        request,
        form,
        title=partner.name,
        save=lambda: operations.change(
            partner,
            values=form.values("clusters"),
            clusters=form.cleaned_data["clusters"],
            by=request.user,
            now=timezone.now(),
            for_other=for_other,
        ),
        back=reverse("register-partners"),
        done=saved(),
        organization=organization,
        for_other=for_other,
        remove=reverse("register-partner-remove", args=[pk]),
        remove_hint=_("An agreement that has ended may stay in the list: it says that it has run out."),
    )


@login_required
@require_POST
def remove(request: SignedInRequest, pk: int) -> HttpResponse:
    """Strike a partner out."""
    partner = get_object_or_404(Partner.objects.visible_to(request.user).select_related("organization"), pk=pk)
    for_other = access.require_keeping(request.user, partner.organization)
    return deed(
        request,
        lambda: operations.remove(partner, by=request.user, now=timezone.now(), for_other=for_other),
        back=reverse("register-partners"),
        done=_("%(partner)s: struck out of the list.") % {"partner": partner},
    )

"""Clusters, and the schools that take part in them."""

from itertools import groupby

from django.contrib.auth.decorators import login_required
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from organizations import access, forms
from organizations.choices import OrganizationKind
from organizations.models import Cluster, Organization, Participant, User
from organizations.operations import clusters as operations
from organizations.operations import participants
from organizations.querysets import OrganizationQuerySet, russian
from organizations.views.pages import SignedInRequest, answer, deed, page_of, saved


def regions_kept_by(user: User) -> OrganizationQuerySet:
    """Give the regions whose clusters, participants and calendar the account keeps."""
    return Organization.objects.kept_by(user).open().filter(kind=OrganizationKind.REGION).in_order()


@login_required
@require_safe
def index(request: SignedInRequest) -> HttpResponse:
    """List the clusters, each with what the reader may count of it."""
    schools = Participant.objects.visible_to(request.user).values("pk")
    rows = (
        Cluster.objects.visible_to(request.user)
        .select_related("organization")
        .annotate(schools=Count("participants", filter=Q(participants__in=schools), distinct=True))
        .order_by("-is_open", russian("name"), "pk")
    )
    places = list(regions_kept_by(request.user))
    context = {"page": page_of(request, rows), "places": places, "kept": {place.pk for place in places}}
    return render(request, "organizations/clusters.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def add(request: SignedInRequest, pk: int) -> HttpResponse:
    """Add a cluster to the list of a region."""
    region = get_object_or_404(Organization.objects.visible_to(request.user), pk=pk, kind=OrganizationKind.REGION)
    for_other = access.require_keeping(request.user, region)
    form = forms.ClusterForm(request.POST or None, instance=Cluster(organization=region))
    return answer(
        request,
        form,
        title=_("New cluster"),
        save=lambda: operations.add(
            region, values=form.values(), by=request.user, now=timezone.now(), for_other=for_other
        ),
        back=reverse("register-clusters"),
        done=_("The cluster is in the list."),
        organization=region,
        for_other=for_other,
    )


@login_required
@require_http_methods(["GET", "POST"])
def edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Rename a cluster, close it, open it again."""
    cluster = get_object_or_404(Cluster.objects.visible_to(request.user).select_related("organization"), pk=pk)
    for_other = access.require_keeping(request.user, cluster.organization)
    form = forms.ClusterForm(request.POST or None, instance=cluster)
    return answer(
        request,
        form,
        title=_("Cluster “%(cluster)s”") % {"cluster": cluster},
        save=lambda: operations.change(
            cluster, values=form.values(), by=request.user, now=timezone.now(), for_other=for_other
        ),
        back=reverse("register-clusters"),
        done=saved(),
        organization=cluster.organization,
        for_other=for_other,
    )


@login_required
@require_safe
def participants_index(request: SignedInRequest) -> HttpResponse:
    """List the participating schools as the appendix does: by body above them, then by cluster."""
    rows = (
        Participant.objects.visible_to(request.user)
        .select_related("organization__parent", "cluster__organization")
        .order_by(
            russian("organization__parent__short_name"),
            "organization__parent",
            russian("cluster__name"),
            russian("organization__short_name"),
            "pk",
        )
    )
    asked = forms.SchoolRowsFilter(request.GET, user=request.user)
    page = page_of(request, asked.narrow(rows))
    groups = [
        (above, [(cluster, list(of_cluster)) for cluster, of_cluster in groupby(of_body, key=lambda row: row.cluster)])
        for above, of_body in groupby(page, key=lambda row: row.organization.parent)
    ]
    places = list(regions_kept_by(request.user))
    context = {
        "page": page,
        "groups": groups,
        "filter": asked,
        "places": places,
        "kept": {place.pk for place in places},
        "today": timezone.localdate(),
    }
    return render(request, "organizations/participants.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def participant_add(request: SignedInRequest, pk: int) -> HttpResponse:
    """Put a school of the region on the list of a cluster."""
    region = get_object_or_404(Organization.objects.visible_to(request.user), pk=pk, kind=OrganizationKind.REGION)
    for_other = access.require_keeping(request.user, region)
    form = forms.NewParticipantForm(
        request.POST or None,
        clusters=Cluster.objects.filter(organization=region, is_open=True),
        schools=Organization.objects.below(region.pk).open().filter(kind=OrganizationKind.SCHOOL).in_order(),
    )
    return answer(
        request,
        form,
        title=_("New participant"),
        save=lambda: participants.add(
            form.cleaned_data["cluster"],
            school=form.cleaned_data["organization"],
            values=form.values("cluster", "organization"),
            by=request.user,
            now=timezone.now(),
            for_other=for_other,
        ),
        back=reverse("register-participants"),
        done=_("The school is on the list."),
        organization=region,
        for_other=for_other,
    )


def _participant(user: User, pk: int) -> tuple[Participant, bool]:
    rows = Participant.objects.visible_to(user).select_related("organization", "cluster__organization")
    participant = get_object_or_404(rows, pk=pk)
    return participant, access.require_keeping(user, participant.cluster.organization)


@login_required
@require_http_methods(["GET", "POST"])
def participant_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Change the term of a participant, or whether it is the base school."""
    participant, for_other = _participant(request.user, pk)
    form = forms.ParticipantForm(request.POST or None, instance=participant)
    return answer(
        request,
        form,
        title=str(participant),
        save=lambda: participants.change(
            participant, values=form.values(), by=request.user, now=timezone.now(), for_other=for_other
        ),
        back=reverse("register-participants"),
        done=saved(),
        organization=participant.cluster.organization,
        for_other=for_other,
        remove=reverse("register-participant-remove", args=[pk]),
        remove_hint=_("A school that has left gets an end date. Strike it out only if it was listed by mistake."),
    )


@login_required
@require_POST
def participant_remove(request: SignedInRequest, pk: int) -> HttpResponse:
    """Strike out a school that was listed by mistake."""
    participant, for_other = _participant(request.user, pk)
    return deed(
        request,
        lambda: participants.remove(participant, by=request.user, now=timezone.now(), for_other=for_other),
        back=reverse("register-participants"),
        done=_("%(participant)s: struck out of the list.") % {"participant": participant},
    )

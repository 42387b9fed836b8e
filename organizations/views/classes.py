"""Specialised classes of the schools."""

from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from organizations import access, forms
from organizations.choices import OrganizationKind
from organizations.models import Cluster, Organization, SpecialisedClass
from organizations.operations import classes as operations
from organizations.querysets import SharedBelowQuerySet, russian
from organizations.views.pages import SignedInRequest, answer, page_of, saved


@login_required
@require_safe
def index(request: SignedInRequest) -> HttpResponse:
    """List the specialised classes of the schools that the reader sees."""
    rows = (
        SpecialisedClass.objects.visible_to(request.user)
        .select_related("organization", "cluster")
        .order_by(russian("organization__short_name"), "organization", russian("name"), "pk")
    )
    asked = forms.SchoolRowsFilter(request.GET, user=request.user)
    schools = Organization.objects.kept_by(request.user).open().filter(kind=OrganizationKind.SCHOOL)
    context = {
        "page": page_of(request, asked.narrow(rows)),
        "filter": asked,
        "places": list(schools.in_order()[:6]),
        "kept": set(schools.values_list("pk", flat=True)),
    }
    return render(request, "organizations/classes.html", context)


def clusters_for(school: Organization, *, chosen: int | None = None) -> SharedBelowQuerySet:
    """Give the open clusters of the bodies above a school, and the one that is chosen already."""
    rows = Cluster.objects.filter(organization__in=Organization.objects.above(school.pk).order_by().values("pk"))
    return rows.filter(Q(is_open=True) | Q(pk=chosen or 0))


@login_required
@require_http_methods(["GET", "POST"])
def add(request: SignedInRequest, pk: int) -> HttpResponse:
    """Write down a class of the school."""
    school = get_object_or_404(Organization.objects.visible_to(request.user), pk=pk, kind=OrganizationKind.SCHOOL)
    for_other = access.require_keeping(request.user, school)
    form = forms.ClassForm(
        request.POST or None, instance=SpecialisedClass(organization=school), clusters=clusters_for(school)
    )
    return answer(
        request,
        form,
        title=_("New class of %(school)s") % {"school": school},
        save=lambda: operations.add(
            school, values=form.values(), by=request.user, now=timezone.now(), for_other=for_other
        ),
        back=reverse("register-classes"),
        done=_("The class is in the list."),
        organization=school,
        for_other=for_other,
    )


@login_required
@require_http_methods(["GET", "POST"])
def edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Change a class, or close it by a date."""
    rows = SpecialisedClass.objects.visible_to(request.user).select_related("organization", "cluster")
    specialised = get_object_or_404(rows, pk=pk)
    school = specialised.organization
    for_other = access.require_keeping(request.user, school)
    form = forms.ClassForm(
        request.POST or None, instance=specialised, clusters=clusters_for(school, chosen=specialised.cluster_id)
    )
    return answer(
        request,
        form,
        title=_("Class %(name)s of %(school)s") % {"name": specialised.name, "school": school},
        save=lambda: operations.change(
            specialised, values=form.values(), by=request.user, now=timezone.now(), for_other=for_other
        ),
        back=reverse("register-classes"),
        done=saved(),
        organization=school,
        for_other=for_other,
    )

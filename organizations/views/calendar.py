"""Days on which the region's calendar differs from the federal one."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from organizations import access, forms
from organizations.choices import OrganizationKind
from organizations.models import CalendarDay, Organization, User
from organizations.operations import calendar as operations
from organizations.views.clusters import regions_kept_by
from organizations.views.pages import SignedInRequest, answer, deed, page_of, saved


@login_required
@require_safe
def index(request: SignedInRequest) -> HttpResponse:
    """List the days, the latest first."""
    rows = CalendarDay.objects.visible_to(request.user).select_related("organization").order_by("-day", "pk")
    places = list(regions_kept_by(request.user))
    context = {"page": page_of(request, rows), "places": places, "kept": {place.pk for place in places}}
    return render(request, "organizations/calendar.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def add(request: SignedInRequest, pk: int) -> HttpResponse:
    """Mark a day as worked or off in the region."""
    region = get_object_or_404(Organization.objects.visible_to(request.user), pk=pk, kind=OrganizationKind.REGION)
    for_other = access.require_keeping(request.user, region)
    form = forms.CalendarDayForm(request.POST or None, instance=CalendarDay(organization=region))
    return answer(
        request,
        form,
        title=_("New day of the calendar"),
        save=lambda: operations.add(
            region, values=form.values(), by=request.user, now=timezone.now(), for_other=for_other
        ),
        back=reverse("register-calendar"),
        done=_("The day is in the calendar."),
        organization=region,
        for_other=for_other,
    )


def _day(user: User, pk: int) -> tuple[CalendarDay, bool]:
    day = get_object_or_404(CalendarDay.objects.visible_to(user).select_related("organization"), pk=pk)
    return day, access.require_keeping(user, day.organization)


@login_required
@require_http_methods(["GET", "POST"])
def edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Change a day."""
    day, for_other = _day(request.user, pk)
    form = forms.CalendarDayForm(request.POST or None, instance=day)
    return answer(
        request,
        form,
        title=_("Day of the calendar: %(day)s") % {"day": day},
        save=lambda: operations.change(
            day, values=form.values(), by=request.user, now=timezone.now(), for_other=for_other
        ),
        back=reverse("register-calendar"),
        done=saved(),
        organization=day.organization,
        for_other=for_other,
        remove=reverse("register-calendar-remove", args=[pk]),
        remove_hint=_("Then the federal calendar holds for this day again."),
    )


@login_required
@require_POST
def remove(request: SignedInRequest, pk: int) -> HttpResponse:
    """Let the federal calendar hold for the day again."""
    day, for_other = _day(request.user, pk)
    return deed(
        request,
        lambda: operations.remove(day, by=request.user, now=timezone.now(), for_other=for_other),
        back=reverse("register-calendar"),
        done=_("%(day)s: the federal calendar holds again.") % {"day": day},
    )

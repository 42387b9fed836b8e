"""«Today»: what waits for the reader, the week's deadlines, the plans below."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from organizations import access
from organizations.access import Kinship, State
from organizations.context import standpoint_of
from organizations.views.pages import SignedInRequest
from reminders.models import Notice
from reminders.sentences import say
from roadmaps.models import Edition
from roadmaps.pages import today as pages

NOTICES_SHOWN = 5


@login_required
@require_GET
def today(request: SignedInRequest) -> HttpResponse:
    """Show what waits for the reader where she acts just now."""
    standpoint = standpoint_of(request)
    organization = standpoint.organization
    day = timezone.localdate()
    unread = Notice.objects.of(request.user).unread()
    waits = pages.waits_for(request.user, standpoint, day)
    context = {
        "today": day,
        "waits": waits,
        "headline": pages.headline(waits),
        "notices": [(notice, say(notice.kind, notice.params)) for notice in unread[:NOTICES_SHOWN]],
        "organization": organization,
    }
    if organization is not None:
        in_force = Edition.objects.visible_to(request.user).in_force().for_page()
        own = in_force.filter(roadmap__organization=organization, roadmap__period_end__gte=day)
        context["own_plans"] = list(own.order_by("-approved_at")[:5])
        context["diary"] = pages.diary_of(organization, day) if context["own_plans"] else []
        if organization.pk in access.readable(request.user, Kinship.BELOW, State.IN_FORCE):
            context["below"] = pages.below_of(request.user, organization, day)
    return render(request, "roadmaps/today.html", context)

"""Telling those below that there is something above to join."""

import datetime as dt

from django.urls import reverse

from organizations import access
from organizations.access import Role
from reminders import notices
from roadmaps import sheets
from roadmaps.models import Edition, Lineage, Roadmap
from roadmaps.operations.links import stands_above


def tell_those_to_join(edition: Edition, *, now: dt.datetime) -> None:
    """
    Tell the coordinators of plans that do not follow an edition yet, but could, that links can be looked for.

    Nothing is compared here: the page that the notice opens does that. Its key is that of the general notice of the
    edition, so that nobody is told twice.
    """
    upper = edition.roadmap
    beside = upper.organization.parent_id if upper.organization.kind == "institute" else upper.organization_id
    plans = (
        Roadmap.objects.filter(
            programme=upper.programme_id,
            organization__parent=beside,
            period_start__lte=upper.period_end,
            period_end__gte=upper.period_start,
        )
        .exclude(pk=upper.pk)
        .exclude(pk__in=Lineage.objects.filter(upper=upper).values("lower"))
        .select_related("organization")
        .order_by("pk")
    )
    title = ""
    for plan in plans:
        if not stands_above(upper, plan):
            continue
        title = title or sheets.title_of(edition)
        notices.tell(
            recipients=access.holders(plan.organization, Role.COORDINATOR),
            organization=plan.organization,
            kind="links-to-find",
            params={"plan": title, "organization": upper.organization.short_name},
            path=reverse("plan-join", args=[plan.pk]),
            key=f"in-force-{edition.pk}",
            now=now,
        )

"""Where a plan comes from and who follows it."""

from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import ngettext

from organizations.choices import OrganizationKind
from organizations.models import User
from organizations.querysets import ancestry
from roadmaps.models import Edition, Lineage
from roadmaps.sheets import Sheet


@dataclass(frozen=True, slots=True)
class UpperPlan:
    """A plan in force above, as the chain of plans names it."""

    name: str
    url: str
    level: int


def uppers_of(sheet: Sheet) -> list[UpperPlan]:
    """List the plans in force above, the farthest first, as one reads a chain."""
    found: dict[int, UpperPlan] = {}
    for row in sheet.uppers:
        if row.roadmap not in found:
            found[row.roadmap] = UpperPlan(row.called, reverse("plan", args=[row.roadmap]), row.level)
    return sorted(found.values(), key=lambda upper: -upper.level)


def followable(user: User, edition: Edition) -> list[Edition]:
    """List the plans in force above the owner of a draft that it does not follow yet and that share days with it."""
    roadmap = edition.roadmap
    above = ancestry([roadmap.organization_id])
    return list(
        Edition.objects.visible_to(user)
        .in_force()
        .filter(
            Q(roadmap__organization__in=above)
            | Q(roadmap__organization__kind=OrganizationKind.INSTITUTE, roadmap__organization__parent__in=above),
            roadmap__period_start__lte=roadmap.period_end,
            roadmap__period_end__gte=roadmap.period_start,
        )
        .exclude(roadmap__organization=roadmap.organization_id)
        .exclude(roadmap__in=Lineage.objects.filter(lower=roadmap).values("upper"))
        .for_page()
        .order_by("roadmap__organization__kind", "pk")
    )


def followers_words(edition: Edition) -> str:
    """Say how many plans in force follow; only to readers whose reading reaches down to all of them."""
    followers = getattr(edition, "followers", 0)
    if not getattr(edition, "is_below", False) or not followers:
        return ""
    if edition.roadmap.organization.kind == OrganizationKind.MUNICIPALITY:
        return ngettext("Schools: %(count)s plan", "Schools: %(count)s plans", followers) % {"count": followers}
    return ngettext("Below: %(count)s plan", "Below: %(count)s plans", followers) % {"count": followers}

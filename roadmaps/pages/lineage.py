"""Where a plan comes from and who follows it."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import ngettext

from organizations.choices import OrganizationKind
from roadmaps.models import Edition
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


def followers_words(edition: Edition) -> str:
    """Say how many plans in force follow; only to readers whose reading reaches down to all of them."""
    followers = getattr(edition, "followers", 0)
    if not getattr(edition, "is_below", False) or not followers:
        return ""
    if edition.roadmap.organization.kind == OrganizationKind.MUNICIPALITY:
        return ngettext("Schools: %(count)s plan", "Schools: %(count)s plans", followers) % {"count": followers}
    return ngettext("Below: %(count)s plan", "Below: %(count)s plans", followers) % {"count": followers}

"""How many organizations stand below one: what its group executors expand to."""

from django.core.cache import cache
from django.db.models import Count

from organizations.choices import OrganizationKind
from organizations.models import Organization
from roadmaps.pages.plan import Groups

CACHED_SECONDS = 300


def groups_below(organization: int) -> Groups:
    """Count schools and municipalities below an organization; remembered for some minutes, as trees rarely grow."""
    key = f"groups-below-{organization}"
    known: tuple[int, int] | None = cache.get(key)
    if known is None:
        rows = Organization.objects.open().below(organization).exclude(pk=organization)
        counts = dict(rows.order_by().values_list("kind").annotate(n=Count("pk")))
        known = (counts.get(OrganizationKind.SCHOOL, 0), counts.get(OrganizationKind.MUNICIPALITY, 0))
        cache.set(key, known, CACHED_SECONDS)
    return Groups(*known)

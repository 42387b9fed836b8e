"""Whom a row obliges by name: organizations that stand below the plan's owner."""

from collections.abc import Iterable

from organizations.models import Organization
from organizations.querysets import OrganizationQuerySet
from roadmaps.choices import DRAFT, OPEN
from roadmaps.models import Edition, Obliged
from roadmaps.operations.problems import NobodyNamed, NotBelow
from roadmaps.operations.versions import drop


def choosable(owner: int) -> OrganizationQuerySet:
    """Give the organizations that a plan of this owner may oblige: all that stand below it and still exist."""
    return Organization.objects.open().below(owner).exclude(pk=owner)


def obliged_of(commitment: int) -> list[int]:
    """List the organizations that a row of the draft obliges by name."""
    rows = Obliged.objects.at(DRAFT).filter(commitment=commitment)
    return sorted(rows.values_list("organization", flat=True))


def set_obliged(edition: Edition, *, commitment: int, organizations: Iterable[int], is_named: bool) -> None:
    """
    Let a row of a draft that the caller holds oblige these organizations, or nobody by name.

    Whom the row named already stays, even where it no longer stands below; anybody new must.

    :raises NobodyNamed: if the row obliges "the named ones" and names none
    :raises NotBelow: if one of the new ones does not stand below the plan's owner
    """
    wanted = set(organizations) if is_named else set()
    if is_named and not wanted:
        raise NobodyNamed
    known = set(obliged_of(commitment))
    new = wanted - known
    if new and choosable(edition.roadmap.organization_id).filter(pk__in=new).count() != len(new):
        raise NotBelow
    for organization in known - wanted:
        drop(Obliged, commitment=commitment, organization=organization)
    for organization in sorted(new):
        _oblige(edition, commitment, organization)


def _oblige(edition: Edition, commitment: int, organization: int) -> None:
    """Name one organization; what the draft had only taken out comes back as it stood."""
    ended = Obliged.objects.filter(commitment=commitment, organization=organization, until=DRAFT)
    if not ended.update(until=OPEN):
        Obliged.objects.create(commitment_id=commitment, roadmap_id=edition.roadmap_id, organization_id=organization)

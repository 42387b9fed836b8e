"""Whom the changed rows of a plan newly oblige, and what those plans have dealt with before."""

from collections import defaultdict
from collections.abc import Mapping
from typing import NamedTuple

from organizations.recordset import recordset
from roadmaps.cascade.changes import Addressees, Difference
from roadmaps.cascade.reading import run
from roadmaps.choices import DRAFT, Obliges
from roadmaps.consequences import Follower, Obligation
from roadmaps.executors import LEVELS
from roadmaps.findings.obligations import reaches

# Plans in force that follow directly, with the rows above that they ever dealt with: linked, waived, or answered a
# question about. A question that lapsed was never answered.
_FOLLOWERS = f"""
WITH followers(id, organization_id) AS (
    SELECT r.id, r.organization_id FROM roadmaps_lineage f JOIN roadmaps_roadmap r ON r.id = f.lower_id
    WHERE f.upper_id = %(roadmap)s AND EXISTS (SELECT 1 FROM roadmaps_edition e WHERE e.roadmap_id = r.id AND e.number < {DRAFT}))
SELECT f.id, f.organization_id, o.kind, NULL FROM followers f JOIN organizations_organization o ON o.id = f.organization_id
UNION SELECT l.roadmap_id, 0, '', m.id FROM {{uppers}} AS m JOIN roadmaps_link l ON l.upper_id = m.id JOIN followers f ON f.id = l.roadmap_id
UNION SELECT w.roadmap_id, 0, '', m.id FROM {{uppers}} AS m JOIN roadmaps_waiver w ON w.upper_id = m.id JOIN followers f ON f.id = w.roadmap_id
UNION SELECT p.roadmap_id, 0, '', m.id FROM {{uppers}} AS m JOIN roadmaps_proposal p ON p.upper_id = m.id AND p.lower_id IS NULL
    AND p.state <> 'lapsed' JOIN followers f ON f.id = p.roadmap_id"""


class Obliged(NamedTuple):
    """New obligations, and the plans that follow directly."""

    obligations: list[Obligation]
    followers: list[Follower]


def obliged_by(roadmap: int, found: Difference) -> Obliged:
    """
    Read whom a draft obliges anew, or no longer.

    The first edition of a plan obliges nobody anew: those who have a plan already are offered links to it instead.
    """
    if not found.addressees or not found.number:
        return Obliged([], [])
    organizations, dealt_with = _followers(roadmap, found.addressees)
    obligations = []
    for upper, (was, now) in found.addressees.items():
        before = {pk for pk, one in organizations.items() if _reaches(was, *one)}
        after = {pk for pk, one in organizations.items() if _reaches(now, *one)}
        obligations.append(
            Obligation(
                upper=upper,
                deadline=found.changes[upper].after,
                roadmaps=frozenset(after - before),
                released=frozenset(before - after),
            )
        )
    return Obliged(obligations, [Follower(pk, frozenset(dealt_with[pk])) for pk in organizations])


def _followers(roadmap: int, uppers: Mapping[int, object]) -> tuple[dict[int, tuple[int, str]], Mapping[int, set[int]]]:
    """Give the organization and its kind of each plan that follows, and the upper rows that each has dealt with."""
    table, param = recordset("id:int", [(pk,) for pk in uppers])
    sql = _FOLLOWERS.format(uppers=table.replace("%s", "%(rows)s"))
    organizations: dict[int, tuple[int, str]] = {}
    dealt_with: dict[int, set[int]] = defaultdict(set)
    for pk, organization, kind, upper in run(sql, {"roadmap": roadmap, "rows": param}):
        if upper is None:
            organizations[pk] = (organization, kind)
        else:
            dealt_with[pk].add(upper)
    return organizations, dealt_with


def _reaches(addressees: Addressees, organization: int, kind: str) -> bool:
    if addressees.obliges == Obliges.NAMED:
        return organization in addressees.named
    return kind in LEVELS and reaches(addressees.obliges, LEVELS[kind])

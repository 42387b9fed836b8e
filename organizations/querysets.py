"""How organizations, people and the journal are read."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models.expressions import RawSQL

if TYPE_CHECKING:
    from organizations.models import User

# Both engines take a common table expression inside IN (…), so a whole reach costs no statement of its own.
BELOW = """WITH RECURSIVE below(id) AS (
    SELECT id FROM organizations_organization WHERE id IN ({marks})
    UNION SELECT o.id FROM organizations_organization o JOIN below ON o.parent_id = below.id
) SELECT id FROM below"""
ABOVE = """WITH RECURSIVE above(id, parent_id) AS (
    SELECT id, parent_id FROM organizations_organization WHERE id IN ({marks})
    UNION SELECT o.id, o.parent_id FROM organizations_organization o JOIN above ON o.id = above.parent_id
) SELECT id FROM above"""


def subtree(ids: Iterable[int]) -> RawSQL:
    """Give a subquery of these organizations and everything that stands below them."""
    return _walk(BELOW, ids)


def ancestry(ids: Iterable[int]) -> RawSQL:
    """Give a subquery of these organizations and everything that stands above them."""
    return _walk(ABOVE, ids)


def _walk(sql: str, ids: Iterable[int]) -> RawSQL:
    params = list(ids) or [0]
    return RawSQL(sql.format(marks=", ".join(["%s"] * len(params))), params)  # noqa: S611 - only marks are formatted in


class OrganizationQuerySet(models.QuerySet):
    def below(self, *ids: int) -> Self:
        """These organizations and all that stand below them."""
        return self.filter(pk__in=subtree(ids))

    def above(self, *ids: int) -> Self:
        """These organizations and all that stand above them."""
        return self.filter(pk__in=ancestry(ids))

    def open(self) -> Self:
        return self.filter(closed_on=None)

    def visible_to(self, user: "User") -> Self:
        """Own organizations, those below, those above and the institutes beside them."""
        from organizations import access

        reach = access.reach(user)
        if reach.everything:
            return self
        return self.filter(
            models.Q(pk__in=subtree(reach.readers))
            | models.Q(pk__in=ancestry(reach.members))
            | models.Q(pk__in=reach.members)
            | models.Q(kind="institute", parent__in=ancestry(reach.members))
        )


class OwnedQuerySet(models.QuerySet):
    """Register rows that belong to one organization: read there and above."""

    def visible_to(self, user: "User") -> Self:
        from organizations import access

        reach = access.reach(user)
        if reach.everything:
            return self
        return self.filter(models.Q(organization__in=subtree(reach.readers)) | models.Q(organization__in=reach.members))


class EntryQuerySet(OwnedQuerySet):
    def about(self, subject_kind: str, subject_id: int) -> Self:
        return self.filter(subject_kind=subject_kind, subject_id=subject_id)

"""How organizations, people and the journal are read."""

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models.expressions import RawSQL
from django.db.models.functions import Collate
from tree_queries.query import TreeQuerySet

if TYPE_CHECKING:
    from organizations.models import User

# PostgreSQL gets this collation from a migration, SQLite from organizations.sqlite with every connection.
RUSSIAN = "russian"

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


def russian(field: str) -> Collate:
    """Order by a name as a reader of Russian would, numbers by their value: «Школа № 2» before «Школа № 10»."""
    return Collate(field, RUSSIAN)


class OrganizationQuerySet(TreeQuerySet):
    """The tree; what TreeQuerySet adds is used by TreeNode's own check against loops."""

    def below(self, *ids: int) -> Self:
        """These organizations and all that stand below them."""
        return self.filter(pk__in=subtree(ids))

    def above(self, *ids: int) -> Self:
        """These organizations and all that stand above them."""
        return self.filter(pk__in=ancestry(ids))

    def open(self) -> Self:
        return self.filter(closed_on=None)

    def in_order(self) -> Self:
        return self.order_by(russian("short_name"), "pk")

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
            | models.Q(kind="institute", parent__in=ancestry(reach.parents))
        )

    def registers_visible_to(self, user: "User") -> Self:
        """Organizations whose registers may be read: own ones, and those below."""
        from organizations import access

        return self.filter(access.register_readers("pk", user))

    def kept_by(self, user: "User") -> Self:
        """Organizations whose registers the account may keep: own ones, and those below that do not use the portal."""
        from organizations import access

        return self.filter(access.register_keepers(user))


class OwnedQuerySet(models.QuerySet):
    """Register rows that belong to one organization: read there and above."""

    def visible_to(self, user: "User") -> Self:
        from organizations import access

        return self.filter(access.register_readers("organization", user))


class SharedBelowQuerySet(OwnedQuerySet):
    """Register rows that an upper body keeps for everyone below it: clusters, days of the calendar."""

    def visible_to(self, user: "User") -> Self:
        from organizations import access

        reach = access.reach(user)
        if reach.everything:
            return self
        return self.filter(
            access.register_readers("organization", user) | models.Q(organization__in=ancestry(reach.members))
        )


class PersonQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> Self:
        """People who hold, or held, a position in an organization whose registers the account reads."""
        from organizations import access

        if access.reach(user).everything:
            return self
        return self.filter(access.register_readers("positions__organization", user)).distinct()

    def in_order(self) -> Self:
        return self.order_by(russian("surname"), russian("given_name"), "pk")

    def search(self, words: str) -> Self:
        """Keep those whose names or positions hold every one of the words."""
        found = self
        for word in words.split():
            found = found.filter(
                models.Q(surname__icontains=word)
                | models.Q(given_name__icontains=word)
                | models.Q(patronymic__icontains=word)
                | models.Q(positions__title__icontains=word)
            )
        return found.distinct() if words.split() else found


class PositionQuerySet(OwnedQuerySet):
    def held(self, today: dt.date) -> Self:
        """Positions held on a day."""
        return self.filter(
            models.Q(starts_on=None) | models.Q(starts_on__lte=today),
            models.Q(ends_on=None) | models.Q(ends_on__gte=today),
        )


class InvitationQuerySet(OwnedQuerySet):
    def open(self, now: dt.datetime) -> Self:
        """Invitations that can still be accepted."""
        return self.filter(accepted_at=None, withdrawn_at=None, expires_at__gt=now)

    def waiting(self) -> Self:
        """Invitations that nobody has accepted or withdrawn, run out or not."""
        return self.filter(accepted_at=None, withdrawn_at=None)


# What the journal tells of registers; everything else in it tells of plans and may be a draft.
REGISTER_SUBJECTS = (
    "organization",
    "person",
    "position",
    "role",
    "invitation",
    "cluster",
    "participant",
    "class",
    "partner",
    "calendar-day",
)


class EntryQuerySet(models.QuerySet):
    def about(self, subject_kind: str, subject_id: int) -> Self:
        return self.filter(subject_kind=subject_kind, subject_id=subject_id)

    def of_registers(self) -> Self:
        return self.filter(subject_kind__in=REGISTER_SUBJECTS)

    def visible_to(self, user: "User") -> Self:
        """
        Entries on registers wherever these are read; entries on plans only where drafts are read.

        An entry on a plan quotes its cells, so it would carry a draft out of its organization.
        """
        from organizations import access

        drafts = access.readable(user, access.Kinship.OWN, access.State.DRAFT)
        return self.filter(
            models.Q(organization__in=drafts)
            | models.Q(subject_kind__in=REGISTER_SUBJECTS) & access.register_readers("organization", user)
        )

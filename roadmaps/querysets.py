"""How plans are read."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q, functions

from organizations import access
from organizations.access import Kinship, State
from organizations.querysets import ancestry, subtree
from roadmaps.choices import CURRENT, DRAFT, EditionState

if TYPE_CHECKING:
    from organizations.models import User


class RangedQuerySet(models.QuerySet):
    """Rows that hold from one edition of a roadmap until another."""

    def at(self, number: int) -> Self:
        """Rows of one edition: its number, CURRENT or DRAFT."""
        return self.filter(since__lte=number, until__gt=number)

    def between(self, a: int, b: int) -> Self:
        """Rows that hold in exactly one of two editions: was and became."""
        in_a, in_b = Q(since__lte=a, until__gt=a), Q(since__lte=b, until__gt=b)
        return self.filter((in_a & ~in_b) | (in_b & ~in_a))


class EditionQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> Self:
        """
        What the table of organizations.access lets this account read.

        In force: also for everybody below its owner (below the owner's parent, when the owner is an institute) and for
        organizations that it obliges, names as participant, or that link to it.
        """
        if access.reach(user).everything:
            return self.filter(state=EditionState.APPROVED)
        seen = Q(pk__in=[])
        for state in (State.DRAFT, State.SUBMITTED, State.RETURNED, State.IN_FORCE):
            owners = Q(pk__in=[])
            if own := access.readable(user, Kinship.OWN, state):
                owners |= Q(roadmap__organization__in=own)
            if above_them := access.readable(user, Kinship.BELOW, state):
                owners |= Q(roadmap__organization__in=subtree(above_them))
            if below_them := access.readable(user, Kinship.ABOVE, state):
                owners |= Q(roadmap__organization__in=ancestry(below_them)) | Q(
                    roadmap__organization__kind="institute", roadmap__organization__parent__in=ancestry(below_them)
                )
            if concerned := access.readable(user, Kinship.CONCERNED, state):
                owners |= _concerns(concerned)
            seen |= Q(state=state.value) & owners
        return self.filter(seen)

    def in_force(self) -> Self:
        """Of each roadmap, the edition that holds now."""
        newer = self.model.objects.filter(
            roadmap=models.OuterRef("roadmap"), state=EditionState.APPROVED, number__gt=models.OuterRef("number")
        )
        return self.filter(~models.Exists(newer), state=EditionState.APPROVED)

    def open(self) -> Self:
        """Drafts in whatever state: each roadmap has at most one."""
        return self.filter(number=DRAFT)

    def newest_visible_to(self, user: "User") -> Self:
        """Of each roadmap, the newest edition that this account may read: the draft, where that may be read."""
        newer = self.model.objects.visible_to(user).filter(
            roadmap=models.OuterRef("roadmap"), number__gt=models.OuterRef("number")
        )
        return self.visible_to(user).filter(~models.Exists(newer))

    def with_reach(self, user: "User") -> Self:
        """
        Annotate `is_below` (the reader's reading reaches down to the owner) and `followers`.

        Followers are the plans in force that follow this roadmap: a number for readers who may read all of them.
        """
        from roadmaps.models import Lineage

        readers = access.readable(user, Kinship.BELOW, State.IN_FORCE)
        followers = (
            Lineage.objects.filter(upper=models.OuterRef("roadmap"))
            .filter(models.Exists(self.model.objects.filter(roadmap=models.OuterRef("lower"), number__lt=DRAFT)))
            .order_by()
            .values("upper")
            .annotate(n=models.Count("pk"))
            .values("n")
        )
        return self.annotate(
            is_below=models.Case(
                models.When(roadmap__organization__in=subtree(readers), then=True),
                default=access.reach(user).everything,
                output_field=models.BooleanField(),
            ),
            followers=functions.Coalesce(models.Subquery(followers), 0),
        )

    def with_title(self) -> Self:
        """Annotate the title that this edition bears."""
        from roadmaps.models import HeadingText

        title = HeadingText.objects.filter(
            roadmap=models.OuterRef("roadmap"),
            heading__kind="title",
            since__lte=models.OuterRef("number"),
            until__gt=models.OuterRef("number"),
        )
        return self.annotate(title=models.Subquery(title.values("title")[:1]))

    def for_page(self) -> Self:
        """With all that a heading of a page says of an edition."""
        return self.with_title().select_related(
            "roadmap__organization", "roadmap__programme", "order", "prepared_order"
        )


def _concerns(organizations: tuple[int, ...]) -> Q:
    from roadmaps.models import Link, Obliged

    return (
        Q(roadmap__in=Obliged.objects.at(CURRENT).filter(organization__in=organizations).values("roadmap"))
        | Q(
            roadmap__in=Link.objects.at(CURRENT)
            .filter(roadmap__organization__in=organizations)
            .values("upper__roadmap")
        )
        | Q(roadmap__participants__organization__in=organizations)
    )


class RoadmapQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> Self:
        """Roadmaps of which at least one edition may be read."""
        from roadmaps.models import Edition

        return self.filter(models.Exists(Edition.objects.visible_to(user).filter(roadmap=models.OuterRef("pk"))))


class ImportQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> Self:
        """Imports are drafts of drafts: only those who may edit them see them."""
        return self.filter(organization__in=editable_organizations(user))

    def waiting(self) -> Self:
        return self.filter(state__in=["queued", "reading", "ready"])


def editable_organizations(user: "User") -> tuple[int, ...]:
    """Ids of the organizations whose drafts this account may edit."""
    return tuple(
        {
            g.organization.pk
            for g in access.grants(user)
            if access.Verb.EDIT in access.verbs(g.role, Kinship.OWN, State.DRAFT)
        }
    )

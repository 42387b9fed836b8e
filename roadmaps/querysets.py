"""How plans are read."""

import datetime as dt
from collections.abc import Callable, Iterable
from functools import cache
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Q
from django.db.models.expressions import RawSQL
from django.db.models.functions import Coalesce

from organizations import access
from organizations.access import Kinship, State
from organizations.choices import OrganizationKind
from organizations.querysets import ancestry, russian, subtree
from roadmaps.choices import CURRENT, DRAFT, WISHES, EditionState, ProposalState

if TYPE_CHECKING:
    from organizations.models import User


class RangedQuerySet(models.QuerySet):
    """Rows that hold from one edition of a roadmap until another."""

    def at(self, number: int) -> Self:
        """Rows of one edition: its number, CURRENT or DRAFT."""
        return self.filter(since__lte=number, until__gt=number)

    def naming_activity(self, number: Any, field: str = "title") -> Self:
        """Annotate the activity's title, or its number, as an edition reads it; `number` may be an expression."""
        from roadmaps.models import HeadingText

        texts = HeadingText.objects.filter(
            heading=models.OuterRef("heading"), since__lte=number, until__gt=number
        ).values(field)
        return self.annotate(activity=models.Subquery(texts[:1]))

    def between(self, a: int, b: int) -> Self:
        """Rows that hold in exactly one of two editions: was and became."""
        in_a, in_b = Q(since__lte=a, until__gt=a), Q(since__lte=b, until__gt=b)
        return self.filter((in_a & ~in_b) | (in_b & ~in_a))

    def in_either(self, a: int, b: int) -> Self:
        """Rows that hold in at least one of two editions."""
        return self.filter(Q(since__lte=a, until__gt=a) | Q(since__lte=b, until__gt=b))


class EditionQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> Self:
        """
        What the table of organizations.access lets this account read.

        In force: also for everybody below its owner (below the owner's parent, when the owner is an institute) and for
        organizations that it obliges, names as participant, or that link to it.
        """
        if access.reach(user).everything:
            return self.filter(state=EditionState.APPROVED)
        states: dict[tuple[Kinship, tuple[int, ...]], list[str]] = {}
        for kinship in Kinship:
            for state in (State.DRAFT, State.SUBMITTED, State.RETURNED, State.IN_FORCE):
                if mine := access.readable(user, kinship, state):
                    states.setdefault((kinship, mine), []).append(state.value)
        seen = Q(pk__in=[])
        for (kinship, mine), readable in states.items():
            seen |= Q(state__in=readable) & OWNED_BY[kinship](mine)
        return self.filter(seen)

    def in_force(self) -> Self:
        """Of each roadmap, the edition that holds now; a plan that was repealed has none."""
        newer = self.model._default_manager.filter(
            roadmap=models.OuterRef("roadmap"), state=EditionState.APPROVED, number__gt=models.OuterRef("number")
        )
        return self.filter(~models.Exists(newer), state=EditionState.APPROVED, repealed_by=None)

    def open(self) -> Self:
        """Drafts in whatever state: each roadmap has at most one."""
        return self.filter(number=DRAFT)

    def newest_visible_to(self, user: "User") -> Self:
        """Of each roadmap, the newest edition that this account may read: the draft, where that may be read."""
        newer = (
            type(self)(self.model)
            .visible_to(user)
            .filter(roadmap=models.OuterRef("roadmap"), number__gt=models.OuterRef("number"))
        )
        return self.visible_to(user).filter(~models.Exists(newer))

    def with_reach(self, user: "User") -> Self:
        """
        Annotate `is_below` (the reader's reading reaches down to the owner), `followers`, `questions`, `has_carried`.

        Followers are the plans in force that follow this roadmap: a number for readers who may read all of them.
        Questions are proposals from above and wishes from below that wait for the owner's answer.
        """
        readers = access.readable(user, Kinship.BELOW, State.IN_FORCE)
        return self.annotate(
            is_below=models.Case(
                models.When(roadmap__organization__in=subtree(readers), then=True),
                default=access.reach(user).everything,
                output_field=models.BooleanField(),
            ),
            followers=RawSQL(FOLLOWERS, [DRAFT], output_field=models.IntegerField()),
            questions=RawSQL(QUESTIONS, [], output_field=models.IntegerField()),
            has_carried=RawSQL(CARRIED, [], output_field=models.BooleanField()),
        )

    def with_counts(self, start: dt.date, end: dt.date) -> Self:
        """Annotate how many rows an edition has, and how many of them are due within these days."""
        from roadmaps.models import Deliverable

        rows = Deliverable.objects.filter(
            roadmap=models.OuterRef("roadmap"),
            since__lte=models.OuterRef("number"),
            until__gt=models.OuterRef("number"),
        )
        return self.annotate(row_count=_count(rows), soon_count=_count(rows.filter(due__range=(start, end))))

    def own_first(self, own: Iterable[int]) -> Self:
        """Order by kinship and kind: one's own, then regions, institutes, municipalities, schools, by name in each."""
        levels = (
            models.When(roadmap__organization__kind=kind, then=models.Value(place))
            for place, kind in enumerate(OrganizationKind.values)
        )
        return self.annotate(
            is_foreign=models.Case(
                models.When(roadmap__organization__in=list(own), then=models.Value(0)), default=models.Value(1)
            ),
            level=models.Case(*levels, default=models.Value(len(OrganizationKind.values))),
        ).order_by("is_foreign", "level", russian("roadmap__organization__short_name"), "-roadmap__period_start", "pk")

    def with_title(self) -> Self:
        """Annotate the title that this edition bears."""
        return self.annotate(title=RawSQL(TITLE, [], output_field=models.TextField()))

    def with_orders(self) -> Self:
        """With the order in force and the one on its way, as far as the pages of a plan speak of them."""
        return self.select_related("order", "prepared_order").defer(*_unsaid_of_orders())

    def for_page(self) -> Self:
        """With all that a heading of a page says of an edition."""
        return self.with_title().select_related(
            "roadmap__organization", "roadmap__programme", "order", "prepared_order"
        )


SAID_OF_ORDERS = {
    *("id", "organization", "kind", "state", "title", "number", "signed_on", "issuer", "issuer_genitive"),
    *("amends", "original", "succeeded_by", "code"),
}
"""What the pages of a plan say of its orders; an order has forty columns more, and two orders are joined."""


@cache
def _unsaid_of_orders() -> tuple[str, ...]:
    from documents.models import Order

    names = [field.name for field in Order._meta.concrete_fields if field.name not in SAID_OF_ORDERS]
    return tuple(f"{relation}__{name}" for relation in ("order", "prepared_order") for name in names)


def _count(rows: models.QuerySet) -> Coalesce:
    counted = rows.order_by().values("roadmap").annotate(n=models.Count("pk")).values("n")
    return Coalesce(models.Subquery(counted), 0)


# Written as SQL: these stand in every page's first query, and composing them anew took longer than running it.
CONCERNED = """
SELECT roadmap_id FROM roadmaps_obliged WHERE organization_id IN ({marks}) AND since <= {current} AND until > {current}
UNION SELECT roadmap_id FROM roadmaps_roadmapparticipant WHERE organization_id IN ({marks})
UNION SELECT c.roadmap_id FROM roadmaps_link l
JOIN roadmaps_roadmap r ON r.id = l.roadmap_id
JOIN roadmaps_commitment c ON c.id = l.upper_id
WHERE r.organization_id IN ({marks}) AND l.since <= {current} AND l.until > {current}"""
TITLE = """
SELECT t.title FROM roadmaps_headingtext t JOIN roadmaps_heading h ON h.id = t.heading_id AND h.kind = 'title'
WHERE t.roadmap_id = roadmaps_edition.roadmap_id AND t.since <= roadmaps_edition.number AND t.until > roadmaps_edition.number"""
FOLLOWERS = """
SELECT count(*) FROM roadmaps_lineage f WHERE f.upper_id = roadmaps_edition.roadmap_id
AND EXISTS (SELECT 1 FROM roadmaps_edition x WHERE x.roadmap_id = f.lower_id AND x.number < %s
            AND x.repealed_by_id IS NULL)"""

QUESTIONS = """
SELECT (SELECT count(*) FROM roadmaps_proposal p WHERE p.roadmap_id = roadmaps_edition.roadmap_id AND p.state = 'open'
  AND p.edition_id IS NOT NULL)
+ (SELECT count(*) FROM roadmaps_commitment c JOIN roadmaps_proposal p ON p.upper_id = c.id
  WHERE c.roadmap_id = roadmaps_edition.roadmap_id AND p.state = 'open' AND p.edition_id IS NULL)"""
CARRIED = """
SELECT EXISTS (SELECT 1 FROM roadmaps_carriedquestion q
WHERE q.roadmap_id = roadmaps_edition.roadmap_id AND q.settled_at IS NULL)"""


def _above(mine: tuple[int, ...]) -> Q:
    owner = "roadmap__organization"
    return Q(**{f"{owner}__in": ancestry(mine)}) | Q(
        **{f"{owner}__kind": "institute", f"{owner}__parent__in": ancestry(mine)}
    )


def _concerns(mine: tuple[int, ...]) -> Q:
    sql = CONCERNED.format(marks=", ".join(["%s"] * len(mine)), current=CURRENT)
    return Q(roadmap__in=RawSQL(sql, [*mine, *mine, *mine]))


OWNED_BY: dict[Kinship, Callable[[tuple[int, ...]], Q]] = {
    Kinship.OWN: lambda mine: Q(roadmap__organization__in=mine),
    Kinship.BELOW: lambda mine: Q(roadmap__organization__in=subtree(mine)),
    Kinship.ABOVE: _above,
    Kinship.CONCERNED: _concerns,
}
"""For every kinship, whose editions stand in it to these organizations."""


class RoadmapQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> Self:
        """Roadmaps of which at least one edition may be read."""
        from roadmaps.models import Edition

        return self.filter(models.Exists(Edition.objects.visible_to(user).filter(roadmap=models.OuterRef("pk"))))


class ProposalQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> Self:
        """
        Proposals to and from one's own plans and those below, and those that hang on one's own upper rows.

        They tell only what is in force on both sides, and the answers, which those who prepare the upper plan are to see.
        """
        if access.reach(user).everything:
            return self
        own = access.readable(user, Kinship.OWN, State.IN_FORCE)
        readers = access.readable(user, Kinship.BELOW, State.IN_FORCE)
        return self.filter(
            Q(roadmap__organization__in=own)
            | Q(roadmap__organization__in=subtree(readers))
            | Q(upper__roadmap__organization__in=access.readable(user, Kinship.OWN, State.DRAFT))
        )

    def open(self) -> Self:
        """Those that wait for an answer."""
        return self.filter(state=ProposalState.OPEN)

    def from_above(self) -> Self:
        """What changes above ask of a lower plan; its own body answers."""
        return self.exclude(kind__in=WISHES)

    def from_below(self) -> Self:
        """What lower plans wish; the body of the upper row answers."""
        return self.filter(kind__in=WISHES)

    def for_page(self) -> Self:
        """With the plans, rows and editions that a list names."""
        return self.select_related(
            "roadmap__organization",
            "upper__roadmap__organization",
            "upper_row",
            "edition__order",
            "edition__basis__order",
        )


class ImportQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> Self:
        """Imports are drafts of drafts: only those who may edit them see them."""
        return self.filter(organization__in=editable_organizations(user))

    def waiting(self) -> Self:
        return self.filter(state__in=["queued", "reading", "ready"])


class CommentQuerySet(models.QuerySet):
    def open(self) -> Self:
        """Remarks that nobody has settled."""
        return self.filter(settled_at=None)


def editable_organizations(user: "User") -> tuple[int, ...]:
    """Ids of the organizations whose drafts this account may edit."""
    return tuple(
        {
            g.organization.pk
            for g in access.grants(user)
            if access.Verb.EDIT in access.verbs(g.role, Kinship.OWN, State.DRAFT)
        }
    )

"""
Consequences with names, for people: which plans, which rows, from which date to which, what will contradict, who is told.

`impact_of` takes what `operations.consequences.preview` or `what_if` found and reads the names in three statements,
whatever the number of rows.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from deadlines.values import Deadline
from organizations import access
from organizations.choices import OrganizationKind
from organizations.querysets import russian
from roadmaps.cascade.reading import names
from roadmaps.consequences import Conflict, Consequences, Move, Offer
from roadmaps.models import Roadmap


class Named(NamedTuple):
    """How a row is called: the number of its activity, its title, the result; and whose plan it stands in."""

    commitment: int
    number: str
    activity: str
    text: str
    owner: str


NOBODY = Named(0, "", "", "", "")


@dataclass(frozen=True, slots=True)
class Effect:
    """
    What happens to one row below because of one above: `kind` is `moved`, or the kind of the proposal.

    `row` is None for a new row above that this plan has nothing for yet. `link` names the link that decides; `conflict`
    is the finding that stands afterwards, `slack` the days left before and after, where both end.
    """

    kind: str
    row: Named | None
    upper: Named
    before: Deadline | None
    after: Deadline | None
    upper_before: Deadline | None = None
    upper_after: Deadline | None = None
    conflict: str = ""
    slack: tuple[int | None, int | None] = (None, None)
    wording: tuple[str, str] | None = None
    executors: tuple[tuple[str, ...], tuple[str, ...]] | None = None

    @property
    def days(self) -> int | None:
        """By how many days the end moves, where both are known."""
        if self.before is None or self.after is None or self.before.due is None or self.after.due is None:
            return None
        return (self.after.due - self.before.due).days

    @property
    def loses_slack(self) -> bool:
        """Less time is left between the row and the one above."""
        before, after = self.slack
        return before is not None and after is not None and after < before


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A finding between a row and one above it that arises (`is_new`), or is mended."""

    code: str
    row: Named
    upper: Named
    is_new: bool


@dataclass(slots=True)
class PlanImpact:
    """One plan below: what moves in it by itself, what its body is asked, what will contradict; `told` counts people."""

    roadmap: int
    organization: int
    owner: str
    kind: str
    follows: bool
    told: int
    moves: list[Effect] = field(default_factory=list)
    offers: list[Effect] = field(default_factory=list)
    contradictions: list[Contradiction] = field(default_factory=list)

    def get_absolute_url(self) -> str:
        return Roadmap(pk=self.roadmap).get_absolute_url()


@dataclass(frozen=True, slots=True)
class Impact:
    """Everything that a page says; plans by storey, then by name."""

    plans: list[PlanImpact]
    fingerprint: str

    @property
    def moved(self) -> int:
        """How many rows move by themselves."""
        return sum(len(plan.moves) for plan in self.plans)

    @property
    def moved_plans(self) -> int:
        """How many plans get an edition of their own by this."""
        return sum(bool(plan.moves) for plan in self.plans)

    @property
    def asked(self) -> int:
        """How many proposals are made."""
        return sum(len(plan.offers) for plan in self.plans)

    @property
    def asked_plans(self) -> int:
        """How many plans are asked something."""
        return sum(bool(plan.offers) for plan in self.plans)

    @property
    def arising(self) -> int:
        """How many contradictions arise."""
        return sum(one.is_new for plan in self.plans for one in plan.contradictions)

    @property
    def mended(self) -> int:
        """How many contradictions go."""
        return sum(not one.is_new for plan in self.plans for one in plan.contradictions)

    @property
    def losing_slack(self) -> int:
        """How many rows have less time to the one above than before."""
        return sum(effect.loses_slack for plan in self.plans for effect in (*plan.moves, *plan.offers))

    @property
    def told(self) -> int:
        """How many people are told."""
        return sum(plan.told for plan in self.plans)


def impact_of(found: Consequences) -> Impact:
    """Name everything that follows."""
    roadmaps = {*found.moved_roadmaps, *found.asked_roadmaps}
    coordinators = access.coordinators_of_each(found.plans[pk].organization for pk in roadmaps)
    called = {row[0]: Named(*row) for row in names(_rows_of(found))} if roadmaps else {}
    plans = {
        pk: PlanImpact(
            roadmap=pk,
            organization=organization,
            owner=owner,
            kind=kind,
            follows=found.plans[pk].follows,
            told=len(coordinators.get(organization, ())),
        )
        for pk, organization, owner, kind in _owners(roadmaps)
    }
    conflicts = _by_row(found.conflicts)
    for move in found.moves:
        plans[move.roadmap].moves.append(_moved(move, called, conflicts))
    for offer in found.offers:
        plans[offer.roadmap].offers.append(_offered(offer, called))
    for one in found.conflicts:
        if one.roadmap in plans:
            row, upper = called.get(one.commitment, NOBODY), called.get(one.upper, NOBODY)
            plans[one.roadmap].contradictions.append(Contradiction(one.code, row, upper, one.is_new))
    return Impact(list(plans.values()), found.fingerprint)


def _rows_of(found: Consequences) -> set[int]:
    moves = {pk for move in found.moves for pk in (move.commitment, move.upper)}
    offers = {pk for offer in found.offers for pk in (offer.lower, offer.upper) if pk is not None}
    return moves | offers | {pk for one in found.conflicts for pk in (one.commitment, one.upper)}


def _owners(roadmaps: Iterable[int]) -> list[tuple[int, int, str, str]]:
    """Give (roadmap, organization, its name, its kind), by storey and name."""
    rows = Roadmap.objects.filter(pk__in=list(roadmaps)).order_by(russian("organization__short_name"), "pk")
    found = rows.values_list("pk", "organization", "organization__short_name", "organization__kind")
    storeys = {kind: place for place, kind in enumerate(OrganizationKind.values)}
    return sorted(found, key=lambda row: storeys[row[3]])


def _by_row(conflicts: Iterable[Conflict]) -> Mapping[int, str]:
    found: dict[int, str] = defaultdict(str)
    for one in conflicts:
        if one.is_new:
            found[one.commitment] = one.code
    return found


def _moved(move: Move, called: Mapping[int, Named], conflicts: Mapping[int, str]) -> Effect:
    return Effect(
        kind="moved",
        row=called.get(move.commitment, NOBODY),
        upper=called.get(move.upper, NOBODY),
        before=move.before,
        after=move.after,
        conflict=conflicts[move.commitment],
        slack=move.slack,
    )


def _offered(offer: Offer, called: Mapping[int, Named]) -> Effect:
    return Effect(
        kind=offer.kind.value,
        row=None if offer.lower is None else called.get(offer.lower, NOBODY),
        upper=called.get(offer.upper, NOBODY),
        before=offer.before,
        after=offer.after,
        upper_before=offer.upper_before,
        upper_after=offer.upper_after,
        conflict=offer.conflict,
        slack=offer.slack,
        wording=offer.wording,
        executors=offer.executors,
    )

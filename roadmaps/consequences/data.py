"""What the rules of consequences are given, and what they give back: plain data."""

import enum
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

from deadlines.calendar import WorkingCalendar
from deadlines.inheritance import LinkKind, Rule
from deadlines.values import Deadline
from roadmaps.consequences.judging import Slack


class OfferKind(enum.StrEnum):
    """What changed above; the values are those of a proposal's kind."""

    DATE = "date"
    WITHDRAWN = "withdrawn"
    OBLIGING = "obliging"
    WORDING = "wording"
    EXECUTORS = "executors"


class Change(NamedTuple):
    """
    One upper row that changes: `before` None, it never was there; `after` None, it is withdrawn.

    `is_back`: it was withdrawn and returns, `before` is what it last said. `wording` (activity and result) and
    `executors` are (was, became), and None where they stay.
    """

    commitment: int
    before: Deadline | None
    after: Deadline | None
    wording: tuple[str, str] | None = None
    executors: tuple[tuple[str, ...], tuple[str, ...]] | None = None
    is_back: bool = False


class Hold(NamedTuple):
    """
    One link by which a reached row hangs on an upper one.

    `upper_deadline` is that of the version in force, or of the last one that was: a row that was withdrawn goes on
    holding those below where it stood. None where it never was in force.
    """

    link: int
    upper: int
    kind: LinkKind
    rule: Rule
    days: int
    working: bool
    lead_days: int
    upper_deadline: Deadline | None


class Reached(NamedTuple):
    """A row in force below a changed one: its version, its own phrase, the deadline in effect, all its links."""

    commitment: int
    version: int
    roadmap: int
    until: int
    text: str
    own: Deadline
    shown: Deadline
    holds: tuple[Hold, ...]


class Plan(NamedTuple):
    """
    A plan in force that is reached. `follows`: its order lets its dates move with the plan above.

    `number`, `content_hash` and `order` are those of its edition in force; `is_asked`: some question waits for an answer.
    """

    roadmap: int
    organization: int
    follows: bool
    calendar: WorkingCalendar
    number: int
    content_hash: str
    order: int | None = None
    is_asked: bool = True


class Obligation(NamedTuple):
    """A row above that newly obliges some of the plans that follow, or no longer does; `upper` and its deadline."""

    upper: int
    deadline: Deadline | None
    roadmaps: frozenset[int]
    released: frozenset[int] = frozenset()


class Follower(NamedTuple):
    """A plan in force that follows the changed one directly, and the upper rows that it has dealt with before."""

    roadmap: int
    dealt_with: frozenset[int]


class Move(NamedTuple):
    """A row of a plan that follows: from which deadline to which, by which link. `effective` None: its own phrase again."""

    version: int
    commitment: int
    roadmap: int
    until: int
    text: str
    before: Deadline
    after: Deadline
    effective: Deadline | None
    link: int
    upper: int
    slack: Slack


class Offer(NamedTuple):
    """
    A question to a lower plan. `lower` and `before` are None for a new row that obliges.

    `before` and `after` are of the lower row, `upper_before` and `upper_after` of the row above; `conflict` is the
    finding that stands as long as the row keeps its date, or empty; `slack` the days left before and after.
    """

    kind: OfferKind
    roadmap: int
    lower: int | None
    upper: int
    before: Deadline | None
    after: Deadline | None
    upper_before: Deadline | None
    upper_after: Deadline | None
    link: int | None = None
    rule: Rule | None = None
    conflict: str = ""
    slack: Slack = (None, None)
    wording: tuple[str, str] | None = None
    executors: tuple[tuple[str, ...], tuple[str, ...]] | None = None


class Conflict(NamedTuple):
    """A finding between a row and one above it: `is_new` it arises, else it is mended by what changes."""

    roadmap: int
    commitment: int
    upper: int
    code: str
    is_new: bool


class Lapse(NamedTuple):
    """An open question that a newer change answers or replaces; `lower` None for a row that obliged the `roadmap`."""

    roadmap: int
    lower: int | None
    upper: int
    kind: OfferKind


@dataclass(frozen=True)
class Consequences:
    """
    Everything that follows below from one change: preview and outcome alike.

    `changes` are the upper rows that changed, `plans` the plans that were looked at, by roadmap.
    """

    changes: Sequence[Change] = ()
    moves: Sequence[Move] = ()
    offers: Sequence[Offer] = ()
    conflicts: Sequence[Conflict] = ()
    lapses: Sequence[Lapse] = ()
    plans: Mapping[int, Plan] = field(default_factory=dict)

    @cached_property
    def fingerprint(self) -> str:
        """Two previews with the same fingerprint promise the same; SHA-256 of rows, dates and questions."""
        said: list[tuple[Any, ...]] = [
            *((move.commitment, *_said(move.before), *_said(move.after)) for move in self.moves),
            *(
                (
                    *(offer.kind.value, offer.roadmap, offer.lower, offer.upper, offer.wording, offer.executors),
                    *(*_said(offer.before), *_said(offer.after), *_said(offer.upper_after), offer.conflict),
                )
                for offer in self.offers
            ),
        ]
        said.sort(key=repr)
        return hashlib.sha256(repr(said).encode()).hexdigest()

    @cached_property
    def moved_roadmaps(self) -> frozenset[int]:
        """The plans that get a consequential edition."""
        return frozenset(move.roadmap for move in self.moves)

    @cached_property
    def asked_roadmaps(self) -> frozenset[int]:
        """The plans that are asked something."""
        return frozenset(offer.roadmap for offer in self.offers)

    @property
    def arising(self) -> list[Conflict]:
        """The contradictions that arise."""
        return [conflict for conflict in self.conflicts if conflict.is_new]

    @property
    def is_empty(self) -> bool:
        """Nothing moves and nobody is asked."""
        return not self.moves and not self.offers


def _said(deadline: Deadline | None) -> tuple[Any, ...]:
    if deadline is None:
        return (None,)
    return (
        deadline.kind.value,
        str(deadline.start),
        str(deadline.due),
        deadline.phrase,
        deadline.windows,
        deadline.rrules,
    )

"""One cell of the coverage: what a body below says to a row above."""

import enum
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from roadmaps.findings.obligations import reaches
from roadmaps.matching.bodies import Level


class State(enum.StrEnum):
    """How a body answers a row, by what counts first: a row of its own, a declared reason, a gap, nothing asked."""

    COVERED = "covered"
    LATE = "late"
    PARTLY = "partly"
    WAIVED = "waived"
    MISSING = "missing"
    NO_PLAN = "no-plan"
    FREE = "free"  # the row asks nothing of this body, and it has not joined


STATES = tuple(state for state in State if state is not State.FREE)
"""The states that say something, in the order in which totals name them."""
GAPS = frozenset({State.LATE, State.PARTLY, State.MISSING})
"""What the body above has to talk about."""

Answer = int | None
"""By how many days a body's rows end after the row above, at the latest (0 or less: in time); None where no date can say."""


@dataclass(frozen=True, slots=True)
class Demand:
    """
    A row of the plan above: whom it obliges, and the sections in which it stands, outermost first.

    `reach` is whom it obliges at large, `named` the organizations that it obliges by name.
    """

    row: int
    reach: str
    named: frozenset[int] = frozenset()
    sections: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Body:
    """
    An organization below with its plans in force.

    `answers` holds the rows above that its rows answer; `narrowed` those of which it does a part, with what is left
    out; `waived` those that it declares not applicable, with the reason.
    """

    pk: int
    name: str
    level: Level
    parent: int | None = None
    plans: tuple[int, ...] = ()
    answers: Mapping[int, Answer] = field(default_factory=dict)
    narrowed: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    waived: Mapping[int, str] = field(default_factory=dict)
    clusters: frozenset[int] = frozenset()


def obliged(demand: Demand, body: Body) -> bool:
    """Tell whether a row obliges a body: its whole storey, or the body by name."""
    return reaches(demand.reach, body.level) or body.pk in demand.named


def state_of(demand: Demand, body: Body) -> State:
    """
    Tell how a body answers a row.

    A row of its own counts before a reason not to have one. Without a plan in force nothing can be missing yet.
    """
    return line_of((demand,), body)[0]


def line_of(demands: Sequence[Demand], body: Body) -> list[State]:
    """Give the state of every row for one body; one loop, as a region has tens of thousands of cells."""
    answers, narrowed, waived = body.answers, body.narrowed, body.waived
    gap = State.MISSING if body.plans else State.NO_PLAN
    found = []
    for demand in demands:
        row = demand.row
        if row in answers:
            days = answers[row]
            late = days is not None and days > 0
            found.append(State.LATE if late else State.PARTLY if row in narrowed else State.COVERED)
        elif row in waived:
            found.append(State.WAIVED)
        else:
            found.append(gap if obliged(demand, body) else State.FREE)
    return found

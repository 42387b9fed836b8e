"""Rows above × bodies below: which are shown, in what order, and the totals of both."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from roadmaps.coverage.cells import GAPS, Body, Demand, State, line_of, obliged
from roadmaps.matching.bodies import Level

Counts = Mapping[State, int]


@dataclass(frozen=True, slots=True)
class Narrowing:
    """
    What of a matrix is looked at; an empty one shows all.

    `states` keeps rows and bodies with such a cell. A body without a plan is itself a gap, but all its rows are not.
    """

    section: int | None = None
    cluster: int | None = None
    only_obliging: bool = False
    states: frozenset[State] = frozenset()
    worst_first: bool = False


@dataclass(frozen=True)
class Matrix:
    """The states of `demands` (rows) for `bodies` (columns); `lines` holds a list of states for every body."""

    demands: tuple[Demand, ...]
    bodies: tuple[Body, ...]
    lines: tuple[list[State], ...]
    below: Mapping[int, Counter[int]] = field(default_factory=dict)
    schools: Mapping[int, tuple[Body, ...]] = field(default_factory=dict)

    @cached_property
    def of_row(self) -> dict[int, Counts]:
        """Count the states of every row over all bodies."""
        if not self.lines:
            return {demand.row: Counter() for demand in self.demands}
        return {
            demand.row: Counter(states)
            for demand, states in zip(self.demands, zip(*self.lines, strict=True), strict=True)
        }

    @cached_property
    def of_body(self) -> dict[int, Counts]:
        """Count the states of every body over all rows."""
        return {body.pk: Counter(line) for body, line in zip(self.bodies, self.lines, strict=True)}

    @cached_property
    def total(self) -> Counts:
        """Count the states of the whole."""
        counts: Counter[State] = Counter()
        for states in self.of_row.values():
            counts.update(states)
        return counts

    @property
    def without_plan(self) -> list[Body]:
        """List the bodies that have no plan in force."""
        return [body for body in self.bodies if not body.plans]

    def schools_asked(self, demand: Demand, body: Body) -> int:
        """Count the schools below a body that a row obliges."""
        return sum(obliged(demand, school) for school in self.schools.get(body.pk, ()))

    def schools_answering(self, demand: Demand, body: Body) -> int:
        """Count the schools below a body that answer a row."""
        return self.below[body.pk][demand.row] if body.pk in self.below else 0

    def narrowed(self, wish: Narrowing) -> "Matrix":
        """Give the matrix with only the rows and bodies that are looked at; totals then speak of these."""
        rows = [i for i, demand in enumerate(self.demands) if _is_wanted(demand, wish)]
        columns = list(range(len(self.bodies)))
        if wish.cluster is not None:
            columns = [j for j in columns if self._takes_part(self.bodies[j], wish.cluster)]
        if wish.states:
            of_rows = wish.states - {State.NO_PLAN} or wish.states
            rows = [i for i in rows if any(self.lines[j][i] in of_rows for j in columns)]
            columns = [
                j
                for j in columns
                if any(self.lines[j][i] in wish.states for i in rows)
                or (State.NO_PLAN in wish.states and not self.bodies[j].plans)
            ]
        columns.sort(key=lambda j: not self.bodies[j].plans)  # what says something stands first
        if wish.worst_first:
            columns.sort(
                key=lambda j: -sum(self.lines[j][i] in GAPS or self.lines[j][i] is State.NO_PLAN for i in rows)
            )
        lines = tuple(self.lines[j] for j in columns)
        if len(rows) < len(self.demands):
            lines = tuple([line[i] for i in rows] for line in lines)
        demands, bodies = tuple(self.demands[i] for i in rows), tuple(self.bodies[j] for j in columns)
        return Matrix(demands, bodies, lines, self.below, self.schools)

    def columns(self, first: int, last: int) -> "Matrix":
        """Give a page of bodies; its totals of rows speak of the page only."""
        return Matrix(self.demands, self.bodies[first:last], self.lines[first:last], self.below, self.schools)

    def _takes_part(self, body: Body, cluster: int) -> bool:
        """Tell whether a body is in a cluster itself, or by one of its schools."""
        return cluster in body.clusters or any(cluster in school.clusters for school in self.schools.get(body.pk, ()))


def _is_wanted(demand: Demand, wish: Narrowing) -> bool:
    if wish.section is not None and wish.section not in demand.sections:
        return False
    return not wish.only_obliging or bool(demand.named) or demand.reach not in ("", "nobody", "named")


def matrix_of(demands: Sequence[Demand], bodies: Sequence[Body], everybody: Sequence[Body]) -> Matrix:
    """
    Lay out the rows and some of the bodies; `everybody` are all bodies below, by which schools are counted.

    The order of the bodies is kept.
    """
    schools: dict[int, list[Body]] = {body.pk: [] for body in bodies if body.level is not Level.SCHOOL}
    above = {body.pk: body.parent for body in everybody}
    for body in everybody:
        if body.level is Level.SCHOOL:
            for pk in _path(body, above):
                if pk in schools:
                    schools[pk].append(body)
    return Matrix(
        tuple(demands),
        tuple(bodies),
        tuple(line_of(demands, body) for body in bodies),
        {pk: _answered(found) for pk, found in schools.items()},
        {pk: tuple(found) for pk, found in schools.items()},
    )


def _answered(schools: Sequence[Body]) -> Counter[int]:
    counts: Counter[int] = Counter()
    for school in schools:
        counts.update(school.answers.keys())
    return counts


def near(everybody: Sequence[Body], demands: Sequence[Demand]) -> list[Body]:
    """
    Give the bodies that stand nearest below: the municipal storey, then schools with no municipality between.

    An institute counts where it has a plan that follows, or where a row names it.
    """
    named = frozenset(pk for demand in demands for pk in demand.named)
    above = {body.pk: body.parent for body in everybody}
    towns = {body.pk for body in everybody if body.level is Level.MUNICIPALITY}
    institutes = [body for body in everybody if body.level is Level.INSTITUTE and (body.plans or body.pk in named)]
    own = [
        body for body in everybody if body.level is Level.SCHOOL and not any(pk in towns for pk in _path(body, above))
    ]
    return [*(body for body in everybody if body.pk in towns), *institutes, *own]


def schools_of(everybody: Sequence[Body], place: int | None = None) -> list[Body]:
    """Give all schools, or those of one municipality."""
    above = {body.pk: body.parent for body in everybody}
    return [body for body in everybody if body.level is Level.SCHOOL and (place is None or place in _path(body, above))]


def _path(body: Body, above: Mapping[int, int | None]) -> list[int]:
    """List the bodies above a body, nearest first."""
    found: list[int] = []
    at = body.parent
    while at is not None and at not in found:
        found.append(at)
        at = above.get(at)
    return found

"""Which lower result belongs to which upper one: the pure function `match`."""

import heapq
from collections.abc import Sequence
from dataclasses import dataclass

from roadmaps.matching import scoring
from roadmaps.matching.bodies import Level, level_of, without_bodies
from roadmaps.matching.features import Unit, containment, units
from roadmaps.matching.kinds import kind_of_link
from roadmaps.matching.rules import rule_of
from roadmaps.matching.scoring import Evidence, Table
from roadmaps.matching.weights import WEIGHTS, Weights
from roadmaps.matching.words import is_generic, words
from roadmaps.reading.document import PlanDocument

_DIGITS = 9
"""Sums run over sets, in any order: what lies behind these digits must not decide between two equal rows."""


@dataclass(frozen=True, slots=True)
class Also:
    """A further upper row that a joined lower row answers."""

    upper: str
    kind: str
    score: float
    rule: str


@dataclass(frozen=True, slots=True)
class Match:
    """
    What one lower result answers above; `upper` is None where nothing above is like it.

    `score` reads as sureness, 0..1; without an upper row it is that of the best one that was turned down.
    """

    lower: str
    upper: str | None
    kind: str | None
    score: float
    also: tuple[Also, ...] = ()
    rule: str = "own"


@dataclass(frozen=True, slots=True)
class Matching:
    """Every lower result once, in document order, and the upper results that none of them answers."""

    links: tuple[Match, ...]
    not_covered: tuple[str, ...]


def match(
    upper: PlanDocument,
    lower: PlanDocument,
    *,
    weights: Weights = WEIGHTS,
    levels: tuple[Level, Level] | None = None,
) -> Matching:
    """
    Find for every result of a lower plan the result of the upper plan that it answers.

    Text, kind of result, dates, order and the company of the other results speak together; see `Weights`.

    :param levels: the storeys of the upper and the lower body, where they are known; else their headers tell them
    """
    above, below = units(upper, lower)
    if not above or not below:
        return Matching(tuple(Match(unit.ref, None, None, 0.0) for unit in below), tuple(unit.ref for unit in above))
    if levels is None:
        above_level = level_of(upper)
        levels = (above_level, level_of(lower, above_level))
    issuer = f"{lower.header.issuer} {lower.header.title}"
    table = scores(above, below, issuer=issuer, level=levels[1], weights=weights)
    chosen = _choose(table, weights)
    further = _joined(table, chosen, above, below, weights)
    links = [
        _link(below[i], chosen[i], further.get(i, ()), above, table[i], levels, weights) for i in range(len(below))
    ]
    answered = {one.upper for one in links} | {one.upper for found in links for one in found.also}
    return Matching(tuple(links), tuple(unit.ref for unit in above if unit.ref not in answered))


def scores(above: Sequence[Unit], below: Sequence[Unit], *, issuer: str, level: Level, weights: Weights) -> Table:
    """Give the weighed score of every lower result against every upper one, before any is chosen."""
    own = [[scoring.own_evidence(one, other, level, weights) for other in above] for one in below]
    base = [[scoring.weigh(evidence) for evidence in line] for line in own]
    titles = {unit.raw_title: words(without_bodies(unit.raw_title)) for unit in (*above, *below)}
    for i, one in enumerate(below):
        for j, other in enumerate(above):
            if base[i][j] > weights.middle / 2:
                pair = (titles[one.raw_title], titles[other.raw_title])
                base[i][j] -= weights.swapped * scoring.swapped(one, other, pair)
    floor = weights.middle * 0.8
    activities = scoring.activity_scores(base, below, above)
    order, trust = scoring.order_evidence(activities, floor)
    lead = scoring.dominance(activities)
    others = scoring.company(base, below, above)
    foreign = [scoring.done_by_another(other, issuer) for other in above]
    table = [[0.0] * len(above) for _ in below]
    for i, one in enumerate(below):
        for j, other in enumerate(above):
            evidence = [Evidence(1.0 - weights.order, base[i][j])]
            evidence.append(Evidence(weights.order * trust, order[one.activity][other.activity]))
            if (i, j) in others:
                evidence.append(Evidence(weights.company, others[i, j]))
            gain = weights.dominance * lead[one.activity][other.activity]
            raw = scoring.weigh(evidence) + gain - (weights.foreign if foreign[j] else 0.0)
            table[i][j] = round(raw, _DIGITS)
    return table


def _choose(table: Table, weights: Weights) -> list[tuple[int, float]]:
    """
    Give each lower row its upper row and score, best pairs first.

    An upper row that is already answered costs the next one the rivalry, so it looks elsewhere first; still both may answer it.
    """
    heap = [(-score, i, j, False) for i, line in enumerate(table) for j, score in enumerate(line)]
    heapq.heapify(heap)
    chosen: dict[int, tuple[int, float]] = {}
    taken: set[int] = set()
    while heap and len(chosen) < len(table):
        score, i, j, reduced = heapq.heappop(heap)
        if i in chosen:
            continue
        if j in taken and not reduced:
            heapq.heappush(heap, (score + weights.rivalry, i, j, True))
            continue
        score = -score + (weights.rivalry - weights.shared if reduced else 0.0)
        chosen[i] = (j, score)
        if scoring.calibrated(score, weights) >= weights.doubtful:
            taken.add(j)
    return [chosen[i] for i in range(len(table))]


def _joined(
    table: Table, chosen: list[tuple[int, float]], above: Sequence[Unit], below: Sequence[Unit], weights: Weights
) -> dict[int, list[int]]:
    """Find upper rows that nobody answers and that a matched lower row also says, nearly whole."""
    answered = {j for j, score in chosen if scoring.calibrated(score, weights) >= weights.doubtful}
    found: dict[int, list[int]] = {}
    for j, other in enumerate(above):
        if j in answered:
            continue
        best: tuple[float, int] | None = None
        for i, one in enumerate(below):
            first, score = chosen[i]
            if scoring.calibrated(score, weights) < weights.doubtful or table[i][j] < weights.middle * 0.7:
                continue
            if not _says_also(one, other, above[first], weights):
                continue
            if best is None or table[i][j] > best[0]:
                best = (table[i][j], i)
        if best is not None:
            found.setdefault(best[1], []).append(j)
    return found


def _says_also(lower: Unit, other: Unit, first: Unit, weights: Weights) -> bool:
    """
    Tell whether a lower row says another upper row besides the one that it answers.

    It must hold what the other row says *beyond* the first; saying the same boilerplate twice is not enough.
    """
    if containment(other.whole, lower.whole) < weights.joined:
        return False
    beyond = {term: value for term, value in other.whole.items() if term not in first.whole and not is_generic(term)}
    if beyond:
        return containment(beyond, lower.whole) >= weights.joined
    return False


def _link(
    one: Unit,
    choice: tuple[int, float],
    further: Sequence[int],
    above: Sequence[Unit],
    row: Sequence[float],
    levels: tuple[Level, Level],
    weights: Weights,
) -> Match:
    j, raw = choice
    score = round(scoring.calibrated(raw, weights), 3)
    if score < weights.doubtful:
        return Match(one.ref, None, None, score)
    also = tuple(
        Also(
            above[k].ref,
            kind_of_link(one, above[k], *levels),
            min(score, max(weights.doubtful, round(scoring.calibrated(row[k], weights), 3))),
            rule_of(one.deadline, above[k].deadline),
        )
        for k in further
    )
    other = above[j]
    return Match(
        one.ref, other.ref, kind_of_link(one, other, *levels), score, also, rule_of(one.deadline, other.deadline)
    )

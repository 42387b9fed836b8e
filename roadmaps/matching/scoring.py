"""How well a lower result fits an upper one: evidence of text, kind of result, dates, order and company, weighed together."""

import difflib
import math
import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from roadmaps.matching.bodies import Level, name_key
from roadmaps.matching.features import Unit, Vector, cosine, days_apart
from roadmaps.matching.weights import Weights
from roadmaps.matching.words import is_generic, words

Table = list[list[float]]

_PEOPLE = frozenset(
    words(
        "руководители директора педагоги обучающиеся родители класс классы специалисты заместители администрация "
        "координаторы организация организации участники школа муниципалитет муниципальный региональный школьный работающие"
    )
)
"""Those whom a row is for change with the level by nature, so another audience is no other work."""

_NAMED_BODY = re.compile(r"«|\"|№\s*\d|\b(?:сош|оош|гимнази|лице[йя]|школ[аы])\b", re.IGNORECASE)
_ALIKE_ENOUGH = 0.4
_MANY_LETTERS = 0.6


@dataclass(frozen=True, slots=True)
class Evidence:
    """One piece of evidence: how strongly it counts and what it says, 0..1."""

    weight: float
    value: float


def weigh(evidence: Iterable[Evidence]) -> float:
    """Give the mean of the evidence by weight; nothing known is worth nothing."""
    total = mass = 0.0
    for piece in evidence:
        total += piece.weight * piece.value
        mass += piece.weight
    return total / mass if mass else 0.0


def own_evidence(lower: Unit, upper: Unit, level: Level, weights: Weights) -> list[Evidence]:
    """Say what the two rows by themselves tell: their words, their kind, their doers, their dates."""
    found = [
        Evidence(weights.whole, _near(lower.whole, upper.whole)),
        Evidence(weights.letters, cosine(lower.whole_grams, upper.whole_grams)),
    ]
    if lower.title and upper.title:
        alike = max(_near(lower.title, upper.title), cosine(lower.title_grams, upper.title_grams) * _MANY_LETTERS)
        found.append(Evidence(weights.title, alike))
    if lower.text and upper.text:
        found.append(Evidence(weights.text, _near(lower.text, upper.text)))
    if lower.roles and upper.roles:
        found.append(Evidence(weights.role, same_role(lower.roles, upper.roles)))
    if lower.section and upper.section:
        found.append(Evidence(weights.section, cosine(lower.section, upper.section)))
    if _done_elsewhere(lower, upper, level):
        found.append(Evidence(weights.doer, 0.0))
    apart = days_apart(lower.deadline, upper.deadline)
    if apart is not None:
        found.append(Evidence(weights.date, 0.5 ** (apart / weights.month)))
    return found


def _done_elsewhere(lower: Unit, upper: Unit, level: Level) -> bool:
    """Tell whether the upper row says that it is done on a storey that is neither the lower body's nor handed down by it."""
    if upper.doer is None or upper.doer == level:
        return False
    return lower.doer is None or lower.doer <= level or lower.doer != upper.doer


def _near(one: Vector, other: Vector) -> float:
    """Compare two texts; a short one that the long one holds whole is near it although the cosine is low."""
    shared = one.keys() & other.keys()
    if not shared:
        return 0.0
    alike = sum([one[term] * other[term] for term in shared])
    if min(len(one), len(other)) < 2:
        return alike
    held = max(sum([one[term] ** 2 for term in shared]), sum([other[term] ** 2 for term in shared]))
    return max(alike, 0.8 * held)


def same_role(one: Sequence[str], other: Sequence[str]) -> float:
    """Tell whether two results are of one kind: 1 the same, less if only something further agrees, 0 if nothing does."""
    if one[0] == other[0]:
        return 1.0
    if one[0] in other or other[0] in one:
        return 0.6
    return 0.3 if set(one) & set(other) else 0.0


def swapped(lower: Unit, upper: Unit, title_words: tuple[list[str], list[str]]) -> float:
    """
    Tell whether something else stands in one place of two otherwise equal titles, 0..1.

    «День открытых дверей медицинского класса» and «… аграрного класса» share all words but the one that matters: the
    rarer the words exchanged, and the more the rest agrees, the likelier it is another thing and not another wording.
    The first words of a title name the doing («Проведение», «Организация») and are exchanged freely.
    """
    own, above = title_words
    matcher = difflib.SequenceMatcher(None, own, above, autojunk=False)
    agreed = matcher.ratio()
    if agreed <= _ALIKE_ENOUGH:
        return 0.0
    worst = 0.0
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind != "replace" or not a or not c:
            continue
        mine, theirs = _telling(own[a:b], upper.whole), _telling(above[c:d], lower.whole)
        if mine and theirs:
            here = max(lower.title[word] for word in mine) / max(lower.title.values())
            there = max(upper.title[word] for word in theirs) / max(upper.title.values())
            worst = max(worst, min(here, there))
    return worst * (agreed - _ALIKE_ENOUGH) / (1 - _ALIKE_ENOUGH)


def _telling(block: list[str], other: Vector) -> set[str]:
    """Keep the words of a replaced stretch that tell what the row is about and that the other row lacks."""
    return {
        word
        for word in block
        if word not in other and word not in _PEOPLE and not is_generic(word) and not (word.isdigit() and len(word) > 2)
    }


def done_by_another(upper: Unit, issuer: str) -> bool:
    """Tell whether the upper row is done by named bodies alone («Лицей № 3») and the lower body is none of them."""
    if not upper.executors or not all(
        _NAMED_BODY.search(text) and not re.search(r"\b[А-ЯЁ]\.", text) for text in upper.executors
    ):
        return False
    own = name_key(issuer)
    return not (own and any(name_key(text) & own for text in upper.executors))


def activity_scores(base: Table, lower: Sequence[Unit], upper: Sequence[Unit]) -> Table:
    """Give how well each lower activity fits each upper one: the mean of the best fits of its results."""
    rows, columns = lower[-1].activity + 1, upper[-1].activity + 1
    best = [[0.0] * columns for _ in lower]
    for i, scores in enumerate(base):
        for j, score in enumerate(scores):
            b = upper[j].activity
            if score > best[i][b]:
                best[i][b] = score
    table = [[0.0] * columns for _ in range(rows)]
    count = [0] * rows
    for i, unit in enumerate(lower):
        count[unit.activity] += 1
        for b in range(columns):
            table[unit.activity][b] += best[i][b]
    return [[value / max(1, count[a]) for value in line] for a, line in enumerate(table)]


def align(table: Table, floor: float) -> list[tuple[int, int]]:
    """
    Pair lower and upper activities in the order of both documents (Needleman—Wunsch), several lower ones to one upper allowed.

    Only what an activity says above `floor` counts, so an activity without a counterpart stays unpaired.
    """
    n, m = len(table), len(table[0]) if table else 0
    total = [[0.0] * (m + 1) for _ in range(n + 1)]
    for i in range(1, n + 1):
        for j in range(1, m + 1):
            gain = max(0.0, table[i - 1][j - 1] - floor)
            total[i][j] = max(
                total[i - 1][j], total[i][j - 1], total[i - 1][j - 1] + gain, total[i - 1][j] + 0.5 * gain
            )
    pairs, i, j = [], n, m
    while i and j:
        gain = max(0.0, table[i - 1][j - 1] - floor)
        if gain and math.isclose(total[i][j], total[i - 1][j - 1] + gain):
            pairs.append((i - 1, j - 1))
            i, j = i - 1, j - 1
        elif gain and math.isclose(total[i][j], total[i - 1][j] + 0.5 * gain):
            pairs.append((i - 1, j - 1))
            i -= 1
        elif math.isclose(total[i][j], total[i - 1][j]):
            i -= 1
        else:
            j -= 1
    return pairs[::-1]


def order_evidence(table: Table, floor: float) -> tuple[Table, float]:
    """
    Say how well each pair of activities keeps the order of the rest, and how far the two documents keep one order at all.

    Between its aligned neighbours a pair is worth 1; outside it fades. Documents that were re-sorted make order speak softly.
    """
    pairs = align(table, floor)
    n, m = len(table), len(table[0]) if table else 0
    firm = [a for a in range(n) if max(table[a], default=0.0) > floor]
    kept = {a for a, b in pairs if table[a][b] >= max(table[a]) - 1e-9}
    trust = len(kept) / len(firm) if firm else 0.0
    result = [[0.0] * m for _ in range(n)]
    for a in range(n):
        others = [pair for pair in pairs if pair[0] != a]
        position = bisect_left(others, (a, -1))
        low = others[position - 1][1] if position else 0
        high = others[position][1] if position < len(others) else m - 1
        for b in range(m):
            outside = max(low - b, b - high, 0)
            result[a][b] = math.exp(-outside / 4)
    return result, trust * trust


def dominance(table: Table) -> Table:
    """
    Say for each pair of activities how far it stands above every rival, on both sides, 0..1.

    In heavily reworded plans all likeness is faint, and yet each activity is clearly likest to one other.
    """
    columns = list(zip(*table, strict=True))
    row_best = [_two_best(line) for line in table]
    column_best = [_two_best(line) for line in columns]
    result = []
    for a, line in enumerate(table):
        out = []
        for b, value in enumerate(line):
            rival = max(
                row_best[a][1] if value >= row_best[a][0] else row_best[a][0],
                column_best[b][1] if value >= column_best[b][0] else column_best[b][0],
            )
            out.append(max(0.0, min(1.0, 2 * (value - rival) / value)) if value > 0 else 0.0)
        result.append(out)
    return result


def _two_best(values: Iterable[float]) -> tuple[float, float]:
    first = second = 0.0
    for value in values:
        if value > first:
            first, second = value, first
        elif value > second:
            second = value
    return first, second


def company(base: Table, lower: Sequence[Unit], upper: Sequence[Unit]) -> dict[tuple[int, int], float]:
    """Say for each pair how well the other results of its two activities fit each other; absent where one stands alone."""
    by_lower = _groups(lower)
    by_upper = _groups(upper)
    found: dict[tuple[int, int], float] = {}
    for mine in by_lower.values():
        for theirs in by_upper.values():
            if len(mine) < 2 or len(theirs) < 2:
                continue
            for i in mine:
                for j in theirs:
                    rest = [max(base[k][x] for x in theirs if x != j) for k in mine if k != i]
                    found[i, j] = sum(rest) / len(rest)
    return found


def _groups(units: Sequence[Unit]) -> dict[int, list[int]]:
    groups: dict[int, list[int]] = {}
    for index, unit in enumerate(units):
        groups.setdefault(unit.activity, []).append(index)
    return groups


def calibrated(raw: float, weights: Weights) -> float:
    """Turn a weighed score into one that reads as a share of sureness, 0..1."""
    return 1 / (1 + math.exp(-weights.steepness * (raw - weights.middle)))

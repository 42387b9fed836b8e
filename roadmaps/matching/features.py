"""What is compared of two plans: every result as a unit with its words, its kind of result, its dates."""

import datetime as dt
import math
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from deadlines.values import Deadline
from roadmaps.matching import lexicon
from roadmaps.matching.bodies import Level, doer, without_bodies
from roadmaps.matching.words import abbreviations, grams, is_generic, words
from roadmaps.reading.document import PlanDocument

Vector = dict[str, float]


@dataclass(frozen=True, slots=True)
class Unit:
    """
    One result as it is compared.

    `activity` counts the activities of its plan from 0, `place` says where in the plan it stands (0 first, 1 last).
    """

    ref: str
    activity: int
    place: float
    title: Vector
    text: Vector
    whole: Vector
    title_grams: Vector
    whole_grams: Vector
    section: Vector
    roles: tuple[str, ...]
    deadline: Deadline
    raw_title: str
    raw_text: str
    executors: tuple[str, ...]
    doer: Level | None


@lru_cache(maxsize=20_000)
def roles(text: str) -> tuple[str, ...]:
    """
    Tell what a result is: an order, a report, a protocol …, the most telling first.

    What it is about («справка по результатам опроса») counts only where nothing else is said.
    """
    folded = without_bodies(text)
    head = lexicon.TAIL.sub("", folded)
    for said in (head, folded):
        found = tuple(name for name, pattern in lexicon.ROLES if pattern.search(said))
        if found:
            return found
    return ()


def units(upper: PlanDocument, lower: PlanDocument) -> tuple[list[Unit], list[Unit]]:
    """Make the units of both plans; a word weighs by how few rows of the two use it."""
    known = abbreviations(_texts(upper)) | abbreviations(_texts(lower))

    def split(text: str) -> list[str]:
        return words(without_bodies(text), known)

    sheets = [[_Sheet.of(plan, split) for plan in (upper, lower)]]
    both = sheets[0]
    title_weight = _rarity([row.title for sheet in both for row in sheet.first_rows()])
    text_weight = _rarity([row.text for sheet in both for row in sheet.rows])
    whole_weight = _rarity([row.title + row.text for sheet in both for row in sheet.rows])
    gram_weight = _rarity([row.grams for sheet in both for row in sheet.rows])

    def made(sheet: "_Sheet") -> list[Unit]:
        count = max(1, sheet.activities - 1)
        return [
            Unit(
                ref=row.ref,
                activity=row.activity,
                place=row.activity / count,
                title=_vector(row.title, title_weight),
                text=_vector(row.text, text_weight),
                whole=_vector(row.title + row.text, whole_weight),
                title_grams=_vector(row.title_grams, gram_weight),
                whole_grams=_vector(row.grams, gram_weight),
                section=_vector(row.section, title_weight),
                roles=roles(row.raw_text) or roles(row.raw_title),
                deadline=row.deadline,
                raw_title=row.raw_title,
                raw_text=row.raw_text,
                executors=row.executors,
                doer=doer(row.raw_text, row.executors),
            )
            for row in sheet.rows
        ]

    return made(both[0]), made(both[1])


@dataclass(frozen=True, slots=True)
class _Row:
    ref: str
    activity: int
    title: list[str]
    text: list[str]
    title_grams: list[str]
    grams: list[str]
    section: list[str]
    raw_title: str
    raw_text: str
    deadline: Deadline
    executors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Sheet:
    rows: list[_Row]
    activities: int

    @classmethod
    def of(cls, plan: PlanDocument, split: Callable[[str], list[str]]) -> "_Sheet":
        titles = {section.number: section.title for section in plan.sections if section.number}
        rows = [
            _Row(
                ref=result.ref,
                activity=number,
                title=split(activity.title),
                text=split(result.text),
                title_grams=grams(without_bodies(activity.title)),
                grams=grams(without_bodies(f"{activity.title} {result.text}")),
                section=[word for part in activity.section for word in split(titles.get(part, part))],
                raw_title=activity.title,
                raw_text=result.text,
                deadline=result.deadline,
                executors=result.executors,
            )
            for number, activity in enumerate(plan.rows)
            for result in activity.results
        ]
        return cls(rows, len(plan.rows))

    def first_rows(self) -> list[_Row]:
        """Give one row of each activity, so that a title counts once however many results stand under it."""
        return list({row.activity: row for row in reversed(self.rows)}.values())


def _texts(plan: PlanDocument) -> Iterable[str]:
    yield plan.header.preamble
    yield from (clause.text for clause in plan.header.clauses)
    for activity, result in plan.results():
        yield activity.title
        yield result.text


def _rarity(documents: Sequence[list[str]]) -> Callable[[str], float]:
    """Weigh a term by how few documents hold it; a term in most of them still weighs a little."""
    frequency = Counter(term for document in documents for term in set(document))
    total = len(documents)

    def weight(term: str) -> float:
        rare = math.log(1 + (total + 1) / (frequency[term] + 0.5))
        return rare * lexicon.GENERIC_SHARE if is_generic(term) else rare

    return weight


def _vector(terms: list[str], weight: Callable[[str], float]) -> Vector:
    """Give a vector of length 1; a repeated term gains less and less."""
    raw = {term: (1 + math.log(count)) * weight(term) for term, count in Counter(terms).items()}
    length = math.sqrt(sum(value * value for value in raw.values()))
    return {term: value / length for term, value in raw.items()} if length else {}


def cosine(one: Vector, other: Vector) -> float:
    """Give the cosine of two vectors of length 1."""
    return sum([one[term] * other[term] for term in one.keys() & other.keys()])


def containment(part: Vector, whole: Vector) -> float:
    """Give the share of `part` that `whole` also says, by weight."""
    mass = sum(value * value for value in part.values())
    return sum(value * value for term, value in part.items() if term in whole) / mass if mass else 0.0


def days_apart(one: Deadline, other: Deadline) -> float | None:
    """Give how far apart two deadlines lie, in days: 0 for a window inside the other, else between ends; None without an end."""
    if one.due is None or other.due is None:
        return None
    if one.start and other.start and other.start <= one.start and one.due <= other.due:
        return 0.0
    return abs((one.due - other.due) / dt.timedelta(days=1))

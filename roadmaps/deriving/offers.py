"""What a lower body is offered of the plans above: taken, joined if it likes, or none of its business."""

import enum
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from deadlines.values import Deadline, Kind
from roadmaps.findings.executors import ExecutorKind, understand
from roadmaps.findings.obligations import reaches
from roadmaps.matching.bodies import Level, addressees, doer
from roadmaps.matching.features import Unit
from roadmaps.matching.kinds import kind_of_link


class Part(enum.StrEnum):
    """What is proposed: take a row, or offer it, or leave it out."""

    TAKE = "take"
    JOIN = "join"
    OUT = "out"


class Why(enum.StrEnum):
    """Why it is proposed."""

    OBLIGED = "obliged"
    NAMED = "named"
    ADDRESSED = "addressed"
    OPEN = "open"  # obliges nobody; those below may join
    THEIRS = "theirs"  # the upper body does it itself
    SCHOOLS = "schools"
    MUNICIPALITIES = "municipalities"
    OTHERS = "others"
    ANSWERED = "answered"
    WITH = "with"  # one row answers it together with another one


@dataclass(frozen=True, slots=True)
class Source:
    """
    A row of a plan above, as far as handing down asks.

    `plan` and `level` tell whose it is, `follows` the rows of the other chosen plans whose work it does itself;
    `is_answered` that the lower plan answered it once, even by dropping it.
    """

    row: int
    plan: int
    level: Level
    label: str
    activity: str
    text: str
    deadline: Deadline
    executors: tuple[str, ...]
    reach: str
    is_named: bool = False
    follows: tuple[int, ...] = ()
    is_answered: bool = False

    @property
    def doers(self) -> tuple[str, ...]:
        """Whom the row names for those below: its groups, and where it names none, everybody."""
        return tuple(text for text in self.executors if understand(text).kind is ExecutorKind.GROUP) or self.executors


@dataclass(frozen=True, slots=True)
class Offer:
    """
    A row above with what is proposed for it: part and reason, kind and rule of the link.

    `also` are further rows above that the same lower row would answer.
    """

    source: Source
    part: Part
    why: Why
    kind: str
    rule: str
    also: tuple[int, ...] = ()


def offers_of(sources: Sequence[Source], mine: Level) -> list[Offer]:
    """
    Propose for every row above what a body of this storey does with it; every row once, in the given order.

    Where two of the plans ask the same of it, as an institute's row that does the region's work, one row answers both.
    """
    offers = [_offer(source, mine) for source in sources]
    taken = {offer.source.row for offer in offers if offer.part is Part.TAKE}
    joined: dict[int, list[int]] = {}
    found = []
    for offer in offers:
        first = next((row for row in offer.source.follows if row in taken and row != offer.source.row), None)
        if offer.part is Part.TAKE and first is not None:
            joined.setdefault(first, []).append(offer.source.row)
            offer = replace(offer, part=Part.OUT, why=Why.WITH)
        found.append(offer)
    return [replace(offer, also=tuple(joined.get(offer.source.row, ()))) for offer in found]


def _offer(source: Source, mine: Level) -> Offer:
    part, why = _part(source, mine)
    if why is Why.THEIRS:
        # What the upper body does by itself stands in a lower plan for information, with its own date and people.
        return Offer(source, part, why, "mirrors", rule_for(source.deadline))
    unit = _unit(source)
    lower = replace(unit, executors=())
    return Offer(source, part, why, kind_of_link(lower, unit, source.level, mine), rule_for(source.deadline))


def _part(source: Source, mine: Level) -> tuple[Part, Why]:
    if source.is_answered:
        return Part.OUT, Why.ANSWERED
    if source.is_named:
        return Part.TAKE, Why.NAMED
    if reaches(source.reach, mine):
        return Part.TAKE, Why.OBLIGED
    if source.reach == "named":
        return Part.OUT, Why.OTHERS
    if source.reach != "nobody":
        return Part.OUT, Why.SCHOOLS if source.reach == "all-schools" else Why.MUNICIPALITIES
    said = source.text or source.activity
    if mine in addressees(said):
        return Part.JOIN, Why.ADDRESSED
    does = doer(said, source.executors)
    if does is Level.MUNICIPALITY and mine is Level.SCHOOL:
        return Part.OUT, Why.MUNICIPALITIES
    return Part.JOIN, Why.OPEN if does is not None and does > source.level else Why.THEIRS


def rule_for(upper: Deadline) -> str:
    """Tell where the date of a handed down row comes from: inside a window, else the same; nothing from an unknown one."""
    if upper.kind is Kind.UNKNOWN:
        return "own"
    return "within" if upper.kind is Kind.WINDOW and upper.start is not None else "same"


def _unit(source: Source) -> Unit:
    """Give a row as the rules of links see it; they look at its words and executors alone."""
    return Unit(
        ref="",
        activity=0,
        place=0.0,
        title={},
        text={},
        whole={},
        title_grams={},
        whole_grams={},
        section={},
        roles=(),
        deadline=source.deadline,
        raw_title=source.activity,
        raw_text=source.text,
        executors=source.executors,
        doer=None,
    )


def rows_of(offers: Iterable[Offer], parts: Mapping[int, bool]) -> list[Offer]:
    """Give the offers that are taken: as decided, else as proposed."""
    return [
        offer for offer in offers if offer.part is not Part.OUT and parts.get(offer.source.row, offer.part is Part.TAKE)
    ]

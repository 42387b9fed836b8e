"""What a scan finds in a phrase: spans of time, frequencies, terms from an event, and what it could not read."""

import enum
from dataclasses import dataclass, field

from deadlines.grammar.atoms import Atom
from deadlines.values import Relative


class Mode(enum.StrEnum):
    """How the words before a date bound the work."""

    AT = "at"
    BY = "by"  # «до», «не позднее»
    TOWARDS = "towards"  # «к»
    NOT_LATER = "not-later"  # «по», «не позднее»: the named stretch belongs to it
    FROM = "from"  # «с», «не ранее»
    AFTER = "after"


@dataclass(slots=True)
class Span:
    """One or two pieces of time and how they bound the work."""

    first: Atom
    last: Atom | None = None
    mode: Mode = Mode.AT
    inclusive: bool = False
    through: bool = False  # «в течение …»
    weekday: int | None = None  # «пятница, 14 октября»: said, to be checked
    repeats: bool = False  # the frequency beside it makes its day a yearly one
    yearly: bool = False  # «… года, следующего за отчетным»


@dataclass(slots=True)
class DayNumbers:
    """Days of an unnamed month: «до 5 и 20 числа»."""

    days: list[int]


@dataclass(slots=True)
class Every:
    """A frequency: `times` in each `interval` units, on weekdays where named."""

    unit: str
    times: int = 1
    interval: int = 1
    weekdays: list[tuple[int, int]] = field(default_factory=list)  # (ordinal in the month or 0, weekday)
    assumed: bool = False
    working_day: int = 0  # the n-th working day of the stretch; -1 the last


@dataclass(slots=True)
class Follow:
    """The month that a day number belongs to: the n-th after (or, `inside`, of) a reported stretch."""

    unit: str
    month: int = 1
    inside: bool = False


@dataclass(slots=True)
class Pending:
    """Numbers whose month is still to come: «с 3 по 7» of «с 3 по 7 и с 10 по 14 октября»."""

    first: int
    last: int | None
    mode: Mode
    words: str


@dataclass(slots=True)
class Scan:
    """All that was found in a phrase, in order of writing."""

    spans: list[Span] = field(default_factory=list)
    day_numbers: list[DayNumbers] = field(default_factory=list)
    every: list[Every] = field(default_factory=list)
    follows: list[Follow] = field(default_factory=list)
    relatives: list[Relative] = field(default_factory=list)
    links: list[str] = field(default_factory=list)  # before each span: "", ",", "-", "gap"
    leftovers: list[str] = field(default_factory=list)
    left_out: list[int] = field(default_factory=list)  # months that a frequency spares: «кроме июля»
    counted_from: Atom | None = None  # the day of «за 10 дней до 1 сентября»
    pending: list["Pending"] = field(default_factory=list)
    school: list[Atom] = field(default_factory=list)  # typical bounds of holidays and terms
    flags: set[str] = field(default_factory=set)
    leading_dash: bool = False
    trailing_dash: bool = False

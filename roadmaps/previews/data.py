"""An import as it would be saved: its rows, links and executors, and what hinders finishing it."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from deadlines.values import Deadline, Kind, Period
from deadlines.wording import meaning
from roadmaps.choices import Aim, LinkKind, Rule
from roadmaps.models import Import, Roadmap
from roadmaps.reading.document import Activity, PlanDocument, Result

SURE, LIKELY, DOUBTFUL = 0.85, 0.65, 0.45
"""Above which a match is called sure, likely, doubtful."""

ASKING = (
    "dash-lost",
    "start-lost",
    "end-lost",
    "digit-lost",
    "impossible-date",
    "reversed",
    "outside-period",
    "year-ambiguous",
    "weekday-differs",
    "several-deadlines",
)
"""Warnings of the grammar that a person has to decide on; the others only stand beside the phrase."""


@dataclass(frozen=True, slots=True)
class UpperChoice:
    """An upper row that a row may be linked to."""

    commitment: int
    roadmap: int
    label: str
    activity: str
    text: str
    deadline: Deadline
    called: str
    called_genitive: str

    @property
    def words(self) -> str:
        """What the row says: its result, else the activity."""
        return self.text or self.activity


@dataclass(frozen=True, slots=True)
class PreviewLink:
    upper: int
    kind: str
    rule: str
    score: float | None  # None: a person chose it
    choice: UpperChoice | None = None

    @property
    def words(self) -> str:
        """How the row is linked and where its date comes from."""
        return f"{LinkKind(self.kind).label}, {Rule(self.rule).label}"

    @property
    def percent(self) -> int:
        return round((self.score or 0) * 100)

    @property
    def sureness(self) -> str:
        """Code of the word for the score: chosen, sure, likely, doubtful."""
        if self.score is None:
            return "chosen"
        return "sure" if self.score >= SURE else "likely" if self.score >= LIKELY else "doubtful"


@dataclass(frozen=True, slots=True)
class PreviewExecutor:
    """An executor as read, what it is taken for, and whether the registers know it; `is_foreign`: of another body."""

    text: str
    known_as: str
    is_known: bool
    is_foreign: bool


@dataclass(frozen=True, slots=True)
class Option:
    """One answer to a question; `why` is the small print beside it."""

    value: str
    label: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """Something that only a person can decide; `key` is the ref and what is asked, deadline or link."""

    ref: str
    about: str
    title: str
    quote: str
    words: str
    options: tuple[Option, ...]
    chosen: str

    @property
    def key(self) -> str:
        return f"{self.ref}:{self.about}"


@dataclass(slots=True)
class PreviewRow:
    """One result of the import as it would be saved."""

    ref: str
    label: str
    activity: Activity
    result: Result
    original: Result
    links: list[PreviewLink]
    candidates: list[PreviewLink]
    settled: tuple[str, ...]
    period: Period | None = None
    obliges: str = "nobody"
    is_dropped: bool = False
    executors: tuple[PreviewExecutor, ...] = ()
    findings: list[Any] = field(default_factory=list)

    @property
    def meaning(self) -> str:
        """The deadline in the reader's language."""
        return meaning(self.result.deadline, language(), period=self.period)

    @property
    def has_doubt(self) -> bool:
        return self.result.deadline.kind is Kind.UNKNOWN or any(
            code in ASKING for code in self.result.deadline.warnings
        )

    @property
    def is_corrected(self) -> bool:
        return self.result != self.original


@dataclass
class Preview:
    """One import, ready to be shown and to be finished."""

    incoming: Import
    document: PlanDocument
    rows: list[PreviewRow]
    dropped: list[PreviewRow]
    choices: dict[int, UpperChoice]
    uppers: list[Roadmap]
    questions: list[Question] = field(default_factory=list)
    """What is left to decide, in document order."""

    def row(self, ref: str) -> PreviewRow:
        return self._by_ref[ref]

    @cached_property
    def _by_ref(self) -> dict[str, PreviewRow]:
        return {row.ref: row for row in (*self.rows, *self.dropped)}

    @cached_property
    def understood(self) -> int:
        """How many deadlines are understood."""
        return sum(row.result.deadline.kind is not Kind.UNKNOWN for row in self.rows)

    @cached_property
    def linked(self) -> int:
        return sum(bool(row.links) for row in self.rows)

    @cached_property
    def hindrances(self) -> list[str]:
        """Why the import cannot be finished yet, each as a sentence; empty when it can."""
        header, found = self.document.header, []
        if self.questions:
            count = len(self.questions)
            found.append(
                ngettext("%(count)d question is open", "%(count)d questions are open", count) % {"count": count}
            )
        if not self.rows:
            found.append(_("no row is left"))
        if not header.title:
            found.append(_("the plan has no title"))
        if header.period is None:
            found.append(_("the plan has no period"))
        if self.incoming.aim == Aim.IN_FORCE:
            if not header.order_number:
                found.append(_("the order has no number"))
            if header.order_date is None:
                found.append(_("the order has no date"))
        return found


def language() -> str:
    """Give the reader's language as plain-Python wording knows it."""
    return (get_language() or "ru")[:2]

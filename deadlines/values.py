"""What a deadline is: a phrase as written and what it means."""

import datetime as dt
import enum
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple, Self

GRAMMAR_VERSION = 1
"""Stored beside every deadline, so that a later grammar can tell what to read again."""


class Kind(enum.StrEnum):
    BY = "by"
    WINDOW = "window"
    MONTHS = "months"
    CONTINUOUS = "continuous"
    RECURRING = "recurring"
    BY_SCHEDULE = "by-schedule"
    ON_REQUEST = "on-request"
    RELATIVE = "relative"
    UNKNOWN = "unknown"


class Period(NamedTuple):
    """A plan's period, both days inclusive."""

    start: dt.date
    end: dt.date

    def holds(self, day: dt.date) -> bool:
        return self.start <= day <= self.end


class Window(NamedTuple):
    """One span of days, both inclusive."""

    start: dt.date
    due: dt.date


class Suggestion(NamedTuple):
    """What a doubtful phrase may have meant; `start` is None for a deadline without a beginning."""

    start: dt.date | None
    due: dt.date


class Relative(NamedTuple):
    """
    A term reckoned from an event.

    `duration` is ISO 8601 (P10D, P3M; P10BD for working days; negative before the event) or None; `event` its words.
    """

    duration: str | None
    event: str


@dataclass(frozen=True, slots=True)
class Deadline:
    """
    The phrase as written, and its meaning.

    `start` and `due` bound the whole (a list of windows runs from the first start to the last due); `warnings` are
    codes such as `outside-period`, `dash-lost`, `start-lost`; `suggestions` come best first.
    """

    phrase: str = ""
    kind: Kind = Kind.UNKNOWN
    start: dt.date | None = None
    due: dt.date | None = None
    windows: tuple[Window, ...] = ()
    rrules: tuple[str, ...] = ()
    relative: Relative | None = None
    warnings: tuple[str, ...] = ()
    suggestions: tuple[Suggestion, ...] = field(default=())

    def with_dates(self, start: dt.date | None, due: dt.date | None) -> Self:
        return replace(self, start=start, due=due)

    def to_json(self) -> dict[str, Any]:
        """Give the shape of the `read_deadlines` command; dates as ISO text."""
        rrule: str | list[str] | None = None
        if self.rrules:
            rrule = self.rrules[0] if len(self.rrules) == 1 else list(self.rrules)
        return {
            "phrase": self.phrase,
            "kind": self.kind.value,
            "start": _iso(self.start),
            "due": _iso(self.due),
            "windows": [[w.start.isoformat(), w.due.isoformat()] for w in self.windows],
            "rrule": rrule,
            "relative": None if self.relative is None else self.relative._asdict(),
            "warnings": list(self.warnings),
            "suggestions": [{"start": _iso(s.start), "due": s.due.isoformat()} for s in self.suggestions],
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        """Read back what `to_json` gave."""
        rrule = data.get("rrule")
        relative = data.get("relative")
        return cls(
            phrase=data["phrase"],
            kind=Kind(data["kind"]),
            start=_date(data["start"]),
            due=_date(data["due"]),
            windows=tuple(Window(dt.date.fromisoformat(a), dt.date.fromisoformat(b)) for a, b in data["windows"]),
            rrules=() if rrule is None else (rrule,) if isinstance(rrule, str) else tuple(rrule),
            relative=None if relative is None else Relative(**relative),
            warnings=tuple(data["warnings"]),
            suggestions=tuple(
                Suggestion(_date(s["start"]), dt.date.fromisoformat(s["due"])) for s in data["suggestions"]
            ),
        )


def _iso(day: dt.date | None) -> str | None:
    return None if day is None else day.isoformat()


def _date(text: str | None) -> dt.date | None:
    return None if text is None else dt.date.fromisoformat(text)

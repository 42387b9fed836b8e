"""What a reader understood of one document: header, sections, rows, problems. Data only."""

import datetime as dt
from dataclasses import dataclass
from typing import Any, Self

from deadlines.values import Deadline, Period


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause of the order that the document carries; `number` as written, without its final dot («5.2»)."""

    number: str
    text: str
    deadline: Deadline | None = None


@dataclass(frozen=True, slots=True)
class Header:
    """
    The facts that stand around the table; empty text and None where the document is silent.

    `title` is the plan's title, `order_title` that of the order that approves it («Об организации …»).
    """

    issuer: str = ""
    order_number: str = ""
    order_date: dt.date | None = None
    order_title: str = ""
    place: str = ""
    title: str = ""
    period: Period | None = None
    preamble: str = ""
    clauses: tuple[Clause, ...] = ()
    signatory_post: str = ""
    signatory_name: str = ""
    goal: str = ""
    tasks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A nested heading; `level` counts from 1."""

    number: str
    title: str
    level: int


@dataclass(frozen=True, slots=True)
class Result:
    """One result of an activity, the unit of everything; `ref` («7.2») counts in document order from 1."""

    ref: str
    text: str
    deadline: Deadline
    executors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Activity:
    """A numbered row; `section` is the path of its headings, each its number or, without one, its title."""

    ref: str
    number: str
    title: str
    section: tuple[str, ...] = ()
    results: tuple[Result, ...] = ()


@dataclass(frozen=True, slots=True)
class Problem:
    """Something a person should look at; `ref` is empty for the document as a whole."""

    code: str
    message: str
    ref: str = ""
    message_ru: str = ""


@dataclass(frozen=True, slots=True)
class PlanDocument:
    """One plan as a reader understood it."""

    header: Header = Header()
    sections: tuple[Section, ...] = ()
    rows: tuple[Activity, ...] = ()
    problems: tuple[Problem, ...] = ()

    def results(self) -> list[tuple[Activity, Result]]:
        """List every result with its activity, in document order."""
        return [(activity, result) for activity in self.rows for result in activity.results]

    def to_json(self) -> dict[str, Any]:
        """Give the shape of the `read_plan` command."""
        h = self.header
        return {
            "header": {
                "issuer": h.issuer,
                "order_number": h.order_number,
                "order_date": None if h.order_date is None else h.order_date.isoformat(),
                "order_title": h.order_title,
                "place": h.place,
                "title": h.title,
                "period": None
                if h.period is None
                else {"start": h.period.start.isoformat(), "end": h.period.end.isoformat()},
                "preamble": h.preamble,
                "clauses": [
                    {
                        "number": c.number,
                        "text": c.text,
                        "deadline": None if c.deadline is None else c.deadline.to_json(),
                    }
                    for c in h.clauses
                ],
                "signatory": {"post": h.signatory_post, "name": h.signatory_name},
                "goal": h.goal,
                "tasks": list(h.tasks),
            },
            "sections": [{"number": s.number, "title": s.title, "level": s.level} for s in self.sections],
            "rows": [
                {
                    "ref": a.ref,
                    "number": a.number,
                    "section": list(a.section),
                    "title": a.title,
                    "results": [
                        {"ref": r.ref, "text": r.text, "deadline": r.deadline.to_json(), "executors": list(r.executors)}
                        for r in a.results
                    ],
                }
                for a in self.rows
            ],
            "problems": [
                {"code": p.code, "ref": p.ref, "message": p.message, "message_ru": p.message_ru} for p in self.problems
            ],
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        """Read back what `to_json` gave."""
        h = data["header"]
        period = h.get("period")
        return cls(
            header=Header(
                issuer=h["issuer"],
                order_number=h["order_number"],
                order_date=None if h["order_date"] is None else dt.date.fromisoformat(h["order_date"]),
                order_title=h["order_title"],
                place=h["place"],
                title=h["title"],
                period=period and Period(dt.date.fromisoformat(period["start"]), dt.date.fromisoformat(period["end"])),
                preamble=h["preamble"],
                clauses=tuple(
                    Clause(c["number"], c["text"], c["deadline"] and Deadline.from_json(c["deadline"]))
                    for c in h["clauses"]
                ),
                signatory_post=h["signatory"]["post"],
                signatory_name=h["signatory"]["name"],
                goal=h["goal"],
                tasks=tuple(h["tasks"]),
            ),
            sections=tuple(Section(**s) for s in data["sections"]),
            rows=tuple(
                Activity(
                    ref=a["ref"],
                    number=a["number"],
                    title=a["title"],
                    section=tuple(a["section"]),
                    results=tuple(
                        Result(r["ref"], r["text"], Deadline.from_json(r["deadline"]), tuple(r["executors"]))
                        for r in a["results"]
                    ),
                )
                for a in data["rows"]
            ),
            problems=tuple(
                Problem(p["code"], p["message"], p["ref"], p.get("message_ru", "")) for p in data["problems"]
            ),
        )

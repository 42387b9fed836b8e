"""
A short notation for invented plans.

A line that begins with `*` opens an activity: `* title`. A line that begins with `-` is a result of it:
`- text | deadline | executors | answers`. Deadlines: `<2026-10-15` by, `2026-10-05..2026-10-16` a window, `year`, `graph`,
empty for none. `answers` names the upper rows that a reader would link it with («2.1», «2.1+3.1»), or `none`.
"""

import datetime as dt
from dataclasses import dataclass

from deadlines.values import Deadline, Kind, Period, Window
from roadmaps.reading.document import Activity, Header, PlanDocument, Result

PERIOD = Period(dt.date(2026, 9, 1), dt.date(2027, 8, 31))


@dataclass(frozen=True)
class Pair:
    name: str
    upper: PlanDocument
    lower: PlanDocument
    answers: dict[str, tuple[str, ...]]


def deadline(short: str) -> Deadline:
    if not short:
        return Deadline()
    if short == "year":
        return Deadline("в течение учебного года", Kind.CONTINUOUS, *PERIOD)
    if short == "graph":
        return Deadline("по отдельному графику", Kind.BY_SCHEDULE)
    if short.startswith("<"):
        due = dt.date.fromisoformat(short[1:])
        return Deadline(f"до {due:%d.%m.%Y}", Kind.BY, None, due)
    start, _, due_text = short.partition("..")
    window = Window(dt.date.fromisoformat(start), dt.date.fromisoformat(due_text or start))
    return Deadline(f"{window.start:%d.%m.%Y} – {window.due:%d.%m.%Y}", Kind.WINDOW, *window, windows=(window,))


def read(text: str, header: Header) -> tuple[PlanDocument, dict[str, tuple[str, ...]]]:
    activities: list[tuple[str, list[Result]]] = []
    answers: dict[str, tuple[str, ...]] = {}
    for line in filter(None, map(str.strip, text.splitlines())):
        if line.startswith("* "):
            activities.append((line[2:], []))
            continue
        fields = [field.strip() for field in line.removeprefix("-").split("|")] + ["", "", ""]
        ref = f"{len(activities)}.{len(activities[-1][1]) + 1}"
        people = tuple(filter(None, (name.strip() for name in fields[2].split(";"))))
        activities[-1][1].append(Result(ref, fields[0].replace("//", "\n"), deadline(fields[1]), people))
        answers[ref] = () if fields[3] in ("", "none") else tuple(fields[3].split("+"))
    rows = tuple(
        Activity(str(n), str(n), title, (), tuple(results)) for n, (title, results) in enumerate(activities, start=1)
    )
    return PlanDocument(header, (), rows), answers


def pair(name: str, issuers: tuple[str, str], upper: str, lower: str) -> Pair:
    above, _ = read(upper, Header(issuer=issuers[0], period=PERIOD))
    below, answers = read(lower, Header(issuer=issuers[1], period=PERIOD))
    return Pair(name, above, below, answers)

"""
Marks: what the portal's files keep of a row or a heading to know it again.

A mark is a key and prints of the cells as they were written: «row_123_…» for a row (result, deadline, executors),
«head_45_…» for an activity (number, title), «part_46_…» for a section. A cell whose print is still the same was not touched in the file, whatever
has become of the plan. A mark is never trusted with more than that.
"""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass

from documents.paper.spacing import one_line, tidy

PRINT = 8
LETTERS = 32_000
"""As many letters as a cell of Excel surely keeps."""

SIGN = "*"
"""Stands behind a deadline that moves with a row above; it is no part of the phrase."""

_MARK = re.compile(r"(row|head|part)_(\d{1,18})(?:_([0-9a-f]{1,32}))?")


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark as read: of a row or a heading, its key, the prints of its cells (none where the file lost them)."""

    kind: str
    key: int
    prints: tuple[str, ...] = ()


def print_of(text: str) -> str:
    """Give the print of a text, blind to what an office program changes: spaces, blank lines, invisible signs."""
    return hashlib.sha256(tidy(text)[:LETTERS].encode()).hexdigest()[:PRINT]


def row_mark(key: int, text: str, phrase: str, executors: Iterable[str]) -> str:
    """Give the mark of a row."""
    prints = (print_of(text), print_of(bare(phrase)), print_of(listed(executors)))
    return f"row_{key}_{''.join(prints)}"


def head_mark(key: int, number: str, title: str) -> str:
    """Give the mark of an activity, of the title, a goal or a task."""
    return f"head_{key}_{print_of(number)}{print_of(title)}"


def part_mark(key: int, number: str, heading: str) -> str:
    """Give the mark of a section, whose number and title stand in one cell."""
    return f"part_{key}_{print_of(number)}{print_of(heading)}"


def bare(phrase: str) -> str:
    """Give a phrase without the sign behind it."""
    return tidy(phrase).rstrip(f"{SIGN} \n")


def listed(executors: Iterable[str]) -> str:
    """Give executors as the lines of a cell."""
    return "\n".join(filter(None, (one_line(one) for one in executors)))


def unled(text: str) -> str:
    """Take off what the paper sets before a goal or a task: «Цель:», a dash."""
    plain, before = one_line(text), None
    while plain != before:
        before = plain
        for sign in ("Цель:", "Задачи:", "–", "—", "-", "•"):
            plain = plain.removeprefix(sign).lstrip()
    return plain


def read_marks(marks: Iterable[str]) -> list[Mark]:
    """Read marks; what is none is passed over."""
    found = []
    for text in marks:
        match = _MARK.fullmatch(text)
        if match:
            prints = match[3] or ""
            whole = len(prints) % PRINT == 0
            found.append(Mark(match[1], int(match[2]), tuple(re.findall(f".{{{PRINT}}}", prints)) if whole else ()))
    return found

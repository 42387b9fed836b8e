"""How handed down rows stand in the lower plan: sections and activities carried over, numbered anew."""

import re
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field

from roadmaps.matching.words import fold

ROMAN = re.compile(r"^[IVX]+(?P<end>\.?)$")
ARABIC = re.compile(r"^\d+(?P<end>\.?)$")
Path = tuple[tuple[str, str], ...]
"""Sections from the outside in, each as (number, title)."""


@dataclass(slots=True)
class Node:
    """A section or an activity to be written; `rows` are the taken rows of an activity, `below` what stands in a section."""

    title: str
    number: str = ""
    is_section: bool = False
    rows: list[int] = field(default_factory=list)
    below: list["Node"] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a row stands above: sections, the activity's key, number and title."""

    row: int
    path: Path
    activity: Hashable
    number: str
    title: str


def laid_out(places: Iterable[Place], *, restarts: bool, first: int = 1) -> list[Node]:
    """
    Put taken rows under sections and activities, in the given order; sections of one title become one.

    Activities are numbered through, or anew in each section, in the manner of the numbers above: with a full stop where
    they have one, not at all where none has a number.

    :param restarts: whether numbers begin anew in each section above
    :param first: the number of the first activity, where they run through
    """
    known = list(places)
    roots: list[Node] = []
    sections: dict[tuple[str, ...], Node] = {}
    activities: dict[tuple[tuple[str, ...], Hashable], Node] = {}
    for place in known:
        level = roots
        path: tuple[str, ...] = ()
        for number, title in place.path:
            path = (*path, fold(title or number))
            if path not in sections:
                sections[path] = Node(title, number, is_section=True)
                level.append(sections[path])
            level = sections[path].below
        key = (path, place.activity)
        if key not in activities:
            activities[key] = Node(place.title, place.number)
            level.append(activities[key])
        activities[key].rows.append(place.row)
    _number(roots, style_of([place.number for place in known]), restarts, first)
    _number_sections([node for node in roots if node.is_section])
    return roots


def style_of(numbers: Sequence[str]) -> str:
    """Tell how numbers are written: «» not at all, «1» bare, «1.» with a full stop."""
    written = [number.strip() for number in numbers if number.strip()]
    if not written:
        return ""
    return "1." if sum(number.endswith(".") for number in written) * 2 > len(written) else "1"


def restarts(numbers: Iterable[tuple[Hashable, str]]) -> bool:
    """Tell whether numbers, each with its section, begin with 1 in a second section."""
    return len({section for section, number in numbers if number.strip().rstrip(".") == "1"}) > 1


def _number_sections(sections: list[Node]) -> None:
    """Close the gaps that sections left out would leave, where all are numbered in a row: «I, III» becomes «I, II»."""
    for pattern, ordinal in ((ROMAN, _roman), (ARABIC, str)):
        found = [pattern.match(node.number.strip()) for node in sections]
        if all(found):
            for place, (node, number) in enumerate(zip(sections, found, strict=True), 1):
                node.number = f"{ordinal(place)}{number['end'] if number else ''}"
            return


def _roman(number: int) -> str:
    return "X" * (number // 10) + ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")[number % 10]


def _number(nodes: list[Node], style: str, restart: bool, first: int) -> int:
    """Number the activities; gives the next number."""
    following = first
    for node in nodes:
        if node.is_section:
            after = _number(node.below, style, restart, 1 if restart else following)
            following = following if restart else after
        else:
            node.number = style.replace("1", str(following))
            following += 1
    return following

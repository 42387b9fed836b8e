"""Rows by their numbers, in the cases that a clause needs."""

import enum
import re
from collections.abc import Sequence


class Case(enum.Enum):
    """The word «строка» for one and for several."""

    ACCUSATIVE = ("строку", "строки")
    GENITIVE = ("строки", "строк")
    PREPOSITIONAL = ("строке", "строках")
    INSTRUMENTAL = ("строкой", "строками")


RUN = re.compile(r"(.*?)(\d+)")


def rows(labels: Sequence[str], case: Case, section: str = "") -> str:
    """
    Name rows: «строку 7.2», «строк 5.1–5.4», «строками 4.1, 4.3 раздела II».

    :param section: number of the section, where the plan numbers its rows anew in each
    """
    word = case.value[0 if len(labels) == 1 else 1]
    of = f" раздела {section}" if section else ""
    return f"{word} {', '.join(runs(labels))}{of}"


def runs(labels: Sequence[str]) -> list[str]:
    """Join three and more that follow each other: 5.1, 5.2, 5.3, 6.1 → 5.1–5.3, 6.1."""
    found: list[list[str]] = []
    for label in labels:
        if found and _follows(found[-1][-1], label):
            found[-1].append(label)
        else:
            found.append([label])
    return [part for run in found for part in ([f"{run[0]}–{run[-1]}"] if len(run) > 2 else run)]


def _follows(label: str, other: str) -> bool:
    one, two = RUN.fullmatch(label), RUN.fullmatch(other)
    return bool(one and two and one[1] == two[1] and int(two[2]) == int(one[2]) + 1)

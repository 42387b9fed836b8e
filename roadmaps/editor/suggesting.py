"""Whom a typed beginning may mean: names sorted by how well they fit, ё like е, every word by its beginning."""

from collections.abc import Iterable
from dataclasses import dataclass

from roadmaps.matching.words import fold


@dataclass(frozen=True, slots=True)
class Suggestion:
    """An executor to choose: the text that is written, and what it is («методист», «группа: 34 школы»)."""

    text: str
    says: str


def fitting(typed: str, known: Iterable[Suggestion], *, most: int = 8) -> list[Suggestion]:
    """
    Give those in which every typed word begins a word; who begins with the first typed word comes first.

    Equal texts are given once, the first of them.
    """
    words = fold(typed).split()
    found: dict[str, tuple[int, int, Suggestion]] = {}
    for place, one in enumerate(known):
        name = fold(one.text)
        parts = fold(f"{one.text} {one.says}").replace("«", " ").replace("(", " ").split()
        if name in found or not all(any(part.startswith(word) for part in parts) for word in words):
            continue
        found[name] = (0 if words and name.startswith(words[0]) else 1, place, one)
    return [one for _rank, _place, one in sorted(found.values(), key=lambda hit: hit[:2])][:most]

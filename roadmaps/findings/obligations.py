"""Whom an upper row obliges, as far as its wording and its executors say."""

import re
from collections.abc import Iterable
from typing import Literal

from roadmaps.findings.executors import ExecutorKind, understand
from roadmaps.matching.bodies import Level
from roadmaps.matching.words import fold

Obliges = Literal["all-municipalities", "all-schools", "nobody"]

_EACH = r"\b(?:кажд(?:ой|ом|ым|ую|ый|ая|ого)|все(?:ми|х|м)?)\s+(?:\w+\s+){0,2}?"
_EACH_SCHOOL = re.compile(_EACH + r"(?:оо|оу|сош|школ\w*|(?:обще)?образовательн\w+ (?:организац|учрежден)\w*)\b")
_EACH_TOWN = re.compile(_EACH + r"(?:моуо|муниципал\w+|район\w*|округ\w*|орган\w* управлени\w+ образован\w*)\b")


def obliges(executors: Iterable[str], text: str, owner: Level) -> Obliges:
    """
    Tell whom a row obliges below its owner: executors that are a group of lower heads, or a result that says "each school".

    Schools go before municipalities: whoever must see to it that every school does it stands between anyway.
    """
    groups = [who.level for who in map(understand, executors) if who.kind is ExecutorKind.GROUP]
    below = {level for level in groups if level is not None and level > owner}
    folded = fold(text)
    if owner < Level.SCHOOL and (Level.SCHOOL in below or _EACH_SCHOOL.search(folded)):
        return "all-schools"
    if owner < Level.MUNICIPALITY and (Level.MUNICIPALITY in below or _EACH_TOWN.search(folded)):
        return "all-municipalities"
    return "nobody"


def reaches(obligation: str, level: Level) -> bool:
    """
    Tell whether an obligation reaches an organization of a storey.

    What every school must do, its municipality must hand on; so it reaches both.
    """
    if obligation == "all-schools":
        return level in (Level.MUNICIPALITY, Level.SCHOOL)
    return obligation == "all-municipalities" and level is Level.MUNICIPALITY

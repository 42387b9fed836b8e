"""Who does a row at the lower body: «Руководители МОУО» become its own head, those below stay a group."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from roadmaps.findings.executors import ExecutorKind, understand
from roadmaps.matching.bodies import Level

HEADS = frozenset({"municipal-heads", "municipalities", "school-heads", "schools"})
COORDINATORS = frozenset({"municipal-coordinators", "school-coordinators"})
DEPUTIES = frozenset({"school-deputies"})


@dataclass(frozen=True, slots=True)
class Hands:
    """The people of the lower body as its plan would name them; an empty one is not known."""

    head: str = ""
    coordinator: str = ""
    deputy: str = ""

    @property
    def anybody(self) -> str:
        """Who does what nobody is named for."""
        return self.coordinator or self.head


def proposed(text: str, mine: Level, hands: Hands) -> str:
    """
    Propose who does at the lower body what somebody does above; empty where nobody is known.

    A group of the own storey is the body's own head, coordinator or deputy; teachers and other people of a school, and
    every group further below, stay as they are written. Whoever belongs to the upper body is replaced.
    """
    who = understand(text)
    if who.kind is not ExecutorKind.GROUP:
        return hands.anybody
    if who.level is None or who.level > mine:
        return who.text
    if who.level < mine:
        return hands.head or hands.anybody
    if who.group in HEADS:
        return hands.head or hands.anybody
    if who.group in COORDINATORS:
        return hands.anybody
    if who.group in DEPUTIES:
        return hands.deputy or who.text
    return who.text


def hands_of_row(executors: Sequence[str], chosen: Mapping[str, str], otherwise: str) -> tuple[str, ...]:
    """
    Give the executors of a row handed down: what was chosen for each of those above, each once.

    :param otherwise: who does it where nothing is chosen; several are divided by semicolons
    """
    said = [chosen.get(text, "").strip() or otherwise for text in executors] or [otherwise]
    names = [name.strip() for one in said for name in one.split(";")]
    return tuple(dict.fromkeys(name for name in names if name))

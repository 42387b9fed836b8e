"""What a run of faults has shown, in the shape that docs and checks rely on."""

from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass
class Outcome:
    """
    What a run has shown.

    `lost`: deeds that could not be done again, or were told done and were not. `twice`: deeds that happened twice.
    `parked`: what was put aside for a person. `broken`: rules that did not hold; `note` names the first of them.
    """

    name: str
    engine: str
    runs: int = 0
    kills: int = 0
    lost: int = 0
    twice: int = 0
    parked: int = 0
    broken: int = 0
    note: str = ""
    sentences: list[str] = field(default_factory=list, repr=False)

    @property
    def holds(self) -> bool:
        """Tell whether nothing was lost, doubled or broken."""
        return not (self.lost or self.twice or self.broken)

    def to_json(self) -> dict[str, Any]:
        """Give the outcome as the contract of `make faults JSON=file` names it."""
        return {name: value for name, value in asdict(self).items() if name != "sentences"}

    def line(self) -> str:
        """Give the outcome as a line for a person."""
        counts = "  ".join(f"{name} {getattr(self, name)}" for name in ("lost", "twice", "parked", "broken"))
        return f"{self.name:<16} {self.engine:<11} {self.runs} runs, {self.kills} kills  {counts}  {self.note}"

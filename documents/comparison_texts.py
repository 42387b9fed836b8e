"""What a comparison table says, kept as data with the file that is to be made of it."""

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Self

from documents.paper import ComparedCell, ComparedRow, ComparedSection, ComparisonPaper, Run


@dataclass(frozen=True, slots=True)
class ComparisonText:
    """A comparison table ready to be set; it is nobody's act."""

    paper: ComparisonPaper

    def to_json(self) -> dict[str, Any]:
        """Give all of it as data that can be kept."""
        paper = self.paper
        return {
            "made_at": paper.made_at.isoformat(),
            "author": paper.author,
            "title": list(paper.title),
            "sides": list(paper.sides),
            "legend": paper.legend,
            "sections": [asdict(section) for section in paper.sections],
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Self:
        """Read what `to_json` gave, after it has been kept as JSON."""
        before, after = kept["sides"]
        return cls(
            ComparisonPaper(
                made_at=dt.datetime.fromisoformat(kept["made_at"]),
                author=kept["author"],
                title=tuple(kept["title"]),
                sides=(before, after),
                legend=kept["legend"],
                sections=tuple(
                    ComparedSection(one["title"], tuple(_row(row) for row in one["rows"])) for one in kept["sections"]
                ),
            )
        )

    def source_hash(self) -> str:
        """Give the SHA-256 of everything that is printed, in hexadecimal."""
        text = json.dumps(self.to_json(), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()


def _row(kept: Mapping[str, Any]) -> ComparedRow:
    sides = {side: tuple(_cell(cell) for cell in kept[side]) for side in ("was", "became")}
    return ComparedRow(
        number=kept["number"], word=kept["word"], title=kept["title"], why=tuple(kept["why"]), **sides
    )  # fmt: skip


def _cell(kept: Mapping[str, Any]) -> ComparedCell:
    return ComparedCell(kept["label"], tuple(Run(**run) for run in kept["runs"]))

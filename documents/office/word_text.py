"""Words of a Word document: runs, paragraphs, marks; elements in the order that the standard asks for."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from documents.office.package import said
from documents.paper.spacing import NBSP, bound, tidy
from documents.paper.stamps import Line

TWIPS = 56.6929
"""Twentieths of a point in a millimetre."""

BLANKS = {"date": 14, "number": 9, "signature": 14, "day": 4, "month": 14}
"""No-break spaces, underlined: a blank for the hand that is read aloud as nothing."""


def twips(mm: float) -> int:
    """Turn millimetres into twentieths of a point."""
    return round(mm * TWIPS)


@dataclass
class Marks:
    """Numbers the bookmarks of a document; their ids must differ, and so must their names."""

    names: set[str] = field(default_factory=set)
    count: int = 0

    def pair(self, name: str) -> tuple[str, str]:
        """Give the start and the end of a bookmark; nothing for an empty or a repeated name."""
        if not name or name in self.names:
            return "", ""
        self.names.add(name)
        self.count += 1
        start = f'<w:bookmarkStart w:id="{self.count}" w:name="{said(name)}"/>'
        return start, f'<w:bookmarkEnd w:id="{self.count}"/>'


def run(text: str, *, look: str = "") -> str:
    """Make a run; its line breaks are breaks, its tabs tabs. `look` are the properties' elements, in their order."""
    properties = f"<w:rPr>{look}</w:rPr>" if look else ""
    pieces = []
    for at, line in enumerate(text.split("\n")):
        pieces.append("<w:br/>" if at else "")
        for place, part in enumerate(line.split("\t")):
            pieces.append("<w:tab/>" if place else "")
            pieces.append(f'<w:t xml:space="preserve">{said(part)}</w:t>' if part else "")
    return f"<w:r>{properties}{''.join(pieces)}</w:r>"


def words(text: str, *, look: str = "") -> str:
    """Make a run of a tidy text with the no-break spaces of offices; nothing of nothing."""
    made = bound(tidy(text))
    return run(made, look=look) if made else ""


def paragraph(inside: str = "", style: str = "", *, more: str = "", before: str = "", after: str = "") -> str:
    """
    Make a paragraph of runs.

    :param more: further properties, in the order of the standard, behind the style
    :param before: what stands before the runs (the start of a bookmark), `after` behind them
    """
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    properties = f"<w:pPr>{named}{more}</w:pPr>" if named or more else ""
    return f"<w:p>{properties}{before}{inside}{after}</w:p>"


def paragraphs(
    lines: Iterable[str], style: str, *, more: str = "", before: str = "", after: str = "", look: str = ""
) -> str:
    """Make a paragraph of each line, one at least; a bookmark goes around all of them."""
    made: Sequence[str] = [words(line, look=look) for line in lines] or [""]
    last = len(made) - 1
    return "".join(
        paragraph(inside, style, more=more, before=before if not at else "", after=after if at == last else "")
        for at, inside in enumerate(made)
    )


def stamp_line(line: Line) -> str:
    """Make the runs of a line of a stamp; its blanks are underlined."""
    return "".join(
        run(NBSP * BLANKS[piece.blank], look='<w:u w:val="single"/>')
        if piece.blank
        else run(bound(piece.text.replace("\n", " ")))
        for piece in line.pieces
    )

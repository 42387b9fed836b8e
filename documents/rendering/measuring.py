"""The measuring pass: what the boxes of one layout tell the next."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from documents.rendering.tables import Hints

MM = 25.4 / 96
"""One CSS pixel."""

CELL_PADDING = 1.8
"""mm above and below the text of a cell, as the style says."""

ROOM = 0.4
"""mm that a hanging title keeps to the line below."""

ENOUGH = 0.25
"""mm below which a layout is left as it is."""


@dataclass(frozen=True)
class Piece:
    """What one sheet holds of a group of rows: its first row, whether that one began on the sheet before, heights in px."""

    row: int
    goes_on: bool
    rows: float
    title: float


def walk(box: Any) -> Iterator[Any]:
    """Walk a box and all within it."""
    yield box
    for child in getattr(box, "children", ()) or ():
        yield from walk(getattr(child, "_box", child))


def groups_of(page: Any) -> Iterator[Any]:
    """Give the row groups of a sheet that have a name; nothing within a table needs to be walked for them."""
    for child in getattr(page, "children", ()) or ():
        box = getattr(child, "_box", child)
        element = box.element
        if element is not None and box.element_tag == "tbody" and element.get("id") and hasattr(box, "is_header"):
            yield box
        else:
            yield from groups_of(box)


def pieces(document: Any) -> dict[str, list[Piece]]:
    """Find on which sheets the groups stand."""
    found: dict[str, list[Piece]] = {}
    last: dict[str, Any] = {}
    for page in document.pages:
        for box in groups_of(page._page_box):
            ident = box.element.get("id")
            rows = [row for row in box.children if row.element is not None]
            if not rows:
                continue
            piece = Piece(
                row=int(rows[0].element.get("data-row") or 0),
                goes_on=last.get(ident) is rows[0].element,
                rows=sum(row.height for row in rows),
                title=title_height(rows[0]),
            )
            found.setdefault(ident, []).append(piece)
            last[ident] = rows[-1].element
    return found


def title_height(row: Any) -> float:
    """Give the height of a title that hangs in a row, in px."""
    return max(
        (
            box.height
            for box in walk(row)
            if box.element is not None and box.element.get("class") == "h" and isinstance(box.height, int | float)
        ),
        default=0.0,
    )


def short_of(piece: Piece) -> float:
    """Tell how many mm the rows of a group are lower than the title that hangs over them."""
    if not piece.title:
        return 0.0
    return piece.title * MM + CELL_PADDING + ROOM - piece.rows * MM


def measured(document: Any, hints: Hints, heads: Mapping[str, frozenset[int]]) -> Hints:
    """
    Read a layout that was made with `hints` and give those of the next; equal hints mean that nothing is left to do.

    :param heads: rows that must not stand last on a sheet, by group
    """
    padding, splits = dict(hints.padding), dict(hints.splits)
    long, tall = set(hints.long), set(hints.tall)
    for ident, found in pieces(document).items():
        if any(piece.goes_on for piece in found):
            tall.add(ident)
        if len(found) > 1:
            if ident in hints.long:
                asked = hints.splits.get(ident, ())
                breaks = [piece.row for piece in found[1:] if not piece.goes_on]
                if (decided := settled(breaks, asked, heads.get(ident, frozenset()))) != asked:
                    splits[ident] = decided
            long.add(ident)
            padding.pop(ident, None)
        elif (missing := short_of(found[0])) > ENOUGH:
            padding[ident] = padding.get(ident, CELL_PADDING / 2) + missing
    return replace(hints, padding=padding, splits=splits, long=frozenset(long), tall=frozenset(tall))


def settled(breaks: list[int], asked: tuple[int, ...], heads: frozenset[int]) -> tuple[int, ...]:
    """
    Decide before which rows a long group breaks.

    The breaks that were asked for stay as far as they came true; the first that came by itself is added, and what lies
    after it is measured anew. A heading does not stand last on a sheet.
    """
    kept: list[int] = []
    for row in breaks:
        asked_for = row in asked
        while not asked_for and row - 1 in heads and row - 1 > 0:
            row -= 1
        if row > (kept[-1] if kept else 0):
            kept.append(row)
        if not asked_for and asked:
            break
    return tuple(kept)


CLOSER = 1 - 1.15 / 1.35
"""The part of its height that text loses when it is set with Word's single spacing."""


def would_fit(document: Any) -> bool:
    """Tell whether single spacing could bring an order of two sheets onto one; a guess on its favour, without a layout."""
    parts = [part for page in document.pages for part in own_parts(page._page_box)]
    if len(parts) != 2:
        return True
    lines = [[box for box in walk(part) if type(box).__name__ == "LineBox"] for part in parts]
    ends = [max((box.position_y + box.height for box in found), default=0.0) for found in lines]
    room = parts[0].position_y + parts[0].height - ends[0]
    heights = [box.height for found in lines for box in found]
    text = sum(
        height for height in heights if height > 0.95 * max(heights)
    )  # requisites and signature stay as they are
    return bool(room + CLOSER * text >= ends[1] - parts[1].position_y)


def own_parts(page: Any) -> list[Any]:
    """Give the box of an order's own text on a sheet."""
    return [
        box
        for box in walk(page)
        if box.element is not None
        and box.element_tag == "div"
        and "p-order" in (box.element.get("class") or "").split()
        and type(box).__name__ == "BlockBox"
        and box.height
    ][:1]

"""
Repairs the tags of a finished WeasyPrint file; pinned to its exact version.

WeasyPrint tags sheet by sheet: a table over five sheets becomes five tables with five heads, a paragraph over two sheets
two paragraphs; page numbers are neither artifacts nor in the tree; TH have IDs without an IDTree and no Scope; boxes of
figures are measured in pixels from the top.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name
from weasyprint.pdf import tags as weasyprint_tags

from documents.rendering.structure import Mark, Node, content, new, read, write

_origins: ContextVar[dict[int, tuple[Any, int]] | None] = ContextVar("origins", default=None)
_build_box_tree = weasyprint_tags._build_box_tree


def _traced(box: Any, parent: Any, pdf: Any, page_number: int, *rest: Any) -> Iterator[Any]:
    """Tag a box as WeasyPrint does, and remember from which HTML element each structure element comes."""
    seen = _origins.get()
    for element in _build_box_tree(box, parent, pdf, page_number, *rest):
        if seen is not None:
            seen.setdefault(element.number, (getattr(box, "_box", box).element, page_number))
        yield element


weasyprint_tags._build_box_tree = _traced


@contextmanager
def tracing() -> Iterator[dict[int, tuple[Any, int]]]:
    """Remember the origins of the tags that are written within; there is no public way to join their fragments."""
    seen: dict[int, tuple[Any, int]] = {}
    token = _origins.set(seen)
    try:
        yield seen
    finally:
        _origins.reset(token)


def repair(pdf: pikepdf.Pdf, origins: dict[int, tuple[Any, int]]) -> Node:
    """Put the tags of a document right and write them; give the tree for the audit."""
    root = read(pdf, origins)
    repeated: set[Mark] = set()
    join(root, repeated)
    prune(root)
    set_tables(root)
    set_lists(pdf, root)
    set_artifacts(pdf, set(root.marks()) - repeated)
    set_figures(pdf, root)
    write(root)
    return root


def join(node: Node, repeated: set[Mark]) -> None:
    """Join the fragments that one HTML element left on successive sheets; a repeated head is decoration."""
    first: dict[tuple[int, str], Node] = {}
    kept = []
    for kid in node.kids:
        if isinstance(kid, Node) and kid.element is not None and kid.page is not None:
            key = (id(kid.element), kid.tag)
            begun = first.get(key)
            if begun is not None and begun.last is not None and begun.last < kid.page and holds_only_nodes(kid):
                if kid.tag == "THead":
                    repeated.update(kid.marks())
                else:
                    begun.kids += kid.kids
                    begun.last = kid.page
                continue
            first[key] = kid
        kept.append(kid)
    node.kids = kept
    for kid in node.nodes:
        join(kid, repeated)


def holds_only_nodes(node: Node) -> bool:
    """Tell whether no mark hangs directly on an element: marks count per sheet and cannot move to another's element."""
    return all(isinstance(kid, Node) for kid in node.kids)


def prune(node: Node) -> None:
    """Drop the empty elements that line breaks and drawn blanks leave; only cells may be empty."""
    for kid in node.nodes:
        prune(kid)
    node.kids = [kid for kid in node.kids if not isinstance(kid, Node) or kid.tag in ("TD", "TH") or kid.kids]


def set_tables(node: Node) -> None:
    """Give heads their scope, and cells that look merged their RowSpan."""
    for kid in node.nodes:
        if kid.tag == "Table":
            for group in kid.nodes:
                owners: dict[int, Node] = {}
                for row in [row for row in group.nodes if row.tag == "TR"]:
                    set_row(row, owners, in_head=group.tag == "THead")
        set_tables(kid)


def set_row(row: Node, owners: dict[int, Node], *, in_head: bool) -> None:
    """Set the attributes of a row's cells; an empty merged cell goes into the one above it."""
    for column, cell in enumerate(row.nodes):
        attributes = Dictionary(O=Name.Table)
        old = cell.obj.get("/A")
        for key in ("/ColSpan", "/RowSpan"):
            if old is not None and key in old:
                attributes[key] = int(old[key])
        if cell.tag == "TH":
            attributes.Scope = Name.Column if in_head else Name.Row
        if "/ID" in cell.obj:
            del cell.obj["/ID"]
        if "m" in cell.classes:
            if cell.is_empty() and column in owners:
                above = owners[column].obj.A
                above.RowSpan = int(above.get("/RowSpan", 1)) + 1
                row.kids.remove(cell)
                continue
            owners[column] = cell
        if len(attributes) > 1 or "/A" in cell.obj or "m" in cell.classes:
            cell.obj.A = attributes


def set_lists(pdf: pikepdf.Pdf, node: Node) -> None:
    """Make LI = Lbl + LBody, also where a nested list follows the text of a clause."""
    for kid in node.nodes:
        if kid.tag == "LI":
            labels = pulled_labels(kid)
            body: list[Any] = []
            for part in kid.kids:
                body += part.kids if isinstance(part, Node) and part.tag == "LBody" else [part]
            kid.kids = [*labels[:1], new(pdf, "LBody", body, kid)]
        set_lists(pdf, kid)


def pulled_labels(node: Node) -> list[Node]:
    """Take the label out of wherever it lies in an item; nested lists keep theirs."""
    found = []
    for kid in node.nodes:
        if kid.tag == "Lbl":
            node.kids.remove(kid)
            found.append(kid)
        elif kid.tag != "L":
            found += pulled_labels(kid)
    return found


def set_artifacts(pdf: pikepdf.Pdf, live: set[Mark]) -> None:
    """Mark what is not in the tree (page numbers, foot lines, repeated heads) as artifacts."""
    numbers = pdf.Root.StructTreeRoot.ParentTree.Nums
    for index, page in enumerate(pdf.pages):
        page.obj.Tabs = Name.S
        owners = numbers[2 * index + 1]
        dead = {number for number in range(len(owners)) if (page.obj.objgen, number) not in live}
        if not dead:
            continue
        for number in dead:
            owners[number] = None
        page.obj.Contents = pdf.make_stream(as_artifacts(content(page), dead))


def as_artifacts(raw: bytes, dead: set[int]) -> bytes:
    """Turn marked contents of these numbers into artifacts of pagination."""

    def turned(found: re.Match[bytes]) -> bytes:
        return b"/Artifact <</Type /Pagination>> BDC" if int(found[1]) in dead else found[0]

    return re.sub(rb"/\w+\s*<</MCID (\d+)>>\s*BDC", turned, raw)


def set_figures(pdf: pikepdf.Pdf, root: Node) -> None:
    """Measure the boxes of figures in points from the bottom."""
    heights = {page.obj.objgen: float(page.mediabox[3]) for page in pdf.pages}
    for node, _ in root.walk():
        attributes = node.obj.get("/A") if node.tag == "Figure" else None
        if attributes is not None and "/BBox" in attributes:
            left, top, right, bottom = (float(value) * 0.75 for value in attributes.BBox)
            height = heights[node.obj.Pg.objgen]
            attributes.BBox = Array([round(value, 2) for value in (left, height - bottom, right, height - top)])
            attributes.Placement = Name.Block

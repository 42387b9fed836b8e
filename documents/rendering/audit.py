"""
What a machine can check of PDF/UA-1 and PDF/A-3a in a file of ours: the condition for calling it accessible.

It is no substitute for veraPDF or a reader: say «made by PDF/UA-1», not «checked for conformance».
"""

import re
from collections.abc import Iterator
from typing import Any

import pikepdf
from pikepdf import Array

from documents.rendering.structure import Node, content, read

FONTS = ("Liberation-Serif", "PT-Sans", "PT-Mono")
"""The only typefaces of the paper."""

PARENTS = {
    "TR": ("THead", "TBody", "TFoot", "Table"),
    "TH": ("TR",),
    "TD": ("TR",),
    "LI": ("L",),
    "Lbl": ("LI",),
    "LBody": ("LI",),
}
DECLARED = ('pdfaid:part="3"', 'pdfaid:conformance="A"', 'pdfuaid:part="1"', "pdfaSchema:prefix>pdfuaid<")
TEXT = re.compile(rb"\b(BDC|BMC|EMC|BT)\b")
MARKED = re.compile(rb"<</MCID (\d+)>>\s*BDC")
STRINGS = re.compile(rb"\((?:\\.|[^\\()])*\)|<[0-9A-Fa-f\s]*>(?!>)", re.DOTALL)


def audit(pdf: pikepdf.Pdf, root: Node | None = None) -> tuple[str, ...]:
    """Give the faults of a document, none when it is sound; `root` is its tree, if it has been read already."""
    root = root or read(pdf)
    found = [*of_document(pdf), *of_tags(root), *of_marks(pdf, root), *of_fonts(pdf)]
    return tuple(sorted(set(found)))


def declared(pdf: pikepdf.Pdf) -> tuple[str, ...]:
    """Tell what a finished file fails to declare: the marks of both standards, its intent, its bookmarks."""
    metadata = pdf.Root.Metadata.read_bytes().decode()
    found = [f"XMP lacks {mark}" for mark in DECLARED if mark not in metadata]
    if "/OutputIntents" not in pdf.Root:
        found.append("no output intent")
    if "/Outlines" not in pdf.Root:
        found.append("no bookmarks")
    for name, file in pdf.attachments.items():
        obj = file.obj
        if str(obj.get("/AFRelationship")) != "/Data" or all(other.objgen != obj.objgen for other in pdf.Root.AF):
            found.append(f"{name} is not associated with the document")
        if str(obj.EF.F.Subtype) != "/application/json":
            found.append(f"{name} is {obj.EF.F.Subtype}")
    return tuple(found)


def of_document(pdf: pikepdf.Pdf) -> Iterator[str]:
    """Check language, title and the mark of tagged files."""
    root = pdf.Root
    if str(root.get("/Lang", "")) != "ru":
        yield "language"
    if "/MarkInfo" not in root or str(root.MarkInfo.get("/Marked", "")).lower() != "true":
        yield "not marked as tagged"
    if "/ViewerPreferences" not in root or str(root.ViewerPreferences.get("/DisplayDocTitle", "")).lower() != "true":
        yield "title is not displayed"
    if b"dc:title" not in root.Metadata.read_bytes() or not str(pdf.docinfo.get("/Title", "")):
        yield "no title"


def of_tags(root: Node) -> Iterator[str]:
    """Check nesting, headings, alternative texts, heads of tables and their regularity."""
    level = 0
    for node, above in root.walk():
        parent = above[-1] if above else ""
        if re.fullmatch(r"H[1-6]", node.tag):
            if int(node.tag[1]) > level + 1:
                yield f"heading jumps to {node.tag}"
            level = int(node.tag[1])
            if parent.startswith("H"):
                yield f"{node.tag} inside {parent}"
        if node.tag in PARENTS and parent not in PARENTS[node.tag]:
            yield f"{node.tag} in {parent}"
        if node.tag == "Figure" and not str(node.obj.get("/Alt", "")):
            yield "figure without alternative text"
        if node.tag == "TH" and "/Scope" not in node.obj.get("/A", {}):
            yield "TH without scope"
        if "/ID" in node.obj:
            yield "ID without a tree of IDs"
        if node.tag == "Table":
            yield from of_table(node)


def of_table(table: Node) -> Iterator[str]:
    """Check that all rows of a table are equally wide."""
    width = None
    for group in table.nodes:
        carried: list[int] = []
        for row in [row for row in group.nodes if row.tag == "TR"]:
            cells = len(carried) + sum(span(cell, "/ColSpan") for cell in row.nodes)
            carried = [rest - 1 for rest in carried if rest > 1]
            carried += [rest - 1 for cell in row.nodes if (rest := span(cell, "/RowSpan")) > 1]
            if width is None:
                width = cells
            elif cells != width:
                yield f"irregular table: {cells} cells, not {width}"


def span(cell: Node, key: str) -> int:
    """Give the span of a cell."""
    return int(cell.obj.A.get(key, 1)) if "/A" in cell.obj else 1


def of_marks(pdf: pikepdf.Pdf, root: Node) -> Iterator[str]:
    """Check that each mark on a sheet has exactly one owner, that the parent tree agrees, and that no text is unmarked."""
    owners: dict[Any, list[Any]] = {}
    for node, _ in root.walk():
        for kid in node.kids:
            if isinstance(kid, int):
                owners.setdefault((node.obj.Pg.objgen, kid), []).append(node.obj.objgen)
            elif isinstance(kid, Node) and kid.obj.P.objgen != node.obj.objgen:
                yield f"{kid.tag} names another parent"
    numbers = pdf.Root.StructTreeRoot.ParentTree.Nums
    for index, page in enumerate(pdf.pages):
        raw = STRINGS.sub(b"()", content(page))
        used = [int(number) for number in MARKED.findall(raw)]
        listed = numbers[2 * index + 1]
        if len(used) != len(set(used)):
            yield f"sheet {index + 1}: a mark stands twice"
        for number in used:
            entry = listed[number] if number < len(listed) else None
            if entry is None or owners.get((page.obj.objgen, number)) != [entry.objgen]:
                yield f"sheet {index + 1}: mark {number} is astray"
        if sum(1 for place, _ in owners if place == page.obj.objgen) != len(used):
            yield f"sheet {index + 1}: an element without content"
        yield from of_content(raw, index + 1)


def of_content(raw: bytes, sheet: int) -> Iterator[str]:
    """Check that all text stands within marks, and that each mark is closed."""
    depth = 0
    for found in TEXT.finditer(raw):
        if found[1] == b"EMC":
            depth -= 1
        elif found[1] != b"BT":
            depth += 1
        elif depth == 0:
            yield f"sheet {sheet}: text outside tags"
    if depth:
        yield f"sheet {sheet}: marks do not balance"


def fonts(pdf: pikepdf.Pdf) -> dict[str, Any]:
    """Give the fonts of a document by name, without the tag of their subset."""
    found: dict[str, Any] = {}
    for page in pdf.pages:
        resources: Any = page.obj.get("/Resources") or {}
        for font in (resources.get("/Font") or {}).values():
            found[str(font.BaseFont)[1:].split("+")[-1]] = font
    return dict(sorted(found.items()))


def of_fonts(pdf: pikepdf.Pdf) -> Iterator[str]:
    """Check that fonts are ours, embedded, and can be read back as text."""
    for name, font in fonts(pdf).items():
        below = font.get("/DescendantFonts")
        described = below[0].get("/FontDescriptor") if isinstance(below, Array) else font.get("/FontDescriptor")
        if described is None or not any(key in described for key in ("/FontFile", "/FontFile2", "/FontFile3")):
            yield f"font {name} is not embedded"
        if "/ToUnicode" not in font:
            yield f"font {name} cannot be read back"
        if not name.startswith(FONTS):
            yield f"font {name} is not of the paper"

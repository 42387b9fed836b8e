"""A light mirror of a PDF's structure tree: pikepdf's objects are slow to walk twice."""

from collections.abc import Iterator, Mapping
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

Mark = tuple[tuple[int, int], int]
"""A marked content: the page's object and the number on it."""

Origins = Mapping[int, tuple[Any, int]]
"""Object number of a structure element → the HTML element and the sheet it came from."""


class Node:
    """A structure element with its children; marks of content are plain numbers among them."""

    __slots__ = ("element", "kids", "last", "obj", "page", "tag")

    def __init__(self, obj: Any, tag: str, kids: list[Any], element: Any = None, page: int | None = None) -> None:
        self.obj, self.tag, self.kids, self.element = obj, tag, kids, element
        self.page = self.last = page

    @property
    def nodes(self) -> list["Node"]:
        """The children that are elements."""
        return [kid for kid in self.kids if isinstance(kid, Node)]

    @property
    def classes(self) -> list[str]:
        """The classes of the HTML element."""
        return (self.element.get("class") or "").split() if self.element is not None else []

    def marks(self) -> Iterator[Mark]:
        """Give the marked contents below."""
        for kid in self.kids:
            if isinstance(kid, Node):
                yield from kid.marks()
            elif isinstance(kid, int):
                yield self.obj.Pg.objgen, kid

    def is_empty(self) -> bool:
        """Tell whether nothing painted hangs below."""
        return next(self.marks(), None) is None and all(isinstance(kid, Node) for kid in self.kids)

    def walk(self, above: tuple[str, ...] = ()) -> Iterator[tuple["Node", tuple[str, ...]]]:
        """Walk the tree in reading order; each element comes with the tags above it."""
        yield self, above
        for node in self.nodes:
            yield from node.walk((*above, self.tag))


def read(pdf: pikepdf.Pdf, origins: Origins | None = None) -> Node:
    """Read the tree of a document."""
    return mirror(pdf.Root.StructTreeRoot.K[0], origins or {})


def mirror(obj: Any, origins: Origins) -> Node:
    """Mirror one element and what hangs below it."""
    given = obj.get("/K")
    children = [] if given is None else list(given) if isinstance(given, Array) else [given]
    kids = [
        mirror(child, origins) if isinstance(child, Dictionary) and "/S" in child else as_number(child)
        for child in children
    ]
    element, page = origins.get(obj.objgen[0], (None, None))
    return Node(obj, str(obj.S)[1:], kids, element, page)


def as_number(child: Any) -> Any:
    """Turn a mark into a plain number; references to annotations stay as they are."""
    return int(child) if isinstance(child, int) else child


def write(node: Node) -> None:
    """Write the mirror back."""
    for kid in node.nodes:
        kid.obj.P = node.obj
        write(kid)
    node.obj.K = Array([kid.obj if isinstance(kid, Node) else kid for kid in node.kids])


def new(pdf: pikepdf.Pdf, tag: str, kids: list[Any], like: Node) -> Node:
    """Make an element on the sheet of another."""
    obj = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name(f"/{tag}"), Pg=like.obj.Pg))
    return Node(obj, tag, kids)


def content(page: pikepdf.Page) -> bytes:
    """Give a page's stream of operators."""
    streams = page.obj.Contents
    if isinstance(streams, Array):
        return b"\n".join(stream.read_bytes() for stream in streams)
    return bytes(streams.read_bytes())

"""Where the shape of paper meets the renderer."""

from documents.choices import FileKind
from documents.texts import OrderText


def printed(text: OrderText, kind: FileKind) -> bytes:
    """Give one file of an order as PDF."""
    raise NotImplementedError(f"{kind}: {text.title}")

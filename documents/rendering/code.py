"""The QR code of a verification block, as SVG of our own: no image, not even a data: address."""

import segno
from django.utils.html import escape
from django.utils.safestring import SafeString

QUIET = 4
"""Modules of white around the code, as its standard wants."""


def qr_svg(text: str, title: str) -> SafeString:
    """Draw a QR code; the title becomes the alternative text in the PDF."""
    matrix = segno.make(text, error="m", micro=False).matrix
    size = len(matrix) + 2 * QUIET
    drawn = "".join(run for row, modules in enumerate(matrix) for run in runs(bytes(modules), row))
    return SafeString(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}"><title>{escape(title)}</title>'
        f'<path fill="#000" d="{drawn}"/></svg>'
    )


def runs(modules: bytes, row: int) -> list[str]:
    """Draw the dark runs of one row as rectangles."""
    drawn, start = [], None
    for column, dark in enumerate((*modules, 0)):
        if dark and start is None:
            start = column
        elif not dark and start is not None:
            drawn.append(f"M{start + QUIET} {row + QUIET}h{column - start}v1h-{column - start}z")
            start = None
    return drawn

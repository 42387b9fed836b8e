"""Paper: from plain data to one file that is PDF/A-3a and PDF/UA-1. The only importer of WeasyPrint."""

from documents.rendering.audit import audit, declared
from documents.rendering.compose import Printable
from documents.rendering.engine import Rendered, render

__all__ = ["Printable", "Rendered", "audit", "declared", "render"]

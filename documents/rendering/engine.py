"""The engine: layouts without network and files, the finished PDF, its tags, its marks."""

import hashlib
import io
import json
import logging
import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import pikepdf
import weasyprint
from pikepdf import Name
from weasyprint.urls import URLFetcher

from documents.paper.order import OrderPaper
from documents.paper.plan import PlanPaper
from documents.paper.sheet import Paper
from documents.rendering import estimate, tags
from documents.rendering.audit import audit, fonts
from documents.rendering.compose import Printable, compose, stylesheet
from documents.rendering.measuring import measured, would_fit
from documents.rendering.tables import Hints

VARIANT = "pdf/a-3a"
PASSES = 9
"""Layouts after which the last one is taken as it is; documents without activities longer than a sheet need one."""

CLOSENESS = ("closer", "smaller")
"""How an order's text may be set to save a sheet, the wider one first."""

ENDLESS_SHEET = "@page wide { size: 297mm 20000mm }"

UA_MARK = (
    b'<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" pdfuaid:part="1"/>'
    b'<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"'
    b' xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">'
    b'<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">'
    b"<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>"
    b"<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>"
    b"<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>"
    b'<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource"><pdfaProperty:name>part</pdfaProperty:name>'
    b"<pdfaProperty:valueType>Integer</pdfaProperty:valueType><pdfaProperty:category>internal</pdfaProperty:category>"
    b"<pdfaProperty:description>Part of PDF/UA standard</pdfaProperty:description></rdf:li></rdf:Seq></pdfaSchema:property>"
    b"</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>"
)
"""The mark of PDF/UA-1 with its schema, which PDF/A wants for every name that it does not know."""


logging.getLogger("weasyprint.progress").setLevel(logging.WARNING)  # a line a sheet would drown everything else


class Deny(URLFetcher):
    """Fetches nothing, whatever a text manages to ask for."""

    def fetch(self, url: str, headers: object = None) -> Any:
        """Refuse and end the rendering of that reference."""
        raise ValueError(f"Paper fetches nothing: {url[:80]!r}")


@dataclass(frozen=True)
class Rendered:
    """
    A finished document.

    `audit` names the faults that kept the mark of PDF/UA-1 off, none in a sound file; `passes` counts whole layouts.
    """

    pdf: bytes
    html: str
    html_sha256: str
    sheets: int
    fonts: tuple[str, ...]
    audit: tuple[str, ...]
    passes: int

    @property
    def sha256(self) -> str:
        """The hash of the file."""
        return hashlib.sha256(self.pdf).hexdigest()


@dataclass
class Layout:
    """One whole layout and what it was made with."""

    html: str
    document: Any
    passes: int


def said_nothing(step: str) -> None:
    """Tell nobody how far the work has come."""


def render(
    paper: Printable, *, data: Mapping[str, Any] | None = None, on_step: Callable[[str], None] = said_nothing
) -> Rendered:
    """
    Render a document; the same data give the same bytes.

    :param data: what the file carries as a JSON attachment, the plan itself for machines
    :param on_step: told "layout", "write" and "tags" as the work goes on, for a progress bar
    """
    on_step("layout")
    laid = laid_out(paper)
    on_step("write")
    attached = None if data is None else json.dumps(data, ensure_ascii=False, sort_keys=True, indent=1).encode()
    if attached is not None:
        laid.document.metadata.attachments = [attachment(paper, attached)]
    identifier = hashlib.sha256(laid.html.encode() + (attached or b"")).hexdigest()[:16].encode()
    with tags.tracing() as origins, warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # WeasyPrint leaves its colour profile to the collector
        raw = laid.document.write_pdf(pdf_variant=VARIANT, pdf_identifier=identifier)
    on_step("tags")
    return finished(raw, origins, laid)


def attachment(paper: Paper, content: bytes) -> Any:
    """Make the JSON that the file carries; its dates are the document's."""
    return weasyprint.Attachment(
        string=content,
        name="plan.json" if isinstance(paper, PlanPaper) else "document.json",
        description="Данные документа",
        relationship="Data",
        created=paper.made_at,
        modified=paper.made_at,
        url_fetcher=Deny(),
    )


def finished(raw: bytes, origins: dict[int, tuple[Any, int]], laid: Layout) -> Rendered:
    """Repair the tags, audit them, and declare PDF/UA-1 only if nothing is found."""
    with pikepdf.open(io.BytesIO(raw)) as pdf:
        faults = audit(pdf, tags.repair(pdf, origins))
        if not faults:
            metadata = pdf.Root.Metadata.read_bytes().replace(b"</rdf:RDF>", UA_MARK + b"</rdf:RDF>")
            pdf.Root.Metadata = pdf.make_stream(metadata, Type=Name.Metadata, Subtype=Name.XML)
        made = io.BytesIO()
        pdf.save(
            made,
            deterministic_id=True,
            fix_metadata_version=False,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
        )
        return Rendered(
            pdf=made.getvalue(),
            html=laid.html,
            html_sha256=hashlib.sha256(laid.html.encode()).hexdigest(),
            sheets=len(pdf.pages),
            fonts=tuple(fonts(pdf)),
            audit=faults,
            passes=laid.passes,
        )


@cache
def style(text: str) -> Any:
    """Parse a stylesheet once a process."""
    return weasyprint.CSS(string=text, url_fetcher=Deny())


def layout(html: str, *, two_sided: bool, extra: str = "") -> Any:
    """Lay a page of HTML out, with nothing but our own style."""
    styles = [style(stylesheet(two_sided=two_sided))] + ([style(extra)] if extra else [])
    page = weasyprint.HTML(string=html, url_fetcher=Deny(), base_url=None)
    return page.render(stylesheets=styles, presentational_hints=False)


def laid_out(paper: Printable) -> Layout:
    """Lay a document out as often as it needs: once, unless a title hangs too low or an activity outgrows its sheet."""
    two_sided, heads = paper.manner.two_sided, estimate.headings(paper)
    tried = isinstance(paper, OrderPaper) and estimate.may_run_over(paper)
    closeness = fitting(paper) if isinstance(paper, OrderPaper) and tried else ""
    hints = replace(estimate.surely_long(paper), padding=paddings(paper))
    passes = 0
    while True:
        html = compose(paper, hints, closeness=closeness)
        document, passes = layout(html, two_sided=two_sided), passes + 1
        if not tried and isinstance(paper, OrderPaper) and own_sheets(document) > 1:
            tried, closeness = True, fitting(paper)
            if closeness:
                continue
        told = measured(document, hints, heads)
        if told == hints or passes >= PASSES:
            return Layout(html, document, passes)
        hints = told


def own_sheets(document: Any) -> int:
    """Count the sheets of the order itself."""
    return sum(page._page_box.page_type.name == "order" for page in document.pages)


def fitting(order: OrderPaper) -> str:
    """
    Find the closeness of an order's text: a signature must not travel to a sheet of its own.

    The widest setting stays unless a closer one saves a sheet; long orders are left alone.
    """
    widest = layout(compose(order, alone=True), two_sided=order.manner.two_sided)
    sheets = own_sheets(widest)
    if not 1 < sheets < 4:
        return ""
    for closeness in CLOSENESS:
        if closeness == "closer" and not would_fit(widest):
            continue
        tried = layout(compose(order, closeness=closeness, alone=True), two_sided=order.manner.two_sided)
        if own_sheets(tried) < sheets:
            return closeness
    return ""


def paddings(paper: Printable) -> dict[str, float]:
    """Measure the few titles that may hang lower than their rows, on one endless sheet, before the first whole layout."""
    found: dict[str, float] = {}
    by_table: dict[str, list[tuple[PlanPaper, Any, str]]] = {}
    for ident, plan, activity, group in estimate.doubtful(paper):
        by_table.setdefault(ident, []).append((plan, activity, group))
    for rows in by_table.values():
        plan = rows[0][0]
        only = PlanPaper(
            made_at=plan.made_at,
            author="",
            title=("",),
            content=tuple(activity for _, activity, _ in rows),
            numbering=plan.numbering,
            columns=plan.columns,
            manner=paper.manner,
        )
        told = measured(layout(compose(only), two_sided=False, extra=ENDLESS_SHEET), Hints(), {}).padding
        names = {f"t1-a{count}": group for count, (_, _, group) in enumerate(rows, start=1)}
        found |= {names[name]: value for name, value in told.items()}
    return found

"""From data to HTML: what each part of a document shows, handed to its template."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from django.conf import settings
from django.template import Context, Engine
from django.utils.safestring import SafeString

from documents.paper.approval import ApprovalSheetPaper
from documents.paper.comparison import ComparisonPaper
from documents.paper.order import Clause, OrderPaper
from documents.paper.participants import ParticipantsPaper
from documents.paper.plan import PlanPaper
from documents.paper.sheet import Alignment, Cover, Paper, Stage, Standard, Verification
from documents.paper.stamps import Line, Piece, stamp_lines
from documents.paper.wording import in_figures
from documents.rendering.code import qr_svg
from documents.rendering.comparing import ComparedGroup, Side, compared
from documents.rendering.tables import Hints, Table, excerpt_table, plan_table, schools_table
from documents.rendering.typography import label, typeset

Printable = OrderPaper | PlanPaper | ParticipantsPaper | ApprovalSheetPaper | ComparisonPaper

BETWEEN_TAGS = re.compile(r">\s+<")
"""White space of the templates; in a footnote it would become empty lines."""

LAST_CLAUSE = 600
"""Letters; a longer last clause may break, only the signature is kept with its end."""


@cache
def engine() -> Engine:
    """
    Give the templates' own engine: no request, no context processors, no tags but ours.

    Django's engine of pages would bring a visitor's session and language into an act.
    """
    return Engine(dirs=[str(settings.BASE_DIR / "templates")], builtins=["documents.rendering.typography"])


@cache
def stylesheet(*, two_sided: bool) -> str:
    """Read the paper's style."""
    names = ("paper.css", "mirror.css") if two_sided else ("paper.css",)
    return "\n".join((settings.BASE_DIR / "templates" / "orders" / name).read_text(encoding="utf-8") for name in names)


@dataclass(frozen=True)
class Title:
    """The lines of a title; the first one names the kind."""

    first: str
    rest: tuple[str, ...]


@dataclass(frozen=True)
class Verify:
    """The verification block as it is printed."""

    lines: tuple[str, ...]
    code: str
    address: str
    picture: SafeString


@dataclass(frozen=True)
class SetClause:
    """A clause whose words are set, its deadline apart; rows of a plan that it quotes stand below, before `end`."""

    number: str
    before: SafeString
    term: SafeString
    after: SafeString
    clauses: "tuple[SetClause, ...]"
    excerpt: Table | None = None
    end: str = ""


@dataclass(frozen=True, kw_only=True)
class OrderPart:
    """The order's own sheets."""

    body: str
    upper: tuple[str, ...]
    kind: str
    date: Line
    number: Line
    draft: bool
    preamble: tuple[str, ...]
    clauses: tuple[SetClause, ...]
    last: tuple[SetClause, ...]
    verify: Verify | None
    template: str = "orders/_order.html"


@dataclass(frozen=True, kw_only=True)
class StampedPart:
    """A plan or a list, by itself or as an appendix."""

    template: str
    paper: PlanPaper | ParticipantsPaper
    first: bool
    level: int
    title: Title
    stamp: tuple[Line, ...]
    verify: Verify | None
    table: Table
    cover: Cover | None = None


@dataclass(frozen=True, kw_only=True)
class ComparisonPart:
    """A comparison table."""

    first: bool
    level: int
    title: Title
    stamp: tuple[Line, ...]
    verify: Verify | None
    sides: tuple[Side, ...]
    groups: tuple[ComparedGroup, ...]
    legend: str
    template: str = "orders/_comparison.html"


@dataclass(frozen=True)
class SetVisa:
    """A row of the approval sheet."""

    post: str
    organization: str
    name: str
    decision: str
    date: str
    remark_number: int | None


@dataclass(frozen=True, kw_only=True)
class ApprovalPart:
    """The approval sheet."""

    body: str
    upper: tuple[str, ...]
    visas: tuple[SetVisa, ...]
    remarks: tuple[str, ...]
    verify: Verify | None
    template: str = "orders/_approval.html"


Part = OrderPart | StampedPart | ComparisonPart | ApprovalPart


def compose(paper: Printable, hints: Hints | None = None, *, closeness: str = "", alone: bool = False) -> str:
    """
    Make the HTML of a document.

    :param closeness: class of the body that sets an order's text closer
    :param alone: leave an order's appendices out, to try how its own text fits
    """
    context = {
        "paper": paper,
        "parts": parts(replace(paper, appendices=()) if alone and isinstance(paper, OrderPaper) else paper, hints),
        "made_at": paper.made_at.isoformat(timespec="seconds"),
        "look": look(paper, closeness),
    }
    html = engine().get_template("orders/paper.html").render(Context(context, use_l10n=False))
    return BETWEEN_TAGS.sub("><", html)


def look(paper: Paper, closeness: str) -> str:
    """Name the classes of the body: what the organization's manner changes."""
    manner = paper.manner
    named = (
        (manner.stamp is Alignment.CENTRE, "stamp-centre"),
        (manner.title is Alignment.LEFT, "title-left"),
        (manner.standard is Standard.GOST_2016, "gost-2016"),
        (manner.bold_terms, "bold-terms"),
        (bool(closeness), closeness),
    )
    return " ".join(name for applies, name in named if applies)


def parts(paper: Printable, hints: Hints | None) -> Sequence[Part]:
    """Split a document into its parts."""
    hints = hints or Hints()
    verify = verification(paper)
    match paper:
        case OrderPaper():
            appendices = [paper.appendix(index) for index in range(len(paper.appendices))]
            following = [
                stamped(given, f"t{index}", hints, level=2, verify=None) for index, given in enumerate(appendices, 1)
            ]
            return [order_part(paper, verify), *following]
        case ApprovalSheetPaper():
            return [approval_part(paper, verify)]
        case ComparisonPaper():
            return [comparison_part(paper, verify)]
    return [stamped(paper, "t1", hints, level=1, verify=verify)]


def stamped(
    paper: PlanPaper | ParticipantsPaper, ident: str, hints: Hints, *, level: int, verify: Verify | None
) -> StampedPart:
    """Make the part of a plan or list; an appendix (level 2) has no title page."""
    is_plan = isinstance(paper, PlanPaper)
    first, *rest = paper.title or ("",)
    return StampedPart(
        template="orders/_plan.html" if is_plan else "orders/_participants.html",
        paper=paper,
        first=level == 1,
        level=level,
        title=Title(first, tuple(line for line in rest if line.strip())),
        stamp=tuple(stamp_lines(paper)),
        verify=verify,
        table=plan_table(paper, ident, hints) if isinstance(paper, PlanPaper) else schools_table(paper, ident, hints),
        cover=paper.cover if isinstance(paper, PlanPaper) and level == 1 else None,
    )


def comparison_part(paper: ComparisonPaper, verify: Verify | None) -> ComparisonPart:
    """Make a comparison table."""
    first, *rest = paper.title or ("",)
    sides, groups = compared(paper)
    return ComparisonPart(
        first=True,
        level=1,
        title=Title(first, tuple(line for line in rest if line.strip())),
        stamp=tuple(stamp_lines(paper)),
        verify=verify,
        sides=sides,
        groups=groups,
        legend=paper.legend,
    )


def order_part(paper: OrderPaper, verify: Verify | None) -> OrderPart:
    """Make the order's own part; its last clause and the signature stay together."""
    sign = paper.manner.number_sign
    act = paper.act
    number = f"{sign} {act.number}".strip()
    *upper, body = paper.issuer or ("",)
    clauses = tuple(set_clause(clause) for clause in paper.clauses)
    last = paper.clauses[-1] if clauses else None
    keeps = last is not None and not last.clauses and not last.excerpt and len(last.text) <= LAST_CLAUSE
    return OrderPart(
        body=body,
        upper=tuple(upper),
        kind=paper.kind,
        date=Line((Piece(in_figures(act.signed_on)) if act.signed_on else Piece(blank="date"),)),
        number=Line((Piece(number),) if act.number else (Piece(f"{sign} "), Piece(blank="number"))),
        draft=paper.stage is Stage.DRAFT,
        preamble=tuple(part for part in paper.preamble.splitlines() if part.strip()),
        clauses=clauses[:-1] if keeps else clauses,
        last=clauses[-1:] if keeps else (),
        verify=verify,
    )


def set_clause(clause: Clause) -> SetClause:
    """Set a clause; the last place where its term stands is kept from breaking."""
    before, term, after = clause.text, "", ""
    if clause.term and clause.term in clause.text:
        before, term, after = clause.text.rpartition(clause.term)
    return SetClause(
        number=label(clause.number),
        before=typeset(before),
        term=typeset(term),
        after=typeset(after),
        clauses=tuple(set_clause(below) for below in clause.clauses),
        excerpt=excerpt_table(clause.excerpt) if clause.excerpt else None,
        end=clause.excerpt.end if clause.excerpt else "",
    )


def approval_part(paper: ApprovalSheetPaper, verify: Verify | None) -> ApprovalPart:
    """Make the approval sheet; remarks stand below the table and are referred to by number."""
    *upper, body = paper.issuer or ("",)
    visas: list[SetVisa] = []
    remarks: list[str] = []
    for visa in paper.visas:
        if visa.remark:
            remarks.append(f"{visa.name}: {visa.remark}")
        day = in_figures(visa.signed_on) if visa.signed_on else ""
        number = len(remarks) if visa.remark else None
        visas.append(SetVisa(visa.post, visa.organization, visa.name, visa.decision, day, number))
    return ApprovalPart(body=body, upper=tuple(upper), visas=tuple(visas), remarks=tuple(remarks), verify=verify)


STATES = {
    Stage.DRAFT: "Проект",
    Stage.FOR_SIGNING: "Печатный экземпляр, подлинник подписывается",
}


def verification(paper: Paper) -> Verify | None:
    """Make the block that lets anyone check the sheet in hand."""
    given: Verification | None = paper.verification
    if given is None:
        return None
    registered = "Копия электронного документа" if given.electronic else "Электронный образ подписанного документа"
    edition = (f"Редакция № {given.edition}",) if given.edition is not None else ()
    return Verify(
        lines=(given.name, *edition, STATES.get(paper.stage, registered)),
        code=given.code,
        address=given.address,
        picture=qr_svg(given.url, f"QR-код проверки документа: {given.url}"),
    )

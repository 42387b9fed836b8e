"""Word: an order with its appendices, a plan, a list of schools, an approval sheet as an editable document."""

from collections.abc import Mapping, Sequence

from documents.office.package import HEAD, packed, relations
from documents.office.word_parts import (
    BOLD,
    FIXED,
    NAMESPACES,
    RELATED,
    SETTINGS,
    WORD_TYPE,
    section,
    settings,
    size,
)
from documents.office.word_tables import cell, plan_table, row, schools_table, table, visas_table
from documents.office.word_text import Marks, paragraph, paragraphs, run, stamp_line, words
from documents.paper.approval import ApprovalSheetPaper
from documents.paper.order import Clause, OrderPaper, numbered
from documents.paper.participants import ParticipantsPaper
from documents.paper.plan import PlanPaper
from documents.paper.sheet import Alignment, ESignature, Signatory, Stage, StampedPaper
from documents.paper.spacing import one_line, tidy
from documents.paper.stamps import Line, Piece, stamp_lines
from documents.paper.wording import in_figures

Editable = OrderPaper | PlanPaper | ParticipantsPaper | ApprovalSheetPaper

MAIN = "word/document.xml"
CENTRED = '<w:jc w:val="center"/>'
APART = '<w:spacing w:before="170" w:after="0" w:line="240" w:lineRule="auto"/>'
LEVELS = 9
"""Levels that Word numbers by itself."""


def write_word(paper: Editable, properties: Mapping[str, str] | None = None) -> bytes:
    """
    Make an editable document; the same paper gives the same bytes.

    It bears no verification block and no QR code: what can be edited proves nothing.

    :param properties: custom properties that stay with the file
    """
    marks = Marks()
    body = _joined(_parts(paper, marks))
    document = f"{HEAD}<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>"
    parts = {
        MAIN: (f"{WORD_TYPE}.document.main+xml", document),
        **FIXED,
        SETTINGS: (f"{WORD_TYPE}.settings+xml", settings(two_sided=paper.manner.two_sided)),
        "word/_rels/document.xml.rels": ("", relations(RELATED)),
    }
    return packed(
        MAIN,
        parts,
        title=one_line(paper.name),
        author=one_line(paper.author),
        made_at=paper.made_at,
        properties=properties or {},
    )


Part = tuple[str, str]
"""What stands on some sheets, and the properties of these sheets."""


def _parts(paper: Editable, marks: Marks) -> list[Part]:
    match paper:
        case OrderPaper():
            appendices = [paper.appendix(index) for index in range(len(paper.appendices))]
            return [(order_text(paper), section(wide=False))] + [
                part for appendix in appendices for part in _stamped(appendix, marks)
            ]
        case ApprovalSheetPaper():
            return [(approval_text(paper), section(wide=False))]
    return _stamped(paper, marks)


def _joined(parts: Sequence[Part]) -> str:
    """Put parts one after another; all but the last end in a paragraph that holds their sheets' properties."""
    *former, (text, sheets) = parts
    small = '<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>'
    ends = (f"{inside}{paragraph(more=small + own)}" for inside, own in former)
    # Behind a table Word asks for a paragraph, as small as can be.
    return f"{''.join(ends)}{text}{paragraph(more=small)}{sheets}"


# A plan, a list


def _stamped(paper: PlanPaper | ParticipantsPaper, marks: Marks) -> list[Part]:
    """Make the sheets of a plan or a list; a title page comes before, and its own sheet has no number."""
    if isinstance(paper, ParticipantsPaper):
        inside = stamp(paper, "Stamp") + title(paper, "Heading1", Marks(), "") + schools_table(paper)
        return [(inside, section(wide=False))]
    found: list[Part] = []
    top = stamp(paper, "StampWide")
    if paper.cover is not None:
        cover = stamp(paper, "Stamp") + title(paper, "CoverTitle", marks, paper.title_mark)
        cover += paragraph(words(paper.cover.foot), "CoverPlace")
        found.append((cover, section(wide=False)))
    else:
        top += title(paper, "Heading1", marks, paper.title_mark)
    after_cover = paper.cover is not None
    body = ("" if after_cover else top) + goals(paper, marks) + plan_table(paper, marks)
    sheets = section(wide=True, start=2 if after_cover else 1, numbered_first=after_cover)
    return [*found, (body, sheets)]


def stamp(paper: StampedPaper, style: str) -> str:
    """Set a stamp or an appendix mark in its zone."""
    centred = CENTRED if paper.manner.stamp is Alignment.CENTRE else ""
    lines = stamp_lines(paper)
    made = "".join(paragraph(stamp_line(line), style, more=(APART if line.apart else "") + centred) for line in lines)
    return made + paragraph(style=style) if lines else ""


def title(paper: StampedPaper, style: str, marks: Marks, mark: str) -> str:
    """Set a title: one heading, its first line in capitals."""
    first, *rest = [line for part in paper.title or ("",) for line in tidy(part).split("\n")]
    start, end = marks.pair(mark)
    left = '<w:jc w:val="left"/>' if paper.manner.title is Alignment.LEFT else ""
    inside = words(first, look="<w:caps/>") + "".join(run("\n") + words(line) for line in rest)
    return paragraph(inside, style, more=left, before=start, after=end)


def goals(paper: PlanPaper, marks: Marks) -> str:
    """Set what stands between title and table: the edition's note, the goal, the tasks."""
    made = paragraph(words(paper.note), "Edition") if paper.note else ""
    if paper.goal:
        start, end = marks.pair(paper.goal_mark)
        goal = words(one_line(paper.goal))
        made += paragraph(run("Цель: ", look=BOLD) + goal, "Goal", before=start, after=end)
    if paper.tasks:
        made += paragraph(run("Задачи:", look=BOLD), "Goal")
    for at, task in enumerate(paper.tasks):
        start, end = marks.pair(paper.task_marks[at] if at < len(paper.task_marks) else "")
        made += paragraph(run("– ") + words(one_line(task)), "Task", before=start, after=end)
    return made + (paragraph(style="TableText") if paper.goal or paper.tasks else "")


# An order


def order_text(paper: OrderPaper) -> str:
    """Set an order's own sheets."""
    manner, act = paper.manner, paper.act
    *upper, body = paper.issuer or ("",)
    date = Line((Piece(in_figures(act.signed_on)) if act.signed_on else Piece(blank="date"),))
    sign = manner.number_sign
    number = Line(
        (Piece(f"{sign} {act.number}".strip()),) if act.number else (Piece(f"{sign} "), Piece(blank="number"))
    )
    left = '<w:ind w:left="0" w:right="3969"/><w:jc w:val="left"/>' if manner.title is Alignment.LEFT else ""
    made = [paragraph(run("ПРОЕКТ"), "Draft")] if paper.stage is Stage.DRAFT else []
    made += [paragraph(words(line), "UpperBody") for line in upper]
    made.append(paragraph(words(one_line(body)), "BodyName"))
    made.append(paragraph(words(paper.kind), "Kind"))
    requisites = stamp_line(date) + run("\t") + words(one_line(paper.place)) + run("\t") + stamp_line(number)
    made.append(paragraph(requisites, "Requisites"))
    made.append(paragraph("".join(_broken(paper.title)), "Heading1", more=left))
    made += [paragraph(words(line), "OrderText") for line in tidy(paper.preamble).split("\n") if line]
    if paper.verb:
        made.append(paragraph(run(f"{paper.verb}:"), "Decree"))
    is_counted = paper.clauses == numbered(paper.clauses)
    made += clauses(paper.clauses, bold=manner.bold_terms, counted=is_counted)
    made.append(signature(paper.signatory))
    made += [paragraph(words(line), "DraftedBy") for line in tidy(paper.drafted_by).split("\n") if line]
    return "".join(made)


def _broken(text: str) -> list[str]:
    return [(run("\n") if at else "") + words(line) for at, line in enumerate(tidy(text).split("\n"))]


def clauses(given: Sequence[Clause], *, bold: bool, counted: bool, level: int = 0) -> list[str]:
    """
    Set clauses and what stands below them.

    Word counts them itself where its count gives the numbers that they have; others keep theirs as text.
    """
    made = []
    for clause in given:
        by_word = counted and level < LEVELS
        number = "" if by_word or not clause.number else run(f"{tidy(clause.number)} ")
        more = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr>' if by_word else ""
        made.append(paragraph(number + _clause_words(clause, bold=bold), "Clause", more=more))
        made += clauses(clause.clauses, bold=bold, counted=counted, level=level + 1)
    return made


def _clause_words(clause: Clause, *, bold: bool) -> str:
    """Set the words of a clause; its term stands out where the house wants that."""
    text, term = tidy(clause.text), tidy(clause.term)
    if not (bold and term and term in text):
        return words(text)
    before, _, after = text.rpartition(term)
    return run(before) + run(term, look=BOLD) + run(after)


def signature(signatory: Signatory) -> str:
    """Set the signature: the position left, the name on the level of its last line; nothing of it goes overleaf."""
    low = '<w:vAlign w:val="bottom"/>'
    post = paragraphs(tidy(signatory.printed_post).split("\n"), "Signature")
    mark = _signed(signatory.signature) if signatory.signature else paragraph(style="Signature")
    name = paragraph(words(signatory.name), "Signature", more='<w:jc w:val="right"/>')
    widths = (80.0, 45.0, 45.0) if not signatory.signature else (70.0, 62.0, 38.0)
    cells = [cell(inside, width, look=low) for inside, width in zip((post, mark, name), widths, strict=True)]
    room = paragraph(style="Signature") * 2
    return room + table(widths, [row(cells)], look="TableNormal")


def _signed(mark: ESignature) -> str:
    """Set what the mark of a verified electronic signature states."""
    lines = (
        "ДОКУМЕНТ ПОДПИСАН ЭЛЕКТРОННОЙ ПОДПИСЬЮ",
        f"Сертификат {mark.certificate}",
        f"Владелец {mark.owner}",
        f"Действителен с {in_figures(mark.valid_from)} по {in_figures(mark.valid_to)}",
    )
    return paragraphs(lines, "SmallMark")


# An approval sheet


def approval_text(paper: ApprovalSheetPaper) -> str:
    """Set the approval sheet with its remarks."""
    *upper, body = paper.issuer or ("",)
    made = [paragraph(words(line), "UpperBody") for line in upper]
    made.append(paragraph(words(body), "BodyName"))
    rest = "".join(run("\n") + line for line in _broken(paper.subject))
    rest += run("\n«") + "".join(_broken(paper.title)) + run("»")
    made.append(paragraph(words("Лист согласования", look="<w:caps/>") + rest, "Heading1"))
    made.append(visas_table(paper))
    remarks = [visa for visa in paper.visas if visa.remark]
    if remarks:
        made.append(paragraph(run("Замечания", look=BOLD + size(12)), "OrderText"))
    made += [
        paragraph(run(f"{count}. ") + words(f"{visa.name}: {visa.remark}"), "OrderText")
        for count, visa in enumerate(remarks, 1)
    ]
    return "".join(made)

"""Tables of a Word document: the plan's, the schools', the visas'; rows do not break, heads repeat."""

from collections.abc import Iterable, Sequence

from documents.office.word_text import Marks, paragraph, paragraphs, run, twips, words
from documents.paper.approval import ApprovalSheetPaper
from documents.paper.participants import ParticipantsPaper
from documents.paper.plan import (
    Activity,
    Excluded,
    Field,
    Numbering,
    PlanPaper,
    Result,
    Section,
    dotted,
    flattened,
    row_number,
)
from documents.paper.spacing import one_line, tidy
from documents.paper.wording import in_figures

KEPT = 6
"""Results of an activity that is kept on one sheet; a longer one may go on overleaf."""

NEXT = "<w:keepNext/>"
SHADE = '<w:shd w:val="clear" w:color="auto" w:fill="EEEEEE"/>'


def table(widths: Sequence[float], rows: Iterable[str], *, look: str = "PlanTable", caption: str = "") -> str:
    """Make a table of fixed columns (widths in mm)."""
    total = sum(twips(width) for width in widths)
    columns = "".join(f'<w:gridCol w:w="{twips(width)}"/>' for width in widths)
    named = f'<w:tblCaption w:val="{caption}"/>' if caption else ""
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{look}"/><w:tblW w:w="{total}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        f'<w:tblLook w:val="0620" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>'
        f"{named}</w:tblPr><w:tblGrid>{columns}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def row(cells: Iterable[str], *, head: bool = False) -> str:
    """Make a row that does not break over sheets; a head is repeated on each."""
    return f"<w:tr><w:trPr><w:cantSplit/>{'<w:tblHeader/>' if head else ''}</w:trPr>{''.join(cells)}</w:tr>"


def cell(inside: str, width: float, *, span: int = 1, merge: str = "", look: str = "") -> str:
    """Make a cell (width in mm); `merge` is restart or continue, `look` further properties in their order."""
    spans = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    merged = f'<w:vMerge w:val="{merge}"/>' if merge else ""
    return f'<w:tc><w:tcPr><w:tcW w:w="{twips(width)}" w:type="dxa"/>{spans}{merged}{look}</w:tcPr>{inside}</w:tc>'


def head_row(heads: Sequence[tuple[str, float]]) -> str:
    """Make the head of a table."""
    middle = '<w:vAlign w:val="center"/>'
    return row(
        (
            cell(paragraph(run("\n".join(tidy(text).split("\n"))), "TableHead"), width, look=middle)
            for text, width in heads
        ),
        head=True,
    )


# The plan


def plan_table(plan: PlanPaper, marks: Marks) -> str:
    """Lay a plan out: a row per result; number and title of an activity are merged over its rows."""
    widths = [float(column.width) for column in plan.columns]
    rows = [head_row([(column.head, column.width) for column in plan.columns])]
    for level, entry in flattened(plan.content):
        match entry:
            case Section():
                start, end = marks.pair(entry.mark)
                style, shade = f"Heading{min(level, 3) + 1}", SHADE if level == 1 else ""
                inside = paragraph(words(one_line(entry.heading)), style, before=start, after=end)
                rows.append(row([cell(inside, sum(widths), span=len(widths), look=shade)]))
            case Excluded():
                number = cell(paragraph(words(dotted(entry.number)), "TableNumber"), widths[0])
                gone = cell(paragraph(words(entry.text), "TableText"), sum(widths[1:]), span=len(widths) - 1)
                rows.append(row([number, gone]))
            case Activity():
                rows.extend(activity_rows(plan, entry, marks))
    return table(widths, rows, caption="План мероприятий")


def activity_rows(plan: PlanPaper, activity: Activity, marks: Marks) -> list[str]:
    """Make the rows of one activity; the mark of a result goes from its first cell to its last."""
    results = activity.results or (Result(),)
    several, last = len(results) > 1, len(results) - 1
    head_start, head_end = marks.pair(activity.mark)
    made = []
    for index, result in enumerate(results):
        start, end = marks.pair(result.mark)
        kept = NEXT if index != last and len(results) <= KEPT else ""
        merge = ("restart" if not index else "continue") if several else ""
        number = row_number(plan.numbering, activity, index)
        once = merge if plan.numbering is Numbering.ONCE else ""
        texts = {
            Field.NUMBER: ([number], "TableNumber", once),
            Field.TITLE: (tidy(activity.title).split("\n") if not index else [], "TableText", merge),
            Field.RESULT: (tidy(result.text).split("\n"), "TableText", ""),
            Field.DEADLINE: (tidy(result.deadline).split("\n"), "TableTerm", ""),
            Field.EXECUTORS: ([one_line(one) for one in result.executors], "TableText", ""),
        }
        cells = []
        for at, column in enumerate(plan.columns):
            lines, style, merged = texts[column.field]
            of_title = column.field is Field.TITLE and not index
            before = (start if not at else "") + (head_start if of_title else "")
            after = (head_end if of_title else "") + (end if at == len(plan.columns) - 1 else "")
            inside = paragraphs(lines, style, more=kept, before=before, after=after)
            if column.field is Field.RESULT and result.note:
                inside += paragraph(words(result.note), "TableNote", more=kept)
            cells.append(cell(inside, column.width, merge=merged))
        made.append(row(cells))
    return made


# Schools and visas


def schools_table(paper: ParticipantsPaper) -> str:
    """Lay the participants out by municipality and cluster, the schools numbered through."""
    widths = [14.0, 106.0, 50.0] if paper.has_profiles else [14.0, 156.0]
    heads = [("№\nп/п", widths[0]), ("Общеобразовательная организация", widths[1])]
    if paper.has_profiles:
        heads.append(("Профиль", widths[2]))
    rows, number = [head_row(heads)], 0

    def across(text: str, style: str, look: str = "") -> str:
        return row([cell(paragraph(words(text), style), sum(widths), span=len(widths), look=look)])

    for place in paper.places:
        rows.append(across(place.name, "Heading2", SHADE))
        for part in place.clusters:
            if part.name:
                rows.append(across(part.name, "Heading4"))
            for school in part.schools:
                number += 1
                cells = [
                    cell(paragraph(run(f"{number}."), "TableNumber"), widths[0]),
                    cell(paragraph(words(school.name), "TableText"), widths[1]),
                ]
                if paper.has_profiles:
                    cells.append(cell(paragraph(words(school.profile), "TableTerm"), widths[2]))
                rows.append(row(cells))
    return table(widths, rows, caption="Список организаций")


def visas_table(paper: ApprovalSheetPaper) -> str:
    """Lay the approval sheet out; remarks stand below it."""
    widths = [9.0, 66.0, 33.0, 37.0, 25.0]
    heads = ["№\nп/п", "Должность", "Инициалы, фамилия", "Согласование, подпись", "Дата"]
    rows = [head_row(list(zip(heads, widths, strict=True)))]
    for count, visa in enumerate(paper.visas, 1):
        post = [*tidy(visa.post).split("\n"), *([visa.organization] if visa.organization else [])]
        columns: list[tuple[list[str], str]] = [
            ([f"{count}."], "TableNumber"),
            (post, "TableText"),
            ([visa.name], "TableText"),
            ([visa.decision], "TableText"),
            ([in_figures(visa.signed_on) if visa.signed_on else ""], "TableTerm"),
        ]
        rows.append(
            row(
                cell(paragraphs(lines, style), width) for (lines, style), width in zip(columns, widths, strict=True)
            ).replace("<w:cantSplit/>", f'<w:cantSplit/><w:trHeight w:val="{twips(12)}"/>')
        )
    return table(widths, rows, caption="Лист согласования")

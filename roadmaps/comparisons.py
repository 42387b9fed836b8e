"""A comparison of two editions as paper: the table «Было / Стало» that goes along with an amending order."""

import datetime as dt

from django.utils import translation

from documents import paper
from roadmaps.acts import act_of_edition, amended
from roadmaps.choices import DRAFT
from roadmaps.difference import Piece
from roadmaps.models import Edition
from roadmaps.pages.comparison import Comparison, Line, Part

LEGEND = "исключённые слова зачёркнуты, новые подчёркнуты"


def comparison_paper(
    found: Comparison, was: Edition, became: Edition, *, title: str, made_at: dt.datetime
) -> paper.ComparisonPaper:
    """Give the table of what differs between two editions; paper speaks Russian whatever the page speaks."""
    with translation.override("ru"):
        sections = tuple(
            paper.ComparedSection(group.title, tuple(_row(line) for line in group.lines)) for group in found.groups()
        )
    return paper.ComparisonPaper(
        made_at=made_at,
        author=became.roadmap.organization.name,
        title=("Сравнительная таблица", f"к изменениям в документ «{' '.join(title.split())}»"),
        sides=(f"Было\n{edition_words(was)}", f"Стало\n{edition_words(became)}"),
        sections=sections,
        legend=LEGEND,
    )


def edition_words(edition: Edition) -> str:
    """Name an edition as the head of a column does."""
    if edition.number == DRAFT:
        return "проект"
    order = act_of_edition(edition)
    if order is None:
        return f"редакция {edition.number}"
    if edition.basis_id is not None:
        return f"редакция {edition.number}, вслед за {amended(order).cited('приказом')}"
    return f"редакция {edition.number}, приказ {amended(order).short}"


def _row(line: Line) -> paper.ComparedRow:
    return paper.ComparedRow(
        number=line.label,
        word=line.word,
        title=line.title,
        was=tuple(_cell(part, part.was) for part in line.parts if part.was),
        became=tuple(_cell(part, part.became) for part in line.parts if part.became),
        why=tuple(one.text for one in line.why),
    )


def _cell(part: Part, pieces: tuple[Piece, ...]) -> paper.ComparedCell:
    return paper.ComparedCell(part.label, tuple(paper.Run(piece.text, piece.mark) for piece in pieces))

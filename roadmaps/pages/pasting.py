"""The preview of a pasted table: what each row is understood as, and which row of the plan it may be."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from deadlines.calendar import WorkingCalendar
from roadmaps.editor.pasted import ROLES, Pasted, PastedRow, Standing, matches, read_pasted
from roadmaps.pages.rows import Echo, echo_of
from roadmaps.sheets import Sheet

ROWS_AT_MOST = 400


@dataclass(frozen=True, slots=True)
class Line:
    """One pasted row in the preview; `match` is the row of the plan that it most likely is."""

    row: PastedRow
    echo: Echo
    match: int | None
    match_label: str


@dataclass(frozen=True, slots=True)
class Preview:
    """What would be inserted; `columns` are (heading, role) of the pasted table."""

    lines: tuple[Line, ...]
    columns: tuple[tuple[str, str], ...]
    left_out: int

    @property
    def matched(self) -> int:
        return sum(line.match is not None for line in self.lines)

    @property
    def doubtful(self) -> int:
        return sum(not line.echo.is_understood for line in self.lines)

    @property
    def cells(self) -> list[list[str]]:
        return [line.row.cells for line in self.lines]


def preview_of(
    sheet: Sheet, *, html: str, text: str, roles: Sequence[str], calendar: WorkingCalendar, today: dt.date
) -> Preview:
    """Understand what was pasted, and lay it beside the plan."""
    pasted: Pasted = read_pasted(html, text, roles)
    rows = pasted.rows[:ROWS_AT_MOST]
    standing = [Standing(row.commitment, sheet.heading[row.heading].title, row.text) for row in sheet.rows]
    found = matches(rows, standing) if len(rows) * len(standing) <= 40_000 else [None] * len(rows)
    lines = tuple(
        Line(
            row,
            echo_of(row.phrase, sheet.period, calendar, today),
            match,
            sheet.row[match].label if match is not None else "",
        )
        for row, match in zip(rows, found, strict=True)
    )
    columns = tuple(zip(pasted.heads, pasted.roles, strict=True))
    return Preview(lines, columns, len(pasted.rows) - len(rows))


def role_choices() -> list[tuple[str, str]]:
    """Give what a person may say that a column is."""
    words = {
        "number": _("number"),
        "title": _("activity"),
        "result": _("result"),
        "deadline": _("deadline"),
        "executors": _("executors"),
        "section": _("section"),
        "other": _("leave out"),
    }
    return [(role, words[role]) for role in ROLES]

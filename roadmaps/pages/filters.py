"""Narrowing the table of a plan by what stands in the address."""

import calendar
import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from django.forms import ChoiceField
from django.utils.dates import MONTHS
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from deadlines.values import Period
from roadmaps.choices import DRAFT, Rule
from roadmaps.editor.searching import asked_words, finds
from roadmaps.forms.rows import SheetFilter
from roadmaps.pages.notes import Note, codes_of
from roadmaps.sheets import Sheet, SheetRow

ALL, FINDINGS, ERRORS, UNLINKED, INHERITED, OWN, TOUCHED, MINE = (
    *("", "findings", "errors", "unlinked", "inherited", "own", "changed", "mine"),
)


def filter_form(data: Any, sheet: Sheet, notes: Mapping[int, list[Note]], surname: str) -> SheetFilter:
    """Give the form with choices that this plan really has, each with its number of rows."""
    form = SheetFilter(data)
    rows = sheet.rows

    def counted(label: str, code: str) -> tuple[str, str]:
        return code, label % {"count": sum(_is_of_kind(code, row, notes, surname) for row in rows)}

    shows = [(ALL, _("All rows (%(count)s)") % {"count": len(rows)}), counted(_("With findings (%(count)s)"), FINDINGS)]
    shows.append(counted(_("With errors (%(count)s)"), ERRORS))
    if sheet.uppers:
        shows.append(counted(_("Without a link upwards (%(count)s)"), UNLINKED))
        shows.append(counted(_("Deadline from above (%(count)s)"), INHERITED))
        shows.append(counted(_("Own deadline (%(count)s)"), OWN))
    if sheet.edition.number == DRAFT and any(not row.is_touched for row in rows):
        shows.append(counted(_("Changed in this edition (%(count)s)"), TOUCHED))
    if surname:
        shows.append(counted(_("Mine (%(count)s)"), MINE))
    choices_of(form, "show").choices = shows
    codes = codes_of(note for row in rows for note in notes.get(row.commitment, []) if note.is_open)
    choices_of(form, "finding").choices = [("", pgettext("filter finding", "Any")), *codes]
    clusters = sorted(sheet.clusters)
    choices_of(form, "cluster").choices = [("", pgettext("filter", "Any")), *((name, name) for name in clusters)]
    names = Counter(executor.text for row in rows for executor in row.executors)
    choices_of(form, "who").choices = [("", pgettext("filter", "Any")), *((name, name) for name in sorted(names))]
    choices_of(form, "month").choices = [("", _("The whole period")), *months_of(sheet.period)]
    return form


def choices_of(form: SheetFilter, name: str) -> ChoiceField:
    """Give a field that offers choices."""
    field = form.fields[name]
    assert isinstance(field, ChoiceField)  # the form's own declaration
    return field


def months_of(period: Period) -> list[tuple[str, str]]:
    """List the months of a period, at most three years of them."""
    year, month = period.start.year, period.start.month
    found: list[tuple[str, str]] = []
    while (year, month) <= (period.end.year, period.end.month) and len(found) < 36:
        found.append((f"{year}-{month:02}", f"{str(MONTHS[month]).capitalize()} {year}"))
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    return found


def kept(sheet: Sheet, form: SheetFilter, notes: Mapping[int, list[Note]], surname: str) -> set[int] | None:
    """Give the commitments that stay, or None if nothing is narrowed; a filter that nobody knows narrows nothing."""
    form.is_valid()
    data = form.cleaned_data
    asked = asked_words(data.get("q", ""))
    show, who, month = data.get("show", ""), data.get("who", ""), data.get("month", "")
    finding, cluster = data.get("finding", ""), asked_words(data.get("cluster", ""))
    if not (asked or show or who or month or finding or cluster):
        return None
    return {
        row.commitment
        for row in sheet.rows
        if _is_of_kind(show, row, notes, surname)
        and (not who or any(executor.text == who for executor in row.executors))
        and (not month or any(_touches(start, due, month) for start, due in spans_of(row)))
        and (not finding or any(note.code == finding for note in notes.get(row.commitment, [])))
        and (not cluster or finds(cluster, _words_around(sheet, row)))
        and (not asked or finds(asked, _words_around(sheet, row), [executor.text for executor in row.executors]))
    }


def _words_around(sheet: Sheet, row: SheetRow) -> str:
    """Give all that a row says, with the titles above it."""
    activity = sheet.heading[row.heading]
    titles = [above.title for above in sheet.path(activity)]
    return " ".join([*titles, activity.title, row.text, row.label, row.deadline.phrase])


def _is_of_kind(show: str, row: SheetRow, notes: Mapping[int, list[Note]], surname: str) -> bool:
    """Tell whether a row belongs to what the first filter shows."""
    return KINDS[show](row, notes, surname)


def _inherits(row: SheetRow) -> bool:
    return any(link.rule != Rule.OWN and link.upper for link in row.links)


def has_open(notes: Mapping[int, list[Note]], row: SheetRow) -> bool:
    return any(note.is_open for note in notes.get(row.commitment, []))


def is_of(row: SheetRow, surname: str) -> bool:
    """Tell whether an executor's text names the person; «Лисицыной А. П.» counts, as the stem of the surname is there."""
    stem = surname.casefold()[: max(4, len(surname) - 2)]
    return bool(surname) and any(stem in executor.text.casefold() for executor in row.executors)


KINDS: dict[str, Callable[[SheetRow, Mapping[int, list[Note]], str], bool]] = {
    ALL: lambda row, notes, surname: True,
    FINDINGS: lambda row, notes, surname: has_open(notes, row),
    ERRORS: lambda row, notes, surname: any(note.blocks for note in notes.get(row.commitment, [])),
    UNLINKED: lambda row, notes, surname: not any(link.upper for link in row.links),
    INHERITED: lambda row, notes, surname: _inherits(row),
    OWN: lambda row, notes, surname: not _inherits(row),
    TOUCHED: lambda row, notes, surname: row.is_touched,
    MINE: lambda row, notes, surname: is_of(row, surname),
}
"""What the first filter may show, by its code in the address."""


def spans_of(row: SheetRow) -> Iterator[tuple[dt.date, dt.date]]:
    """Give the spans of days of a row's deadline; a deadline without a beginning is its last day."""
    deadline = row.deadline
    if deadline.windows:
        yield from deadline.windows
    elif deadline.due is not None:
        yield (deadline.start or deadline.due, deadline.due)


def _touches(start: dt.date, due: dt.date, month: str) -> bool:
    year, number = (int(part) for part in month.split("-"))
    first = dt.date(year, number, 1)
    last = dt.date(year, number, calendar.monthrange(year, number)[1])
    return start <= last and due >= first

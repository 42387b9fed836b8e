"""Narrowing the table of a plan by what stands in the address; pure reading of a sheet."""

import calendar
import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from django.forms import ChoiceField
from django.utils.dates import MONTHS
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from deadlines.values import Period
from roadmaps.forms.rows import SheetFilter
from roadmaps.pages.notes import Note
from roadmaps.sheets import Sheet, SheetRow

ALL, FINDINGS, UNLINKED, MINE = "", "findings", "unlinked", "mine"


def filter_form(data: Any, sheet: Sheet, notes: Mapping[int, list[Note]], surname: str) -> SheetFilter:
    """Give the form with choices that this plan really has, each with its number of rows."""
    form = SheetFilter(data)
    rows = sheet.rows
    shows = [
        (ALL, _("All rows (%(count)s)") % {"count": len(rows)}),
        (FINDINGS, _("With findings (%(count)s)") % {"count": sum(has_open(notes, row) for row in rows)}),
    ]
    if sheet.uppers:
        count = sum(not any(link.upper for link in row.links) for row in rows)
        shows.append((UNLINKED, _("Without a link upwards (%(count)s)") % {"count": count}))
    if surname:
        shows.append((MINE, _("Mine (%(count)s)") % {"count": sum(is_of(row, surname) for row in rows)}))
    choices_of(form, "show").choices = shows
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
    words = data.get("q", "").casefold().split()
    show, who, month = data.get("show", ""), data.get("who", ""), data.get("month", "")
    if not (words or show or who or month):
        return None
    return {row.commitment for row in sheet.rows if _stays(sheet, row, words, show, who, month, notes, surname)}


def _stays(
    sheet: Sheet,
    row: SheetRow,
    words: list[str],
    show: str,
    who: str,
    month: str,
    notes: Mapping[int, list[Note]],
    surname: str,
) -> bool:
    text = " ".join([sheet.heading[row.heading].title, row.text, row.label, row.deadline.phrase]).casefold()
    return (
        all(word in text for word in words)
        and (show != FINDINGS or has_open(notes, row))
        and (show != UNLINKED or not any(link.upper for link in row.links))
        and (show != MINE or is_of(row, surname))
        and (not who or any(executor.text == who for executor in row.executors))
        and (not month or any(_touches(start, due, month) for start, due in spans_of(row)))
    )


def has_open(notes: Mapping[int, list[Note]], row: SheetRow) -> bool:
    return any(note.is_open for note in notes.get(row.commitment, []))


def is_of(row: SheetRow, surname: str) -> bool:
    """Tell whether an executor's text names the person; «Лисицыной А. П.» counts, as the stem of the surname is there."""
    stem = surname.casefold()[: max(4, len(surname) - 2)]
    return bool(surname) and any(stem in executor.text.casefold() for executor in row.executors)


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

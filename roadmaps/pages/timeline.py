"""A plan as a timeline: lanes of days beside the words, cut into stretches that fit a page."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from roadmaps.choices import HeadingKind
from roadmaps.editor.lanes import HIGH, Month, Stroke, Tile, lane, tiles_of
from roadmaps.pages.notes import Note
from roadmaps.pages.plan import DATE_CODES, bounds_of, phrase_of
from roadmaps.pages.structure import kind_words
from roadmaps.sheets import Sheet, SheetRow

YEAR, HALF, QUARTER = "", "half", "quarter"
MONTHS = {HALF: 6, QUARTER: 3}
KEYS = {
    "due": "M18 12h0",
    "win": "M4 12h28",
    "up": "M18 2v20",
    "over": "M4 12h28",
    "all": "M2 12h32",
    "unk": "M2 12h32",
    "now": "M18 0v24",
}
"""The strokes of the legend, each in a drawing 36 wide."""


@dataclass(frozen=True, slots=True)
class Lane:
    """One row in one tile; `said` are findings that doubt its date."""

    commitment: int
    label: str
    text: str
    phrase: str
    said: tuple[Note, ...]
    drawing: SafeString


@dataclass(slots=True)
class Part:
    """A section or an activity with its lanes."""

    title: str
    is_section: bool
    lanes: list[Lane] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Sheetful:
    """A tile with its months and everything that lies in it."""

    tile: Tile
    months: tuple[Month, ...]
    parts: tuple[Part, ...]


def scales() -> list[tuple[str, str]]:
    """Give the scales to choose from."""
    return [(YEAR, _("The whole period")), (HALF, _("Half a year")), (QUARTER, _("Three months"))]


def stretch(sheet: Sheet, scale: str, begins: dt.date | None, today: dt.date) -> tuple[dt.date, dt.date]:
    """Give the days that are shown: the whole period, or some months from a day of it on."""
    start, end = sheet.period
    months = MONTHS.get(scale)
    if months is None:
        return start, end
    at = begins or today
    at = min(max(at, start), end).replace(day=1)
    year, month = divmod(at.year * 12 + at.month - 1 + months, 12)
    return max(at, start), min(end, dt.date(year, month + 1, 1) - dt.timedelta(1))


def timeline_of(
    sheet: Sheet,
    notes: Mapping[int, list[Note]],
    kept: set[int] | None,
    days: tuple[dt.date, dt.date],
    today: dt.date,
) -> list[Sheetful]:
    """Lay a plan out on tiles; of several tiles each holds only what touches it, and what has no date stands on the first."""
    sheetfuls = []
    for place, tile in enumerate(tiles_of(*days)):
        parts = tuple(_parts(sheet, notes, kept, tile, today, is_first=place == 0))
        sheetfuls.append(Sheetful(tile, tile.months, parts))
    return sheetfuls


def _parts(
    sheet: Sheet,
    notes: Mapping[int, list[Note]],
    kept: set[int] | None,
    tile: Tile,
    today: dt.date,
    *,
    is_first: bool,
) -> Iterable[Part]:
    rows: dict[int, list[SheetRow]] = {}
    for row in sheet.rows:
        if (kept is None or row.commitment in kept) and _is_in(row, tile, is_first=is_first):
            rows.setdefault(row.heading, []).append(row)
    waiting: list[Part] = []
    for heading in sheet.headings:
        if heading.kind == HeadingKind.SECTION:
            waiting.append(Part(f"{heading.number} {heading.title}".strip() or kind_words(heading.kind), True))
        elif heading.pk in rows:
            yield from waiting
            waiting = []
            part = Part(f"{heading.number or heading.ref} {heading.title}".strip(), False)
            part.lanes = [_lane(sheet, row, notes.get(row.commitment, []), tile, today) for row in rows[heading.pk]]
            yield part


def _is_in(row: SheetRow, tile: Tile, *, is_first: bool) -> bool:
    due, start = row.deadline.due, row.deadline.start
    if due is None and start is None:
        return is_first
    return tile.holds(start or due or tile.start, due or tile.end)


def _lane(sheet: Sheet, row: SheetRow, notes: list[Note], tile: Tile, today: dt.date) -> Lane:
    said = tuple(note for note in notes if note.code in DATE_CODES and note.is_open and note.severity != "info")
    strokes = lane(row.deadline, bounds_of(row.links), tile, sheet.period, today)
    return Lane(row.commitment, row.label, row.text, phrase_of(row.deadline), said, drawing(strokes, tile.days))


def drawing(strokes: Iterable[Stroke], width: int) -> SafeString:
    """Draw a lane without a word in it, so that it may stretch."""
    paths = "".join(f'<path class="{_classes(one.name)}" d="{escape(one.path)}"/>' for one in strokes)
    svg = f'<svg class="track" viewBox="0 0 {width} {HIGH}" preserveAspectRatio="none" aria-hidden="true">{paths}</svg>'
    return mark_safe(svg)  # noqa: S308 - numbers and names of ours


def _classes(name: str) -> str:
    return " ".join(f"t-{part}" for part in name.split())


def legend(today: dt.date) -> list[tuple[SafeString, str]]:
    """Give every kind of stroke with its word."""
    words = {
        "due": _("a day"),
        "win": _("a window"),
        "up": _("the bound above"),
        "over": _("beyond the bound"),
        "all": _("the whole time"),
        "unk": _("no date yet"),
        "now": _("today, %(day)s") % {"day": f"{today:%d.%m}"},
    }
    return [(drawing([Stroke(name, path)], 36), words[name]) for name, path in KEYS.items()]

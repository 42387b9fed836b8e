"""What a page says of an edited file: its changes in words, grouped by what they do."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from roadmaps.edited.changes import Cell, Change, Deed, Difference, Note
from roadmaps.edited.standing import Kind

HALF = 2
"""A file that misses more than a half of the plan is a piece of it: nothing is removed unless somebody ticks it."""


@dataclass(frozen=True, slots=True)
class CellLine:
    """One cell: its name, how it reads in the plan, how in the file."""

    name: str
    was: str
    became: str


@dataclass(frozen=True, slots=True)
class Line:
    """One change to confirm; `is_taken` is what is ticked before anybody decides."""

    key: str
    label: str
    sentence: str
    where: str
    cells: tuple[CellLine, ...]
    rows: tuple[str, ...]
    notes: tuple[str, ...]
    place: str
    is_taken: bool


@dataclass(frozen=True, slots=True)
class Group:
    """Changes of one sort under their heading."""

    title: str
    lines: list[Line]


def groups_of(found: Difference, rows: int) -> list[Group]:
    """Put changes into words; `rows` is how many the plan has."""
    removed = sum(max(1, len(one.removed)) for one in found.changes if one.deed in REMOVED)
    is_piece = not found.by_marks or removed * HALF > rows
    titles = {
        _("Changed"): (Deed.ROW, Deed.HEADING),
        _("Added"): (Deed.ROW_ADDED, Deed.ACTIVITY_ADDED, Deed.SECTION_ADDED),
        _("Moved"): (Deed.ROW_MOVED, Deed.HEADING_MOVED),
        _("Not in the file any more"): REMOVED,
    }
    groups = [
        Group(title, [_line(one, is_piece=is_piece) for one in found.changes if one.deed in deeds])
        for title, deeds in titles.items()
    ]
    return [group for group in groups if group.lines]


REMOVED = (Deed.ROW_REMOVED, Deed.HEADING_REMOVED)


def _line(change: Change, *, is_piece: bool) -> Line:
    texts = {Kind.TITLE: _("title of the plan"), Kind.GOAL: _("goal"), Kind.TASK: _("task")}
    is_text = change.deed is Deed.HEADING and change.where in {kind.value for kind in texts}
    return Line(
        key=change.key,
        label=texts[Kind(change.where)] if is_text else change.label,
        sentence=_sentence(change),
        where="" if is_text else change.where,
        cells=tuple(CellLine(_cell(one.cell), one.was, one.became) for one in change.cells),
        rows=change.rows,
        notes=tuple(_note(one) for one in change.notes),
        place=_place(change),
        is_taken=not change.clashes and not (is_piece and change.deed in REMOVED),
    )


def _sentence(change: Change) -> str:
    words = change.words or _("without words")
    sentences = {
        Deed.ROW_ADDED: _("New row: %(words)s"),
        Deed.ACTIVITY_ADDED: _("New activity: %(words)s"),
        Deed.SECTION_ADDED: _("New section: %(words)s"),
        Deed.ROW_REMOVED: _("Remove the row: %(words)s"),
        Deed.HEADING_REMOVED: _("Remove with its rows: %(words)s") if change.rows else _("Remove: %(words)s"),
        Deed.ROW_MOVED: _("Another place for the row: %(words)s"),
        Deed.HEADING_MOVED: _("Another place: %(words)s"),
    }
    return sentences[change.deed] % {"words": words} if change.deed in sentences else words


def _place(change: Change) -> str:
    if change.behind is None:
        return ""
    return _("now behind “%(what)s”") % {"what": change.behind} if change.behind else _("now in the first place")


def _cell(cell: Cell) -> str:
    return {
        Cell.NUMBER: _("number"),
        Cell.TITLE: _("wording"),
        Cell.TEXT: _("result"),
        Cell.PHRASE: _("deadline"),
        Cell.EXECUTORS: _("executors"),
    }[cell]


def _note(note: Note) -> str:
    return {
        Note.CHANGED_SINCE: _(
            "The plan has changed the same thing since the file was downloaded. Ticked, the file's wording replaces the plan's."
        ),
        Note.REMOVED_SINCE: _("The row was removed from the plan since; ticked, it comes as a new row."),
        Note.INHERITED: _("The deadline follows a row above. Ticked, the row gets a deadline of its own."),
    }[note]


def heading_words(found: Difference) -> str:
    """Say how much differs."""
    count = len(found.changes)
    if not count:
        return _("The file changes nothing")
    said = ngettext("The file changes %(count)s thing", "The file changes %(count)s things", count)
    return said % {"count": count}

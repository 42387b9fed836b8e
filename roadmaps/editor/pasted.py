"""A pasted table understood as rows of a plan, by the same rules that read whole documents."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from roadmaps.matching.words import fold
from roadmaps.reading.blocks import Grid
from roadmaps.reading.clipboard import grid_of_text, grids_of_html
from roadmaps.reading.columns import DEADLINE, EXECUTORS, NUMBER, OTHER, RESULT, SECTION, TITLE, Layout
from roadmaps.reading.document import Section
from roadmaps.reading.executors import split_executors
from roadmaps.reading.plan import find_tables
from roadmaps.reading.rows import TableReader

ROLES = (NUMBER, TITLE, RESULT, DEADLINE, EXECUTORS, SECTION, OTHER)
"""What a person may say that a column is."""
BY_WIDTH: dict[int, tuple[str, ...]] = {
    1: (RESULT,),
    2: (RESULT, DEADLINE),
    3: (RESULT, DEADLINE, EXECUTORS),
    4: (TITLE, RESULT, DEADLINE, EXECUTORS),
    5: (NUMBER, TITLE, RESULT, DEADLINE, EXECUTORS),
}
"""What the columns of a piece without a header most likely are."""
ALIKE = 0.86
"""From this likeness on a pasted row is taken for a row of the plan."""


@dataclass(frozen=True, slots=True)
class PastedRow:
    """One result with what stands around it; executors a line each."""

    section: str
    number: str
    activity: str
    text: str
    phrase: str
    executors: str

    @property
    def cells(self) -> list[str]:
        """The six cells in the order in which the grid sends them."""
        return [self.section, self.number, self.activity, self.text, self.phrase, self.executors]


@dataclass(frozen=True, slots=True)
class Pasted:
    """The rows of a pasted table, and what each of its columns was taken for; `heads` are the words above them."""

    rows: tuple[PastedRow, ...]
    roles: tuple[str, ...] = ()
    heads: tuple[str, ...] = ()


def read_pasted(html: str, text: str, roles: Sequence[str] = ()) -> Pasted:
    """
    Read a table from the clipboard; HTML tells merged cells, so it is preferred.

    :param roles: what a person said of the columns, in place of what would be guessed
    """
    grids = [grid for grid in grids_of_html(html) if grid.rows] if html else []
    if not grids:
        plain = grid_of_text(text)
        grids = [plain] if plain is not None and plain.rows else []
    if not grids:
        return Pasted(())
    tables = _tables(grids, roles)
    reader = TableReader()
    for grid, layout in tables:
        reader.read(grid, layout)
    reader.close()
    layout = tables[0][1]
    columns = range(layout.width)
    return Pasted(
        tuple(_rows(reader)),
        tuple(layout.roles.get(col, OTHER) for col in columns),
        tuple(layout.headings.get(col, "") for col in columns),
    )


def _tables(grids: list[Grid], roles: Sequence[str]) -> list[tuple[Grid, Layout]]:
    found = find_tables(grids)
    if found and not roles:
        return found
    if found:
        grid, layout = found[0]
        return [(grid, _as_said(layout, roles)), *((one, _as_said(other, roles)) for one, other in found[1:])]
    grid = max(grids, key=lambda one: len(one.rows))
    guessed = BY_WIDTH.get(grid.width, BY_WIDTH[5] + (OTHER,) * max(0, grid.width - 5))
    layout = Layout(dict(enumerate(guessed)), {}, 0, 0, grid.width)
    return [(grid, _as_said(layout, roles) if roles else layout)]


def _as_said(layout: Layout, roles: Sequence[str]) -> Layout:
    said: Mapping[int, str] = {col: role for col, role in enumerate(roles) if role in ROLES and col < layout.width}
    return Layout(dict(said), layout.headings, layout.head, layout.first, layout.width)


def _rows(reader: TableReader) -> list[PastedRow]:
    titles = {section.number or section.title: _title(section) for section in reader.outline.sections}
    rows = []
    for activity in reader.activities:
        section = titles.get(activity.section[-1], activity.section[-1]) if activity.section else ""
        for result in activity.results:
            text = "\n".join(line.shown for line in result.lines if line.shown)
            who = "\n".join(split_executors(result.executors))
            rows.append(PastedRow(section, activity.number, activity.title, text, result.deadline, who))
    return rows


def _title(section: Section) -> str:
    return f"{section.number}. {section.title}" if section.number and section.title else section.title or section.number


@dataclass(frozen=True, slots=True)
class Standing:
    """A row of the plan that a pasted one may be: its key, its activity and its text."""

    commitment: int
    activity: str
    text: str


def matches(pasted: Sequence[PastedRow], standing: Sequence[Standing]) -> list[int | None]:
    """Find for every pasted row the row of the plan that it most likely is; no row is taken twice."""
    wishes = []
    for place, row in enumerate(pasted):
        words = fold(f"{row.activity} {row.text}")
        for other in standing:
            matcher = SequenceMatcher(None, words, fold(f"{other.activity} {other.text}"), autojunk=False)
            if matcher.real_quick_ratio() >= ALIKE and matcher.quick_ratio() >= ALIKE:
                likeness = matcher.ratio()
                if likeness >= ALIKE:
                    wishes.append((likeness, -place, other.commitment))
    found: list[int | None] = [None] * len(pasted)
    taken: set[int] = set()
    for _likeness, place, commitment in sorted(wishes, reverse=True):
        if found[-place] is None and commitment not in taken:
            found[-place] = commitment
            taken.add(commitment)
    return found

"""The plan's table and the list of schools as rows that a template prints; hints of the measuring pass are applied."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from documents.paper.order import Excerpt
from documents.paper.participants import ParticipantsPaper, Place
from documents.paper.plan import (
    Activity,
    Column,
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

CHAIN = 5
"""Headings one under another that are kept together with the row below."""

PORTRAIT = 170
"""mm of text on a portrait sheet."""

LONG_HEADING = 600
"""Letters of a heading that may break over sheets."""

DASHES = ("-", "–", "—", "•", "·", "*")


@dataclass(frozen=True)
class Hints:
    """
    What one layout tells the next.

    `padding`: mm below the last row of a group whose title hangs lower than its rows. `splits`: rows before which a
    group that is longer than a sheet breaks. `long` groups may break, `tall` ones have a row longer than a sheet.
    """

    padding: Mapping[str, float] = field(default_factory=dict)
    splits: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    long: frozenset[str] = frozenset()
    tall: frozenset[str] = frozenset()

    def look(self, ident: str) -> str:
        """The class of a group's element."""
        if ident in self.tall:
            return "long tall"
        return "long" if ident in self.long else "act"


@dataclass(frozen=True)
class Cell:
    """A cell: what it shows (`kind`), its text, whether it shares its box with the cell above (`merged`)."""

    kind: str
    text: str = ""
    items: tuple[str, ...] = ()
    merged: bool = False
    hanging: bool = False
    again: bool = False
    note: str = ""
    padding: str = ""
    span: int = 1


@dataclass(frozen=True)
class Row:
    """A row; `index` counts the rows of its group, a heading that is repeated has none of its own."""

    cells: tuple[Cell, ...]
    look: str = ""
    index: int | None = None
    heads: bool = False


@dataclass(frozen=True)
class Group:
    """Rows that stay on one sheet."""

    look: str
    rows: tuple[Row, ...]
    ident: str = ""


@dataclass(frozen=True)
class Table:
    """A table as the template prints it."""

    ident: str
    look: str
    columns: tuple[Column, ...]
    groups: tuple[Group, ...]


def plan_table(plan: PlanPaper, ident: str, hints: Hints) -> Table:
    """Lay a plan out in rows: one per result, number and title of an activity hanging over its rows."""
    return Table(ident, "plan", plan.columns, tuple(kept_headings(plan_groups(plan, ident, hints))))


def excerpt_table(excerpt: Excerpt) -> Table:
    """
    Lay out the rows that a clause quotes, as wide as the text of a portrait sheet.

    Its groups have no names: nothing hangs in them, so nothing is measured, and they break wherever a sheet ends.
    """
    named = plan_groups(excerpt, "", Hints(), hangs=False)
    return Table("", "excerpt", narrowed(excerpt.columns), tuple(replace(one, ident="", look="long") for one in named))


def narrowed(columns: Sequence[Column]) -> tuple[Column, ...]:
    """Fit columns of a landscape sheet into a portrait one; a date keeps its line, the others share what is left."""
    kept = {Field.NUMBER: 11, Field.DEADLINE: 30}
    rest = sum(column.width for column in columns if column.field not in kept)
    left = PORTRAIT - sum(kept[column.field] for column in columns if column.field in kept)
    return tuple(
        replace(column, width=kept.get(column.field) or round(column.width * left / rest)) for column in columns
    )


def plan_groups(plan: PlanPaper | Excerpt, ident: str, hints: Hints, *, hangs: bool = True) -> list[Group]:
    """Make the groups of rows of a plan, or of what is quoted of one."""
    groups, count = [], 0
    for level, entry in flattened(plan.content):
        match entry:
            case Section():
                look = ("sec", "sec2", "sec3")[min(level, 3) - 1]
                cell = Cell(look, entry.heading, span=len(plan.columns))
                groups.append(Group("head", (Row((cell,)),)))
            case Excluded():
                cells = (Cell("number", dotted(entry.number)), Cell("gone", entry.text, span=len(plan.columns) - 1))
                groups.append(Group("act", (Row(cells),)))
            case Activity():
                count += 1
                groups.append(activity_group(plan, entry, f"{ident}-a{count}", hints, hangs=hangs))
    return groups


def kept_headings(groups: list[Group]) -> list[Group]:
    """
    Let headings stay with the row below only where that can be done.

    A few headings stand on the sheet of what they head; dozens in a row, or one as long as a sheet, cannot.
    """
    kept, chain = [], CHAIN + 1
    for group in reversed(groups):
        chain = chain + 1 if group.look == "head" else 0
        long = group.look == "head" and len(group.rows[0].cells[0].text) > LONG_HEADING
        kept.append(replace(group, look="long tall" if long else "act") if chain > CHAIN or long else group)
    return kept[::-1]


def activity_group(
    plan: PlanPaper | Excerpt, activity: Activity, ident: str, hints: Hints, *, hangs: bool = True
) -> Group:
    """Make the rows of one activity; one that breaks over sheets repeats number and title."""
    results = activity.results or (Result(),)
    splits, last = frozenset(hints.splits.get(ident, ())), len(results) - 1
    hangs = hangs and last > 0 and ident not in hints.long
    rows = []
    for index, result in enumerate(results):
        again, cut = index in splits, index + 1 in splits
        look = " ".join(
            name
            for name, applies in (
                ("open", index != last and not cut),
                ("more", index > 0 and not again),
                ("cut", again),
            )
            if applies
        )
        title = Cell(
            "title",
            activity.title if not index or again else "",
            merged=True,
            hanging=hangs and not index,
            again=again,
        )
        padding = hints.padding.get(ident, 0.0) if hangs and index == last else 0.0
        shown = {
            "number": number_cell(plan.numbering, activity, index, again=again),
            "title": title,
            "result": result_cell(result, padding),
            "deadline": Cell("deadline", result.deadline),
            "executors": Cell("executors", items=tuple(filter(None, result.executors))),
        }
        rows.append(Row(tuple(shown[column.field] for column in plan.columns), look, index))
    return Group(hints.look(ident), tuple(rows), ident)


def number_cell(numbering: Numbering, activity: Activity, index: int, *, again: bool) -> Cell:
    """Number a row; an activity that is numbered once shows its number again where it breaks over sheets."""
    once = numbering is Numbering.ONCE
    return Cell("number", row_number(numbering, activity, 0 if once and again else index), merged=once)


def result_cell(result: Result, padding: float) -> Cell:
    """Set a result: its lines as a list when all of them begin with a dash, else as paragraphs."""
    parts = [part.strip() for part in result.text.splitlines() if part.strip()]
    pad = f"{padding:.2f}" if padding else ""
    if len(parts) > 1 and all(part.startswith(DASHES) for part in parts):
        items = tuple(part.lstrip("".join(DASHES)).strip() for part in parts)
        return Cell("items", items=items, note=result.note, padding=pad)
    return Cell("result", "\n".join(parts), note=result.note, padding=pad)


def schools_table(paper: ParticipantsPaper, ident: str, hints: Hints) -> Table:
    """Lay out the participants: a municipality stays together, a longer one repeats its name on the next sheet."""
    columns = [
        Column(Field.NUMBER, "№\nп/п", 14),
        Column(Field.TITLE, "Общеобразовательная организация", 106 if paper.has_profiles else 156),
    ]
    if paper.has_profiles:
        columns.append(Column(Field.RESULT, "Профиль", 50))
    groups, number = [], 0
    for index, place in enumerate(paper.places, start=1):
        key = f"{ident}-a{index}"
        rows = list(place_rows(place, len(columns), number))
        number += sum(len(part.schools) for part in place.clusters)
        splits = frozenset(hints.splits.get(key, ()))
        groups.append(Group(hints.look(key), tuple(repeated(rows, place, splits, len(columns))), key))
    return Table(ident, "schools", tuple(columns), tuple(groups))


def place_rows(place: Place, width: int, number: int) -> Iterator[Row]:
    """Make the rows of one municipality: its name, its clusters, their schools numbered on from `number`."""
    index = 0
    followed = bool(place.clusters and place.clusters[0].schools)
    yield Row((Cell("sec", place.name, span=width),), "heads" if followed else "", index, heads=True)
    for cluster in place.clusters:
        if cluster.name:
            index += 1
            yield Row((Cell("sec3", cluster.name, span=width),), "heads" if cluster.schools else "", index, heads=True)
        for school in cluster.schools:
            index, number = index + 1, number + 1
            cells = (Cell("number", f"{number}."), Cell("title", school.name), Cell("profile", school.profile))
            yield Row(cells[:width], "", index)


def repeated(rows: Iterable[Row], place: Place, splits: frozenset[int], width: int) -> Iterator[Row]:
    """Put the municipality's name above each row at which a new sheet begins."""
    for row in rows:
        if row.index in splits:
            yield Row((Cell("sec", place.name, again=True, span=width),), "cut heads", row.index, heads=True)
        yield row

"""Reading one plan from a file: the whole way from bytes to what was understood."""

from collections.abc import Callable, Sequence
from pathlib import Path

from deadlines.grammar import read as read_phrase
from deadlines.values import Deadline, Period
from roadmaps.reading.blocks import Block, Content, Grid, Line, flat, grids_within
from roadmaps.reading.columns import Layout, find_layout, layout_by_content, layout_like
from roadmaps.reading.dates import academic_year, period_around, read_date
from roadmaps.reading.document import Activity, Clause, Header, PlanDocument, Problem, Result
from roadmaps.reading.excel import read_excel
from roadmaps.reading.executors import split_executors
from roadmaps.reading.header import Facts, read_facts
from roadmaps.reading.headings import Heading, heading_of_line
from roadmaps.reading.order import clause_term
from roadmaps.reading.package import Package
from roadmaps.reading.problems import describe
from roadmaps.reading.refusals import CannotRead
from roadmaps.reading.rows import RawActivity, TableReader
from roadmaps.reading.word import read_word

MAX_ACTIVITIES = 1_500
ReadDeadline = Callable[..., Deadline]
"""`read(phrase, period, siblings=…)` of the deadlines' grammar."""


def open_plan(data: bytes, name: str, *, read_deadline: ReadDeadline | None = None) -> PlanDocument:
    """
    Read a plan from the bytes of a .docx or .xlsx file; nothing is saved.

    :param name: the file's name, used only to say how to save it when it is refused
    :param read_deadline: reads a phrase; the grammar of `deadlines` unless given
    :raises CannotRead: if the file cannot be read safely or holds no plan
    """
    content = read_content(data, name)
    tables = find_tables(content.blocks)
    if not tables:
        if not _has_text(content.blocks):
            raise CannotRead("nothing-to-import")
        raise CannotRead("no-table", header=_header(read_facts(content.blocks, []), None, None))
    headings = _headings_between(content.blocks, tables)
    reader = TableReader()
    for grid, layout in tables:
        if grid.name and len({grid.name for grid, _ in tables}) > 1:
            reader.open_sheet(grid.name)
        if id(grid) in headings:
            reader.enter(headings[id(grid)])
        reader.read(grid, layout)
    reader.close()
    if not reader.activities:
        raise CannotRead("no-table", header=_header(read_facts(*_around(content.blocks, tables)), None, None))
    if len(reader.activities) > MAX_ACTIVITIES:
        raise CannotRead("too-many-rows", limit=MAX_ACTIVITIES)
    facts = read_facts(*_around(content.blocks, tables))
    return _assemble(facts, reader, content, tables, read_deadline or read_phrase)


def read_plan_file(
    source: Path | str | bytes, name: str = "", *, read_deadline: ReadDeadline | None = None
) -> PlanDocument:
    """Read a plan from a path or from bytes; see `open_plan`."""
    if isinstance(source, bytes):
        return open_plan(source, name, read_deadline=read_deadline)
    path = Path(source)
    return open_plan(path.read_bytes(), name or path.name, read_deadline=read_deadline)


def read_content(data: bytes, name: str) -> Content:
    """Open a file and read what it shows, before anything is understood."""
    package = Package(data, name)
    kind = package.xml(package.main)
    tag = "" if kind is None else str(kind.tag)
    if tag.endswith("}document"):
        return read_word(package)
    if tag.endswith("}workbook"):
        return read_excel(package)
    raise CannotRead("unknown-format", target=package.target)


def find_tables(blocks: Sequence[Block]) -> list[tuple[Grid, Layout]]:
    """Find the plan's table, and those that continue it with or without a header of their own."""
    grids = grids_within(list(blocks))
    found: list[tuple[Grid, Layout]] = []
    for grid in grids:
        layout = find_layout(grid)
        if layout is None and found and not grid.name and _table_like(grid):
            layout = layout_like(grid, found[-1][1])
        if layout is not None and (not found or _same_plan(found[0][1], layout)):
            found.append((grid, layout))
    if not found:
        for grid in grids:
            layout = layout_by_content(grid)
            if layout is not None:
                return [(grid, layout)]
    return found


def _table_like(grid: Grid) -> bool:
    """Could a table without a header go on with a plan (and not hold a signature or a stamp)?"""
    return grid.width >= 3 and sum(1 for row in grid.rows if len(row.filled) >= 2) >= 1


def _same_plan(first: Layout, other: Layout) -> bool:
    """A later table belongs to the plan if it tells the same things (not a list of schools)."""
    return len(first.known & other.known) >= min(3, len(first.known))


def _headings_between(blocks: list[Block], tables: Sequence[tuple[Grid, Layout]]) -> dict[int, Heading]:
    """
    Find the headings that stand as text over the tables of a plan, by table; they are taken out of the text.

    A heading over the first table must be numbered, as the plan's title stands there too.
    """
    found: dict[int, Heading] = {}
    ours = [id(grid) for grid, _ in tables]
    last: int | None = None
    taken: list[int] = []
    for at, block in enumerate(blocks):
        if isinstance(block, Line):
            last = at if block.plain else last
            continue
        line = None if last is None else blocks[last]
        heading = heading_of_line(line) if isinstance(line, Line) and id(block) in ours else None
        if last is not None and heading is not None and (heading.number or id(block) != ours[0]):
            found[id(block)] = heading
            taken.append(last)
        last = None
    if len(tables) < 2 or not found:
        return {}
    for at in taken:
        blocks[at] = Line("")
    return found


def _around(blocks: Sequence[Block], tables: Sequence[tuple[Grid, Layout]]) -> tuple[list[Block], list[Block]]:
    """Give what stands before and after the plan tables; rows above the header are text before it."""
    first, layout = tables[0]
    ours = {id(grid) for grid, _ in tables}
    spots = [
        at
        for at, block in enumerate(blocks)
        if isinstance(block, Grid) and ours & {id(g) for g in grids_within([block])}
    ]
    before: list[Block] = list(blocks[: spots[0]])
    if first.name:
        before = []
    if layout.head:
        before.append(Grid(first.rows[: layout.head], first.name, first.width))
    outer = blocks[spots[0]]
    if isinstance(outer, Grid) and outer is not first:
        before.extend(_own_lines(outer))
    return before, [block for block in blocks[spots[-1] + 1 :] if not (isinstance(block, Grid) and block.name)]


def _own_lines(outer: Grid) -> list[Line]:
    """Give the text of a layout table that holds the plan table, without the latter's."""
    return [line for row in outer.rows for cell in row.cells for line in cell.lines if not line.nested]


def _has_text(blocks: Sequence[Block]) -> bool:
    return any(
        any(cell.words for row in block.rows for cell in row.cells) if isinstance(block, Grid) else block.plain
        for block in blocks
    )


def _assemble(
    facts: Facts, reader: TableReader, content: Content, tables: Sequence[tuple[Grid, Layout]], read: ReadDeadline
) -> PlanDocument:
    problems = [describe(code) for code in content.notes]
    if len(tables) > 1:
        problems.append(describe("several-tables", count=len(tables)))
    problems.extend(
        describe("column-guessed", column=col + 1, role=layout.roles[col])
        for _, layout in tables[:1]
        for col in layout.guessed
    )
    period = facts.period
    if period is None:
        period = _guess_period(facts, reader.activities)
        problems.append(describe("period-guessed" if period else "no-period"))
    if not facts.title:
        problems.append(describe("no-title"))
    rows = _rows(reader.activities, period, read)
    problems.extend(_row_problems(reader, rows))
    return PlanDocument(_header(facts, period, read), tuple(reader.outline.sections), rows, tuple(problems))


def _guess_period(facts: Facts, activities: Sequence[RawActivity]) -> Period | None:
    """Without a stated period the rows' own dates tell the year, else the order's date the academic year."""
    days = [day for activity in activities for result in activity.results if (day := read_date(result.deadline))]
    if days:
        return period_around(days)
    signed = facts.act.date
    return academic_year(signed.year if signed.month >= 6 else signed.year - 1) if signed else None


def _header(facts: Facts, period: Period | None, read: ReadDeadline | None) -> Header:
    act = facts.act
    clauses = []
    for number, text in act.clauses:
        term = clause_term(text)
        clauses.append(Clause(number, text, read(term, period or facts.period) if term and read else None))
    return Header(
        issuer=act.issuer,
        order_number=act.number,
        order_date=act.date,
        order_title=act.title,
        place=act.place,
        title=facts.title,
        period=period or facts.period,
        preamble=act.preamble,
        clauses=tuple(clauses),
        signatory_post=act.post,
        signatory_name=act.name,
        goal=facts.goal,
        tasks=tuple(facts.tasks),
    )


def _rows(activities: Sequence[RawActivity], period: Period | None, read: ReadDeadline) -> tuple[Activity, ...]:
    rows: list[Activity] = []
    for at, raw in enumerate(activities, 1):
        plain = [read(result.deadline, period) for result in raw.results]
        results: list[Result] = []
        for index, result in enumerate(raw.results):
            deadline = plain[index]
            siblings = [(other.start, other.due) for place, other in enumerate(plain) if place != index]
            if deadline.warnings and siblings:
                deadline = read(result.deadline, period, siblings=siblings)
            text = "\n".join(line.shown for line in result.lines if line.shown)
            results.append(Result(f"{at}.{index + 1}", text, deadline, split_executors(result.executors)))
        rows.append(Activity(str(at), raw.number, raw.title, raw.section, tuple(results)))
    return tuple(rows)


def _row_problems(reader: TableReader, rows: Sequence[Activity]) -> list[Problem]:
    problems: list[Problem] = []
    for trouble in reader.troubles:
        ref = "" if trouble.at is None else rows[trouble.at].ref
        problems.append(describe(trouble.code, ref=ref, text=flat(trouble.detail)))
    numbers = [(row.section, row.number) for row in rows if row.number]
    seen: set[tuple[tuple[str, ...], str]] = set()
    for row in rows:
        key = (row.section, row.number)
        if not row.number and len(numbers) * 2 > len(rows):
            problems.append(describe("number-missing", ref=row.ref))
        elif row.number and key in seen:
            problems.append(describe("number-repeats", ref=row.ref, text=row.number))
        seen.add(key)
    if rows and not numbers:
        problems.append(describe("no-numbers"))
    return problems

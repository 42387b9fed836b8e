"""Two editions side by side: what was and what became, grouped by section, in words for the page and for paper."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from deadlines.calendar import WorkingCalendar
from deadlines.values import Period
from deadlines.wording import meaning
from roadmaps.approval import FOLLOW_SIGN
from roadmaps.choices import HeadingKind, LinkKind, Obliges, Rule
from roadmaps.difference import (
    Cell,
    Difference,
    Heading,
    HeadingChange,
    Kind,
    Piece,
    Row,
    RowChange,
    Side,
    WaiverChange,
    pieces,
)
from roadmaps.difference.comparing import merged
from roadmaps.pages.plan import language
from roadmaps.pages.traces import Traces, Why
from roadmaps.sheets import UpperRow


@dataclass(frozen=True, slots=True)
class Part:
    """One cell of a change: its name, both texts in pieces, and what the portal understands of them."""

    cell: Cell
    label: str
    was: tuple[Piece, ...] = ()
    became: tuple[Piece, ...] = ()
    was_means: str = ""
    became_means: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One change: which row or heading, its number before and after, its cells, and why."""

    kind: Kind
    word: str
    was_label: str
    became_label: str
    title: str
    parts: tuple[Part, ...] = ()
    why: tuple[Why, ...] = ()

    @property
    def label(self) -> str:
        """The number of the row; both, where it is numbered anew."""
        if self.was_label and self.became_label and self.was_label != self.became_label:
            return f"{self.was_label} → {self.became_label}"
        return self.became_label or self.was_label


@dataclass(slots=True)
class Group:
    """The changes of one section; without a title, of a plan without sections."""

    title: str
    lines: list[Line] = field(default_factory=list)


KINDS = (Kind.CHANGED, Kind.ADDED, Kind.DROPPED, Kind.MOVED, Kind.RENUMBERED)


def kind_word(kind: Kind) -> str:
    """Say what became of a row."""
    return {
        Kind.ADDED: pgettext("row", "added"),
        Kind.DROPPED: pgettext("row", "struck out"),
        Kind.CHANGED: pgettext("row", "changed"),
        Kind.MOVED: pgettext("row", "moved"),
        Kind.RENUMBERED: pgettext("row", "numbered anew"),
    }[kind]


def kind_plural(kind: Kind) -> str:
    """Say it of several rows, as a filter does."""
    return {
        Kind.ADDED: _("Added ones"),
        Kind.DROPPED: _("Struck out ones"),
        Kind.CHANGED: _("Changed ones"),
        Kind.MOVED: _("Moved ones"),
        Kind.RENUMBERED: _("Numbered anew"),
    }[kind]


@dataclass(frozen=True)
class Comparison:
    """What the words need besides the difference: the period and calendar of the plan, the upper rows, the traces."""

    difference: Difference
    traces: Traces
    period: Period
    calendar: WorkingCalendar
    today: dt.date

    def groups(self, only: Iterable[Kind] = KINDS) -> list[Group]:
        """Give the changes of these kinds, grouped by section in the order of the later edition."""
        wanted = set(only)
        found: dict[int, Group] = {}
        for section, line in self._lines():
            if line.kind in wanted:
                title = _title(section) if section else ""
                found.setdefault(section.pk if section else 0, Group(title)).lines.append(line)
        if Kind.CHANGED in wanted and self.difference.waivers:
            found[-1] = Group(_("Rows above that do not apply"), [self._waiver(one) for one in self.difference.waivers])
        return list(found.values())

    def counts(self) -> dict[Kind, int]:
        """Count the changes of each kind."""
        found = [change.kind for change in self.difference.headings] + [row.kind for row in self.difference.rows]
        found += [Kind.CHANGED] * len(self.difference.waivers)
        return {kind: found.count(kind) for kind in KINDS}

    def _lines(self) -> Iterable[tuple[Heading | None, Line]]:
        was, became = self.difference.was, self.difference.became
        order = {pk: place for place, pk in enumerate(merged(list(was.headings), list(became.headings)))}
        entries: list[tuple[int, int, RowChange | HeadingChange]] = [
            *((order[change.heading.pk], -1, change) for change in self.difference.headings),
            *((order.get(change.row.heading, 0), place, change) for place, change in enumerate(self.difference.rows)),
        ]
        for _heading, _place, change in sorted(entries, key=lambda entry: entry[:2]):
            side = became if change.became else was
            if isinstance(change, HeadingChange):
                heading = change.heading
                section = heading if heading.kind == HeadingKind.SECTION else side.section_of(heading.pk)
                yield section, self._heading(change)
            else:
                yield side.section_of(change.row.heading), self._row(change)

    def _row(self, change: RowChange) -> Line:
        was, became = change.was, change.became
        side = self.difference.became if became else self.difference.was
        activity = side.headings.get(change.row.heading)
        return Line(
            change.kind,
            kind_word(change.kind),
            was.label if was else "",
            became.label if became else "",
            activity.title if activity else "",
            tuple(self._parts(change)),
            tuple(self.traces.of(change)),
        )

    def _parts(self, change: RowChange) -> Iterable[Part]:
        was, became = change.was, change.became
        if was is None or became is None:
            mark = "ins" if was is None else "del"
            for cell, text in _whole(change.row):
                said = (Piece(text, mark),) if text else ()
                means = self._meaning(change.row) if cell is Cell.DEADLINE else ""
                if was is None:
                    yield Part(cell, cell_word(cell), became=said, became_means=means)
                else:
                    yield Part(cell, cell_word(cell), was=said, was_means=means)
            return
        if was.heading != became.heading:
            yield _compared(Cell.TITLE, _activity(self.difference.was, was), _activity(self.difference.became, became))
        for changed in change.cells:
            if changed.cell is Cell.DEADLINE:
                one, other = pieces(was.phrase, became.phrase)
                yield Part(changed.cell, cell_word(changed.cell), one, other, self._meaning(was), self._meaning(became))
            elif changed.cell is Cell.OBLIGES:
                yield _compared(changed.cell, _obliges(was), _obliges(became))
            elif changed.cell is Cell.LINKS:
                yield _compared(changed.cell, self._links(was), self._links(became))
            else:
                yield _compared(changed.cell, changed.was, changed.became)

    def _heading(self, change: HeadingChange) -> Line:
        was, became = change.was, change.became
        if was is None or became is None:
            said = (Piece(change.heading.title, "ins" if was is None else "del"),)
            part = Part(Cell.TITLE, cell_word(Cell.TITLE), *(((), said) if was is None else (said, ())))
            parts: tuple[Part, ...] = (part,)
        else:
            parts = tuple(_compared(cell.cell, cell.was, cell.became) for cell in change.cells)
            if change.kind is Kind.MOVED and was.path != became.path:
                before, after = _sections(self.difference.was, was), _sections(self.difference.became, became)
                parts = (*parts, Part(Cell.NUMBER, _("Section"), (Piece(before),), (Piece(after),)))
        return Line(
            change.kind,
            kind_word(change.kind),
            was.number if was else "",
            became.number if became else "",
            str(HeadingKind(change.heading.kind).label),
            parts,
        )

    def _waiver(self, one: WaiverChange) -> Line:
        upper = self.traces.uppers.get(one.upper)
        part = Part(Cell.LINKS, _("Why it does not apply"), *pieces(one.was, one.became))
        title = f"{upper.called}, {upper.number}: {upper.text or upper.activity}" if upper else _("a row above")
        return Line(Kind.CHANGED, kind_word(Kind.CHANGED), "", "", title, (part,))

    def _meaning(self, row: Row) -> str:
        return meaning(row.deadline, language(), calendar=self.calendar, today=self.today, period=self.period)

    def _links(self, row: Row) -> str:
        said = []
        for link in row.links:
            upper: UpperRow | None = self.traces.uppers.get(link.upper)
            name = f"{upper.called}, {upper.number}" if upper else _("a row above")
            rule = str(Rule(link.rule).label)
            if link.rule == Rule.SHIFTED:
                unit = _("work. d.") if link.working else _("d.")
                rule = f"{rule} {link.days:+d} {unit}"
            said.append(f"{name}: {LinkKind(link.kind).label}, {rule}")
        return "; ".join(said)


def cell_word(cell: Cell) -> str:
    """Name a cell as the plan's own columns do."""
    return {
        Cell.NUMBER: _("Number"),
        Cell.TITLE: _("Activity"),
        Cell.TEXT: _("Result"),
        Cell.DEADLINE: _("Deadline"),
        Cell.EXECUTORS: _("Executors"),
        Cell.OBLIGES: _("Obliges"),
        Cell.LINKS: _("Links upwards"),
    }[cell]


def _compared(cell: Cell, was: str, became: str) -> Part:
    return Part(cell, cell_word(cell), *pieces(was, became))


def _whole(row: Row) -> list[tuple[Cell, str]]:
    sign = f" {FOLLOW_SIGN}" if row.follows else ""
    return [
        (Cell.TEXT, row.text),
        (Cell.DEADLINE, f"{row.phrase}{sign}" if row.phrase else ""),
        (Cell.EXECUTORS, "\n".join(row.executors)),
    ]


def _activity(side: Side, row: Row) -> str:
    heading = side.headings.get(row.heading)
    return f"{heading.number} {heading.title}".strip() if heading else ""


def _sections(side: Side, heading: Heading) -> str:
    return " / ".join(_title(side.headings[pk]) for pk in heading.path if pk in side.headings) or _("outside sections")


def _title(heading: Heading) -> str:
    number = heading.number.strip().rstrip(".")
    return f"{number}. {heading.title}" if number else heading.title


def _obliges(row: Row) -> str:
    if row.obliges == Obliges.NAMED and row.obliged:
        count = len(row.obliged)
        return ngettext("%(count)s organization by name", "%(count)s organizations by name", count) % {"count": count}
    return str(Obliges(row.obliges).label)


def summary(counts: dict[Kind, int]) -> str:
    """Say in one line how much differs: «изменено: 2, добавлено: 1»."""
    words: dict[Kind, str] = {
        Kind.CHANGED: _("changed: %(count)s"),
        Kind.ADDED: _("added: %(count)s"),
        Kind.DROPPED: _("struck out: %(count)s"),
        Kind.MOVED: _("moved: %(count)s"),
        Kind.RENUMBERED: _("numbered anew: %(count)s"),
    }
    return ", ".join(words[kind] % {"count": count} for kind, count in counts.items() if count)


__all__: Sequence[str] = [
    *("Comparison", "Group", "KINDS", "Line", "Part", "cell_word", "kind_plural", "kind_word", "summary"),
]

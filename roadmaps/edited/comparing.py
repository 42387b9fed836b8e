"""Holding an edited file against the plan: three ways, for the plan may have moved on since the file was exported."""

from collections.abc import Iterable, Sequence

from documents.paper.spacing import one_line, tidy
from roadmaps.edited.changes import Cell, CellChange, Change, Deed, Difference, NewRow, Note, Step
from roadmaps.edited.document import EditedPlan, FileActivity, FileRow, FileSection, stem
from roadmaps.edited.marks import bare, listed, print_of, unled
from roadmaps.edited.matching import Identities, gathered, identify
from roadmaps.edited.moving import before, moved_in
from roadmaps.edited.origin import Entry
from roadmaps.edited.sections import section_words
from roadmaps.edited.standing import Kind, Standing, StandingHeading
from roadmaps.edited.wording import parted, short, told
from roadmaps.reading.executors import split_executors


def compare(file: EditedPlan, plan: Standing, *, trusted: bool) -> Difference:
    """
    Give what the file changes.

    A cell counts as changed if it differs from what was written into the file, and from what the plan says now. Where
    the plan changed it too, the change clashes. Without marks of this plan the file is held against the plan alone.

    :param trusted: whether the file's marks are those of this very plan
    """
    return _Comparison(file, plan, trusted=trusted).difference()


class _Comparison:
    def __init__(self, file: EditedPlan, plan: Standing, *, trusted: bool) -> None:
        self.file, self.plan = gathered(file, plan) if trusted else file, plan
        entries = file.origin.entries if trusted and file.origin is not None else ()
        self.base: Sequence[Entry] = entries or tuple(plan.entries())
        rows = [key for kind, key in entries if kind == "r"]
        self.found: Identities = identify(self.file, plan, trusted=trusted, known=rows)
        self.trusted = trusted and bool(self.found.row_prints or self.found.heading_prints)
        self.changes: list[Change] = []
        self.untouched = 0
        self._left: set[int] = set()

    def difference(self) -> Difference:
        if self.trusted:
            self._texts()
        moved = self._moved_headings() | self._moved_rows()
        steps = [self._entry(at, moved) for at in range(len(self.file.entries))]
        self._removed()
        order = {deed: place for place, deed in enumerate(Deed)}
        self.changes.sort(key=lambda one: order[one.deed])
        return Difference(self.changes, steps, self.untouched, self.trusted)

    # Cells

    def _cell(self, cell: Cell, now: str, became: str, printed: str) -> CellChange | None:
        """Compare one cell; `printed` is the print of what the file was given, empty where that is lost."""
        if print_of(became) == print_of(now):
            return None
        if printed and print_of(became) == printed:
            self.untouched += 1
            return None
        return CellChange(cell, now, became, clashes=bool(printed) and print_of(now) != printed)

    def _row(self, where: tuple[int, int], row: FileRow, key: int) -> None:
        now, prints = self.plan.row[key], self.found.row_prints.get(where, ()) or ("", "", "")
        executors = row.executors
        if tuple(split_executors(executors)) == tuple(split_executors(now.executors)):
            executors = now.executors  # parted otherwise, the same people
        cells = [
            one
            for one in (
                self._cell(Cell.TEXT, now.text, row.text, prints[0]),
                self._cell(Cell.PHRASE, bare(now.phrase), bare(row.phrase), prints[1]),
                self._cell(Cell.EXECUTORS, listed(now.executors), listed(executors), prints[2]),
            )
            if one is not None
        ]
        if not cells:
            return
        notes = [Note.CHANGED_SINCE] if any(one.clashes for one in cells) else []
        if now.inherited and any(one.cell is Cell.PHRASE for one in cells):
            notes.append(Note.INHERITED)
        self._add(f"row-{key}", Deed.ROW, now.label, self._activity(key), short(now.text), key, cells, notes)

    def _heading(self, at: int, key: int) -> None:
        """Compare a section's words, or an activity's number and title."""
        entry, now = self.file.entries[at], self.plan.heading[key]
        prints = self.found.heading_prints.get(at, ()) or ("", "")
        if isinstance(entry, FileSection):
            number, title = section_words(entry.text, now.number)
            if print_of(entry.text) == print_of(one_line(now.heading)):
                return
            if prints[1] and print_of(entry.text) == prints[1]:
                self.untouched += 1
                return
            clashes = bool(prints[1]) and print_of(one_line(now.heading)) != prints[1]
            pairs = ((Cell.NUMBER, now.number, number), (Cell.TITLE, now.title, title))
            cells = [CellChange(cell, was, new, clashes) for cell, was, new in pairs if tidy(was) != tidy(new)]
        else:
            cells = [one for one in (self._number(entry, now, prints[0]), self._title(entry, now, prints[1])) if one]
        if cells:
            notes = [Note.CHANGED_SINCE] if any(one.clashes for one in cells) else []
            self._add(f"head-{key}", Deed.HEADING, now.shown, "", short(now.title), key, cells, notes)

    def _title(self, entry: FileActivity, now: StandingHeading, printed: str) -> CellChange | None:
        """An activity that lost its title with its first row keeps the one that it has."""
        if not entry.title and (entry.mark is None or not entry.mark.prints):
            return None
        return self._cell(Cell.TITLE, now.title, entry.title, printed)

    def _number(self, entry: FileActivity, now: StandingHeading, printed: str) -> CellChange | None:
        """The number of an activity that has one of its own; others are counted by the portal."""
        whole, stands = one_line(entry.number).rstrip("."), one_line(now.shown)
        if not now.number or not whole or stands in (whole, stem(entry.number)):
            return None
        if printed and printed in (print_of(whole), print_of(stem(entry.number))):
            return None
        became = stem(entry.number) if entry.rows else whole
        return CellChange(Cell.NUMBER, now.number, became, clashes=bool(printed) and print_of(stands) != printed)

    def _texts(self) -> None:
        """Compare the title, the goal and the tasks, which are known by their marks alone."""
        standing = {one.key: one for one in self.plan.texts}
        for text in self.file.texts:
            now = standing.get(text.mark.key)
            if now is None or len(text.mark.prints) != 2:
                continue
            said = tidy if now.kind is Kind.TITLE else unled
            stands, became = said(now.text), said(text.text)
            change = self._cell(Cell.TITLE, stands, became, text.mark.prints[1])
            if change is not None:
                notes = [Note.CHANGED_SINCE] if change.clashes else []
                self._add(
                    f"head-{now.key}", Deed.HEADING, "", now.kind.value, short(now.text), now.key, [change], notes
                )

    # The walk

    def _entry(self, at: int, moved: set[str]) -> Step:
        entry = self.file.entries[at]
        key = self.found.headings.get(at)
        if key is not None:
            self._heading(at, key)
            name = f"moved-head-{key}"
            step = Step(key, moved=name if name in moved else "")
        else:
            step = self._new_heading(at)
        step.is_section = isinstance(entry, FileSection)
        if isinstance(entry, FileActivity):
            step.rows = [self._step(at, place, row, step, moved) for place, row in enumerate(entry.rows)]
        return step

    def _new_heading(self, at: int) -> Step:
        """An entry that the plan does not have: a section, or an activity with its rows."""
        entry = self.file.entries[at]
        if isinstance(entry, FileSection):
            number, title = section_words(entry.text, "")
            self._add(f"new-{at}", Deed.SECTION_ADDED, number, "", short(title))
            return Step(None, added=f"new-{at}", number=number, title=title)
        number = stem(entry.number) if entry.rows else one_line(entry.number).rstrip(".")
        known = [place for place in range(len(entry.rows)) if (at, place) in self.found.rows]
        if known and not entry.title:
            # Rows whose activity lost its title: they stay where they are.
            return Step(self.plan.activity_of[self.found.rows[at, known[0]]])
        fresh = [row for place, row in enumerate(entry.rows) if (at, place) not in self.found.rows]
        lines = tuple(told(row) for row in fresh)
        self._add(f"new-{at}", Deed.ACTIVITY_ADDED, number, self._section(at), short(entry.title), rows=lines)
        return Step(None, added=f"new-{at}", number=number, title=entry.title)

    def _step(self, at: int, place: int, row: FileRow, step: Step, moved: set[str]) -> Step:
        key = self.found.rows.get((at, place))
        if key is not None:
            self._row((at, place), row, key)
            name = f"moved-row-{key}"
            return Step(key, moved=name if name in moved else "")
        made = NewRow(row.text, row.phrase, parted(row.executors, ()))
        if step.added:
            return Step(None, added=step.added, row=made)
        notes: list[Note] = []
        if (at, place) in self.found.gone:
            prints = self.found.gone[at, place]
            same = (print_of(row.text), print_of(bare(row.phrase)), print_of(listed(row.executors)))
            if prints == same:
                self.untouched += 1
                return Step(None)  # dropped on the portal, left alone in the file: it stays dropped
            notes.append(Note.REMOVED_SINCE)
        name = f"new-{at}-{place}"
        heading = self.plan.heading.get(step.key or 0)
        cells = [
            CellChange(cell, "", text)
            for cell, text in (
                (Cell.TEXT, row.text),
                (Cell.PHRASE, bare(row.phrase)),
                (Cell.EXECUTORS, listed(row.executors)),
            )
            if text
        ]
        where = short(heading.title) if heading else ""
        self._add(name, Deed.ROW_ADDED, row.number.rstrip("."), where, short(row.text), None, cells, notes)
        return Step(None, added=name, row=made)

    # Places

    def _moved_rows(self) -> set[str]:
        """Find rows that the file put into another place than they had in it, and than they have now."""
        placed: list[tuple[int, int]] = []
        for at, entry in enumerate(self.file.entries):
            of = self._owner(at)
            if not isinstance(entry, FileActivity) or of is None:
                continue
            placed += [
                (key, of) for place in range(len(entry.rows)) if (key := self.found.rows.get((at, place))) is not None
            ]
        now = [(row.key, self.plan.activity_of[row.key]) for row in self.plan.rows()]
        moved = moved_in(placed, self._base_rows()) & moved_in(placed, now)
        owner = dict(placed)
        self._left = {key for key, of in placed if of != self.plan.activity_of[key]}
        for key in sorted(moved, key=[row for row, _ in placed].index):
            row, into = self.plan.row[key], owner[key]
            where = "" if into == self.plan.activity_of[key] else short(self._name(into))
            former = before(key, placed)
            behind = f"{self.plan.row[former].label} {short(self.plan.row[former].text)}" if former else ""
            self._add(f"moved-row-{key}", Deed.ROW_MOVED, row.label, where, short(row.text), key, behind=behind)
        return {f"moved-row-{key}" for key in moved}

    def _owner(self, at: int) -> int | None:
        """Give the activity to which the rows of an entry belong; for a new one a number that no activity has."""
        key = self.found.headings.get(at)
        if key is not None:
            return key
        entry = self.file.entries[at]
        if isinstance(entry, FileActivity) and entry.rows:
            known = [self.found.rows[at, p] for p in range(len(entry.rows)) if (at, p) in self.found.rows]
            if not entry.title:
                return self.plan.activity_of[known[0]] if known else None
            return -1 - at
        return None

    def _name(self, activity: int) -> str:
        if activity >= 0:
            return self.plan.heading[activity].title
        entry = self.file.entries[-1 - activity]
        return entry.title if isinstance(entry, FileActivity) else ""

    def _base_rows(self) -> list[tuple[int, int]]:
        pairs: list[tuple[int, int]] = []
        activity = 0
        for kind, key in self.base:
            if kind == "h":
                activity = key
            else:
                pairs.append((key, activity))
        return pairs

    def _moved_headings(self) -> set[str]:
        """Find activities and sections that the file put elsewhere; what stands in a moved section goes with it."""
        placed: list[tuple[int, int]] = []
        section = 0
        for at, entry in enumerate(self.file.entries):
            key = self.found.headings.get(at)
            if isinstance(entry, FileSection):
                section = key if key is not None else -1 - at
                if key is not None:
                    placed.append((key, 0))
            elif key is not None:
                placed.append((key, section))
        moved = moved_in(placed, self._base_headings()) & moved_in(placed, self._printed(self.plan.headings))
        into = dict(placed)
        for key in sorted(moved, key=[one for one, _ in placed].index):
            now = self.plan.heading[key]
            where = ""
            if now.kind is Kind.ACTIVITY and into[key] != (now.section or 0):
                where = self._section_name(into[key])
            former = before(key, placed)
            behind = f"{self.plan.heading[former].shown} {short(self.plan.heading[former].title)}" if former else ""
            self._add(
                f"moved-head-{key}", Deed.HEADING_MOVED, now.shown, where, short(now.title), key, behind=behind.strip()
            )
        return {f"moved-head-{key}" for key in moved}

    def _base_headings(self) -> list[tuple[int, int]]:
        known = [self.plan.heading[key] for kind, key in self.base if kind == "h" and key in self.plan.heading]
        return self._printed(known)

    def _printed(self, headings: Iterable[StandingHeading]) -> list[tuple[int, int]]:
        """Pair headings, in an order of print, with the section under which they stand; sections stand in none."""
        pairs: list[tuple[int, int]] = []
        section = 0
        for one in headings:
            if one.kind is Kind.SECTION:
                section = one.key
            pairs.append((one.key, 0 if one.kind is Kind.SECTION else section))
        return pairs

    def _section_name(self, key: int) -> str:
        if key > 0:
            return short(self.plan.heading[key].heading)
        entry = self.file.entries[-1 - key] if key else None
        return short(entry.text) if isinstance(entry, FileSection) else ""

    def _section(self, at: int) -> str:
        """Name the section in which an entry of the file stands."""
        above = [one for one in self.file.entries[:at] if isinstance(one, FileSection)]
        return short(above[-1].text) if above else ""

    # What is missing

    def _removed(self) -> None:
        """Find what the exported file had, the plan has, and the file has no more."""
        had = set(self.base)
        kept_rows, kept_heads = set(self.found.rows.values()), set(self.found.headings.values())
        gone_rows = [row for row in self.plan.rows() if row.key not in kept_rows and ("r", row.key) in had]
        gone = {row.key for row in gone_rows}
        whole: set[int] = set()
        for one in self.plan.headings:
            if one.key in kept_heads or ("h", one.key) not in had:
                continue
            rows = [row for row in one.rows if row.key not in self._left]
            if any(row.key not in gone for row in rows):
                continue
            whole |= {row.key for row in rows}
            words = tuple(short(row.text) or row.label for row in rows)
            self._add(f"gone-head-{one.key}", Deed.HEADING_REMOVED, one.shown, "", short(one.title), one.key,
                      rows=words, removed=tuple(row.key for row in rows))  # fmt: skip
        for row in gone_rows:
            if row.key not in whole:
                said = short(row.text)
                self._add(f"gone-row-{row.key}", Deed.ROW_REMOVED, row.label, self._activity(row.key), said, row.key)

    # Words

    def _activity(self, row: int) -> str:
        return short(self.plan.heading[self.plan.activity_of[row]].title)

    def _add(
        self,
        key: str,
        deed: Deed,
        label: str,
        where: str,
        words: str,
        target: int | None = None,
        cells: Sequence[CellChange] = (),
        notes: Sequence[Note] = (),
        rows: tuple[str, ...] = (),
        removed: tuple[int, ...] = (),
        behind: str | None = None,
    ) -> None:
        change = Change(key, deed, label, where, words, target, tuple(cells), tuple(notes), rows, removed, behind)
        self.changes.append(change)

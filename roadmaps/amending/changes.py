"""From a difference of two editions to the sub-clauses of an amending order."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from roadmaps.amending import cells
from roadmaps.amending.acts import punctuated
from roadmaps.amending.naming import Case, rows, runs
from roadmaps.difference.data import Cell, Difference, Heading, HeadingChange, Kind, Row, RowChange, Side

SECTION, ACTIVITY = "section", "activity"
MANY_CLAUSES = 15
"""More sub-clauses than a reader follows: then the plan is better given anew."""
FEW_ROWS = 8
"""A plan of so few rows is amended row by row, however many of them change."""


@dataclass(frozen=True, slots=True)
class ChangeClause:
    """
    A sub-clause without its final sign, and the rows of the plan that stand as a table under it.

    `blocks` have the shape of an appendix's: sections and activities with their results.
    """

    text: str
    blocks: tuple[dict[str, Any], ...] = ()


def changes(difference: Difference, *, today: dt.date) -> list[ChangeClause]:
    """
    Word a difference as an amending order does: what changes and goes by its former numbers, then what is numbered
    anew, then what comes in by its new numbers.

    Links and obligations are not worded: paper does not show them.
    """
    return list(_Wording(difference, today).clauses())


def is_too_much(found: Sequence[ChangeClause], difference: Difference) -> bool:
    """Tell whether a plan is better given anew than amended row by row."""
    touched = sum(bool(change.on_paper) or change.kind in (Kind.ADDED, Kind.DROPPED) for change in difference.rows)
    count = len(difference.was.rows)
    return len(found) > MANY_CLAUSES or (count > FEW_ROWS and touched > count / 2)


class _Wording:
    """One difference being put into words."""

    def __init__(self, difference: Difference, today: dt.date) -> None:
        self.difference, self.today = difference, today
        self.was, self.became = difference.was, difference.became
        self.doubles = {id(side): _repeats(side) for side in (self.was, self.became)}
        self.headings = {change.heading.pk: change for change in difference.headings}

    def clauses(self) -> Iterable[ChangeClause]:
        yield from self._head()
        yield from self._sections()
        yield from self._changed()
        yield from self._renumbered()
        yield from self._added()

    # What stands above the table

    def _head(self) -> Iterable[ChangeClause]:
        for change in self.difference.headings:
            if change.heading.kind == "title" and change.was and change.became:
                was, became = change.was.title, change.became.title
                yield ChangeClause(cells.of_text(was, became, "в наименовании", "наименование"))
            elif change.heading.kind in {"goal", "task"}:
                yield ChangeClause(_aim(change, alone=len(self.was.of_kind(change.heading.kind)) == 1))

    def _sections(self) -> Iterable[ChangeClause]:
        for change in self.difference.headings:
            one, other = change.was, change.became
            if change.heading.kind != SECTION:
                continue
            if one and other:
                if one.title != other.title:
                    yield ChangeClause(
                        cells.of_text(one.title, other.title, f"в наименовании {_of(one)}", f"наименование {_of(one)}")
                    )
            elif one and self._goes_whole(one):
                yield ChangeClause(f"{_the(one)} исключить")

    def _goes_whole(self, section: Heading) -> bool:
        """Tell whether nothing of a dropped section lives on elsewhere."""
        inside = [h.pk for h in self.was.headings.values() if section.pk in h.path]
        return not any(pk in self.became.headings for pk in inside) and not any(
            row.commitment in self.became.rows for row in self.was.rows.values() if row.heading in inside
        )

    # Rows that stay or go, by their former numbers

    def _changed(self) -> Iterable[ChangeClause]:
        gone: list[Row] = []
        restated: list[RowChange] = []

        def settle() -> Iterable[ChangeClause]:
            for section, group in self._by_section(self.was, gone):
                yield ChangeClause(f"{rows([row.label for row in group], Case.ACCUSATIVE, section)} исключить")
            gone.clear()
            yield from self._restated(restated)
            restated.clear()

        titled: set[int] = set()
        for change in self.difference.rows:
            row = change.was
            if row is None or self._is_in_dropped_section(row):
                continue
            if row.heading not in titled and row.heading in self.became.headings:
                titled.add(row.heading)
                if worded := self._title(row.heading):
                    yield from settle()
                    yield worded
            if change.kind is Kind.DROPPED:
                if restated:
                    yield from settle()
                gone.append(row)
            elif change.became is not None and len(change.on_paper) > 1:
                if gone or (restated and restated[-1].row.heading != change.row.heading):
                    yield from settle()
                restated.append(change)
            elif worded := self._cell(change):
                yield from settle()
                yield worded
        yield from settle()
        for heading in self._headings_only(titled):
            if worded := self._title(heading):
                yield worded

    def _headings_only(self, titled: set[int]) -> list[int]:
        """Activities whose title changed though none of their rows did."""
        return [pk for pk, change in self.headings.items() if change.heading.kind == ACTIVITY and pk not in titled]

    def _is_in_dropped_section(self, row: Row) -> bool:
        path = self.was.headings[row.heading].path if row.heading in self.was.headings else ()
        return any(
            self.headings[pk].kind is Kind.DROPPED and self._goes_whole(self.was.headings[pk])
            for pk in path
            if pk in self.headings
        )

    def _title(self, heading: int) -> ChangeClause | None:
        change = self.headings.get(heading)
        if change is None or not change.was or not change.became or change.was.title == change.became.title:
            return None
        labels = [row.label for row in self.was.rows_of(heading)] or [change.was.number]
        named = rows(labels, Case.GENITIVE, self._section(self.was, heading))
        column = cells.COLUMNS["title"]
        where, whole = f"в графе «{column}» {named}", f"графу «{column}» {named}"
        return ChangeClause(cells.of_text(change.was.title, change.became.title, where, whole))

    def _cell(self, change: RowChange) -> ChangeClause | None:
        one, other = change.was, change.became
        assert one is not None  # only rows of the former edition come here
        if other is None:
            return None
        named = rows([one.label], Case.GENITIVE, self._section(self.was, one.heading))
        changed = {cell.cell: cell for cell in change.on_paper}
        if Cell.TEXT in changed:
            column = cells.COLUMNS["text"]
            where, whole = f"в графе «{column}» {named}", f"графу «{column}» {named}"
            return ChangeClause(cells.of_text(one.text, other.text, where, whole))
        if Cell.EXECUTORS in changed:
            return ChangeClause(cells.of_executors(one, other, named))
        if one.phrase != other.phrase or one.follows != other.follows:
            return ChangeClause(cells.of_deadline(one, other, self.today, named))
        return None

    def _restated(self, found: Sequence[RowChange]) -> Iterable[ChangeClause]:
        if not found:
            return
        old = [change.was for change in found if change.was]
        new = [change.became for change in found if change.became]
        named = rows([row.label for row in old], Case.ACCUSATIVE, self._section(self.was, old[0].heading))
        # The table shows the numbers that the sentence names; what is numbered anew is said afterwards.
        numbers = {one.commitment: one.label for one in old}
        yield ChangeClause(
            f"{named} изложить в следующей редакции:", tuple(self._blocks(new, self.became, numbers=numbers))
        )

    # What is numbered anew or moved

    def _renumbered(self) -> Iterable[ChangeClause]:
        stay = [
            (change.was, change.became)
            for change in self.difference.rows
            if change.was and change.became and change.was.label != change.became.label
        ]
        for _section, group in groupby(stay, key=lambda pair: self._section(self.was, pair[0].heading)):
            pairs = list(group)
            section = self._section(self.was, pairs[0][0].heading)
            old = rows([one.label for one, _ in pairs], Case.ACCUSATIVE, section)
            target = self._section(self.became, pairs[0][1].heading)
            new = rows([other.label for _, other in pairs], Case.INSTRUMENTAL, target)
            yield ChangeClause(f"{old} считать {'соответственно ' if len(pairs) > 1 else ''}{new}")
        for change in self.difference.headings:
            if change.was and change.became and change.kind is Kind.MOVED and change.heading.kind == ACTIVITY:
                yield from self._moved(change.was, change.became)
            elif change.was and change.became and change.heading.kind == SECTION and _renamed(change):
                yield ChangeClause(f"{_the(change.was)} считать разделом {_bare(change.became.number)}")

    def _moved(self, was: Heading, became: Heading) -> Iterable[ChangeClause]:
        labels = [row.label for row in self.became.rows_of(became.pk)]
        if not labels:
            return
        section = self.became.section_of(became.pk)
        if was.path != became.path and section is not None:
            to = f"раздел {_bare(section.number)}" if section.number else f"раздел «{section.title}»"
            yield ChangeClause(f"{rows(labels, Case.ACCUSATIVE)} перенести в {to}")
            return
        before = [row for row in self.became.rows.values() if row.heading != became.pk]
        place = list(self.became.rows).index(self.became.rows_of(became.pk)[0].commitment)
        above = [row for row in before if list(self.became.rows).index(row.commitment) < place]
        if above:
            after = rows([above[-1].label], Case.GENITIVE, self._section(self.became, above[-1].heading))
            yield ChangeClause(f"{rows(labels, Case.ACCUSATIVE)} поместить после {after}")
        else:
            yield ChangeClause(f"{rows(labels, Case.ACCUSATIVE)} поместить первыми")

    # What comes in, by its new numbers

    def _added(self) -> Iterable[ChangeClause]:
        come = [change.became for change in self.difference.rows if change.kind is Kind.ADDED and change.became]
        new_sections = {
            change.heading.pk: change.heading
            for change in self.difference.headings
            if change.heading.kind == SECTION and change.kind is Kind.ADDED
        }
        for _place, group in groupby(come, key=self._place_of):
            found = list(group)
            path = self.became.headings[found[0].heading].path
            section = next((new_sections[pk] for pk in path if pk in new_sections), None)
            blocks = tuple(self._blocks(found, self.became, section=section))
            if section is not None:
                yield ChangeClause(f"дополнить {_by(section)} следующего содержания:", blocks)
                continue
            of = self._section(self.became, found[0].heading)
            to = f"раздел {of} дополнить" if of else "дополнить"
            named = rows([row.label for row in found], Case.INSTRUMENTAL)
            yield ChangeClause(f"{to} {named} следующего содержания:", blocks)

    def _place_of(self, row: Row) -> tuple[object, ...]:
        """Say what new rows share a table: those that follow each other in one section."""
        order = list(self.became.rows)
        before = order[: order.index(row.commitment)]
        known = [pk for pk in before if pk in self.was.rows]
        return self.became.headings[row.heading].path, known[-1] if known else None

    # Names and tables

    def _section(self, side: Side, heading: int) -> str:
        """Give the number of a row's section, if rows of this plan cannot be told without it."""
        if not self.doubles[id(side)]:
            return ""
        section = side.section_of(heading)
        return _bare(section.number) if section else ""

    def _by_section(self, side: Side, found: Sequence[Row]) -> Iterable[tuple[str, list[Row]]]:
        for section, group in groupby(found, key=lambda row: self._section(side, row.heading)):
            yield section, list(group)

    def _blocks(
        self, found: Sequence[Row], side: Side, *, section: Heading | None = None, numbers: dict[int, str] | None = None
    ) -> Iterable[dict[str, Any]]:
        if section is not None:
            yield {"kind": SECTION, "number": section.number, "title": section.title, "results": []}
        for heading, group in groupby(found, key=lambda row: row.heading):
            activity = side.headings[heading]
            yield {
                "kind": ACTIVITY,
                "number": activity.number,
                "title": activity.title,
                "results": [result_data(row, (numbers or {}).get(row.commitment, row.label)) for row in group],
            }


def result_data(row: Row, label: str) -> dict[str, Any]:
    """Give a row as an appendix holds it."""
    return {
        "number": label,
        "text": row.text,
        "deadline": row.phrase,
        "executors": list(row.executors),
        "follows": row.follows,
    }


def _repeats(side: Side) -> bool:
    return max(Counter(row.label for row in side.rows.values()).values(), default=0) > 1


def _aim(change: HeadingChange, *, alone: bool) -> str:
    accusative, instrumental = {"goal": ("цель", "целью"), "task": ("задачу", "задачей")}[change.heading.kind]
    if change.was is None:
        return f"дополнить {instrumental} следующего содержания: «{change.heading.title}»"
    named = accusative if alone else f"{accusative} «{change.was.title}»"
    if change.became is None:
        return f"{named} исключить"
    return f"{named} изложить в следующей редакции: «{change.became.title}»"


def _renamed(change: HeadingChange) -> bool:
    return bool(change.was and change.became and change.was.number and change.was.number != change.became.number)


def _bare(number: str) -> str:
    return number.strip().rstrip(".")


def _the(section: Heading) -> str:
    return f"раздел {_bare(section.number)}" if section.number else f"раздел «{section.title}»"


def _of(section: Heading) -> str:
    return f"раздела {_bare(section.number)}" if section.number else f"раздела «{section.title}»"


def _by(section: Heading) -> str:
    return f"разделом {_bare(section.number)}" if section.number else f"разделом «{section.title}»"


__all__ = ["ChangeClause", "changes", "is_too_much", "punctuated", "result_data", "runs"]

"""
A plan in force as it would read in its next period: what the preview shows and what the roll-over then writes.

Also which rows above answer those of the period before: the rows that were carried from them, once these are in force.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from deadlines.calendar import WorkingCalendar
from deadlines.carrying import Carried, Carrier
from deadlines.values import Deadline, Period
from organizations.calendars import calendar_for
from roadmaps import sheets
from roadmaps.choices import CURRENT, DRAFT, HeadingKind, Rule
from roadmaps.models import Commitment, Edition, Roadmap
from roadmaps.rollover import oneoff, titles
from roadmaps.sheets import Sheet, SheetHeading, SheetRow

MOVED_WITH = frozenset({Rule.SAME, Rule.SHIFTED})
"""Rules by which the plan printed a date that was not its own; `within` is always reckoned from the own window."""


@dataclass(frozen=True, slots=True)
class NextRow:
    """A row as it would read; `targets` answers the upper rows to which it is linked by those now in force, where any are."""

    old: SheetRow
    text: str
    base: Deadline
    carried: Carried
    one_off: str
    dates_in_text: tuple[str, ...]
    targets: Mapping[int, int]

    @property
    def inherits(self) -> bool:
        """Tell whether the date of the new row comes from above at once."""
        return any(link.rule != Rule.OWN and link.upper_id in self.targets for link in self.old.links)

    @property
    def waits(self) -> bool:
        """Tell whether its date will come from above, when the plan there is in force."""
        return any(link.rule != Rule.OWN and link.upper_id not in self.targets for link in self.old.links)


@dataclass(frozen=True, slots=True)
class NextPlan:
    """A whole plan as it would read."""

    sheet: Sheet
    period: Period
    title: str
    rows: tuple[NextRow, ...]
    titles: Mapping[int, str]
    targets: Mapping[int, int]
    unknown_years: tuple[int, ...]

    def row(self, commitment: int) -> NextRow | None:
        return next((row for row in self.rows if row.old.commitment == commitment), None)

    def headings(self, left_out: Collection[int]) -> list[SheetHeading]:
        """List the headings to carry: an activity whose rows are all left out stays behind, and a section emptied by that."""
        had = {row.old.heading for row in self.rows}
        kept = {row.old.heading for row in self.rows if row.old.commitment not in left_out}
        gone = had - kept
        while True:
            empty = {
                heading.pk
                for heading in self.sheet.headings
                if heading.kind == HeadingKind.SECTION and heading.pk not in gone and self._is_emptied(heading, gone)
            }
            if not empty:
                return [h for h in self.sheet.headings if h.pk not in gone and h.kind != HeadingKind.TITLE]
            gone |= empty

    def _is_emptied(self, section: SheetHeading, gone: set[int]) -> bool:
        inside = {heading.pk for heading in self.sheet.headings if heading.parent == section.pk}
        return bool(inside) and inside <= gone


def next_plan(edition: Edition, period: Period) -> NextPlan:
    """Reckon how an edition in force would read in another period; reading alone."""
    sheet = sheets.load(edition)
    old = sheet.period
    calendar = calendar_for(edition.roadmap.organization)
    uppers = {link.upper_id for row in sheet.rows for link in row.links} | sheet.waivers.keys()
    found = targets(uppers, period)
    bases = {row.commitment: _base(row, found) for row in sheet.rows}
    carrier = Carrier(old, period, calendar, bases.values())
    rows = []
    for row in sheet.rows:
        title = sheet.heading[row.heading].title
        rows.append(
            NextRow(
                old=row,
                text=titles.retitled(row.text, old, period),
                base=bases[row.commitment],
                carried=carrier.carry(bases[row.commitment]),
                one_off=oneoff.reason(title, row.text, row.deadline),
                dates_in_text=tuple(titles.dates_of(row.text, old)),
                targets={link.upper_id: found[link.upper_id] for link in row.links if link.upper_id in found},
            )
        )
    return NextPlan(
        sheet=sheet,
        period=period,
        title=titles.retitled(sheet.title, old, period),
        rows=tuple(rows),
        titles={heading.pk: titles.retitled(heading.title, old, period) for heading in sheet.headings},
        targets=found,
        unknown_years=unknown_years(calendar, period),
    )


def unknown_years(calendar: WorkingCalendar, period: Period) -> tuple[int, ...]:
    """List the years of a period whose transferred days nobody has decreed yet."""
    return tuple(y for y in range(period.start.year, period.end.year + 1) if not calendar.is_known(y))


def _base(row: SheetRow, found: Mapping[int, int]) -> Deadline:
    """
    Give the deadline that is carried: the own phrase, which an upper row may overrule again.

    Where the plan printed a date from above and nothing above gives it yet, the printed one: the own phrase behind it may
    never have held.
    """
    waiting = any(link.rule in MOVED_WITH and link.upper_id not in found for link in row.links)
    return row.deadline if waiting else row.own


def targets(uppers: Iterable[int], period: Period) -> dict[int, int]:
    """
    Give for rows above those that stand for them in a period: carried from them and in force, or themselves.

    A row of a plan that lasts for several years stands for itself as long as its plan has days in the period.
    """
    asked = set(uppers)
    alive = Commitment.objects.filter(
        versions__since__lte=CURRENT,
        versions__until__gt=CURRENT,
        roadmap__period_start__lte=period.end,
        roadmap__period_end__gte=period.start,
    )
    found = dict(alive.filter(pk__in=asked).values_list("pk", "pk"))
    for old, new in alive.filter(carried_from__in=asked).order_by("pk").values_list("carried_from", "pk"):
        if old is not None:
            found[old] = new
    return found


def withdrawn(uppers: Iterable[int], period: Period) -> set[int]:
    """Give those rows above whose plan was carried into the period and is in force there without them."""
    asked = set(uppers) - targets(uppers, period).keys()
    successors = Roadmap.objects.filter(
        carried_from__isnull=False,
        period_start__lte=period.end,
        period_end__gte=period.start,
        editions__number__lt=DRAFT,
    )
    return set(
        Commitment.objects.filter(pk__in=asked, roadmap__in=successors.values("carried_from")).values_list(
            "pk", flat=True
        )
    )

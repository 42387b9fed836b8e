"""A deadline while it is typed: what it means, what bounds it all the way up, what each rule would give instead."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from deadlines import inheritance
from deadlines.calendar import WorkingCalendar
from deadlines.grammar import read
from deadlines.inheritance import Breach
from deadlines.values import Deadline
from roadmaps import checks
from roadmaps.choices import LinkKind, Rule
from roadmaps.pages.plan import phrase_of
from roadmaps.pages.rows import Echo, Option, apart, echo_of, options_of
from roadmaps.sheets import Sheet, SheetLink, SheetRow, UpperRow

DEPTH = 6
"""How many storeys a chain is followed; more there are not."""
BREACHES = frozenset({"later-than-upper", "earlier-than-source", "outside-upper-window", "starts-before-upper"})


@dataclass(frozen=True, slots=True)
class Step:
    """A row above on the way up: whose it is, its number and the wording of its deadline."""

    upper: UpperRow
    phrase: str


@dataclass(frozen=True, slots=True)
class BoundLine:
    """
    One link of the row: the chain up, what it demands, how far the deadline is from that, and the rules to choose from.

    `days` and `working` are the shift that keeps the own date, or the one that is set.
    """

    link: SheetLink
    kind: str
    chain: tuple[Step, ...]
    verdict: str
    is_broken: bool
    options: tuple[Option, ...]
    days: int
    working: bool


@dataclass(frozen=True, slots=True)
class DeadlineView:
    """Everything that stands under the cell of a deadline while it is open."""

    echo: Echo
    lines: tuple[BoundLine, ...]
    finding: str = ""
    reasons: tuple[str, ...] = field(default=())

    @property
    def is_broken(self) -> bool:
        return any(line.is_broken for line in self.lines)


def view_of(sheet: Sheet, row: SheetRow, phrase: str, calendar: WorkingCalendar, today: dt.date) -> DeadlineView:
    """Show a phrase as it is typed into a row; the row's own one is not read anew."""
    is_typed = phrase != phrase_of(row.deadline)
    deadline = read(phrase, sheet.period) if is_typed else row.deadline
    typed = replace_own(row, deadline) if is_typed else row
    lines = tuple(_line(sheet, typed, link, deadline, calendar) for link in row.links if link.upper is not None)
    view = DeadlineView(echo_of(phrase, sheet.period, calendar, today), lines)
    if is_typed or not view.is_broken:
        return view
    remark = next((r for r in checks.remarks_of(sheet) if r.commitment == row.commitment and r.code in BREACHES), None)
    if remark is None:
        return view
    return replace(view, finding="" if remark.reason else remark.key, reasons=(remark.reason,) if remark.reason else ())


def replace_own(row: SheetRow, deadline: Deadline) -> SheetRow:
    """Give a row as it would be with another deadline of its own."""
    return replace(row, own=deadline, deadline=deadline)


def _line(sheet: Sheet, row: SheetRow, link: SheetLink, deadline: Deadline, calendar: WorkingCalendar) -> BoundLine:
    assert link.upper is not None  # the caller asked
    broken = inheritance.breach(
        inheritance.LinkKind(link.kind), deadline, link.upper.deadline, lead_days=link.lead_days
    )
    days, working = (link.days, link.working) if link.rule == Rule.SHIFTED else apart(row.own, link.upper, calendar)
    return BoundLine(
        link=link,
        kind=str(LinkKind(link.kind).label),
        chain=tuple(_chain(sheet, link.upper)),
        verdict=_verdict(link, deadline, broken),
        is_broken=broken is not None,
        options=tuple(options_of(row, link, calendar)),
        days=days,
        working=working,
    )


def _chain(sheet: Sheet, upper: UpperRow) -> Iterator[Step]:
    """Follow a row above to those that it implements itself, up to the region."""
    seen: set[int] = set()
    at: UpperRow | None = upper
    while at is not None and at.commitment not in seen and len(seen) < DEPTH:
        seen.add(at.commitment)
        yield Step(at, phrase_of(at.deadline))
        above = (link.upper for link in sheet.upper_links if at and link.lower == at.commitment and link.upper)
        at = next(above, None)


def _verdict(link: SheetLink, deadline: Deadline, broken: Breach | None) -> str:
    """Say how far a deadline is from what a link demands."""
    assert link.upper is not None  # the caller asked
    upper = link.upper.deadline
    if deadline.due is None or upper.due is None:
        return ""
    if broken is Breach.EARLIER:
        return _apart((upper.due - (deadline.start or deadline.due)).days, EARLIER)
    if broken is Breach.LATER:
        return _apart((deadline.due - upper.due).days + link.lead_days, LATER)
    if broken is Breach.STARTS_BEFORE and upper.start and deadline.start:
        return _apart((upper.start - deadline.start).days, STARTS)
    if broken is Breach.OUTSIDE:
        return _("outside the window above")
    if broken is not None:
        return _("differs from above")
    if link.kind == LinkKind.CONSUMES:
        return _apart(((deadline.start or deadline.due) - upper.due).days, AFTER)
    slack = (upper.due - deadline.due).days - link.lead_days
    return _apart(slack, SLACK) if slack else _("on the very day")


LATER, EARLIER, STARTS, AFTER, SLACK = "later", "earlier", "starts", "after", "slack"


def _apart(days: int, what: str) -> str:
    said = {
        LATER: ngettext("later by %(days)s day", "later by %(days)s days", days),
        EARLIER: ngettext("before its source by %(days)s day", "before its source by %(days)s days", days),
        STARTS: ngettext("begins before it by %(days)s day", "begins before it by %(days)s days", days),
        AFTER: ngettext("%(days)s day after its source", "%(days)s days after its source", days),
        SLACK: ngettext("%(days)s day to spare", "%(days)s days to spare", days),
    }[what]
    return said % {"days": days}

"""One row in the editor: what its phrase and executors are understood as, what each rule would give."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from deadlines import inheritance
from deadlines.calendar import WorkingCalendar
from deadlines.grammar import read
from deadlines.values import Deadline, Kind, Period
from deadlines.wording import meaning, render
from roadmaps.choices import ExecutorKind, LinkKind, Rule
from roadmaps.findings.executors import understand
from roadmaps.pages.plan import Groups, Who, bound_of, language, phrase_of, shift_words, who_of
from roadmaps.sheets import SheetExecutor, SheetLink, SheetRow, UpperRow


@dataclass(frozen=True, slots=True)
class Echo:
    """What a phrase is understood as; suggestions are wordings to write instead."""

    phrase: str
    is_understood: bool
    words: str
    suggestions: tuple[str, ...] = ()


def echo_of(phrase: str, period: Period, calendar: WorkingCalendar, today: dt.date) -> Echo:
    """Read a phrase as it is typed and say what it is understood as."""
    deadline = read(phrase, period)
    suggestions = tuple(render(_suggested(one.start, one.due)) for one in deadline.suggestions[:3])
    understood = deadline.kind is not Kind.UNKNOWN
    words = meaning(deadline, language(), calendar=calendar, today=today, period=period)
    return Echo(phrase, understood, words, suggestions)


def _suggested(start: dt.date | None, due: dt.date) -> Deadline:
    return Deadline(kind=Kind.BY, due=due) if start is None else Deadline(kind=Kind.WINDOW, start=start, due=due)


@dataclass(frozen=True, slots=True)
class Understood:
    """An executor of the form and what it is taken for."""

    text: str
    kind: str
    expands: str


def understood(texts: Iterable[str], groups: Groups) -> list[Understood]:
    """Say what each executor is taken for."""
    found = []
    for text in texts:
        who = understand(text)
        shown: Who = who_of(SheetExecutor(text, who.kind.value, who.group, False), groups)
        found.append(Understood(text, str(ExecutorKind(who.kind.value).label), shown.expands))
    return found


@dataclass(frozen=True, slots=True)
class Option:
    """A rule of the drawer «where the deadline comes from» and the date that it would give."""

    value: str
    label: str
    gives: str


def options_of(row: SheetRow, link: SheetLink, calendar: WorkingCalendar) -> list[Option]:
    """Show what each rule would make of the row's deadline, this link alone."""
    upper = link.upper
    assert upper is not None  # the caller asked
    days, working = (link.days, link.working) if link.rule == Rule.SHIFTED else apart(row.own, upper, calendar)
    return [
        Option(Rule.SAME, _("As %(upper)s") % {"upper": _by_genitive(upper)}, _gives(row, link, calendar, Rule.SAME)),
        Option(Rule.SHIFTED, _("Shifted"), _shifted(row, link, calendar, days, working)),
        Option(Rule.WITHIN, _("Inside the window"), _within(row, link, calendar)),
        Option(Rule.OWN, _("Own"), phrase_of(row.own) or _("not written yet")),
    ]


def _by_genitive(upper: UpperRow) -> str:
    return upper.called_genitive


def _gives(row: SheetRow, link: SheetLink, calendar: WorkingCalendar, rule: Rule) -> str:
    inherited = inheritance.inherit(row.own, [bound_of(link, rule=rule, days=0, working=False)], calendar)
    return _("no date there") if inherited is None else phrase_of(inherited.deadline)


def _within(row: SheetRow, link: SheetLink, calendar: WorkingCalendar) -> str:
    assert link.upper is not None  # the caller asked
    if link.upper.deadline.start is None:
        return _("no window there, only a day: %(gives)s") % {"gives": _gives(row, link, calendar, Rule.WITHIN)}
    inherited = inheritance.inherit(row.own, [bound_of(link, rule=Rule.WITHIN)], calendar)
    if inherited is None:
        return _("no date there")
    if inherited.longer_than_window:
        return _("stays as it is: longer than that window")
    return phrase_of(inherited.deadline)


def _shifted(row: SheetRow, link: SheetLink, calendar: WorkingCalendar, days: int, working: bool) -> str:
    if not days:
        return _("by the days that you name")
    assert link.upper is not None  # the caller asked
    bound = bound_of(link, rule=Rule.SHIFTED, days=days, working=working)
    inherited = inheritance.inherit(row.own, [bound], calendar)
    if inherited is None:
        return _("no date there")
    return f"{shift_words(link.upper, days, working=working)}: {phrase_of(inherited.deadline)}"


def apart(own: Deadline, upper: UpperRow, calendar: WorkingCalendar) -> tuple[int, bool]:
    """Propose the shift that keeps the own date: in working days, both ends being working days; else calendar ones."""
    if own.due is None or upper.deadline.due is None or own.due == upper.deadline.due:
        return 0, False
    first, last = upper.deadline.due, own.due
    days = calendar.working_days_between(first, last)
    if days and calendar.is_working(first) and calendar.shift(first, days) == last:
        return days, True
    return (last - first).days, False


@dataclass(frozen=True, slots=True)
class LinkLine:
    """A link as the row's page shows it."""

    link: SheetLink
    upper: UpperRow
    url: str
    words: str
    upper_phrase: str
    inherits: bool
    breach: str


def links_of(row: SheetRow) -> list[LinkLine]:
    """Give the links of a row to rows in force."""
    return [_line(row, link) for link in row.links if link.upper is not None]


def _line(row: SheetRow, link: SheetLink) -> LinkLine:
    upper = link.upper
    assert upper is not None  # the caller asked
    broken = inheritance.breach(inheritance.LinkKind(link.kind), row.deadline, upper.deadline, lead_days=link.lead_days)
    return LinkLine(
        link=link,
        upper=upper,
        url=f"{reverse('plan', args=[upper.roadmap])}#row-{upper.commitment}",
        words=f"{LinkKind(link.kind).label}, {Rule(link.rule).label}",
        upper_phrase=phrase_of(upper.deadline),
        inherits=link.rule != Rule.OWN,
        breach="" if broken is None else broken.value,
    )


def candidates(uppers: Sequence[UpperRow], row: SheetRow) -> list[UpperRow]:
    """List the rows above that the row is not linked to yet."""
    linked = {link.upper_id for link in row.links}
    return [upper for upper in uppers if upper.commitment not in linked]

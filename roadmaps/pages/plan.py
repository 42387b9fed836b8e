"""A sheet as the reading document shows it: sections, activities, rows with their phrase, meaning, origin and notes."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from deadlines import inheritance
from deadlines.calendar import WorkingCalendar
from deadlines.values import Deadline, Period
from deadlines.wording import meaning, render
from roadmaps.choices import HeadingKind, LinkKind, Obliges, Rule
from roadmaps.difference.outlines import Notes
from roadmaps.findings.executors import GROUPS
from roadmaps.matching.bodies import Level
from roadmaps.pages.comments import Said
from roadmaps.pages.notes import Note
from roadmaps.pages.proposals import Asked
from roadmaps.pages.wishes import Wished
from roadmaps.pages.wording import accusative
from roadmaps.sheets import Sheet, SheetExecutor, SheetHeading, SheetLink, SheetRow, UpperRow

DATE_CODES = frozenset(
    {
        *("later-than-upper", "earlier-than-source", "outside-upper-window", "starts-before-upper", "no-deadline"),
        *(
            "outside-period",
            "before-approval",
            "no-lead",
            "out-of-order",
            "differs-from-upper",
            "dash-lost",
            "start-lost",
        ),
    }
)
"""Findings that doubt the deadline: its phrase is underlined as Word would."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Where a date comes from: an icon, the words, the upper row."""

    icon: str
    text: str
    url: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Who:
    """An executor, and to how many organizations it expands."""

    text: str
    expands: str = ""


@dataclass(slots=True)
class PageRow:
    """One row of the table."""

    commitment: int
    anchor: str
    label: str
    text: str
    phrase: str
    meaning: str
    tone: str
    marks: list[Mark]
    executors: list[Who]
    notes: list[Note] = field(default_factory=list)
    obliges: str = ""
    amended: str = ""
    asked: list[Asked] = field(default_factory=list)
    wished: list[Wished] = field(default_factory=list)
    said: Said | None = None


@dataclass(slots=True)
class Block:
    """A section heading, or an activity with its rows: one `tbody`."""

    kind: str
    pk: int
    number: str
    title: str
    rows: list[PageRow] = field(default_factory=list)
    amended: str = ""

    @property
    def is_section(self) -> bool:
        return self.kind == HeadingKind.SECTION


@dataclass(frozen=True, slots=True)
class Groups:
    """How many organizations stand below the plan's owner, by kind; what group executors expand to."""

    schools: int = 0
    municipalities: int = 0


LEVEL_OF_GROUP = {code: level for code, level, _pattern in GROUPS}


def language() -> str:
    """Give the language in which the portal speaks just now, as plain-Python wording knows it."""
    return "ru" if (get_language() or "ru").startswith("ru") else "en"


def blocks_of(
    sheet: Sheet,
    *,
    notes: Mapping[int, list[Note]],
    groups: Groups,
    calendar: WorkingCalendar,
    today: dt.date,
    amended: Notes | None = None,
    remarks: Mapping[int, Said] | None = None,
) -> list[Block]:
    """
    Give sections and activities in document order, each activity with its rows.

    :param amended: what orders that amended the plan left at its rows
    """
    amended = amended or Notes("", {}, {})
    rows: dict[int, list[SheetRow]] = {}
    for row in sheet.rows:
        rows.setdefault(row.heading, []).append(row)
    blocks = []
    for heading in sheet.headings:
        if heading.kind not in {HeadingKind.SECTION, HeadingKind.ACTIVITY}:
            continue
        block = Block(heading.kind, heading.pk, heading.number or _count(heading), heading.title)
        block.rows = [
            _row(row, notes.get(row.commitment, []), groups, calendar, today, sheet.period)
            for row in rows.get(heading.pk, [])
        ]
        block.amended = amended.headings.get(heading.pk, "")
        for noted in block.rows:
            noted.amended = amended.rows.get(noted.commitment, "")
            if not sheet.uppers:  # with nothing above, to call every row an initiative of its own says nothing
                noted.marks = []
        for drawn in block.rows if remarks else ():
            drawn.said = (remarks or {}).get(drawn.commitment)
        blocks.append(block)
    return blocks


def _count(heading: SheetHeading) -> str:
    return heading.ref if heading.kind == HeadingKind.ACTIVITY else ""


def _row(
    row: SheetRow, notes: list[Note], groups: Groups, calendar: WorkingCalendar, today: dt.date, period: Period
) -> PageRow:
    return PageRow(
        commitment=row.commitment,
        anchor=f"row-{row.commitment}",
        label=row.label,
        text=row.text,
        phrase=phrase_of(row.deadline),
        meaning=_meaning(row.deadline, language(), calendar, today, period),
        tone=_tone(notes),
        marks=marks_of(row, calendar),
        executors=[who_of(executor, groups) for executor in row.executors],
        notes=notes,
        obliges=obliges_words(row),
    )


def obliges_words(row: SheetRow) -> str:
    """Say how many organizations a row obliges by name; nothing where it names none."""
    if row.obliges != Obliges.NAMED or not row.obliged:
        return ""
    count = len(row.obliged)
    return ngettext("obliges: %(count)s organization", "obliges: %(count)s organizations", count) % {"count": count}


@lru_cache(maxsize=20_000)
def _meaning(deadline: Deadline, language: str, calendar: WorkingCalendar, today: dt.date, period: Period) -> str:
    """Say what a deadline means; of one plan the same forty are asked for at every look, so they are kept."""
    return meaning(deadline, language, calendar=calendar, today=today, period=period)


def phrase_of(deadline: Deadline) -> str:
    """Give the wording that stands in the document: as typed, or rendered where it is inherited."""
    return deadline.phrase or render(deadline)


def _tone(notes: Iterable[Note]) -> str:
    doubts = {note.severity for note in notes if note.code in DATE_CODES and not note.reason}
    return "bad" if "error" in doubts else "warn" if "warning" in doubts else ""


def who_of(executor: SheetExecutor, groups: Groups) -> Who:
    if LEVEL_OF_GROUP.get(executor.group) is Level.SCHOOL and groups.schools > 1:
        said = ngettext("%(count)s school", "%(count)s schools", groups.schools) % {"count": groups.schools}
        return Who(executor.text, said)
    if LEVEL_OF_GROUP.get(executor.group) is Level.MUNICIPALITY and groups.municipalities > 1:
        count = groups.municipalities
        said = ngettext("%(count)s municipality", "%(count)s municipalities", count) % {"count": count}
        return Who(executor.text, said)
    return Who(executor.text)


def bounds_of(links: Iterable[SheetLink]) -> list[inheritance.Bound]:
    """Give the bounds that the links of a row set, as the plain rules take them."""
    return [bound_of(link) for link in links if link.upper is not None]


def bound_of(
    link: SheetLink, *, rule: str = "", days: int | None = None, working: bool | None = None
) -> inheritance.Bound:
    """Give one bound; a rule, days and working days other than the link's show what would be."""
    assert link.upper is not None  # the caller asked
    return inheritance.Bound(
        link=link.pk,
        kind=inheritance.LinkKind(link.kind),
        rule=inheritance.Rule(rule or link.rule),
        upper=link.upper.deadline,
        days=link.days if days is None else days,
        working=link.working if working is None else working,
        lead_days=link.lead_days,
    )


def marks_of(row: SheetRow, calendar: WorkingCalendar) -> list[Mark]:
    """Say whose the date is: the link that gives it, what the row works from, or that it is one's own."""
    live = [link for link in row.links if link.upper is not None]
    if not live:
        return [Mark("own", _("own initiative"))]
    inherited = (
        inheritance.inherit(row.own, bounds_of(live), calendar) if any(link.rule != Rule.OWN for link in live) else None
    )
    giver = next((link for link in live if inherited and link.pk == inherited.link), None)
    if giver is not None:
        return [_given(giver)]
    source = next((link for link in live if link.kind == LinkKind.CONSUMES), None)
    if source is not None:
        upper = _upper(source)
        text = _("builds on %(upper)s, %(row)s") % {"upper": accusative(upper.called), "row": upper.number}
        return [Mark("within", text, _url(upper), upper.text)]
    return [Mark("own", _("own deadline"), _url(_upper(live[0])), _answers(_upper(live[0])))]


def _given(link: SheetLink) -> Mark:
    upper = _upper(link)
    if link.rule == Rule.SHIFTED:
        return Mark("shift", shift_words(upper, link.days, working=link.working), _url(upper), upper.text)
    if link.rule == Rule.WITHIN:
        genitive = upper.called_genitive
        return Mark("within", _("in the window of %(upper)s") % {"upper": genitive}, _url(upper), upper.text)
    return Mark("same", f"{upper.called}, {upper.number}", _url(upper), upper.text)


def shift_words(upper: UpperRow, days: int, *, working: bool) -> str:
    """Say a shift as arithmetic: «край + 5 раб. дн.»."""
    sign = "−" if days < 0 else "+"
    values = {"upper": upper.called, "sign": sign, "days": abs(days)}
    if working:
        return _("%(upper)s %(sign)s %(days)s work. d.") % values
    return _("%(upper)s %(sign)s %(days)s d.") % values


def _answers(upper: UpperRow) -> str:
    return _("answers %(upper)s, %(row)s: %(text)s") % {
        "upper": upper.called,
        "row": upper.number,
        "text": upper.text or upper.activity,
    }


def _upper(link: SheetLink) -> UpperRow:
    assert link.upper is not None  # only links to rows in force come here
    return link.upper


def _url(upper: UpperRow) -> str:
    return f"{_address(upper.roadmap)}#row-{upper.commitment}"


@lru_cache(maxsize=4_000)
def _address(roadmap: int) -> str:
    """Give the address of a plan; a page of forty rows asks forty times for the same one."""
    return reverse("plan", args=[roadmap])

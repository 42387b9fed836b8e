"""The preview of a roll-over: every row as it was and as it would be, and when a plan offers to be carried at all."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from deadlines import carrying
from deadlines.calendar import WorkingCalendar
from deadlines.grammar import read
from deadlines.values import Deadline, Kind
from deadlines.wording import meaning
from organizations.access import Verb
from organizations.models import Organization, User
from roadmaps.choices import EditionState
from roadmaps.models import Edition, Roadmap
from roadmaps.pages.access import may
from roadmaps.pages.carried import DOUBTS, ONCE
from roadmaps.pages.custody import Action, Custody
from roadmaps.pages.plan import language, phrase_of
from roadmaps.pages.waits import Wait
from roadmaps.succession import NextPlan, NextRow

NEAR_END = dt.timedelta(120)
"""How long before its last day a plan in force offers to be carried into the next period."""


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the preview; `phrase` is what the field holds, `notes` why somebody should look."""

    commitment: int
    label: str
    activity: str
    text: str
    was: str
    position: str
    phrase: str
    meaning: str
    notes: tuple[str, ...]
    source: str
    is_left: bool


def lines_of(
    plan: NextPlan, *, phrases: Mapping[int, str], left_out: set[int], calendar: WorkingCalendar, today: dt.date
) -> list[Line]:
    """Give the rows of a preview, with what a person has worded otherwise by now."""
    return [_line(plan, row, phrases.get(row.old.commitment), left_out, calendar, today) for row in plan.rows]


def _line(
    plan: NextPlan, row: NextRow, phrase: str | None, left_out: set[int], calendar: WorkingCalendar, today: dt.date
) -> Line:
    deadline = row.carried.deadline if phrase is None else read(phrase, plan.period)
    same = deadline.phrase == row.carried.deadline.phrase
    notes = [str(DOUBTS[one]) for one in row.carried.doubts if one in DOUBTS] if same else []
    if row.one_off in ONCE:
        notes.append(str(ONCE[row.one_off]))
    return Line(
        commitment=row.old.commitment,
        label=row.old.label,
        activity=plan.titles[row.old.heading],
        text=row.text,
        was=phrase_of(row.base),
        position=position_of(row.base, calendar),
        phrase=deadline.phrase,
        meaning=meaning(deadline, language(), calendar=calendar, today=today, period=plan.period),
        notes=tuple(notes),
        source=_source(row),
        is_left=row.old.commitment in left_out,
    )


def position_of(deadline: Deadline, calendar: WorkingCalendar) -> str:
    """Say which working day of its month a deadline is: what the roll-over keeps; '' where it has no position."""
    due = deadline.due
    if deadline.kind not in {Kind.BY, Kind.WINDOW} or due is None or not calendar.is_working(due):
        return ""
    if deadline.start is not None and deadline.start < due:
        days = calendar.working_days_between(deadline.start, due) + calendar.is_working(deadline.start)
        return ngettext("%(count)s working day", "%(count)s working days", days) % {"count": days}
    place = calendar.position(due)
    if place.from_end_of_month == 1:
        return _("last working day of the month")
    if place.from_end_of_month <= carrying.NEAR_END:
        return _("working day %(count)s from the end of the month") % {"count": place.from_end_of_month}
    return _("working day %(count)s of the month") % {"count": place.in_month}


def _source(row: NextRow) -> str:
    if row.inherits:
        return _("the plan above gives the date")
    return _("the plan above will give the date, once it is in force") if row.waits else ""


def summary(plan: NextPlan, lines: list[Line]) -> str:
    """Say how many rows there are and how many ask for a look."""
    doubtful = sum(bool(line.notes) for line in lines)
    rows = ngettext("%(count)s row", "%(count)s rows", len(lines)) % {"count": len(lines)}
    if not doubtful:
        return rows
    asked = ngettext("%(count)s asks for a look", "%(count)s ask for a look", doubtful) % {"count": doubtful}
    return f"{rows}, {asked}"


def is_near_end(roadmap: Roadmap, today: dt.date) -> bool:
    """Tell whether it is time to think of the next period."""
    return roadmap.period_end - NEAR_END <= today


def offering(custody: Custody, user: User, edition: Edition, newest: Edition | None, today: dt.date) -> Custody:
    """Add the roll-over to what may be done with the edition in force, near the end of its period."""
    is_newest = edition.state == EditionState.APPROVED and (newest is None or newest.pk == edition.pk)
    if not is_newest or not may(user, Verb.OPEN_EDITION, edition) or not is_near_end(edition.roadmap, today):
        return custody
    action = Action(_("Carry into the next period"), reverse("plan-roll-over", args=[edition.roadmap_id]))
    return replace(custody, actions=(*custody.actions, action))


def ending(user: User, organization: Organization, today: dt.date) -> list[Wait]:
    """List the plans in force whose period ends soon and that nothing follows yet."""
    editions = (
        Edition.objects.visible_to(user)
        .in_force()
        .filter(
            roadmap__organization=organization,
            roadmap__period_end__gte=today - NEAR_END,
            roadmap__period_end__lte=today + NEAR_END,
            roadmap__carried_on=None,
        )
        .for_page()
        .order_by("roadmap__period_end", "pk")[:5]
    )
    return [
        Wait(
            _("The plan ends on %(day)s: carry it into the next period.")
            % {"day": f"{edition.roadmap.period_end:%d.%m.%Y}"},
            edition.title,
            reverse("plan-roll-over", args=[edition.roadmap_id]),
            _("Carry"),
        )
        for edition in editions
    ]

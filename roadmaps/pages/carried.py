"""«Needs a decision»: what is still open in a carried plan, each with its steps."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from deadlines.values import Kind
from roadmaps.choices import DRAFT, Carry, LinkKind, Rule
from roadmaps.models import CarriedQuestion, Deliverable
from roadmaps.sheets import Sheet, SheetRow
from roadmaps.succession import targets, withdrawn

KEEP, DROP, LINK, WAIVE, UNWAIVE, REPLACE = "keep", "drop", "link", "waive", "unwaive", "replace"
KEEP_DATES, LINK_ALL = "keep-dates", "link-all"
STEPS = (KEEP, DROP, LINK, WAIVE, UNWAIVE, REPLACE, KEEP_DATES, LINK_ALL)
"""What the page can ask for; the last two are about several questions at once."""

MORE_STEPS: dict[str, tuple[str, ...]] = {
    Carry.ONE_OFF: (DROP,),
    Carry.EXECUTOR: (REPLACE,),
    Carry.LINK: (LINK, DROP),
    Carry.WAIVER: (WAIVE, UNWAIVE),
}
"""What a kind of question can be answered with, beside leaving everything as it is."""

DOUBTS = {
    "moved": gettext_lazy("The same working position falls on another day of the month."),
    "day-off": gettext_lazy("That day is a day off."),
    "at-edge": gettext_lazy("Its position lies outside the new period, so it stands at its edge."),
    "outside": gettext_lazy("The date lies outside the period, as it did before."),
    "by-event": gettext_lazy("It is reckoned from an event: check that the event comes again."),
}
"""What each doubt of a carried date means."""

ONCE = {
    "adopted": gettext_lazy("A document is adopted once: does this come again?"),
    "founded": gettext_lazy("Founding, appointing or concluding is done once: does this come again?"),
}
"""Why a row may be one that is done once."""


@dataclass(frozen=True, slots=True)
class Step:
    """A button of one question."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Item:
    """
    One open question: what it is about, what was found, what can be done.

    `suggested` is whom to name instead; `waits` says that nothing is to be decided before the plan above is in force.
    """

    pk: int
    code: str
    kind: str
    label: str
    text: str
    row_url: str
    sentence: str
    was: str = ""
    became: str = ""
    suggested: str | None = None
    steps: tuple[Step, ...] = ()
    waits: bool = False


@dataclass(frozen=True, slots=True)
class Above:
    """How the rows above that questions name stand now, and what they were."""

    ready: dict[int, int]
    gone: set[int]
    names: dict[int, str]


def items_of(sheet: Sheet) -> list[Item]:
    """List what is open, that of the whole plan first, then row by row."""
    questions = [
        one
        for one in CarriedQuestion.objects.filter(roadmap=sheet.edition.roadmap_id, settled_at=None).order_by("pk")
        if _is_open(one, sheet)
    ]
    above = _above(questions, sheet)
    found = [
        item
        for one in questions
        if (item := _item(one, sheet.row.get(one.commitment_id or 0), sheet, above)) is not None
    ]
    place = {row.commitment: number for number, row in enumerate(sheet.rows, 1)}
    order = {one.pk: place.get(one.commitment_id or 0, 0) for one in questions}
    return sorted(found, key=lambda item: (order[item.pk], item.pk))


def _is_open(question: CarriedQuestion, sheet: Sheet) -> bool:
    """Tell whether the plan itself has not answered yet: the row is gone, or reads otherwise by now."""
    facts = question.facts
    if question.code == Carry.EXECUTOR:
        return any(facts["text"] == one.text for row in sheet.rows for one in row.executors)
    if question.commitment_id is None:
        return True
    row = sheet.row.get(question.commitment_id)
    if row is None:
        return False
    match question.code:
        case Carry.DATE:
            return row.own.phrase == facts["became"]
        case Carry.NO_DATE:
            return row.deadline.kind is Kind.UNKNOWN
        case Carry.TEXT:
            return any(one in row.text for one in facts["found"])
    return True


def _above(questions: Iterable[CarriedQuestion], sheet: Sheet) -> Above:
    uppers = {one.upper_id for one in questions if one.upper_id is not None}
    if not uppers:
        return Above({}, set(), {})
    rows = Deliverable.objects.filter(commitment__in=uppers, since__lt=DRAFT).select_related("roadmap__organization")
    names = {
        row.commitment_id: _("%(owner)s, “%(row)s”")
        % {
            "owner": row.roadmap.organization.word or row.roadmap.organization.short_name,
            "row": row.text or row.deadline.phrase,
        }
        for row in rows.order_by("until")
    }
    return Above(targets(uppers, sheet.period), withdrawn(uppers, sheet.period), names)


def _item(question: CarriedQuestion, row: SheetRow | None, sheet: Sheet, above: Above) -> Item | None:
    facts = question.facts
    match question.code:
        case Carry.DATE:
            said = " ".join(str(DOUBTS[one]) for one in facts["doubts"] if one in DOUBTS)
            steps = (Step(KEEP, _("Confirm")),)
            return _of(question, row, sheet, said, steps, was=facts["was"], became=facts["became"])
        case Carry.NO_DATE:
            return _of(question, row, sheet, _("The deadline is not understood, so it could not be carried."), _left())
        case Carry.ONE_OFF:
            return _of(question, row, sheet, str(ONCE.get(facts["why"], "")), _either())
        case Carry.TEXT:
            said = _("The text names a date of the former period: %(dates)s.") % {"dates": ", ".join(facts["found"])}
            return _of(question, row, sheet, said, _left())
        case Carry.EXECUTOR:
            return _executor(question, sheet)
        case Carry.CLOSED:
            return _closed(question, sheet)
        case Carry.LINK:
            return _link(question, row, sheet, above)
        case Carry.WAIVER:
            return _waiver(question, sheet, above)
    return None


def _left() -> tuple[Step, ...]:
    return (Step(KEEP, _("Leave as it is")),)


def _either() -> tuple[Step, ...]:
    return (Step(KEEP, _("It comes again")), Step(DROP, _("Remove the row")))


def _of(
    question: CarriedQuestion,
    row: SheetRow | None,
    sheet: Sheet,
    sentence: str,
    steps: tuple[Step, ...],
    **rest: Any,
) -> Item:
    return Item(
        pk=question.pk,
        code=question.code,
        kind=str(Carry(question.code).label),
        label=row.label if row else "",
        text=(row.text or sheet.heading[row.heading].title) if row else "",
        row_url=reverse("row", args=[question.roadmap_id, row.commitment]) if row else "",
        sentence=sentence,
        steps=steps,
        **rest,
    )


def _executor(question: CarriedQuestion, sheet: Sheet) -> Item:
    facts = question.facts
    count = sum(any(one.text == facts["text"] for one in row.executors) for row in sheet.rows)
    said = ngettext(
        "%(who)s: the term as %(post)s ended on %(day)s, and %(count)s row names her.",
        "%(who)s: the term as %(post)s ended on %(day)s, and %(count)s rows name her.",
        count,
    ) % {
        "who": facts["text"],
        "post": facts["post"],
        "day": date_format(dt.date.fromisoformat(facts["until"])),
        "count": count,
    }
    steps = (Step(REPLACE, _("Replace")), Step(KEEP, _("Leave as it is")))
    return _of(question, None, sheet, said, steps, suggested=facts["successor"])


def _closed(question: CarriedQuestion, sheet: Sheet) -> Item:
    facts = question.facts
    if facts["successor"]:
        said = _("%(name)s is closed: its rows now oblige %(successor)s.") % facts
    else:
        said = _("%(name)s is closed: rows no longer oblige it.") % facts
    return _of(question, None, sheet, said, (Step(KEEP, _("I have seen it")),))


def _link(question: CarriedQuestion, row: SheetRow | None, sheet: Sheet, above: Above) -> Item | None:
    upper = question.upper_id or 0
    target = above.ready.get(upper)
    if row is not None and any(link.upper_id == target for link in row.links):
        return None
    facts = question.facts
    how = f"{LinkKind(facts['kind']).label}, {Rule(facts['rule']).label}"
    about = f"{above.names.get(upper, '')} ({how})"
    if target is not None:
        said = _("The plan above is in force, its row is there: %(row)s.") % {"row": about}
        return _of(question, row, sheet, said, (Step(LINK, _("Link")), Step(KEEP, _("Do not link"))))
    if upper in above.gone:
        said = _("The plan above is in force without this row any more: %(row)s.") % {"row": about}
        return _of(
            question, row, sheet, said, (Step(KEEP, _("Keep as own initiative")), Step(DROP, _("Remove the row")))
        )
    said = _("Waits for the plan above to come into force: %(row)s.") % {"row": about}
    return _of(question, row, sheet, said, (Step(KEEP, _("Do not link")),), waits=True)


def _waiver(question: CarriedQuestion, sheet: Sheet, above: Above) -> Item | None:
    upper = question.upper_id or 0
    target, facts = above.ready.get(upper), question.facts
    values = {"row": above.names.get(upper, ""), "reason": facts["reason"]}
    if target is None and upper in above.gone:
        return None
    if target is None:
        said = (
            _("Was declared not applicable: %(row)s. Reason: “%(reason)s”. The plan above is not in force yet.")
            % values
        )
        return _of(question, None, sheet, said, (Step(KEEP, _("No longer so")),), waits=True)
    if target in sheet.waivers:
        said = _("Still declared not applicable: %(row)s. Reason: “%(reason)s”. Is it so?") % values
        return _of(question, None, sheet, said, (Step(KEEP, _("It is still so")), Step(UNWAIVE, _("It applies again"))))
    said = _("Was declared not applicable: %(row)s. Reason: “%(reason)s”. Is it still so?") % values
    return _of(question, None, sheet, said, (Step(WAIVE, _("It is still so")), Step(KEEP, _("It applies again"))))


def kinds_of(items: Iterable[Item]) -> list[tuple[str, str, int]]:
    """List the kinds of open questions with how many there are, in the order of the choices."""
    counts: dict[str, int] = {}
    for item in items:
        counts[item.code] = counts.get(item.code, 0) + 1
    return [(kind.value, str(kind.label), counts[kind]) for kind in Carry if kind in counts]


def counted(items: Iterable[Item], code: str, step: str) -> int:
    """Count the questions of a kind to which a step is open."""
    return sum(item.code == code and any(one.value == step for one in item.steps) for item in items)

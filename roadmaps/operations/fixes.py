"""Carrying out a fix that a finding offers: what it does follows from the finding alone, never from a request."""

import datetime as dt
from dataclasses import replace

from django.db import transaction
from django.utils.translation import gettext as _

from deadlines.values import Deadline, Kind
from deadlines.wording import render
from organizations.models import User
from roadmaps import checks
from roadmaps.checks import Remark
from roadmaps.choices import HeadingKind, LinkKind, Obliges, Rule
from roadmaps.findings import Fix
from roadmaps.operations import links, rows
from roadmaps.operations.problems import Refused
from roadmaps.sheets import Sheet, SheetRow, UpperRow


class NoLonger(Refused):
    """The finding is gone, or never offered this."""

    def __init__(self) -> None:
        super().__init__(_("This remark is no longer there: somebody has dealt with it already."))


@transaction.atomic
def apply(*, sheet: Sheet, key: str, index: int, by: User | None, now: dt.datetime) -> None:
    """
    Carry out the fix number `index` of the finding that `key` names, as the sheet has it now.

    :raises NoLonger: if there is no such finding or fix
    """
    remark = remark_of(sheet, key)
    if not 0 <= index < len(remark.finding.fixes):
        raise NoLonger
    fix = remark.finding.fixes[index]
    deed = DEEDS.get(fix.kind)
    if deed is None:
        raise NoLonger
    deed(sheet, remark, fix, by, now)


def remark_of(sheet: Sheet, key: str) -> Remark:
    """
    Find a finding of a sheet by its key.

    :raises NoLonger: if there is no such finding any more
    """
    remark = next((one for one in checks.remarks_of(sheet) if one.key == key), None)
    if remark is None:
        raise NoLonger
    return remark


def _row(sheet: Sheet, remark: Remark) -> SheetRow:
    row = sheet.row.get(remark.commitment or 0)
    if row is None:
        raise NoLonger
    return row


def _upper(remark: Remark) -> UpperRow:
    upper = remark.upper
    if upper is None:
        raise NoLonger
    return upper


def _set_dates(sheet: Sheet, remark: Remark, fix: Fix, by: User | None, now: dt.datetime) -> None:
    """Give the row these dates as its own; links that gave it another date no longer do."""
    row = _row(sheet, remark)
    deadline = dated(fix.params.get("start"), fix.params["due"])
    for link in row.links:
        if link.rule != Rule.OWN:
            links.link(
                roadmap=sheet.edition.roadmap_id,
                lower=row.commitment,
                upper=link.upper_id,
                kind=LinkKind(link.kind),
                rule=Rule.OWN,
                lead_days=link.lead_days,
                by=by,
                now=now,
            )
    rows.edit_result(
        roadmap=sheet.edition.roadmap_id, commitment=row.commitment, changes={"deadline": deadline}, by=by, now=now
    )


def dated(start: dt.date | None, due: dt.date) -> Deadline:
    """Make the deadline of these dates, worded as documents word it."""
    deadline = Deadline(kind=Kind.BY, due=due) if start is None else Deadline(kind=Kind.WINDOW, start=start, due=due)
    return replace(deadline, phrase=render(deadline))


def _same_as_upper(sheet: Sheet, remark: Remark, fix: Fix, by: User | None, now: dt.datetime) -> None:
    """Let the row have the date of the upper one; without a link to it, the row copies the date."""
    row, upper = _row(sheet, remark), _upper(remark)
    link = next((link for link in row.links if link.upper_id == upper.commitment), None)
    if link is None:
        deadline = replace(upper.deadline, phrase=render(upper.deadline), warnings=(), suggestions=())
        changes = {"deadline": deadline}
        rows.edit_result(roadmap=sheet.edition.roadmap_id, commitment=row.commitment, changes=changes, by=by, now=now)
        return
    links.link(
        roadmap=sheet.edition.roadmap_id,
        lower=row.commitment,
        upper=upper.commitment,
        kind=LinkKind(link.kind),
        rule=Rule.SAME,
        lead_days=link.lead_days,
        by=by,
        now=now,
    )


def _add_row(sheet: Sheet, remark: Remark, fix: Fix, by: User | None, now: dt.datetime) -> None:
    adopt(sheet=sheet, upper=_upper(remark), by=by, now=now)


@transaction.atomic
def adopt(*, sheet: Sheet, upper: UpperRow, by: User | None, now: dt.datetime) -> int:
    """
    Take an upper row into the draft as a new activity with one result, linked by the rule that fits; gives its commitment.

    A window is answered inside it, anything else takes the same date.
    """
    roadmap = sheet.edition.roadmap_id
    activity = rows.add_heading(
        roadmap=roadmap, kind=HeadingKind.ACTIVITY, title=upper.activity or upper.text, by=by, now=now
    )
    phrase = upper.deadline.phrase or render(upper.deadline)
    commitment = rows.add_result(
        roadmap=roadmap,
        activity=activity.pk,
        text=upper.text,
        phrase=phrase,
        obliges=Obliges.NOBODY,
        by=by,
        now=now,
    )
    links.link(
        roadmap=roadmap,
        lower=commitment.pk,
        upper=upper.commitment,
        kind=LinkKind.IMPLEMENTS,
        rule=fitting_rule(upper.deadline),
        by=by,
        now=now,
    )
    return commitment.pk


def fitting_rule(upper: Deadline) -> Rule:
    """Tell how a new row fits an upper one: inside its window where it has one, else the same date."""
    return Rule.WITHIN if upper.kind is Kind.WINDOW and upper.start is not None else Rule.SAME


def _remove_row(sheet: Sheet, remark: Remark, fix: Fix, by: User | None, now: dt.datetime) -> None:
    rows.drop_result(roadmap=sheet.edition.roadmap_id, commitment=_row(sheet, remark).commitment, by=by, now=now)


def _set_kind(sheet: Sheet, remark: Remark, fix: Fix, by: User | None, now: dt.datetime) -> None:
    row = _row(sheet, remark)
    link = next((one for one in row.links if one.upper and one.upper.number == fix.params["upper"]), None)
    if link is None:
        raise NoLonger
    links.link(
        roadmap=sheet.edition.roadmap_id,
        lower=row.commitment,
        upper=link.upper_id,
        kind=LinkKind(fix.params["kind"]),
        rule=Rule(link.rule),
        days=link.days,
        working=link.working,
        by=by,
        now=now,
    )


def _add_items(sheet: Sheet, remark: Remark, fix: Fix, by: User | None, now: dt.datetime) -> None:
    row = _row(sheet, remark)
    text = "\n".join([row.text.rstrip(), *(f"- {item}" for item in fix.params["items"])])
    rows.edit_result(
        roadmap=sheet.edition.roadmap_id, commitment=row.commitment, changes={"text": text}, by=by, now=now
    )


def _rename(sheet: Sheet, remark: Remark, fix: Fix, by: User | None, now: dt.datetime) -> None:
    row = _row(sheet, remark)
    texts = [executor.text.replace(fix.params["was"], fix.params["name"]) for executor in row.executors]
    rows.edit_result(
        roadmap=sheet.edition.roadmap_id, commitment=row.commitment, changes={"executors": texts}, by=by, now=now
    )


def _renumber(sheet: Sheet, remark: Remark, fix: Fix, by: User | None, now: dt.datetime) -> None:
    """Number the activities of the plan, or of each section where numbering restarts, one after another."""
    counts: dict[int | None, int] = {}
    restarts = _restarts(sheet)
    for heading, _rows in sheet.activities():
        section = heading.parent if restarts else None
        counts[section] = counts.get(section, 0) + 1
        number = str(counts[section])
        if heading.number.strip().rstrip(".") != number:
            rows.edit_heading(
                roadmap=sheet.edition.roadmap_id, heading=heading.pk, changes={"number": number}, by=by, now=now
            )


def _restarts(sheet: Sheet) -> bool:
    """Tell whether numbers begin with 1 in a second section."""
    ones = {heading.parent for heading, _rows in sheet.activities() if heading.number.strip().rstrip(".") == "1"}
    return len(ones) > 1


DEEDS = {
    "set-dates": _set_dates,
    "insert-dash": _set_dates,
    "same-as-upper": _same_as_upper,
    "add-row": _add_row,
    "remove-row": _remove_row,
    "set-kind": _set_kind,
    "add-items": _add_items,
    "rename": _rename,
    "renumber": _renumber,
}

"""
What each deed of the grid does, in a draft that the caller holds.

Every function takes the edition, the values of the edit, who does it and when; it gives the row or heading concerned, and
whether anything was changed.
"""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _

from deadlines.values import Deadline
from deadlines.wording import render
from organizations.calendars import calendar_for
from organizations.models import Entry, User
from roadmaps import sheets
from roadmaps.choices import DRAFT, HeadingKind, LinkKind, Rule
from roadmaps.editor.edits import lines
from roadmaps.editor.shifting import shifted
from roadmaps.models import Deliverable, Edition, HeadingText, Link, Roadmap
from roadmaps.operations import cells, comments, fixes, links, pasting, placing, rows, structure
from roadmaps.operations.cells import tell
from roadmaps.operations.problems import Conflict, Refused, RowGone
from roadmaps.sheets import Sheet, UpperRow

Done = tuple[int | None, bool]
Values = dict[str, Any]
Deed = Callable[[Edition, Values, User, dt.datetime], Done]
OF_CELLS = frozenset({"cell", "heading"})
"""Deeds that tell from the cell itself whether they were done before."""


def row_of(edition: Edition, commitment: int) -> Deliverable:
    """
    Give a row of the draft.

    :raises RowGone: if it is not there
    """
    found = Deliverable.objects.at(DRAFT).filter(commitment=commitment, roadmap=edition.roadmap_id).first()
    if found is None:
        raise RowGone
    return found


def heading_of(edition: Edition, heading: int) -> HeadingText:
    """
    Give a section or an activity of the draft.

    :raises RowGone: if it is not there
    """
    texts = HeadingText.objects.at(DRAFT).filter(heading=heading, roadmap=edition.roadmap_id)
    found = texts.filter(heading__kind__in=placing.OF_THE_TABLE).first()
    if found is None:
        raise RowGone
    return found


def shown_phrase(deadline: Deadline) -> str:
    """Give the wording that the cell of a deadline shows: as typed, or rendered where it is inherited."""
    return deadline.phrase or render(deadline)


def plain(text: str) -> str:
    """Give a text as cells are compared."""
    return text.replace("\r\n", "\n").strip()


def cell(edition: Edition, values: Values, by: User, now: dt.datetime) -> Done:
    """Write one cell of a row, if it still says what the person saw."""
    row = row_of(edition, values["row"])
    name, value = values["field"], values["value"]
    if name == "executors":
        stands = "\n".join(cells.executors_of(row.commitment_id))
        value = "\n".join(lines(value))
    else:
        stands = plain(row.text if name == "text" else shown_phrase(row.deadline))
    if stands == value:
        return row.commitment_id, False
    if stands != values["base"]:
        raise overtaken("commitment", row.commitment_id, name, stands)
    if name == "phrase":
        cells.change_phrase(edition, row=row, phrase=value, by=by, now=now)
    else:
        changes: Values = {name: lines(value) if name == "executors" else value}
        cells.change_cells(edition, row=row, changes=changes, by=by, now=now)
    return row.commitment_id, True


def heading(edition: Edition, values: Values, by: User, now: dt.datetime) -> Done:
    """Write the number or the title of a heading, if it still says what the person saw."""
    text = heading_of(edition, values["heading"])
    name, value = values["field"], values["value"]
    stands = plain(getattr(text, name))
    if name == "number" and len(value) > 20:
        raise Refused(_("A number has at most 20 characters."))
    if stands == value:
        return text.heading_id, False
    if stands != values["base"]:
        raise overtaken("heading", text.heading_id, name, stands)
    rows.change_words(edition, heading=text.heading_id, changes={name: value}, by=by, now=now)
    return text.heading_id, True


def overtaken(kind: str, subject: int, name: str, theirs: str) -> Conflict:
    """Say who gave a cell the value that it has now, as far as the journal knows; the portal itself has no name."""
    told = Entry.objects.about(kind, subject).filter(operation__in=WRITTEN_BY[kind]).select_related("by__person")
    entry = next((one for one in told[:20] if name in (one.after or {}) or one.operation in BRINGING), None)
    return Conflict(theirs=theirs, who=str(entry.by or "") if entry else "", at=entry.at if entry else None)


BRINGING = ("row-linked", "row-unlinked", "row-added", "row-restored", "heading-added", "heading-restored")
WRITTEN_BY = {
    "commitment": ("row-changed", "row-linked", "row-unlinked", "row-added", "row-restored"),
    "heading": ("heading-changed", "heading-added", "heading-restored"),
}


def add_row(edition: Edition, values: Values, by: User, now: dt.datetime) -> Done:
    """Add an empty row to an activity, after another one or first."""
    activity = heading_of(edition, values["activity"]).heading_id
    position = placing.position_in(edition, activity, values["after"])
    made = rows.create_result(edition, activity=activity, position=position, text="", deadline=Deadline())
    after = {"text": "", "phrase": "", "executors": []}
    tell(edition, "row-added", "commitment", made.pk, by, now, after=after)
    return made.pk, True


def add_heading(edition: Edition, values: Values, by: User, now: dt.datetime) -> Done:
    """Add a section or an activity after another heading of the same section, or first in it."""
    if values["parent"] is not None:
        heading_of(edition, values["parent"])
    made = rows.create_heading(edition, kind=HeadingKind(values["kind"]), title="", parent=values["parent"]).pk
    tell(edition, "heading-added", "heading", made, by, now, after={"kind": values["kind"], "number": "", "title": ""})
    placing.place_heading(
        edition, heading=made, parent=values["parent"], after=values["after"], by=by, now=now, is_told=False
    )
    placing.renumber(edition, by=by, now=now)
    return made, True


def move_row(edition: Edition, values: Values, by: User, now: dt.datetime) -> Done:
    """Put a row elsewhere: in its activity or in another one."""
    row = row_of(edition, values["row"])
    commitment = row.commitment_id
    placing.place_row(edition, row=row, activity=values["activity"], after=values["after"], by=by, now=now)
    return commitment, True


def move_heading(edition: Edition, values: Values, by: User, now: dt.datetime) -> Done:
    """Put a section or an activity elsewhere, also into another section."""
    placing.place_heading(
        edition, heading=values["heading"], parent=values["parent"], after=values["after"], by=by, now=now
    )
    placing.renumber(edition, by=by, now=now)
    return values["heading"], True


def drop_row(edition: Edition, values: Values, by: User, now: dt.datetime) -> Done:
    """Take a row out; its activity stays, so that another row can be written in it."""
    row = row_of(edition, values["row"])
    commitment = row.commitment_id
    tell(edition, "row-dropped", "commitment", commitment, by, now, before=rows.take_out(row))
    return commitment, True


def drop_heading(edition: Edition, values: Values, by: User, now: dt.datetime) -> Done:
    """Take a heading out, an activity with its rows."""
    heading_of(edition, values["heading"])
    structure.take_heading_out(edition, heading=values["heading"], rows=values["rows"], by=by, now=now)
    placing.renumber(edition, by=by, now=now)
    return values["heading"], True


def shift(edition: Edition, values: Values, by: User, now: dt.datetime) -> Done:
    """Move the deadline of a row by days; where it follows an upper row, it goes on following at that distance."""
    row = row_of(edition, values["row"])
    stands = plain(shown_phrase(row.deadline))
    if stands != values["base"]:
        raise overtaken("commitment", row.commitment_id, "phrase", stands)
    days, working = values["days"], values["working"]
    following = Link.objects.at(DRAFT).filter(lower=row.commitment_id, rule__in=[Rule.SAME, Rule.SHIFTED]).first()
    if following is not None and (following.rule == Rule.SAME or following.working == working):
        changed = cells.link_values(following) | {"rule": Rule.SHIFTED, "days": following.days + days}
        upper = changed.pop("upper")
        if not changed["days"]:
            changed |= {"rule": Rule.SAME}
        changed["working"] = working
        links.tie(edition, lower=row.commitment_id, upper=upper, values=changed, by=by, now=now)
        return row.commitment_id, True
    deadline = shifted(row.deadline, days, working=working, calendar=calendar_for(edition.roadmap.organization))
    if deadline is None:
        raise Refused(_("The deadline “%(phrase)s” has no dates that could be moved.") % {"phrase": stands})
    for link in Link.objects.at(DRAFT).filter(lower=row.commitment_id).exclude(rule=Rule.OWN):
        cells.free(edition, link, by=by, now=now)
    cells.change_cells(edition, row=row, changes={"deadline": deadline}, by=by, now=now)
    return row.commitment_id, True


def rule(edition: Edition, values: Values, by: User, now: dt.datetime) -> Done:
    """Say where the deadline of a row comes from: break its inheritance, or restore it."""
    row = row_of(edition, values["row"])
    known = Link.objects.at(DRAFT).filter(lower=row.commitment_id, upper=values["upper"]).first()
    if known is None:
        raise Refused(_("The row is no longer linked to that row above."))
    wanted = cells.link_values(known) | {name: values[name] for name in ("rule", "days", "working")}
    if wanted["rule"] != Rule.SHIFTED:
        wanted |= {"days": 0, "working": False}
    if wanted == cells.link_values(known):
        return row.commitment_id, False
    upper = wanted.pop("upper")
    links.tie(edition, lower=row.commitment_id, upper=upper, values=wanted, by=by, now=now)
    return row.commitment_id, True


def adopt(edition: Edition, values: Values, by: User, now: dt.datetime) -> Done:
    """Take a row of a plan above into the draft, linked by the rule that fits."""
    sheet = sheets.load(edition)
    return fixes.adopt(sheet=sheet, upper=_upper(sheet, values["upper"]), by=by, now=now), True


def answer(edition: Edition, values: Values, by: User, now: dt.datetime) -> Done:
    """Let a row of the draft answer a row above; it keeps its own deadline."""
    row = row_of(edition, values["row"])
    how = {"kind": LinkKind.IMPLEMENTS, "rule": Rule.OWN, "days": 0, "working": False, "lead_days": 0}
    links.tie(edition, lower=row.commitment_id, upper=values["upper"], values=how, by=by, now=now)
    return row.commitment_id, True


def waive(edition: Edition, values: Values, by: User, now: dt.datetime) -> Done:
    """Declare, with a reason, that a row above does not apply."""
    upper = _upper(sheets.load(edition), values["upper"]).commitment
    links.declare_foreign(edition, upper=upper, reason=values["reason"], by=by, now=now)
    return None, True


def unwaive(edition: Edition, values: Values, by: User, now: dt.datetime) -> Done:
    """Take back that a row above does not apply."""
    upper = _upper(sheets.load(edition), values["upper"]).commitment
    links.take_declaration_back(edition, upper=upper, by=by, now=now)
    return None, True


def _upper(sheet: Sheet, commitment: int) -> UpperRow:
    """Give a row of the plans in force above; any other row does not exist for this plan."""
    found = sheet.upper.get(commitment)
    if found is None:
        raise RowGone
    return found


def explain(edition: Edition, values: Values, by: User, now: dt.datetime) -> Done:
    """Record why a finding stands; it is asked anew whether it does."""
    remark = fixes.remark_of(sheets.load(edition), values["finding"])
    if not values["reason"]:
        raise Refused(_("Say why: the reason stays with the plan."))
    links.give_reason(
        edition,
        key=remark.key,
        commitment=remark.commitment,
        measure=remark.measure,
        reason=values["reason"],
        by=by,
        now=now,
    )
    return remark.commitment, False


def comment(edition: Edition, values: Values, by: User, now: dt.datetime) -> Done:
    """Leave a remark at a row; it is no part of the plan, so there is nothing to undo."""
    row = row_of(edition, values["row"])
    comments.remark(edition=edition, commitment=row.commitment_id, text=values["text"], by=by, now=now)
    return row.commitment_id, False


def fix(edition: Edition, values: Values, by: User, now: dt.datetime) -> Done:
    """Carry out a fix that a finding offers; what it does is computed anew, only which one is asked for."""
    sheet = sheets.load(edition)
    remark = fixes.remark_of(sheet, values["finding"])
    fixes.apply(sheet=sheet, key=values["finding"], index=values["index"], by=by, now=now)
    return remark.commitment, True


def numbering(edition: Edition, values: Values, by: User, now: dt.datetime) -> Done:
    """Choose how the activities of the plan are numbered, and number them so."""
    was, mode = edition.roadmap.numbering, values["mode"]
    if was == mode:
        return None, False
    Roadmap.objects.filter(pk=edition.roadmap_id).update(numbering=mode)
    edition.roadmap.numbering = mode
    before, after = {"numbering": was}, {"numbering": mode}
    tell(edition, "plan-numbered", "roadmap", edition.roadmap_id, by, now, before=before, after=after)
    placing.renumber(edition, by=by, now=now)
    return None, True


def paste(edition: Edition, values: Values, by: User, now: dt.datetime) -> Done:
    """Write the rows of a table that was pasted, each into the row that it matches, or at the end."""
    pasting.write(edition, values["rows"], values["matched"] or [], by=by, now=now)
    placing.renumber(edition, by=by, now=now)
    return None, True


DEEDS: dict[str, Deed] = {
    "cell": cell,
    "heading": heading,
    "add-row": add_row,
    "add-heading": add_heading,
    "move-row": move_row,
    "move-heading": move_heading,
    "drop-row": drop_row,
    "drop-heading": drop_heading,
    "shift": shift,
    "rule": rule,
    "adopt": adopt,
    "answer": answer,
    "waive": waive,
    "unwaive": unwaive,
    "explain": explain,
    "comment": comment,
    "fix": fix,
    "numbering": numbering,
    "paste": paste,
}

"""The grid of a draft: the table of the reading page with what the script needs to write into it."""

import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.template.defaultfilters import linebreaksbr
from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from organizations.models import User
from organizations.templatetags.portal import icon, typo
from roadmaps.choices import ExecutorKind, HeadingKind, Rule
from roadmaps.models import Edit, Edition
from roadmaps.operations import undoing
from roadmaps.pages.comments import in_the_margin
from roadmaps.pages.markup import Pen
from roadmaps.pages.plan import Block, PageRow
from roadmaps.sheets import Sheet, SheetRow

TOKEN = "@@csrf@@"  # noqa: S105 - the place of a token, not one
"""Stands where the token of a form will: it differs at every look, and rows are compared by what else they say."""

ROW = (
    '<tr id="%s" data-row="%d" role="row"%s><td class="num" role="gridcell" data-f="number">%s</td>'
    '<td class="txt" role="gridcell" data-f="text" data-v="%s">%s</td>'
    '<td class="due" role="gridcell" data-f="phrase" data-v="%s"%s>%s</td>'
    '<td class="who" role="gridcell" data-f="executors" data-v="%s">%s</td>'
    '<td class="edge" role="gridcell">%s</td></tr>'
)
SECTION = (
    '<tr class="sec" id="heading-%d" data-heading="%d" data-kind="section" role="row">'
    '<td class="num" role="gridcell" data-f="number" data-v="%s">%s</td>'
    '<td class="txt" role="gridcell" colspan="3" data-f="title" data-v="%s">%s</td>'
    '<td class="edge" role="gridcell">%s</td></tr>'
)
ACTIVITY = (
    '<tr class="act" id="heading-%d" data-heading="%d" data-kind="activity" role="row">'
    '<td class="num" role="gridcell" data-f="number" data-v="%s">%s</td>'
    '<td class="txt" role="gridcell" colspan="3" data-f="title" data-v="%s">%s</td>'
    '<td class="edge" role="gridcell">%s</td></tr>'
)


@dataclass(slots=True)
class Line:
    """One row of the table as HTML, known by its id and told apart by its digest."""

    id: str
    html: SafeString
    digest: str
    is_hidden: bool = False


@dataclass(slots=True)
class Body:
    """A section, or an activity with its rows: one `tbody`."""

    heading: Line
    parent: int | None
    rows: list[Line] = field(default_factory=list)

    @property
    def lines(self) -> list[Line]:
        return [self.heading, *self.rows]


class GridPen(Pen):
    """Draws the rows of the grid; the margin is that of the reading page."""

    def __init__(self, sheet: Sheet) -> None:
        pk = sheet.edition.roadmap_id
        token = mark_safe(f'<input type="hidden" name="csrfmiddlewaretoken" value="{TOKEN}">')  # noqa: S308
        super().__init__(roadmap=pk, may_edit=True, token=token, next=reverse("plan-edit", args=[pk]))
        self.sheet = sheet
        self.unknown = escape(_("not found in the registers: stays as text"))
        self.add_row, self.add_activity, self.edit_words = _("Result"), _("Activity"), _("Edit")

    def line(self, row: PageRow, *, is_hidden: bool) -> Line:
        """Draw one row."""
        own = self.sheet.row[row.commitment]
        html = ROW % (
            escape(row.anchor),
            row.commitment,
            f' data-links="{len(own.links)}"' if own.links else "",
            self._number(row),
            escape(own.text),
            linebreaksbr(typo(row.text)),
            escape(row.phrase),
            _source(own),
            self._due(row),
            escape("\n".join(executor.text for executor in own.executors)),
            self._executors(row, own),
            "".join(self.note(note, anchor=row.anchor) for note in row.notes)
            + (in_the_margin(row.said, self.roadmap) if row.said else ""),
        )
        return _line(row.anchor, html, is_hidden=is_hidden)

    def _executors(self, row: PageRow, own: SheetRow) -> str:
        drawn = []
        for who, known in zip(row.executors, own.executors, strict=True):
            said = self._who(who)
            if known.kind == ExecutorKind.TEXT:
                said = f'<span class="loose" title="{self.unknown}">{said}</span>'
            drawn.append(said)
        whom = f'<p class="small muted">{typo(row.obliges)}</p>' if row.obliges else ""
        return "; ".join(drawn) + whom

    def heading(self, block: Block, *, is_hidden: bool) -> Line:
        """Draw the line of a section or an activity; what can be done without a script stands in its margin."""
        own = self.sheet.heading[block.pk]
        template = SECTION if block.kind == HeadingKind.SECTION else ACTIVITY
        html = template % (
            block.pk,
            block.pk,
            escape(own.number),
            escape(block.number),
            escape(own.title),
            linebreaksbr(typo(own.title)),
            self._without_script(block),
        )
        return _line(f"heading-{block.pk}", html, is_hidden=is_hidden)

    def _without_script(self, block: Block) -> str:
        plan, pk = self.plan, block.pk
        add = f'<a href="{plan}headings/{pk}/rows/new/">{icon("plus")}{escape(self.add_row)}</a>'
        if block.kind == HeadingKind.SECTION:
            add = f'<a href="{plan}headings/new/activity/?parent={pk}">{icon("plus")}{escape(self.add_activity)}</a>'
        return f'<noscript><p class="row"><a href="{plan}headings/{pk}/">{escape(self.edit_words)}</a> {add}</p></noscript>'


def _source(row: SheetRow) -> str:
    """Say to the script which upper row may give the date, by which rule, and whether it does."""
    link = next((link for link in row.links if link.upper), None)
    if link is None or link.upper is None:
        return ""
    inherits = next((one for one in row.links if one.rule != Rule.OWN and one.upper), None)
    upper = (inherits or link).upper_id
    fit = Rule.WITHIN if link.upper.deadline.start is not None else Rule.SAME
    return f' data-upper="{upper}" data-fit="{fit}"' + (' data-inherits=""' if inherits else "")


def _line(name: str, html: str, *, is_hidden: bool) -> Line:
    digest = f"{zlib.crc32(html.encode()):08x}"
    marked = html.replace("<tr ", f'<tr data-d="{digest}" ' + ("hidden " if is_hidden else ""), 1)
    return Line(name, mark_safe(marked), digest, is_hidden)  # noqa: S308 - every piece was escaped


def bodies_of(sheet: Sheet, blocks: Iterable[Block], kept: set[int] | None) -> list[Body]:
    """Draw the grid; rows that the filter leaves out are there, but hidden, so that steps can go past them."""
    pen = GridPen(sheet)
    bodies = []
    for block in blocks:
        shown = [kept is None or row.commitment in kept for row in block.rows]
        away = kept is not None and not any(shown)
        body = Body(pen.heading(block, is_hidden=away), sheet.heading[block.pk].parent)
        body.rows = [pen.line(row, is_hidden=not is_in) for row, is_in in zip(block.rows, shown, strict=True)]
        bodies.append(body)
    return bodies


def with_token(html: str, token: str) -> SafeString:
    """Give drawn rows the token of this answer."""
    return mark_safe(html.replace(TOKEN, token))  # noqa: S308 - the token is ours


def changed(bodies: Iterable[Body], known: Mapping[str, str], token: str) -> dict[str, object]:
    """Give the order of all lines, and the HTML of those that the browser has otherwise."""
    bodies = list(bodies)
    return {
        "order": [[body.heading.id, body.parent, [row.id for row in body.rows]] for body in bodies],
        "hidden": [line.id for body in bodies for line in body.lines if line.is_hidden],
        "html": {
            line.id: with_token(line.html, token)
            for body in bodies
            for line in body.lines
            if known.get(line.id) != line.digest
        },
    }


def steps_words(edition: Edition, sheet: Sheet, user: User) -> dict[str, str]:
    """Name the step that would be undone and the one that would be done again; empty where there is none."""
    last = undoing.standing_step(edition, user)
    first = undoing.undone_step(edition, user)
    return {"undo": _step(last, sheet) if last else "", "redo": _step(first, sheet) if first else ""}


def _step(edit: Edit, sheet: Sheet) -> str:
    row = sheet.row.get(edit.subject or 0)
    heading = sheet.heading.get(edit.subject or 0)
    label = row.label if row else (heading.number or heading.ref) if heading else ""
    words = {
        "cell": {"text": _("result"), "phrase": _("deadline"), "executors": _("executors")}.get(edit.field, ""),
        "heading": {"number": _("number"), "title": _("title")}.get(edit.field, ""),
        "add-row": _("new row"),
        "add-heading": _("new heading"),
        "move-row": _("move"),
        "move-heading": _("move"),
        "drop-row": _("removal of a row"),
        "drop-heading": _("removal of a heading"),
        "shift": _("shift of the deadline"),
        "rule": _("where the deadline comes from"),
        "adopt": _("row from above"),
        "answer": _("link"),
        "waive": _("“does not apply”"),
        "unwaive": _("“does apply”"),
        "fix": _("fix"),
        "numbering": _("numbering"),
        "paste": _("insertion"),
    }.get(edit.deed, edit.deed)
    return f"{words} {label}".strip()

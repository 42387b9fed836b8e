"""
The rows and the notes of a plan as HTML.

Drawn here and not in a template: a page holds some forty rows and as many notes, and this takes a third of the time
(`make bench ONLY=plan-page-40`). Everything that comes from people goes through `format_html`, `typo` or `escape`.
"""

from dataclasses import dataclass
from functools import cached_property

from django.template.defaultfilters import linebreaksbr
from django.urls import reverse
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from organizations.templatetags.portal import icon, moment, typo
from roadmaps.pages.comments import in_the_margin
from roadmaps.pages.findings import Given
from roadmaps.pages.notes import Note
from roadmaps.pages.plan import Mark, PageRow, Who
from roadmaps.pages.proposals import Asked
from roadmaps.pages.wishes import Wished

NOTHING = mark_safe("")
TONES = {"error": "bad", "warning": "warn"}
ROW = (
    '<tr id="%s" role="row"><td class="num" role="cell">%s</td><td class="txt" role="cell">%s</td>'
    '<td class="due" role="cell">%s</td><td class="who" role="cell">%s</td><td class="edge" role="cell">%s</td></tr>\n'
)
ICONS = {"error": "error", "warning": "warn"}


@dataclass
class Pen:
    """
    What all rows and notes of one page share: the plan's address, the reader's rights, the words of the buttons.

    `token` is the hidden field that proves a form to be ours, `next` the page to come back to. `may_answer`: questions
    from above are hers to answer.
    """

    roadmap: int
    may_edit: bool
    token: SafeString
    next: str
    may_answer: bool = False

    @cached_property
    def plan(self) -> str:
        return reverse("plan", args=[self.roadmap])

    @cached_property
    def fix(self) -> str:
        return reverse("plan-fix", args=[self.roadmap])

    @cached_property
    def explain(self) -> str:
        return reverse("plan-explain", args=[self.roadmap])

    @cached_property
    def severities(self) -> dict[str, str]:
        return {"error": _("error"), "warning": _("warning"), "info": _("for information")}

    @cached_property
    def words(self) -> dict[str, str]:
        return {
            "edit": _("Edit the row"),
            "edit_hidden": _("Edit row"),
            "history": _("History of the row"),
            "history_hidden": _("History of row"),
            "in_row": _("in row %(row)s"),
            "reason": _("Give a reason"),
            "why": _("Why it stands"),
            "keep": _("Keep the reason"),
            "given": _("reason given: %(reason)s"),
        }

    def row_url(self, commitment: int) -> str:
        return f"{self.plan}rows/{commitment}/"

    # Rows

    def row(self, row: PageRow) -> SafeString:
        """Draw one row of the table with its notes in the margin."""
        who = "; ".join(self._who(who) for who in row.executors)
        if row.obliges:
            who += f'<p class="small muted">{typo(row.obliges)}</p>'
        notes = "".join(self.note(note, anchor=row.anchor) for note in row.notes)
        if row.asked or row.wished:
            notes += "".join(map(self.question, row.asked)) + "".join(map(self.wish, row.wished))
        if row.said:
            notes += in_the_margin(row.said, self.roadmap)
        text = linebreaksbr(typo(row.text))
        if row.amended:
            text = format_html('{} <small lang="ru">{}</small>', text, typo(row.amended))
        pieces = (escape(row.anchor), self._number(row), text, self._due(row), who, notes)
        return mark_safe(ROW % pieces)  # noqa: S308 - each piece is escaped

    def _number(self, row: PageRow) -> str:
        return self.number % (row.commitment, escape(row.label))

    @cached_property
    def number(self) -> str:
        """The cell of a number, but for the row's own key and label: it leads to the row, or to its history."""
        names = ("edit", "edit_hidden") if self.may_edit else ("history", "history_hidden")
        title, hidden = (escape(self.words[name]) for name in names)
        page = "" if self.may_edit else "history/"
        return f'<a href="{self.plan}rows/%d/{page}" title="{title}"><span class="hidden">{hidden} </span>%s</a>'

    def _due(self, row: PageRow) -> str:
        phrase = ""
        if row.phrase:
            tone = f' class="{row.tone}"' if row.tone else ""
            phrase = f"<q{tone}>{typo(row.phrase)}</q>"
        marks = "".join(map(_mark, row.marks))
        return f'{phrase}<p class="mean"><span>{typo(row.meaning)}</span> {marks}</p>'

    def _who(self, who: Who) -> str:
        return f'{typo(who.text)} <span class="nb">({escape(who.expands)})</span>' if who.expands else typo(who.text)

    # Notes

    def note(self, note: Note, *, anchor: str = "", given: Given | None = None) -> SafeString:
        """Draw one note: the fact, its source, what can be done, or the reason that was given."""
        tone = TONES.get(note.severity, "own")
        return format_html(
            '<div class="note is-{kind}"><p><strong class="{tone}">{icon}<span class="hidden">{severity}: </span>{title}'
            "</strong></p><p>{sentence}</p>{clause}{rest}</div>",
            kind="info" if note.reason else tone,
            tone="own" if note.reason else tone,
            icon=icon(ICONS.get(note.severity, "info")),
            severity=self.severities.get(note.severity, note.severity),
            title=typo(note.title),
            sentence=typo(note.sentence),
            clause=self._clause(note) if note.clause_url else NOTHING,
            rest=self._reason(note, given)
            if note.reason
            else self._actions(note, anchor)
            if self.may_edit
            else NOTHING,
        )

    def _clause(self, note: Note) -> SafeString:
        said = _("Clause %(clause)s in the order") % {"clause": note.clause}
        return format_html('<p><a href="{}">{}</a></p>', note.clause_url, said)

    def _reason(self, note: Note, given: Given | None) -> SafeString:
        who = NOTHING
        if given is not None:
            who = format_html(' <span class="muted">({}, {})</span>', given.who, moment(given.at))
        return format_html("<p>{} {}{}</p>", icon("ok"), self.words["given"] % {"reason": note.reason}, who)

    def _actions(self, note: Note, anchor: str) -> SafeString:
        if not (note.buttons or note.to_row or note.can_explain):
            return NOTHING
        where = NOTHING
        if note.label:
            where = format_html('<span class="hidden"> {}</span>', self.words["in_row"] % {"row": note.label})
        hidden = format_html(
            '{}<input type="hidden" name="key" value="{}"><input type="hidden" name="next" value="{}">',
            self.token,
            note.key,
            f"{self.next}#{anchor}" if anchor else self.next,
        )
        buttons = format_html_join(
            "",
            '<form method="post" action="{}">{}<button type="submit" class="{}" name="fix" value="{}">{}{}</button></form>',
            (
                (self.fix, hidden, "btn s" if place == 0 else "lnk", button.index, button.label, where)
                for place, button in enumerate(note.buttons)
            ),
        )
        to_row = NOTHING
        if note.to_row and note.row:
            to_row = format_html('<a class="btn s" href="{}">{}{}</a>', self.row_url(note.row), note.to_row, where)
        reason = self._why(note, hidden, where) if note.can_explain else NOTHING
        return format_html('<div class="row">{}{}{}</div>', buttons, to_row, reason)

    def _why(self, note: Note, hidden: SafeString, where: SafeString) -> SafeString:
        return format_html(
            '<details class="more"><summary>{reason}{where}</summary>'
            '<form class="stack" method="post" action="{action}">{hidden}<div class="field"><label for="why-{anchor}">{why}</label>'
            '<textarea class="in" id="why-{anchor}" name="reason" rows="2" maxlength="2000" required></textarea></div>'
            '<button type="submit" class="btn s">{keep}</button></form></details>',
            reason=self.words["reason"],
            where=where,
            action=self.explain,
            hidden=hidden,
            anchor=note.anchor,
            why=self.words["why"],
            keep=self.words["keep"],
        )

    # Questions between plans

    def question(self, asked: Asked) -> SafeString:
        """Draw what a change above asks of a row: the fact, what it would make of the date, the answer."""
        change = format_html("«{}» → «{}»", asked.upper_was, asked.upper_became) if asked.upper_became else NOTHING
        becomes = NOTHING
        if asked.moves:
            becomes = format_html("<p>{}</p>", typo(_("Your deadline would be “%(date)s”.") % {"date": asked.becomes}))
        conflict = NOTHING
        if asked.conflict:
            conflict = format_html('<p><span class="mark bad">{}{}</span></p>', icon("error"), typo(asked.conflict))
        return format_html(
            '<div class="note is-warn"><p><strong class="warn">{icon}{title}</strong></p>'
            '<p><a href="{url}">{upper}</a>{colon} <span class="txt" lang="ru">{change}</span></p>{becomes}{conflict}{steps}</div>',
            icon=icon("cascade"),
            title=typo(asked.title),
            url=asked.upper_url,
            upper=asked.upper,
            colon=":" if change else "",
            change=typo(change),
            becomes=becomes,
            conflict=conflict,
            steps=self._steps(asked),
        )

    def _steps(self, asked: Asked) -> SafeString:
        if not self.may_answer:
            return NOTHING
        where = format_html('<span class="hidden"> {}</span>', self.words["in_row"] % {"row": asked.label})
        address = f"{self.plan}proposals/{asked.pk}/"
        accept = NOTHING
        if asked.kind == "date":
            accept = format_html(
                '<form method="post" action="{}">{}<input type="hidden" name="next" value="{}">'
                '<button type="submit" class="btn s" name="way" value="accept">{}{}</button></form>',
                address,
                self.token,
                self.next,
                _("Accept: %(date)s") % {"date": asked.becomes} if asked.moves else _("Accept"),
                where,
            )
        other = _("Answer otherwise") if accept else _("Answer the proposal")
        style = "lnk" if accept else "btn s"
        return format_html(
            '<div class="row">{}<a class="{}" href="{}">{}{}</a></div>', accept, style, address, other, where
        )

    def wish(self, wished: Wished) -> SafeString:
        """Draw a wish from below: whose, what it asks, the way to the answer."""
        return format_html(
            '<div class="note is-warn"><p><strong class="warn">{}{}: {}</strong></p><p class="txt" lang="ru">«{}» → «{}»</p>'
            '<p>{}</p><p><a class="btn s" href="{}">{}</a></p></div>',
            icon("clock"),
            wished.whose,
            wished.title,
            wished.was,
            wished.wished,
            typo(wished.wish),
            wished.url,
            _("Answer the wish") if self.may_answer else _("Read the wish"),
        )


def _mark(mark: Mark) -> str:
    if not mark.url:
        return f'<span class="mark">{icon(mark.icon)}{escape(mark.text)}</span>'
    title = f' title="{escape(mark.title)}"' if mark.title else ""
    return f'<a class="mark" href="{escape(mark.url)}"{title}>{icon(mark.icon)}{escape(mark.text)}</a>'

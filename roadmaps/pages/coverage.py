"""
The coverage of a plan in words: the matrix, its totals, one row across bodies, one body across rows.

The cells are drawn here and not in a template: a page has up to 40 columns, and so some 1,600 of them.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext_lazy

from organizations.templatetags.portal import typo
from roadmaps.choices import HeadingKind, Obliges
from roadmaps.coverage import STATES, Answer, Body, Demand, Matrix, State, state_of
from roadmaps.covering import AnsweringRow
from roadmaps.forms.coverage import STATE_WORDS
from roadmaps.matching.bodies import Level
from roadmaps.pages.plan import phrase_of
from roadmaps.sheets import Sheet, SheetRow

TONES = {
    State.COVERED: "ok",
    State.LATE: "late",
    State.PARTLY: "less",
    State.WAIVED: "na",
    State.MISSING: "gap",
    State.NO_PLAN: "wait",
    State.FREE: "free",
}
"""The class of a state: a line, a hatching and a tone that only repeat the word."""


TOTALS = {
    State.COVERED: pgettext_lazy("coverage total", "%(n)s there"),
    State.LATE: pgettext_lazy("coverage total", "%(n)s later"),
    State.PARTLY: pgettext_lazy("coverage total", "%(n)s in part"),
    State.WAIVED: pgettext_lazy("coverage total", "%(n)s do not apply"),
    State.MISSING: pgettext_lazy("coverage total", "%(n)s missing"),
    State.NO_PLAN: pgettext_lazy("coverage total", "%(n)s without a plan"),
}


def state_words(state: State, days: Answer) -> str:
    """Say a state; of a later one, by how many days."""
    if state is State.LATE and days:
        return ngettext("Later by %(days)s day", "Later by %(days)s days", days) % {"days": days}
    return str(STATE_WORDS[state])


def slack_words(days: Answer) -> str:
    """Say how far a row below ends before or after the row above."""
    if days is None:
        return ""
    if days > 0:
        return ngettext("%(days)s day later", "%(days)s days later", days) % {"days": days}
    if days < 0:
        return ngettext("%(days)s day earlier", "%(days)s days earlier", -days) % {"days": -days}
    return _("on the same day")


def counted(counts: Mapping[State, int]) -> list[str]:
    """Say totals: one phrase for every state that occurs."""
    return [str(TOTALS[state]) % {"n": counts[state]} for state in STATES if counts.get(state)]


def obliges_words(demand: Demand) -> str:
    """Say whom a row above obliges."""
    if demand.reach == Obliges.NAMED:
        count = len(demand.named)
        return ngettext("obliges %(count)s organization", "obliges %(count)s organizations", count) % {"count": count}
    if demand.reach in (Obliges.MUNICIPALITIES, Obliges.SCHOOLS):
        return _("obliges %(whom)s") % {"whom": Obliges(demand.reach).label}
    return _("obliges nobody")


def bodies_words(bodies: Sequence[Body]) -> list[str]:
    """Count bodies by what they are: «34 муниципалитета», «3 школы»."""
    towns = sum(body.level is Level.MUNICIPALITY for body in bodies)
    schools = sum(body.level is Level.SCHOOL for body in bodies)
    institutes = len(bodies) - towns - schools
    found = []
    if towns:
        found.append(ngettext("%(n)s municipality", "%(n)s municipalities", towns) % {"n": towns})
    if institutes:
        found.append(ngettext("%(n)s institute", "%(n)s institutes", institutes) % {"n": institutes})
    if schools:
        found.append(ngettext("%(n)s school", "%(n)s schools", schools) % {"n": schools})
    return found


def summary(matrix: Matrix) -> tuple[str, str]:
    """Say the whole in two sentences: what is looked at, and what is the matter with it."""
    rows = ngettext("%(n)s row", "%(n)s rows", len(matrix.demands)) % {"n": len(matrix.demands)}
    lead = ", ".join([rows, *bodies_words(matrix.bodies)])
    sent, waits = len(matrix.bodies) - len(matrix.without_plan), len(matrix.without_plan)
    plans = ngettext("%(n)s plan is in force", "%(n)s plans are in force", sent) % {"n": sent}
    if waits:
        missing = ngettext("%(n)s is still to come", "%(n)s are still to come", waits) % {"n": waits}
        plans = f"{plans}, {missing}"
    total = matrix.total
    said = counted({state: total[state] for state in (State.LATE, State.PARTLY, State.MISSING) if state in total})
    gaps = _("Cells: %(gaps)s.") % {"gaps": ", ".join(said)} if said else _("No gaps in the plans that are in force.")
    return f"{lead}.", f"{plans}. {gaps}"


@dataclass(frozen=True, slots=True)
class Group:
    """A section of the plan above with its rows as HTML; without a title, rows that stand in none."""

    title: str
    rows: SafeString


@dataclass
class Pen:
    """What all cells of one page share: the sheet, the whole matrix, addresses and words."""

    sheet: Sheet
    matrix: Matrix

    @cached_property
    def base(self) -> str:
        return reverse("plan-coverage", args=[self.sheet.edition.roadmap_id])

    @cached_property
    def free(self) -> str:
        """The cell of a body that a row asks nothing of."""
        said = escape(STATE_WORDS[State.FREE])
        return f'<td class="free"><span class="hidden">{said}</span><span aria-hidden="true">—</span></td>'

    @cached_property
    def words(self) -> dict[tuple[State, Answer], SafeString]:
        """The words of a state, drawn once for all cells that say the same."""
        return {}

    def groups(self, page: Matrix, totals: Matrix) -> list[Group]:
        """Draw the rows of a page by section; totals speak of all bodies that are looked at, not of the page alone."""
        found: list[tuple[str, list[str]]] = []
        nobody = _("nobody is asked")
        lines = list(zip(*page.lines, strict=True)) if page.lines else [()] * len(page.demands)
        for demand, states in zip(page.demands, lines, strict=True):
            title = self._section(demand)
            if not found or found[-1][0] != title:
                found.append((title, []))
            sums = _sums(counted(totals.of_row[demand.row]), nobody)
            cells = [self._cell(demand, body, state) for body, state in zip(page.bodies, states, strict=True)]
            found[-1][1].append(f"<tr>{self._head(demand)}{sums}{''.join(cells)}</tr>")
        return [Group(title, _safe(rows)) for title, rows in found]

    def heads(self, page: Matrix) -> SafeString:
        """Draw the heads of the columns."""
        return _safe(f'<th scope="col">{self._link(body)}</th>' for body in page.bodies)

    def foot(self, page: Matrix) -> SafeString:
        """Draw the totals of the columns."""
        nothing = _("nothing asked")
        return _safe(_sums(counted(page.of_body[body.pk]), nothing) for body in page.bodies)

    def bodies(self, page: Matrix) -> SafeString:
        """Draw the list of bodies with their totals, which stands for the matrix on a narrow screen."""
        return _safe(
            f'<tr><th scope="row">{self._link(body)}</th><td>{typo(", ".join(counted(page.of_body[body.pk])) or "—")}</td></tr>'
            for body in page.bodies
        )

    def _link(self, body: Body) -> str:
        return f'<a href="{self.base}organizations/{body.pk}/">{escape(body.name)}</a>'

    def _head(self, demand: Demand) -> str:
        row = self.sheet.row[demand.row]
        text = typo(f"{row.label} {Truncator(words_of(self.sheet, row)).chars(120)}")
        small = typo(f"{phrase_of(row.deadline)}; {obliges_words(demand)}")
        return f'<th scope="row"><a href="{self.base}rows/{demand.row}/">{text}</a><small>{small}</small></th>'

    def _section(self, demand: Demand) -> str:
        headings = [self.sheet.heading[pk] for pk in demand.sections]
        return " · ".join(f"{heading.number} {heading.title}".strip() for heading in headings)

    def _cell(self, demand: Demand, body: Body, state: State) -> str:
        if state is State.FREE:
            return self.free
        key = (state, body.answers[demand.row] if state is State.LATE else None)
        said = self.words.get(key)
        if said is None:
            said = self.words[key] = typo(state_words(*key))
        if body.level is Level.SCHOOL or body.level is Level.INSTITUTE:
            url, small = f"{self.base}organizations/{body.pk}/#row-{demand.row}", ""
        else:
            url, small = f"{self.base}rows/{demand.row}/?place={body.pk}", self._schools(demand, body)
        return f'<td><a class="cov {TONES[state]}" href="{url}"><b>{said}</b>{small}</a></td>'

    def _schools(self, demand: Demand, body: Body) -> str:
        asked = self.matrix.schools_asked(demand, body)
        there = self.matrix.schools_answering(demand, body)
        if not there and (not asked or not body.plans):
            return ""
        said = _("schools: %(there)s of %(all)s") % {
            "there": there,
            "all": max(asked, len(self.matrix.schools[body.pk])),
        }
        return f" <small>{escape(said)}</small>"


def _safe(pieces: Iterable[str]) -> SafeString:
    return mark_safe("".join(pieces))  # noqa: S308 - each piece is drawn here, and what people wrote is escaped


def _sums(said: list[str], otherwise: str) -> str:
    if not said:
        return f'<td class="sum"><span class="muted">{escape(otherwise)}</span></td>'
    return f'<td class="sum">{"".join(f"<span>{_bound(one)}</span>" for one in said)}</td>'


@lru_cache(maxsize=4_000)
def _bound(said: str) -> SafeString:
    """Bind the words of a total; there are few, and each stands in many cells."""
    return typo(said)


def words_of(sheet: Sheet, row: SheetRow) -> str:
    """Give what a row says: its result, else its activity."""
    return row.text or sheet.heading[row.heading].title


def sections_of(sheet: Sheet) -> list[tuple[int, str]]:
    """List the sections of a plan as choices."""
    return [(h.pk, f"{h.number} {h.title}".strip()) for h in sheet.of_kind(HeadingKind.SECTION)]


@dataclass(frozen=True, slots=True)
class Own:
    """A row below as the pages of the coverage show it."""

    label: str
    text: str
    phrase: str
    slack: str
    is_late: bool
    is_indirect: bool
    url: str


@dataclass(frozen=True, slots=True)
class Told:
    """What one body says to one row above: the state, its rows, what is left out, the reason."""

    body: Body
    demand: Demand
    label: str
    text: str
    phrase: str
    state: State
    tone: str
    words: str
    own: list[Own]
    left_out: str
    reason: str
    url: str


Answers = Mapping[tuple[int, int], list[AnsweringRow]]


def told_of(sheet: Sheet, pairs: Iterable[tuple[Demand, Body]], answers: Answers) -> list[Told]:
    """Say how bodies answer rows, with the rows by which they do."""
    base = reverse("plan-coverage", args=[sheet.edition.roadmap_id])
    found = []
    for demand, body in pairs:
        state, row = state_of(demand, body), sheet.row[demand.row]
        found.append(
            Told(
                body=body,
                demand=demand,
                label=row.label,
                text=words_of(sheet, row),
                phrase=phrase_of(row.deadline),
                state=state,
                tone=TONES[state],
                words=state_words(state, body.answers.get(demand.row)),
                own=[_own(one) for plan in body.plans for one in answers.get((demand.row, plan), ())],
                left_out="; ".join(body.narrowed.get(demand.row, ())) if state in (State.PARTLY, State.LATE) else "",
                reason=body.waived.get(demand.row, "") if state is State.WAIVED else "",
                url=f"{base}organizations/{body.pk}/",
            )
        )
    return found


def _own(row: AnsweringRow) -> Own:
    return Own(
        label=row.number.strip().rstrip("."),
        text=row.text or row.activity,
        phrase=phrase_of(row.deadline),
        slack=slack_words(row.late),
        is_late=bool(row.late and row.late > 0),
        is_indirect=row.depth > 1,
        url=f"{reverse('plan', args=[row.roadmap])}#row-{row.commitment}",
    )


def table_of(sheet: Sheet, matrix: Matrix) -> tuple[list[str], list[list[str]]]:
    """Give the matrix as a table of words: its head, and a line for every row above."""
    names = [body.name for body in matrix.bodies]
    head = ["№", _("Row of the plan"), _("Deadline"), _("Whom it obliges"), _("Together"), *names]
    lines = list(zip(*matrix.lines, strict=True)) if matrix.lines else [()] * len(matrix.demands)
    rows = []
    for demand, states in zip(matrix.demands, lines, strict=True):
        row = sheet.row[demand.row]
        facts = [row.label, words_of(sheet, row), phrase_of(row.deadline), obliges_words(demand)]
        cells = [
            state_words(state, body.answers.get(demand.row)) if state is not State.FREE else ""
            for body, state in zip(matrix.bodies, states, strict=True)
        ]
        rows.append([*facts, ", ".join(counted(matrix.of_row[demand.row])), *cells])
    return head, rows


def legend() -> list[tuple[str, str, str]]:
    """Explain the states: class, word, meaning."""
    meanings = {
        State.COVERED: _("a row below answers it in time"),
        State.LATE: _("by so many days after the row above"),
        State.PARTLY: _("a part of the listed result is left out"),
        State.MISSING: _("it obliges, and no row answers"),
        State.WAIVED: _("declared, with a reason"),
        State.NO_PLAN: _("no plan is in force yet"),
    }
    return [(TONES[state], str(STATE_WORDS[state]), meaning) for state, meaning in meanings.items()]

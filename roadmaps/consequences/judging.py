"""What one row does when rows above it change: from its own deadline, the one in effect, and all its links."""

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple, Protocol

from deadlines.calendar import WorkingCalendar
from deadlines.inheritance import Bound, Inherited, LinkKind, Rule, inherit, same_meaning
from deadlines.values import Deadline
from roadmaps.consequences.conflicts import conflict_of


class Tied(Protocol):
    """What decides about a link: a Tie, or a link as the database has it."""

    @property
    def kind(self) -> LinkKind: ...
    @property
    def rule(self) -> Rule: ...
    @property
    def days(self) -> int: ...
    @property
    def working(self) -> bool: ...
    @property
    def lead_days(self) -> int: ...


Slack = tuple[int | None, int | None]
"""Days between a row's end and the end that its upper row leaves it, before and after; None where nothing ends."""


class Tie(NamedTuple):
    """One link as its row sees it: the deadline above before and after; `changed` if that row changed its date."""

    kind: LinkKind
    rule: Rule
    days: int
    working: bool
    lead_days: int
    before: Deadline | None
    after: Deadline | None
    changed: bool


class Question(NamedTuple):
    """What a row is asked because of the tie at this place: the deadline offered, and the finding until it takes it."""

    place: int
    after: Deadline
    conflict: str
    slack: Slack


class Clash(NamedTuple):
    """A finding at the tie at this place that arises, or is mended."""

    place: int
    code: str
    is_new: bool


class Verdict(NamedTuple):
    """
    What follows for a row. `after` is the deadline to which it moves by itself, None where it stays.

    `effective` is what is stored of that (None: its own phrase again), `giver` the place of the tie that gives it.
    """

    after: Deadline | None = None
    effective: Deadline | None = None
    giver: int = 0
    slack: Slack = (None, None)
    questions: tuple[Question, ...] = ()
    clashes: tuple[Clash, ...] = ()


class Answer(NamedTuple):
    """What the links of a row make of it: the deadline in effect, what is stored of it, and the deciding link."""

    shown: Deadline
    effective: Deadline | None
    inherited: Inherited


def judge(own: Deadline, shown: Deadline, ties: Sequence[Tie], calendar: WorkingCalendar, *, follows: bool) -> Verdict:
    """
    Decide about one row, at least one of whose upper rows changed its date.

    An inheriting row moves if its plan follows, else it is asked once; an own date never moves, and is asked about every
    row above that changed.
    """
    causes = [place for place, tie in enumerate(ties) if tie.changed and tie.rule is not Rule.OWN]
    moved, questions = Verdict(), []
    if causes:
        moved, question = _inherit(own, shown, ties, causes, calendar, follows=follows)
        questions += [question] if question else []
    for place, tie in enumerate(ties):
        if tie.changed and tie.rule is Rule.OWN:
            questions.append(_keeps_its_own(shown, place, tie, calendar))
    after = moved.after or shown
    clashes = tuple(
        clash
        for place, tie in enumerate(ties)
        if (tie.changed or moved.after) and (clash := _clash(place, tie, shown, after)) is not None
    )
    return moved._replace(questions=tuple(questions), clashes=clashes)


def _inherit(
    own: Deadline,
    shown: Deadline,
    ties: Sequence[Tie],
    causes: Sequence[int],
    calendar: WorkingCalendar,
    *,
    follows: bool,
) -> tuple[Verdict, Question | None]:
    """Move an inheriting row, or ask it to move."""
    answer = answer_of(own, ties, [tie.after for tie in ties], calendar)
    if answer is None:  # no date is given any more: the row keeps what it had
        return Verdict(), _question(shown, causes[0], ties[causes[0]], shown)
    giver = answer.inherited.link
    moves = not same_meaning(answer.shown, shown)
    if moves and follows:
        return Verdict(answer.shown, answer.effective, giver, _slack(ties[giver], shown, answer.shown)), None
    asked = giver if giver in causes else causes[0]
    if moves or answer.inherited.longer_than_window:
        return Verdict(), _question(shown, asked, ties[asked], answer.shown)
    return Verdict(), None


def _keeps_its_own(shown: Deadline, place: int, tie: Tie, calendar: WorkingCalendar) -> Question:
    """An own date never moves: the change is told, with the least move that would mend what it breaks."""
    question = _question(shown, place, tie, shown)
    if not question.conflict or tie.after is None:
        return question
    return question._replace(after=nearest(shown, tie, tie.after, calendar))


def _question(shown: Deadline, place: int, tie: Tie, offered: Deadline) -> Question:
    return Question(place, offered, _finding(tie, shown, tie.after), _slack(tie, shown, shown))


def _clash(place: int, tie: Tie, before: Deadline, after: Deadline) -> Clash | None:
    was, is_now = _finding(tie, before, tie.before), _finding(tie, after, tie.after)
    return None if was == is_now else Clash(place, is_now or was, is_new=bool(is_now))


def _finding(tie: Tie, lower: Deadline, upper: Deadline | None) -> str:
    if upper is None:
        return ""
    return conflict_of(tie.kind, lower, upper, rule=tie.rule, lead_days=tie.lead_days)


def _slack(tie: Tie, before: Deadline, after: Deadline) -> Slack:
    return _left(tie, before, tie.before), _left(tie, after, tie.after)


def _left(tie: Tie, lower: Deadline, upper: Deadline | None) -> int | None:
    if tie.kind not in (LinkKind.IMPLEMENTS, LinkKind.FEEDS) or upper is None:
        return None
    if lower.due is None or upper.due is None:
        return None
    return (upper.due - dt.timedelta(tie.lead_days) - lower.due).days


def answer_of(
    own: Deadline, ties: Sequence[Tied], uppers: Sequence[Deadline | None], calendar: WorkingCalendar
) -> Answer | None:
    """
    Give what the links make of an own deadline, or None where they give nothing; the link is a place among `ties`.

    The own wording holds where it means the same, so that a document keeps its words until a date moves.
    """
    bounds = [
        Bound(place, tie.kind, tie.rule, upper, tie.days, tie.working, tie.lead_days)
        for place, (tie, upper) in enumerate(zip(ties, uppers, strict=True))
        if upper is not None and tie.rule is not Rule.OWN
    ]
    inherited = inherit(own, bounds, calendar) if bounds else None
    if inherited is None:
        return None
    keeps = same_meaning(inherited.deadline, own)
    return Answer(own if keeps else inherited.deadline, None if keeps else inherited.deadline, inherited)


def nearest(own: Deadline, tie: Tied, upper: Deadline, calendar: WorkingCalendar) -> Deadline:
    """Give the least move that brings an own deadline into the bound of a link; the upper value where none does."""
    rule = Rule.SAME if tie.kind is LinkKind.MIRRORS else Rule.WITHIN
    for attempt in (rule, Rule.SAME):
        found = inherit(own, [Bound(0, tie.kind, attempt, upper, lead_days=tie.lead_days)], calendar)
        if found is not None and not found.longer_than_window:
            return found.deadline
    return own

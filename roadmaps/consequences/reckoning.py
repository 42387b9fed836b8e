"""The computation: rows uppers first, each from all its links, so that the tightest bound wins whatever changed first."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from deadlines.calendar import WorkingCalendar
from deadlines.inheritance import Bound, Inherited, LinkKind, Rule, inherit, same_meaning
from deadlines.values import Deadline
from roadmaps.consequences.conflicts import conflict_of
from roadmaps.consequences.data import (
    Change,
    Conflict,
    Consequences,
    Follower,
    Hold,
    Lapse,
    Move,
    Obligation,
    Offer,
    OfferKind,
    Plan,
    Reached,
)

BY_THE_WORD = frozenset({LinkKind.IMPLEMENTS, LinkKind.MIRRORS})
"""Rows that repeat the upper row; those that feed on it or into it have words of their own."""


def reckon(
    changes: Iterable[Change],
    rows: Sequence[Reached],
    plans: Mapping[int, Plan],
    obligations: Iterable[Obligation] = (),
    followers: Iterable[Follower] = (),
) -> Consequences:
    """
    Work out what the changes do to the rows that they reach.

    :param rows: uppers first: a row comes after every row on which it may hang
    :param plans: by roadmap, those in which the rows stand
    """
    return _Reckoning(changes, plans).of(rows, obligations, followers)


class _Answer(NamedTuple):
    """What the links of a row make of it: the deadline in effect, what is stored of it, and the deciding link."""

    shown: Deadline
    effective: Deadline | None
    inherited: Inherited


class _Reckoning:
    """One computation: the deadlines that are new so far, and what was found."""

    def __init__(self, changes: Iterable[Change], plans: Mapping[int, Plan]) -> None:
        self.changes = {change.commitment: change for change in changes}
        self.plans = plans
        # Above and new: withdrawn rows keep holding where they stood, so only real dates stand here.
        self.now: dict[int, tuple[Deadline | None, Deadline]] = {
            change.commitment: (change.before, change.after)
            for change in self.changes.values()
            if change.after is not None and (change.before is None or not same_meaning(change.before, change.after))
        }
        self.moves: list[Move] = []
        self.offers: list[Offer] = []
        self.conflicts: list[Conflict] = []
        self.lapses: list[Lapse] = []
        # Many rows of a region say the same and hang on the same row: what follows for one follows for all. Keys name
        # deadlines by identity, which is enough because the rows keep them alive.
        self.answers: dict[tuple[object, ...], _Answer | None] = {}
        self.codes: dict[tuple[object, ...], str] = {}

    def of(
        self, rows: Sequence[Reached], obligations: Iterable[Obligation], followers: Iterable[Follower]
    ) -> Consequences:
        for row in rows:
            self._dates(row)
            for hold in row.holds:
                change = self.changes.get(hold.upper)
                if change is not None:
                    self._words(row, hold, change)
        self._oblige(obligations, followers)
        return Consequences(
            changes=tuple(self.changes.values()),
            moves=self.moves,
            offers=self.offers,
            conflicts=self.conflicts,
            lapses=self.lapses,
            plans=self.plans,
        )

    def _dates(self, row: Reached) -> None:
        causes = [hold for hold in row.holds if hold.upper in self.now]
        if not causes:
            return
        shown = row.shown
        inherited_from = [hold for hold in causes if hold.rule is not Rule.OWN]
        if inherited_from:
            # One question a row: whatever was asked before about any of its inherited dates is out of date.
            self.lapses += [
                Lapse(row.roadmap, row.commitment, hold.upper, OfferKind.DATE)
                for hold in row.holds
                if hold.rule is not Rule.OWN
            ]
            shown = self._inherit(row, inherited_from)
        for hold in causes:
            if hold.rule is Rule.OWN:
                self.lapses.append(Lapse(row.roadmap, row.commitment, hold.upper, OfferKind.DATE))
                self._keeps_its_own(row, hold)
        self._compare(row, shown, row.holds if shown is not row.shown else causes)

    def _inherit(self, row: Reached, causes: Sequence[Hold]) -> Deadline:
        """Move an inheriting row, or offer it to move; gives the deadline that it then has."""
        answer = self._answer(row)
        if answer is None:  # no date is given any more: the row keeps what it had
            self._offer(row, causes[0], row.shown)
            return row.shown
        giver = row.holds[answer.inherited.link]
        moves = not same_meaning(answer.shown, row.shown)
        if moves and self.plans[row.roadmap].follows:
            self.now[row.commitment] = (row.shown, answer.shown)
            self.moves.append(
                Move(
                    row.version, row.commitment, row.roadmap, row.until, row.text, row.shown, answer.shown,
                    answer.effective, giver.link, giver.upper, self._slack(row, giver, answer.shown),
                )
            )  # fmt: skip
            return answer.shown
        asked = giver if giver in causes else causes[0]
        if moves or answer.inherited.longer_than_window:
            self._offer(row, asked, answer.shown)
        return row.shown

    def _answer(self, row: Reached) -> _Answer | None:
        uppers = tuple(self._upper_of(hold) for hold in row.holds)
        calendar = self.plans[row.roadmap].calendar
        reckons = any(hold.working for hold in row.holds)
        key = (id(row.own), id(calendar) if reckons else 0, *(hold[2:7] for hold in row.holds), *map(id, uppers))
        if key not in self.answers:
            self.answers[key] = answer_of(row.own, row.holds, uppers, calendar)
        return self.answers[key]

    def _conflict(self, hold: Hold, lower: Deadline, upper: Deadline | None) -> str:
        if upper is None:
            return ""
        key = (hold.kind, hold.rule, hold.lead_days, id(lower), id(upper))
        if key not in self.codes:
            self.codes[key] = conflict_of(hold.kind, lower, upper, rule=hold.rule, lead_days=hold.lead_days)
        return self.codes[key]

    def _upper_of(self, hold: Hold) -> Deadline | None:
        new = self.now.get(hold.upper)
        return hold.upper_deadline if new is None else new[1]

    def _keeps_its_own(self, row: Reached, hold: Hold) -> None:
        """An own date never moves: the change is told, with the least move that would mend what it breaks."""
        _, upper = self.now[hold.upper]
        after = row.shown
        if self._conflict(hold, row.shown, upper):
            after = nearest(row.shown, hold, upper, self.plans[row.roadmap].calendar)
        self._offer(row, hold, after)

    def _offer(self, row: Reached, hold: Hold, after: Deadline) -> None:
        upper_before, upper_after = self.now[hold.upper]
        self.offers.append(
            Offer(
                OfferKind.DATE, row.roadmap, row.commitment, hold.upper, row.shown, after, upper_before, upper_after,
                link=hold.link, rule=hold.rule, slack=self._slack(row, hold, row.shown),
                conflict=self._conflict(hold, row.shown, upper_after),
            )
        )  # fmt: skip

    def _slack(self, row: Reached, hold: Hold, after: Deadline) -> tuple[int | None, int | None]:
        before_above, _ = self.now.get(hold.upper, (hold.upper_deadline, None))
        return slack_of(hold, row.shown, before_above), slack_of(hold, after, self._upper_of(hold))

    def _compare(self, row: Reached, after: Deadline, holds: Iterable[Hold]) -> None:
        """Note which contradictions arise and which are mended, at each link that may have changed."""
        for hold in holds:
            upper_before = self.now.get(hold.upper, (hold.upper_deadline, None))[0]
            upper_after = self._upper_of(hold)
            was = self._conflict(hold, row.shown, upper_before)
            is_now = self._conflict(hold, after, upper_after)
            if was != is_now:
                code = is_now or was
                self.conflicts.append(Conflict(row.roadmap, row.commitment, hold.upper, code, is_new=bool(is_now)))

    def _words(self, row: Reached, hold: Hold, change: Change) -> None:
        """What else changed above: the row is gone or back, its words, its executors."""

        def offer(kind: OfferKind, after: Deadline, **more: object) -> None:
            self.lapses.append(Lapse(row.roadmap, row.commitment, hold.upper, kind))
            made = Offer(
                kind, row.roadmap, row.commitment, hold.upper, row.shown, after, change.before, change.after,
                link=hold.link, rule=hold.rule,
            )  # fmt: skip
            self.offers.append(made._replace(**more))

        if change.after is None:
            for kind in (OfferKind.DATE, OfferKind.WORDING, OfferKind.EXECUTORS):
                self.lapses.append(Lapse(row.roadmap, row.commitment, hold.upper, kind))
            offer(OfferKind.WITHDRAWN, row.own)
            return
        if change.is_back:
            self.lapses.append(Lapse(row.roadmap, row.commitment, hold.upper, OfferKind.WITHDRAWN))
        if hold.kind not in BY_THE_WORD and hold.rule is not Rule.SAME:
            return
        if change.wording is not None:
            offer(OfferKind.WORDING, row.shown, wording=change.wording)
        if change.executors is not None:
            offer(OfferKind.EXECUTORS, row.shown, executors=change.executors)

    def _oblige(self, obligations: Iterable[Obligation], followers: Iterable[Follower]) -> None:
        """Offer new obliging rows to plans that have never dealt with them: what was dropped once never comes back."""
        dealt_with = {follower.roadmap: follower.dealt_with for follower in followers}
        for one in obligations:
            for roadmap in sorted(one.roadmaps):
                if roadmap in dealt_with and one.upper not in dealt_with[roadmap]:
                    self.offers.append(
                        Offer(
                            OfferKind.OBLIGING, roadmap, None, one.upper, None, one.deadline, None, one.deadline,
                            conflict="not-covered",
                        )
                    )  # fmt: skip
            self.lapses += [Lapse(roadmap, None, one.upper, OfferKind.OBLIGING) for roadmap in sorted(one.released)]


def answer_of(
    own: Deadline, holds: Sequence[Hold], uppers: Sequence[Deadline | None], calendar: WorkingCalendar
) -> _Answer | None:
    """
    Give what the links make of an own deadline, or None where they give nothing; the link is a place among `holds`.

    The own wording holds where it means the same, so that a document keeps its words until a date moves.
    """
    bounds = [
        Bound(place, hold.kind, hold.rule, upper, hold.days, hold.working, hold.lead_days)
        for place, (hold, upper) in enumerate(zip(holds, uppers, strict=True))
        if upper is not None and hold.rule is not Rule.OWN
    ]
    inherited = inherit(own, bounds, calendar) if bounds else None
    if inherited is None:
        return None
    keeps = same_meaning(inherited.deadline, own)
    return _Answer(own if keeps else inherited.deadline, None if keeps else inherited.deadline, inherited)


def nearest(own: Deadline, hold: Hold, upper: Deadline, calendar: WorkingCalendar) -> Deadline:
    """Give the least move that brings an own deadline into the bound of a link; the upper value where none does."""
    rule = Rule.SAME if hold.kind is LinkKind.MIRRORS else Rule.WITHIN
    for attempt in (rule, Rule.SAME):
        found = inherit(own, [Bound(0, hold.kind, attempt, upper, lead_days=hold.lead_days)], calendar)
        if found is not None and not found.longer_than_window:
            return found.deadline
    return own


def slack_of(hold: Hold, lower: Deadline, upper: Deadline | None) -> int | None:
    """Count the days between a row's end and the end that its upper row leaves it; None where nothing ends."""
    if hold.kind not in (LinkKind.IMPLEMENTS, LinkKind.FEEDS) or upper is None:
        return None
    if lower.due is None or upper.due is None:
        return None
    return (upper.due - dt.timedelta(hold.lead_days) - lower.due).days

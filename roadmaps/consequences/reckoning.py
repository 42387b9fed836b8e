"""The walk: rows uppers first, each from all its links, so that the tightest bound wins whatever changed first."""

from collections.abc import Iterable, Mapping, Sequence

from deadlines.inheritance import LinkKind, Rule, same_meaning
from deadlines.values import Deadline
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
from roadmaps.consequences.judging import Tie, Verdict, judge

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
        # deadlines by identity, which is enough because rows and verdicts keep them alive.
        self.verdicts: dict[tuple[object, ...], Verdict] = {}

    def of(
        self, rows: Sequence[Reached], obligations: Iterable[Obligation], followers: Iterable[Follower]
    ) -> Consequences:
        for row in rows:
            verdict = self._judge(row)
            if verdict is not None:
                self._note(row, verdict)
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

    def _judge(self, row: Reached) -> Verdict | None:
        """Decide about a row; None where none of its upper rows changed its date."""
        plan, changed, reckons = self.plans[row.roadmap], False, False
        ties = []
        for hold in row.holds:
            new = self.now.get(hold.upper)
            before, after = (hold.upper_deadline, hold.upper_deadline) if new is None else new
            changed = changed or new is not None
            reckons = reckons or hold.working
            ties.append((*hold[2:7], before, after, new is not None))
        if not changed:
            return None
        key = (
            *(id(row.own), id(row.shown), plan.follows, id(plan.calendar) if reckons else 0),
            *((*tie[:5], id(tie[5]), id(tie[6]), tie[7]) for tie in ties),
        )
        verdict = self.verdicts.get(key)
        if verdict is None:
            verdict = self.verdicts[key] = judge(
                row.own, row.shown, [Tie(*tie) for tie in ties], plan.calendar, follows=plan.follows
            )
        return verdict

    def _note(self, row: Reached, verdict: Verdict) -> None:
        """Write down what a verdict means for this row."""
        if verdict.after is not None:
            giver = row.holds[verdict.giver]
            self.now[row.commitment] = (row.shown, verdict.after)
            self.moves.append(
                Move(
                    row.version, row.commitment, row.roadmap, row.until, row.text, row.shown, verdict.after,
                    verdict.effective, giver.link, giver.upper, verdict.slack,
                )
            )  # fmt: skip
        if self.plans[row.roadmap].is_asked:
            self._lapse_dates(row)
        for question in verdict.questions:
            hold = row.holds[question.place]
            upper_before, upper_after = self.now[hold.upper]
            self.offers.append(
                Offer(
                    OfferKind.DATE, row.roadmap, row.commitment, hold.upper, row.shown, question.after, upper_before,
                    upper_after, link=hold.link, rule=hold.rule, conflict=question.conflict, slack=question.slack,
                )
            )  # fmt: skip
        for clash in verdict.clashes:
            upper = row.holds[clash.place].upper
            self.conflicts.append(Conflict(row.roadmap, row.commitment, upper, clash.code, clash.is_new))

    def _lapse_dates(self, row: Reached) -> None:
        """One question a row: whatever was asked before about any of its inherited dates is out of date."""
        inherits = any(hold.upper in self.now and hold.rule is not Rule.OWN for hold in row.holds)
        self.lapses += [
            Lapse(row.roadmap, row.commitment, hold.upper, OfferKind.DATE)
            for hold in row.holds
            if (inherits if hold.rule is not Rule.OWN else hold.upper in self.now)
        ]

    def _words(self, row: Reached, hold: Hold, change: Change) -> None:
        """What else changed above: the row is gone or back, its words, its executors."""

        def offer(kind: OfferKind, after: Deadline) -> None:
            self.lapses.append(Lapse(row.roadmap, row.commitment, hold.upper, kind))
            self.offers.append(
                Offer(
                    kind, row.roadmap, row.commitment, hold.upper, row.shown, after, change.before, change.after,
                    link=hold.link, rule=hold.rule,
                    wording=change.wording if kind is OfferKind.WORDING else None,
                    executors=change.executors if kind is OfferKind.EXECUTORS else None,
                )
            )  # fmt: skip

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
            offer(OfferKind.WORDING, row.shown)
        if change.executors is not None:
            offer(OfferKind.EXECUTORS, row.shown)

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

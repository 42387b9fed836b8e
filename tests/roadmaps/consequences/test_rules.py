"""The plain rules, one situation a line: no database."""

import datetime as dt

import pytest

from deadlines.calendar import WorkingCalendar
from deadlines.inheritance import LinkKind, Rule
from deadlines.values import Deadline, Kind
from roadmaps.consequences import (
    Change,
    Consequences,
    Follower,
    Hold,
    Obligation,
    OfferKind,
    Plan,
    Reached,
    reckon,
)

CALENDAR = WorkingCalendar()
UPPER, OTHER, ROW, BELOW = 1, 2, 11, 21
PLAN, DEEPER = 10, 20


def by(day: int, month: int = 11) -> Deadline:
    return Deadline(phrase=f"до {day}.{month}.2026", kind=Kind.BY, due=dt.date(2026, month, day))


def window(start: int, due: int) -> Deadline:
    days = {"start": dt.date(2026, 11, start), "due": dt.date(2026, 11, due)}
    return Deadline(phrase=f"{start} - {due}.11.2026", kind=Kind.WINDOW, **days)


def hold(
    upper: Deadline | None = None,
    rule: str = "same",
    kind: str = "implements",
    *,
    of: int = UPPER,
    link: int = 1,
    **more,
) -> Hold:
    values = {"days": 0, "working": False, "lead_days": 0} | more
    return Hold(link, of, LinkKind(kind), Rule(rule), upper_deadline=upper, **values)


def row(own: Deadline, *holds: Hold, shown: Deadline | None = None, key: int = ROW, plan: int = PLAN) -> Reached:
    return Reached(key, key * 100, plan, 32_001, "Строка", own, shown or own, holds)


def plans(*, follows: bool = True, deeper: bool = True) -> dict[int, Plan]:
    return {pk: Plan(pk, pk, does, CALENDAR, 1, "") for pk, does in ((PLAN, follows), (DEEPER, deeper))}


def after(change: Change, *rows: Reached, follows: bool = True, deeper: bool = True) -> Consequences:
    return reckon([change], rows, plans(follows=follows, deeper=deeper))


MOVED = Change(UPPER, by(10), by(13))


@pytest.mark.parametrize(
    ("below", "becomes"),
    [
        (row(by(10), hold(by(10))), by(13)),
        (row(by(9), hold(by(10), "shifted", days=-1)), by(12)),
        # Three working days before Friday the 13th: Tuesday.
        (row(by(5), hold(by(10), "shifted", days=-3, working=True)), by(10)),
        (row(by(8), hold(by(10), "same", "feeds", lead_days=2)), by(11)),
        (row(by(10), hold(by(10), "same", "consumes")), by(13)),
        (row(by(10), hold(by(10), "same", "mirrors")), by(13)),
        # Of several, the tightest: the other row still says the 11th.
        (row(by(10), hold(by(10)), hold(by(11), of=OTHER, link=2)), by(11)),
        # A withdrawn row, or one that never was, gives nothing new.
        (row(by(10), hold(by(10)), hold(None, of=OTHER, link=2)), by(13)),
    ],
)
def test_an_inheriting_row_follows(below: Reached, becomes: Deadline) -> None:
    found = after(MOVED, below)
    assert [(move.after.start, move.after.due) for move in found.moves] == [(becomes.start, becomes.due)]
    assert found.offers == []


@pytest.mark.parametrize(
    "below",
    [
        row(by(7), hold(by(10), "within")),  # it fits as before
        row(by(9), hold(by(10)), hold(by(9), of=OTHER, link=2)),  # the other row binds, and has not moved
        row(by(13), hold(by(10)), shown=by(13)),  # it says so already
        row(by(10), hold(by(10), of=OTHER)),  # another row above
    ],
)
def test_a_row_that_has_no_reason_stays(below: Reached) -> None:
    found = after(MOVED, below)
    assert (found.moves, found.offers, found.arising) == ([], [], [])


def test_a_window_is_moved_from_the_own_one_so_there_and_back_restores_it() -> None:
    own, held = window(8, 10), hold(by(10), "within")
    there = after(Change(UPPER, by(10), by(7)), row(own, held)).moves[0]
    assert (there.after.start, there.after.due) == (dt.date(2026, 11, 5), dt.date(2026, 11, 7))
    back = after(Change(UPPER, by(7), by(10)), row(own, hold(by(7), "within"), shown=there.after)).moves[0]
    assert (back.after, back.effective) == (own, None)  # its own words again


def test_a_window_longer_than_the_upper_one_stays_and_is_asked() -> None:
    found = after(Change(UPPER, window(1, 20), window(3, 6)), row(window(5, 15), hold(window(1, 20), "within")))
    assert found.moves == []
    assert [(offer.kind, offer.conflict) for offer in found.offers] == [(OfferKind.DATE, "later-than-upper")]
    assert [one.code for one in found.arising] == ["later-than-upper"]


def test_a_chain_follows_level_by_level_and_stops_where_somebody_has_to_be_asked() -> None:
    middle = row(by(10), hold(by(10)))
    last = row(by(8), hold(by(10), "shifted", of=ROW, link=2, days=-2), key=BELOW, plan=DEEPER)
    found = after(MOVED, middle, last)
    assert [(move.commitment, move.after.due.day, move.link) for move in found.moves] == [(ROW, 13, 1), (BELOW, 11, 2)]
    stopped = after(MOVED, middle, last, follows=False)
    assert stopped.moves == []
    assert [(offer.lower, offer.after) for offer in stopped.offers] == [(ROW, by(13))]


@pytest.mark.parametrize(
    ("change", "kind", "own", "conflict", "offered"),
    [
        (Change(UPPER, by(10), by(5)), "implements", by(8), "later-than-upper", by(5)),
        (Change(UPPER, by(10), by(13)), "implements", by(8), "", by(8)),
        (Change(UPPER, by(10), by(13)), "consumes", by(11), "earlier-than-source", by(13)),
        (Change(UPPER, by(10), by(13)), "mirrors", by(10), "differs-from-upper", by(13)),
        (
            Change(UPPER, window(5, 20), window(10, 20)),
            "implements",
            window(7, 9),
            "outside-upper-window",
            window(10, 12),
        ),
    ],
)
def test_an_own_date_never_moves_and_the_least_remedy_is_offered(
    change: Change, kind: str, own: Deadline, conflict: str, offered: Deadline
) -> None:
    found = after(change, row(own, hold(change.before, "own", kind)))
    assert found.moves == []
    [offer] = found.offers
    assert offer.after is not None
    assert (offer.conflict, offer.after.start, offer.after.due) == (conflict, offered.start, offered.due)
    assert [one.code for one in found.arising] == ([conflict] if conflict else [])


def test_slack_is_told_before_and_after() -> None:
    [offer] = after(Change(UPPER, by(10), by(9)), row(by(8), hold(by(10), "own"))).offers
    assert offer.slack == (2, 1)
    [move] = after(MOVED, row(by(8), hold(by(10), "shifted", days=-2))).moves
    assert move.slack == (2, 2)


def test_a_contradiction_that_goes_is_told_too() -> None:
    found = after(Change(UPPER, by(5), by(10)), row(by(8), hold(by(5), "own")))
    assert [(one.code, one.is_new) for one in found.conflicts] == [("later-than-upper", False)]


def test_a_withdrawn_row_keeps_holding_and_asks_all_who_hang_on_it() -> None:
    gone = Change(UPPER, by(10), None)
    found = after(gone, row(by(10), hold(by(10))), row(by(8), hold(by(10), "own"), key=12))
    assert found.moves == []
    assert [(offer.kind, offer.lower, offer.upper_after) for offer in found.offers] == [
        (OfferKind.WITHDRAWN, ROW, None),
        (OfferKind.WITHDRAWN, 12, None),
    ]


@pytest.mark.parametrize(
    ("held", "is_told"),
    [
        (hold(by(10), "own", "implements"), True),
        (hold(by(10), "same", "consumes"), True),
        (hold(by(10), "own", "mirrors"), True),
        (hold(by(10), "own", "consumes"), False),
        (hold(by(10), "shifted", "feeds"), False),
    ],
)
def test_words_and_executors_concern_rows_that_repeat_the_upper_one(held: Hold, *, is_told: bool) -> None:
    change = Change(UPPER, by(10), by(10), wording=("Было", "Стало"), executors=(("А",), ("Б",)))
    found = after(change, row(by(9), held))
    assert [offer.kind for offer in found.offers] == ([OfferKind.WORDING, OfferKind.EXECUTORS] if is_told else [])


def test_a_new_obligation_is_offered_to_those_who_never_dealt_with_the_row() -> None:
    obligation = Obligation(UPPER, by(10), frozenset({PLAN, DEEPER, 30}), released=frozenset({40}))
    followers = [Follower(PLAN, frozenset()), Follower(DEEPER, frozenset({UPPER}))]
    found = reckon([], [], plans(), [obligation], followers)
    assert [(offer.kind, offer.roadmap, offer.lower) for offer in found.offers] == [(OfferKind.OBLIGING, PLAN, None)]
    assert [(one.roadmap, one.kind) for one in found.lapses] == [(40, OfferKind.OBLIGING)]


def test_another_question_about_the_same_row_takes_the_place_of_the_former() -> None:
    found = after(MOVED, row(by(10), hold(by(10)), hold(by(30), of=OTHER, link=2)), follows=False)
    assert {(one.upper, one.kind) for one in found.lapses} == {(UPPER, OfferKind.DATE), (OTHER, OfferKind.DATE)}


def test_fingerprints_tell_outcomes_apart_and_not_their_order() -> None:
    one, other = row(by(10), hold(by(10))), row(by(9), hold(by(10), "shifted", days=-1), key=12)
    assert after(MOVED, one, other).fingerprint == after(MOVED, other, one).fingerprint
    assert after(MOVED, one).fingerprint != after(MOVED, one, other).fingerprint
    assert after(MOVED, one).fingerprint != after(MOVED, one, follows=False).fingerprint
    assert Consequences().is_empty

"""Deadlines handed down: whole values, shifts, windows within windows, and whose bound wins."""

import datetime as dt
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deadlines.calendar import WorkingCalendar
from deadlines.grammar import read
from deadlines.inheritance import Bound, Breach, Inherited, LinkKind, Rule, breach, breaks, inherit, propose, slide
from deadlines.values import Deadline, Kind, Period
from deadlines.wording import render
from tests.deadlines.meanings import by, meaning_of, months, recurring, window, windows

CALENDAR = WorkingCalendar()
PLAN = Period(dt.date(2024, 9, 1), dt.date(2025, 8, 31))


def d(phrase: str) -> Deadline:
    return read(phrase, PLAN)


def implements(upper: str | Deadline, rule: Rule = Rule.SAME, link: int = 1, **more) -> Bound:
    return Bound(
        link, more.pop("kind", LinkKind.IMPLEMENTS), rule, upper if isinstance(upper, Deadline) else d(upper), **more
    )


@given(st.one_of(by(), window(), months(), recurring()))
def test_same_copies_the_whole_value(upper):
    found = inherit(Deadline("своё"), [implements(upper)], CALENDAR)
    assert found is not None
    assert meaning_of(found.deadline) == meaning_of(upper)
    assert found.deadline.phrase == render(upper)


@pytest.mark.parametrize(
    ("upper", "days", "working", "expected"),
    [
        ("до 18.10.2024", 3, False, "до 21.10.2024"),
        ("до 18.10.2024", 3, True, "до 23.10.2024"),
        ("до 21.10.2024", -1, True, "до 18.10.2024"),
        ("14 — 18.10.2024", 5, True, "21 — 25.10.2024"),
        ("октябрь 2024", 0, False, "октябрь 2024 г."),
        ("октябрь 2024", 2, False, "03.10.2024 — 02.11.2024"),
        ("ежемесячно", 5, False, "ежемесячно"),
    ],
)
def test_shifted_moves_by_calendar_or_working_days(upper, days, working, expected):
    found = inherit(d("до 01.10.2024"), [implements(upper, Rule.SHIFTED, days=days, working=working)], CALENDAR)
    assert found is not None and found.deadline.phrase == expected


@pytest.mark.parametrize(
    ("own", "upper", "expected", "longer"),
    [
        ("15 — 17.10.2024", "14 — 18.10.2024", "15 — 17.10.2024", False),
        ("15 — 17.10.2024", "21 — 25.10.2024", "21 — 23.10.2024", False),
        ("15 — 17.10.2024", "07 — 11.10.2024", "09 — 11.10.2024", False),
        ("15 — 17.10.2024", "до 16.10.2024", "14 — 16.10.2024", False),
        ("до 17.10.2024", "до 16.10.2024", "до 16.10.2024", False),
        ("01 — 30.10.2024", "07 — 11.10.2024", "01 — 30.10.2024", True),
        ("октябрь 2024", "сентябрь 2024 - декабрь 2024", "октябрь 2024", False),
        ("01.10.2024, 20.10.2024", "10 — 25.10.2024", "10.10.2024, 20.10.2024", False),
        ("постоянно", "10 — 25.10.2024", "постоянно", True),
        ("по графику", "10 — 25.10.2024", "10 — 25.10.2024", False),
    ],
)
def test_within_moves_the_own_window_by_the_least_days(own, upper, expected, longer):
    found = inherit(d(own), [implements(upper, Rule.WITHIN)], CALENDAR)
    assert found is not None and (found.deadline.phrase, found.longer_than_window) == (expected, longer)


@given(windows(), windows())
def test_a_slide_is_the_least_of_all_that_fit(own, upper):
    found = slide(*own, *upper)
    if found is None:
        assert own.due - own.start > upper.due - upper.start
        return
    start, due = found
    assert start is not None and upper.start <= start and due <= upper.due and due - start == own.due - own.start
    moved = abs((start - own.start).days)
    assert not any(
        upper.start <= own.start + dt.timedelta(n) and own.due + dt.timedelta(n) <= upper.due
        for n in (moved - 1, 1 - moved)
        if moved
    )


@given(window(), windows(), windows())
def test_a_shift_there_and_back_restores_the_own_window(own, upper, other):
    if any(slide(w.start, w.due, *upper) != (w.start, w.due) for w in own.windows or [own]):
        return
    first = Deadline(kind=Kind.WINDOW, start=upper.start, due=upper.due)
    away = Deadline(kind=Kind.WINDOW, start=other.start, due=other.due)
    assert inherit(own, [implements(away, Rule.WITHIN)], CALENDAR) is not None
    assert inherit(own, [implements(first, Rule.WITHIN)], CALENDAR) == Inherited(own, 1)


def test_the_tightest_bound_wins_and_says_whose_it_is():
    bounds = [
        implements("до 20.10.2024", link=7),
        implements("до 18.10.2024", link=9),
        implements("до 01.10.2024", Rule.OWN, link=3),
    ]
    for order in itertools.permutations(bounds):
        found = inherit(d("до 30.10.2024"), order, CALENDAR)
        assert found is not None and (found.link, found.deadline.due) == (9, dt.date(2024, 10, 18))


def test_what_feeds_ends_its_lead_days_before():
    bound = implements("до 20.10.2024", kind=LinkKind.FEEDS, lead_days=5)
    found = inherit(d("до 30.10.2024"), [bound], CALENDAR)
    assert found is not None and found.deadline.phrase == "до 15.10.2024"


def test_a_consumed_result_moves_the_beginning_and_the_ceiling_keeps_the_end():
    source = implements("до 17.10.2024", Rule.SHIFTED, link=2, kind=LinkKind.CONSUMES, days=1)
    own = d("14 — 22.10.2024")
    assert inherit(own, [source, implements("14 — 25.10.2024", link=1)], CALENDAR) == Inherited(
        Deadline("18 — 25.10.2024", Kind.WINDOW, dt.date(2024, 10, 18), dt.date(2024, 10, 25)), 1, starts_after=2
    )
    alone = inherit(own, [implements("до 17.10.2024", Rule.WITHIN, kind=LinkKind.CONSUMES)], CALENDAR)
    assert alone is not None and alone.deadline.phrase == "17.10.2024 — 25.10.2024".replace("17.10.2024", "17")


def test_nothing_is_inherited_from_nothing():
    assert inherit(d("до 01.10.2024"), [], CALENDAR) is None
    assert inherit(d("до 01.10.2024"), [implements("до 01.09.2024", Rule.OWN), implements("")], CALENDAR) is None


@pytest.mark.parametrize(
    ("kind", "own", "upper", "expected"),
    [
        (LinkKind.IMPLEMENTS, "до 14.10.2024", "до 10.10.2024", Breach.LATER),
        (LinkKind.IMPLEMENTS, "до 10.10.2024", "до 10.10.2024", None),
        (LinkKind.IMPLEMENTS, "01 — 05.10.2024", "10 — 15.10.2024", Breach.OUTSIDE),
        (LinkKind.IMPLEMENTS, "09 — 15.10.2024", "10 — 15.10.2024", Breach.STARTS_BEFORE),
        (LinkKind.IMPLEMENTS, "09 — 16.10.2024", "10 — 15.10.2024", Breach.LATER),
        (LinkKind.CONSUMES, "до 09.10.2024", "до 10.10.2024", Breach.EARLIER),
        (LinkKind.CONSUMES, "до 12.10.2024", "до 10.10.2024", None),
        (LinkKind.CONSUMES, "10 — 15.10.2024", "10 — 15.10.2024", None),
        (LinkKind.FEEDS, "до 10.10.2024", "до 10.10.2024", Breach.LATER),
        (LinkKind.MIRRORS, "до 09.10.2024", "до 10.10.2024", Breach.DIFFERS),
        (LinkKind.MIRRORS, "октябрь 2024", "01 — 31.10.2024", None),
        (LinkKind.IMPLEMENTS, "по графику", "до 10.10.2024", None),
    ],
)
def test_each_kind_of_link_sets_its_own_bound(kind, own, upper, expected):
    lead = 3 if kind is LinkKind.FEEDS else 0
    assert breach(kind, d(own), d(upper), lead_days=lead) is expected
    assert breaks(kind, d(own), d(upper), lead_days=lead) is (expected is not None)


@pytest.mark.parametrize(
    ("own", "upper", "rule"),
    [
        ("до 10.10.2024", "До 10.10.2024 г.", Rule.SAME),
        ("ежемесячно", "1 раз в месяц", Rule.SAME),
        ("12 — 13.10.2024", "10 — 15.10.2024", Rule.WITHIN),
        ("до 12.10.2024", "октябрь 2024", Rule.WITHIN),
        ("до 12.10.2024", "до 17.10.2024", Rule.OWN),
        ("до 12.10.2024", "постоянно", Rule.OWN),
        ("09 — 13.10.2024", "10 — 15.10.2024", Rule.OWN),
        ("", "", Rule.OWN),
        ("по графику", "по графику", Rule.OWN),
    ],
)
def test_import_proposes_a_rule_and_never_guesses_a_shift(own, upper, rule):
    assert propose(LinkKind.IMPLEMENTS, d(own), d(upper)) is rule

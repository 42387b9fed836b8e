"""Deadlines carried into the next period keep their working position."""

import datetime as dt

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from deadlines.calendar import WorkingCalendar
from deadlines.carrying import Carrier, names_year, next_period, years_moved
from deadlines.grammar import read
from deadlines.values import Deadline, Kind, Period, Window

CALENDAR = WorkingCalendar()
ACADEMIC = Period(dt.date(2025, 9, 1), dt.date(2026, 8, 31))
NEXT = Period(dt.date(2026, 9, 1), dt.date(2027, 8, 31))


def carried(
    phrase: str, *others: str, old: Period = ACADEMIC, new: Period | None = None
) -> tuple[str, tuple[str, ...]]:
    deadlines = [read(one, old) for one in (phrase, *others)]
    found = Carrier(old, new or next_period(old), CALENDAR, deadlines).carry(deadlines[0])
    return found.deadline.phrase, found.doubts


@pytest.mark.parametrize(
    ("phrase", "becomes", "doubts"),
    [
        ("до 03.10.2025", "до 05.10.2026", ()),  # the third working day of October
        ("до 31.10.2025", "до 30.10.2026", ()),  # its last one
        ("до 30.09.2025 г.", "до 30.09.2026 г.", ()),
        ("не позднее 1 сентября 2025 года", "не позднее 1 сентября 2026 года", ()),
        ("до 29.12.2025", "до 29.12.2026", ()),  # the last but one of December
        ("20 — 24.10.2025", "19 — 23.10.2026", ()),  # a whole week stays a whole week
        ("13.10.2025 - 24.10.2025", "12 — 23.10.2026", ()),  # two weeks, two
        ("01.12.2025 — 03.12.2025", "01.12.2026 — 03.12.2026", ()),
        ("07.04.2026 — 09.04.2026", "07.04.2027 — 09.04.2027", ()),
        ("до 08.03.2026", "до 08.03.2027", ("day-off",)),  # a day off stays a day of the month
        ("до 18.10.2025", "до 19.10.2026", ()),  # unless the working days around it have moved past
        ("октябрь – декабрь 2025г.", "октябрь – декабрь 2026г.", ()),
        ("Сентябрь, декабрь", "Сентябрь, декабрь", ()),
        ("до 30 сентября", "до 30 сентября", ()),
        ("до 31 октября", "до 31 октября", ("day-off",)),  # names no year: stays as typed, and is told
        ("постоянно", "постоянно", ()),
        ("в течение 2025/2026 учебного года", "в течение 2026/2027 учебного года", ()),
        ("в течение 2025-26 учебного года", "в течение 2026-27 учебного года", ()),
        ("ежемесячно до 5 числа", "ежемесячно до 5 числа", ()),
        ("по отдельному графику", "по отдельному графику", ()),
        ("в течение года (по запросу)", "в течение года (по запросу)", ()),
        ("в течение 10 рабочих дней со дня утверждения", "в течение 10 рабочих дней со дня утверждения", ("by-event",)),
        ("— 21.10.2025", "— 21.10.2025", ("unknown",)),
        ("", "", ("unknown",)),
        ("до 01.10.2030", "до 01.10.2031", ("outside",)),
        ("до 12.01.2026", "до 11.01.2027", ()),
        ("до 24.02.2026", "до 20.02.2027", ("moved",)),  # the last but three of February, a worked Saturday
    ],
)  # fmt: skip
def test_every_kind_of_deadline_is_carried(phrase: str, becomes: str, doubts: tuple[str, ...]) -> None:
    assert carried(phrase) == (becomes, doubts)


def test_what_is_carried_means_what_its_phrase_says() -> None:
    old = [read(phrase, ACADEMIC) for phrase in ("20 — 24.10.2025", "с 15.10.2025", "сентябрь – май")]
    new = [Carrier(ACADEMIC, NEXT, CALENDAR, old).carry(one).deadline for one in old]
    assert [(one.start, one.due) for one in new] == [
        (dt.date(2026, 10, 19), dt.date(2026, 10, 23)),
        (dt.date(2026, 10, 15), NEXT.end),
        (dt.date(2026, 9, 1), dt.date(2027, 5, 31)),
    ]


def test_a_deadline_inside_a_week_stays_in_that_week() -> None:
    """The week of 13 October moves to that of 12 October; its Wednesday goes with it, whatever its number in the month."""
    assert carried("до 15.10.2025")[0] == "до 15.10.2026"
    assert carried("до 15.10.2025", "13 — 17.10.2025")[0] == "до 14.10.2026"


def test_what_ends_on_one_day_ends_on_one_day_again() -> None:
    window, by = carried("13 — 17.10.2025", "до 17.10.2025")[0], carried("до 17.10.2025", "13 — 17.10.2025")[0]
    assert (window, by) == ("12 — 16.10.2026", "до 16.10.2026")


def test_the_end_of_a_month_stays_its_end_also_beside_a_window() -> None:
    """March 2024 has two working days less than March 2023: the window gives way, not the month's last day."""
    old = Period(dt.date(2022, 9, 1), dt.date(2023, 8, 31))
    assert carried("15.03.2023 - 30.03.2023", "до 31.03.2023", old=old)[0] == "15 — 28.03.2024"
    assert carried("до 31.03.2023", "15.03.2023 - 30.03.2023", old=old)[0] == "до 29.03.2024"


def test_a_shorter_period_keeps_what_lay_inside_within_its_edges() -> None:
    old, new = Period(dt.date(2025, 9, 1), dt.date(2026, 6, 30)), Period(dt.date(2026, 9, 14), dt.date(2027, 5, 28))
    assert carried("до 02.09.2025", old=old, new=new) == ("до 14.09.2026", ("at-edge", "moved"))
    assert carried("до 30.06.2026", old=old, new=new) == ("до 28.05.2027", ("at-edge", "moved"))


def test_the_next_period_is_the_same_a_year_later() -> None:
    assert next_period(ACADEMIC) == NEXT
    assert next_period(Period(dt.date(2024, 2, 29), dt.date(2024, 12, 31))).start == dt.date(2025, 2, 28)


@pytest.mark.parametrize(
    ("phrase", "later"),
    [
        ("до 30.09.2026", "до 30.09.2027"), ("30.09.26", "30.09.27"), ("2026/27 учебный год", "2027/28 учебный год"),
        ("№ 120261", "№ 120261"), ("до 30 сентября", "до 30 сентября"), ("2026–2027", "2027–2028"),
    ],
)  # fmt: skip
def test_years_are_found_as_people_write_them(phrase: str, later: str) -> None:
    assert years_moved(phrase, 1) == later
    assert names_year(phrase) == (phrase != later)


YEARS = st.integers(2015, 2035)
DAYS = st.integers(0, 364)


def periods(year: int) -> tuple[Period, Period]:
    old = Period(dt.date(year, 9, 1), dt.date(year + 1, 8, 31))
    return old, next_period(old)


def by(day: dt.date) -> Deadline:
    return Deadline(f"до {day:%d.%m.%Y}", Kind.BY, due=day)


def window(first: dt.date, last: dt.date) -> Deadline:
    return Deadline("", Kind.WINDOW, start=first, due=last, windows=(Window(first, last),))


@settings(max_examples=25, deadline=None)
@given(YEARS, st.lists(DAYS, min_size=1, max_size=8), st.lists(st.tuples(DAYS, st.integers(1, 40)), max_size=4))
def test_no_deadline_overtakes_another_and_none_leaves_the_period(
    year: int, dues: list[int], spans: list[tuple[int, int]]
) -> None:
    old, new = periods(year)
    day = [old.start + dt.timedelta(n) for n in range((old.end - old.start).days + 1)]
    rows = [by(day[n]) for n in dues]
    rows += [window(day[first], day[min(first + length, 364)]) for first, length in spans if first < 364]
    carrier = Carrier(old, new, CALENDAR, rows)
    moved = [carrier.day(one) for one in day]
    assert moved == sorted(moved)
    assert new.start <= moved[0] and moved[-1] <= new.end
    assert [there for here, there in zip(day, moved, strict=True) if CALENDAR.is_working(here)] == [
        there
        for here, there in zip(day, moved, strict=True)
        if CALENDAR.is_working(here) and CALENDAR.is_working(there)
    ]


@settings(max_examples=40, deadline=None)
@given(YEARS, DAYS)
def test_there_and_back_is_the_same_day_where_the_months_are_as_long(year: int, number: int) -> None:
    old, new = periods(year)
    day = old.start + dt.timedelta(number)
    assume(CALENDAR.is_working(day))
    there = Carrier(old, new, CALENDAR).day(day)
    back = Carrier(new, old, CALENDAR).day(there)
    here, after = _count(day), _count(there)
    if here == after:
        assert back == day
    assert abs(CALENDAR.working_days_between(day, back)) <= abs(here - after)


def _count(day: dt.date) -> int:
    position = CALENDAR.position(day)
    return position.in_month + position.from_end_of_month - 1


@settings(max_examples=40, deadline=None)
@given(YEARS, st.integers(1, 50), st.integers(1, 3))
def test_whole_weeks_stay_whole_weeks(year: int, week: int, length: int) -> None:
    old, new = periods(year)
    monday = old.start - dt.timedelta(old.start.weekday()) + dt.timedelta(7 * week)
    friday = monday + dt.timedelta(7 * length - 3)
    every = [monday + dt.timedelta(n) for n in range((friday - monday).days + 3)]
    assume(old.holds(friday) and all(CALENDAR.is_working(day) == (day.weekday() < 5) for day in every))
    found = Carrier(old, new, CALENDAR, [window(monday, friday)]).carry(window(monday, friday)).deadline
    assert found.start is not None and found.due is not None
    if new.holds(found.start + dt.timedelta(-7)) and new.holds(found.due + dt.timedelta(7)):
        assert not CALENDAR.is_working(found.due + dt.timedelta(1))
        assert all(not CALENDAR.is_working(d) for d in _since_monday(found.start))


def _since_monday(day: dt.date) -> list[dt.date]:
    return [day - dt.timedelta(n) for n in range(1, day.weekday() + 1)]

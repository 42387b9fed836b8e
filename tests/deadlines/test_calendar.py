"""The working calendar: official days, a region's own, shifts by bisect against counting day by day."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deadlines.calendar import DayPosition, WorkingCalendar

FIVE = WorkingCalendar()
SIX = WorkingCalendar(week_days=6)
DAYS = st.dates(dt.date(2006, 1, 1), dt.date(2035, 12, 31))


@pytest.mark.parametrize(
    ("day", "five", "six"),
    [
        ("2022-03-05", True, True),  # a Saturday worked by decree
        ("2022-03-07", False, True),  # given for that Saturday
        ("2022-05-02", False, False),  # for the Sunday holiday of 1 May
        ("2022-05-10", False, False),  # given for a Sunday of January
        ("2023-02-24", False, False),
        ("2024-04-27", True, True),
        ("2024-04-29", False, True),
        ("2024-12-28", True, True),
        ("2024-12-30", False, True),
        ("2025-11-01", True, True),
        ("2025-11-03", False, True),
        ("2025-12-31", False, False),
        ("2026-01-09", False, True),
        ("2026-05-11", False, True),  # 9 May 2026 is a Saturday
        ("2026-10-17", False, True),
        ("2026-10-18", False, False),
        ("2026-10-19", True, True),
    ],
)
def test_probe_days_are_worked_as_the_decrees_say(day, five, six):
    probe = dt.date.fromisoformat(day)
    assert (FIVE.is_working(probe), SIX.is_working(probe)) == (five, six)


@pytest.mark.parametrize(
    ("year", "count"), [(2013, 247), (2019, 247), (2022, 247), (2023, 247), (2024, 248), (2025, 247), (2026, 247)]
)
def test_a_year_has_the_official_number_of_working_days(year, count):
    assert len(FIVE.days(year)) == count


def test_a_year_without_a_decree_is_not_known():
    assert [FIVE.is_known(year) for year in (1990, 2022, 2026, 2090)] == [False, True, True, False]
    assert FIVE.unknown_years([dt.date(2022, 1, 1), dt.date(2090, 5, 5)]) == (2090,)


def test_a_region_adds_days_off_and_working_days():
    region = WorkingCalendar({dt.date(2024, 4, 16): False, dt.date(2024, 4, 20): True})
    assert [region.is_working(dt.date(2024, 4, n)) for n in (15, 16, 20)] == [True, False, True]
    assert region.shift(dt.date(2024, 4, 15), 1) == dt.date(2024, 4, 17)
    assert FIVE.shift(dt.date(2024, 4, 15), 1) == dt.date(2024, 4, 16)


@given(DAYS, st.integers(-300, 300))
def test_a_shift_is_counting_one_working_day_after_the_other(day, number):
    step = dt.timedelta(1 if number > 0 else -1)
    counted, left = day, abs(number)
    while left:
        counted += step
        left -= FIVE.is_working(counted)
    assert FIVE.shift(day, number) == counted


@given(DAYS, st.integers(0, 400))
def test_working_days_between_is_the_shift_back(day, number):
    start = FIVE.next_working(day)
    assert FIVE.working_days_between(start, FIVE.shift(start, number)) == number
    assert FIVE.working_days_between(FIVE.shift(start, number), start) == -number


@given(DAYS)
def test_next_and_previous_working_days_are_worked_and_nearest(day):
    after, before = FIVE.next_working(day), FIVE.previous_working(day)
    assert FIVE.is_working(after) and FIVE.is_working(before) and before <= day <= after
    assert (after == before) == FIVE.is_working(day)


def test_a_position_counts_in_the_month_in_the_year_and_from_the_end():
    assert FIVE.position(dt.date(2024, 1, 9)) == DayPosition(1, 1, 17)
    assert FIVE.position(dt.date(2024, 10, 31)) == DayPosition(23, 206, 1)
    assert FIVE.position(dt.date(2024, 12, 28)) == DayPosition(21, 248, 1)


def test_only_weeks_of_five_and_six_days_exist():
    with pytest.raises(ValueError, match="five or six"):
        WorkingCalendar(week_days=7)

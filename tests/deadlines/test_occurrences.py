"""Occasions and their labels, which stay when days move."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deadlines.grammar import read
from deadlines.occurrences import Occurrence, occurrences, spans
from deadlines.values import Period, Window
from tests.deadlines.meanings import deadlines

SCHOOL = Period(dt.date(2024, 9, 1), dt.date(2025, 8, 31))


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("до 15.10.2024", ["=2024-10-15"]),
        ("14 — 18.10.2024", ["=2024-10-18"]),
        ("октябрь, декабрь 2024", ["w1=2024-10-31", "w2=2024-12-31"]),
        ("до 15.10.2024, до 20.11.2024", ["w1=2024-10-15", "w2=2024-11-20"]),
        ("в течение учебного года", ["=2025-08-31"]),
        ("ежеквартально", ["2024-Q3=2024-09-30", "2024-Q4=2024-12-31", "2025-Q1=2025-03-31", "2025-Q2=2025-06-30"]),
        (
            "ежеквартально до 5 числа месяца, следующего за отчетным кварталом",
            ["2024-Q3=2024-10-05", "2024-Q4=2025-01-05", "2025-Q1=2025-04-05", "2025-Q2=2025-07-05"],
        ),
        ("раз в полугодие", ["2024-H2=2024-12-31", "2025-H1=2025-05-31"]),
        ("ежегодно до 1 марта", ["2025=2025-03-01"]),
        (
            "2 раза в месяц с 20.09.2024 по 31.10.2024",
            ["2024-09/2=2024-09-30", "2024-10=2024-10-15", "2024-10/2=2024-10-31"],
        ),
        ("еженедельно с 01.10.2024 по 14.10.2024", ["2024-W40=2024-10-04", "2024-W41=2024-10-11"]),
        ("ежедневно с 04.10.2024 по 07.10.2024", ["2024-10-04=2024-10-04", "2024-10-07=2024-10-07"]),
        (
            "30 числа ежемесячно с 01.01.2025 по 31.03.2025",
            ["2025-01=2025-01-30", "2025-02=2025-02-28", "2025-03=2025-03-30"],
        ),
        ("по отдельному графику", []),
        ("в течение 10 дней после утверждения", []),
        ("", []),
    ],
)
def test_a_phrase_has_these_occasions(phrase, expected):
    assert [f"{o.label}={o.due}" for o in occurrences(read(phrase, SCHOOL), SCHOOL)] == expected


def test_a_monthly_deadline_keeps_its_labels_when_its_day_moves():
    labels = [[o.label for o in occurrences(read(f"до {n} числа ежемесячно"), SCHOOL)] for n in (1, 10, 28, 31)]
    assert labels == [[f"2024-{m:02d}" for m in range(9, 13)] + [f"2025-{m:02d}" for m in range(1, 9)]] * 4


def test_the_edge_of_a_plan_does_not_change_a_label():
    later = Period(dt.date(2024, 9, 20), SCHOOL.end)
    deadline = read("2 раза в месяц")
    assert set(occurrences(deadline, later)) < set(occurrences(deadline, SCHOOL))


@given(deadlines(), st.dates(dt.date(2015, 1, 1), dt.date(2030, 1, 1)), st.integers(30, 1100))
def test_labels_are_unique_and_days_in_order(deadline, start, length):
    found = occurrences(deadline, Period(start, start + dt.timedelta(length)))
    assert len({o.label for o in found}) == len(found)
    assert list(found) == sorted(found, key=lambda o: (o.start or o.due, o.due))


def test_spans_also_give_the_only_window():
    assert spans(read("14 — 18.10.2024")) == (Window(dt.date(2024, 10, 14), dt.date(2024, 10, 18)),)
    assert occurrences(read("14 — 18.10.2024"), SCHOOL) == (
        Occurrence("", dt.date(2024, 10, 14), dt.date(2024, 10, 18)),
    )

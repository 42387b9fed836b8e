"""The meaning in words: read back, inflected, short."""

import datetime as dt

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from deadlines.calendar import WorkingCalendar
from deadlines.grammar import read
from deadlines.values import Deadline, Kind, Period, Relative, Window
from deadlines.wording import meaning, render
from deadlines.wording.russian import plural
from tests.deadlines.meanings import deadlines, meaning_of

YEAR = Period(dt.date(2025, 9, 1), dt.date(2026, 8, 31))


@given(deadlines())
def test_a_rendered_deadline_reads_back_as_it_was(deadline):
    assert meaning_of(read(render(deadline))) == meaning_of(deadline)


@given(deadlines(), st.dates(dt.date(2015, 1, 1), dt.date(2038, 1, 1)))
def test_no_plan_period_changes_what_a_rendered_deadline_means(deadline, start):
    period = Period(start, start + dt.timedelta(364))
    assume(deadline.kind is not Kind.CONTINUOUS)  # a plan inside the named school year gives its own bounds
    assert meaning_of(read(render(deadline), period)) == meaning_of(deadline)


@given(deadlines())
def test_every_meaning_has_words_in_both_languages(deadline):
    for language in ("ru", "en"):
        assert render(deadline, language)
        assert meaning(deadline, language, calendar=WorkingCalendar(), today=dt.date(2025, 10, 1), period=YEAR)


@pytest.mark.parametrize(
    ("phrase", "russian", "english"),
    [
        ("до 17 октября 2025", "до 17.10.2025", "by 17 October 2025"),
        ("с 13 по 17 октября 2025", "13 — 17.10.2025", "13–17 October 2025"),
        ("сентябрь-май", "сентябрь 2025 г. — май 2026 г.", "September 2025 – May 2026"),
        ("IV квартал", "октябрь — декабрь 2025 г.", "October–December 2025"),
        ("весь год", "в течение 2025-2026 учебного года", "continuously, throughout the school year 2025–2026"),
        ("до 5 числа каждого месяца", "ежемесячно до 5 числа", "every month, by the 5th"),
        ("раз в квартал", "ежеквартально", "every quarter, by the last day"),
        ("в конце каждого месяца", "ежемесячно", "every month, by the last day"),
        ("последняя среда месяца", "ежемесячно, последняя среда месяца", "every month, on the last Wednesday"),
        ("за 1 рабочий день до заседания", "за 1 рабочий день до заседания", "1 working day before “заседания”"),
        ("в течение 21 дня со дня подписания", "в течение 21 дня после подписания", "within 21 days of “подписания”"),
        ("по графику", "по отдельному графику", "by a separate schedule"),
        (
            "ежемесячно, кроме июля и августа",
            "ежемесячно, кроме июля и августа",
            "every month, by the last day, except in July and August",
        ),
        ("ежемесячно до 3 рабочего дня", "ежемесячно, 3-й рабочий день месяца", "every month, on the 3rd working day"),
        (
            "последний рабочий день квартала",
            "последний рабочий день квартала",
            "every year, on the last working day of March, June, September and December",
        ),
        (
            "1 раз в квартал до 20 числа последнего месяца",
            "ежеквартально до 20 числа последнего месяца квартала",
            "every quarter, by the 20th of its last month",
        ),
        (
            "до 15 сентября, далее раз в полугодие",
            "ежегодно до 15 марта, до 15 сентября с 15.09.2025",
            "every year, by 15 March and 15 September, from 15 September 2025",
        ),
        ("1 раз в семестр", "1 раз в семестр", "once a school term"),
        ("за 14 дней до", "за 14 дней до", "14 days before the event"),
    ],
)
def test_wordings_are_what_a_clerk_would_write(phrase, russian, english):
    found = read(phrase, YEAR)
    assert (render(found), render(found, "en")) == (russian, english)


@pytest.mark.parametrize(
    ("phrase", "russian", "english"),
    [
        ("до 26.09.2025", "пт, 26 сентября", "Fri, 26 September"),
        (
            "до 20 октября",
            "пн, 20 октября 2025: год из периода плана",
            "Mon, 20 October 2025: year from the plan's period",
        ),
        ("13 — 17.10.2025", "пн, 13 — пт, 17 октября", "Mon, 13 – Fri, 17 October"),
        ("28.10.2025 — 06.11.2025", "вт, 28 октября — чт, 6 ноября", "Tue, 28 October – Thu, 6 November"),
        ("до 04.11.2025", "вт, 4 ноября, выходной день", "Tue, 4 November, a day off"),
        ("ежемесячно до 5 числа", "12 сроков, ближайший — ср, 5 ноября", "12 dates, the next on Wed, 5 November"),
        ("октябрь, декабрь 2025", "2 срока, ближайший — пт, 31 октября", "2 dates, the next on Fri, 31 October"),
        (
            "постоянно",
            "весь период: 1 сентября 2025 — 31 августа 2026",
            "the whole period: 1 September 2025 – 31 August 2026",
        ),
        (
            "— 21.10.2025",
            "понят только конец: вт, 21 октября 2025",
            "only the end was understood: Tue, 21 October 2025",
        ),
        ("", "срок не указан", "no deadline"),
        ("абракадабра", "срок не понят", "not understood"),
    ],
)
def test_the_short_sentence_stands_under_the_phrase(phrase, russian, english):
    found, calendar, today = read(phrase, YEAR), WorkingCalendar(), dt.date(2025, 10, 20)
    assert meaning(found, calendar=calendar, today=today, period=YEAR) == russian
    assert meaning(found, "en", calendar=calendar, today=today, period=YEAR) == english


@pytest.mark.parametrize(
    ("number", "form"), [(1, "срок"), (2, "срока"), (5, "сроков"), (11, "сроков"), (21, "срок"), (104, "срока")]
)
def test_plurals_go_with_their_numbers(number, form):
    assert plural(number, "срок", "срока", "сроков") == form


def test_what_has_no_wording_keeps_its_phrase():
    found = Deadline("как получится", Kind.RELATIVE, relative=Relative(None, ""), warnings=())
    assert render(found) == "как получится"
    listed = Deadline(
        kind=Kind.WINDOW,
        start=dt.date(2025, 1, 1),
        due=dt.date(2025, 2, 2),
        windows=(Window(dt.date(2025, 1, 1), dt.date(2025, 2, 2)),),
    )
    assert render(listed) == "01.01.2025 — 02.02.2025"

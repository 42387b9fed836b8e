"""The meaning in words: read back, inflected, short."""

import datetime as dt

from hypothesis import assume, given
from hypothesis import strategies as st

from deadlines.calendar import WorkingCalendar
from deadlines.grammar import read
from deadlines.values import Kind, Period
from deadlines.wording import meaning, render
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

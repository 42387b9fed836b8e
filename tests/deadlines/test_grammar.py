"""Phrases as people write them: kinds, days, rules, and the doubts that are named."""

import csv
import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deadlines.grammar import LONGEST, WARNINGS, lexicon, read
from deadlines.grammar.scanning import Scanner
from deadlines.grammar.tokens import tokenize
from deadlines.values import Deadline, Kind, Period, Relative, Suggestion, Window

SCHOOL = Period(dt.date(2024, 9, 1), dt.date(2025, 8, 31))
PLANS = {
    "school": SCHOOL,
    "year": Period(dt.date(2025, 1, 1), dt.date(2025, 12, 31)),
    "three": Period(dt.date(2025, 1, 1), dt.date(2027, 12, 31)),
    "none": None,
}


def _table() -> list[dict[str, str]]:
    with (Path(__file__).parent / "phrases.tsv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def _day(text: str) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def _expected(row: dict[str, str]) -> Deadline:
    windows = tuple(Window(*map(dt.date.fromisoformat, w.split("/"))) for w in row["windows"].split(";") if w)
    relative = Relative(row["duration"] or None, row["event"]) if row["kind"] == "relative" else None
    return Deadline(
        phrase=row["phrase"],
        kind=Kind(row["kind"]),
        start=_day(row["start"]),
        due=_day(row["due"]),
        windows=windows,
        rrules=tuple(r for r in row["rrules"].split(" + ") if r),
        relative=relative,
        warnings=tuple(w for w in row["warnings"].split(",") if w),
    )


@pytest.mark.parametrize("row", _table(), ids=lambda row: f"{row['plan']}: {row['phrase']}")
def test_a_phrase_means_what_the_table_says(row):
    found = read(row["phrase"], PLANS[row["plan"]])
    expected = _expected(row)
    assert found == Deadline(**{**_fields(expected), "suggestions": found.suggestions})


def _fields(deadline: Deadline) -> dict:
    return {name: getattr(deadline, name) for name in Deadline.__slots__}


@pytest.mark.parametrize("phrase", ["", " ", "\u00a0", "-", "—", "…", "\u200b", "**", "нет", "не указан"])
def test_nothing_written_is_nothing_invented(phrase):
    assert read(phrase, SCHOOL) == Deadline(phrase, warnings=("no-deadline",))


def test_more_than_five_hundred_characters_are_not_read():
    long = "до 15.10.2024 " + "ы" * LONGEST
    assert read(long, SCHOOL) == Deadline(long, warnings=("too-long",))
    assert read(f"до 15.10.2024{' ' * (LONGEST - 13)}", SCHOOL).due == dt.date(2024, 10, 15)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("до 15.10.2024", "До  15.10.2024 г."),
        ("до 15.10.2024", "**до 15.10.2024**"),
        ("до 15.10.2024", "до\u00a015.10.2024\u202fг."),
        ("до 15.10.2024", "ДО 15 ОКТЯБРЯ 2024 ГОДА"),
        ("14 — 18.10.2024", "14-18.10.2024"),
        ("14 — 18.10.2024", "14−18 октября 2024 г."),  # the minus sign
        ("14 — 18.10.2024", "с 14 по 18 октября 2024 года"),
        ("четвёртый квартал 2024", "IV квартал 2024 г."),
        ("четвёртый квартал 2024", "4-й кв. 2024"),
        ("октябрь – декабрь 2024г.", "октябрь 2024 - декабрь 2024"),
        ("в течение трёх дней после получения", "в течение 3-х дней после получения"),
    ],
)
def test_spelling_does_not_change_the_meaning(one, other):
    a, b = read(one, SCHOOL), read(other, SCHOOL)
    assert (a.kind, a.start, a.due, a.windows, a.relative) == (b.kind, b.start, b.due, b.windows, b.relative)


def test_a_date_outside_the_plan_keeps_its_days_and_suggests_what_fits_its_siblings():
    siblings = [(None, dt.date(2025, 1, 14)), (dt.date(2025, 1, 14), dt.date(2025, 1, 19))]
    found = read("до 28.12.2025 г.", SCHOOL, siblings=siblings)
    assert (found.kind, found.due, found.warnings) == (Kind.BY, dt.date(2025, 12, 28), ("outside-period",))
    order = [s.due for s in found.suggestions]
    assert order[0] == dt.date(2025, 1, 28)
    assert order.index(dt.date(2025, 1, 28)) < order.index(dt.date(2024, 12, 28))


def test_without_siblings_a_wrong_year_is_the_likeliest_slip():
    found = read("январь 2024 г.", SCHOOL)
    assert found.windows == (Window(dt.date(2024, 1, 1), dt.date(2024, 1, 31)),)
    assert found.suggestions[0] == Suggestion(dt.date(2025, 1, 1), dt.date(2025, 1, 31))


def test_a_lost_start_keeps_the_end_and_suggests_the_week():
    assert read("— 18.10.2024 г.", SCHOOL) == Deadline(
        phrase="— 18.10.2024 г.",
        due=dt.date(2024, 10, 18),
        warnings=("start-lost",),
        suggestions=(Suggestion(dt.date(2024, 10, 14), dt.date(2024, 10, 18)), Suggestion(None, dt.date(2024, 10, 18))),
    )


def test_a_month_that_the_plan_begins_or_ends_in_is_inside_it():
    plan = Period(dt.date(2024, 9, 16), dt.date(2025, 6, 15))
    assert read("сентябрь 2024 г.", plan).warnings == ()
    assert read("июнь 2025", plan).warnings == ()
    assert read("до 10.09.2024", plan).warnings == ("outside-period",)


def test_every_warning_is_documented():
    given_codes = {w for row in _table() for w in row["warnings"].split(",") if w}
    assert given_codes <= set(WARNINGS)


_WORDS = st.sampled_from(
    [
        *lexicon.WORDS,
        *lexicon.SCHEDULE,
        *lexicon.REQUEST,
        *[
            "1",
            "5",
            "15",
            "31",
            "99",
            "2024",
            "24",
            ".",
            ",",
            "-",
            "—",
            "(",
            ")",
            ":",
            ";",
            "/",
            "15.10.2024",
            "IV",
            "5-го",
            "г.",
        ],
    ]
)


@given(st.text(max_size=LONGEST), st.sampled_from([SCHOOL, None]))
def test_no_text_of_any_alphabet_breaks_the_grammar(phrase, period):
    _is_sound(read(phrase, period))


@given(st.lists(_WORDS, max_size=14), st.sampled_from([" ", "", ", "]), st.sampled_from([SCHOOL, PLANS["three"], None]))
def test_no_heap_of_its_own_words_breaks_the_grammar(words, between, period):
    _is_sound(read(between.join(words)[:LONGEST], period))


def _is_sound(found: Deadline) -> None:
    assert set(found.warnings) <= set(WARNINGS)
    assert Deadline.from_json(found.to_json()) == found
    assert found.start is None or found.due is None or found.start <= found.due
    assert all(w.start <= w.due for w in found.windows)
    assert found.kind is not Kind.UNKNOWN or found.warnings
    assert found.kind is Kind.RELATIVE or found.relative is None


@given(st.text(st.characters(exclude_categories=("Nd", "Nl", "No"), exclude_characters="", codec="utf-8"), max_size=60))
def test_words_that_are_not_russian_are_not_understood(phrase):
    found = read(phrase, SCHOOL)
    if any(
        c.isalpha() and not ("а" <= c.lower() <= "я" or c.lower() in "ёi" or c.isascii())
        for c in tokenize(phrase).clean
    ):
        assert found.kind is Kind.UNKNOWN or not tokenize(phrase).foreign


class _Counting(Scanner):
    """Counts how often a token is looked at."""

    looks = 0

    def at(self, i):
        self.looks += 1
        return super().at(i)


@pytest.mark.parametrize(
    "unit",
    ["до ", "с ", "1,", "5-", "- ", "до 15.10.2024 ", "1 и ", "по пятницам и ", "месяца, ", "не позднее ", "ы ", "10.", "( ", "первый ",
     "I-", "в течение ", "раз в ", "за ", "октябрь, ", "15 октября и ", "по графику ", "и.", "до до 5 ",
     "с 3 по 7 и ", "1; ", "кроме июля, ", "кроме ", "в начале и ", "после до 5 мая ", "осенние, ", "09.2024-", "каждое 5 "],
)  # fmt: skip
def test_reading_takes_time_in_proportion_to_the_length(unit):
    def looks(length: int) -> int:
        scanner = _Counting(tokenize((unit * length)[:length]), school=True)
        scanner.run()
        return scanner.looks

    assert looks(500) <= 6 * looks(125) + 2000

"""The demo's content: dates of whatever year, names that nobody bears, wording that nobody wrote before."""

import datetime as dt
import itertools
import json
import random
import re
from pathlib import Path

import pytest

from deadlines.calendar import WorkingCalendar
from deadlines.grammar import read
from deadlines.values import Kind
from roadmaps.choices import Rule
from roadmaps.demo import institutes, municipal, people, regional_plan, schools, tree
from roadmaps.demo.dates import Year
from roadmaps.demo.notation import Plan, Result, Turn, consumes, implements, turned
from tests.shared import SHARED, needs_shared

PLANS = (regional_plan.PLAN, institutes.MASTERY, institutes.CENTRE, municipal.PLAN, schools.PLAN, schools.NETWORK)
TURNS = [value for module in (municipal, schools) for value in vars(module).values() if isinstance(value, Turn)]
ROOM = Path(regional_plan.__file__).parent


@pytest.mark.parametrize(
    ("today", "first"), [(dt.date(2026, 9, 1), 2026), (dt.date(2026, 8, 31), 2025), (dt.date(2027, 1, 15), 2026)]
)
def test_the_year_is_that_of_the_loading_day(today: dt.date, first: int) -> None:
    assert Year.of(today).first == first


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("09-25", dt.date(2026, 9, 25)),
        ("02-19", dt.date(2027, 2, 19)),
        ("-08-20", dt.date(2026, 8, 20)),
        ("10-24", dt.date(2026, 10, 23)),  # a Saturday gives way
        ("10-24>", dt.date(2026, 10, 26)),
        ("10-24!", dt.date(2026, 10, 24)),
        ("10-20~", dt.date(2026, 10, 24)),
        ("11-10@+1", dt.date(2027, 11, 10)),
    ],
)
def test_a_day_gives_way_to_work_unless_it_is_meant(text: str, day: dt.date) -> None:
    assert Year(2026).day(text) == day


def test_what_is_no_day_is_refused() -> None:
    with pytest.raises(ValueError, match="tomorrow"):
        Year(2026).day("tomorrow")


@pytest.mark.parametrize(
    ("style", "said"), [(0, "до 25.09.2026"), (1, "до 25.09.2026 г."), (2, "до 25 сентября 2026 г.")]
)
def test_clerks_spell_days_differently(style: int, said: str) -> None:
    assert Year(2026).say("до {09-25}", style=style) == said


def test_a_changed_date_is_an_own_date() -> None:
    plan = Plan(
        "",
        (
            regional_plan.Section(
                "", (regional_plan.Activity("", (Result("x", "text", "до {09-25}", (), implements("y", Rule.SAME)),)),)
            ),
        ),
    )
    changed = turned(plan, Turn(changes={"x": {"when": "до {09-28}"}})).results()[0]
    assert (changed.when, changed.ties) == ("до {09-28}", implements("y", Rule.OWN))
    assert turned(plan, Turn(changes={"x": {"ties": consumes("y")}})).results()[0].ties == consumes("y")
    assert turned(plan, Turn(omit=frozenset({"x"}))).results() == []


@pytest.mark.parametrize("first", range(2024, 2031))
def test_in_every_year_the_patterns_mean_dates_of_the_year(first: int) -> None:
    """The patterns are what good plans look like: no doubt in any date, and none on a day off that is not meant."""
    year = Year(first)
    calendar = WorkingCalendar()
    for result in itertools.chain.from_iterable(plan.results() for plan in PLANS):
        deadline = read(year.say(result.when), year.period)
        assert deadline.kind is not Kind.UNKNOWN, result
        assert set(deadline.warnings) <= {"month-assumed"}, (result, deadline)  # of which month of the quarter
        if deadline.kind in (Kind.BY, Kind.WINDOW) and "~" not in result.when:
            assert deadline.due is not None
            assert calendar.is_working(deadline.due), (result, deadline)
            assert year.period.holds(deadline.due)


def test_every_tie_and_every_change_names_a_row_that_there_is() -> None:
    known = {result.key for plan in PLANS for result in plan.results()}
    ties = {tie.upper for plan in PLANS for result in plan.results() for tie in result.ties}
    changed = {key for turn in TURNS for key in (*turn.changes, *turn.omit, *turn.waive)}
    assert (ties | changed | set(schools.ADOPTED)) - known == set()


def test_keys_do_not_repeat() -> None:
    keys = [result.key for plan in PLANS for result in plan.results()]
    assert len(keys) == len(set(keys))


def test_nobody_shares_surname_and_initials() -> None:
    names = list(itertools.islice(people.names(random.Random(1)), 600))
    assert len({name.short for name in names}) == 600


def test_the_region_is_as_large_as_a_region() -> None:
    sizes = [len(tree.schools_of(town)) for town in tree.TOWNS]
    assert (len(tree.TOWNS), sum(sizes) + len(tree.OWN_SCHOOLS)) == (34, 117)
    names = [school["name"] for town in tree.TOWNS for school in tree.schools_of(town)]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize(
    ("town", "names"),
    [
        (tree.TOWNS[0], ("Соколоярский городской округ", "Соколоярского городского округа", "Соколоярским городским округом", "Соколоярском городском округе")),
        (tree.TOWNS[1], ("Медоборский округ", "Медоборского округа", "Медоборским округом", "Медоборском округе")),
        (tree.TOWNS[4], ("Липоводский район", "Липоводского района", "Липоводским районом", "Липоводском районе")),
    ],
)  # fmt: skip
def test_municipalities_are_declined(town: tree.Town, names: tuple[str, ...]) -> None:
    values = town.values
    assert (values["short_name"], values["short_genitive"], values["short_instrumental"], town.locative) == names


def words(text: str) -> list[str]:
    return re.findall(r"[а-яёa-z0-9]+", text.lower())


def texts(data: object) -> list[str]:
    if isinstance(data, str):
        return [data]
    if isinstance(data, dict):
        data = list(data.values())
    return [text for item in data for text in texts(item)] if isinstance(data, list) else []


@needs_shared
def test_nothing_is_taken_from_the_real_plans() -> None:
    """No seven words in a row, no surname and no place of the real documents."""
    real = [
        json.loads(path.read_text(encoding="utf-8")) for path in sorted((SHARED / "plans" / "gold").glob("0*.json"))
    ]
    said = [words(text) for text in texts(real)]
    runs = {tuple(run[at : at + 7]) for run in said for at in range(len(run) - 6)}
    ours = [
        words(text) for path in ROOM.glob("*.py") for text in re.findall(r'"([^"]+)"', path.read_text(encoding="utf-8"))
    ]
    assert {tuple(run[at : at + 7]) for run in ours for at in range(len(run) - 6)} & runs == set()
    surnames = {hit for text in texts(real) for hit in re.findall(r"([А-ЯЁ][а-яё]+) [А-ЯЁ]\. ?[А-ЯЁ]\.", text)}
    assert surnames
    invented = {name.surname for name in itertools.islice(people.names(random.Random(1)), 600)}
    assert invented & surnames == set()

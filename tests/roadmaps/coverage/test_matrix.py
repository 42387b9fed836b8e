"""What a cell of the coverage says, which bodies stand in it, and what its totals count."""

import pytest

from roadmaps.coverage import Body, Demand, Matrix, Narrowing, State, matrix_of, near, schools_of, state_of
from roadmaps.matching.bodies import Level

TOWN, SCHOOL, INSTITUTE = Level.MUNICIPALITY, Level.SCHOOL, Level.INSTITUTE
EVERY_TOWN, EVERY_SCHOOL = Demand(1, "all-municipalities"), Demand(2, "all-schools", sections=(50,))
NAMED, NOBODY = Demand(3, "named", frozenset({12})), Demand(4, "nobody", sections=(50, 51))
DEMANDS = (EVERY_TOWN, EVERY_SCHOOL, NAMED, NOBODY)


def town(pk: int = 10, **rest: object) -> Body:
    return Body(pk=pk, name=f"Округ {pk}", level=TOWN, parent=1, **({"plans": (pk,)} | rest))  # type: ignore[arg-type]


def school(pk: int, parent: int | None = 10, **rest: object) -> Body:
    return Body(pk=pk, name=f"Школа {pk}", level=SCHOOL, parent=parent, **({"plans": (pk,)} | rest))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("demand", "body", "state"),
    [
        (EVERY_TOWN, town(answers={1: 0}), State.COVERED),
        (EVERY_TOWN, town(answers={1: -3}), State.COVERED),
        (EVERY_TOWN, town(answers={1: None}), State.COVERED),
        (EVERY_TOWN, town(answers={1: 4}), State.LATE),
        (EVERY_TOWN, town(answers={1: -1}, narrowed={1: ("наставник",)}), State.PARTLY),
        (EVERY_TOWN, town(answers={1: 2}, narrowed={1: ("наставник",)}), State.LATE),
        (EVERY_TOWN, town(), State.MISSING),
        (EVERY_TOWN, town(plans=()), State.NO_PLAN),
        (EVERY_TOWN, town(waived={1: "не касается"}), State.WAIVED),
        (EVERY_TOWN, town(waived={1: "не касается"}, answers={1: 0}), State.COVERED),
        (EVERY_TOWN, school(11), State.FREE),
        (EVERY_TOWN, school(11, answers={1: 0}), State.COVERED),
        (EVERY_SCHOOL, school(11), State.MISSING),
        (EVERY_SCHOOL, town(), State.MISSING),  # what every school must do, its municipality hands on
        (NAMED, school(12), State.MISSING),
        (NAMED, school(11), State.FREE),
        (NOBODY, town(plans=()), State.FREE),
    ],
)
def test_a_cell_says_how_a_body_answers_a_row(demand: Demand, body: Body, state: State) -> None:
    assert state_of(demand, body) is state


@pytest.fixture
def everybody() -> list[Body]:
    return [
        town(10, answers={1: 0, 2: 5}, clusters=frozenset()),
        town(20, plans=()),
        Body(pk=30, name="Институт с планом", level=INSTITUTE, parent=1, plans=(30,)),
        Body(pk=31, name="Институт без плана", level=INSTITUTE, parent=1),
        school(11, answers={2: 0, 4: 1}, clusters=frozenset({7})),
        school(12, plans=()),
        school(21, 20, answers={2: -1}),
        school(40, 1, answers={2: 0}),
    ]


@pytest.fixture
def matrix(everybody: list[Body]) -> Matrix:
    return matrix_of(DEMANDS, near(everybody, DEMANDS), everybody)


def test_the_nearest_are_towns_then_institutes_that_count_then_schools_of_the_region(everybody: list[Body]) -> None:
    assert [body.pk for body in near(everybody, DEMANDS)] == [10, 20, 30, 40]
    named = (*DEMANDS, Demand(5, "named", frozenset({31})))
    assert [body.pk for body in near(everybody, named)] == [10, 20, 30, 31, 40]
    assert [body.pk for body in schools_of(everybody)] == [11, 12, 21, 40]
    assert [body.pk for body in schools_of(everybody, 10)] == [11, 12]


def test_totals_count_rows_columns_and_all(matrix: Matrix) -> None:
    assert matrix.of_body[10] == {State.COVERED: 1, State.LATE: 1, State.FREE: 2}
    assert matrix.of_row[2] == {State.LATE: 1, State.NO_PLAN: 1, State.FREE: 1, State.COVERED: 1}
    assert sum(matrix.total.values()) == len(DEMANDS) * 4
    assert [body.pk for body in matrix.without_plan] == [20]


def test_schools_are_counted_under_their_municipality(matrix: Matrix) -> None:
    first, second = matrix.bodies[:2]
    assert (matrix.schools_asked(EVERY_SCHOOL, first), matrix.schools_answering(EVERY_SCHOOL, first)) == (2, 1)
    assert (matrix.schools_asked(NAMED, first), matrix.schools_answering(NOBODY, first)) == (1, 1)
    assert (matrix.schools_asked(EVERY_SCHOOL, second), matrix.schools_answering(EVERY_SCHOOL, second)) == (1, 1)


@pytest.mark.parametrize(
    ("wish", "rows", "bodies"),
    [
        (Narrowing(), [1, 2, 3, 4], [10, 30, 40, 20]),  # plans in force first
        (Narrowing(section=50), [2, 4], [10, 30, 40, 20]),
        (Narrowing(section=51), [4], [10, 30, 40, 20]),
        (Narrowing(only_obliging=True), [1, 2, 3], [10, 30, 40, 20]),
        (Narrowing(cluster=7), [1, 2, 3, 4], [10]),  # by one of its schools
        (Narrowing(states=frozenset({State.LATE})), [2], [10]),
        (Narrowing(states=frozenset({State.LATE, State.NO_PLAN})), [2], [10, 20]),
        (Narrowing(states=frozenset({State.WAIVED})), [], []),
        (Narrowing(worst_first=True), [1, 2, 3, 4], [20, 10, 30, 40]),
    ],
)
def test_what_is_looked_at_keeps_rows_and_bodies(
    matrix: Matrix, wish: Narrowing, rows: list[int], bodies: list[int]
) -> None:
    shown = matrix.narrowed(wish)
    assert ([demand.row for demand in shown.demands], [body.pk for body in shown.bodies]) == (rows, bodies)
    assert all(len(line) == len(rows) for line in shown.lines)


def test_a_page_holds_some_of_the_bodies(matrix: Matrix) -> None:
    page = matrix.columns(1, 3)
    assert [body.pk for body in page.bodies] == [20, 30]
    assert page.lines == matrix.lines[1:3]


def test_nobody_below_is_no_reason_to_fail() -> None:
    empty = matrix_of(DEMANDS, (), ())
    assert empty.of_row == {1: {}, 2: {}, 3: {}, 4: {}}
    assert (empty.total, empty.narrowed(Narrowing(states=frozenset({State.LATE}))).demands) == ({}, ())

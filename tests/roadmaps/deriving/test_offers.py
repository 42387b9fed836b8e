"""What a lower body is offered of the plans above, who would do it, and how it would stand in its plan."""

import datetime as dt

import pytest

from deadlines.values import Deadline, Kind
from roadmaps.deriving import (
    Hands,
    Node,
    Part,
    Place,
    Source,
    Why,
    hands_of_row,
    laid_out,
    offers_of,
    proposed,
    rows_of,
)
from roadmaps.matching.bodies import Level

BY = Deadline(phrase="до 16.10.2026", kind=Kind.BY, due=dt.date(2026, 10, 16))
WINDOW = Deadline(kind=Kind.WINDOW, start=dt.date(2026, 10, 12), due=dt.date(2026, 10, 16))
UNKNOWN = Deadline(phrase="по мере готовности", kind=Kind.UNKNOWN)
TOWN, SCHOOL = Level.MUNICIPALITY, Level.SCHOOL


def source(row: int = 1, reach: str = "nobody", text: str = "Справка готова", **rest: object) -> Source:
    values = {
        "row": row, "plan": 100, "level": Level.REGION, "label": str(row), "activity": "Дело", "text": text,
        "deadline": BY, "executors": ("Координатор министерства",), "reach": reach,
    }  # fmt: skip
    return Source(**(values | rest))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("given", "mine", "part", "why", "kind"),
    [
        (source(reach="all-municipalities"), TOWN, Part.TAKE, Why.OBLIGED, "implements"),
        (source(reach="all-schools"), TOWN, Part.TAKE, Why.OBLIGED, "implements"),
        (source(reach="all-schools"), SCHOOL, Part.TAKE, Why.OBLIGED, "implements"),
        (source(reach="all-municipalities"), SCHOOL, Part.OUT, Why.MUNICIPALITIES, "implements"),
        (source(reach="all-schools"), Level.INSTITUTE, Part.OUT, Why.SCHOOLS, "implements"),
        (source(reach="named", is_named=True), SCHOOL, Part.TAKE, Why.NAMED, "implements"),
        (source(reach="named"), SCHOOL, Part.OUT, Why.OTHERS, "implements"),
        (source(reach="all-municipalities", is_answered=True), TOWN, Part.OUT, Why.ANSWERED, "implements"),
        (source(text="Письма направлены в МОУО и школы"), TOWN, Part.JOIN, Why.ADDRESSED, "consumes"),
        (source(executors=("Руководители МОУО",)), SCHOOL, Part.OUT, Why.MUNICIPALITIES, "implements"),
        (source(executors=("Руководители ОО",)), SCHOOL, Part.JOIN, Why.OPEN, "implements"),
        (source(), TOWN, Part.JOIN, Why.THEIRS, "mirrors"),
    ],
)
def test_every_row_is_taken_offered_or_left_out_for_a_reason(
    given: Source, mine: Level, part: Part, why: Why, kind: str
) -> None:
    [offer] = offers_of([given], mine)
    assert (offer.part, offer.why, offer.kind) == (part, why, kind)


@pytest.mark.parametrize(("deadline", "rule"), [(BY, "same"), (WINDOW, "within"), (UNKNOWN, "own")])
def test_the_rule_follows_from_the_deadline_above(deadline: Deadline, rule: str) -> None:
    [offer] = offers_of([source(reach="all-schools", deadline=deadline)], SCHOOL)
    assert offer.rule == rule


def test_one_row_answers_the_region_and_the_institute_that_does_its_work() -> None:
    region = source(1, "all-municipalities")
    institute = source(2, "all-municipalities", plan=200, level=Level.INSTITUTE, follows=(1,))
    first, second = offers_of([region, institute], TOWN)
    assert (first.part, first.also) == (Part.TAKE, (2,))
    assert (second.part, second.why) == (Part.OUT, Why.WITH)
    assert [offer.source.row for offer in rows_of([first, second], {})] == [1]
    assert rows_of([first, second], {1: False}) == []


HANDS = Hands(head="Шубин К. Е., начальник", coordinator="Орлова А. П., методист", deputy="Зимина О. В., заместитель")


@pytest.mark.parametrize(
    ("text", "mine", "who"),
    [
        ("Руководители МОУО", TOWN, HANDS.head),
        ("Муниципальные координаторы", TOWN, HANDS.coordinator),
        ("Руководители ОО", TOWN, "Руководители ОО"),  # those below stay a group
        ("Руководители ОО", SCHOOL, HANDS.head),
        ("Руководители МОУО", SCHOOL, HANDS.head),
        ("Заместители директоров", SCHOOL, HANDS.deputy),
        ("Классные руководители", SCHOOL, "Классные руководители"),
        ("Руководители РМО", TOWN, "Руководители РМО"),
        ("Иванова М. П., министерство образования", TOWN, HANDS.coordinator),
        ("Совет программы", TOWN, HANDS.coordinator),
    ],
)
def test_executors_become_those_of_the_lower_body(text: str, mine: Level, who: str) -> None:
    assert proposed(text, mine, HANDS) == who


def test_who_is_not_known_is_not_invented() -> None:
    assert proposed("Руководители ОО", SCHOOL, Hands()) == ""
    assert proposed("Заместители директоров", SCHOOL, Hands(head="Директор")) == "Заместители директоров"


def test_the_people_of_a_row_are_chosen_once_for_each_group() -> None:
    chosen = {"Руководители ОО": "Директор; Завуч", "Координаторы": " "}
    assert hands_of_row(("Руководители ОО",), chosen, "Методист") == ("Директор", "Завуч")
    assert hands_of_row(("Координаторы", "Руководители ОО"), chosen, "Завуч") == ("Завуч", "Директор")
    assert hands_of_row((), chosen, "Методист") == ("Методист",)


def test_a_row_is_for_its_groups_where_it_names_some() -> None:
    assert source(executors=("Руководители ОО", "Петрова А. А.")).doers == ("Руководители ОО",)
    assert source(executors=("Петрова А. А.",)).doers == ("Петрова А. А.",)


def place(row: int, activity: int, number: str, section: str = "", roman: str = "") -> Place:
    return Place(row, ((roman, section),) if section else (), activity, number, f"Дело {activity}")


def test_sections_of_one_title_become_one_and_numbers_run_through() -> None:
    places = [
        place(1, 1, "1.", "Начало", "I"),
        place(2, 4, "4.", "Итоги", "III"),
        place(3, 4, "4.", "Итоги", "III"),
        place(4, 9, "1.", "начало", "II"),  # an institute's section of the same title
    ]
    assert laid_out(places, restarts=False) == [
        Node(
            "Начало",
            "I",
            is_section=True,
            below=[Node("Дело 1", "1.", rows=[1]), Node("Дело 9", "2.", rows=[4])],
        ),
        Node("Итоги", "II", is_section=True, below=[Node("Дело 4", "3.", rows=[2, 3])]),
    ]


def test_numbers_begin_anew_in_each_section_where_they_do_above() -> None:
    nodes = laid_out([place(1, 1, "3", "А"), place(2, 2, "1", "Б"), place(3, 3, "2", "Б")], restarts=True)
    assert [[one.number for one in node.below] for node in nodes] == [["1"], ["1", "2"]]


def test_numbers_go_on_where_the_draft_has_some_and_stay_away_where_there_are_none() -> None:
    assert [node.number for node in laid_out([place(1, 1, "7")], restarts=False, first=4)] == ["4"]
    assert [node.number for node in laid_out([place(1, 1, "")], restarts=False)] == [""]

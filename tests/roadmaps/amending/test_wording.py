"""Differences in the words of an order: cases, numbers, tables, notes."""

import datetime as dt

import pytest

from roadmaps.amending import (
    Amended,
    amend_clause,
    amend_title,
    changes,
    edition_note,
    is_too_much,
    list_clause,
    punctuated,
    repeal_clause,
    repeal_title,
    restate_clause,
    row_note,
)
from roadmaps.amending.cells import of_text
from roadmaps.amending.naming import Case, rows
from roadmaps.difference import Heading, Side, compare
from tests.roadmaps.difference.sides import row, side

TODAY = dt.date(2026, 10, 1)
FIRST = Amended("управления образования", "14.10.2026", "207-од", "Об утверждении плана")
SECOND = Amended("управления образования", "02.11.2026", "231-од", "О внесении изменений")
UPPER = Amended("министерства края", "28.10.2026", "574-а")
LONG = "Сведения о профильных классах размещены на сайтах школ и обновляются координаторами округа"


def worded(was: Side, became: Side, today: dt.date = TODAY) -> list[str]:
    return [one.text for one in changes(compare(was, became), today=today)]


@pytest.mark.parametrize(
    ("was", "became", "expected"),
    [
        (row(1, "5.4"), row(1, "5.4", phrase="до 09.11.2026"),
         "в графе «Сроки проведения» строки 5.4 слова «до 30.10.2026» заменить словами «до 09.11.2026»"),
        (row(1, "5.4", phrase="до 25.09.2026"), row(1, "5.4", phrase="до 09.11.2026"),
         "в графе «Сроки проведения» строки 5.4 срок «до 25.09.2026» продлить до 09.11.2026"),
        (row(1, "5.4", phrase="ежемесячно"), row(1, "5.4", phrase="постоянно"),
         "в графе «Сроки проведения» строки 5.4 слово «ежемесячно» заменить словом «постоянно»"),
        (row(1, "5.4", phrase=""), row(1, "5.4", phrase="до 09.11.2026"),
         "графу «Сроки проведения» строки 5.4 дополнить словами «до 09.11.2026»"),
        (row(1, "5.4"), row(1, "5.4", follows=True), "графу «Сроки проведения» строки 5.4 дополнить знаком «*»"),
        (row(1, "5.4", follows=True), row(1, "5.4"), "в графе «Сроки проведения» строки 5.4 знак «*» исключить"),
        (row(1, "5.4", LONG), row(1, "5.4", LONG.replace("координаторами", "методистами")),
         "в графе «Характеристика результата» строки 5.4 слово «координаторами» заменить словом «методистами»"),
        (row(1, "5.4", LONG), row(1, "5.4", LONG.replace(" и обновляются координаторами округа", "")),
         "в графе «Характеристика результата» строки 5.4 слова «и обновляются координаторами округа» исключить"),
        (row(1, "5.4", LONG), row(1, "5.4", LONG.replace("сайтах школ", "сайтах школ и округа")),
         "в графе «Характеристика результата» строки 5.4 после слова «школ» дополнить словами «и округа»"),
        (row(1, "5.4", LONG), row(1, "5.4", "Совсем иные слова о том, что должно быть сделано всеми участниками к зиме"),
         "графу «Характеристика результата» строки 5.4 изложить в следующей редакции: "
         "«Совсем иные слова о том, что должно быть сделано всеми участниками к зиме»"),
        (row(1, "5.4"), row(1, "5.4", who=["Методист", "Директор"]),
         "графу «Ответственные исполнители» строки 5.4 дополнить словом «Директор»"),
        (row(1, "5.4", who=["Методист", "Директор школы"]), row(1, "5.4", who=["Методист"]),
         "в графе «Ответственные исполнители» строки 5.4 слова «Директор школы» исключить"),
        (row(1, "5.4"), row(1, "5.4", who=["Завуч"]),
         "в графе «Ответственные исполнители» строки 5.4 слово «Методист» заменить словом «Завуч»"),
        (row(1, "5.4", who=["А", "Б"]), row(1, "5.4", who=["В", "Г", "Д"]),
         "графу «Ответственные исполнители» строки 5.4 изложить в следующей редакции: «В; Г; Д»"),
        (row(1, "5.4"), row(1, "5.4", "Иное", "до 09.11.2026"), "строку 5.4 изложить в следующей редакции:"),
    ],
)  # fmt: skip
def test_one_row_in_words(was, became, expected: str) -> None:
    assert worded(side(was), side(became)) == [expected]


def test_what_goes_moves_and_comes_stands_in_an_order_that_can_be_followed() -> None:
    was = side(row(1, "5.1"), row(2, "5.2"), row(3, "5.3"), row(4, "6.1"))
    became = side(row(1, "5.1"), row(3, "5.2", phrase="до 09.11.2026"), row(5, "5.3"), row(6, "5.4"), row(4, "6.1"))
    assert worded(was, became) == [
        "строку 5.2 исключить",
        "в графе «Сроки проведения» строки 5.3 слова «до 30.10.2026» заменить словами «до 09.11.2026»",
        "строку 5.3 считать строкой 5.2",
        "дополнить строками 5.3, 5.4 следующего содержания:",
    ]


def test_many_rows_are_named_together() -> None:
    was = side(*(row(place, f"5.{place}") for place in range(1, 7)))
    became = side(row(1, "5.1"), row(6, "5.2"))
    assert worded(was, became) == ["строки 5.2–5.5 исключить", "строку 5.6 считать строкой 5.2"]
    assert worded(side(row(1, "5.1")), side(row(1, "5.1"), titles={5: "Иное дело"})) == [
        "в графе «Мероприятие» строки 5.1 слова «Дело 5» заменить словами «Иное дело»"
    ]


def test_rows_of_sections_that_number_anew_bear_their_section() -> None:
    was = side(row(1, "1.1"), row(2, "1.1", heading=2), sections={1: (71, "Начало"), 2: (72, "Итоги")})
    became = side(
        row(1, "1.1"), row(2, "1.1", heading=2, phrase="до 09.11.2026"), sections={1: (71, "Начало"), 2: (72, "Итоги")}
    )
    assert worded(was, became) == [
        "в графе «Сроки проведения» строки 1.1 раздела II слова «до 30.10.2026» заменить словами «до 09.11.2026»"
    ]


def test_sections_come_go_and_are_renamed() -> None:
    plain = side(row(1, "1.1"), row(2, "2.1"), sections={1: (71, "Начало")})
    more = side(row(1, "1.1"), row(2, "2.1"), row(3, "3.1"), sections={1: (71, "Начало"), 3: (72, "Итоги")})
    [clause] = changes(compare(plain, more), today=TODAY)
    assert clause.text == "дополнить разделом II следующего содержания:"
    assert [(block["kind"], block["number"], len(block["results"])) for block in clause.blocks] == [
        ("section", "II", 0),
        ("activity", "3", 1),
    ]
    assert worded(more, plain) == ["раздел II исключить"]
    renamed = side(row(1, "1.1"), row(2, "2.1"), sections={1: (71, "Старт")})
    assert worded(plain, renamed) == ["в наименовании раздела I слово «Начало» заменить словом «Старт»"]


def test_title_goals_and_tasks_change_above_the_table() -> None:
    was = side(others=[Heading(1, "title", "", "План"), Heading(2, "goal", "", "Учить"), Heading(3, "task", "", "А")])
    became = side(
        others=[Heading(1, "title", "", "Мероприятия"), Heading(2, "goal", "", "Выучить"), Heading(4, "task", "", "Б")]
    )
    assert worded(was, became) == [
        "в наименовании слово «План» заменить словом «Мероприятия»",
        "цель изложить в следующей редакции: «Выучить»",
        "задачу исключить",
        "дополнить задачей следующего содержания: «Б»",
    ]


def test_links_and_obligations_are_not_worded() -> None:
    assert worded(side(row(1, "5.4")), side(row(1, "5.4", obliges="all-schools"))) == []


def test_a_table_shows_the_numbers_that_its_sentence_names() -> None:
    was = side(row(1, "5.1"), row(2, "5.2"))
    became = side(row(2, "5.1", "Иное", "до 09.11.2026"))
    first, restated, numbered = changes(compare(was, became), today=TODAY)
    assert (first.text, restated.text, numbered.text) == (
        "строку 5.1 исключить",
        "строку 5.2 изложить в следующей редакции:",
        "строку 5.2 считать строкой 5.1",
    )
    assert [result["number"] for block in restated.blocks for result in block["results"]] == ["5.2"]


def test_a_plan_of_which_most_changes_is_better_given_anew() -> None:
    was = side(*(row(place, f"{place}.1") for place in range(1, 12)))
    few = side(*(row(place, f"{place}.1", "Иное" if place < 3 else "Протокол подписан") for place in range(1, 12)))
    many = side(*(row(place, f"{place}.1", "Иное" if place < 7 else "Протокол подписан") for place in range(1, 12)))
    for became, expected in ((few, False), (many, True)):
        difference = compare(was, became)
        assert is_too_much(changes(difference, today=TODAY), difference) is expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("План работы", "Внести в план работы, утверждённый приказом управления образования от 14.10.2026 № 207-од, "),
        (
            "Дорожная карта школ",
            "Внести в дорожную карту школ, утверждённую приказом управления образования от 14.10.2026",
        ),
        (
            "Первоочередные меры",
            "Внести в первоочередные меры, утверждённые приказом управления образования от 14.10.2026",
        ),
        (
            "Положение о классах",
            "Внести в положение о классах, утверждённое приказом управления образования от 14.10.2026",
        ),
        (
            "Ключи: взгляд",
            "Внести в документ «Ключи: взгляд», утверждённый приказом управления образования от 14.10.2026",
        ),
    ],
)
def test_the_participle_agrees_with_what_is_amended(title: str, expected: str) -> None:
    said = amend_clause(title, FIRST)
    assert said.startswith(expected)
    assert said.endswith("следующие изменения:")


def test_acts_are_cited_as_the_trade_cites_them() -> None:
    assert amend_title(FIRST) == "О внесении изменений в приказ управления образования от 14.10.2026 № 207-од"
    assert "(в редакции приказа от 02.11.2026 № 231-од), следующие" in amend_clause("План", FIRST, [SECOND])
    assert restate_clause("План", FIRST, appendices=2).endswith(
        "в новой редакции согласно приложению № 1 к настоящему приказу."
    )
    assert list_clause(number=1, appendices=1) == (
        "Изложить список участвующих общеобразовательных организаций в новой редакции согласно приложению к настоящему приказу."
    )
    assert repeal_title(FIRST) == "О признании утратившим силу приказа управления образования от 14.10.2026 № 207-од"
    assert repeal_title(FIRST, ["3"]).startswith("О признании утратившим силу пункта 3 приказа управления")
    assert repeal_title(FIRST, ["3", "5"]).startswith(
        "О признании утратившими силу отдельных пунктов приказа управления"
    )
    assert repeal_clause([FIRST]) == (
        "Признать утратившим силу приказ управления образования от 14.10.2026 № 207-од «Об утверждении плана».", ()
    )  # fmt: skip
    head, parts = repeal_clause([FIRST], ["3", "5.1"])
    assert head.startswith("Признать утратившими силу следующие пункты приказа управления образования")
    assert parts == ("пункт 3;", "пункт 5.1.")
    assert repeal_clause([FIRST, SECOND])[1][1].endswith("№ 231-од «О внесении изменений».")


def test_notes_tell_who_changed_a_row() -> None:
    assert edition_note([]) == ""
    assert edition_note([FIRST, SECOND]) == "(в редакции приказов от 14.10.2026 № 207-од, от 02.11.2026 № 231-од)"
    assert row_note(None, []) == ""
    assert row_note(None, [SECOND]) == "(в ред. приказа от 02.11.2026 № 231-од)"
    assert (
        row_note(FIRST, [SECOND]) == "(введена приказом от 14.10.2026 № 207-од; в ред. приказа от 02.11.2026 № 231-од)"
    )
    assert row_note(None, [], [UPPER]) == "(срок изменён вслед за приказом министерства края от 28.10.2026 № 574-а)"


@pytest.mark.parametrize(
    ("labels", "case", "section", "expected"),
    [
        (["7.2"], Case.ACCUSATIVE, "", "строку 7.2"),
        (["7.2", "7.3"], Case.GENITIVE, "", "строк 7.2, 7.3"),
        (["7.2", "7.3", "7.4", "9.1"], Case.INSTRUMENTAL, "", "строками 7.2–7.4, 9.1"),
        (["4.1"], Case.PREPOSITIONAL, "II", "строке 4.1 раздела II"),
        (["а", "б", "в"], Case.ACCUSATIVE, "", "строки а, б, в"),
    ],
)
def test_rows_are_named_in_their_case(labels: list[str], case: Case, section: str, expected: str) -> None:
    assert rows(labels, case, section) == expected


def test_an_enumeration_ends_with_a_full_stop() -> None:
    assert punctuated(["а", "б"]) == ["а;", "б."]
    assert of_text("А", "", "в графе", "графу") == "в графе слово «А» исключить"

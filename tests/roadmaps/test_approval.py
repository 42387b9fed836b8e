"""The wording of orders that approve plans, and public texts without names."""

import pytest

from documents.nameless import nameless
from roadmaps import approval
from roadmaps.pages.public import position_of

UPPER = approval.UpperOrder("министерства образования края", "04.09.2026", "12-а")


@pytest.mark.parametrize(
    ("title", "accusative", "genitive"),
    [
        ("Дорожная карта полярных классов", "дорожную карту полярных классов", "дорожной карты полярных классов"),
        ("План работы на 2026 год", "план работы на 2026 год", "плана работы на 2026 год"),
        ("ПЛАН РАБОТЫ ПО ПРОФИЛЯМ", "план работы по профилям", "плана работы по профилям"),
        ("Муниципальный план работы", "муниципальный план работы", "муниципального плана работы"),
        ("Комплексная программа школы", "комплексную программу школы", "комплексной программы школы"),
        ("Комплекс мер по поддержке", "комплекс мер по поддержке", "комплекса мер по поддержке"),
        ("Первоочередные мероприятия округа", "первоочередные мероприятия округа", "первоочередных мероприятий округа"),
        (
            "Ключевые события: взгляд вперёд",
            "документ «Ключевые события: взгляд вперёд»",
            "документа «Ключевые события: взгляд вперёд»",
        ),
    ],
)
def test_a_title_is_put_into_a_case(title: str, accusative: str, genitive: str) -> None:
    found = (approval.name_in_case(title, approval.ACCUSATIVE), approval.name_in_case(title, approval.GENITIVE))
    assert found == (accusative, genitive)


def test_clauses_are_worded_as_the_trade_words_them() -> None:
    assert approval.order_title("Дорожная карта классов") == "Об утверждении дорожной карты классов"
    assert approval.approve_clause("План классов", appendices=1) == "Утвердить план классов (приложение)."
    assert approval.approve_clause("План классов", appendices=2) == "Утвердить план классов (приложение № 1)."
    assert approval.basis([UPPER]) == "приказа министерства образования края от 04.09.2026 № 12-а"
    assert approval.follow_clause([UPPER], appendices=2) == (
        "Установить, что сроки мероприятий, отмеченных в приложении № 1 знаком «*», изменяются одновременно с изменением "
        "соответствующих сроков плана, утверждённого приказом министерства образования края от 04.09.2026 № 12-а."
    )


@pytest.mark.parametrize(
    ("executor", "shown"),
    [
        ("Методист Иванова А. П.", "Методист"),
        ("А.П. Иванова, методист", "методист"),
        ("Петров, заместитель директора", "заместитель директора"),
        ("Смирнова", "ответственный исполнитель"),
        ("Ивановой Анне Петровне", "ответственный исполнитель"),
        ("Министерство (Сидоренко И.И.)", "Министерство"),
        ("Руководители ОО", "Руководители ОО"),
        ("МБОУ СОШ имени А.С. Пушкина", "МБОУ СОШ имени А.С. Пушкина"),
        ("рабочая группа", "рабочая группа"),
    ],
)
def test_the_public_reads_positions(executor: str, shown: str) -> None:
    assert position_of(executor) == shown


def test_names_go_out_of_sentences() -> None:
    assert nameless("Школа имени А.С. Пушкина, отв. Иванова А.П., до мая") == "Школа имени А.С. Пушкина, отв., до мая"

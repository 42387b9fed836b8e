"""Who an executor is, and whom a row obliges."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadmaps.findings import obliges
from roadmaps.findings.executors import ExecutorKind, NameVariant, edits, name_variants, understand
from roadmaps.findings.obligations import reaches
from roadmaps.matching.bodies import Level


@pytest.mark.parametrize(
    ("text", "kind", "rest"),
    [
        ("Орлова Н.С., заместитель директора по УВР", "person", ("Орлова", "Н.С.", "заместитель директора по УВР")),
        ("Методист Орлова Н. С.", "person", ("Орлова", "Н.С.", "Методист")),
        ("Н.С. Орлова", "person", ("Орлова", "Н.С.", "")),
        ("Орлова Нина Сергеевна, директор", "person", ("Орлова", "Н.С.", "директор")),
        ("Салтыкова-Орлова Н.С.", "person", ("Салтыкова-Орлова", "Н.С.", "")),
        ("Директор школы", "position", ("", "", "Директор школы")),
        ("заместитель директора по ВР", "position", ("", "", "заместитель директора по ВР")),
        ("муниципальный координатор", "position", ("", "", "муниципальный координатор")),
        ("Педагогический совет", "body", ("", "", "")),
        ("Рабочая группа", "body", ("", "", "")),
        ("МБОУ «Лицей № 4»", "organization", ("", "", "")),
        ("Министерство просвещения области", "organization", ("", "", "")),
        ("Индустриальные партнёры", "text", ("", "", "")),
    ],
)
def test_a_text_names_somebody(text, kind, rest):
    who = understand(text)
    assert (who.kind, (who.surname, who.initials, who.position)) == (ExecutorKind(kind), rest)


@pytest.mark.parametrize(
    ("text", "group", "level"),
    [
        ("Руководители ОО", "school-heads", Level.SCHOOL),
        ("руководители общеобразовательных организаций", "school-heads", Level.SCHOOL),
        ("Директора школ", "school-heads", Level.SCHOOL),
        ("Администрация ОО", "school-heads", Level.SCHOOL),
        ("Руководители МОУО", "municipal-heads", Level.MUNICIPALITY),
        ("Начальники управлений образования", "municipal-heads", Level.MUNICIPALITY),
        ("Муниципальные координаторы", "municipal-coordinators", Level.MUNICIPALITY),
        ("Школьные координаторы", "school-coordinators", Level.SCHOOL),
        ("Классные руководители", "class-teachers", Level.SCHOOL),
        ("Учителя-предметники", "teachers", Level.SCHOOL),
        ("Заместители директоров по УВР", "school-deputies", Level.SCHOOL),
        ("Руководители РМО", "methodical-heads", None),
        ("Образовательные организации", "schools", Level.SCHOOL),
        ("ОО", "schools", Level.SCHOOL),
        ("МОУО", "municipalities", Level.MUNICIPALITY),
    ],
)
def test_plural_words_are_groups_that_expand(text, group, level):
    who = understand(text)
    assert (who.kind, who.group, who.level) == (ExecutorKind.GROUP, group, level)


@given(st.text(max_size=80))
def test_any_text_is_understood_somehow(text):
    assert understand(text).kind in ExecutorKind


def test_spellings_of_one_name_are_found():
    texts = ["Иванова М.П.", "Иванова М. П.", "Иванова М.П., завуч", "Иванов М.П.", "Петрова М.П.", "Ивин А.А."]
    assert name_variants(texts) == [
        NameVariant("Иванова М.П.", "Иванова М. П.", misspelt=False),
        NameVariant("Иванова М.П.", "Иванов М.П.", misspelt=True),
        NameVariant("Иванова М. П.", "Иванов М.П.", misspelt=True),
    ]


@pytest.mark.parametrize(
    ("one", "other", "count"), [("кот", "кот", 0), ("кот", "кто", 1), ("кот", "скот", 1), ("", "аб", 2)]
)
def test_edits_are_counted(one, other, count):
    assert edits(one, other) == edits(other, one) == count


@pytest.mark.parametrize(
    ("executors", "text", "owner", "whom"),
    [
        (["Руководители ОО"], "Открыт клуб", Level.REGION, "all-schools"),
        (["Орлова Н.С."], "За каждой школой закреплён наставник", Level.MUNICIPALITY, "all-schools"),
        (["Орлова Н.С."], "Во всех ОО открыты клубы", Level.REGION, "all-schools"),
        (["Муниципальные координаторы"], "Собраны заявки", Level.REGION, "all-municipalities"),
        (["Орлова Н.С."], "В каждом муниципалитете назван координатор", Level.REGION, "all-municipalities"),
        (["Орлова Н.С."], "Издан приказ", Level.REGION, "nobody"),
        (["МБОУ «Лицей»"], "Проведён день класса", Level.MUNICIPALITY, "nobody"),
        (["Классные руководители"], "Проведены беседы в каждой школе", Level.SCHOOL, "nobody"),
    ],
)
def test_groups_of_lower_heads_and_each_school_oblige(executors, text, owner, whom):
    assert obliges(executors, text, owner) == whom


def test_what_every_school_must_do_its_municipality_hands_on():
    assert [level for level in Level if reaches("all-schools", level)] == [Level.MUNICIPALITY, Level.SCHOOL]
    assert [level for level in Level if reaches("all-municipalities", level)] == [Level.MUNICIPALITY]
    assert [level for level in Level if reaches("nobody", level)] == []

"""Facts put together from documents: chains, clauses, names of bodies."""

import pytest

from roadmaps.findings import check, facts_of
from roadmaps.findings.names import body_of
from roadmaps.reading.document import Clause, Header, PlanDocument
from tests.roadmaps.matching.notation import PERIOD, deadline, read

REGION = Header(
    issuer="Министерство образования Озёрной области",
    period=PERIOD,
    clauses=(
        Clause("1", "Утвердить план слёта."),
        Clause("2", "Руководителям муниципальных органов управления образованием:"),
        Clause("2.1", "в срок до 10.09.2026 назначить ответственных за лесной слёт приказом", deadline("<2026-09-10")),
        Clause("3", "Директорам школ до 01.10.2026 составить списки участников лесного слёта", deadline("<2026-10-01")),
    ),
)
TOWN = Header(issuer="Управление образования Речного района", period=PERIOD)
SCHOOL = Header(issuer="МБОУ «СОШ № 6»", period=PERIOD)

ABOVE, _ = read(
    """
    * Лесной слёт отрядов
    - Проведён слёт отрядов | <2026-10-20 | Директора школ
    * Памятки о лесе
    - Разработаны и направлены в МОУО памятки о лесе | <2026-09-20 | Громов О.О.
    """,
    REGION,
)
MIDDLE, _ = read(
    """
    * Назначение ответственных за лесной слёт
    - Издан приказ об ответственных за слёт | <2026-09-15 | Белая О.О.
    * Лесной слёт отрядов
    - Проведён слёт отрядов района | <2026-10-25 | Директора школ
    * Памятки о лесе
    - Памятки о лесе направлены в школы | <2026-09-25 | Белая О.О.
    """,
    TOWN,
)
BELOW, _ = read(
    """
    * Лесной слёт отрядов
    - Проведён слёт отрядов школы | <2026-10-25 | Громов О.О.
    * Памятки о лесе
    - Памятки о лесе изучены | <2026-09-28 | Синий А.А.
    """,
    SCHOOL,
)


def found(lower: PlanDocument, *uppers: PlanDocument) -> list[tuple[object, ...]]:
    return [
        (one.code, one.row, one.against and (one.against.level, one.against.row))
        for one in check(facts_of(lower, uppers))
    ]


def test_rows_are_held_against_rows_and_clauses_above():
    assert found(MIDDLE, ABOVE) == [
        ("later-than-upper", "1.1", (1, "п. 2.1")),
        ("later-than-upper", "2.1", (1, "1.1")),
    ]


def test_a_demand_is_handed_down_where_every_link_implements():
    assert found(BELOW, MIDDLE, ABOVE) == [
        ("later-than-upper", "1.1", (2, "1.1")),
        ("foreign-executor", "1.1", None),
    ]


def test_a_plan_alone_is_checked_alone():
    assert found(BELOW) == []


@pytest.mark.parametrize(
    ("header", "name"),
    [(REGION, "область"), (TOWN, "район"), (SCHOOL, "школа"), (Header(issuer="Министерство"), "регион")],
)
def test_bodies_have_short_names(header, name):
    assert body_of(PlanDocument(header)).nominative == name

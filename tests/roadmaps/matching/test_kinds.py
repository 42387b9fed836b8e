"""What a link means is told from the wording of both rows."""

import pytest

from roadmaps.matching import match
from roadmaps.reading.document import Header
from tests.roadmaps.matching.notation import PERIOD, read

REGION, TOWN, SCHOOL = "Министерство просвещения области", "МКУ «Отдел образования» Речного района", "МБОУ «СОШ № 5»"


def kind(upper: str, lower: str, bodies: tuple[str, str], executor: str = "") -> str | None:
    above, _ = read(f"* Лесные отряды школьников\n- {upper} | <2026-10-01", Header(issuer=bodies[0], period=PERIOD))
    below, _ = read(
        f"* Лесные отряды школьников\n- {lower} | <2026-10-05 | {executor}", Header(issuer=bodies[1], period=PERIOD)
    )
    [link] = match(above, below).links
    assert link.upper == "1.1"
    return link.kind


@pytest.mark.parametrize(
    ("upper", "lower", "bodies", "wanted"),
    [
        ("Памятки направлены в МОУО и ОО", "Памятки направлены в ОО", (REGION, TOWN), "consumes"),
        ("Памятки направлены в муниципалитеты", "Памятки разосланы по школам", (REGION, TOWN), "consumes"),
        ("Памятки направлены в ОО", "Памятки направлены в школы", (REGION, TOWN), "implements"),
        ("Памятки направлены в ОО", "Памятки переданы родителям", (TOWN, SCHOOL), "consumes"),
        ("Памятки направлены в ОО", "Памятки изучены на педсовете", (TOWN, SCHOOL), "consumes"),
        ("Проведён слёт отрядов", "Участие отряда в слёте", (TOWN, SCHOOL), "consumes"),
        ("Участие отрядов школ в областном слёте", "Участие отряда в слёте", (TOWN, SCHOOL), "implements"),
        ("Издан приказ об отрядах", "Издан приказ школы об отряде", (TOWN, SCHOOL), "implements"),
        ("Протокол совещания направлен в МОУО", "Составлен и направлен в ОО протокол совещания", (REGION, TOWN), "implements"),
        ("Отчёт об отрядах размещён на сайте", "Размещение на сайте школы отчёта об отряде", (TOWN, SCHOOL), "implements"),
        ("Подготовлен сводный отчёт об отрядах", "Отчёт об отрядах направлен в министерство", (REGION, TOWN), "feeds"),
        ("Отчёты об отрядах направлены в министерство", "Отчёт об отрядах направлен в министерство", (REGION, TOWN), "implements"),
        ("Проведён слёт отрядов", "Слёт отрядов области (для сведения)", (REGION, TOWN), "mirrors"),
    ],
)  # fmt: skip
def test_the_wording_tells_the_kind(upper, lower, bodies, wanted):
    assert kind(upper, lower, bodies) == wanted


def test_taking_part_may_stand_in_the_title():
    above, _ = read("* Слёт отрядов\n- Проведён слёт | <2026-10-01", Header(issuer=TOWN, period=PERIOD))
    below, _ = read(
        "* Участие в слёте отрядов\n- Команда из пяти человек | <2026-10-01", Header(issuer=SCHOOL, period=PERIOD)
    )
    assert [link.kind for link in match(above, below).links] == ["consumes"]


def test_a_row_that_the_upper_body_carries_out_mirrors_it():
    assert kind("Проведён слёт отрядов", "Слёт отрядов", (REGION, TOWN), "Министерство просвещения") == "mirrors"
    assert kind("Проведён слёт отрядов", "Слёт отрядов", (REGION, TOWN), "Мухина О.О., методист") == "implements"

"""Clauses of an upper order find the rows that carry them out, and rather none than a wrong one."""

import pytest

from roadmaps.findings.clauses import rows_of_clause, tasks_for
from roadmaps.matching.bodies import Level
from roadmaps.reading.document import Clause, Header, PlanDocument
from tests.roadmaps.matching.invented import FOOD, SPORT
from tests.roadmaps.matching.notation import Pair, deadline


@pytest.mark.parametrize(
    ("pair", "text", "rows"),
    [
        (SPORT, "провести муниципальный этап лиги по баскетболу и до 15.11.2026 направить протоколы", ["5.2"]),
        (SPORT, "обеспечить открытие школьных спортивных клубов в срок до 01.10.2026", ["2.1"]),
        (SPORT, "организовать приём нормативов комплекса ГТО до 01.05.2027", ["7.1"]),
        (SPORT, "обеспечить подвоз обучающихся до 01.09.2026", []),
        (SPORT, "разработать муниципальный план мероприятий лиги и до 15.10.2026 направить на почту", []),
        (FOOD, "создать в каждой школе комиссию родительского контроля до 01.10.2026", ["1.1"]),
        (FOOD, "усилить контроль за качеством продуктов до 01.10.2026", []),
    ],
    ids=lambda value: value.name if isinstance(value, Pair) else None,
)
def test_a_clause_finds_its_row_or_none(pair, text, rows):
    assert rows_of_clause(Clause("1", text), pair.lower) == rows


def test_only_dated_clauses_to_ones_own_storey_are_tasks():
    due = deadline("<2026-10-01")
    clauses = (
        Clause("1", "Утвердить план.", due),
        Clause("2", "Руководителям муниципальных органов управления образованием:"),
        Clause("2.1", "назначить ответственных до 01.10.2026;", due),
        Clause("2.2", "обеспечить явку."),
        Clause("3", "Директорам школ до 01.10.2026 сдать отчёты.", due),
        Clause("4", "Муниципальным координаторам до 01.10.2026 собрать заявки.", due),
    )
    plan = PlanDocument(Header(clauses=clauses))
    assert [clause.number for clause in tasks_for(plan, Level.MUNICIPALITY)] == ["2.1", "4"]
    assert [clause.number for clause in tasks_for(plan, Level.SCHOOL)] == ["3"]
    assert tasks_for(plan, Level.REGION) == []

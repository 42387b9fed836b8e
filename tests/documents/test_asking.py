"""Clauses that ask for something: who, what, until when; and clauses that only speak of sending."""

import pytest

from documents.asking import Addressee, Asking, addressees, asked_in

M, S, I = Addressee.MUNICIPALITIES, Addressee.SCHOOLS, Addressee.INSTITUTES  # noqa: E741

ASKS = {
    "Руководителям общеобразовательных организаций направить приказы о назначении наставников в срок до 08.10.2026.": (
        S, "приказы о назначении наставников", "в срок до 08.10.2026",
    ),
    "Муниципальным органам управления образованием представить в министерство сводный отчёт о классах до 1 июня 2027 года.": (
        M, "сводный отчёт о классах", "до 1 июня 2027 года",
    ),
    "Ректору института развития (О.П. Лугова) представить аналитическую справку до 20 декабря 2026 г.": (
        I, "аналитическая справка", "до 20 декабря 2026 г.",
    ),
    "Ежеквартально до 5 числа представлять в управление сведения об участниках": (
        None, "сведения об участниках", "Ежеквартально до 5 числа",
    ),
    "Директорам обеспечить своевременное направление заявок на адрес klass@example.org": (S, "заявок", ""),
    "разработать план мероприятий с учётом настоящего приказа и до 15.10.2026 направить на электронную почту": (
        None, "план мероприятий", "до 15.10.2026",
    ),
}  # fmt: skip


@pytest.mark.parametrize("text", ASKS)
def test_a_clause_that_asks_is_understood(text: str) -> None:
    assert asked_in(text) == Asking(*ASKS[text])


@pytest.mark.parametrize(
    "text",
    [
        "Утвердить план (приложение).",
        "Школам направить учителей на курсы.",
        "Контроль возложить на заместителя министра.",
        "Рекомендовать передать опыт соседним школам.",
        "",
    ],
)
def test_a_clause_that_expects_nothing_is_left_alone(text: str) -> None:
    assert asked_in(text) is None


def test_the_clause_above_names_the_addressees() -> None:
    above = "Руководителям муниципальных органов управления образованием:"
    found = asked_in("направить списки в срок до 10.10.2026;", above=above)
    assert found is not None and (found.who, found.what, str(found.due)) == (M, "списки", "2026-10-10")


def test_a_clause_to_two_storeys_leaves_the_choice_to_a_person() -> None:
    text = "Директорам школ и начальникам управлений образования направить отчёты до 10.10.2026."
    assert addressees(text) == {M, S}
    assert asked_in(text) == Asking(None, "отчёты", "до 10.10.2026")

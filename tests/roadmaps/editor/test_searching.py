"""Finding rows by words that nobody types exactly."""

import pytest

from roadmaps.editor.searching import asked_words, finds
from roadmaps.editor.suggesting import Suggestion, fitting

TEXT = "Проведены анкетирования учёных педагогов, отчёт размещён на сайте до 15.10.2026"


@pytest.mark.parametrize(
    ("typed", "is_found"),
    [
        ("", True),
        ("учен", True),
        ("УЧЁНЫХ", True),
        ("анкетирование педагога", True),
        ("размещение отчета", True),
        ("15.10", True),
        ("Воронцова", True),
        ("Воронцовой", True),
        ("Варонцова", True),
        ("Ворнцова", True),
        ("Воронин", False),
        ("анкета директора", False),
    ],
)
def test_forms_letters_and_slips_are_forgiven(typed: str, is_found: bool) -> None:
    assert finds(asked_words(typed), TEXT, ["Воронцова Е. М., начальник управления"]) is is_found


def test_suggestions_begin_with_what_was_typed() -> None:
    known = [
        Suggestion("Лисицына А. П.", "методист"),
        Suggestion("Методист", "должность"),
        Suggestion("методист", "ещё раз"),
    ]
    assert [one.text for one in fitting("мет", known)] == ["Методист", "Лисицына А. П."]
    assert fitting("лис мет", known) == [known[0]]
    assert fitting("нет таких", known) == []

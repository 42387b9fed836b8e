"""The commands `match_plans` and `check_plans`: files in, JSON out, no database."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from docx import Document


def plan(path: Path, title: str, rows: list[tuple[str, ...]]) -> str:
    document = Document()
    document.add_paragraph(title)
    table = document.add_table(rows=0, cols=5)
    for cells in [("№", "Мероприятие", "Результат", "Срок", "Ответственный"), *rows]:
        for cell, text in zip(table.add_row().cells, cells, strict=True):
            cell.text = text
    document.save(str(path))
    return str(path)


@pytest.fixture
def upper(tmp_path: Path) -> str:
    rows = [
        ("1", "Весенний кросс школьных команд", "Проведён кросс", "до 10.04.2027", "Руководители ОО"),
        ("2", "Смотр школьных музеев", "Подведены итоги смотра", "до 20.05.2027", "Руководители ОО"),
    ]
    return plan(tmp_path / "upper.docx", "Муниципальный план на 2026-2027 учебный год", rows)


@pytest.fixture
def lower(tmp_path: Path) -> str:
    rows = [("1", "Кросс школьной команды весной", "Кросс проведён", "до 17.04.2027", "Рысев О.О.")]
    return plan(tmp_path / "lower.docx", "План МБОУ «СОШ № 9» на 2026-2027 учебный год", rows)


def run(*arguments: str) -> dict:
    out = StringIO()
    call_command(*arguments, "--json", stdout=out)
    return json.loads(out.getvalue())


def test_match_plans_says_every_lower_row_once(upper, lower):
    found = run("match_plans", upper, lower)
    [link] = found["links"]
    score = link.pop("score")
    assert link == {"lower": "1.1", "upper": "1.1", "kind": "implements", "also": [], "rule": "own"}
    assert 0.45 <= score <= 1
    assert found["not_covered"] == ["2.1"]


def test_check_plans_names_row_boundary_and_days(upper, lower):
    found = run("check_plans", lower, "--upper", upper)["findings"]
    assert [(one["code"], one["severity"], one["row"], one["against"], one["days"]) for one in found[:1]] == [
        ("later-than-upper", "error", "1.1", {"level": 1, "row": "1.1"}, 7)
    ]
    assert ("not-covered", {"level": 1, "row": "2.1"}) in [(one["code"], one["against"]) for one in found]
    assert found[0]["message"].startswith("На 7 дней позже")


@pytest.mark.parametrize("command", ["match_plans", "check_plans"])
def test_a_file_that_cannot_be_read_ends_with_two(command, tmp_path, lower, capsys):
    bad = tmp_path / "bad.docx"
    bad.write_bytes(b"not a document")
    with pytest.raises(SystemExit) as left:
        call_command(command, str(bad), *([lower] if command == "match_plans" else []))
    assert left.value.code == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_people_get_lines(upper, lower):
    out = StringIO()
    call_command("check_plans", lower, "--upper", upper, "--language", "en", stdout=out)
    assert "7 days later than" in out.getvalue()
    out = StringIO()
    call_command("match_plans", upper, lower, stdout=out)
    assert "→ 1.1" in out.getvalue()

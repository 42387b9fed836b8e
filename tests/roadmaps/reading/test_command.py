"""`read_plan` from the command line: JSON or an outline, and exit 2 with one line for what cannot be read."""

import json
from pathlib import Path

import pytest
from django.core.management import call_command

from tests.roadmaps.reading.raw import HEADER, p, tbl, tr, word

PLAN = word(p("План на 2025 год") + tbl(HEADER, tr("1", "Курсы", "Отчёт", "до 15.05.2025", "Лунина О.П.")))


def test_json_shows_what_was_understood(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "plan.docx").write_bytes(PLAN)
    call_command("read_plan", str(tmp_path / "plan.docx"), "--json")
    shown = json.loads(capsys.readouterr().out)
    assert shown["header"]["period"] == {"start": "2025-01-01", "end": "2025-12-31"}
    assert (shown["rows"][0]["ref"], shown["rows"][0]["results"][0]["deadline"]["due"]) == ("1", "2025-05-15")


def test_an_outline_is_for_a_person(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "plan.docx").write_bytes(PLAN)
    call_command("read_plan", str(tmp_path / "plan.docx"))
    assert "1. [1] Курсы" in capsys.readouterr().out


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", None])
def test_what_cannot_be_read_is_one_line_and_exit_2(
    content: bytes | None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "plan.docx"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(SystemExit) as stopped:
        call_command("read_plan", str(path), "--json")
    assert stopped.value.code == 2
    written = capsys.readouterr()
    assert (written.out, written.err.count("\n")) == ("", 1)

"""Reading a plan from Word, beside unpacking the file and parsing its XML."""

import datetime as dt
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path

from docx import Document
from lxml import etree

from benchmarks.measure import Figure, in_turns
from roadmaps.reading.plan import read_plan_file

ROOT = Path(__file__).resolve().parent.parent
COLUMNS = ("№ п/п", "Мероприятие", "Результат", "Сроки", "Ответственные исполнители")
PHRASES = (
    "до {day:%d.%m.%Y} г.",
    "{day:%d.%m.%Y} – {later:%d.%m.%Y}",
    "ежемесячно до 10 числа",
    "октябрь – декабрь {day:%Y} г.",
)


def write_plan(path: Path, *, rows: int) -> None:
    """Write a plan as a clerk would: a heading, a table with a section every ten rows, a deadline of each sort."""
    document = Document()
    document.add_paragraph("Управление просвещения Озёрного округа")
    document.add_paragraph("ПРИКАЗ")
    document.add_paragraph("от 02.09.2024 № 118")
    document.add_paragraph("Дорожная карта сети школьных мастерских на 2024/2025 учебный год")
    table = document.add_table(rows=1, cols=len(COLUMNS))
    for cell, title in zip(table.rows[0].cells, COLUMNS, strict=True):
        cell.text = title
    for index in range(rows):
        if index % 10 == 0:
            section = table.add_row().cells
            section[0].merge(section[-1]).text = f"{index // 10 + 1}. Мастерские и наставники, часть {index // 10 + 1}"
        day = dt.date(2024, 9, 20) + dt.timedelta(days=index * 6)
        cells = (
            str(index + 1),
            f"Провести встречу наставников № {index + 1} и обсудить работу мастерских",
            f"Итоги встречи {index + 1} обсуждены, перечень мастерских уточнён",
            PHRASES[index % len(PHRASES)].format(day=day, later=day + dt.timedelta(days=4)),
            "Координатор сети, руководители мастерских",
        )
        for cell, text in zip(table.add_row().cells, cells, strict=True):
            cell.text = text
    document.save(str(path))


def unpack_and_parse(path: Path) -> int:
    """Do the least that reading a Word file can be: unpack its text and parse the XML."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    with zipfile.ZipFile(path) as package:
        return sum(1 for _ in etree.fromstring(package.read("word/document.xml"), parser).iter())


def from_cold(path: Path) -> float:
    """Time the whole command with its interpreter, in seconds."""
    began = time.perf_counter()
    command = [sys.executable, "manage.py", "read_plan", "--json", str(path)]
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - began


def read_plan(name: str, *, rows: int) -> Figure:
    """Measure what the importer does between the upload and the preview."""
    with tempfile.TemporaryDirectory(prefix="portal-bench-") as folder:
        path = Path(folder) / "plan.docx"
        write_plan(path, rows=rows)
        found = len(read_plan_file(path).results())
        assert found == rows, f"{found} of {rows} rows were read"
        cold = from_cold(path)
        return in_turns(
            name,
            lambda: read_plan_file(path),
            lambda: unpack_and_parse(path),
            turns=30,
            rows=rows,
            note=f"aim: at most 2,000 ms; the command `read_plan` from a cold start: {cold * 1000:.0f} ms",
        )

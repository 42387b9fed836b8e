"""A file is read by a real worker, also when the first one is killed on the way."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from scripts import processes
from tests.roadmaps.reading.factory import Act, Res, Shape, as_docx

ROOT = Path(__file__).resolve().parents[2]
RECEIVE = """
import sys
from django.utils import timezone
from organizations.models import Organization, User
from roadmaps import tasks
from roadmaps.models import Import, Programme
from roadmaps.operations import imports
where, _ = Organization.objects.get_or_create(kind="region", name="Край", short_name="Край")
by, _ = User.objects.get_or_create(username="kray", email="kray@example.test")
what, _ = Programme.objects.get_or_create(organization=where, name="Программа")
data = open(sys.argv[1], "rb").read()
made = imports.receive(organization=where, programme=what, name="plan.docx", data=data, by=by, now=timezone.now())
if sys.argv[2] == "nudge":
    tasks.read_import.delay(pk=made.pk)
print(made.pk)
"""
COLUMNS = ("state", "step", "steps_done", "steps_total", "attempts")


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """An embedded portal's settings on a folder of its own, with its tables."""
    made = {
        "PATH": os.environ["PATH"],
        "ENV_FILE": os.devnull,
        "DATA_DIR": str(tmp_path / "data"),
        "DJANGO_SETTINGS_MODULE": "clusterportal.settings",
    }
    subprocess.run([sys.executable, "manage.py", "migrate", "-v0"], cwd=ROOT, env=made, check=True)
    return made


@pytest.fixture
def start_worker(tmp_path: Path, environment: Mapping[str, str]) -> Iterator[Callable[[], subprocess.Popen[bytes]]]:
    """Start the very worker that `make run` starts; whatever is left ends with the test."""
    started: list[subprocess.Popen[bytes]] = []

    def start() -> subprocess.Popen[bytes]:
        log = tmp_path / f"worker-{len(started)}.log"
        started.append(processes.start(processes.worker_command(), environment=environment, log=log))
        return started[-1]

    yield start
    processes.end(started)


@pytest.fixture
def receive(environment: Mapping[str, str]) -> Callable[[Path, str], int]:
    """Upload a file beside the worker, as the web process would; gives the number of the import."""

    def run(file: Path, how: str) -> int:
        command = [sys.executable, "-c", f"import django; django.setup()\n{RECEIVE}", str(file), how]
        done = subprocess.run(command, cwd=ROOT, env=dict(environment), check=True, capture_output=True, text=True)
        return int(done.stdout)

    return run


@pytest.fixture
def table(environment: Mapping[str, str]) -> Iterator[sqlite3.Connection]:
    """Look at the portal's database from outside, quickly enough to catch a reader at work."""
    opened = sqlite3.connect(Path(environment["DATA_DIR"]) / "portal.sqlite3", timeout=30, isolation_level=None)
    yield opened
    opened.close()


def look(table: sqlite3.Connection, pk: int) -> dict[str, Any]:
    """Tell where an import stands."""
    row = table.execute(f"SELECT {', '.join(COLUMNS)} FROM roadmaps_import WHERE id = ?", [pk]).fetchone()
    return dict(zip(COLUMNS, row, strict=True))


def plan(folder: Path, activities: int) -> Path:
    rows = [
        Act(str(n), f"Занятие {n}", (Res(f"Занятие {n} проведено", f"до {n % 28 + 1:02}.11.2024", ("Методист",)),))
        for n in range(1, activities + 1)
    ]
    path = folder / "plan.docx"
    path.write_bytes(as_docx(rows, Shape()))
    return path


def until(found: Callable[[], Any], patience: float = 90) -> Any:
    """Wait until something is so."""
    end = time.monotonic() + patience
    while not (got := found()):
        assert time.monotonic() < end, "it does not come"
        time.sleep(0.02)
    return got


def test_a_file_is_read_by_a_worker_and_survives_its_death(
    tmp_path: Path, receive: Callable[[Path, str], int], start_worker: Callable[[], Any], table: sqlite3.Connection
) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("the embedded queue belongs to the embedded database")
    big = receive(plan(tmp_path, 600), "silently")  # nobody hears of it: the row is the job
    first = start_worker()
    until(lambda: look(table, big)["state"] == "reading")
    os.killpg(first.pid, signal.SIGKILL)
    first.wait()
    left = look(table, big)
    assert (left["state"], left["attempts"], left["steps_total"]) == ("reading", 1, 3)

    # The claim of the dead runs out after two minutes; a test has less patience.
    table.execute("UPDATE roadmaps_import SET lease_until = '2020-01-01 00:00:00' WHERE id = ?", [big])
    start_worker()
    small = receive(plan(tmp_path, 3), "nudge")
    steps = set()
    for pk in (big, small):
        until(lambda pk=pk: steps.add(look(table, pk)["steps_done"]) or look(table, pk)["state"] == "ready")
    assert [look(table, pk) for pk in (big, small)] == [
        {"state": "ready", "step": "", "steps_done": 3, "steps_total": 3, "attempts": attempts} for attempts in (2, 1)
    ]
    assert len(steps) > 1  # an open page saw it move

"""One beat at a time, however many are started."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import pytest
from django.db import connection

from clusterportal import beat

ROOT = Path(__file__).resolve().parents[2]


def test_a_lock_file_is_held_by_one(tmp_path: Path) -> None:
    first = beat.FileLock.take(tmp_path / "lock")
    assert first is not None
    assert (first.held(), beat.FileLock.take(tmp_path / "lock")) == (True, None)
    first.release()
    second = beat.FileLock.take(tmp_path / "lock")
    assert (first.held(), second is not None and second.held()) == (False, True)
    second.release()


@pytest.mark.django_db
def test_an_advisory_lock_is_held_by_one_and_lost_with_its_connection() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("the lock in PostgreSQL needs PostgreSQL")
    first = beat.AdvisoryLock.take()
    assert first is not None
    assert (first.held(), beat.AdvisoryLock.take()) == (True, None)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
            " WHERE application_name = 'clusterportal-beat' AND datname = current_database()"
        )
    assert first.held() is False
    second = beat.AdvisoryLock.take()
    assert second is not None
    assert second.held() is True
    second.release()
    first.release()


@pytest.fixture
def start_beat(tmp_path: Path) -> Iterator[object]:
    """Start beats on one folder and end them with the test."""
    started: list[tuple[subprocess.Popen[bytes], IO[bytes]]] = []

    def start() -> tuple[subprocess.Popen[bytes], Path]:
        log = tmp_path / f"beat-{len(started)}.log"
        file = log.open("wb")
        environment = {"PATH": os.environ["PATH"], "ENV_FILE": os.devnull, "DATA_DIR": str(tmp_path)}
        command = [sys.executable, "-m", "clusterportal.beat"]
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=file, stderr=file)
        started.append((process, file))
        return process, log

    yield start
    for process, file in started:
        process.terminate()
        process.wait(20)
        file.close()


def await_text(log: Path, text: str) -> None:
    """Wait until a log says something."""
    until = time.monotonic() + 30
    while text not in log.read_text(errors="replace"):
        assert time.monotonic() < until, log.read_text(errors="replace")
        time.sleep(0.1)


def test_the_second_beat_takes_over_when_the_first_is_killed(start_beat) -> None:
    first, first_log = start_beat()
    await_text(first_log, "beat: Starting")
    _, second_log = start_beat()
    await_text(second_log, "Another beat holds the lock")
    assert "beat: Starting" not in second_log.read_text()
    first.send_signal(signal.SIGKILL)
    await_text(second_log, "beat: Starting")

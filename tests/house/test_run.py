"""What `make run` starts lives together, comes back when it dies, and goes together."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from scripts import processes, servers

ROOT = Path(__file__).resolve().parents[2]


class Portal:
    """An embedded portal on a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, servers.free_port()
        self.output = folder / "output"
        self.process: subprocess.Popen[bytes] | None = None
        data = str(folder / "data")
        self.environment = {
            "PATH": os.environ["PATH"],
            "ENV_FILE": os.devnull,
            "DATA_DIR": data,
            "PORT": str(self.port),
            "DEMO": "False",
        }

    def start(self) -> "Portal":
        """Start it, as make would, without waiting."""
        command = [sys.executable, "-m", "scripts.run"]
        with self.output.open("wb") as file:
            self.process = subprocess.Popen(command, cwd=ROOT, env=self.environment, stdout=file, stderr=file)
        return self

    def says(self, text: str) -> None:
        """Wait until it says something."""
        until = time.monotonic() + 90
        while text not in self.output.read_text(errors="replace"):
            assert self.process is not None
            ended = self.process.poll() is not None and text not in self.output.read_text(errors="replace")
            assert not ended and time.monotonic() < until, self.output.read_text(errors="replace")
            time.sleep(0.1)

    def pids(self, of: str = "") -> list[int]:
        """Give its processes, known by the mark of this run; perhaps only those with a word in their command line."""
        found = []
        mark = (self.folder / "data" / "run.lock").read_text()
        for entry in Path("/proc").glob("[0-9]*"):
            with suppress(OSError):
                marked = f"{processes.MARK}={mark}".encode() in (entry / "environ").read_bytes()
                if marked and of.encode() in (entry / "cmdline").read_bytes() and processes.alive(int(entry.name)):
                    found.append(int(entry.name))
        return sorted(found)

    def stop(self, sign: signal.Signals = signal.SIGTERM) -> int:
        """Stop it with a signal and give its exit code."""
        assert self.process is not None
        self.process.send_signal(sign)
        return self.process.wait(30)


def await_text(log: Path, *texts: str) -> None:
    """Wait until a log says all of this."""
    until = time.monotonic() + 30
    while not all(text in log.read_text(errors="replace") for text in texts):
        assert time.monotonic() < until, log.read_text(errors="replace")
        time.sleep(0.1)


@pytest.fixture
def portal(tmp_path: Path) -> Iterator[Portal]:
    made = Portal(tmp_path).start()
    yield made
    assert made.process is not None
    if made.process.poll() is None:
        made.stop()


def test_it_comes_up_survives_kills_and_leaves_nothing_behind(portal: Portal) -> None:
    portal.says("Ready in")
    with urllib.request.urlopen(f"http://127.0.0.1:{portal.port}/health/live", timeout=5) as answer:
        assert answer.read() == b"ok"

    nudge = "import django; django.setup(); from roadmaps.tasks import sweep_imports; sweep_imports.delay()"
    environment = {**portal.environment, "DJANGO_SETTINGS_MODULE": "clusterportal.settings"}
    subprocess.run([sys.executable, "-c", nudge], cwd=ROOT, env=environment, check=True)
    await_text(portal.folder / "data" / "logs" / "worker.log", "sweep_imports[", "succeeded in")

    os.kill(portal.pids("celery")[0], signal.SIGKILL)
    portal.says("Starting worker again.")

    assert portal.process is not None
    portal.stop(signal.SIGKILL)
    until = time.monotonic() + 20
    while portal.pids() and time.monotonic() < until:
        time.sleep(0.2)
    assert portal.pids() == []

    began = time.monotonic()
    portal.start().says("Ready in")
    assert time.monotonic() - began < 30  # ten seconds on a free machine; here two test runners share it
    assert portal.stop(signal.SIGINT) == 0
    assert portal.pids() == []


def test_it_refuses_a_port_that_is_taken(tmp_path: Path) -> None:
    portal = Portal(tmp_path)
    with socket.socket() as other:
        other.bind(("127.0.0.1", portal.port))
        other.listen()
        portal.start().says(f"Cannot listen on 127.0.0.1:{portal.port}")
    assert portal.process is not None
    assert portal.process.wait(30) == 1


def test_it_refuses_data_on_which_another_runs(tmp_path: Path) -> None:
    import fcntl

    portal = Portal(tmp_path)
    (tmp_path / "data").mkdir()
    with (tmp_path / "data" / "run.lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        portal.start().says("A portal already runs on")
    assert portal.process is not None
    assert portal.process.wait(30) == 1

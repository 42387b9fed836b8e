"""The memory of what `make run` starts: gunicorn with two workers, and the Celery worker with beat."""

import contextlib
import os
import tempfile
import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from django.conf import settings
from django.test import Client

from benchmarks import region
from benchmarks.measure import Figure
from scripts import processes, servers

REQUESTS = 120
PATIENCE = 60.0
LIMIT_MB = 250


def memory(name: str) -> Figure:
    """
    Measure after both web workers have served pages to a signed-in coordinator and the worker has met its sweeps.

    Counted is PSS, in which memory that processes share is counted once; the sum of RSS counts it in each of them.
    """
    measured = region.build(name, rows_of_plan=40)
    client = Client()
    client.force_login(measured.coordinator)
    cookie = f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"
    port = servers.free_port()
    with tempfile.TemporaryDirectory(prefix="portal-bench-") as folder:
        environment = {**os.environ, "DATA_DIR": folder, "DEMO": "False"}
        commands = (processes.web_command(host="127.0.0.1", port=port), processes.worker_command())
        started = [processes.start(command, environment=environment, log=Path(folder) / "log") for command in commands]
        try:
            await_ready(port, Path(folder) / "log")
            addresses = [measured.roadmap.get_absolute_url(), "/"]
            with ThreadPoolExecutor(8) as pool:
                list(pool.map(lambda turn: get(port, addresses[turn % 2], cookie), range(REQUESTS)))
            time.sleep(20)  # one round of the sweeps
            parts = {part: family(process.pid) for part, process in zip(("web", "worker"), started, strict=True)}
            pss = {part: sum(map(proportional_mb, pids)) for part, pids in parts.items()}
            rss = sum(resident_mb(pid) for pids in parts.values() for pid in pids)
        finally:
            processes.end(started)
    total = round(sum(pss.values()), 1)
    note = (
        f"aim: at most {LIMIT_MB} MB; PSS after {REQUESTS} pages: gunicorn with its 2 workers {pss['web']:.0f}, "
        f"Celery worker with beat {pss['worker']:.0f}; sum of RSS, shared memory counted in each process: {rss:.0f}"
    )
    return Figure(name=name, p50=total, p95=total, unit="MB", rows=40, note=note)


def await_ready(port: int, log: Path) -> None:
    """Wait until the portal is ready."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        with contextlib.suppress(OSError):
            get(port, "/health/ready", "")
            return
        time.sleep(0.2)
    raise RuntimeError(f"The portal did not become ready:\n{processes.last_lines(log)}")


def get(port: int, path: str, cookie: str) -> None:
    """Ask for a page as a browser would."""
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers={"Cookie": cookie})
    with urllib.request.urlopen(request, timeout=30) as answer:
        answer.read()


def family(pid: int) -> list[int]:
    """Give a process and everything below it."""
    with contextlib.suppress(OSError):
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        return [pid, *(found for child in children for found in family(int(child)))]
    return []


def proportional_mb(pid: int) -> float:
    """Give the PSS of a process in MB."""
    return kilobytes(Path(f"/proc/{pid}/smaps_rollup").read_text(), "Pss:") / 1024


def resident_mb(pid: int) -> float:
    """Give the RSS of a process in MB."""
    return kilobytes(Path(f"/proc/{pid}/smaps_rollup").read_text(), "Rss:") / 1024


def kilobytes(table: str, name: str) -> int:
    """Read one line of a table of the kernel's."""
    return next(int(line.split()[1]) for line in table.splitlines() if line.startswith(name))

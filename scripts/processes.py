"""The processes of an embedded portal: their command lines, and how to start and end them so that none is left behind."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MARK = "CLUSTERPORTAL_RUN"
PR_SET_PDEATHSIG = 1
EMBEDDED = {"EMBEDDED_BEAT": "1"}
"""The one worker carries beat with it, as a thread; see clusterportal/celery.py."""
FRUGAL = {"MALLOC_ARENA_MAX": "2"}
"""Threads that wait for SQL need no heap of their own each, which is what glibc gives them."""


def web_command(*, host: str, port: int) -> list[str]:
    """Give gunicorn's command line; how it serves stands in clusterportal/web.py."""
    config = ["--config", "python:clusterportal.web", "--bind", f"{host}:{port}"]
    return [sys.executable, "-m", "gunicorn", *config, "clusterportal.wsgi"]


def worker_command() -> list[str]:
    """Give the command line of the one Celery worker, which carries beat with it."""
    return [
        *(sys.executable, "-m", "celery", "--app", "clusterportal", "worker"),
        *("--pool", "threads", "--concurrency", "2"),
        *("--without-gossip", "--without-mingle", "--without-heartbeat", "--loglevel", "INFO"),
    ]


def die_with_parent() -> None:
    """Ask the kernel for SIGTERM when the parent dies, however it dies; other systems do without."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def start(command: Sequence[str], *, environment: Mapping[str, str], log: Path) -> subprocess.Popen[bytes]:
    """Start a process as the leader of a group of its own, writing into a log."""
    with log.open("ab") as file:
        return subprocess.Popen(
            command,
            cwd=ROOT,
            env={**FRUGAL, **EMBEDDED, **environment},
            stdin=subprocess.DEVNULL,
            stdout=file,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=die_with_parent,
        )


def end(processes: Sequence[subprocess.Popen[bytes]], *, patience: float = 12.0) -> None:
    """End the groups of these processes: politely, and after some seconds for good."""
    for process in processes:
        send(process.pid, signal.SIGTERM)
    until = time.monotonic() + patience
    for process in processes:
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(max(0.1, until - time.monotonic()))
    for process in processes:
        send(process.pid, signal.SIGKILL)
        process.wait()


def send(group: int, sign: signal.Signals) -> None:
    """Send a signal to a process group that may be gone."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(group, sign)


def end_leftovers(mark: str) -> int:
    """
    End the processes that an earlier, killed run has left behind, and say how many there were.

    They are known by the mark in their environment, never by their name, so nobody else's can be hit.
    """
    if not mark or not Path("/proc").is_dir():
        return 0
    needle = f"{MARK}={mark}".encode()
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if int(folder.name) != os.getpid() and needle in (folder / "environ").read_bytes().split(b"\0"):
                found.append(int(folder.name))
    for sign, patience in ((signal.SIGTERM, 5.0), (signal.SIGKILL, 5.0)):
        for pid in found:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, sign)
        until = time.monotonic() + patience
        while time.monotonic() < until and any(alive(pid) for pid in found):
            time.sleep(0.1)
    return len(found)


def alive(pid: int) -> bool:
    """Tell whether a process runs; one that only waits to be buried does not."""
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    return False


def last_lines(log: Path, count: int = 20) -> str:
    """Give the end of a log, to show why a process died."""
    with contextlib.suppress(OSError):
        return "\n".join(log.read_text(encoding="utf-8", errors="replace").splitlines()[-count:])
    return ""

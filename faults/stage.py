"""
A stage on which deeds are done by processes that may die: `python -m faults.stage`.

It reads one deed a line from standard input as JSON and answers each with one line. Django is loaded once; every deed
gets a process of its own by a fork, before which no connection is open.
"""

import json
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Ending:
    """How a deed ended: killed, refused with an exception's name, or done; points and seconds of one that was done."""

    killed: bool = False
    refused: str = ""
    points: int = 0
    seconds: float = 0.0


class Stage:
    """The other end of the line: starts the stage, hands it deeds, ends it."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self.environment = {**environment, "DJANGO_SETTINGS_MODULE": "clusterportal.settings", "PYTHONPATH": str(ROOT)}

    def __enter__(self) -> "Stage":
        self.process = subprocess.Popen(
            [sys.executable, "-m", "faults.stage"],
            cwd=ROOT,
            env=self.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self.process.stdin and self.process.stdout
        self.process.stdin.close()
        self.process.stdout.close()
        self.process.wait(30)

    def perform(
        self, deed: str, facts: Mapping[str, Any], *, at: int | None = None, after: float | None = None
    ) -> Ending:
        """Have a deed done by a process that dies at the given point, or after so many seconds, or not at all."""
        assert self.process.stdin and self.process.stdout
        print(json.dumps({"deed": deed, "facts": facts, "at": at, "after": after}), file=self.process.stdin, flush=True)
        answer = self.process.stdout.readline()
        if not answer:
            raise RuntimeError("the stage itself has ended; its standard error says why")
        return Ending(**json.loads(answer))


def main() -> None:
    """Do deeds until nobody asks for more."""
    import django

    django.setup()
    for line in sys.stdin:
        print(json.dumps(asdict(perform(**json.loads(line)))), flush=True)


def perform(deed: str, facts: dict[str, Any], at: int | None, after: float | None) -> Ending:
    """Fork, have the child do the deed, and tell how it ended."""
    from django.utils.module_loading import import_string

    work = import_string(deed)  # loaded here, so that no time of the child goes into imports
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        _do(work, facts, at, writing)
    os.close(writing)
    if after is not None and not select.select([reading], [], [], after)[0]:
        os.kill(child, signal.SIGKILL)
    said = b"".join(iter(lambda: os.read(reading, 65536), b""))
    os.close(reading)
    _pid, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return Ending(killed=True)
    return Ending(**json.loads(said))


def _do(work: Any, facts: dict[str, Any], at: int | None, writing: int) -> None:
    """Do the deed in the child, which never returns."""
    from django.db import connections

    from faults.points import armed

    began = time.perf_counter()
    try:
        with armed(at) as points:
            work(**facts)
        ending = Ending(points=points.passed, seconds=time.perf_counter() - began)
    except Exception as problem:
        ending = Ending(refused=f"{type(problem).__name__}: {problem}")
    connections.close_all()
    os.write(writing, json.dumps(asdict(ending)).encode())
    os._exit(0)


if __name__ == "__main__":
    main()

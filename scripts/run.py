"""
Run the embedded portal: prepare the data, start web and worker, watch over them, stop them together.

Everything lives under DATA_DIR. Whatever a killed run has left there does not hinder the next one.
"""

import fcntl
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
import uuid
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, NoReturn

from scripts import processes

HOST = os.environ.get("HOST") or "127.0.0.1"
PORT = int(os.environ.get("PORT") or 8000)
DATA_DIR = (processes.ROOT / (os.environ.get("DATA_DIR") or "var")).resolve()
LOGS = DATA_DIR / "logs"
RESTARTS_PER_MINUTE = 5


class Stop(Exception):
    """Somebody asked the portal to stop."""


def say(text: str) -> None:
    """Print at once, also into a pipe."""
    print(text, flush=True)


def ask_to_stop(*_: object) -> NoReturn:
    """Turn a signal into an exception, so that one place stops everything."""
    raise Stop


@dataclass
class Child:
    """A process to watch over, with the moments of its restarts."""

    name: str
    command: list[str]
    process: subprocess.Popen[bytes] | None = None
    restarts: list[float] = field(default_factory=list)

    @property
    def log(self) -> Path:
        """Where the process writes."""
        return LOGS / f"{self.name}.log"

    def start(self, environment: dict[str, str]) -> None:
        """Start the process."""
        self.process = processes.start(self.command, environment=environment, log=self.log)

    def died(self) -> bool:
        """Tell whether the process has ended by itself."""
        return self.process is not None and self.process.poll() is not None

    def may_restart(self) -> bool:
        """Tell whether another restart is worth trying, and count it."""
        now = time.monotonic()
        self.restarts = [moment for moment in self.restarts if now - moment < 60] + [now]
        return len(self.restarts) <= RESTARTS_PER_MINUTE


def take_data_dir() -> IO[str]:
    """
    Make sure that nobody else runs on this data; the kernel gives the lock back when its holder dies.

    The file holds the mark of the run, by which a later one finds what a killed one has left behind.
    """
    DATA_DIR.mkdir(parents=True, exist_ok=True)
    lock = (DATA_DIR / "run.lock").open("a+", encoding="ascii")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        sys.exit(f"A portal already runs on {DATA_DIR}. Stop it first, or set another DATA_DIR.")
    lock.seek(0)
    if count := processes.end_leftovers(lock.read().strip()):
        say(f"Ended {count} processes that a killed run had left behind.")
    return lock


def leave_mark(lock: IO[str]) -> str:
    """Write this run's mark into the lock file."""
    mark = uuid.uuid4().hex
    lock.seek(0)
    lock.truncate()
    lock.write(mark)
    lock.flush()
    return mark


def clear_queue() -> None:
    """
    Empty the broker's folder: a message written half before a kill would trouble every later worker.

    Nothing is lost: the broker is only a nudge, and beat's sweeps find the work in the database.
    """
    shutil.rmtree(DATA_DIR / "queue", ignore_errors=True)


def check_port() -> None:
    """Refuse in a sentence when the port is taken."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, PORT))
        except OSError as problem:
            sys.exit(f"Cannot listen on {HOST}:{PORT} ({problem.strerror}). Choose another port: make run PORT=8001")


def prepare(environment: dict[str, str]) -> list[dict[str, str]]:
    """Migrate and load the demo; give its accounts."""
    command = [sys.executable, "-m", "scripts.prepare"]
    child = subprocess.Popen(
        command, cwd=processes.ROOT, env=environment, stdout=subprocess.PIPE, start_new_session=True,
        preexec_fn=processes.die_with_parent, text=True,
    )  # fmt: skip
    try:
        output, _ = child.communicate()
    except Stop:
        processes.end([child])  # type: ignore[list-item]
        raise
    if child.returncode:
        sys.exit("The data could not be prepared; the lines above say why.")
    return json.loads(output) if output.strip() else []


def await_ready(children: list[Child], *, patience: float = 60.0) -> None:
    """Wait until the portal says that it is ready."""
    reason = "no answer"
    until = time.monotonic() + patience
    while time.monotonic() < until:
        if dead := [child for child in children if child.died()]:
            sys.exit(f"{dead[0].name} ended at once:\n{processes.last_lines(dead[0].log)}")
        try:
            with urllib.request.urlopen(f"http://{HOST}:{PORT}/health/ready", timeout=5):
                return
        except urllib.error.HTTPError as problem:
            reason = problem.read().decode("utf-8", "replace")[:300]
        except OSError as problem:
            reason = str(problem)
        time.sleep(0.1)
    sys.exit(f"The portal did not become ready in {patience:.0f} s: {reason}\n{processes.last_lines(children[0].log)}")


def introduce(accounts: list[dict[str, str]], seconds: float) -> None:
    """Print the address and the accounts."""
    if accounts:
        headings = {"role": "role", "username": "username", "password": "password", "organization": "organization"}
        width = {key: max(len(str(row[key])) for row in [headings, *accounts]) for key in headings}
        say("\nDemo accounts:")
        for row in [headings, *accounts]:
            say("  " + "  ".join(str(row[key]).ljust(width[key]) for key in headings).rstrip())
    address = "localhost" if HOST in {"127.0.0.1", "0.0.0.0"} else HOST
    say(f"\nReady in {seconds:.1f} s: http://{address}:{PORT}/   (data: {DATA_DIR}, logs: {LOGS}; Ctrl-C stops)")


def watch(children: list[Child], environment: dict[str, str]) -> None:
    """Watch over the processes until someone asks to stop; start again one that dies, but not for ever."""
    while True:
        for child in children:
            if child.died():
                say(f"{child.name} ended unexpectedly:\n{processes.last_lines(child.log)}")
                if not child.may_restart():
                    sys.exit(f"{child.name} has died {RESTARTS_PER_MINUTE} times within a minute; stopping.")
                processes.end([child.process])  # type: ignore[list-item]  # what is left of its group
                say(f"Starting {child.name} again.")
                child.start(environment)
        time.sleep(0.5)


def keep_logs(children: list[Child]) -> None:
    """Keep the logs of the former run beside the new ones."""
    LOGS.mkdir(exist_ok=True)
    for child in children:
        if child.log.exists():
            child.log.replace(child.log.with_suffix(".log.1"))


def main() -> None:
    """Run until stopped."""
    began = time.monotonic()
    if os.environ.get("MAKELEVEL"):
        processes.die_with_parent()  # make may be killed without a chance to say so
    for sign in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(sign, ask_to_stop)
    children = [
        Child("web", processes.web_command(host=HOST, port=PORT)),
        Child("worker", processes.worker_command()),
    ]
    try:
        lock = take_data_dir()
        check_port()
        environment = {
            **os.environ,
            "DATA_DIR": str(DATA_DIR),
            "BASE_URL": os.environ.get("BASE_URL") or f"http://localhost:{PORT}",
            "PYTHONUNBUFFERED": "1",
            processes.MARK: leave_mark(lock),
        }
        clear_queue()
        keep_logs(children)
        accounts = prepare(environment)
        for child in children:
            child.start(environment)
        await_ready(children)
        introduce(accounts, time.monotonic() - began)
        watch(children, environment)
    except Stop:
        say("\nStopping …")
    finally:
        for sign in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(sign, signal.SIG_IGN)  # a second Ctrl-C must not leave half of it running
        processes.end([child.process for child in children if child.process])


if __name__ == "__main__":
    main()

"""
One beat at a time, however many are started: `python -m clusterportal.beat`.

A beat that cannot get the lock waits for it. With PostgreSQL the lock is an advisory one, held by a connection
for the life of beat: when a machine dies, its connection ends and the next beat takes over. Without PostgreSQL
the lock is a file in DATA_DIR, for several containers on one machine.

Should a connection break unnoticed, two beats may overlap for a few seconds. That costs nothing but a second
nudge: every task is safe to run twice.
"""

import ctypes
import fcntl
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import IO, Protocol

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, DatabaseError, OperationalError, connections
from django.db.backends.base.base import BaseDatabaseWrapper

LOCK_KEY = 0x636C7573  # "clus": any number will do, if nobody else in this database uses it
TRY_EVERY = 5.0
NOTICE_SILENCE = {"keepalives_idle": 10, "keepalives_interval": 5, "keepalives_count": 3, "tcp_user_timeout": 20_000}
"""Have the system tell within half a minute when the database's machine is gone."""
ALIVE = Path("/tmp/clusterportal-beat-alive")  # noqa: S108  (a time stamp, read by the health check of the same container)
COMMAND = [sys.executable, "-m", "celery", "--app", "clusterportal", "beat", "--loglevel", "INFO", "--pidfile="]


class Lock(Protocol):
    """What one beat holds and the others wait for."""

    def held(self) -> bool:
        """Tell whether the lock is still ours."""

    def release(self) -> None:
        """Give the lock to whoever waits for it."""


class Stopped(BaseException):
    """The supervisor wants this process to end."""


class AdvisoryLock:
    """A lock in PostgreSQL, held by a connection of its own; it is never made anew behind our back: lost is lost."""

    def __init__(self, connection: BaseDatabaseWrapper) -> None:
        self.connection = connection

    @classmethod
    def take(cls) -> "AdvisoryLock | None":
        """Try to take the lock."""
        connection = connections.create_connection(DEFAULT_DB_ALIAS)
        options = {**connection.settings_dict["OPTIONS"], **NOTICE_SILENCE, "application_name": "clusterportal-beat"}
        connection.settings_dict = {**connection.settings_dict, "OPTIONS": options}
        lock = cls(connection)
        if lock.ask(f"SELECT pg_try_advisory_lock({LOCK_KEY})"):
            return lock
        lock.release()
        return None

    def ask(self, query: str) -> bool:
        """Ask over the connection that holds the lock."""
        with self.connection.cursor() as cursor:
            cursor.execute(query)
            return bool(cursor.fetchone()[0])

    def held(self) -> bool:
        """Tell whether the lock is still ours, that is, whether the connection lives."""
        try:
            return self.ask("SELECT true")
        except DatabaseError:
            return False

    def release(self) -> None:
        """Close the connection, and the lock with it."""
        self.connection.close()


class FileLock:
    """A lock on a file; the kernel gives it back when its process ends, however it ends."""

    def __init__(self, file: IO[str]) -> None:
        self.file = file

    @classmethod
    def take(cls, path: Path) -> "FileLock | None":
        """Try to take the lock."""
        file = path.open("w")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.close()
            return None
        return cls(file)

    def held(self) -> bool:
        """Tell whether the lock is still ours: nobody can take it from a living process."""
        return not self.file.closed

    def release(self) -> None:
        """Close the file, and the lock with it."""
        self.file.close()


def take() -> Lock | None:
    """Try to take the lock where this installation keeps it."""
    if settings.DATABASES[DEFAULT_DB_ALIAS]["ENGINE"].endswith("postgresql"):
        return AdvisoryLock.take()
    return FileLock.take(Path(settings.DATA_DIR) / "beat.lock")


def wait_for_lock() -> Lock:
    """Wait until the lock is ours; a database that is away for a while is waited for as well."""
    told = False
    while True:
        ALIVE.touch()
        try:
            lock = take()
        except OperationalError as problem:
            say(f"The database does not answer, trying again: {problem}")
            lock = None
        if lock:
            return lock
        if not told:
            say("Another beat holds the lock; waiting for it to end.")
            told = True
        time.sleep(TRY_EVERY)


def run(lock: Lock) -> int:
    """Run Celery's beat for as long as it and the lock live; give the exit code."""
    say("The lock is held; beat starts.")
    beat = subprocess.Popen(COMMAND, preexec_fn=die_with_parent)  # noqa: S603  (nothing in it comes from outside)
    try:
        while beat.poll() is None:
            ALIVE.touch()
            if not lock.held():
                say("The lock is lost; beat ends, so that another may begin.")
                return 1
            time.sleep(TRY_EVERY)
        return beat.returncode
    finally:
        end(beat)
        lock.release()


def die_with_parent() -> None:
    """Have the kernel end beat when this process is killed: the lock would be free while beat still runs."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGTERM)  # PR_SET_PDEATHSIG


def end(beat: "subprocess.Popen[bytes]") -> None:
    """End beat before the lock goes."""
    if beat.poll() is None:
        beat.terminate()
        try:
            beat.wait(10)
        except subprocess.TimeoutExpired:
            beat.kill()
            beat.wait()


def say(text: str) -> None:
    """Tell the container's log."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def stop(*_: object) -> None:
    """Turn the supervisor's signal into an orderly end."""
    raise Stopped


def main() -> None:
    """Wait for the lock, then be beat."""
    for sign in (signal.SIGTERM, signal.SIGINT):
        signal.signal(sign, stop)
    try:
        sys.exit(run(wait_for_lock()))
    except Stopped:
        say("Stopped.")


if __name__ == "__main__":
    main()

"""
Every check of the house, then every test on SQLite and on PostgreSQL.

The servers are real, started here on free ports and stopped by their pid, whatever happens.
With paths or pytest's own options as arguments, only those tests run, still on both databases.
"""

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from scripts import servers

ROOT = Path(__file__).resolve().parent.parent
WORKERS = ["-n", "2"]
NOTHING_COLLECTED = 5
"""Pytest's exit code when a chosen folder holds only plain rules, which need no second engine."""

CHECKS: dict[str, list[str]] = {
    "format": ["-m", "ruff", "format", "--check", "."],
    "lint": ["-m", "ruff", "check", "."],
    "templates": ["-m", "djlint", "templates", "--lint", "--quiet"],
    "import contracts": ["-c", "from importlinter.cli import lint_imports_command as run; run()"],
    "types": ["-m", "mypy"],
}
PRODUCTION = {
    "PRODUCTION": "True",
    "BASE_URL": "https://plans.example.org",
    "ALLOWED_HOSTS": "plans.example.org",
    "SECRET_KEY": "only-for-this-check-Zq4vX8mT1rK6wB9yN3hJ5pL7sD2fG0cA",
}


@dataclass
class Results:
    """What has run, how it ended and how long it took."""

    lines: list[str] = field(default_factory=list)
    failed: bool = False

    def run(
        self, name: str, command: Sequence[str], environment: Mapping[str, str], *, allowed: Container[int] = (0,)
    ) -> None:
        """Run one check, passing its output on, and remember how it ended."""
        say(f"\n── {name}")
        began = time.monotonic()
        last = ""
        with subprocess.Popen(
            [sys.executable, *command],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
        ) as process:
            assert process.stdout is not None
            try:
                for line in process.stdout:
                    sys.stdout.write(line)
                    last = line.strip() or last
            except BaseException:
                process.terminate()
                raise
        sys.stdout.flush()
        seconds = time.monotonic() - began
        passed = process.returncode in allowed
        outcome = "ok" if passed else "FAILED"
        self.failed |= not passed
        summary = f" {last.strip('= ')}" if "pytest" in command else ""
        self.lines.append(f"{outcome:6} {seconds:6.1f} s  {name}{summary}")


def say(text: str) -> None:
    """Print at once, also into a pipe."""
    print(text, flush=True)


def leave(*_: object) -> None:
    """Turn a signal into an exit, so that the servers are stopped on the way out."""
    sys.exit("Interrupted")


def run_checks(results: Results, environment: Mapping[str, str], database: str, redis: str) -> None:
    """Run what needs no test: style, imports, types, migrations, settings for production."""
    for name, command in CHECKS.items():
        results.run(name, command, environment)
    results.run("migrations", ["-m", "django", "makemigrations", "--check", "--dry-run"], environment)
    production = {**environment, **PRODUCTION, "DATABASE_URL": database, "REDIS_URL": redis}
    results.run("settings for production", ["-m", "django", "check", "--deploy", "--fail-level", "WARNING"], production)


def main() -> None:
    """Run everything; the exit code says whether all of it passed."""
    chosen = sys.argv[1:]
    for sign in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(sign, leave)
    began = time.monotonic()
    results = Results()
    with (
        tempfile.TemporaryDirectory(prefix="portal-test-") as folder,
        servers.postgresql() as database,
        servers.redis() as redis,
    ):
        environment = {
            **{
                key: value
                for key, value in os.environ.items()
                if key not in {"DATABASE_URL", "REDIS_URL", "PRODUCTION"}
            },
            "DJANGO_SETTINGS_MODULE": "clusterportal.settings",
            "DATA_DIR": folder,
            "ENV_FILE": os.devnull,  # a developer's own settings are no part of the project
            "TEST_REDIS_URL": redis,
            "PYTHONUNBUFFERED": "1",
        }
        if not chosen:
            run_checks(results, environment, database, redis)
        results.run("tests on SQLite:", ["-m", "pytest", *WORKERS, "-q", *chosen], environment)
        on_postgresql = ["-m", "pytest", *WORKERS, "-q", "-m", "not journey", "--only-database", *chosen]
        results.run(
            "tests on PostgreSQL:",
            on_postgresql,
            {**environment, "DATABASE_URL": database},
            allowed=(0, NOTHING_COLLECTED) if chosen else (0,),
        )
    say("\n" + "\n".join(results.lines))
    say(f"{'FAILED' if results.failed else 'All passed'} in {time.monotonic() - began:.0f} s")
    sys.exit(results.failed)


if __name__ == "__main__":
    main()

"""Run the faults, on SQLite and on PostgreSQL: `make faults`, `make faults ONLY=approval-kill JSON=faults.json`."""

import argparse
import contextlib
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from faults.outcome import Outcome
from scripts import servers

ROOT = Path(__file__).resolve().parent.parent
KILLS = 50
FAULTS = ("approval-kill", "editor-kill")
ENGINES = ("sqlite", "postgresql")
LASTING = {"fsync": "on", "full_page_writes": "on", "synchronous_commit": "on"}
"""Unlike the server of the tests, this one has to keep its promises."""


def arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default="", help=f"some of them, separated by commas: {', '.join(FAULTS)}")
    parser.add_argument("--json", default="", help="also write the outcomes into this file")
    parser.add_argument("--kills", type=int, default=KILLS, help="how many processes die, on each engine")
    given = parser.parse_args()
    given.names = [name.strip() for name in given.only.split(",") if name.strip()] or list(FAULTS)
    if unknown := [name for name in given.names if name not in FAULTS]:
        parser.error(f"there is no fault {', '.join(unknown)}; there are {', '.join(FAULTS)}")
    return given


@contextlib.contextmanager
def engine(name: str) -> Iterator[dict[str, str]]:
    """Give the environment of a portal of its own on one engine."""
    with tempfile.TemporaryDirectory(prefix="portal-faults-") as folder, contextlib.ExitStack() as stack:
        url = stack.enter_context(servers.postgresql(**LASTING)) if name == "postgresql" else ""
        left = {key: value for key, value in os.environ.items() if key not in {"DATABASE_URL", "REDIS_URL"}}
        yield {
            **left,
            "DJANGO_SETTINGS_MODULE": "clusterportal.settings",
            "ENV_FILE": os.devnull,
            "DATA_DIR": folder,
            "PRODUCTION": "False",
            "DEMO": "False",
            "LOG_LEVEL": "ERROR",
            **({"DATABASE_URL": url} if url else {}),
        }


def main() -> None:
    """Run the chosen faults one after another; the exit code says whether everything held."""
    given = arguments()
    outcomes: list[dict[str, Any]] = []
    failed = False
    for name in given.names:
        for each in ENGINES:
            with engine(each) as environment:
                command = [sys.executable, "-m", "faults.run", name, str(given.kills)]
                done = subprocess.run(
                    command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=False
                )
            if done.returncode:
                failed = True
                print(f"{name:<16} {each:<11} FAILED", flush=True)
                continue
            told = tell(done.stdout)
            failed |= not told.holds
            outcomes.append(told.to_json())
    if given.json:
        Path(given.json).write_text(json.dumps(outcomes, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    sys.exit(failed)


def tell(said: str) -> Outcome:
    """Print an outcome with every rule that did not hold, and give it back."""
    outcome = Outcome(**json.loads(said))
    print(outcome.line(), flush=True)
    for sentence in outcome.sentences:
        print(f"    {sentence}", flush=True)
    return outcome


if __name__ == "__main__":
    main()

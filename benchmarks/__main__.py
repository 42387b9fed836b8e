"""Run the benchmarks on a PostgreSQL and a Redis of their own, as a real installation has them: `make bench`, `make bench ONLY=read-plan JSON=figures.json`."""

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from scripts import servers

if TYPE_CHECKING:
    from benchmarks.measure import Figure


def plan_page_40() -> "Figure":
    """The page of a plan of 40 rows."""
    from benchmarks.plan_page import plan_page

    return plan_page("plan-page-40", rows_of_plan=40)


def plan_page_400() -> "Figure":
    """The page of a plan of 400 rows."""
    from benchmarks.plan_page import plan_page

    return plan_page("plan-page-400", rows_of_plan=400, turns=12)


def cell_save() -> "Figure":
    """Saving a cell, eight people at work."""
    from benchmarks.cell_save import cell_save

    return cell_save("cell-save")


def search_100k() -> "Figure":
    """Searching in 100,000 rows."""
    from benchmarks.searching import search

    return search("search-100k", rows=100_000)


def read_plan() -> "Figure":
    """Reading a Word plan of 40 rows."""
    from benchmarks.reading import read_plan

    return read_plan("read-plan", rows=40)


def memory_2_workers() -> "Figure":
    """The memory of the running portal."""
    from benchmarks.memory import memory

    return memory("memory-2-workers")


def order_pdf_40() -> "Figure":
    """The PDF of an order whose plan has 40 results."""
    from benchmarks.orders import order_pdf

    return order_pdf("order-pdf-40", results=40)


REGION = (1, 34, 500)
NATION = (1, 80, 2_400, 40_000)


def cascade_shift_534() -> "Figure":
    """A regional row moves, and 534 plans follow."""
    from benchmarks.cascade import shift

    return shift("cascade-shift-534", REGION, turns=30)


def cascade_preview_534() -> "Figure":
    """What that would do, seen beforehand."""
    from benchmarks.cascade import preview

    return preview("cascade-preview-534", REGION, turns=40)


def cascade_shift_national() -> "Figure":
    """A row moves, and 42,480 plans follow, among 1.7 million deliverables."""
    from benchmarks.cascade import shift

    return shift("cascade-shift-national", NATION, turns=5)


def matrix_500x40() -> "Figure":
    """The coverage of 40 rows by 500 schools, a page of 40 of them."""
    from benchmarks.coverage import matrix

    return matrix("matrix-500x40", schools=500, rows=40)


BENCHMARKS: dict[str, Callable[[], "Figure"]] = {
    "plan-page-40": plan_page_40,
    "plan-page-400": plan_page_400,
    "cell-save": cell_save,
    "search-100k": search_100k,
    "read-plan": read_plan,
    "order-pdf-40": order_pdf_40,
    "matrix-500x40": matrix_500x40,
    "memory-2-workers": memory_2_workers,
    "cascade-preview-534": cascade_preview_534,
    "cascade-shift-534": cascade_shift_534,
    "cascade-shift-national": cascade_shift_national,
}
ONLY_BY_NAME = {"cascade-shift-national"}
"""Too large to run unasked."""


def arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default="", help=f"some of them, separated by commas: {', '.join(BENCHMARKS)}")
    parser.add_argument("--json", default="", help="also write the figures into this file")
    given = parser.parse_args()
    given.names = [name.strip() for name in given.only.split(",") if name.strip()] or [
        name for name in BENCHMARKS if name not in ONLY_BY_NAME
    ]
    if unknown := [name for name in given.names if name not in BENCHMARKS]:
        parser.error(f"there is no benchmark {', '.join(unknown)}; there are {', '.join(BENCHMARKS)}")
    return given


def prepare() -> None:
    """Set Django up on the server of this run and make the tables."""
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", interactive=False, verbosity=0)


def main() -> None:
    """Run the chosen benchmarks one after another; a failing one does not hide the others' figures."""
    given = arguments()
    figures, failed = [], []
    with (
        tempfile.TemporaryDirectory(prefix="portal-bench-") as folder,
        servers.postgresql() as database,
        servers.redis() as redis,
    ):
        os.environ.update(
            {"DATABASE_URL": database, "DATA_DIR": folder, "REDIS_URL": redis, "PRODUCTION": "False", "DEMO": "False"},
            DJANGO_SETTINGS_MODULE="clusterportal.settings",
            ENV_FILE=os.devnull,
            LOG_LEVEL="WARNING",
        )
        prepare()
        for name in given.names:
            try:
                figure = BENCHMARKS[name]()
            except Exception as problem:
                failed.append(name)
                print(f"{name:<18} FAILED: {type(problem).__name__}: {problem}", flush=True)
                continue
            figures.append(figure)
            print(figure.line(), flush=True)
        close_connections()
    if given.json:
        text = json.dumps([figure.to_json() for figure in figures], ensure_ascii=False, indent=1)
        Path(given.json).write_text(text + "\n", encoding="utf-8")
    sys.exit(1 if failed else 0)


def close_connections() -> None:
    """Let go of the server before it is stopped."""
    from django.db import connections

    connections.close_all()


if __name__ == "__main__":
    main()

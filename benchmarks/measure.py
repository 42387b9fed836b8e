"""Measuring: product and floor take turns in one run, so that both meet the same machine."""

import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from statistics import median
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

Work = Callable[[], object]


@dataclass(frozen=True)
class Figure:
    """What a benchmark found; `ratio` is p50 / floor_p50, `statements` are those of one request."""

    name: str
    p50: float
    p95: float
    unit: str
    cpu_ms: float | None = None
    floor_p50: float | None = None
    ratio: float | None = None
    statements: int | None = None
    rows: int | None = None
    note: str = ""

    def to_json(self) -> dict[str, Any]:
        """Give the figure as the contract of `make bench JSON=file` names it."""
        return asdict(self)

    def line(self) -> str:
        """Give the figure as a line for a person."""
        floor = "" if self.floor_p50 is None else f"  floor {self.floor_p50:g} {self.unit}, {self.ratio:g} ×"
        queries = "" if self.statements is None else f"  {self.statements} statements"
        return (
            f"{self.name:<18} p50 {self.p50:g} {self.unit}  p95 {self.p95:g} {self.unit}{floor}{queries}  {self.note}"
        )


def percentile(values: Sequence[float], share: float) -> float:
    """Give the value below which this share of the values lies (nearest rank)."""
    ranked = sorted(values)
    return ranked[min(len(ranked) - 1, int(share * len(ranked)))]


def once(work: Work) -> tuple[float, float]:
    """Do the work once; give wall and processor time in milliseconds."""
    wall, processor = time.perf_counter(), time.process_time()
    work()
    return (time.perf_counter() - wall) * 1000, (time.process_time() - processor) * 1000


def in_turns(
    name: str,
    product: Work,
    floor: Work,
    *,
    turns: int,
    rows: int,
    note: str,
    counts_statements: bool = False,
    sql: int | None = None,
    prepare: Work = lambda: None,
) -> Figure:
    """
    Measure product and floor in turns, after both have been warmed up.

    :param prepare: what the product needs before each turn; not measured
    :param sql: the statements, where counting them takes more than one more turn
    """
    for _ in range(max(3, turns // 10)):
        prepare()
        product()
        floor()
    of_product, of_floor = [], []
    for _ in range(turns):
        prepare()
        of_product.append(once(product))
        of_floor.append(once(floor))
    p50, floor_p50 = median(wall for wall, _ in of_product), median(wall for wall, _ in of_floor)
    return Figure(
        name=name,
        p50=round(p50, 2),
        p95=round(percentile([wall for wall, _ in of_product], 0.95), 2),
        unit="ms",
        cpu_ms=round(median(cpu for _, cpu in of_product), 2),
        floor_p50=round(floor_p50, 2),
        ratio=round(p50 / floor_p50, 2),
        statements=statements(product) if counts_statements else sql,
        rows=rows,
        note=note,
    )


def statements(work: Work) -> int:
    """Count the SQL statements of a piece of work, without the bounds of its transaction."""
    with CaptureQueriesContext(connection) as captured:
        work()
    return sum(query["sql"] not in {"BEGIN", "COMMIT"} for query in captured.captured_queries)

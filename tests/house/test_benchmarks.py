"""The harness of the benchmarks: figures have the promised shape, and floors are honest."""

from pathlib import Path

import pytest

from benchmarks.__main__ import BENCHMARKS
from benchmarks.measure import Figure, in_turns, percentile
from benchmarks.reading import unpack_and_parse, write_plan
from roadmaps.reading.plan import read_plan_file

FIELDS = ["name", "p50", "p95", "unit", "cpu_ms", "floor_p50", "ratio", "statements", "rows", "note"]


def test_the_promised_benchmarks_are_there() -> None:
    assert {"plan-page-40", "read-plan", "memory-2-workers"} <= set(BENCHMARKS)


def test_a_figure_has_the_promised_shape() -> None:
    assert list(Figure(name="x", p50=1.0, p95=2.0, unit="ms").to_json()) == FIELDS


def test_product_and_floor_take_turns() -> None:
    order: list[str] = []
    figure = in_turns("x", lambda: order.append("p"), lambda: order.append("f"), turns=5, rows=1, note="")
    assert order == ["p", "f"] * 8  # three times to warm up, five to measure
    assert (figure.name, figure.rows, figure.statements) == ("x", 1, None)


@pytest.mark.parametrize(("share", "value"), [(0.5, 3), (0.95, 5), (0.0, 1), (1.0, 5)])
def test_a_percentile_is_a_value_that_was_measured(share: float, value: int) -> None:
    assert percentile([5, 1, 4, 2, 3], share) == value


def test_the_plan_that_is_read_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "plan.docx"
    write_plan(path, rows=12)
    plan = read_plan_file(path)
    assert (len(plan.results()), len(plan.sections), plan.header.order_number) == (12, 2, "118")
    assert unpack_and_parse(path) > 12 * 5

"""Links of the real documents, where they stand beside the checkout."""

import dataclasses
import json
from pathlib import Path

import pytest

from roadmaps.matching import WEIGHTS, Weights, match
from roadmaps.reading.plan import read_plan_file
from tests.roadmaps.matching.test_matching import linked
from tests.shared import SHARED

pytestmark = [pytest.mark.shared, pytest.mark.skipif(not SHARED.exists(), reason="the real documents are not here")]


@pytest.mark.parametrize("ext", ["docx", "xlsx"])
@pytest.mark.parametrize("number", [0, 1])
def test_the_real_chain_is_linked_as_a_reader_would(number: int, ext: str) -> None:
    pair = json.loads((SHARED / "plans/gold/links.json").read_text())["pairs"][number]
    upper, lower = (_plan(pair[side], ext) for side in ("upper", "lower"))
    wanted = {(_ref(link["lower"]), _ref(link["upper"])) for link in pair["links"] if link["upper"]}
    found = match(upper, lower)
    got = linked(found)
    assert 2 * len(got & wanted) / (len(got) + len(wanted)) >= 0.95
    assert set(found.not_covered) == {_ref(row["id"]) for row in pair["upper_rows_without_lower"]}


@pytest.mark.parametrize("number", [0, 1])
def test_no_weight_sits_on_a_knife_edge(number: int) -> None:
    pair = json.loads((SHARED / "plans/gold/links.json").read_text())["pairs"][number]
    upper, lower = (_plan(pair[side], "docx") for side in ("upper", "lower"))
    wanted = {(_ref(link["lower"]), _ref(link["upper"])) for link in pair["links"] if link["upper"]}
    for field in dataclasses.fields(Weights):
        for factor in (0.8, 1.2):
            moved = dataclasses.replace(WEIGHTS, **{field.name: getattr(WEIGHTS, field.name) * factor})
            got = linked(match(upper, lower, weights=moved))
            assert 2 * len(got & wanted) / (len(got) + len(wanted)) >= 0.95, (field.name, factor)


def _plan(name: str, ext: str):
    path: Path = SHARED / "plans" / ext / f"{name}.{ext}"
    return read_plan_file(path)


def _ref(identity: str) -> str:
    return identity.partition(":")[2]

"""The labelled phrases that stand beside the checkout: how many are right in kind and dates."""

import csv
import datetime as dt

import pytest

from deadlines.grammar import read
from deadlines.values import Deadline, Kind, Period
from tests.shared import SHARED

pytestmark = [pytest.mark.skipif(not SHARED.exists(), reason="the labelled phrases are not here")]


@pytest.mark.parametrize(("name", "share"), [("plans", 1.0), ("wild", 0.98), ("constructed", 1.0)])
def test_labelled_phrases_are_right_in_kind_and_dates(name, share):
    with (SHARED / "deadlines" / f"{name}.tsv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    wrong = [row["id"] for row in rows if not _is_right(row)]
    assert 1 - len(wrong) / len(rows) >= share, wrong


def _is_right(row: dict[str, str]) -> bool:
    period = None
    if row["plan_start"]:
        period = Period(dt.date.fromisoformat(row["plan_start"]), dt.date.fromisoformat(row["plan_end"]))
    found = read(row["phrase"], period)
    kinds = {row["kind"], *row["alt_kind"].split("|")} - {""}
    doubted = "unknown/typo" in kinds and (found.kind is Kind.UNKNOWN or bool(found.warnings))
    if not doubted and found.kind.value not in kinds:
        return False
    return _days_are_right(found, row) and (found.kind is not Kind.RECURRING or _rules_are_right(found, row))


def _days_are_right(found: Deadline, row: dict[str, str]) -> bool:
    if found.kind not in (Kind.BY, Kind.WINDOW, Kind.MONTHS, Kind.CONTINUOUS):
        return True
    if found.kind.value != row["kind"] and found.kind is Kind.CONTINUOUS:
        return True
    expected = ("" if found.kind is Kind.BY else row["start"], row["end"])
    days = (_iso(found.start), _iso(found.due))
    windows = ";".join(f"{a}/{b}" for a, b in found.windows)
    return days == expected and (found.kind is Kind.BY or not row["windows"] or windows == row["windows"])


def _rules_are_right(found: Deadline, row: dict[str, str]) -> bool:
    expected = [rule.removeprefix("RRULE:") for rule in row["rrule"].split(" + ") if rule]
    return not expected or sorted(map(_parts, found.rrules)) == sorted(map(_parts, expected))


def _parts(rule: str) -> list[str]:
    return sorted(rule.split(";"))


def _iso(day: dt.date | None) -> str:
    return "" if day is None else day.isoformat()

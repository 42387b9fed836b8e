"""The real documents that stand beside the checkout, and their messy variants, equal their gold."""

import json
import re
import time
import unicodedata
from pathlib import Path
from typing import Any

import pytest

from roadmaps.reading.plan import read_plan_file
from roadmaps.reading.refusals import CannotRead
from tests.shared import SHARED

PLANS = SHARED / "plans"
pytestmark = [pytest.mark.shared, pytest.mark.skipif(not PLANS.exists(), reason="the real documents are not here")]
FILES = [(f"{kind}/{name}.{kind}", name) for kind in ("docx", "xlsx") for name in ("000", "001", "002")] + [
    ("messy/000_autonum.docx", "000"),
    ("messy/001_split.docx", "001"),
    ("messy/002_tracked.docx", "002"),
]
BAD = {
    "bad_not_zip.docx": "old-word",
    "bad_zip_bomb.docx": "zip-bomb",
    "bad_xxe.docx": "doctype",
    "bad_empty.docx": "nothing-to-import",
    "bad_no_table.docx": "no-table",
}


def plain(text: str | None) -> str:
    return " ".join(unicodedata.normalize("NFC", text or "").split())


def gold_of(name: str) -> dict[str, Any]:
    gold: dict[str, Any] = json.loads((PLANS / "gold" / f"{name}.json").read_text("utf-8"))
    return gold


@pytest.mark.parametrize(("file", "name"), FILES)
def test_every_row_equals_gold(file: str, name: str) -> None:
    plan = read_plan_file(PLANS / file)
    read = [
        (
            re.sub(r"\.$", "", plain(row.number)),
            plain(row.title),
            row.section,
            [(r.ref, plain(r.text), plain(r.deadline.phrase), tuple(map(plain, r.executors))) for r in row.results],
        )
        for row in plan.rows
    ]
    gold = [
        (
            re.sub(r"\.$", "", plain(row["number"])),
            plain(row["title"]),
            (),
            [
                (
                    r["id"].partition(":")[2],
                    plain(r["text"]),
                    plain(r["deadline_phrase"]),
                    tuple(map(plain, r["executors"])),
                )
                for r in row["results"]
            ],
        )
        for row in gold_of(name)["rows"]
    ]
    assert read == gold
    assert plan.sections == ()


@pytest.mark.parametrize(("file", "name"), FILES)
def test_every_header_fact_equals_gold(file: str, name: str) -> None:
    header = read_plan_file(PLANS / file).header
    gold = gold_of(name)["header"]
    period = None if header.period is None else [day.isoformat() for day in header.period]
    # A sheet that only names the body in the genitive cannot tell that its letterhead is in capitals.
    issuer = plain(gold["issuer"])
    assert plain(header.issuer) == issuer or (file.endswith(".xlsx") and plain(header.issuer).upper() == issuer)
    assert (plain(header.title), header.order_number, header.order_date and header.order_date.isoformat(), period) == (
        plain(gold["title"]),
        gold["order_number"] or "",
        gold["order_date"],
        [gold["period_norm"]["start"], gold["period_norm"]["end"]],
    )
    if "order_points" in gold and file.endswith(".docx"):
        clauses = [(c.number, plain(c.text), c.deadline.phrase if c.deadline else None) for c in header.clauses]
        assert clauses == [
            (p["number"].rstrip("."), plain(p["text"]), p.get("deadline_phrase")) for p in gold["order_points"]
        ]
        assert plain(header.preamble) == plain(gold["preamble"])
        assert plain(header.order_title) == plain(gold["order_title"])
        assert header.place == gold["city"]
        assert (plain(header.signatory_post), header.signatory_name) == (
            plain(gold["signatory"]["post"]),
            gold["signatory"]["name"],
        )


@pytest.mark.parametrize(("file", "code"), BAD.items())
def test_bad_files_are_refused_in_time(file: str, code: str) -> None:
    began = time.process_time()
    with pytest.raises(CannotRead) as refusal:
        read_plan_file(PLANS / "messy" / file)
    assert refusal.value.code == code
    assert "hostname" not in refusal.value.message + refusal.value.message_ru
    assert time.process_time() - began < 2


def test_reading_takes_half_a_second_at_most() -> None:
    path = Path(PLANS / "docx" / "001.docx")
    read_plan_file(path)
    began = time.process_time()
    read_plan_file(path)
    assert time.process_time() - began < 0.5

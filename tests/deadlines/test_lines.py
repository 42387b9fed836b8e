"""Lines of the `read_deadlines` command: columns, headers, and what cannot be read."""

import datetime as dt

from deadlines.grammar import read
from deadlines.lines import answers
from deadlines.values import Period

PLAN = Period(dt.date(2024, 9, 1), dt.date(2025, 8, 31))


def test_each_line_is_answered_in_order_and_a_header_is_skipped():
    lines = [
        "phrase\tplan_start\tplan_end\n",
        "до 15 октября\t2024-09-01\t2025-08-31\r\n",
        "до 15.10.2024\t\t\n",
        "постоянно\n",
        "\n",
    ]
    assert list(answers(lines)) == [
        read("до 15 октября", PLAN).to_json(),
        read("до 15.10.2024").to_json(),
        read("постоянно").to_json(),
        read("").to_json(),
    ]


def test_a_header_may_order_the_columns_otherwise():
    lines = ["id\tphrase\tplan_start\tplan_end\tkind\n", "7\tдо 15 октября\t2024-09-01\t2025-08-31\tby\n"]
    assert list(answers(lines)) == [read("до 15 октября", PLAN).to_json()]


def test_a_bad_line_says_so_and_keeps_its_place():
    lines = [
        "до 15 октября\t2024-13-01\t2025-08-31",
        "до 15 октября\t2025-08-31\t2024-09-01",
        "до 15 октября\t2024-09-01",
        "ок\t2024-09-01\t2025-08-31\tx",
    ]
    found = list(answers(lines))
    assert [(a["kind"], a["due"], a["warnings"]) for a in found] == [("unknown", None, ["bad-line"])] * 4
    assert all(a["error"] for a in found)

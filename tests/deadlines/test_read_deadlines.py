"""The command `read_deadlines`: UTF-8 in, one JSON object a line out, no database."""

import io
import json

from django.core.management import call_command


def test_the_command_answers_every_line_with_the_contract_shape(monkeypatch):
    lines = "\ufeffphrase\tplan_start\tplan_end\nдо 15 октября\t2024-09-01\t2025-08-31\r\nежемесячно\t\t\n\t2024-09-01\t2025-08-31\n"
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(lines.encode()), encoding="ascii"))
    written = io.StringIO()
    call_command("read_deadlines", json=True, stdout=written)
    found = [json.loads(line) for line in written.getvalue().splitlines()]
    assert [(a["phrase"], a["kind"], a["due"], a["rrule"], a["warnings"]) for a in found] == [
        ("до 15 октября", "by", "2024-10-15", None, []),
        ("ежемесячно", "recurring", None, "FREQ=MONTHLY;BYMONTHDAY=-1", ["day-assumed"]),
        ("", "unknown", None, None, ["no-deadline"]),
    ]
    shape = ["phrase", "kind", "start", "due", "windows", "rrule", "relative", "warnings", "suggestions"]
    assert [list(a) for a in found] == [shape] * 3

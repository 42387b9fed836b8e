"""
The closed language of the grid: which deeds an edit may name, with which fields, and what they may hold.

Whatever is not listed here is refused before anything is read or written.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

EDITS_AT_MOST = 200
"""How many edits one request may bring; a browser that was away for long sends them in several."""
KEY_LENGTH = 40
NEW = "new:"
"""Begins a reference to what an earlier edit added, by that edit's key."""


class Malformed(ValueError):
    """A request that no grid of ours sends."""


@dataclass(frozen=True)
class GridEdit:
    """One edit: `key` names it for good, edits of one `step` are undone together, `values` are those of its deed."""

    key: str
    step: str
    deed: str
    values: Mapping[str, Any]


Check = Callable[[Any], Any]


def text(length: int) -> Check:
    """Take a text up to this length, with line breaks as the portal keeps them."""

    def check(value: Any) -> str:
        if not isinstance(value, str) or len(value) > length or "\0" in value:
            raise Malformed
        return value.replace("\r\n", "\n").replace("\r", "\n").strip()

    return check


def one_of(*known: str) -> Check:
    """Take one of these words."""

    def check(value: Any) -> str:
        if not isinstance(value, str) or value not in known:
            raise Malformed
        return value

    return check


def number(low: int, high: int) -> Check:
    """Take a whole number within these bounds."""

    def check(value: Any) -> int:
        if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
            raise Malformed
        return value

    return check


def truth(value: Any) -> bool:
    """Take true or false."""
    if not isinstance(value, bool):
        raise Malformed
    return value


def reference(value: Any) -> int | str:
    """Take the key of a row or heading, or the key of the edit that adds it."""
    if isinstance(value, str) and value.startswith(NEW):
        return NEW + key(value.removeprefix(NEW))
    return int(number(1, 2**62)(value))


def perhaps(check: Check) -> Check:
    """Take nothing, or what the check takes."""
    return lambda value: None if value is None else check(value)


def key(value: Any) -> str:
    """Take a key: letters, digits and hyphens."""
    if not isinstance(value, str) or not 8 <= len(value) <= KEY_LENGTH:
        raise Malformed
    if not all(letter.isascii() and (letter.isalnum() or letter == "-") for letter in value):
        raise Malformed
    return value


def table(value: Any) -> list[list[str]]:
    """Take rows of the four cells that a pasted row has: activity, result, deadline, executors."""
    if not isinstance(value, list) or not 0 < len(value) <= ROWS_AT_MOST:
        raise Malformed
    cell = text(5000)
    rows = [[cell(one) for one in row] if isinstance(row, list) else [] for row in value]
    if any(len(row) != PASTED_CELLS for row in rows):
        raise Malformed
    return rows


ROWS_AT_MOST = 400
PASTED_CELLS = 6
"""Section, number, activity, result, deadline, executors."""
OF_A_ROW = ("text", "phrase", "executors")
OF_A_HEADING = ("number", "title")
ADDED = ("section", "activity")
RULES = ("same", "shifted", "within", "own")
MODES = ("typed", "sections", "throughout")

DEEDS: dict[str, dict[str, Check]] = {
    "cell": {"row": reference, "field": one_of(*OF_A_ROW), "value": text(5000), "base": text(20_000)},
    "heading": {"heading": reference, "field": one_of(*OF_A_HEADING), "value": text(2000), "base": text(20_000)},
    "add-row": {"activity": reference, "after": perhaps(reference)},
    "add-heading": {"kind": one_of(*ADDED), "parent": perhaps(reference), "after": perhaps(reference)},
    "move-row": {"row": reference, "activity": reference, "after": perhaps(reference)},
    "move-heading": {"heading": reference, "parent": perhaps(reference), "after": perhaps(reference)},
    "drop-row": {"row": reference},
    "drop-heading": {"heading": reference, "rows": number(0, 10_000)},
    "shift": {"row": reference, "days": number(-400, 400), "working": truth, "base": text(20_000)},
    "rule": {"row": reference, "upper": reference, "rule": one_of(*RULES), "days": number(-400, 400), "working": truth},
    "adopt": {"upper": reference},
    "answer": {"row": reference, "upper": reference},
    "waive": {"upper": reference, "reason": text(2000)},
    "unwaive": {"upper": reference},
    "explain": {"finding": text(120), "reason": text(2000)},
    "comment": {"row": reference, "text": text(2000)},
    "fix": {"finding": text(120), "index": number(0, 20)},
    "numbering": {"mode": one_of(*MODES)},
    "paste": {"rows": table, "matched": perhaps(lambda value: [perhaps(reference)(one) for one in _listed(value)])},
    "undo": {},
    "redo": {},
}
"""Every deed, every field that it takes; each of them must be there, and nothing else."""


def _listed(value: Any) -> list[Any]:
    if not isinstance(value, list) or len(value) > ROWS_AT_MOST:
        raise Malformed
    return value


def read(payload: Any) -> list[GridEdit]:
    """
    Read the edits of a request.

    :raises Malformed: if anything is missing, unknown or of another kind than its deed takes
    """
    if not isinstance(payload, list) or not 0 < len(payload) <= EDITS_AT_MOST:
        raise Malformed
    return [_edit(one) for one in payload]


def _edit(data: Any) -> GridEdit:
    if not isinstance(data, dict) or not all(isinstance(name, str) for name in data):
        raise Malformed
    deed = data.get("deed")
    fields = DEEDS.get(deed) if isinstance(deed, str) else None
    if deed is None or fields is None or data.keys() != {"key", "step", "deed", *fields}:
        raise Malformed
    values = {name: check(data[name]) for name, check in fields.items()}
    return GridEdit(key(data["key"]), key(data["step"]), deed, values)


def lines(text: str) -> list[str]:
    """Give the lines of an executors cell without empty ones, each once; a semicolon ends a line, too."""
    parts = (part.strip() for line in text.split("\n") for part in line.split(";"))
    return list(dict.fromkeys(part for part in parts if part))

"""Deadlines as the database holds them: each text is read once, because many rows of a region say the same."""

import json

from deadlines.values import Deadline


class Values:
    """Reads deadlines from JSON text; the same text gives the same object."""

    def __init__(self) -> None:
        self._known: dict[str, Deadline] = {}

    def __call__(self, text: str) -> Deadline:
        found = self._known.get(text)
        if found is None:
            found = self._known[text] = Deadline.from_json(json.loads(text))
        return found

    def optional(self, text: str | None) -> Deadline | None:
        """Read a deadline that may not be there."""
        return None if text is None else self(text)


class Texts:
    """Writes deadlines as JSON text; the same object is written once."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[Deadline, str]] = {}  # the deadline too, so that its identity stays its own

    def __call__(self, deadline: Deadline) -> str:
        found = self._known.get(id(deadline))
        if found is None:
            text = json.dumps(deadline.to_json(), ensure_ascii=False)
            found = self._known[id(deadline)] = (deadline, text)
        return found[1]

    def optional(self, deadline: Deadline | None) -> str | None:
        """Write a deadline that may not be there."""
        return None if deadline is None else self(deadline)

"""Many people in one plan at once: nothing that was accepted is lost, whatever the engine."""

import os
import random
import threading
from typing import Any

import pytest
from django.db import connection

from organizations import access
from organizations.access import Role
from organizations.models import Entry, User
from roadmaps.operations.edits import Answer
from tests.roadmaps.chain import Chain, make_chain
from tests.roadmaps.editor.grid import Grid, cells_of

CLIENTS = 8
EDITS = int(os.environ.get("GRID_EDITS", "80"))
"""How many edits all clients send together; 2,000 show it at length."""
ROWS = 5
CELLS = ("text", "phrase", "executors")


@pytest.fixture
def chain(committing: None) -> Chain:
    return make_chain()


def value_of(name: str, client: int, turn: int) -> str:
    """Give a value that nobody else writes."""
    if name == "phrase":
        return f"до {client + 1:02}.{turn % 12 + 1:02}.2026, вариант {turn}"
    return f"{name} {client}-{turn}"


class Writer(threading.Thread):
    """One person who writes what she likes into cells as she last saw them, and goes on after a conflict."""

    def __init__(self, number: int, grid: Grid, rows: list[int]) -> None:
        super().__init__()
        self.number, self.grid, self.rows = number, grid, rows
        self.accepted: list[tuple[int, str, str]] = []
        self.conflicts = 0
        self.problem: BaseException | None = None

    def run(self) -> None:
        try:
            self._write()
        except BaseException as problem:  # told by the test, which joins
            self.problem = problem
        finally:
            connection.close()

    def _write(self) -> None:
        rng = random.Random(self.number)
        seen = {row: cells_of(self.grid.sheet, row) for row in self.rows}
        for turn in range(EDITS // CLIENTS):
            row, name = rng.choice(self.rows), rng.choice(CELLS)
            value = value_of(name, self.number, turn)
            answer: Answer = self.grid.cell(row, name, value, base=seen[row][name])
            if answer.state == "conflict":
                self.conflicts += 1
                seen[row][name] = answer.theirs
                answer = self.grid.cell(row, name, value, base=answer.theirs)
            if answer.state == "done":
                self.accepted.append((row, name, value))
                seen[row][name] = value


def test_every_accepted_edit_is_in_the_plan_or_in_the_journal(chain: Chain) -> None:
    plan = chain.plan(chain.town, ["до 20.10.2026"] * ROWS)
    writers = []
    for number in range(CLIENTS):
        user = User.objects.create_user(f"writer-{number}", password=None)
        access.grant(user, Role.COORDINATOR, chain.town)
        writers.append(Writer(number, Grid(plan.edition, user), list(plan.rows)))
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(timeout=300)
    assert [writer.problem for writer in writers] == [None] * CLIENTS
    grid = writers[0].grid
    accepted = {one for writer in writers for one in writer.accepted}
    assert len(accepted) > EDITS * 0.6
    told: dict[tuple[int, str], list[tuple[Any, Any]]] = {}
    for entry in Entry.objects.filter(operation="row-changed").order_by("pk"):
        for name, after in (entry.after or {}).items():
            told.setdefault((entry.subject_id, name), []).append(((entry.before or {})[name], after))
    for (row, name), steps in told.items():
        # Each begins where the one before it ended: nobody wrote over what she had not seen.
        assert [before for before, _after in steps[1:]] == [after for _before, after in steps[:-1]], (row, name)
    for row, name, value in accepted:
        written = [after for _before, after in told[row, name]]
        assert ([value] if name == "executors" else value) in written
    for row in plan.rows:
        standing = cells_of(grid.sheet, row)
        for name in CELLS:
            if (row, name) in told:
                last = told[row, name][-1][1]
                assert standing[name] == ("\n".join(last) if name == "executors" else last)

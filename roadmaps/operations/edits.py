"""
Carrying out the edits of the grid: each once, each answered, all of a request in one transaction.

What an edit does is written by the operations that forms call as well; here it is found out whether the edit still fits
what stands in the draft, and remembered so that it can be undone.
"""

import datetime as dt
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db import IntegrityError, transaction

from organizations.models import User
from roadmaps.choices import StepState
from roadmaps.editor.edits import NEW, GridEdit
from roadmaps.models import Edit, Edition
from roadmaps.operations import deeds, undoing
from roadmaps.operations.problems import Conflict, Refused, RowGone
from roadmaps.operations.versions import holding


@dataclass(frozen=True)
class Answer:
    """What became of an edit: `done`, `conflict` (with the other value, and whose it is) or `refused` (with a sentence)."""

    key: str
    state: str
    made: int | None = None
    sentence: str = ""
    theirs: str = ""
    who: str = ""
    at: dt.datetime | None = None


@dataclass
class Batch:
    """The edits of one request on their way: who sends them, what earlier ones of the same account added."""

    edition: Edition
    edits: Sequence[GridEdit]
    by: User
    now: dt.datetime
    is_again: bool = False
    made: dict[str, int | None] = field(default_factory=dict)

    @cached_property
    def known(self) -> dict[str, Edit]:
        """The edits of this request, and those to which it refers, that were accepted before."""
        keys = {edit.key for edit in self.edits}
        keys |= {value.removeprefix(NEW) for edit in self.edits for value in edit.values.values() if is_new(value)}
        found = Edit.objects.filter(roadmap=self.edition.roadmap_id, by=self.by, key__in=keys)
        return {edit.key: edit for edit in found}

    def values(self, edit: GridEdit) -> dict[str, Any]:
        """
        Give the values of an edit with keys in place of references.

        :raises RowGone: if the edit that adds the row never arrived
        """
        return {name: self._subject(value) if is_new(value) else value for name, value in edit.values.items()}

    def _subject(self, reference: str) -> int:
        key = reference.removeprefix(NEW)
        known = self.known.get(key)
        subject = self.made.get(key) or (known.subject if known else None)
        if subject is None:
            raise RowGone
        return subject


def is_new(value: Any) -> bool:
    """Tell a reference to what an edit added."""
    return isinstance(value, str) and value.startswith(NEW)


def apply(*, edition: Edition, edits: Sequence[GridEdit], by: User, now: dt.datetime) -> list[Answer]:
    """
    Carry out edits of a draft in their order; one that is refused does not hinder the next.

    An edit whose key is known is not done again; it is answered as it was.

    :raises NotWritable: if the draft cannot be edited now; then nothing is done
    """
    batch = Batch(edition, edits, by, now)
    try:
        return _apply(batch)
    except IntegrityError:
        # An answer was lost and the edit came again: only now, with the key refused, is it looked up.
        again = Batch(edition, edits, by, now, is_again=True)
        if not again.known:
            raise
        return _apply(again)


def _apply(batch: Batch) -> list[Answer]:
    answers = []
    with holding(batch.edition, now=batch.now):
        for place, edit in enumerate(batch.edits):
            answers.append(_answer(batch, edit, batch.now + dt.timedelta(microseconds=place)))
    return answers


def _answer(batch: Batch, edit: GridEdit, at: dt.datetime) -> Answer:
    """Carry out one edit; a cell that comes alone is not looked up first, and needs no way back of its own."""
    is_simple = len(batch.edits) == 1 and edit.deed in deeds.OF_CELLS
    if (batch.is_again or not is_simple) and edit.key in batch.known:
        return Answer(edit.key, "done", made=batch.known[edit.key].subject)
    try:
        with nullcontext() if is_simple else transaction.atomic():
            made = _carry_out(batch, edit, at)
    except Conflict as conflict:
        if edit.key in batch.known:
            return Answer(edit.key, "done", made=batch.known[edit.key].subject)
        return Answer(
            edit.key, "conflict", sentence=str(conflict), theirs=conflict.theirs, who=conflict.who, at=conflict.at
        )
    except undoing.Spent as spent:
        Edit.objects.filter(pk__in=spent.edits).update(state=StepState.SPENT)
        return Answer(edit.key, "refused", sentence=str(spent))
    except Refused as refused:
        return Answer(edit.key, "refused", sentence=str(refused))
    batch.made[edit.key] = made
    return Answer(edit.key, "done", made=made)


def _carry_out(batch: Batch, edit: GridEdit, at: dt.datetime) -> int | None:
    values = batch.values(edit)
    turn = TURNS.get(edit.deed)
    if turn is not None:
        of = turn(batch.edition, by=batch.by, at=at)
        _remember(batch, edit, at, state=StepState.TURN, of=of)
        return None
    subject, is_changed = deeds.DEEDS[edit.deed](batch.edition, values, batch.by, at)
    if is_changed:
        _remember(batch, edit, at, subject=subject, field=values.get("field", ""))
    return subject


TURNS: dict[str, Callable[..., str]] = {"undo": undoing.undo, "redo": undoing.redo}


def _remember(batch: Batch, edit: GridEdit, at: dt.datetime, **rest: Any) -> None:
    Edit.objects.create(
        roadmap_id=batch.edition.roadmap_id,
        by=batch.by,
        key=edit.key,
        step=edit.step,
        deed=edit.deed,
        at=at,
        **rest,
    )

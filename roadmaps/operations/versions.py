"""The mechanics of ranged rows: who may write a draft, and how a row gets its draft version."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from django.db import models, transaction

from roadmaps.choices import DRAFT, OPEN, EditionState
from roadmaps.models import Edition, Programme, Roadmap
from roadmaps.models.ranged import Ranged
from roadmaps.operations.problems import NotWritable

Row = TypeVar("Row", bound=Ranged)
WRITABLE = (EditionState.DRAFT, EditionState.RETURNED)


@contextmanager
def writing(roadmap_id: int, *, now: dt.datetime) -> Iterator[Edition]:
    """
    Hold the roadmap while its draft is written; everything inside is one transaction.

    :raises NotWritable: if there is no draft, or it is submitted
    """
    with transaction.atomic():
        lock(roadmap_id)
        edition = Edition.objects.open().filter(roadmap=roadmap_id).select_related("roadmap__organization").first()
        if edition is None or not edition.is_writable:
            raise NotWritable
        yield edition
        Edition.objects.filter(pk=edition.pk).update(changed_at=now)


def queue(programme_id: int) -> None:
    """
    Wait until no other approval in the programme is under way; taken before any roadmap is locked.

    Everybody takes programme, then roadmaps by id, then rows: so approvals queue, editors do not, and nobody deadlocks.
    """
    Programme.objects.select_for_update(no_key=True).get(pk=programme_id)


@contextmanager
def holding(edition: Edition, *, now: dt.datetime) -> Iterator[None]:
    """
    Hold the roadmap of a draft that the caller has read before, as `writing` does, in fewer statements.

    :raises NotWritable: if it is submitted or in force by now
    """
    with transaction.atomic():
        edition.roadmap.numbering = lock(edition.roadmap_id).numbering
        held = Edition.objects.open().filter(pk=edition.pk, state__in=WRITABLE).update(changed_at=now)
        if not held:
            raise NotWritable
        yield


def lock(roadmap_id: int) -> Roadmap:
    """Lock a roadmap against other writers; SQLite has locked the whole database already."""
    # Without no_key every insert that points at this row would wait, too.
    return Roadmap.objects.select_for_update(no_key=True).get(pk=roadmap_id)


def own_version(
    model: type[Row], *, changes: dict[str, Any], row: Row | None = None, **identity: Any
) -> tuple[Row, dict[str, Any]]:
    """
    Change a row in the draft: the row in force ends at DRAFT and a copy begins there; a copy is changed in place.

    Gives the draft's row and what its changed fields were. Whoever has read the row under the roadmap's lock gives it
    as `row` instead of its identity.
    """
    row = row or model.objects.at(DRAFT).get(**identity)
    before = {name: getattr(row, name) for name in changes}
    if row.since != DRAFT:
        model.objects.filter(pk=row.pk).update(until=DRAFT)
        row.pk, row.since, row.until, row._state.adding = None, DRAFT, OPEN, True
        if hasattr(row, "moved_by"):
            row.moved_by = None
    for name, value in changes.items():
        setattr(row, name, value)
    row.save()
    return row, before


def drop(model: type[Ranged], **identity: Any) -> int:
    """Take rows out of the draft: what is in force ends at DRAFT, what was only in the draft goes."""
    rows = model.objects.filter(**identity)
    gone, _ = rows.filter(since=DRAFT).delete()
    return gone + rows.filter(since__lt=DRAFT, until=OPEN).update(until=DRAFT)


def put(model: type[Row], *, values: dict[str, Any], **identity: Any) -> Row:
    """Write a row of the draft that may or may not exist yet."""
    if model.objects.at(DRAFT).filter(**identity).exists():
        return own_version(model, changes=values, **identity)[0]
    return model.objects.create(**identity, **values)


def next_position(rows: models.QuerySet) -> int:
    """Positions are spaced, so that a row can be put between two others."""
    last = rows.aggregate(last=models.Max("position"))["last"]
    return (last or 0) + 1000

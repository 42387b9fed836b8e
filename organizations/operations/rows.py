"""Writing one row of a register together with its entry in the journal."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from django.db import models, transaction

from organizations import journal
from organizations.models import Organization, User

Row = TypeVar("Row", bound=models.Model)


def facts(row: models.Model, fields: Iterable[str]) -> dict[str, Any]:
    """Write fields down for the journal: related rows by their name, so that it reads on when they are renamed."""
    return {name: _fact(row, name) for name in fields}


def _fact(row: models.Model, name: str) -> Any:
    field = row._meta.get_field(name)
    value = getattr(row, name)
    if field.many_to_many:
        return sorted(str(related) for related in value.all()) if row.pk else []
    return str(value) if field.is_relation and value is not None else value


@transaction.atomic
def add(
    row: Row,
    *,
    subject: str,
    fields: Iterable[str],
    owner: Organization,
    by: User | None,
    now: dt.datetime,
    for_other: bool = False,
    many: Mapping[str, Iterable[models.Model]] | None = None,
) -> Row:
    """Save a new row and record that it was added."""
    row.save(force_insert=True)
    for name, related in (many or {}).items():
        getattr(row, name).set(related)
    journal.record(
        operation=f"{subject}-added",
        subject_kind=subject,
        subject_id=row.pk,
        organization=owner,
        by=by,
        now=now,
        after=facts(row, [*fields, *(many or {})]),
        for_other=for_other,
    )
    return row


@transaction.atomic
def change(
    row: Row,
    values: Mapping[str, Any],
    *,
    subject: str,
    owner: Organization,
    by: User | None,
    now: dt.datetime,
    operation: str = "",
    reason: str = "",
    for_other: bool = False,
    many: Mapping[str, Iterable[models.Model]] | None = None,
) -> Row:
    """
    Write values into a row, read afresh and locked, and record what was and what became.

    Nothing is written, and nothing recorded, when every value is there already.
    """
    current = type(row)._base_manager.select_for_update().get(pk=row.pk)
    names = [*values, *(many or {})]
    before = facts(current, names)
    for name, value in values.items():
        setattr(current, name, value)
    for name, related in (many or {}).items():
        getattr(current, name).set(related)
    after = facts(current, names)
    changed = [name for name in names if before[name] != after[name]]
    if not changed:
        return current
    current.save(update_fields=[name for name in changed if name in values] or None)
    journal.record(
        operation=operation or f"{subject}-changed",
        subject_kind=subject,
        subject_id=current.pk,
        organization=owner,
        by=by,
        now=now,
        reason=reason,
        before={name: before[name] for name in changed},
        after={name: after[name] for name in changed},
        for_other=for_other,
    )
    return current


@transaction.atomic
def remove(
    row: models.Model,
    *,
    subject: str,
    fields: Iterable[str],
    owner: Organization,
    by: User | None,
    now: dt.datetime,
    for_other: bool = False,
) -> None:
    """Delete a row; the journal keeps what it said."""
    before, pk = facts(row, fields), row.pk
    row.delete()
    journal.record(
        operation=f"{subject}-removed",
        subject_kind=subject,
        subject_id=pk,
        organization=owner,
        by=by,
        now=now,
        before=before,
        for_other=for_other,
    )

"""Writing the journal: one call, inside the transaction of what it tells of."""

import datetime as dt
from typing import Any

from organizations.models import Entry, Organization, User


def record(
    *,
    operation: str,
    subject_kind: str,
    subject_id: int,
    organization: Organization | int,
    by: User | None,
    now: dt.datetime,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
    reason: str = "",
    for_other: bool = False,
) -> Entry:
    """Append one deed to the journal."""
    return Entry.objects.create(
        at=now,
        by=by,
        organization_id=organization if isinstance(organization, int) else organization.pk,
        operation=operation,
        reason=reason,
        subject_kind=subject_kind,
        subject_id=subject_id,
        before=before,
        after=after,
        for_other=for_other,
    )

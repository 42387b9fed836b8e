"""Settings of an organization's office."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction

from documents.models import Office
from organizations import journal
from organizations.models import Organization, User

FIELDS = ("series", "publishes_plans")


@transaction.atomic
def change(
    organization: Organization, *, values: Mapping[str, Any], by: User, now: dt.datetime, for_other: bool = False
) -> Office:
    """Write the settings; what was and what became stands in the journal."""
    office, _ = Office.objects.select_for_update().get_or_create(organization=organization)
    before = {name: getattr(office, name) for name in FIELDS}
    for name in FIELDS:
        setattr(office, name, values.get(name, before[name]))
    office.save()
    after = {name: getattr(office, name) for name in FIELDS}
    if before != after:
        journal.record(
            operation="office-changed",
            subject_kind="office",
            subject_id=office.pk,
            organization=organization,
            by=by,
            now=now,
            before={name: before[name] for name in FIELDS if before[name] != after[name]},
            after={name: after[name] for name in FIELDS if before[name] != after[name]},
            for_other=for_other,
        )
    return office


def publishes(organization: int) -> bool:
    """Tell whether an organization's plans in force have a public page."""
    return Office.objects.filter(organization=organization, publishes_plans=True).exists()

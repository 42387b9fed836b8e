"""Specialised classes of a school."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from organizations.models import Cluster, Organization, SpecialisedClass, User
from organizations.operations import refusals, rows

SUBJECT = "class"
FIELDS = ("cluster", "name", "pupils", "opened_on", "closed_on")


def add(
    school: Organization, *, values: Mapping[str, Any], by: User, now: dt.datetime, for_other: bool = False
) -> SpecialisedClass:
    """
    Write down a class of the school.

    :raises NotInThisTree: if the cluster is another region's
    """
    _require_own(school, values["cluster"])
    return rows.add(
        SpecialisedClass(organization=school, **values),
        subject=SUBJECT,
        fields=FIELDS,
        owner=school,
        by=by,
        now=now,
        for_other=for_other,
    )


def change(
    specialised: SpecialisedClass, *, values: Mapping[str, Any], by: User, now: dt.datetime, for_other: bool = False
) -> SpecialisedClass:
    """
    Change a class; a date of closing closes it.

    :raises NotInThisTree: if the cluster is another region's
    """
    school = specialised.organization
    _require_own(school, values.get("cluster", specialised.cluster))
    return rows.change(specialised, values, subject=SUBJECT, owner=school, by=by, now=now, for_other=for_other)


def _require_own(school: Organization, cluster: Cluster) -> None:
    if not Organization.objects.above(school.pk).filter(pk=cluster.organization_id).exists():
        raise refusals.NotInThisTree(row=cluster)

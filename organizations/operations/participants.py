"""Participants: the schools of a cluster, as the order's appendix lists them."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from organizations.models import Cluster, Organization, Participant, User
from organizations.operations import refusals, rows

SUBJECT = "participant"
FIELDS = ("organization", "cluster", "is_base", "starts_on", "ends_on")


def add(
    cluster: Cluster,
    *,
    school: Organization,
    values: Mapping[str, Any],
    by: User,
    now: dt.datetime,
    for_other: bool = False,
) -> Participant:
    """
    Put a school on the cluster's list; the list is the region's.

    :raises NotInThisTree: if the school does not stand below the region
    """
    if not Organization.objects.below(cluster.organization_id).filter(pk=school.pk, kind="school").exists():
        raise refusals.NotInThisTree(row=school)
    participant = Participant(cluster=cluster, organization=school, **values)
    return rows.add(
        participant,
        subject=SUBJECT,
        fields=FIELDS,
        owner=cluster.organization,
        by=by,
        now=now,
        for_other=for_other,
    )


def change(
    participant: Participant, *, values: Mapping[str, Any], by: User, now: dt.datetime, for_other: bool = False
) -> Participant:
    """Change the term, or whether the school is the base of the cluster."""
    return rows.change(
        participant,
        values,
        subject=SUBJECT,
        owner=participant.cluster.organization,
        by=by,
        now=now,
        for_other=for_other,
    )


def remove(participant: Participant, *, by: User, now: dt.datetime, for_other: bool = False) -> None:
    """Strike out a school that was put on the list by mistake; one that has left gets an end instead."""
    rows.remove(
        participant,
        subject=SUBJECT,
        fields=FIELDS,
        owner=participant.cluster.organization,
        by=by,
        now=now,
        for_other=for_other,
    )

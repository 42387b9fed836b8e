"""Clusters: the profiles that a region keeps for everyone below."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from organizations.models import Cluster, Organization, User
from organizations.operations import rows

SUBJECT = "cluster"
FIELDS = ("name", "is_open")


def add(
    organization: Organization, *, values: Mapping[str, Any], by: User, now: dt.datetime, for_other: bool = False
) -> Cluster:
    """Add a cluster to the region's list."""
    cluster = Cluster(organization=organization, **values)
    return rows.add(cluster, subject=SUBJECT, fields=FIELDS, owner=organization, by=by, now=now, for_other=for_other)


def change(
    cluster: Cluster, *, values: Mapping[str, Any], by: User, now: dt.datetime, for_other: bool = False
) -> Cluster:
    """Rename a cluster, close it or open it again; what names it stays."""
    return rows.change(
        cluster, values, subject=SUBJECT, owner=cluster.organization, by=by, now=now, for_other=for_other
    )

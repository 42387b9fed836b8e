"""Partners beside the tree, with the agreements that bind them."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from organizations.models import Cluster, Organization, Partner, User
from organizations.operations import refusals, rows

SUBJECT = "partner"
FIELDS = ("kind", "name", "contact", "agreement_number", "agreed_on", "valid_until")


def add(
    organization: Organization,
    *,
    values: Mapping[str, Any],
    clusters: Iterable[Cluster] = (),
    by: User,
    now: dt.datetime,
    for_other: bool = False,
) -> Partner:
    """
    Write down a partner and the agreement with it.

    :raises NotInThisTree: if one of the clusters is another region's
    """
    clusters = _own(organization, clusters)
    return rows.add(
        Partner(organization=organization, **values),
        subject=SUBJECT,
        fields=FIELDS,
        many={"clusters": clusters},
        owner=organization,
        by=by,
        now=now,
        for_other=for_other,
    )


def change(
    partner: Partner,
    *,
    values: Mapping[str, Any],
    clusters: Iterable[Cluster],
    by: User,
    now: dt.datetime,
    for_other: bool = False,
) -> Partner:
    """
    Change a partner, prolong its agreement.

    :raises NotInThisTree: if one of the clusters is another region's
    """
    clusters = _own(partner.organization, clusters)
    return rows.change(
        partner,
        values,
        subject=SUBJECT,
        many={"clusters": clusters},
        owner=partner.organization,
        by=by,
        now=now,
        for_other=for_other,
    )


def remove(partner: Partner, *, by: User, now: dt.datetime, for_other: bool = False) -> None:
    """Strike a partner out; the journal keeps what was written."""
    rows.remove(
        partner,
        subject=SUBJECT,
        fields=[*FIELDS, "clusters"],
        owner=partner.organization,
        by=by,
        now=now,
        for_other=for_other,
    )


def _own(organization: Organization, clusters: Iterable[Cluster]) -> list[Cluster]:
    chosen = list(clusters)
    above = (
        set(Organization.objects.above(organization.pk).order_by().values_list("pk", flat=True)) if chosen else set()
    )
    for cluster in chosen:
        if cluster.organization_id not in above:
            raise refusals.NotInThisTree(row=cluster)
    return chosen

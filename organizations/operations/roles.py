"""Roles: granted to and withdrawn from accounts that are already known in an organization."""

import datetime as dt

from django.db import transaction

from organizations import access, journal
from organizations.models import Organization, User
from organizations.operations import refusals


@transaction.atomic
def grant(user: User, *, role: access.Role, organization: Organization, by: User | None, now: dt.datetime) -> None:
    """Give an account a role; giving it twice changes and records nothing."""
    Organization.objects.select_for_update().get(pk=organization.pk)
    if user in access.holders(organization, role):
        return
    access.grant(user, role, organization)
    _record("role-granted", user, role, organization, by, now)


@transaction.atomic
def withdraw(user: User, *, role: access.Role, organization: Organization, by: User, now: dt.datetime) -> None:
    """
    Take a role away; taking away what is not held changes and records nothing.

    :raises LastCoordinator: if a coordinator withdraws from herself the role that nobody else holds here
    """
    Organization.objects.select_for_update().get(pk=organization.pk)
    held = access.holders(organization, role)
    if user not in held:
        return
    if role is access.Role.COORDINATOR and held == [user] and user == by:
        raise refusals.LastCoordinator
    access.withdraw(user, role, organization)
    _record("role-withdrawn", user, role, organization, by, now)


def _record(
    operation: str, user: User, role: access.Role, organization: Organization, by: User | None, now: dt.datetime
) -> None:
    journal.record(
        operation=operation,
        subject_kind="role",
        subject_id=user.pk,
        organization=organization,
        by=by,
        now=now,
        after={"role": role.value, "account": str(user)},
        for_other=_from_above(by, organization),
    )


def _from_above(by: User | None, organization: Organization) -> bool:
    return by is not None and not by.is_superuser and organization.pk not in access.reach(by).members

"""Accounts of the demonstration: who there is, and whether they may be used at all."""

from typing import Any

from django.conf import settings
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from organizations import access
from organizations.choices import OrganizationKind
from organizations.models import Position, User

PASSWORD = "tiholesye"  # noqa: S105 - printed beside the form; useless where the demonstration is off
ORDER = {kind: place for place, kind in enumerate(OrganizationKind.values)}


def may_be_used(user: User) -> bool:
    """Tell whether an account may sign in: accounts of the demonstration only where that is switched on."""
    return settings.DEMO or not user.is_demo


def accounts() -> list[dict[str, Any]]:
    """List the accounts of the demonstration by storey: `role` is a code, `role_name` its name for people."""
    found = []
    users = User.objects.filter(is_demo=True, is_active=True).prefetch_related("person__positions")
    for user in users.order_by("pk"):
        held = access.grants(user)
        if user.is_superuser:
            found.append((-1, _account(user, "administrator", _("platform administrator"), _("Platform"), "Каскад")))
        elif held:
            grant = _where_she_works(user, held)
            level = str(capfirst(OrganizationKind(grant.organization.kind).label))
            name = grant.organization.short_name
            account = _account(user, grant.role.value, str(access.ROLE_NAMES[grant.role]), level, name)
            found.append((ORDER[grant.organization.kind], account))
    return [account for _place, account in sorted(found, key=lambda pair: pair[0])]


def _where_she_works(user: User, held: tuple[access.Grant, ...]) -> access.Grant:
    """Choose, of several roles, the one in the organization of the oldest position."""
    post = _post(user)
    return next((grant for grant in held if post and grant.organization.pk == post.organization_id), held[0])


def _post(user: User) -> Position | None:
    posts = user.person.positions.all() if user.person else ()
    return min((post for post in posts if post.ends_on is None), key=lambda post: post.pk, default=None)


def _account(user: User, role: str, role_name: str, level: str, organization: str) -> dict[str, Any]:
    post = _post(user)
    return {
        "role": role,
        "username": user.username,
        "password": PASSWORD,
        "organization": organization,
        "level": level,
        "role_name": role_name,
        "name": user.get_full_name(),
        "title": post.title if post else role_name,
    }

"""What every page knows: for whom the reader acts just now, and where else she may."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from organizations import access
from organizations.models import Organization, User

SESSION_KEY = "organization"


@dataclass(frozen=True)
class Standpoint:
    """The organization for which an account acts, the roles held there, and the other choices."""

    user: User | AnonymousUser
    organization: Organization | None
    grants: tuple[access.Grant, ...]

    @cached_property
    def roles(self) -> tuple[access.Role, ...]:
        if self.organization is None:
            return ()
        return tuple(g.role for g in self.grants if g.organization.pk == self.organization.pk)

    @cached_property
    def role_names(self) -> str:
        return ", ".join(str(access.ROLE_NAMES[role]) for role in self.roles)

    @cached_property
    def organizations(self) -> tuple[Organization, ...]:
        return tuple({g.organization.pk: g.organization for g in self.grants}.values())

    def holds(self, *roles: access.Role) -> bool:
        return any(role in self.roles for role in roles)

    @property
    def is_coordinator(self) -> bool:
        return self.holds(access.Role.COORDINATOR)


def standpoint_of(request: HttpRequest) -> Standpoint:
    """Give the reader's standpoint: the organization chosen in the header, else the first one held."""
    known: Standpoint | None = getattr(request, "_standpoint", None)
    if known is None:
        held = access.grants(request.user)
        known = Standpoint(request.user, _chosen(request, held), held)
        request._standpoint = known  # type: ignore[attr-defined]
    return known


def _chosen(request: HttpRequest, held: Iterable[access.Grant]) -> Organization | None:
    organizations = {g.organization.pk: g.organization for g in held}
    return organizations.get(request.session.get(SESSION_KEY)) or next(iter(organizations.values()), None)


def standpoint(request: HttpRequest) -> dict[str, object]:
    """Template context processor."""
    return {"standpoint": SimpleLazyObject(lambda: standpoint_of(request))}

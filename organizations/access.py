"""
Who may do what: one table of role × kinship × state → verbs.

Roles are held in an organization and stored by guardian as permissions on it; this module is the only one that reads or
writes them. Reading reaches down the tree, writing does not: what an upper body does for a lower one has a verb of its own.
"""

import enum
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.expressions import RawSQL
from django.utils.translation import gettext_lazy as _
from guardian.shortcuts import assign_perm, remove_perm

from organizations.choices import OrganizationKind
from organizations.models import Organization, OrganizationUserPermission, User
from organizations.querysets import subtree
from organizations.recordset import recordset


class Role(enum.StrEnum):
    COORDINATOR = "coordinator"
    SIGNATORY = "signatory"
    STAFF = "staff"
    EXECUTOR = "executor"
    REVIEWER = "reviewer"


ROLE_NAMES = {
    Role.COORDINATOR: _("coordinator"),
    Role.SIGNATORY: _("signatory"),
    Role.STAFF: _("staff"),
    Role.EXECUTOR: _("executor"),
    Role.REVIEWER: _("reviewer"),
}


class Kinship(enum.StrEnum):
    """How the owner of a thing stands to the organization in which a role is held."""

    OWN = "own"
    BELOW = "below"  # the owner stands below mine
    ABOVE = "above"  # the owner stands above mine, or is an institute of a body above mine
    CONCERNED = "concerned"  # the thing obliges mine, names it as participant, or mine links to it


class State(enum.StrEnum):
    """What state the thing is in; registers know only one."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    HANDED = "handed"  # orders only: with the signatory, the visas running
    SIGNED = "signed"  # orders only: signed on paper, without a number yet
    IN_FORCE = "approved"  # an order: registered
    REGISTER = "register"


class Verb(enum.StrEnum):
    READ = "read"
    EDIT = "edit"
    SUBMIT = "submit"
    TAKE_BACK = "take-back"
    RETURN = "return"
    OPEN_EDITION = "open-edition"
    ANSWER = "answer"  # answer what a change above asks, or what is wished from below
    ASK = "ask"  # ask the body above for another deadline
    PREPARE = "prepare"  # draft an order
    HAND_OVER = "hand-over"  # hand an order for signing
    SIGN = "sign"
    REGISTER = "register"  # give a signed order its number: from then on it holds
    SEND = "send"  # answer what an upper body asked for, send a plan in force up
    RECEIVE = "receive"  # receive or return what was sent
    KEEP = "keep"  # keep the registers
    INVITE = "invite"
    ACT_FOR = "act-for"  # do it for a body that does not use the portal; journalled as such


V = Verb
READ_ONLY = frozenset({V.READ})
EVERY_STATE = dict.fromkeys(State, READ_ONLY)
IN_FORCE_ONLY = {State.IN_FORCE: READ_ONLY}
SENT_AND_IN_FORCE = {State.SUBMITTED: READ_ONLY, State.IN_FORCE: READ_ONLY, State.REGISTER: READ_ONLY}
REGISTER_AND_IN_FORCE = {State.IN_FORCE: READ_ONLY, State.REGISTER: READ_ONLY}

TABLE: Mapping[Role, Mapping[Kinship, Mapping[State, frozenset[Verb]]]] = {
    Role.COORDINATOR: {
        Kinship.OWN: {
            State.DRAFT: frozenset({V.READ, V.EDIT, V.SUBMIT, V.PREPARE, V.HAND_OVER}),
            State.SUBMITTED: frozenset({V.READ, V.TAKE_BACK, V.PREPARE}),
            State.RETURNED: frozenset({V.READ, V.EDIT, V.SUBMIT}),
            State.HANDED: frozenset({V.READ, V.TAKE_BACK}),
            State.SIGNED: frozenset({V.READ, V.REGISTER}),
            State.IN_FORCE: frozenset({V.READ, V.OPEN_EDITION, V.ANSWER, V.ASK}),
            State.REGISTER: frozenset({V.READ, V.KEEP, V.INVITE, V.SEND, V.RECEIVE}),
        },
        Kinship.BELOW: SENT_AND_IN_FORCE | {State.REGISTER: frozenset({V.READ, V.INVITE, V.ACT_FOR})},
        Kinship.ABOVE: IN_FORCE_ONLY,
        Kinship.CONCERNED: IN_FORCE_ONLY,
    },
    Role.SIGNATORY: {
        Kinship.OWN: EVERY_STATE
        | {
            State.SUBMITTED: frozenset({V.READ, V.RETURN}),
            State.HANDED: frozenset({V.READ, V.RETURN, V.SIGN}),
            State.SIGNED: frozenset({V.READ, V.RETURN}),
        },
        Kinship.BELOW: SENT_AND_IN_FORCE,
        Kinship.ABOVE: IN_FORCE_ONLY,
        Kinship.CONCERNED: IN_FORCE_ONLY,
    },
    Role.STAFF: {
        Kinship.OWN: EVERY_STATE,
        Kinship.BELOW: SENT_AND_IN_FORCE,
        Kinship.ABOVE: IN_FORCE_ONLY,
        Kinship.CONCERNED: IN_FORCE_ONLY,
    },
    Role.REVIEWER: {
        Kinship.OWN: EVERY_STATE,
        Kinship.BELOW: SENT_AND_IN_FORCE,
        Kinship.ABOVE: IN_FORCE_ONLY,
        Kinship.CONCERNED: IN_FORCE_ONLY,
    },
    Role.EXECUTOR: {
        Kinship.OWN: REGISTER_AND_IN_FORCE,
        Kinship.ABOVE: IN_FORCE_ONLY,
        Kinship.CONCERNED: IN_FORCE_ONLY,
    },
}


def verbs(role: Role, kinship: Kinship, state: State) -> frozenset[Verb]:
    """Look one cell of the table up; what is not written is not allowed."""
    return TABLE[role].get(kinship, {}).get(state, frozenset())


@dataclass(frozen=True, slots=True)
class Grant:
    """One role in one organization, with what a header needs of it."""

    role: Role
    organization: Organization


@dataclass(frozen=True, slots=True)
class Reach:
    """
    Where an account may read, as ids of organizations.

    `members`: any role there; `parents`: the bodies directly above these; `readers`: roles whose reading reaches down;
    `everything`: the platform administrator.
    """

    members: tuple[int, ...]
    readers: tuple[int, ...]
    parents: tuple[int, ...] = ()
    everything: bool = False


def grants(user: User | AnonymousUser) -> tuple[Grant, ...]:
    """List the roles of an account; asked once per request and account object."""
    if not user.is_authenticated or not user.is_active:
        return ()
    known: tuple[Grant, ...] | None = getattr(user, "_grants", None)
    if known is None:
        rows = OrganizationUserPermission.objects.filter(user=user, permission__codename__in=list(Role))
        found = rows.select_related("content_object").annotate(codename=F("permission__codename"))
        known = tuple(sorted((Grant(Role(row.codename), row.content_object) for row in found), key=_place))
        user.__dict__["_grants"] = known  # for as long as this object lives: one request
    return known


def _place(grant: Grant) -> tuple[str, str, str]:
    return grant.organization.kind, grant.organization.short_name, grant.role


def reach(user: User | AnonymousUser) -> Reach:
    """Tell where an account may read."""
    held = grants(user)
    return Reach(
        members=tuple({g.organization.pk for g in held}),
        readers=tuple({g.organization.pk for g in held if verbs(g.role, Kinship.BELOW, State.IN_FORCE)}),
        parents=tuple({g.organization.parent_id for g in held if g.organization.parent_id is not None}),
        everything=bool(user.is_authenticated and user.is_superuser),
    )


def stands_above_somebody(user: User | AnonymousUser) -> bool:
    """Tell whether the account reads what stands below some organization; below a school or an institute nobody does."""
    leaves = {OrganizationKind.SCHOOL, OrganizationKind.INSTITUTE}
    readers = set(reach(user).readers)
    return reach(user).everything or any(
        g.organization.pk in readers and g.organization.kind not in leaves for g in grants(user)
    )


def readable(user: User | AnonymousUser, kinship: Kinship, state: State) -> tuple[int, ...]:
    """Ids of the organizations from which things of this kinship and state may be read."""
    return tuple({g.organization.pk for g in grants(user) if Verb.READ in verbs(g.role, kinship, state)})


def kinship_of(mine: Organization, owner: Organization) -> Kinship | None:
    """Tell how the owner of a thing stands to mine; None for neighbours and strangers."""
    return _kinship(mine, owner, Lineage())


class Lineage:
    """The bodies above an organization, asked of the database once for each."""

    def __init__(self) -> None:
        self._known: dict[int, frozenset[int]] = {}

    def above(self, organization: Organization) -> frozenset[int]:
        if organization.pk not in self._known:
            rows = Organization.objects.above(organization.pk).exclude(pk=organization.pk)
            self._known[organization.pk] = frozenset(rows.order_by().values_list("pk", flat=True))
        return self._known[organization.pk]


def _kinship(mine: Organization, owner: Organization, lineage: Lineage) -> Kinship | None:
    if mine.pk == owner.pk:
        return Kinship.OWN
    if mine.pk in lineage.above(owner):
        return Kinship.BELOW
    if owner.pk in lineage.above(mine):
        return Kinship.ABOVE
    if owner.kind == OrganizationKind.INSTITUTE and owner.parent_id in lineage.above(mine):
        return Kinship.ABOVE
    return None


def allows(user: User | AnonymousUser, verb: Verb, organization: Organization, state: State = State.REGISTER) -> bool:
    """
    Tell whether some role of the account allows the verb on a thing of this organization.

    The platform administrator keeps registers everywhere and reads what is in force; plans are not his to write.
    """
    if not user.is_authenticated or not user.is_active:
        return False
    if user.is_superuser and (
        (state is State.REGISTER and verb in {Verb.READ, Verb.KEEP, Verb.INVITE})
        or (state is State.IN_FORCE and verb is Verb.READ)
    ):
        return True
    held = grants(user)
    if any(g.organization.pk == organization.pk and verb in verbs(g.role, Kinship.OWN, state) for g in held):
        return True
    others = [g for g in held if any(verb in verbs(g.role, kinship, state) for kinship in Kinship if kinship != "own")]
    lineage = Lineage()
    return any(
        kinship is not None and verb in verbs(g.role, kinship, state)
        for g in others
        for kinship in [_kinship(g.organization, organization, lineage)]
    )


def register_readers(field: str, user: User | AnonymousUser) -> Q:
    """Give the condition that the organization in `field` is one whose registers the account reads."""
    if reach(user).everything:
        return Q(**{f"{field}__isnull": False})
    return Q(**{f"{field}__in": readable(user, Kinship.OWN, State.REGISTER)}) | Q(
        **{f"{field}__in": subtree(readable(user, Kinship.BELOW, State.REGISTER))}
    )


def register_keepers(user: User | AnonymousUser) -> Q:
    """
    Give the condition that an organization's registers are this account's to keep.

    Own ones by the verb "keep", those below by "act for" as long as nobody coordinates them in the portal.
    """
    if reach(user).everything:
        return Q()
    held = grants(user)
    own = [g.organization.pk for g in held if Verb.KEEP in verbs(g.role, Kinship.OWN, State.REGISTER)]
    over = [g.organization.pk for g in held if Verb.ACT_FOR in verbs(g.role, Kinship.BELOW, State.REGISTER)]
    return Q(pk__in=own) | Q(~Exists(coordinators_of(OuterRef("pk"))), pk__in=subtree(over))


def uses_portal(organization: Organization) -> bool:
    """Tell whether somebody coordinates the organization in the portal; if not, the body above may act for it."""
    return coordinators_of(organization.pk).exists()


def coordinators_of(organization: OuterRef | int) -> QuerySet[OrganizationUserPermission]:
    """Give the rows by which active accounts coordinate an organization; also as a subquery, by an OuterRef."""
    return OrganizationUserPermission.objects.filter(
        content_object=organization, permission__codename=Role.COORDINATOR.value, user__is_active=True
    )


def may_keep(user: User | AnonymousUser, organization: Organization) -> bool:
    """Tell whether the account may keep the organization's registers, for itself or for a body without the portal."""
    return allows(user, Verb.KEEP, organization) or (
        allows(user, Verb.ACT_FOR, organization) and not uses_portal(organization)
    )


def require_keeping(user: User | AnonymousUser, organization: Organization) -> bool:
    """
    Let the request keep the organization's registers or refuse it; True when that is done for another body.

    :raises PermissionDenied: if the registers are not the account's to keep
    """
    if allows(user, Verb.KEEP, organization):
        return False
    require(user, Verb.ACT_FOR, organization)
    if uses_portal(organization):
        raise PermissionDenied(
            _("%(organization)s keeps its registers itself: ask its coordinator.") % {"organization": organization}
        )
    return True


def may_invite(user: User | AnonymousUser, organization: Organization) -> bool:
    """
    Tell whether the account may give roles in an organization.

    A body above appoints the first coordinator; from then on the organization gives its roles itself. Otherwise an upper
    coordinator could appoint herself below and read drafts that are not hers.
    """
    return may_keep(user, organization) if allows(user, Verb.INVITE, organization) else False


def require_inviting(user: User | AnonymousUser, organization: Organization) -> None:
    """
    Let the request give roles in an organization or refuse it.

    :raises PermissionDenied: if that is not the account's to do
    """
    require(user, Verb.INVITE, organization)
    if not may_invite(user, organization):
        raise PermissionDenied(
            _("%(organization)s gives its roles itself: ask its coordinator.") % {"organization": organization}
        )


def require(user: User | AnonymousUser, verb: Verb, organization: Organization, state: State = State.REGISTER) -> None:
    """
    Let the request pass or refuse it.

    :raises PermissionDenied: if no role of the account allows the verb
    """
    if not allows(user, verb, organization, state):
        raise PermissionDenied


def grant(user: User, role: Role, organization: Organization) -> None:
    """Give an account a role in an organization; giving it twice changes nothing."""
    assign_perm(f"organizations.{role.value}", user, organization)
    user.__dict__.pop("_grants", None)


def withdraw(user: User, role: Role, organization: Organization) -> None:
    """Take a role away."""
    remove_perm(f"organizations.{role.value}", user, organization)
    user.__dict__.pop("_grants", None)


def accounts_of(organization: Organization) -> "QuerySet[User]":
    """Give the active accounts that hold any role in the organization."""
    rows = OrganizationUserPermission.objects.filter(content_object=organization, permission__codename__in=list(Role))
    return User.objects.filter(is_active=True, pk__in=rows.values("user"))


def roles_held_in(organization: Organization) -> list[tuple[User, Role]]:
    """List who holds which role in the organization, by name of the account's person."""
    rows = (
        OrganizationUserPermission.objects.filter(
            content_object=organization, permission__codename__in=list(Role), user__is_active=True
        )
        .select_related("user__person", "permission")
        .order_by("user__person__surname", "user__username", "permission__codename")
    )
    return [(row.user, Role(row.permission.codename)) for row in rows]


def holders(organization: Organization, *roles: Role) -> list[User]:
    """List the active accounts that hold one of these roles in the organization."""
    return list(
        User.objects.filter(
            is_active=True,
            pk__in=OrganizationUserPermission.objects.filter(
                content_object=organization, permission__codename__in=[role.value for role in roles]
            ).values("user"),
        ).order_by("pk")
    )


def coordinators_of_each(organizations: Iterable[int], *, below: int | None = None) -> dict[int, list[int]]:
    """
    Give the ids of the active accounts that coordinate many bodies, by organization, in one statement.

    :param below: also the open bodies directly below this one
    """
    table, param = recordset("id:int", [(pk,) for pk in organizations])
    bodies = Q(content_object__in=RawSQL(f"SELECT id FROM {table} AS m", [param]))  # noqa: S608, S611
    if below is not None:
        bodies |= Q(content_object__parent=below, content_object__closed_on=None)
    rows = OrganizationUserPermission.objects.filter(
        bodies, permission__codename=Role.COORDINATOR.value, user__is_active=True
    )
    found: dict[int, list[int]] = {}
    for organization, user in rows.order_by("pk").values_list("content_object", "user"):
        found.setdefault(organization, []).append(user)
    return found

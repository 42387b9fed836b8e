"""What a page needs of the access table without asking the database."""

from organizations import access
from organizations.access import Kinship, State, Verb
from organizations.choices import OrganizationKind
from organizations.models import Organization, User
from roadmaps.models import Edition


def may(user: User, verb: Verb, edition: Edition) -> bool:
    """Tell whether the account may do this with its own organization's edition."""
    state = State(edition.state)
    return any(
        g.organization.pk == edition.roadmap.organization_id and verb in access.verbs(g.role, Kinship.OWN, state)
        for g in access.grants(user)
    )


def organizations_of(user: User) -> set[int]:
    """Ids of the organizations in which the account holds a role."""
    return {g.organization.pk for g in access.grants(user)}


def reads_drafts_of(user: User, organization: int) -> bool:
    """Tell whether the account may read drafts of the organization, and so its journal and explanations."""
    return organization in access.readable(user, Kinship.OWN, State.DRAFT)


def coordinated(user: User) -> list[Organization]:
    """List the organizations whose plans the account may write."""
    found = [g.organization for g in access.grants(user) if Verb.EDIT in access.verbs(g.role, Kinship.OWN, State.DRAFT)]
    return list({organization.pk: organization for organization in found}.values())


def oversees(user: User, edition: Edition) -> bool:
    """
    Tell whether the account reads the plans of those below the owner of a plan; `edition` knows `is_below`.

    Below an institute nobody stands: its rows are answered below its parent, whose reading reaches there.
    """
    owner = edition.roadmap.organization
    if owner.kind == OrganizationKind.SCHOOL:
        return False
    if owner.kind == OrganizationKind.INSTITUTE:
        reach = access.reach(user)
        return reach.everything or owner.parent_id in reach.readers
    return edition.is_below

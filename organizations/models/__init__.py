"""People and places: organizations, accounts, registers, the journal."""

from organizations.models.calendar import CalendarDay
from organizations.models.invitations import Invitation
from organizations.models.journal import Entry
from organizations.models.people import Person, Position, User
from organizations.models.registers import Cluster, Participant, Partner, SpecialisedClass
from organizations.models.seals import Seal
from organizations.models.tree import Organization, OrganizationGroupPermission, OrganizationUserPermission

__all__ = [
    "CalendarDay",
    "Cluster",
    "Entry",
    "Invitation",
    "Organization",
    "OrganizationGroupPermission",
    "OrganizationUserPermission",
    "Participant",
    "Partner",
    "Person",
    "Position",
    "Seal",
    "SpecialisedClass",
    "User",
]

"""Tables of organizations, people and participants, as the administrator exports and imports them."""

from organizations.resources.organizations import OrganizationResource
from organizations.resources.participants import ParticipantResource
from organizations.resources.people import PeopleResource

__all__ = ["OrganizationResource", "ParticipantResource", "PeopleResource"]

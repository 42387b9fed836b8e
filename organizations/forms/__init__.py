"""Forms of the registers: closed lists of fields, choices only from what the reader may see."""

from organizations.forms.accounts import InviteForm, NewAccountForm, RoleForm
from organizations.forms.fields import PlainForm, RowForm
from organizations.forms.filters import OrganizationFilter, PartnerFilter, PeopleFilter, SchoolRowsFilter
from organizations.forms.organizations import CardForm, ClosingForm, NameForm, OrganizationForm
from organizations.forms.people import NewPersonForm, NewPositionForm, PersonForm, PositionForm
from organizations.forms.registers import (
    CalendarDayForm,
    ClassForm,
    ClusterForm,
    NewParticipantForm,
    ParticipantForm,
    PartnerForm,
)

__all__ = [
    "CalendarDayForm",
    "CardForm",
    "ClassForm",
    "ClosingForm",
    "ClusterForm",
    "InviteForm",
    "NameForm",
    "NewAccountForm",
    "NewParticipantForm",
    "NewPersonForm",
    "NewPositionForm",
    "OrganizationFilter",
    "OrganizationForm",
    "ParticipantForm",
    "PartnerFilter",
    "PartnerForm",
    "PeopleFilter",
    "PersonForm",
    "PlainForm",
    "PositionForm",
    "RoleForm",
    "RowForm",
    "SchoolRowsFilter",
]

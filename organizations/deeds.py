"""What the journal of the registers says: a sentence for each deed, and its values in words."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from organizations import access
from organizations.models import (
    CalendarDay,
    Cluster,
    Entry,
    Organization,
    Participant,
    Partner,
    Person,
    Position,
    SpecialisedClass,
)

SENTENCES = {
    "organization-added": gettext_lazy("added the organization"),
    "organization-card-changed": gettext_lazy("changed the card of the organization"),
    "organization-changed": gettext_lazy("changed the organization"),
    "organization-renamed": gettext_lazy("renamed the organization"),
    "organization-closed": gettext_lazy("closed the organization"),
    "organization-merged": gettext_lazy("closed the organization and named its successor"),
    "organization-moved": gettext_lazy("moved the organization below another one"),
    "organization-reopened": gettext_lazy("opened the organization again"),
    "person-added": gettext_lazy("added a person"),
    "person-changed": gettext_lazy("changed what is known of a person"),
    "position-added": gettext_lazy("wrote down a position"),
    "position-changed": gettext_lazy("changed a position"),
    "position-ended": gettext_lazy("ended a position"),
    "role-granted": gettext_lazy("gave a role"),
    "role-withdrawn": gettext_lazy("withdrew a role"),
    "invitation-sent": gettext_lazy("sent an invitation"),
    "invitation-withdrawn": gettext_lazy("withdrew an invitation"),
    "invitation-accepted": gettext_lazy("accepted an invitation"),
    "cluster-added": gettext_lazy("added a cluster"),
    "cluster-changed": gettext_lazy("changed a cluster"),
    "participant-added": gettext_lazy("put a school on the list of participants"),
    "participant-changed": gettext_lazy("changed a participant"),
    "participant-removed": gettext_lazy("struck a school out of the list of participants"),
    "class-added": gettext_lazy("added a specialised class"),
    "class-changed": gettext_lazy("changed a specialised class"),
    "partner-added": gettext_lazy("added a partner"),
    "partner-changed": gettext_lazy("changed a partner"),
    "partner-removed": gettext_lazy("struck a partner out"),
    "calendar-day-added": gettext_lazy("added a day of the calendar"),
    "calendar-day-changed": gettext_lazy("changed a day of the calendar"),
    "calendar-day-removed": gettext_lazy("struck a day of the calendar out"),
}
MODELS: dict[str, type[models.Model]] = {
    "organization": Organization,
    "person": Person,
    "position": Position,
    "cluster": Cluster,
    "participant": Participant,
    "class": SpecialisedClass,
    "partner": Partner,
    "calendar-day": CalendarDay,
}
OTHER_LABELS = {
    "role": gettext_lazy("role"),
    "account": gettext_lazy("account"),
    "email": gettext_lazy("e-mail"),
}


@dataclass(frozen=True, slots=True)
class Change:
    """One value of an entry: what was and what became, either of them may be empty."""

    label: str
    was: str
    became: str


@dataclass(frozen=True, slots=True)
class Line:
    """An entry of the journal as a page shows it."""

    entry: Entry
    sentence: str
    changes: tuple[Change, ...]


def line(entry: Entry) -> Line:
    """Put an entry into words; an operation that has no sentence is named as it is."""
    before, after = entry.before or {}, entry.after or {}
    names = list(dict.fromkeys([*before, *after]))
    changes = (
        Change(_label(entry.subject_kind, name), _said(entry, name, before), _said(entry, name, after))
        for name in names
    )
    return Line(
        entry=entry,
        sentence=str(SENTENCES.get(entry.operation, entry.operation)),
        changes=tuple(change for change in changes if change.was or change.became),
    )


def _label(subject_kind: str, name: str) -> str:
    if name in OTHER_LABELS and subject_kind not in MODELS:
        return capfirst(str(OTHER_LABELS[name]))
    model = MODELS.get(subject_kind)
    return capfirst(str(_field(model, name).verbose_name)) if model else name


def _field(model: type[models.Model], name: str) -> models.Field:
    field = model._meta.get_field(name)
    assert isinstance(field, models.Field)  # the journal quotes columns, never what points at a row
    return field


def _said(entry: Entry, name: str, values: Mapping[str, Any]) -> str:
    value = values.get(name)
    if value is None or value == "" or value == []:
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return ", ".join(str(item) for item in value)
    if name == "role":
        return str(access.ROLE_NAMES.get(value, value))
    model = MODELS.get(entry.subject_kind)
    field = _field(model, name) if model else None
    if isinstance(field, models.DateField):
        return date_format(dt.date.fromisoformat(value))
    if field is not None and (choices := dict(field.flatchoices)):
        return str(choices.get(value, value))
    return str(value)

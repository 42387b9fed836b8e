"""Forms of the registers: closed lists of fields, choices only from what the reader may see."""

from collections.abc import Iterable
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from django.utils.translation import gettext_lazy as _

from organizations import access
from organizations.choices import KINDS_BELOW, OrganizationKind, PartnerKind
from organizations.models import (
    CalendarDay,
    Cluster,
    Organization,
    Participant,
    Partner,
    Person,
    Position,
    SpecialisedClass,
    User,
)
from organizations.querysets import OrganizationQuerySet

# The zones of Russia, west to east; a region of another country is set up by the administrator.
ZONES = (
    "Europe/Kaliningrad",
    "Europe/Moscow",
    "Europe/Samara",
    "Asia/Yekaterinburg",
    "Asia/Omsk",
    "Asia/Krasnoyarsk",
    "Asia/Irkutsk",
    "Asia/Yakutsk",
    "Asia/Vladivostok",
    "Asia/Magadan",
    "Asia/Kamchatka",
)


class PlainForm(forms.Form):
    """Gives every field the portal's look, and every error a sentence that names the field."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            dress(field)

    def refuse(self, problem: Exception) -> None:
        """Show why a deed was refused, at the field that it concerns if the form has it."""
        field = getattr(problem, "field", None)
        self.add_error(field if field in self.fields else None, str(problem))


class RowForm(PlainForm, forms.ModelForm):
    """A form on one row of a register; the operation writes, the form only checks."""

    def values(self, *left_out: str) -> dict[str, Any]:
        """Give what was filled in, for the operation."""
        return {name: value for name, value in self.cleaned_data.items() if name not in left_out}


def dress(field: forms.Field) -> None:
    """Set class, kind of input and sentences of one field."""
    label = field.label
    field.error_messages["required"] = _("Please fill in “%(label)s”.") % {"label": label}
    field.error_messages["invalid_choice"] = _("Please choose “%(label)s” from the list.") % {"label": label}
    widget = field.widget
    if isinstance(field, forms.DateField):
        field.widget = widget = forms.DateInput(format="%Y-%m-%d", attrs={**widget.attrs, "type": "date"})
        field.error_messages["invalid"] = _("This date is not in the calendar. Write it like 26.09.2026.")
    if isinstance(field, forms.EmailField):
        field.error_messages["invalid"] = _("An e-mail address looks like name@example.ru.")
        field.validators = [
            EmailValidator(message=field.error_messages["invalid"]) if isinstance(v, EmailValidator) else v
            for v in field.validators
        ]
    if not isinstance(widget, forms.CheckboxInput | forms.RadioSelect | forms.CheckboxSelectMultiple):
        widget.attrs.setdefault("class", "in")


class OrganizationFilter(PlainForm):
    """What to show of the tree; lives in the address."""

    q = forms.CharField(label=_("Name contains"), required=False, max_length=100)
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    under = forms.ModelChoiceField(Organization.objects.none(), label=_("Stands below"), required=False)
    cluster = forms.ModelChoiceField(Cluster.objects.none(), label=_("Cluster"), required=False)
    closed = forms.BooleanField(label=_("closed ones too"), required=False)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        visible = Organization.objects.visible_to(user)
        self.fields["kind"].choices = [("", _("any")), *OrganizationKind.choices]
        self.fields["under"].queryset = visible.open().filter(kind__in=BODIES).in_order()
        self.fields["under"].empty_label = _("any")
        self.fields["cluster"].queryset = Cluster.objects.visible_to(user)
        self.fields["cluster"].empty_label = _("any")

    def narrow(self, organizations: OrganizationQuerySet) -> OrganizationQuerySet:
        """Keep what was asked for; what was not understood narrows nothing."""
        self.full_clean()
        asked = getattr(self, "cleaned_data", {})
        if not asked.get("closed"):
            organizations = organizations.open()
        if kind := asked.get("kind"):
            organizations = organizations.filter(kind=kind)
        if under := asked.get("under"):
            organizations = organizations.below(under.pk).exclude(pk=under.pk)
        if cluster := asked.get("cluster"):
            organizations = organizations.filter(participations__cluster=cluster)
        for word in asked.get("q", "").split():
            organizations = organizations.filter(name__icontains=word) | organizations.filter(
                short_name__icontains=word
            )
        return organizations

    @property
    def is_asked(self) -> bool:
        return any(getattr(self, "cleaned_data", {}).values())


BODIES = (OrganizationKind.REGION, OrganizationKind.DISTRICT, OrganizationKind.MUNICIPALITY)


class NameForm(RowForm):
    """The names of an organization, with the cases that sentences need."""

    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=300,
        help_text=_("The act by which it was renamed; stands in the journal."),
    )

    class Meta:
        model = Organization
        fields = ["name", "short_name", "short_genitive", "short_instrumental", "word", "word_genitive"]
        help_texts = {
            "short_name": _("As it stands in lists: “School No. 4”."),
            "short_genitive": _("“the plan of …”"),
            "short_instrumental": _("“sent by …”"),
            "word": _("One word by which plans below call it: “region”, “district”, “school”."),
            "word_genitive": _("“later than that of the …”"),
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        require_single_name(self.instance.parent, cleaned.get("name"), self.instance.pk, self)
        return cleaned


class OrganizationForm(RowForm):
    """A new organization below another."""

    class Meta:
        model = Organization
        fields = ["kind", "name", "short_name", "place", "address", "email", "site"]
        help_texts = {"short_name": _("As it stands in lists: “School No. 4”.")}

    def __init__(self, *args: Any, parent: Organization, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.parent = parent
        kinds = [(kind.value, kind.label) for kind in KINDS_BELOW[OrganizationKind(parent.kind)]]
        self.fields["kind"].choices = kinds if len(kinds) == 1 else [("", "—"), *kinds]
        if len(kinds) == 1:
            self.initial.setdefault("kind", kinds[0][0])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        require_single_name(self.parent, cleaned.get("name"), None, self)
        return cleaned


def require_single_name(parent: Organization | None, name: str | None, pk: int | None, form: forms.Form) -> None:
    """Say that the name is taken at this place of the tree."""
    if parent is not None and name:
        taken = Organization.objects.filter(parent=parent, name=name).exclude(pk=pk)
        if taken.exists():
            form.add_error("name", _("An organization of this name already stands below %(parent)s.") % {"parent": parent})


class CardForm(RowForm):
    """Place, addresses, time, and what is public."""

    time_zone = forms.ChoiceField(label=_("Time zone"))

    class Meta:
        model = Organization
        fields = ["place", "address", "email", "site", "time_zone", "working_week", "names_public"]
        help_texts = {"names_public": _("Without this, public pages show positions only.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        zones = dict.fromkeys([*ZONES, self.instance.time_zone])
        self.fields["time_zone"].choices = [(zone, ZoneInfo(zone).key.replace("_", " ")) for zone in zones]


class ClosingForm(PlainForm):
    """From when an organization is closed, and who succeeds it."""

    closed_on = forms.DateField(label=_("Closed on"))
    successor = forms.ModelChoiceField(
        Organization.objects.none(),
        label=_("Merged into"),
        required=False,
        empty_label=_("nobody: it is only closed"),
        help_text=_("What stands below moves to the successor."),
    )
    reason = forms.CharField(label=_("Reason"), max_length=300, help_text=_("The act by which it is closed."))

    def __init__(self, *args: Any, successors: OrganizationQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["successor"].queryset = successors


class PersonForm(RowForm):
    class Meta:
        model = Person
        fields = ["surname", "given_name", "patronymic", "email", "phone"]


class PositionForm(RowForm):
    class Meta:
        model = Position
        fields = ["title", "is_head", "is_acting", "starts_on", "ends_on"]
        help_texts = {"is_acting": _("Stands in for the holder of the position.")}


class NewPersonForm(PersonForm):
    """A person together with the position that makes her known here."""

    title = forms.CharField(label=_("Position"), max_length=200)
    is_head = forms.BooleanField(label=_("Head of the organization"), required=False)
    is_acting = forms.BooleanField(label=_("Acting"), required=False)
    starts_on = forms.DateField(label=_("From"), required=False)

    def parts(self) -> tuple[dict[str, Any], dict[str, Any]]:
        """Part what was filled in into the person and the position."""
        of_person = {name: self.cleaned_data[name] for name in PersonForm.Meta.fields}
        return of_person, {name: value for name, value in self.cleaned_data.items() if name not in of_person}


class NewPositionForm(PositionForm):
    """One more position of somebody who is known: here, or in another organization that the reader keeps."""

    organization = forms.ModelChoiceField(Organization.objects.none(), label=_("Organization"))

    class Meta(PositionForm.Meta):
        fields = ["organization", *PositionForm.Meta.fields]

    def __init__(self, *args: Any, kept: OrganizationQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organization"].queryset = kept


class PeopleFilter(PlainForm):
    q = forms.CharField(label=_("Name or position contains"), required=False, max_length=100)
    organization = forms.ModelChoiceField(
        Organization.objects.none(), label=_("Organization"), required=False, empty_label=_("any")
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organization"].queryset = Organization.objects.registers_visible_to(user).in_order()


class ClusterForm(RowForm):
    class Meta:
        model = Cluster
        fields = ["name", "is_open"]


class ParticipantForm(RowForm):
    class Meta:
        model = Participant
        fields = ["is_base", "starts_on", "ends_on"]


class NewParticipantForm(ParticipantForm):
    class Meta(ParticipantForm.Meta):
        fields = ["cluster", "organization", *ParticipantForm.Meta.fields]

    def __init__(self, *args: Any, clusters: Any, schools: OrganizationQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["cluster"].queryset = clusters
        self.fields["organization"].queryset = schools


class ClassForm(RowForm):
    class Meta:
        model = SpecialisedClass
        fields = ["cluster", "name", "pupils", "opened_on", "closed_on"]
        help_texts = {"name": _("As the school calls it: “10A”.")}

    def __init__(self, *args: Any, clusters: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["cluster"].queryset = clusters


class PartnerForm(RowForm):
    class Meta:
        model = Partner
        fields = ["kind", "name", "contact", "agreement_number", "agreed_on", "valid_until", "clusters"]
        widgets = {"clusters": forms.CheckboxSelectMultiple}
        help_texts = {"valid_until": _("Leave empty if the agreement has no end.")}

    def __init__(self, *args: Any, clusters: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["clusters"].queryset = clusters
        self.fields["clusters"].help_text = ""
        self.fields["kind"].choices = [("", "—"), *PartnerKind.choices]


class CalendarDayForm(RowForm):
    is_working = forms.TypedChoiceField(
        label=_("The day is"),
        choices=[("no", _("off")), ("yes", _("worked"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )

    class Meta:
        model = CalendarDay
        fields = ["day", "is_working", "name"]
        help_texts = {"name": _("What for: “Day of the region”, “moved from 4 November”.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["is_working"] = "yes" if self.instance.is_working else "no"


def role_choices(roles: Iterable[access.Role] = access.Role) -> list[tuple[str, Any]]:
    """Give the roles with their names, for a list to choose from."""
    return [(role.value, access.ROLE_NAMES[role]) for role in roles]


class InviteForm(PlainForm):
    """To whom a role is offered."""

    email = forms.EmailField(label=_("E-mail"))
    role = forms.TypedChoiceField(label=_("Role"), choices=role_choices, coerce=access.Role, widget=forms.RadioSelect)
    person = forms.ModelChoiceField(
        Person.objects.none(),
        label=_("Who it is"),
        required=False,
        empty_label=_("somebody new: she writes her name herself"),
    )

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people


class RoleForm(PlainForm):
    """One role of one account that is known in the organization."""

    role = forms.TypedChoiceField(label=_("Role"), choices=role_choices, coerce=access.Role)
    account = forms.ModelChoiceField(User.objects.none(), label=_("Account"))

    def __init__(self, *args: Any, accounts: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["account"].queryset = accounts


class NewAccountForm(PlainForm):
    """What somebody who was invited fills in: her name, unless it is known, and a password."""

    surname = forms.CharField(label=_("Surname"), max_length=80)
    given_name = forms.CharField(label=_("Given name"), max_length=80)
    patronymic = forms.CharField(label=_("Patronymic"), max_length=80, required=False)
    title = forms.CharField(label=_("Position"), max_length=200, help_text=_("As in the list of staff."))
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("At least 10 characters; three or four words in a row are easy to keep in mind."),
    )
    again = forms.CharField(
        label=_("Password once more"), strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )

    def __init__(self, *args: Any, email: str, person: Person | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.email = email
        if person is not None:
            for name in ("surname", "given_name", "patronymic", "title"):
                del self.fields[name]

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        password_validation.validate_password(password, User(username=self.email, email=self.email))
        return password

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if "password" in cleaned and "again" in cleaned and cleaned["password"] != cleaned["again"]:
            self.add_error("again", ValidationError(_("The two passwords differ.")))
        return cleaned

    def person(self) -> dict[str, str]:
        """Give the name as it was filled in."""
        return {name: self.cleaned_data.get(name, "") for name in ("surname", "given_name", "patronymic")}

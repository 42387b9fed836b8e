"""Forms of people and positions."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from organizations.forms.fields import RowForm
from organizations.models import Organization, Person, Position
from organizations.querysets import OrganizationQuerySet


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

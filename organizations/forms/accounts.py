"""Forms of invitations, roles and new accounts."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from organizations import access
from organizations.forms.fields import PlainForm
from organizations.models import Person, User


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

    def __init__(self, *args: Any, people: QuerySet[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people


class RoleForm(PlainForm):
    """One role of one account that is known in the organization."""

    role = forms.TypedChoiceField(label=_("Role"), choices=role_choices, coerce=access.Role)
    account = forms.ModelChoiceField(User.objects.none(), label=_("Account"))

    def __init__(self, *args: Any, accounts: QuerySet[User], **kwargs: Any) -> None:
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

"""What all forms of the registers share: look, sentences, refusals."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from django.utils.translation import gettext_lazy as _


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

    def _get_validation_exclusions(self) -> set[str]:
        """Check also what the row has from elsewhere: "once in an organization" counts though the form has no organization."""
        return {
            name
            for name in super()._get_validation_exclusions()  # type: ignore[misc]
            if name in self.fields
            or self.instance._meta.get_field(name).many_to_many
            or getattr(self.instance, self.instance._meta.get_field(name).attname) is None
        }

    def values(self, *left_out: str) -> dict[str, Any]:
        """Give what was filled in, for the operation."""
        return {name: value for name, value in self.cleaned_data.items() if name not in left_out}


class SeveralField(forms.ModelMultipleChoiceField):
    """Several rows of a list; a number that no database holds is refused like any other that is not in the list."""

    def clean(self, value: Any) -> Any:
        for one in value or ():
            if len(str(one)) > 18:
                raise ValidationError(
                    self.error_messages["invalid_choice"], code="invalid_choice", params={"value": one}
                )
        return super().clean(value)


def dress(field: forms.Field) -> None:
    """Set class, kind of input and sentences of one field."""
    label = field.label
    field.error_messages["required"] = _("Please fill in “%(label)s”.") % {"label": label}
    field.error_messages["invalid_choice"] = _("Please choose “%(label)s” from the list.") % {"label": label}
    widget = field.widget
    if isinstance(field, forms.DateField):
        field.widget = widget = forms.DateInput(format="%Y-%m-%d", attrs={**widget.attrs, "type": "date"})
        widget.is_required = field.required
        field.error_messages["invalid"] = _("This date is not in the calendar. Write it like 26.09.2026.")
    if isinstance(field, forms.EmailField):
        field.error_messages["invalid"] = _("An e-mail address looks like name@example.ru.")
        field.validators = [
            EmailValidator(message=field.error_messages["invalid"]) if isinstance(v, EmailValidator) else v
            for v in field.validators
        ]
    if not isinstance(widget, forms.CheckboxInput | forms.RadioSelect | forms.CheckboxSelectMultiple):
        widget.attrs.setdefault("class", "in")

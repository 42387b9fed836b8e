"""Forms of organizations: a new one, names, card, closing."""

from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from organizations.choices import KINDS_BELOW, OrganizationKind
from organizations.forms.fields import PlainForm, RowForm
from organizations.models import Organization
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
            form.add_error(
                "name", _("An organization of this name already stands below %(parent)s.") % {"parent": parent}
            )


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

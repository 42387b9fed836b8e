"""Forms of clusters, participants, classes, partners and days of the calendar."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from organizations.choices import PartnerKind
from organizations.forms.fields import RowForm, SeveralField
from organizations.models import CalendarDay, Cluster, Participant, Partner, SpecialisedClass
from organizations.querysets import OrganizationQuerySet, SharedBelowQuerySet


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

    def __init__(self, *args: Any, clusters: SharedBelowQuerySet, schools: OrganizationQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["cluster"].queryset = clusters
        self.fields["organization"].queryset = schools


class ClassForm(RowForm):
    class Meta:
        model = SpecialisedClass
        fields = ["cluster", "name", "pupils", "opened_on", "closed_on"]
        help_texts = {"name": _("As the school calls it: “10A”.")}

    def __init__(self, *args: Any, clusters: SharedBelowQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["cluster"].queryset = clusters


class PartnerForm(RowForm):
    class Meta:
        model = Partner
        fields = ["kind", "name", "contact", "agreement_number", "agreed_on", "valid_until", "clusters"]
        widgets = {"clusters": forms.CheckboxSelectMultiple}
        field_classes = {"clusters": SeveralField}
        help_texts = {"valid_until": _("Leave empty if the agreement has no end.")}

    def __init__(self, *args: Any, clusters: SharedBelowQuerySet, **kwargs: Any) -> None:
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

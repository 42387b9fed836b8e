"""The register of programmes."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from organizations.forms.fields import SeveralField
from organizations.models import Cluster, Organization
from roadmaps.models import Programme


class ProgrammeForm(forms.ModelForm):
    """A programme as the region's coordinator keeps it; its clusters are those of the same region."""

    class Meta:
        model = Programme
        fields = ["name", "basis", "clusters"]
        labels = {"name": _("Name"), "basis": _("Basis"), "clusters": _("Clusters")}
        help_texts = {"basis": _("The concept or the order from which the plans follow.")}
        widgets = {"basis": forms.Textarea(attrs={"rows": 3}), "clusters": forms.CheckboxSelectMultiple}
        field_classes = {"clusters": SeveralField}

    def __init__(self, *args: Any, organization: Organization, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.organization = organization
        self.fields["clusters"].queryset = Cluster.objects.filter(organization=organization)
        self.fields["clusters"].required = False

    def validate_unique(self) -> None:
        """Check also the name, though its organization is not a field: it never comes from the request."""
        found = Programme.objects.filter(
            organization=self.instance.organization, name=self.cleaned_data.get("name", "")
        ).exclude(pk=self.instance.pk)
        if found.exists():
            self.add_error("name", _("There already is a programme of this name."))

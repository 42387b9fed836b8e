"""What a list shows; a filter lives in the address, and what it does not understand narrows nothing."""

import datetime as dt
from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from organizations.choices import OrganizationKind
from organizations.forms.fields import PlainForm
from organizations.models import Cluster, Organization, User
from organizations.querysets import OrganizationQuerySet, PersonQuerySet, subtree

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise  # only the stubs know it

BODIES = (OrganizationKind.REGION, OrganizationKind.DISTRICT, OrganizationKind.MUNICIPALITY)


class Filter(PlainForm):
    """A filter; its choices are what the reader may see, so that a foreign id in the address is simply not understood."""

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        visible = Organization.objects.visible_to(user)
        if "under" in self.fields:
            self.fields["under"].queryset = visible.open().filter(kind__in=BODIES).in_order()
        if "cluster" in self.fields:
            self.fields["cluster"].queryset = Cluster.objects.visible_to(user)
        if "organization" in self.fields:
            self.fields["organization"].queryset = Organization.objects.registers_visible_to(user).in_order()

    @property
    def asked(self) -> dict[str, Any]:
        """Give what was asked for and understood."""
        if not hasattr(self, "cleaned_data"):
            self.full_clean()
        return {name: value for name, value in getattr(self, "cleaned_data", {}).items() if value}


def name_field(label: "str | _StrPromise") -> forms.CharField:
    return forms.CharField(
        label=label, required=False, max_length=100, widget=forms.TextInput(attrs={"type": "search"})
    )


def cluster_field() -> forms.ModelChoiceField:
    return forms.ModelChoiceField(Cluster.objects.none(), label=_("Cluster"), required=False, empty_label=_("any"))


def place_field(label: "str | _StrPromise") -> forms.ModelChoiceField:
    return forms.ModelChoiceField(Organization.objects.none(), label=label, required=False, empty_label=_("any"))


class OrganizationFilter(Filter):
    q = name_field(_("Name contains"))
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=[("", _("any")), *OrganizationKind.choices])
    under = place_field(_("Stands below"))
    cluster = cluster_field()
    closed = forms.BooleanField(label=_("closed ones too"), required=False)

    def narrow(self, organizations: OrganizationQuerySet, user: User) -> OrganizationQuerySet:
        """Keep the organizations that were asked for; taking part in a cluster is seen only where registers are read."""
        asked = self.asked
        if "closed" not in asked:
            organizations = organizations.open()
        if kind := asked.get("kind"):
            organizations = organizations.filter(kind=kind)
        if under := asked.get("under"):
            organizations = organizations.below(under.pk).exclude(pk=under.pk)
        if cluster := asked.get("cluster"):
            organizations = organizations.registers_visible_to(user).filter(participations__cluster=cluster)
        for word in asked.get("q", "").split():
            organizations = organizations.filter(Q(name__icontains=word) | Q(short_name__icontains=word))
        return organizations


class PeopleFilter(Filter):
    q = name_field(_("Name or position contains"))
    organization = place_field(_("Organization"))

    def narrow(self, people: PersonQuerySet) -> PersonQuerySet:
        """Keep the people that were asked for."""
        asked = self.asked
        if organization := asked.get("organization"):
            people = people.filter(positions__organization=organization).distinct()
        return people.search(asked.get("q", ""))


class SchoolRowsFilter(Filter):
    """For rows that belong to schools and clusters: participants, classes."""

    under = place_field(_("Stands below"))
    cluster = cluster_field()

    def narrow(self, rows: QuerySet) -> QuerySet:
        """Keep the rows that were asked for."""
        asked = self.asked
        if under := asked.get("under"):
            rows = rows.filter(organization__in=subtree([under.pk]))
        if cluster := asked.get("cluster"):
            rows = rows.filter(cluster=cluster)
        return rows


class PartnerFilter(Filter):
    q = name_field(_("Name contains"))
    state = forms.ChoiceField(
        label=_("Agreement"),
        required=False,
        choices=[("", _("any")), ("valid", _("in force")), ("expired", _("has run out")), ("none", _("not made"))],
    )

    def narrow(self, partners: QuerySet, today: dt.date) -> QuerySet:
        """Keep the partners that were asked for."""
        asked = self.asked
        for word in asked.get("q", "").split():
            partners = partners.filter(name__icontains=word)
        made = ~Q(agreed_on=None) | ~Q(agreement_number="") | ~Q(valid_until=None)
        over = Q(valid_until__lt=today)
        states = {"valid": made & ~over | made & Q(valid_until=None), "expired": over, "none": ~made}
        return partners.filter(states[asked["state"]]) if "state" in asked else partners

"""Starting a plan, returning it, finding plans in a list."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from deadlines.values import Period
from organizations.choices import OrganizationKind
from organizations.forms.fields import SeveralField
from organizations.models import Organization, User
from roadmaps.choices import EditionState
from roadmaps.models import Edition, Programme, Roadmap

ACADEMIC, CALENDAR, OWN = "academic", "calendar", "own"


def programmes_for(user: User) -> Any:
    """Give the programmes that the account knows: those of bodies whose existence it may see."""
    return Programme.objects.filter(organization__in=Organization.objects.visible_to(user).values("pk"))


class DateInput(forms.DateInput):
    """The browser's own date field, filled in ISO form as it demands."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class PlanForm(forms.Form):
    """What a new plan needs: organization, programme, period, title, and what it follows."""

    organization = forms.ModelChoiceField(Organization.objects.none(), label=_("Organization"), empty_label=None)
    programme = forms.ModelChoiceField(Programme.objects.none(), label=_("Programme"), empty_label=_("choose"))
    title = forms.CharField(label=_("Title of the document"), widget=forms.Textarea(attrs={"rows": 2}), max_length=1000)
    span = forms.ChoiceField(label=_("Period"), widget=forms.RadioSelect)
    starts_on = forms.DateField(label=_("own days: from"), required=False, widget=DateInput)
    ends_on = forms.DateField(label=_("to"), required=False, widget=DateInput)
    label = forms.CharField(
        label=_("Label"),
        required=False,
        max_length=80,
        help_text=_("Only if the organization has several plans of this programme for the period."),
    )
    uppers = SeveralField(
        Roadmap.objects.none(),
        label=_("Which plans above it follows"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(
        self, *args: Any, user: User, organizations: Sequence[Organization], today: dt.date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organization"].queryset = Organization.objects.filter(pk__in=[o.pk for o in organizations])
        self.fields["programme"].queryset = programmes_for(user)
        in_force = Edition.objects.visible_to(user).in_force().values("roadmap")
        self.fields["uppers"].queryset = (
            Roadmap.objects.filter(pk__in=in_force, organization__in=above_of(organizations))
            .select_related("organization", "programme")
            .order_by("organization__short_name", "-period_start", "pk")
        )
        self.fields["uppers"].label_from_instance = upper_name
        self.fields["span"].choices = _spans(today)
        self.fields["span"].initial = self.fields["span"].choices[0][0]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        span = data.get("span", "")
        if span == OWN:
            start, end = data.get("starts_on"), data.get("ends_on")
            if not start or not end:
                self.add_error("span", _("Give both days of the period."))
            elif end < start:
                self.add_error("ends_on", _("The period ends before it starts."))
            else:
                data["period"] = Period(start, end)
        elif span:
            data["period"] = _period(span)
        return data


def above_of(organizations: Sequence[Organization]) -> Any:
    """Give the keys of the bodies above, and of the institutes beside these."""
    ids = [organization.pk for organization in organizations]
    above = Organization.objects.above(*ids).exclude(pk__in=ids)
    beside = Organization.objects.filter(kind=OrganizationKind.INSTITUTE, parent__in=above.values("pk")).exclude(
        pk__in=ids
    )
    return (above | beside).values("pk")


def upper_name(roadmap: Roadmap) -> str:
    """Name a plan above in a list: whose, of which programme, for which period."""
    period = f"{roadmap.period_start:%d.%m.%Y} — {roadmap.period_end:%d.%m.%Y}"
    return f"{roadmap.organization.short_name}: {roadmap.programme.name}, {period}"


def _spans(today: dt.date) -> list[tuple[str, str]]:
    """Offer this academic year and the next, the calendar year, and one's own days."""
    first = today.year if today.month >= 6 else today.year - 1
    academic = _("academic year %(first)s-%(second)s")
    calendar = _("calendar year %(year)s")
    return [
        *(
            (f"{ACADEMIC}-{year}", str(academic) % {"first": year, "second": year + 1})
            for year in (first, first + 1, first - 1)
        ),
        *((f"{CALENDAR}-{year}", str(calendar) % {"year": year}) for year in (today.year, today.year + 1)),
        (OWN, str(_("own days"))),
    ]


def _period(span: str) -> Period:
    kind, _dash, year = span.partition("-")
    first = int(year)
    if kind == ACADEMIC:
        return Period(dt.date(first, 9, 1), dt.date(first + 1, 8, 31))
    return Period(dt.date(first, 1, 1), dt.date(first, 12, 31))


class ReasonForm(forms.Form):
    """Why a plan is returned, a finding stands, a row above does not apply."""

    reason = forms.CharField(label=_("The reason"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000)


class PlansFilter(forms.Form):
    """What the list of plans can be narrowed to; everything stands in the address."""

    q = forms.CharField(label=_("Find in titles"), required=False, max_length=200)
    level = forms.ChoiceField(label=_("Level"), required=False)
    municipality = forms.ModelChoiceField(
        Organization.objects.none(), label=_("Municipality"), required=False, empty_label=_("Any")
    )
    programme = forms.ModelChoiceField(
        Programme.objects.none(), label=_("Programme"), required=False, empty_label=_("Any")
    )
    year = forms.TypedChoiceField(label=_("Period"), required=False, coerce=int, empty_value=None)
    state = forms.ChoiceField(label=_("State"), required=False)

    def __init__(self, *args: Any, user: User, years: Sequence[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        any_one = ("", pgettext_lazy("filter", "Any"))
        visible = Organization.objects.visible_to(user)
        self.fields["level"].choices = [any_one, *OrganizationKind.choices]
        self.fields["municipality"].queryset = visible.filter(kind=OrganizationKind.MUNICIPALITY).order_by("short_name")
        self.fields["programme"].queryset = programmes_for(user)
        self.fields["year"].choices = [any_one, *((year, str(year)) for year in years)]
        self.fields["state"].choices = [any_one, *EditionState.choices]

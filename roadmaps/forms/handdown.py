"""Handing a plan down: which plans above, which of their rows, how linked, and who does them."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from organizations.forms.fields import SeveralField
from organizations.models import Organization, User
from roadmaps import deriving
from roadmaps.choices import LinkKind, Rule
from roadmaps.deriving import Offer, Part
from roadmaps.executors import LEVELS
from roadmaps.forms.plans import above_of, upper_name
from roadmaps.handing import Handing
from roadmaps.models import Edition, Roadmap
from roadmaps.operations.handdown import Taken

RULES = {Rule.SAME: _("same date"), Rule.WITHIN: _("inside the upper window"), Rule.OWN: _("own date")}


class UppersForm(forms.Form):
    """For whom a plan is derived, and from which plans in force above; the address carries the answer."""

    organization = forms.ModelChoiceField(Organization.objects.none(), label=_("Organization"), empty_label=None)
    upper = SeveralField(
        Roadmap.objects.none(),
        label=_("From which plans"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one plan.")},
    )

    def __init__(self, *args: Any, user: User, organizations: Sequence[Organization], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organization"].queryset = Organization.objects.filter(pk__in=[o.pk for o in organizations])
        in_force = Edition.objects.visible_to(user).in_force().values("roadmap")
        self.fields["upper"].queryset = (
            Roadmap.objects.filter(pk__in=in_force, organization__in=above_of(organizations))
            .select_related("organization", "programme")
            .order_by("-period_start", "organization__kind", "organization__short_name", "pk")
        )
        self.fields["upper"].label_from_instance = upper_name

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        organization, uppers = data.get("organization"), list(data.get("upper") or ())
        if organization is None or not uppers:
            return data
        above = set(above_of([organization]).values_list("pk", flat=True))
        if any(upper.organization_id not in above for upper in uppers):
            self.add_error("upper", _("One of these plans does not stand above the organization."))
        elif len({upper.programme_id for upper in uppers}) > 1:
            self.add_error("upper", _("These plans belong to several programmes. A plan is derived in one programme."))
        elif not all(_meet(uppers[0], upper) for upper in uppers):
            self.add_error("upper", _("These plans share no day: choose plans of one period."))
        return data

    def uppers(self) -> list[Roadmap]:
        """Give the chosen plans, the body that stands highest first, its institutes after it."""
        return sorted(
            self.cleaned_data["upper"], key=lambda roadmap: (roadmap.organization.kind == "institute", roadmap.pk)
        )


def _meet(one: Roadmap, other: Roadmap) -> bool:
    return one.period_start <= other.period_end and other.period_start <= one.period_end


class HandsForm(forms.Form):
    """The head of the new plan and who does its rows: one for all, others for whom the rows above name."""

    title = forms.CharField(label=_("Title of the document"), widget=forms.Textarea(attrs={"rows": 2}), max_length=1000)
    label = forms.CharField(
        label=_("Label"),
        required=False,
        max_length=80,
        help_text=_("Only if the organization has several plans of this programme for the period."),
    )
    executor = forms.CharField(
        label=_("Who does the rows"),
        max_length=400,
        help_text=_("For all rows, unless it is said otherwise below. Several are divided by semicolons."),
    )

    def __init__(self, *args: Any, handing: Handing, default: str, is_new: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.handing = handing
        if not is_new:
            del self.fields["title"], self.fields["label"]
        self.fields["executor"].initial = default
        asked = [offer for offer in self.offered() if offer.kind != LinkKind.MIRRORS]
        self.groups = list(handing.groups(asked).items())
        for place, (text, _count) in enumerate(self.groups):
            mine = LEVELS[handing.organization.kind]
            proposal = deriving.proposed(text, mine, handing.hands)
            self.fields[f"who-{place}"] = forms.CharField(
                required=False,
                max_length=400,
                initial="" if proposal == default else proposal,
                widget=forms.TextInput(attrs={"class": "in"}),
            )

    def offered(self) -> list[Offer]:
        """Give the rows whose executors are asked for."""
        return [offer for offer in self.handing.offers if offer.part is Part.TAKE]

    def who_lines(self) -> list[tuple[str, int, BoundField]]:
        """Give for whom the rows above name: the text, how many rows, the field."""
        return [(text, count, self[f"who-{place}"]) for place, (text, count) in enumerate(self.groups)]

    def hands(self, offer: Offer) -> tuple[str, ...]:
        """Give who does a row that is taken."""
        data = self.cleaned_data
        chosen = {text: data.get(f"who-{place}", "") for place, (text, _count) in enumerate(self.groups)}
        return deriving.hands_of_row(offer.source.doers, chosen, data["executor"])


class AdoptForm(HandsForm):
    """Taking a plan over unchanged: nothing but the people is chosen."""

    def taken(self) -> list[Taken]:
        """Give every row that obliges, with the same date."""
        return [
            Taken(offer.source.row, LinkKind(offer.kind), Rule.SAME, self.hands(offer), offer.also)
            for offer in self.offered()
        ]


class DeriveForm(HandsForm):
    """Which rows are taken, and how each is linked."""

    take = forms.TypedMultipleChoiceField(coerce=int, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = self.offered()
        self.fields["take"].choices = [(offer.source.row, offer.source.label) for offer in offered]
        self.fields["take"].initial = [offer.source.row for offer in offered if offer.part is Part.TAKE]
        for offer in offered:
            row, has_window = offer.source.row, offer.rule == Rule.WITHIN
            rules = [(rule.value, said) for rule, said in RULES.items() if rule is not Rule.WITHIN or has_window]
            self.fields[f"kind-{row}"] = forms.ChoiceField(choices=LinkKind.choices, required=False, initial=offer.kind)
            self.fields[f"rule-{row}"] = forms.ChoiceField(choices=rules, required=False, initial=offer.rule)

    def offered(self) -> list[Offer]:
        return [offer for offer in self.handing.offers if offer.part is not Part.OUT]

    def is_taken(self, offer: Offer) -> bool:
        """Tell whether a row is ticked as the form stands."""
        return str(offer.source.row) in {str(row) for row in self["take"].value() or ()}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if "take" in data and not data["take"]:
            raise ValidationError(_("Choose at least one row to take."))
        return data

    def taken(self) -> list[Taken]:
        """Give the rows that are ticked; what is for information keeps the people of the row above."""
        data = self.cleaned_data
        found = []
        for offer in self.offered():
            row = offer.source.row
            if row not in data["take"]:
                continue
            kind = LinkKind(data[f"kind-{row}"] or offer.kind)
            keeps = kind is LinkKind.MIRRORS and offer.source.executors
            executors = offer.source.executors if keeps else self.hands(offer)
            found.append(Taken(row, kind, Rule(data[f"rule-{row}"] or offer.rule), executors, offer.also))
        return found

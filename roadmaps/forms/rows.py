"""The cells of a row, headings, links."""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from organizations.forms.fields import SeveralField
from organizations.models import Organization
from organizations.querysets import OrganizationQuerySet
from roadmaps.choices import HeadingKind, LinkKind, Obliges, Rule
from roadmaps.sheets import Sheet, SheetRow, UpperRow

LINES = re.compile(r"[\r\n]+")


def lines(text: str) -> list[str]:
    """Give the lines of a text without empty ones, in their order, each once."""
    return list(dict.fromkeys(line.strip() for line in LINES.split(text) if line.strip()))


class RowForm(forms.Form):
    """One row: text, phrase of the deadline, executors a line each, whom it obliges."""

    text = forms.CharField(label=_("Result"), required=False, max_length=5000, widget=forms.Textarea(attrs={"rows": 4}))
    phrase = forms.CharField(
        label=_("Deadline"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
    )
    executors = forms.CharField(
        label=_("Executors"),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One a line."),
    )
    obliges = forms.ChoiceField(label=_("Whom it obliges"), choices=Obliges.choices, initial=Obliges.NOBODY)
    obliged = SeveralField(
        label=_("The named organizations"),
        queryset=Organization.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("Choose organizations from the list.")},
    )
    among = forms.CharField(label=_("Find an organization"), required=False, max_length=100)

    def __init__(self, *args: Any, below: OrganizationQuerySet, **kwargs: Any) -> None:
        """Take `below`, the organizations that the plan may oblige; no other can be chosen."""
        super().__init__(*args, **kwargs)
        self.fields["obliged"].queryset = below

    def chosen(self) -> set[int]:
        """Give the organizations that are ticked just now, right or wrong."""
        values: Iterable[Any] = self["obliged"].value() or ()
        return {int(value) for value in values if str(value).isdecimal() and len(str(value)) < 19}

    def clean_executors(self) -> list[str]:
        found = lines(self.cleaned_data["executors"])
        if any(len(line) > 400 for line in found):
            raise forms.ValidationError(_("An executor is longer than 400 characters: write one a line."))
        return found

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        is_saved = "check" not in self.data  # looking for somebody is not yet the choice of nobody
        if is_saved and data.get("obliges") == Obliges.NAMED and "obliged" in data and not data["obliged"]:
            self.add_error("obliged", _("Say whom the row obliges: choose at least one organization."))
        return data

    def cells(self) -> dict[str, Any]:
        """Give the cells as operations take them."""
        cells = {name: self.cleaned_data[name] for name in ("text", "phrase", "executors", "obliges")}
        is_named = cells["obliges"] == Obliges.NAMED
        return cells | {"obliged": [one.pk for one in self.cleaned_data["obliged"]] if is_named else []}


class SeenForm(forms.Form):
    """What the person saw when she opened the row, so that two people do not overwrite each other."""

    seen_text = forms.CharField(required=False, max_length=10000, widget=forms.HiddenInput, strip=False)
    seen_phrase = forms.CharField(required=False, max_length=5000, widget=forms.HiddenInput, strip=False)
    seen_executors = forms.CharField(required=False, max_length=10000, widget=forms.HiddenInput)
    seen_obliges = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)
    seen_obliged = forms.CharField(required=False, max_length=20_000, widget=forms.HiddenInput)

    def expected(self) -> dict[str, Any]:
        """Give what the row must still say."""
        data = self.cleaned_data
        return {
            "text": data["seen_text"].replace("\r\n", "\n"),
            "phrase": data["seen_phrase"].replace("\r\n", "\n"),
            "executors": lines(data["seen_executors"]),
            "obliges": data["seen_obliges"],
            "obliged": sorted(int(one) for one in data["seen_obliged"].split() if one.isdecimal() and len(one) < 19),
        }


def cells_of(row: SheetRow) -> dict[str, str]:
    """Give a row of a sheet as the form shows it."""
    return {
        "text": row.text,
        "phrase": row.own.phrase,
        "executors": "\n".join(executor.text for executor in row.executors),
        "obliges": row.obliges,
    }


class GoalForm(forms.Form):
    """A goal or a task: its words."""

    title = forms.CharField(label=_("Wording"), max_length=5000, widget=forms.Textarea(attrs={"rows": 3}))


class HeadingForm(forms.Form):
    """A section or an activity."""

    number = forms.CharField(label=_("Number"), required=False, max_length=20)
    title = forms.CharField(label=_("Title"), max_length=2000, widget=forms.Textarea(attrs={"rows": 2}))


class PlacedHeadingForm(HeadingForm):
    """A section or an activity, and the section of this plan in which it stands."""

    parent = forms.TypedChoiceField(label=_("In the section"), required=False, coerce=int, empty_value=None)

    def __init__(self, *args: Any, sheet: Sheet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sections = sheet.of_kind(HeadingKind.SECTION)
        self.fields["parent"].choices = [
            ("", _("none")),
            *((section.pk, f"{section.number} {section.title}".strip()) for section in sections),
        ]


class TitleForm(forms.Form):
    title = forms.CharField(label=_("Title of the document"), max_length=1000, widget=forms.Textarea(attrs={"rows": 2}))


class LinkForm(forms.Form):
    """How a row follows an upper one: kind of link, and where the deadline comes from."""

    kind = forms.ChoiceField(label=_("Kind of link"), choices=LinkKind.choices, widget=forms.RadioSelect)
    rule = forms.ChoiceField(label=_("Where the deadline comes from"), choices=Rule.choices, widget=forms.RadioSelect)
    days = forms.IntegerField(label=_("Shift, days"), required=False, min_value=-400, max_value=400, initial=0)
    working = forms.BooleanField(label=_("working days"), required=False)
    lead_days = forms.IntegerField(
        label=_("Lead, days"),
        required=False,
        min_value=0,
        max_value=400,
        initial=0,
        help_text=_("How many days before the upper deadline its author needs this result."),
    )
    reason = forms.CharField(
        label=_("The reason"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Those above and the signatory will read it."),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("rule") == Rule.SHIFTED and not data.get("days"):
            self.add_error("days", _("By how many days?"))
        return data

    def values(self) -> dict[str, Any]:
        """Give the link as the operation takes it; numbers that its kind or rule does not know are left out."""
        data = self.cleaned_data
        shifted, feeds = data["rule"] == Rule.SHIFTED, data["kind"] == LinkKind.FEEDS
        return {
            "kind": LinkKind(data["kind"]),
            "rule": Rule(data["rule"]),
            "days": (data["days"] or 0) if shifted else 0,
            "working": bool(data["working"]) and shifted,
            "lead_days": (data["lead_days"] or 0) if feeds else 0,
        }


class UpperChoiceForm(forms.Form):
    """Which row of the plans in force above a row follows."""

    upper = forms.TypedChoiceField(label=_("Row above"), coerce=int)

    def __init__(self, *args: Any, uppers: Sequence[UpperRow], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups: dict[str, list[tuple[int, str]]] = {}
        for upper in uppers:
            text = upper.text or upper.activity
            groups.setdefault(upper.called, []).append((upper.commitment, f"{upper.number}. {text[:110]}"))
        self.fields["upper"].choices = [("", _("choose")), *groups.items()]


class RowChoiceForm(forms.Form):
    """Which row of this plan answers a row above."""

    row = forms.TypedChoiceField(label=_("Your row"), coerce=int)

    def __init__(self, *args: Any, rows: Sequence[SheetRow], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["row"].choices = [
            ("", _("choose")),
            *((row.commitment, f"{row.label}. {row.text[:110]}") for row in rows),
        ]


class SheetFilter(forms.Form):
    """What the table of a plan can be narrowed to."""

    q = forms.CharField(label=_("Find in the plan"), required=False, max_length=200)
    show = forms.ChoiceField(label=_("Show"), required=False)
    who = forms.ChoiceField(label=_("Executor"), required=False)
    month = forms.ChoiceField(label=_("Deadline in"), required=False)
    finding = forms.ChoiceField(label=_("Finding"), required=False)
    cluster = forms.ChoiceField(label=_("Cluster"), required=False)

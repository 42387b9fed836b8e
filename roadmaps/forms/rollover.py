"""Carrying a plan into the next period, and answering what that left open."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from deadlines.values import Period
from roadmaps.forms.plans import DateInput
from roadmaps.pages.carried import STEPS
from roadmaps.succession import NextPlan

LONGEST = 2000


class PeriodForm(forms.Form):
    """The period into which a plan is carried."""

    starts_on = forms.DateField(label=_("The new period: from"), widget=DateInput)
    ends_on = forms.DateField(label=_("to"), widget=DateInput)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        start, end = data.get("starts_on"), data.get("ends_on")
        if start and end:
            if end < start:
                self.add_error("ends_on", _("The period ends before it starts."))
            elif (end - start).days > 3 * 366:
                self.add_error("ends_on", _("A period lasts three years at most."))
            else:
                data["period"] = Period(start, end)
        return data


class RollOverForm(forms.Form):
    """The title, and for every row of this plan its new deadline and whether it stays behind; no other field is read."""

    title = forms.CharField(label=_("Title of the document"), widget=forms.Textarea(attrs={"rows": 2}), max_length=1000)

    def __init__(self, data: Mapping[str, Any] | None, *, plan: NextPlan) -> None:
        super().__init__(data, initial={"title": plan.title})
        self.rows = [row.old.commitment for row in plan.rows]
        for row in plan.rows:
            self.fields[f"phrase-{row.old.commitment}"] = forms.CharField(
                label=_("Deadline"), required=False, max_length=LONGEST
            )
            self.fields[f"leave-{row.old.commitment}"] = forms.BooleanField(label=_("Leave behind"), required=False)

    def phrases(self) -> dict[int, str]:
        """Give the deadlines that were sent, by the old row; a field that was not sent says nothing."""
        return {pk: self.cleaned_data.get(f"phrase-{pk}", "") for pk in self.rows if f"phrase-{pk}" in self.data}

    def left_out(self) -> set[int]:
        """Give the old rows that stay behind."""
        return {pk for pk in self.rows if self.cleaned_data.get(f"leave-{pk}")}


class AnswerForm(forms.Form):
    """One step on the list of what needs a decision."""

    step = forms.ChoiceField(choices=[(step, step) for step in STEPS])
    question = forms.IntegerField(required=False, min_value=1)
    text = forms.CharField(required=False, max_length=400)
    kind = forms.CharField(required=False, max_length=9)

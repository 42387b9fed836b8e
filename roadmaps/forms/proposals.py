"""Answering what is asked from above, wishing something of it, answering wishes."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from roadmaps.choices import ProposalKind, Way
from roadmaps.operations.proposals import Answer
from roadmaps.sheets import SheetRow

IDS_AT_ONCE = 1000


class AnswerForm(forms.Form):
    """One way of answering, with what belongs to it."""

    way = forms.ChoiceField(label=_("Your answer"), choices=Way.choices, widget=forms.RadioSelect)
    days = forms.IntegerField(
        label=_("Offset, days"),
        required=False,
        min_value=-400,
        max_value=400,
        help_text=_("After the date above; with a minus, before it."),
    )
    working = forms.BooleanField(label=_("working days"), required=False)
    row = forms.TypedChoiceField(label=_("Your row that answers it"), required=False, coerce=int, empty_value=None)
    reason = forms.CharField(
        label=_("The reason"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("The body above reads it. Needed where you keep your own or it does not apply."),
    )

    def __init__(
        self,
        *args: Any,
        ways: Iterable[tuple[str, str]],
        rows: Sequence[SheetRow] = (),
        is_calm: bool = False,
        **kwargs: Any,
    ) -> None:
        """
        Take the ways that can be chosen, and the plan's own rows where one of them may answer.

        :param is_calm: a date may be kept without a reason, because it contradicts nothing (or that is not known yet)
        """
        super().__init__(*args, **kwargs)
        self.is_calm = is_calm
        for name in ("days", "reason"):  # what the chosen way needs of them is not optional
            self.fields[name].depends = True
        self.fields["way"].choices = list(ways)
        if rows:
            answering = ((row.commitment, f"{row.label}. {row.text[:110]}") for row in rows)
            self.fields["row"].choices = [("", _("none: add it as a new row")), *answering]
        else:
            del self.fields["row"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        way = data.get("way")
        if way == Way.OFFSET and not data.get("days") and "days" not in self.errors:
            self.add_error("days", _("By how many days?"))
        if way in ({Way.WAIVE} if self.is_calm else {Way.KEEP, Way.WAIVE}) and not data.get("reason", "").strip():
            self.add_error("reason", _("Say why: the body above will read it."))
        return data

    def answer(self) -> Answer:
        """Give the answer as the operation takes it; what another way would need is left out."""
        data = self.cleaned_data
        way = Way(data["way"])
        is_offset = way == Way.OFFSET
        return Answer(
            way=way,
            days=(data["days"] or 0) if is_offset else 0,
            working=bool(data["working"]) and is_offset,
            reason=data["reason"],
            row=data.get("row") if way == Way.ACCEPT else None,
        )


def ids_of(values: Iterable[str], most: int = IDS_AT_ONCE) -> list[int]:
    """Give the numbers of ticked lines; whatever is no number, or more than a key can be, is left out."""
    return [int(value) for value in values if value.isdecimal() and len(value) < 19][:most]


class WishForm(forms.Form):
    """What a lower body wishes of the row above."""

    upper = forms.TypedChoiceField(label=_("Row above"), coerce=int)
    kind = forms.ChoiceField(
        label=_("What you ask for"),
        choices=[(ProposalKind.EXTEND, _("more time")), (ProposalKind.ANOTHER, _("another date"))],
        initial=ProposalKind.EXTEND,
        widget=forms.RadioSelect,
    )
    phrase = forms.CharField(
        label=_("The deadline that you ask for"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 1}),
        help_text=_("Of the row above, in the words of the plan: “by 30.10.2026”."),
    )
    reason = forms.CharField(label=_("Why"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, uppers: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        """Take the rows above that bind the row, as (commitment, words)."""
        super().__init__(*args, **kwargs)
        self.fields["upper"].choices = uppers
        if len(uppers) == 1:
            self.fields["upper"].initial = uppers[0][0]
            self.fields["upper"].widget = forms.HiddenInput()


class WishAnswerForm(forms.Form):
    """Agreeing needs no words; declining does."""

    way = forms.ChoiceField(
        label=_("Your answer"),
        choices=[("agree", _("agree: put that date into a draft of the plan")), ("decline", _("decline"))],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("The reason"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The body that asked reads it. Needed where you decline."),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("way") == "decline" and not data.get("reason", "").strip():
            self.add_error("reason", _("Say why: the body that asked will read it."))
        return data

"""What a repealing order takes out of force."""

from typing import Any

from django import forms
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from documents.models import Clause, Order
from organizations.forms import PlainForm
from roadmaps.operations.repeals import repealed_clauses

WHOLE, CLAUSES = "whole", "clauses"


class RepealForm(PlainForm):
    """The whole order with its plan and amendments, or single clauses of it."""

    what = forms.ChoiceField(
        label=_("What loses its force"),
        choices=[
            (WHOLE, _("the whole order, with what it approved and what amended it")),
            (CLAUSES, _("single clauses")),
        ],
        widget=forms.RadioSelect,
        initial=WHOLE,
    )
    clauses = forms.MultipleChoiceField(
        label=_("Which clauses"), widget=forms.CheckboxSelectMultiple, required=False, choices=()
    )
    preamble = forms.CharField(
        label=_("Why"),
        widget=forms.Textarea(attrs={"rows": 2}),
        required=False,
        max_length=2000,
        help_text=_("Stands before the ordering word: “In connection with …”."),
    )

    def __init__(self, *args: Any, order: Order, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        gone = repealed_clauses(order)
        self.known: dict[str, Clause] = {
            str(clause.pk): clause for clause in order.clauses.all() if clause.number and clause.pk not in gone
        }
        self.fields["clauses"].choices = [
            (pk, f"{one.number}. {Truncator(one.text).chars(160)}") for pk, one in self.known.items()
        ]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("what") == CLAUSES and not data.get("clauses"):
            self.add_error("clauses", _("Choose at least one clause."))
        return data

    def chosen(self) -> list[Clause]:
        """Give the clauses that are to go; none where the whole order is."""
        if self.cleaned_data["what"] == WHOLE:
            return []
        return [self.known[pk] for pk in self.cleaned_data["clauses"]]

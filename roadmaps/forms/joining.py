"""Which of the proposed links are made, and how."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from roadmaps.choices import LinkKind, Rule
from roadmaps.forms.handdown import RULES
from roadmaps.joining import Proposal
from roadmaps.operations.joining import Joined


class JoinForm(forms.Form):
    """The proposals, each with a tick, a kind and a rule; only what is proposed can be chosen."""

    link = forms.MultipleChoiceField(required=False)

    def __init__(self, *args: Any, proposals: Sequence[Proposal], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.proposals = proposals
        self.fields["link"].choices = [(one.key, one.row.label) for one in proposals]
        self.fields["link"].initial = [one.key for one in proposals if one.is_likely]
        self.fields["link"].error_messages["invalid_choice"] = _(
            "The proposals have changed in the meantime. Look through them again."
        )
        for one in proposals:
            rules = [(rule.value, said) for rule, said in RULES.items()]
            self.fields[f"kind-{one.key}"] = forms.ChoiceField(
                choices=LinkKind.choices, required=False, initial=one.kind.value
            )
            self.fields[f"rule-{one.key}"] = forms.ChoiceField(choices=rules, required=False, initial=one.rule.value)

    def is_ticked(self, proposal: Proposal) -> bool:
        """Tell whether a proposal is ticked as the form stands."""
        return proposal.key in (self["link"].value() or ())

    def joined(self) -> list[Joined]:
        """Give the links that are to be made."""
        data = self.cleaned_data
        return [
            Joined(
                one.row.commitment,
                one.upper.commitment,
                LinkKind(data[f"kind-{one.key}"] or one.kind),
                Rule(data[f"rule-{one.key}"] or one.rule),
            )
            for one in self.proposals
            if one.key in data["link"]
        ]

    def declined(self) -> list[tuple[int, int]]:
        """Give the pairs that were proposed and left out."""
        chosen = set(self.cleaned_data["link"])
        return [(one.row.commitment, one.upper.commitment) for one in self.proposals if one.key not in chosen]

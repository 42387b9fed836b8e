"""Narrowing the coverage of a plan; everything stands in the address."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from organizations.models import Cluster
from roadmaps.coverage import GAPS, STATES, Narrowing, State

STATE_WORDS = {
    State.COVERED: pgettext_lazy("coverage", "There is a row"),
    State.LATE: pgettext_lazy("coverage", "Later"),
    State.PARTLY: pgettext_lazy("coverage", "In part"),
    State.WAIVED: pgettext_lazy("coverage", "Does not apply"),
    State.MISSING: pgettext_lazy("coverage", "No row"),
    State.NO_PLAN: pgettext_lazy("coverage", "Plan not sent"),
    State.FREE: pgettext_lazy("coverage", "Not obliged"),
}
GAPS_ONLY, SCHOOLS, OBLIGING, WORST = "gaps", "schools", "obliging", "worst"
Choices = Sequence[tuple[Any, Any]]


class CoverageFilter(forms.Form):
    """What of the coverage is looked at: rows, bodies, states, and which bodies come first."""

    show = forms.ChoiceField(label=_("Show"), required=False)
    rows = forms.ChoiceField(
        label=_("Rows"),
        required=False,
        choices=[("", _("All rows")), (OBLIGING, _("Only those that oblige somebody"))],
    )
    section = forms.TypedChoiceField(label=_("Section"), required=False, coerce=int, empty_value=None)
    level = forms.ChoiceField(label=_("Organizations"), required=False)
    place = forms.TypedChoiceField(label=_("Schools of"), required=False, coerce=int, empty_value=None)
    cluster = forms.ModelChoiceField(
        Cluster.objects.none(), label=_("Cluster"), required=False, empty_label=pgettext_lazy("filter", "Any")
    )
    sort = forms.ChoiceField(
        label=_("Sorted"),
        required=False,
        choices=[("", _("Plans in force first, by name")), (WORST, _("With the most gaps first"))],
    )

    def __init__(
        self,
        *args: Any,
        sections: Choices,
        places: Choices,
        clusters: Any,
        near: str,
        of_one_row: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        any_one = ("", pgettext_lazy("filter", "Any"))
        states = [(state.value, STATE_WORDS[state]) for state in STATES]
        self.fields["show"].choices = [("", _("Everything")), (GAPS_ONLY, _("Only gaps")), *states]
        self.fields["section"].choices = [any_one, *sections]
        self.fields["place"].choices = [any_one, *places]
        self.fields["level"].choices = [("", near), (SCHOOLS, _("All schools"))]
        self.fields["cluster"].queryset = clusters
        if of_one_row:
            del self.fields["rows"], self.fields["section"], self.fields["sort"]
        for name, offered in (("section", sections), ("place", places), ("level", places), ("cluster", clusters)):
            if not offered:
                self.fields.pop(name, None)

    def wish(self) -> Narrowing:
        """Give what is asked for; a filter that nobody knows narrows nothing."""
        self.is_valid()
        data = self.cleaned_data
        show = data.get("show", "")
        states = GAPS | {State.NO_PLAN} if show == GAPS_ONLY else frozenset({State(show)} if show else ())
        cluster = data.get("cluster")
        return Narrowing(
            section=data.get("section"),
            cluster=cluster.pk if cluster else None,
            only_obliging=data.get("rows") == OBLIGING,
            states=frozenset(states),
            worst_first=data.get("sort") == WORST,
        )

    @property
    def municipality(self) -> int | None:
        """The municipality whose schools are looked at."""
        self.is_valid()
        place: int | None = self.cleaned_data.get("place")
        return place

    @property
    def wants_schools(self) -> bool:
        """Whether all schools are looked at."""
        self.is_valid()
        return self.cleaned_data.get("level") == SCHOOLS

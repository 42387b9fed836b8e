"""Choosing what to compare: two editions, and which changes to show."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from roadmaps.choices import DRAFT
from roadmaps.difference import Kind
from roadmaps.models import Edition
from roadmaps.pages.comparison import KINDS, kind_plural


class CompareForm(forms.Form):
    """Two editions by their numbers («draft» for the open one), and the kind of changes."""

    was = forms.ChoiceField(label=pgettext_lazy("compared edition", "Was"))
    became = forms.ChoiceField(label=pgettext_lazy("compared edition", "Became"))
    show = forms.ChoiceField(label=gettext_lazy("Show"), required=False)

    def __init__(
        self,
        data: Mapping[str, Any],
        *,
        editions: Sequence[Edition],
        chosen: tuple[Edition, Edition],
        counts: Mapping[Kind, int],
    ) -> None:
        was, became = (_name(edition) for edition in chosen)
        super().__init__({"was": was, "became": became, "show": data.get("show", "")})
        named = [(_name(edition), edition_words(edition)) for edition in editions]
        self.fields["was"].choices = self.fields["became"].choices = named
        kinds = [(kind.value, f"{kind_plural(kind)}: {counts[kind]}") for kind in KINDS if counts[kind]]
        self.fields["show"].choices = [("", _("All changes")), *kinds]

    def kinds(self) -> tuple[Kind, ...]:
        """Give the kinds to show; all of them, unless one that there is was chosen."""
        known = dict(self.fields["show"].choices)
        show = self["show"].value()
        return (Kind(show),) if show and show in known else KINDS


def _name(edition: Edition) -> str:
    return "draft" if edition.number == DRAFT else str(edition.number)


def edition_words(edition: Edition) -> str:
    """Name an edition in a list: by number, and by its order where it has one."""
    if edition.number == DRAFT:
        return _("Draft")
    number = _("Edition %(number)s") % {"number": edition.number}
    if edition.order is None or edition.order.signed_on is None or edition.basis_id is not None:
        return number
    return f"{number}, {edition.order.signed_on:%d.%m.%Y} № {edition.order.number}"

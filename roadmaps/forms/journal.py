"""Narrowing a journal: who, what, when; everything stands in the address."""

from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from organizations.forms.fields import PlainForm
from organizations.models import Entry, User
from organizations.querysets import REGISTER_SUBJECTS
from roadmaps.forms.plans import DateInput

GROUPS = {
    "rows": (_("rows of plans"), Q(operation__startswith="row-", subject_kind="commitment")),
    "headings": (_("sections and activities"), Q(subject_kind="heading")),
    "links": (
        _("links and reasons"),
        Q(operation__in=["row-linked", "row-unlinked", "row-waived", "row-unwaived", "finding-explained", "plan-follows"]),
    ),
    "editions": (
        _("editions and approval"),
        Q(
            operation__in=[
                "plan-started", "plan-carried", "edition-opened", "draft-discarded", "submitted", "taken-back", "returned",
                "in-force", "imported", "plan-imported",
            ]
        ),
    ),
    "orders": (_("orders and submissions"), Q(subject_kind__in=["order", "submission", "office"])),
    "registers": (_("registers"), Q(subject_kind__in=REGISTER_SUBJECTS)),
}  # fmt: skip
"""What can be chosen, and the entries that it means."""

OF_A_PLAN = ("rows", "headings", "links", "editions")


class JournalFilter(PlainForm):
    """A filter; what it does not understand narrows nothing."""

    who = forms.ModelChoiceField(User.objects.none(), label=_("Who"), required=False, empty_label=_("everybody"))
    what = forms.ChoiceField(label=_("What"), required=False)
    since = forms.DateField(label=_("from"), required=False, widget=DateInput)
    until = forms.DateField(label=_("to"), required=False, widget=DateInput)

    def __init__(self, *args: Any, people: QuerySet[User] | None, groups: tuple[str, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if people is None:
            del self.fields["who"]
        else:
            self.fields["who"].queryset = people
        self.fields["what"].choices = [("", _("everything")), *((code, GROUPS[code][0]) for code in groups)]

    @property
    def asked(self) -> dict[str, Any]:
        """Give what was asked for and understood."""
        if not hasattr(self, "cleaned_data"):
            self.full_clean()
        return {name: value for name, value in getattr(self, "cleaned_data", {}).items() if value}

    def narrow(self, entries: QuerySet[Entry]) -> QuerySet[Entry]:
        """Keep the entries that were asked for."""
        asked = self.asked
        if "who" in asked:
            entries = entries.filter(by=asked["who"])
        if "what" in asked:
            entries = entries.filter(GROUPS[asked["what"]][1])
        if "since" in asked:
            entries = entries.filter(at__date__gte=asked["since"])
        if "until" in asked:
            entries = entries.filter(at__date__lte=asked["until"])
        return entries

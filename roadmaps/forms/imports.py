"""Forms of the import: the file, the facts of the document, one row."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from organizations.models import Organization
from organizations.querysets import ancestry
from roadmaps.choices import Aim, LinkKind, Rule
from roadmaps.models import Programme
from roadmaps.previews import Preview, PreviewRow

EXAMPLES = "«до 15 октября», «ежеквартально до 5 числа»"
"""Deadlines are written in Russian, whatever language the portal speaks."""


class UploadForm(forms.Form):
    """The file, the programme that it belongs to, and what it is."""

    file = forms.FileField(
        label=_("Word or Excel file"),
        help_text=_("A .docx or .xlsx file as it is; nothing in it has to be prepared."),
        error_messages={
            "required": _("Choose a file."),
            "empty": _("The file is empty. Choose the one that holds the plan."),
        },
    )
    programme = forms.ModelChoiceField(
        label=_("Programme"),
        queryset=Programme.objects.none(),
        empty_label=None,
        error_messages={"required": _("Choose the programme.")},
    )
    aim = forms.ChoiceField(
        label=_("What is this document?"),
        choices=[
            (Aim.DRAFT, _("A draft that I shall go on working at")),
            (Aim.IN_FORCE, _("A document already in force, approved by an order")),
        ],
        initial=Aim.DRAFT,
        widget=forms.RadioSelect,
    )
    label = forms.CharField(
        label=_("Label"),
        required=False,
        max_length=80,
        help_text=_("Only if your organization has several plans of this programme for one period."),
    )

    def __init__(self, *args: Any, organization: Organization, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["programme"].queryset = Programme.objects.filter(organization__in=ancestry([organization.pk]))

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        limit = settings.PLAN_FILE_MAX_BYTES
        if file.size and file.size > limit:
            raise forms.ValidationError(
                _("The file is larger than %(limit)d MB. Take pictures out of it and choose it again."),
                params={"limit": limit // 1_000_000},
            )
        return file


class FactsForm(forms.Form):
    """The facts around the table; those of the order are asked only for a document in force."""

    ORDER_FIELDS = ("order_number", "order_date", "issuer", "order_title", "place", "signatory_post", "signatory_name")

    aim = UploadForm.base_fields["aim"]
    title = forms.CharField(label=_("Title of the plan"), max_length=600, widget=forms.Textarea(attrs={"rows": 2}))
    period_start = forms.DateField(
        label=_("Period from"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    period_end = forms.DateField(
        label=_("Period until"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    order_number = forms.CharField(label=_("Number of the order"), max_length=40, required=False)
    order_date = forms.DateField(
        label=_("Date of the order"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    issuer = forms.CharField(label=_("Issued by"), max_length=300, required=False)
    order_title = forms.CharField(label=_("Title of the order"), max_length=600, required=False)
    place = forms.CharField(label=_("Place"), max_length=120, required=False)
    signatory_post = forms.CharField(label=_("Position of the signatory"), max_length=300, required=False)
    signatory_name = forms.CharField(label=_("Signatory"), max_length=120, required=False)

    @classmethod
    def of(cls, preview: Preview, data: Any = None) -> "FactsForm":
        """Fill the form with what is known."""
        header = preview.document.header
        initial = {name: getattr(header, name) for name in ("title", *cls.ORDER_FIELDS)}
        initial["aim"] = preview.incoming.aim
        if header.period:
            initial |= {"period_start": header.period.start, "period_end": header.period.end}
        return cls(data, initial=initial)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        start, end = data.get("period_start"), data.get("period_end")
        if start and end and end < start:
            self.add_error("period_end", _("The period ends before it begins."))
        if data.get("aim") == Aim.IN_FORCE:
            for name, words in (
                ("order_number", _("A document in force has the number of its order.")),
                ("order_date", _("A document in force has the date of its order.")),
            ):
                if not data.get(name):
                    self.add_error(name, words)
        return data

    def changes(self) -> dict[str, Any]:
        """Give the changes for `operations.imports.decide`."""
        names = ("title", "period_start", "period_end", *self.ORDER_FIELDS)
        values = {name: self.cleaned_data[name] for name in names}
        return {
            "header": {
                name: value.isoformat() if hasattr(value, "isoformat") else value or ""
                for name, value in values.items()
            }
        }


class RowForm(forms.Form):
    """One row as read, to be corrected in place."""

    number = forms.CharField(label=_("Number of the activity"), max_length=20, required=False)
    title = forms.CharField(label=_("Activity"), required=False, widget=forms.Textarea(attrs={"rows": 2}))
    text = forms.CharField(label=_("Result"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
    phrase = forms.CharField(
        label=_("Deadline"),
        required=False,
        max_length=500,
        help_text=format_lazy("{} {}", _("As you would write it in a plan:"), EXAMPLES),
    )
    executors = forms.CharField(
        label=_("Executors"), required=False, widget=forms.Textarea(attrs={"rows": 3}), help_text=_("One on each line.")
    )
    upper = forms.ChoiceField(label=_("Upper row"), required=False)
    kind = forms.ChoiceField(label=_("How it is linked"), choices=LinkKind, required=False, initial=LinkKind.IMPLEMENTS)
    rule = forms.ChoiceField(
        label=_("Where the date comes from"),
        choices=[(rule.value, rule.label) for rule in Rule if rule != Rule.SHIFTED],
        required=False,
        initial=Rule.OWN,
    )
    is_dropped = forms.BooleanField(label=_("This is not a row of the plan: leave it out"), required=False)

    def __init__(self, data: Any = None, *, preview: Preview, row: PreviewRow) -> None:
        self.row = row
        link = row.links[0] if row.links else None
        initial = {
            "number": row.activity.number,
            "title": row.activity.title,
            "text": row.result.text,
            "phrase": row.result.deadline.phrase,
            "executors": "\n".join(row.result.executors),
            "upper": str(link.upper) if link else "",
            "kind": link.kind if link else LinkKind.IMPLEMENTS,
            "rule": link.rule if link else Rule.OWN,
            "is_dropped": row.is_dropped,
        }
        super().__init__(data, initial=initial)
        self.fields["upper"].choices = _upper_choices(preview)

    def clean_executors(self) -> list[str]:
        found = [line.strip() for line in self.cleaned_data["executors"].splitlines() if line.strip()]
        if any(len(line) > 400 for line in found):
            raise forms.ValidationError(_("An executor is longer than 400 characters: write one a line."))
        return found

    def changes(self) -> dict[str, Any]:
        """Give the changes for `operations.imports.decide`: only what differs, so that nothing is settled unseen."""
        data, row = self.cleaned_data, self.row
        decided: dict[str, Any] = {}
        if data["text"] != row.result.text:
            decided["text"] = data["text"]
        settled = set(row.settled)
        if data["phrase"].strip() != row.result.deadline.phrase:
            decided |= {"phrase": data["phrase"].strip(), "meaning": None}
            settled.discard("deadline")
        executors = data["executors"]
        if executors != list(row.result.executors):
            decided["executors"] = executors
        if self.has_changed() and {"upper", "kind", "rule"} & set(self.changed_data):
            upper = data["upper"]
            rest = [{"upper": link.upper, "kind": link.kind, "rule": link.rule} for link in row.links[1:]]
            kind, rule = data["kind"] or LinkKind.IMPLEMENTS, data["rule"] or Rule.OWN
            first = [{"upper": int(upper), "kind": kind, "rule": rule}] if upper else []
            decided["links"] = first + [link for link in rest if str(link["upper"]) != upper]
            settled.add("link")
        if data["is_dropped"] != row.is_dropped:
            decided["is_dropped"] = data["is_dropped"]
        decided["settled"] = sorted(settled)
        changes: dict[str, Any] = {"rows": {row.ref: decided}}
        activity = {
            name: data[name].strip()
            for name in ("number", "title")
            if data[name].strip() != getattr(row.activity, name)
        }
        if activity:
            changes["activities"] = {row.activity.ref: activity}
        return changes


def _upper_choices(preview: Preview) -> list[tuple[str, Any]]:
    choices: list[tuple[str, Any]] = [("", _("None: our own initiative"))]
    for roadmap in preview.uppers:
        rows = [
            (
                str(choice.commitment),
                f"{choice.label} {choice.words[:110]}"
                + (f" ({choice.deadline.phrase})" if choice.deadline.phrase else ""),
            )
            for choice in preview.choices.values()
            if choice.roadmap == roadmap.pk
        ]
        choices.append((roadmap.organization.short_name, rows))
    return choices

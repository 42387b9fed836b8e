"""Forms of an edited file: the file, and which of its changes shall hold."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _


class EditedFileForm(forms.Form):
    """The file that came back."""

    file = forms.FileField(
        label=_("Edited Word or Excel file"),
        help_text=_(
            "A file that was downloaded from this plan and edited; another file of the plan is compared by its words."
        ),
        error_messages={
            "required": _("Choose a file."),
            "empty": _("The file is empty. Choose the one that holds the plan."),
        },
    )

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        limit = settings.PLAN_FILE_MAX_BYTES
        if file.size and file.size > limit:
            raise forms.ValidationError(
                _("The file is larger than %(limit)d MB. Take pictures out of it and choose it again."),
                params={"limit": limit // 1_000_000},
            )
        return file


class ConfirmForm(forms.Form):
    """The confirmed changes, and the difference that the person saw."""

    take = forms.MultipleChoiceField(required=False)
    seen = forms.CharField(max_length=64)

    def __init__(self, *args: Any, keys: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["take"].choices = [(key, key) for key in keys]

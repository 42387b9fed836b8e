"""What is said at a row."""

from django import forms
from django.utils.translation import gettext_lazy as _

from roadmaps.operations.comments import LONGEST


class CommentForm(forms.Form):
    """A remark."""

    text = forms.CharField(label=_("Comment"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 3}))

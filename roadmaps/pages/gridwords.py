"""What the script of the grid says, in the reader's language; `%s` is filled in by the script."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

COUNTS = (1, 2, 5)
"""Numbers that stand for the forms one, few and many."""


def words() -> dict[str, object]:
    """Give the sentences of the grid by name; those with a number come in three forms: one, few, many."""
    return {
        "login": reverse("account_login"),
        "saving": _("Saving…"),
        "saved": _("All saved at %s"),
        "waits": [ngettext("No connection, %s change waits", "No connection, %s changes wait", n) for n in COUNTS],
        "failing": _("Not saved yet, trying again. Your text is in its place"),
        "expired": _("You have been away for long. Your text is kept: sign in, and it will be sent by itself."),
        "signIn": _("Sign in in a new tab"),
        "undo": _("Undo: %s"),
        "redo": _("Redo: %s"),
        "nothing": _("Undo"),
        "offline": _("No connection. Copy the table again when it is back."),
        "changed": _("Others have changed the plan."),
        "show": _("Show"),
        "clash": _("this cell was changed in the meantime by %s"),
        "somebody": _("Somebody"),
        "lost": _("This could not be written: %s"),
        "close": _("Close"),
        "chosen": [ngettext("%s row chosen", "%s rows chosen", n) for n in COUNTS],
        "choose": _("Choose row %s"),
        "moved": _("Moved"),
        "edge": _("It cannot go further"),
        "removed": _("Removed. Ctrl Z brings it back"),
        "names": {
            "number": _("number"),
            "title": _("title"),
            "text": _("result"),
            "phrase": _("deadline"),
            "executors": _("executors"),
        },
    }

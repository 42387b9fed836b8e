"""
What each kind of notice says, in the reader's language.

A notice keeps its kind and its numbers and names, never a finished sentence: two readers may read two languages. A kind
without a line here is told by the name of its subject, so that an old notice never breaks the inbox.
"""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

Params = Mapping[str, Any]


class Known(dict):
    """The facts of a notice; a fact that an old notice lacks reads as an ellipsis."""

    def __missing__(self, name: str) -> str:
        return "…"


def number(params: Params, name: str) -> int:
    """Give a fact that is counted; 0 when an old notice lacks it."""
    value = params.get(name)
    return value if isinstance(value, int) else 0


def day(params: Params, name: str) -> str:
    """Give a fact that is a day, kept as JSON keeps it, in figures."""
    try:
        return f"{dt.date.fromisoformat(str(params.get(name))):%d.%m.%Y}"
    except ValueError:
        return "…"


SENTENCES: dict[str, Callable[[Params], str]] = {
    "import-ready": lambda p: (
        ngettext("“%(file)s” is read: %(rows)s row.", "“%(file)s” is read: %(rows)s rows.", number(p, "rows"))
        + " "
        + _("Look through it and save.")
    ),
    "import-failed": lambda p: _("“%(file)s” could not be read: %(reason)s"),
    "plan-submitted": lambda p: _("%(organization)s: the plan “%(plan)s” is handed to you for approval."),
    "plan-taken-back": lambda p: _("%(organization)s took the plan “%(plan)s” back for further work."),
    "plan-returned": lambda p: _("The plan “%(plan)s” is returned for further work: %(reason)s"),
    "order-handed": lambda p: _("%(organization)s: the order “%(order)s” is handed to you for signing."),
    "order-taken-back": lambda p: _("%(organization)s took the order “%(order)s” back for further work."),
    "order-returned": lambda p: _("The order “%(order)s” is returned for further work: %(reason)s"),
    "order-signed": lambda p: _("The order “%(order)s” is signed: enter its number and attach the scan."),
    "submission-asked": lambda p: (
        _("%(organization)s asks for “%(subject)s” until %(day)s.") % {**Known(p), "day": day(p, "due")}
        if p.get("due")
        else _("%(organization)s asks for “%(subject)s”.")
    ),
    "submission-sent": lambda p: _("%(organization)s has sent “%(subject)s”."),
    "submission-received": lambda p: _("%(organization)s has received “%(subject)s”."),
    "submission-returned": lambda p: _("“%(subject)s” is returned with remarks: %(reason)s"),
    "proposals-refused": lambda p: ngettext(
        "%(organization)s keeps its own in %(count)s row that you changed: %(reason)s",
        "%(organization)s keeps its own in %(count)s rows that you changed: %(reason)s",
        number(p, "count"),
    ),
    "wish-made": lambda p: _("%(organization)s asks for another deadline of “%(row)s”: %(phrase)s. %(reason)s"),
    "wish-withdrawn": lambda p: _("%(organization)s has withdrawn its wish about “%(row)s”."),
    "wish-agreed": lambda p: _(
        "%(organization)s agrees to another deadline of “%(row)s”; it holds with its next order."
    ),
    "wish-declined": lambda p: _("%(organization)s leaves the deadline of “%(row)s” as it is: %(reason)s"),
    "consequences": lambda p: " ".join(
        [
            _("%(organization)s put “%(plan)s” in force."),
            *(
                [
                    ngettext(
                        "The date of %(moved)s row of your plan has moved with it.",
                        "The dates of %(moved)s rows of your plan have moved with it.",
                        number(p, "moved"),
                    )
                ]
                if number(p, "moved")
                else []
            ),
            *(
                [
                    ngettext(
                        "%(asked)s proposal waits for your answer.",
                        "%(asked)s proposals wait for your answer.",
                        number(p, "asked"),
                    )
                ]
                if number(p, "asked")
                else []
            ),
        ]
    ),
    "carried-links-ready": lambda p: _(
        "%(organization)s put “%(plan)s” in force: rows of your carried plan can now be linked to it."
    ),
    "links-to-find": lambda p: _("%(organization)s put “%(plan)s” in force: see which rows of your plan answer it."),
    "row-remarked": lambda p: _("%(who)s remarked upon a row of the plan “%(plan)s”: %(text)s"),
    "upper-in-force": lambda p: _("%(organization)s put “%(plan)s” in force: your plan can now be linked to it."),
    "upper-repealed": lambda p: _("%(organization)s: “%(plan)s” has lost its force by order %(order)s."),
}


def say(kind: str, params: Params) -> str:
    """Say a notice in the language that is active."""
    facts = Known(params)
    sentence = SENTENCES.get(kind)
    if sentence is None:
        return str(facts["plan"] if "plan" in facts else facts["subject"])
    return sentence(facts) % facts

"""The history of an order in sentences: who held it, when, why it was returned."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from documents.choices import Retention
from documents.models import Order
from organizations.models import Entry


@dataclass(frozen=True, slots=True)
class Told:
    """One deed: when, who, the sentence, what was and what became, why."""

    at: dt.datetime
    who: str
    sentence: str
    was: str
    became: str
    reason: str
    for_other: bool


def lines_of(order: Order, *, limit: int = 200) -> list[Told]:
    """Give what was done with an order, newest first."""
    entries = Entry.objects.about("order", order.pk).select_related("by__person")
    return [told(entry) for entry in entries.order_by("-at", "-pk")[:limit]]


def told(entry: Entry) -> Told:
    """Put one deed into words."""
    before, after = entry.before or {}, entry.after or {}
    was, became = _was_became(entry.operation, before, after)
    return Told(
        at=entry.at,
        who=str(entry.by) if entry.by else _("the portal"),
        sentence=_sentence(entry.operation, before, after),
        was=was,
        became=became,
        reason=entry.reason,
        for_other=entry.for_other,
    )


def _sentence(operation: str, before: dict[str, Any], after: dict[str, Any]) -> str:
    number = str(after.get("number") or before.get("number") or "")
    sentences = {
        "order-drafted": _("Began the order."),
        "order-changed": _("Changed the head of the order."),
        "order-handed": _("Handed the order for signing."),
        "order-taken-back": _("Took the order back."),
        "order-returned": _("Returned the order for revision."),
        "order-signed": _("Signed the order."),
        "order-registered": _("Registered the order under № %(number)s.") % {"number": number},
        "order-retention": _("Changed how long the order is kept."),
        "clause-added": _("Added clause %(number)s.") % {"number": number},
        "clause-changed": _("Changed clause %(number)s.") % {"number": number},
        "clause-asks": _("Said of clause %(number)s who sends something because of it.") % {"number": number},
        "clause-addressees": _("Chose who sends what clause %(number)s asks for: %(count)s in all.")
        % {"number": number, "count": after.get("count", 0)},
        "clause-moved": _("Moved a clause."),
        "clause-dropped": _("Struck out clause %(number)s.") % {"number": number},
        "visa-asked": _("Asked for a visa: %(who)s.") % {"who": after.get("who", "")},
        "visa-given": _("Noted a visa: %(who)s.") % {"who": after.get("who", "")},
        "visa-dropped": _("Struck a visa out: %(who)s.") % {"who": before.get("who", "")},
        "submissions-expected": _("Entered who has to send what clause %(number)s asks for.") % {"number": number},
        "submission-sent": _("Sent what was asked for."),
        "submission-received": _("Received what was sent."),
        "submission-returned": _("Returned what was sent, with remarks."),
    }
    return sentences.get(operation, operation)


def _was_became(operation: str, before: dict[str, Any], after: dict[str, Any]) -> tuple[str, str]:
    if operation == "order-retention":
        labels = dict(Retention.choices)
        return str(labels.get(str(before.get("retention")), "")), str(labels.get(str(after.get("retention")), ""))
    if operation not in {"order-changed", "clause-changed"}:
        return "", ""
    names = [name for name in after if name != "number" and before.get(name) != after[name]]
    return tuple("; ".join(str(values.get(name) or "") for name in names) for values in (before, after))  # type: ignore[return-value]

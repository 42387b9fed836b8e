"""The journal of a plan in sentences."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from organizations.models import Entry
from roadmaps.choices import DRAFT, LinkKind, Obliges, ProposalState, Rule
from roadmaps.models import Commitment, Deliverable, Heading, Roadmap


@dataclass(frozen=True, slots=True)
class Told:
    """One deed: when, who, the sentence, what was and what became, why."""

    at: dt.datetime
    who: str
    sentence: str
    was: str
    became: str
    reason: str


OF_UPPER = ("row-waived", "row-unwaived")
"""Deeds of a plan that are about a row of a plan above; an answer about a new row above is one, too."""


def entries_of(roadmap: int) -> QuerySet[Entry]:
    """
    Give everything that was done with a plan, its rows and its headings, newest first.

    Only by its own organization: a body below that declares a row of this plan not applicable does so in its own draft.
    """
    owner = Roadmap.objects.filter(pk=roadmap).values("organization")
    commitments = Commitment.objects.filter(roadmap=roadmap).values("pk")
    headings = Heading.objects.filter(roadmap=roadmap).values("pk")
    return Entry.objects.filter(
        Q(subject_kind="roadmap", subject_id=roadmap)
        | Q(subject_kind="commitment", subject_id__in=commitments)
        | Q(subject_kind="heading", subject_id__in=headings),
        organization__in=owner,
    ).select_related("by__person")


def lines_of(roadmap: int, entries: list[Entry]) -> list[Told]:
    """Put the entries of one plan into words."""
    return told_of(entries, Q(roadmap=roadmap))


def told_of(entries: list[Entry], own: Q) -> list[Told]:
    """
    Put entries into words; rows are named by how they read now, or by what the journal remembers.

    :param own: whose rows may be named as they read in a draft; others are named as they are in force
    """
    ids = {entry.subject_id for entry in entries if entry.subject_kind == "commitment"}
    ids |= {entry.after["upper"] for entry in entries if _is_of_upper(entry) and entry.after}
    # A row above is named as it is in force: how its next edition will read is not for those below.
    told = Deliverable.objects.filter(own | Q(since__lt=DRAFT), commitment__in=ids)
    texts = dict(told.order_by("until").values_list("commitment", "text"))
    return [_told(entry, texts) for entry in entries]


def _is_of_upper(entry: Entry) -> bool:
    return entry.operation in OF_UPPER or (entry.operation == "proposal-answered" and entry.subject_kind == "roadmap")


def _told(entry: Entry, texts: dict[int, str]) -> Told:
    before, after = entry.before or {}, entry.after or {}
    was, became = _was_became(entry.operation, before, after)
    return Told(
        at=entry.at,
        who=str(entry.by) if entry.by else _("the portal"),
        sentence=_sentence(entry, texts, before, after),
        was=was,
        became=became,
        reason=entry.reason,
    )


def _sentence(entry: Entry, texts: dict[int, str], before: dict[str, Any], after: dict[str, Any]) -> str:
    about = after.get("upper", 0) if _is_of_upper(entry) else entry.subject_id
    row = _short(texts.get(about) or before.get("text") or after.get("text") or "")
    heading = _short(after.get("title") or before.get("title") or "")
    sentences = {
        "plan-started": _("Began the plan."),
        "plan-follows": _("Let the plan follow one more plan above."),
        "plan-carried": _("Carried the plan over from the period before."),
        "carried-settled": ngettext(
            "Settled %(count)s question of the roll-over.",
            "Settled %(count)s questions of the roll-over.",
            after.get("count", 1),
        )
        % {"count": after.get("count", 1)},
        "plan-derived": _("Derived the plan from those above: %(rows)s.") % {"rows": _rows(after)},
        "rows-derived": _("Took more rows from above: %(rows)s.") % {"rows": _rows(after)},
        "links-joined": _("Linked the plan upwards: %(rows)s.") % {"rows": _rows(after)},
        "edition-opened": _("Opened a new edition."),
        "draft-discarded": _("Discarded the draft."),
        "submitted": _("Sent the plan for approval."),
        "taken-back": _("Took the plan back."),
        "returned": _("Returned the plan for revision."),
        "in-force": _("Put edition %(number)s in force by order of %(order)s.")
        % {"number": after.get("number", ""), "order": after.get("order", "")},
        "heading-added": _("Added the heading “%(heading)s”.") % {"heading": heading},
        "heading-changed": _("Changed the heading “%(heading)s”.") % {"heading": heading},
        "heading-dropped": _("Removed the heading “%(heading)s”.") % {"heading": heading},
        "heading-restored": _("Brought back the heading “%(heading)s”.") % {"heading": heading},
        "heading-moved": _("Moved the heading “%(heading)s”.") % {"heading": heading},
        "heading-put": _("Put the activity “%(heading)s” into another section.") % {"heading": heading},
        "row-added": _("Added the row “%(row)s”.") % {"row": row},
        "row-changed": _("Changed the row “%(row)s”.") % {"row": row},
        "row-dropped": _("Removed the row “%(row)s”.") % {"row": row},
        "row-restored": _("Brought back the row “%(row)s”.") % {"row": row},
        "row-moved": _("Moved the row “%(row)s”.") % {"row": row},
        "row-linked": _("Linked the row “%(row)s” upwards: %(how)s.") % {"row": row, "how": _how(after)},
        "row-unlinked": _("Cut the row “%(row)s” off the row above.") % {"row": row},
        "row-waived": _("Declared that the upper row “%(row)s” does not apply.") % {"row": row},
        "row-unwaived": _("Took back that the upper row “%(row)s” does not apply.") % {"row": row},
        "proposal-answered": _("Answered what changed above in the row “%(row)s”: %(how)s.")
        % {"row": row, "how": _answer(after)},
        "wish-made": _("Asked for another deadline of the row above “%(row)s”.") % {"row": row},
        "wish-withdrawn": _("Withdrew the wish for another deadline of the row above “%(row)s”.") % {"row": row},
        "wish-agreed": _("Agreed to a wish from below about the row “%(row)s”.") % {"row": row},
        "wish-declined": _("Declined a wish from below about the row “%(row)s”.") % {"row": row},
        "row-placed": _("Moved the row “%(row)s”.") % {"row": row},
        "heading-placed": _("Moved the heading “%(heading)s”.") % {"heading": heading},
        "plan-numbered": _("Numbered the activities anew."),
        "row-remarked": _("Remarked upon the row “%(row)s”: %(text)s") % {"row": row, "text": after.get("remark", "")},
        "remark-settled": _("Settled a remark upon the row “%(row)s”.") % {"row": row},
        "finding-explained": _("Gave a reason for a finding."),
        "edited-file-received": _("Uploaded the edited file “%(file)s”.") % {"file": after.get("file", "")},
        "edited-file-brought-in": _("Brought changes of the edited file “%(file)s” into the plan.")
        % {"file": after.get("file", "")},
        "edited-file-dropped": _("Put the edited file “%(file)s” aside.") % {"file": after.get("file", "")},
        "plan-imported": _("Brought the plan in from a file."),
        "imported": _("Brought the plan in from a file."),
    }
    return sentences.get(entry.operation, entry.operation)


def _rows(after: dict[str, Any]) -> str:
    """Say how many rows a deed was about."""
    count = after.get("rows")
    return ngettext("%(n)s row", "%(n)s rows", count) % {"n": count} if isinstance(count, int) else ""


def _how(after: dict[str, Any]) -> str:
    known = {**dict(LinkKind.choices), **dict(Rule.choices)}
    return ", ".join(str(known[after[name]]) for name in ("kind", "rule") if after.get(name) in known)


def _answer(after: dict[str, Any]) -> str:
    state = after.get("state")
    return str(ProposalState(state).label) if state in ProposalState.values else ""


CELLS = ("text", "phrase", "title", "number")


def _was_became(operation: str, before: dict[str, Any], after: dict[str, Any]) -> tuple[str, str]:
    """Give what was and what became of the cells that people read; nothing where nothing was replaced."""
    if operation == "heading-put":
        return _section(before), _section(after)
    if operation not in {"row-changed", "heading-changed"}:
        return "", ""
    was, became = [], []
    for name in (*CELLS, "executors"):
        if name in after and before.get(name) != after[name]:
            was.append(_cell(before.get(name)))
            became.append(_cell(after[name]))
    if "obliges" in after or "obliged" in after:
        was.append(_obliges(before))
        became.append(_obliges(after))
    return "; ".join(filter(None, was)), "; ".join(filter(None, became))


def _section(data: dict[str, Any]) -> str:
    return _short(data.get("section") or _("outside sections"))


def _obliges(data: dict[str, Any]) -> str:
    """Say whom a row obliged, or obliges; nothing where only the names changed and there are none."""
    if data.get("obliged"):
        count = len(data["obliged"])
        return ngettext("obliges: %(count)s organization", "obliges: %(count)s organizations", count) % {"count": count}
    if data.get("obliges") in Obliges.values and data["obliges"] != Obliges.NAMED:
        return _("obliges: %(whom)s") % {"whom": Obliges(data["obliges"]).label}
    return ""


def _cell(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value or "")


def _short(text: str, length: int = 80) -> str:
    text = " ".join(text.split())
    return text if len(text) <= length else text[: length - 1].rsplit(" ", 1)[0] + "…"

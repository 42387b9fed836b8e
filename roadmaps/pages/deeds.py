"""What one person did anywhere in the portal, as far as the reader may know it."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from documents import history as orders
from organizations import access, deeds
from organizations.access import Kinship, State
from organizations.models import Entry, Organization, User
from organizations.querysets import REGISTER_SUBJECTS
from roadmaps.models import Commitment, Heading
from roadmaps.pages.journal import Told, told_of

OF_PLANS = ("roadmap", "commitment", "heading", "import")
OF_ORDERS = ("order", "submission", "office")


@dataclass(frozen=True, slots=True)
class Deed:
    """A line of a person's journal: the deed, where it was done, and the page of its plan."""

    told: Told
    organization: Organization
    url: str = ""


def entries_by(somebody: User, *, seen_by: User) -> QuerySet[Entry]:
    """
    Give what an account did: all of it to its owner, else what the reader may know.

    The platform administrator learns that something was done with a plan, not what: see `lines_of`.
    """
    entries = Entry.objects.filter(by=somebody).select_related("by__person", "organization")
    if somebody.pk == seen_by.pk or seen_by.is_superuser:
        return entries
    return entries.filter(pk__in=Entry.objects.visible_to(seen_by).values("pk"))


def lines_of(entries: list[Entry], *, seen_by: User) -> list[Deed]:
    """Put entries of any kind into words; a draft is quoted only to those who may read it."""
    drafts = access.readable(seen_by, Kinship.OWN, State.DRAFT)
    open_ones = [
        entry for entry in entries if entry.subject_kind in REGISTER_SUBJECTS or entry.organization_id in drafts
    ]
    plans = [entry for entry in open_ones if entry.subject_kind in OF_PLANS]
    said = {
        entry.pk: told for entry, told in zip(plans, told_of(plans, Q(roadmap__organization__in=drafts)), strict=True)
    }
    for entry in open_ones:
        if entry.subject_kind in OF_ORDERS:
            order = orders.told(entry)
            said[entry.pk] = Told(order.at, order.who, order.sentence, order.was, order.became, order.reason)
        elif entry.subject_kind not in OF_PLANS:
            said[entry.pk] = _of_register(entry)
    urls = _urls(plans)
    return [
        Deed(said.get(entry.pk) or _withheld(entry), entry.organization, urls.get(entry.pk, "")) for entry in entries
    ]


def _of_register(entry: Entry) -> Told:
    line = deeds.line(entry)
    return Told(
        at=entry.at,
        who=str(entry.by),
        sentence=f"{line.sentence[:1].upper()}{line.sentence[1:]}.",
        was="; ".join(f"{change.label}: {change.was}" for change in line.changes if change.was),
        became="; ".join(f"{change.label}: {change.became}" for change in line.changes if change.became),
        reason=entry.reason,
    )


def _withheld(entry: Entry) -> Told:
    sentence = _("Worked on a plan or an order. What was done is told to those who read its drafts.")
    return Told(entry.at, str(entry.by), sentence, "", "", "")


def _urls(entries: list[Entry]) -> dict[int, str]:
    """Give the page of the plan for each entry whose plan is still there."""
    rows = {one.subject_id for one in entries if one.subject_kind == "commitment"}
    headings = {one.subject_id for one in entries if one.subject_kind == "heading"}
    of_row = dict(Commitment.objects.filter(pk__in=rows).values_list("pk", "roadmap"))
    of_heading = dict(Heading.objects.filter(pk__in=headings).values_list("pk", "roadmap"))
    found = {}
    for one in entries:
        if one.subject_kind == "commitment" and one.subject_id in of_row:
            found[one.pk] = reverse("row-history", args=[of_row[one.subject_id], one.subject_id])
        elif one.subject_kind == "heading" and one.subject_id in of_heading:
            found[one.pk] = reverse("plan", args=[of_heading[one.subject_id]])
        elif one.subject_kind == "roadmap":
            found[one.pk] = reverse("plan-journal", args=[one.subject_id])
    return found

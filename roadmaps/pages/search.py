"""Search by words in what an account may read; nothing else is counted, hinted at or shown."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import F, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from organizations.models import Organization, User
from organizations.querysets import russian
from roadmaps.fulltext import meeting
from roadmaps.matching.words import fold, stem
from roadmaps.models import Deliverable, Edition
from roadmaps.pages.lists import state_words

WORDS_AT_MOST = 8


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found: the text where the words stand, and what it is."""

    text: str
    note: str
    url: str
    is_document: bool = False


def groups(user: User, words: str) -> list[tuple[str, str, QuerySet]]:
    """Give what is found as (code, label, query) for organizations, plans and rows."""
    split = words.split()[:WORDS_AT_MOST]
    return [
        ("organizations", _("Organizations"), organizations(user, split)),
        ("plans", _("Plans"), plans(user, split)),
        ("rows", _("Rows of plans"), rows(user, split)),
    ]


def organizations(user: User, words: Iterable[str]) -> QuerySet:
    found = Organization.objects.visible_to(user).open()
    for word in words:
        found = found.filter(Q(name__icontains=word) | Q(short_name__icontains=word) | Q(place__icontains=word))
    return found.order_by(russian("short_name"), "pk")


def plans(user: User, words: Iterable[str]) -> QuerySet:
    found = Edition.objects.newest_visible_to(user).for_page()
    for word in words:
        found = found.filter(Q(title__icontains=word) | Q(roadmap__programme__name__icontains=word))
    return found.order_by("-roadmap__period_start", "pk")


def rows(user: User, words: Iterable[str]) -> QuerySet:
    """Rows of the newest readable edition of each plan, by any form of the words of result and activity."""
    found = Deliverable.objects.filter(
        roadmap__editions__in=Edition.objects.newest_visible_to(user),
        roadmap__editions__number__gte=F("since"),
        roadmap__editions__number__lt=F("until"),
    )
    found = found.annotate(seen_in=F("roadmap__editions__number")).naming_activity(OuterRef("seen_in"))
    return (
        meeting(found, list(words))
        .select_related("roadmap__organization")
        .order_by("-roadmap__period_start", "roadmap", "pk")
    )


def marked(words: str) -> list[str]:
    """Give what is marked in what was found: the words as they were typed, and what their other forms begin with."""
    split = words.split()[:WORDS_AT_MOST]
    return [*split, *(root for word in split if len(root := stem(fold(word))) > 3)]


def hits(code: str, found: Iterable) -> list[Hit]:
    """Put what is found into words."""
    made = {"organizations": _organization, "plans": _plan, "rows": _row}[code]
    return [made(one) for one in found]


def _organization(organization: Organization) -> Hit:
    note = str(organization.get_kind_display())
    url = f"{reverse('plans')}?q={organization.short_name}"
    return Hit(organization.short_name, f"{note}: {organization.name}", url)


def _plan(edition: Edition) -> Hit:
    note = f"{edition.roadmap.organization.short_name}, {state_words(edition)}"
    return Hit(edition.title or _("Untitled plan"), note, edition.get_absolute_url(), is_document=True)


def _row(row: Deliverable) -> Hit:
    url = f"{reverse('plan', args=[row.roadmap_id])}#row-{row.commitment_id}"
    parts = [row.roadmap.organization.short_name, row.deadline.phrase]
    if row.text and row.activity and row.activity not in row.text:
        parts.append(row.activity)
    return Hit(row.text or row.activity or "", ", ".join(filter(None, parts)), url, is_document=True)

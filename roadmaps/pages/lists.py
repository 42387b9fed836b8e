"""Plans in a list: which, in what order, and what one line says."""

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from organizations.models import User
from organizations.querysets import subtree
from roadmaps.choices import EditionState
from roadmaps.models import Edition
from roadmaps.pages.access import organizations_of
from roadmaps.pages.notes import errors_words, warnings_words
from roadmaps.pages.plan import Block
from roadmaps.querysets import EditionQuerySet

SOON_DAYS = 30


@dataclass(frozen=True, slots=True)
class Line:
    """One plan of a list."""

    edition: Edition
    title: str
    state: str
    is_own: bool
    rows: str
    soon: str


def plans_for(user: User, data: dict[str, Any], today: dt.date) -> EditionQuerySet:
    """
    Give the newest readable edition of each plan that the filters keep.

    One's own come first, then the region's, the institutes', the municipalities', the schools'.
    """
    found = Edition.objects.newest_visible_to(user).for_page()
    for word in data.get("q", "").split():
        found = found.filter(Q(title__icontains=word) | Q(roadmap__organization__short_name__icontains=word))
    if data.get("level"):
        found = found.filter(roadmap__organization__kind=data["level"])
    if data.get("municipality"):
        found = found.filter(roadmap__organization__in=subtree([data["municipality"].pk]))
    if data.get("programme"):
        found = found.filter(roadmap__programme=data["programme"])
    if data.get("year"):
        year = data["year"]
        found = found.filter(roadmap__period_start__year__lte=year, roadmap__period_end__year__gte=year)
    if data.get("state"):
        found = found.filter(state=data["state"])
    return found.with_counts(today, today + dt.timedelta(SOON_DAYS)).own_first(organizations_of(user))


def line_of(edition: Edition) -> Line:
    """Give what a list says of a plan; `edition` carries the counts of `plans_for`."""
    rows = ngettext("%(count)s row", "%(count)s rows", edition.row_count) % {"count": edition.row_count}
    soon = (
        ngettext("%(count)s due in 30 days", "%(count)s due in 30 days", edition.soon_count)
        % {"count": edition.soon_count}
        if edition.soon_count
        else ""
    )
    return Line(edition, edition.title or _("Untitled plan"), state_words(edition), not edition.is_foreign, rows, soon)


def state_words(edition: Edition) -> str:
    """Say the state of an edition and, where it is in force, by which order."""
    if edition.state != EditionState.APPROVED:
        return str(EditionState(edition.state).label)
    if edition.order is None:
        return _("in force, edition %(number)s") % {"number": edition.number}
    return _("in force by order of %(day)s № %(number)s") % {
        "day": f"{edition.order.signed_on:%d.%m.%Y}",
        "number": edition.order.number,
    }


def narrowed(blocks: list[Block], kept: set[int] | None) -> list[Block]:
    """Leave only the rows that are kept, the activities that have some, and the sections above them."""
    if kept is None:
        return blocks
    found: list[Block] = []
    sections: list[Block] = []
    for block in blocks:
        if block.is_section:
            sections.append(block)
            continue
        rows = [row for row in block.rows if row.commitment in kept]
        if rows:
            found += sections
            sections = []
            found.append(replace(block, rows=rows))
    return found


def counts_words(counts: dict[str, int]) -> str:
    """Say how many errors and warnings are open."""
    said = []
    if counts["error"]:
        said.append(errors_words(counts["error"]))
    if counts["warning"]:
        said.append(warnings_words(counts["warning"]))
    return ", ".join(said)

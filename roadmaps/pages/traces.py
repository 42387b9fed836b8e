"""Where a change between two editions comes from: which act or which upper row moved it, who wrote it, and why."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.translation import gettext as _

from organizations.models import Entry, User
from roadmaps.acts import act_of_edition, amended, short
from roadmaps.choices import DRAFT
from roadmaps.difference import Difference, Kind, RowChange
from roadmaps.models import Edition, Link
from roadmaps.pages.access import reads_drafts_of
from roadmaps.sheets import Sheet, UpperRow


@dataclass(frozen=True, slots=True)
class Why:
    """One sentence on a change, and where its source can be read."""

    text: str
    url: str = ""


@dataclass(frozen=True)
class Traces:
    """What is known of all changes of one difference; read in two statements at most."""

    editions: Mapping[int, Edition]
    uppers: Mapping[int, UpperRow]
    links: Mapping[int, int] = field(default_factory=dict)
    entries: Mapping[int, list[Entry]] = field(default_factory=dict)

    def of(self, change: RowChange) -> list[Why]:
        """Say why a row is not what it was; nothing where its neighbours alone gave it another number."""
        if change.kind is Kind.RENUMBERED:
            return []
        number = change.became.since if change.became else change.row.until
        edition = self.editions.get(number)
        if edition is None:
            return []
        return [*self._act(edition, change), *self._deeds(edition, change.row.commitment)]

    def _act(self, edition: Edition, change: RowChange) -> Iterable[Why]:
        order = act_of_edition(edition)
        if order is None:
            return
        if edition.basis_id is not None:
            upper = self.uppers.get(self.links.get(change.row.moved_by or 0, 0))
            name = amended(order).cited("приказом")
            yield Why(_("changed after: %(order)s") % {"order": name}, order.get_absolute_url())
            if upper is not None:
                url = f"{reverse('plan', args=[upper.roadmap])}#row-{upper.commitment}"
                yield Why(_("follows %(upper)s, %(row)s") % {"upper": upper.called, "row": upper.number}, url)
        else:
            yield Why(_("order %(order)s") % {"order": short(order)}, order.get_absolute_url())

    def _deeds(self, edition: Edition, commitment: int) -> Iterable[Why]:
        until = edition.approved_at or dt.datetime.max.replace(tzinfo=dt.UTC)
        found = [one for one in self.entries.get(commitment, []) if edition.opened_at <= one.at <= until]
        if found and edition.number == DRAFT and found[0].by is not None:
            yield Why(str(found[0].by))
        for reason in dict.fromkeys(one.reason for one in found if one.reason):
            yield Why(_("reason: %(reason)s") % {"reason": reason})


def traces_of(difference: Difference, editions: Iterable[Edition], sheet: Sheet, user: User) -> Traces:
    """
    Read what is known of the changes: the links that moved rows, and the deeds of one's own organization.

    Names and reasons of a draft are for those who may read drafts; everybody reads the acts.
    """
    known = {edition.number: edition for edition in editions}
    moved = {change.became.moved_by for change in difference.rows if change.became and change.became.moved_by}
    links = dict(Link.objects.filter(pk__in=moved).values_list("pk", "upper")) if moved else {}
    entries: dict[int, list[Entry]] = {}
    if difference.rows and reads_drafts_of(user, sheet.edition.roadmap.organization_id):
        about = [change.row.commitment for change in difference.rows]
        deeds = Entry.objects.filter(subject_kind="commitment", subject_id__in=about).select_related("by__person")
        for entry in deeds.order_by("-at", "-pk"):
            entries.setdefault(entry.subject_id, []).append(entry)
    return Traces(known, sheet.upper, links, entries)

"""
Editions in force held against the hashes that they got: whether any of them reads otherwise than it was put in force.

An edition made by hand was hashed as the document that it is, an edition that follows from the one before it, the upper
one, and what moved. The journal, which is sealed, remembers the hash of the former: so a row and its hash cannot be
changed together unseen.
"""

import datetime as dt
import json
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from deadlines.values import Deadline
from organizations.models import Entry
from roadmaps import sheets
from roadmaps.choices import DRAFT
from roadmaps.models import Commitment, Deliverable, Edition, HeadingText
from roadmaps.sheets import Sheet, SheetLink
from roadmaps.sheets.hashing import consequential_hash


@dataclass(frozen=True, slots=True)
class Broken:
    """
    An edition that is not what it was: `edition-changed`, `edition-missing`, or `journal-differs`.

    The last one says that the journal remembers another hash for it.
    """

    code: str
    roadmap: int
    number: int


@dataclass
class Verifier:
    """Checks editions one after another; what they share above is read once."""

    _editions: dict[int, list[tuple[dt.datetime, int]]] = field(default_factory=dict)
    _refs: dict[tuple[int, int], dict[int, str]] = field(default_factory=dict)

    def run(self, roadmap: int | None = None) -> Iterator[tuple[Edition, Broken | None]]:
        """Give every edition in force, now or once, with what is wrong with it; a missing one comes with its successor."""
        editions = Edition.objects.filter(number__lt=DRAFT).select_related("roadmap__organization", "basis")
        if roadmap is not None:
            editions = editions.filter(roadmap=roadmap)
        before: Edition | None = None
        for edition in editions.order_by("roadmap", "number").iterator(chunk_size=200):
            if before is not None and before.roadmap_id != edition.roadmap_id:
                before = None
            yield edition, self._broken(edition, before)
            before = edition

    def _broken(self, edition: Edition, before: Edition | None) -> Broken | None:
        expected = before.number + 1 if before else 1
        if edition.number != expected:
            return Broken("edition-missing", edition.roadmap_id, expected)
        if edition.content_hash not in self._hashes(edition, before):
            return Broken("edition-changed", edition.roadmap_id, edition.number)
        if edition.basis_id is None and not _is_remembered(edition):
            return Broken("journal-differs", edition.roadmap_id, edition.number)
        return None

    def _hashes(self, edition: Edition, before: Edition | None) -> Iterator[str]:
        """
        Give the hashes that an edition may have.

        Two, where a plan above came into force in the very same moment: which of both was first is not written down.
        """
        if edition.basis is not None:
            parent = before.content_hash if before else ""
            yield consequential_hash(parent, edition.basis.content_hash, _moved(edition))
            return
        sheet = sheets.load(edition)
        for including in (True, False):
            yield sheets.content_hash(self._as_it_was(sheet, including=including))

    def _as_it_was(self, sheet: Sheet, *, including: bool) -> Sheet:
        """Name the rows above as they were numbered when the edition came into force; later editions there count anew."""
        edition = sheet.edition
        assert edition.approved_at is not None  # in force
        uppers = {link.upper_id for row in sheet.rows for link in row.links}
        plans = dict(Commitment.objects.filter(pk__in=uppers).values_list("pk", "roadmap"))
        refs = {
            roadmap: self._refs.get((roadmap, number))
            or self._refs.setdefault((roadmap, number), refs_of(roadmap, number))
            for roadmap in set(plans.values())
            if (number := self._number_at(roadmap, edition.approved_at, including=including))
        }

        def link_then(link: SheetLink) -> SheetLink:
            ref = refs.get(plans.get(link.upper_id, 0), {}).get(link.upper_id)
            if ref is None:
                return replace(link, upper=None)
            known = link.upper or _PLACE
            return replace(link, upper=replace(known, ref=ref))

        rows = [replace(row, links=[link_then(link) for link in row.links]) for row in sheet.rows]
        return replace(sheet, rows=rows)

    def _number_at(self, roadmap: int, at: dt.datetime, *, including: bool) -> int:
        """Give which edition of a plan was in force at a moment; 0 if none was."""
        if roadmap not in self._editions:
            rows = Edition.objects.filter(roadmap=roadmap, number__lt=DRAFT).order_by("number")
            self._editions[roadmap] = [(one.approved_at, one.number) for one in rows if one.approved_at is not None]
        known = self._editions[roadmap]
        moments = [moment for moment, _ in known]
        place = bisect_right(moments, at) if including else bisect_left(moments, at)
        return known[place - 1][1] if place else 0


_PLACE = sheets.UpperRow(
    commitment=0, roadmap=0, level=0, ref="", number="", activity="", text="", deadline=Deadline(), obliges="",
    is_named=False, organization=0, kind="", called="", called_genitive="", order=None, ordered_on=None,
)  # fmt: skip
"""A row above of which only the number matters."""


def refs_of(roadmap: int, number: int) -> dict[int, str]:
    """Give how the rows of an edition are counted, as `roadmaps.sheets.reading` counts rows above."""
    places = dict(HeadingText.objects.filter(roadmap=roadmap).at(number).values_list("heading", "position"))
    rows = Deliverable.objects.filter(roadmap=roadmap).at(number).values_list("heading", "position", "pk", "commitment")
    ordinals: dict[int, int] = {}
    counts: dict[int, int] = defaultdict(int)
    found = {}
    for heading, _position, _pk, commitment in sorted(
        (row for row in rows if row[0] in places), key=lambda row: (places[row[0]], row[1], row[2])
    ):
        ordinal = ordinals.setdefault(heading, len(ordinals) + 1)
        counts[heading] += 1
        found[commitment] = f"{ordinal}.{counts[heading]}"
    return found


def _moved(edition: Edition) -> list[tuple[str, str, str]]:
    """Give what an edition that follows moved: of each row its text, and both deadlines as they were hashed."""
    rows = Deliverable.objects.filter(roadmap=edition.roadmap_id)
    ended = {row.commitment_id: row for row in rows.filter(until=edition.number)}
    return [
        (row.text, _text(ended[row.commitment_id].deadline), _text(row.deadline))
        for row in rows.filter(since=edition.number)
        if row.commitment_id in ended
    ]


def _text(deadline: Deadline) -> str:
    return json.dumps(deadline.to_json(), ensure_ascii=False)


def _is_remembered(edition: Edition) -> bool:
    """Tell whether the journal agrees with the hash; an edition of which it says nothing was not put in force here."""
    entries = Entry.objects.about("roadmap", edition.roadmap_id).filter(operation="in-force")
    said = [entry.after for entry in entries if entry.after and entry.after.get("number") == edition.number]
    return not said or any(after.get("hash") == edition.content_hash for after in said)

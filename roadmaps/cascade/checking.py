"""Does what is stored still agree with the rules? Asked at night and after trouble; nothing here writes."""

from collections.abc import Iterator
from itertools import groupby, islice
from operator import itemgetter
from typing import NamedTuple

from deadlines.inheritance import same_meaning
from roadmaps.cascade import reading
from roadmaps.cascade.values import Texts, Values
from roadmaps.choices import CURRENT
from roadmaps.consequences import answer_of
from roadmaps.models import RANGED, Link
from roadmaps.sheets.hashing import consequential_hash

AT_ONCE = 5_000
IDENTITIES = {
    "headingtext": ("heading_id",),
    "deliverable": ("commitment_id",),
    "link": ("lower_id", "upper_id"),
    "assignment": ("commitment_id", "text"),
    "obliged": ("commitment_id", "organization_id"),
    "waiver": ("roadmap_id", "upper_id"),
    "explanation": ("roadmap_id", "key"),
}
"""What lasts of each ranged table's rows."""


class Fault(NamedTuple):
    """Something that must not be: a code, and the table and key where it is."""

    code: str
    where: str
    key: int


def faults() -> Iterator[Fault]:
    """Find everything that must not be; none in a sound database."""
    yield from overlaps()
    yield from astray()
    yield from broken_hashes()


def overlaps() -> Iterator[Fault]:
    """Two versions of one row that hold at once: no constraint excludes `[1, 3)` beside `[2, 4)`."""
    for model in RANGED:
        table, name = model._meta.db_table, str(model._meta.model_name)
        same = " AND ".join(f'a."{column}" = b."{column}"' for column in IDENTITIES[name])
        found = reading.run(
            f"SELECT a.id FROM {table} a JOIN {table} b ON {same} AND a.id < b.id AND a.since < b.until AND b.since < a.until",
            [],
        )
        yield from (Fault("overlap", name, pk) for (pk,) in found)


def astray() -> Iterator[Fault]:
    """Rows in force of plans that follow, whose deadline is not what their links make of it."""
    lower = iter(Link.objects.at(CURRENT).order_by("lower").values_list("lower", flat=True).distinct().iterator())
    while some := list(islice(lower, AT_ONCE)):
        rows = reading.details(reading.Reach([(pk, 0) for pk in some], frozenset()), {})
        plans = reading.plans(rows)
        for row in rows:
            plan = plans[row.roadmap]
            if plan.follows:
                answer = answer_of(row.own, row.holds, [hold.upper_deadline for hold in row.holds], plan.calendar)
                if answer is not None and not same_meaning(answer.shown, row.shown):
                    yield Fault("astray", "deliverable", row.version)


# A consequential edition, the one before it, its basis, and each of its rows as it was and is.
_FOLLOWED = """
SELECT e.id, e.content_hash, p.content_hash, b.content_hash, d.text,
       CAST(COALESCE(w.effective, w.own) AS text), CAST(COALESCE(d.effective, d.own) AS text)
FROM roadmaps_edition e
JOIN roadmaps_edition b ON b.id = e.basis_id
JOIN roadmaps_edition p ON p.roadmap_id = e.roadmap_id AND p.number = e.number - 1
JOIN roadmaps_deliverable d ON d.roadmap_id = e.roadmap_id AND d.since = e.number
JOIN roadmaps_deliverable w ON w.commitment_id = d.commitment_id AND w.until = d.since
ORDER BY e.id"""


def broken_hashes() -> Iterator[Fault]:
    """Consequential editions whose hash is not that of what they changed."""
    read, texts = Values(), Texts()
    for edition, group in groupby(reading.run(_FOLLOWED, []), key=itemgetter(0)):
        lines = list(group)
        _, digest, parent, basis = lines[0][:4]
        difference = [(text, texts(read(was)), texts(read(now))) for *_, text, was, now in lines]
        if consequential_hash(parent, basis, difference) != digest:
            yield Fault("hash", "edition", edition)

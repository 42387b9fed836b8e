"""Questions in the margin of a plan: what is asked from above beside the row that it concerns, wishes beside the row wished."""

from collections.abc import Iterable

from django.db.models import Q

from roadmaps.choices import WISHES
from roadmaps.models import Proposal
from roadmaps.pages.plan import Block
from roadmaps.pages.proposals import asked_of
from roadmaps.pages.wishes import wished_of
from roadmaps.sheets import Sheet


def write(blocks: Iterable[Block], sheet: Sheet) -> None:
    """Write what waits for the owner's answer beside the rows; one statement, whatever waits."""
    roadmap = sheet.edition.roadmap_id
    rows = {row.commitment: row for block in blocks for row in block.rows}
    waiting = (
        Proposal.objects.open()
        .filter(Q(roadmap=roadmap) & ~Q(kind__in=WISHES) | Q(upper__roadmap=roadmap, kind__in=WISHES))
        .for_page()
        .order_by("pk")
    )
    for proposal in waiting:
        row = rows.get((proposal.upper_id if proposal.is_wish else proposal.lower_id) or 0)
        if row is None:
            continue
        if proposal.is_wish:
            row.wished.append(wished_of(proposal))
        else:
            row.asked.append(asked_of(proposal, sheet))

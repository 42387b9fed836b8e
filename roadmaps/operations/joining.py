"""Joining a plan that stands to plans above: many links confirmed at once."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction

from organizations import journal
from organizations.models import User
from roadmaps.choices import LinkKind, Rule
from roadmaps.models import Edition, Roadmap
from roadmaps.operations import editions
from roadmaps.operations.dates import refresh
from roadmaps.operations.links import set_link
from roadmaps.operations.versions import writing


@dataclass(frozen=True, slots=True)
class Joined:
    """A row that answers a row above, and how."""

    lower: int
    upper: int
    kind: LinkKind
    rule: Rule


@transaction.atomic
def join(
    roadmap: Roadmap,
    *,
    links: Sequence[Joined],
    declined: Iterable[tuple[int, int]] = (),
    by: User | None,
    now: dt.datetime,
) -> int:
    """
    Link rows of a plan upwards, all at once; gives how many. A plan in force gets a new edition for it.

    Pairs that were proposed and left out are `declined`: they are not proposed again.

    :raises NotWritable: if the draft is submitted
    :raises NotAbove: if a row above is not in force, or its owner does not stand above
    """
    if links:
        if not Edition.objects.open().filter(roadmap=roadmap).exists():
            editions.open_edition(roadmap, by=by, now=now)
        with writing(roadmap.pk, now=now) as edition:
            for one in links:
                set_link(edition, lower=one.lower, upper=one.upper, kind=one.kind, rule=one.rule)
            refresh(one.lower for one in links)
    journal.record(
        operation="links-joined",
        subject_kind="roadmap",
        subject_id=roadmap.pk,
        organization=roadmap.organization_id,
        by=by,
        now=now,
        after={
            "rows": len(links),
            "linked": [[one.lower, one.upper] for one in links],
            "declined": [list(pair) for pair in declined],
        },
    )
    return len(links)

"""Sealing what is new in the journal."""

import datetime as dt

from django.db import IntegrityError, OperationalError, connection, transaction
from django.db.models import Max

from organizations import sealing
from organizations.models import Entry, Seal

MOST_ENTRIES = 2000
"""Entries under one seal: as much as is read, hashed and checked at a time."""

MOST_SEALS = 100
"""Seals of one run: a journal that was never sealed is caught up with over several."""


def seal(*, now: dt.datetime) -> int:
    """
    Seal what is new in the journal; gives how many entries were sealed.

    Nothing new, no seal. Two runs at once settle by the unique number: the second leaves the work to the first.
    """
    last = settled()
    sealed = 0
    for _ in range(MOST_SEALS if last is not None else 0):
        made = _seal_next(last or 0, now)
        if made is None:
            break
        sealed += made
    return sealed


def settled() -> int | None:
    """
    Give the greatest key up to which no entry can appear any more; None while somebody is writing for long.

    Keys are given out before their transactions commit, so a smaller one may appear after a greater one. A moment's lock
    against writers waits for those under way: what has a key by then is there to be seen. Whoever does not end within a
    second is not waited for; the next run asks again. SQLite has one writer at a time, and inside this transaction that
    is us.
    """
    try:
        with transaction.atomic():
            if connection.vendor == "postgresql":
                with connection.cursor() as cursor:
                    cursor.execute("SET LOCAL lock_timeout = '1s'")
                    cursor.execute("LOCK TABLE organizations_entry IN SHARE MODE")
            return Entry.objects.aggregate(last=Max("pk"))["last"] or 0
    except OperationalError:
        return None


def _seal_next(limit: int, now: dt.datetime) -> int | None:
    """Make one seal over the next entries up to `limit`; None if there are none, or another run makes it."""
    before = Seal.objects.order_by("-number").first()
    after = before.until if before else 0
    rows = Entry.objects.filter(pk__gt=after, pk__lte=limit).order_by("pk").values(*sealing.FIELDS)
    entries = list(rows[:MOST_ENTRIES])
    if not entries:
        return None
    made = sealing.make(
        entries,
        number=before.number + 1 if before else 1,
        after=after,
        until=entries[-1]["id"] if len(entries) == MOST_ENTRIES else limit,
        former=before.hash if before else "",
        made_at=now,
    )
    try:
        with transaction.atomic():
            Seal.objects.create(
                number=made.number,
                made_at=made.made_at,
                after=made.after,
                until=made.until,
                count=made.count,
                leaves=made.leaves,
                content=made.content,
                former=made.former,
                hash=made.hash,
            )
    except IntegrityError:
        return None
    return made.count

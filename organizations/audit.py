"""The journal held against its seals: how far it is sealed, and whether it still says what it said."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from organizations import sealing
from organizations.models import Entry, Seal
from organizations.sealing import Break, Link


@dataclass(frozen=True, slots=True)
class Verdict:
    """What checking the whole chain found; `breaks` come in the order of the journal, the first is where it begins."""

    seals: int
    sealed: int
    unsealed: int
    head: str
    breaks: tuple[Break, ...]

    @property
    def is_whole(self) -> bool:
        return not self.breaks


def verify(*, kept: str = "", most: int = 20) -> Verdict:
    """
    Check every seal and every entry under it.

    :param kept: a hash of a seal that was written down elsewhere; the chain must hold it
    :param most: how many breaks are told; a journal that was rewritten would otherwise name every entry
    """
    breaks: list[Break] = []
    before: Link | None = None
    count = sealed = 0
    kept_is_there = not kept
    for seal in links():
        count, sealed = count + 1, sealed + seal.count
        kept_is_there = kept_is_there or seal.hash == kept.strip().lower()
        if len(breaks) < most:
            rows = Entry.objects.filter(pk__gt=seal.after, pk__lte=seal.until).order_by("pk")
            breaks += sealing.breaks_of(seal, before, list(rows.values(*sealing.FIELDS)))
        before = seal
    if not kept_is_there:
        breaks.append(Break("head-unknown"))
    return Verdict(
        seals=count,
        sealed=sealed,
        unsealed=Entry.objects.filter(pk__gt=before.until if before else 0).count(),
        head=before.hash if before else "",
        breaks=tuple(breaks[:most]),
    )


def links() -> Iterator[Link]:
    """Give the seals from the first to the last, one after another."""
    for seal in Seal.objects.order_by("number").iterator(chunk_size=50):
        yield link_of(seal)


def link_of(seal: Seal) -> Link:
    """Give a seal as plain values."""
    leaves = tuple((int(entry), str(leaf)) for entry, leaf in seal.leaves)
    return Link(
        seal.number, seal.made_at, seal.after, seal.until, seal.count, leaves, seal.content, seal.former, seal.hash
    )


@dataclass(frozen=True, slots=True)
class State:
    """What the administrator's page says without checking anything: the newest seal, and what waits for the next."""

    seal: Seal | None
    unsealed: int
    oldest_unsealed: dt.datetime | None


def state() -> State:
    """Look how far the journal is sealed."""
    seal = Seal.objects.first()
    waiting = Entry.objects.filter(pk__gt=seal.until if seal else 0)
    oldest = waiting.order_by("pk").values_list("at", flat=True).first()
    return State(seal, waiting.count(), oldest)

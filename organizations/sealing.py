"""
How the journal is sealed and how a seal is checked: plain Python over plain values.

A seal hashes the entries of a range in the order of their keys, and the hash of the seal before it. Whoever changes, takes
out or slips in an entry afterwards would have to make that seal and all later ones anew, and then the newest hash differs
from the one that was printed or written down elsewhere.
"""

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

VERSION = 1
"""Stands in every hash, so that a later way of writing entries down cannot be mistaken for this one."""

LEAF = 16
FIELDS = (
    "id", "at", "by_id", "organization_id", "operation", "reason", "subject_kind", "subject_id", "before", "after", "for_other",
)  # fmt: skip
"""What is hashed of an entry: all of it."""

Entry = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Link:
    """A seal as plain values."""

    number: int
    made_at: dt.datetime
    after: int
    until: int
    count: int
    leaves: tuple[tuple[int, str], ...]
    content: str
    former: str
    hash: str


@dataclass(frozen=True, slots=True)
class Break:
    """
    Where the journal does not agree with its seals.

    Codes: `entry-changed`, `entry-deleted`, `entry-inserted` name an entry; `seal-changed`, `seal-missing` and
    `chain-broken` a seal; `head-unknown` the hash that was kept elsewhere.
    """

    code: str
    seal: int | None = None
    entry: int | None = None


def line(entry: Entry) -> bytes:
    """Write an entry down the one way in which it is hashed: JSON, names in order, the moment in UTC."""
    values = {name: entry[name] for name in FIELDS}
    values["at"] = _moment(values["at"])
    return json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str).encode()


def _moment(at: dt.datetime) -> str:
    return at.astimezone(dt.UTC).isoformat(timespec="microseconds")


def make(entries: Iterable[Entry], *, number: int, after: int, until: int, former: str, made_at: dt.datetime) -> Link:
    """Seal entries, which come in the order of their keys; `former` is the hash of the seal before, '' for the first."""
    content, leaves = _digest(entries)
    seal = Link(number, made_at, after, until, len(leaves), leaves, content, former, "")
    return _with_hash(seal)


def _digest(entries: Iterable[Entry]) -> tuple[str, tuple[tuple[int, str], ...]]:
    whole, leaves = hashlib.sha256(), []
    for entry in entries:
        data = line(entry)
        whole.update(data + b"\n")
        leaves.append((entry["id"], hashlib.sha256(data).hexdigest()[:LEAF]))
    return whole.hexdigest(), tuple(leaves)


def _with_hash(seal: Link) -> Link:
    facts = [
        VERSION, seal.number, _moment(seal.made_at), seal.after, seal.until, seal.count, seal.content, seal.former,
        [list(leaf) for leaf in seal.leaves],
    ]  # fmt: skip
    data = json.dumps(facts, ensure_ascii=False, separators=(",", ":")).encode()
    return Link(
        seal.number, seal.made_at, seal.after, seal.until, seal.count, seal.leaves, seal.content, seal.former,
        hashlib.sha256(data).hexdigest(),
    )  # fmt: skip


def breaks_of(seal: Link, before: Link | None, entries: Sequence[Entry]) -> Iterator[Break]:
    """
    Hold a seal against the one before it and against the entries that stand in its range now, in the order of their keys.

    A seal that was itself changed says nothing about its entries, so nothing else is told of it.
    """
    number = before.number + 1 if before else 1
    if seal.number != number:
        yield Break("seal-missing", seal=number)
        return
    if _with_hash(seal).hash != seal.hash:
        yield Break("seal-changed", seal=seal.number)
        return
    if (seal.former, seal.after) != ((before.hash, before.until) if before else ("", 0)):
        yield Break("chain-broken", seal=seal.number)
        return
    content, leaves = _digest(entries)
    if content != seal.content:
        yield from _entry_breaks(seal, dict(leaves))


def _entry_breaks(seal: Link, now: dict[int, str]) -> Iterator[Break]:
    sealed = dict(seal.leaves)
    for entry in sorted(sealed.keys() | now.keys()):
        if entry not in now:
            yield Break("entry-deleted", seal=seal.number, entry=entry)
        elif entry not in sealed:
            yield Break("entry-inserted", seal=seal.number, entry=entry)
        elif sealed[entry] != now[entry]:
            yield Break("entry-changed", seal=seal.number, entry=entry)

"""Where a file comes from: the portal, the plan, the edition and its rows, kept in the file's custom properties."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Self

from roadmaps.reading.package import Package

PREFIX = "Clusterportal "
CUSTOM = "docProps/custom.xml"
_ENTRY = re.compile(r"(h|r)(\d{1,18})(?:-(\d{1,18}))?")
MANY = 20_000
"""Entries of a plan at most; a forged range must not blow a list up."""

Entry = tuple[str, int]
"""«h» for a heading or «r» for a row, and its key."""


@dataclass(frozen=True, slots=True)
class Origin:
    """
    What a file says of its origin.

    `entries` are the headings and rows of the exported edition in their order, so that a row which the portal got later
    is not taken for one that was deleted in the file. `number` is the edition's, 0 for a draft.
    """

    portal: str
    plan: int
    number: int
    content_hash: str
    exported: str = ""
    entries: tuple[Entry, ...] = ()

    def to_properties(self) -> dict[str, str]:
        """Give the custom properties of a file."""
        return {
            f"{PREFIX}portal": self.portal,
            f"{PREFIX}plan": str(self.plan),
            f"{PREFIX}edition": str(self.number),
            f"{PREFIX}hash": self.content_hash,
            f"{PREFIX}exported": self.exported,
            f"{PREFIX}rows": packed(self.entries),
        }

    @classmethod
    def of(cls, properties: Mapping[str, str]) -> Self | None:
        """Read the origin from a file's properties; None where they do not name one."""
        plan, number = properties.get(f"{PREFIX}plan", ""), properties.get(f"{PREFIX}edition", "")
        if not re.fullmatch(r"\d{1,18}", plan) or not re.fullmatch(r"\d{1,5}", number):
            return None
        rows = properties.get(f"{PREFIX}rows", "")
        for count in range(2, 10_000):
            if f"{PREFIX}rows {count}" not in properties:
                break
            rows += properties[f"{PREFIX}rows {count}"]
        return cls(
            portal=properties.get(f"{PREFIX}portal", "")[:300],
            plan=int(plan),
            number=int(number),
            content_hash=properties.get(f"{PREFIX}hash", "")[:64],
            exported=properties.get(f"{PREFIX}exported", "")[:40],
            entries=unpacked(rows),
        )


def packed(entries: Iterable[Entry]) -> str:
    """Write entries in order, those that follow each other by number as a range: «h4 r10-12 h5 r13»."""
    ranges: list[list[int | str]] = []
    for kind, key in entries:
        if ranges and ranges[-1][0] == kind and ranges[-1][2] == key - 1:
            ranges[-1][2] = key
        else:
            ranges.append([kind, key, key])
    return " ".join(f"{kind}{first}" if first == last else f"{kind}{first}-{last}" for kind, first, last in ranges)


def unpacked(text: str) -> tuple[Entry, ...]:
    """Read entries back; what is none is passed over."""
    found: list[Entry] = []
    for kind, first, last in _ENTRY.findall(text):
        end = int(last or first)
        if end - int(first) >= MANY or len(found) > MANY:
            return ()
        found.extend((kind, key) for key in range(int(first), end + 1))
    return tuple(found)


def properties_of(package: Package) -> dict[str, str]:
    """Read a file's custom properties."""
    root = package.xml(CUSTOM, needed=False)
    return {
        one.get("name") or "": "".join(one.itertext())
        for one in ([] if root is None else root)
        if isinstance(one.tag, str)
    }


def origin_of(data: bytes, name: str) -> Origin | None:
    """
    Give only the origin of a file.

    :raises CannotRead: if the file cannot be opened safely
    """
    return Origin.of(properties_of(Package(data, name)))

"""Which editions changed what paper shows of a row since the plan was approved."""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass

from roadmaps.difference.data import Kind


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of what is printed of a thing («text», an executor), and the editions in which it holds."""

    of: int
    part: Hashable
    since: int
    until: int


@dataclass(frozen=True, slots=True)
class Trace:
    """In which edition a thing came, changed or went."""

    edition: int
    kind: Kind


@dataclass(frozen=True)
class Notes:
    """The note under the title, at headings, at rows, and what was struck out: (behind which heading, number, note)."""

    edition: str
    headings: Mapping[int, str]
    rows: Mapping[int, str]
    excluded: tuple[tuple[int | None, str, str], ...] = ()


def outlines(stretches: Iterable[Stretch], *, base: int, last: int) -> Mapping[int, tuple[Trace, ...]]:
    """
    Tell for each thing in which editions after `base`, up to `last`, its printed form came, changed or went.

    A version that reads the same as the one before leaves no trace, nor does a change that was taken back within one edition.
    """
    found: dict[int, list[Stretch]] = {}
    for stretch in stretches:
        found.setdefault(stretch.of, []).append(stretch)
    traced = {}
    for of, known in found.items():
        edges = {edge for one in known for edge in (one.since, one.until) if base < edge <= last}
        traces = []
        for edition in sorted(edges):
            was, became = _at(known, edition - 1), _at(known, edition)
            if was != became:
                kind = Kind.CHANGED if was and became else Kind.ADDED if became else Kind.DROPPED
                traces.append(Trace(edition, kind))
        if traces:
            traced[of] = tuple(traces)
    return traced


def _at(known: Iterable[Stretch], edition: int) -> frozenset[Hashable]:
    return frozenset(one.part for one in known if one.since <= edition < one.until)

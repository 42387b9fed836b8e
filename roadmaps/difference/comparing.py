"""Pairing two editions by the identity of their rows and headings."""

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence

from roadmaps.difference.data import (
    Cell,
    CellChange,
    Difference,
    Heading,
    HeadingChange,
    Kind,
    Row,
    RowChange,
    Side,
    WaiverChange,
)


def compare(was: Side, became: Side) -> Difference:
    """
    Give everything that the two sides do not share.

    A row is moved if it stands under another activity, or changed places with a row of its own; one whose number alone
    shifted because of its neighbours is renumbered.
    """
    return Difference(
        was,
        became,
        headings=tuple(_headings(was, became)),
        rows=tuple(_rows(was, became)),
        waivers=tuple(
            WaiverChange(upper, was.waivers.get(upper, ""), became.waivers.get(upper, ""))
            for upper in dict.fromkeys([*was.waivers, *became.waivers])
            if was.waivers.get(upper) != became.waivers.get(upper)
        ),
    )


def _rows(was: Side, became: Side) -> Iterable[RowChange]:
    strayed = _strayed(was.rows, became.rows, lambda row: row.heading)
    for pk in merged(list(was.rows), list(became.rows)):
        one, other = was.rows.get(pk), became.rows.get(pk)
        if one is None or other is None:
            yield RowChange(Kind.ADDED if one is None else Kind.DROPPED, one, other)
            continue
        cells = tuple(_cells(one, other))
        if pk in strayed:
            yield RowChange(Kind.MOVED, one, other, cells)
        elif cells:
            yield RowChange(Kind.CHANGED, one, other, cells)
        elif one.label != other.label:
            yield RowChange(Kind.RENUMBERED, one, other)


def _cells(was: Row, became: Row) -> Iterable[CellChange]:
    if was.text != became.text:
        yield CellChange(Cell.TEXT, was.text, became.text)
    if was.phrase != became.phrase or _meaning(was) != _meaning(became):
        yield CellChange(Cell.DEADLINE, was.phrase, became.phrase)
    if was.executors != became.executors:
        yield CellChange(Cell.EXECUTORS, "\n".join(was.executors), "\n".join(became.executors))
    if (was.obliges, set(was.obliged)) != (became.obliges, set(became.obliged)):
        yield CellChange(Cell.OBLIGES)
    if set(was.links) != set(became.links):
        yield CellChange(Cell.LINKS)


def _meaning(row: Row) -> tuple[object, ...]:
    """Give what a phrase means; warnings and suggestions are remarks on it."""
    deadline = row.deadline
    return deadline.kind, deadline.start, deadline.due, deadline.windows, deadline.rrules, deadline.relative


def _headings(was: Side, became: Side) -> Iterable[HeadingChange]:
    strayed = _strayed(was.headings, became.headings, lambda heading: (heading.kind, heading.path))
    for pk in merged(list(was.headings), list(became.headings)):
        one, other = was.headings.get(pk), became.headings.get(pk)
        if one is None or other is None:
            yield HeadingChange(Kind.ADDED if one is None else Kind.DROPPED, one, other)
            continue
        cells = tuple(
            CellChange(cell, before, after)
            for cell, before, after in (
                (Cell.NUMBER, one.number, other.number),
                (Cell.TITLE, one.title, other.title),
            )
            if before != after
        )
        if pk in strayed:
            yield HeadingChange(Kind.MOVED, one, other, cells)
        elif cells:
            yield HeadingChange(Kind.CHANGED, one, other, cells)


def _strayed(was: Mapping[int, Row] | Mapping[int, Heading], became: Mapping[int, object], home: object) -> set[int]:
    """
    Give what stands elsewhere: under another heading, or out of the order that most of its neighbours kept.

    :param home: says of a row or heading under what it stands
    """
    assert callable(home)  # two shapes share this walk
    found: set[int] = set()
    places = {pk: place for place, pk in enumerate(became)}
    neighbours: dict[object, list[int]] = {}
    for pk, one in was.items():
        if pk not in became:
            continue
        if home(one) != home(became[pk]):
            found.add(pk)
        else:
            neighbours.setdefault(home(one), []).append(pk)
    for group in neighbours.values():
        kept = longest_rising([places[pk] for pk in group])
        found |= {pk for pk in group if places[pk] not in kept}
    return found


def longest_rising(places: Sequence[int]) -> set[int]:
    """Give the longest run of places that rises: what kept its order; the fewest others have moved."""
    tails: list[int] = []
    before: dict[int, int | None] = {}
    for place in places:
        at = bisect_left(tails, place)
        before[place] = tails[at - 1] if at else None
        tails[at : at + 1] = [place]
    kept: set[int] = set()
    last: int | None = tails[-1] if tails else None
    while last is not None:
        kept.add(last)
        last = before[last]
    return kept


def merged(was: Sequence[int], became: Sequence[int]) -> list[int]:
    """Give both orders as one: that of the later edition, with each dropped thing behind what stood before it."""
    known = set(became)
    followers: dict[int | None, list[int]] = {}
    anchor: int | None = None
    for pk in was:
        if pk in known:
            anchor = pk
        else:
            followers.setdefault(anchor, []).append(pk)
    found = followers.get(None, [])[:]
    for pk in became:
        found.append(pk)
        found += followers.get(pk, [])
    return found

"""What stands elsewhere than it did: under another heading, or out of the order of its neighbours."""

from bisect import bisect_left
from collections.abc import Sequence


def before(key: int, placed: Sequence[tuple[int, int]]) -> int | None:
    """Give what stands before a key under the same owner."""
    owner = dict(placed)[key]
    siblings = [one for one, of in placed if of == owner]
    at = siblings.index(key)
    return siblings[at - 1] if at else None


def moved_in(placed: Sequence[tuple[int, int]], base: Sequence[tuple[int, int]]) -> set[int]:
    """
    Give what stands elsewhere than in a base: under another owner, or not in the order of most of its neighbours.

    :param placed: (key, owner) in the file's order, `base` the same in the base's
    """
    owner = dict(base)
    rank = {key: at for at, (key, _) in enumerate(base)}
    moved = {key for key, of in placed if key in owner and owner[key] != of}
    groups: dict[int, list[int]] = {}
    for key, of in placed:
        if key in rank and key not in moved:
            groups.setdefault(of, []).append(key)
    for keys in groups.values():
        kept = _longest([rank[key] for key in keys])
        moved |= {key for key in keys if rank[key] not in kept}
    return moved


def _longest(ranks: Sequence[int]) -> set[int]:
    """Give the members of a longest increasing run through a sequence of different numbers."""
    tails: list[int] = []
    ends: list[int] = []
    former: list[int] = []
    for at, rank in enumerate(ranks):
        place = bisect_left(tails, rank)
        former.append(ends[place - 1] if place else -1)
        if place == len(tails):
            tails.append(rank)
            ends.append(at)
        else:
            tails[place], ends[place] = rank, at
    kept: set[int] = set()
    at = ends[-1] if ends else -1
    while at >= 0:
        kept.add(ranks[at])
        at = former[at]
    return kept

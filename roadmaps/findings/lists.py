"""What a result lists, and which of it another text leaves out."""

import re
from collections import Counter

from roadmaps.matching.bodies import without_bodies
from roadmaps.matching.words import is_generic, words

_MARK = re.compile(r"^\s*(?:[-–—•*·]|\d{1,2}[.)]|[а-я]\))\s*")
_BODY_NAME = 80
_ASIDE = re.compile(r"\([^()]{4,}\)")


def items(text: str) -> tuple[str, ...]:
    """Give the listed things of a result: lines with a bullet or a number, or what stands between semicolons after a colon."""
    lines = [line for line in text.splitlines() if line.strip()]
    marked = tuple(_MARK.sub("", line).strip(" ;.,") for line in lines if _MARK.match(line))
    if len(marked) > 1:
        return marked
    head, colon, tail = text.partition(":")
    parts = tuple(part.strip(" ;.,\n") for part in tail.split(";")) if colon and head else ()
    return tuple(filter(None, parts)) if len(parts) > 1 else ()


def missing_items(upper: str, lower: str) -> tuple[str, ...]:
    """
    Give the listed things of `upper` that `lower` leaves out; empty where it says all of them, or none.

    A thing is said when a word that tells it from the other things is said; bodies do not count, they change by level.
    """
    listed = tuple(item for item in items(upper) if not _part_of_a_body(item))
    if len(listed) < 2:
        return ()
    said = set(words(without_bodies(lower)))
    told = [_telling(item) for item in listed]
    common = Counter(word for one in told for word in set(one))
    missing = []
    for item, one in zip(listed, told, strict=True):
        own = [word for word in one if common[word] == 1] or one
        if own and not (set(own[:2]) & said or sum(word in said for word in own) * 2 >= len(own)):
            missing.append(item)
    return tuple(missing) if len(missing) < len(listed) else ()


def _part_of_a_body(item: str) -> bool:
    """Tell whether a thing is one body's own part («министерство — открыта страница»): every level has such a part."""
    head, dash, _ = re.sub(r"\s[-–—]\s", "\0", item, count=1).partition("\0")
    rest = [word for word in words(without_bodies(head)) if not is_generic(word)]
    return bool(dash) and len(head) < _BODY_NAME and not rest


def _telling(item: str) -> list[str]:
    return [word for word in words(without_bodies(_ASIDE.sub(" ", item))) if not is_generic(word) and len(word) > 2]

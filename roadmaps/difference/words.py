"""Which words of a text were replaced: for reading «было / стало», and for a clause that says so."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

TOKEN = re.compile(r"[\w№]+(?:[.\-–/][\w№]+)*|[^\w\s]|\s+")
"""Words with their inner dots and dashes («30.10.2026», «план-график»), signs, and white space."""

BRIDGE = 2
"""So many words between two changes are read as part of one: «в октябре этого года» instead of a mosaic."""

REACH = 24
"""Tokens around a change that may be quoted along; whoever needs more had better read the whole text."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text: `mark` is empty where both sides agree, else «del» or «ins»."""

    text: str
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Swap:
    """Words to find in the former text, exactly once, and what stands there afterwards; `at` is where they begin."""

    at: int
    old: str
    new: str


def tokens(text: str) -> list[str]:
    """Split a text into words, signs and white space; joined again they give the text."""
    return TOKEN.findall(text)


def runs(was: Sequence[str], became: Sequence[str]) -> list[tuple[int, int, int, int]]:
    """Give the stretches of tokens that differ, as (from, to) of the one and of the other; close ones are one."""
    found: list[tuple[int, int, int, int]] = []
    for tag, a, b, c, d in SequenceMatcher(None, was, became, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        low = found[-1][1] if found else 0
        if tag == "insert":  # of equal choices the one that begins with a space reads best: «школ» + « и округа»
            while a > low and was[a - 1] == became[d - 1]:
                a, b, c, d = a - 1, b - 1, c - 1, d - 1
        if found and sum(not token.isspace() for token in was[found[-1][1] : a]) <= BRIDGE:
            first = found.pop()
            a, c = first[0], first[2]
        found.append((a, b, c, d))
    return found


def pieces(was: str, became: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Give both texts in pieces, what went marked in the first and what came in the second."""
    old, new = tokens(was), tokens(became)
    left: list[Piece] = []
    right: list[Piece] = []
    a_at = c_at = 0
    for a, b, c, d in runs(old, new):
        left += [Piece("".join(old[a_at:a])), Piece("".join(old[a:b]), "del")]
        right += [Piece("".join(new[c_at:c])), Piece("".join(new[c:d]), "ins")]
        a_at, c_at = b, d
    left.append(Piece("".join(old[a_at:])))
    right.append(Piece("".join(new[c_at:])))
    return _filled(left), _filled(right)


def _filled(found: Iterable[Piece]) -> tuple[Piece, ...]:
    return tuple(piece for piece in found if piece.text)


def swaps(was: str, became: str, *, most: int = 2) -> list[Swap] | None:
    """
    Give the exact words to replace in a text so that it becomes the other, in reading order.

    Each `old` stands exactly once in `was`; where the changed words alone do not, their neighbours come along. An empty
    `new` strikes words out. None where more than `most` stretches differ, or no words can be named: then the text is
    better restated.
    """
    old, new = tokens(was), tokens(became)
    changed = runs(old, new)
    if not changed or len(changed) > most:
        return None
    found: list[Swap] = []
    end = 0
    for index, (a, b, c, d) in enumerate(changed):
        limit = changed[index + 1][0] if index + 1 < len(changed) else len(old)
        widened = _widened(old, was, (a, b, c, d), end, limit)
        if widened is None:
            return None
        a, b, c, d = widened
        found.append(Swap(len("".join(old[:a])), "".join(old[a:b]), "".join(new[c:d])))
        end = b
    return found


def _widened(
    old: Sequence[str], was: str, run: tuple[int, int, int, int], low: int, high: int
) -> tuple[int, int, int, int] | None:
    """Take as few neighbouring words into a stretch as tell it from every other, those before it rather than after."""
    a, b, c, d = run
    if c == d:  # words that are struck out take no white space along
        bare = [at for at in range(a, b) if not old[at].isspace()]
        if bare and _is_named(old, was, bare[0], bare[-1] + 1):
            return bare[0], bare[-1] + 1, c, d
    for more in range(min(REACH, a - low + high - b) + 1):
        for left in range(min(more, a - low), -1, -1):
            right = more - left
            if right <= high - b and _is_named(old, was, a - left, b + right):
                return a - left, b + right, c - left, d + right
    return None


def _is_named(old: Sequence[str], was: str, a: int, b: int) -> bool:
    """Tell whether a stretch can be quoted: it holds a word, not only a sign, no space at its ends, and stands once."""
    words = "".join(old[a:b])
    return words == words.strip() and any(token[0].isalnum() for token in old[a:b]) and was.count(words) == 1

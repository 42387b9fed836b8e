"""Searching rows by words: ё like е, any form of a word, a surname also when a letter of it slipped."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from roadmaps.findings.executors import edits
from roadmaps.matching.words import fold, stem

_WORD = re.compile(r"[^\W_]+(?:[.,/]\d+)*")
KIN_FROM = 5
"""How many letters two stems must share to be kin."""
SLIP_FROM = 5
"""From how many letters on one slip is forgiven; from eight on two."""


@lru_cache(maxsize=20_000)
def words_of(text: str) -> tuple[str, ...]:
    """Give the folded words of a text; dates and numbers of rows stay whole."""
    return tuple(_WORD.findall(fold(text)))


@lru_cache(maxsize=20_000)
def _stems(text: str) -> frozenset[str]:
    return frozenset(stem(word) for word in words_of(text))


def asked_words(typed: str) -> tuple[str, ...]:
    """Give the words that are looked for."""
    return words_of(typed)


def finds(asked: Sequence[str], text: str, names: Iterable[str] = ()) -> bool:
    """Tell whether every word is met: as a beginning, in another form, or in a name a slip away."""
    names = tuple(names)
    return all(_meets(word, text, names) for word in asked)


def _meets(word: str, text: str, names: Sequence[str]) -> bool:
    if any(known.startswith(word) for known in words_of(text)):
        return True
    if word.isalpha() and len(word) > 3:
        root = stem(word)
        if any(_are_kin(root, known) for known in _stems(text)):
            return True
        if len(root) > 3 and any(
            known.startswith(root) and len(known) - len(root) < KIN_FROM for known in words_of(text)
        ):
            return True
    return any(_is_name(word, name) for name in names)


def _are_kin(one: str, other: str) -> bool:
    """Tell whether two stems are those of one word: equal, or long and one goes on where the other ends."""
    if one == other:
        return True
    short, long = sorted((one, other), key=len)
    return len(short) >= KIN_FROM and len(long) - len(short) <= 2 and long.startswith(short)


def _is_name(word: str, name: str) -> bool:
    """Tell whether a word is a word of a name, in some case of it, or a slip away."""
    for known in words_of(name):
        if known.startswith(word):
            return True
        if len(word) < SLIP_FROM or len(known) < SLIP_FROM or abs(len(word) - len(known)) > 2:
            continue
        allowed = 2 if min(len(word), len(known)) >= 8 else 1
        if word[0] == known[0] and (edits(word, known) <= allowed or edits(stem(word), stem(known)) <= 1):
            return True
    return False

"""The code by which anybody can look an order up: short enough to type, without letters that look like digits."""

import re
import secrets

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
LENGTH = 12
LOOKS = str.maketrans("АВЕКМНРСТУХ", "ABEKMHPCTYX")
"""Cyrillic letters that a reader of a printed code may type for the Latin ones."""


def new_code() -> str:
    """Give a code that nobody can guess: 59 bits."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def grouped(code: str) -> str:
    """Write a code as it is printed: in groups of four."""
    return "-".join(code[at : at + 4] for at in range(0, len(code), 4))


def typed(text: str) -> str:
    """Read a code as somebody typed it: in any case, with dashes or spaces, also with Cyrillic letters of the same look."""
    return re.sub(r"[\s\-–—]", "", text).upper().translate(LOOKS)

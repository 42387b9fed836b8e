"""What SQLite lacks for Russian: letters of either case in searches, names in the order of the alphabet."""

import functools
import re
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

from organizations.querysets import RUSSIAN

DIGITS = re.compile(r"(\d+)")


def teach(sender: Any, connection: BaseDatabaseWrapper, **kwargs: Any) -> None:
    """Receive `connection_created`: give a new connection its functions and collation."""
    if connection.vendor != "sqlite":
        return
    raw = connection.connection
    raw.create_function("like", 2, like, deterministic=True)
    raw.create_function("like", 3, like, deterministic=True)
    raw.create_collation(RUSSIAN, compare)


def like(pattern: str | None, value: object, escape: str | None = None) -> bool | None:
    """Answer `value LIKE pattern` without regard to case in any alphabet; SQLite itself knows only the Latin one."""
    if pattern is None or value is None:
        return None
    return expression(plain(str(pattern)), escape).fullmatch(plain(str(value))) is not None


def plain(text: str) -> str:
    """Take ё for е, as readers do."""
    return text.replace("ё", "е").replace("Ё", "Е")


@functools.lru_cache(maxsize=512)
def expression(pattern: str, escape: str | None) -> re.Pattern[str]:
    """Turn a pattern of LIKE into a regular expression."""
    parts: list[str] = []
    letters = iter(pattern)
    for letter in letters:
        if letter == escape:
            parts.append(re.escape(next(letters, "")))
        else:
            parts.append({"%": ".*", "_": "."}.get(letter, re.escape(letter)))
    return re.compile("".join(parts), re.IGNORECASE | re.DOTALL)


@functools.lru_cache(maxsize=4096)
def sort_key(text: str) -> tuple[tuple[tuple[int, str, int], ...], str]:
    """Order words by the alphabet («ё» beside «е»), numbers by value; the text itself parts what is left equal."""
    folded = text.casefold().replace("ё", "е")
    return tuple(
        (0, "", int(part)) if part.isdecimal() else (1, part, 0) for part in DIGITS.split(folded) if part
    ), text


def compare(left: str, right: str) -> int:
    """Compare two names as the collation does."""
    a, b = sort_key(left), sort_key(right)
    return (a > b) - (a < b)

"""What a row of the walk says, and how the answer to one request is judged."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.walk.audiences import ADMIN, ANONYMOUS, EVERYBODY, NOBODY, SIGNED_IN, Audience, Who
from tests.walk.region import Region

Arguments = Callable[[Region], dict[str, Any]]


def nothing(region: Region) -> dict[str, Any]:
    """Give no arguments, or an empty body."""
    return {}


@dataclass(frozen=True)
class Row:
    """
    One address on one thing: who may see that the thing exists, who may open it, who may do it.

    Who is not in `sees` finds nothing (404); who sees but may not is refused (403). `get` or `post` of None is a method
    that the address does not know. A deed that is done answers `done` and writes; everything else writes nothing.
    """

    name: str
    sees: Who
    get: Who | None = None
    post: Who | None = None
    args: Arguments = nothing
    body: Arguments = nothing
    query: Mapping[str, str] = field(default_factory=dict)
    shown: int = 200
    done: int = 302
    invalid: Who = NOBODY  # who may fill the form in, but finds that this body's choices are none of hers
    reading_writes: bool = False
    writes: bool = True
    tells: tuple[str, ...] = ()  # what the address itself entitles everybody to read
    is_foreign: bool = False  # allauth's own page: its POST is only held to write nothing of the portal's
    also: Mapping[Audience, int] = field(default_factory=dict)  # where one reader meets another answer
    also_done: Mapping[Audience, int] = field(default_factory=dict)

    def expected(self, method: str, audience: Audience) -> int:
        """Give the status of the answer."""
        may = self.get if method == "get" else self.post
        if method == "get" and audience in self.also:
            return self.also[audience]
        if method == "post" and audience in self.also_done:
            return self.also_done[audience]
        if audience == ANONYMOUS and audience not in self.sees:
            return 302
        if may is None:
            return 405
        if audience not in self.sees:
            return 404
        if method == "post" and audience in self.invalid:
            return 422
        if audience not in may:
            return 403
        return self.shown if method == "get" else self.done


def open_to_all(name: str, *, signed_in: int = 200, anonymous: int = 200, **rest: Any) -> Row:
    """Make the row of a page that has no owner: sign-in and what surrounds it."""
    also = {ANONYMOUS: anonymous} | dict.fromkeys(SIGNED_IN, signed_in)
    return Row(name, sees=EVERYBODY, get=EVERYBODY, also=also, is_foreign=True, **rest)


__all__ = ["ADMIN", "Row", "nothing", "open_to_all"]

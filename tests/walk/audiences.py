"""
Who may know what, written down from the rules of the domain alone; the portal's own table is never asked.

Seen from an owner, a reader stands in one of six places. The things of the walk belong to «own», a municipality; «lower»
is its school, «upper» its ministry, «institute» stands beside it, «neighbour» is another municipality of the region, and
«stranger» is the ministry of another region.
"""

from dataclasses import dataclass

ROLES = ("coordinator", "signatory", "staff", "executor", "reviewer")
PLACES = ("own", "lower", "upper", "neighbour", "institute", "stranger")
READERS = ("coordinator", "signatory", "staff", "reviewer")  # an executor works by what is in force, at home

ABOVE = {"own": ("upper",), "lower": ("own", "upper"), "neighbour": ("upper",), "institute": ("upper",)}
# Below an owner, and below the owner's parent when the owner is an institute.
BELOW = {
    "upper": ("own", "lower", "neighbour", "institute"),
    "own": ("lower",),
    "institute": ("own", "lower", "neighbour"),
}


@dataclass(frozen=True, order=True)
class Audience:
    """One reader: the place where she holds a role, and the role."""

    place: str
    role: str

    def __str__(self) -> str:
        return f"{self.place}/{self.role}"


Who = frozenset[Audience]

ANONYMOUS = Audience("nowhere", "anonymous")
ADMINISTRATOR = Audience("platform", "administrator")
ADMIN: Who = frozenset({ADMINISTRATOR})
NOBODY: Who = frozenset()
MEMBERS: Who = frozenset(Audience(place, role) for place in PLACES for role in ROLES)
SIGNED_IN: Who = MEMBERS | ADMIN
EVERYBODY: Who = SIGNED_IN | {ANONYMOUS}


def at(places: str, roles: str = "") -> Who:
    """Name readers: `at("own upper", "coordinator")`; without roles every role."""
    return frozenset(Audience(place, role) for place in places.split() for role in roles.split() or ROLES)


def reading(places: str) -> Who:
    """Those whose reading reaches down from these places."""
    return at(places, " ".join(READERS)) if places else NOBODY


def readers_of_draft(owner: str) -> Who:
    """Drafts are read only in the own organization."""
    return reading(owner)


def readers_of_sent(owner: str) -> Who:
    """Reading reaches down the tree to what is submitted."""
    return reading(owner) | reading(" ".join(ABOVE.get(owner, ())))


def readers_of_force(owner: str) -> Who:
    """What is in force is read at home, above, and by everybody below; the administrator reads it too."""
    below = " ".join(BELOW.get(owner, ()))
    if owner == "institute":
        below += " upper"  # an institute works for its parent's whole region, the parent's own staff included
    return at(owner) | reading(" ".join(ABOVE.get(owner, ()))) | (at(below) if below else NOBODY) | ADMIN


def readers_of_registers(owner: str) -> Who:
    """Registers are read at home and above; the administrator keeps them."""
    return at(owner) | reading(" ".join(ABOVE.get(owner, ()))) | ADMIN


def knowing(owner: str) -> Who:
    """Those who know that an organization exists: at home, above it, below it, and beside an institute."""
    return readers_of_force(owner)

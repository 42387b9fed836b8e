"""What the clauses of an order ask for by their words, and nobody has entered yet."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count

from documents.asking import Asking, asked_in
from documents.choices import Asked
from documents.models import Clause, Order


@dataclass(frozen=True, slots=True)
class Proposed:
    """A clause whose words ask for something, what that is, and how those are called of whom it is asked."""

    clause: Clause
    asking: Asking

    @property
    def who(self) -> str:
        """Name the addressees, or nobody."""
        return str(Asked(self.asking.who).label) if self.asking.who else ""


def asked_of(clause: Clause) -> Asking | None:
    """Give what a clause asks for by its words; the clause above it may say of whom."""
    before = clause.order.clauses.filter(position__lt=clause.position).order_by("-position")
    return asked_in(clause.text, above=_above(clause, list(before)))


def proposed(order: Order) -> list[Proposed]:
    """List the clauses that ask for something of bodies that nobody has named yet; one statement."""
    clauses = list(order.clauses.annotate(expected=Count("submissions")).order_by("position"))
    found = []
    for place, clause in enumerate(clauses):
        if clause.asked != Asked.NOBODY or clause.expected:
            continue
        if asking := asked_in(clause.text, above=_above(clause, clauses[:place][::-1])):
            found.append(Proposed(clause, asking))
    return found


def _above(clause: Clause, before: Sequence[Clause]) -> str:
    """Give the text of the clause under which another one stands; `before` are those before it, nearest first."""
    return next((one.text for one in before if one.depth < clause.depth), "")

"""How orders and submissions are read."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from organizations import access
from organizations.access import Kinship, State
from organizations.querysets import ancestry, subtree

if TYPE_CHECKING:
    from organizations.models import User

OPEN_STATES = (State.DRAFT, State.HANDED, State.SIGNED)


class OrderQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> Self:
        """
        What the table of organizations.access lets this account read.

        Registered: also below its owner and above; an order that waits for somebody's visa: by that person, too.
        """
        if access.reach(user).everything:
            return self.filter(state=State.IN_FORCE)
        seen = Q(pk__in=[])
        for state in OPEN_STATES:
            if own := access.readable(user, Kinship.OWN, state):
                seen |= Q(state=state.value, organization__in=own)
        seen |= Q(state=State.IN_FORCE.value) & self._registered(user)
        if person := getattr(user, "person_id", None):
            seen |= Q(
                pk__in=self.model._default_manager.filter(state=State.HANDED, visas__position__person=person).values(
                    "pk"
                )
            )
        return self.filter(seen)

    def registered(self) -> Self:
        return self.filter(state=State.IN_FORCE)

    def with_amended(self) -> Self:
        """Annotate `is_amended`: a registered order has amended this one."""
        amending = self.model._default_manager.filter(amends=models.OuterRef("pk"), kind="amend", state=State.IN_FORCE)
        return self.annotate(is_amended=models.Exists(amending))

    def for_page(self) -> Self:
        """With all that the head of an order's page says."""
        return self.select_related(
            *("organization", "original", "signature", "succeeded_by", "amends", "handed_by__person"),
            *("signed_by__person", "registered_by__person", "signatory__person", "controller__person"),
        )

    def _registered(self, user: "User") -> Q:
        found = Q(pk__in=[])
        if own := access.readable(user, Kinship.OWN, State.IN_FORCE):
            answering = self.model._default_manager.filter(clauses__submissions__organization__in=own)
            found |= Q(organization__in=own) | Q(pk__in=answering.values("pk"))
        if below := access.readable(user, Kinship.BELOW, State.IN_FORCE):
            found |= Q(organization__in=subtree(below))
        if above := access.readable(user, Kinship.ABOVE, State.IN_FORCE):
            found |= Q(organization__in=ancestry(above)) | Q(
                organization__kind="institute", organization__parent__in=ancestry(above)
            )
        return found


class SubmissionQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> Self:
        """
        The organization that sends, the bodies above it, and the one that receives.

        There it is read by those whose reading reaches down: who has sent what is not every executor's business.
        """
        if access.reach(user).everything:
            return self
        down = access.readable(user, Kinship.BELOW, State.REGISTER)
        return self.filter(
            Q(organization__in=access.readable(user, Kinship.OWN, State.REGISTER))
            | Q(recipient__in=down)
            | Q(organization__in=subtree(down))
        )

    def waiting_for_sender(self) -> Self:
        return self.filter(state__in=["awaited", "returned"])

    def waiting_for_recipient(self) -> Self:
        return self.filter(state="sent")

    def for_page(self) -> Self:
        return self.select_related(
            "organization", "recipient", "clause__order__organization", "order", "sent_by__person"
        )

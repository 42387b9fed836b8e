"""Why an operation was refused, in words for the person who asked."""

from typing import Any

from django.utils.translation import gettext as _


class Refused(Exception):
    """An operation that changed nothing; its text is a sentence for people."""


class NotWritable(Refused):
    """The plan has no draft that may be edited now."""

    def __init__(self) -> None:
        super().__init__(
            _("This plan has no draft that can be edited now. Open a new edition, or take the plan back first.")
        )


class Changed(Refused):
    """Somebody else changed the same thing in the meantime."""

    def __init__(self) -> None:
        super().__init__(_("Somebody changed this in the meantime. Your text is below; compare it and save again."))


class OpenFindings(Refused):
    """Errors stand that are neither mended nor explained."""

    def __init__(self, findings: list[Any]) -> None:
        self.findings = findings
        super().__init__(_("Mend or explain the errors first."))


class NotAbove(Refused):
    """A link or a lineage to a plan that does not stand above."""

    def __init__(self) -> None:
        super().__init__(_("A row can only follow a plan in force of a body above, or of an institute beside it."))


class NumberTaken(Refused):
    """An order number that the organization used already in that year."""

    def __init__(self, number: str, year: int) -> None:
        super().__init__(
            _("Order № %(number)s of %(year)s is already in the register.") % {"number": number, "year": year}
        )


class AlreadyPlanned(Refused):
    """The organization already has this plan for the period."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "There already is a plan of this programme for this period. Open a new edition of it, or give this one a label."
            )
        )


class NobodyNamed(Refused):
    """A row that obliges "the named ones" without naming any."""

    def __init__(self) -> None:
        super().__init__(_("Say whom the row obliges: choose at least one organization."))


class NotBelow(Refused):
    """An organization that a plan cannot oblige."""

    def __init__(self) -> None:
        super().__init__(_("A row can only oblige organizations that stand below the owner of the plan."))


class NotEmpty(Refused):
    """A heading in which something stands that was not asked to go with it."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)


class ReasonNeeded(Refused):
    """A deed that has to say why."""

    def __init__(self) -> None:
        super().__init__(_("Say why: the reason stays with the plan."))


class OrderSigned(Refused):
    """A plan whose order is signed and waits only for its number."""

    def __init__(self) -> None:
        super().__init__(
            _("The order on this plan is signed already. If it must not be registered, return the order first.")
        )


class Undecided(Refused):
    """Questions of an import stand open."""

    def __init__(self, hindrances: list[str]) -> None:
        self.hindrances = hindrances
        super().__init__(_("Decide the open questions first: %(list)s") % {"list": "; ".join(hindrances)})


class ChangesOutdated(Refused):
    """An amending order whose changes were worded from another state of the plan."""

    def __init__(self) -> None:
        super().__init__(
            _("The plan has changed since the changes were worded. Word them anew, then hand the order for signing.")
        )


class DraftOpen(Refused):
    """A plan that is to lose its force while its next edition is being prepared."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "A new edition of this plan is being prepared. Discard that draft first: a repealed plan has no editions to come."
            )
        )


class NothingInForce(Refused):
    """What has lost its force already, or only changes another order, which is then the one to repeal."""

    def __init__(self) -> None:
        super().__init__(_("This cannot be repealed: it has lost its force already, or it only changes another order."))

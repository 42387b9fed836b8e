"""Why an operation was refused, in words for the person who asked."""

import datetime as dt
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


class NotInForce(Refused):
    """Only a plan in force can be carried into the next period."""

    def __init__(self) -> None:
        super().__init__(_("Only the edition in force can be carried into the next period."))


class NotYetAbove(Refused):
    """The row above that stood in the period before has no successor in force."""

    def __init__(self) -> None:
        super().__init__(_("The plan above for this period is not in force yet, or has no such row any more."))


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


class NothingChosen(Refused):
    """Changes of an edited file of which none was confirmed."""

    def __init__(self) -> None:
        super().__init__(_("Tick what shall enter the plan, or put the file aside."))


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


class AnsweredAlready(Refused):
    """Somebody else has answered, or a newer change took the question's place."""

    def __init__(self) -> None:
        super().__init__(_("This is answered already, or a newer change took its place. Reload the page."))


class NotThisWay(Refused):
    """A way of answering that this kind of change does not know."""

    def __init__(self) -> None:
        super().__init__(_("This change cannot be answered that way."))


class OutOfDate(Refused):
    """What the question was about is gone from the plan."""

    def __init__(self) -> None:
        super().__init__(_("The row is no longer in your draft, or is no longer linked: there is nothing to answer."))


class DaysNeeded(Refused):
    """An offset without days."""

    def __init__(self) -> None:
        super().__init__(_("By how many days? Give a number, with a minus for earlier."))


class NotUnderstood(Refused):
    """A deadline in which no date is found."""

    def __init__(self) -> None:
        super().__init__(_("Write the deadline so that a date can be found in it, for example “by 30.10.2026”."))


class AskedAlready(Refused):
    """The same row above is asked about already."""

    def __init__(self) -> None:
        super().__init__(_("You have asked about this row already. Wait for the answer, or withdraw the wish."))


class ConsequencesChanged(Refused):
    """A plan that would now do something else below than the preview said."""

    def __init__(self) -> None:
        super().__init__(
            _("What follows in the plans below has changed since you looked. Look at it again, then register.")
        )


class Conflict(Refused):
    """Somebody else changed the same cell since the person saw it: both values, and whose the other one is."""

    def __init__(self, *, theirs: str, who: str, at: dt.datetime | None) -> None:
        self.theirs, self.who, self.at = theirs, who, at
        super().__init__(_("Somebody changed this cell in the meantime."))


class RowGone(Refused):
    """A row or heading that the draft no longer has."""

    def __init__(self) -> None:
        super().__init__(_("This row is no longer in the draft: somebody removed it. The journal can bring it back."))


class NothingToUndo(Refused):
    """There is no step left."""

    def __init__(self) -> None:
        super().__init__(_("There is nothing left to undo."))


class NothingToRedo(Refused):
    """Nothing was undone, or something else was done since."""

    def __init__(self) -> None:
        super().__init__(_("There is nothing to do again."))


class Overtaken(Refused):
    """A step that cannot be undone any more, as somebody has gone on from there."""

    def __init__(self) -> None:
        super().__init__(_("This step cannot be undone: the same place was changed since. It is left as it is."))


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


class LostForce(Refused):
    """A next edition of a plan that has lost its force: there is nothing over which it could be opened."""

    def __init__(self) -> None:
        super().__init__(_("This plan has lost its force. Begin it anew first: then its rows stand in a draft again."))


class NothingInForce(Refused):
    """What has lost its force already, or only changes another order, which is then the one to repeal."""

    def __init__(self) -> None:
        super().__init__(_("This cannot be repealed: it has lost its force already, or it only changes another order."))

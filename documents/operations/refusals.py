"""Why an operation on an order was refused, in words for the person who asked."""

from django.utils.translation import gettext as _


class Refused(Exception):
    """An operation that changed nothing; its text is a sentence for people, `field` the field that it concerns."""

    field = ""


class NotInThisState(Refused):
    """The order has moved on: somebody else handed, signed or registered it meanwhile."""

    def __init__(self) -> None:
        super().__init__(_("The order has moved on in the meantime. Reload the page to see who holds it."))


class ReasonNeeded(Refused):
    """A deed that has to say why."""

    field = "reason"

    def __init__(self) -> None:
        super().__init__(_("Say why: the reason stays with the document."))


class Incomplete(Refused):
    """Something is missing without which nobody could sign."""

    def __init__(self, missing: list[str]) -> None:
        self.missing = missing
        super().__init__(_("Before it can be handed for signing: %(list)s.") % {"list": "; ".join(missing)})


class NumberTaken(Refused):
    """The organization used this number already in that year."""

    field = "number"

    def __init__(self, number: str, year: int, free: str = "") -> None:
        self.number, self.year, self.free = number, year, free
        said = _("Order № %(number)s of %(year)s is already in the register.") % {"number": number, "year": year}
        if free:
            said += " " + _("The next free one is %(free)s.") % {"free": free}
        super().__init__(said)


class NumberNeeded(Refused):
    """An order without a number cannot be registered."""

    field = "number"

    def __init__(self) -> None:
        super().__init__(_("Give the number under which the order is registered."))


class DateImpossible(Refused):
    """A day of signing that has not come."""

    field = "signed_on"

    def __init__(self) -> None:
        super().__init__(_("This day has not come yet: an order bears the day on which it was signed."))


class FileNeeded(Refused):
    """Registering without the scan or the signature."""

    field = "original"

    def __init__(self) -> None:
        super().__init__(_("Attach the scan of the signed order, or the file with its electronic signature."))


class ChangedSinceHanded(Refused):
    """What was signed is not what would come into force."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "The plan has changed since the order was handed for signing: a date above moved. "
                "Return the order and hand it over anew, so that what is signed is what comes into force."
            )
        )


class AlreadySent(Refused):
    """The thing has been sent or received already."""

    def __init__(self) -> None:
        super().__init__(_("This has been sent already."))


class NothingToSend(Refused):
    """Sending neither a file nor an order."""

    field = "file"

    def __init__(self) -> None:
        super().__init__(_("Attach the file that is asked for, or choose an order in force."))


class SourceNeeded(Refused):
    """Entering for another body without saying from where."""

    field = "source"

    def __init__(self) -> None:
        super().__init__(_("Say from where you have it: a letter, a telephone call, a paper handed over."))

"""Why a deed is refused, as a sentence for the person who asked for it."""

from typing import ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Refusal(Exception):
    """A deed that the rules do not allow; `field` names the field of the form that the sentence belongs to."""

    sentence: ClassVar[str | Promise] = ""
    field: ClassVar[str | None] = None

    def __init__(self, **facts: object) -> None:
        self.facts = facts
        super().__init__(str(self.sentence) % facts if facts else str(self.sentence))


class StillHasBodiesBelow(Refusal):
    sentence = _("Open organizations still stand below: %(names)s. Close or move them first, or name a successor.")


class AlreadyClosed(Refusal):
    sentence = _("%(organization)s is closed already.")


class NotClosed(Refusal):
    sentence = _("%(organization)s is not closed.")


class CannotSucceed(Refusal):
    sentence = _("The successor must be another open organization of the same kind that does not stand below.")
    field = "successor"


class KindDoesNotFit(Refusal):
    sentence = _("“%(kind)s” cannot stand below %(organization)s.")
    field = "kind"


class ParentIsClosed(Refusal):
    sentence = _("%(organization)s is closed, nothing can be added below it.")


class HeadIsInPost(Refusal):
    sentence = _(
        "%(person)s is head of the organization in these days. End that position first, or mark the new one as acting."
    )
    field = "is_head"


class LastCoordinator(Refusal):
    sentence = _(
        "You are the only coordinator here. Invite another one first, or ask the body above to withdraw the role."
    )


class NotKnownHere(Refusal):
    sentence = _("This account holds no role here yet: invite it by e-mail.")


class AlreadyInvited(Refusal):
    sentence = _("This address already has an invitation to this role. Send that one again or withdraw it.")
    field = "email"


class AlreadyHeld(Refusal):
    sentence = _("%(person)s already holds this role here.")
    field = "role"


class InvitationSpent(Refusal):
    sentence = _("This invitation has been used already. Sign in with the account that was opened by it.")


class InvitationWithdrawn(Refusal):
    sentence = _(
        "This invitation was withdrawn or replaced by a newer one. Look for a later letter, or ask for a new one."
    )


class InvitationExpired(Refusal):
    sentence = _("This invitation has run out. Ask the person who invited you to send it again.")


class SentToAnotherAddress(Refusal):
    sentence = _(
        "The invitation was sent to %(email)s, and you are signed in with another address. "
        "Sign out and open the link again, or ask for an invitation to your own address."
    )


class AccountExists(Refusal):
    sentence = _("There is already an account with the address %(email)s: sign in with it and open the link again.")


class NotInThisTree(Refusal):
    sentence = _("%(row)s does not belong to this part of the tree.")

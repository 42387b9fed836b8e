"""Who holds an order, and what the reader may do with it: one sentence and one row of buttons."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from documents.choices import OrderKind, OrderState
from documents.models import Order
from documents.operations.orders import missing
from organizations import access
from organizations.access import Kinship, State, Verb
from organizations.models import User


@dataclass(frozen=True, slots=True)
class Action:
    """A button: `is_post` for a deed, else a link; `locked` says why it cannot be used now."""

    label: str
    url: str
    is_post: bool = False
    is_first: bool = False
    locked: str = ""


@dataclass(frozen=True, slots=True)
class Custody:
    """The lead («The order is with you.»), what follows it, and the buttons."""

    lead: str
    text: str
    actions: tuple[Action, ...] = ()


def may(user: User, verb: Verb, order: Order) -> bool:
    """Tell whether the account may do this with its own organization's order; asks the database nothing."""
    state = State(order.state)
    return any(
        g.organization.pk == order.organization_id and verb in access.verbs(g.role, Kinship.OWN, state)
        for g in access.grants(user)
    )


def reads_drafts(user: User, order: Order) -> bool:
    """Tell whether the account may read drafts of the organization, and so the order's history."""
    return order.organization_id in access.readable(user, Kinship.OWN, State.DRAFT)


def custody(user: User, order: Order, *, hindrance: str = "") -> Custody:
    """
    Say who holds an order and what this account may do.

    :param hindrance: why a draft cannot be handed over though the order itself is whole
    """
    said = {
        OrderState.DRAFT: _draft,
        OrderState.HANDED: _handed,
        OrderState.SIGNED: _signed,
        OrderState.REGISTERED: _registered,
    }
    return said[OrderState(order.state)](user, order, hindrance)


def _draft(user: User, order: Order, hindrance: str) -> Custody:
    returned = _("It was returned: “%(reason)s”.") % {"reason": order.remark} if order.remark else ""
    if not may(user, Verb.PREPARE, order):
        return Custody(_("The order is with the coordinator."), f"{returned} {_('It is being prepared.')}".strip())
    lacks = missing(order)
    why = hindrance or "; ".join(lacks)
    text = (
        _("Before it can be handed for signing: %(list)s.") % {"list": why}
        if why
        else _("Read it as it will be printed, then hand it for signing.")
    )
    pk = order.pk
    actions = (
        Action(_("Edit"), reverse("order-edit", args=[pk]), is_first=bool(why)),
        Action(_("Hand for signing"), reverse("order-hand", args=[pk]), is_post=True, is_first=not why, locked=why),
        Action(_("Discard the draft"), reverse("order-drop", args=[pk])),
    )
    return Custody(_("The order is with you."), f"{returned} {text}".strip(), actions)


def _handed(user: User, order: Order, _hindrance: str) -> Custody:
    since = date_format(localtime(order.handed_at), "j E") if order.handed_at else ""
    pk = order.pk
    if may(user, Verb.SIGN, order):
        text = _("It came on %(day)s. Sign the paper, then note the date here; nothing is in force by that yet.")
        return Custody(
            _("The order waits for your signature."),
            text % {"day": since},
            (
                Action(_("Signed"), reverse("order-sign", args=[pk]), is_first=True),
                Action(_("Return for revision"), reverse("order-return", args=[pk])),
            ),
        )
    lead = _("The order has been with the signatory since %(day)s.") % {"day": since}
    if may(user, Verb.TAKE_BACK, order):
        text = _("It can be changed once he returns it or you take it back.")
        return Custody(lead, text, (Action(_("Take back"), reverse("order-take-back", args=[pk]), is_post=True),))
    return Custody(lead, _("It is not an act yet."))


def _signed(user: User, order: Order, _hindrance: str) -> Custody:
    day = date_format(order.signed_on, "j E Y") if order.signed_on else ""
    lead = _("Signed on %(day)s, not registered yet.") % {"day": day}
    pk = order.pk
    if may(user, Verb.REGISTER, order):
        text = _("Enter its number and attach the scan or the signature: only then it is in force.")
        return Custody(lead, text, (Action(_("Register it"), reverse("order-register", args=[pk]), is_first=True),))
    text = _("The coordinator enters its number; until then nothing follows from it.")
    if may(user, Verb.RETURN, order):
        return Custody(lead, text, (Action(_("Return for revision"), reverse("order-return", args=[pk])),))
    return Custody(lead, text)


def _registered(user: User, order: Order, _hindrance: str) -> Custody:
    if order.succeeded_by is not None and order.succeeded_by.kind == OrderKind.REPEAL:
        text = _("It was repealed by order %(order)s.") % {"order": order.succeeded_by}
        return Custody(_("The order has lost its force."), text)
    if order.succeeded_by is not None:
        text = _("What it approved has been replaced by order %(order)s.") % {"order": order.succeeded_by}
        return Custody(_("The order has been followed by another one."), text)
    return Custody(_("The order is in force."), _("Nobody can change this text; changes come with another order."))

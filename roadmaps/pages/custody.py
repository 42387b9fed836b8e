"""Who holds a plan, what hinders it, what the reader may do: one sentence and one row of buttons."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from organizations.access import Verb
from organizations.models import User
from roadmaps.choices import EditionState
from roadmaps.models import Edition
from roadmaps.pages.access import may, organizations_of
from roadmaps.pages.wording import stamp_word


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
    """The lead («The plan is with you.»), what follows it, and the buttons."""

    lead: str
    text: str
    actions: tuple[Action, ...] = ()


@dataclass(frozen=True, slots=True)
class Stamp:
    """The approval stamp: its word, and whether the line is dashed, as for everything not in force."""

    word: str
    is_draft: bool


def stamp(edition: Edition, newest: Edition | None) -> Stamp:
    """Give the stamp of an edition; `newest` is the one in force, if any."""
    in_force = edition.state == EditionState.APPROVED
    superseded = bool(in_force and (edition.repealed_by_id or (newest and newest.pk != edition.pk)))
    return Stamp(stamp_word(edition.state, edition.title or "", is_superseded=superseded), not in_force or superseded)


def custody(user: User, edition: Edition, draft: Edition | None, newest: Edition | None, errors: int) -> Custody:
    """Say who holds the plan and what this account may do with the edition that it looks at."""
    if edition.state == EditionState.APPROVED:
        return _in_force(user, edition, draft, newest)
    if edition.state == EditionState.SUBMITTED:
        return _submitted(user, edition)
    return _in_work(user, edition, errors, is_untouched=newest is not None and edition.changed_at == edition.opened_at)


def _in_work(user: User, edition: Edition, errors: int, *, is_untouched: bool) -> Custody:
    """Say what hinders a draft; one that still says what is in force is to be edited before it is sent."""
    pk = edition.roadmap_id
    returned = edition.state == EditionState.RETURNED
    reason = _("The signatory returned it: “%(reason)s”.") % {"reason": edition.remark} if returned else ""
    if not may(user, Verb.EDIT, edition):
        lead = _("The plan is with the coordinator.")
        return Custody(lead, f"{reason} {_('It is being prepared; you can read it.')}".strip())
    if errors:
        hindrance = ngettext(
            "%(count)s error hinders sending: mend it or give a reason.",
            "%(count)s errors hinder sending: mend them or give reasons.",
            errors,
        ) % {"count": errors}
        why = ngettext(
            "First mend %(count)s error or give a reason", "First mend %(count)s errors or give reasons", errors
        ) % {"count": errors}
    elif is_untouched:
        hindrance, why = _("It still says what is in force: change what is to change, then send it."), ""
    else:
        hindrance, why = _("Nothing hinders sending it to the signatory."), ""
    edits_first = bool(errors) or is_untouched
    actions = (
        Action(_("Edit"), reverse("plan-edit", args=[pk]), is_first=edits_first),
        Action(
            _("Send for approval"),
            reverse("plan-submit", args=[pk]),
            is_post=True,
            is_first=not edits_first,
            locked=why,
        ),
        Action(_("Discard the draft"), reverse("plan-discard", args=[pk])),
    )
    return Custody(_("The plan is with you."), f"{reason} {hindrance}".strip(), actions)


def _submitted(user: User, edition: Edition) -> Custody:
    pk = edition.roadmap_id
    since = date_format(localtime(edition.submitted_at), "j E") if edition.submitted_at else ""
    order = _order(user, edition)
    if may(user, Verb.RETURN, edition):
        text = _("It came on %(day)s. Read it; if something has to change, return it with a reason.") % {"day": since}
        back = Action(_("Return for revision"), reverse("plan-return", args=[pk]), is_first=not order)
        return Custody(_("The plan waits for you."), text, (*order, back))
    lead = _("The plan has been with the signatory since %(day)s.") % {"day": since}
    if may(user, Verb.TAKE_BACK, edition):
        text = _("It can be edited once he returns it or you take it back.")
        take = Action(_("Take back"), reverse("plan-take-back", args=[pk]), is_post=True)
        return Custody(lead, text, (*order, take))
    return Custody(lead, _("It is not in force yet."), order)


def _order(user: User, edition: Edition) -> tuple[Action, ...]:
    """Give the way to the order on a submitted plan: to prepare it, or to the one that is there."""
    if edition.prepared_order_id:
        if edition.roadmap.organization_id not in organizations_of(user):
            return ()
        return (Action(_("Open the order"), reverse("order", args=[edition.prepared_order_id]), is_first=True),)
    if not may(user, Verb.PREPARE, edition):
        return ()
    return (
        Action(_("Prepare the order"), reverse("plan-order", args=[edition.roadmap_id]), is_post=True, is_first=True),
    )


def _in_force(user: User, edition: Edition, draft: Edition | None, newest: Edition | None) -> Custody:
    pk = edition.roadmap_id
    if edition.repealed_by is not None and newest is None:
        return _repealed(user, edition, draft)
    if newest is not None and newest.pk != edition.pk:
        lead = _("This edition is no longer in force.")
        text = _("Edition %(number)s is in force now.") % {"number": newest.number}
        return Custody(lead, text, (Action(_("Open the edition in force"), newest.get_absolute_url(), is_first=True),))
    lead = _("The plan is in force.")
    if not may(user, Verb.OPEN_EDITION, edition):
        return Custody(lead, _("Nobody can change this text; changes come with a new edition."))
    up = _send_up(edition)
    if draft is not None:
        text = _("A new edition is being prepared.")
        return Custody(lead, text, (Action(_("Open the draft"), reverse("plan", args=[pk]), is_first=True), *up))
    text = _("To change it, open a new edition: this one stays as it is until the new one is in force.")
    new = Action(_("Open a new edition"), reverse("plan-open", args=[pk]), is_post=True, is_first=True)
    return Custody(lead, text, (new, *up))


def _repealed(user: User, edition: Edition, draft: Edition | None) -> Custody:
    """Say that no edition is in force; the plan can be begun anew, with an order of its own."""
    lead = _("The plan has lost its force by order %(order)s.") % {"order": edition.repealed_by}
    if not may(user, Verb.OPEN_EDITION, edition):
        return Custody(lead, _("No edition of it is in force; what held stays readable."))
    pk = edition.roadmap_id
    if draft is not None:
        text = _("A new edition is being prepared.")
        return Custody(lead, text, (Action(_("Open the draft"), reverse("plan", args=[pk]), is_first=True),))
    anew = Action(_("Begin the plan anew"), reverse("plan-reopen", args=[pk]), is_post=True)
    return Custody(lead, _("No edition of it is in force; what held stays readable."), (anew,))


def _send_up(edition: Edition) -> tuple[Action, ...]:
    """Give the way to the bodies above, where there are any."""
    if edition.roadmap.organization.parent_id is None or edition.order_id is None:
        return ()
    return (Action(_("Send up"), reverse("plan-send-up", args=[edition.roadmap_id])),)

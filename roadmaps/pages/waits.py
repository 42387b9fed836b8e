"""What waits because of orders and of other bodies: signatures, numbers, things to send and to receive, questions."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Min, Q, QuerySet
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from documents.choices import OrderState
from documents.models import Order, Submission
from organizations.models import Organization, User
from roadmaps.choices import EditionState
from roadmaps.models import Edition, Proposal
from roadmaps.pages.proposals import waiting_words
from roadmaps.pages.wishes import wishes_words

SHOWN = 10


@dataclass(frozen=True, slots=True)
class Wait:
    """One thing that waits: the fact, what is known of it, since when, the step."""

    lead: str
    text: str
    url: str
    step: str
    since: dt.datetime | None = None
    second_url: str = ""
    second_step: str = ""


def to_sign(user: User, organization: Organization) -> list[Wait]:
    """List the orders that wait for a signature."""
    return [
        Wait(
            _("An order waits for your signature."),
            order.title,
            order.get_absolute_url(),
            _("Read it"),
            order.handed_at,
        )
        for order in _orders(user, organization, OrderState.HANDED).order_by("handed_at", "pk")[:SHOWN]
    ]


def to_register(user: User, organization: Organization) -> list[Wait]:
    """List what the coordinator has to do with orders: mend what came back, enter numbers."""
    signed = [
        Wait(
            _("An order is signed: enter its number."),
            order.title,
            reverse("order-register", args=[order.pk]),
            _("Register it"),
            order.signed_at,
        )
        for order in _orders(user, organization, OrderState.SIGNED).order_by("signed_at", "pk")[:SHOWN]
    ]
    drafts = _orders(user, organization, OrderState.DRAFT).order_by("changed_at", "pk")[:SHOWN]
    return signed + [_in_work(order) for order in drafts]


def _in_work(order: Order) -> Wait:
    if order.remark:
        lead = _("An order came back.")
        text = _("%(title)s. Reason: “%(reason)s”.") % {"title": order.title, "reason": order.remark}
    else:
        lead, text = _("An order is being prepared: read it and hand it over for signature."), order.title
    return Wait(lead, text, order.get_absolute_url(), _("Open"), order.changed_at)


def to_prepare(user: User, organization: Organization) -> list[Wait]:
    """List the plans that were sent for approval while nobody has prepared the order that approves them."""
    bare = Edition.objects.visible_to(user).filter(
        roadmap__organization=organization, state=EditionState.SUBMITTED, prepared_order=None
    )
    return [
        Wait(
            _("A plan is sent for approval and has no order yet."),
            edition.title,
            edition.get_absolute_url(),
            _("Open"),
            edition.submitted_at,
        )
        for edition in bare.with_title().order_by("submitted_at", "pk")[:SHOWN]
    ]


def to_send(user: User, organization: Organization, today: dt.date) -> list[Wait]:
    """List what other bodies ask this one for, the most urgent first."""
    rows = Submission.objects.visible_to(user).filter(organization=organization).waiting_for_sender()
    found = []
    for row in rows.select_related("recipient").order_by("due", "pk")[:SHOWN]:
        if row.state == "returned":
            lead = _("%(organization)s returned what you sent.") % {"organization": row.recipient}
        elif row.due is None:
            lead = _("%(organization)s asks you to send something.") % {"organization": row.recipient}
        elif row.is_late(today):
            days = (today - row.due).days
            lead = ngettext("%(days)s day late: send it.", "%(days)s days late: send it.", days) % {"days": days}
        else:
            lead = _("To be sent by %(day)s.") % {"day": date_format(row.due, "j E")}
        found.append(Wait(lead, row.title, row.get_absolute_url(), _("Look")))
    return found


def to_receive(user: User, organization: Organization) -> list[Wait]:
    """Say how much was sent to this body and waits for its receipt."""
    count = Submission.objects.visible_to(user).filter(recipient=organization).waiting_for_recipient().count()
    if not count:
        return []
    lead = ngettext("%(count)s thing was sent to you.", "%(count)s things were sent to you.", count) % {"count": count}
    return [Wait(lead, _("Note the receipt, or return it with remarks."), reverse("submissions"), _("Look"))]


def to_answer(organization: Organization) -> list[Wait]:
    """Say how many questions changes above ask of each plan, and how many wishes from below each has received."""
    above = Proposal.objects.open().from_above().filter(roadmap__organization=organization)
    below = Proposal.objects.open().from_below().filter(upper__roadmap__organization=organization)
    asked = above.values("roadmap").annotate(
        n=Count("pk"), sharp=Count("pk", filter=~Q(conflict="")), at=Min("made_at")
    )
    wished = below.values("upper__roadmap").annotate(n=Count("pk"), at=Min("made_at"))
    questions: list[Any] = list(asked.order_by("at"))
    wishes: list[Any] = list(wished.order_by("at"))
    if not questions and not wishes:
        return []
    plans = {one["roadmap"] for one in questions} | {one["upper__roadmap"] for one in wishes}
    titles = {one.roadmap_id: one.title for one in Edition.objects.in_force().filter(roadmap__in=plans).with_title()}
    found = [
        Wait(
            f"{wishes_words(one['n'])}.",
            titles.get(one["upper__roadmap"], ""),
            f"{reverse('plan-proposals', args=[one['upper__roadmap']])}#wishes",
            pgettext("verb", "Answer"),
            one["at"],
        )
        for one in wishes
    ]
    return [_asked(one, titles) for one in questions] + found


def _asked(one: dict[str, Any], titles: dict[int, str]) -> Wait:
    text = titles.get(one["roadmap"], "")
    if one["sharp"]:
        count = one["sharp"]
        text += ". " + ngettext(
            "%(count)s date contradicts the plan above.", "%(count)s dates contradict the plan above.", count
        ) % {"count": count}
    url = reverse("plan-proposals", args=[one["roadmap"]])
    return Wait(f"{waiting_words(one['n'])}.", text, url, pgettext("verb", "Answer"), one["at"])


def _orders(user: User, organization: Organization, state: OrderState) -> QuerySet[Order]:
    return Order.objects.visible_to(user).filter(organization=organization, state=state)

"""Telling those below that an edition is in force: one notice a body and plan, by what concerns it most."""

import datetime as dt
from collections import Counter

from django.urls import reverse

from organizations import access
from organizations.choices import OrganizationKind
from reminders import notices
from roadmaps.consequences import Consequences
from roadmaps.models import CarriedQuestion, Edition, Lineage, Roadmap

Plans = dict[int, int]
"""Organizations by the key of their plan."""


def tell_those_below(edition: Edition, found: Consequences, title: str, now: dt.datetime) -> None:
    """
    Tell coordinators what an edition that has just been put in force means for their plan.

    It moved rows or asks something; a plan carried from last year waits for it; a plan could follow it and does not
    yet. The other bodies directly below (beside an institute) are told that there is something to follow.
    """
    owner = edition.roadmap.organization
    beside = owner.parent_id if owner.kind == OrganizationKind.INSTITUTE else owner.pk
    moved, asked = Counter(move.roadmap for move in found.moves), Counter(offer.roadmap for offer in found.offers)
    concerned = {pk: found.plans[pk].organization for pk in sorted({*moved, *asked})}
    asking = {pk: organization for pk, organization in concerned.items() if asked[pk]}
    carried = _less(_carried_plans(edition), concerned)
    joining = _less(_plans_to_join(edition, beside), {**concerned, **carried})
    coordinators = access.coordinators_of_each(
        {*concerned.values(), *carried.values(), *joining.values()}, below=beside
    )
    facts = {"plan": title, "organization": owner.short_name}
    # The same words to many: one object of facts for each pair of counts, one look-up of each address for all.
    said = {
        pair: {**facts, "moved": pair[0], "asked": pair[1]} for pair in {(moved[pk], asked[pk]) for pk in concerned}
    }
    messages = []
    for kind, plans, name in (
        ("consequences", asking, "plan-proposals"),
        ("consequences", _less(concerned, asking), "plan"),
        ("carried-links-ready", carried, "plan-carried"),
        ("links-to-find", joining, "plan-join"),
    ):
        before, after = reverse(name, args=[0]).split("0")
        messages += [
            notices.Message(
                user, organization, kind, said.get((moved[plan], asked[plan]), facts), f"{before}{plan}{after}",
                f"in-force-{edition.pk}-{plan}",
            )
            for plan, organization in plans.items()
            for user in coordinators.get(organization, ())
        ]  # fmt: skip
    others = coordinators.keys() - {*concerned.values(), *carried.values(), *joining.values(), owner.pk}
    messages += [
        notices.Message(
            user, organization, "upper-in-force", facts, edition.roadmap.get_absolute_url(), f"in-force-{edition.pk}"
        )
        for organization in sorted(others)
        for user in coordinators[organization]
    ]
    notices.tell_each(messages, now=now)


def _less(plans: Plans, known: Plans) -> Plans:
    return {plan: organization for plan, organization in plans.items() if plan not in known}


def _carried_plans(edition: Edition) -> Plans:
    """Find the plans carried from the period before whose links wait for this one to be in force for the first time."""
    before = edition.roadmap.carried_from_id
    if before is None or edition.number != 1:
        return {}
    waiting = CarriedQuestion.objects.filter(upper__roadmap=before, settled_at=None).values("roadmap")
    return dict(Roadmap.objects.filter(pk__in=waiting).order_by("pk").values_list("pk", "organization"))


def _plans_to_join(edition: Edition, beside: int | None) -> Plans:
    """
    Find the plans directly below of the same programme and days that do not follow this one yet, but could.

    Nothing is compared here: the page that the notice opens does that.
    """
    upper = edition.roadmap
    plans = Roadmap.objects.filter(
        programme=upper.programme_id,
        organization__parent=beside,
        period_start__lte=upper.period_end,
        period_end__gte=upper.period_start,
    ).exclude(pk__in=Lineage.objects.filter(upper=upper).values("lower"))
    if upper.organization.kind == OrganizationKind.INSTITUTE:
        plans = plans.exclude(organization__kind=OrganizationKind.INSTITUTE)  # they stand side by side
    return dict(plans.exclude(pk=upper.pk).order_by("pk").values_list("pk", "organization"))

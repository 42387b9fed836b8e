"""Links to upper rows, what is not applicable, and why a finding stands."""

import datetime as dt
from typing import Any

from organizations import journal
from organizations.models import Organization, User
from roadmaps.choices import CURRENT, DRAFT, LinkKind, Rule
from roadmaps.models import Commitment, Deliverable, Edition, Explanation, Lineage, Link, Roadmap, Waiver
from roadmaps.operations.cells import link_values
from roadmaps.operations.dates import refresh
from roadmaps.operations.problems import NotAbove, ReasonNeeded
from roadmaps.operations.versions import drop, own_version, put, writing


def link(
    *,
    roadmap: int,
    lower: int,
    upper: int,
    kind: LinkKind,
    rule: Rule = Rule.OWN,
    days: int = 0,
    working: bool = False,
    lead_days: int = 0,
    by: User | None,
    now: dt.datetime,
    reason: str = "",
) -> Link:
    """
    Let a row of the draft follow an upper row in force, or change how it does.

    :raises NotAbove: if the upper row is not in force, or its owner does not stand above
    """
    values = {"kind": kind, "rule": rule, "days": days, "working": working, "lead_days": lead_days}
    with writing(roadmap, now=now) as edition:
        return tie(edition, lower=lower, upper=upper, values=values, by=by, now=now, reason=reason)


def tie(
    edition: Edition,
    *,
    lower: int,
    upper: int,
    values: dict[str, Any],
    by: User | None,
    now: dt.datetime,
    reason: str = "",
) -> Link:
    """
    Let a row of a draft that the caller holds follow an upper row, by the values of a link; dates follow at once.

    :raises NotAbove: if the upper row is not in force, or its owner does not stand above
    """
    known = Link.objects.at(DRAFT).filter(lower=lower, upper=upper).first()
    before = link_values(known) if known else None
    made = set_link(edition, lower=lower, upper=upper, **values)
    refresh([lower])
    _tell(edition, "row-linked", lower, by, now, before=before, after={"upper": upper, **values}, reason=reason)
    return made


def set_link(edition: Edition, *, lower: int, upper: int, **values: Any) -> Link:
    """Write a link in a draft that the caller holds; the caller refreshes the dates."""
    above = (
        Commitment.objects.filter(pk=upper, versions__in=Deliverable.objects.at(CURRENT))
        .select_related("roadmap__organization")
        .first()
    )
    if above is None or not stands_above(above.roadmap, edition.roadmap):
        raise NotAbove
    Lineage.objects.get_or_create(lower=edition.roadmap, upper=above.roadmap)
    values = _only_what_the_rule_knows(values)
    made = put(Link, values={"roadmap_id": edition.roadmap_id, **values}, lower_id=lower, upper_id=upper)
    # A link belongs to its row: without a draft version of its own the row would not be refreshed as a draft.
    own_version(Deliverable, changes={}, commitment=lower, roadmap=edition.roadmap_id)
    return made


def _only_what_the_rule_knows(values: dict[str, Any]) -> dict[str, Any]:
    if values.get("rule") != Rule.SHIFTED:
        values = values | {"days": 0, "working": False}
    if values.get("kind") != LinkKind.FEEDS:
        values = values | {"lead_days": 0}
    return values


def stands_above(upper: Roadmap, lower: Roadmap) -> bool:
    """Tell whether a roadmap's owner stands strictly above another's, or is an institute of a body above it."""
    if upper.organization_id == lower.organization_id:
        return False
    above = set(Organization.objects.above(lower.organization_id).values_list("pk", flat=True)) - {
        lower.organization_id
    }
    owner = upper.organization
    return owner.pk in above or (owner.kind == "institute" and owner.parent_id in above)


def follow(*, roadmap: int, upper: Roadmap, by: User | None, now: dt.datetime) -> None:
    """
    Let a plan follow one more plan in force above; its rows are linked afterwards, one by one.

    :raises NotAbove: if it is not in force, or its owner does not stand above
    """
    with writing(roadmap, now=now) as edition:
        in_force = Edition.objects.in_force().filter(roadmap=upper).exists()
        if not in_force or not stands_above(upper, edition.roadmap):
            raise NotAbove
        _, is_new = Lineage.objects.get_or_create(lower=edition.roadmap, upper=upper)
        if is_new:
            journal.record(
                operation="plan-follows",
                subject_kind="roadmap",
                subject_id=roadmap,
                organization=edition.roadmap.organization_id,
                by=by,
                now=now,
                after={"upper": upper.pk},
            )


def unlink(*, roadmap: int, lower: int, upper: int, by: User | None, now: dt.datetime, reason: str = "") -> None:
    """Cut a row off an upper one; its own phrase holds again unless another link gives a date."""
    with writing(roadmap, now=now) as edition:
        untie(edition, lower=lower, upper=upper, by=by, now=now, reason=reason)


def untie(edition: Edition, *, lower: int, upper: int, by: User | None, now: dt.datetime, reason: str = "") -> None:
    """Cut a row of a draft that the caller holds off an upper one."""
    known = Link.objects.at(DRAFT).filter(lower=lower, upper=upper).first()
    before = link_values(known) if known else {"upper": upper}
    drop(Link, lower=lower, upper=upper)
    own_version(Deliverable, changes={}, commitment=lower, roadmap=edition.roadmap_id)
    refresh([lower])
    _tell(edition, "row-unlinked", lower, by, now, before=before, reason=reason)


def waive(*, roadmap: int, upper: int, reason: str, by: User | None, now: dt.datetime) -> None:
    """
    Declare that an upper row does not apply to this organization.

    :raises ReasonNeeded: if no reason is given
    """
    with writing(roadmap, now=now) as edition:
        declare_foreign(edition, upper=upper, reason=reason, by=by, now=now)


def declare_foreign(edition: Edition, *, upper: int, reason: str, by: User | None, now: dt.datetime) -> None:
    """
    Declare in a draft that the caller holds that an upper row does not apply.

    :raises ReasonNeeded: if no reason is given
    """
    if not reason.strip():
        raise ReasonNeeded
    put(Waiver, values={"reason": reason.strip()}, roadmap_id=edition.roadmap_id, upper_id=upper)
    _tell_of_upper(edition, "row-waived", upper, by, now, reason=reason.strip())


def unwaive(*, roadmap: int, upper: int, by: User | None, now: dt.datetime) -> None:
    """Take the declaration back: the upper row obliges again."""
    with writing(roadmap, now=now) as edition:
        take_declaration_back(edition, upper=upper, by=by, now=now)


def take_declaration_back(edition: Edition, *, upper: int, by: User | None, now: dt.datetime) -> None:
    """Let an upper row oblige again, in a draft that the caller holds; the journal keeps the reason that stood."""
    standing = Waiver.objects.at(DRAFT).filter(roadmap=edition.roadmap_id, upper=upper)
    reason = standing.values_list("reason", flat=True).first() or ""
    drop(Waiver, roadmap=edition.roadmap_id, upper=upper)
    _tell_of_upper(edition, "row-unwaived", upper, by, now, before={"reason": reason})


def explain(
    *, roadmap: int, key: str, commitment: int | None, measure: str, reason: str, by: User | None, now: dt.datetime
) -> None:
    """
    Record why a finding stands; an error that is explained no longer blocks.

    :raises ReasonNeeded: if no reason is given
    """
    if not reason.strip():
        raise ReasonNeeded
    with writing(roadmap, now=now) as edition:
        give_reason(edition, key=key, commitment=commitment, measure=measure, reason=reason, by=by, now=now)


def give_reason(
    edition: Edition, *, key: str, commitment: int | None, measure: str, reason: str, by: User | None, now: dt.datetime
) -> None:
    """Record in a draft that the caller holds why a finding stands."""
    values = {"reason": reason.strip(), "measure": measure, "commitment_id": commitment}
    put(Explanation, values=values, roadmap_id=edition.roadmap_id, key=key)
    subject = ("commitment", commitment) if commitment else ("roadmap", edition.roadmap_id)
    journal.record(
        operation="finding-explained",
        subject_kind=subject[0],
        subject_id=subject[1],
        organization=edition.roadmap.organization_id,
        by=by,
        now=now,
        after={"finding": key, "measure": measure},
        reason=reason.strip(),
    )


def _tell_of_upper(
    edition: Edition, operation: str, upper: int, by: User | None, now: dt.datetime, **rest: Any
) -> None:
    """Record under the own plan: an entry under the row above would stand in the journal of the plan above."""
    journal.record(
        operation=operation,
        subject_kind="roadmap",
        subject_id=edition.roadmap_id,
        organization=edition.roadmap.organization_id,
        by=by,
        now=now,
        after={"upper": upper},
        **rest,
    )


def _tell(edition: Edition, operation: str, pk: int, by: User | None, now: dt.datetime, **rest: Any) -> None:
    journal.record(
        operation=operation,
        subject_kind="commitment",
        subject_id=pk,
        organization=edition.roadmap.organization_id,
        by=by,
        now=now,
        **rest,
    )

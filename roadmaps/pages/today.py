"""What waits for somebody today: decisions, the week's deadlines, the plans below."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.db.models import Case, IntegerField, Q, Value, When
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from deadlines.occurrences import occurrences
from deadlines.values import Kind
from documents.choices import OrderState
from organizations.access import Role
from organizations.choices import OrganizationKind
from organizations.context import Standpoint
from organizations.models import Organization, User
from organizations.querysets import ancestry, russian
from roadmaps import checks, joining, meeting
from roadmaps.choices import CURRENT, EditionState, ImportState
from roadmaps.models import Deliverable, Edition, Import, Lineage
from roadmaps.pages import waits
from roadmaps.pages.lists import state_words
from roadmaps.pages.notes import errors_words
from roadmaps.pages.rollover import ending
from roadmaps.pages.waits import Wait

WEEK = 7
CHECKED_DRAFTS = 5
UPPERS_SHOWN = 10
BELOW_SHOWN = 60
COMING_SHOWN = 5


def waits_for(user: User, standpoint: Standpoint, today: dt.date) -> list[Wait]:
    """List what waits for the reader in the organization for which she acts."""
    organization = standpoint.organization
    if organization is None:
        return []
    found: list[Wait] = []
    if standpoint.holds(Role.SIGNATORY):
        found += waits.to_sign(user, organization)
        found += _submitted(user, organization)
    if standpoint.is_coordinator:
        found += waits.to_register(user, organization)
        found += waits.to_prepare(user, organization)
        found += waits.to_answer(organization)
        found += waits.to_send(user, organization, today)
        found += waits.to_receive(user, organization)
        found += _imports(user, organization)
        found += _drafts(user, organization)
        found += _unfollowed(user, organization, today)
        found += ending(user, organization, today)
    return found


def _submitted(user: User, organization: Organization) -> list[Wait]:
    editions = Edition.objects.visible_to(user).filter(roadmap__organization=organization, state=EditionState.SUBMITTED)
    # With an order handed over, the order is what waits: the plan is its appendix.
    editions = editions.exclude(prepared_order__state__in=[OrderState.HANDED, OrderState.SIGNED])
    return [
        Wait(_("A plan waits for you."), edition.title, edition.get_absolute_url(), _("Read it"), edition.submitted_at)
        for edition in editions.with_title().order_by("submitted_at")
    ]


def _imports(user: User, organization: Organization) -> list[Wait]:
    steps = {ImportState.READY: _("Decide"), ImportState.FAILED: _("See why")}
    incoming = (
        Import.objects.visible_to(user)
        .filter(organization=organization, state__in=[ImportState.QUEUED, ImportState.READING, ImportState.READY])
        .select_related("file")
    )
    return [
        Wait(
            _("The file “%(name)s”.") % {"name": one.file.name},
            str(ImportState(one.state).label).capitalize(),
            one.get_absolute_url(),
            steps.get(ImportState(one.state), _("Look")),
            one.created_at,
        )
        for one in incoming
    ]


def _drafts(user: User, organization: Organization) -> list[Wait]:
    editions = (
        Edition.objects.visible_to(user)
        .filter(roadmap__organization=organization, state__in=[EditionState.DRAFT, EditionState.RETURNED])
        .for_page()
        .order_by("-changed_at")[:CHECKED_DRAFTS]
    )
    return [_draft(edition) for edition in editions]


def _draft(edition: Edition) -> Wait:
    errors = len(checks.open_errors(edition))
    hinders = (
        _("Sending is hindered by: %(errors)s.") % {"errors": errors_words(errors)}
        if errors
        else _("No errors: it can be sent for approval.")
    )
    if edition.state == EditionState.RETURNED:
        lead = _("The plan is returned for revision.")
        text = _("%(title)s. Reason: “%(reason)s”. %(hinders)s") % {
            "title": edition.title,
            "reason": edition.remark,
            "hinders": hinders,
        }
    else:
        lead = _("The plan is being prepared.")
        text = f"{edition.title}. {hinders}"
    return Wait(lead, text, edition.get_absolute_url(), _("Open"), edition.changed_at)


def _unfollowed(user: User, organization: Organization, today: dt.date) -> list[Wait]:
    """List plans in force above that no plan of the organization follows, and what to do about each."""
    followed = Lineage.objects.filter(lower__organization=organization).values("upper")
    above = ancestry([organization.pk])
    editions = (
        Edition.objects.visible_to(user)
        .in_force()
        .filter(
            Q(roadmap__organization__in=above)
            | Q(roadmap__organization__kind=OrganizationKind.INSTITUTE, roadmap__organization__parent__in=above),
            roadmap__period_end__gte=today,
        )
        .exclude(roadmap__organization=organization)
        .exclude(roadmap__in=followed)
        .for_page()
        .order_by("-approved_at")[:UPPERS_SHOWN]
    )
    own = {
        edition.roadmap.programme_id: edition
        for edition in Edition.objects.visible_to(user)
        .filter(roadmap__organization=organization, roadmap__period_end__gte=today)
        .select_related("roadmap__organization", "order")
        .order_by("number")
    }
    shown = list(editions)
    joined = [_joinable(edition, own[key]) for edition in shown if (key := edition.roadmap.programme_id) in own]
    return joined + _to_derive(organization, [one for one in shown if one.roadmap.programme_id not in own])


def _to_derive(organization: Organization, editions: list[Edition]) -> list[Wait]:
    """Say of each programme in which the organization has no plan yet from which plans it can derive one."""
    found, seen = [], set()
    for edition in editions:
        programme = edition.roadmap.programme
        if programme.pk in seen:
            continue
        seen.add(programme.pk)
        near = {upper.pk for upper in meeting.uppers_of(organization, programme, edition.roadmap.period)}
        nearest = sorted(
            [one for one in editions if one.roadmap_id in near] or [edition],
            key=lambda one: one.roadmap.organization.kind == OrganizationKind.INSTITUTE,
        )
        owners = ", ".join(one.roadmap.organization.short_name for one in nearest)
        chosen = urlencode({"organization": organization.pk, "upper": [one.roadmap_id for one in nearest]}, doseq=True)
        derive, adopt = (f"{reverse(name)}?{chosen}" for name in ("plan-derive", "plan-adopt"))
        is_school = organization.kind == OrganizationKind.SCHOOL
        found.append(
            Wait(
                _("There is no plan of yours yet: derive it from what is in force above (%(owners)s).")
                % {"owners": owners},
                "; ".join(one.title for one in nearest),
                adopt if is_school else derive,
                _("Take over unchanged") if is_school else _("Derive a plan"),
                nearest[0].approved_at,
                derive if is_school else reverse("import-new"),
                _("Choose rows") if is_school else _("Load a file"),
            )
        )
    return found


def _joinable(edition: Edition, mine: Edition) -> Wait:
    """Say that a plan above is in force which the own plan does not follow, and how many links are found."""
    owner = edition.roadmap.organization.short_name
    count = joining.count_for(mine, edition) if mine.state != EditionState.SUBMITTED else 0
    if count:
        found = ngettext("%(count)s link is found.", "%(count)s links are found.", count) % {"count": count}
        lead = _("%(owner)s has put a plan in force.") % {"owner": owner}
        url = reverse("plan-join", args=[mine.roadmap_id])
        return Wait(f"{lead} {found}", edition.title, url, _("Look at the links"), edition.approved_at)
    return Wait(
        _("%(owner)s has a plan in force that yours does not follow yet.") % {"owner": owner},
        edition.title,
        f"{reverse('plan-edit', args=[mine.roadmap_id])}#uppers" if mine.is_writable else edition.get_absolute_url(),
        _("Follow") if mine.is_writable else _("Look"),
        edition.approved_at,
    )


@dataclass(frozen=True, slots=True)
class Duty:
    """A row that is due on a day."""

    label: str
    text: str
    url: str
    note: str = ""


@dataclass(slots=True)
class Day:
    """A day of the diary."""

    day: dt.date
    is_today: bool
    after: str
    duties: list[Duty] = field(default_factory=list)


def diary_of(organization: Organization, today: dt.date) -> list[Day]:
    """
    Give the week's deadlines of the organization's plans in force, today always among them.

    After the week come the next days on which something is due, so that an empty week is not the end.
    """
    found: dict[dt.date, list[Duty]] = {}
    for due, duty in _due(organization, today):
        found.setdefault(due, []).append(duty)
    week = {today + dt.timedelta(days) for days in range(WEEK)}
    later = sorted(day for day in found if day not in week)[:COMING_SHOWN]
    shown = sorted({today} | (week & set(found)) | set(later[: max(0, COMING_SHOWN - len(week & set(found)))]))
    return [Day(day, day == today, _after(day, today), found.get(day, [])) for day in shown]


def _after(day: dt.date, today: dt.date) -> str:
    days = (day - today).days
    return ngettext("in %(days)s day", "in %(days)s days", days) % {"days": days} if days else _("today")


def _due(organization: Organization, today: dt.date) -> Iterable[tuple[dt.date, Duty]]:
    rows = (
        Deliverable.objects.at(CURRENT)
        .filter(roadmap__organization=organization, roadmap__period_end__gte=today)
        .exclude(kind__in=[Kind.UNKNOWN, Kind.BY_SCHEDULE, Kind.ON_REQUEST])
        .select_related("roadmap")
        .naming_activity(CURRENT, "number")
        .order_by("due", "pk")
    )
    for row in rows:
        for one in occurrences(row.deadline, row.roadmap.period):
            if one.due >= today:
                url = f"{reverse('plan', args=[row.roadmap_id])}#row-{row.commitment_id}"
                yield one.due, Duty(row.activity, row.text, url, row.deadline.phrase)


@dataclass(frozen=True, slots=True)
class Below:
    """An organization directly below, with the state of its plan."""

    organization: Organization
    state: str
    url: str
    is_missing: bool
    waits: bool


@dataclass(frozen=True, slots=True)
class BelowTable:
    """The bodies directly below, and how many have a plan in force."""

    lines: list[Below]
    words: str
    has_more: bool


def below_of(user: User, organization: Organization, today: dt.date) -> BelowTable | None:
    """Give the bodies below with their plans as far as they may be read; None where nobody stands below."""
    bodies = list(
        Organization.objects.open()
        .filter(
            parent=organization,
            kind__in=[OrganizationKind.MUNICIPALITY, OrganizationKind.DISTRICT, OrganizationKind.SCHOOL],
        )
        .annotate(
            school=Case(
                When(kind=OrganizationKind.SCHOOL, then=Value(1)), default=Value(0), output_field=IntegerField()
            )
        )
        .order_by("school", russian("short_name"), "pk")[: BELOW_SHOWN + 1]
    )
    if not bodies:
        return None
    editions: dict[int, Edition] = {}
    found = (
        Edition.objects.visible_to(user)
        .filter(roadmap__organization__in=bodies, roadmap__period_end__gte=today)
        .select_related("roadmap", "order")
        .order_by("number")
    )
    for edition in found:
        known = editions.get(edition.roadmap.organization_id)
        if known is None or known.state != EditionState.APPROVED or edition.state == EditionState.APPROVED:
            editions[edition.roadmap.organization_id] = edition
    waiting = {edition.roadmap.organization_id for edition in found if edition.state == EditionState.SUBMITTED}
    shown = bodies[:BELOW_SHOWN]
    lines = [_below(body, editions.get(body.pk), body.pk in waiting) for body in shown]
    in_force = sum(editions[body.pk].state == EditionState.APPROVED for body in shown if body.pk in editions)
    words = ngettext(
        "%(in_force)s of %(count)s has a plan in force", "%(in_force)s of %(count)s have a plan in force", len(shown)
    ) % {"in_force": in_force, "count": len(shown)}
    return BelowTable(lines, words, len(bodies) > BELOW_SHOWN)


def _below(organization: Organization, edition: Edition | None, waits: bool) -> Below:
    if edition is None:
        return Below(organization, _("no plan yet"), "", True, False)
    has_new = waits and edition.state == EditionState.APPROVED
    return Below(organization, state_words(edition), edition.get_absolute_url(), False, has_new)


def headline(waits: list[Wait]) -> str:
    """Say how much waits."""
    if not waits:
        return _("nothing waits for your decision")
    return ngettext("%(count)s question waits for you", "%(count)s questions wait for you", len(waits)) % {
        "count": len(waits)
    }

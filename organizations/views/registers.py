"""The index of the registers: what there is, how much of it, and who keeps it."""

from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from organizations import access
from organizations.choices import OrganizationKind
from organizations.context import standpoint_of
from organizations.models import (
    CalendarDay,
    Cluster,
    Invitation,
    Organization,
    Participant,
    Partner,
    Person,
    SpecialisedClass,
)
from organizations.views.pages import SignedInRequest


@dataclass(frozen=True, slots=True)
class Register:
    """One line of the index."""

    name: str
    url: str
    amount: str
    kept: bool


@login_required
@require_safe
def index(request: SignedInRequest) -> HttpResponse:
    """List the registers that the reader sees from where she stands."""
    user, mine = request.user, standpoint_of(request).organization
    keeps = mine is not None and access.allows(user, access.Verb.KEEP, mine)
    region = mine is not None and mine.kind == OrganizationKind.REGION and keeps
    registers = [
        Register(_("Organizations"), reverse("register-organizations"), _organizations(user), keeps),
        Register(_("People and positions"), reverse("register-people"), _people(user), keeps),
        Register(_("Clusters"), reverse("register-clusters"), _clusters(user), region),
        Register(_("Participants of the clusters"), reverse("register-participants"), _participants(user), region),
        Register(
            _("Specialised classes"),
            reverse("register-classes"),
            _classes(user),
            keeps and mine is not None and mine.kind == OrganizationKind.SCHOOL,
        ),
        Register(_("Partners and agreements"), reverse("register-partners"), _partners(user), keeps),
        Register(_("Days of the calendar"), reverse("register-calendar"), _days(user), region),
    ]
    own = []
    if mine is not None and access.allows(user, access.Verb.INVITE, mine):
        url = reverse("register-roles", args=[mine.pk])
        own.append(Register(_("Accounts, roles and invitations"), url, _accounts(mine), True))
    if mine is not None and access.allows(user, access.Verb.READ, mine):
        own.append(Register(_("Journal"), reverse("register-journal", args=[mine.pk]), "", False))
    context = {"registers": registers, "own": own, "organization": mine}
    return render(request, "organizations/registers.html", context)


def _organizations(user: access.User) -> str:
    rows = Organization.objects.registers_visible_to(user).open().order_by().values("kind").annotate(n=Count("pk"))
    counts = {row["kind"]: row["n"] for row in rows}
    words = [
        ngettext("%(n)d institute", "%(n)d institutes", n) % {"n": n}
        for n in [counts.get(OrganizationKind.INSTITUTE, 0)]
        if n
    ]
    words += [
        ngettext("%(n)d municipality", "%(n)d municipalities", n) % {"n": n}
        for n in [counts.get(OrganizationKind.MUNICIPALITY, 0)]
        if n
    ]
    words += [
        ngettext("%(n)d school", "%(n)d schools", n) % {"n": n} for n in [counts.get(OrganizationKind.SCHOOL, 0)] if n
    ]
    return ", ".join(words)


def _people(user: access.User) -> str:
    n = Person.objects.visible_to(user).count()
    return ngettext("%(n)d person", "%(n)d people", n) % {"n": n}


def _clusters(user: access.User) -> str:
    n = Cluster.objects.visible_to(user).filter(is_open=True).count()
    return ngettext("%(n)d cluster", "%(n)d clusters", n) % {"n": n}


def _participants(user: access.User) -> str:
    rows = Participant.objects.visible_to(user).aggregate(schools=Count("organization", distinct=True))
    n = rows["schools"]
    return ngettext("%(n)d school takes part", "%(n)d schools take part", n) % {"n": n}


def _classes(user: access.User) -> str:
    n = SpecialisedClass.objects.visible_to(user).filter(closed_on=None).count()
    return ngettext("%(n)d class", "%(n)d classes", n) % {"n": n}


def _partners(user: access.User) -> str:
    partners = Partner.objects.visible_to(user)
    n, over = partners.count(), partners.filter(valid_until__lt=timezone.localdate()).count()
    said = ngettext("%(n)d partner", "%(n)d partners", n) % {"n": n}
    if over:
        said += ", " + ngettext("%(n)d agreement has run out", "%(n)d agreements have run out", over) % {"n": over}
    return said


def _days(user: access.User) -> str:
    n = CalendarDay.objects.visible_to(user).count()
    return ngettext("%(n)d day unlike the federal calendar", "%(n)d days unlike the federal calendar", n) % {"n": n}


def _accounts(mine: Organization) -> str:
    n = access.accounts_of(mine).count()
    said = ngettext("%(n)d account", "%(n)d accounts", n) % {"n": n}
    waiting = Invitation.objects.waiting().filter(organization=mine).count()
    if waiting:
        said += ", " + ngettext("%(n)d invitation waits", "%(n)d invitations wait", waiting) % {"n": waiting}
    return said

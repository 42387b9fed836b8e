"""The tree of organizations, the card of one, and what changes it."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.contrib.auth.decorators import login_required
from django.db.models import Count, Exists, OuterRef
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from organizations import access, deeds, forms
from organizations.choices import KINDS_BELOW, OrganizationKind
from organizations.models import Entry, Organization, Participant, Partner, Position, SpecialisedClass, User
from organizations.operations import organizations as operations
from organizations.querysets import OrganizationQuerySet
from organizations.views.pages import SignedInRequest, answer, deed, page_of, saved

LONG_TREE = 700


@dataclass(slots=True)
class Branch:
    """An organization and what stands below it, as far as the reader sees it."""

    organization: Organization
    branches: list["Branch"] = field(default_factory=list)


def grow(organizations: list[Organization]) -> list[Branch]:
    """Make a tree of organizations; one whose parent is not among them is a root."""
    branches = {organization.pk: Branch(organization) for organization in organizations}
    roots: list[Branch] = []
    for organization in organizations:
        parent = branches.get(organization.parent_id)
        (parent.branches if parent else roots).append(branches[organization.pk])
    return roots


def visible(user: User) -> OrganizationQuerySet:
    """Give the organizations that the reader sees, each with the mark whether somebody coordinates it here."""
    return (
        Organization.objects.visible_to(user)
        .select_related("parent")
        .annotate(in_portal=Exists(access.coordinators_of(OuterRef("pk"))))
        .in_order()
    )


@login_required
@require_safe
def tree(request: SignedInRequest) -> HttpResponse:
    """Show the whole tree, or the list of what the address asks for."""
    asked = forms.OrganizationFilter(request.GET, user=request.user)
    found = asked.narrow(visible(request.user), request.user)
    total = found.count()
    context: dict[str, object] = {"filter": asked, "total": total}
    if asked.asked or total > LONG_TREE:
        context["page"] = page_of(request, found)
    else:
        context["branches"] = grow(list(found))
    mine = Organization.objects.kept_by(request.user).open().exclude(kind__in=[OrganizationKind.SCHOOL, "institute"])
    context["places"] = list(mine.in_order()[:6])
    return render(request, "organizations/organizations.html", context)


@login_required
@require_safe
def card(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show one organization: to everyone who sees it its head and coordinators, to its readers all registers."""
    user = request.user
    organization = get_object_or_404(Organization.objects.visible_to(user).select_related("parent", "successor"), pk=pk)
    today = timezone.localdate()
    seen = Organization.objects.visible_to(user)
    positions = Position.objects.filter(organization=organization).held(today).select_related("person__user")
    context = {
        "organization": organization,
        "lineage": ancestors(organization),
        "heads": [position for position in positions if position.is_head],
        "coordinators": access.holders(organization, access.Role.COORDINATOR),
        "reads": access.allows(user, access.Verb.READ, organization),
        "invites": access.may_invite(user, organization),
        "keeps": access.may_keep(user, organization),
        "for_other": access.may_keep(user, organization) and not access.allows(user, access.Verb.KEEP, organization),
        "keeps_place": may_keep_place(user, organization),
        "takes_below": bool(KINDS_BELOW[OrganizationKind(organization.kind)]),
        "predecessors": seen.filter(successor=organization).in_order(),
        "kinds_below": kinds_below(organization, user),
        "today": today,
    }
    if context["reads"]:
        context |= {
            "positions": positions,
            "participations": Participant.objects.filter(organization=organization).select_related("cluster"),
            "classes": SpecialisedClass.objects.filter(organization=organization).select_related("cluster"),
            "partners": Partner.objects.filter(organization=organization),
        }
    return render(request, "organizations/organization.html", context)


def ancestors(organization: Organization) -> list[Organization]:
    """Give the bodies above an organization, the uppermost first."""
    rows = {row.pk: row for row in Organization.objects.above(organization.pk)}
    path: list[Organization] = []
    parent = rows.get(organization.parent_id)
    while parent is not None:
        path.insert(0, parent)
        parent = rows.get(parent.parent_id)
    return path


def kinds_below(organization: Organization, user: User) -> list[tuple[str, str, int]]:
    """Count what stands directly below, by kind, as far as the reader sees it."""
    rows = (
        Organization.objects.visible_to(user)
        .open()
        .filter(parent=organization)
        .order_by()
        .values("kind")
        .annotate(n=Count("pk"))
    )
    counts: dict[str, int] = defaultdict(int, {row["kind"]: row["n"] for row in rows})
    return [(kind.value, str(kind.label), counts[kind]) for kind in OrganizationKind if counts[kind]]


def keeper_of_place(organization: Organization) -> Organization:
    """Give the body that keeps an organization's place and name: the one above, or itself at the top."""
    return organization.parent or organization


def may_keep_place(user: User, organization: Organization) -> bool:
    """Tell whether the account may rename, close or merge the organization."""
    return access.may_keep(user, keeper_of_place(organization))


def _placed(user: User, pk: int) -> tuple[Organization, bool]:
    organization = get_object_or_404(Organization.objects.visible_to(user).select_related("parent"), pk=pk)
    return organization, access.require_keeping(user, keeper_of_place(organization))


@login_required
@require_http_methods(["GET", "POST"])
def add(request: SignedInRequest, pk: int) -> HttpResponse:
    """Put a new organization below this one."""
    parent = get_object_or_404(Organization.objects.visible_to(request.user), pk=pk)
    for_other = access.require_keeping(request.user, parent)
    if not KINDS_BELOW[OrganizationKind(parent.kind)]:
        raise Http404
    form = forms.OrganizationForm(request.POST or None, parent=parent)
    return answer(
        request,
        form,
        title=_("New organization below %(parent)s") % {"parent": parent},
        save=lambda: operations.add_below(
            parent, values=form.values(), by=request.user, now=timezone.now(), for_other=for_other
        ),
        back=reverse("register-organization", args=[parent.pk]),
        done=_("Added below %(parent)s.") % {"parent": parent},
        organization=parent,
        for_other=for_other,
    )


@login_required
@require_http_methods(["GET", "POST"])
def edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Change the card: place, addresses, time, what is public."""
    organization = get_object_or_404(Organization.objects.visible_to(request.user), pk=pk)
    for_other = access.require_keeping(request.user, organization)
    form = forms.CardForm(request.POST or None, instance=organization)
    return answer(
        request,
        form,
        title=_("Card of %(organization)s") % {"organization": organization},
        save=lambda: operations.change_card(
            organization, values=form.values(), by=request.user, now=timezone.now(), for_other=for_other
        ),
        back=reverse("register-organization", args=[pk]),
        done=saved(),
        organization=organization,
        for_other=for_other,
    )


@login_required
@require_http_methods(["GET", "POST"])
def rename(request: SignedInRequest, pk: int) -> HttpResponse:
    """Give the organization new names."""
    organization, for_other = _placed(request.user, pk)
    title = _("Names of %(organization)s") % {"organization": organization}
    form = forms.NameForm(request.POST or None, instance=organization)
    return answer(
        request,
        form,
        title=title,
        save=lambda: operations.rename(
            organization,
            values=form.values("reason"),
            reason=form.cleaned_data["reason"],
            by=request.user,
            now=timezone.now(),
            for_other=for_other,
        ),
        back=reverse("register-organization", args=[pk]),
        done=_("Renamed. Old orders and plans keep the old name."),
        organization=organization,
        for_other=for_other,
    )


@login_required
@require_http_methods(["GET", "POST"])
def close(request: SignedInRequest, pk: int) -> HttpResponse:
    """Close the organization, or merge it into another."""
    organization, for_other = _placed(request.user, pk)
    others = (
        Organization.objects.visible_to(request.user)
        .open()
        .filter(kind=organization.kind, parent=organization.parent_id)
        .exclude(pk=pk)
        .in_order()
    )
    form = forms.ClosingForm(request.POST or None, successors=others)

    def save() -> None:
        deed_of = {
            "on": form.cleaned_data["closed_on"],
            "reason": form.cleaned_data["reason"],
            "by": request.user,
            "now": timezone.now(),
            "for_other": for_other,
        }
        if successor := form.cleaned_data["successor"]:
            operations.merge(organization, into=successor, **deed_of)
        else:
            operations.close(organization, **deed_of)

    return answer(
        request,
        form,
        title=_("Close %(organization)s") % {"organization": organization},
        save=save,
        back=reverse("register-organization", args=[pk]),
        done=_("Closed. Old orders and plans still name it; it can be opened again."),
        organization=organization,
        for_other=for_other,
        button=_("Close the organization"),
    )


@login_required
@require_POST
def reopen(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take a closing back."""
    organization, for_other = _placed(request.user, pk)
    return deed(
        request,
        lambda: operations.reopen(organization, by=request.user, now=timezone.now(), for_other=for_other),
        back=reverse("register-organization", args=[pk]),
        done=_("%(organization)s is open again.") % {"organization": organization},
    )


@login_required
@require_safe
def journal(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show who did what to the registers of an organization; plans have their journal on their own pages."""
    organization = get_object_or_404(Organization.objects.registers_visible_to(request.user), pk=pk)
    entries = (
        Entry.objects.visible_to(request.user)
        .of_registers()
        .filter(organization=organization)
        .select_related("by__person")
    )
    page = page_of(request, entries)
    context = {"organization": organization, "page": page, "lines": [deeds.line(entry) for entry in page]}
    return render(request, "organizations/journal.html", context)

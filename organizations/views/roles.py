"""Who holds which role in an organization; inviting, granting, withdrawing."""

from collections import defaultdict
from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from organizations import access, forms
from organizations.models import Invitation, Organization, Person, User
from organizations.operations import invitations, refusals
from organizations.operations import roles as operations
from organizations.operations.refusals import Refusal
from organizations.views.pages import SignedInRequest, deed


def _inviting(user: User, pk: int) -> Organization:
    organization = get_object_or_404(Organization.objects.visible_to(user), pk=pk)
    access.require_inviting(user, organization)
    return organization


@login_required
@require_http_methods(["GET", "POST"])
def index(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show accounts, roles and open invitations of an organization; POST invites."""
    organization = _inviting(request.user, pk)
    people = Person.objects.filter(positions__organization=organization, user=None).distinct().in_order()
    form = forms.InviteForm(request.POST or None, people=people)
    sent = None
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        try:
            invitation, secret = invitations.invite(
                organization,
                role=asked["role"],
                email=asked["email"],
                person=asked["person"],
                by=request.user,
                now=timezone.now(),
            )
        except Refusal as problem:
            form.refuse(problem)
        else:
            sent = _deliver(invitation, secret)
            form = forms.InviteForm(people=people)
    return _page(request, organization, form, sent)


def _deliver(invitation: Invitation, secret: str) -> dict[str, object]:
    """Send the letter; the link is shown once where letters do not leave the house, or when this one did not."""
    delivered = invitations.send(invitation, secret, language=get_language() or "ru")
    return {
        "email": invitation.email,
        "delivered": delivered,
        "link": invitations.link(secret) if invitations.stays_in_house() or not delivered else "",
    }


def _page(
    request: SignedInRequest, organization: Organization, form: forms.InviteForm, sent: dict[str, object] | None
) -> HttpResponse:
    roles: dict[User, list[access.Role]] = defaultdict(list)
    for user, role in access.roles_held_in(organization):
        roles[user].append(role)
    now = timezone.now()
    waiting = Invitation.objects.waiting().filter(organization=organization).select_related("person")
    context = {
        "organization": organization,
        "form": form,
        "sent": sent,
        "accounts": [
            {
                "user": user,
                "held": [(role.value, access.ROLE_NAMES[role]) for role in held],
                "free": [(role.value, access.ROLE_NAMES[role]) for role in access.Role if role not in held],
            }
            for user, held in roles.items()
        ],
        "invitations": [
            {
                "row": row,
                "role": access.ROLE_NAMES[access.Role(row.role)],
                "expired": row.expires_at <= now,
            }
            for row in waiting
        ],
    }
    return render(request, "organizations/roles.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def grant(request: SignedInRequest, pk: int) -> HttpResponse:
    """Give a role to an account that already holds one here."""
    return _one_role(request, pk, operations.grant, _("%(person)s now is also %(role)s."))


@login_required
@require_POST
def withdraw(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take a role from an account."""
    return _one_role(request, pk, operations.withdraw, _("%(person)s no longer is %(role)s."))


def _one_role(request: SignedInRequest, pk: int, operation: Callable[..., None], done: str) -> HttpResponse:
    organization = _inviting(request.user, pk)
    form = forms.RoleForm(request.POST, accounts=access.accounts_of(organization))
    back = reverse("register-roles", args=[pk])

    def save() -> None:
        if not form.is_valid():
            raise refusals.NotKnownHere
        operation(
            form.cleaned_data["account"],
            role=form.cleaned_data["role"],
            organization=organization,
            by=request.user,
            now=timezone.now(),
        )

    facts: dict[str, object] = {"person": "", "role": ""}
    if form.is_valid():
        facts = {"person": form.cleaned_data["account"], "role": access.ROLE_NAMES[form.cleaned_data["role"]]}
    return deed(request, save, back=back, done=done % facts)


@login_required
@require_POST
def resend(request: SignedInRequest, pk: int) -> HttpResponse:
    """Send an invitation again, with a new link."""
    invitation = _invitation(request.user, pk)
    organization = invitation.organization
    people = Person.objects.filter(positions__organization=organization, user=None).distinct().in_order()
    form = forms.InviteForm(people=people)
    try:
        invitation, secret = invitations.resend(invitation, by=request.user, now=timezone.now())
    except Refusal as problem:
        messages.error(request, str(problem))
        return redirect("register-roles", organization.pk)
    return _page(request, organization, form, _deliver(invitation, secret))


@login_required
@require_POST
def withdraw_invitation(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take an invitation back."""
    invitation = _invitation(request.user, pk)
    return deed(
        request,
        lambda: invitations.withdraw(invitation, by=request.user, now=timezone.now()),
        back=reverse("register-roles", args=[invitation.organization_id]),
        done=_("The invitation of %(email)s is withdrawn; its link no longer works.") % {"email": invitation.email},
    )


def _invitation(user: User, pk: int) -> Invitation:
    rows = Invitation.objects.visible_to(user).select_related("organization", "person")
    invitation = get_object_or_404(rows, pk=pk)
    access.require_inviting(user, invitation.organization)
    return invitation

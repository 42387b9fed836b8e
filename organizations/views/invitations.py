"""The page behind the link of an invitation: public, and as good as the secret in its address."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from organizations import access, forms
from organizations.context import SESSION_KEY
from organizations.models import Invitation, User
from organizations.operations import invitations as operations
from organizations.operations.refusals import Refusal, SentToAnotherAddress


@sensitive_post_parameters("password", "again")
@never_cache
@require_http_methods(["GET", "POST"])
def accept(request: HttpRequest, secret: str) -> HttpResponse:
    """Accept an invitation: with a new account, or with the one that is signed in."""
    invitation = operations.find(secret)
    if invitation is None:
        return _refused(request, _("This link opens no invitation. Check that it was copied whole."), status=404)
    try:
        operations.check(invitation, now=timezone.now())
    except Refusal as problem:
        return _refused(request, str(problem), status=410)
    if isinstance(request.user, User):
        return _with_account(request, invitation, request.user)
    return _with_new_account(request, invitation)


def _refused(request: HttpRequest, sentence: str, *, status: int) -> HttpResponse:
    return render(request, "organizations/invitation.html", {"problem": sentence}, status=status)


def _context(invitation: Invitation) -> dict[str, object]:
    return {
        "invitation": invitation,
        "role": access.ROLE_NAMES[access.Role(invitation.role)],
        "until": invitation.expires_at.astimezone(invitation.organization.zone),
    }


def _with_account(request: HttpRequest, invitation: Invitation, user: User) -> HttpResponse:
    context, status = _context(invitation), 200
    if request.method == "POST":
        try:
            operations.accept(invitation, user=user, now=timezone.now())
        except Refusal as problem:
            context["problem"], status = str(problem), 409
        else:
            return _welcome(request, invitation)
    elif user.email.lower() != invitation.email:
        context["problem"] = str(SentToAnotherAddress(email=invitation.email))
    return render(request, "organizations/invitation.html", context, status=status)


def _with_new_account(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    context = _context(invitation)
    if User.objects.filter(email__iexact=invitation.email).exists():
        context["sign_in"] = True
        return render(request, "organizations/invitation.html", context)
    form = forms.NewAccountForm(request.POST or None, email=invitation.email, person=invitation.person)
    if request.method == "POST" and form.is_valid():
        try:
            user = operations.open_account(
                invitation,
                person=form.person(),
                title=form.cleaned_data.get("title", ""),
                password=form.cleaned_data["password"],
                now=timezone.now(),
            )
        except Refusal as problem:
            form.refuse(problem)
        else:
            login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
            return _welcome(request, invitation)
    context["form"] = form
    return render(request, "organizations/invitation.html", context, status=422 if form.errors else 200)


def _welcome(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    request.session[SESSION_KEY] = invitation.organization_id
    role = access.ROLE_NAMES[access.Role(invitation.role)]
    sentence = _("Welcome. In %(organization)s you are: %(role)s.")
    messages.success(request, sentence % {"organization": invitation.organization, "role": role})
    return redirect("/")

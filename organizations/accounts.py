"""How allauth meets the portal: accounts come by invitation only, those of the demonstration only with it."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from django.http import HttpRequest, HttpResponse

from organizations import demo
from organizations.models import User


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def pre_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse | None:
        """Turn an account of the demonstration away as one that is closed, where there is no demonstration."""
        if not demo.may_be_used(user):
            return self.respond_user_inactive(request, user)
        return super().pre_login(request, user, **kwargs)


class AccountBackend(AuthenticationBackend):
    """
    Signs people in by name or address, and knows who is signed in.

    Where the demonstration is off its accounts do not exist, not even for a session that is still open: their
    passwords are public, and a database may have held them before.
    """

    def user_can_authenticate(self, user: User | None) -> bool:
        return super().user_can_authenticate(user) and user is not None and demo.may_be_used(user)

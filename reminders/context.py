"""What every page says of the inbox."""

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from reminders.models import Notice


def inbox(request: HttpRequest) -> dict[str, object]:
    """Template context processor: how many notices wait unread, asked only if the page says so."""
    return {"unread_notices": SimpleLazyObject(lambda: _count(request))}


def _count(request: HttpRequest) -> int:
    if not request.user.is_authenticated:
        return 0
    return Notice.objects.of(request.user).unread().count()

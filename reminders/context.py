"""What every page says of the inbox."""

from functools import cache

from django.http import HttpRequest

from reminders.models import Notice


def inbox(request: HttpRequest) -> dict[str, object]:
    """
    Template context processor: how many notices wait unread, asked once and only if the page says so.

    Templates call what can be called, and get a real number, which a lazy object is not for plurals.
    """
    return {"unread_notices": cache(lambda: _count(request))}


def _count(request: HttpRequest) -> int:
    if not request.user.is_authenticated:
        return 0
    return Notice.objects.of(request.user).unread().count()

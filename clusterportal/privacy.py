"""What must stay between the portal and one reader: pages in caches, secrets of addresses in logs."""

import logging
import re
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control

# An address whose last part opens an account to whoever holds it: an invitation, a new password, a confirmed address.
SECRET_ADDRESS = re.compile(r"(/invitations/|/accounts/password/reset/key/|/accounts/confirm-email/)[^/\s\"']+")
HIDDEN = r"\1…"


def pages_of_one_reader(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Keep pages that were made for a session out of every cache: proxies, and the browser of a shared computer."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        session = getattr(request, "session", None)
        if session is not None and session.accessed and not response.has_header("Cache-Control"):
            patch_cache_control(response, private=True, no_store=True)
        return response

    return answer


class WithoutSecrets(logging.Filter):
    """Takes the secrets of addresses out of what is logged: a refused form is logged with its address too."""

    def filter(self, record: logging.LogRecord) -> bool:
        said = record.getMessage()
        if SECRET_ADDRESS.search(said):
            record.msg, record.args = SECRET_ADDRESS.sub(HIDDEN, said), ()
        return True

"""The seals of the journal, for the platform administrator: how far it is sealed, and whether it still holds."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from organizations import audit
from organizations.models import Seal
from organizations.sealing import Break
from organizations.views.pages import SignedInRequest, page_of

CHECKED_HERE = 100_000
"""Up to so many entries the page checks itself; for more there is the command, which nobody has to wait for."""

SENTENCES = {
    "entry-changed": gettext_lazy("Entry %(entry)s was changed after it had been sealed (seal %(seal)s)."),
    "entry-deleted": gettext_lazy("Entry %(entry)s was deleted after it had been sealed (seal %(seal)s)."),
    "entry-inserted": gettext_lazy("Entry %(entry)s was slipped in among sealed entries (seal %(seal)s)."),
    "seal-changed": gettext_lazy("Seal %(seal)s itself was changed."),
    "seal-missing": gettext_lazy("Seal %(seal)s is missing."),
    "chain-broken": gettext_lazy("Seal %(seal)s does not follow from the one before it."),
    "head-unknown": gettext_lazy("No seal has the hash that you kept: the chain was cut or made anew."),
}


@login_required
@require_http_methods(["GET", "POST"])
def seals(request: SignedInRequest) -> HttpResponse:
    """Show the newest seals, and on demand hold the whole journal against them; a hash kept elsewhere may be given."""
    _administrator(request)
    state = audit.state()
    sealed = state.seal.until if state.seal else 0
    context = {
        "state": state,
        "page": page_of(request, Seal.objects.defer("leaves")),
        "may_check": bool(sealed) and sealed <= CHECKED_HERE,
        "kept": "",
    }
    if request.method == "POST":
        kept = request.POST.get("kept", "").strip()[:64]
        verdict = audit.verify(kept=kept)
        context |= {"kept": kept, "verdict": verdict, "breaks": [_sentence(one) for one in verdict.breaks]}
    return render(request, "organizations/seals.html", context)


def _sentence(one: Break) -> str:
    return str(SENTENCES[one.code]) % {"entry": one.entry, "seal": one.seal}


@login_required
@require_safe
def heads(request: SignedInRequest) -> JsonResponse:
    """Hand the hashes out, to be kept where the portal's own machines do not reach."""
    _administrator(request)
    rows = Seal.objects.order_by("number").values("number", "made_at", "until", "count", "hash")
    answer = JsonResponse({"portal": request.get_host(), "at": timezone.now(), "seals": list(rows)})
    answer["Content-Disposition"] = 'attachment; filename="journal-seals.json"'
    return answer


def _administrator(request: SignedInRequest) -> None:
    """Nobody but the platform administrator has such a page."""
    if not request.user.is_superuser:
        raise Http404

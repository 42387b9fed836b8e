"""The journal as people read it: of a plan, of one of its rows, of one person."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from organizations.access import Verb
from organizations.models import Organization, Person, User
from organizations.views.pages import SignedInRequest
from roadmaps import sheets
from roadmaps.choices import EditionState
from roadmaps.forms.journal import GROUPS, OF_A_PLAN, JournalFilter
from roadmaps.models import Commitment
from roadmaps.pages import deeds, history, journal, notes
from roadmaps.pages.access import may, reads_drafts_of
from roadmaps.views.plans import head
from roadmaps.views.reaching import editions_of, shown_edition

ENTRIES_ON_PAGE = 100


@login_required
@require_GET
def plan_journal(request: SignedInRequest, pk: int) -> HttpResponse:
    """Tell what was done with the plan, newest first; only to those who may read its drafts."""
    editions = editions_of(request.user, pk)
    shown = shown_edition(request.user, editions)
    if not reads_drafts_of(request.user, shown.roadmap.organization_id):
        raise PermissionDenied
    entries = journal.entries_of(pk)
    people = User.objects.filter(pk__in=entries.order_by().values("by")).order_by("person__surname", "username")
    form = JournalFilter(request.GET, people=people, groups=OF_A_PLAN)
    page = Paginator(form.narrow(entries), ENTRIES_ON_PAGE).get_page(request.GET.get("page"))
    context = head(request, shown, editions, notes.notes_of(sheets.load(shown))) | {"tab": "journal", "page": page}
    context |= {"told": journal.lines_of(pk, list(page.object_list)), "filter": form}
    return render(request, "roadmaps/journal.html", context)


@login_required
@require_GET
def row_history(request: SignedInRequest, pk: int, commitment: int) -> HttpResponse:
    """Tell how one row came to read as it does, edition by edition and deed by deed."""
    editions = editions_of(request.user, pk)
    get_object_or_404(Commitment, pk=commitment, roadmap=pk)
    shown = shown_edition(request.user, editions)
    with_deeds = reads_drafts_of(request.user, shown.roadmap.organization_id)
    events = history.events_of(pk, commitment, editions, with_deeds=with_deeds)
    if not events:
        raise Http404
    row = sheets.load(shown).row.get(commitment)
    before, after = history.kin_of(commitment, request.user)
    context = {
        "edition": shown,
        "row": row,
        "commitment": commitment,
        "events": events,
        "with_deeds": with_deeds,
        "may_reckon": with_deeds and row is not None and shown.state == EditionState.APPROVED,
        "may_ask": may(request.user, Verb.ASK, shown) and row is not None and any(link.upper for link in row.links),
        "before": before,
        "after": after,
    }
    return render(request, "roadmaps/row_history.html", context)


@login_required
@require_GET
def mine(request: SignedInRequest) -> HttpResponse:
    """Tell the reader what she herself did."""
    return _person(request, request.user, _("What you did"))


@login_required
@require_GET
def person(request: SignedInRequest, pk: int) -> HttpResponse:
    """Tell what a person did: to herself, to who keeps the registers of her organization, to the administrator."""
    somebody = get_object_or_404(Person.objects.visible_to(request.user).select_related("user"), pk=pk)
    account = getattr(somebody, "user", None)
    if account is None:
        raise Http404
    is_own = account.pk == request.user.pk
    kept = Organization.objects.kept_by(request.user).filter(pk__in=somebody.positions.values("organization"))
    if not (is_own or request.user.is_superuser or kept.exists()):
        raise PermissionDenied
    return _person(request, account, somebody.full_name, somebody)


def _person(request: SignedInRequest, account: User, title: str, somebody: Person | None = None) -> HttpResponse:
    form = JournalFilter(request.GET, people=None, groups=tuple(GROUPS))
    entries = form.narrow(deeds.entries_by(account, seen_by=request.user))
    page = Paginator(entries, ENTRIES_ON_PAGE).get_page(request.GET.get("page"))
    context = {
        "title": title,
        "person": somebody,
        "page": page,
        "lines": deeds.lines_of(list(page.object_list), seen_by=request.user),
        "filter": form,
    }
    return render(request, "roadmaps/person_journal.html", context)

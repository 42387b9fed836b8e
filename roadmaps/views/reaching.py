"""How views reach an edition: what may not be read is not found, what may not be done is refused."""

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.db.models import prefetch_related_objects
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from organizations import access
from organizations.access import State, Verb
from organizations.models import User
from organizations.views.pages import SignedInRequest
from roadmaps.choices import DRAFT, EditionState
from roadmaps.models import Edition
from roadmaps.operations.problems import OpenFindings, Refused
from roadmaps.pages.access import organizations_of

View = Callable[..., HttpResponse]


def editions_of(user: User, pk: int, *related: str) -> list[Edition]:
    """
    List the editions of a roadmap that the account may read, the draft first, then the newest; never none.

    `related` names what a page says of them beyond their orders: each joined table is felt on a plan's page.
    """
    editions = list(
        Edition.objects.visible_to(user)
        .filter(roadmap__pk=pk)
        .with_title()
        .with_reach(user)
        .with_orders()
        .select_related("roadmap__organization", *related)
        .order_by("-number")
    )
    if not editions:
        raise Http404
    if any(edition.basis_id for edition in editions):
        prefetch_related_objects(editions, "basis__order")
    return editions


def shown_edition(user: User, editions: list[Edition]) -> Edition:
    """Choose what a plan's address opens: one's own draft, else the newest edition in force, else what there is."""
    own = organizations_of(user)
    in_force = next((e for e in editions if e.state == EditionState.APPROVED), None)
    if editions[0].number == DRAFT and (in_force is None or editions[0].roadmap.organization_id in own):
        return editions[0]
    return in_force or editions[0]


def draft_for(request: SignedInRequest, pk: int, verb: Verb) -> Edition:
    """
    Give the draft of a roadmap to somebody who may do this with it.

    :raises Http404: if the account may not read a draft of it
    :raises PermissionDenied: if it may be read, but not this may be done
    """
    editions = Edition.objects.visible_to(request.user).open().filter(roadmap__pk=pk).for_page()
    edition = get_object_or_404(editions)
    access.require(request.user, verb, edition.roadmap.organization, State(edition.state))
    return edition


def refusals_back_to(name: str) -> Callable[[View], View]:
    """Let a refused operation lead back to the plan's page of this name, with its sentence."""

    def wrap(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, pk: int, *args: object, **kwargs: object) -> HttpResponse:
            try:
                return view(request, pk, *args, **kwargs)
            except OpenFindings:
                raise
            except Refused as refused:
                messages.error(request, str(refused))
                return redirect(name, pk)

        return guarded

    return wrap

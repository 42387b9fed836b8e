"""Plans in force for everybody, where their organization publishes them."""

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from documents.codes import grouped
from documents.models import Office
from documents.views.verification import public_files
from roadmaps import sheets
from roadmaps.acts import acts_of
from roadmaps.appendices import plan_data
from roadmaps.consolidated import notes_of
from roadmaps.models import Edition, Roadmap
from roadmaps.pages.custody import stamp
from roadmaps.pages.public import without_names

ON_PAGE = 50


@require_GET
def plans(request: HttpRequest) -> HttpResponse:
    """List the plans that their organizations publish."""
    editions = _published().order_by("roadmap__organization__short_name", "-roadmap__period_start", "pk")
    page = Paginator(editions, ON_PAGE).get_page(request.GET.get("page"))
    return render(request, "roadmaps/public/plans.html", {"page": page})


@require_GET
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one published plan: positions only, unless the organization shows names."""
    # Asked by the key of the roadmap itself, which knows that a number may be too large for any.
    edition = get_object_or_404(_published(), roadmap__in=Roadmap.objects.filter(pk=pk))
    organization = edition.roadmap.organization
    editions = Edition.objects.filter(roadmap=pk).select_related(
        "order", "basis__order", "basis__roadmap__organization"
    )
    acts = acts_of(edition, editions)
    order = acts.newest
    if acts.basic is None or order is None:
        raise Http404
    data = plan_data(sheets.load(edition), notes_of(edition, editions))
    context = {
        "edition": edition,
        "order": acts.basic,
        "organization": organization,
        "title": edition.title,
        "plan": data if organization.names_public else without_names(data),
        "code": grouped(order.code),
        "stamp": stamp(edition, edition),
        "files": public_files(order),
    }
    return render(request, "roadmaps/public/plan.html", context)


def _published() -> QuerySet[Edition]:
    publishing = Office.objects.filter(publishes_plans=True).values("organization")
    return Edition.objects.in_force().for_page().filter(roadmap__organization__in=publishing)

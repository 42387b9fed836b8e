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
from roadmaps.appendices import plan_data
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
    edition = published(pk)
    assert edition.order is not None, "what is published is in force by an order"
    organization = edition.roadmap.organization
    data = plan_data(sheets.load(edition))
    context = {
        "edition": edition,
        "order": edition.order,
        "organization": organization,
        "title": edition.title,
        "plan": data if organization.names_public else without_names(data),
        "code": grouped(edition.order.code),
        "stamp": stamp(edition, edition),
        "files": public_files(edition.order),
    }
    return render(request, "roadmaps/public/plan.html", context)


def published(pk: int) -> Edition:
    """
    Give the edition that everybody may read of a plan.

    :raises Http404: if its organization publishes none
    """
    # Asked by the key of the roadmap itself, which knows that a number may be too large for any.
    edition = get_object_or_404(_published().select_related("order"), roadmap__in=Roadmap.objects.filter(pk=pk))
    if edition.order is None:
        raise Http404
    return edition


def _published() -> QuerySet[Edition]:
    publishing = Office.objects.filter(publishes_plans=True).values("organization")
    return Edition.objects.in_force().for_page().filter(roadmap__organization__in=publishing, order__isnull=False)

"""Plans in force for everybody, where their organization publishes them."""

from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from documents.choices import FileKind
from documents.codes import grouped
from documents.models import RenderedFile
from documents.views.rendered import sent_rendered
from documents.views.verification import public_files
from roadmaps import sheets
from roadmaps.acts import acts_of
from roadmaps.appendices import plan_data
from roadmaps.consolidated import notes_of
from roadmaps.models import Edition, Roadmap
from roadmaps.operations import prints
from roadmaps.pages.custody import stamp
from roadmaps.pages.public import without_names

ON_PAGE = 50


@require_GET
def plans(request: HttpRequest) -> HttpResponse:
    """List the plans that their organizations publish."""
    editions = prints.published().order_by("roadmap__organization__short_name", "-roadmap__period_start", "pk")
    page = Paginator(editions, ON_PAGE).get_page(request.GET.get("page"))
    return render(request, "roadmaps/public/plans.html", {"page": page})


@require_GET
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one published plan: positions only, unless the organization shows names."""
    edition = published(pk)
    organization = edition.roadmap.organization
    editions = Edition.objects.filter(roadmap__pk=pk).select_related(
        "order", "basis__order", "basis__roadmap__organization"
    )
    acts = acts_of(edition, editions)
    order = acts.newest
    assert acts.basic is not None, "what is published is in force by an order"
    assert order is not None, "what is published is in force by an order"
    data = plan_data(sheets.load(edition), notes_of(edition, editions))
    file = prints.public_file(edition)
    context = {
        "edition": edition,
        "order": acts.basic,
        "organization": organization,
        "title": edition.title,
        "plan": data if organization.names_public else without_names(data),
        "code": grouped(order.code),
        "stamp": stamp(edition, edition),
        "file": file if file and file.is_ready else None,
        "files": _files(edition),
    }
    return render(request, "roadmaps/public/plan.html", context)


@require_GET
def file(request: HttpRequest, pk: int) -> FileResponse:
    """Send a published plan as a file: with names only where its organization shows them."""
    made = prints.public_file(published(pk))
    if made is None or not made.is_ready:
        raise Http404
    return sent_rendered(made)


def _files(edition: Edition) -> list[RenderedFile]:
    """List the files of the order that everybody may have, as long as they say what holds."""
    if edition.order is None or edition.basis_id is not None:
        return []
    return [one for one in public_files(edition.order) if one.kind != FileKind.STAMPED]


def published(pk: int) -> Edition:
    """
    Give the edition that everybody may read of a plan.

    :raises Http404: if its organization publishes none
    """
    # Asked by the key of the roadmap itself, which knows that a number may be too large for any.
    edition = get_object_or_404(prints.published().select_related("order"), roadmap__in=Roadmap.objects.filter(pk=pk))
    if edition.order is None:
        raise Http404
    return edition

"""Coverage («Свод»): the matrix of a plan in force, one row of it, one body in it, and the table for Excel."""

from urllib.parse import quote

import tablib
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from organizations.context import standpoint_of
from organizations.models import Cluster
from organizations.tables import SafeXLSX
from organizations.views.pages import SignedInRequest
from roadmaps import coverage, covering, sheets
from roadmaps.choices import EditionState
from roadmaps.coverage import Body
from roadmaps.covering import Coverage
from roadmaps.forms.coverage import CoverageFilter
from roadmaps.matching.bodies import Level
from roadmaps.models import Edition
from roadmaps.pages import coverage as pages
from roadmaps.pages.access import oversees
from roadmaps.pages.plan import phrase_of
from roadmaps.sheets import Sheet
from roadmaps.views.reaching import editions_of

COLUMNS = 40
LINES = 50
PRINTED = 10  # columns that a sheet of paper holds beside the rows
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@login_required
@require_GET
def coverage_plans(request: SignedInRequest) -> HttpResponse:
    """Open the coverage of the plan in force of the organization for which the reader acts, or list what there is."""
    editions = Edition.objects.visible_to(request.user).in_force().for_page().with_reach(request.user)
    ours = [grant.organization.pk for grant in standpoint_of(request).grants]
    above_somebody = editions.exclude(roadmap__organization__kind="school").own_first(ours)
    found = [edition for edition in above_somebody if oversees(request.user, edition)]
    mine = standpoint_of(request).organization
    own = [edition for edition in found if mine is not None and edition.roadmap.organization_id == mine.pk]
    if len(own) == 1:
        return redirect("plan-coverage", own[0].roadmap_id)
    return render(request, "roadmaps/coverage/plans.html", {"editions": found, "organization": mine})


@login_required
@require_GET
def plan_coverage(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show how the bodies below answer the rows of a plan in force, forty of them on a page."""
    edition = _edition(request, pk)
    if edition.state != EditionState.APPROVED:
        return render(request, "roadmaps/coverage/none.html", _head(edition))
    sheet, read = _read(edition)
    form, bodies = _looked_at(request, sheet, read)
    whole = coverage.matrix_of(read.demands, bodies, read.everybody)
    shown = whole.narrowed(form.wish())
    page = Paginator(range(len(shown.bodies)), COLUMNS).get_page(request.GET.get("page"))
    first = (page.number - 1) * COLUMNS
    columns = shown.columns(first, first + COLUMNS)
    pen = pages.Pen(sheet, whole)
    lead, text = pages.summary(whole)
    context = _head(edition) | {
        "sheet": sheet,
        "form": form,
        "lead": lead,
        "text": text,
        "page": page,
        "shown": shown,
        "whole": whole,
        "heads": pen.heads(columns),
        "groups": pen.groups(columns, shown),
        "foot": pen.foot(columns),
        "bodies": pen.bodies(columns),
        "width": len(columns.bodies) + 2,
        "is_wide": len(columns.bodies) > PRINTED,
        "together": pages.counted(shown.total),
        "legend": pages.legend(),
        "place": read.body(form.municipality or 0),
        "is_narrowed": len(shown.demands) < len(whole.demands) or len(shown.bodies) < len(whole.bodies),
    }
    return render(request, "roadmaps/coverage/matrix.html", context)


@login_required
@require_GET
def coverage_row(request: SignedInRequest, pk: int, row: int) -> HttpResponse:
    """Show one row above across the bodies below, or in one municipality and its schools."""
    edition = _in_force(request, pk)
    sheet, read = _read(edition)
    demand = next((one for one in read.demands if one.row == row), None)
    if demand is None:
        raise Http404
    form, bodies = _looked_at(request, sheet, read, of_one_row=True)
    place = read.body(form.municipality or 0)
    whole = coverage.matrix_of([demand], [*([place] if place else []), *bodies], read.everybody)
    shown = whole.narrowed(form.wish())
    page = Paginator(shown.bodies, LINES).get_page(request.GET.get("page"))
    plans = [plan for body in page.object_list for plan in body.plans]
    told = pages.told_of(sheet, [(demand, body) for body in page.object_list], covering.rows_answering([row], plans))
    context = _head(edition) | {
        "form": form,
        "page": page,
        "told": told,
        "place": place,
        "row": sheet.row[row],
        "words": pages.words_of(sheet, sheet.row[row]),
        "phrase": phrase_of(sheet.row[row].deadline),
        "obliges": pages.obliges_words(demand),
        "together": pages.counted(whole.of_row[row]),
        "bodies": ", ".join(pages.bodies_words(whole.bodies)),
        "is_narrowed": len(shown.bodies) < len(whole.bodies),
    }
    return render(request, "roadmaps/coverage/row.html", context)


@login_required
@require_GET
def coverage_body(request: SignedInRequest, pk: int, organization: int) -> HttpResponse:
    """Show how one body below answers the rows of a plan."""
    edition = _in_force(request, pk)
    sheet, read = _read(edition)
    body = read.body(organization)
    if body is None:
        raise Http404
    matrix = coverage.matrix_of(read.demands, (body,), read.everybody)
    tops = [demand.row for demand in read.demands if demand.row in body.answers]
    told = pages.told_of(
        sheet, [(demand, body) for demand in read.demands], covering.rows_answering(tops, body.plans) if tops else {}
    )
    context = _head(edition) | {
        "body": body,
        "asked": [one for one in told if one.state is not coverage.State.FREE],
        "free": sum(one.state is coverage.State.FREE for one in told),
        "together": pages.counted(matrix.total),
        "has_schools": body.level is Level.MUNICIPALITY and bool(matrix.schools[body.pk]),
        "plans": body.plans,
    }
    return render(request, "roadmaps/coverage/body.html", context)


@login_required
@require_GET
def coverage_table(request: SignedInRequest, pk: int) -> HttpResponse:
    """Give what is looked at as a workbook of Excel: every body that the filters leave, in words."""
    edition = _in_force(request, pk)
    sheet, read = _read(edition)
    form, bodies = _looked_at(request, sheet, read)
    whole = coverage.matrix_of(read.demands, bodies, read.everybody)
    head, lines = pages.table_of(sheet, whole.narrowed(form.wish()))
    table = tablib.Dataset(*lines, headers=head, title=_("Coverage"))
    answer = HttpResponse(SafeXLSX().export_data(table), content_type=XLSX)
    name = _("Coverage of %(day)s") % {"day": f"{timezone.localdate():%d.%m.%Y}"}
    answer["Content-Disposition"] = f"attachment; filename=coverage.xlsx; filename*=UTF-8''{quote(name)}.xlsx"
    return answer


def _edition(request: SignedInRequest, pk: int) -> Edition:
    """
    Give the edition in force of a plan, or its newest one, to those whose reading reaches down from its owner.

    :raises Http404: if the account may not read the plan
    :raises PermissionDenied: if it may read the plan, but not those below
    """
    editions = editions_of(request.user, pk)
    if not oversees(request.user, editions[0]):
        raise PermissionDenied(_("The coverage is for the body whose plan it is, and for those above it."))
    return next((edition for edition in editions if edition.state == EditionState.APPROVED), editions[0])


def _in_force(request: SignedInRequest, pk: int) -> Edition:
    edition = _edition(request, pk)
    if edition.state != EditionState.APPROVED:
        raise Http404
    return edition


def _read(edition: Edition) -> tuple[Sheet, Coverage]:
    sheet = sheets.load(edition)
    return sheet, covering.coverage_of(sheet, timezone.localdate())


def _looked_at(
    request: SignedInRequest, sheet: Sheet, read: Coverage, *, of_one_row: bool = False
) -> tuple[CoverageFilter, list[Body]]:
    """Give the filters with the choices that this plan really has, and the bodies that are looked at."""
    near = coverage.near(read.everybody, read.demands)
    clusters = {cluster for body in read.everybody for cluster in body.clusters}
    form = CoverageFilter(
        request.GET,
        sections=pages.sections_of(sheet),
        places=[(body.pk, body.name) for body in near if body.level is Level.MUNICIPALITY],
        clusters=Cluster.objects.filter(pk__in=clusters).order_by("name") if clusters else Cluster.objects.none(),
        near=", ".join(pages.bodies_words(near)),
        of_one_row=of_one_row,
    )
    if form.municipality is not None:
        return form, coverage.schools_of(read.everybody, form.municipality)
    return form, coverage.schools_of(read.everybody) if form.wants_schools else near


def _head(edition: Edition) -> dict[str, object]:
    return {
        "edition": edition,
        "roadmap": edition.roadmap,
        "organization": edition.roadmap.organization,
        "title": edition.title or _("Untitled plan"),
    }

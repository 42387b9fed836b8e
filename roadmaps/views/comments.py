"""Remarks at a row: read by whoever sees the margin of the plan, said there, settled by whoever prepares it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from organizations.views.pages import SignedInRequest
from roadmaps import sheets
from roadmaps.forms.comments import CommentForm
from roadmaps.models import Comment, Edition
from roadmaps.operations import comments as operations
from roadmaps.pages.access import organizations_of
from roadmaps.pages.comments import thread
from roadmaps.pages.plan import phrase_of
from roadmaps.sheets import Sheet, SheetRow
from roadmaps.views.plans import sees_notes
from roadmaps.views.reaching import editions_of, shown_edition


@login_required
@require_http_methods(["GET", "POST"])
def row_comments(request: SignedInRequest, pk: int, commitment: int) -> HttpResponse:
    """Show what was said at a row, and say something."""
    edition, sheet, row = _row(request, pk, commitment)
    form = CommentForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        text = form.cleaned_data["text"]
        operations.remark(edition=edition, commitment=commitment, text=text, by=request.user, now=timezone.now())
        messages.success(request, _("The comment stands at the row."))
        return redirect("row-comments", pk, commitment)
    context = {
        "edition": edition,
        "roadmap": edition.roadmap,
        "row": row,
        "phrase": phrase_of(row.deadline),
        "activity": sheet.heading[row.heading],
        "said": thread(commitment),
        "form": form,
        "may_settle": edition.roadmap.organization_id in organizations_of(request.user),
    }
    return render(request, "roadmaps/comments.html", context, status=422 if form.errors else 200)


def _row(request: SignedInRequest, pk: int, commitment: int) -> tuple[Edition, Sheet, SheetRow]:
    """
    Give a row of the edition that the reader is shown.

    :raises Http404: if the plan or the row does not exist for the reader
    :raises PermissionDenied: if the plan may be read, but not its margin
    """
    edition = shown_edition(request.user, editions_of(request.user, pk))
    if not sees_notes(request.user, edition):
        raise PermissionDenied
    sheet = sheets.load(edition)
    row = sheet.row.get(commitment)
    if row is None:
        raise Http404
    return edition, sheet, row


@login_required
@require_POST
def comment_settle(request: SignedInRequest, pk: int, commitment: int, comment: int) -> HttpResponse:
    """Settle a remark: whoever said it may, and the plan's own organization."""
    edition, _sheet, _found = _row(request, pk, commitment)
    said = get_object_or_404(Comment.objects.select_related("roadmap"), pk=comment, commitment=commitment, roadmap=pk)
    if said.by_id != request.user.pk and edition.roadmap.organization_id not in organizations_of(request.user):
        raise PermissionDenied
    operations.settle(comment=said, by=request.user, now=timezone.now())
    messages.success(request, _("The comment is settled."))
    return redirect("row-comments", pk, commitment)

"""The inbox: what the reader was told, and the way to the page where it can be dealt with."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from organizations.context import SESSION_KEY, standpoint_of
from organizations.views.pages import SignedInRequest
from reminders import notices
from reminders.models import Notice
from reminders.sentences import say

PAGE = 30


@login_required
@require_safe
def inbox(request: SignedInRequest) -> HttpResponse:
    """Show the notices of the reader, the latest first; the address may ask for the unread ones only."""
    rows = Notice.objects.of(request.user).select_related("organization")
    unread = rows.unread().count()
    only_unread = request.GET.get("show") == "unread"
    page = Paginator(rows.unread() if only_unread else rows, PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "lines": [(notice, say(notice.kind, notice.params)) for notice in page],
        "unread": unread,
        "newest": rows.values_list("pk", flat=True).order_by("-pk").first() or 0,
        "only_unread": only_unread,
    }
    return render(request, "reminders/inbox.html", context)


@login_required
@require_safe
def open_notice(request: SignedInRequest, pk: int) -> HttpResponse:
    """Go to the page that a notice is about, acting for the organization that it concerns."""
    notice = get_object_or_404(Notice.objects.of(request.user), pk=pk)
    notices.mark_read(Notice.objects.filter(pk=notice.pk), now=timezone.now())
    if notice.organization_id in {organization.pk for organization in standpoint_of(request).organizations}:
        request.session[SESSION_KEY] = notice.organization_id
    return redirect(notice.path or "inbox")


@login_required
@require_POST
def mark(request: SignedInRequest, pk: int) -> HttpResponse:
    """Mark one notice as read, or as unread."""
    notice = get_object_or_404(Notice.objects.of(request.user), pk=pk)
    rows = Notice.objects.filter(pk=notice.pk)
    if request.POST.get("as") == "unread":
        notices.mark_unread(rows)
    else:
        notices.mark_read(rows, now=timezone.now())
    return redirect("inbox")


@login_required
@require_POST
def mark_all(request: SignedInRequest) -> HttpResponse:
    """Mark everything as read that had been told by the moment the list was shown."""
    rows = Notice.objects.of(request.user)
    if (newest := request.POST.get("newest", "")).isdecimal():
        rows = rows.filter(pk__lte=int(newest))
    n = notices.mark_read(rows, now=timezone.now())
    messages.success(request, ngettext("%(n)d notice marked as read.", "%(n)d notices marked as read.", n) % {"n": n})
    return redirect("inbox")

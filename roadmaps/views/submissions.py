"""What others send: one's own tasks, the register of an order's clauses, sending, receiving, returning."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass, field

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from documents.choices import SubmissionState
from documents.custody import may
from documents.forms import ReasonForm, SendForm, SubmissionsFilter, standing
from documents.history import told
from documents.models import Clause, Order, Submission
from documents.operations.files import store_file
from documents.operations.refusals import Refused
from documents.views.reaching import refusals_back_to, refuse
from documents.views.rendered import sent
from organizations import access
from organizations.access import Verb
from organizations.context import standpoint_of
from organizations.models import Entry, Organization, User
from organizations.querysets import ancestry, russian
from organizations.views.pages import SignedInRequest
from roadmaps import sheets
from roadmaps.models import Edition
from roadmaps.operations import submissions as operations
from roadmaps.operations.orders import edition_of
from roadmaps.operations.problems import Refused as PlanRefused
from roadmaps.sheets import SheetRow

SHOWN = 200
LONGEST_REMARK = 1000


@login_required
@require_GET
def submissions(request: SignedInRequest) -> HttpResponse:
    """List what the reader's organization has to send, and what was sent to it."""
    organization = standpoint_of(request).organization
    found = Submission.objects.visible_to(request.user).for_page()
    here = organization.pk if organization else 0
    context = {
        "organization": organization,
        "today": timezone.localdate(),
        "to_send": found.filter(organization=here).waiting_for_sender().order_by("due", "pk")[:SHOWN],
        "to_decide": found.filter(recipient=here).waiting_for_recipient().order_by("sent_on", "pk")[:SHOWN],
        "sent": found.filter(organization=here, state__in=["sent", "received"]).order_by("-sent_on", "-pk")[:SHOWN],
        "orders": Order.objects.visible_to(request.user)
        .filter(organization=here, clauses__submissions__isnull=False)
        .distinct()[:SHOWN],
    }
    return render(request, "documents/submissions.html", context)


@dataclass
class AskedClause:
    """A clause that asks for something, with who has sent it and who has not."""

    clause: Clause
    rows: list[Submission] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)

    def count(self, row: Submission, today: dt.date) -> None:
        """Count one more body, whether its row is shown or not."""
        self.counts[standing(row, today)] += 1

    @property
    def total(self) -> int:
        return self.counts.total()


@login_required
@require_GET
def of_order(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show who has sent what an order asks for, who late, who not at all; each sees only rows that she may read."""
    order = get_object_or_404(Order.objects.visible_to(request.user).registered().for_page(), pk=pk)
    today = timezone.localdate()
    visible = Submission.objects.visible_to(request.user).filter(clause__order=order)
    rows = (
        visible.for_page()
        .select_related("organization__parent")
        .order_by("clause__position", russian("organization__short_name"), "pk")
    )
    form = SubmissionsFilter(request.GET, bodies=Organization.objects.filter(children__submissions__in=visible))
    found: dict[int, AskedClause] = {}
    for row in rows:
        assert row.clause is not None  # the filter asks for a clause
        asked = found.setdefault(row.clause.pk, AskedClause(row.clause))
        asked.count(row, today)
        if form.keeps(row, standing(row, today)):
            asked.rows.append(row)
    context = {
        "order": order,
        "asked": list(found.values()),
        "form": form,
        "is_narrowed": bool(form.asked),
        "late": {row.pk for asked in found.values() for row in asked.rows if row.is_late(today)},
        "may_add": may(request.user, Verb.OPEN_EDITION, order),
        "today": today,
    }
    return render(request, "documents/order_submissions.html", context)


@login_required
@require_GET
def submission(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show one submission: what was asked, what was sent, what was said of it."""
    found = _visible(request, pk)
    own = access.allows(request.user, Verb.SEND, found.organization)
    receives = access.allows(request.user, Verb.RECEIVE, found.recipient)
    waits = found.state in {SubmissionState.AWAITED, SubmissionState.RETURNED}
    history = Entry.objects.about("submission", found.pk).select_related("by__person") if own or receives else []
    context = {
        "submission": found,
        "files": list(found.files.all()),
        "is_late": found.is_late(timezone.localdate()),
        "may_send": waits and (own or _may_act_for(request.user, found)),
        "for_other": not own,
        "may_receive": receives and found.state == SubmissionState.SENT,
        "may_return": receives and found.state in {SubmissionState.SENT, SubmissionState.RECEIVED},
        "history": [told(entry) for entry in history],
        "row_remarks": [one for one in found.row_remarks.all() if one.made_at == found.decided_at],
        "plan": _plan_sent(request, found),
        "shows_order": bool(
            found.order_id and Order.objects.visible_to(request.user).filter(pk=found.order_id).exists()
        ),
    }
    return render(request, "documents/submission.html", context)


def _plan_sent(request: SignedInRequest, found: Submission) -> int | None:
    """Give the plan that was sent, if the reader may open it."""
    edition = edition_of(found.order) if found.order else None
    may = edition is not None and Edition.objects.visible_to(request.user).filter(pk=edition.pk).exists()
    return edition.roadmap_id if edition is not None and may else None


@login_required
@require_http_methods(["GET", "POST"])
@refusals_back_to("submission")
def send(request: SignedInRequest, pk: int) -> HttpResponse:
    """Send what was asked for; or enter it for a body that does not use the portal, saying from where it came."""
    found = _visible(request, pk)
    for_other = not access.allows(request.user, Verb.SEND, found.organization)
    if for_other:
        access.require_keeping(request.user, found.organization)
        access.require(request.user, Verb.RECEIVE, found.recipient)
    form = SendForm(
        request.POST or None,
        request.FILES or None,
        organization=found.organization,
        for_other=for_other,
        initial={"sent_on": timezone.localdate()},
    )
    if request.method == "POST" and form.is_valid():
        try:
            _send(request, found, form, for_other=for_other)
        except Refused as refused:
            refuse(form, refused)
        else:
            messages.success(
                request, _("Sent. Whoever asked for it has been told.") if not for_other else _("Entered.")
            )
            return redirect(found)
    context = {"submission": found, "form": form, "for_other": for_other}
    return render(request, "documents/submission_send.html", context, status=422 if form.errors else 200)


def _send(request: SignedInRequest, found: Submission, form: SendForm, *, for_other: bool) -> None:
    data, now = form.cleaned_data, timezone.now()
    with transaction.atomic():
        upload = data["file"]
        files = []
        if upload:
            files = [
                store_file(
                    organization=found.organization, name=upload.name, data=upload.read(), by=request.user, now=now
                )
            ]
        operations.send(
            found,
            files=files,
            order=data["order"],
            note=data["note"],
            sent_on=data.get("sent_on") or timezone.localdate(),
            source=data.get("source", ""),
            for_other=for_other,
            by=request.user,
            now=now,
        )


@login_required
@require_POST
@refusals_back_to("submission")
def receive(request: SignedInRequest, pk: int) -> HttpResponse:
    """Note that it has come."""
    found = _visible(request, pk)
    access.require(request.user, Verb.RECEIVE, found.recipient)
    operations.receive(found, by=request.user, now=timezone.now())
    messages.success(request, _("Received; its sender has been told."))
    return redirect(found)


@login_required
@require_http_methods(["GET", "POST"])
@refusals_back_to("submission")
def send_back(request: SignedInRequest, pk: int) -> HttpResponse:
    """Return what was sent, with remarks."""
    found = _visible(request, pk)
    access.require(request.user, Verb.RECEIVE, found.recipient)
    form = ReasonForm(request.POST or None)
    rows = _rows_sent(found)
    said = {row.commitment: request.POST.get(f"row-{row.commitment}", "")[:LONGEST_REMARK] for row in rows}
    if request.method == "POST" and form.is_valid():
        remarks = [(row.commitment, row.label, said[row.commitment]) for row in rows]
        reason = form.cleaned_data["reason"]
        operations.send_back(found, remark=reason, rows=remarks, by=request.user, now=timezone.now())
        messages.success(request, _("Returned; its sender reads the remarks."))
        return redirect(found)
    context = {"submission": found, "form": form, "rows": [(row, said[row.commitment]) for row in rows]}
    return render(request, "documents/submission_return.html", context, status=422 if form.errors else 200)


def _rows_sent(found: Submission) -> list[SheetRow]:
    """List the rows of the plan that was sent; none where it was something else."""
    edition = edition_of(found.order) if found.order else None
    return sheets.load(edition).rows if edition else []


@login_required
@require_GET
def file(request: SignedInRequest, pk: int, file: int) -> FileResponse:
    """Send a file that was sent up."""
    found = _visible(request, pk)
    return sent(get_object_or_404(found.files, pk=file))


@login_required
@require_http_methods(["GET", "POST"])
def plan_send_up(request: SignedInRequest, pk: int) -> HttpResponse:
    """Send a plan in force to a body above."""
    edition = get_object_or_404(Edition.objects.visible_to(request.user).in_force().for_page(), roadmap__pk=pk)
    owner = edition.roadmap.organization
    access.require(request.user, Verb.SEND, owner)
    above = Organization.objects.open().filter(pk__in=ancestry([owner.pk])).exclude(pk=owner.pk)
    institutes = Organization.objects.open().filter(kind="institute", parent__in=ancestry([owner.pk]))
    bodies = list(above) + [body for body in institutes if body.pk != owner.pk]
    known = {one.recipient_id: one for one in Submission.objects.filter(order=edition.order_id, clause=None).for_page()}
    if request.method == "POST":
        to = next((body for body in bodies if str(body.pk) == request.POST.get("recipient")), None)
        if to is None:
            raise Http404
        try:
            made = operations.send_plan_up(edition, recipient=to, by=request.user, now=timezone.now())
        except (Refused, PlanRefused) as refused:
            messages.error(request, str(refused))
            return redirect("plan", pk)
        messages.success(request, _("The plan is sent."))
        return redirect(made)
    context = {"edition": edition, "title": edition.title, "bodies": [(body, known.get(body.pk)) for body in bodies]}
    return render(request, "roadmaps/plan_send_up.html", context)


def _visible(request: SignedInRequest, pk: int) -> Submission:
    return get_object_or_404(Submission.objects.visible_to(request.user).for_page(), pk=pk)


def _may_act_for(user: User, found: Submission) -> bool:
    """Tell whether the reader received the paper of a body that does not use the portal and may enter it."""
    if not access.allows(user, Verb.RECEIVE, found.recipient) or access.uses_portal(found.organization):
        return False
    return access.allows(user, Verb.ACT_FOR, found.organization)

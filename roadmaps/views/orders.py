"""One order: read as it will be printed, edited, handed for signing, signed, registered, returned."""

import datetime as dt
from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.db.models import Count
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from documents import tasks
from documents.choices import Asked, OrderKind, OrderState
from documents.custody import custody, may, reads_drafts
from documents.forms import NewOrderForm, OrderForm, ReasonForm, RegisterForm, RetentionForm, SignForm
from documents.history import lines_of
from documents.models import Order, Submission
from documents.operations import archives
from documents.operations import orders as documents
from documents.operations.files import store_file
from documents.operations.refusals import Incomplete, Refused
from documents.printing import shown_consolidated
from documents.texts import text_of
from documents.views.asking import proposed
from documents.views.reaching import order_for, refuse
from documents.views.rendered import files_of
from organizations import access
from organizations.access import State, Verb
from organizations.models import Organization
from organizations.views.pages import SignedInRequest
from roadmaps import sheets
from roadmaps.choices import EditionState
from roadmaps.models import Edition
from roadmaps.operations import amending, consequences, repeals
from roadmaps.operations import orders as operations
from roadmaps.operations.problems import ConsequencesChanged
from roadmaps.operations.problems import Refused as PlanRefused
from roadmaps.pages.access import coordinated
from roadmaps.pages.impact import Shown, shown_to

View = Callable[..., HttpResponse]


def refusals_back(view: View) -> View:
    """Let a refused deed lead back to the order, with its sentence."""

    @wraps(view)
    def guarded(request: SignedInRequest, pk: int, *args: object, **kwargs: object) -> HttpResponse:
        try:
            return view(request, pk, *args, **kwargs)
        except (Refused, PlanRefused) as refused:
            messages.error(request, str(refused))
            return redirect("order", pk)

    return guarded


@login_required
@require_POST
def plan_order(request: SignedInRequest, pk: int) -> HttpResponse:
    """Draft the order on a submitted plan, or open the one that is there."""
    edition = get_object_or_404(Edition.objects.visible_to(request.user).open().for_page(), roadmap__pk=pk)
    access.require(request.user, Verb.PREPARE, edition.roadmap.organization, State(edition.state))
    try:
        order = operations.prepare(edition, by=request.user, now=timezone.now(), today=timezone.localdate())
    except PlanRefused as refused:
        messages.error(request, str(refused))
        return redirect("plan", pk)
    return redirect(order)


@login_required
@require_http_methods(["GET", "POST"])
def order_new(request: SignedInRequest) -> HttpResponse:
    """Begin an order that approves no plan."""
    own = [organization.pk for organization in coordinated(request.user)]
    form = NewOrderForm(
        request.POST or None,
        organizations=Organization.objects.filter(pk__in=own),
        initial={"organization": own[0] if own else None},
    )
    if not own:
        raise Http404
    if request.method == "POST" and form.is_valid():
        data, today = form.cleaned_data, timezone.localdate()
        access.require(request.user, Verb.PREPARE, data["organization"], State.DRAFT)
        with transaction.atomic():
            order = documents.draft(
                organization=data["organization"],
                kind=OrderKind(data["kind"]),
                title=data["title"],
                signatory=operations.head_of(data["organization"].pk, today),
                by=request.user,
                now=timezone.now(),
            )
            operations.word(order, None, follow=False, by=request.user, now=timezone.now(), today=today)
        messages.success(request, _("The order is begun. Write its clauses."))
        return redirect("order-edit", order.pk)
    return render(request, "documents/order_new.html", {"form": form}, status=422 if form.errors else 200)


@login_required
@require_GET
def order_page(request: SignedInRequest, pk: int) -> HttpResponse:
    """Read an order as it will be printed, with its files, visas and history."""
    order = get_object_or_404(Order.objects.visible_to(request.user).for_page(), pk=pk)
    today = timezone.localdate()
    edition = operations.edition_of(order)
    live = operations.appendices(order, today=today) if order.is_draft else None
    text = text_of(order, appendices=live)
    context = head(request, order, edition) | {
        "text": text,
        "consolidated": shown_consolidated(text),
        "repealed": repeals.repealed_clauses(order) if order.is_registered else {},
        "may_repeal": may(request.user, Verb.OPEN_EDITION, order) and repeals.may_be_repealed(order),
        **files_of(order),
        "visas": list(order.visas.all()),
        "history": lines_of(order) if reads_drafts(request.user, order) else [],
        "tab": "order",
        "impact": _impact(request, edition),
        "may_visa": may(request.user, Verb.PREPARE, order) or may(request.user, Verb.TAKE_BACK, order),
        "may_ask": any(may(request.user, verb, order) for verb in (Verb.PREPARE, Verb.TAKE_BACK, Verb.OPEN_EDITION)),
        "own_person": request.user.person_id,
        "asking": order.is_registered and Submission.objects.filter(clause__order=order).exists(),
        "proposed": proposed(order) if may(request.user, Verb.OPEN_EDITION, order) else [],
        "kept_until": archives.kept_until(order),
        "retention_form": RetentionForm(initial={"retention": order.retention})
        if may(request.user, Verb.OPEN_EDITION, order)
        else None,
    }
    return render(request, "documents/order.html", context)


def _named(order: Order) -> dict[int, int]:
    """Count the bodies that clauses name one by one."""
    counted = order.clauses.filter(asked=Asked.NAMED).annotate(count=Count("addressees"))
    return dict(counted.values_list("pk", "count"))


def head(request: SignedInRequest, order: Order, edition: Edition | None) -> dict[str, object]:
    """Give what the head of every page of an order says."""
    return {
        "order": order,
        "organization": order.organization,
        "edition": edition if edition and _may_read(request, edition) else None,
        "plan_title": sheets.title_of(edition) if edition else "",
        "amendments": amending.amendments_of(order) if order.is_registered else [],
        "custody": custody(request.user, order, hindrance=_hindrance(order, edition)),
        "may_edit": order.is_draft and may(request.user, Verb.PREPARE, order),
    }


def _may_read(request: SignedInRequest, edition: Edition) -> bool:
    return Edition.objects.visible_to(request.user).filter(pk=edition.pk).exists()


def _hindrance(order: Order, edition: Edition | None) -> str:
    if order.is_draft and edition is not None and edition.state != EditionState.SUBMITTED:
        return _("the plan is not submitted: send it for approval first")
    return ""


@login_required
@require_http_methods(["GET", "POST"])
@refusals_back
def order_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Edit the head of a draft; its clauses stand below with their own steps."""
    order = order_for(request, pk, Verb.PREPARE, OrderState.DRAFT)
    today = timezone.localdate()
    edition = operations.edition_of(order)
    found = list(order.clauses.select_related("sent_to"))
    fields = ("title", "basis", "preamble", "place", "signatory", "signatory_post", "controller", "retention")
    form = OrderForm(
        request.POST or None,
        order=order,
        may_follow=edition is not None,
        today=today,
        initial={name: getattr(order, name) for name in fields} | {"follow": operations.follows(order)},
    )
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        follow = values.pop("follow", False)
        operations.edit(order, values=values, follow=follow, by=request.user, now=timezone.now(), today=today)
        messages.success(request, _("The order is saved."))
        return redirect("order-edit" if "stay" in request.POST else "order", pk)
    context = head(request, order, edition) | {
        "form": form,
        "clauses": found,
        "proposed": {one.clause.pk: one for one in proposed(order)},
        "named": _named(order),
        "tab": "edit",
    }
    return render(request, "documents/order_edit.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
@refusals_back
def order_hand(request: SignedInRequest, pk: int) -> HttpResponse:
    """Hand a draft for signing."""
    order = order_for(request, pk, Verb.HAND_OVER)
    try:
        operations.hand(order, by=request.user, now=timezone.now(), today=timezone.localdate())
    except Incomplete as incomplete:
        messages.error(request, str(incomplete))
        return redirect("order-edit", pk)
    tasks.soon(order)
    messages.success(request, _("The order is handed for signing. Its text stands now; print it, or wait for the PDF."))
    return redirect("order", pk)


@login_required
@require_POST
@refusals_back
def order_take_back(request: SignedInRequest, pk: int) -> HttpResponse:
    """Let the coordinator have the order again."""
    operations.take_back(order_for(request, pk, Verb.TAKE_BACK), by=request.user, now=timezone.now())
    messages.success(request, _("The order is with you again."))
    return redirect("order", pk)


@login_required
@require_http_methods(["GET", "POST"])
@refusals_back
def order_return(request: SignedInRequest, pk: int) -> HttpResponse:
    """Return an order, saying why."""
    order = order_for(request, pk, Verb.RETURN)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        operations.send_back(order, reason=form.cleaned_data["reason"], by=request.user, now=timezone.now())
        messages.success(request, _("The order is returned; its coordinator has been told why."))
        return redirect("order", pk)
    context = {
        "order": order,
        "form": form,
        "heading": _("Return for revision"),
        "text": _("The coordinator will read the reason and can change the order again. The history stays."),
        "button": _("Return"),
        "away": _("Do not return"),
    }
    return render(request, "documents/order_step.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "POST"])
@refusals_back
def order_sign(request: SignedInRequest, pk: int) -> HttpResponse:
    """Note that the order was signed, and on which day."""
    order = order_for(request, pk, Verb.SIGN)
    today = timezone.localdate()
    form = SignForm(request.POST or None, initial={"signed_on": today})
    if request.method == "POST" and form.is_valid():
        try:
            operations.sign(
                order, signed_on=form.cleaned_data["signed_on"], by=request.user, now=timezone.now(), today=today
            )
        except Refused as refused:
            refuse(form, refused)
        else:
            messages.success(request, _("Noted. The coordinator enters the number; until then nothing is in force."))
            return redirect("order", pk)
    context = {
        "order": order,
        "form": form,
        "heading": _("The order is signed"),
        "text": _(
            "This is a note in the portal, not a signature: the act is the paper, or the file with its signature."
        ),
        "button": _("Signed"),
        "away": _("Not yet"),
    }
    return render(request, "documents/order_step.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "POST"])
@refusals_back
def order_register(request: SignedInRequest, pk: int) -> HttpResponse:
    """Enter number, date and the signed paper: the order, and what it approves, is in force."""
    order = order_for(request, pk, Verb.REGISTER)
    today = timezone.localdate()
    edition = operations.edition_of(order)
    form = RegisterForm(request.POST or None, request.FILES or None, order=order, today=today)
    impact, changed = _impact(request, edition), False
    if request.method == "POST" and form.is_valid():
        try:
            _register(request, order, form.cleaned_data, today, fingerprint=_seen(request, impact))
        except ConsequencesChanged as refused:
            changed = True
            form.add_error(None, str(refused))
            impact = _impact(request, edition)
        except Refused as refused:
            refuse(form, refused)
        else:
            tasks.soon(order)
            messages.success(
                request,
                _registered_words(order, edition),
            )
            return redirect("order", pk)
    context = head(request, order, edition) | {"form": form, "impact": impact, "tells_anew": changed}
    status = 409 if changed else 422 if form.errors else 200
    return render(request, "documents/order_register.html", context, status=status)


def _registered_words(order: Order, edition: Edition | None) -> str:
    if order.kind == OrderKind.REPEAL:
        return _("The order is registered; what it names has lost its force.")
    return _("The order is registered, the plan is in force.") if edition else _("The order is registered.")


def _impact(request: SignedInRequest, edition: Edition | None) -> Shown | None:
    """Give what follows below once the order's plan is in force; nothing where it approves none, or is in force."""
    if edition is None or not edition.is_open or not _may_read(request, edition):
        return None
    return shown_to(request.user, consequences.preview(edition), sheets.load(edition))


def _seen(request: SignedInRequest, impact: Shown | None) -> str:
    """Give the fingerprint of the consequences that the form showed; a form that showed none has not been read."""
    said = request.POST.get("fingerprint", "")[:64]
    return said or ("unseen" if impact and not impact.is_empty else "")


def _register(request: SignedInRequest, order: Order, data: dict, today: dt.date, *, fingerprint: str) -> None:
    now = timezone.now()
    with transaction.atomic():
        kept = {
            name: store_file(
                organization=order.organization, name=data[name].name, data=data[name].read(), by=request.user, now=now
            )
            for name in ("original", "signature")
            if data[name]
        }
        operations.register(
            order, number=data["number"], signed_on=data["signed_on"], original=kept.get("original"),
            signature=kept.get("signature"), fingerprint=fingerprint, by=request.user, now=now, today=today,
        )  # fmt: skip


@login_required
@require_http_methods(["GET", "POST"])
@refusals_back
def order_drop(request: SignedInRequest, pk: int) -> HttpResponse:
    """Throw a draft order away, after saying what stays."""
    order = order_for(request, pk, Verb.PREPARE, OrderState.DRAFT)
    if request.method == "POST":
        edition = operations.edition_of(order)
        operations.drop(order, by=request.user, now=timezone.now())
        messages.success(request, _("The draft of the order is discarded."))
        return redirect("plan", edition.roadmap_id) if edition else redirect("orders")
    context = {
        "order": order,
        "heading": _("Discard the draft of the order"),
        "text": _("The plan stays where it is, and another order can be prepared. The journal keeps what was done."),
        "button": _("Discard the draft"),
        "away": _("Keep the draft"),
    }
    return render(request, "documents/order_step.html", context)

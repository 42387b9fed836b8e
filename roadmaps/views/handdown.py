"""Handing plans down: a plan derived from those above, taken over unchanged, or added to."""

import datetime as dt

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from organizations.access import Verb
from organizations.context import standpoint_of
from organizations.models import Organization
from organizations.views.pages import SignedInRequest
from roadmaps import joining, meeting
from roadmaps.forms.handdown import AdoptForm, DeriveForm, HandsForm, UppersForm
from roadmaps.handing import Handing, handing_of, title_for
from roadmaps.models import Edition
from roadmaps.operations import handdown as operations
from roadmaps.operations.problems import Refused
from roadmaps.pages import handdown as pages
from roadmaps.pages.access import coordinated
from roadmaps.views.reaching import draft_for, refusals_back_to


@login_required
@require_http_methods(["GET", "POST"])
def plan_derive(request: SignedInRequest) -> HttpResponse:
    """Choose plans above, then rows of theirs; saving makes the draft of a whole plan."""
    chooser = _chooser(request)
    if not chooser.is_valid():
        return _choose(request, chooser)
    handing = _handing(chooser)
    form = DeriveForm(
        request.POST or None, handing=handing, default=handing.hands.anybody, initial={"title": title_for(handing)}
    )
    if request.method == "POST" and form.is_valid() and (edition := _begin(request, form, handing)):
        return redirect("plan", edition.roadmap_id)
    lines = pages.lines_of(handing, form)
    context = _context(handing, form) | {"lines": lines, "counts": pages.counts_words(lines)}
    return render(request, "roadmaps/handdown/derive.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "POST"])
def plan_adopt(request: SignedInRequest) -> HttpResponse:
    """Take one plan above over unchanged: every row that obliges, with its date, done by one's own people."""
    chooser = _chooser(request)
    if not chooser.is_valid():
        return _choose(request, chooser)
    handing = _handing(chooser)
    default = handing.hands.head or handing.hands.anybody
    form = AdoptForm(request.POST or None, handing=handing, default=default, initial={"title": title_for(handing)})
    if request.method == "POST" and form.is_valid() and (edition := _begin(request, form, handing)):
        return redirect("plan", edition.roadmap_id)
    lines = pages.lines_of(handing)
    context = _context(handing, form) | {"lines": lines, "counts": pages.counts_words(lines)}
    return render(request, "roadmaps/handdown/adopt.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "POST"])
@refusals_back_to("plan")
def plan_derive_more(request: SignedInRequest, pk: int) -> HttpResponse:
    """Add to a draft rows above that it has never answered."""
    edition = draft_for(request, pk, Verb.EDIT)
    uppers = joining.joinable(edition)
    handing = handing_of(
        edition.roadmap.organization, uppers, answered=operations.answered(edition), today=timezone.localdate()
    )
    form = DeriveForm(request.POST or None, handing=handing, default=handing.hands.anybody, is_new=False)
    if request.method == "POST" and form.is_valid():
        count = operations.derive_more(
            roadmap=pk, uppers=uppers, taken=form.taken(), by=request.user, now=timezone.now()
        )
        said = ngettext("%(n)s row is taken from above.", "%(n)s rows are taken from above.", count) % {"n": count}
        messages.success(request, said)
        return redirect("plan", pk)
    lines = pages.lines_of(handing, form)
    context = _context(handing, form) | {"lines": lines, "counts": pages.counts_words(lines), "edition": edition}
    return render(request, "roadmaps/handdown/derive.html", context, status=422 if form.errors else 200)


def _chooser(request: SignedInRequest) -> UppersForm:
    """
    Give the choice of organization and plans above, as the address or the form carries it.

    :raises PermissionDenied: if the account coordinates no organization
    """
    organizations = coordinated(request.user)
    if not organizations:
        raise PermissionDenied
    here = standpoint_of(request).organization
    organization = next((one for one in organizations if here is not None and one.pk == here.pk), organizations[0])
    data = request.POST if request.method == "POST" else request.GET
    return UppersForm(
        data if "upper" in data else None,
        user=request.user,
        organizations=organizations,
        initial={"organization": organization.pk, "upper": _nearest(organization, timezone.localdate())},
    )


def _choose(request: SignedInRequest, chooser: UppersForm) -> HttpResponse:
    status = 422 if chooser.errors else 200
    has_uppers = chooser.fields["upper"].queryset.exists()  # type: ignore[attr-defined]
    return render(request, "roadmaps/handdown/choose.html", {"form": chooser, "has_uppers": has_uppers}, status=status)


def _nearest(organization: Organization, today: dt.date) -> list[int]:
    """Propose the plans from which an organization's plan follows directly, of the programme that was begun last."""
    above = Organization.objects.above(organization.pk).exclude(pk=organization.pk).values("pk")
    newest = (
        Edition.objects.in_force()
        .filter(roadmap__organization__in=above, roadmap__period_end__gte=today)
        .select_related("roadmap__programme")
        .order_by("-roadmap__period_start", "-pk")
        .first()
    )
    if newest is None:
        return []
    return [found.pk for found in meeting.uppers_of(organization, newest.roadmap.programme, newest.roadmap.period)]


def _handing(chooser: UppersForm) -> Handing:
    return handing_of(chooser.cleaned_data["organization"], chooser.uppers(), today=timezone.localdate())


def _begin(request: SignedInRequest, form: AdoptForm | DeriveForm, handing: Handing) -> Edition | None:
    """Carry the operation out; a refusal comes back as an error of the form."""
    upper = handing.uppers[0]
    try:
        edition = operations.derive(
            programme=upper.programme,
            organization=handing.organization,
            period=upper.period,
            title=form.cleaned_data["title"],
            label=form.cleaned_data["label"],
            uppers=handing.uppers,
            taken=form.taken(),
            by=request.user,
            now=timezone.now(),
        )
    except Refused as refused:
        form.add_error(None, str(refused))
        return None
    messages.success(
        request, _("The draft stands: every row is linked upwards. Read it through and mend what is yours.")
    )
    return edition


def _context(handing: Handing, form: HandsForm) -> dict[str, object]:
    return {
        "handing": handing,
        "organization": handing.organization,
        "uppers": handing.uppers,
        "titles": [(sheet.title or str(sheet.edition.roadmap), sheet.edition) for sheet in handing.sheets],
        "form": form,
    }

"""Plans: the list, the beginning of one, the reading document."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from documents.models import Order
from organizations.access import Verb
from organizations.calendars import calendar_for
from organizations.models import User
from organizations.views.pages import SignedInRequest
from roadmaps import sheets
from roadmaps.acts import acts_of, followed_words
from roadmaps.choices import DRAFT, EditionState, HeadingKind
from roadmaps.consolidated import notes_of
from roadmaps.forms.plans import PlanForm, PlansFilter, ReasonForm
from roadmaps.forms.rows import RowChoiceForm
from roadmaps.models import Edition
from roadmaps.operations import editions as operations
from roadmaps.operations.problems import Refused
from roadmaps.pages import filters, lists, margin, notes
from roadmaps.pages.access import coordinated, may, organizations_of, oversees, reads_drafts_of
from roadmaps.pages.comments import open_remarks
from roadmaps.pages.custody import custody, stamp
from roadmaps.pages.groups import groups_below
from roadmaps.pages.lineage import followers_words, uppers_of
from roadmaps.pages.plan import blocks_of
from roadmaps.pages.rollover import offering
from roadmaps.views.reaching import editions_of, shown_edition

PLANS_ON_PAGE = 50


@login_required
@require_GET
def plans(request: SignedInRequest) -> HttpResponse:
    """List the plans that the reader may see, her own first."""
    today = timezone.localdate()
    form = PlansFilter(request.GET, user=request.user, years=range(today.year + 1, today.year - 6, -1))
    form.is_valid()
    found = lists.plans_for(request.user, form.cleaned_data, today)
    page = Paginator(found, PLANS_ON_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "lines": [lists.line_of(edition) for edition in page.object_list],
        "is_narrowed": any(form.cleaned_data.values()),
        "may_start": bool(coordinated(request.user)),
    }
    return render(request, "roadmaps/plans.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def plan_new(request: SignedInRequest) -> HttpResponse:
    """Begin a plan with an empty draft."""
    organizations = coordinated(request.user)
    if not organizations:
        raise PermissionDenied
    form = PlanForm(
        request.POST or None,
        user=request.user,
        organizations=organizations,
        today=timezone.localdate(),
        initial={"organization": organizations[0].pk, "uppers": request.GET.getlist("upper")},
    )
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            edition = operations.start(
                programme=data["programme"],
                organization=data["organization"],
                period=data["period"],
                title=data["title"],
                label=data["label"],
                uppers=data["uppers"],
                by=request.user,
                now=timezone.now(),
            )
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("The plan is begun. Add activities, or take the rows of the plan above."))
            return redirect("plan-edit", edition.roadmap_id)
    return render(request, "roadmaps/plan_new.html", {"form": form}, status=422 if form.errors else 200)


@login_required
@require_GET
def plan(request: SignedInRequest, pk: int) -> HttpResponse:
    """Read a plan: one's own draft, else the newest edition that may be read."""
    editions = editions_of(request.user, pk)
    return _page(request, shown_edition(request.user, editions), editions)


@login_required
@require_GET
def plan_edition(request: SignedInRequest, pk: int, number: int) -> HttpResponse:
    """Read one edition by its number."""
    editions = editions_of(request.user, pk)
    edition = next((edition for edition in editions if edition.number == number and number < DRAFT), None)
    if edition is None:
        raise Http404
    return _page(request, edition, editions)


def _page(request: SignedInRequest, edition: Edition, editions: list[Edition]) -> HttpResponse:
    sheet = sheets.load(edition)
    said = notes.notes_of(sheet)
    marks = notes.by_row(said)
    surname = _surname(request.user)
    form = filters.filter_form(request.GET, sheet, marks, surname)
    kept = filters.kept(sheet, form, marks, surname)
    organization = edition.roadmap.organization
    amended = notes_of(edition, editions) if edition.state == EditionState.APPROVED else None
    remarks = open_remarks(sheet) if sees_notes(request.user, edition) else {}
    blocks = blocks_of(
        sheet,
        amended=amended,
        notes=marks if sees_notes(request.user, edition) else {},
        groups=groups_below(organization.pk),
        calendar=calendar_for(organization),
        today=timezone.localdate(),
        remarks=remarks,
    )
    context = head(request, edition, editions, said)
    if context["questions"] and (edition.is_open or edition is context["newest"]):
        margin.write(blocks, sheet)
    shown = lists.narrowed(blocks, kept)
    context |= {
        "sheet": sheet,
        "edition_note": amended.edition if amended else "",
        "form": form,
        "blocks": shown,
        "shown_rows": sum(len(block.rows) for block in shown),
        "is_narrowed": kept is not None,
        "count": len(sheet.rows),
        "first_error": next((f"row-{note.row}" for note in said if note.blocks and note.row), ""),
        "plan_notes": [note for note in said if note.row is None and note.code != "not-covered"],
        "uncovered": [note for note in said if note.code == "not-covered"],
        "waived": [(sheet.upper[pk], reason) for pk, reason in sheet.waivers.items() if pk in sheet.upper],
        "uppers": uppers_of(sheet),
        "goals": [heading for heading in sheet.headings if heading.kind in {HeadingKind.GOAL, HeadingKind.TASK}],
        "here": request.get_full_path(),
        "reason_form": ReasonForm(auto_id=False),
        "row_form": RowChoiceForm(rows=sheet.rows, auto_id=False),
        "tab": "plan",
    }
    return render(request, "roadmaps/plan.html", context)


def head(
    request: SignedInRequest, edition: Edition, editions: list[Edition], said: list[notes.Note]
) -> dict[str, object]:
    """Give what the head of every page of a plan says: stamp, custody, tabs, the other editions."""
    draft = next((other for other in editions if other.number == DRAFT), None)
    approved = (other for other in editions if other.state == EditionState.APPROVED)
    newest = next((other for other in approved if not other.repealed_by_id), None)
    acts = acts_of(edition, editions)
    counts = notes.tally(said)
    sees = sees_notes(request.user, edition)
    return {
        "edition": edition,
        "roadmap": edition.roadmap,
        "organization": edition.roadmap.organization,
        "title": edition.title or _("Untitled plan"),
        "stamp": stamp(edition, newest),
        "acts": acts,
        "followed": followed_words(acts),
        "custody": offering(
            custody(request.user, edition, draft, newest, counts["error"]),
            request.user,
            edition,
            newest,
            timezone.localdate(),
        ),
        "draft": draft,
        "newest": newest,
        "editions": editions,
        "sees_notes": sees,
        "sees_coverage": newest is not None and oversees(request.user, edition),
        "sees_journal": reads_drafts_of(request.user, edition.roadmap.organization_id),
        "sees_proposals": newest is not None and reads_drafts_of(request.user, edition.roadmap.organization_id),
        "questions": _waiting(request.user, edition),
        "may_answer": newest is not None and may(request.user, Verb.ANSWER, newest),
        "may_edit": edition.is_writable and may(request.user, Verb.EDIT, edition),
        "may_bring_back": may_bring_back(request.user, edition, newest),
        "counts": counts,
        "counts_words": lists.counts_words(counts) if sees else "",
        "open_count": sum(counts.values()) if sees else 0,
        "followers": followers_words(edition),
        "document": _document(request.user, edition),
        "is_own": edition.roadmap.organization_id in organizations_of(request.user),
    }


def _waiting(user: User, edition: Edition) -> int:
    """Count what waits for the answer of this plan's own body; others are told nothing of it."""
    own = reads_drafts_of(user, edition.roadmap.organization_id)
    return int(getattr(edition, "questions", 0)) if own else 0


def may_bring_back(user: User, edition: Edition, newest: Edition | None) -> bool:
    """Tell whether an edited file of this edition may come in: into the draft, or by a new edition over the one in force."""
    if edition.is_open:
        return edition.is_writable and may(user, Verb.EDIT, edition)
    return newest is not None and newest.pk == edition.pk and may(user, Verb.OPEN_EDITION, edition)


def _document(user: User, edition: Edition) -> Order | None:
    """Give the order of an edition: the registered one, or for its own organization the one on its way."""
    if edition.order is not None or edition.roadmap.organization_id not in organizations_of(user):
        return edition.order
    return edition.prepared_order


def sees_notes(user: User, edition: Edition) -> bool:
    """Notes are pencilled for those who prepare the plan, and for the bodies above that read what is sent to them."""
    return reads_drafts_of(user, edition.roadmap.organization_id) or bool(getattr(edition, "is_below", False))


def _surname(user: User) -> str:
    return user.person.surname if user.person else ""

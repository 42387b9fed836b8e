"""Orders that amend a plan in force: which order governs it, the changes in words, what stands behind them."""

import datetime as dt
from collections.abc import Sequence

from django.db.models import Exists, OuterRef

from documents.choices import AppendixKind, ClauseKind, OrderKind, OrderState
from documents.models import Appendix, Clause, Order
from documents.operations import clauses
from documents.operations.clauses import Worded
from documents.texts import PrintedAppendix
from organizations.models import User
from roadmaps import amending, approval, sheets
from roadmaps.acts import amended
from roadmaps.appendices import LIST_TITLE, appendices_of, participants_data, plan_data
from roadmaps.choices import CURRENT, DRAFT, EditionState, HeadingKind
from roadmaps.consolidated import notes_of
from roadmaps.difference import Difference
from roadmaps.difference.reading import difference
from roadmaps.models import Edition
from roadmaps.operations.problems import ChangesOutdated


def basic_of(roadmap: int) -> Order | None:
    """Give the order that approved the plan in force, whatever has amended it since; None where nothing is in force."""
    editions = Edition.objects.filter(
        roadmap=roadmap, state=EditionState.APPROVED, repealed_by=None, order__isnull=False
    ).select_related("order__amends", "order__organization")
    newest = editions.order_by("-number").first()
    if newest is None or newest.order is None:
        return None
    return newest.order.amends if newest.order.kind == OrderKind.AMEND else newest.order


def amendments_of(order: Order) -> list[Order]:
    """List the registered orders that amend an order, the oldest first."""
    found = Order.objects.registered().filter(amends=order, kind=OrderKind.AMEND).select_related("organization")
    return list(found.order_by("signed_on", "registered_at", "pk"))


def follow_clause_of(order: Order) -> Clause | None:
    """
    Give the clause that lets the dates of a plan follow the plan above: of the order that approved it, or of one that amends it.

    A clause that a registered order has repealed does not hold any more.
    """
    repealed = Clause.objects.filter(repeals=OuterRef("pk"), order__state=OrderState.REGISTERED)
    found = Clause.objects.filter(kind=ClauseKind.FOLLOW, order__in=[order, *amendments_of(order)])
    return found.filter(~Exists(repealed)).select_related("order").order_by("-order__registered_at", "-pk").first()


def changes_of(edition: Edition) -> Difference:
    """Compare a draft with what is in force."""
    return difference(edition.roadmap_id, CURRENT, DRAFT)


def word(
    order: Order, edition: Edition, *, follow: bool, uppers: Sequence[approval.UpperOrder], anew: bool = False,
    restates: bool | None = None, by: User | None, now: dt.datetime, today: dt.date,
) -> None:  # fmt: skip
    """
    Word the clauses of an amending order; changes that are worded already stay as somebody may have mended them.

    :param anew: word the changes again from the plan as it reads now
    :param restates: give the whole plan anew, or row by row; None lets the number of changes decide, once
    """
    assert order.amends is not None  # an amending order names what it amends
    basic, former = amended(order.amends), [amended(one) for one in amendments_of(order.amends)]
    found = changes_of(edition)
    worded = amending.changes(found, today=today)
    is_first = not order.clauses.filter(kind__in=[ClauseKind.AMEND, ClauseKind.RESTATE]).exists()
    if restates is None:
        restates = amending.is_too_much(worded, found) or not worded if is_first else order.restates
    if restates != order.restates:
        Order.objects.filter(pk=order.pk).update(restates=restates)
        order.restates = restates
    title = next((one.title for one in found.was.of_kind(HeadingKind.TITLE)), sheets.title_of(edition))
    attached = [one for one in appendices_for(order, edition, today=today) if one.kind != AppendixKind.CONSOLIDATED]
    texts = {
        ClauseKind.RESTATE: amending.restate_clause(title, basic, former, appendices=len(attached)) if restates else "",
        ClauseKind.LIST: _list_clause(attached),
        ClauseKind.FOLLOW: _follow_clause(order, edition, uppers, attached) if follow else "",
    }
    clauses.set_worded(order, texts=texts, by=by, now=now)
    if restates:
        clauses.set_branch(order, kind=ClauseKind.AMEND, head=None, by=by, now=now)
    elif anew or is_first or not order.clauses.filter(kind=ClauseKind.AMEND).exists():
        head = Worded(amending.amend_clause(title, basic, former), {"source": found.fingerprint()})
        clauses.set_branch(order, kind=ClauseKind.AMEND, head=head, below=_below(worded), by=by, now=now)
    _word_unfollow(order, follow=follow, by=by, now=now)


def _below(worded: Sequence[amending.ChangeClause]) -> list[Worded]:
    """End the changes as an enumeration ends; behind a table the sign stands after the quotation marks."""
    ends = [";"] * (len(worded) - 1) + ["."]
    return [
        Worded(one.text, {"blocks": list(one.blocks), "end": end}) if one.blocks else Worded(f"{one.text}{end}")
        for one, end in zip(worded, ends, strict=bool(worded))
    ]


def _list_clause(attached: Sequence[PrintedAppendix]) -> str:
    found = next((one for one in attached if one.kind == AppendixKind.PARTICIPANTS), None)
    return amending.list_clause(number=found.number, appendices=len(attached)) if found else ""


def _follow_clause(
    order: Order, edition: Edition, uppers: Sequence[approval.UpperOrder], attached: Sequence[PrintedAppendix]
) -> str:
    """Word a clause on following dates of its own, where the plan has none that holds and some row would follow."""
    assert order.amends is not None  # an amending order names what it amends
    if follow_clause_of(order.amends) is not None or not any(
        link.rule != "own" and link.upper is not None for row in sheets.load(edition).rows for link in row.links
    ):
        return ""
    if order.restates:
        return approval.follow_clause(uppers, appendices=len(attached))
    return approval.follow_clause(uppers, appendices=1, of=f"к {amended(order.amends).cited('приказу')}")


def _word_unfollow(order: Order, *, follow: bool, by: User | None, now: dt.datetime) -> None:
    """Repeal the clause on following dates, where it is no longer wanted; that is a change of the former order."""
    assert order.amends is not None  # an amending order names what it amends
    held = None if follow else follow_clause_of(order.amends)
    head = None
    if held is not None:
        text, _ = amending.repeal_clause([amended(held.order)], [held.number])
        head = Worded(text, repeals=held)
    clauses.set_branch(order, kind=ClauseKind.REPEAL, head=head, by=by, now=now)


def appendices_for(order: Order, edition: Edition, *, today: dt.date) -> list[PrintedAppendix]:
    """
    Give what stands behind an order on an edition, as it reads now, the plan first.

    An amending order bears the whole plan only where it gives it anew; else the consolidated text is kept with it. The
    list of schools comes along where it is no longer what was approved.
    """
    if order.kind != OrderKind.AMEND or order.amends is None:
        return appendices_of(edition, today=today)
    sheet = sheets.load(edition)
    if order.restates:
        found = [PrintedAppendix(AppendixKind.PLAN, 1, sheet.title, plan_data(sheet))]
    else:
        editions = Edition.objects.filter(roadmap=edition.roadmap_id).select_related("order", "basis__order")
        data = plan_data(sheet, notes_of(edition, editions))
        found = [PrintedAppendix(AppendixKind.CONSOLIDATED, 0, sheet.title, data)]
    schools = participants_data(edition, today)
    if _list_changed(order.amends, schools):
        found.append(PrintedAppendix(AppendixKind.PARTICIPANTS, 2 if order.restates else 1, LIST_TITLE, schools))
    return found


def _list_changed(basic: Order, schools: dict) -> bool:
    """Tell whether the schools are others than in the last order that named them; paper that named none stays silent."""
    named = Appendix.objects.filter(kind=AppendixKind.PARTICIPANTS, order__in=[basic, *amendments_of(basic)])
    last = named.order_by("-order__registered_at", "-pk").first()
    return last is not None and (last.data or {}).get("groups") != schools["groups"]


def require_current(order: Order, edition: Edition) -> None:
    """
    Hold the worded changes against the plan.

    :raises ChangesOutdated: if the plan says otherwise by now
    """
    head = order.clauses.filter(kind=ClauseKind.AMEND).first()
    if head is not None and (head.data or {}).get("source") not in {None, changes_of(edition).fingerprint()}:
        raise ChangesOutdated

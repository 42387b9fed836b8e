"""
The consolidated text of a plan: as it reads after its amendments, each changed row with the order that changed it.

Notes are kept as text with `{this}` in place of the order that is still on its way: its number comes with the register.
"""

from collections.abc import Iterable, Mapping

from documents.choices import OrderKind
from documents.printing import THIS
from roadmaps.acts import act_of_edition, amended
from roadmaps.amending import Amended, edition_note, row_note
from roadmaps.choices import DRAFT, EditionState, HeadingKind
from roadmaps.difference import Kind
from roadmaps.difference.outlines import Notes, Stretch, Trace, outlines
from roadmaps.difference.reading import sides
from roadmaps.models import Assignment, Deliverable, Edition, HeadingText
from roadmaps.pages.plan import phrase_of

ISSUED = Amended("", "", "")
"""Stands for the order that is on its way."""


def notes_of(edition: Edition, editions: Iterable[Edition]) -> Notes:
    """
    Say what was changed in a plan since it was approved or last given anew, and by which orders.

    Reads three statements, six more where an activity was struck out, none for an edition that nothing has changed. Of a
    draft, its order on its way counts as the last one.

    :param editions: those of the plan, each with its `order` and `basis__order`
    """
    known = {one.number: one for one in editions if one.state == EditionState.APPROVED and one.number <= edition.number}
    base = max((number for number, one in known.items() if _is_whole(one)), default=None)
    last = edition.number
    if base is None or base == last:
        return Notes("", {}, {})
    acts = {number: _act(one) for number, one in known.items()} | ({DRAFT: ISSUED} if last == DRAFT else {})
    amending = [acts[number] for number in sorted(acts) if number > base and _by_order(number, known)]
    rows = outlines(_rows(edition.roadmap_id, base, last), base=base, last=last)
    headings = outlines(_headings(edition.roadmap_id, base, last), base=base, last=last)
    return Notes(
        edition=_said(edition_note(amending)),
        headings={
            pk: _said(_note(traces, acts, known))
            for pk, traces in headings.items()
            if all(trace.kind is Kind.CHANGED for trace in traces)  # of a new activity its rows say so
        },
        rows={pk: _said(_note(traces, acts, known)) for pk, traces in rows.items()},
        excluded=tuple(_excluded(edition.roadmap_id, base, last, headings, acts)),
    )


def _is_whole(edition: Edition) -> bool:
    """Tell whether an edition came as a whole text: approved anew, or amended by giving all of it anew."""
    order = edition.order if edition.basis_id is None else None
    return order is not None and (order.kind != OrderKind.AMEND or order.restates)


def _by_order(number: int, known: Mapping[int, Edition]) -> bool:
    return number == DRAFT or known[number].basis_id is None


def _act(edition: Edition) -> Amended:
    order = act_of_edition(edition)
    return amended(order) if order else ISSUED


def _said(note: str) -> str:
    return note.replace(ISSUED.short, THIS)


def _note(traces: Iterable[Trace], acts: Mapping[int, Amended], known: Mapping[int, Edition]) -> str:
    introduced: Amended | None = None
    changed: list[Amended] = []
    followed: list[Amended] = []
    for trace in traces:
        act = acts.get(trace.edition)
        if act is None:
            continue
        if trace.kind is Kind.ADDED:
            introduced, changed, followed = act, [], []
        elif trace.kind is Kind.CHANGED and _by_order(trace.edition, known):
            changed.append(act)
        elif trace.kind is Kind.CHANGED:
            followed.append(act)
    return row_note(introduced, changed, followed)


def _rows(roadmap: int, base: int, last: int) -> Iterable[Stretch]:
    ranged = {"roadmap": roadmap, "since__lte": last, "until__gt": base}
    for row in Deliverable.objects.filter(**ranged):
        part = ("row", row.text, phrase_of(row.deadline))
        yield Stretch(row.commitment_id, part, row.since, row.until)
    for one in Assignment.objects.filter(**ranged):
        yield Stretch(one.commitment_id, ("executor", one.position, one.text), one.since, one.until)


def _headings(roadmap: int, base: int, last: int) -> Iterable[Stretch]:
    ranged = {"roadmap": roadmap, "since__lte": last, "until__gt": base}
    for text in HeadingText.objects.filter(**ranged, heading__kind=HeadingKind.ACTIVITY):
        yield Stretch(text.heading_id, text.title, text.since, text.until)


def _excluded(
    roadmap: int, base: int, last: int, headings: Mapping[int, tuple[Trace, ...]], acts: Mapping[int, Amended]
) -> Iterable[tuple[int | None, str, str]]:
    """List the activities that were struck out and whose numbers nobody bears now, each behind what stood before it."""
    gone = {pk: traces[-1] for pk, traces in headings.items() if traces[-1].kind is Kind.DROPPED}
    if not gone:
        return
    was, became = sides(roadmap, base, last)
    taken = {heading.number.strip(". ") for heading in became.of_kind(HeadingKind.ACTIVITY)}
    before: int | None = None
    for heading in was.headings.values():
        if heading.pk in became.headings:
            before = heading.pk
        number = heading.number.strip(". ")
        if heading.pk in gone and number and number not in taken and gone[heading.pk].edition in acts:
            yield before, heading.number, f"Исключена. – Приказ {_said(acts[gone[heading.pk].edition].short)}."

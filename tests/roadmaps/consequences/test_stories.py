"""
Random stories against the slow model: whatever is approved in whatever order, the engine does what the model does.

A few in every run; `STORIES=400 pytest tests/roadmaps/consequences/test_stories.py` tells many.
"""

import os
import random
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from roadmaps.choices import CURRENT, DRAFT, OPEN
from roadmaps.consequences import Consequences, OfferKind
from roadmaps.models import Deliverable, Edition, Proposal, Roadmap
from roadmaps.operations import consequences, editions, rows
from roadmaps.operations.dates import wrong_dates
from tests.roadmaps.chain import NOW
from tests.roadmaps.consequences.forest import Forest, deadline_of
from tests.roadmaps.consequences.slow import Asked, SlowRow, Span

pytestmark = pytest.mark.django_db
STORIES = int(os.environ.get("STORIES", "4"))
few = settings(
    max_examples=STORIES,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    database=None,
)


@contextmanager
def forgotten() -> Iterator[None]:
    """Whatever happens inside is undone: every story begins with an empty database."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def in_force(roadmap: int, number: int = CURRENT) -> dict[int, Span]:
    found = Deliverable.objects.at(number).filter(roadmap=roadmap)
    return {key: (start, due) for key, start, due in found.values_list("commitment", "start", "due")}


def begin(forest: Forest, roadmap: int) -> dict[int, SlowRow]:
    """Open a draft, or go on with it."""
    if roadmap not in forest.drafts:
        editions.open_edition(by_pk(forest, roadmap), by=None, now=NOW)
        forest.drafts[roadmap] = dict(forest.slow.plans[roadmap].rows)
    return forest.drafts[roadmap]


def by_pk(forest: Forest, roadmap: int) -> Roadmap:
    return next(one for one in forest.roadmaps if one.pk == roadmap)


def edit(forest: Forest, roadmap: int) -> None:
    """Give some row of a draft another date of its own, or drop it."""
    draft = begin(forest, roadmap)
    key = forest.rng.choice(sorted(draft))
    if len(draft) > 1 and forest.rng.random() < 0.15:
        rows.drop_result(roadmap=roadmap, commitment=key, by=None, now=NOW)
        del draft[key]
        return
    span = forest.span()
    rows.edit_result(roadmap=roadmap, commitment=key, changes={"deadline": deadline_of(span)}, by=None, now=NOW)
    draft[key] = SlowRow(span, draft[key].ties)


def approve(forest: Forest, roadmap: int) -> None:
    """Put a draft in force and hold everything against the model."""
    begin(forest, roadmap)
    edition = Edition.objects.get(roadmap=roadmap, number=DRAFT)
    before = {one.pk: in_force(one.pk) for one in forest.roadmaps}
    seen = consequences.preview(edition)
    asked = forest.slow.approve(roadmap, forest.drafts.pop(roadmap))
    known = set(Proposal.objects.values_list("pk", flat=True))
    editions.put_in_force(edition, order=forest.orders[roadmap], fingerprint=seen.fingerprint, by=None, now=NOW)
    for one in forest.roadmaps:
        now = in_force(one.pk)
        assert now == forest.slow.plans[one.pk].copies[-1], one.organization.short_name
        if one.pk != roadmap:
            tell_no_lies(one.pk, edition, before[one.pk], now, seen)
    questions = Proposal.objects.exclude(pk__in=known)
    assert asked_in(seen) == as_tuples(asked)
    assert {(one.lower_id, one.upper_id, one.kind) for one in questions} == {
        (offer.lower, offer.upper, offer.kind.value) for offer in seen.offers
    }
    assert wrong_dates() == []


def tell_no_lies(
    roadmap: int, basis: Edition, before: dict[int, Span], now: dict[int, Span], seen: Consequences
) -> None:
    """No row moves silently: an edition on that basis, a version with its link, and it was in the preview."""
    assert before.keys() == now.keys()  # nothing dropped comes back, nothing goes
    moved = {key for key in now if now[key] != before[key]}
    assert moved == {move.commitment for move in seen.moves if move.roadmap == roadmap}
    assert {move.commitment: (move.after.start, move.after.due) for move in seen.moves if move.roadmap == roadmap} == {
        key: now[key] for key in moved
    }
    newest = Edition.objects.in_force().get(roadmap=roadmap)
    assert (newest.basis_id == basis.pk) == bool(moved)
    if moved:
        versions = Deliverable.objects.filter(roadmap=roadmap, since=newest.number)
        assert (
            {one.commitment_id for one in versions if one.moved_by} == moved == {one.commitment_id for one in versions}
        )


def asked_in(found: Consequences) -> set[tuple[object, ...]]:
    said: set[tuple[object, ...]] = set()
    for offer in found.offers:
        if offer.kind is OfferKind.WITHDRAWN or offer.rule == "own":
            said.add((offer.kind.value, offer.lower, offer.upper))
        else:
            assert offer.after is not None
            said.add((offer.kind.value, offer.lower, offer.after.start, offer.after.due))
    return said


def as_tuples(asked: Asked) -> set[tuple[object, ...]]:
    return (
        {("date", key, *span) for key, span in asked.dates.items()}
        | {("date", *pair) for pair in asked.own}
        | {("withdrawn", *pair) for pair in asked.withdrawn}
    )


def history_holds(forest: Forest) -> None:
    """Every edition of every plan reads as it did, and no two versions of a row hold at once."""
    for one in forest.roadmaps:
        for number, copy in enumerate(forest.slow.plans[one.pk].copies, 1):
            assert in_force(one.pk, number) == copy
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM roadmaps_deliverable a JOIN roadmaps_deliverable b ON a.commitment_id = b.commitment_id "
            "AND a.id < b.id AND a.since < b.until AND b.since < a.until"
        )
        assert cursor.fetchone() == (0,)


@few
@given(st.integers(0, 2**32))
def test_the_engine_does_what_the_slow_model_does(seed: int) -> None:
    with forgotten():
        forest = Forest(random.Random(seed), follows=0.8)
        forest.grow()
        for _ in range(10):
            roadmap = forest.choose().pk
            for _ in range(forest.rng.choice((1, 1, 2))):
                edit(forest, roadmap)
            if forest.rng.random() < 0.6:
                approve(forest, roadmap)
            elif forest.rng.random() < 0.15:
                editions.discard(Edition.objects.get(roadmap=roadmap, number=DRAFT), by=None, now=NOW)
                del forest.drafts[roadmap]
        history_holds(forest)


@few
@given(st.integers(0, 2**32))
def test_the_order_of_approvals_never_matters(seed: int) -> None:
    outcomes = []
    for way in (False, True):
        with forgotten():
            forest = Forest(random.Random(seed), follows=1)
            forest.grow(schools=1)
            changing = forest.rng.sample(forest.roadmaps, 4)
            changes = [
                (one, forest.rng.choice(sorted(forest.slow.plans[one.pk].rows)), forest.span()) for one in changing
            ]
            for roadmap, key, span in changes:
                editions.open_edition(roadmap, by=None, now=NOW)
                changed = {"deadline": deadline_of(span)}
                rows.edit_result(roadmap=roadmap.pk, commitment=key, changes=changed, by=None, now=NOW)
            for roadmap, _, _ in sorted(changes, key=lambda one: one[0].pk, reverse=way):
                edition = Edition.objects.get(roadmap=roadmap, number=DRAFT)
                editions.put_in_force(edition, order=forest.orders[roadmap.pk], by=None, now=NOW)
            assert not Deliverable.objects.filter(since=DRAFT).exclude(until=OPEN).exists()
            outcomes.append([[span for _, span in sorted(in_force(one.pk).items())] for one in forest.roadmaps])
    assert outcomes[0] == outcomes[1]

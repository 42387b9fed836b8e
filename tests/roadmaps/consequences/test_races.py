"""Approvals above and edits below at the same time: whoever comes first, the end is sound."""

import random
import threading
from collections.abc import Callable

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, connections

from roadmaps.cascade.checking import faults
from roadmaps.models import Deliverable, Edition, Roadmap
from roadmaps.operations import editions, rows
from roadmaps.operations.dates import wrong_dates
from tests.roadmaps.chain import NOW
from tests.roadmaps.consequences.forest import Forest, deadline_of

ROUNDS = 4


@pytest.fixture
def forest(committing: None) -> Forest:
    found = Forest(random.Random(7), follows=1)
    found.grow(towns=1, schools=2)
    return found


def test_approvals_and_edits_at_once_end_well(forest: Forest) -> None:
    problems: list[BaseException] = []

    def busy(roadmap: Roadmap, seed: int) -> Callable[[], None]:
        """Edit a plan and put it in force, again and again."""
        rng = random.Random(seed)
        spans = Forest(rng, follows=1)

        def work() -> None:
            try:
                for _ in range(ROUNDS):
                    edition = editions.open_edition(roadmap, by=None, now=NOW)
                    for key in rng.sample(sorted(forest.slow.plans[roadmap.pk].rows), 2):
                        changes = {"deadline": deadline_of(spans.span())}
                        rows.edit_result(roadmap=roadmap.pk, commitment=key, changes=changes, by=None, now=NOW)
                    editions.put_in_force(
                        Edition.objects.get(pk=edition.pk), order=forest.orders[roadmap.pk], by=None, now=NOW
                    )
            except BaseException as problem:
                problems.append(problem)
            finally:
                connections.close_all()

        return work

    threads = [threading.Thread(target=busy(roadmap, place)) for place, roadmap in enumerate(forest.roadmaps)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert problems == []
    assert list(faults()) == []
    assert wrong_dates() == []
    for roadmap in forest.roadmaps:  # no number is missing, and each was given once
        numbers = sorted(Edition.objects.filter(roadmap=roadmap).values_list("number", flat=True))
        assert numbers == list(range(1, len(numbers) + 1))
        assert Edition.objects.filter(roadmap=roadmap, basis=None).count() == ROUNDS + 1


@pytest.mark.django_db
def test_a_date_that_nobody_gave_and_a_hash_that_does_not_hold_are_found() -> None:
    found = Forest(random.Random(3), follows=1)
    found.grow(towns=1, schools=1)
    call_command("check_editions", stdout=None)
    top = found.roadmaps[0]
    edition = editions.open_edition(top, by=None, now=NOW)
    for key in found.slow.plans[top.pk].rows:
        changes = {"deadline": deadline_of(found.span())}
        rows.edit_result(roadmap=top.pk, commitment=key, changes=changes, by=None, now=NOW)
    editions.put_in_force(Edition.objects.get(pk=edition.pk), order=found.orders[top.pk], by=None, now=NOW)
    moved = Edition.objects.exclude(basis=None).first()
    assert moved is not None
    Edition.objects.filter(pk=moved.pk).update(content_hash="f" * 64)
    assert ("hash", "edition", moved.pk) in list(faults())
    version = Deliverable.objects.filter(roadmap=moved.roadmap_id, since=moved.number).first()
    assert version is not None
    with connection.cursor() as cursor:  # the triggers would refuse it
        cursor.execute(
            "DROP TRIGGER deliverable_frozen"
            + (" ON roadmaps_deliverable" if connection.vendor == "postgresql" else "")
        )
        cursor.execute(
            "UPDATE roadmaps_deliverable SET effective = own, due = own_due, start = own_start WHERE id = %s",
            [version.pk],
        )
    assert ("astray", "deliverable", version.pk) in list(faults())
    with pytest.raises(CommandError, match="faults"):
        call_command("check_editions", json=True)

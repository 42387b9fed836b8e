"""Editions in force are held against their hashes."""

import json
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from organizations import guards
from roadmaps import sheets
from roadmaps.models import Deliverable, Edition
from roadmaps.operations import editions, rows
from roadmaps.pages.history import events_of
from roadmaps.verification import Broken, Verifier
from tests.roadmaps.chain import NOW, Chain, Plan
from tests.roadmaps.consequences.test_below import change, follows


def broken() -> list[Broken]:
    return [problem for _, problem in Verifier().run() if problem is not None]


@contextmanager
def without_guards() -> Iterator[None]:
    """Do as somebody does who has the database in his hands."""
    guards.remove(connection, "deliverable_frozen", "roadmaps_deliverable")
    yield


@pytest.fixture
def town(chain: Chain) -> Plan:
    """Make a plan below one whose rows are counted otherwise in its second edition."""
    region = chain.plan(chain.ministry, ["до 30.10.2026", "до 20.11.2026"], in_force=True)
    town = chain.plan(
        chain.town,
        ["до 23.10.2026", "до 20.11.2026", "постоянно"],
        uppers=[region],
        links=[(0, region.rows[0], "implements", "own"), (1, region.rows[1], "implements", "same")],
        in_force=True,
    )
    by = chain.user(chain.ministry)
    editions.open_edition(region.edition.roadmap, by=by, now=NOW)
    rows.drop_result(roadmap=region.roadmap, commitment=region.rows[0], by=by, now=NOW)
    later = Edition.objects.open().for_page().get(roadmap=region.roadmap)
    chain.put_in_force(later)
    Edition.objects.filter(pk=later.pk).update(approved_at=timezone.now())
    return town


def test_editions_hold_also_when_the_plan_above_counts_its_rows_anew(town: Plan) -> None:
    assert broken() == []


def test_a_changed_row_is_found(town: Plan) -> None:
    with without_guards():
        Deliverable.objects.filter(commitment=town.rows[2]).update(text="Так и было")
    assert broken() == [Broken("edition-changed", town.roadmap, 1)]


def test_a_hash_changed_with_its_row_differs_from_the_journal(town: Plan) -> None:
    with without_guards():
        Deliverable.objects.filter(commitment=town.rows[2]).update(text="Так и было")
    edition = Edition.objects.select_related("roadmap__organization").get(roadmap=town.roadmap, number=1)
    sheet = sheets.load(edition)
    fitting = sheets.content_hash(Verifier()._as_it_was(sheet, including=True))
    Edition.objects.filter(pk=edition.pk).update(content_hash=fitting)
    assert broken() == [Broken("journal-differs", town.roadmap, 1)]


def test_a_missing_edition_is_found(chain: Chain) -> None:
    plan = chain.plan(chain.ministry, ["до 30.10.2026"], in_force=True)
    by = chain.user(chain.ministry)
    editions.open_edition(plan.edition.roadmap, by=by, now=NOW)
    chain.put_in_force(Edition.objects.open().for_page().get(roadmap=plan.roadmap))
    Edition.objects.filter(roadmap=plan.roadmap, number=1).delete()
    assert broken() == [Broken("edition-missing", plan.roadmap, 1)]


def test_the_command_says_what_is_wrong_and_fails(town: Plan, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("verify_editions")
    assert "3 editions checked, 0 broken." in capsys.readouterr().out
    with without_guards():
        Deliverable.objects.filter(commitment=town.rows[2]).update(text="Так и было")
    with pytest.raises(SystemExit):
        call_command("verify_editions", str(town.roadmap), "--json")
    said = json.loads(capsys.readouterr().out)
    assert (said["whole"], said["editions"], said["broken"][0]["code"]) == (False, 1, "edition-changed")


def test_an_edition_that_followed_is_verified_and_tells_whom(chain: Chain) -> None:
    region = chain.plan(chain.ministry, ["до 30.10.2026"], in_force=True)
    links = [(0, region.rows[0], "implements", "same")]
    town = chain.plan(chain.town, ["до 30.10.2026"], uppers=[region], links=links, in_force=True)
    follows(town)
    chain.put_in_force(change(chain, region, 0, phrase="до 02.11.2026"))
    followed = Edition.objects.get(roadmap=town.roadmap, number=2)
    assert followed.basis is not None
    assert broken() == []
    events = events_of(town.roadmap, town.rows[0], list(town.edition.roadmap.editions.all()), with_deeds=False)
    assert [(cell.was, cell.became) for cell in events[0].cells] == [("до 30.10.2026", "до 02.11.2026")]
    with without_guards():
        Deliverable.objects.filter(commitment=town.rows[0], since=2).update(effective=None)
    assert broken() == [Broken("edition-changed", town.roadmap, 2)]

"""The journal is sealed, and tampering with it shows."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from clusterportal.celery import app as celery
from organizations import audit, guards, journal
from organizations.models import Entry, Organization, Seal, User
from organizations.operations import seals
from organizations.sealing import Break
from organizations.tasks import seal_journal
from tests.factories import NOW

TABLES = {"entry": "organizations_entry", "seal": "organizations_seal"}


def deed(organization: Organization, by: User | None = None, **rest: Any) -> Entry:
    """Let something be done."""
    values = {"operation": "person-changed", "subject_kind": "person", "subject_id": 1} | rest
    return journal.record(organization=organization, by=by, now=NOW, **values)


@contextmanager
def without_guards() -> Iterator[None]:
    """Do as somebody does who has the database in his hands: take the triggers away and put them back."""
    for name, table in TABLES.items():
        for event in ("UPDATE", "DELETE"):
            guards.remove(connection, f"{name}_no_{event.lower()}", table)
    yield
    for name, table in TABLES.items():
        for event in ("UPDATE", "DELETE"):
            guards.install(connection, f"{name}_no_{event.lower()}", table, event=event, message="no")


@pytest.fixture
def sealed(region: Organization) -> list[int]:
    """Give the keys of five entries under two seals."""
    first = [deed(region, before={"surname": "Белова"}, after={"surname": "Чернова", "n": n}).pk for n in range(3)]
    assert seals.seal(now=NOW) == len(Entry.objects.all())
    second = [deed(region, reason=f"причина {n}").pk for n in range(2)]
    assert seals.seal(now=NOW) == 2
    return first + second


def test_what_is_new_is_sealed_once_and_the_chain_holds(sealed: list[int]) -> None:
    assert seals.seal(now=NOW) == 0
    verdict = audit.verify()
    assert (verdict.is_whole, verdict.seals, verdict.unsealed) == (True, 2, 0)
    assert verdict.head == Seal.objects.get(number=2).hash
    assert Seal.objects.get(number=2).former == Seal.objects.get(number=1).hash


def test_entries_after_the_last_seal_wait_for_the_next(sealed: list[int], region: Organization) -> None:
    deed(region)
    assert (audit.verify().is_whole, audit.verify().unsealed, audit.state().unsealed) == (True, 1, 1)


def test_a_long_journal_is_sealed_in_bounded_batches(region: Organization, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(seals, "MOST_ENTRIES", 2)
    for _ in range(5):
        deed(region)
    count = Entry.objects.count()
    assert seals.seal(now=NOW) == count
    assert [seal.count for seal in Seal.objects.order_by("number")][:2] == [2, 2]
    assert audit.verify().is_whole


def test_one_run_does_no_more_than_its_share(region: Organization, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(seals, "MOST_ENTRIES", 1)
    monkeypatch.setattr(seals, "MOST_SEALS", 2)
    for _ in range(4):
        deed(region)
    assert [seals.seal(now=NOW), seals.seal(now=NOW)] == [2, 2]


def test_a_changed_entry_is_named(sealed: list[int]) -> None:
    with without_guards():
        Entry.objects.filter(pk=sealed[1]).update(after={"surname": "Белова", "n": 1})
    assert audit.verify().breaks == (Break("entry-changed", seal=1, entry=sealed[1]),)


@pytest.mark.parametrize(
    "change",
    [{"by": None}, {"reason": "иная"}, {"operation": "role-granted"}, {"for_other": True}, {"at": NOW.replace(hour=1)}],
)
def test_no_field_of_an_entry_can_be_changed_unseen(
    region: Organization, regional_coordinator: User, change: dict[str, Any]
) -> None:
    entry = deed(region, regional_coordinator)
    seals.seal(now=NOW)
    with without_guards():
        Entry.objects.filter(pk=entry.pk).update(**change)
    assert [one.code for one in audit.verify().breaks] == ["entry-changed"]


def test_a_deleted_entry_is_named(sealed: list[int]) -> None:
    with without_guards():
        Entry.objects.filter(pk=sealed[3]).delete()
    assert audit.verify().breaks == (Break("entry-deleted", seal=2, entry=sealed[3]),)


def test_a_seal_that_was_made_to_fit_is_named(sealed: list[int]) -> None:
    with without_guards():
        Entry.objects.filter(pk=sealed[0]).delete()
        seal = Seal.objects.get(number=1)
        leaves = [leaf for leaf in seal.leaves if leaf[0] != sealed[0]]
        Seal.objects.filter(pk=seal.pk).update(leaves=leaves)
    assert audit.verify().breaks[0] == Break("seal-changed", seal=1)


def test_an_entry_with_a_key_of_the_past_is_named(region: Organization) -> None:
    gone = deed(region)
    with without_guards():
        Entry.objects.filter(pk=gone.pk).delete()
    deed(region)
    seals.seal(now=NOW)
    Entry.objects.create(pk=gone.pk, at=NOW, organization=region, operation="x", subject_kind="person", subject_id=1)
    assert audit.verify().breaks == (Break("entry-inserted", seal=1, entry=gone.pk),)


def test_a_missing_seal_breaks_the_chain(sealed: list[int]) -> None:
    with without_guards():
        Seal.objects.get(number=1).delete()
    assert audit.verify().breaks[0] == Break("seal-missing", seal=1)


def test_a_chain_made_anew_does_not_hold_the_hash_that_was_kept(sealed: list[int]) -> None:
    kept = audit.verify().head
    assert audit.verify(kept=kept.upper()).is_whole
    with without_guards():
        Seal.objects.all().delete()
        Entry.objects.filter(pk=sealed[4]).update(reason="так было всегда")
        seals.seal(now=NOW)
    assert audit.verify().is_whole
    assert audit.verify(kept=kept).breaks == (Break("head-unknown"),)


@pytest.mark.parametrize("table", ["entry", "seal"])
@pytest.mark.parametrize("sql", ["UPDATE {} SET id = id", "DELETE FROM {}"])
def test_the_database_refuses_to_change_what_is_kept(sealed: list[int], table: str, sql: str) -> None:
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql.format(TABLES[table]))


def test_the_command_names_the_first_broken_place_and_fails(
    sealed: list[int], capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("verify_journal")
    assert "The journal is as it was sealed." in capsys.readouterr().out
    with without_guards():
        Entry.objects.filter(pk=sealed[2]).update(reason="иначе")
    with pytest.raises(SystemExit) as left:
        call_command("verify_journal", "--json")
    said = json.loads(capsys.readouterr().out)
    assert (left.value.code, said["whole"]) == (1, False)
    assert said["breaks"] == [{"code": "entry-changed", "seal": 1, "entry": sealed[2]}]
    with pytest.raises(SystemExit):
        call_command("verify_journal")
    assert f"entry {sealed[2]} was changed" in capsys.readouterr().out


@pytest.mark.usefixtures("committing")
def test_a_writer_under_way_is_waited_for(region: Organization) -> None:
    """An entry whose transaction ends after a later one's must not be left out, nor look slipped in."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time")
    holds, may_end = threading.Event(), threading.Event()

    def slow() -> None:
        with transaction.atomic():
            deed(region)
            holds.set()
            may_end.wait(10)
        connection.close()

    thread = threading.Thread(target=slow)
    thread.start()
    holds.wait(10)
    deed(region)
    assert seals.seal(now=NOW) == 0
    may_end.set()
    thread.join()
    assert seals.seal(now=NOW) == 2
    assert audit.verify().is_whole


def test_the_schedule_seals_what_is_new(region: Organization) -> None:
    deed(region)
    assert seal_journal() == Entry.objects.count()
    assert celery.conf.beat_schedule["seal-journal"]["task"] == seal_journal.name

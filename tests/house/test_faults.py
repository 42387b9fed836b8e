"""Deeds are killed at random moments; `make faults` does the same fifty times."""

import os
import secrets
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import urlparse

import pytest
from django.conf import settings
from django.db import connection, transaction

from faults.__main__ import FAULTS
from faults.approval import Approval
from faults.killing import Facts, run
from faults.outcome import Outcome
from organizations.models import Cluster, Organization

FIELDS = ["name", "engine", "runs", "kills", "lost", "twice", "parked", "broken", "note"]


@pytest.fixture
def environment(committing: None, tmp_path: Path) -> Iterator[Mapping[str, str]]:
    """The test's own database and files, for another process."""
    name = str(settings.DATABASES["default"]["NAME"])
    url = f"sqlite:///{name}"
    if connection.vendor == "postgresql":
        url = urlparse(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()
    yield os.environ | {
        "DATABASE_URL": url,
        "DATA_DIR": str(tmp_path),
        "MEDIA_ROOT": settings.MEDIA_ROOT,
        "ENV_FILE": os.devnull,
        "LOG_LEVEL": "ERROR",
    }


def test_an_outcome_has_the_promised_shape() -> None:
    assert list(Outcome("x", "sqlite").to_json()) == FIELDS
    assert "approval-kill" in FAULTS


def test_a_machine_that_dies_while_a_plan_comes_into_force_leaves_all_or_nothing(
    environment: Mapping[str, str],
) -> None:
    outcome = run(Approval(), name="approval-kill", kills=3, environment=environment)
    assert (outcome.runs, outcome.lost, outcome.twice, outcome.sentences) == (3, 0, 0, [])
    assert outcome.kills >= 2  # one of them goes by the clock and may come too late


def halves(*, organization: int) -> None:
    """Do a deed of two parts without a transaction around both."""
    for part in ("первая", "вторая"):
        with transaction.atomic():
            Cluster.objects.create(organization_id=organization, name=f"{part} {secrets.token_hex(4)}")


class Halves:
    """A deed that can be half done, and done twice: what the harness is there to see."""

    deed = "tests.house.test_faults.halves"

    def ready(self) -> Facts:
        Cluster.objects.all().delete()
        region, _ = Organization.objects.get_or_create(kind="region", name="Край", short_name="Край")
        return {"organization": region.pk}

    def done(self, facts: Facts) -> bool:
        return Cluster.objects.filter(name__startswith="вторая").exists()

    def wrong(self, facts: Facts, *, done: bool) -> list[str]:
        return []

    def tidy(self) -> list[str]:
        return []


def test_the_harness_sees_what_is_half_done_and_what_is_done_twice(environment: Mapping[str, str]) -> None:
    outcome = run(Halves(), name="halves", kills=4, environment=environment)
    assert outcome.twice
    assert any(sentence.startswith("half done: organizations_cluster") for sentence in outcome.sentences)
    assert not outcome.holds

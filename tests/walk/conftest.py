"""The region of the walk, built once for a module; what a test does to it is undone."""

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from pytest_django import DjangoDbBlocker, Settings

from tests.walk.audiences import Audience
from tests.walk.region import Region, build


@pytest.fixture(scope="module")
def built(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Region, Path]]:
    """Build the region in a transaction that is never committed."""
    from django.test import override_settings

    files = tmp_path_factory.mktemp("files")
    with django_db_blocker.unblock(), transaction.atomic(), override_settings(MEDIA_ROOT=str(files)):
        yield build(), files
        transaction.set_rollback(True)


@pytest.fixture
def region(built: tuple[Region, Path], db: None, settings: Settings) -> Iterator[Region]:
    """Give the region as it was built, with readers who have just signed in."""
    region, files = built
    settings.MEDIA_ROOT = str(files)
    cache.clear()
    logging.disable(logging.CRITICAL)  # thousands of refusals, each with its trace
    cookies = {audience: dict(client.cookies) for audience, client in region.clients.items()}
    yield region
    logging.disable(logging.NOTSET)
    for audience, client in region.clients.items():
        client.cookies.clear()
        client.cookies.update(cookies[audience])


@pytest.fixture
def ours(region: Region) -> Client:
    """Give the browser of the municipality's coordinator."""
    return region.clients[Audience("own", "coordinator")]

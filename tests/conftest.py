"""Plumbing of every test: its database, its files, its tasks. The people are in tests/cast.py."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection
from pytest_django import DjangoDbBlocker, Settings

from clusterportal.celery import app as celery

pytest_plugins = ["tests.cast"]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the choice of the tests for which the engine matters."""
    parser.addoption("--only-database", action="store_true", help="only tests that touch the database")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what would run a second time for nothing: rules in plain Python know no database."""
    if not config.getoption("--only-database"):
        return
    kept = [item for item in items if touches_database(item)]
    config.hook.pytest_deselected(items=[item for item in items if not touches_database(item)])
    items[:] = kept


def touches_database(item: pytest.Item) -> bool:
    """Tell whether a test may use the database."""
    names = getattr(item, "fixturenames", ())
    return item.get_closest_marker("django_db") is not None or "db" in names or "transactional_db" in names


@pytest.fixture(scope="session")
def django_db_modify_db_settings(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> None:
    """
    Put SQLite's test database into a file: a shared one in memory answers a second thread with "table is locked".

    The suffix of the parallel runner comes after, so that each of its processes has a file of its own.
    """
    from django.conf import settings

    default = settings.DATABASES["default"]
    if default["ENGINE"] == "django.db.backends.sqlite3":
        default.setdefault("TEST", {})["NAME"] = str(tmp_path_factory.mktemp("database") / "test.sqlite3")
    request.getfixturevalue("django_db_modify_db_settings_parallel_suffix")


@pytest.fixture(autouse=True)
def files_of_their_own(settings: Settings, tmp_path: Path) -> None:
    """Let no test write beside the data of a portal that runs here."""
    settings.MEDIA_ROOT = str(tmp_path / "files")
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # the real one is slow on purpose


@pytest.fixture(autouse=True)
def tasks_at_once() -> Iterator[None]:
    """Run tasks where they are sent: the embedded queue has a test of its own."""
    before = celery.conf.task_always_eager, celery.conf.task_eager_propagates
    celery.conf.task_always_eager, celery.conf.task_eager_propagates = True, True
    yield
    celery.conf.task_always_eager, celery.conf.task_eager_propagates = before


@pytest.fixture
def committing(_guards_again: list[str], transactional_db: None) -> Iterator[None]:
    """
    Let a test commit, for threads and other processes.

    Afterwards everything is deleted, which SQLite's triggers would refuse: they step aside for that and come back.
    """
    yield
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            for name, sql in cursor.fetchall():
                _guards_again.append(sql)
                cursor.execute(f"DROP TRIGGER {name}")


@pytest.fixture
def _guards_again(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[list[str]]:
    """Put the triggers back when the tables are empty again: this outlives the database's own fixture."""
    taken: list[str] = []
    yield taken
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        for sql in taken:
            cursor.execute(sql)
    connection.close()

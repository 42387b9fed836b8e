"""What a supervisor is told."""

from pathlib import Path
from typing import Any

import pytest
from django.test import RequestFactory
from pytest_django import Settings

from clusterportal import health

pytestmark = pytest.mark.django_db


def ask(rf: RequestFactory) -> tuple[int, str]:
    answer = health.ready(rf.get("/health/ready"))
    return answer.status_code, answer.content.decode()


def failing(part: str) -> tuple[int, str]:
    detail = f'{{"status": "failing", "part": "{part}", "code": "not-ready", "detail": "{part} is failing"}}'
    return 503, detail


def test_a_portal_with_everything_in_place_is_ready(rf: RequestFactory) -> None:
    assert ask(rf) == (200, '{"status": "ready"}')


def test_live_asks_nobody(rf: RequestFactory, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        answer = health.live(rf.get("/health/live"))
    assert (answer.status_code, answer.content) == (200, b"ok")


def test_a_storage_that_cannot_be_written_is_named(rf: RequestFactory, settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "a-file").write_text("in the way")
    settings.MEDIA_ROOT = str(tmp_path / "a-file" / "files")
    assert ask(rf) == failing("storage")


def test_a_queue_folder_that_is_gone_is_named(rf: RequestFactory, settings: Settings, tmp_path: Path) -> None:
    settings.REDIS_URL = ""
    settings.CELERY_BROKER_TRANSPORT_OPTIONS = {"data_folder_out": str(tmp_path / "gone")}
    assert ask(rf) == failing("queue")


def test_a_redis_that_does_not_answer_is_named(rf: RequestFactory, settings: Settings) -> None:
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    assert ask(rf) == failing("queue")


def test_what_failed_stays_in_the_log(rf: RequestFactory, settings: Settings, caplog: pytest.LogCaptureFixture) -> None:
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    status, text = ask(rf)
    assert (status, "127.0.0.1" in text) == (503, False)
    assert "Not ready: queue" in caplog.text


def test_migrations_that_wait_are_named(rf: RequestFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "_settled", set())
    from django.db.migrations.recorder import MigrationRecorder

    MigrationRecorder.Migration.objects.filter(app="sessions").delete()
    assert ask(rf) == failing("migrations")

"""With Redis in place of the folder: queue, cache and the health check of a worker. `make test` starts a real one."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.cache import caches
from pytest_django import Settings

from clusterportal import health

ROOT = Path(__file__).resolve().parents[2]
REDIS_URL = os.environ.get("TEST_REDIS_URL", "")

pytestmark = pytest.mark.skipif(not REDIS_URL, reason="needs the Redis that `make test` starts")


def test_a_queue_in_redis_is_healthy(settings: Settings) -> None:
    settings.REDIS_URL = REDIS_URL
    health.queue()


def test_the_cache_is_shared(settings: Settings) -> None:
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}}
    caches["default"].set("word", "слово", 60)
    assert caches["default"].get("word") == "слово"


@pytest.fixture
def worker(tmp_path: Path) -> Iterator[dict[str, str]]:
    """Start a worker as the composition does, and give its environment."""
    environment = {
        "PATH": os.environ["PATH"],
        "ENV_FILE": os.devnull,
        "DATA_DIR": str(tmp_path),
        "REDIS_URL": REDIS_URL,
        "DEMO": "False",
    }
    log = tmp_path / "worker.log"
    command = [sys.executable, "-m", "celery", "--app", "clusterportal", "worker", "--concurrency", "1"]
    with log.open("wb") as file:
        process = subprocess.Popen(
            [*command, "--hostname", f"worker@{socket.gethostname()}", "--loglevel", "INFO"],
            cwd=ROOT,
            env=environment,
            stdout=file,
            stderr=file,
        )
    until = time.monotonic() + 60
    while "ready." not in log.read_text(errors="replace"):
        assert process.poll() is None and time.monotonic() < until, log.read_text(errors="replace")
        time.sleep(0.1)
    yield environment
    process.terminate()
    process.wait(30)


def test_a_worker_answers_its_health_check(worker: dict[str, str]) -> None:
    destination = f"worker@{socket.gethostname()}"
    command = [sys.executable, "-m", "celery", "--app", "clusterportal", "inspect", "ping", "--timeout", "10"]
    answer = subprocess.run(
        [*command, "--destination", destination], cwd=ROOT, env=worker, capture_output=True, text=True, check=False
    )
    assert (answer.returncode, f"{destination}: OK" in answer.stdout) == (0, True), answer.stdout + answer.stderr

"""What the health checks of the containers say."""

import os
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from clusterportal import probe


class Answering(BaseHTTPRequestHandler):
    """A web process that is ready for one host name only."""

    def do_GET(self) -> None:
        known = (self.path, self.headers["Host"]) == ("/health/ready", "plans.example.org")
        self.send_response(200 if known else 503)
        self.end_headers()
        self.wfile.write(b"ready" if known else b"unknown host")

    def log_message(self, *_: object) -> None:
        """Stay silent."""


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    server = HTTPServer(("127.0.0.1", 0), Answering)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    monkeypatch.setenv("PORT", str(server.server_port))
    yield
    server.shutdown()
    thread.join()
    server.server_close()


def test_web_is_asked_by_a_name_that_it_answers_to(web: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALLOWED_HOSTS", "plans.example.org,other.example.org")
    assert probe.web() == ""


def test_web_that_is_not_ready_says_why(web: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALLOWED_HOSTS", "elsewhere.example.org")
    assert probe.web() == "unknown host"


def test_web_that_does_not_answer_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "1")
    assert "Connection refused" in probe.web()


@pytest.mark.parametrize(
    ("silence", "complaint"), [(0, ""), (120, "beat has been silent for 120 s")], ids=["moving", "stuck"]
)
def test_beat_is_judged_by_its_last_sign(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, silence: int, complaint: str
) -> None:
    sign = tmp_path / "alive"
    sign.touch()
    os.utime(sign, (time.time() - silence,) * 2)
    monkeypatch.setattr(probe, "ALIVE", sign)
    assert probe.beat() == complaint


def test_beat_that_never_started_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(probe, "ALIVE", tmp_path / "nothing")
    assert probe.beat() == "beat has not started"

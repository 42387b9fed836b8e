"""Whatever stands in a text field, paper asks for nothing, carries nothing, runs nothing, and stays sound."""

import json
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pikepdf
import pytest

from documents.rendering import audit
from documents.rendering.engine import Deny
from tests.documents.hostile import payloads

ROOT = Path(__file__).resolve().parents[2]
SECRET = "тайна-стола-19"
ACTIONS = {"/JavaScript", "/Launch", "/URI", "/SubmitForm", "/ImportData", "/GoToR", "/GoToE", "/Rendition"}


@pytest.fixture(scope="module")
def rendered(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict, list[str]]:
    """Render in a process of its own, with a listener that writes down who asks."""
    folder = tmp_path_factory.mktemp("hostile")
    secret = folder / "secret.txt"
    secret.write_text(SECRET, encoding="utf-8")
    asked: list[str] = []

    class Listener(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Listener) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_address[1]}"
        answer = subprocess.run(
            [sys.executable, "-m", "tests.documents.hostile", address, str(secret), str(folder)],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        )
        server.shutdown()
    return folder, json.loads(answer.stdout), asked


def test_there_are_200_texts() -> None:
    texts = payloads("http://127.0.0.1", "/secret")
    assert (len(texts), len(set(texts))) == (200, 200)


def test_nothing_is_asked_for(rendered: tuple[Path, dict, list[str]]) -> None:
    assert rendered[2] == []


def test_all_documents_are_sound_and_use_no_other_fonts(rendered: tuple[Path, dict, list[str]]) -> None:
    papers = rendered[1]["papers"]
    assert [paper["audit"] for paper in papers] == [[]] * 6
    fonts = {font for paper in papers for font in paper["fonts"]}
    assert [font for font in fonts if not font.startswith(("Liberation-Serif", "PT-"))] == []


def test_no_file_is_carried_but_the_data_and_no_action_is_there(rendered: tuple[Path, dict, list[str]]) -> None:
    for file in sorted(rendered[0].glob("*.pdf")):
        with pikepdf.open(file) as pdf:
            assert [name for name in pdf.attachments if name not in ("plan.json", "document.json")] == []
            kinds = {str(obj.get("/S")) for obj in pdf.objects if isinstance(obj, pikepdf.Dictionary)}
            assert kinds & ACTIONS == set()
            assert "/OpenAction" not in pdf.Root
            assert "/AcroForm" not in pdf.Root
            assert audit(pdf) == ()
        text = subprocess.run(["pdftotext", str(file), "-"], capture_output=True, text=True, check=True).stdout
        assert SECRET not in text


def test_it_costs_at_most_20_seconds_and_768_mb(rendered: tuple[Path, dict, list[str]]) -> None:
    told = rendered[1]
    assert told["papers"][1]["seconds"] <= 20, "processor time of the plan and the order with all texts"
    assert told["mb"] <= 768


def test_the_fetcher_refuses_everything() -> None:
    for address in ("http://127.0.0.1/", "file:///etc/hostname", "data:text/plain,x", "https://example.org/"):
        with pytest.raises(ValueError, match="Paper fetches nothing"):
            Deny().fetch(address)

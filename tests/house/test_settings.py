"""Settings refuse in a sentence what would be dangerous or cannot work."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SETTINGS = ROOT / "clusterportal" / "settings.py"
PRODUCTION = {
    "PRODUCTION": "True",
    "SECRET_KEY": "not-a-secret",
    "BASE_URL": "https://plans.example.org",
    "ALLOWED_HOSTS": "plans.example.org",
    "DATABASE_URL": "postgres://portal@127.0.0.1/portal",
    "REDIS_URL": "redis://127.0.0.1:6379/0",
}


def load(tmp_path: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """Read the settings in a process of their own, with nothing in the environment but these variables."""
    environment = {"PATH": os.environ["PATH"], "ENV_FILE": os.devnull, "DATA_DIR": str(tmp_path), **variables}
    code = "from clusterportal import settings as s; print(s.DEMO, s.DEBUG, s.DATABASES['default']['ENGINE'])"
    return subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )


def test_production_with_everything_set_loads_without_the_demo(tmp_path: Path) -> None:
    assert load(tmp_path, **PRODUCTION).stdout == "False False django.db.backends.postgresql\n"


def test_without_any_variable_the_portal_is_embedded_with_the_demo(tmp_path: Path) -> None:
    assert load(tmp_path).stdout == "True False django.db.backends.sqlite3\n"


@pytest.mark.parametrize("name", sorted(set(PRODUCTION) - {"PRODUCTION"}))
def test_production_says_in_a_sentence_what_is_missing(tmp_path: Path, name: str) -> None:
    answer = load(tmp_path, **{key: value for key, value in PRODUCTION.items() if key != name})
    sentence = f"PRODUCTION is on, but {name} is not set. See .env.example for what it means."
    assert (answer.returncode, answer.stderr.strip().endswith(sentence)) == (1, True)


def test_the_demo_is_impossible_in_production(tmp_path: Path) -> None:
    answer = load(tmp_path, **PRODUCTION, DEMO="True")
    assert (answer.returncode, "Demo accounts have public passwords" in answer.stderr) == (1, True)


def test_debugging_is_impossible_in_production(tmp_path: Path) -> None:
    assert load(tmp_path, **PRODUCTION, DEBUG="True").stdout == "False False django.db.backends.postgresql\n"


def test_every_variable_is_explained_in_the_example() -> None:
    read = set(re.findall(r"""(?:env(?:\.\w+)?|required)\(\s*"([A-Z_]+)\"""", SETTINGS.read_text(encoding="utf-8")))
    explained = set(re.findall(r"^#? ?([A-Z_]+)=", (ROOT / ".env.example").read_text(encoding="utf-8"), re.MULTILINE))
    assert sorted(read - explained) == []

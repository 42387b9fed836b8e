"""Rules of the house that no other tool checks."""

import ast
import re
import subprocess
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ["clusterportal", "deadlines", "organizations", "documents", "reminders", "roadmaps", "monitoring", "surveys"]
PYTHON = sorted(file for room in ROOMS for file in (ROOT / room).rglob("*.py") if "migrations" not in file.parts)
DRAWERS = {"core", "common", "utils", "helpers", "misc", "base"}
PLACES = re.compile(
    r"(?<![\w.])/(?:work|home|root|Users)/\w|[\w-]+\.local\b|pypi[\w.-]*\.(?:org|net|io)/", re.IGNORECASE
)


def tracked() -> list[Path]:
    """Give the files that belong to the project; outside a checkout of git, all that are not generated."""
    answer = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if answer.returncode == 0:
        return [ROOT / name for name in answer.stdout.split("\0") if name and (ROOT / name).is_file()]
    hidden = {".git", ".venv", "var", "__pycache__"}
    return [file for file in ROOT.rglob("*") if file.is_file() and not hidden & set(file.parts)]


def test_no_file_names_a_place_on_someones_machine() -> None:
    found = []
    for file in tracked():
        if file.suffix in {".png", ".woff2", ".ttf", ".docx", ".xlsx", ".mo", ".ico"}:
            continue
        text = file.read_text(encoding="utf-8", errors="replace")
        found += [f"{file.relative_to(ROOT)}: {match[0]}" for match in PLACES.finditer(text) if file != Path(__file__)]
    assert found == []


def test_the_lock_files_agree_and_name_no_registry() -> None:
    locks = {}
    for name in ("requirements.txt", "requirements-dev.txt"):
        text = (ROOT / name).read_text(encoding="utf-8")
        assert re.findall(r"^--(?:index-url|extra-index-url|find-links|trusted-host).*", text, re.MULTILINE) == []
        locks[name] = set(re.findall(r"^([\w.-]+==[\w.]+) \\$", text, re.MULTILINE))
    assert sorted(locks["requirements.txt"] - locks["requirements-dev.txt"]) == []


@pytest.mark.parametrize("python", ["3.11.2", "3.11.9", "3.12.3", "3.13.5"])
def test_the_lock_is_whole_for_each_python(python: str) -> None:
    """The lock is made on one Python; what only another one needs has to be asked for in requirements.in."""
    text = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    locked = {canonicalize_name(name) for name in re.findall(r"^([\w.-]+)==", text, re.MULTILINE)}
    there = {"python_version": ".".join(python.split(".")[:2]), "python_full_version": python, "extra": ""}
    needed = {
        (name, canonicalize_name(requirement.name))
        for name in locked
        for requirement in map(Requirement, metadata.requires(name) or [])
        if requirement.marker is None or requirement.marker.evaluate(there)
    }
    assert sorted((by, name) for by, name in needed if name not in locked) == []


def test_there_are_no_drawers() -> None:
    named = [path for room in ROOMS for path in (ROOT / room).rglob("*") if "__pycache__" not in path.parts]
    assert [str(path.relative_to(ROOT)) for path in named if path.stem in DRAWERS and path.suffix in {"", ".py"}] == []


@pytest.mark.parametrize("file", PYTHON, ids=lambda file: str(file.relative_to(ROOT)))
def test_every_module_says_what_lives_in_it(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert not text.strip() or ast.get_docstring(ast.parse(text)) is not None


def test_only_paper_knows_how_paper_is_made() -> None:
    importers = [
        str(file.relative_to(ROOT))
        for file in PYTHON
        if re.search(r"^\s*(?:from|import) weasyprint", file.read_text(), re.M)
    ]
    assert [name for name in importers if not name.startswith("documents/")] == []

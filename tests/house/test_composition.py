"""The composition for containers: who runs, as whom, watched how. Docker itself is not needed to read it."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
COMPOSITION: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
SERVICES: dict[str, Any] = COMPOSITION["services"]
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")


def test_it_has_every_part() -> None:
    assert sorted(SERVICES) == ["beat", "migrate", "postgres", "proxy", "redis", "web", "worker"]


@pytest.mark.parametrize("name", sorted(set(SERVICES) - {"migrate"}))
def test_each_part_is_watched(name: str) -> None:
    assert SERVICES[name]["healthcheck"]["test"][0] in {"CMD", "CMD-SHELL"}


@pytest.mark.parametrize("name", sorted(SERVICES))
def test_no_part_runs_as_root(name: str) -> None:
    assert re.fullmatch(r"[1-9]\d*:[1-9]\d*", SERVICES[name]["user"])


def test_the_image_does_not_run_as_root() -> None:
    assert re.findall(r"^USER (\w+)$", DOCKERFILE, re.MULTILINE) == ["portal"]
    assert "useradd --uid 10001" in DOCKERFILE


@pytest.mark.parametrize("name", ["web", "worker", "beat"])
def test_what_is_replicated_has_no_name_or_port_of_its_own(name: str) -> None:
    assert {"container_name", "ports", "hostname"} & set(SERVICES[name]) == set()


def test_only_the_proxy_listens_on_the_machine() -> None:
    assert [name for name, service in SERVICES.items() if "ports" in service] == ["proxy"]


@pytest.mark.parametrize("name", ["web", "worker", "beat"])
def test_nothing_starts_before_the_tables_are_there(name: str) -> None:
    assert SERVICES[name]["depends_on"]["migrate"] == {"condition": "service_completed_successfully"}


def test_web_and_workers_see_the_same_files() -> None:
    assert [SERVICES[name]["volumes"] for name in ("web", "worker")] == [["data:/data"]] * 2
    assert {SERVICES[name]["environment"]["MEDIA_ROOT"] for name in ("web", "worker")} == {"/data/files"}


def test_every_variable_of_the_composition_is_explained() -> None:
    text = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    assert sorted(name for name in set(re.findall(r"\$\{(\w+)", text)) if f"#{name}=" not in example) == []


def test_the_image_installs_exactly_the_locked_packages() -> None:
    assert "--require-hashes -r requirements.txt" in DOCKERFILE
    assert "requirements-dev" not in DOCKERFILE

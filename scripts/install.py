"""
Install whatever is missing: system packages, the virtual environment, the compiled translations.

Runs under the system's Python with nothing but the standard library, and does nothing when everything is there.
"""

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
VENV_PYTHON = VENV / "bin" / "python"


@dataclass(frozen=True)
class Need:
    """Something of the system: its package (or one that stands in for it), and how to see that it is there without apt."""

    packages: tuple[str, ...]
    present: Callable[[], bool]


def program(*names: str) -> Callable[[], bool]:
    """Tell whether one of the programs can be found; PostgreSQL's own are kept off the path by Debian."""

    def present() -> bool:
        folders = os.pathsep.join(
            [os.environ.get("PATH", os.defpath), *map(str, Path("/usr/lib/postgresql").glob("*/bin"))]
        )
        return any(shutil.which(name, path=folders) for name in names)

    return present


def library(stem: str) -> Callable[[], bool]:
    """Tell whether a shared library lies where the linker looks; a compiler to ask may not be installed."""

    def present() -> bool:
        folders = [Path(folder) for folder in ("/lib", "/usr/lib", "/usr/lib64", "/usr/local/lib")]
        found = (file for folder in folders for depth in ("", "*/") for file in folder.glob(f"{depth}{stem}.so.*"))
        return next(found, None) is not None

    return present


def fonts(pattern: str) -> Callable[[], bool]:
    """Tell whether a font file lies where fontconfig looks."""

    def present() -> bool:
        folders = [Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), Path.home() / ".local/share/fonts"]
        return any(next(folder.rglob(pattern), None) for folder in folders if folder.is_dir())

    return present


def ensurepip() -> bool:
    """Tell whether `python3 -m venv` can work: Debian keeps ensurepip in a package of its own."""
    return (
        subprocess.run([sys.executable, "-c", "import ensurepip, venv"], capture_output=True, check=False).returncode
        == 0
    )


RUNNING = (
    Need(("python3-venv",), ensurepip),
    Need(("libpango-1.0-0",), library("libpango-1.0")),
    Need(("libpangoft2-1.0-0",), library("libpangoft2-1.0")),
    Need(("libharfbuzz-subset0",), library("libharfbuzz-subset")),
    Need(("fontconfig",), program("fc-list")),
    Need(("fonts-paratype",), fonts("PTF55F*")),
    Need(("fonts-liberation2", "fonts-liberation"), fonts("LiberationSerif-Regular*")),
    Need(("tzdata",), Path("/usr/share/zoneinfo/Europe/Moscow").exists),
)
TESTING = (
    Need(("postgresql",), program("initdb")),
    Need(("redis-server",), program("redis-server")),
    Need(("chromium", "chromium-browser"), program("chromium", "chromium-browser", "google-chrome")),
    Need(("gettext",), program("xgettext")),
    Need(("poppler-utils",), program("pdftotext")),
    Need(("qpdf",), program("qpdf")),
)


def say(text: str) -> None:
    """Print at once, also into a pipe."""
    print(text, flush=True)


def stop(text: str) -> None:
    """End with a sentence instead of a traceback."""
    sys.exit(text)


def install_system(needs: Sequence[Need]) -> None:
    """Install the missing system packages through apt, or say which they are."""
    missing = [need for need in needs if not need.present()]
    if not missing:
        return
    names = " ".join(need.packages[0] for need in missing)
    prefix = [] if os.geteuid() == 0 else ["sudo"]
    if not shutil.which("apt-get") or (prefix and not shutil.which("sudo")):
        stop(f"These system packages are missing; please install them (names as in Debian), then try again: {names}")
    say(f"Installing system packages: {names}")
    apt = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]

    def install(choice: int) -> list[Need]:
        wanted = [need.packages[min(choice, len(need.packages) - 1)] for need in missing if not need.present()]
        command = [*apt, "install", "-y", "-qq", "--no-install-recommends", *wanted]
        subprocess.run(command, stdout=subprocess.DEVNULL, check=False)
        return [need for need in missing if not need.present()]

    if not install(0):
        return
    subprocess.run([*apt, "update", "-qq"], check=False)  # a fresh machine has no package lists, or old ones
    if install(0) and (left := install(1)):
        stop(f"apt could not install these packages: {' '.join(need.packages[0] for need in left)}")


def make_environment() -> None:
    """Make the virtual environment, anew when its Python is gone or too old."""
    if VENV_PYTHON.exists():
        check = [str(VENV_PYTHON), "-c", "import sys, pip; sys.exit(sys.version_info < (3, 11))"]
        if subprocess.run(check, capture_output=True, check=False).returncode == 0:
            return
        shutil.rmtree(VENV)
    say("Making the virtual environment .venv")
    subprocess.run([sys.executable, "-m", "venv", "--clear", str(VENV)], check=True)


def install_lock(name: str) -> None:
    """Install a lock file, once for each of its contents."""
    lock = ROOT / name
    stamp = VENV / f".installed-{name}"
    wanted = hashlib.sha256(lock.read_bytes()).hexdigest()
    if stamp.exists() and stamp.read_text(encoding="ascii").strip() == wanted:
        return
    say(f"Installing {name}")
    command = [
        VENV_PYTHON,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "--require-hashes",
        "-r",
        lock,
    ]
    if subprocess.run([str(part) for part in command], check=False).returncode:
        stop(f"pip could not install {name}; the lines above say why.")
    stamp.write_text(wanted, encoding="ascii")


def compile_messages() -> None:
    """Compile the catalogues that changed; the environment has Babel for it."""
    subprocess.run([str(VENV_PYTHON), "-m", "scripts.compile_messages"], cwd=ROOT, check=True)


def main() -> None:
    """Install for running, and with --tests also for testing."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tests", action="store_true", help="also what the tests need")
    tests = parser.parse_args().tests
    install_system(RUNNING + (TESTING if tests else ()))
    make_environment()
    install_lock("requirements.txt")
    if tests:
        install_lock("requirements-dev.txt")
    compile_messages()


if __name__ == "__main__":
    main()

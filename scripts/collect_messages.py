"""
Collect what is to be translated: one catalogue per room, locale/<room>/ru/LC_MESSAGES/django.po.

Messages are written in English in code and templates. Collecting keeps the translations that exist, adds what
is new, and drops what is gone. Needs the gettext tools, which only developers have to install.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
LOCALE = ROOT / "locale"
LANGUAGE = "ru"

ROOMS: dict[str, tuple[str, ...]] = {
    "organizations": ("organizations", "templates/organizations"),
    "documents": ("documents", "templates/documents", "templates/orders"),
    "reminders": ("reminders", "templates/reminders", "templates/mail"),
    "roadmaps": ("roadmaps", "templates/roadmaps"),
    "portal": ("clusterportal", "templates"),
}
"""A room and the folders that belong to it; `portal` takes the templates that no other room claims."""

KEYWORDS = (
    *("gettext_noop", "gettext_lazy", "pgettext:1c,2", "npgettext:1c,2,3", "ngettext_lazy:1,2"),
    *("pgettext_lazy:1c,2", "npgettext_lazy:1c,2,3"),
)


def sources(room: str) -> Iterator[Path]:
    """Give the files of a room that may hold messages; a file belongs to the nearest folder that a room names."""
    owners = {ROOT / folder: owner for owner, folders in ROOMS.items() for folder in folders}
    for folder in ROOMS[room]:
        for file in sorted((ROOT / folder).rglob("*")):
            if file.suffix not in {".py", ".html", ".txt"} or {"migrations", "__pycache__"} & set(file.parts):
                continue
            if next(owners[parent] for parent in file.parents if parent in owners) == room:
                yield file


def extract(room: str) -> Catalog:
    """Give every message of a room, with its context and plural."""
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        listed = []
        for file in sources(room):
            copy = work / file.relative_to(ROOT)
            copy.parent.mkdir(parents=True, exist_ok=True)
            text = file.read_text(encoding="utf-8")
            copy.write_text(text if file.suffix == ".py" else templatize(text, origin=str(file)), encoding="utf-8")
            listed.append(str(copy.relative_to(work)))
        if not listed:
            return Catalog(locale=LANGUAGE)
        command = ["xgettext", "--language=Python", "--from-code=UTF-8", "--add-comments=Translators", "--output=-"]
        command += [f"--keyword={keyword}" for keyword in KEYWORDS] + ["--add-location=file", "--files-from=-"]
        answer = subprocess.run(command, cwd=work, input="\n".join(listed), capture_output=True, text=True, check=False)
        if answer.returncode or "error" in answer.stderr:
            sys.exit(f"xgettext could not read the messages of {room}:\n{answer.stderr}")
        found = work / "found.pot"
        found.write_text(answer.stdout.replace("charset=CHARSET", "charset=UTF-8"), encoding="utf-8")
        with found.open("rb") as stream:
            return read_po(stream, locale=LANGUAGE)


def translations(room: str) -> Catalog:
    """Read the Russian catalogue of a room; an empty one if it has none."""
    path = catalogue_path(room)
    if not path.exists():
        return Catalog(locale=LANGUAGE)
    with path.open("rb") as stream:
        return read_po(stream, locale=LANGUAGE)


def catalogue_path(room: str) -> Path:
    """Say where a room's Russian catalogue lies."""
    return LOCALE / room / LANGUAGE / "LC_MESSAGES" / "django.po"

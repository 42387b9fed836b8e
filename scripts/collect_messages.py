"""
Collect what is to be translated: one catalogue per room, locale/<room>/ru/LC_MESSAGES/django.po.

Messages are written in English in code and templates. Collecting keeps the translations that exist, adds what
is new, and drops what is gone. Needs the gettext tools, which only developers have to install.
"""

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
LOCALE = ROOT / "locale"
LANGUAGE = "ru"
RUSSIAN_FORMS = 3
EMPTY_PLURAL = '"Plural-Forms: nplurals=INTEGER; plural=EXPRESSION;\\n"\n'
CYRILLIC = re.compile("[а-яё]", re.IGNORECASE)
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w*\}")

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
        # xgettext leaves the head of its template to be filled in, which Babel would rather not read.
        text = answer.stdout.replace("charset=CHARSET", "charset=UTF-8").replace(EMPTY_PLURAL, "")
        found.write_text(text, encoding="utf-8")
        with found.open("rb") as stream:
            return read_po(stream, locale=LANGUAGE)


def translations(room: str) -> Catalog:
    """Read the Russian catalogue of a room; an empty one if it has none."""
    path = catalogue_path(room)
    if not path.exists():
        head = f"# What the room {room} says, in Russian."
        return Catalog(locale=LANGUAGE, project="clusterportal", header_comment=head, fuzzy=False)
    with path.open("rb") as stream:
        return read_po(stream, locale=LANGUAGE)


def catalogue_path(room: str) -> Path:
    """Say where a room's Russian catalogue lies."""
    return LOCALE / room / LANGUAGE / "LC_MESSAGES" / "django.po"


def problems(room: str, known: dict[tuple[str, str | None], Message]) -> list[str]:
    """
    Tell what is wrong with the messages of a room.

    Catalogues are merged when the portal runs, so a message may be translated in any room's: `known` has them all.
    """
    told = []
    for message in extract(room):
        words = forms(message.id)
        if not words[0]:
            continue
        where = f"{room}: {words[0]!r}"
        translated = known.get((words[0], message.context))
        if CYRILLIC.search("".join(words)):
            told.append(f"{where} is not English")
        elif translated is None or not all(forms(translated.string)):
            told.append(f"{where} is not translated")
        elif translated.fuzzy:
            told.append(f"{where} is only guessed (fuzzy)")
        elif len(words) > 1 and len(forms(translated.string)) < RUSSIAN_FORMS:
            told.append(f"{where} lacks Russian plural forms")
        elif any(names(form) - names("".join(words)) for form in forms(translated.string)):
            told.append(f"{where} has a placeholder in Russian that its English has not")
        elif names(words[-1]) - names("".join(forms(translated.string))):
            told.append(f"{where} loses a placeholder in Russian")
    return told


def forms(text: str | list[str] | tuple[str, ...] | None) -> tuple[str, ...]:
    """Give the forms of a message or translation, also of one without a plural."""
    return (text or "",) if text is None or isinstance(text, str) else tuple(text)


def names(text: str) -> set[str]:
    """Give the placeholders of a text, in both of Python's notations."""
    return set(PLACEHOLDER.findall(text))


def all_translations() -> dict[tuple[str, str | None], Message]:
    """Read every room's catalogue into one table, as the portal does."""
    return {
        (forms(message.id)[0], message.context): message
        for room in ROOMS
        for message in translations(room)
        if message.id
    }


def collect(room: str) -> int:
    """Bring a room's catalogue up to date, and say how many messages it has."""
    catalogue, found = translations(room), extract(room)
    catalogue.update(found, no_fuzzy_matching=True, update_creation_date=False)
    if not len(catalogue):
        return 0
    path = catalogue_path(room)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as stream:
        write_po(stream, catalogue, width=120, sort_output=True, ignore_obsolete=True)
    return len(catalogue)


def main() -> None:
    """Collect every room's messages and list what is left to translate."""
    os.chdir(ROOT)
    for room in ROOMS:
        print(f"{room}: {collect(room)} messages")
    known = all_translations()
    for room in ROOMS:
        for problem in problems(room, known):
            print(problem)


if __name__ == "__main__":
    main()

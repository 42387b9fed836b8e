"""Keeping files exactly as they came, and sweeping away bytes that nobody names."""

import datetime as dt
import hashlib
import mimetypes
import secrets
from collections.abc import Iterator
from pathlib import PurePath

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from documents.models import RenderedFile, StoredFile
from organizations.models import Organization, User

NAME_LENGTH = 255
FOLDERS = {StoredFile: "files", RenderedFile: "rendered"}
"""Where the storage keeps the bytes of each model; only there is anything ever swept."""


def store_file(*, organization: Organization, name: str, data: bytes, by: User | None, now: dt.datetime) -> StoredFile:
    """Keep a file: its name for people as it was, its bytes under a name that nobody can guess, its SHA-256 beside it."""
    name = PurePath(name.replace("\\", "/")).name[-NAME_LENGTH:] or "file"
    stored = StoredFile(
        organization=organization,
        name=name,
        media_type=mimetypes.guess_type(name)[0] or "application/octet-stream",
        size=len(data),
        sha256=hashlib.sha256(data).hexdigest(),
        stored_at=now,
        stored_by=by,
    )
    stored.content.save(f"{secrets.token_hex(16)}{PurePath(name).suffix[:10]}", ContentFile(data), save=False)
    stored.save()
    return stored


def read_file(stored: StoredFile) -> bytes:
    """Give the bytes of a stored file."""
    with stored.content.open("rb") as content:
        return bytes(content.read())


def unnamed() -> Iterator[str]:
    """
    Find bytes that no row names.

    A file is written before the transaction that names it ends, so a machine that dies in between leaves one behind;
    so does a draft order that is thrown away with the files that were made of it.
    """
    for model, folder in FOLDERS.items():
        # Looked at first: what is written meanwhile must not seem to be nobody's.
        present = list(_listed(folder))
        known = set(model._default_manager.exclude(content="").values_list("content", flat=True))
        yield from (name for name in present if name not in known)


def sweep(*, before: dt.datetime) -> int:
    """Delete bytes that no row names and that were written before a moment; gives how many files went."""
    gone = [name for name in unnamed() if default_storage.get_modified_time(name) < before]
    for name in gone:
        default_storage.delete(name)
    return len(gone)


def _listed(folder: str) -> Iterator[str]:
    try:
        folders, names = default_storage.listdir(folder)
    except FileNotFoundError:
        return
    yield from (f"{folder}/{name}" for name in names)
    for one in folders:
        yield from _listed(f"{folder}/{one}")

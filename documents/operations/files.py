"""Keeping files exactly as they came."""

import datetime as dt
import hashlib
import mimetypes
import secrets
from pathlib import PurePath

from django.core.files.base import ContentFile

from documents.models import StoredFile
from organizations.models import Organization, User

NAME_LENGTH = 255


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

"""The archive package of one order: its files as they are, and a card that says what they are."""

import io
import json
import zipfile
from typing import Any

from documents.choices import FileState
from documents.history import lines_of
from documents.models import Order, RenderedFile, StoredFile
from documents.operations import rendered
from documents.texts import text_of

VERSION = 1
# One moment for every member: the same document gives the same bytes, also as a package.
LONG_AGO = (1980, 1, 1, 0, 0, 0)


def card_of(order: Order) -> dict[str, Any]:
    """Describe a registered order and its files for an archive."""
    text = text_of(order)
    return {
        "version": VERSION,
        "kind": order.kind,
        "organization": order.issuer,
        "number": order.number,
        "date": order.signed_on,
        "year": order.year,
        "place": order.place,
        "title": order.title,
        "signatory": {"post": order.signatory_post, "name": order.signatory_name},
        "retention": order.retention,
        "kept_until": kept_until(order),
        "from_paper": order.from_paper,
        "code": order.code,
        "content_sha256": order.content_hash,
        "succeeded_by": str(order.succeeded_by) if order.succeeded_by else "",
        "text": text.canonical(),
        "visas": [
            {"post": visa.post, "name": visa.name, "date": visa.given_on, "remark": visa.remark} for visa in text.visas
        ],
        "history": [
            {"at": told.at, "who": told.who, "deed": told.sentence, "reason": told.reason} for told in lines_of(order)
        ],
    }


def kept_until(order: Order) -> int | None:
    """Give the last year in which an order is kept; None for ever. Terms are reckoned from the year after its own."""
    return order.year + int(order.retention) if order.year and order.retention.isdigit() else None


def package(order: Order) -> bytes:
    """Put everything of a registered order into one zip; the card names each file with its SHA-256."""
    members: dict[str, bytes] = {}
    listed = []
    for role, stored in (("original", order.original), ("signature", order.signature)):
        if stored is not None:
            name = f"{role}/{stored.name}"
            members[name] = _read(stored)
            listed.append({"name": name, "role": role, "sha256": stored.sha256, "size": stored.size})
    for kind, file in rendered.current(order).items():
        if file.state == FileState.READY:
            name = f"pdf/{kind.value}.pdf"
            members[name] = _read(file)
            listed.append({"name": name, "role": "pdf/a", "sha256": file.sha256, "size": file.size})
    card = {**card_of(order), "files": listed}
    members["card.json"] = json.dumps(card, ensure_ascii=False, indent=2, sort_keys=True, default=str).encode()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(members):
            archive.writestr(zipfile.ZipInfo(name, LONG_AGO), members[name], zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _read(file: StoredFile | RenderedFile) -> bytes:
    with file.content.open("rb") as content:
        return bytes(content.read())

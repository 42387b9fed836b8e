"""What is hashed of an edition: the document alone, without keys of the database."""

import hashlib
import json
from collections.abc import Iterable

from roadmaps.choices import HeadingKind
from roadmaps.sheets.data import Sheet

HASH_VERSION = 1


def canonical(sheet: Sheet) -> dict[str, object]:
    """Give what is hashed, as plain data."""
    return {
        "version": HASH_VERSION,
        "title": sheet.title,
        "period": [day.isoformat() for day in sheet.period],
        "headings": [[h.kind, h.number, h.title] for h in sheet.headings if h.kind != HeadingKind.TITLE],
        "rows": [
            {
                "ref": row.ref,
                "text": row.text,
                "own": row.own.to_json(),
                "deadline": row.deadline.to_json(),
                "executors": [executor.text for executor in row.executors],
                "obliges": row.obliges,
                "links": [
                    [link.kind, link.rule, link.days, link.working, link.lead_days, link.upper and link.upper.ref]
                    for link in row.links
                ],
            }
            for row in sheet.rows
        ],
    }


def content_hash(sheet: Sheet) -> str:
    """Give the SHA-256 of the canonical JSON of an edition, in hexadecimal."""
    return _hashed(canonical(sheet))


def consequential_hash(parent: str, basis: str, difference: Iterable[tuple[str, str, str]]) -> str:
    """
    Give the SHA-256 of an edition that only follows: of the edition before it, of the upper one, and of what moved.

    :param difference: of each row its text and, as JSON, the deadline that was and the one that is
    """
    return _hashed({"version": HASH_VERSION, "parent": parent, "basis": basis, "rows": sorted(difference)})


def _hashed(said: dict[str, object]) -> str:
    return hashlib.sha256(_CANONICAL.encode(said).encode()).hexdigest()


_CANONICAL = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))

"""What is hashed of an edition: the document alone, without keys of the database."""

import hashlib
import json

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
    data = json.dumps(canonical(sheet), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(data.encode()).hexdigest()

"""Who gave the reasons for which findings stand, and when."""

import datetime as dt
from dataclasses import dataclass

from organizations.models import Entry
from roadmaps.pages.journal import entries_of


@dataclass(frozen=True, slots=True)
class Given:
    """Who gave a reason, and when."""

    who: str
    at: dt.datetime


def reasons_given(roadmap: int) -> dict[str, Given]:
    """Give the last reason of every finding by its key, from the journal."""
    found: dict[str, Given] = {}
    entries: list[Entry] = list(entries_of(roadmap).filter(operation="finding-explained"))
    for entry in reversed(entries):
        key = (entry.after or {}).get("finding", "")
        found[key] = Given(str(entry.by) if entry.by else "", entry.at)
    return found

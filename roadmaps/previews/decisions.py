"""What a person may decide about an import: closed lists of names, laid over what was read."""

from typing import Any

from roadmaps.reading.document import Section

HEADER_NAMES = (
    "title",
    "issuer",
    "period_start",
    "period_end",
    "order_number",
    "order_date",
    "order_title",
    "place",
    "signatory_post",
    "signatory_name",
)
ACTIVITY_NAMES = ("number", "title")
ROW_NAMES = ("text", "phrase", "meaning", "executors", "links", "is_dropped", "settled")


def with_changes(decisions: dict[str, Any], changes: dict[str, Any]) -> dict[str, Any]:
    """Lay changes over decisions; names outside the closed lists are dropped."""
    merged = {name: dict(decisions.get(name, {})) for name in ("header", "activities", "rows")}
    merged["header"] |= {k: v for k, v in changes.get("header", {}).items() if k in HEADER_NAMES}
    for group, names in (("activities", ACTIVITY_NAMES), ("rows", ROW_NAMES)):
        for ref, values in changes.get(group, {}).items():
            merged[group][ref] = merged[group].get(ref, {}) | {k: v for k, v in values.items() if k in names}
    return merged


def take_section(waiting: list[Section], name: str) -> Section:
    """Take the next section of this number or title from those in document order; numbers may repeat under other parents."""
    for place, section in enumerate(waiting):
        if name in (section.number, section.title):
            return waiting.pop(place)
    return Section("", name, 1)

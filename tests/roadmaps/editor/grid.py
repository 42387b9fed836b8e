"""A draft as its grid edits it: deeds sent, their answers, what then stands."""

import datetime as dt
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from organizations.models import User
from roadmaps import sheets
from roadmaps.editor import edits as language
from roadmaps.models import Edition
from roadmaps.operations import edits
from roadmaps.operations.edits import Answer
from roadmaps.sheets import Sheet
from tests.roadmaps.chain import NOW

KEYS = count(1)


@dataclass
class Grid:
    """One person at one draft; her clock goes on by a minute with every request."""

    edition: Edition
    by: User
    minutes: Any = field(default_factory=lambda: count(1))

    def send(self, *deeds: dict[str, Any]) -> list[Answer]:
        """Send deeds in one request, each with a key of its own unless it brings one."""
        payload = [{"key": f"key-{next(KEYS):08}", "step": f"step-{next(KEYS):08}"} | deed for deed in deeds]
        now = NOW + dt.timedelta(hours=1, minutes=next(self.minutes), microseconds=next(KEYS))
        edition = Edition.objects.for_page().get(pk=self.edition.pk)
        return edits.apply(edition=edition, edits=language.read(payload), by=self.by, now=now)

    def do(self, deed: str, **values: Any) -> Answer:
        """Send one deed."""
        return self.send({"deed": deed, **values})[0]

    def cell(self, row: int, name: str, value: str, base: str | None = None) -> Answer:
        """Write a cell as somebody does who sees what stands there, or what once stood there."""
        seen = cells_of(self.sheet, row)[name] if base is None else base
        return self.do("cell", row=row, field=name, value=value, base=seen)

    @property
    def sheet(self) -> Sheet:
        return sheets.load(Edition.objects.for_page().get(pk=self.edition.pk))

    def picture(self) -> list[tuple[Any, ...]]:
        """Give all that the draft says, in the order of the document."""
        sheet = self.sheet
        drawn: list[tuple[Any, ...]] = [
            (heading.pk, heading.kind, heading.parent, heading.number, heading.title) for heading in sheet.headings
        ]
        for row in sheet.rows:
            links = sorted((link.upper_id, link.kind, link.rule, link.days, link.working) for link in row.links)
            who = [executor.text for executor in row.executors]
            drawn.append((row.commitment, row.heading, row.text, row.own.phrase, row.deadline.due, who, links))
        return [*drawn, sorted(sheet.waivers.items())]


def cells_of(sheet: Sheet, commitment: int) -> dict[str, str]:
    """Give the cells of a row as the page shows them to the script."""
    from roadmaps.pages.plan import phrase_of

    row = sheet.row[commitment]
    return {
        "text": row.text,
        "phrase": phrase_of(row.deadline),
        "executors": "\n".join(executor.text for executor in row.executors),
    }

"""Killed while edits of the grid are saved; the browser sends them again, with the same keys."""

import datetime as dt
from typing import Any

from django.db import transaction

from deadlines.values import Period
from faults.killing import Facts, ranges_wrong
from organizations import access
from organizations.access import Role
from organizations.models import Entry, Organization, User
from roadmaps import sheets
from roadmaps.choices import HeadingKind
from roadmaps.editor import edits as language
from roadmaps.models import RANGED, Edit, Edition, Programme
from roadmaps.operations import editions, edits, rows
from roadmaps.operations.dates import wrong_dates

NOW = dt.datetime(2026, 9, 7, 9, tzinfo=dt.UTC)
PERIOD = Period(dt.date(2026, 9, 1), dt.date(2027, 8, 31))
ROWS = 4


class NothingNew(Exception):
    """The edits were there already: nothing was written by sending them again."""


def save(*, edition: int, by: int, sent: list[dict[str, Any]], minutes: int) -> None:
    """
    Save edits as the grid's address does.

    :raises NothingNew: if the portal had all of them, and has written nothing
    """
    draft = Edition.objects.for_page().get(pk=edition)
    with transaction.atomic():
        before = Entry.objects.count(), Edit.objects.count()
        answers = edits.apply(
            edition=draft,
            edits=language.read(sent),
            by=User.objects.get(pk=by),
            now=NOW + dt.timedelta(minutes=minutes),
        )
        if any(answer.state != "done" for answer in answers):
            raise RuntimeError(f"not accepted: {answers}")
        if (Entry.objects.count(), Edit.objects.count()) == before:
            raise NothingNew


class Saving:
    """A school's draft, and a coordinator whose connection brings a handful of edits at once."""

    deed = "faults.editor.save"

    def __init__(self) -> None:
        self.turn = 0
        school = Organization.objects.create(kind="school", name="Школа на Озёрной", short_name="Школа на Озёрной")
        self.user = User.objects.create_user("coordinator", password=None)
        access.grant(self.user, Role.COORDINATOR, school)
        programme = Programme.objects.create(organization=school, name="Полярные классы")
        self.edition = editions.start(
            programme=programme, organization=school, period=PERIOD, title="План", by=None, now=NOW
        )
        self.plan = self.edition.roadmap_id
        for place in range(ROWS):
            heading = rows.add_heading(
                roadmap=self.plan, kind=HeadingKind.ACTIVITY, title=f"Встреча {place + 1}", by=None, now=NOW
            )
            rows.add_result(
                roadmap=self.plan, activity=heading.pk, text="Встреча проведена", phrase="до 18.10.2026",
                executors=["Методист"], by=None, now=NOW,
            )  # fmt: skip

    def ready(self) -> Facts:
        """Put together what one person did while the connection was away."""
        self.turn += 1
        first, second, *_rest = self._sheet().rows
        new = self._key("added")
        sent = [
            self._edit(
                "text", deed="cell", row=first.commitment, field="text", value=f"Итог {self.turn}", base=first.text
            ),
            self._edit("added", deed="add-row", activity=first.heading, after=first.commitment),
            self._edit("typed", deed="cell", row=f"new:{new}", field="phrase", value="до 1 мая", base=""),
            self._edit("who", deed="cell", row=f"new:{new}", field="executors", value="Директор", base=""),
            self._edit("shift", deed="shift", row=second.commitment, days=1, working=True, base=second.deadline.phrase),
            self._edit("move", deed="move-row", row=f"new:{new}", activity=second.heading, after=None),
            self._edit("last", deed="drop-row", row=f"new:{new}"),
        ]
        return {"edition": self.edition.pk, "by": self.user.pk, "sent": sent, "minutes": self.turn}

    def done(self, facts: Facts) -> bool:
        """Tell whether the last of the edits is known."""
        return Edit.objects.filter(key=facts["sent"][-1]["key"]).exists()

    def wrong(self, facts: Facts, *, done: bool) -> list[str]:
        """Hold edits, journal, ranges and dates against each other."""
        known = Edit.objects.filter(key__in=[edit["key"] for edit in facts["sent"]])
        silent = [edit.key for edit in known if not Entry.objects.filter(at=edit.at, by=self.user).exists()]
        written = self._sheet().rows[0].text == facts["sent"][0]["value"]
        return [
            *(
                [f"{known.count()} of {len(facts['sent'])} edits are known"]
                if known.count() != len(facts["sent"]) * done
                else []
            ),
            *(f"the journal says nothing of {key}" for key in silent),
            *([] if written is done else ["the cell does not say what was answered"]),
            *(sentence for model in RANGED for sentence in ranges_wrong(model)),
            *(f"row {row} has a wrong date" for row in wrong_dates()),
        ]

    def tidy(self) -> list[str]:
        """Leave everything as it is: nothing is done later."""
        return []

    def _sheet(self) -> sheets.Sheet:
        return sheets.load(Edition.objects.for_page().get(pk=self.edition.pk))

    def _key(self, name: str) -> str:
        return f"{name}-{self.turn:06}"

    def _edit(self, name: str, **values: Any) -> dict[str, Any]:
        return {"key": self._key(name), "step": self._key("step"), **values}

"""Saving cells of a draft: eight people type into one plan at once; the floor is one UPDATE of the same row."""

import json
import secrets
import threading
import time
from statistics import median

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from benchmarks import region
from benchmarks.measure import Figure, once, percentile
from organizations import access
from organizations.access import Role
from organizations.models import User
from roadmaps.choices import DRAFT
from roadmaps.models import Deliverable

EDITORS = 8
SAVES = 25
PAUSE_S = 0.5
"""Between two saves of one person; a fast typist's cells are saved less often."""
TRANSACTION = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "ROLLBACK")


class Editor(threading.Thread):
    """One person who writes into rows of her own, so that nobody waits for anything but the plan."""

    def __init__(self, address: str, user: User, rows: list[int], late: float) -> None:
        super().__init__()
        self.late = late
        self.address, self.user, self.rows = address, user, rows
        self.client = Client(SERVER_NAME="localhost")
        self.client.force_login(user)
        self.texts = dict(Deliverable.objects.at(DRAFT).filter(commitment__in=rows).values_list("commitment", "text"))
        self.times: list[float] = []

    def run(self) -> None:
        time.sleep(PAUSE_S * self.late)  # people do not type in step
        for turn in range(SAVES):
            self.times.append(self.save(turn))
            time.sleep(PAUSE_S)
        connection.close()

    def save(self, turn: int) -> float:
        """Write a cell; gives how long the portal took, in milliseconds."""
        row = self.rows[turn % len(self.rows)]
        value = f"Итоги уточнены, вариант {turn} {self.user.pk}"
        edit = {
            "key": secrets.token_hex(16),
            "step": secrets.token_hex(16),
            "deed": "cell",
            "row": row,
            "field": "text",
        }
        edit |= {"value": value, "base": self.texts[row]}
        body = json.dumps({"user": self.user.pk, "edits": [edit]})
        began = time.perf_counter()
        answer = self.client.post(self.address, body, content_type="application/json")
        took = (time.perf_counter() - began) * 1000
        assert answer.json()["answers"][0]["state"] == "done", answer.content
        self.texts[row] = value
        return took


def cell_save(name: str) -> Figure:
    """Measure how long a saved cell takes with eight people at work, and how many statements one takes."""
    measured = region.build(name, rows_of_plan=40)
    municipality = measured.roadmap.organization
    rows = list(measured.roadmap.commitments.order_by("pk").values_list("pk", flat=True))
    address = f"/plans/{measured.roadmap.pk}/grid/"
    editors = []
    for number in range(EDITORS):
        user = User.objects.create_user(f"{name}-{number}", password=None)
        access.grant(user, Role.COORDINATOR, municipality)
        editors.append(Editor(address, user, rows[number::EDITORS], number / EDITORS))
    for editor in editors:
        editor.save(90)  # what is loaded once is not counted
    with CaptureQueriesContext(connection) as captured:
        editors[0].save(95)
    count = sum(not query["sql"].startswith(TRANSACTION) for query in captured)
    alone = [once(lambda turn=turn: editors[0].save(100 + turn))[1] for turn in range(40)]
    for editor in editors:
        editor.start()
    for editor in editors:
        editor.join()
    times = [took for editor in editors for took in editor.times]
    floor = [_floor(rows[0], turn) for turn in range(100)]
    return Figure(
        name=name,
        p50=round(median(times), 2),
        p95=round(percentile(times, 0.95), 2),
        unit="ms",
        cpu_ms=round(median(alone), 2),
        floor_p50=round(median(floor), 2),
        ratio=round(median(times) / median(floor), 2),
        statements=count,
        rows=40,
        note="aim: p95 at most 60 ms with 8 editors, at most 12 statements",
    )


def _floor(row: int, turn: int) -> float:
    began = time.perf_counter()
    Deliverable.objects.filter(commitment=row, since=DRAFT).update(text=f"Пол {turn}")
    return (time.perf_counter() - began) * 1000

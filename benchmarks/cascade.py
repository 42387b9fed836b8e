"""
A row of the plan at the top moves by a week, and every plan below follows.

Measured is the operation that puts the edition in force, without pages: consequential editions with their hashes, new
versions, drafts below, journal, notices to every coordinator. The floor writes the same rows (closed, new, editions)
into tables without foreign keys and triggers, set by set, and nothing else.
"""

import datetime as dt
import itertools
from collections.abc import Sequence

from django.db import connection, transaction

from benchmarks import tree
from benchmarks.measure import Figure, in_turns, statements
from documents.models import Order
from documents.operations.files import store_file
from documents.operations.orders import OrderData, register_from_paper
from organizations.models import User
from organizations.recordset import recordset
from roadmaps.choices import CURRENT, DRAFT
from roadmaps.impact import impact_of
from roadmaps.models import Deliverable, Edition
from roadmaps.operations import consequences, editions, rows

STEP = dt.timedelta(7)
MOVING = [place for place in range(tree.ROWS) if place % len(tree.RULES) != 2]
"""Rows that move with every shift; those that keep inside a window may well stay."""


class Shifting:
    """A tree of plans, and the next shift of it."""

    def __init__(self, label: str, storeys: Sequence[int]) -> None:
        self.tree = tree.grow(label, storeys)
        tree.analyze()
        organization = self.tree.roadmap.organization
        self.original = store_file(organization=organization, name="a.docx", data=label.encode(), by=None, now=tree.NOW)
        self.by = User.objects.get(username=f"{label}-0")
        self.turns = itertools.count()
        self.edition: Edition | None = None
        self.order: Order | None = None

    def prepare(self) -> None:
        """Draft the next edition and register its order."""
        turn = next(self.turns)
        row = self.tree.rows[MOVING[turn % len(MOVING)]]
        was = Deliverable.objects.at(CURRENT).get(commitment=row).due
        assert was is not None
        self.edition = editions.open_edition(self.tree.roadmap, by=self.by, now=tree.NOW)
        changes = {"deadline": tree.by(was + STEP)}
        rows.edit_result(roadmap=self.tree.roadmap.pk, commitment=row, changes=changes, by=self.by, now=tree.NOW)
        self.order = register_from_paper(
            organization=self.tree.roadmap.organization,
            order=OrderData(number=f"{turn + 2}", signed_on=tree.START, issuer="Министерство"),
            original=self.original,
            by=self.by,
            now=tree.NOW,
        )
        self.edition = Edition.objects.select_related("roadmap__organization").get(pk=self.edition.pk)

    def put_in_force(self) -> None:
        """The operation that is measured."""
        assert self.edition is not None
        assert self.order is not None
        editions.put_in_force(self.edition, order=self.order, by=self.by, now=tree.NOW)

    def moved(self) -> int:
        """Count what followed from the last edition."""
        assert self.edition is not None
        return Edition.objects.filter(basis=self.edition).count()


class Floor:
    """The same rows in bare tables."""

    TABLES = ("deliverable", "edition")

    def __init__(self, shifting: Shifting) -> None:
        self.shifting = shifting
        self.turns = itertools.count()
        with connection.cursor() as cursor:
            for table in self.TABLES:
                cursor.execute(f"CREATE TABLE bare_{table} (LIKE roadmaps_{table} INCLUDING ALL)")
                cursor.execute(f"INSERT INTO bare_{table} OVERRIDING SYSTEM VALUE SELECT * FROM roadmaps_{table}")
                cursor.execute(
                    f"SELECT setval(pg_get_serial_sequence('bare_{table}', 'id'), (SELECT max(id) FROM bare_{table}))"
                )
            cursor.execute("ANALYZE")

    def shift(self) -> None:
        """Close, write anew, and note an edition for each plan."""
        turn = next(self.turns)
        row = self.shifting.tree.rows[MOVING[turn % len(MOVING)]]
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "WITH RECURSIVE t(id) AS (SELECT %s::bigint UNION SELECT l.lower_id FROM t JOIN roadmaps_link l ON l.upper_id = t.id "
                f"AND l.since < {DRAFT} AND l.until >= {DRAFT}) SELECT id FROM t",
                [row],
            )
            table, param = recordset("id:int", cursor.fetchall())
            cursor.execute(
                f"SELECT d.id, d.roadmap_id, {turn + 2} FROM {table} AS t JOIN bare_deliverable d ON d.commitment_id = t.id AND d.until = 32001",
                [param],
            )
            table, param = recordset("id:int roadmap:int number:int", cursor.fetchall())
            cursor.execute(
                "INSERT INTO bare_edition (roadmap_id, number, state, basis_id, content_hash, remark, opened_at, changed_at, approved_at) "
                f"SELECT roadmap, number, 'approved', 1, '{'0' * 64}', '', now(), now(), now() FROM {table} AS m",
                [param],
            )
            cursor.execute(
                f"UPDATE bare_deliverable SET until = m.number FROM {table} AS m WHERE bare_deliverable.id = m.id",
                [param],
            )
            kept = "commitment_id, roadmap_id, heading_id, position, text, own, effective, grammar, kind, obliges"
            cursor.execute(
                f"INSERT INTO bare_deliverable ({kept}, since, until, start, due) "
                f"SELECT {', '.join(f'd.{c}' for c in kept.split(', '))}, m.number, 32001, d.start + 7, d.due + 7 "
                f"FROM {table} AS m JOIN bare_deliverable d ON d.id = m.id",
                [param],
            )


def shift(name: str, storeys: Sequence[int], *, turns: int) -> Figure:
    """Measure the approval that moves a row in every plan of a tree."""
    shifting = Shifting(name, storeys)
    floor = Floor(shifting)
    shifting.prepare()
    counted = statements(shifting.put_in_force)
    assert shifting.moved() == shifting.tree.plans, shifting.moved()
    return in_turns(
        name,
        shifting.put_in_force,
        floor.shift,
        prepare=shifting.prepare,
        turns=turns,
        rows=shifting.tree.plans,
        sql=counted,
        note=f"aim: at most 4 × and 25 statements; {shifting.tree.plans} plans with a notice each",
    )


def preview(name: str, storeys: Sequence[int], *, turns: int) -> Figure:
    """Measure the preview of the same shift; the floor only finds the rows and their links."""
    shifting = Shifting(name, storeys)
    shifting.prepare()
    edition = shifting.edition
    assert edition is not None

    def product() -> None:
        assert len(consequences.preview(edition).moves) == shifting.tree.plans

    def named() -> None:
        assert impact_of(consequences.preview(edition)).moved == shifting.tree.plans

    def floor() -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "WITH RECURSIVE t(id) AS (SELECT %s::bigint UNION SELECT l.lower_id FROM t JOIN roadmaps_link l ON l.upper_id = t.id "
                f"AND l.since < {DRAFT} AND l.until >= {DRAFT}) SELECT id FROM t",
                [shifting.tree.rows[MOVING[0]]],
            )
            table, param = recordset("id:int", cursor.fetchall())
            cursor.execute(
                f"SELECT d.id, d.start, d.due, d.own FROM {table} AS t JOIN roadmaps_deliverable d ON d.commitment_id = t.id "
                f"AND d.since < {DRAFT} AND d.until >= {DRAFT}",
                [param],
            )
            cursor.fetchall()

    with_names = in_turns(name, named, floor, turns=turns, rows=0, note="")
    return in_turns(
        name,
        product,
        floor,
        turns=turns,
        rows=shifting.tree.plans,
        sql=statements(product),
        note=f"aim: at most 20 ms; with the names of all rows and people {with_names.p50:g} ms",
    )

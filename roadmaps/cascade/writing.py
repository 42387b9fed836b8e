"""
Carrying consequences out: editions, versions, questions, each kind of row in one statement.

Triggers let only the end of a frozen row change, so a shift closes one version and begins one in each plan that it
touches; the new one keeps the old end, which leaves an open draft below as it is.
"""

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import connection

from deadlines.values import Deadline
from organizations.recordset import recordset
from roadmaps.cascade.values import Texts
from roadmaps.choices import DRAFT, EditionState, ProposalState
from roadmaps.consequences import Consequences, Lapse, Offer
from roadmaps.models import Deliverable, Edition
from roadmaps.sheets.hashing import consequential_hash

Version = tuple[int, int, int, str | None, str, dt.date | None, dt.date | None, int | None]
"""Of a row: the version that ends, the edition in which the new one begins and that in which it ends, its dates, its link."""

_DATES = {"since", "until", "effective", "kind", "start", "due", "moved_by"}


def run(sql: str, params: Sequence[Any] | Mapping[str, Any]) -> int:
    """Write, and give how many rows were."""
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.rowcount


def write(found: Consequences, basis: Edition, *, now: dt.datetime) -> None:
    """Write everything that follows from an edition that has just come into force."""
    texts = Texts()
    numbers = {roadmap: found.plans[roadmap].number + 1 for roadmap in found.moved_roadmaps}
    if found.moves:
        _write_editions(found, basis, numbers, texts, now)
        write_versions(
            [
                (
                    move.version, numbers[move.roadmap], move.until, texts.optional(move.effective),
                    move.after.kind.value, move.after.start, move.after.due, move.link,
                )
                for move in found.moves
            ]
        )  # fmt: skip
    if found.lapses:
        _lapse(found.lapses, now)
    if found.offers:
        _write_proposals(found, basis, numbers, texts, now)


def write_versions(rows: Sequence[Version]) -> None:
    """Close each version and begin the one that takes its place; only its dates differ."""
    table, param = recordset("id:int since:int", [row[:2] for row in rows])
    run(
        f"UPDATE roadmaps_deliverable SET until = m.since FROM {table} AS m WHERE roadmaps_deliverable.id = m.id",
        [param],
    )
    # What many rows have in common goes over once.
    places: dict[tuple[Any, ...], int] = {}
    short = [(*row[:3], places.setdefault(row[3:7], len(places)), row[7]) for row in rows]
    table, param = recordset("id:int since:int until:int place:int moved_by:int", short)
    values, values_param = recordset(
        "place:int effective:json kind:text start:date due:date", [(place, *dates) for dates, place in places.items()]
    )
    fields = [f for f in Deliverable._meta.concrete_fields if f.name not in _DATES | {"id"}]
    kept = [connection.ops.quote_name(str(field.column)) for field in fields]
    run(
        f"INSERT INTO roadmaps_deliverable ({', '.join(kept)}, since, until, effective, kind, start, due, moved_by) "
        f"SELECT {', '.join(f'd.{column}' for column in kept)}, "
        f"m.since, m.until, v.effective, v.kind, v.start, v.due, m.moved_by "
        f"FROM {table} AS m JOIN {values} AS v ON v.place = m.place JOIN roadmaps_deliverable d ON d.id = m.id",
        [param, values_param],
    )


def _write_editions(
    found: Consequences, basis: Edition, numbers: dict[int, int], texts: Texts, now: dt.datetime
) -> None:
    """Begin one edition in each plan that moves: by its own order, whose clause allows it, on the upper edition's basis."""
    moved: dict[int, list[tuple[str, str, str]]] = defaultdict(list)
    for move in found.moves:
        moved[move.roadmap].append((move.text, texts(move.before), texts(move.after)))
    rows = []
    for roadmap, difference in moved.items():
        plan = found.plans[roadmap]
        digest = consequential_hash(plan.content_hash, basis.content_hash, difference)
        rows.append((roadmap, numbers[roadmap], plan.order, digest))
    table, param = recordset("roadmap_id:int number:int order_id:int hash:text", rows)
    at = connection.ops.adapt_datetimefield_value(now)
    run(
        "INSERT INTO roadmaps_edition (roadmap_id, number, state, basis_id, order_id, content_hash, remark, "
        "opened_at, changed_at, approved_at) "
        f"SELECT roadmap_id, number, '{EditionState.APPROVED}', %s, order_id, hash, '', %s, %s, %s FROM {table} AS m",
        [basis.pk, at, at, at, param],
    )


def _lapse(lapses: Sequence[Lapse], now: dt.datetime) -> None:
    """Close the open questions that a newer change answers or replaces."""
    rows = {(one.roadmap, one.lower, one.upper, one.kind.value) for one in lapses}
    table, param = recordset("roadmap:int lower:int upper:int kind:text", sorted(rows, key=repr))
    run(
        f"UPDATE roadmaps_proposal SET state = '{ProposalState.LAPSED}', answered_at = %s FROM {table} AS m "
        f"WHERE roadmaps_proposal.state = '{ProposalState.OPEN}' AND roadmaps_proposal.roadmap_id = m.roadmap "
        "AND roadmaps_proposal.upper_id = m.upper AND roadmaps_proposal.kind = m.kind "
        "AND (roadmaps_proposal.lower_id = m.lower OR roadmaps_proposal.lower_id IS NULL AND m.lower IS NULL)",
        [connection.ops.adapt_datetimefield_value(now), param],
    )


def _write_proposals(
    found: Consequences, basis: Edition, numbers: dict[int, int], texts: Texts, now: dt.datetime
) -> None:
    """Ask what has to be asked; what was asked about the same change before is not asked again."""
    plan_of = {move.commitment: move.roadmap for move in found.moves}
    rows = []
    for offer in found.offers:
        # The edition that changed the upper row: the one that came into force, or a consequence of it.
        number = numbers[plan_of[offer.upper]] if offer.upper in plan_of else basis.number
        start, due = (offer.after.start, offer.after.due) if offer.after else (None, None)
        rows.append(
            (
                offer.roadmap,
                offer.lower,
                offer.upper,
                number,
                offer.kind.value,
                _offered(offer, texts),
                start,
                due,
                offer.conflict,
            )
        )
    table, param = recordset(
        "roadmap:int lower:int upper:int number:int kind:text offered:json start:date due:date conflict:text", rows
    )
    run(
        "INSERT INTO roadmaps_proposal (roadmap_id, lower_id, upper_id, upper_row_id, edition_id, kind, offered, "
        "start, due, conflict, wish, state, reason, made_at) "
        "SELECT m.roadmap, m.lower, m.upper, u.id, e.id, m.kind, m.offered, m.start, m.due, m.conflict, '', "
        f"'{ProposalState.OPEN}', '', %s FROM {table} AS m "
        "JOIN roadmaps_deliverable u ON u.id = (SELECT x.id FROM roadmaps_deliverable x "
        f"WHERE x.commitment_id = m.upper AND x.since < {DRAFT} ORDER BY x.until DESC LIMIT 1) "
        "JOIN roadmaps_edition e ON e.roadmap_id = u.roadmap_id AND e.number = m.number "
        "WHERE true ON CONFLICT DO NOTHING",
        [connection.ops.adapt_datetimefield_value(now), param],
    )


def _offered(offer: Offer, texts: Texts) -> str:
    """Give what is told and offered in the shape of Proposal.offered; deadlines that are written already are put in whole."""

    def pair(before: Deadline | None, after: Deadline | None) -> str:
        return f'"before": {texts.optional(before) or "null"}, "after": {texts.optional(after) or "null"}'

    rest: dict[str, Any] = {"rule": offer.rule and offer.rule.value, "link": offer.link, "slack": offer.slack}
    if offer.wording:
        rest["text"] = offer.wording
    if offer.executors:
        rest["executors"] = offer.executors
    upper = pair(offer.upper_before, offer.upper_after)
    return f'{{{pair(offer.before, offer.after)}, "upper": {{{upper}}}, {json.dumps(rest, ensure_ascii=False)[1:]}'


def settle(roadmap: int, number: int, *, by: int | None, now: dt.datetime) -> None:
    """
    Close the questions to a plan that its new edition answers by what it says.

    A row that took the date offered accepts it, a new row above that is linked or waived likewise; so does a row that
    went with the one above. A question about any other row that is gone, or hangs on that upper row no more, lapses.
    """
    at = connection.ops.adapt_datetimefield_value(now)
    run(_SETTLE, {"roadmap": roadmap, "number": number, "by": by, "at": at})


_IN_FORCE = f"x.since < {DRAFT} AND x.until >= {DRAFT}"
_TAKEN = (
    f"EXISTS (SELECT 1 FROM roadmaps_deliverable x WHERE x.commitment_id = p.lower_id AND {_IN_FORCE} "
    "AND x.since = %(number)s AND p.kind = 'date' "
    "AND x.due IS NOT DISTINCT FROM p.due AND x.start IS NOT DISTINCT FROM p.start)"
)
_LINKED = f"EXISTS (SELECT 1 FROM roadmaps_link x WHERE x.roadmap_id = p.roadmap_id AND x.upper_id = p.upper_id AND {_IN_FORCE})"
_WAIVED = f"SELECT x.reason FROM roadmaps_waiver x WHERE x.roadmap_id = p.roadmap_id AND x.upper_id = p.upper_id AND {_IN_FORCE}"
_STANDS = f"EXISTS (SELECT 1 FROM roadmaps_deliverable x WHERE x.commitment_id = p.lower_id AND {_IN_FORCE})"
_HANGS = (
    f"EXISTS (SELECT 1 FROM roadmaps_link x WHERE x.lower_id = p.lower_id AND x.upper_id = p.upper_id AND {_IN_FORCE})"
)
_SETTLE = f"""
UPDATE roadmaps_proposal AS p SET answered_at = %(at)s, answered_by_id = %(by)s,
answered_in_id = (SELECT e.id FROM roadmaps_edition e WHERE e.roadmap_id = %(roadmap)s AND e.number = %(number)s), reason = COALESCE(({_WAIVED} AND p.lower_id IS NULL), ''),
state = CASE WHEN p.lower_id IS NULL AND EXISTS ({_WAIVED}) THEN '{ProposalState.WAIVED}'
             WHEN {_TAKEN} OR p.lower_id IS NULL OR p.kind = 'withdrawn' AND NOT {_STANDS} THEN '{ProposalState.ACCEPTED}' ELSE '{ProposalState.LAPSED}' END
WHERE p.roadmap_id = %(roadmap)s AND p.state = '{ProposalState.OPEN}' AND (
    p.lower_id IS NULL AND ({_LINKED} OR EXISTS ({_WAIVED}))
    OR p.lower_id IS NOT NULL AND ({_TAKEN} OR NOT {_STANDS} OR p.edition_id IS NOT NULL AND NOT {_HANGS}))"""

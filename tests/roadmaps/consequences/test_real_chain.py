"""The real plans of a region, a municipality and a school: one row above moves by three days."""

import datetime as dt

import pytest
from django.db import transaction

from documents.choices import ClauseKind
from documents.models import Clause
from roadmaps import sheets
from roadmaps.choices import CURRENT, Aim
from roadmaps.consequences import Consequences
from roadmaps.impact import impact_of
from roadmaps.models import Deliverable, Edition, Proposal
from roadmaps.operations import consequences, editions, imports, rows
from roadmaps.sheets import Sheet
from tests.roadmaps.chain import NOW, Chain
from tests.roadmaps.operations.test_imports import arrive
from tests.shared import SHARED, needs_shared

pytestmark = [pytest.mark.shared, needs_shared]


def brought_in(chain: Chain) -> dict[str, Sheet]:
    """Bring the three documents in as acts in force."""
    found = {}
    for name, organization in (("001", chain.ministry), ("000", chain.town), ("002", chain.school)):
        data = (SHARED / "plans" / "docx" / f"{name}.docx").read_bytes()
        incoming = arrive(chain, organization, data, aim=Aim.IN_FORCE)
        facts = {"order_number": f"{name}-од", "order_date": "2022-09-27"}
        imports.decide(incoming, changes={"header": facts}, seen=0, by=chain.user(organization), now=NOW)
        made = imports.finish(incoming, by=chain.user(organization), now=NOW)
        found[name] = sheets.load(Edition.objects.for_page().get(pk=made.pk))
    return found


def dates() -> dict[int, tuple[dt.date | None, dt.date | None]]:
    rows = Deliverable.objects.at(CURRENT).values_list("commitment", "start", "due")
    return {key: (start, due) for key, start, due in rows}


def test_a_shift_by_three_days_reaches_the_two_rows_and_nothing_else(chain: Chain) -> None:
    plans = brought_in(chain)
    row = {(name, one.ref): one for name, sheet in plans.items() for one in sheet.rows}
    source, town, school = row["001", "18.2"], row["000", "20.2"], row["002", "17.1"]
    below = {town.commitment: "000", school.commitment: "002"}
    was = dates()
    region = plans["001"].edition
    draft = editions.open_edition(region.roadmap, by=None, now=NOW)
    moved = source.deadline.with_dates(*(day and day + dt.timedelta(3) for day in was[source.commitment]))
    rows.edit_result(
        roadmap=region.roadmap_id, commitment=source.commitment, changes={"deadline": moved}, by=None, now=NOW
    )

    def outcome() -> tuple[Consequences, dict[int, int]]:
        """Preview, put in force, compare, and undo it: what was promised, and by how many days each row below moved."""
        promised = consequences.preview(draft)
        with transaction.atomic():
            assert region.order is not None
            edition = Edition.objects.get(pk=draft.pk)
            editions.put_in_force(edition, order=region.order, fingerprint=promised.fingerprint, by=None, now=NOW)
            now = dates()
            shifts = {key: (now[key][1] - was[key][1]).days for key in now if now[key] != was[key]}  # type: ignore[operator]
            asked = {(one.lower_id, one.kind) for one in Proposal.objects.all()}
            assert asked == {(offer.lower, offer.kind.value) for offer in promised.offers}
            transaction.set_rollback(True)
        assert shifts.pop(source.commitment) == 3
        return promised, shifts

    # As the papers are, without the clause: proposals, and nothing moves.
    promised, shifts = outcome()
    assert shifts == {}
    assert {offer.lower for offer in promised.offers} <= below.keys()
    assert town.commitment in {offer.lower for offer in promised.offers}
    # With the clause in both orders: both rows move, and nothing else does.
    for name in below.values():
        order = plans[name].edition.order
        Clause.objects.create(order=order, kind=ClauseKind.FOLLOW, position=99, text="Сроки изменяются вслед.")
    promised, shifts = outcome()
    assert shifts == dict.fromkeys(below, 3)
    assert (len(promised.moves), promised.offers) == (2, [])
    assert [(plan.owner, len(plan.moves)) for plan in impact_of(promised).plans] == [
        (chain.town.short_name, 1),
        (chain.school.short_name, 1),
    ]

"""Many clerks and one number; an error while a plan comes into force. Dying machines are in tests/house/test_faults.py."""

import threading
from concurrent.futures import ThreadPoolExecutor
from copy import copy

import pytest
from django.db import connection

from documents.codes import new_code
from documents.models import Clause, Order
from documents.operations import orders as documents
from documents.operations import refusals
from documents.operations.files import store_file
from organizations.models import Entry
from roadmaps.models import Edition, Roadmap
from roadmaps.operations import editions, orders
from tests.roadmaps.chain import NOW, Chain, make_chain
from tests.roadmaps.operations.ordered import TODAY, head, registered, signed, submitted

CLERKS = 100


@pytest.fixture
def lasting(committing: None) -> Chain:
    return make_chain()


def copies(order: Order, count: int) -> list[Order]:
    """Multiply a signed order together with its clauses; each copy has a code of its own."""
    clauses = list(order.clauses.all())
    made = []
    for _ in range(count):
        order.pk, order.code, order._state.adding = None, new_code(), True
        made.append(copy(order))
    Order.objects.bulk_create(made)
    for clause in clauses:
        clause.pk, clause._state.adding = None, True
    Clause.objects.bulk_create([replaced(clause, order=one) for one in made for clause in clauses])
    return made


def replaced(clause: Clause, *, order: Order) -> Clause:
    clause = copy(clause)
    clause.order = order
    return clause


def test_of_a_hundred_who_register_under_one_number_one_wins(lasting: Chain) -> None:
    first = documents.draft(
        organization=lasting.town, kind="announce", title="О деле", signatory=head(lasting), by=None, now=NOW
    )
    orders.word(first, None, follow=False, by=None, now=NOW, today=TODAY)
    orders.hand(first, by=None, now=NOW, today=TODAY)
    waiting = copies(orders.sign(first, signed_on=TODAY, by=None, now=NOW, today=TODAY), CLERKS)
    scan = store_file(organization=lasting.town, name="scan.pdf", data=b"%PDF scan", by=None, now=NOW)
    barrier = threading.Barrier(CLERKS)

    def register(order: Order) -> str:
        try:
            connection.ensure_connection()
            barrier.wait()
            orders.register(order, number="118-од", signed_on=TODAY, original=scan, by=None, now=NOW, today=TODAY)
        except refusals.NumberTaken as taken:
            return taken.free
        finally:
            connection.close()
        return "registered"

    with ThreadPoolExecutor(CLERKS) as clerks:
        outcomes = sorted(clerks.map(register, waiting))
    assert outcomes == ["119-од"] * (CLERKS - 1) + ["registered"]
    assert Order.objects.registered().filter(organization=lasting.town, number="118-од").count() == 1
    assert Order.objects.filter(organization=lasting.town, state="signed").count() == CLERKS


POINTS = {
    "before the edition": "roadmaps.operations.editions.put_in_force",
    "after its rows": "roadmaps.operations.consequences.refresh_below",
    "after telling": "roadmaps.operations.editions.tell_those_below",
    "before those who are asked": "roadmaps.operations.submissions.tell_asked",
    "after everything": "documents.operations.rendered.ask",
}


def everything() -> tuple:
    """Give what must not change when nothing has happened."""
    return (
        sorted(Edition.objects.values_list("pk", "number", "state", "order", "content_hash")),
        sorted(Order.objects.values_list("pk", "state", "number", "year", "succeeded_by")),
        Entry.objects.count(),
    )


@pytest.mark.parametrize("point", POINTS)
def test_an_error_anywhere_leaves_nothing(chain: Chain, point: str, monkeypatch: pytest.MonkeyPatch) -> None:
    order = second_on_its_way(chain)
    before = everything()

    def fail(*args: object, **kwargs: object) -> None:
        raise RuntimeError(point)

    monkeypatch.setattr(POINTS[point], fail)
    with pytest.raises(RuntimeError):
        registered(chain, order, "2-од")
    assert everything() == before
    monkeypatch.undo()
    registered(chain, order, "2-од")
    assert Edition.objects.in_force().get(roadmap__organization=chain.town).number == 2


def second_on_its_way(chain: Chain) -> Order:
    """Sign the order on a second edition, while the first one is in force."""
    plan = submitted(chain)
    registered(chain, signed(chain, plan))
    edition = editions.open_edition(Roadmap.objects.get(pk=plan.roadmap), by=None, now=NOW)
    editions.submit(edition, by=None, now=NOW)
    return signed(chain, type("P", (), {"edition": edition}))

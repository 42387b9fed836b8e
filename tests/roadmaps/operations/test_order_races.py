"""Two clerks and one number; a machine that dies while a plan comes into force."""

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path
from urllib.parse import urlparse

import pytest
from django.conf import settings
from django.db import connection

from documents.models import Order
from documents.operations import orders as documents
from documents.operations import refusals
from organizations.models import Entry
from roadmaps.models import Edition, Roadmap
from roadmaps.operations import editions, orders
from tests.roadmaps.chain import NOW, Chain, make_chain
from tests.roadmaps.operations.ordered import TODAY, head, registered, signed, submitted

ROOT = Path(__file__).resolve().parents[3]
CLERKS = 24


@pytest.fixture
def lasting(committing: None) -> Chain:
    return make_chain()


def test_of_many_who_register_under_one_number_one_wins(lasting: Chain) -> None:
    signatory = head(lasting)
    waiting = []
    for place in range(CLERKS):
        order = documents.draft(
            organization=lasting.town, kind="announce", title=f"О деле {place}", signatory=signatory, by=None, now=NOW
        )
        orders.word(order, None, follow=False, by=None, now=NOW, today=TODAY)
        orders.hand(order, by=None, now=NOW, today=TODAY)
        waiting.append(orders.sign(order, signed_on=TODAY, by=None, now=NOW, today=TODAY))
    lasting.user(lasting.town)
    outcomes: list[str] = []
    barrier = threading.Barrier(CLERKS)

    def register(order: Order) -> None:
        barrier.wait()
        try:
            registered(lasting, order, "118-од")
            outcomes.append("registered")
        except refusals.NumberTaken:
            outcomes.append("taken")
        finally:
            connection.close()

    threads = [threading.Thread(target=register, args=(order,)) for order in waiting]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["registered"] + ["taken"] * (CLERKS - 1)
    assert Order.objects.registered().filter(organization=lasting.town, number="118-од").count() == 1
    assert Order.objects.filter(organization=lasting.town, state="signed").count() == CLERKS - 1


POINTS = {
    "before the edition": "roadmaps.operations.editions.put_in_force",
    "after its rows": "roadmaps.operations.consequences.refresh_below",
    "after telling": "roadmaps.operations.editions._tell_those_below",
    "after the former order": "documents.operations.orders.succeed",
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


KILLED = """
import os, signal, sys
import django
django.setup()
from django.utils.module_loading import import_string
from importlib import import_module
module, _, name = sys.argv[2].rpartition(".")
die = lambda *args, **kwargs: os.kill(os.getpid(), signal.SIGKILL)
setattr(import_module(module), name, die)
import datetime as dt
from documents.models import Order
from documents.operations.files import store_file
from roadmaps.operations import orders
now, today = dt.datetime(2026, 9, 8, 9, tzinfo=dt.UTC), dt.date(2026, 9, 8)
order = Order.objects.get(pk=int(sys.argv[1]))
scan = store_file(organization=order.organization, name="s.pdf", data=b"scan", by=None, now=now)
orders.register(order, number="2-од", signed_on=today, original=scan, by=None, now=now, today=today)
"""


@pytest.mark.parametrize("point", ["after its rows", "after everything"])
def test_a_machine_that_dies_leaves_nothing(lasting: Chain, point: str, tmp_path: Path) -> None:
    order = second_on_its_way(lasting)
    before = everything()
    name = str(settings.DATABASES["default"]["NAME"])
    url = f"sqlite:///{name}"
    if connection.vendor == "postgresql":
        url = urlparse(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()
    else:
        connection.close()
    environment = os.environ | {
        "DATABASE_URL": url,
        "DJANGO_SETTINGS_MODULE": "clusterportal.settings",
        "MEDIA_ROOT": str(tmp_path),
        "PYTHONPATH": str(ROOT),
    }
    done = subprocess.run(
        [sys.executable, "-c", KILLED, str(order.pk), POINTS[point]],
        env=environment,
        cwd=ROOT,
        check=False,
        timeout=120,
    )
    assert done.returncode == -signal.SIGKILL
    assert everything() == before
    registered(lasting, order, "2-од")
    assert Edition.objects.in_force().get(roadmap__organization=lasting.town).number == 2

"""A plan and its order: prepared, handed, signed, registered, in force."""

import datetime as dt

from documents.models import Order
from documents.operations.files import store_file
from organizations.access import Role
from organizations.models import Entry, Person, Position
from roadmaps.models import Edition
from roadmaps.operations import editions, orders
from tests.roadmaps.chain import NOW, Chain, Plan

TODAY = dt.date(2026, 9, 8)


def submitted(chain: Chain, *, title: str = "Дорожная карта полярных классов") -> Plan:
    """Make a plan of the town that follows the region's and is submitted."""
    region = chain.plan(chain.ministry, ["до 30.10.2026"], in_force=True, title="Дорожная карта края")
    town = chain.plan(
        chain.town,
        ["до 25.10.2026", "до 01.02.2027"],
        uppers=[region],
        links=[(0, region.rows[0], "implements", "same")],
        title=title,
    )
    person = Person.objects.create(surname="Воронцова", given_name="Елена", patronymic="Марковна")
    Position.objects.create(person=person, organization=chain.town, title="начальник управления", is_head=True)
    editions.submit(town.edition, by=chain.user(chain.town), now=NOW)
    return town


def prepared(chain: Chain, plan: Plan) -> Order:
    return orders.prepare(plan.edition, by=chain.user(chain.town), now=NOW, today=TODAY)


def signed(chain: Chain, plan: Plan) -> Order:
    order = prepared(chain, plan)
    signatory = chain.user(chain.town, Role.SIGNATORY)
    orders.hand(order, by=chain.user(chain.town), now=NOW, today=TODAY)
    return orders.sign(order, signed_on=TODAY, by=signatory, now=NOW, today=TODAY)


def registered(chain: Chain, order: Order, number: str = "1-од") -> Order:
    by = chain.user(order.organization)
    scan = store_file(organization=order.organization, name="scan.pdf", data=b"%PDF scan", by=by, now=NOW)
    return orders.register(order, number=number, signed_on=TODAY, original=scan, by=by, now=NOW, today=TODAY)


def test_the_whole_way_ends_in_force_with_number_hash_and_file(chain: Chain) -> None:
    plan = submitted(chain)
    order = registered(chain, signed(chain, plan))
    edition = Edition.objects.get(pk=plan.edition.pk)
    assert (edition.state, edition.number, edition.order) == ("approved", 1, order)
    order = Order.objects.get(pk=order.pk)
    assert (order.state, order.number, order.year, order.series) == ("approved", "1-од", 2026, "од")
    assert [entry.operation for entry in Entry.objects.about("order", order.pk).order_by("pk")] == [
        "order-drafted",
        "order-handed",
        "order-signed",
        "order-registered",
    ]
    assert [one.data["title"] for one in order.appendices.all()] == ["Дорожная карта полярных классов"]


def test_its_files_are_pdfs_with_their_hashes(chain: Chain) -> None:
    from documents import tasks

    order = registered(chain, signed(chain, submitted(chain)))
    tasks.render_order(order=order.pk)
    from documents.operations import rendered

    files = rendered.current(order)
    assert {kind.value: (file.state, file.size > 10_000) for kind, file in files.items()} == {
        "order": ("ready", True),
        "plan": ("ready", True),
        "stamped": ("ready", True),
    }
    import pathlib

    for kind, file in files.items():
        with file.content.open("rb") as content:
            pathlib.Path(f"/tmp/w/pdf-{kind.value}.pdf").write_bytes(content.read())

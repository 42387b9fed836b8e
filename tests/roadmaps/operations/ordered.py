"""A plan of the town on its way through its order, step by step."""

import datetime as dt

from documents.models import Order
from documents.operations.files import store_file
from organizations.access import Role
from organizations.models import Person, Position
from roadmaps.operations import editions, orders
from tests.roadmaps.chain import NOW, Chain, Plan

TODAY = dt.date(2026, 9, 8)


def submitted(chain: Chain, *, title: str = "Дорожная карта полярных классов") -> Plan:
    """Make a plan of the town that follows the region's and is submitted; its head is named."""
    region = chain.plan(chain.ministry, ["до 30.10.2026"], in_force=True, title="Дорожная карта края")
    town = chain.plan(
        chain.town,
        ["до 25.10.2026", "до 01.02.2027"],
        uppers=[region],
        links=[(0, region.rows[0], "implements", "same")],
        title=title,
    )
    head(chain)
    editions.submit(town.edition, by=chain.user(chain.town), now=NOW)
    return town


def head(chain: Chain) -> Position:
    """Name the head of the town's department."""
    person = Person.objects.create(surname="Воронцова", given_name="Елена", patronymic="Марковна")
    return Position.objects.create(person=person, organization=chain.town, title="начальник управления", is_head=True)


def prepared(chain: Chain, plan: Plan) -> Order:
    """Draft the order."""
    return orders.prepare(plan.edition, by=chain.user(chain.town), now=NOW, today=TODAY)


def handed(chain: Chain, plan: Plan) -> Order:
    """Hand the order for signing."""
    return orders.hand(prepared(chain, plan), by=chain.user(chain.town), now=NOW, today=TODAY)


def signed(chain: Chain, plan: Plan) -> Order:
    """Have the order signed."""
    by = chain.user(chain.town, Role.SIGNATORY)
    return orders.sign(handed(chain, plan), signed_on=TODAY, by=by, now=NOW, today=TODAY)


def registered(chain: Chain, order: Order, number: str = "1-од") -> Order:
    """Register a signed order with its scan."""
    by = chain.user(order.organization)
    scan = store_file(organization=order.organization, name="scan.pdf", data=b"%PDF scan", by=by, now=NOW)
    return orders.register(order, number=number, signed_on=TODAY, original=scan, by=by, now=NOW, today=TODAY)

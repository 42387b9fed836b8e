"""What clauses ask for: of bodies chosen by hand, of an order from paper, told, returned row by row, counted."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from documents.choices import Asked
from documents.models import Clause, Order, Submission
from documents.operations import clauses, refusals
from documents.operations import submissions as records
from documents.operations.clauses import ClauseText
from documents.operations.files import store_file
from documents.operations.orders import ClauseData, OrderData, register_from_paper
from documents.views.asking import proposed
from organizations.models import Entry, Organization
from reminders.models import Notice
from reminders.sentences import say
from roadmaps.operations import orders, submissions
from tests.roadmaps.chain import NOW, Chain
from tests.roadmaps.operations.ordered import TODAY, head, prepared, registered, signed, submitted

DUE = dt.date(2026, 10, 15)


def client_of(chain: Chain, organization: Organization) -> Client:
    client = Client()
    client.force_login(chain.user(organization))
    return client


def from_paper(chain: Chain) -> Order:
    """Bring an order of the ministry in whose clause asks municipalities for lists."""
    original = store_file(organization=chain.ministry, name="o.docx", data=b"as it came", by=None, now=NOW)
    given = (
        ClauseData("1", "Утвердить порядок."),
        ClauseData("2", "Руководителям муниципальных органов управления образованием:"),
        ClauseData("2.1", "направить списки классов в срок до 15.10.2026;"),
    )
    data = OrderData(number="7-к", signed_on=TODAY, issuer=chain.ministry.name, clauses=given)
    return register_from_paper(organization=chain.ministry, order=data, original=original, by=None, now=NOW)


def test_a_clause_proposes_what_it_asks_for_and_takes_it_over(chain: Chain) -> None:
    order = prepared(chain, submitted(chain))
    text = "Директорам школ направить отчёты до 15.10.2026."
    clause = clauses.add(order, clause=ClauseText(text), by=None, now=NOW)
    (found,) = proposed(order)
    assert (found.clause, str(found.asking.who)) == (clause, "schools")
    page = client_of(chain, chain.town)
    assert page.post(reverse("clause-asks", args=[order.pk, clause.pk])).status_code == 302
    clause.refresh_from_db()
    assert (clause.asked, clause.asked_for, clause.due) == (Asked.SCHOOLS, "отчёты", DUE)
    assert proposed(order) == []


def test_bodies_chosen_by_hand_are_expected_and_told_once_the_order_stands(chain: Chain) -> None:
    order = prepared(chain, submitted(chain))
    asks = ClauseText("Направить отчёты до 15.10.2026.", "до 15.10.2026", asked=Asked.NAMED, asked_for="отчёты")
    clause = clauses.add(order, clause=asks, by=None, now=NOW)
    page, address = client_of(chain, chain.town), reverse("clause-addressees", args=[order.pk, clause.pk])
    assert chain.school.short_name in page.get(address, {"kind": "school", "q": "озёрн"}).content.decode()
    page.post(
        address, {"do": "add", "body": [chain.school.pk, chain.other_school.pk]}
    )  # the other is none of the town's
    assert list(clause.addressees.all()) == [chain.school]
    for odd in ("²", "9" * 30, "x"):  # a digit that is no number, a number that is no key
        assert page.post(address, {"do": "add", "body": [odd]}).status_code == 302
    page.post(address, {"do": "drop", "body": [chain.school.pk]})
    page.post(f"{address}?kind=school", {"do": "all"})
    by = chain.user(chain.school)
    orders.hand(order, by=None, now=NOW, today=TODAY)
    orders.sign(order, signed_on=TODAY, by=None, now=NOW, today=TODAY)
    registered(chain, order)
    assert [one.organization for one in Submission.objects.all()] == [chain.school]
    notice = Notice.objects.get(recipient=by, kind="submission-asked")
    assert say(notice.kind, notice.params) == f"{chain.town.short_name} просит направить «отчёты» до 15.10.2026."
    assert notice.path == Submission.objects.get().get_absolute_url()


def test_what_an_order_from_paper_asks_for_is_expected_without_changing_it(chain: Chain) -> None:
    order = from_paper(chain)
    (found,) = proposed(order)
    assert (found.clause.number, str(found.asking.who), found.asking.due) == ("2.1", "municipalities", DUE)
    page = client_of(chain, chain.ministry)
    assert "Пункт 2.1: «списки классов»" in page.get(order.get_absolute_url()).content.decode()
    address = reverse("clause-addressees", args=[order.pk, found.clause.pk])
    page.post(f"{address}?kind=municipality", {"do": "all", "title": "списки классов", "due": "2026-10-15"})
    towns = {one.organization for one in Submission.objects.filter(due=DUE, title="списки классов")}
    assert towns == {chain.town, chain.other_town}
    assert Entry.objects.about("order", order.pk).filter(operation="submissions-expected").count() == 1
    again = submissions.track(
        Clause.objects.select_related("order").get(pk=found.clause.pk),
        bodies=[chain.town], title="", due=None, by=chain.user(chain.ministry), now=NOW,
    )  # fmt: skip
    assert (again, proposed(order)) == ([], [])


def test_nothing_is_expected_before_an_order_stands(chain: Chain) -> None:
    order = prepared(chain, submitted(chain))
    clause = clauses.add(order, clause=ClauseText("Направить отчёты до 15.10.2026."), by=None, now=NOW)
    with pytest.raises(refusals.NotInThisState):
        records.track(clause, bodies=[chain.school], title="", due=None, by=chain.user(chain.town), now=NOW)


def test_a_plan_that_was_sent_is_returned_with_remarks_on_its_rows(chain: Chain) -> None:
    plan = submitted(chain)
    registered(chain, signed(chain, plan))
    edition = type(plan.edition).objects.get(pk=plan.edition.pk)
    sent = submissions.send_plan_up(edition, recipient=chain.ministry, by=chain.user(chain.town), now=NOW)
    page, row = client_of(chain, chain.ministry), plan.rows[1]
    answer = page.post(
        reverse("submission-return", args=[sent.pk]),
        {"reason": "Уточните сроки", f"row-{row}": "Раньше конкурса", "row-0": "чужая строка"},
    )
    assert answer.status_code == 302
    (remark,) = sent.row_remarks.all()
    assert (remark.row, remark.label, remark.text) == (row, "2.1", "Раньше конкурса")
    told = client_of(chain, chain.town).get(sent.get_absolute_url()).content.decode()
    assert f"#row-{row}" in told and "Раньше конкурса" in told
    entry = Entry.objects.about("submission", sent.pk).get(operation="submission-returned")
    assert (entry.reason, entry.after) == ("Уточните сроки", {"rows": {"2.1": "Раньше конкурса"}})


@pytest.mark.parametrize(
    ("show", "names"),
    [("", {"округа", "леса"}), ("overdue", {"леса"}), ("late", {"округа"}), ("sent", set()), ("waiting", set())],
)
def test_the_register_shows_who_has_sent_late_and_not_at_all(chain: Chain, show: str, names: set[str]) -> None:
    head(chain)
    order = from_paper(chain)
    clause = order.clauses.get(number="2.1")
    by = chain.user(chain.ministry)
    records.track(
        clause, bodies=[chain.town, chain.other_town], title="списки", due=dt.date(2020, 1, 1), by=by, now=NOW
    )
    late = Submission.objects.get(organization=chain.town)
    records.send(late, sent_on=TODAY, source="по телефону", for_other=True, by=by, now=NOW)
    page = client_of(chain, chain.ministry).get(reverse("order-submissions", args=[order.pk]), {"show": show})
    (asked,) = page.context["asked"]
    wanted = {"округа": chain.town, "леса": chain.other_town}
    assert {row.organization for row in asked.rows} == {wanted[name] for name in names}
    assert dict(asked.counts) == {"late": 1, "overdue": 1}
    assert "по телефону" in page.content.decode() or show in {"overdue", "sent", "waiting"}

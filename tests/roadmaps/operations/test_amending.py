"""A plan in force is corrected: the order that amends it, the text that it makes; or it loses its force."""

import datetime as dt
from typing import Any

import pytest

from documents.choices import AppendixKind, OrderKind
from documents.models import Appendix, Order
from documents.operations import clauses
from documents.operations.clauses import ClauseText
from documents.printing import content
from documents.texts import text_of
from organizations.access import Role
from reminders.models import Notice
from roadmaps import sheets
from roadmaps.choices import CURRENT, DRAFT, ProposalKind, ProposalState
from roadmaps.difference import Kind
from roadmaps.difference.reading import difference
from roadmaps.models import Deliverable, Edition, Proposal
from roadmaps.operations import amending, editions, orders, problems, repeals, rows, wishes
from tests.roadmaps.chain import NOW, Chain
from tests.roadmaps.operations.ordered import TODAY, head, registered

LATER = NOW + dt.timedelta(hours=1)
APPROVED = "от 08.09.2026 № 1-од"
PHRASES = ["до 25.10.2026", "до 01.02.2027", "до 01.03.2027", "до 01.04.2027"]


def issued(chain: Chain, edition: Edition, number: str, **draft: Any) -> Order:
    """Take the edition's order to the register."""
    by = chain.user(chain.town)
    order = orders.prepare(edition, by=by, now=NOW, today=TODAY)
    if draft:
        orders.reword(order, **draft, by=by, now=NOW, today=TODAY)
        order.refresh_from_db()
    return finished(chain, order, number)


def finished(chain: Chain, order: Order, number: str) -> Order:
    by = chain.user(chain.town)
    order = orders.hand(order, by=by, now=NOW, today=TODAY)
    order = orders.sign(order, signed_on=TODAY, by=chain.user(chain.town, Role.SIGNATORY), now=NOW, today=TODAY)
    return Order.objects.get(pk=registered(chain, order, number).pk)


@pytest.fixture
def first(chain: Chain) -> Edition:
    """Give a plan of the town in force by the portal's own order; its first row follows the region."""
    region = chain.plan(chain.ministry, ["до 30.10.2026"], in_force=True, title="Дорожная карта края")
    head(chain)
    town = chain.plan(
        chain.town, PHRASES, uppers=[region], links=[(0, region.rows[0], "implements", "same")],
        title="План полярных классов округа",
    )  # fmt: skip
    editions.submit(town.edition, by=None, now=NOW)
    issued(chain, town.edition, "1-од")
    return Edition.objects.for_page().get(roadmap=town.roadmap)


def reopened(first: Edition, **changes: str) -> Edition:
    """Open the next edition, give the second row other cells and submit it."""
    edition = editions.open_edition(first.roadmap, by=None, now=LATER)
    commitment = sheets.load(edition).rows[1].commitment
    rows.edit_result(roadmap=first.roadmap_id, commitment=commitment, changes=changes, by=None, now=LATER)
    editions.submit(edition, by=None, now=LATER)
    return Edition.objects.for_page().get(pk=edition.pk)


def said(order: Order) -> list[tuple[str, str]]:
    return [(clause.number, clause.text) for clause in order.clauses.all()]


def test_a_plan_in_force_is_not_approved_a_second_time_but_amended(chain: Chain, first: Edition) -> None:
    order = orders.prepare(reopened(first, phrase="до 15.02.2027"), by=None, now=LATER, today=TODAY)
    assert (order.kind, order.amends, order.restates) == ("amend", first.order, False)
    assert order.title == f"О внесении изменений в приказ управления Снежного округа {APPROVED}"
    assert said(order) == [
        (
            "1",
            "Внести в план полярных классов округа, утверждённый приказом управления Снежного округа "
            f"{APPROVED}, следующие изменения:",
        ),
        (
            "1.1",
            "в графе «Сроки проведения» строки 2.1 слова «до 01.02.2027» заменить словами «до 15.02.2027».",
        ),
        ("2", "Контроль за исполнением настоящего приказа оставляю за собой."),
    ]


def test_registered_it_puts_the_consolidated_text_in_force_and_the_first_order_stays(
    chain: Chain, first: Edition
) -> None:
    order = issued(chain, reopened(first, phrase="до 15.02.2027"), "2-од")
    assert first.order is not None
    basic = Order.objects.get(pk=first.order.pk)
    assert (basic.succeeded_by, list(basic.amendments.all())) == (None, [order])
    assert Edition.objects.in_force().get(roadmap=first.roadmap).order == order
    kept = Appendix.objects.get(order=order)
    assert (kept.kind, kept.data["note"]) == (AppendixKind.CONSOLIDATED, "(в редакции приказа {this})")
    results = [block["results"][0] for block in kept.data["blocks"]]
    assert [result.get("note", "") for result in results] == ["", "(в ред. приказа {this})", "", ""]
    text = text_of(order)
    assert text.printed_appendices == ()
    assert text.amended is not None
    assert text.amended.number == "1-од"
    assert order.content_hash == text.content_hash()
    assert [file.kind for file in order.rendered.order_by("pk")][-2:] == ["order", "stamped"]


def test_the_clause_on_following_dates_stays_with_the_first_order(chain: Chain, first: Edition) -> None:
    assert first.order is not None
    clause = amending.follow_clause_of(first.order)
    assert clause is not None
    edition = reopened(first, phrase="до 15.02.2027")
    order = orders.prepare(edition, by=None, now=LATER, today=TODAY)
    assert "follow" not in [one.kind for one in order.clauses.all()]
    orders.edit(order, values={}, follow=False, by=None, now=LATER, today=TODAY)
    assert said(order)[-2][1] == (
        f"Признать утратившим силу пункт {clause.number} приказа управления Снежного округа {APPROVED}"
        " «Об утверждении плана полярных классов округа»."
    )
    finished(chain, order, "2-од")
    assert amending.follow_clause_of(first.order) is None
    assert repeals.repealed_clauses(first.order) == {clause.pk: order}


def test_a_new_row_and_a_restated_one_bring_their_table(chain: Chain, first: Edition) -> None:
    edition = reopened(first, phrase="до 15.02.2027", text="Новый отчёт", executors=["Директор"])
    order = orders.prepare(edition, by=None, now=LATER, today=TODAY)
    clause = order.clauses.get(number="1.1")
    assert clause.text == "строку 2.1 изложить в следующей редакции:"
    assert clause.data["end"] == "."
    [entry] = content(clause.data["blocks"])
    assert [(one.number, one.text, one.deadline, one.executors) for one in entry.results] == [
        ("2.1.", "Новый отчёт", "до 15.02.2027", ("Директор",))
    ]


def test_the_whole_plan_can_be_given_anew(chain: Chain, first: Edition) -> None:
    order = issued(chain, reopened(first, phrase="до 15.02.2027"), "2-од", restates=True)
    assert said(order)[0][1] == (
        f"Изложить план полярных классов округа, утверждённый приказом управления Снежного округа {APPROVED}, "
        "в новой редакции согласно приложению к настоящему приказу."
    )
    assert [one.kind for one in order.appendices.all()] == ["plan"]
    # What was given anew as a whole bears no notes at its rows.
    third = issued(chain, reopened(first, phrase="до 16.02.2027"), "3-од")
    assert said(third)[0][1].endswith(
        f"приказом управления Снежного округа {APPROVED} (в редакции приказа от 08.09.2026 № 2-од), следующие изменения:"
    )
    results = [block["results"][0] for block in third.appendices.get().data["blocks"]]
    assert [result.get("note", "") for result in results] == ["", "(в ред. приказа {this})", "", ""]


def test_changes_mended_by_hand_stay_until_they_are_worded_anew(chain: Chain, first: Edition) -> None:
    order = orders.prepare(reopened(first, phrase="до 15.02.2027"), by=None, now=LATER, today=TODAY)
    change = order.clauses.get(number="1.1")
    clauses.edit(change, to=ClauseText("срок строки 2.1 продлить."), by=None, now=LATER)
    orders.edit(order, values={"place": "пгт Снежный"}, follow=True, by=None, now=LATER, today=TODAY)
    assert said(order)[1] == ("1.1", "срок строки 2.1 продлить.")
    orders.reword(order, restates=False, by=None, now=LATER, today=TODAY)
    assert said(order)[1][1].startswith("в графе «Сроки проведения»")


def test_an_order_is_not_handed_with_changes_of_another_state_of_the_plan(chain: Chain, first: Edition) -> None:
    edition = reopened(first, phrase="до 15.02.2027")
    order = orders.prepare(edition, by=None, now=LATER, today=TODAY)
    editions.take_back(edition, by=None, now=LATER)
    commitment = sheets.load(edition).rows[2].commitment
    rows.drop_result(roadmap=first.roadmap_id, commitment=commitment, by=None, now=LATER)
    editions.submit(edition, by=None, now=LATER)
    with pytest.raises(problems.ChangesOutdated):
        orders.hand(order, by=None, now=LATER, today=TODAY)
    orders.reword(order, restates=False, by=None, now=LATER, today=TODAY)
    assert [text for number, text in said(order) if number.startswith("1.")] == [
        "в графе «Сроки проведения» строки 2.1 слова «до 01.02.2027» заменить словами «до 15.02.2027»;",
        "строку 3.1 исключить.",
    ]
    finished(chain, order, "2-од")
    data = Appendix.objects.get(order=order).data
    assert [(block["number"], block["title"]) for block in data["blocks"] if block["kind"] == "excluded"] == [
        ("3", "Исключена. – Приказ {this}.")
    ]


def test_two_editions_are_compared_by_identity(chain: Chain, first: Edition) -> None:
    edition = reopened(first, phrase="до 15.02.2027")
    found = difference(first.roadmap_id, CURRENT, DRAFT)
    assert [(change.kind, change.row.label, change.row.since) for change in found] == [(Kind.CHANGED, "2.1", DRAFT)]
    issued(chain, edition, "2-од")
    assert difference(first.roadmap_id, 1, 2).fingerprint() == found.fingerprint()
    assert not difference(first.roadmap_id, 2, CURRENT)


def test_a_repealed_plan_holds_no_more_and_says_so_below(chain: Chain, first: Edition) -> None:
    order = issued(chain, reopened(first, phrase="до 15.02.2027"), "2-од")
    assert first.order is not None
    follower = chain.user(chain.school)
    repealing = repeals.prepare(first.order, signatory=orders.head_of(chain.town.pk, TODAY), by=None, now=LATER)
    assert said(repealing)[:3] == [
        ("1", "Признать утратившими силу:"),
        ("1.1", f"приказ управления Снежного округа {APPROVED} «Об утверждении плана полярных классов округа»;"),
        (
            "1.2",
            "приказ управления Снежного округа от 08.09.2026 № 2-од "
            f"«О внесении изменений в приказ управления Снежного округа {APPROVED}».",
        ),
    ]
    repealing = finished(chain, repealing, "3-од")
    assert not Edition.objects.in_force().filter(roadmap=first.roadmap).exists()
    assert not Deliverable.objects.at(CURRENT).filter(roadmap=first.roadmap).exists()
    assert set(Order.objects.filter(succeeded_by=repealing)) == {first.order, order}
    assert len(sheets.load(Edition.objects.get(order=order)).rows) == 4  # what held stays readable
    assert Notice.objects.filter(recipient=follower, kind="upper-repealed").count() == 1
    with pytest.raises(problems.NothingInForce):
        repeals.prepare(first.order, by=None, now=LATER)


def test_a_repealed_plan_is_asked_nothing_and_gets_no_empty_draft(chain: Chain, first: Edition) -> None:
    assert first.order is not None
    row = sheets.load(first).rows[0]
    (link,) = row.links
    wish = wishes.ask(
        first.roadmap, lower=row.commitment, upper=link.upper_id, kind=ProposalKind.EXTEND, phrase="до 10.11.2026",
        reason="Каникулы", by=None, now=LATER,
    )  # fmt: skip
    repealing = repeals.prepare(first.order, signatory=orders.head_of(chain.town.pk, TODAY), by=None, now=LATER)
    finished(chain, repealing, "2-од")
    wish.refresh_from_db()
    assert wish.state == ProposalState.LAPSED
    with pytest.raises(problems.LostForce):
        editions.open_edition(first.roadmap, by=None, now=LATER)
    assert not Edition.objects.open().filter(roadmap=first.roadmap).exists()


def test_a_repealed_plan_can_be_begun_anew_with_the_same_rows(chain: Chain, first: Edition) -> None:
    before = [row.commitment for row in sheets.load(first).rows]
    assert first.order is not None
    repealing = repeals.prepare(first.order, signatory=orders.head_of(chain.town.pk, TODAY), by=None, now=LATER)
    finished(chain, repealing, "2-од")
    edition = repeals.reopen(first.roadmap, by=None, now=LATER)
    assert [row.commitment for row in sheets.load(edition).rows] == before
    editions.submit(edition, by=None, now=LATER)
    order = issued(chain, edition, "3-од")
    assert (order.kind, Edition.objects.in_force().get(roadmap=first.roadmap).number) == (OrderKind.APPROVE, 2)


def test_a_plan_whose_next_edition_is_being_prepared_is_not_repealed(chain: Chain, first: Edition) -> None:
    assert first.order is not None
    repealing = repeals.prepare(first.order, signatory=orders.head_of(chain.town.pk, TODAY), by=None, now=LATER)
    editions.open_edition(first.roadmap, by=None, now=LATER)
    with pytest.raises(problems.DraftOpen):
        finished(chain, repealing, "2-од")
    repealing.refresh_from_db()
    assert (repealing.state, Edition.objects.in_force().get(roadmap=first.roadmap)) == ("signed", first)
    with pytest.raises(problems.DraftOpen):
        repeals.prepare(first.order, by=None, now=LATER)


def test_single_clauses_lose_their_force_and_the_plan_stays(chain: Chain, first: Edition) -> None:
    assert first.order is not None
    clause = first.order.clauses.get(kind="follow")
    head_of = orders.head_of(chain.town.pk, TODAY)
    repealing = repeals.prepare(first.order, only=[clause], signatory=head_of, by=None, now=LATER)
    assert repealing.title == (
        f"О признании утратившим силу пункта {clause.number} приказа управления Снежного округа {APPROVED}"
    )
    finished(chain, repealing, "2-од")
    assert repeals.is_repealed(clause)
    assert Edition.objects.in_force().get(roadmap=first.roadmap) == first
    assert Order.objects.get(pk=first.order.pk).succeeded_by is None
    # What was to follow by that clause is asked from now on.
    region = Edition.objects.select_related("roadmap__organization").get(roadmap__organization=chain.ministry)
    draft = editions.open_edition(region.roadmap, by=None, now=LATER)
    above = sheets.load(draft).rows[0].commitment
    rows.edit_result(
        roadmap=region.roadmap_id, commitment=above, changes={"phrase": "до 20.10.2026"}, by=None, now=LATER
    )
    chain.put_in_force(Edition.objects.select_related("roadmap__organization").get(pk=draft.pk))
    assert Edition.objects.in_force().get(roadmap=first.roadmap) == first
    assert Proposal.objects.filter(roadmap=first.roadmap).count() == 1

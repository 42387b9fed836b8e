"""A plan and its order: prepared, handed, signed, registered, in force."""

import datetime as dt
import hashlib

import pytest
from django.db import DatabaseError, transaction

from documents import tasks
from documents.choices import Asked, ClauseKind, FileState
from documents.models import Clause, Order, Submission
from documents.operations import archives, clauses, refusals, rendered, submissions
from documents.operations import orders as documents
from documents.operations.clauses import ClauseText
from documents.texts import sentence, text_of
from organizations.access import Role
from organizations.models import Cluster, Entry, Participant
from reminders.models import Notice
from roadmaps import sheets
from roadmaps.models import Edition
from roadmaps.operations import editions, orders, problems, rows
from tests.roadmaps.chain import NOW, Chain
from tests.roadmaps.operations.ordered import TODAY, handed, head, prepared, registered, signed, submitted

LATER = NOW + dt.timedelta(hours=1)


def said(order: Order) -> list[tuple[str, str]]:
    return [(clause.number, clause.text) for clause in order.clauses.all()]


def test_the_whole_way_ends_in_force_with_number_hash_and_file(chain: Chain) -> None:
    plan = submitted(chain)
    order = Order.objects.get(pk=registered(chain, signed(chain, plan)).pk)
    edition = Edition.objects.get(pk=plan.edition.pk)
    assert (edition.state, edition.number, edition.order) == ("approved", 1, order)
    assert (order.state, order.number, order.year, order.series) == ("approved", "1-од", 2026, "од")
    assert order.original is not None
    assert order.original.sha256 == hashlib.sha256(b"%PDF scan").hexdigest()
    assert [entry.operation for entry in Entry.objects.about("order", order.pk).order_by("pk")] == [
        "order-drafted",
        "order-handed",
        "order-signed",
        "order-registered",
    ]
    assert order.content_hash == text_of(order).content_hash()


def test_the_order_is_worded_by_the_portal(chain: Chain) -> None:
    order = prepared(chain, submitted(chain))
    assert order.title == "Об утверждении дорожной карты полярных классов"
    assert (
        order.basis
        == "приказа министерства Полярного края от 04.09.2026 № " + Edition.objects.get(number=1).order.number
    )
    assert (order.signatory_post, order.signatory_name) == ("Начальник управления", "Е.М. Воронцова")
    kinds = [clause.kind for clause in order.clauses.all()]
    assert kinds == ["approve", "follow", "control"]
    assert [number for number, _ in said(order)] == ["1", "2", "3"]
    assert prepared(chain, type("P", (), {"edition": Edition.objects.get(prepared_order=order)})).pk == order.pk


def test_the_clause_on_following_dates_can_be_switched_off(chain: Chain) -> None:
    order = prepared(chain, submitted(chain))
    orders.edit(order, values={"title": "О плане"}, follow=False, by=None, now=LATER, today=TODAY)
    assert [clause.kind for clause in order.clauses.all()] == ["approve", "control"]
    orders.edit(order, values={}, follow=True, by=None, now=LATER, today=TODAY)
    assert [clause.kind for clause in order.clauses.all()] == ["approve", "follow", "control"]


def test_participants_become_a_second_appendix_frozen_when_handed(chain: Chain) -> None:
    cluster = Cluster.objects.create(organization=chain.ministry, name="Полярный")
    Participant.objects.create(organization=chain.school, cluster=cluster, is_base=True)
    plan = submitted(chain)
    order = signed(chain, plan)
    assert [clause.kind for clause in order.clauses.all()] == ["approve", "list", "follow", "control"]
    assert [(one.number, one.kind) for one in order.appendices.all()] == [(1, "plan"), (2, "participants")]
    group = {
        "name": "Управление Снежного округа",
        "schools": [{"name": "Школа на Озёрной", "clusters": [{"cluster": "Полярный", "is_base": True}]}],
    }
    assert order.appendices.get(number=2).data["groups"] == [group]
    Participant.objects.all().delete()  # a school that leaves meanwhile does not change what was signed
    registered(chain, order)
    assert Order.objects.get(pk=order.pk).appendices.get(number=2).data["groups"] == [group]


def test_nothing_is_in_force_before_it_is_registered(chain: Chain) -> None:
    plan = submitted(chain)
    signed(chain, plan)
    edition = Edition.objects.get(pk=plan.edition.pk)
    assert (edition.state, edition.order) == ("submitted", None)
    assert not Order.objects.registered().filter(organization=chain.town).exists()


def test_an_order_is_not_handed_while_something_is_missing(chain: Chain) -> None:
    order = prepared(chain, submitted(chain))
    Order.objects.filter(pk=order.pk).update(title="", signatory_name="")
    with pytest.raises(refusals.Incomplete) as refused:
        orders.hand(order, by=None, now=LATER, today=TODAY)
    assert len(refused.value.missing) == 2


def test_what_was_handed_is_written_by_nobody(chain: Chain) -> None:
    order = handed(chain, submitted(chain))
    clause = order.clauses.first()
    for deed in (
        lambda: documents.edit(order, values={"title": "Иной"}, by=None, now=LATER),
        lambda: clauses.add(order, clause=ClauseText("Ещё"), by=None, now=LATER),
        lambda: clauses.edit(clause, to=ClauseText("Иначе"), by=None, now=LATER),
        lambda: clauses.drop(clause, by=None, now=LATER),
        lambda: orders.hand(order, by=None, now=LATER, today=TODAY),
        lambda: documents.drop(order, by=None, now=LATER),
    ):
        with pytest.raises((refusals.NotInThisState, problems.NotWritable)):
            deed()


def test_a_return_needs_a_reason_and_opens_the_draft_again(chain: Chain) -> None:
    order = handed(chain, submitted(chain))
    with pytest.raises(refusals.ReasonNeeded):
        orders.send_back(order, reason=" ", by=None, now=LATER)
    orders.send_back(order, reason="Нет срока в пункте 2", by=chain.user(chain.town, Role.SIGNATORY), now=LATER)
    order = Order.objects.get(pk=order.pk)
    assert (order.state, order.remark, order.content_hash) == ("draft", "Нет срока в пункте 2", "")
    assert not order.appendices.exists()
    assert Notice.objects.filter(kind="order-returned", recipient=chain.user(chain.town)).count() == 1
    assert Entry.objects.about("order", order.pk).first().reason == "Нет срока в пункте 2"
    orders.hand(order, by=None, now=LATER, today=TODAY)
    assert Order.objects.get(pk=order.pk).remark == ""


def test_a_plan_that_comes_back_takes_its_order_along(chain: Chain) -> None:
    plan = submitted(chain)
    order = handed(chain, plan)
    editions.send_back(plan.edition, reason="Нет исполнителей", by=None, now=LATER)
    assert Order.objects.get(pk=order.pk).state == "draft"
    with pytest.raises(problems.NotWritable):
        orders.hand(order, by=None, now=LATER, today=TODAY)


def test_a_plan_does_not_come_back_while_its_order_is_signed(chain: Chain) -> None:
    plan = submitted(chain)
    order = signed(chain, plan)
    with pytest.raises(problems.OrderSigned):
        editions.take_back(plan.edition, by=None, now=LATER)
    orders.send_back(order, reason="Ошибка в дате", by=None, now=LATER)
    editions.take_back(plan.edition, by=None, now=LATER)
    editions.discard(Edition.objects.get(pk=plan.edition.pk), by=None, now=LATER)
    assert not Order.objects.filter(pk=order.pk).exists()


def test_a_date_that_moved_above_keeps_a_signed_order_from_coming_into_force(chain: Chain) -> None:
    plan = submitted(chain)
    order = signed(chain, plan)
    region = Edition.objects.get(roadmap__organization=chain.ministry)
    draft = editions.open_edition(region.roadmap, by=None, now=LATER)
    commitment = sheets.load(draft).rows[0].commitment
    rows.edit_result(
        roadmap=region.roadmap_id, commitment=commitment, changes={"phrase": "до 10.10.2026"}, by=None, now=LATER
    )
    chain.put_in_force(Edition.objects.select_related("roadmap__organization").get(pk=draft.pk), "99-а")
    with pytest.raises(refusals.ChangedSinceHanded):
        registered(chain, order)
    assert Order.objects.get(pk=order.pk).state == "signed"
    orders.send_back(order, reason="Срок края изменился", by=None, now=LATER)
    orders.hand(order, by=None, now=LATER, today=TODAY)
    orders.sign(order, signed_on=TODAY, by=None, now=LATER, today=TODAY)
    registered(chain, order)
    assert sheets.load(Edition.objects.get(order=order)).rows[0].deadline.due == dt.date(2026, 10, 10)


def test_registering_needs_a_number_a_past_day_and_a_file(chain: Chain) -> None:
    order = signed(chain, submitted(chain))
    tried = {"by": None, "now": LATER, "today": TODAY}
    with pytest.raises(refusals.NumberNeeded):
        orders.register(order, number=" № ", signed_on=TODAY, **tried)
    with pytest.raises(refusals.DateImpossible):
        orders.register(order, number="1", signed_on=TODAY + dt.timedelta(1), **tried)
    with pytest.raises(refusals.FileNeeded):
        orders.register(order, number="1", signed_on=TODAY, **tried)


def test_a_number_is_given_once_a_year_in_a_series_and_the_next_free_one_is_told(chain: Chain) -> None:
    taken = chain.plan(chain.town, ["до 01.12.2026"], title="Прежний план")
    chain.put_in_force(taken.edition, "41-ОД")
    plan = submitted_under_a_label(chain)
    order = signed(chain, plan)
    with pytest.raises(refusals.NumberTaken) as refused:
        registered(chain, order, "41-ОД")
    assert refused.value.free == "42-од"
    assert Order.objects.get(pk=order.pk).state == "signed"
    assert Edition.objects.get(pk=plan.edition.pk).state == "submitted"
    registered(chain, order, "41-к")
    assert Order.objects.get(pk=order.pk).series == "к"


def submitted_under_a_label(chain: Chain):
    """Make a second plan of the town beside one in force."""
    from tests.roadmaps.chain import YEAR, Plan

    edition = editions.start(
        programme=chain.programme, organization=chain.town, period=YEAR, title="План агроклассов", label="агро",
        by=chain.user(chain.town), now=NOW,
    )  # fmt: skip
    head(chain)
    editions.submit(edition, by=chain.user(chain.town), now=NOW)
    return Plan(Edition.objects.for_page().get(pk=edition.pk), ())


def test_a_registered_order_is_changed_by_nobody_also_not_in_the_database(chain: Chain) -> None:
    order = registered(chain, signed(chain, submitted(chain)))
    for change in (
        lambda: Order.objects.filter(pk=order.pk).update(title="Иной"),
        lambda: Order.objects.filter(pk=order.pk).update(number="2"),
        lambda: Clause.objects.filter(order=order).update(text="Иное"),
        lambda: Clause.objects.filter(order=order).delete(),
        lambda: order.appendices.update(title="Иное"),
        lambda: order.appendices.all().delete(),
        lambda: Order.objects.filter(pk=order.pk)._raw_delete("default"),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    documents.set_retention(order, retention="5", by=None, now=LATER)
    assert archives.kept_until(Order.objects.get(pk=order.pk)) == 2031


def test_a_next_order_amends_the_former_one_which_stays(chain: Chain) -> None:
    plan = submitted(chain)
    first = registered(chain, signed(chain, plan))
    edition = editions.open_edition(plan.edition.roadmap, by=None, now=LATER)
    editions.submit(edition, by=None, now=LATER)
    second = registered(chain, signed(chain, type("P", (), {"edition": edition})), "2-од")
    assert (second.amends, Order.objects.get(pk=first.pk).succeeded_by) == (first, None)
    assert Edition.objects.in_force().get(roadmap=plan.roadmap).order == second


def test_clauses_nest_move_and_keep_their_numbers(chain: Chain) -> None:
    order = prepared(chain, submitted(chain))
    by, now = chain.user(chain.town), LATER
    heads = clauses.add(order, clause=ClauseText("Руководителям школ:"), by=by, now=now)
    first = clauses.add(
        order, clause=ClauseText("назначить координаторов", "до 15.10.2026"), by=by, now=now, after=heads
    )
    clauses.move(first, way="in", by=by, now=now)
    second = clauses.add(
        order, clause=ClauseText("утвердить планы"), by=by, now=now, after=Clause.objects.get(pk=first.pk)
    )
    assert [number for number, _ in said(order)] == ["1", "2", "2.1", "2.2", "3", "4"]
    clauses.move(Clause.objects.get(pk=second.pk), way="up", by=by, now=now)
    assert [text for number, text in said(order) if number.startswith("2.")] == [
        "утвердить планы",
        "назначить координаторов",
    ]
    clauses.move(Clause.objects.get(pk=heads.pk), way="up", by=by, now=now)
    assert [number for number, _ in said(order)] == ["1", "1.1", "1.2", "2", "3", "4"]
    found = Clause.objects.get(pk=first.pk)
    assert (found.due, sentence(found)) == (dt.date(2026, 10, 15), "назначить координаторов. Срок – до 15.10.2026.")
    clauses.drop(Clause.objects.get(pk=heads.pk), by=by, now=now)
    assert [number for number, _ in said(order)] == ["1", "2", "3"]
    assert [clause.kind for clause in order.clauses.all()] == ["approve", "follow", "control"]


def test_what_a_clause_asks_for_becomes_a_submission_of_each_body(chain: Chain) -> None:
    order = prepared(chain, submitted(chain))
    clauses.add(
        order,
        clause=ClauseText("Школам направить приказы", "до 15.10.2026", asked=Asked.SCHOOLS, asked_for="приказ школы"),
        by=None,
        now=LATER,
    )
    orders.hand(order, by=None, now=LATER, today=TODAY)
    assert not Submission.objects.exists()
    orders.sign(order, signed_on=TODAY, by=None, now=LATER, today=TODAY)
    registered(chain, order)
    one = Submission.objects.get()
    found = (one.organization, one.recipient, one.title, one.due, one.state)
    assert found == (chain.school, chain.town, "приказ школы", dt.date(2026, 10, 15), "awaited")
    by, asks = chain.user(chain.school), chain.user(chain.town)
    with pytest.raises(refusals.NothingToSend):
        submissions.send(one, sent_on=TODAY, by=by, now=LATER)
    with pytest.raises(refusals.SourceNeeded):
        submissions.send(one, sent_on=TODAY, for_other=True, by=asks, now=LATER)
    submissions.send(one, sent_on=dt.date(2026, 10, 16), for_other=True, source="по телефону", by=asks, now=LATER)
    assert Entry.objects.about("submission", one.pk).get().for_other
    one.refresh_from_db()
    assert one.is_late(dt.date(2026, 12, 1))
    submissions.send_back(one, remark="Нет подписи", by=asks, now=LATER)
    with pytest.raises(refusals.NotInThisState):
        submissions.receive(one, by=asks, now=LATER)


def test_files_are_made_once_and_again_when_the_text_changes(chain: Chain) -> None:
    order = registered(chain, signed(chain, submitted(chain)))
    made: list[str] = []

    def renderer(text, kind):  # a renderer that is fast
        made.append(kind.value)
        return f"{kind.value} {text.number}".encode()

    for pk in rendered.waiting(now=LATER, order=order.pk):
        assert rendered.render(pk, renderer=renderer, clock=lambda: LATER)
        assert not rendered.render(pk, renderer=renderer, clock=lambda: LATER)
    assert made == ["order", "plan", "stamped"]
    files = rendered.current(order)
    assert {kind.value: file.sha256 for kind, file in files.items()} == {
        kind: hashlib.sha256(f"{kind} 1-од".encode()).hexdigest() for kind in made
    }
    assert [file.pk for file in rendered.ask(order, now=LATER)] == [file.pk for file in files.values()]
    card = archives.card_of(order)
    assert (card["number"], card["retention"], card["kept_until"]) == ("1-од", "permanent", None)
    assert archives.package(order) == archives.package(order)


def test_a_worker_that_dies_loses_nothing_and_one_that_fails_is_tried_three_times(chain: Chain) -> None:
    order = registered(chain, signed(chain, submitted(chain)))
    pk = rendered.waiting(now=LATER, order=order.pk)[0]

    def broken(text, kind):
        raise RuntimeError("no fonts")

    for _ in range(3):
        with pytest.raises(RuntimeError):
            rendered.render(pk, renderer=broken, clock=lambda: LATER)
    file = order.rendered.get(pk=pk)
    assert (file.state, file.attempts) == (FileState.FAILED, 3)
    rendered.again(file, now=LATER)
    order.rendered.filter(pk=pk).update(state="rendering", lease_until=LATER, attempts=1)  # its worker died
    after = LATER + dt.timedelta(minutes=5)
    assert pk in rendered.waiting(now=after)
    assert rendered.render(pk, renderer=lambda text, kind: b"x", clock=lambda: after)


# WeasyPrint leaves the colour profile that it reads to the garbage collector.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_its_files_are_pdfs(chain: Chain) -> None:
    order = registered(chain, signed(chain, submitted(chain)))
    assert tasks.render_order(order=order.pk) == 3
    for file in rendered.current(order).values():
        with file.content.open("rb") as content:
            assert content.read(5) == b"%PDF-"


def test_other_kinds_of_orders_need_no_plan(chain: Chain) -> None:
    head(chain)
    by = chain.user(chain.town)
    order = documents.draft(
        organization=chain.town, kind="appoint", title="О назначении координатора",
        signatory=orders.head_of(chain.town.pk, TODAY), by=by, now=NOW,
    )  # fmt: skip
    orders.word(order, None, follow=False, by=by, now=NOW, today=TODAY)
    orders.hand(order, by=by, now=NOW, today=TODAY)
    orders.sign(order, signed_on=TODAY, by=by, now=NOW, today=TODAY)
    registered(chain, order, "5-к")
    order.refresh_from_db()
    assert (order.state, order.appendices.count(), [c.kind for c in order.clauses.all()]) == (
        "approved",
        0,
        [ClauseKind.CONTROL],
    )

"""An edition comes into force: what moves below, what is asked, what stays."""

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from deadlines.grammar import read
from documents.choices import ClauseKind
from documents.models import Clause, Order
from reminders.models import Notice
from reminders.sentences import say
from roadmaps.choices import CURRENT, ProposalKind, ProposalState
from roadmaps.impact import impact_of
from roadmaps.models import Deliverable, Edition, Proposal
from roadmaps.operations import consequences, editions, links, rows
from roadmaps.operations.dates import wrong_dates
from roadmaps.operations.problems import ConsequencesChanged
from tests.roadmaps.chain import NOW, YEAR, Chain, Plan


def follows(plan: Plan) -> None:
    """Let the plan's order hold the clause on following dates."""
    order = Edition.objects.in_force().get(roadmap=plan.roadmap).order
    assert order is not None
    # An order from paper is frozen; the clause stands in it from the beginning.
    Clause.objects.create(order=order, kind=ClauseKind.FOLLOW, position=99, text="Сроки изменяются вслед.")


def due(commitment: int) -> dt.date | None:
    return Deliverable.objects.at(CURRENT).get(commitment=commitment).due


def change(chain: Chain, plan: Plan, row: int, **changes: object) -> Edition:
    """Open a new edition and change one row."""
    by = chain.user(plan.edition.roadmap.organization)
    edition = editions.open_edition(plan.edition.roadmap, by=by, now=NOW)
    rows.edit_result(roadmap=plan.roadmap, commitment=plan.rows[row], changes=changes, by=by, now=NOW)
    return edition


@pytest.fixture
def three(chain: Chain) -> tuple[Plan, Plan, Plan]:
    """Ministry, town and school in force: each row but the last inherits from the one above."""
    region = chain.plan(chain.ministry, ["до 30.10.2026", "до 20.12.2026"], in_force=True)
    town = chain.plan(
        chain.town,
        ["до 30.10.2026", "до 10.12.2026"],
        uppers=[region],
        links=[(0, region.rows[0], "implements", "same"), (1, region.rows[1], "implements", "own")],
        in_force=True,
    )
    school = chain.plan(
        chain.school,
        ["до 30.10.2026", "до 01.03.2027"],
        uppers=[town],
        links=[(0, town.rows[0], "implements", "same")],
        in_force=True,
    )
    return region, town, school


def test_with_the_clause_dates_follow_through_all_levels(chain: Chain, three: tuple[Plan, Plan, Plan]) -> None:
    region, town, school = three
    follows(town), follows(school)
    coordinator = chain.user(chain.school)
    draft = change(chain, region, 0, phrase="до 02.11.2026")
    found = consequences.preview(draft)
    assert [(move.commitment, move.after.due) for move in found.moves] == [
        (town.rows[0], dt.date(2026, 11, 2)),
        (school.rows[0], dt.date(2026, 11, 2)),
    ]
    impact = impact_of(found)
    assert [(plan.owner, plan.follows, plan.told) for plan in impact.plans] == [
        (chain.town.short_name, True, 1),
        (chain.school.short_name, True, 1),
    ]
    assert (impact.moved, impact.moved_plans, impact.asked, impact.arising, impact.told) == (2, 2, 0, 0, 2)
    effect = impact.plans[1].moves[0]
    assert (effect.days, effect.row.number, effect.upper.owner) == (3, "1", chain.town.short_name)
    chain.put_in_force(draft, number="2")
    assert (due(town.rows[0]), due(school.rows[0])) == (dt.date(2026, 11, 2), dt.date(2026, 11, 2))
    moved = Edition.objects.in_force().get(roadmap=school.roadmap)
    assert (moved.number, moved.basis_id, moved.approved_by) == (2, draft.pk, None)
    assert moved.order == Edition.objects.get(roadmap=school.roadmap, number=1).order
    assert moved.content_hash not in {"", Edition.objects.get(roadmap=school.roadmap, number=1).content_hash}
    version = Deliverable.objects.at(CURRENT).get(commitment=school.rows[0])
    assert (version.since, version.deadline.phrase) == (2, "до 02.11.2026")
    assert version.moved_by is not None
    assert Deliverable.objects.filter(roadmap=school.roadmap, since=2).count() == 1  # only what changed is stored
    assert Proposal.objects.count() == 0
    browser = Client()
    browser.force_login(coordinator)
    page = browser.get(reverse("plan-editions", args=[school.roadmap])).content.decode()
    assert "04.09.2026 № 2" in page  # whose order the dates followed
    notice = Notice.objects.get(recipient=coordinator, kind="consequences")
    assert (notice.organization, notice.params["moved"], notice.params["asked"]) == (chain.school, 1, 0)
    assert notice.path == school.edition.roadmap.get_absolute_url()


def test_without_the_clause_every_row_is_asked_and_nothing_below_moves(
    chain: Chain, three: tuple[Plan, Plan, Plan]
) -> None:
    region, town, school = three
    follows(school)
    draft = change(chain, region, 0, phrase="до 02.11.2026")
    chain.put_in_force(draft, number="2")
    assert (due(town.rows[0]), due(school.rows[0])) == (dt.date(2026, 10, 30), dt.date(2026, 10, 30))
    asked = Proposal.objects.get()
    assert (asked.lower_id, asked.upper_id, asked.kind, asked.due) == (
        town.rows[0],
        region.rows[0],
        "date",
        dt.date(2026, 11, 2),
    )
    assert asked.edition == draft
    assert asked.upper_row is not None
    assert asked.upper_row.due == dt.date(2026, 11, 2)
    assert asked.before is not None
    assert asked.before.due == dt.date(2026, 10, 30)
    # A later change takes the question's place; taking the date by an edition of one's own answers it.
    again = change(chain, region, 0, phrase="до 05.11.2026")
    chain.put_in_force(again, number="3")
    assert [(one.state, one.due) for one in Proposal.objects.order_by("pk")] == [
        (ProposalState.LAPSED, dt.date(2026, 11, 2)),
        (ProposalState.OPEN, dt.date(2026, 11, 5)),
    ]
    own = editions.open_edition(town.edition.roadmap, by=None, now=NOW)
    chain.put_in_force(own, number="4")
    assert due(town.rows[0]) == due(school.rows[0]) == dt.date(2026, 11, 5)
    assert Proposal.objects.order_by("pk").last().state == ProposalState.ACCEPTED  # type: ignore[union-attr]


def test_an_own_date_never_moves_and_its_conflict_is_told(chain: Chain, three: tuple[Plan, Plan, Plan]) -> None:
    region, town, _ = three
    follows(town)
    draft = change(chain, region, 1, phrase="до 05.12.2026")
    found = consequences.preview(draft)
    assert [(one.code, one.is_new) for one in found.conflicts] == [("later-than-upper", True)]
    impact = impact_of(found)
    assert (impact.arising, impact.losing_slack, impact.asked) == (1, 1, 1)
    assert impact.plans[0].offers[0].slack == (10, -5)
    chain.put_in_force(draft, number="2")
    assert due(town.rows[1]) == dt.date(2026, 12, 10)
    asked = Proposal.objects.get()
    assert (asked.conflict, asked.due) == ("later-than-upper", dt.date(2026, 12, 5))


def test_a_withdrawn_row_leaves_the_date_and_asks(chain: Chain, three: tuple[Plan, Plan, Plan]) -> None:
    region, town, school = three
    follows(town), follows(school)
    by = chain.user(chain.ministry)
    draft = editions.open_edition(region.edition.roadmap, by=by, now=NOW)
    rows.drop_result(roadmap=region.roadmap, commitment=region.rows[0], by=by, now=NOW)
    chain.put_in_force(draft, number="2")
    assert due(town.rows[0]) == due(school.rows[0]) == dt.date(2026, 10, 30)
    asked = Proposal.objects.get()
    assert (asked.kind, asked.lower_id, asked.upper_row.until) == (ProposalKind.WITHDRAWN, town.rows[0], 2)  # type: ignore[union-attr]
    # A draft of the town keeps the date, too.
    editions.open_edition(town.edition.roadmap, by=by, now=NOW)
    assert wrong_dates() == []
    assert Deliverable.objects.at(32_000).get(commitment=town.rows[0]).due == dt.date(2026, 10, 30)


def test_other_words_and_executors_are_told_to_rows_that_repeat_them(
    chain: Chain, three: tuple[Plan, Plan, Plan]
) -> None:
    region, town, _ = three
    draft = change(chain, region, 0, text="Иной результат", executors=["Директор", "Методист"])
    chain.put_in_force(draft, number="2")
    found = {one.kind: one.offered for one in Proposal.objects.filter(lower=town.rows[0])}
    assert found["wording"]["text"] == ["Результат 1", "Иной результат"]
    assert found["executors"]["executors"] == [["Методист"], ["Директор", "Методист"]]


def test_a_new_obliging_row_is_offered_once_and_never_after_it_was_dealt_with(
    chain: Chain, three: tuple[Plan, Plan, Plan]
) -> None:
    region, town, _ = three
    by = chain.user(chain.ministry)
    draft = change(chain, region, 0, obliges="all-municipalities")  # the town is linked to it already
    made = rows.add_result(
        roadmap=region.roadmap,
        activity=Deliverable.objects.at(CURRENT).get(commitment=region.rows[0]).heading_id,
        text="Новое",
        phrase="до 01.02.2027",
        obliges="all-municipalities",
        by=by,
        now=NOW,
    )
    chain.put_in_force(draft, number="2")
    asked = Proposal.objects.get()
    assert (asked.kind, asked.lower, asked.upper_id, asked.roadmap_id) == ("obliging", None, made.pk, town.roadmap)
    # Waived, released, obliged again: it stays settled.
    own = editions.open_edition(town.edition.roadmap, by=by, now=NOW)
    links.waive(roadmap=town.roadmap, upper=made.pk, reason="У нас этого нет", by=by, now=NOW)
    chain.put_in_force(own, number="7")
    asked.refresh_from_db()
    assert (asked.state, asked.reason) == (ProposalState.WAIVED, "У нас этого нет")
    again = Plan(region.edition, (made.pk,))
    chain.put_in_force(change(chain, again, 0, obliges="nobody"), number="3")
    chain.put_in_force(change(chain, again, 0, obliges="all-municipalities"), number="4")
    assert Proposal.objects.filter(kind="obliging").count() == 1


def test_who_saw_another_preview_is_asked_to_look_again(chain: Chain, three: tuple[Plan, Plan, Plan]) -> None:
    region, town, _ = three
    draft = change(chain, region, 0, phrase="до 02.11.2026")
    seen = consequences.preview(draft).fingerprint
    follows(town)
    order = Edition.objects.get(roadmap=town.roadmap).order
    assert order is not None
    with pytest.raises(ConsequencesChanged):
        editions.put_in_force(draft, order=order, fingerprint=seen, by=None, now=NOW)
    assert Edition.objects.filter(roadmap=region.roadmap, number=2).count() == 0
    again = consequences.preview(Edition.objects.get(pk=draft.pk))
    editions.put_in_force(draft, order=order, fingerprint=again.fingerprint, by=None, now=NOW)
    assert due(town.rows[0]) == dt.date(2026, 11, 2)


def test_what_if_says_the_same_as_the_edition(chain: Chain, three: tuple[Plan, Plan, Plan]) -> None:
    region, town, school = three
    follows(town), follows(school)
    asked = consequences.what_if({region.rows[0]: read("до 02.11.2026", YEAR)})
    draft = change(chain, region, 0, phrase="до 02.11.2026")
    assert asked.fingerprint == consequences.preview(draft).fingerprint
    assert Deliverable.objects.at(CURRENT).get(commitment=town.rows[0]).due == dt.date(2026, 10, 30)


def test_the_notice_speaks_of_dates_and_questions() -> None:
    facts = {"organization": "Край", "plan": "План", "moved": 2, "asked": 1}
    assert say("consequences", facts).count(".") == 3
    assert say("consequences", facts | {"moved": 0}).count(".") == 2


def test_the_number_of_statements_does_not_depend_on_the_number_of_rows(chain: Chain) -> None:
    region = chain.plan(chain.ministry, ["до 30.10.2026", "до 30.10.2026"], in_force=True)
    links = [(row, region.rows[bool(row)], "implements", "same") for row in range(8)]  # one row, then seven
    follower = chain.plan(chain.town, ["до 30.10.2026"] * 8, uppers=[region], links=links, in_force=True)
    asked = chain.plan(chain.other_town, ["до 30.10.2026"] * 8, uppers=[region], links=links, in_force=True)
    follows(follower)
    for plan in (follower, asked):  # drafts below are refreshed in the same statements
        editions.open_edition(plan.edition.roadmap, by=None, now=NOW)
    counts = []
    for row in (0, 1):
        draft = change(chain, region, row, phrase="до 05.11.2026")
        edition = Edition.objects.select_related("roadmap__organization").get(pk=draft.pk)
        assert follower.edition.order is not None
        with CaptureQueriesContext(connection) as captured:
            editions.put_in_force(edition, order=follower.edition.order, by=None, now=NOW)
        counts.append(len(captured))
    assert counts[1] <= counts[0] + 1 <= 30  # the second time some questions might have to lapse
    assert Proposal.objects.open().count() == 8
    assert wrong_dates() == []
    assert {due(key) for key in follower.rows} == {dt.date(2026, 11, 5)}


def test_the_newest_order_that_approves_the_plan_decides_and_one_that_amends_keeps_the_clause(
    chain: Chain, three: tuple[Plan, Plan, Plan]
) -> None:
    region, town, _ = three
    follows(town)
    first = town.edition.order
    assert first is not None
    for number, kind, moves in (("2", "announce", True), ("3", "approve", False)):  # the first changes it in parts
        draft = change(chain, town, 1, text=f"Слова {number}")
        order = Order.objects.create(
            organization=chain.town, kind=kind, state="approved", number=number, year=2026, signed_on=first.signed_on,
            from_paper=True, original=first.original, drafted_at=NOW, changed_at=NOW, registered_at=NOW,
        )  # fmt: skip
        editions.put_in_force(draft, order=order, by=None, now=NOW)
        found = consequences.what_if({region.rows[0]: read("до 02.11.2026", YEAR)})
        assert bool(found.moves) is moves


def test_questions_are_seen_by_those_asked_those_above_and_whose_row_it_is(
    chain: Chain, three: tuple[Plan, Plan, Plan]
) -> None:
    region, _, _ = three
    chain.put_in_force(change(chain, region, 0, phrase="до 02.11.2026"), number="2")
    seen = {
        place.short_name: Proposal.objects.visible_to(chain.user(place)).count()
        for place in (chain.ministry, chain.town, chain.other_town, chain.school)
    }
    assert list(seen.values()) == [1, 1, 0, 0]

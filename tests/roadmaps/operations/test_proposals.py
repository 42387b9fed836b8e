"""Answering what a change above asks."""

import datetime as dt

import pytest

from organizations.models import Entry
from reminders.models import Notice
from roadmaps import checks, sheets
from roadmaps.choices import CURRENT, DRAFT, LinkKind, ProposalKind, ProposalState, Rule, Way
from roadmaps.models import Deliverable, Edition, Link, Proposal, Waiver
from roadmaps.operations import editions, links, problems, proposals, rows
from roadmaps.operations.dates import wrong_dates
from roadmaps.operations.proposals import Answer
from tests.roadmaps.chain import NOW, Chain, Plan
from tests.roadmaps.operations.asked import amend, asked, draft_row, link_of, pair, row_in_force


def answer(chain: Chain, proposal: Proposal, way: Way, **more: object) -> Edition | None:
    by = chain.user(proposal.roadmap.organization)
    return proposals.answer(proposal, answer=Answer(way, **more), by=by, now=NOW).edition


def state_of(proposal: Proposal) -> tuple[str, str]:
    proposal.refresh_from_db()
    return proposal.state, proposal.reason


def due(commitment: int) -> dt.date | None:
    return draft_row(commitment).due


def test_an_inheriting_row_takes_the_date_by_its_own_rule(chain: Chain) -> None:
    plans = pair(chain)
    amend(chain, plans.region, {0: "до 15.10.2026"})
    edition = answer(chain, asked(plans.town, 0), Way.ACCEPT)
    assert edition == Edition.objects.open().get(roadmap=plans.town.roadmap)
    assert (due(plans.town.rows[0]), link_of(plans.town.rows[0]).rule) == (dt.date(2026, 10, 15), Rule.SAME)
    assert row_in_force(plans.town.rows[0]).due == dt.date(2026, 10, 30)  # its own order will move it
    assert wrong_dates() == []


def test_an_own_date_that_breaks_the_bound_takes_what_is_offered(chain: Chain) -> None:
    plans = pair(chain)
    amend(chain, plans.region, {1: "до 13.11.2026"})
    proposal = asked(plans.town, 1)
    assert proposal.conflict == "later-than-upper"
    answer(chain, proposal, Way.ACCEPT)
    assert (due(plans.town.rows[1]), link_of(plans.town.rows[1]).rule) == (dt.date(2026, 11, 13), Rule.SAME)
    assert state_of(proposal) == (ProposalState.ACCEPTED, "")


def test_an_own_date_that_breaks_nothing_follows_from_now_on_when_it_is_accepted(chain: Chain) -> None:
    plans = pair(chain)
    amend(chain, plans.region, {1: "до 27.11.2026"})
    proposal = asked(plans.town, 1)
    assert proposal.conflict == ""
    answer(chain, proposal, Way.ACCEPT)
    assert (due(plans.town.rows[1]), link_of(plans.town.rows[1]).rule) == (dt.date(2026, 11, 27), Rule.SAME)


@pytest.mark.parametrize(
    ("days", "working", "expected"),
    [(-2, False, dt.date(2026, 11, 11)), (-3, True, dt.date(2026, 11, 10)), (2, False, dt.date(2026, 11, 15))],
)
def test_an_offset_becomes_the_rule_of_the_link(chain: Chain, days: int, working: bool, expected: dt.date) -> None:
    plans = pair(chain)
    amend(chain, plans.region, {1: "до 13.11.2026"})
    proposal = asked(plans.town, 1)
    answer(chain, proposal, Way.OFFSET, days=days, working=working)
    link = link_of(plans.town.rows[1])
    assert (link.rule, link.days, link.working, due(plans.town.rows[1])) == (Rule.SHIFTED, days, working, expected)
    assert state_of(proposal) == (ProposalState.OFFSET, "")


def test_keeping_an_own_date_changes_no_plan_and_tells_those_above(chain: Chain) -> None:
    plans = pair(chain)
    edition = amend(chain, plans.region, {1: "до 13.11.2026"})
    proposal = asked(plans.town, 1)
    assert answer(chain, proposal, Way.KEEP, reason="каникулы") is None
    assert state_of(proposal) == (ProposalState.KEPT, "каникулы")
    assert not Edition.objects.open().filter(roadmap=plans.town.roadmap).exists()
    told = Notice.objects.of(chain.user(chain.ministry)).get(kind="proposals-refused")
    assert (told.params["count"], told.params["reason"]) == (1, "каникулы")
    assert told.path == f"/plans/{edition.roadmap_id}/answers/"


def test_the_reason_for_keeping_a_date_stands_in_every_draft_until_the_row_above_moves_again(chain: Chain) -> None:
    plans = pair(chain)
    amend(chain, plans.region, {1: "до 13.11.2026"})
    answer(chain, asked(plans.town, 1), Way.KEEP, reason="каникулы")

    def reasons() -> list[str]:
        edition = editions.open_edition(plans.town.edition.roadmap, by=None, now=NOW)
        held = Edition.objects.for_page().get(pk=edition.pk)
        found = [one.reason for one in checks.remarks_of(sheets.load(held)) if one.code == "later-than-upper"]
        editions.discard(held, by=None, now=NOW)
        return found

    assert reasons() == ["каникулы"]
    assert reasons() == ["каникулы"]
    amend(chain, plans.region, {1: "до 12.11.2026"})
    assert reasons() == [""]


def test_a_row_that_would_follow_keeps_its_date_as_its_own(chain: Chain) -> None:
    plans = pair(chain)
    amend(chain, plans.region, {0: "до 15.10.2026"})
    answer(chain, asked(plans.town, 0), Way.KEEP, reason="приказ уже издан")
    row = draft_row(plans.town.rows[0])
    assert (row.due, row.effective, link_of(plans.town.rows[0]).rule) == (dt.date(2026, 10, 30), None, Rule.OWN)
    sheet = sheets.load(Edition.objects.for_page().get(roadmap=plans.town.roadmap, number=DRAFT))
    said = {remark.code: remark.reason for remark in checks.remarks_of(sheet) if remark.commitment == row.commitment_id}
    assert said["later-than-upper"] == "приказ уже издан"  # the reason stands for the error that is left


def test_what_does_not_apply_is_cut_off_and_declared(chain: Chain) -> None:
    plans = pair(chain)
    amend(chain, plans.region, {0: "до 15.10.2026"})
    answer(chain, asked(plans.town, 0), Way.WAIVE, reason="нет таких классов")
    assert due(plans.town.rows[0]) == dt.date(2026, 10, 30)
    assert not Link.objects.at(DRAFT).filter(lower=plans.town.rows[0]).exists()
    assert Waiver.objects.at(DRAFT).get(roadmap=plans.town.roadmap).reason == "нет таких классов"


@pytest.mark.parametrize(
    ("way", "more", "problem"),
    [
        (Way.KEEP, {}, problems.ReasonNeeded),
        (Way.WAIVE, {"reason": "  "}, problems.ReasonNeeded),
        (Way.OFFSET, {}, problems.DaysNeeded),
    ],
)
def test_an_answer_says_what_it_must(
    chain: Chain, way: Way, more: dict[str, str], problem: type[problems.Refused]
) -> None:
    plans = pair(chain)
    amend(chain, plans.region, {1: "до 13.11.2026"})
    proposal = asked(plans.town, 1)
    with pytest.raises(problem):
        answer(chain, proposal, way, **more)
    assert state_of(proposal) == (ProposalState.OPEN, "")
    assert not Edition.objects.open().filter(roadmap=plans.town.roadmap).exists()


def test_a_withdrawn_row_takes_the_own_one_along_or_leaves_it_as_an_initiative(chain: Chain) -> None:
    plans = pair(chain)
    amend(chain, plans.region, {0: None, 1: None})
    dropped, kept = (asked(plans.town, place, ProposalKind.WITHDRAWN) for place in (0, 1))
    with pytest.raises(problems.NotThisWay):
        answer(chain, dropped, Way.OFFSET, days=3)
    answer(chain, dropped, Way.ACCEPT)
    answer(chain, kept, Way.KEEP, reason="ведём сами")
    assert not Deliverable.objects.at(DRAFT).filter(commitment=plans.town.rows[0]).exists()
    assert due(plans.town.rows[1]) == dt.date(2026, 11, 18)
    assert not Link.objects.at(DRAFT).filter(lower=plans.town.rows[1]).exists()


def obliging(chain: Chain, region: Plan) -> Proposal:
    """Let the region add a row that obliges every municipality."""
    by = chain.user(chain.ministry)
    edition = editions.open_edition(region.edition.roadmap, by=by, now=NOW)
    heading = draft_row(region.rows[0]).heading_id
    rows.add_result(
        roadmap=region.roadmap, activity=heading, text="Отчёт сдан", phrase="до 25.12.2026",
        obliges="all-municipalities", by=by, now=NOW,
    )  # fmt: skip
    chain.put_in_force(Edition.objects.for_page().get(pk=edition.pk))
    return Proposal.objects.open().for_page().get(kind=ProposalKind.OBLIGING)


def test_a_new_row_above_is_taken_in_answered_by_an_own_row_or_waived(chain: Chain) -> None:
    plans = pair(chain)
    proposal = obliging(chain, plans.region)
    upper = proposal.upper_id
    edition = answer(chain, proposal, Way.ACCEPT)
    taken = Link.objects.at(DRAFT).get(roadmap=plans.town.roadmap, upper=upper)
    assert (draft_row(taken.lower_id).text, taken.rule, due(taken.lower_id)) == (
        "Отчёт сдан", Rule.SAME, dt.date(2026, 12, 25),
    )  # fmt: skip
    assert edition is not None
    editions.discard(edition, by=None, now=NOW)
    assert state_of(proposal) == (ProposalState.OPEN, "")
    answer(chain, proposal, Way.ACCEPT, row=plans.town.rows[2])
    own = Link.objects.at(DRAFT).get(upper=upper)
    assert (own.lower_id, own.rule) == (plans.town.rows[2], Rule.OWN)
    editions.discard(Edition.objects.open().get(roadmap=plans.town.roadmap), by=None, now=NOW)
    answer(chain, proposal, Way.WAIVE, reason="нет школ")
    assert Waiver.objects.at(DRAFT).filter(upper=upper).exists()


def test_an_own_row_that_answers_must_stand_in_the_plan(chain: Chain) -> None:
    plans = pair(chain)
    proposal = obliging(chain, plans.region)
    with pytest.raises(problems.OutOfDate):
        answer(chain, proposal, Way.ACCEPT, row=plans.region.rows[0])
    assert not Link.objects.filter(upper=proposal.upper_id).exists()


def test_new_words_and_executors_are_taken_over_or_left(chain: Chain) -> None:
    plans = pair(chain)
    by = chain.user(chain.ministry)
    edition = editions.open_edition(plans.region.edition.roadmap, by=by, now=NOW)
    changes = {"text": "Положение опубликовано", "executors": ["Отдел кадров"]}
    rows.edit_result(roadmap=plans.region.roadmap, commitment=plans.region.rows[0], changes=changes, by=by, now=NOW)
    chain.put_in_force(Edition.objects.for_page().get(pk=edition.pk))
    answer(chain, asked(plans.town, 0, ProposalKind.WORDING), Way.ACCEPT)
    answer(chain, asked(plans.town, 0, ProposalKind.EXECUTORS), Way.ACCEPT)
    draft = Edition.objects.for_page().get(roadmap=plans.town.roadmap, number=DRAFT)
    row = sheets.load(draft).row[plans.town.rows[0]]
    assert (row.text, [who.text for who in row.executors]) == ("Положение опубликовано", ["Отдел кадров"])


def test_many_are_answered_at_once_and_what_does_not_fit_stays_open(chain: Chain) -> None:
    plans = pair(chain)
    amend(chain, plans.region, {0: "до 15.10.2026", 1: "до 13.11.2026", 2: None})
    waiting = Proposal.objects.open().filter(roadmap=plans.town.roadmap)
    by = chain.user(chain.town)
    done = proposals.answer_all(
        plans.town.edition.roadmap,
        proposals=[*waiting.values_list("pk", flat=True), 987_654],
        answer=Answer(Way.OFFSET, days=-1),
        by=by,
        now=NOW,
    )
    assert (done.done, [(left.kind, why) for left, why in done.left]) == (
        2, [("withdrawn", str(problems.NotThisWay()))],
    )  # fmt: skip
    assert [due(row) for row in plans.town.rows[:2]] == [dt.date(2026, 10, 14), dt.date(2026, 11, 12)]
    told = Entry.objects.filter(operation="proposal-answered", by=by)
    assert {entry.subject_id for entry in told} == set(plans.town.rows[:2])


def test_questions_of_another_plan_are_passed_over(chain: Chain) -> None:
    plans = pair(chain)
    amend(chain, plans.region, {1: "до 13.11.2026"})
    proposal = asked(plans.town, 1)
    other = chain.plan(chain.other_town, ["до 01.12.2026"], uppers=[plans.region], in_force=True)
    done = proposals.answer_all(
        other.edition.roadmap, proposals=[proposal.pk], answer=Answer(Way.ACCEPT), by=None, now=NOW
    )
    assert (done.done, state_of(proposal)) == (0, (ProposalState.OPEN, ""))


def test_an_answered_question_cannot_be_answered_again(chain: Chain) -> None:
    plans = pair(chain)
    amend(chain, plans.region, {1: "до 13.11.2026"})
    proposal = asked(plans.town, 1)
    answer(chain, proposal, Way.KEEP, reason="каникулы")
    with pytest.raises(problems.AnsweredAlready):
        answer(chain, proposal, Way.ACCEPT)


def test_a_submitted_draft_takes_no_answers(chain: Chain) -> None:
    plans = pair(chain)
    amend(chain, plans.region, {1: "до 13.11.2026"})
    edition = editions.open_edition(plans.town.edition.roadmap, by=None, now=NOW)
    Edition.objects.filter(pk=edition.pk).update(state="submitted")
    with pytest.raises(problems.NotWritable):
        answer(chain, asked(plans.town, 1), Way.ACCEPT)


def test_answers_fall_with_a_discarded_draft(chain: Chain) -> None:
    plans = pair(chain)
    amend(chain, plans.region, {0: "до 15.10.2026", 1: "до 13.11.2026"})
    first, second = asked(plans.town, 0), asked(plans.town, 1)
    answer(chain, second, Way.KEEP, reason="каникулы")  # stands in no draft
    edition = answer(chain, first, Way.KEEP, reason="приказ уже издан")
    assert edition is not None
    editions.discard(edition, by=None, now=NOW)
    assert (state_of(first), state_of(second)) == (
        (ProposalState.OPEN, ""), (ProposalState.KEPT, "каникулы"),
    )  # fmt: skip


def test_an_edition_in_force_answers_what_it_has_taken_over(chain: Chain) -> None:
    plans = pair(chain)
    amend(chain, plans.region, {0: "до 15.10.2026", 1: "до 13.11.2026", 2: None})
    by = chain.user(chain.town)
    followed, kept = asked(plans.town, 0), asked(plans.town, 1)
    gone = asked(plans.town, 2, ProposalKind.WITHDRAWN)
    edition = editions.open_edition(plans.town.edition.roadmap, by=by, now=NOW)  # the first row follows by that
    rows.drop_result(roadmap=plans.town.roadmap, commitment=plans.town.rows[2], by=by, now=NOW)
    edition = chain.put_in_force(Edition.objects.for_page().get(pk=edition.pk), "9-од")
    assert [state_of(one)[0] for one in (followed, kept, gone)] == ["accepted", "open", "accepted"]
    assert (followed.answered_in, row_in_force(plans.town.rows[0]).due) == (edition, dt.date(2026, 10, 15))


def test_a_row_linked_by_hand_answers_a_new_row_above(chain: Chain) -> None:
    plans = pair(chain)
    proposal = obliging(chain, plans.region)
    assert proposal.upper_id is not None
    by = chain.user(chain.town)
    edition = editions.open_edition(plans.town.edition.roadmap, by=by, now=NOW)
    links.link(
        roadmap=plans.town.roadmap,
        lower=plans.town.rows[2],
        upper=proposal.upper_id,
        kind=LinkKind.FEEDS,
        by=by,
        now=NOW,
    )
    chain.put_in_force(Edition.objects.for_page().get(pk=edition.pk), "9-од")
    assert state_of(proposal)[0] == ProposalState.ACCEPTED
    assert Link.objects.at(CURRENT).filter(upper=proposal.upper_id).exists()

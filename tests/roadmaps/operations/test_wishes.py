"""What those below wish of a row above: asked, withdrawn, agreed to, declined."""

import datetime as dt

import pytest

from organizations.models import Entry
from reminders.models import Notice
from roadmaps.choices import CURRENT, DRAFT, ProposalKind, ProposalState, Rule
from roadmaps.models import Deliverable, Edition, Proposal
from roadmaps.operations import editions, problems, wishes
from tests.roadmaps.chain import NOW, Chain
from tests.roadmaps.operations.asked import Pair, draft_row, pair


def ask(chain: Chain, plans: Pair, row: int = 0, phrase: str = "до 13.11.2026", **more: str) -> Proposal:
    """Let the town ask the region for another deadline of the row above one of its own."""
    return wishes.ask(
        plans.town.edition.roadmap,
        lower=plans.town.rows[row],
        upper=plans.region.rows[row],
        kind=ProposalKind.EXTEND,
        phrase=phrase,
        by=chain.user(chain.town),
        now=NOW,
        **({"reason": "каникулы"} | more),
    )


def state_of(wish: Proposal) -> tuple[str, str]:
    wish.refresh_from_db()
    return wish.state, wish.reason


def told(chain: Chain, organization: object, kind: str) -> Notice:
    return Notice.objects.of(chain.user(organization)).get(kind=kind)  # type: ignore[arg-type]


def test_a_wish_changes_no_plan_and_is_told_above(chain: Chain) -> None:
    wish = ask(chain, pair(chain))
    assert (wish.is_wish, wish.is_open, wish.due, wish.wish) == (True, True, dt.date(2026, 11, 13), "каникулы")
    assert not Edition.objects.open().exists()
    notice = told(chain, chain.ministry, "wish-made")
    assert (notice.path, notice.params["phrase"]) == (f"/wishes/{wish.pk}/", "до 13.11.2026")


def test_agreeing_puts_the_date_into_a_draft_above_and_below_it_moves_with_the_order(chain: Chain) -> None:
    plans = pair(chain)
    wish = ask(chain, plans)
    edition = wishes.agree(wish, by=chain.user(chain.ministry), now=NOW)
    assert draft_row(plans.region.rows[0]).due == dt.date(2026, 11, 13)
    assert Deliverable.objects.at(CURRENT).get(commitment=plans.town.rows[0]).due == dt.date(2026, 10, 30)
    assert (state_of(wish), wish.answered_in) == ((ProposalState.ACCEPTED, ""), edition)
    assert told(chain, chain.town, "wish-agreed").path == f"/wishes/{wish.pk}/"
    chain.put_in_force(Edition.objects.for_page().get(pk=edition.pk))
    asked = Proposal.objects.open().from_above().get(roadmap=plans.town.roadmap)
    assert asked.due == dt.date(2026, 11, 13)  # its order, from paper, lets nothing follow by itself


def test_a_row_that_inherits_itself_gets_the_wished_date_as_its_own(chain: Chain) -> None:
    plans = pair(chain)
    school = chain.plan(
        chain.school, ["до 30.10.2026"], uppers=[plans.town], links=[(0, plans.town.rows[0], "implements", "same")],
        in_force=True,
    )  # fmt: skip
    wish = wishes.ask(
        school.edition.roadmap, lower=school.rows[0], upper=plans.town.rows[0], kind=ProposalKind.ANOTHER,
        phrase="до 06.11.2026", reason="ремонт", by=None, now=NOW,
    )  # fmt: skip
    wishes.agree(wish, by=None, now=NOW)
    row = draft_row(plans.town.rows[0])
    assert (row.due, row.effective) == (dt.date(2026, 11, 6), None)
    assert row.commitment.upper_links.at(DRAFT).get().rule == Rule.OWN


def test_declining_says_why(chain: Chain) -> None:
    wish = ask(chain, pair(chain))
    with pytest.raises(problems.ReasonNeeded):
        wishes.decline(wish, reason=" ", by=None, now=NOW)
    wishes.decline(wish, reason="отчёт нужен раньше", by=None, now=NOW)
    assert state_of(wish) == (ProposalState.DECLINED, "отчёт нужен раньше")
    assert told(chain, chain.town, "wish-declined").params["reason"] == "отчёт нужен раньше"
    with pytest.raises(problems.AnsweredAlready):
        wishes.agree(wish, by=None, now=NOW)
    assert not Edition.objects.open().exists()


def test_a_wish_is_withdrawn_by_whoever_asked_and_may_be_made_again(chain: Chain) -> None:
    plans = pair(chain)
    wish = ask(chain, plans)
    with pytest.raises(problems.AskedAlready):
        ask(chain, plans, phrase="до 20.11.2026")
    wishes.withdraw(wish, by=chain.user(chain.town), now=NOW)
    assert state_of(wish) == (ProposalState.LAPSED, "")
    assert told(chain, chain.ministry, "wish-withdrawn")
    assert ask(chain, plans, phrase="до 20.11.2026").is_open


@pytest.mark.parametrize(
    ("more", "problem"),
    [
        ({"reason": ""}, problems.ReasonNeeded),
        ({"phrase": "по мере готовности"}, problems.NotUnderstood),
    ],
)
def test_a_wish_must_be_understood(chain: Chain, more: dict[str, str], problem: type[problems.Refused]) -> None:
    plans = pair(chain)
    with pytest.raises(problem):
        ask(chain, plans, **more)
    assert not Proposal.objects.exists()


def test_only_a_row_that_hangs_on_the_row_above_is_asked_for(chain: Chain) -> None:
    plans = pair(chain)
    other = chain.plan(chain.other_town, ["до 01.12.2026"], in_force=True)
    for roadmap, lower in ((plans.town, other.rows[0]), (other, other.rows[0]), (plans.town, plans.town.rows[1])):
        with pytest.raises(problems.OutOfDate):
            wishes.ask(
                roadmap.edition.roadmap, lower=lower, upper=plans.region.rows[0], kind=ProposalKind.EXTEND,
                phrase="до 13.11.2026", reason="нет", by=None, now=NOW,
            )  # fmt: skip


def test_an_agreement_falls_with_the_discarded_draft_above(chain: Chain) -> None:
    wish = ask(chain, pair(chain))
    edition = wishes.agree(wish, by=None, now=NOW)
    editions.discard(edition, by=None, now=NOW)
    assert state_of(wish) == (ProposalState.OPEN, "")


def test_each_body_finds_its_own_deeds_in_its_journal(chain: Chain) -> None:
    plans = pair(chain)
    wish = ask(chain, plans)
    wishes.decline(wish, reason="нет", by=chain.user(chain.ministry), now=NOW)
    made, declined = (Entry.objects.get(operation=name) for name in ("wish-made", "wish-declined"))
    assert (made.organization, made.subject_id) == (chain.town, plans.town.rows[0])
    assert (declined.organization, declined.subject_id) == (chain.ministry, plans.region.rows[0])


def test_a_wish_of_a_plan_that_was_repealed_meanwhile_does_not_wait_again(chain: Chain) -> None:
    plans = pair(chain)
    wish = ask(chain, plans)
    edition = wishes.agree(wish, by=None, now=NOW)
    in_force = Edition.objects.in_force().get(roadmap=plans.town.roadmap)
    Edition.objects.filter(pk=in_force.pk).update(repealed_by=in_force.order)
    editions.discard(Edition.objects.for_page().get(pk=edition.pk), by=None, now=NOW)
    assert state_of(wish)[0] == ProposalState.LAPSED

"""A change above that asks something of the plans below, step by step."""

from dataclasses import dataclass

from roadmaps.choices import CURRENT, DRAFT, ProposalKind
from roadmaps.models import Deliverable, Edition, Link, Proposal
from roadmaps.operations import editions, rows
from tests.roadmaps.chain import NOW, Chain, Plan


@dataclass(frozen=True)
class Pair:
    """The region's plan and the town's, both in force; the town's rows answer the region's one by one."""

    region: Plan
    town: Plan


def pair(chain: Chain) -> Pair:
    """
    Put two plans in force.

    The town's first row follows (rule same), the second has its own date, the third builds on the region's third.
    """
    region = chain.plan(
        chain.ministry,
        [
            ("до 30.10.2026", "Положение издано"),
            ("до 20.11.2026", "Списки собраны"),
            ("до 01.12.2026", "Анкета готова"),
        ],
        in_force=True,
        title="Дорожная карта края",
        obliges="all-municipalities",
    )
    town = chain.plan(
        chain.town,
        [("до 30.10.2026", "Приказ издан"), ("до 18.11.2026", "Списки переданы"), ("до 10.12.2026", "Опрос начат")],
        uppers=[region],
        links=[
            (0, region.rows[0], "implements", "same"),
            (1, region.rows[1], "implements", "own"),
            (2, region.rows[2], "consumes", "own"),
        ],
        in_force=True,
        title="План округа",
    )
    return Pair(region, town)


def amend(chain: Chain, plan: Plan, phrases: dict[int, str | None]) -> Edition:
    """Let the region change deadlines (None withdraws the row) and put that in force."""
    by = chain.user(plan.edition.roadmap.organization)
    edition = editions.open_edition(plan.edition.roadmap, by=by, now=NOW)
    for place, phrase in phrases.items():
        commitment = plan.rows[place]
        if phrase is None:
            rows.drop_result(roadmap=plan.roadmap, commitment=commitment, by=by, now=NOW)
        else:
            rows.edit_result(roadmap=plan.roadmap, commitment=commitment, changes={"phrase": phrase}, by=by, now=NOW)
    return chain.put_in_force(Edition.objects.for_page().get(pk=edition.pk))


def asked(plan: Plan, row: int, kind: str = ProposalKind.DATE) -> Proposal:
    """Give the question that waits about a row of a plan."""
    return Proposal.objects.open().for_page().get(roadmap=plan.roadmap, lower=plan.rows[row], kind=kind)


def draft_row(commitment: int) -> Deliverable:
    return Deliverable.objects.at(DRAFT).get(commitment=commitment)


def row_in_force(commitment: int) -> Deliverable:
    return Deliverable.objects.at(CURRENT).get(commitment=commitment)


def link_of(commitment: int) -> Link:
    return Link.objects.at(DRAFT).get(lower=commitment)

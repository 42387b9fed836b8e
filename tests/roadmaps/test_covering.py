"""Who answers the rows of a plan: read across storeys, in force only, without a word of drafts."""

import datetime as dt

import pytest

from roadmaps import coverage, covering, sheets
from roadmaps.coverage import State
from roadmaps.covering import Coverage
from roadmaps.models import Edition
from roadmaps.operations import editions, links, rows
from tests import factories
from tests.roadmaps.chain import NOW, Chain, Plan

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 10, 1)
ROWS = [
    ("до 30.10.2026", "Закреплены: площадка для практики; наставник завода; расписание посещений"),
    "до 20.11.2026",
    "до 01.12.2026",
]


@pytest.fixture
def region(chain: Chain) -> Plan:
    return chain.plan(chain.ministry, ROWS, in_force=True, obliges="all-schools")


def read(plan: Plan) -> Coverage:
    edition = Edition.objects.in_force().for_page().get(roadmap=plan.roadmap)
    return covering.coverage_of(sheets.load(edition), TODAY)


def states(plan: Plan, name: str) -> list[State]:
    """Give the states of all rows of a plan for the body of this name."""
    found = read(plan)
    body = next(body for body in found.everybody if body.name == name)
    return coverage.line_of(found.demands, body)


def test_answers_are_in_time_late_partial_or_missing(chain: Chain, region: Plan) -> None:
    chain.plan(
        chain.town,
        [("до 29.10.2026", "Закреплены площадка для практики и расписание посещений"), "до 24.11.2026"],
        uppers=[region],
        links=[(0, region.rows[0], "implements", "own"), (1, region.rows[1], "implements", "own")],
        in_force=True,
    )
    found = read(region)
    town = next(body for body in found.everybody if body.pk == chain.town.pk)
    assert town.answers == {region.rows[0]: -1, region.rows[1]: 4}
    assert town.narrowed == {region.rows[0]: ("наставник завода",)}
    assert states(region, chain.town.short_name) == [State.PARTLY, State.LATE, State.MISSING]
    assert states(region, chain.other_town.short_name) == [State.NO_PLAN] * 3


def test_a_draft_counts_neither_below_nor_above(chain: Chain, region: Plan) -> None:
    town = chain.plan(chain.town, ["до 29.10.2026"], uppers=[region], links=[(0, region.rows[0], "implements", "own")])
    assert states(region, chain.town.short_name) == [State.NO_PLAN] * 3
    chain.put_in_force(town.edition)
    assert states(region, chain.town.short_name) == [State.COVERED, State.MISSING, State.MISSING]
    again = editions.open_edition(town.edition.roadmap, by=None, now=NOW)
    rows.drop_result(roadmap=again.roadmap_id, commitment=town.rows[0], by=None, now=NOW)
    assert states(region, chain.town.short_name) == [State.COVERED, State.MISSING, State.MISSING]


def test_schools_answer_by_way_of_their_municipality(chain: Chain, region: Plan) -> None:
    town = chain.plan(
        chain.town,
        ["до 02.11.2026", "до 19.11.2026", "до 30.11.2026"],
        uppers=[region],
        links=[
            (0, region.rows[0], "implements", "own"),
            (1, region.rows[1], "feeds", "own"),
            (2, region.rows[2], "consumes", "own"),
        ],
        in_force=True,
    )
    school = chain.plan(
        chain.school,
        ["до 02.11.2026", "до 30.11.2026", "до 30.11.2026"],
        uppers=[town],
        links=[(place, town.rows[place], "implements", "own") for place in range(3)],
        in_force=True,
    )
    found = read(region)
    below = next(body for body in found.everybody if body.pk == chain.school.pk)
    # Equal to the municipality's and later than the region's; a feeding row answers, its date is held against nobody
    # further above; what only uses a result hands nothing on.
    assert below.answers == {region.rows[0]: 3, region.rows[1]: None}
    assert read(town).everybody[0].answers == {town.rows[0]: 0, town.rows[1]: 11, town.rows[2]: 0}
    details = covering.rows_answering(region.rows, [school.roadmap])
    assert {
        top: [(one.commitment, one.late, one.depth) for one in shown] for (top, _plan), shown in details.items()
    } == {
        region.rows[0]: [(school.rows[0], 3, 2)],
        region.rows[1]: [(school.rows[1], None, 2)],
    }


def test_a_reason_not_to_have_a_row_holds_for_the_schools_below(chain: Chain, region: Plan) -> None:
    town = chain.plan(chain.town, ["до 29.10.2026"], uppers=[region], links=[(0, region.rows[0], "implements", "own")])
    links.waive(roadmap=town.roadmap, upper=region.rows[1], reason="Ведёт опорная школа", by=None, now=NOW)
    chain.put_in_force(town.edition)
    school = chain.plan(chain.school, ["до 29.10.2026"], uppers=[town])
    links.waive(roadmap=school.roadmap, upper=town.rows[0], reason="Нет площадки", by=None, now=NOW)
    chain.put_in_force(school.edition)
    below = next(body for body in read(region).everybody if body.pk == chain.school.pk)
    assert below.waived == {region.rows[0]: "Нет площадки", region.rows[1]: "Ведёт опорная школа"}


def test_a_plan_that_follows_another_one_is_none_of_these(chain: Chain, region: Plan) -> None:
    aside = chain.plan(chain.institute, ["до 30.10.2026"], in_force=True)
    chain.plan(chain.town, ["до 29.10.2026"], uppers=[aside], in_force=True)
    assert states(region, chain.town.short_name) == [State.NO_PLAN] * 3
    chain.plan(chain.other_town, ["до 29.10.2026"], in_force=True)  # follows nothing yet
    assert states(region, chain.other_town.short_name) == [State.MISSING] * 3


def test_whoever_takes_part_in_a_cluster_today_is_known(chain: Chain, region: Plan) -> None:
    cluster = factories.cluster(chain.ministry)
    factories.participant(chain.school, cluster)
    factories.participant(chain.other_school, cluster, ends_on=TODAY - dt.timedelta(1))
    found = {body.name: body.clusters for body in read(region).everybody if body.clusters}
    assert found == {chain.school.short_name: {cluster.pk}}


def test_a_repealed_plan_is_no_plan(chain: Chain, region: Plan) -> None:
    town = chain.plan(chain.town, ["до 29.10.2026"], uppers=[region], in_force=True)
    repealing = Edition.objects.get(pk=town.edition.pk).order
    Edition.objects.filter(pk=town.edition.pk).update(repealed_by=repealing)
    assert states(region, chain.town.short_name) == [State.NO_PLAN] * 3

"""Whom a row obliges by name."""

from typing import Any

import pytest

from organizations.models import Entry, Organization
from roadmaps import sheets
from roadmaps.choices import DRAFT, OPEN
from roadmaps.models import Commitment, Edition, Obliged
from roadmaps.operations import editions, problems, rows
from tests.roadmaps.chain import NOW, Chain, Plan


def name(plan: Plan, *organizations: Organization, **more: Any) -> None:
    changes = {"obliges": "named", "obliged": [one.pk for one in organizations]} | more
    rows.edit_result(roadmap=plan.roadmap, commitment=plan.rows[0], changes=changes, by=None, now=NOW)


def named(plan: Plan) -> set[int]:
    edition = Edition.objects.for_page().filter(roadmap=plan.roadmap).order_by("-number")[0]
    return set(sheets.load(edition).rows[0].obliged)


def test_a_row_names_organizations_below_and_the_journal_tells(chain: Chain) -> None:
    plan = chain.plan(chain.ministry, ["до 15 октября"])
    name(plan, chain.town, chain.other_school)
    assert named(plan) == {chain.town.pk, chain.other_school.pk}
    told = Entry.objects.about("commitment", plan.rows[0]).get(operation="row-changed")
    assert (told.before, told.after) == (
        {"obliges": "nobody", "obliged": []},
        {"obliges": "named", "obliged": sorted([chain.town.pk, chain.other_school.pk])},
    )
    name(plan, chain.town)
    assert named(plan) == {chain.town.pk}


def test_whoever_obliges_nobody_by_name_names_nobody(chain: Chain) -> None:
    plan = chain.plan(chain.ministry, ["до 15 октября"])
    name(plan, chain.town)
    name(plan, chain.town, obliges="all-schools")
    assert named(plan) == set()


@pytest.mark.parametrize("place", ["ministry", "town", "other_town", "other_school"])
def test_only_who_stands_below_can_be_named(chain: Chain, place: str) -> None:
    plan = chain.plan(chain.town, ["до 15 октября"])
    with pytest.raises(problems.NotBelow):
        name(plan, chain.school, getattr(chain, place), text="Другое")
    assert (named(plan), sheets.load(plan.edition).rows[0].text) == (set(), "Результат 1")


def test_the_named_ones_are_at_least_one(chain: Chain) -> None:
    plan = chain.plan(chain.ministry, ["до 15 октября"])
    with pytest.raises(problems.NobodyNamed):
        name(plan, text="Другое")
    assert sheets.load(plan.edition).rows[0].text == "Результат 1"
    activity = sheets.load(plan.edition).rows[0].heading
    with pytest.raises(problems.NobodyNamed):
        rows.add_result(
            roadmap=plan.roadmap, activity=activity, text="Ещё", phrase="", obliges="named", by=None, now=NOW
        )
    assert Commitment.objects.filter(roadmap=plan.roadmap).count() == 1


def test_a_new_row_names_its_organizations_at_once(chain: Chain) -> None:
    plan = chain.plan(chain.town, ["до 15 октября"])
    activity = sheets.load(plan.edition).rows[0].heading
    made = rows.add_result(
        roadmap=plan.roadmap,
        activity=activity,
        text="Ещё",
        phrase="",
        obliges="named",
        obliged=[chain.school.pk],
        by=None,
        now=NOW,
    )
    assert sheets.load(plan.edition).row[made.pk].obliged == [chain.school.pk]


def test_what_is_in_force_stays_while_the_draft_names_others(chain: Chain) -> None:
    plan = chain.plan(chain.ministry, ["до 15 октября"])
    name(plan, chain.town)
    chain.put_in_force(plan.edition)
    editions.open_edition(plan.edition.roadmap, by=None, now=NOW)
    name(plan, chain.other_town)
    name(plan, chain.town, chain.other_town)
    rows_now = Obliged.objects.filter(commitment=plan.rows[0]).values_list("organization", "since", "until")
    assert set(rows_now) == {(chain.town.pk, 1, OPEN), (chain.other_town.pk, DRAFT, OPEN)}


def test_another_person_s_choice_is_not_overwritten(chain: Chain) -> None:
    plan = chain.plan(chain.ministry, ["до 15 октября"])
    name(plan, chain.town)
    with pytest.raises(problems.Changed):
        rows.edit_result(
            roadmap=plan.roadmap,
            commitment=plan.rows[0],
            changes={"obliges": "nobody"},
            expected={"obliged": []},
            by=None,
            now=NOW,
        )
    assert named(plan) == {chain.town.pk}

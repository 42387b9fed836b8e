"""The life of an edition: started, submitted, returned, in force, opened anew, discarded."""

import datetime as dt

import pytest
from django.db import DatabaseError, connection, transaction

from documents.operations.orders import NumberTaken
from organizations.access import Role
from organizations.models import Entry
from reminders.models import Notice
from roadmaps import sheets
from roadmaps.choices import CURRENT, DRAFT, OPEN
from roadmaps.models import RANGED, Deliverable, Edition, Link, Roadmap
from roadmaps.operations import editions, links, problems, rows
from roadmaps.operations.dates import wrong_dates
from tests.roadmaps.chain import NOW, YEAR, Chain

LATER = NOW + dt.timedelta(hours=1)


def test_a_plan_starts_as_a_draft_with_its_title(chain: Chain) -> None:
    plan = chain.plan(chain.town, ["до 15 октября"], title="План округа")
    assert (plan.edition.state, plan.edition.number, sheets.title_of(plan.edition)) == ("draft", DRAFT, "План округа")
    assert [entry.operation for entry in Entry.objects.about("roadmap", plan.roadmap)] == ["plan-started"]


def test_the_same_plan_twice_is_refused(chain: Chain) -> None:
    chain.plan(chain.town, ["до 15 октября"])
    with pytest.raises(problems.AlreadyPlanned):
        chain.plan(chain.town, ["до 16 октября"])
    assert Roadmap.objects.count() == 1


def test_a_plan_does_not_follow_a_neighbour(chain: Chain) -> None:
    neighbour = chain.plan(chain.other_town, ["до 15 октября"], in_force=True)
    with pytest.raises(problems.NotAbove):
        chain.plan(chain.town, ["до 15 октября"], uppers=[neighbour])


def test_a_municipality_follows_the_region_and_its_institute(chain: Chain) -> None:
    region = chain.plan(chain.ministry, ["до 15 октября"], in_force=True)
    institute = chain.plan(chain.institute, ["до 10 октября"], in_force=True)
    town = chain.plan(
        chain.town,
        ["до 20 октября"],
        uppers=[region, institute],
        links=[(0, region.rows[0], "implements", "same"), (0, institute.rows[0], "implements", "same")],
    )
    row = sheets.load(town.edition).rows[0]
    assert row.deadline.due == dt.date(2026, 10, 10)  # the tightest wins
    assert sorted(link.upper.called for link in row.links if link.upper) == [
        "Институт развития Полярного края",
        "край",
    ]


def test_submitting_hands_the_plan_to_the_signatory_and_tells_her(chain: Chain) -> None:
    signatory = chain.user(chain.town, Role.SIGNATORY)
    plan = chain.plan(chain.town, ["до 15 октября"])
    editions.submit(plan.edition, by=chain.user(chain.town), now=LATER)
    edition = Edition.objects.get(pk=plan.edition.pk)
    assert (edition.state, edition.submitted_at) == ("submitted", LATER)
    assert [(n.recipient, n.kind) for n in Notice.objects.all()] == [(signatory, "plan-submitted")]


def test_an_open_error_keeps_the_plan_from_being_submitted(chain: Chain) -> None:
    plan = chain.plan(chain.town, ["как получится"])
    with pytest.raises(problems.OpenFindings) as refused:
        editions.submit(plan.edition, by=chain.user(chain.town), now=LATER)
    assert [remark.code for remark in refused.value.findings] == ["no-deadline"]
    assert Edition.objects.get(pk=plan.edition.pk).state == "draft"


def test_an_explained_error_no_longer_blocks_until_the_date_changes(chain: Chain) -> None:
    region = chain.plan(chain.ministry, ["до 15 октября"], in_force=True)
    town = chain.plan(chain.town, ["до 22 октября"], uppers=[region], links=[(0, region.rows[0], "implements", "own")])
    by = chain.user(chain.town)
    from roadmaps import checks

    (error,) = checks.open_errors(town.edition)
    links.explain(
        roadmap=town.roadmap,
        key=error.key,
        commitment=error.commitment,
        measure=error.measure,
        reason="Школы на каникулах",
        by=by,
        now=LATER,
    )
    assert checks.open_errors(town.edition) == []
    rows.edit_result(
        roadmap=town.roadmap, commitment=town.rows[0], changes={"phrase": "до 30 октября"}, by=by, now=LATER
    )
    assert [remark.code for remark in checks.open_errors(town.edition)] == ["later-than-upper"]


def test_a_submitted_plan_is_locked_and_can_be_taken_back(chain: Chain) -> None:
    plan = chain.plan(chain.town, ["до 15 октября"])
    by = chain.user(chain.town)
    editions.submit(plan.edition, by=by, now=LATER)
    with pytest.raises(problems.NotWritable):
        rows.edit_result(roadmap=plan.roadmap, commitment=plan.rows[0], changes={"text": "Иное"}, by=by, now=LATER)
    editions.take_back(plan.edition, by=by, now=LATER)
    rows.edit_result(roadmap=plan.roadmap, commitment=plan.rows[0], changes={"text": "Иное"}, by=by, now=LATER)
    assert sheets.load(plan.edition).rows[0].text == "Иное"


def test_a_return_needs_a_reason_and_keeps_it(chain: Chain) -> None:
    plan = chain.plan(chain.town, ["до 15 октября"])
    signatory = chain.user(chain.town, Role.SIGNATORY)
    editions.submit(plan.edition, by=chain.user(chain.town), now=LATER)
    with pytest.raises(problems.ReasonNeeded):
        editions.send_back(plan.edition, reason="  ", by=signatory, now=LATER)
    editions.send_back(plan.edition, reason="Нет исполнителей", by=signatory, now=LATER)
    edition = Edition.objects.get(pk=plan.edition.pk)
    assert (edition.state, edition.remark) == ("returned", "Нет исполнителей")
    assert Notice.objects.filter(kind="plan-returned", recipient=chain.user(chain.town)).count() == 1


def test_returning_twice_is_refused(chain: Chain) -> None:
    plan = chain.plan(chain.town, ["до 15 октября"])
    editions.submit(plan.edition, by=None, now=LATER)
    editions.send_back(plan.edition, reason="Раз", by=None, now=LATER)
    with pytest.raises(problems.NotWritable):
        editions.send_back(plan.edition, reason="Два", by=None, now=LATER)


def test_in_force_means_numbered_hashed_and_immutable(chain: Chain) -> None:
    plan = chain.plan(chain.town, ["до 15 октября", "до 1 ноября"], in_force=True)
    assert (plan.edition.number, plan.edition.state, len(plan.edition.content_hash)) == (1, "approved", 64)
    with pytest.raises(DatabaseError), transaction.atomic():
        Deliverable.objects.filter(commitment=plan.rows[0]).update(text="Подмена")
    with pytest.raises(DatabaseError), transaction.atomic():
        Deliverable.objects.filter(commitment=plan.rows[0]).delete()


def test_the_journal_is_append_only(chain: Chain) -> None:
    chain.plan(chain.town, ["до 15 октября"])
    with pytest.raises(DatabaseError), transaction.atomic():
        Entry.objects.update(reason="Подмена")
    with pytest.raises(DatabaseError), transaction.atomic():
        Entry.objects.all().delete()


def test_a_number_is_taken_once_a_year(chain: Chain) -> None:
    first = chain.plan(chain.town, ["до 15 октября"])
    second = chain.plan(chain.school, ["до 15 октября"])
    chain.put_in_force(first.edition, number="7-од")
    chain.put_in_force(second.edition, number="7-од")  # another organization, another register
    again = editions.open_edition(first.edition.roadmap, by=None, now=LATER)
    with pytest.raises(NumberTaken):
        chain.put_in_force(again, number="7-од")
    assert Edition.objects.get(pk=again.pk).state == "draft"


def test_drafts_below_take_the_dates_of_a_new_edition(chain: Chain) -> None:
    region = chain.plan(chain.ministry, ["до 15 октября"], in_force=True)
    town = chain.plan(chain.town, ["до 15 октября"], uppers=[region], links=[(0, region.rows[0], "implements", "same")])
    again = editions.open_edition(region.edition.roadmap, by=None, now=LATER)
    rows.edit_result(
        roadmap=region.roadmap, commitment=region.rows[0], changes={"phrase": "до 22 октября"}, by=None, now=LATER
    )
    assert sheets.load(town.edition).rows[0].deadline.due == dt.date(2026, 10, 15)  # a draft above moves nothing
    chain.put_in_force(again, number="2")
    row = sheets.load(town.edition).rows[0]
    assert (row.deadline.due, row.own.phrase) == (dt.date(2026, 10, 22), "до 15 октября")
    assert wrong_dates() == []


def test_an_edition_in_force_below_does_not_move_by_itself(chain: Chain) -> None:
    region = chain.plan(chain.ministry, ["до 15 октября"], in_force=True)
    town = chain.plan(
        chain.town,
        ["до 15 октября"],
        uppers=[region],
        links=[(0, region.rows[0], "implements", "same")],
        in_force=True,
    )
    again = editions.open_edition(region.edition.roadmap, by=None, now=LATER)
    rows.edit_result(
        roadmap=region.roadmap, commitment=region.rows[0], changes={"phrase": "до 22 октября"}, by=None, now=LATER
    )
    chain.put_in_force(again, number="2")
    assert sheets.load(town.edition).rows[0].deadline.due == dt.date(2026, 10, 15)
    opened = editions.open_edition(town.edition.roadmap, by=None, now=LATER)
    assert sheets.load(opened).rows[0].deadline.due == dt.date(2026, 10, 22)
    assert sheets.load(town.edition).rows[0].deadline.due == dt.date(2026, 10, 15)


def test_opening_an_edition_twice_gives_the_same_draft(chain: Chain) -> None:
    plan = chain.plan(chain.town, ["до 15 октября"], in_force=True)
    one = editions.open_edition(plan.edition.roadmap, by=None, now=LATER)
    other = editions.open_edition(plan.edition.roadmap, by=None, now=LATER)
    assert one == other
    assert Edition.objects.filter(roadmap=plan.roadmap).count() == 2


def test_a_discarded_draft_leaves_the_edition_in_force_as_it_was(chain: Chain) -> None:
    plan = chain.plan(chain.town, ["до 15 октября", "до 1 ноября"], in_force=True)
    before = sheets.canonical(sheets.load(plan.edition))
    draft = editions.open_edition(plan.edition.roadmap, by=None, now=LATER)
    rows.edit_result(roadmap=plan.roadmap, commitment=plan.rows[0], changes={"text": "Иное"}, by=None, now=LATER)
    rows.drop_result(roadmap=plan.roadmap, commitment=plan.rows[1], by=None, now=LATER)
    editions.discard(draft, by=None, now=LATER)
    assert sheets.canonical(sheets.load(plan.edition)) == before
    assert not Edition.objects.filter(pk=draft.pk).exists()
    assert not any(model.objects.filter(since=DRAFT).exists() for model in RANGED)


def test_a_discarded_first_draft_takes_the_plan_with_it(chain: Chain) -> None:
    plan = chain.plan(chain.town, ["до 15 октября"])
    editions.discard(plan.edition, by=None, now=LATER)
    assert not Roadmap.objects.exists()
    assert Entry.objects.filter(operation="draft-discarded").count() == 1


def test_editions_stay_readable_and_their_ranges_do_not_overlap(chain: Chain) -> None:
    plan = chain.plan(chain.town, ["до 15 октября", "до 1 ноября"], in_force=True)
    for round_ in range(2, 5):
        draft = editions.open_edition(plan.edition.roadmap, by=None, now=LATER)
        rows.edit_result(
            roadmap=plan.roadmap, commitment=plan.rows[0], changes={"text": f"Редакция {round_}"}, by=None, now=LATER
        )
        chain.put_in_force(draft, number=f"n{round_}")
    texts = {
        number: Deliverable.objects.filter(commitment=plan.rows[0]).at(number).get().text
        for number in (1, 2, 3, 4, CURRENT)
    }
    assert texts == {1: "Результат 1", 2: "Редакция 2", 3: "Редакция 3", 4: "Редакция 4", CURRENT: "Редакция 4"}
    for model in RANGED:
        table = model._meta.db_table
        identity = {"roadmaps_deliverable": "commitment_id", "roadmaps_headingtext": "heading_id"}.get(table)
        if identity is None:
            continue
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT count(*) FROM {table} a JOIN {table} b ON a.{identity} = b.{identity} AND a.id < b.id "
                "AND a.since < b.until AND b.since < a.until"
            )
            assert cursor.fetchone() == (0,)


def test_a_dropped_row_comes_back_with_its_links(chain: Chain) -> None:
    region = chain.plan(chain.ministry, ["до 15 октября"], in_force=True)
    town = chain.plan(
        chain.town,
        ["до 15 октября", "до 1 ноября"],
        uppers=[region],
        links=[(0, region.rows[0], "implements", "same")],
        in_force=True,
    )
    draft = editions.open_edition(town.edition.roadmap, by=None, now=LATER)
    before = sheets.canonical(sheets.load(draft))
    rows.drop_result(roadmap=town.roadmap, commitment=town.rows[0], by=None, now=LATER)
    assert len(sheets.load(draft).rows) == 1
    assert not Link.objects.filter(roadmap=town.roadmap, until=OPEN).exists()
    assert rows.restore_result(roadmap=town.roadmap, commitment=town.rows[0], by=None, now=LATER)
    assert sheets.canonical(sheets.load(draft)) == before


def test_the_sheet_costs_four_statements_whatever_the_rows(chain: Chain, django_assert_num_queries) -> None:
    region = chain.plan(chain.ministry, ["до 15 октября"] * 3, in_force=True)
    town = chain.plan(
        chain.town,
        ["до 15 октября"] * 3,
        uppers=[region],
        links=[(n, region.rows[n], "implements", "same") for n in range(3)],
    )
    school = chain.plan(chain.school, ["до 15 октября"])
    for plan in (town, school):
        with django_assert_num_queries(4):
            sheets.load(plan.edition)


def test_a_period_is_kept_whole(chain: Chain) -> None:
    assert chain.plan(chain.town, ["до 15 октября"]).edition.roadmap.period == YEAR

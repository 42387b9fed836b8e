"""What people do to organizations, people, roles and registers, with the line of the journal that it leaves."""

import datetime as dt

import pytest
from django.db import DatabaseError, transaction

from organizations import access
from organizations.access import Role
from organizations.models import Entry, Organization, Participant, Position, SpecialisedClass
from organizations.operations import (
    calendar,
    classes,
    clusters,
    organizations,
    participants,
    partners,
    people,
    refusals,
    roles,
)
from tests import factories
from tests.cast import World
from tests.factories import NOW, TODAY


def journal_of(organization: Organization) -> list[tuple[str, dict | None, dict | None]]:
    return [
        (entry.operation, entry.before, entry.after)
        for entry in Entry.objects.filter(organization=organization).order_by("pk")
    ]


# Organizations


def test_a_school_is_added_below_its_municipality_and_takes_its_time(municipality, municipal_coordinator):
    Organization.objects.filter(pk=municipality.pk).update(time_zone="Asia/Vladivostok", working_week=6)
    municipality.refresh_from_db()

    school = organizations.add_below(
        municipality,
        values={"kind": "school", "name": "Средняя школа № 5", "short_name": "Школа № 5"},
        by=municipal_coordinator,
        now=NOW,
    )

    assert (school.parent, school.time_zone, school.working_week) == (municipality, "Asia/Vladivostok", 6)
    entry = Entry.objects.get(organization=school)
    assert (entry.operation, entry.by, entry.at, entry.for_other) == (
        "organization-added",
        municipal_coordinator,
        NOW,
        False,
    )
    assert entry.after["parent"] == "Липовский округ"


@pytest.mark.parametrize(("above", "kind"), [("school", "school"), ("institute", "school"), ("municipality", "region")])
def test_what_does_not_belong_there_is_not_added(world: World, municipal_coordinator, above: str, kind: str):
    with pytest.raises(refusals.KindDoesNotFit):
        organizations.add_below(
            getattr(world, above),
            values={"kind": kind, "name": "Х", "short_name": "Х"},
            by=municipal_coordinator,
            now=NOW,
        )


def test_renaming_keeps_the_old_name_in_the_journal(school, municipal_coordinator):
    organizations.rename(
        school,
        values={"name": "Лицей № 1", "short_name": "Лицей № 1"},
        by=municipal_coordinator,
        now=NOW,
        reason="постановление № 7",
    )

    school.refresh_from_db()
    assert school.name == "Лицей № 1"
    assert journal_of(school) == [
        (
            "organization-renamed",
            {"name": "Школа № 1, полностью", "short_name": "Школа № 1"},
            {"name": "Лицей № 1", "short_name": "Лицей № 1"},
        )
    ]


def test_a_change_that_changes_nothing_leaves_no_line(school, school_coordinator):
    organizations.change_card(school, values={"place": school.place}, by=school_coordinator, now=NOW)

    assert journal_of(school) == []


def test_a_municipality_with_open_schools_is_not_closed(municipality, regional_coordinator):
    with pytest.raises(refusals.StillHasBodiesBelow) as problem:
        organizations.close(municipality, on=TODAY, by=regional_coordinator, now=NOW)

    assert "Школа № 1" in str(problem.value)


def test_merging_moves_the_schools_and_names_the_successor(world: World, regional_coordinator):
    organizations.merge(
        world.neighbour, into=world.municipality, on=TODAY, by=regional_coordinator, now=NOW, reason="закон края"
    )

    world.neighbour.refresh_from_db()
    assert (world.neighbour.closed_on, world.neighbour.successor) == (TODAY, world.municipality)
    assert set(Organization.objects.filter(parent=world.municipality)) == {
        world.school,
        world.school2,
        world.neighbour_school,
        world.neighbour_school10,
    }
    assert journal_of(world.neighbour_school) == [
        ("organization-moved", {"parent": "Ельниковский округ"}, {"parent": "Липовский округ"})
    ]
    with pytest.raises(refusals.AlreadyClosed):
        organizations.close(world.neighbour, on=TODAY, by=regional_coordinator, now=NOW)


def test_only_an_open_equal_that_does_not_stand_below_succeeds(world: World, regional_coordinator):
    for into in (world.school, world.institute, world.municipality):
        with pytest.raises(refusals.CannotSucceed):
            organizations.merge(world.municipality, into=into, on=TODAY, by=regional_coordinator, now=NOW)


def test_a_closing_is_taken_back(school, municipal_coordinator):
    organizations.close(school, on=TODAY, by=municipal_coordinator, now=NOW)
    organizations.reopen(school, by=municipal_coordinator, now=NOW)

    school.refresh_from_db()
    assert school.closed_on is None
    with pytest.raises(refusals.NotClosed):
        organizations.reopen(school, by=municipal_coordinator, now=NOW)


# People


def test_a_person_comes_with_a_position(school, school_coordinator):
    person = people.add(
        school,
        person={"surname": "Новикова", "given_name": "Ольга"},
        position={"title": "завуч"},
        by=school_coordinator,
        now=NOW,
        for_other=True,
    )

    assert [(position.title, position.organization) for position in person.positions.all()] == [("завуч", school)]
    assert list(Entry.objects.filter(organization=school).order_by("pk").values_list("operation", "for_other")) == [
        ("person-added", True),
        ("position-added", True),
    ]


def test_a_school_has_one_head_at_a_time(school, school_coordinator):
    def head(**values: object) -> Position:
        return people.start(
            factories.person(),
            school,
            values={"title": "директор", "is_head": True} | values,
            by=school_coordinator,
            now=NOW,
        )

    first = head(starts_on=dt.date(2020, 9, 1))
    with pytest.raises(refusals.HeadIsInPost):
        head(starts_on=TODAY)
    acting = head(is_acting=True, starts_on=TODAY)
    people.end(first, on=TODAY - dt.timedelta(days=1), by=school_coordinator, now=NOW)
    head(starts_on=TODAY)
    with pytest.raises(refusals.HeadIsInPost):
        people.change_position(acting, values={"is_acting": False}, by=school_coordinator, now=NOW)
    head(ends_on=dt.date(2019, 8, 31))


# Roles


def test_roles_are_granted_and_withdrawn_with_a_line_each(municipality, municipal_coordinator):
    user = factories.account(municipality, Role.STAFF)
    for _twice in range(2):
        roles.grant(user, role=Role.SIGNATORY, organization=municipality, by=municipal_coordinator, now=NOW)
    for _twice in range(2):
        roles.withdraw(user, role=Role.STAFF, organization=municipality, by=municipal_coordinator, now=NOW)

    assert access.roles_held_in(municipality) == [
        (municipal_coordinator, Role.COORDINATOR),
        (user, Role.SIGNATORY),
    ]
    assert [operation for operation, _before, _after in journal_of(municipality)] == ["role-granted", "role-withdrawn"]


def test_the_last_coordinator_does_not_leave_by_herself(municipality, municipal_coordinator, regional_coordinator):
    withdrawal = {"role": Role.COORDINATOR, "organization": municipality, "now": NOW}
    with pytest.raises(refusals.LastCoordinator):
        roles.withdraw(municipal_coordinator, by=municipal_coordinator, **withdrawal)

    roles.withdraw(municipal_coordinator, by=regional_coordinator, **withdrawal)
    assert access.holders(municipality, Role.COORDINATOR) == []
    assert Entry.objects.get(organization=municipality).for_other is True


# Registers


def test_registers_are_kept_with_a_line_for_each_deed(world: World, regional_coordinator, school_coordinator):
    by_region = {"by": regional_coordinator, "now": NOW}
    by_school = {"by": school_coordinator, "now": NOW}
    cluster = clusters.add(world.region, values={"name": "лесной", "is_open": True}, **by_region)
    clusters.change(cluster, values={"name": "лесохозяйственный"}, **by_region)
    participant = participants.add(cluster, school=world.school, values={"is_base": True}, **by_region)
    participants.change(participant, values={"is_base": False}, **by_region)
    participants.remove(participant, **by_region)
    day = calendar.add(world.region, values={"day": TODAY, "is_working": False, "name": "День края"}, **by_region)
    calendar.change(day, values={"is_working": True}, **by_region)
    calendar.remove(day, **by_region)
    specialised = classes.add(world.school, values={"cluster": cluster, "name": "10Л", "pupils": 18}, **by_school)
    classes.change(specialised, values={"cluster": cluster, "closed_on": TODAY}, **by_school)
    partner = partners.add(
        world.school, values={"kind": "college", "name": "Техникум"}, clusters=[cluster], **by_school
    )
    partners.change(partner, values={"valid_until": TODAY}, clusters=[], **by_school)
    partners.remove(partner, **by_school)

    assert [operation for operation, _b, _a in journal_of(world.region)] == [
        "cluster-added",
        "cluster-changed",
        "participant-added",
        "participant-changed",
        "participant-removed",
        "calendar-day-added",
        "calendar-day-changed",
        "calendar-day-removed",
    ]
    assert [operation for operation, _b, _a in journal_of(world.school)] == [
        "class-added",
        "class-changed",
        "partner-added",
        "partner-changed",
        "partner-removed",
    ]
    changed = Entry.objects.get(operation="partner-changed")
    assert (changed.before, changed.after) == (
        {"valid_until": None, "clusters": ["лесохозяйственный"]},
        {"valid_until": "2026-09-01", "clusters": []},
    )


def test_rows_of_another_region_are_not_joined(world: World, regional_coordinator, school_coordinator):
    foreign = factories.cluster(world.other_region)
    own = factories.cluster(world.region)

    with pytest.raises(refusals.NotInThisTree):
        participants.add(own, school=world.other_school, values={}, by=regional_coordinator, now=NOW)
    with pytest.raises(refusals.NotInThisTree):
        classes.add(world.school, values={"cluster": foreign, "name": "1А"}, by=school_coordinator, now=NOW)
    with pytest.raises(refusals.NotInThisTree):
        partners.add(
            world.school, values={"kind": "college", "name": "Т"}, clusters=[foreign], by=school_coordinator, now=NOW
        )
    assert (Participant.objects.count(), SpecialisedClass.objects.count(), Entry.objects.count()) == (0, 0, 0)


def test_nobody_changes_or_deletes_a_line_of_the_journal(school, municipal_coordinator):
    organizations.close(school, on=TODAY, by=municipal_coordinator, now=NOW)
    entries = Entry.objects.filter(organization=school)

    for change in (lambda: entries.update(operation="nothing"), lambda: entries._raw_delete(using="default")):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            change()
    assert entries.get().operation == "organization-closed"

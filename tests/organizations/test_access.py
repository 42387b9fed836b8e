"""Who may do what: the table written a second time, and walked; kinship and reach on a real tree."""

import itertools

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied

from organizations import access
from organizations.access import Kinship, Role, State, Verb
from organizations.models import Organization
from tests import factories
from tests.cast import World

# role → kinship → state → verbs, written by hand from the rules; what is not here must not be allowed.
READERS = {
    "own": {
        "draft": "read",
        "submitted": "read",
        "returned": "read",
        "handed": "read",
        "signed": "read",
        "approved": "read",
        "register": "read",
    },
    "below": {"submitted": "read", "approved": "read", "register": "read"},
    "above": {"approved": "read"},
    "concerned": {"approved": "read"},
}
EXPECTED = {
    "coordinator": {
        "own": {
            "draft": "read edit submit prepare hand-over",
            "submitted": "read take-back prepare",
            "returned": "read edit submit",
            "handed": "read take-back",
            "signed": "read register",
            "approved": "read open-edition answer ask",
            "register": "read keep invite send receive",
        },
        "below": {"submitted": "read", "approved": "read", "register": "read invite act-for"},
        "above": {"approved": "read"},
        "concerned": {"approved": "read"},
    },
    "signatory": READERS
    | {"own": READERS["own"] | {"submitted": "read return", "handed": "read return sign", "signed": "read return"}},
    "staff": READERS,
    "reviewer": READERS,
    "executor": {
        "own": {"approved": "read", "register": "read"},
        "above": {"approved": "read"},
        "concerned": {"approved": "read"},
    },
}


def test_the_table_says_exactly_what_the_rules_say():
    said = {
        (role, kinship, state): {verb.value for verb in access.verbs(role, kinship, state)}
        for role, kinship, state in itertools.product(Role, Kinship, State)
    }

    assert said == {
        (role, kinship, state): set(EXPECTED.get(role, {}).get(kinship, {}).get(state, "").split())
        for role, kinship, state in itertools.product(Role, Kinship, State)
    }


def test_nobody_writes_below_and_nobody_reads_drafts_of_others():
    for role, kinship in itertools.product(Role, set(Kinship) - {Kinship.OWN}):
        for state in (State.DRAFT, State.RETURNED, State.HANDED, State.SIGNED):
            assert access.verbs(role, kinship, state) == frozenset()
        for state in (State.SUBMITTED, State.IN_FORCE):
            assert access.verbs(role, kinship, state) <= {Verb.READ}


@pytest.mark.parametrize(
    ("mine", "owner", "kinship"),
    [
        ("region", "region", Kinship.OWN),
        ("region", "municipality", Kinship.BELOW),
        ("region", "school", Kinship.BELOW),
        ("region", "institute", Kinship.BELOW),
        ("region", "gymnasium", Kinship.BELOW),
        ("municipality", "school", Kinship.BELOW),
        ("municipality", "region", Kinship.ABOVE),
        ("school", "municipality", Kinship.ABOVE),
        ("school", "region", Kinship.ABOVE),
        ("school", "institute", Kinship.ABOVE),
        ("gymnasium", "region", Kinship.ABOVE),
        ("gymnasium", "institute", Kinship.ABOVE),
        ("institute", "region", Kinship.ABOVE),
        ("institute", "municipality", None),
        ("institute", "school", None),
        ("municipality", "neighbour", None),
        ("municipality", "neighbour_school", None),
        ("municipality", "gymnasium", None),
        ("school", "school2", None),
        ("school", "neighbour", None),
        ("region", "other_region", None),
        ("other_region", "school", None),
        ("other_school", "institute", None),
    ],
)
def test_kinship_on_the_tree(world: World, mine: str, owner: str, kinship: Kinship | None):
    assert access.kinship_of(getattr(world, mine), getattr(world, owner)) == kinship


def test_kinship_passes_through_a_district(region):
    district = factories.organization("district", "Северный район края", region)
    municipality = factories.organization("municipality", "Город Северный", district)
    school = factories.organization("school", "Школа № 50", municipality)

    assert [access.kinship_of(mine, school) for mine in (region, district, municipality)] == [Kinship.BELOW] * 3
    assert access.kinship_of(school, district) == Kinship.ABOVE


PLACES = ("region", "institute", "municipality", "school", "neighbour", "neighbour_school", "gymnasium", "other_school")


@pytest.mark.parametrize("where", ["region", "municipality", "school", "institute"])
@pytest.mark.parametrize("role", Role)
def test_an_account_may_what_its_cell_of_the_table_says(world: World, role: Role, where: str):
    user, mine = world.account(getattr(world, where), role), getattr(world, where)

    for place, state, verb in itertools.product(PLACES, State, Verb):
        owner = getattr(world, place)
        kinship = access.kinship_of(mine, owner)
        expected = kinship is not None and verb in EXPECTED[role].get(kinship, {}).get(state, "").split()
        assert access.allows(user, verb, owner, state) is expected, (place, state, verb)


def test_two_roles_add_up_and_stay_where_they_are_held(world: World):
    user = factories.account(world.school, Role.EXECUTOR)
    access.grant(user, Role.COORDINATOR, world.neighbour_school)

    assert access.allows(user, Verb.KEEP, world.neighbour_school)
    assert not access.allows(user, Verb.KEEP, world.school)
    assert access.allows(user, Verb.READ, world.school)


def test_the_administrator_keeps_registers_and_writes_no_plan(administrator, school):
    allowed = {(state, verb) for state in State for verb in Verb if access.allows(administrator, verb, school, state)}

    assert allowed == {
        (State.REGISTER, Verb.READ),
        (State.REGISTER, Verb.KEEP),
        (State.REGISTER, Verb.INVITE),
        (State.IN_FORCE, Verb.READ),
    }


def test_nobody_without_an_account_and_no_closed_account_may_anything(world: World, municipal_coordinator):
    municipal_coordinator.is_active = False
    municipal_coordinator.save()

    for user, verb, state in itertools.product((AnonymousUser(), municipal_coordinator), Verb, State):
        assert not access.allows(user, verb, world.municipality, state)
    with pytest.raises(PermissionDenied):
        access.require(AnonymousUser(), Verb.READ, world.municipality)


def test_a_role_is_granted_once_and_withdrawn_at_once(school):
    user = factories.account()
    access.grant(user, Role.STAFF, school)
    access.grant(user, Role.STAFF, school)

    assert [(grant.role, grant.organization) for grant in access.grants(user)] == [(Role.STAFF, school)]
    assert access.holders(school, Role.STAFF) == [user]
    access.withdraw(user, Role.STAFF, school)
    assert access.grants(user) == ()
    assert access.holders(school, Role.STAFF) == []


def test_reading_reaches_down_except_for_executors(world: World):
    staff, executor = world.account(world.municipality, Role.STAFF), world.account(world.municipality, Role.EXECUTOR)

    assert access.reach(staff).readers == (world.municipality.pk,)
    assert access.reach(executor) == access.Reach(
        members=(world.municipality.pk,), readers=(), parents=(world.region.pk,)
    )


@pytest.mark.parametrize("role", Role)
def test_who_keeps_whose_registers_is_told_alike_for_one_and_for_a_list(world: World, role: Role):
    world.account(world.school2, Role.COORDINATOR)
    for where in (world.region, world.municipality, world.school, world.institute):
        user = world.account(where, role)
        by_list = set(Organization.objects.kept_by(user))
        one_by_one = {
            organization for organization in Organization.objects.all() if access.may_keep(user, organization)
        }
        assert by_list == one_by_one


def test_an_upper_coordinator_acts_only_for_a_body_without_a_coordinator(world: World, municipal_coordinator):
    assert access.require_keeping(municipal_coordinator, world.municipality) is False
    assert access.require_keeping(municipal_coordinator, world.school) is True

    world.account(world.school, Role.COORDINATOR)
    with pytest.raises(PermissionDenied):
        access.require_keeping(municipal_coordinator, world.school)
    with pytest.raises(PermissionDenied):
        access.require_keeping(municipal_coordinator, world.neighbour_school)


def test_a_closed_account_coordinates_nothing(world: World, municipal_coordinator):
    coordinator = world.account(world.school, Role.COORDINATOR)
    coordinator.is_active = False
    coordinator.save()

    assert not access.uses_portal(world.school)
    assert access.require_keeping(municipal_coordinator, world.school) is True

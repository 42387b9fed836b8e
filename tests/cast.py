"""
The cast: an invented region, its neighbour, and an account for each role.

    Озёрский край ── Институт развития
        ├── Липовский округ ── школы № 1, № 2
        ├── Ельниковский округ ── школы № 3, № 10
        └── краевая гимназия (directly under the region)
    Горная область ── Сосновый район ── школа № 77

A test names whom it needs: `def test_x(region, school, as_user): …`.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from django.test import Client

from organizations import access
from organizations.models import Cluster, Organization, User
from tests import factories

Role = access.Role


@dataclass
class World:
    """The organizations of the cast by their short names in code."""

    region: Organization
    institute: Organization
    municipality: Organization
    school: Organization
    school2: Organization
    neighbour: Organization
    neighbour_school: Organization
    neighbour_school10: Organization
    gymnasium: Organization
    other_region: Organization
    other_municipality: Organization
    other_school: Organization
    accounts: dict[tuple[int, Role], User] = field(default_factory=dict)

    def account(self, where: Organization, role: Role) -> User:
        """Give the account that holds exactly this role there; opened when first asked for."""
        if (where.pk, role) not in self.accounts:
            name = f"{role.value}-{where.pk}"
            self.accounts[where.pk, role] = factories.account(where, role, username=name, email=f"{name}@example.test")
        return self.accounts[where.pk, role]


@pytest.fixture
def world(db: None) -> World:
    """Two regions: one to act in, one that must never be seen from there."""
    add = factories.organization
    region = add("region", "Министерство Озёрского края", word="край", word_genitive="края", place="Озёрск")
    municipality = add("municipality", "Липовский округ", region, word="округ", word_genitive="округа")
    neighbour = add("municipality", "Ельниковский округ", region, word="округ", word_genitive="округа")
    other_region = add("region", "Министерство Горной области")
    other_municipality = add("municipality", "Сосновый район", other_region)
    return World(
        region=region,
        institute=add("institute", "Институт развития", region),
        municipality=municipality,
        school=add("school", "Школа № 1", municipality),
        school2=add("school", "Школа № 2", municipality),
        neighbour=neighbour,
        neighbour_school=add("school", "Школа № 3", neighbour),
        neighbour_school10=add("school", "Школа № 10", neighbour),
        gymnasium=add("school", "Краевая гимназия", region),
        other_region=other_region,
        other_municipality=other_municipality,
        other_school=add("school", "Школа № 77", other_municipality),
    )


@pytest.fixture
def region(world: World) -> Organization:
    return world.region


@pytest.fixture
def institute(world: World) -> Organization:
    return world.institute


@pytest.fixture
def municipality(world: World) -> Organization:
    return world.municipality


@pytest.fixture
def neighbour(world: World) -> Organization:
    """The other municipality of the same region."""
    return world.neighbour


@pytest.fixture
def school(world: World) -> Organization:
    return world.school


@pytest.fixture
def neighbour_school(world: World) -> Organization:
    return world.neighbour_school


@pytest.fixture
def other_region(world: World) -> Organization:
    return world.other_region


@pytest.fixture
def regional_coordinator(world: World) -> User:
    return world.account(world.region, Role.COORDINATOR)


@pytest.fixture
def municipal_coordinator(world: World) -> User:
    return world.account(world.municipality, Role.COORDINATOR)


@pytest.fixture
def neighbour_coordinator(world: World) -> User:
    return world.account(world.neighbour, Role.COORDINATOR)


@pytest.fixture
def school_coordinator(world: World) -> User:
    return world.account(world.school, Role.COORDINATOR)


@pytest.fixture
def institute_coordinator(world: World) -> User:
    return world.account(world.institute, Role.COORDINATOR)


@pytest.fixture
def regional_staff(world: World) -> User:
    return world.account(world.region, Role.STAFF)


@pytest.fixture
def municipal_signatory(world: World) -> User:
    return world.account(world.municipality, Role.SIGNATORY)


@pytest.fixture
def school_executor(world: World) -> User:
    return world.account(world.school, Role.EXECUTOR)


@pytest.fixture
def stranger(world: World) -> User:
    """The coordinator of another region."""
    return world.account(world.other_region, Role.COORDINATOR)


@pytest.fixture
def administrator(db: None) -> User:
    """The platform administrator: a superuser who holds no role."""
    return factories.account(username="admin", is_staff=True, is_superuser=True)


@pytest.fixture
def cluster(world: World) -> Cluster:
    return factories.cluster(world.region, "аграрный")


@pytest.fixture
def as_user() -> Callable[[User | None], Client]:
    """Give a browser in which an account is signed in, or nobody."""

    def sign_in(user: User | None = None) -> Client:
        client = Client()
        if user is not None:
            client.force_login(user)
        return client

    return sign_in

"""What the stories of the plan pages share: a small cascade and people who are signed in."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.core.cache import cache
from django.test import Client

from organizations.access import Role
from organizations.models import Organization
from tests.roadmaps.chain import Chain, Plan

Signed = Callable[..., Client]


@dataclass(frozen=True)
class Cascade:
    """A regional plan in force, and a draft of the town whose first row is late against it."""

    region: Plan
    town: Plan


@pytest.fixture(autouse=True)
def fresh_cache() -> None:
    cache.clear()


@pytest.fixture
def signed(chain: Chain) -> Signed:
    """Give a client signed in as the holder of a role in an organization."""

    def sign(organization: Organization, role: Role = Role.COORDINATOR) -> Client:
        client = Client()
        client.force_login(chain.user(organization, role))
        return client

    return sign


@pytest.fixture
def cascade(chain: Chain) -> Cascade:
    region = chain.plan(
        chain.ministry,
        [
            ("до 30.10.2026", "Положение о классах издано"),
            ("до 20.11.2026", "Списки классов собраны"),
            ("10.03.2027 - 20.03.2027", "Конкурс проектов проведён"),
        ],
        in_force=True,
        title="Дорожная карта полярных классов",
        obliges="all-municipalities",
    )
    town = chain.plan(
        chain.town,
        [
            ("до 06.11.2026", "Приказ округа издан"),
            ("до 20.11.2026", "Списки переданы в министерство"),
            "до 01.02.2027",
        ],
        uppers=[region],
        links=[(0, region.rows[0], "implements", "own"), (1, region.rows[1], "implements", "same")],
        title="План полярных классов округа",
    )
    return Cascade(region, town)

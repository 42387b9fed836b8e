"""Settling the region: organizations, people, accounts and registers, through the same operations that coordinators use."""

import datetime as dt
import random
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.hashers import make_password

from organizations import demo
from organizations.access import Role
from organizations.models import Cluster, Organization, Person, User
from organizations.operations import (
    calendar,
    classes,
    clusters,
    organizations,
    participants,
    partners,
    people,
    roles,
    rows,
)
from roadmaps.demo import people as cast
from roadmaps.demo import tree
from roadmaps.demo.dates import Year

HOST = "tiholesye.example"


@dataclass
class Place:
    """An organization of the demo with its people by post, and its accounts."""

    organization: Organization
    words: dict[str, str]
    persons: dict[str, Person] = field(default_factory=dict)
    users: dict[str, User] = field(default_factory=dict)
    below: list["Place"] = field(default_factory=list)

    @property
    def coordinator(self) -> User:
        return self.users["coordinator"]


@dataclass
class Land:
    """The whole region."""

    ministry: Place
    mastery: Place
    centre: Place
    towns: list[Place]
    own_schools: list[Place]
    clusters: list[Cluster] = field(default_factory=list)

    @property
    def schools(self) -> list[Place]:
        return [school for town in self.towns for school in town.below] + self.own_schools


@dataclass
class Settler:
    """Brings the region into being; `now` is the day in summer on which the registers were filled."""

    admin: User
    rng: random.Random
    year: Year
    now: dt.datetime

    def __post_init__(self) -> None:
        self.names: Iterator[cast.Name] = cast.names(self.rng)
        self.password = make_password(demo.PASSWORD)  # one for all: hashing is slow on purpose

    def land(self) -> Land:
        """Settle the tree with its people."""
        region = Organization(**tree.REGION)
        fields = ["kind", *organizations.NAMES, *organizations.CARD]
        rows.add(region, subject=organizations.SUBJECT, fields=fields, owner=region, by=self.admin, now=self.now)
        ministry = self._peopled(
            Place(region, {name: str(value) for name, value in tree.REGION.items()}), cast.REGION_POSTS
        )
        land = Land(
            ministry,
            self._place(region, tree.MASTERY, cast.INSTITUTE_POSTS),
            self._place(region, tree.CENTRE, cast.CENTRE_POSTS),
            [self._town(region, town, acting=number % 9 == 5) for number, town in enumerate(tree.TOWNS)],
            [self._place(region, school, cast.SCHOOL_POSTS) for school in tree.OWN_SCHOOLS],
        )
        calendar.add(
            region,
            values={"day": self.year.day("12-04"), "is_working": False, "name": "День Тихолесского края"},
            by=self.admin,
            now=self.now,
        )
        return land

    def _town(self, region: Organization, town: tree.Town, *, acting: bool) -> Place:
        posts: list[tuple[str, str, bool]] = list(cast.TOWN_POSTS)
        if town.kind == "район":
            posts = [(code, title.replace("управления", "отдела"), head) for code, title, head in posts]
        place = self._place(region, town.values, posts, acting=acting)
        place.words["locative"] = town.locative
        for number, school in enumerate(tree.schools_of(town)):
            place.below.append(
                self._place(place.organization, school, cast.SCHOOL_POSTS, acting=acting and number == 1)
            )
        return place

    def _place(
        self,
        above: Organization,
        values: Mapping[str, str],
        posts: Iterable[tuple[str, str, bool]],
        *,
        acting: bool = False,
    ) -> Place:
        organization = organizations.add_below(above, values=values, by=self.admin, now=self.now)
        return self._peopled(Place(organization, dict(values)), posts, acting=acting)

    def _peopled(self, place: Place, posts: Iterable[tuple[str, str, bool]], *, acting: bool = False) -> Place:
        place.words["genitive"] = place.words["short_genitive"]
        since = self.year.day("-08-03").replace(year=self.year.first - self.rng.randint(1, 7))
        for code, title, is_head in posts:
            name = next(self.names)
            stands_in = acting and is_head
            position = {
                "title": f"Исполняющий обязанности: {title.lower()}" if stands_in else title,
                "is_head": is_head,
                "is_acting": stands_in,
                "starts_on": self.year.day("-08-03") if stands_in else since,
            }
            place.persons[code] = people.add(
                place.organization, person=name.values, position=position, by=self.admin, now=self.now
            )
            place.words[code] = name.short
        return place

    def account(self, place: Place, post: str, *held: Role, username: str, is_demo: bool) -> User:
        """Open an account for somebody who holds a post; only those of the demonstration have a password."""
        person = place.persons[post]
        user: User = User.objects.create(
            username=username,
            email=f"{username}@{HOST}",
            person=person,
            password=self.password if is_demo else make_password(None),
            is_demo=is_demo,
        )
        for role in held:
            roles.grant(user, role=role, organization=place.organization, by=self.admin, now=self.now)
            place.users[role.value] = user
        return user

    def second_post(self, place: Place, post: str, other: Place) -> None:
        """Let somebody also work in another organization, between which she switches in the header."""
        person = place.persons[post]
        position = {"title": "Учитель географии", "starts_on": self.year.day("-08-31!")}
        people.start(person, other.organization, values=position, by=self.admin, now=self.now)
        user = place.users["coordinator"]
        roles.grant(user, role=Role.EXECUTOR, organization=other.organization, by=self.admin, now=self.now)

    def merge_schools(self, town: Place) -> None:
        """Merge the last school of a municipality into its first one, as it happens in summer."""
        closed = town.below.pop()
        organizations.merge(
            closed.organization,
            into=town.below[0].organization,
            on=self.year.day("-08-03"),
            by=self.admin,
            now=self.now,
            reason="Постановление администрации о слиянии двух школ.",
        )

    def registers(self, land: Land) -> None:
        """Fill the registers: clusters, participants, specialised classes, partners."""
        by, region = land.ministry.coordinator, land.ministry.organization
        land.clusters = [
            clusters.add(region, values={"name": name, "is_open": True}, by=by, now=self.now) for name in tree.CLUSTERS
        ]
        schools = self.rng.sample(land.schools, 48)
        schools += [school for school in land.own_schools if school not in schools]
        for number, school in enumerate(schools):
            cluster = land.clusters[number % len(land.clusters)]
            values: dict[str, Any] = {"is_base": number < len(land.clusters), "starts_on": self.year.day("-08-31!")}
            if number % 11 == 3:
                values["ends_on"] = self.year.day("06-30!")
            participants.add(cluster, school=school.organization, values=values, by=by, now=self.now)
            if number % 2 == 0:
                self._class(school, cluster, number)
        for kind, name, contact, chosen, agreement in tree.PARTNERS:
            partners.add(
                region,
                values={"kind": kind, "name": name, "contact": contact} | self._agreement(agreement),
                clusters=[land.clusters[place] for place in chosen],
                by=by,
                now=self.now,
            )

    def _class(self, school: Place, cluster: Cluster, number: int) -> None:
        values = {
            "cluster": cluster,
            "name": f"{10 + number % 4 // 2}{'АБВ'[number % 3]}",
            "pupils": self.rng.randint(11, 27),
            "opened_on": self.year.day("-08-31!") + dt.timedelta(1),
        }
        classes.add(school.organization, values=values, by=self.admin, now=self.now)

    def _agreement(self, agreement: tuple[str, int, int] | None) -> dict[str, Any]:
        if agreement is None:
            return {}
        number, years_ago, years = agreement
        agreed = self.year.day("-08-03").replace(year=self.year.first - years_ago)
        return {
            "agreement_number": number,
            "agreed_on": agreed,
            "valid_until": agreed.replace(year=agreed.year + years, month=9, day=30),
        }

"""Executors of a plan against the registers: who a text names, and whether that somebody is of another body."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from organizations.models import Organization, Position
from roadmaps.choices import CURRENT, ExecutorKind
from roadmaps.findings import executors as plain
from roadmaps.matching.bodies import Level, name_key
from roadmaps.matching.words import fold
from roadmaps.models import Assignment, Lineage

Name = tuple[str, str]

LEVELS = {
    "region": Level.REGION,
    "institute": Level.INSTITUTE,
    "district": Level.MUNICIPALITY,
    "municipality": Level.MUNICIPALITY,
    "school": Level.SCHOOL,
}
"""The storey of every kind of organization, as the rules of matching and findings count them."""

GROUP_KINDS = {Level.MUNICIPALITY: ("municipality", "district"), Level.SCHOOL: ("school",)}
"""The kinds of organizations to which a group of a storey expands."""


@dataclass
class Roster:
    """Who is known around one plan; read once and asked for every executor."""

    organization: Organization
    roadmap: int | None = None
    above: list[int] | None = None  # the roadmaps above, where there is no roadmap yet that could know them

    def columns(self, text: str) -> dict[str, Any]:
        """Give the columns of an assignment for an executor as written."""
        who = plain.understand(text)
        post = self._post(who)
        return {
            "kind": ExecutorKind(who.kind.value),
            "group": who.group,
            "post": post,
            "person": post.person if post else None,
            "is_foreign": self._is_foreign(who, post),
        }

    @cached_property
    def _posts(self) -> dict[Name, Position]:
        posts = Position.objects.filter(organization=self.organization, ends_on=None).select_related("person")
        return {_name(post.person.surname, post.person.given_name, post.person.patronymic): post for post in posts}

    @cached_property
    def _strangers(self) -> frozenset[Name]:
        """People whom the plans above name."""
        above: Any = Lineage.objects.filter(lower=self.roadmap).values("upper") if self.above is None else self.above
        texts = (
            Assignment.objects.filter(roadmap__in=above, kind=ExecutorKind.PERSON)
            .at(CURRENT)
            .values_list("text", flat=True)
        )
        return frozenset((fold(who.surname), fold(who.initials)) for who in map(plain.understand, texts))

    def _post(self, who: plain.Understood) -> Position | None:
        if who.kind is not plain.ExecutorKind.PERSON:
            return None
        return self._posts.get((fold(who.surname), fold(who.initials)))

    def _is_foreign(self, who: plain.Understood, post: Position | None) -> bool:
        """Tell whether an executor belongs to a body above, to another of the same storey, or is known from a plan above."""
        own_level = LEVELS[self.organization.kind]
        if post is not None:
            return False
        if who.kind is plain.ExecutorKind.PERSON and (fold(who.surname), fold(who.initials)) in self._strangers:
            return who.level is None or who.level < own_level
        if who.kind not in (plain.ExecutorKind.PERSON, plain.ExecutorKind.ORGANIZATION, plain.ExecutorKind.POSITION):
            return False
        if who.level is None:
            return False
        if who.level is own_level is Level.SCHOOL and who.kind is plain.ExecutorKind.ORGANIZATION:
            own, other = name_key(self.organization.name), name_key(who.text)
            return bool(own and other) and not own & other
        return who.level < own_level


def _name(surname: str, *names: str) -> Name:
    return fold(surname), fold("".join(f"{name[0]}." for name in names if name))

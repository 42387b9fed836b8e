"""How the demo writes plans down: sections, activities, results and their ties to the plans above, as data."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from roadmaps.choices import LinkKind, Rule


@dataclass(frozen=True)
class Tie:
    """A link to the upper row of this key."""

    upper: str
    kind: LinkKind = LinkKind.IMPLEMENTS
    rule: Rule = Rule.OWN
    days: int = 0
    working: bool = False
    lead_days: int = 0


@dataclass(frozen=True)
class Result:
    """One result: its text, when (days in the notation of `dates.Year`), who, and what it hangs on."""

    key: str
    text: str
    when: str
    who: tuple[str, ...] = ()
    ties: tuple[Tie, ...] = ()


@dataclass(frozen=True)
class Activity:
    title: str
    results: tuple[Result, ...]
    number: str = ""


@dataclass(frozen=True)
class Section:
    """A section; without a title its activities stand directly in the plan."""

    title: str
    activities: tuple[Activity, ...]


@dataclass(frozen=True)
class Decree:
    """The order by which a plan is in force; `day` in the notation of `dates.Year`."""

    number: str
    day: str
    title: str
    preamble: str
    clauses: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Plan:
    """A plan as content; words in braces are filled in for the organization that has it."""

    title: str
    sections: tuple[Section, ...]
    goal: str = ""
    tasks: tuple[str, ...] = ()
    decree: Decree | None = None
    restarts: bool = False  # numbering begins anew in every section

    def results(self) -> list[Result]:
        """List the results in document order."""
        return [result for section in self.sections for activity in section.activities for result in activity.results]


@dataclass(frozen=True)
class Turn:
    """
    How one organization's plan differs from the pattern.

    `changes` replaces fields of results by key; a changed `when` is an own date, so its ties lose the rule unless they
    are changed too. `omit` leaves results out, `extra` adds activities to the last section, `waive` declares upper rows
    not applicable, each with its reason.
    """

    changes: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    omit: frozenset[str] = frozenset()
    extra: tuple[Activity, ...] = ()
    waive: Mapping[str, str] = field(default_factory=dict)


def turned(plan: Plan, turn: Turn) -> Plan:
    """Give the plan with one organization's differences."""
    sections = []
    for section in plan.sections:
        activities = []
        for activity in section.activities:
            results = tuple(_changed(r, turn.changes.get(r.key)) for r in activity.results if r.key not in turn.omit)
            if results:
                activities.append(replace(activity, results=results))
        if activities:
            sections.append(replace(section, activities=tuple(activities)))
    if turn.extra:
        last = sections.pop()
        sections.append(replace(last, activities=(*last.activities, *turn.extra)))
    return replace(plan, sections=tuple(sections))


def _changed(result: Result, changes: Mapping[str, Any] | None) -> Result:
    if not changes:
        return result
    values = dict(changes)
    if "when" in values and "ties" not in values:
        values["ties"] = tuple(replace(tie, rule=Rule.OWN, days=0, working=False) for tie in result.ties)
    return replace(result, **values)


def implements(upper: str, rule: Rule = Rule.OWN, days: int = 0, *, working: bool = False) -> tuple[Tie, ...]:
    return (Tie(upper, LinkKind.IMPLEMENTS, rule, days, working),)


def consumes(upper: str, rule: Rule = Rule.OWN) -> tuple[Tie, ...]:
    return (Tie(upper, LinkKind.CONSUMES, rule),)


def feeds(upper: str, lead_days: int = 0) -> tuple[Tie, ...]:
    return (Tie(upper, LinkKind.FEEDS, lead_days=lead_days),)


def mirrors(upper: str, rule: Rule = Rule.SAME) -> tuple[Tie, ...]:
    return (Tie(upper, LinkKind.MIRRORS, rule),)

"""Writing the demo's plans through the operations of the product: drafted, explained, submitted, put in force."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from deadlines.grammar import read
from deadlines.values import Deadline, Period
from documents.choices import ClauseKind
from documents.operations.files import store_file
from documents.operations.orders import ClauseData, OrderData, register_from_paper
from organizations.models import User
from roadmaps import checks, sheets
from roadmaps.approval import kind_of_clause
from roadmaps.choices import HeadingKind
from roadmaps.demo.dates import Year
from roadmaps.demo.notation import Plan, Tie
from roadmaps.demo.papers import Act, Line, Paper, as_docx
from roadmaps.demo.places import Place
from roadmaps.executors import LEVELS, Roster
from roadmaps.findings import obliges
from roadmaps.models import Edition, Programme, Roadmap
from roadmaps.operations import editions, links, rows
from roadmaps.operations.dates import refresh
from roadmaps.reading.order import clause_term

ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII")

REASONS = {
    "later-than-upper": (
        "Предприятие принимает школьников только после своей инвентаризации; с министерством согласовано.",
        "Совет директоров собирается раз в месяц, ближайшее заседание позже.",
        "Автобус на площадку общий для трёх школ, наша очередь последняя.",
    ),
    "earlier-than-source": ("Работаем по прошлогоднему письму, новое придёт уточнением.",),
    "outside-upper-window": ("В эти дни на реке ледоход, дальние школы связаны только по телефону.",),
    "starts-before-upper": ("Дальние школы начинают раньше: у них каникулы по своему графику.",),
    "no-deadline": ("День назовёт педагогический совет.",),
    "outside-period": ("Работа переходит на следующий учебный год.",),
    "not-covered": ("Эту работу для нас ведёт опорная школа кластера.",),
}


@dataclass
class Planted:
    """A plan of the demo: its edition and the commitment of every result by key."""

    edition: Edition
    commitments: dict[str, int] = field(default_factory=dict)

    @property
    def roadmap(self) -> Roadmap:
        return self.edition.roadmap


@dataclass(frozen=True)
class Ground:
    """What all plans of the demo have in common."""

    programme: Programme
    year: Year
    period: Period
    now: dt.datetime

    def at(self, day: dt.date, hour: int = 10) -> dt.datetime:
        """Give a moment of a day, or now where that would lie ahead."""
        return min(self.now, dt.datetime.combine(day, dt.time(hour, 20), tzinfo=self.now.tzinfo))


def written(plan: Plan, place: Place, ground: Ground, *, style: int = 0, day: dt.date | None = None) -> Paper:
    """Fill a plan in for the organization that has it."""
    year, words, lines, number = ground.year, place.words, [], 0
    for ordinal, section in enumerate(plan.sections):
        if plan.restarts:
            number = 0
        for activity in section.activities:
            number += 1
            lines += [
                Line(
                    key=result.key,
                    section=(ROMAN[ordinal], year.say(section.title, words)) if section.title else ("", ""),
                    activity=(activity.number or f"{number}.", year.say(activity.title, words)),
                    text=year.say(result.text, words),
                    phrase=year.say(result.when, words, style=style),
                    executors=tuple(year.say(who, words) for who in result.who),
                )
                for result in activity.results
            ]
    return Paper(
        title=year.say(plan.title, words),
        goal=year.say(plan.goal, words),
        tasks=tuple(year.say(task, words) for task in plan.tasks),
        lines=tuple(lines),
        act=_act(plan, place, ground, day),
    )


def _act(plan: Plan, place: Place, ground: Ground, day: dt.date | None) -> Act | None:
    decree, year, words = plan.decree, ground.year, place.words
    if decree is None:
        return None
    head = "minister" if "minister" in place.persons else "head"
    return Act(
        issuer=place.organization.name,
        number=decree.number or f"{20 + place.organization.pk % 380}-о",
        date=f"{day or year.day(decree.day):%d.%m.%Y}",
        place=place.organization.place,
        title=year.say(decree.title, words),
        preamble=year.say(decree.preamble, words),
        clauses=tuple((number, year.say(text, words)) for number, text in decree.clauses),
        post=place.persons[head].positions.get(organization=place.organization).title,
        name=place.words[head],
    )


def draft(
    plan: Plan,
    place: Place,
    ground: Ground,
    *,
    upper: Mapping[str, int],
    uppers: Iterable[Roadmap],
    at: dt.datetime,
    waive: Mapping[str, str] | None = None,
    style: int = 0,
    label: str = "",
) -> Planted:
    """Write a draft with its links; ties to rows that the plans above do not have are left out."""
    by = place.coordinator
    paper = written(plan, place, ground, style=style)
    edition = editions.start(
        programme=ground.programme,
        organization=place.organization,
        period=ground.period,
        title=paper.title,
        label=label,
        uppers=uppers,
        by=by,
        now=at,
    )
    planted = Planted(edition, _write_rows(edition, paper, ground))
    for result in plan.results():
        for tie in result.ties:
            if tie.upper in upper:
                _tie(edition, planted.commitments[result.key], upper[tie.upper], tie)
    refresh(planted.commitments.values())
    for key, reason in (waive or {}).items():
        links.waive(roadmap=edition.roadmap_id, upper=upper[key], reason=reason, by=by, now=at)
    return planted


def _write_rows(edition: Edition, paper: Paper, ground: Ground) -> dict[str, int]:
    position = 1000
    for kind, texts in ((HeadingKind.GOAL, [paper.goal]), (HeadingKind.TASK, paper.tasks)):
        for text in filter(None, texts):
            rows.create_heading(edition, kind=kind, title=text, position=position)
            position += 1000
    section, activity = ("", ""), ("", "")
    parent: int | None = None
    heading, commitments = 0, {}
    roster = Roster(edition.roadmap.organization, edition.roadmap_id)
    level = LEVELS[edition.roadmap.organization.kind]
    for place, line in enumerate(paper.lines, 1):
        position += 1000
        if line.section != section:
            section = line.section
            created = rows.create_heading(
                edition, kind=HeadingKind.SECTION, number=section[0], title=section[1], position=position
            )
            parent, position = created.pk, position + 1000
        if line.activity != activity:
            activity = line.activity
            heading = rows.create_heading(
                edition,
                kind=HeadingKind.ACTIVITY,
                number=activity[0],
                title=activity[1],
                parent=parent,
                position=position,
            ).pk
        commitments[line.key] = rows.create_result(
            edition,
            activity=heading,
            position=place * 1000,
            text=line.text,
            deadline=read(line.phrase, ground.period),
            executors=line.executors,
            obliges=obliges(line.executors, line.text, level),
            roster=roster,
        ).pk
    return commitments


def _tie(edition: Edition, lower: int, upper: int, tie: Tie) -> None:
    links.set_link(
        edition,
        lower=lower,
        upper=upper,
        kind=tie.kind,
        rule=tie.rule,
        days=tie.days,
        working=tie.working,
        lead_days=tie.lead_days,
    )


def put_in_force(
    planted: Planted, plan: Plan, place: Place, ground: Ground, *, style: int = 0, day: dt.date | None = None
) -> Planted:
    """Put a draft in force by its order, whose original is kept as it was signed."""
    paper = written(plan, place, ground, style=style, day=day)
    assert plan.decree is not None
    assert paper.act is not None
    act, by = paper.act, place.coordinator
    signed = day or ground.year.day(plan.decree.day)
    at = ground.at(signed, 16)
    original = store_file(
        organization=place.organization,
        name=f"Приказ {act.number} от {act.date}.docx",
        data=as_docx(paper),
        by=by,
        now=at,
    )
    order = register_from_paper(
        organization=place.organization,
        order=OrderData(
            number=act.number,
            signed_on=signed,
            issuer=act.issuer,
            title=act.title,
            place=act.place,
            preamble=act.preamble,
            signatory_post=act.post,
            signatory_name=act.name,
            clauses=[
                ClauseData(number, text, _term(text, ground.period), kind_of_clause(text))
                for number, text in act.clauses
            ],
        ),
        original=original,
        by=by,
        now=at,
    )
    edition = editions.put_in_force(planted.edition, order=order, by=by, now=at)
    return Planted(edition, planted.commitments)


def asking(plan: Plan) -> Plan:
    """Give a plan whose order does not let its dates follow by themselves: its body wants to be asked."""
    assert plan.decree is not None
    kept = [text for _, text in plan.decree.clauses if kind_of_clause(text) is not ClauseKind.FOLLOW]
    numbers = [number for number, _ in plan.decree.clauses]
    return replace(plan, decree=replace(plan.decree, clauses=tuple(zip(numbers, kept, strict=False))))


def _term(text: str, period: Period) -> Deadline | None:
    term = clause_term(text)
    return read(term, period) if term else None


def explain(edition: Edition, *, by: User, at: dt.datetime, most: int | None = None) -> int:
    """Record a reason for the errors of a draft, or for the first of them; gives how many."""
    errors = checks.open_errors(edition)[:most]
    for number, remark in enumerate(errors):
        reasons = REASONS[remark.code]
        links.explain(
            roadmap=edition.roadmap_id,
            key=remark.key,
            commitment=remark.commitment,
            measure=remark.measure,
            reason=reasons[number % len(reasons)],
            by=by,
            now=at,
        )
    return len(errors)


def submit(planted: Planted, place: Place, *, at: dt.datetime) -> None:
    """Explain what is in the way and hand the draft to the signatory."""
    explain(planted.edition, by=place.coordinator, at=at)
    editions.submit(planted.edition, by=place.coordinator, now=at)


def keys_of(edition: Edition, plan: Plan) -> dict[str, int]:
    """Give the commitment of every result of a plan that came in by a file: rows in the order of the document."""
    found = sheets.load(edition).rows
    expected = plan.results()
    assert len(found) == len(expected), "the file was read row by row"
    return {result.key: row.commitment for result, row in zip(expected, found, strict=True)}

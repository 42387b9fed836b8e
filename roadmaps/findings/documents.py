"""Facts of a plan that is still a document: its rows, what the plans above demand of it, whom it names."""

from collections.abc import Iterator, Sequence

from roadmaps.findings.clauses import rows_of_clause, tasks_for
from roadmaps.findings.executors import ExecutorKind, understand
from roadmaps.findings.facts import Body, Bound, Calendar, Executor, OrderClause, PlanFacts, Row, UpperRow
from roadmaps.findings.names import body_of
from roadmaps.findings.obligations import obliges, reaches
from roadmaps.matching import Matching, match
from roadmaps.matching.bodies import Level, level_of, name_key, organization_level
from roadmaps.matching.words import fold
from roadmaps.reading.document import PlanDocument

_Step = tuple[str, str, str, tuple[str, ...]]
"""A ref above, the kind and rule of the link to it, and the refs between."""


def facts_of(
    lower: PlanDocument,
    uppers: Sequence[PlanDocument] = (),
    *,
    matchings: Sequence[Matching] | None = None,
    calendar: Calendar | None = None,
) -> PlanFacts:
    """
    Put together what the rules ask about a document, the plans above given nearest first.

    :param matchings: of the plan with the first upper one, of that with the second, …; found here when left out
    """
    chain = [lower, *uppers]
    levels = _levels(chain)
    if matchings is None:
        matchings = [match(upper, below) for below, upper in zip(chain, uppers, strict=False)]
    bodies = [body_of(document, level) for document, level in zip(uppers, levels[1:], strict=True)]
    bounds = list(_bounds(lower, uppers, matchings, bodies))
    bounds += _clause_bounds(lower, uppers, levels, bodies)
    return PlanFacts(
        rows=tuple(_rows(lower, uppers, levels, matchings)),
        bounds=tuple(bounds),
        above=tuple(_above(uppers[0], matchings[0], levels, bodies[0])) if uppers else (),
        period=lower.header.period,
        order_date=lower.header.order_date,
        clauses=tuple(OrderClause(one.number, one.text, one.deadline) for one in lower.header.clauses),
        calendar=calendar,
    )


def _levels(chain: Sequence[PlanDocument]) -> list[Level]:
    """Tell the storeys of a chain of documents, from the topmost down so that a silent one stands below the one above it."""
    found: list[Level] = []
    for document in reversed(chain):
        found.append(level_of(document, found[-1] if found else None))
    return found[::-1]


def _rows(
    lower: PlanDocument, uppers: Sequence[PlanDocument], levels: Sequence[Level], matchings: Sequence[Matching]
) -> Iterator[Row]:
    strangers = _people(uppers) - _own_people(lower)
    rules = {link.lower: link.rule for link in matchings[0].links} if matchings else {}
    for activity, result in lower.results():
        yield Row(
            ref=result.ref,
            text=result.text,
            deadline=result.deadline,
            title=activity.title,
            number=activity.number,
            activity=activity.ref,
            section=activity.section,
            executors=tuple(_executor(text, lower, levels[0], strangers) for text in result.executors),
            rule=rules.get(result.ref, "own"),
        )


def _executor(text: str, plan: PlanDocument, level: Level, strangers: frozenset[tuple[str, str]]) -> Executor:
    """Mark an executor that belongs to a body above, to another body of the same storey, or is known from a plan above."""
    who = understand(text)
    named = who.level if who.kind in (ExecutorKind.PERSON, ExecutorKind.ORGANIZATION, ExecutorKind.POSITION) else None
    if (
        who.kind is ExecutorKind.PERSON
        and (fold(who.surname), fold(who.initials)) in strangers
        and named in (None, *Level)
    ):
        return Executor(text, foreign=named is None or named < level)
    if named is None:
        return Executor(text)
    if named is level is Level.SCHOOL and who.kind is ExecutorKind.ORGANIZATION:
        own, other = name_key(f"{plan.header.issuer} {plan.header.title}"), name_key(text)
        return Executor(text, foreign=bool(own and other) and not own & other)
    return Executor(text, foreign=named < level)


def _people(documents: Sequence[PlanDocument]) -> frozenset[tuple[str, str]]:
    return frozenset(
        (fold(who.surname), fold(who.initials))
        for document in documents
        for _, result in document.results()
        for text in result.executors
        if (who := understand(text)).kind is ExecutorKind.PERSON
    )


def _own_people(plan: PlanDocument) -> frozenset[tuple[str, str]]:
    """Give those whom the plan itself calls its own: its signatory, and people named with a body of its own storey."""
    found = set()
    texts = [text for _, result in plan.results() for text in result.executors]
    level = organization_level(f"{plan.header.issuer} {plan.header.title}")
    for text in (plan.header.signatory_name, *texts):
        who = understand(text)
        if who.kind is ExecutorKind.PERSON and (
            text == plan.header.signatory_name or (who.level and who.level is level)
        ):
            found.add((fold(who.surname), fold(who.initials)))
    return frozenset(found)


def _bounds(
    lower: PlanDocument, uppers: Sequence[PlanDocument], matchings: Sequence[Matching], bodies: Sequence[Body]
) -> Iterator[Bound]:
    """
    Give what the linked rows above demand.

    Beyond the nearest plan a demand is handed on only where every link of the chain *implements*: who works from a
    result, or feeds it, does not do the work of what lies above that.
    """
    if not uppers:
        return
    steps = [_links(matching) for matching in matchings]
    texts = {result.ref: f"{activity.title}\n{result.text}" for activity, result in lower.results()}
    sharing: dict[str, list[str]] = {}
    for ref, links in steps[0].items():
        for upper, _, _ in links:
            sharing.setdefault(upper, []).append(ref)
    results = [{result.ref: (activity, result) for activity, result in upper.results()} for upper in uppers]
    for row, links in steps[0].items():
        reached: list[_Step] = [(upper, kind, rule, ()) for upper, kind, rule in links]
        level = 1
        while reached:
            onward: list[_Step] = []
            for upper, kind, rule, via in reached:
                activity, result = results[level - 1][upper]
                yield Bound(
                    row=row,
                    upper=upper,
                    level=level,
                    kind=kind,
                    deadline=result.deadline,
                    body=bodies[level - 1],
                    rule=rule,
                    title=activity.title,
                    text=result.text,
                    document=uppers[level - 1].header.title,
                    via=via,
                    companions=tuple(texts[ref] for ref in sharing.get(upper, ()) if ref != row) if level == 1 else (),
                )
                if kind == "implements" and level < len(steps):
                    above = steps[level].get(upper, ())
                    onward += [
                        (ref, "implements", "own", (*via, upper)) for ref, one, _ in above if one == "implements"
                    ]
            reached = onward
            level += 1


def _links(matching: Matching) -> dict[str, list[tuple[str, str, str]]]:
    found: dict[str, list[tuple[str, str, str]]] = {}
    for link in matching.links:
        if link.upper is None:
            continue
        found[link.lower] = [(link.upper, link.kind or "implements", link.rule)]
        found[link.lower] += [(one.upper, one.kind, one.rule) for one in link.also]
    return found


def _clause_bounds(
    lower: PlanDocument, uppers: Sequence[PlanDocument], levels: Sequence[Level], bodies: Sequence[Body]
) -> Iterator[Bound]:
    for number, upper in enumerate(uppers, start=1):
        for clause in tasks_for(upper, levels[0]):
            if clause.deadline is None:
                continue
            for ref in rows_of_clause(clause, lower):
                yield Bound(
                    row=ref,
                    upper=f"п. {clause.number}",
                    level=number,
                    kind="implements",
                    deadline=clause.deadline,
                    body=bodies[number - 1],
                    text=clause.text,
                    document=upper.header.order_title,
                    clause=True,
                )


def _above(upper: PlanDocument, matching: Matching, levels: Sequence[Level], body: Body) -> Iterator[UpperRow]:
    unanswered = set(matching.not_covered)
    for activity, result in upper.results():
        obligation = obliges(result.executors, result.text, levels[1])
        yield UpperRow(
            ref=result.ref,
            text=result.text,
            deadline=result.deadline,
            body=body,
            title=activity.title,
            obliges=reaches(obligation, levels[0]),
            answered=result.ref not in unanswered,
        )

"""Clauses of the order above that give this organization a task with a date, and the rows that do it."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from documents.asking import INFINITIVE, Addressee, addressees
from roadmaps.matching.bodies import Level, without_bodies
from roadmaps.matching.features import roles
from roadmaps.matching.words import fold, is_generic, words
from roadmaps.reading.document import Clause, PlanDocument

_SURE = 0.5
_TELLING = 2

_LEVELS = {
    Addressee.MUNICIPALITIES: Level.MUNICIPALITY,
    Addressee.SCHOOLS: Level.SCHOOL,
    Addressee.INSTITUTES: Level.INSTITUTE,
}


def tasks_for(document: PlanDocument, level: Level) -> list[Clause]:
    """
    List the dated clauses of a document's order that are addressed to bodies of a storey.

    «5. Руководителям …:» addresses 5.1 and 5.2 as well. A clause that names nobody obliges nobody by guess.
    """
    clauses = document.header.clauses
    addressed = {clause.number: _addressees(clause.text) for clause in clauses}
    found = []
    for clause in clauses:
        to = addressed[clause.number]
        parent = clause.number
        while not to and "." in parent:
            parent = parent.rpartition(".")[0]
            to = addressed.get(parent, frozenset())
        if level in to and clause.deadline is not None and clause.deadline.due is not None:
            found.append(clause)
    return found


def _addressees(text: str) -> frozenset[Level]:
    return frozenset(_LEVELS[who] for who in addressees(text))


def told(text: str) -> str:
    """Give what a clause says is to be done, in its own words: without those whom it addresses before that."""
    words = " ".join(text.split())
    verb = INFINITIVE.search(words.lower().replace("ё", "е"))
    return words[verb.start() :] if verb else words


def rows_of_clause(clause: Clause, plan: PlanDocument) -> list[str]:
    """
    Find the row of a plan that does what a clause says; careful: none rather than a wrong one.

    The row must say most of the telling words of the clause's task; a plan about plans shares many others.
    """
    task = _telling(_task(clause.text))
    if len(task) < _TELLING:
        return []
    common = _in_many(plan)
    rare = [word for word in task if word not in common] or task
    kinds = set(roles(_task(clause.text)))
    best: tuple[float, str] | None = None
    for activity, result in plan.results():
        said = set(_telling(f"{activity.title} {result.text}"))
        share = (sum(word in said for word in rare) / len(rare) + sum(word in said for word in task) / len(task)) / 2
        if not kinds & set(roles(result.text) or roles(activity.title)):
            share -= 0.15
        if result.deadline.due is not None and share >= _SURE and (best is None or share > best[0]):
            best = (share, result.ref)
    return [] if best is None else [best[1]]


def _task(text: str) -> str:
    """Keep what is to be done: without the addressees before it, the date and the address to send it to."""
    folded = fold(text)
    verb = INFINITIVE.search(folded)
    folded = folded[verb.start() :] if verb else folded
    folded = re.sub(
        r"\S+@\S+|\b(?:на )?(?:адрес\w*|электронн\w+|почт\w+)\b|\b(?:в срок )?до \d[\d.]*\s*(?:г\w*\.?)?", " ", folded
    )
    return re.split(r"\bс учетом\b|\bв соответствии\b|\bв целях\b|\bс целью\b", folded, maxsplit=1)[0]


@lru_cache(maxsize=20_000)
def _telling(text: str) -> tuple[str, ...]:
    found = words(without_bodies(text))
    return tuple(dict.fromkeys(word for word in found if not is_generic(word) and not word.isdigit()))


def _in_many(plan: PlanDocument) -> frozenset[str]:
    """Give the words that stand in more than a fifth of a plan's rows: what the whole plan is about."""
    rows: Sequence[set[str]] = [set(_telling(f"{activity.title} {result.text}")) for activity, result in plan.results()]
    every = _flat(rows)
    return frozenset(word for word in every if sum(word in row for row in rows) * 5 > len(rows))


def _flat(rows: Iterable[set[str]]) -> set[str]:
    return set().union(*rows)

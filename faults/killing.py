"""Killing the process that does a deed, again and again, and looking at what is left of it."""

import hashlib
import random
import time
from collections.abc import Iterator, Mapping
from typing import Any, Protocol

from django.apps import apps
from django.conf import settings
from django.db import connection, models

from faults.outcome import Outcome
from faults.stage import Ending, Stage

Facts = Mapping[str, Any]


class Trial(Protocol):
    """
    A deed to be killed, and the rules that must hold whatever happened to it.

    `deed` is the dotted name of a function that is called with the facts in a process of its own.
    """

    deed: str

    def ready(self) -> Facts:
        """Set the next deed up, so that it could be done at once, and give its arguments."""

    def done(self, facts: Facts) -> bool:
        """Tell whether the deed counts as done."""

    def wrong(self, facts: Facts, *, done: bool) -> list[str]:
        """List what contradicts the deed being wholly done, or wholly not."""

    def tidy(self) -> list[str]:
        """Do what the portal does later by itself, and list what it should not have done or left."""


def run(trial: Trial, *, name: str, kills: int, environment: Mapping[str, str], seed: int = 1) -> Outcome:
    """
    Kill a deed at so many moments spread over it: two of three at a chosen point, one by the clock.

    After each death the rules are checked, then the deed is done again: it must succeed if nothing had happened, and
    be refused if all had.
    """
    outcome = Outcome(name, connection.vendor)
    chance = random.Random(seed)
    halfway = 0
    with Stage(environment) as stage:
        whole = _whole(stage, trial, outcome)
        for moment in _moments(kills, whole, chance):
            facts = trial.ready()
            before = everything()
            ending = _perform(stage, trial, facts, **moment)
            outcome.runs, outcome.kills = outcome.runs + 1, outcome.kills + ending.killed
            told = _inspect(stage, trial, facts, before, outcome)
            halfway += not told
            outcome.sentences += [f"{moment}: {wrong}" for wrong in trial.tidy()]
            if outcome.lost:
                break  # nothing further can be set up on what is lost
    outcome.broken = len(outcome.sentences)
    points = f"{whole.points} points in {whole.seconds * 1000:.0f} ms, {halfway} deaths before the commit"
    outcome.note = "; ".join([points, *outcome.sentences[:1]])
    return outcome


def _whole(stage: Stage, trial: Trial, outcome: Outcome) -> Ending:
    """Have the deed done once undisturbed: how many points it has and how long it takes."""
    facts = trial.ready()
    ending = _perform(stage, trial, facts)
    if ending.refused or not trial.done(facts):
        raise RuntimeError(f"{trial.deed} cannot even be done undisturbed: {ending.refused}")
    outcome.sentences += trial.wrong(facts, done=True)
    return ending


def _moments(kills: int, whole: Ending, chance: random.Random) -> Iterator[dict[str, Any]]:
    """Spread moments over a deed, one at random in each equal part of it."""
    for number in range(kills):
        share = (number + chance.random()) / kills
        if number == kills - 1:
            yield {"at": whole.points}  # the very last one, behind the commit
        elif number % 3 == 2:
            yield {"after": share * whole.seconds}
        else:
            yield {"at": 1 + int(share * whole.points)}


def _inspect(stage: Stage, trial: Trial, facts: Facts, before: Mapping[str, str], outcome: Outcome) -> bool:
    """Look at what a death has left, then do the deed again; tells whether it had been done."""
    after = everything()
    done = trial.done(facts)
    if not done and after != before:
        changed = sorted(table for table in after if after[table] != before.get(table))
        outcome.sentences.append(f"half done: {', '.join(changed)}")
    outcome.sentences += trial.wrong(facts, done=done)
    again = _perform(stage, trial, facts)
    if done:
        outcome.twice += not again.refused or everything() != after
    else:
        if again.refused or not trial.done(facts):
            outcome.lost += 1
            outcome.sentences.append(f"it cannot be done again: {again.refused or 'nothing has happened'}")
        else:
            outcome.sentences += trial.wrong(facts, done=True)
    return done


def _perform(stage: Stage, trial: Trial, facts: Facts, **moment: Any) -> Ending:
    """Have a deed done, with no connection of ours open meanwhile, as after a restart."""
    connection.close()
    ending = stage.perform(trial.deed, facts, **moment)
    _until_quiet()
    return ending


def _until_quiet(patience: float = 10.0) -> None:
    """Wait until PostgreSQL has noticed that the other side is dead: a commit on its way may still arrive."""
    if connection.vendor != "postgresql":
        return
    until = time.monotonic() + patience
    while time.monotonic() < until:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity "
                "WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid()"
            )
            if cursor.fetchone() == (0,):
                return
        time.sleep(0.01)
    raise RuntimeError("somebody else works on this database")


def everything() -> dict[str, str]:
    """Give a hash of each table of the project, whatever it holds."""
    found = {}
    for model in apps.get_models(include_auto_created=True):
        if str(settings.BASE_DIR) in str(apps.get_app_config(model._meta.app_label).path):
            rows = model._base_manager.order_by("pk").values_list()
            found[model._meta.db_table] = hashlib.sha256(repr(list(rows)).encode()).hexdigest()
    return found


def ranges_wrong(model: type[models.Model]) -> list[str]:
    """List the overlaps and gaps among the versions of a ranged table."""
    identity = next(
        constraint.fields[:-1]
        for constraint in model._meta.constraints
        if isinstance(constraint, models.UniqueConstraint) and constraint.name.endswith("_one_ends")
    )
    found, former = [], None
    for *key, since, until in model._base_manager.order_by(*identity, "since").values_list(*identity, "since", "until"):
        if former and former[0] == key and former[1] != since:
            found.append(f"{model.__name__} {key}: until {former[1]}, then since {since}")
        former = (key, until)
    return found

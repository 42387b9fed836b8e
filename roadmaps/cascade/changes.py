"""What a draft changes against the edition in force, as those below see it: read in one statement."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from django.db import connection

from deadlines.values import Deadline
from roadmaps.cascade.values import Values
from roadmaps.choices import DRAFT, OPEN
from roadmaps.consequences import Change


class Addressees(NamedTuple):
    """Whom a row obliges: the code, and the organizations that it names."""

    obliges: str
    named: frozenset[int]


NOBODY = Addressees("nobody", frozenset())


@dataclass
class Difference:
    """
    A draft against the edition in force.

    `changes` are the rows of which something changed for those below; `addressees` those that oblige others than before,
    as (was, now). `tables` names the ranged tables in which the draft has rows of its own, `number` is the last
    edition's (0: there is none); `is_asked`: a question to this plan waits for an answer.
    """

    number: int = 0
    changes: dict[int, Change] = field(default_factory=dict)
    addressees: dict[int, tuple[Addressees, Addressees]] = field(default_factory=dict)
    tables: frozenset[str] = frozenset()
    is_asked: bool = False


class _Fact(NamedTuple):
    """One row of the statement; the draft's own rows begin at DRAFT, what it ended ends there."""

    fact: str
    identity: int
    since: int
    until: int
    text: str
    deadline: str | None
    obliges: str
    key: int

    @property
    def was(self) -> bool:
        return self.since < DRAFT <= self.until

    @property
    def is_now(self) -> bool:
        return self.until == OPEN


_MINE = f"roadmap_id = %(roadmap)s AND (until = {DRAFT} OR until = {OPEN} AND since = {DRAFT})"
_FACTS = f"""
WITH touched(id) AS (
    SELECT commitment_id FROM roadmaps_deliverable WHERE {_MINE}
    UNION SELECT commitment_id FROM roadmaps_assignment WHERE {_MINE}
    UNION SELECT commitment_id FROM roadmaps_obliged WHERE {_MINE}
    UNION SELECT d.commitment_id FROM roadmaps_headingtext w
    JOIN roadmaps_headingtext n ON n.heading_id = w.heading_id AND n.until = {OPEN} AND n.title <> w.title
    JOIN roadmaps_deliverable d ON d.heading_id = w.heading_id AND d.roadmap_id = %(roadmap)s AND d.until = {OPEN}
    WHERE w.roadmap_id = %(roadmap)s AND w.until = {DRAFT})
SELECT 'number', 0, COALESCE(max(number), 0), 0, '', NULL, '', 0 FROM roadmaps_edition WHERE roadmap_id = %(roadmap)s AND number < {DRAFT}
UNION ALL SELECT 'deliverable', d.commitment_id, d.since, d.until, d.text, CAST(COALESCE(d.effective, d.own) AS text), d.obliges, d.heading_id
FROM touched JOIN roadmaps_deliverable d ON d.commitment_id = touched.id WHERE d.until >= {DRAFT} OR NOT EXISTS (
    SELECT 1 FROM roadmaps_deliverable w WHERE w.commitment_id = d.commitment_id AND w.since < {DRAFT} AND w.until >= {DRAFT})
UNION ALL SELECT 'headingtext', heading_id, since, until, title, NULL, '', 0 FROM roadmaps_headingtext WHERE {_MINE}
UNION ALL SELECT 'assignment', a.commitment_id, a.since, a.until, a.text, NULL, '', a.position
FROM touched JOIN roadmaps_assignment a ON a.commitment_id = touched.id AND a.until >= {DRAFT}
UNION ALL SELECT 'obliged', o.commitment_id, o.since, o.until, '', NULL, '', o.organization_id
FROM touched JOIN roadmaps_obliged o ON o.commitment_id = touched.id AND o.until >= {DRAFT}
UNION ALL SELECT 'asked', 0, 0, 0, '', NULL, '', 0
WHERE EXISTS (SELECT 1 FROM roadmaps_proposal WHERE roadmap_id = %(roadmap)s AND state = 'open')
UNION ALL SELECT 'link', 0, {DRAFT}, {OPEN}, '', NULL, '', 0 WHERE EXISTS (SELECT 1 FROM roadmaps_link WHERE {_MINE})
UNION ALL SELECT 'waiver', 0, {DRAFT}, {OPEN}, '', NULL, '', 0 WHERE EXISTS (SELECT 1 FROM roadmaps_waiver WHERE {_MINE})
UNION ALL SELECT 'explanation', 0, {DRAFT}, {OPEN}, '', NULL, '', 0 WHERE EXISTS (SELECT 1 FROM roadmaps_explanation WHERE {_MINE})"""


def difference(roadmap: int, *, fresh: Mapping[int, Deadline] | None = None) -> Difference:
    """
    Read what the draft of a roadmap changes.

    :param fresh: dates of the draft that are not written yet, because a row above moved a moment ago
    """
    with connection.cursor() as cursor:
        cursor.execute(_FACTS, {"roadmap": roadmap})
        facts = [_Fact(*row) for row in cursor.fetchall()]
    found = Difference(
        number=next(fact.since for fact in facts if fact.fact == "number"),
        tables=frozenset(fact.fact for fact in facts if DRAFT in (fact.since, fact.until)),
        is_asked=any(fact.fact == "asked" for fact in facts),
    )
    titles = _pairs(facts, "headingtext")
    executors, named = _pairs(facts, "assignment"), _pairs(facts, "obliged")
    rows: dict[int, list[_Fact]] = defaultdict(list)
    for fact in facts:
        if fact.fact == "deliverable":
            rows[fact.identity].append(fact)
    read = Values()
    for commitment, versions in rows.items():
        change = _change(versions, titles, executors[commitment], read)
        if change is None:
            continue
        if fresh and commitment in fresh and change.after is not None:
            change = change._replace(after=fresh[commitment])
        found.changes[commitment] = change
        was, now = _addressees(versions, named[commitment])
        if was != now:
            found.addressees[commitment] = (was, now)
    return found


_Pair = tuple[list[_Fact], list[_Fact]]


def _pairs(facts: Iterable[_Fact], name: str) -> dict[int, _Pair]:
    """Sort the facts of one table into what was and what is now, by identity."""
    found: dict[int, _Pair] = defaultdict(lambda: ([], []))
    for fact in facts:
        if fact.fact == name:
            if fact.was:
                found[fact.identity][0].append(fact)
            if fact.is_now:
                found[fact.identity][1].append(fact)
    return found


def _versions(versions: list[_Fact]) -> tuple[_Fact | None, _Fact | None, bool]:
    """Give the version in force (of a row that comes back: the last one), that of the draft, and whether it comes back."""
    was = next((one for one in versions if one.was), None)
    now = next((one for one in versions if one.is_now), None)
    ended = max((one for one in versions if one.until < DRAFT), key=lambda one: one.until, default=None)
    return was or ended, now, was is None and ended is not None


def _change(versions: list[_Fact], titles: Mapping[int, _Pair], executors: _Pair, read: Values) -> Change | None:
    was, now, is_back = _versions(versions)
    if was is None and now is None:
        return None
    wording = names = None
    if was is not None and now is not None:
        words = _words(was, titles, 0), _words(now, titles, 1)
        wording = words if words[0] != words[1] else None
        lists = _in_order(executors[0]), _in_order(executors[1])
        names = lists if sorted(lists[0]) != sorted(lists[1]) and not is_back else None
    return Change(
        commitment=versions[0].identity,
        before=read.optional(was and was.deadline),
        after=read.optional(now and now.deadline),
        wording=wording,
        executors=names,
        is_back=is_back,
    )


def _words(row: _Fact, titles: Mapping[int, _Pair], place: int) -> str:
    """Give the result, led by its activity where the draft changes that one's title."""
    title = titles.get(row.key)
    if title is None or not title[0] or not title[1] or title[0][0].text == title[1][0].text:
        return row.text
    return f"{title[place][0].text}\n{row.text}".strip()


def _in_order(rows: list[_Fact]) -> tuple[str, ...]:
    return tuple(row.text for row in sorted(rows, key=lambda row: row.key))


def _addressees(versions: list[_Fact], named: _Pair) -> tuple[Addressees, Addressees]:
    was, now, is_back = _versions(versions)
    return (
        NOBODY if was is None or is_back else Addressees(was.obliges, frozenset(row.key for row in named[0])),
        NOBODY if now is None else Addressees(now.obliges, frozenset(row.key for row in named[1])),
    )

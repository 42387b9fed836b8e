"""Which entry of an edited file is which row or heading of the plan: by its mark, else by what it says."""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, field, replace
from functools import lru_cache

from documents.paper.spacing import one_line, tidy
from roadmaps.edited.document import EditedPlan, FileActivity, FileEntry, FileRow, FileSection, stem
from roadmaps.edited.marks import Mark, bare, listed
from roadmaps.edited.standing import Kind, Standing, StandingHeading, StandingRow

ALIKE = 0.6
"""From this on two texts without any other sign are taken for one."""

NUMBERED = 0.3
"""The same for texts under the same number."""

PAIRS = 8_000
"""Pairs that are held against each other at most, about a second: plans that share nothing have more, and no use of it."""

LETTERS = 600
"""Letters by which likeness is judged."""

RowPlace = tuple[int, int]
"""Index of an entry of the file, index of a row in it."""


@dataclass
class Identities:
    """What was found: keys by place in the file; prints only where a mark came with them."""

    rows: dict[RowPlace, int] = field(default_factory=dict)
    headings: dict[int, int] = field(default_factory=dict)
    row_prints: dict[RowPlace, tuple[str, ...]] = field(default_factory=dict)
    heading_prints: dict[int, tuple[str, ...]] = field(default_factory=dict)
    gone: dict[RowPlace, tuple[str, ...]] = field(default_factory=dict)
    """Rows of this plan that it no longer has, with their prints."""


def gathered(file: EditedPlan, plan: Standing) -> EditedPlan:
    """
    Put rows that were carried away from their activity, and so stand without a title, into the one above them.

    Where their activity stands nowhere else in the file it has only lost its title: such rows stay by themselves.
    """
    standing = {entry.mark.key for entry in file.entries if isinstance(entry, FileActivity) and entry.mark}
    entries: list[FileEntry] = []
    for entry in file.entries:
        last = entries[-1] if entries else None
        if (
            isinstance(entry, FileActivity)
            and isinstance(last, FileActivity)
            and entry.mark is None
            and not entry.title
            and {plan.activity_of.get(row.mark.key) for row in entry.rows if row.mark} & standing
        ):
            entries[-1] = replace(last, rows=(*last.rows, *entry.rows))
        else:
            entries.append(entry)
    return replace(file, entries=tuple(entries))


def identify(file: EditedPlan, plan: Standing, *, trusted: bool, known: Iterable[int] = ()) -> Identities:
    """
    Find the identity of each entry.

    :param trusted: whether the marks are this plan's own; otherwise only what the entries say counts
    :param known: rows that the exported edition had, whether the plan still has them or not
    """
    found = Identities()
    if trusted:
        _by_marks(file, plan, found, set(known))
    _rows_by_words(file, plan, found)
    _headings_by_words(file, plan, found)
    return found


def _by_marks(file: EditedPlan, plan: Standing, found: Identities, known: set[int]) -> None:
    """Take the marks that name something of this plan; of a mark that stands twice the first counts."""
    seen_rows: set[int] = set()
    seen_headings: set[int] = set()
    for at, entry in enumerate(file.entries):
        kind = Kind.SECTION if isinstance(entry, FileSection) else Kind.ACTIVITY
        if (mark := entry.mark) is not None:
            heading = plan.heading.get(mark.key)
            if heading is not None and heading.kind is kind and mark.key not in seen_headings:
                seen_headings.add(mark.key)
                found.headings[at] = mark.key
                found.heading_prints[at] = _whole(mark, 2)
        for place, row in enumerate(entry.rows if isinstance(entry, FileActivity) else ()):
            if row.mark is None or row.mark.key in seen_rows:
                continue
            seen_rows.add(row.mark.key)
            if row.mark.key in plan.row:
                found.rows[at, place] = row.mark.key
                found.row_prints[at, place] = _whole(row.mark, 3)
            elif row.mark.key in known:
                found.gone[at, place] = _whole(row.mark, 3)


def _whole(mark: Mark, count: int) -> tuple[str, ...]:
    return mark.prints if len(mark.prints) == count else ()


# By what they say


@dataclass(frozen=True, slots=True)
class _Free:
    """A row of the file or of the plan that still looks for its other."""

    title: str
    number: str
    text: str
    phrase: str
    executors: str


def _of_file(entry: FileActivity, row: FileRow) -> _Free:
    return _Free(tidy(entry.title), stem_of(row.number), tidy(row.text), bare(row.phrase), listed(row.executors))


def _of_plan(heading: StandingHeading, row: StandingRow) -> _Free:
    return _Free(tidy(heading.title), stem_of(row.label), tidy(row.text), bare(row.phrase), listed(row.executors))


def stem_of(number: str) -> str:
    """Give a row's number without its final dot."""
    return tidy(number).rstrip(".")


EXACT: tuple[Callable[[_Free], Hashable], ...] = (
    lambda one: one,
    lambda one: (one.title, one.text, one.phrase, one.executors),
    lambda one: (one.title, one.text, one.phrase) if one.text else None,
    lambda one: (one.title, one.text) if one.text else None,
    lambda one: (one.title, one.number) if one.title else None,
    lambda one: (one.text, one.executors) if one.text else None,
)
"""What two rows share, the surest first; None shares nothing."""


def _rows_by_words(file: EditedPlan, plan: Standing, found: Identities) -> None:
    taken = set(found.rows.values())
    theirs = {
        (at, place): _of_file(entry, row)
        for at, entry in enumerate(file.entries)
        if isinstance(entry, FileActivity)
        for place, row in enumerate(entry.rows)
        if (at, place) not in found.rows and (at, place) not in found.gone
    }
    ours = {
        row.key: _of_plan(heading, row) for heading in plan.headings for row in heading.rows if row.key not in taken
    }
    for sign in EXACT:
        waiting: dict[Hashable, list[int]] = {}
        for key, one in ours.items():
            if (value := sign(one)) is not None:
                waiting.setdefault(value, []).append(key)
        for where, one in list(theirs.items()):
            value = sign(one)
            if value is not None and waiting.get(value):
                _take(found, theirs, ours, where, waiting[value].pop(0))
    _alike(found, theirs, ours)


def _alike(found: Identities, theirs: dict[RowPlace, _Free], ours: dict[int, _Free]) -> None:
    """Pair what is left by likeness, the most alike first; a pair under one number needs less of it."""
    if len(theirs) * len(ours) > PAIRS:
        return
    pairs = []
    for where, one in theirs.items():
        for key, other in ours.items():
            score = alike(f"{one.title} {one.text}", f"{other.title} {other.text}")
            if score >= ALIKE or (score >= NUMBERED and one.number == other.number):
                pairs.append((score, where, key))
    for _, where, key in sorted(pairs, key=lambda pair: (-pair[0], pair[1], pair[2])):
        if where in theirs and key in ours:
            _take(found, theirs, ours, where, key)


def alike(one: str, other: str) -> float:
    """Tell how alike two texts are, from 0 to 1: how many groups of three letters they share."""
    first, second = _threes(one), _threes(other)
    whole = first.total() + second.total()
    return 2 * (first & second).total() / whole if whole else 1.0


@lru_cache(maxsize=8_000)
def _threes(text: str) -> Counter[str]:
    plain = f"  {one_line(text).lower()[:LETTERS]} "
    return Counter(plain[at : at + 3] for at in range(len(plain) - 2)) if plain.strip() else Counter()


def _take(found: Identities, theirs: dict[RowPlace, _Free], ours: dict[int, _Free], where: RowPlace, key: int) -> None:
    found.rows[where] = key
    del theirs[where], ours[key]


def _headings_by_words(file: EditedPlan, plan: Standing, found: Identities) -> None:
    """Know an activity by most of its rows, else by its title; a section by its words."""
    for at, entry in enumerate(file.entries):
        if at in found.headings or not isinstance(entry, FileActivity):
            continue
        votes: dict[int, int] = {}
        for place in range(len(entry.rows)):
            if (key := found.rows.get((at, place))) is not None:
                votes[plan.activity_of[key]] = votes.get(plan.activity_of[key], 0) + 1
        for key in sorted(votes, key=lambda one: -votes[one]):
            if key not in found.headings.values() and _same_activity(entry, plan.heading[key]):
                found.headings[at] = key
                break
    for kind in (Kind.SECTION, Kind.ACTIVITY):
        _of_kind(file, plan, found, kind)


def _of_kind(file: EditedPlan, plan: Standing, found: Identities, kind: Kind) -> None:
    """Know the sections, or the activities, that are left: by the same words, else by likeness."""
    taken = set(found.headings.values())
    free = {one.key: one for one in plan.headings if one.kind is kind and one.key not in taken}
    waiting: dict[str, list[int]] = {}
    for one in free.values():
        waiting.setdefault(one_line(one.heading if kind is Kind.SECTION else one.title), []).append(one.key)
    left: list[tuple[int, FileEntry]] = []
    for at, entry in enumerate(file.entries):
        if at in found.headings or isinstance(entry, FileSection) is not (kind is Kind.SECTION):
            continue
        same = waiting.get(one_line(entry.text if isinstance(entry, FileSection) else entry.title))
        if same:
            found.headings[at] = same.pop(0)
            del free[found.headings[at]]
        else:
            left.append((at, entry))
    if len(left) * len(free) > PAIRS:
        return
    for at, entry in left:
        for one in list(free.values()):
            if (
                _same_section(entry, one)
                if isinstance(entry, FileSection)
                else entry.title and _same_activity(entry, one)
            ):
                found.headings[at] = one.key
                del free[one.key]
                break


def _same_section(entry: FileSection, heading: StandingHeading) -> bool:
    return alike(entry.text, heading.heading) >= ALIKE


def _same_activity(entry: FileActivity, heading: StandingHeading) -> bool:
    """May this be the activity: its title is missing, or alike, or its number is the same and the title not strange?"""
    if not entry.title:
        return True
    score = alike(entry.title, heading.title)
    return score >= ALIKE or (score >= NUMBERED and stem(entry.number) == tidy(heading.shown))

"""What the rules of findings look at: plain data, built from documents or from the database alike."""

import datetime as dt
import enum
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from deadlines.values import Deadline, Period


class Calendar(Protocol):
    """Says which days are working days."""

    def is_working(self, day: dt.date) -> bool: ...


@dataclass(frozen=True, slots=True)
class Body:
    """
    The short name of a body as findings say it: «край», «края»; in English "the region".

    Every organization has one with its cases; `body_of` reads one from a document.
    """

    nominative: str
    genitive: str
    english: str


@dataclass(frozen=True, slots=True)
class Executor:
    """One executor of a row as written; `foreign` if it belongs to another organization than the plan's and none below it."""

    text: str
    foreign: bool = False
    organization: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """
    A result of the plan that is checked, with its deadline in effect.

    `ref` identifies it («7.2»); `activity` tells the results of one activity from others; `number` is the activity's
    number as printed; `section` the path of its headings; `rule` is same, shifted, within or own.
    """

    ref: str
    text: str
    deadline: Deadline
    title: str = ""
    number: str = ""
    activity: str = ""
    section: tuple[str, ...] = ()
    executors: tuple[Executor, ...] = ()
    rule: str = "own"


@dataclass(frozen=True, slots=True)
class Bound:
    """
    What a row above, or a clause of the order above, demands of one row of this plan.

    `row` is the row of this plan, `upper` the ref of the one above («8.2», «п. 5.1» for a clause); `level` counts from 1,
    the nearest; `kind` and `rule` are the link's (over a chain: always implements), `lead_days` that of a feeding link;
    `via` the refs between, nearest first, empty at level 1; `companions` the texts of the other rows of this plan that
    are linked to the same upper row.
    """

    row: str
    upper: str
    level: int
    kind: str
    deadline: Deadline
    body: Body
    rule: str = "own"
    lead_days: int = 0
    title: str = ""
    text: str = ""
    document: str = ""
    clause: bool = False
    via: tuple[str, ...] = ()
    companions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class UpperRow:
    """
    A row of the nearest plan above as coverage sees it.

    `obliges` says whether it obliges this organization, `answered` whether a row of this plan is linked to it or it is
    declared not applicable.
    """

    ref: str
    text: str
    deadline: Deadline
    body: Body
    title: str = ""
    level: int = 1
    obliges: bool = False
    answered: bool = False


@dataclass(frozen=True, slots=True)
class OrderClause:
    """A clause of the plan's own order."""

    number: str
    text: str
    deadline: Deadline | None = None


@dataclass(frozen=True, slots=True)
class PlanFacts:
    """Everything that the rules ask about one plan. `calendar` None: days off are not looked at."""

    rows: tuple[Row, ...]
    bounds: tuple[Bound, ...] = ()
    above: tuple[UpperRow, ...] = ()
    period: Period | None = None
    order_date: dt.date | None = None
    clauses: tuple[OrderClause, ...] = ()
    calendar: Calendar | None = None

    def bounds_of(self, ref: str) -> tuple[Bound, ...]:
        """List the bounds of one row."""
        return tuple(bound for bound in self.bounds if bound.row == ref)


class Severity(enum.StrEnum):
    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


SEVERITY: Mapping[str, Severity] = {
    "later-than-upper": Severity.ERROR,
    "earlier-than-source": Severity.ERROR,
    "outside-upper-window": Severity.ERROR,
    "starts-before-upper": Severity.ERROR,
    "no-deadline": Severity.ERROR,
    "outside-period": Severity.ERROR,
    "not-covered": Severity.ERROR,
    "before-approval": Severity.WARNING,
    "no-lead": Severity.WARNING,
    "out-of-order": Severity.WARNING,
    "duplicate-row": Severity.WARNING,
    "no-executor": Severity.WARNING,
    "foreign-executor": Severity.WARNING,
    "scope-narrowed": Severity.WARNING,
    "differs-from-upper": Severity.WARNING,
    "clause-without-deadline": Severity.WARNING,
    "dash-lost": Severity.WARNING,
    "start-lost": Severity.WARNING,
    "name-variants": Severity.WARNING,
    "day-off": Severity.INFO,
    "number-repeats": Severity.INFO,
    "no-result": Severity.INFO,
}
"""How much each finding weighs: an error blocks submission unless it is fixed or a reason is recorded."""


@dataclass(frozen=True, slots=True)
class Against:
    """The boundary that a finding is about: a row (or clause) of the plan `level` storeys above."""

    level: int
    row: str


@dataclass(frozen=True, slots=True)
class Fix:
    """
    One way to mend a finding, as data: a kind and what it needs.

    Kinds: set-dates (start, due) · insert-dash (start, due) · same-as-upper (upper, level) · link (upper) · add-row (upper) ·
    declare-not-applicable (upper) · remove-row · set-executor · replace-executor (text) · set-kind (kind, upper) ·
    add-items (items) · rename (name, was) · renumber (number) · set-clause-deadline (clause) · set-result · explain.
    """

    kind: str
    params: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Finding:
    """
    One remark: what (`code`), how grave, at which row (None: the plan as a whole), against what, by how many days.

    `params` holds what the sentence needs; `fixes` come best first.
    """

    code: str
    row: str | None
    against: Against | None = None
    days: int | None = None
    params: Mapping[str, Any] = field(default_factory=dict)
    fixes: tuple[Fix, ...] = ()

    @property
    def severity(self) -> Severity:
        """Look up how grave the code is."""
        return SEVERITY[self.code]

"""Findings: what a colleague would pencil in the margin of a plan. Plain Python, data in, data out."""

from roadmaps.findings.checking import check
from roadmaps.findings.documents import facts_of
from roadmaps.findings.facts import (
    SEVERITY,
    Against,
    Body,
    Bound,
    Calendar,
    Executor,
    Finding,
    Fix,
    OrderClause,
    PlanFacts,
    Row,
    Severity,
    UpperRow,
)
from roadmaps.findings.obligations import obliges
from roadmaps.findings.wording import describe, label

__all__ = [
    "SEVERITY",
    "Against",
    "Body",
    "Bound",
    "Calendar",
    "Executor",
    "Finding",
    "Fix",
    "OrderClause",
    "PlanFacts",
    "Row",
    "Severity",
    "UpperRow",
    "check",
    "describe",
    "facts_of",
    "label",
    "obliges",
]

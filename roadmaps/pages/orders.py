"""What the orders above tell a body to do: their dated clauses that are addressed to it."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse

from deadlines.values import Deadline
from documents.models import Clause, Order
from organizations.choices import OrganizationKind
from organizations.models import Organization, User
from organizations.querysets import ancestry
from roadmaps.executors import LEVELS
from roadmaps.findings.clauses import tasks_for, told
from roadmaps.models import Edition
from roadmaps.reading import document as read

TASKS_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Task:
    """A clause of an order above: until when, what, of which order, and where it can be read."""

    due: dt.date
    text: str
    clause: str
    order: Order
    url: str


def tasks_of(user: User, organization: Organization, today: dt.date) -> list[Task]:
    """List the next dated clauses of orders above that are addressed to bodies like this one; two statements."""
    above = ancestry([organization.pk])
    editions = (
        Edition.objects.visible_to(user)
        .in_force()
        .filter(
            Q(roadmap__organization__in=above)
            | Q(roadmap__organization__kind=OrganizationKind.INSTITUTE, roadmap__organization__parent__in=above),
            order__isnull=False,
            roadmap__period_end__gte=today,
        )
        .exclude(roadmap__organization=organization)
    )
    plans = dict(editions.values_list("order", "roadmap"))
    if not plans:
        return []
    clauses: dict[Order, list[Clause]] = defaultdict(list)
    for clause in Clause.objects.filter(order__in=plans).select_related("order").order_by("order", "position"):
        clauses[clause.order].append(clause)
    level = LEVELS[organization.kind]
    found = []
    for order, given in clauses.items():
        header = read.Header(clauses=tuple(_plain(clause) for clause in given))
        for task in tasks_for(read.PlanDocument(header=header), level):
            due = task.deadline.due if task.deadline else None
            if due is not None and due >= today:
                url = clause_url(plans[order.pk], order.pk, task.number)
                found.append(Task(due, told(task.text), task.number, order, url))
    return sorted(found, key=lambda task: (task.due, task.order.pk))[:TASKS_SHOWN]


def _plain(clause: Clause) -> read.Clause:
    return read.Clause(clause.number, clause.text, Deadline.from_json(clause.deadline) if clause.deadline else None)


def clause_url(roadmap: int, order: int, clause: str) -> str:
    """Say where the clauses of a plan's order can be read."""
    return f"{reverse('plan-editions', args=[roadmap])}#{clause_anchor(order, clause)}"


def clause_anchor(order: int, clause: str) -> str:
    """Give a clause's id on the page of the plan's editions."""
    return f"clause-{order}-{clause}".replace(" ", "-")

"""The rows of a plan: headings, deliverables, executors, whom they oblige."""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from deadlines.values import GRAMMAR_VERSION, Deadline
from organizations.models import Organization, Person, Position
from roadmaps.choices import DRAFT, ExecutorKind, HeadingKind, Obliges
from roadmaps.models.editions import Roadmap
from roadmaps.models.ranged import Ranged, ranged


class Heading(models.Model):
    """What lasts of a title, goal, task, section or activity."""

    roadmap = models.ForeignKey(Roadmap, models.CASCADE, related_name="headings")
    kind = models.CharField(max_length=8, choices=HeadingKind)

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class HeadingText(Ranged):
    """How a heading reads and where it stands, for a range of editions."""

    heading = models.ForeignKey(Heading, models.CASCADE, related_name="texts", db_index=False)
    roadmap = models.ForeignKey(Roadmap, models.CASCADE, related_name="+", db_index=False, db_constraint=False)
    parent = models.ForeignKey(Heading, models.CASCADE, null=True, related_name="+", db_index=False)
    position = models.IntegerField()
    number = models.CharField(_("number"), max_length=20, blank=True)
    title = models.TextField(_("title"), blank=True)

    class Meta:
        constraints = ranged("heading", "heading")
        indexes = [models.Index(fields=["roadmap", "until"], name="heading_page")]

    def __str__(self) -> str:
        return f"{self.number} {self.title}".strip()


class Commitment(models.Model):
    """The identity of a deliverable across editions; links, explanations and, later, fulfilment hang on it."""

    roadmap = models.ForeignKey(Roadmap, models.CASCADE, related_name="commitments")
    carried_from = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="+")

    def __str__(self) -> str:
        return f"commitment {self.pk}"


class Deliverable(Ranged):
    """
    A result with its deadline.

    `own` is the phrase as typed with its meaning; `effective` the deadline in effect where an upper row gives it, else
    null. The columns repeat what queries need: kind, start and due in effect, and the own dates.
    """

    commitment = models.ForeignKey(Commitment, models.CASCADE, related_name="versions", db_index=False)
    roadmap = models.ForeignKey(Roadmap, models.CASCADE, related_name="+", db_index=False, db_constraint=False)
    heading = models.ForeignKey(Heading, models.CASCADE, related_name="deliverables", db_index=False)
    position = models.IntegerField()
    text = models.TextField(_("result"), blank=True)
    own = models.JSONField(encoder=DjangoJSONEncoder, default=dict)
    effective = models.JSONField(encoder=DjangoJSONEncoder, null=True)
    grammar = models.SmallIntegerField(default=GRAMMAR_VERSION)
    kind = models.CharField(max_length=11, default="unknown")
    start = models.DateField(null=True)
    due = models.DateField(null=True)
    own_start = models.DateField(null=True)
    own_due = models.DateField(null=True)
    obliges = models.CharField(_("obliges"), max_length=18, choices=Obliges, default=Obliges.NOBODY)
    moved_by = models.BigIntegerField(null=True)  # the trace: in this edition the row followed that link

    activity: str  # annotated where a list names the activity beside the result

    class Meta:
        constraints = ranged("deliverable", "commitment")
        indexes = [
            models.Index(fields=["roadmap", "until"], name="deliverable_page"),
            models.Index(fields=["due"], condition=Q(since__lt=DRAFT, until__gte=DRAFT), name="deliverable_due"),
        ]

    def __str__(self) -> str:
        return self.text[:60]

    @property
    def own_deadline(self) -> Deadline:
        return Deadline.from_json(self.own)

    @property
    def deadline(self) -> Deadline:
        """The deadline in effect: the own phrase, or what an upper row gives."""
        return Deadline.from_json(self.effective or self.own)


class Assignment(Ranged):
    """An executor of a row, as written and as understood."""

    commitment = models.ForeignKey(Commitment, models.CASCADE, related_name="assignments", db_index=False)
    roadmap = models.ForeignKey(Roadmap, models.CASCADE, related_name="+", db_index=False, db_constraint=False)
    position = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=400)
    kind = models.CharField(max_length=12, choices=ExecutorKind, default=ExecutorKind.TEXT)
    group = models.CharField(max_length=30, blank=True)
    is_foreign = models.BooleanField(default=False)
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    post = models.ForeignKey(Position, models.PROTECT, null=True, related_name="+")
    organization = models.ForeignKey(Organization, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = ranged("assignment", "commitment", "text")
        indexes = [models.Index(fields=["roadmap", "until"], name="assignment_page")]

    def __str__(self) -> str:
        return self.text


class Obliged(Ranged):
    """An organization that a row obliges by name."""

    commitment = models.ForeignKey(Commitment, models.CASCADE, related_name="obliged", db_index=False)
    roadmap = models.ForeignKey(Roadmap, models.CASCADE, related_name="+", db_index=False, db_constraint=False)
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+")

    class Meta:
        constraints = ranged("obliged", "commitment", "organization")
        indexes = [models.Index(fields=["roadmap", "until"], name="obliged_page")]

    def __str__(self) -> str:
        return f"{self.commitment_id}: {self.organization_id}"

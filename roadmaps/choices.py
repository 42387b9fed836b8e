"""Closed lists of the roadmaps app, and the two numbers that make drafts and open ends."""

from django.db import models
from django.utils.translation import gettext_lazy as _

DRAFT = 32_000
"""The number of an edition that is not yet in force."""
OPEN = 32_001
"""The end of what has not ended."""
CURRENT = DRAFT - 1
"""Reads the edition in force, whatever its number."""


class EditionState(models.TextChoices):
    DRAFT = "draft", _("draft")
    SUBMITTED = "submitted", _("submitted for approval")
    RETURNED = "returned", _("returned for revision")
    APPROVED = "approved", _("in force")


class HeadingKind(models.TextChoices):
    TITLE = "title", _("title")
    GOAL = "goal", _("goal")
    TASK = "task", _("task")
    SECTION = "section", _("section")
    ACTIVITY = "activity", _("activity")


class Obliges(models.TextChoices):
    NOBODY = "nobody", _("nobody")
    MUNICIPALITIES = "all-municipalities", _("all municipalities")
    SCHOOLS = "all-schools", _("all schools")
    NAMED = "named", _("the named ones")


class LinkKind(models.TextChoices):
    IMPLEMENTS = "implements", _("implements")
    CONSUMES = "consumes", _("uses the result of")
    FEEDS = "feeds", _("feeds")
    MIRRORS = "mirrors", _("for information")


class Rule(models.TextChoices):
    SAME = "same", _("same date")
    SHIFTED = "shifted", _("shifted")
    WITHIN = "within", _("inside the upper window")
    OWN = "own", _("own date")


class ExecutorKind(models.TextChoices):
    PERSON = "person", _("person")
    POSITION = "position", _("position")
    GROUP = "group", _("group")
    BODY = "body", _("collegial body")
    ORGANIZATION = "organization", _("organization")
    TEXT = "text", _("text")


class ImportState(models.TextChoices):
    QUEUED = "queued", _("waiting to be read")
    READING = "reading", _("being read")
    READY = "ready", _("waiting for your decisions")
    FAILED = "failed", _("could not be read")
    DONE = "done", _("became a plan")
    DROPPED = "dropped", _("dropped")


class Aim(models.TextChoices):
    DRAFT = "draft", _("a draft")
    IN_FORCE = "in-force", _("a document already in force")


class Numbering(models.TextChoices):
    """How the activities of a plan get their numbers."""

    TYPED = "typed", _("as typed")
    SECTIONS = "sections", _("anew in each section")
    THROUGHOUT = "throughout", _("throughout the plan")


class StepState(models.TextChoices):
    """Where an edit of the grid stands: it holds, it was undone, or it can no longer be undone."""

    STANDS = "stands", _("stands")
    UNDONE = "undone", _("undone")
    SPENT = "spent", _("cannot be undone")
    TURN = "turn", _("an undoing or redoing itself")

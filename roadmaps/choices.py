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


class ProposalKind(models.TextChoices):
    """What changed above, or what is wished from below; the last two are wishes."""

    DATE = "date", _("the date moved")
    WITHDRAWN = "withdrawn", _("the row was withdrawn")
    OBLIGING = "obliging", _("a new row obliges you")
    WORDING = "wording", _("the wording changed")
    EXECUTORS = "executors", _("the executors changed")
    ANOTHER = "another", _("another date is wished")
    EXTEND = "extend", _("an extension is wished")


WISHES = (ProposalKind.ANOTHER, ProposalKind.EXTEND)
"""The kinds that go upwards."""


class ProposalState(models.TextChoices):
    """Lapsed: a newer change took its place, or the row is gone."""

    OPEN = "open", _("waits for an answer")
    ACCEPTED = "accepted", _("accepted")
    OFFSET = "offset", _("accepted with an offset")
    KEPT = "kept", _("own date kept")
    WAIVED = "waived", _("not applicable")
    DECLINED = "declined", _("declined")
    LAPSED = "lapsed", _("lapsed")


class Way(models.TextChoices):
    """How what is asked from above may be answered."""

    ACCEPT = "accept", _("accept")
    OFFSET = "offset", _("accept with an offset")
    KEEP = "keep", _("keep as it is")
    WAIVE = "waive", _("not applicable to us")


WAYS: dict[str, tuple[Way, ...]] = {
    ProposalKind.DATE: (Way.ACCEPT, Way.OFFSET, Way.KEEP, Way.WAIVE),
    ProposalKind.WITHDRAWN: (Way.ACCEPT, Way.KEEP),
    ProposalKind.OBLIGING: (Way.ACCEPT, Way.WAIVE),
    ProposalKind.WORDING: (Way.ACCEPT, Way.KEEP),
    ProposalKind.EXECUTORS: (Way.ACCEPT, Way.KEEP),
}
"""Which ways each kind knows."""


class Carry(models.TextChoices):
    """What somebody has to decide in a plan that was carried from the period before."""

    DATE = "date", _("a date to look at")
    NO_DATE = "no-date", _("no deadline")
    EXECUTOR = "executor", _("an executor who has left")
    CLOSED = "closed", _("a closed organization")
    LINK = "link", _("a link to the plan above")
    WAIVER = "waiver", _("not applicable, last year")
    ONE_OFF = "one-off", _("probably done once")
    TEXT = "text", _("a date in the text")


class EditedState(models.TextChoices):
    WAITING = "waiting", _("waiting to be confirmed")
    APPLIED = "applied", _("brought into the plan")
    DROPPED = "dropped", _("put aside")


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

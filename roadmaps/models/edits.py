"""What the editor remembers beside the journal: which edits arrived, and what people remark at a row."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from roadmaps.choices import StepState
from roadmaps.models.editions import Roadmap
from roadmaps.models.rows import Commitment
from roadmaps.querysets import CommentQuerySet


class Edit(models.Model):
    """
    One edit of the grid that was accepted.

    `key` is made by the browser, so an edit that is sent twice is carried out once. Edits of one `step` are undone
    together; what they did stands in the journal under the same account and the same moment `at`, which no two edits
    share. `subject` is the row or heading that was added or touched, `of` the step that an undoing turned back.
    """

    roadmap = models.ForeignKey(Roadmap, models.CASCADE, related_name="edits", db_index=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    key = models.CharField(max_length=40)
    step = models.CharField(max_length=40)
    deed = models.CharField(max_length=20)
    field = models.CharField(max_length=10, blank=True)
    subject = models.BigIntegerField(null=True)
    of = models.CharField(max_length=40, blank=True)
    state = models.CharField(max_length=6, choices=StepState, default=StepState.STANDS)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("edit")
        verbose_name_plural = _("edits")
        constraints = [
            models.UniqueConstraint(fields=["roadmap", "by", "key"], name="edit_once"),
            models.UniqueConstraint(fields=["roadmap", "at"], name="edit_moment_once"),
        ]

    def __str__(self) -> str:
        return f"{self.deed} {self.key}"


class Comment(models.Model):
    """A remark of a person at a row: of its own organization, or of a body above that reads the plan."""

    commitment = models.ForeignKey(Commitment, models.CASCADE, related_name="comments")
    roadmap = models.ForeignKey(Roadmap, models.CASCADE, related_name="comments")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    text = models.TextField(_("comment"))
    at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = CommentQuerySet.as_manager()

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="comment_says_something"),
            models.CheckConstraint(
                condition=Q(settled_at__isnull=True, settled_by__isnull=True)
                | Q(settled_at__isnull=False, settled_by__isnull=False),
                name="comment_settled_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.text[:60]

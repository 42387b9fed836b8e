"""Files exactly as they came, and files that the portal made."""

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from documents.choices import FileKind, FileState
from organizations.models import Organization


class StoredFile(models.Model):
    """A file exactly as it came; its name for people, its bytes under a name that nobody can guess."""

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="files")
    name = models.CharField(max_length=255)
    media_type = models.CharField(max_length=120)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    content = models.FileField(upload_to="files/%Y/%m/")
    stored_at = models.DateTimeField()
    stored_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("file")
        verbose_name_plural = _("files")

    def __str__(self) -> str:
        return self.name


class RenderedFile(models.Model):
    """
    One PDF, made in the background: of an order, or of something else that a feature has put into words.

    The row is the job: `state` and `lease_until` are claimed by conditional updates, so a killed worker loses nothing.
    `source_hash` is of what was to be said when the file was asked for: another text means another file. `source` keeps
    these words where they cannot be read again, of drafts and of whatever is no order; that is named by `subject_kind`
    and `subject_id`, and its file by `name`.
    """

    order = models.ForeignKey("documents.Order", models.CASCADE, null=True, related_name="rendered")
    subject_kind = models.CharField(max_length=30, blank=True)
    subject_id = models.BigIntegerField(null=True)
    name = models.CharField(max_length=255, blank=True)
    source = models.JSONField(null=True, encoder=DjangoJSONEncoder)
    kind = models.CharField(max_length=12, choices=FileKind)
    state = models.CharField(max_length=9, choices=FileState, default=FileState.QUEUED)
    source_hash = models.CharField(max_length=64)
    attempts = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True)
    requested_at = models.DateTimeField()
    ready_at = models.DateTimeField(null=True)
    content = models.FileField(upload_to="rendered/%Y/%m/", blank=True)
    size = models.PositiveBigIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name = _("rendered file")
        verbose_name_plural = _("rendered files")
        constraints = [
            models.UniqueConstraint(fields=["order", "kind", "source_hash"], name="rendered_file_once"),
            models.UniqueConstraint(
                fields=["subject_kind", "subject_id", "kind", "source_hash"],
                condition=Q(order=None),
                name="rendered_file_once_of_subject",
            ),
            models.CheckConstraint(
                condition=Q(order__isnull=False, subject_id=None)
                | Q(order=None, subject_id__isnull=False, source__isnull=False) & ~Q(subject_kind="") & ~Q(name=""),
                name="rendered_file_of_something",
            ),
            models.CheckConstraint(
                condition=~Q(state="ready") | (~Q(sha256="") & ~Q(content="") & Q(ready_at__isnull=False)),
                name="rendered_file_ready_has_a_hash",
            ),
        ]
        indexes = [models.Index(fields=["state"], condition=~Q(state="ready"), name="rendered_file_waiting")]

    def __str__(self) -> str:
        return f"{self.order_id or f'{self.subject_kind} {self.subject_id}'}: {self.kind}"

    @property
    def is_ready(self) -> bool:
        return self.state == FileState.READY

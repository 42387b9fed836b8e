"""The journal: what people did, appended and never changed."""

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _

from organizations.models.tree import Organization
from organizations.querysets import EntryQuerySet


class Entry(models.Model):
    """
    One deed: the operation, who did it, why, on what, what was and what became.

    A database trigger refuses to change or delete rows. `for_other` marks what an upper body did for this organization.
    """

    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="entries", db_index=False)
    operation = models.CharField(max_length=40)
    reason = models.TextField(blank=True)
    subject_kind = models.CharField(max_length=30)
    subject_id = models.BigIntegerField()
    before = models.JSONField(encoder=DjangoJSONEncoder, null=True)
    after = models.JSONField(encoder=DjangoJSONEncoder, null=True)
    for_other = models.BooleanField(default=False)

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("journal entry")
        verbose_name_plural = _("journal")
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["subject_kind", "subject_id"], name="entry_subject"),
            models.Index(fields=["organization", "at"], name="entry_organization"),
        ]

    def __str__(self) -> str:
        return f"{self.operation} {self.subject_kind} {self.subject_id}"

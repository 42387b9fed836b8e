"""A plan on its way in: the file, what was read, what the coordinator decided."""

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from documents.models import StoredFile
from organizations.models import Organization
from roadmaps.choices import Aim, ImportState
from roadmaps.models.editions import Programme, Roadmap
from roadmaps.querysets import ImportQuerySet


class Import(models.Model):
    """
    One uploaded plan until it is a draft or an edition in force.

    The row is the job: `state` and `lease_until` are claimed by conditional updates, so a killed worker loses nothing.
    `document` is what the reader understood, `matching` how its rows meet the upper ones, `decisions` what a
    person changed or confirmed; nothing enters a plan before `finish`.
    """

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="imports")
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="imports")
    label = models.CharField(max_length=80, blank=True)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="imports")
    aim = models.CharField(max_length=8, choices=Aim, default=Aim.DRAFT)
    state = models.CharField(max_length=8, choices=ImportState, default=ImportState.QUEUED)
    step = models.CharField(max_length=20, blank=True)
    steps_done = models.PositiveSmallIntegerField(default=0)
    steps_total = models.PositiveSmallIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True)
    problem = models.JSONField(null=True, encoder=DjangoJSONEncoder)
    document = models.JSONField(null=True, encoder=DjangoJSONEncoder)
    matching = models.JSONField(null=True, encoder=DjangoJSONEncoder)
    decisions = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    version = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    roadmap = models.ForeignKey(Roadmap, models.SET_NULL, null=True, blank=True, related_name="imports")

    objects = ImportQuerySet.as_manager()

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="ready") | Q(document__isnull=False), name="import_ready_is_read"
            ),
        ]

    def __str__(self) -> str:
        return f"import {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("import", args=[self.pk])

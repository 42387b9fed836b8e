"""A plan that came back as an edited file: what it says, until somebody confirms what of it shall hold."""

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from documents.models import StoredFile
from roadmaps.choices import EditedState
from roadmaps.models.editions import Roadmap


class EditedFile(models.Model):
    """
    One file that was exported, edited elsewhere and brought back.

    `document` is what its table says. What differs is computed anew whenever somebody looks, for the plan goes on;
    nothing enters the plan before that is confirmed.
    """

    roadmap = models.ForeignKey(Roadmap, models.CASCADE, related_name="edited_files")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    document = models.JSONField(encoder=DjangoJSONEncoder)
    state = models.CharField(max_length=8, choices=EditedState, default=EditedState.WAITING)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    settled_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("edited file")
        verbose_name_plural = _("edited files")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return f"edited file {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("edited", args=[self.roadmap_id, self.pk])

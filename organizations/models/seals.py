"""Seals over the journal: from time to time what is new in it is hashed together with all that came before."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Seal(models.Model):
    """
    One link of the chain: it covers the entries whose key is greater than `after` and not greater than `until`.

    `content` is the hash of these entries, `leaves` a short one of each (key, 16 hexadecimal digits), so that a broken
    seal can say which entry it was. `hash` covers all of this and `former`, the hash of the seal before; see
    organizations.sealing. A database trigger refuses to change or delete rows.
    """

    number = models.PositiveIntegerField(_("number"), unique=True)
    made_at = models.DateTimeField(_("made"))
    after = models.BigIntegerField()
    until = models.BigIntegerField()
    count = models.PositiveIntegerField(_("entries"))
    leaves = models.JSONField(default=list)
    content = models.CharField(max_length=64)
    former = models.CharField(max_length=64, blank=True)
    hash = models.CharField(_("hash"), max_length=64)

    class Meta:
        verbose_name = _("seal of the journal")
        verbose_name_plural = _("seals of the journal")
        ordering = ["-number"]
        constraints = [models.CheckConstraint(condition=Q(after__lt=F("until")), name="seal_range_not_empty")]

    def __str__(self) -> str:
        return f"{self.number}: {self.hash[:12]}"

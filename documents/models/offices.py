"""How an organization's office works: what it publishes, the letters of its numbers."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from organizations.models import Organization


class Office(models.Model):
    """Settings of one organization's paper; an organization without a row keeps to what stands here as default."""

    organization = models.OneToOneField(Organization, models.CASCADE, related_name="office")
    publishes_plans = models.BooleanField(
        _("plans in force have a public page"),
        default=False,
        help_text=_("Anybody on the internet may read them. Names are shown only if the organization allows that."),
    )
    series = models.CharField(
        _("letters after the number"),
        max_length=20,
        blank=True,
        help_text=_("Orders on main activity and on staff are numbered apart."),
    )

    class Meta:
        verbose_name = _("office")
        verbose_name_plural = _("offices")

    def __str__(self) -> str:
        return f"{self.organization_id}"

"""Days on which a region's calendar differs from the federal one."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from organizations.models.tree import Organization
from organizations.querysets import SharedBelowQuerySet


class CalendarDay(models.Model):
    """A day that is worked or off in an organization and below, whatever the federal calendar says."""

    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="calendar_days", verbose_name=_("organization")
    )
    day = models.DateField(_("day"))
    is_working = models.BooleanField(_("working day"), default=False)
    name = models.CharField(_("occasion"), max_length=120, blank=True)

    objects = SharedBelowQuerySet.as_manager()

    class Meta:
        verbose_name = _("calendar day")
        verbose_name_plural = _("calendar days")
        ordering = ["day", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "day"],
                name="calendar_day_once",
                violation_error_message=_("This day is already in the calendar."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.day:%d.%m.%Y}"

"""What every ranged table shares; see docs/decisions/0001-ranged-editions.md."""

from django.db import models
from django.db.models import F, Q

from roadmaps.choices import DRAFT, OPEN
from roadmaps.querysets import RangedQuerySet


class Ranged(models.Model):
    """A row that holds from edition `since` of its roadmap and no longer in edition `until`."""

    since = models.SmallIntegerField(default=DRAFT)
    until = models.SmallIntegerField(default=OPEN)

    objects = RangedQuerySet.as_manager()

    class Meta:
        abstract = True


def ranged(name: str, *identity: str) -> list[models.BaseConstraint]:
    """Give the invariants: a range is not empty, one row ends at a number, one row is in force."""
    return [
        models.CheckConstraint(condition=Q(since__lt=F("until")), name=f"{name}_range_not_empty"),
        models.UniqueConstraint(fields=[*identity, "until"], name=f"{name}_one_ends"),
        models.UniqueConstraint(
            fields=identity, condition=Q(since__lt=DRAFT, until__gte=DRAFT), name=f"{name}_one_current"
        ),
    ]

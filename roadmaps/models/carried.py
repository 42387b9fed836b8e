"""What a roll-over leaves for people to decide."""

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from roadmaps.choices import Carry
from roadmaps.models.editions import Roadmap
from roadmaps.models.rows import Commitment


class CarriedQuestion(models.Model):
    """
    One thing of a carried plan that somebody has to look at.

    `commitment` is the row of the new plan, `upper` the row above as it was in the old period; `facts` what was found when
    the plan was carried. It is open until it is settled, or until the plan itself has answered it: see
    roadmaps.pages.carried.
    """

    roadmap = models.ForeignKey(Roadmap, models.CASCADE, related_name="carried_questions")
    commitment = models.ForeignKey(Commitment, models.CASCADE, null=True, related_name="carried_questions")
    upper = models.ForeignKey(Commitment, models.CASCADE, null=True, related_name="+")
    code = models.CharField(max_length=9, choices=Carry)
    facts = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("question of a carried plan")
        verbose_name_plural = _("questions of carried plans")
        constraints = [
            models.UniqueConstraint(
                fields=["commitment", "code"], condition=Q(upper=None), name="carried_question_once_a_row"
            ),
            models.UniqueConstraint(fields=["commitment", "upper"], name="carried_question_once_a_link"),
        ]
        indexes = [
            models.Index(fields=["roadmap"], condition=Q(settled_at=None), name="carried_question_open"),
        ]

    def __str__(self) -> str:
        return f"{self.roadmap_id}: {self.code}"

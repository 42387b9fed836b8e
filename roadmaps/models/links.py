"""Links to upper rows, and what a lower plan says about those that it does not follow."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from roadmaps.choices import LinkKind, Rule
from roadmaps.models.editions import Roadmap
from roadmaps.models.ranged import Ranged, ranged
from roadmaps.models.rows import Commitment


class Link(Ranged):
    """From a lower row to an upper one; belongs to the lower roadmap and is approved with it."""

    roadmap = models.ForeignKey(Roadmap, models.CASCADE, related_name="+", db_index=False, db_constraint=False)
    lower = models.ForeignKey(Commitment, models.CASCADE, related_name="upper_links", db_index=False)
    upper = models.ForeignKey(Commitment, models.PROTECT, related_name="lower_links", db_index=False)
    kind = models.CharField(_("kind of link"), max_length=10, choices=LinkKind, default=LinkKind.IMPLEMENTS)
    rule = models.CharField(_("deadline rule"), max_length=7, choices=Rule, default=Rule.OWN)
    days = models.SmallIntegerField(_("days"), default=0)
    working = models.BooleanField(_("working days"), default=False)
    lead_days = models.PositiveSmallIntegerField(_("lead days"), default=0)

    class Meta:
        constraints = [
            *ranged("link", "lower", "upper"),
            models.CheckConstraint(condition=~Q(lower=F("upper")), name="link_not_to_itself"),
            models.CheckConstraint(condition=Q(rule="shifted") | Q(days=0), name="link_days_only_when_shifted"),
            models.CheckConstraint(condition=Q(kind="feeds") | Q(lead_days=0), name="link_lead_only_when_feeding"),
        ]
        indexes = [
            models.Index(fields=["upper", "until"], name="link_upper"),
            models.Index(fields=["roadmap", "until"], name="link_page"),
        ]

    def __str__(self) -> str:
        return f"{self.lower_id} {self.kind} {self.upper_id}"


class Waiver(Ranged):
    """«Not applicable to us», with its reason: part of the lower plan."""

    roadmap = models.ForeignKey(Roadmap, models.CASCADE, related_name="waivers", db_index=False)
    upper = models.ForeignKey(Commitment, models.PROTECT, related_name="waivers")
    reason = models.TextField(_("reason"))

    class Meta:
        constraints = [
            *ranged("waiver", "roadmap", "upper"),
            models.CheckConstraint(condition=~Q(reason=""), name="waiver_has_a_reason"),
        ]
        indexes = [models.Index(fields=["roadmap", "until"], name="waiver_page")]

    def __str__(self) -> str:
        return self.reason[:60]


class Explanation(Ranged):
    """
    Why a finding stands.

    `key` names the finding (row, code, row above); `measure` the dates that were explained, so that a
    later, larger break asks anew.
    """

    roadmap = models.ForeignKey(Roadmap, models.CASCADE, related_name="explanations", db_index=False)
    commitment = models.ForeignKey(Commitment, models.CASCADE, null=True, related_name="explanations")
    key = models.CharField(max_length=120)
    measure = models.CharField(max_length=60, blank=True)
    reason = models.TextField(_("reason"))

    class Meta:
        constraints = [
            *ranged("explanation", "roadmap", "key"),
            models.CheckConstraint(condition=~Q(reason=""), name="explanation_has_a_reason"),
        ]
        indexes = [models.Index(fields=["roadmap", "until"], name="explanation_page")]

    def __str__(self) -> str:
        return self.reason[:60]

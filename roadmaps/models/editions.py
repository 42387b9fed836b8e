"""Programmes, roadmaps and their editions."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from deadlines.values import Period
from documents.models import Order
from organizations.models import Cluster, Organization
from roadmaps.choices import DRAFT, EditionState, Numbering
from roadmaps.querysets import EditionQuerySet, RoadmapQuerySet


class Programme(models.Model):
    """What cascades: a concept or an order from which the plans of all levels follow."""

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="programmes", verbose_name=_("kept by"))
    name = models.CharField(_("name"), max_length=300)
    basis = models.TextField(_("basis"), blank=True)
    clusters = models.ManyToManyField(Cluster, blank=True, related_name="programmes", verbose_name=_("clusters"))

    class Meta:
        verbose_name = _("programme")
        verbose_name_plural = _("programmes")
        ordering = ["name", "pk"]
        constraints = [models.UniqueConstraint(fields=["organization", "name"], name="programme_name_once")]

    def __str__(self) -> str:
        return self.name


class Roadmap(models.Model):
    """
    One organization's plan in a programme for a period; its state is that of its editions.

    `label` tells several plans of one organization apart («агроклассы»); usually it is empty. `carried_from` is the plan
    of the period before from which this one was carried. `numbering` says whether the editor numbers the activities
    anew when one is added, moved or removed.
    """

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="roadmaps")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="roadmaps")
    period_start = models.DateField(_("period starts"))
    period_end = models.DateField(_("period ends"))
    label = models.CharField(_("label"), max_length=80, blank=True)
    carried_from = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="carried_on")
    numbering = models.CharField(_("numbering"), max_length=10, choices=Numbering, default=Numbering.TYPED)

    objects = RoadmapQuerySet.as_manager()

    class Meta:
        verbose_name = _("roadmap")
        verbose_name_plural = _("roadmaps")
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "organization", "period_start", "label"], name="roadmap_once_in_period"
            ),
            models.CheckConstraint(condition=Q(period_start__lte=F("period_end")), name="roadmap_period_not_empty"),
        ]

    def __str__(self) -> str:
        return f"{self.organization}, {self.period_start:%d.%m.%Y}—{self.period_end:%d.%m.%Y}"

    def get_absolute_url(self) -> str:
        return reverse("plan", args=[self.pk])

    @property
    def period(self) -> Period:
        return Period(self.period_start, self.period_end)


class Lineage(models.Model):
    """A roadmap from which another one follows; the upper organization stands strictly above, or is its institute."""

    lower = models.ForeignKey(Roadmap, models.CASCADE, related_name="lineage")
    upper = models.ForeignKey(Roadmap, models.PROTECT, related_name="followers")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["lower", "upper"], name="lineage_once"),
            models.CheckConstraint(condition=~Q(lower=F("upper")), name="lineage_not_to_itself"),
        ]

    def __str__(self) -> str:
        return f"{self.lower_id} → {self.upper_id}"


class RoadmapParticipant(models.Model):
    """An organization that a roadmap names as participant, though it need not stand below its owner."""

    roadmap = models.ForeignKey(Roadmap, models.CASCADE, related_name="participants")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["roadmap", "organization"], name="roadmap_participant_once"),
        ]

    def __str__(self) -> str:
        return f"{self.roadmap_id}: {self.organization_id}"


class Edition(models.Model):
    """
    A numbered version of a roadmap.

    Until it is in force its number is DRAFT, hence a roadmap has one open draft. Superseded is not stored: in force is
    the approved edition with the largest number. `remark` is why it was returned. `prepared_order` is the portal's own
    order on its way; `order` is the registered one by which the edition is in force. `repealed_by` is the order by which
    the plan lost its force: of such a plan no edition is in force until another one is approved.
    """

    roadmap = models.ForeignKey(Roadmap, models.PROTECT, related_name="editions", db_index=False)
    number = models.SmallIntegerField(default=DRAFT)
    state = models.CharField(max_length=9, choices=EditionState, default=EditionState.DRAFT)
    basis = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="consequences")
    order = models.ForeignKey(Order, models.PROTECT, null=True, blank=True, related_name="editions")
    prepared_order = models.OneToOneField(Order, models.PROTECT, null=True, blank=True, related_name="prepared_edition")
    repealed_by = models.ForeignKey(Order, models.PROTECT, null=True, blank=True, related_name="repealed_editions")
    content_hash = models.CharField(max_length=64, blank=True)
    remark = models.TextField(blank=True)
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    changed_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = EditionQuerySet.as_manager()

    # What querysets and lists annotate where a page needs it.
    title: str
    is_below: bool
    followers: int
    questions: int
    has_carried: bool
    row_count: int
    soon_count: int
    is_foreign: int

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        constraints = [
            models.UniqueConstraint(fields=["roadmap", "number"], name="edition_number_once"),
            models.CheckConstraint(
                condition=Q(state="approved", number__lt=DRAFT) | (~Q(state="approved") & Q(number=DRAFT)),
                name="edition_number_when_approved",
            ),
            models.CheckConstraint(
                condition=~Q(state="approved") | Q(order__isnull=False) | Q(basis__isnull=False),
                name="edition_in_force_by_an_order",
            ),
            models.CheckConstraint(condition=~Q(state="returned", remark=""), name="edition_returned_with_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.roadmap_id}/{self.number}"

    def get_absolute_url(self) -> str:
        if self.number == DRAFT:
            return reverse("plan", args=[self.roadmap_id])
        return reverse("plan-edition", args=[self.roadmap_id, self.number])

    @property
    def is_open(self) -> bool:
        return self.number == DRAFT

    @property
    def is_writable(self) -> bool:
        return self.state in {EditionState.DRAFT, EditionState.RETURNED}

"""Registers: clusters, specialised classes, participants, partners."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from organizations.choices import OrganizationKind, PartnerKind
from organizations.models.tree import Organization
from organizations.querysets import OwnedQuerySet, SharedBelowQuerySet


class Cluster(models.Model):
    """A profile of education, kept by the region: agro, technological, medical …"""

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="clusters", verbose_name=_("kept by"))
    name = models.CharField(_("name"), max_length=120)
    is_open = models.BooleanField(_("open"), default=True)

    objects = SharedBelowQuerySet.as_manager()

    class Meta:
        verbose_name = _("cluster")
        verbose_name_plural = _("clusters")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "name"],
                name="cluster_name_once",
                violation_error_message=_("A cluster of this name is already in the list."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class Participant(models.Model):
    """A school that takes part in a cluster: a row of the order's Appendix 2."""

    organization = models.ForeignKey(
        Organization,
        models.PROTECT,
        related_name="participations",
        verbose_name=_("school"),
        limit_choices_to={"kind": OrganizationKind.SCHOOL},
    )
    cluster = models.ForeignKey(Cluster, models.PROTECT, related_name="participants", verbose_name=_("cluster"))
    is_base = models.BooleanField(_("base school of the cluster"), default=False)
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("until"), null=True, blank=True)

    objects = OwnedQuerySet.as_manager()

    class Meta:
        verbose_name = _("participant")
        verbose_name_plural = _("participants")
        ordering = ["cluster__name", "organization__short_name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "cluster"],
                name="participant_once_in_cluster",
                violation_error_message=_("This school already takes part in this cluster."),
            ),
            models.CheckConstraint(
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="participant_ends_after_it_starts",
                violation_error_message=_("The end must not come before the beginning."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organization}: {self.cluster}"


class SpecialisedClass(models.Model):
    """A class of a school that is taught by the profile of a cluster."""

    organization = models.ForeignKey(
        Organization,
        models.PROTECT,
        related_name="specialised_classes",
        verbose_name=_("school"),
        limit_choices_to={"kind": OrganizationKind.SCHOOL},
    )
    cluster = models.ForeignKey(Cluster, models.PROTECT, related_name="classes", verbose_name=_("cluster"))
    name = models.CharField(_("class"), max_length=20)
    pupils = models.PositiveSmallIntegerField(_("pupils"), default=0)
    opened_on = models.DateField(_("opened on"), null=True, blank=True)
    closed_on = models.DateField(_("closed on"), null=True, blank=True)

    objects = OwnedQuerySet.as_manager()

    class Meta:
        verbose_name = _("specialised class")
        verbose_name_plural = _("specialised classes")
        ordering = ["organization__short_name", "name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "name"],
                condition=Q(closed_on=None),
                name="class_name_once_in_school",
                violation_error_message=_("The school already has an open class of this name."),
            ),
            models.CheckConstraint(
                condition=Q(opened_on=None) | Q(closed_on=None) | Q(closed_on__gte=F("opened_on")),
                name="class_closes_after_it_opens",
                violation_error_message=_("The class cannot close before it opens."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.organization}"


class Partner(models.Model):
    """A university, an enterprise, a business or a college beside the tree, with the agreement that binds it."""

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="partners", verbose_name=_("kept by"))
    kind = models.CharField(_("kind"), max_length=10, choices=PartnerKind)
    name = models.CharField(_("name"), max_length=300)
    contact = models.CharField(_("contact"), max_length=200, blank=True)
    agreement_number = models.CharField(_("agreement number"), max_length=40, blank=True)
    agreed_on = models.DateField(_("agreement date"), null=True, blank=True)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    clusters = models.ManyToManyField(Cluster, blank=True, related_name="partners", verbose_name=_("clusters"))

    objects = OwnedQuerySet.as_manager()

    class Meta:
        verbose_name = _("partner")
        verbose_name_plural = _("partners")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "name"],
                name="partner_name_once",
                violation_error_message=_("A partner of this name is already in the list."),
            ),
            models.CheckConstraint(
                condition=Q(agreed_on=None) | Q(valid_until=None) | Q(valid_until__gte=F("agreed_on")),
                name="partner_agreement_ends_after_it_starts",
                violation_error_message=_("The agreement cannot end before it is made."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

"""Closed lists of the organizations app."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class OrganizationKind(models.TextChoices):
    REGION = "region", _("regional ministry")
    INSTITUTE = "institute", _("institute")
    DISTRICT = "district", _("district")
    MUNICIPALITY = "municipality", _("municipality")
    SCHOOL = "school", _("school")


class PartnerKind(models.TextChoices):
    ACADEMIC = "academic", _("academic partner")
    INDUSTRIAL = "industrial", _("industrial partner")
    BUSINESS = "business", _("business partner")
    COLLEGE = "college", _("college")


class WorkingWeek(models.IntegerChoices):
    FIVE = 5, _("five days")
    SIX = 6, _("six days")


# Which bodies may stand below which; schools may stand directly under the region.
KINDS_BELOW: dict[OrganizationKind, tuple[OrganizationKind, ...]] = {
    OrganizationKind.REGION: (
        OrganizationKind.INSTITUTE,
        OrganizationKind.DISTRICT,
        OrganizationKind.MUNICIPALITY,
        OrganizationKind.SCHOOL,
    ),
    OrganizationKind.DISTRICT: (OrganizationKind.MUNICIPALITY, OrganizationKind.SCHOOL),
    OrganizationKind.MUNICIPALITY: (OrganizationKind.DISTRICT, OrganizationKind.SCHOOL),
    OrganizationKind.INSTITUTE: (),
    OrganizationKind.SCHOOL: (),
}

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

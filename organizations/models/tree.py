"""The tree of organizations, and the rows by which guardian grants roles in them."""

from typing import Any
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from guardian.models import GroupObjectPermissionBase, UserObjectPermissionBase
from tree_queries.models import TreeNode

from organizations.choices import OrganizationKind, WorkingWeek
from organizations.querysets import OrganizationQuerySet


class SiteField(models.URLField):
    """An address that is taken for https when it is typed without its beginning."""

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"assume_scheme": "https", **kwargs})


class Organization(TreeNode):
    """
    A node of the tree: a ministry, an institute, a municipality, a school.

    `word` is what plans below call it («край», «округ», «школа»), with the genitive for «позже края». A closed or
    merged organization stays, because old orders keep its name.
    """

    kind = models.CharField(_("kind"), max_length=12, choices=OrganizationKind)
    name = models.CharField(_("full name"), max_length=300)
    short_name = models.CharField(_("short name"), max_length=120)
    short_genitive = models.CharField(_("short name, genitive"), max_length=120, blank=True)
    short_instrumental = models.CharField(_("short name, instrumental"), max_length=120, blank=True)
    word = models.CharField(_("called by those below"), max_length=40, blank=True)
    word_genitive = models.CharField(_("called by those below, genitive"), max_length=40, blank=True)
    place = models.CharField(_("place"), max_length=120, blank=True)
    address = models.CharField(_("address"), max_length=300, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    site = SiteField(_("site"), blank=True)
    time_zone = models.CharField(_("time zone"), max_length=40, default="Europe/Moscow")
    working_week = models.PositiveSmallIntegerField(_("working week"), choices=WorkingWeek, default=WorkingWeek.FIVE)
    names_public = models.BooleanField(_("names on public pages"), default=False)
    closed_on = models.DateField(_("closed on"), null=True, blank=True)
    successor = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="predecessors", verbose_name=_("merged into")
    )

    objects = OrganizationQuerySet.as_manager()

    class Meta:
        verbose_name = _("organization")
        verbose_name_plural = _("organizations")
        ordering = ["kind", "short_name", "pk"]
        # Roles are permissions on organizations; organizations.access is the only reader.
        permissions = [
            ("coordinator", "Coordinator of the organization"),
            ("signatory", "Signatory of the organization"),
            ("staff", "Staff of the organization"),
            ("executor", "Executor in the organization"),
            ("reviewer", "Reviewer in the organization"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(parent=F("pk")), name="organization_not_below_itself"),
            models.CheckConstraint(condition=~Q(successor=F("pk")), name="organization_not_its_own_successor"),
            models.UniqueConstraint(
                fields=["parent", "name"],
                name="organization_name_once_below_parent",
                violation_error_message=_("An organization of this name already stands in the same place."),
            ),
        ]

    def __str__(self) -> str:
        return self.short_name

    def clean(self) -> None:
        """Refuse a place below itself; the tree's own check asks for another kind of queryset."""
        super(TreeNode, self).clean()
        if self.pk and self.parent_id and Organization.objects.above(self.parent_id).filter(pk=self.pk).exists():
            raise ValidationError(_("An organization cannot stand below itself."))

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)


class OrganizationUserPermission(UserObjectPermissionBase):
    """One role of one account in one organization; a direct foreign key, so a reused key inherits nothing."""

    content_object = models.ForeignKey(Organization, models.CASCADE)


class OrganizationGroupPermission(GroupObjectPermissionBase):
    """Guardian looks for this table too; the portal grants nothing to groups."""

    content_object = models.ForeignKey(Organization, models.CASCADE)

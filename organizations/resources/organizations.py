"""Organizations as a table: found by the body above and the full name."""

from typing import Any
from zoneinfo import available_timezones

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from import_export.fields import Field

from organizations.choices import KINDS_BELOW, OrganizationKind, WorkingWeek
from organizations.models import Organization
from organizations.operations.rows import facts
from organizations.resources.columns import Day, Number, OneOf, Place, RegisterResource, Word, Yes, same


class OrganizationResource(RegisterResource):
    """
    One row is one organization. Bodies above must stand earlier in the table, or in the portal already.

    A row whose body above and full name are known changes that organization; names are changed in the portal.
    """

    subject = "organization"
    columns = {
        "parent": gettext_lazy("Stands below"),
        "kind": gettext_lazy("Kind"),
        "name": gettext_lazy("Full name"),
        "short_name": gettext_lazy("Short name"),
        "short_genitive": gettext_lazy("Short name, genitive"),
        "short_instrumental": gettext_lazy("Short name, instrumental"),
        "word": gettext_lazy("Called by those below"),
        "word_genitive": gettext_lazy("Called by those below, genitive"),
        "place": gettext_lazy("Place"),
        "address": gettext_lazy("Address"),
        "email": gettext_lazy("E-mail"),
        "site": gettext_lazy("Site"),
        "time_zone": gettext_lazy("Time zone"),
        "working_week": gettext_lazy("Working week"),
        "names_public": gettext_lazy("Names on public pages"),
        "closed_on": gettext_lazy("Closed on"),
    }
    required = ("kind", "name", "short_name")

    parent = Field("parent", "parent", Place())
    kind = Field("kind", "kind", OneOf(OrganizationKind))
    name = Field("name", "name", Word())
    short_name = Field("short_name", "short_name", Word())
    short_genitive = Field("short_genitive", "short_genitive", Word())
    short_instrumental = Field("short_instrumental", "short_instrumental", Word())
    word = Field("word", "word", Word())
    word_genitive = Field("word_genitive", "word_genitive", Word())
    place = Field("place", "place", Word())
    address = Field("address", "address", Word())
    email = Field("email", "email", Word())
    site = Field("site", "site", Word())
    time_zone = Field("time_zone", "time_zone", Word())
    working_week = Field("working_week", "working_week", Number(WorkingWeek))
    names_public = Field("names_public", "names_public", Yes())
    closed_on = Field("closed_on", "closed_on", Day())

    class Meta:
        model = Organization
        fields = (
            "parent",
            "kind",
            "name",
            "short_name",
            "short_genitive",
            "short_instrumental",
            "word",
            "word_genitive",
            "place",
            "address",
            "email",
            "site",
            "time_zone",
            "working_week",
            "names_public",
            "closed_on",
        )
        import_id_fields = ("name",)
        skip_unchanged = True
        clean_model_instances = True
        use_transactions = True

    def get_queryset(self) -> Any:
        return super().get_queryset().select_related("parent")

    def match(self, row: dict[str, Any]) -> tuple[Organization, bool]:
        """Find the organization of this full name below the body that the row names."""
        if not row.get("working_week"):
            row.pop("working_week", None)
        if not row.get("time_zone"):
            row.pop("time_zone", None)
        place = str(row.get("parent") or "").strip()
        parent = self.tree.find(place) if place else None
        for organization in self.get_queryset().filter(parent=parent):
            if same(organization.name) == same(row["name"]):
                return organization, False
        return Organization(parent=parent), True

    def check(self, instance: Organization, errors: dict[str, Any]) -> None:
        """Check also that such an organization may stand where it is put."""
        parent = instance.parent
        if "kind" not in errors:
            kind = OrganizationKind(instance.kind)
            if parent is None and kind is not OrganizationKind.REGION:
                raise ValidationError(
                    {"parent": _("Only a region stands below nothing: say what this one stands below.")}
                )
            if parent is not None and kind not in KINDS_BELOW[OrganizationKind(parent.kind)]:
                sentence = _("“%(kind)s” cannot stand below %(organization)s.")
                raise ValidationError({"kind": sentence % {"kind": kind.label, "organization": parent}})
        super().check(instance, errors)
        if "time_zone" not in errors and instance.time_zone not in available_timezones():
            raise ValidationError({"time_zone": _("A time zone looks like Europe/Moscow.")})

    def before_save_instance(self, instance: Organization, row: Any, **kwargs: Any) -> None:
        known = Organization.objects.filter(pk=instance.pk).first() if instance.pk else None
        self._new = known is None
        self._before = facts(known, [field.name for field in known._meta.concrete_fields]) if known else {}

    def after_save_instance(self, instance: Organization, row: Any, **kwargs: Any) -> None:
        self.note(instance, instance, new=self._new, before=self._before, **kwargs)
        self.tree.add(instance)

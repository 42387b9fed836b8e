"""Participants of the clusters as a table: found by the school and the cluster."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from import_export.fields import Field

from organizations.choices import OrganizationKind
from organizations.models import Cluster, Participant
from organizations.operations.rows import facts
from organizations.resources.columns import Day, Place, RegisterResource, Word, Yes, cluster_for


class ParticipantResource(RegisterResource):
    """One row is one school in one cluster."""

    subject = "participant"
    columns = {
        "organization": gettext_lazy("School"),
        "cluster": gettext_lazy("Cluster"),
        "is_base": gettext_lazy("Base school"),
        "starts_on": gettext_lazy("From"),
        "ends_on": gettext_lazy("Until"),
    }
    required = ("organization", "cluster")

    organization = Field("organization", "organization", Place())
    cluster = Field("cluster__name", "cluster", Word(), readonly=True)
    is_base = Field("is_base", "is_base", Yes())
    starts_on = Field("starts_on", "starts_on", Day())
    ends_on = Field("ends_on", "ends_on", Day())

    class Meta:
        model = Participant
        fields = ("organization", "cluster", "is_base", "starts_on", "ends_on")
        import_id_fields = ("organization", "cluster")
        skip_unchanged = True
        clean_model_instances = True
        use_transactions = True

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.clusters = list(Cluster.objects.order_by("pk"))

    def get_queryset(self) -> Any:
        return super().get_queryset().select_related("organization", "cluster")

    def match(self, row: dict[str, Any]) -> tuple[Participant, bool]:
        """
        Find the row's school and cluster, and the line of the register that joins them.

        :raises ValueError: with a sentence, if one of them is not known
        """
        school = self.tree.find(str(row["organization"]))
        if school.kind != OrganizationKind.SCHOOL:
            raise ValueError(_("%(organization)s is not a school.") % {"organization": school})
        cluster = cluster_for(school, str(row["cluster"]), self.tree, self.clusters)
        found = self.get_queryset().filter(organization=school, cluster=cluster).first()
        return (found, False) if found else (Participant(organization=school, cluster=cluster), True)

    def before_save_instance(self, instance: Participant, row: Any, **kwargs: Any) -> None:
        known = Participant.objects.filter(pk=instance.pk).first() if instance.pk else None
        self._new = known is None
        self._before = facts(known, [field.name for field in known._meta.concrete_fields]) if known else {}

    def after_save_instance(self, instance: Participant, row: Any, **kwargs: Any) -> None:
        self.note(instance, instance.cluster.organization, new=self._new, before=self._before, **kwargs)

"""The platform administrator's site: the first region, accounts, tables in and out. Coordinators work in the portal."""

from collections.abc import Iterable
from typing import Any

import tablib
from allauth.account.decorators import secure_admin_login
from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.contrib.auth.models import Group
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from import_export.admin import ImportExportMixin
from import_export.forms import ExportForm
from import_export.results import Result
from import_export.tmp_storages import MediaStorage

from organizations import journal
from organizations.models import Cluster, Entry, Organization, Participant, Person, Position, User
from organizations.operations.rows import facts
from organizations.resources import OrganizationResource, ParticipantResource, PeopleResource
from organizations.tables import SafeCSV, SafeXLSX, UnreadableTable

admin.site.unregister(Group)  # roles are held in organizations; groups would be a second truth
# One door: the portal's, with its second factor.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]
admin.site.site_header = gettext_lazy("Kaskad: administration")
admin.site.site_title = gettext_lazy("Kaskad")


class JournalledAdmin(admin.ModelAdmin):
    """Writes what the administrator does into the journal of the organization that it concerns."""

    subject = ""

    def owner(self, row: Any) -> Organization | None:
        """Give the organization whose journal keeps the row."""
        return row.organization

    def save_model(self, request: HttpRequest, obj: Model, form: Any, change: bool) -> None:
        names = [field.name for field in obj._meta.concrete_fields if field.name != "id"]
        known = type(obj)._base_manager.filter(pk=obj.pk).first() if change else None
        before = facts(known, names) if known else {}
        super().save_model(request, obj, form, change)
        after = facts(obj, names)
        changed = [name for name in names if known is None or before[name] != after[name]]
        if changed:
            self._record(request, obj, "changed" if change else "added", names=changed, before=before, after=after)

    def delete_model(self, request: HttpRequest, obj: Model) -> None:
        names = [field.name for field in obj._meta.concrete_fields if field.name != "id"]
        self._record(request, obj, "removed", names=names, before=facts(obj, names), after={})
        super().delete_model(request, obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet) -> None:
        for row in queryset:
            self.delete_model(request, row)

    def _record(
        self,
        request: HttpRequest,
        row: Model,
        deed: str,
        *,
        names: Iterable[str],
        before: dict[str, Any],
        after: dict[str, Any],
    ) -> None:
        owner = self.owner(row)
        if owner is None or not isinstance(request.user, User):
            return
        journal.record(
            operation=f"{self.subject}-{deed}",
            subject_kind=self.subject,
            subject_id=row.pk,
            organization=owner,
            by=request.user,
            now=timezone.now(),
            before={name: before[name] for name in names} if before else None,
            after={name: after[name] for name in names} if after else None,
            reason=str(_("Administration")),
        )


class TableAdmin(ImportExportMixin, JournalledAdmin):
    """Adds the tables: CSV and XLSX, a preview with a sentence for each row that is not understood, all or nothing."""

    formats = (SafeCSV, SafeXLSX)
    export_form_class = ExportForm
    import_template_name = "organizations/admin/import.html"
    tmp_storage_class = MediaStorage  # the preview and its confirmation may be answered by two processes
    show_change_form_export = False

    def get_import_formats(self) -> list[type]:
        return list(self.formats)

    def get_export_formats(self) -> list[type]:
        return list(self.formats)

    def get_import_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {"labels": self.resource_classes[0]().labels()}

    def add_data_read_fail_error_to_form(self, form: Any, e: Exception) -> None:
        """Say why the file cannot be read; the name of a Python class helps nobody."""
        sentence = str(e) if isinstance(e, UnreadableTable) else _("The file cannot be read as a table of this format.")
        form.add_error("import_file", sentence)

    def process_dataset(self, dataset: tablib.Dataset, form: Any, request: HttpRequest, **kwargs: Any) -> Result:
        """Import what was previewed; if a row has become impossible meanwhile, nothing of the table is written."""
        return super().process_dataset(dataset, form, request, rollback_on_validation_errors=True, **kwargs)

    def process_result(self, result: Result, request: HttpRequest) -> HttpResponse:
        if result.has_errors() or result.has_validation_errors():
            sentence = _("Nothing is imported: the portal has changed since the preview. Bring the table again.")
            messages.error(request, sentence)
            return redirect(reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_import"))
        return super().process_result(result, request)


@admin.register(Organization)
class OrganizationAdmin(TableAdmin):
    subject = "organization"
    resource_classes = [OrganizationResource]
    list_display = ["short_name", "kind", "parent", "closed_on"]
    list_filter = ["kind"]
    list_select_related = ["parent"]
    search_fields = ["name", "short_name"]
    autocomplete_fields = ["parent", "successor"]

    def owner(self, row: Organization) -> Organization:
        return row

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False  # an organization is closed: old orders name it


@admin.register(Person)
class PersonAdmin(TableAdmin):
    subject = "person"
    resource_classes = [PeopleResource]
    skip_admin_log = True  # its rows are positions, which the log would take for people; the journal has both
    list_display = ["surname", "given_name", "patronymic", "email", "phone"]
    search_fields = ["surname", "given_name", "patronymic", "email"]

    def owner(self, row: Person) -> Organization | None:
        position = Position.objects.filter(person=row).select_related("organization").first()
        return position.organization if position else None

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False  # orders and plans name people; a position ends instead


@admin.register(Position)
class PositionAdmin(JournalledAdmin):
    subject = "position"
    list_display = ["person", "title", "organization", "is_head", "is_acting", "starts_on", "ends_on"]
    list_filter = ["is_head", "is_acting"]
    list_select_related = ["person", "organization"]
    search_fields = ["title", "person__surname", "organization__short_name"]
    autocomplete_fields = ["person", "organization"]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Cluster)
class ClusterAdmin(JournalledAdmin):
    subject = "cluster"
    list_display = ["name", "organization", "is_open"]
    list_select_related = ["organization"]
    search_fields = ["name"]
    autocomplete_fields = ["organization"]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Participant)
class ParticipantAdmin(TableAdmin):
    subject = "participant"
    resource_classes = [ParticipantResource]
    list_display = ["organization", "cluster", "is_base", "starts_on", "ends_on"]
    list_filter = ["cluster", "is_base"]
    list_select_related = ["organization", "cluster__organization"]
    search_fields = ["organization__short_name", "organization__name", "cluster__name"]
    autocomplete_fields = ["organization", "cluster"]

    def owner(self, row: Participant) -> Organization:
        return row.cluster.organization


class AccountCreationForm(AdminUserCreationForm):
    class Meta(AdminUserCreationForm.Meta):
        model = User


class AccountForm(UserChangeForm):
    class Meta(UserChangeForm.Meta):
        model = User


@admin.register(User)
class AccountAdmin(UserAdmin):
    """Accounts; roles are given in the portal, on the page of the organization."""

    form = AccountForm
    add_form = AccountCreationForm
    list_display = ["username", "email", "person", "is_active", "is_staff"]
    list_filter = ["is_active", "is_staff", "is_superuser"]
    list_select_related = ["person"]
    search_fields = ["username", "email", "person__surname"]
    autocomplete_fields = ["person"]
    filter_horizontal = []
    fieldsets = [
        (None, {"fields": ["username", "password", "email", "person"]}),
        (gettext_lazy("Administration"), {"fields": ["is_active", "is_staff", "is_superuser"]}),
        (gettext_lazy("Dates"), {"fields": ["last_login", "date_joined"]}),
    ]
    readonly_fields = ["last_login", "date_joined"]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False  # the journal names accounts; one that is no longer wanted is made inactive


@admin.register(Entry)
class EntryAdmin(admin.ModelAdmin):
    """The journal of the registers: to read, never to write, for the administrator neither."""

    list_display = ["at", "by", "organization", "operation", "subject_kind", "subject_id", "for_other"]
    list_filter = ["operation", "for_other"]
    list_select_related = ["by__person", "organization"]
    date_hierarchy = "at"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Entry]:
        """Show what the administrator may read: entries on plans quote drafts, which are not his."""
        return Entry.objects.of_registers()

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

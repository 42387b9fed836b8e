"""Columns of the tables: values as people write them, sentences for what is not understood."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

import tablib
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from import_export import resources, widgets

from organizations import journal
from organizations.models import Cluster, Organization
from organizations.operations.rows import facts

SEPARATOR = " / "


def same(text: object) -> str:
    """Give a text as two people who mean the same write it: one case, single spaces."""
    return " ".join(str(text).casefold().split())


class Word(widgets.Widget):
    """A text; numbers are texts here, and nothing is taken away from them."""

    def clean(self, value: Any, row: Mapping[str, Any] | None = None, **kwargs: Any) -> str:
        return " ".join(str(value or "").split())

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return str(value or "")


class Yes(widgets.Widget):
    """Yes or no, in any of the portal's languages; empty means no."""

    def clean(self, value: Any, row: Mapping[str, Any] | None = None, **kwargs: Any) -> bool:
        said = same(value or "")
        if said in {"", "0", "-", "false", *in_languages("no")}:
            return False
        if said in {"1", "+", "true", *in_languages("yes")}:
            return True
        raise ValueError(_("“%(value)s” is neither “yes” nor “no”.") % {"value": value})

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return _("yes") if value else ""


def in_languages(msgid: str) -> set[str]:
    """Give a word in every language of the portal."""
    said = {same(msgid)}
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            said.add(same(_(msgid)))
    return said


class Day(widgets.Widget):
    """A date: 26.09.2026 or 2026-09-26."""

    def clean(self, value: Any, row: Mapping[str, Any] | None = None, **kwargs: Any) -> dt.date | None:
        said = str(value or "").strip()
        if not said:
            return None
        for form in ("%Y-%m-%d", "%d.%m.%Y"):
            try:
                return dt.datetime.strptime(said, form).date()  # noqa: DTZ007 - a date has no zone
            except ValueError:
                continue
        raise ValueError(_("“%(value)s” is not a date. Write it like 26.09.2026.") % {"value": value})

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return f"{value:%d.%m.%Y}" if value else ""


class OneOf(widgets.Widget):
    """One of a closed list, by its name in any language or by its code."""

    def __init__(self, choices: type[models.Choices]) -> None:
        super().__init__()
        self.choices = choices

    def clean(self, value: Any, row: Mapping[str, Any] | None = None, **kwargs: Any) -> Any:
        said = same(value or "")
        for choice in self.choices:
            if said in {same(choice.value), *in_all_languages(choice.label)}:
                return choice.value
        known = ", ".join(str(choice.label) for choice in self.choices)
        raise ValueError(_("“%(value)s” is not known here. It can be: %(known)s.") % {"value": value, "known": known})

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return str(self.choices(value).label) if value not in (None, "") else ""


class Number(OneOf):
    """One of a closed list of numbers; leaves as a number."""

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> Any:
        return int(value) if value is not None else ""


def in_all_languages(label: str | Promise) -> set[str]:
    """Give a lazy label in every language of the portal."""
    said = set()
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            said.add(same(label))
    return said


class Tree:
    """
    Finds organizations by their path of short names («Министерство / Округ / Школа № 4») and tells their paths.

    Where two have the same path, the last step is the full name. The full name alone, or a short name that only one
    organization has, is understood too.
    """

    def __init__(self) -> None:
        self._rows = {row.pk: row for row in Organization.objects.order_by("pk")}
        self._index()

    def _index(self) -> None:
        self._paths: dict[int, str] = {}
        self._known: dict[str, set[int]] = {}
        short: dict[str, list[int]] = {}
        for pk, row in self._rows.items():
            short.setdefault(same(self._short(row)), []).append(pk)
        for pk, row in self._rows.items():
            path = self._short(row)
            if len(short[same(path)]) > 1:
                path = SEPARATOR.join([*path.split(SEPARATOR)[:-1], row.name])
            self._paths[pk] = path
            for name in {same(path), same(self._short(row)), same(row.name), same(row.short_name)}:
                self._known.setdefault(name, set()).add(pk)

    def _short(self, row: Organization) -> str:
        steps = [row.short_name]
        while row.parent_id is not None:
            row = self._rows[row.parent_id]
            steps.insert(0, row.short_name)
        return SEPARATOR.join(steps)

    def add(self, row: Organization) -> None:
        """Learn of an organization that an earlier row has added or changed."""
        is_new = row.pk not in self._rows
        self._rows[row.pk] = row
        path = self._short(row)
        if is_new and same(path) not in self._known:
            self._paths[row.pk] = path
            for name in {same(path), same(row.name), same(row.short_name)}:
                self._known.setdefault(name, set()).add(row.pk)
        else:
            self._index()

    def path(self, pk: int | None) -> str:
        return self._paths.get(pk, "") if pk is not None else ""

    def find(self, said: str) -> Organization:
        """
        Find the organization that a cell names.

        :raises ValueError: with a sentence, if there is none or more than one
        """
        whole = same(said)
        exact = [pk for pk, path in self._paths.items() if same(path) == whole]
        found = exact or sorted(self._known.get(whole, ()))
        if len(found) == 1:
            return self._rows[found[0]]
        if not found:
            raise ValueError(_("There is no organization “%(name)s”.") % {"name": said})
        raise ValueError(
            _("There are several organizations “%(name)s”: write the path, as in “%(path)s”.")
            % {"name": said, "path": self._paths[found[0]]}
        )

    def above(self, organization: Organization) -> list[int]:
        """Give an organization and the bodies above it, the nearest first."""
        steps = [organization.pk]
        while organization.parent_id is not None:
            organization = self._rows[organization.parent_id]
            steps.append(organization.pk)
        return steps


class Place(widgets.Widget):
    """An organization by its path; the resource holds the tree."""

    def __init__(self) -> None:
        super().__init__()
        self.tree: Tree | None = None

    def clean(self, value: Any, row: Mapping[str, Any] | None = None, **kwargs: Any) -> Organization | None:
        said = str(value or "").strip()
        return self.tree.find(said) if said and self.tree else None

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return self.tree.path(value.pk) if value is not None and self.tree else ""


class RegisterResource(resources.ModelResource):
    """
    A table of a register: columns named in the reader's language and understood in each of them, rows found by what
    people know them by, everything or nothing written, every row written in the journal.
    """

    subject = ""
    columns: Mapping[str, str | Promise] = {}
    required: Iterable[str] = ()

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.tree = Tree()
        for field in self.fields.values():
            if isinstance(field.widget, Place):
                field.widget.tree = self.tree

    def get_export_headers(self, selected_fields: Iterable[str] | None = None) -> list[str]:
        return [str(self.columns[self.get_field_name(field)]) for field in self.get_export_fields(selected_fields)]

    def get_user_visible_fields(self) -> list[Any]:
        """Give the columns under the names that the table has in the reader's language."""
        return [_Column(str(name)) for name in self.columns.values()]

    def labels(self) -> list[str]:
        """Name the columns in the reader's language, in the order of the preview."""
        return [str(self.columns[self.get_field_name(field)]) for field in self.get_import_fields()]

    def before_import(self, dataset: tablib.Dataset, **kwargs: Any) -> None:
        """
        Rename the columns to the fields that they mean.

        :raises ValueError: if a column is not known, or one that each row needs is missing
        """
        known = {
            name: field for field, label in self.columns.items() for name in {same(field), *in_all_languages(label)}
        }
        headers = dataset.headers or []
        strange = [name for name in headers if same(name) not in known]
        if strange:
            raise ValueError(
                _("There is no column “%(name)s” in this table. It can have: %(known)s.")
                % {"name": strange[0], "known": ", ".join(str(label) for label in self.columns.values())}
            )
        fields = [known[same(name)] for name in headers]
        missing = [name for name in self.required if name not in fields]
        if missing:
            raise ValueError(_("The column “%(name)s” is missing.") % {"name": self.columns[missing[0]]})
        if twice := [name for name in fields if fields.count(name) > 1]:
            raise ValueError(_("The column “%(name)s” stands in the table twice.") % {"name": self.columns[twice[0]]})
        dataset.headers = fields

    def get_or_init_instance(self, instance_loader: Any, row: dict[str, Any]) -> tuple[models.Model, bool]:
        """
        Find what a row means, or begin a new one.

        :raises ValidationError: if a value that each row needs is missing, or names nothing that is known
        """
        for name in self.required:
            if not str(row.get(name) or "").strip():
                raise ValidationError(_("“%(name)s” is empty.") % {"name": self.columns[name]})
        try:
            instance, self.is_new = self.match(row)
        except ValueError as problem:
            raise ValidationError(str(problem)) from problem
        return instance, self.is_new

    def match(self, row: dict[str, Any]) -> tuple[models.Model, bool]:
        """
        Find what a row means, and whether it is new.

        :raises ValueError: with a sentence, if that cannot be told
        """
        raise NotImplementedError

    def skip_row(self, instance: Any, original: Any, row: Any, import_validation_errors: Any = None) -> bool:
        """Skip what is not changed; a new row is never that, however little it says."""
        return not self.is_new and bool(super().skip_row(instance, original, row, import_validation_errors))

    def validate_instance(
        self, instance: Any, import_validation_errors: Any = None, validate_unique: bool = True
    ) -> None:
        """
        Check a row as a whole, and name the columns as the table does.

        :raises ValidationError: with the sentences of every column
        """
        errors = dict(import_validation_errors or {})
        try:
            self.check(instance, errors)
        except ValidationError as problem:
            errors = problem.update_error_dict(errors)
        if errors:
            raise ValidationError({self._label(name): sentences for name, sentences in errors.items()})

    def check(self, instance: Any, errors: dict[str, Any]) -> None:
        """Check what the model says, leaving out the fields that were not understood anyway."""
        instance.full_clean(exclude=list(errors))

    def _label(self, attribute: str) -> str:
        for name, field in self.fields.items():
            if attribute in {name, field.attribute, field.attribute.removeprefix("person__")}:
                return str(self.columns[name])
        return attribute

    def note(
        self, row: models.Model, owner: Organization, *, new: bool, before: Mapping[str, Any], **kwargs: Any
    ) -> None:
        """Write a row into the journal, if it was really changed."""
        names = [field.name for field in row._meta.concrete_fields if field.name != "id"]
        after = facts(row, names)
        changed = [name for name in names if new or before.get(name) != after[name]]
        if changed and row.pk is not None:
            journal.record(
                operation=f"{self.subject}-{'added' if new else 'changed'}",
                subject_kind=self.subject,
                subject_id=row.pk,
                organization=owner,
                by=kwargs.get("user"),
                now=timezone.now(),
                before=None if new else {name: before.get(name) for name in changed},
                after={name: after[name] for name in changed},
                reason=str(_("Import of the table “%(file)s”") % {"file": kwargs.get("file_name") or ""}),
            )


class _Column:
    """The name of a column, as the page of the import asks for it."""

    def __init__(self, column_name: str) -> None:
        self.column_name = column_name


def cluster_for(organization: Organization, said: str, tree: Tree, clusters: Iterable[Cluster]) -> Cluster:
    """
    Find the cluster that a cell names, among those of the bodies above an organization.

    :raises ValueError: with a sentence, if there is none
    """
    above = tree.above(organization)
    for cluster in clusters:
        if cluster.organization_id in above and same(cluster.name) == same(said):
            return cluster
    raise ValueError(
        _("No body above %(organization)s keeps a cluster “%(name)s”.") % {"organization": organization, "name": said}
    )

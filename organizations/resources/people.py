"""
People as a table: one row is one position of one person.

A person is known by her names within an organization, or by names and e-mail anywhere; a row without an organization is a
person without a position.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from import_export.fields import Field

from organizations.models import Person, Position
from organizations.operations.rows import facts
from organizations.resources.columns import Day, Place, RegisterResource, Word, Yes, same

NAMES = ("surname", "given_name", "patronymic")


class PeopleResource(RegisterResource):
    """Exports positions with their people; imports both."""

    subject = "position"
    columns = {
        "surname": gettext_lazy("Surname"),
        "given_name": gettext_lazy("Given name"),
        "patronymic": gettext_lazy("Patronymic"),
        "email": gettext_lazy("E-mail"),
        "phone": gettext_lazy("Phone"),
        "organization": gettext_lazy("Organization"),
        "title": gettext_lazy("Position"),
        "is_head": gettext_lazy("Head of the organization"),
        "is_acting": gettext_lazy("Acting"),
        "starts_on": gettext_lazy("From"),
        "ends_on": gettext_lazy("Until"),
    }
    required = ("surname", "given_name")

    surname = Field("person__surname", "surname", Word())
    given_name = Field("person__given_name", "given_name", Word())
    patronymic = Field("person__patronymic", "patronymic", Word())
    email = Field("person__email", "email", Word())
    phone = Field("person__phone", "phone", Word())
    organization = Field("organization", "organization", Place())
    title = Field("title", "title", Word())
    is_head = Field("is_head", "is_head", Yes())
    is_acting = Field("is_acting", "is_acting", Yes())
    starts_on = Field("starts_on", "starts_on", Day())
    ends_on = Field("ends_on", "ends_on", Day())

    class Meta:
        model = Position
        fields = (*NAMES, "email", "phone", "organization", "title", "is_head", "is_acting", "starts_on", "ends_on")
        import_id_fields = ("surname", "given_name")
        skip_unchanged = True
        clean_model_instances = True
        use_transactions = True

    def iter_queryset(self, queryset: Any) -> Iterator[Position]:
        """Give a row for each position of the people asked for, and one for each person without any."""
        people = Person.objects.in_order().prefetch_related("positions__organization")
        if queryset is not None and queryset.model is Person:
            people = people.filter(pk__in=queryset.order_by().values("pk"))
        for person in people:
            positions = list(person.positions.all())
            for position in positions:
                position.person = person
            yield from positions or [Position(person=person)]

    def match(self, row: dict[str, Any]) -> tuple[Position, bool]:
        """
        Find the person and the position that a row means.

        :raises ValueError: with a sentence, if the row lacks something or could mean two people
        """
        where, title = str(row.get("organization") or "").strip(), str(row.get("title") or "").strip()
        if bool(where) is not bool(title):
            empty = "title" if where else "organization"
            raise ValueError(_("“%(name)s” is empty.") % {"name": self.columns[empty]})
        organization = self.tree.find(where) if where else None
        person = self._person(row, organization)
        if person is None:
            return Position(person=Person(), organization=organization), True
        if organization is None:
            return Position(person=person), False
        held = [
            position
            for position in Position.objects.filter(person=person, organization=organization)
            if same(position.title) == same(title)
        ]
        starts_on = Day().clean(row.get("starts_on")) if _is_day(row.get("starts_on")) else None
        exact = [position for position in held if position.starts_on == starts_on]
        if not exact and len(held) == 1 and (held[0].starts_on is None or starts_on is None):
            exact = held
        if exact:
            exact[0].person = person
            return exact[0], False
        return Position(person=person, organization=organization), True

    def _person(self, row: Mapping[str, Any], organization: Any) -> Person | None:
        names = tuple(same(row.get(name) or "") for name in NAMES)
        namesakes = [
            person
            for person in Person.objects.filter(surname__iexact=str(row["surname"]).strip())
            if tuple(same(getattr(person, name)) for name in NAMES) == names
        ]
        email = same(row.get("email") or "")
        if organization is not None:
            here = [p for p in namesakes if Position.objects.filter(person=p, organization=organization).exists()]
            if len(here) > 1:
                here = [person for person in here if same(person.email) == email]
                if len(here) != 1:
                    raise ValueError(
                        _("Two people of this name work in %(organization)s: tell them apart by their e-mail.")
                        % {"organization": organization}
                    )
            if here:
                return here[0]
        if email:
            by_email = [person for person in namesakes if same(person.email) == email]
            return by_email[0] if by_email else None
        alone = [p for p in namesakes if not p.email and not Position.objects.filter(person=p).exists()]
        return alone[0] if alone else None

    def check(self, instance: Position, errors: dict[str, Any]) -> None:
        """Check the person, and the position if the row has one."""
        known = [name.removeprefix("person__") for name in errors]
        found: dict[str, Any] = {}
        try:
            instance.person.full_clean(exclude=known)
        except ValidationError as problem:
            found = problem.update_error_dict(found)
        if instance.organization_id is not None:
            try:
                instance.full_clean(exclude=[*known, "person"])
            except ValidationError as problem:
                found = problem.update_error_dict(found)
        if found:
            raise ValidationError(found)

    def do_instance_save(self, instance: Position, is_create: bool) -> None:
        instance.person.save()
        instance.person = instance.person  # the position learns the key that its person has got
        if instance.organization_id is not None:
            instance.save()

    def before_save_instance(self, instance: Position, row: Any, **kwargs: Any) -> None:
        person = Person.objects.filter(pk=instance.person.pk).first() if instance.person.pk else None
        position = Position.objects.filter(pk=instance.pk).first() if instance.pk else None
        self._known = {
            "person": facts(person, [*NAMES, "email", "phone"]) if person else None,
            "position": facts(position, [f.name for f in position._meta.concrete_fields]) if position else None,
        }

    def after_save_instance(self, instance: Position, row: Any, **kwargs: Any) -> None:
        if instance.organization_id is None:
            return  # nobody's journal: the administrator's own log has the row
        for subject, made in (("person", instance.person), ("position", instance)):
            self.subject = subject
            before = self._known[subject]
            self.note(made, instance.organization, new=before is None, before=before or {}, **kwargs)


def _is_day(value: object) -> bool:
    try:
        Day().clean(value)
    except ValueError:
        return False
    return True

"""The picker of the organizations that a row obliges by name: by municipality, narrowed by a word."""

from dataclasses import dataclass, field

from organizations.choices import OrganizationKind
from organizations.models import Organization
from organizations.querysets import OrganizationQuerySet
from roadmaps.forms.rows import RowForm
from roadmaps.matching.words import fold


@dataclass(frozen=True, slots=True)
class Choice:
    """An organization that can be ticked."""

    pk: int
    name: str
    is_chosen: bool


@dataclass(slots=True)
class ChoiceGroup:
    """A municipality with what stands below it; without a name, what stands directly below the owner."""

    name: str
    choices: list[Choice] = field(default_factory=list)
    is_open: bool = False

    @property
    def chosen(self) -> int:
        return sum(choice.is_chosen for choice in self.choices)


@dataclass(frozen=True, slots=True)
class Picker:
    """All groups; `total` counts what could be chosen, `shown` what the word leaves."""

    groups: list[ChoiceGroup]
    total: int
    shown: int
    word: str


def picker_of(form: RowForm, below: OrganizationQuerySet) -> Picker:
    """Lay out what can be ticked: what the word of the form finds, and always what is ticked already."""
    word = " ".join(str(form["among"].value() or "").split())[:100]
    chosen = form.chosen()
    organizations = list(below.in_order().only("pk", "parent_id", "kind", "name", "short_name"))
    named = {one.pk: one for one in organizations}
    groups: dict[int | None, ChoiceGroup] = {None: ChoiceGroup("")}
    for one in organizations:
        if one.kind in {OrganizationKind.MUNICIPALITY, OrganizationKind.DISTRICT}:
            groups[one.pk] = ChoiceGroup(one.short_name)
    shown = 0
    for one in organizations:
        if one.pk in chosen or _holds(one, word):
            group = groups[_municipality(one, named)]
            group.choices.append(Choice(one.pk, one.short_name, one.pk in chosen))
            group.is_open = group.is_open or bool(word) or one.pk in chosen
            shown += 1
    return Picker([group for group in groups.values() if group.choices], len(organizations), shown, word)


def _holds(organization: Organization, word: str) -> bool:
    said = fold(f"{organization.short_name} {organization.name}")
    return all(part in said for part in fold(word).split())


def _municipality(organization: Organization, named: dict[int, Organization]) -> int | None:
    """Find the nearest municipality in which an organization stands, itself included; None if there is none."""
    at: Organization | None = organization
    while at is not None and at.kind not in {OrganizationKind.MUNICIPALITY, OrganizationKind.DISTRICT}:
        at = named.get(at.parent_id or 0)
    return at.pk if at else None

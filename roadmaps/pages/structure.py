"""The outline of a draft in the editor: what can be moved up or down, what was taken out."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from roadmaps.choices import HeadingKind
from roadmaps.models import Edition, Heading
from roadmaps.operations.structure import EDITABLE, OF_THE_HEAD, dropped_headings, dropped_rows
from roadmaps.sheets import Sheet


@dataclass(frozen=True, slots=True)
class Steps:
    """Whether a heading has a neighbour above it and one below it."""

    up: bool
    down: bool


def steps_of(sheet: Sheet) -> dict[int, Steps]:
    """Say of every heading where it can go among its siblings."""
    levels: dict[object, list[int]] = {}
    for heading in sheet.headings:
        if heading.kind in EDITABLE:
            level = "head" if heading.kind in OF_THE_HEAD else heading.parent
            levels.setdefault(level, []).append(heading.pk)
    return {
        pk: Steps(up=place > 0, down=place < len(level) - 1)
        for level in levels.values()
        for place, pk in enumerate(level)
    }


@dataclass(frozen=True, slots=True)
class Gone:
    """Something in force that the draft no longer has, and that can be brought back."""

    pk: int
    is_row: bool
    kind: str
    text: str


def gone_from(edition: Edition) -> list[Gone]:
    """List what a draft took out of the edition in force."""
    headings = [
        Gone(text.heading_id, False, kind_words(text.heading.kind), f"{text.number} {text.title}".strip())
        for text in dropped_headings(edition.roadmap_id)
    ]
    rows = [Gone(row.commitment_id, True, _("Row"), row.text) for row in dropped_rows(edition.roadmap_id)]
    return headings + rows


def just_dropped(sheet: Sheet, asked: str) -> Heading | None:
    """Give the heading that the address says was dropped a moment ago, if it is one of this plan and gone."""
    if not asked.isdecimal() or len(asked) > 18 or int(asked) in sheet.heading:
        return None
    return Heading.objects.filter(pk=int(asked), roadmap=sheet.edition.roadmap_id, kind__in=EDITABLE).first()


def kind_words(kind: str) -> str:
    """Name a kind of heading at the beginning of a sentence."""
    return {
        HeadingKind.GOAL.value: _("Goal"),
        HeadingKind.TASK.value: _("Task"),
        HeadingKind.SECTION.value: _("Section"),
        HeadingKind.ACTIVITY.value: _("Activity"),
    }[str(kind)]


def dropped_words(kind: str) -> str:
    """Say that a heading was removed."""
    return {
        HeadingKind.GOAL.value: _("The goal is removed."),
        HeadingKind.TASK.value: _("The task is removed."),
        HeadingKind.SECTION.value: _("The section is removed."),
        HeadingKind.ACTIVITY.value: _("The activity is removed."),
    }[str(kind)]

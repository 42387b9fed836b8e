"""What the plans in force above offer a body below, and who would do it there."""

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from organizations import access
from organizations.access import Role
from organizations.models import Organization, Position
from roadmaps import deriving, meeting
from roadmaps.choices import LinkKind, Obliges
from roadmaps.deriving import Hands, Offer, Source
from roadmaps.executors import LEVELS
from roadmaps.models import Roadmap
from roadmaps.sheets import Sheet, SheetRow

DEPUTY = "заместитель"


@dataclass(frozen=True)
class Handing:
    """The chosen plans above with what they offer, in the order of the documents."""

    organization: Organization
    uppers: tuple[Roadmap, ...]
    sheets: tuple[Sheet, ...]
    offers: tuple[Offer, ...]
    hands: Hands

    def sheet_of(self, offer: Offer) -> Sheet:
        """Find the plan in which an offered row stands."""
        return next(sheet for sheet in self.sheets if offer.source.row in sheet.row)

    def groups(self, offers: Iterable[Offer]) -> dict[str, int]:
        """Count the rows of every executor above, the most frequent first."""
        counts: dict[str, int] = {}
        for offer in offers:
            for text in offer.source.doers:
                counts[text] = counts.get(text, 0) + 1
        return dict(sorted(counts.items(), key=lambda item: -item[1]))


def handing_of(
    organization: Organization, uppers: Sequence[Roadmap], *, answered: Collection[int] = (), today: dt.date
) -> Handing:
    """Read the plans in force above and propose what of them an organization takes; `answered` rows are left out."""
    sheets = tuple(meeting.in_force_sheet(upper) for upper in uppers)
    rows = {row.commitment for sheet in sheets for row in sheet.rows}
    sources = [
        _source(sheet, row, organization, rows, row.commitment in answered)
        for sheet in sheets
        for _heading, found in sheet.activities()
        for row in found
    ]
    offers = deriving.offers_of(sources, LEVELS[organization.kind])
    return Handing(organization, tuple(uppers), sheets, tuple(offers), hands_of(organization, today))


def _source(sheet: Sheet, row: SheetRow, organization: Organization, chosen: Collection[int], answered: bool) -> Source:
    roadmap = sheet.edition.roadmap
    return Source(
        row=row.commitment,
        plan=roadmap.pk,
        level=LEVELS[roadmap.organization.kind],
        label=row.label,
        activity=sheet.heading[row.heading].title,
        text=row.text,
        deadline=row.deadline,
        executors=tuple(executor.text for executor in row.executors),
        reach=row.obliges,
        is_named=row.obliges == Obliges.NAMED and organization.pk in row.obliged,
        follows=tuple(
            link.upper_id for link in row.links if link.kind == LinkKind.IMPLEMENTS and link.upper_id in chosen
        ),
        is_answered=answered,
    )


def hands_of(organization: Organization, today: dt.date) -> Hands:
    """Name the people of an organization as its plan would: head, coordinator in the portal, the only deputy."""
    held = list(Position.objects.held(today).filter(organization=organization).select_related("person"))
    heads = sorted((post for post in held if post.is_head), key=lambda post: (not post.is_acting, post.pk))
    deputies = [post for post in held if post.title.casefold().startswith(DEPUTY)]
    posts = {post.person_id: post for post in reversed(held)}
    coordinators = [
        posts[user.person_id]
        for user in access.holders(organization, Role.COORDINATOR)
        if user.person_id in posts and user.person_id is not None
    ]
    return Hands(
        head=_named(heads[0]) if heads else "",
        coordinator=_named(coordinators[0]) if coordinators else "",
        deputy=_named(deputies[0]) if len(deputies) == 1 else "",
    )


def _named(post: Position) -> str:
    title = post.title if post.title[1:2].isupper() else f"{post.title[:1].lower()}{post.title[1:]}"
    return f"{post.person.short_name}, {title}"


def title_for(handing: Handing) -> str:
    """Propose the title of the lower plan; the words of documents are Russian."""
    roadmap = handing.uppers[0]
    first, last = roadmap.period_start.year, roadmap.period_end.year
    year = f"на {first}–{last} учебный год" if last > first else f"на {first} год"
    return f"План по реализации программы «{roadmap.programme.name}» {year}"


def section_of(sheet: Sheet, row: int) -> str:
    """Name the section in which a row stands."""
    path = sheet.path(sheet.heading[sheet.row[row].heading])
    return " · ".join(f"{heading.number} {heading.title}".strip() for heading in path)

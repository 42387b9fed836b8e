"""Whom a coordinator may name as executor: people, positions, groups, bodies and organizations that she may see."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from organizations.models import Organization, Position, User
from roadmaps.choices import DRAFT, ExecutorKind
from roadmaps.editor.suggesting import Suggestion, fitting
from roadmaps.findings.executors import understand
from roadmaps.models import Assignment, Edition
from roadmaps.pages.groups import groups_below
from roadmaps.pages.plan import Groups, who_of
from roadmaps.sheets import SheetExecutor

GROUPS_OFFERED = (
    "Руководители ОО",
    "Заместители директоров",
    "Школьные координаторы",
    "Классные руководители",
    "Педагоги-психологи",
    "Учителя-предметники",
    "Руководители МОУО",
    "Муниципальные координаторы",
    "Руководители РМО",
)
"""Words of documents, and so in their language; what each expands to is said beside it."""
ORGANIZATIONS_AT_MOST = 30


def suggestions(edition: Edition, user: User, typed: str) -> list[Suggestion]:
    """Give who fits what was typed: whom the plan names already, own people and posts, groups, visible organizations."""
    organization = edition.roadmap.organization
    groups = groups_below(organization.pk)
    return fitting(typed, _known(edition, organization, user, groups, typed))


def _known(
    edition: Edition, organization: Organization, user: User, groups: Groups, typed: str
) -> Iterator[Suggestion]:
    posts = Position.objects.filter(organization=organization, ends_on=None).select_related("person")
    for post in posts:
        yield Suggestion(post.person.short_name, post.title)
    named = Assignment.objects.at(DRAFT).filter(roadmap=edition.roadmap_id)
    for text in named.order_by("text").values_list("text", flat=True).distinct():
        yield Suggestion(text, says(text, groups))
    for text in GROUPS_OFFERED:
        yield Suggestion(text, says(text, groups))
    for title in dict.fromkeys(post.title for post in posts):
        yield Suggestion(title, _("position"))
    if typed.strip():
        found = Organization.objects.visible_to(user).open().filter(short_name__icontains=typed.strip().split()[0])
        for short_name in found.order_by("short_name").values_list("short_name", flat=True)[:ORGANIZATIONS_AT_MOST]:
            yield Suggestion(short_name, _("organization"))


def says(text: str, groups: Groups) -> str:
    """Say what an executor is taken for, and what a group expands to."""
    who = understand(text)
    kind = str(ExecutorKind(who.kind.value).label)
    expands = who_of(SheetExecutor(text, who.kind.value, who.group, False), groups).expands
    return f"{kind}: {expands}" if expands else kind

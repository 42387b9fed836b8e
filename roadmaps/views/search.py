"""Search: organizations, plans and rows that the reader may see."""

from typing import NamedTuple

from django.contrib.auth.decorators import login_required
from django.core.paginator import Page, Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from organizations.views.pages import SignedInRequest
from roadmaps.pages import search as pages

ON_PAGE = 20
FIRST = 5


class Group(NamedTuple):
    """What was found of one sort."""

    code: str
    label: str
    page: Page
    hits: list[pages.Hit]


@login_required
@require_GET
def search(request: SignedInRequest) -> HttpResponse:
    """Find by words; all groups first, or one of them page by page."""
    words = request.GET.get("q", "").replace("\0", "").strip()[:200]  # PostgreSQL takes no null
    asked = request.GET.get("in", "")
    groups: list[Group] = []
    if words:
        for code, label, found in pages.groups(request.user, words):
            if asked and asked != code:
                continue
            page = Paginator(found, ON_PAGE if asked else FIRST).get_page(request.GET.get("page") if asked else 1)
            if page.paginator.count:
                groups.append(Group(code, label, page, pages.hits(code, page.object_list)))
    context = {
        "q": words,
        "words": pages.marked(words),
        "asked": asked,
        "groups": groups,
        "count": sum(group.page.paginator.count for group in groups),
    }
    return render(request, "roadmaps/search.html", context)

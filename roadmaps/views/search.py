"""Search: organizations, plans and rows that the reader may see."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from roadmaps.pages import search as pages

ON_PAGE = 20
FIRST = 5


@login_required
@require_GET
def search(request: HttpRequest) -> HttpResponse:
    """Find by words; all groups first, or one of them page by page."""
    words = request.GET.get("q", "").strip()[:200]
    asked = request.GET.get("in", "")
    groups = []
    if words:
        for code, label, found in pages.groups(request.user, words):
            if asked and asked != code:
                continue
            page = Paginator(found, ON_PAGE if asked else FIRST).get_page(request.GET.get("page") if asked else 1)
            if page.paginator.count:
                page.object_list = pages.hits(code, page.object_list)
                groups.append({"code": code, "label": label, "page": page})
    context = {
        "q": words,
        "words": words.split(),
        "asked": asked,
        "groups": groups,
        "count": sum(group["page"].paginator.count for group in groups),
    }
    return render(request, "roadmaps/search.html", context)

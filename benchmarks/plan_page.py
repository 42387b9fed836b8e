"""
The page of a plan, beside a bare view: one query, the same table, no layout, session or permissions.

Both are asked through Django's handler, as a browser asks; the bare view's has no middleware but the one that finds it.
"""

import gzip
from collections.abc import Callable

from django.contrib.postgres.aggregates import StringAgg
from django.db.models import F, Q
from django.http import HttpRequest, HttpResponse
from django.template import Context, Template
from django.test import Client, override_settings
from django.urls import path

from benchmarks import region
from benchmarks.measure import Figure, in_turns, statements
from roadmaps.choices import DRAFT
from roadmaps.models import Deliverable

BARE_TABLE = Template(
    "<table>{% for row in rows %}<tr><td>{{ row.number }}</td><td>{{ row.title }}</td><td>{{ row.text }}</td>"
    "<td>{{ row.own.phrase }}</td><td>{{ row.start|date:'d.m.Y' }}</td><td>{{ row.due|date:'d.m.Y' }}</td>"
    "<td>{{ row.executors }}</td></tr>{% endfor %}</table>"
)


def bare_view(request: HttpRequest, roadmap: int) -> HttpResponse:
    """Answer with the plan's table and nothing else."""
    text, executor = "heading__texts", "commitment__assignments"
    rows = (
        Deliverable.objects.at(DRAFT)
        .filter(Q(**{f"{text}__since__lte": DRAFT, f"{text}__until__gt": DRAFT}), roadmap=roadmap)
        .values("pk", "position", "text", "own", "start", "due", number=F(f"{text}__number"), title=F(f"{text}__title"))
        .annotate(
            executors=StringAgg(
                f"{executor}__text",
                ", ",
                filter=Q(**{f"{executor}__since__lte": DRAFT, f"{executor}__until__gt": DRAFT}),
            )
        )
        .order_by("position")
    )
    return HttpResponse(BARE_TABLE.render(Context({"rows": rows})))


urlpatterns = [path("bare/<int:roadmap>/", bare_view)]


def bare_addresses(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Find the bare view, which is none of the portal's addresses."""

    def answer(request: HttpRequest) -> HttpResponse:
        request.urlconf = "benchmarks.plan_page"  # type: ignore[attr-defined]
        return get_response(request)

    return answer


def bare_client() -> Client:
    """Give a client whose handler runs nothing before the bare view."""
    client = Client(SERVER_NAME="localhost")
    with override_settings(MIDDLEWARE=["benchmarks.plan_page.bare_addresses"]):
        client.handler.load_middleware()
    return client


def plan_page(name: str, *, rows_of_plan: int, turns: int = 80) -> Figure:
    """Measure the page as the municipality's coordinator sees her draft."""
    measured = region.build(name, rows_of_plan=rows_of_plan)
    few = region.build(f"{name}-few", rows_of_plan=10)
    client = Client(SERVER_NAME="localhost")
    client.force_login(measured.coordinator)
    address = measured.roadmap.get_absolute_url()
    bare, bare_address = bare_client(), f"/bare/{measured.roadmap.pk}/"

    def product() -> None:
        answer = client.get(address)
        assert answer.status_code == 200, answer.status_code
        assert f"Итоги встречи {rows_of_plan} " in answer.content.decode()

    def floor() -> None:
        assert f"Итоги встречи {rows_of_plan} " in bare.get(bare_address).content.decode()

    other = Client(SERVER_NAME="localhost")
    other.force_login(few.coordinator)
    other.get(few.roadmap.get_absolute_url())  # what is loaded once is not counted
    with_ten = statements(lambda: other.get(few.roadmap.get_absolute_url()))
    assert statements(floor) == 1
    return in_turns(
        name,
        product,
        floor,
        turns=turns,
        rows=rows_of_plan,
        counts_statements=True,
        note=f"aim: at most 5 × and 8 statements; a plan of 10 rows takes {with_ten} statements; the page weighs {weight(client, address)} KB",
    )


def weight(client: Client, address: str) -> int:
    """Give how many kilobytes the page takes on the wire, compressed."""
    return round(len(gzip.compress(client.get(address).content, 6)) / 1024)

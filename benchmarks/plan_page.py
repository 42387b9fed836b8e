"""The page of a plan, beside a bare view: one query, the same table, no layout, session or permissions."""

from django.contrib.postgres.aggregates import StringAgg
from django.db.models import F, Q
from django.http import HttpRequest, HttpResponse
from django.template import Context, Template
from django.test import Client, RequestFactory

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


def plan_page(name: str, *, rows_of_plan: int) -> Figure:
    """Measure the page as the municipality's coordinator sees her draft."""
    measured = region.build(name, rows_of_plan=rows_of_plan)
    few = region.build(f"{name}-few", rows_of_plan=10)
    client = Client(SERVER_NAME="localhost")
    client.force_login(measured.coordinator)
    address = measured.roadmap.get_absolute_url()
    bare_request = RequestFactory().get("/")

    def product() -> None:
        answer = client.get(address)
        assert answer.status_code == 200, answer.status_code
        assert f"Итоги встречи {rows_of_plan} " in answer.content.decode()

    def floor() -> None:
        assert f"Итоги встречи {rows_of_plan} " in bare_view(bare_request, measured.roadmap.pk).content.decode()

    other = Client(SERVER_NAME="localhost")
    other.force_login(few.coordinator)
    other.get(few.roadmap.get_absolute_url())  # what is loaded once is not counted
    with_ten = statements(lambda: other.get(few.roadmap.get_absolute_url()))
    assert statements(floor) == 1
    return in_turns(
        name,
        product,
        floor,
        turns=80,
        rows=rows_of_plan,
        counts_statements=True,
        note=f"aim: at most 5 × and 8 statements; a plan of 10 rows takes {with_ten} statements",
    )

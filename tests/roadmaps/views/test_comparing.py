"""Two editions side by side: what is shown to whom, what it costs, the table in Word and PDF."""

import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from docx import Document

from documents import tasks
from documents.choices import FileKind
from documents.comparison_texts import ComparisonText
from documents.models import RenderedFile
from organizations.access import Role
from roadmaps import sheets
from roadmaps.models import Edition
from roadmaps.operations import editions, rows
from tests.roadmaps.chain import NOW, Chain, Plan
from tests.roadmaps.operations.ordered import registered, submitted
from tests.roadmaps.operations.ordered import signed as signed_order
from tests.roadmaps.views.conftest import Cascade, Signed
from tests.roadmaps.views.test_reading import text_of


def corrected(chain: Chain, plan: Plan, changes: dict[int, str]) -> None:
    """Open the next edition of a plan and give some of its rows other deadlines."""
    edition = editions.open_edition(plan.edition.roadmap, by=None, now=NOW)
    found = sheets.load(edition).rows
    for place, phrase in changes.items():
        rows.edit_result(
            roadmap=plan.roadmap, commitment=found[place].commitment, changes={"phrase": phrase},
            reason="Так решил совет", by=chain.user(chain.ministry), now=NOW,
        )  # fmt: skip


@pytest.fixture
def page(cascade: Cascade) -> str:
    return reverse("plan-compare", args=[cascade.region.roadmap])


def test_it_costs_the_same_for_one_change_and_for_three(
    chain: Chain, cascade: Cascade, signed: Signed, page: str
) -> None:
    client = signed(chain.ministry)
    corrected(chain, cascade.region, {0: "до 31.10.2026"})
    client.get(page)
    with CaptureQueriesContext(connection) as one:
        assert text_of(client.get(page).content).count("причина: Так решил совет") == 1
    corrected(chain, cascade.region, {1: "до 21.11.2026", 2: "11.03.2027 - 20.03.2027"})
    with CaptureQueriesContext(connection) as three:
        assert text_of(client.get(page).content).count("причина: Так решил совет") == 3
    assert len(three) == len(one)


def test_those_below_compare_what_is_in_force_and_nothing_else(
    chain: Chain, cascade: Cascade, signed: Signed, page: str
) -> None:
    corrected(chain, cascade.region, {0: "до 31.10.2026"})
    town = signed(chain.town)
    assert "31.10.2026" not in text_of(town.get(page).content)
    assert town.get(page, {"was": "1", "became": "draft"}).status_code == 404
    chain.put_in_force(editions.open_edition(cascade.region.edition.roadmap, by=None, now=NOW))
    said = text_of(town.get(page).content)
    assert "до [вставлено: 31.10.2026 ]" in " ".join(said.split())
    assert "Так решил совет" not in said  # why, is told to one's own house
    # The town's draft had its own date; its link says «own», so nothing of it moved.
    assert (
        text_of(town.get(reverse("plan-editions", args=[cascade.region.roadmap])).content).count("изменена 1 строка")
        == 1
    )


def test_the_table_is_given_in_word_and_made_in_pdf(chain: Chain, cascade: Cascade, signed: Signed, page: str) -> None:
    corrected(chain, cascade.region, {0: "до 31.10.2026"})
    client = signed(chain.ministry, Role.STAFF)
    address = reverse("plan-compare-file", args=[cascade.region.roadmap, "docx"])
    table = Document(io.BytesIO(client.get(address).getvalue())).tables[0]
    assert [cell.text for cell in table.rows[0].cells] == [
        "Строка",
        f"Было\nредакция 1, приказ от 04.09.2026 № {cascade.region.edition.order.number}",
        "Стало\nпроект",
        "Основание",
    ]
    assert [run.text for p in table.rows[1].cells[1].paragraphs for run in p.runs if run.font.strike] == ["30.10.2026"]
    pdf = reverse("plan-compare-file", args=[cascade.region.roadmap, "pdf"])
    assert client.get(pdf).status_code == 302  # nobody has asked for it yet
    client.post(pdf)
    file = RenderedFile.objects.get(kind=FileKind.COMPARISON)
    kept = ComparisonText.from_json(file.source)
    assert (kept.source_hash(), ComparisonText.from_json(kept.to_json())) == (file.source_hash, kept)
    assert "PDF готовится" in text_of(client.get(page).content)


# WeasyPrint leaves the colour profile that it reads to the garbage collector.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_its_pdf_is_one(chain: Chain, cascade: Cascade, signed: Signed, page: str) -> None:
    corrected(chain, cascade.region, {0: "до 31.10.2026"})
    client = signed(chain.ministry)
    pdf = reverse("plan-compare-file", args=[cascade.region.roadmap, "pdf"])
    client.post(pdf)
    assert tasks.render_file(file=RenderedFile.objects.get(kind=FileKind.COMPARISON).pk) == 1
    assert b"".join(client.get(pdf).streaming_content).startswith(b"%PDF-")


def test_what_came_by_itself_names_the_order_above(chain: Chain, signed: Signed) -> None:
    town = submitted(chain)
    registered(chain, signed_order(chain, town))
    upper = sheets.load(town.edition).rows[0].links[0].upper
    assert upper is not None
    above = Edition.objects.for_page().get(roadmap=upper.roadmap)
    corrected(chain, Plan(above, ()), {0: "до 20.10.2026"})
    number = chain.put_in_force(editions.open_edition(above.roadmap, by=None, now=NOW)).order.number
    client = signed(chain.town)
    said = " ".join(text_of(client.get(reverse("plan-compare", args=[town.roadmap])).content).split())
    assert f"изменена вслед за приказом министерства Полярного края от 04.09.2026 № {number}" in said.replace(
        "\xa0", " "
    )
    assert "срок как у строки: край, 1.1" in said.replace("\xa0", " ")
    plan = text_of(client.get(reverse("plan", args=[town.roadmap])).content).replace("\xa0", " ")
    assert f"(срок изменён вслед за приказом министерства Полярного края от 04.09.2026 № {number})" in " ".join(
        plan.split()
    )

"""A plan as a file: taken along by whoever may read it, brought back by whoever may write it."""

import io
from urllib.parse import unquote

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from docx import Document
from openpyxl import load_workbook
from pytest_django import DjangoAssertNumQueries

from organizations.access import Role
from roadmaps.choices import EditedState
from roadmaps.models import EditedFile, Import
from roadmaps.operations import imports
from tests import factories
from tests.roadmaps.chain import NOW, Chain, Plan
from tests.roadmaps.edited.plans import in_word
from tests.roadmaps.edited.test_comparing import write
from tests.roadmaps.operations.ordered import prepared, submitted
from tests.roadmaps.views.conftest import Signed


def bytes_of(response: HttpResponse) -> bytes:
    return b"".join(response.streaming_content)


def download(client: Client, plan: Plan, form: str = "docx") -> bytes:
    return bytes_of(client.get(f"/plans/{plan.roadmap}/download/{form}/"))


def bring(client: Client, plan: Plan, data: bytes) -> str:
    """Upload a file; gives the address of what differs."""
    answer = client.post(f"/plans/{plan.roadmap}/edited/", {"file": SimpleUploadedFile("Правка.docx", data)})
    assert answer.status_code == 302, answer.content.decode()
    return answer["Location"]


def test_a_plan_is_downloaded_under_a_name_that_says_what_it_is(chain: Chain, signed: Signed) -> None:
    plan = chain.plan(chain.town, ["до 15.10.2026"], title="План: полярные классы/2026")
    client = signed(chain.town)
    answer = client.get(f"/plans/{plan.roadmap}/download/docx/")
    assert unquote(answer["Content-Disposition"]) == (
        "attachment; filename*=utf-8''План полярные классы-2026, Управление Снежного округа, проект от 07.09.2026.docx"
    )
    assert "ПРОЕКТ" in [one.text for one in Document(io.BytesIO(bytes_of(answer))).paragraphs]
    sheet = load_workbook(io.BytesIO(download(client, plan, "xlsx"))).active
    assert "до 15.10.2026" in [cell.value for row in sheet for cell in row]
    assert client.get(f"/plans/{plan.roadmap}/download/odt/").status_code == 404


def test_an_edition_in_force_names_its_order(chain: Chain, signed: Signed) -> None:
    plan = chain.plan(chain.town, ["до 15.10.2026"], in_force=True)
    answer = signed(chain.school).get(f"/plans/{plan.roadmap}/editions/1/download/docx/")
    text = "\n".join(one.text for one in Document(io.BytesIO(bytes_of(answer))).paragraphs)
    assert "УТВЕРЖДЁН" in text
    assert "от\xa004.09.2026 №\xa0" in text
    assert "редакция 1.docx" in unquote(answer["Content-Disposition"])


def test_the_files_of_a_draft_order(chain: Chain, signed: Signed) -> None:
    town = submitted(chain)
    factories.participant(chain.school, factories.cluster(chain.ministry, "Полярный"))
    order = prepared(chain, town)
    client = signed(chain.town)
    for part, form, words in (
        ("order", "docx", "приказываю"), ("plan", "docx", "Приложение № 1"), ("participants", "docx", "Школа на Озёрной"),
    ):  # fmt: skip
        document = Document(io.BytesIO(bytes_of(client.get(f"/orders/{order.pk}/download/{part}/{form}/"))))
        texts = [one.text for one in document.paragraphs]
        texts += [cell.text for table in document.tables for row in table.rows for cell in row.cells]
        assert words in "\n".join(texts).replace("\xa0", " ")
    book = load_workbook(io.BytesIO(bytes_of(client.get(f"/orders/{order.pk}/download/order/xlsx/"))))
    assert book.sheetnames == ["Приложение 1", "Приложение 2"]
    assert client.get(f"/orders/{order.pk}/download/visas/docx/").status_code == 404
    assert client.get(f"/orders/{order.pk}/download/secret/docx/").status_code == 404
    assert "Word" in client.get(f"/orders/{order.pk}/").content.decode()


def test_a_plan_for_everybody_has_neither_names_nor_marks(chain: Chain, client: Client) -> None:
    from documents.models import Office
    from roadmaps.operations import rows

    plan = chain.plan(chain.town, ["до 15.10.2026"])
    by = chain.user(chain.town)
    changes = {"executors": ["методист Ельникова А. П."]}
    rows.edit_result(roadmap=plan.roadmap, commitment=plan.rows[0], changes=changes, by=by, now=NOW)
    chain.put_in_force(plan.edition)
    address = f"/public/plans/{plan.roadmap}/download/docx/"
    assert client.get(address).status_code == 404
    Office.objects.update_or_create(organization=chain.town, defaults={"publishes_plans": True})
    data = bytes_of(client.get(address))
    xml = Document(io.BytesIO(data)).element.xml
    assert "методист" in xml
    assert "Ельникова" not in xml
    assert "bookmarkStart" not in xml


def test_what_is_ticked_enters_the_plan(
    chain: Chain, signed: Signed, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    plan = chain.plan(chain.town, ["до 15.10.2026", "до 16.10.2026", "до 17.10.2026"])
    client = signed(chain.town)
    data = download(client, plan)
    one = bring(client, plan, in_word(data, lambda table, rows: write(rows[0], 2, "Исправлено")))
    three = bring(
        client, plan, in_word(data, lambda table, rows: [write(rows[at], 2, f"Исправлено {at}") for at in range(3)])
    )
    client.get(one)
    with django_assert_num_queries(queries(client, one)):
        page = client.get(three)
    assert [group.lines[0].cells[0].became for group in page.context["groups"]] == ["Исправлено 0"]
    assert len(page.context["groups"][0].lines) == 3
    body = {"seen": page.context["found"].digest, "take": [f"row-{plan.rows[1]}"]}
    assert client.post(three, {**body, "take": ["row-1000000"]}).status_code == 302
    assert client.post(three, {"seen": body["seen"]}).status_code == 409
    assert client.post(three, body)["Location"] == f"/plans/{plan.roadmap}/"
    text = client.get(f"/plans/{plan.roadmap}/").content.decode()
    assert ("Исправлено 1" in text, "Исправлено 0" in text) == (True, False)
    assert client.get(three).status_code == 404
    assert client.post(f"{one}drop/").status_code == 302
    assert {file.state for file in EditedFile.objects.all()} == {EditedState.APPLIED, EditedState.DROPPED}


def queries(client: Client, address: str) -> int:
    """Count the statements of a page."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        client.get(address)
    return len(captured)


def test_a_file_that_is_no_plan_is_refused_with_the_way_out(chain: Chain, signed: Signed) -> None:
    plan = chain.plan(chain.town, ["до 15.10.2026"])
    upload = {"file": SimpleUploadedFile("Скан.pdf", b"%PDF-1.7")}
    answer = signed(chain.town).post(f"/plans/{plan.roadmap}/edited/", upload)
    assert answer.status_code == 422
    assert "PDF" in answer.context["form"].errors["file"][0]


def test_only_who_writes_the_plan_brings_a_file_back(chain: Chain, signed: Signed) -> None:
    plan = chain.plan(chain.town, ["до 15.10.2026"], in_force=True)
    assert signed(chain.town, Role.STAFF).get(f"/plans/{plan.roadmap}/edited/").status_code == 403
    assert signed(chain.school).get(f"/plans/{plan.roadmap}/edited/").status_code == 403
    assert "/edited/" not in signed(chain.school).get(f"/plans/{plan.roadmap}/").content.decode()
    assert "/edited/" in signed(chain.town).get(f"/plans/{plan.roadmap}/").content.decode()


def test_an_import_that_left_as_a_file_of_a_plan_is_led_back_to_it(chain: Chain, signed: Signed) -> None:
    plan = chain.plan(chain.town, ["до 15.10.2026"], title="План на 2026-2027 учебный год", in_force=True)
    client = signed(chain.town)
    data = in_word(download(client, plan), lambda table, rows: write(rows[0], 2, "Исправлено"))
    incoming = imports.receive(
        organization=chain.town, programme=chain.programme, name="План.docx", data=data, by=chain.user(chain.town), now=NOW
    )  # fmt: skip
    imports.read(incoming.pk, clock=lambda: NOW)
    page = client.get(f"/imports/{incoming.pk}/")
    assert page.context["known_plan"].roadmap_id == plan.roadmap
    answer = client.post(f"/plans/{plan.roadmap}/edited/", {"import": incoming.pk})
    page = client.get(answer["Location"])
    assert [one.key for one in page.context["found"].changes] == [f"row-{plan.rows[0]}"]
    assert Import.objects.get().state == "ready"


def test_an_odd_number_of_an_import_is_no_fault(chain: Chain, signed: Signed) -> None:
    plan = chain.plan(chain.town, ["до 15.10.2026"])
    for odd in ("²", "9" * 30):
        assert signed(chain.town).post(f"/plans/{plan.roadmap}/edited/", {"import": odd}).status_code in {404, 422}

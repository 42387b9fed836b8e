"""A plan on its own sheets: what an edition offers, made once, as a draft or with its act, for everybody without names."""

import io
import json

import pikepdf
import pytest
from django.core.files.storage import default_storage
from django.core.handlers.base import BaseHandler
from django.test import Client, RequestFactory
from django.urls import reverse

from documents.choices import FileKind
from documents.models import Office, Order, RenderedFile
from documents.operations import files, rendered
from documents.plan_texts import PlanText
from documents.printing import plan_paper, printed
from documents.texts import OrderText, text_of
from organizations.models import Person, Position
from roadmaps import tasks
from roadmaps.models import Edition
from roadmaps.operations import editions, orders, prints
from roadmaps.operations.rows import edit_result
from tests.documents.rendered import faults_of
from tests.roadmaps.chain import NOW, Chain, Plan
from tests.roadmaps.consequences.test_below import change, follows
from tests.roadmaps.operations.ordered import TODAY, prepared, registered, signed, submitted


def again(edition: Edition) -> Edition:
    return Edition.objects.for_page().select_related("order").get(pk=edition.pk)


def asked(edition: Edition, kind: FileKind) -> RenderedFile:
    return prints.ask(edition, kind=kind, now=NOW, today=TODAY)


def make(file: RenderedFile) -> bytes:
    """Make a file as the worker does."""
    assert rendered.render(file.pk, renderer=printed, clock=lambda: NOW)
    with RenderedFile.objects.get(pk=file.pk).content.open("rb") as content:
        return bytes(content.read())


def test_an_edition_offers_what_its_order_does_not_print_already(chain: Chain) -> None:
    paper = chain.plan(chain.institute, ["до 30.10.2026"], in_force=True)
    draft = chain.plan(chain.other_town, ["до 30.10.2026"])
    assert prints.offered(again(draft.edition)) == (FileKind.PROJECT, FileKind.COVER)
    assert prints.offered(again(paper.edition)) == (FileKind.STAMPED, FileKind.COVER)
    plan = submitted(chain)
    order = registered(chain, signed(chain, plan))
    assert prints.offered(again(plan.edition)) == (FileKind.COVER,)
    assert FileKind.STAMPED in rendered.current(order)


def test_a_draft_is_made_anew_when_it_reads_differently_and_once_otherwise(chain: Chain) -> None:
    plan = chain.plan(chain.town, ["до 30.10.2026"])
    first = asked(again(plan.edition), FileKind.PROJECT)
    assert asked(again(plan.edition), FileKind.PROJECT) == first
    edit_result(roadmap=plan.roadmap, commitment=plan.rows[0], changes={"text": "Иначе"}, by=None, now=NOW)
    second = asked(again(plan.edition), FileKind.PROJECT)
    assert list(RenderedFile.objects.all()) == [second] != [first]
    editions.discard(again(plan.edition), by=None, now=NOW)
    assert not RenderedFile.objects.exists()


def test_a_file_of_a_draft_is_not_read_by_those_who_read_what_is_in_force(chain: Chain) -> None:
    plan = chain.plan(chain.town, ["до 30.10.2026"])
    file = asked(again(plan.edition), FileKind.PROJECT)
    rendered.render(file.pk, renderer=lambda text, kind: b"%PDF", clock=lambda: NOW)
    chain.put_in_force(again(plan.edition))
    client = Client()
    client.force_login(chain.user(chain.school))
    assert client.get(reverse("plan", args=[plan.roadmap])).status_code == 200
    assert client.get(reverse("plan-file", args=[plan.roadmap, file.pk])).status_code == 404


def test_an_act_is_made_once_whatever_becomes_of_the_plans_above(chain: Chain) -> None:
    region = chain.plan(chain.ministry, ["до 30.10.2026"], in_force=True)
    link = (0, region.rows[0], "implements", "same")
    town = chain.plan(chain.town, ["до 30.10.2026"], uppers=[region], links=[link], in_force=True)
    first = asked(again(town.edition), FileKind.STAMPED)
    region.edition.roadmap.commitments.get().versions.update(until=2)  # gone, as after a next edition above
    assert asked(again(town.edition), FileKind.STAMPED) == first


def test_a_plan_that_followed_says_whose_order_moved_its_dates(chain: Chain) -> None:
    region = chain.plan(chain.ministry, ["до 30.10.2026"], in_force=True)
    link = (0, region.rows[0], "implements", "same")
    town = chain.plan(chain.town, ["до 30.10.2026"], uppers=[region], links=[link], in_force=True)
    follows(town)
    chain.put_in_force(change(chain, region, 0, phrase="до 02.11.2026"), number="2")
    moved = Edition.objects.in_force().for_page().select_related("order", "basis__order").get(roadmap=town.roadmap)
    text = prints.words(moved, kind=FileKind.STAMPED, today=TODAY)
    assert text.note == "(сроки изменены приказом министерства Полярного края от 04.09.2026 № 2)"
    assert text.data["blocks"][0]["results"][0]["deadline"] == "до 02.11.2026"
    assert prints.offered(moved) == (FileKind.STAMPED, FileKind.COVER)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_the_same_edition_gives_the_same_bytes_with_its_data(chain: Chain) -> None:
    plan = chain.plan(chain.town, ["до 30.10.2026"], in_force=True, title="Дорожная карта полярных классов")
    file = asked(again(plan.edition), FileKind.COVER)
    made = make(file)
    file.delete()
    assert make(asked(again(plan.edition), FileKind.COVER)) == made
    assert faults_of(made) == []
    with pikepdf.open(io.BytesIO(made)) as pdf:
        (attached,) = pdf.attachments.values()
        assert json.loads(attached.get_file().read_bytes())["title"] == "Дорожная карта полярных классов"


def test_what_the_portal_swept_is_what_nobody_names(chain: Chain) -> None:
    plan = chain.plan(chain.town, ["до 30.10.2026"])
    file = asked(again(plan.edition), FileKind.PROJECT)
    rendered.render(file.pk, renderer=lambda text, kind: b"%PDF", clock=lambda: NOW)
    name = RenderedFile.objects.get().content.name
    assert list(files.unnamed()) == []
    rendered.forget("edition", plan.edition.pk)
    assert list(files.unnamed()) == [name]
    assert files.sweep(before=NOW.replace(year=2000)) == 0  # a transaction may still name it
    assert (files.sweep(before=NOW.replace(year=2100)), default_storage.exists(name)) == (1, False)


def head_of(chain: Chain) -> None:
    person = Person.objects.create(surname="Воронцова", given_name="Елена", patronymic="Марковна")
    Position.objects.create(person=person, organization=chain.town, title="начальник управления", is_head=True)


def test_a_draft_says_so_and_names_today_s_head(chain: Chain) -> None:
    head_of(chain)
    plan = chain.plan(chain.town, ["до 30.10.2026"], title="Муниципальный план работы классов")
    text = prints.words(again(plan.edition), kind=FileKind.COVER, today=TODAY)
    assert (text.post, text.name, text.is_act) == (
        "Начальник управления\nСнежного округа",
        "Е.М. Воронцова",
        False,
    )
    paper = plan_paper(text, FileKind.COVER)
    assert (paper.stage.value, paper.title) == ("draft", ("Муниципальный план работы", "классов"))
    assert PlanText.from_json(json.loads(json.dumps(text.to_json(), default=str))) == text


def published(chain: Chain) -> Plan:
    """Publish a plan from paper that names a person in a row."""
    Office.objects.create(organization=chain.town, publishes_plans=True)
    return chain.plan(chain.town, [("до 30.10.2026", "Отчёт сдан методисту Ивановой А. П.")], in_force=True)


def test_a_published_plan_gets_its_file_by_itself_and_only_once(chain: Chain) -> None:
    plan = published(chain)
    assert [file.kind for file in prints.publish(now=NOW, today=TODAY)] == ["nameless"]
    assert prints.publish(now=NOW, today=TODAY) == []
    assert "Иванов" not in json.dumps(RenderedFile.objects.get().source, ensure_ascii=False)
    chain.town.names_public = True
    chain.town.save()
    assert tasks.publish_files() == 1
    file = prints.public_file(again(plan.edition))
    assert file is not None and "Ивановой" in json.dumps(file.source, ensure_ascii=False)


def test_everybody_may_have_the_file_of_a_published_plan_and_no_other(chain: Chain) -> None:
    plan = published(chain)
    address = reverse("public-plan-file", args=[plan.roadmap])
    assert Client().get(address).status_code == 404
    assert "PDF готовится" in Client().get(reverse("public-plan", args=[plan.roadmap])).content.decode()
    (file,) = prints.publish(now=NOW, today=TODAY)
    rendered.render(file.pk, renderer=lambda text, kind: b"%PDF nameless", clock=lambda: NOW)
    answer = Client().get(address)
    assert (answer.status_code, b"".join(answer.streaming_content)) == (200, b"%PDF nameless")  # type: ignore[attr-defined]
    # The server may send the file itself, past Python: nothing between it and the view has wrapped the answer.
    handler = BaseHandler()
    handler.load_middleware()
    sent = handler.get_response(RequestFactory().get(address))
    assert sent.file_to_stream.name.endswith(".pdf")  # type: ignore[attr-defined]
    sent.file_to_stream.close()  # type: ignore[attr-defined]
    assert address in Client().get(reverse("public-plan", args=[plan.roadmap])).content.decode()
    Office.objects.update(publishes_plans=False)
    assert Client().get(address).status_code == 404


def test_the_page_of_files_has_one_made_and_then_gives_it(chain: Chain) -> None:
    plan = chain.plan(chain.town, ["до 30.10.2026"], in_force=True)
    page, download = Client(), reverse("edition-download", args=[plan.roadmap, 1, "pdf"])
    page.force_login(chain.user(chain.town))
    answer = page.get(download)
    assert (answer.status_code, answer["Location"]) == (302, f"{reverse('plan-files', args=[plan.roadmap])}?edition=1")
    page.post(answer["Location"], {"kind": "stamped"})
    assert "готовится" in page.get(answer["Location"], headers={"HX-Request": "true"}).content.decode()
    rendered.render(RenderedFile.objects.get().pk, renderer=lambda text, kind: b"%PDF", clock=lambda: NOW)
    assert (
        reverse("plan-file", args=[plan.roadmap, RenderedFile.objects.get().pk])
        in page.get(answer["Location"]).content.decode()
    )
    assert b"".join(page.get(download).streaming_content) == b"%PDF"  # type: ignore[attr-defined]


def test_a_draft_order_is_printed_as_it_read_when_somebody_asked(chain: Chain) -> None:
    plan = submitted(chain)
    order = prepared(chain, plan)
    text = text_of(order, appendices=orders.appendices(order, today=TODAY))
    file = rendered.ask_draft(order, text=text, now=NOW)
    assert OrderText.from_json(RenderedFile.objects.get(pk=file.pk).source) == text
    orders.edit(order, values={"title": "Об ином"}, follow=False, by=None, now=NOW, today=TODAY)
    other = rendered.ask_draft(order, text=text_of(Order.objects.get(pk=order.pk)), now=NOW)
    assert list(rendered.current(Order.objects.get(pk=order.pk)).values()) == [other]

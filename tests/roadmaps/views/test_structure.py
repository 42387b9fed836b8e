"""Goals, tasks, sections and activities through the pages, and who may not."""

import pytest
from django.urls import reverse

from organizations.access import Role
from organizations.models import Entry
from roadmaps.choices import DRAFT
from roadmaps.models import Deliverable, HeadingText
from roadmaps.operations import editions
from tests.roadmaps.chain import NOW, Chain
from tests.roadmaps.views.conftest import Cascade, Signed
from tests.roadmaps.views.test_reading import text_of

DEEDS = ("heading", "heading-move", "heading-drop", "heading-restore")


def activity(cascade: Cascade, number: int = 0) -> int:
    return Deliverable.objects.at(DRAFT).get(commitment=cascade.town.rows[number]).heading_id


def titles(plan: int) -> list[str]:
    texts = HeadingText.objects.at(DRAFT).filter(roadmap=plan).order_by("position")
    return list(texts.values_list("title", flat=True))


@pytest.mark.parametrize(
    ("place", "role", "status"),
    [
        ("town", Role.STAFF, 403),
        ("town", Role.SIGNATORY, 403),
        ("town", Role.EXECUTOR, 404),
        ("ministry", Role.COORDINATOR, 404),
        ("other_town", Role.COORDINATOR, 404),
        ("school", Role.COORDINATOR, 404),
    ],
)
def test_nobody_but_the_coordinator_changes_the_structure(
    chain: Chain, cascade: Cascade, signed: Signed, place: str, role: Role, status: int
) -> None:
    client, plan = signed(getattr(chain, place), role), cascade.town.roadmap
    before = (Entry.objects.count(), titles(plan))
    addresses = [reverse(name, args=[plan, activity(cascade)]) for name in DEEDS]
    addresses += [reverse("heading-new", args=[plan, kind]) for kind in ("goal", "task")]
    assert {client.post(address, {"title": "Чужое", "rows": "1"}).status_code for address in addresses} == {status}
    assert (Entry.objects.count(), titles(plan)) == before


def test_headings_of_another_plan_are_not_found(chain: Chain, cascade: Cascade, signed: Signed) -> None:
    client = signed(chain.town)
    foreign = HeadingText.objects.get(
        roadmap=cascade.region.roadmap, position=1000, heading__kind="activity"
    ).heading_id
    title = HeadingText.objects.at(DRAFT).get(roadmap=cascade.town.roadmap, heading__kind="title").heading_id
    for heading in (foreign, title, 987_654):
        codes = {client.post(reverse(name, args=[cascade.town.roadmap, heading])).status_code for name in DEEDS}
        assert codes == {404}
    assert client.get(reverse("heading-new", args=[cascade.town.roadmap, "title"])).status_code == 404


def test_goals_and_tasks_are_written_ordered_and_removed(chain: Chain, cascade: Cascade, signed: Signed) -> None:
    client, plan = signed(chain.town), cascade.town.roadmap
    for kind, title in (("goal", "Открыть полярные классы"), ("task", "Найти учителей"), ("task", "Собрать заявки")):
        assert client.post(reverse("heading-new", args=[plan, kind]), {"title": title}).status_code == 302
    assert client.post(reverse("heading-new", args=[plan, "goal"]), {"title": " "}).status_code == 422
    last = HeadingText.objects.at(DRAFT).get(roadmap=plan, title="Собрать заявки").heading_id
    client.post(reverse("heading", args=[plan, last]), {"title": "Собрать заявки школ"})
    client.post(reverse("heading-move", args=[plan, last]), {"direction": "up"})
    said = text_of(client.get(reverse("plan", args=[plan])).content)
    order = ["Открыть полярные классы", "Собрать заявки школ", "Найти учителей"]
    assert sorted(order, key=said.index) == order
    dropped = client.post(reverse("heading-drop", args=[plan, last]), follow=True)
    assert "Задача удалена. Вернуть" in text_of(dropped.content)
    assert "Собрать заявки школ" not in titles(plan)
    client.post(reverse("heading-restore", args=[plan, last]))
    assert "Собрать заявки школ" in titles(plan)
    journal = text_of(client.get(reverse("plan-journal", args=[plan])).content)
    assert "Заголовок «Собрать заявки школ» возвращён." in journal


def test_an_activity_is_removed_after_its_rows_are_named(chain: Chain, cascade: Cascade, signed: Signed) -> None:
    client, plan, heading = signed(chain.town), cascade.town.roadmap, activity(cascade)
    page = reverse("heading-drop", args=[plan, heading])
    said = text_of(client.get(page).content)
    assert "Вместе с мероприятием уйдёт 1 строка" in said
    assert "1.1. Приказ округа издан" in said
    unasked = client.post(page, follow=True)
    assert "строки мероприятия изменились" in text_of(unasked.content)
    assert Deliverable.objects.at(DRAFT).filter(heading=heading).exists()
    client.post(page, {"rows": "1"})
    assert not Deliverable.objects.at(DRAFT).filter(heading=heading).exists()
    assert client.post(reverse("heading-restore", args=[plan, heading])).status_code == 302
    assert client.post(reverse("heading-restore", args=[plan, heading])).status_code == 404
    assert Deliverable.objects.at(DRAFT).filter(heading=heading).exists()


def test_an_activity_is_put_into_a_section_of_this_plan(chain: Chain, cascade: Cascade, signed: Signed) -> None:
    client, plan, heading = signed(chain.town), cascade.town.roadmap, activity(cascade)
    client.post(reverse("heading-new", args=[plan, "section"]), {"title": "Раздел"})
    section = HeadingText.objects.at(DRAFT).get(roadmap=plan, title="Раздел").heading_id
    page = reverse("heading", args=[plan, heading])
    data = {"title": "Дело в разделе", "number": "1"}
    foreign = activity(cascade, 1)
    assert client.post(page, data | {"parent": foreign}).status_code == 422
    assert client.post(page, data | {"parent": section}).status_code == 302
    assert HeadingText.objects.at(DRAFT).get(heading=heading).parent_id == section
    refused = client.post(reverse("heading-drop", args=[plan, section]), follow=True)
    assert "В этом разделе есть ещё 1 заголовок" in text_of(refused.content)
    assert "В этом разделе есть ещё 1 заголовок" in text_of(
        client.get(reverse("heading-drop", args=[plan, section])).content
    )


def test_what_a_draft_removed_from_what_is_in_force_is_offered_back(
    chain: Chain, cascade: Cascade, signed: Signed
) -> None:
    client, plan = signed(chain.ministry), cascade.region.roadmap
    editions.open_edition(cascade.region.edition.roadmap, by=chain.user(chain.ministry), now=NOW)
    page = reverse("plan-edit", args=[plan])
    assert "Удалено из действующей" not in text_of(client.get(page).content)
    client.post(reverse("row-drop", args=[plan, cascade.region.rows[0]]))
    said = client.get(page).content.decode()
    assert "Удалено из действующей редакции: 1" in said
    heading = Deliverable.objects.get(commitment=cascade.region.rows[0]).heading_id
    assert reverse("heading-restore", args=[plan, heading]) in said
    client.post(reverse("heading-restore", args=[plan, heading]))
    assert Deliverable.objects.at(DRAFT).filter(commitment=cascade.region.rows[0]).exists()


@pytest.mark.parametrize("asked", ["x", "9" * 40, "0", "-1", "٣"])
def test_an_address_that_names_no_dropped_heading_offers_nothing(
    chain: Chain, cascade: Cascade, signed: Signed, asked: str
) -> None:
    client, page = signed(chain.town), reverse("plan-edit", args=[cascade.town.roadmap])
    answer = client.get(page, {"heading": asked})
    assert (answer.status_code, "Вернуть" in text_of(answer.content)) == (200, False)

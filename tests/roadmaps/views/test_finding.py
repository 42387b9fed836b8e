"""Search and «Today»: what is found, what waits, and that nothing foreign shows."""

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from organizations.access import Role
from organizations.models import User
from roadmaps.models import Deliverable
from roadmaps.operations import editions, rows
from tests.roadmaps.chain import NOW, Chain
from tests.roadmaps.views.conftest import Cascade, Signed
from tests.roadmaps.views.test_reading import text_of


def found(client: Client, words: str, **params: str) -> str:
    return text_of(client.get(reverse("search"), {"q": words} | params).content)


@pytest.mark.parametrize("words", ["списки ПЕРЕДАНЫ", "пЕредан", "дело списки министерство"])
def test_rows_are_found_in_either_case_and_marked(chain: Chain, cascade: Cascade, signed: Signed, words: str) -> None:
    client = signed(chain.town)
    said = found(client, words)
    assert "Списки переданы в министерство" in said.replace("  ", " ")
    assert b"<mark>" in client.get(reverse("search"), {"q": words}).content


def test_a_foreign_draft_is_neither_found_nor_counted(chain: Chain, cascade: Cascade, signed: Signed) -> None:
    chain.plan(chain.other_town, [("до 01.12.2026", "Тайный результат")], title="Тайный план")
    assert "Найдено: 0" in found(signed(chain.town), "тайный")
    assert "Найдено: 0" in found(signed(chain.ministry), "тайный")
    assert "Тайный план" in found(signed(chain.other_town), "тайный")


def test_a_draft_of_a_plan_in_force_shows_only_to_its_own(chain: Chain, cascade: Cascade, signed: Signed) -> None:
    editions.open_edition(cascade.region.edition.roadmap, by=chain.user(chain.ministry), now=NOW)
    by = chain.user(chain.ministry)
    changes = {"text": "Новая тайная редакция"}
    rows.edit_result(roadmap=cascade.region.roadmap, commitment=cascade.region.rows[0], changes=changes, by=by, now=NOW)
    activity = Deliverable.objects.get(commitment=cascade.region.rows[1]).heading_id
    rows.edit_heading(
        roadmap=cascade.region.roadmap, heading=activity, changes={"title": "Тайное дело"}, by=by, now=NOW
    )
    assert "Найдено: 0" in found(signed(chain.town), "тайн")
    assert "Положение о классах издано" in found(signed(chain.town), "положение классах")
    assert "Новая тайная редакция" in found(signed(chain.ministry), "тайн")


def test_markup_in_texts_and_in_the_question_stays_text(chain: Chain, signed: Signed) -> None:
    chain.plan(chain.town, [("до 01.12.2026", "<script>alert(1)</script> проверка")])
    content = signed(chain.town).get(reverse("search"), {"q": "<script> проверка"}).content
    assert b"<script>alert" not in content
    assert b"alert(1)" in content


def test_one_group_is_read_page_by_page(chain: Chain, signed: Signed) -> None:
    chain.plan(chain.town, [("до 01.12.2026", f"Повтор {n}") for n in range(25)])
    client = signed(chain.town)
    first = client.get(reverse("search"), {"q": "повтор", "in": "rows"}).content.decode()
    second = client.get(reverse("search"), {"q": "повтор", "in": "rows", "page": "2"}).content.decode()
    assert (first.count("<li><div>"), second.count("<li><div>")) == (20, 5)


def test_the_coordinator_sees_what_hinders_and_what_to_follow(chain: Chain, cascade: Cascade, signed: Signed) -> None:
    with time_machine.travel(NOW, tick=False):
        town = text_of(signed(chain.town).get(reverse("today")).content)
        neighbour = text_of(signed(chain.other_town).get(reverse("today")).content)
    assert "План готовится. План полярных классов округа. Отправке мешает: 2 ошибки." in town
    assert "План ещё не составлен: выведите его" in neighbour
    assert "План полярных классов округа" not in neighbour


def test_the_signatory_sees_what_was_sent_and_the_region_who_has_a_plan(
    chain: Chain, cascade: Cascade, signed: Signed
) -> None:
    chain.put_in_force(cascade.town.edition)
    sent = chain.plan(chain.other_town, ["до 01.12.2026"], title="План Лесного округа")
    editions.submit(sent.edition, by=chain.user(chain.other_town), now=NOW)
    with time_machine.travel(NOW, tick=False):
        signatory = text_of(signed(chain.other_town, Role.SIGNATORY).get(reverse("today")).content)
        region = text_of(signed(chain.ministry).get(reverse("today")).content)
    assert "Вас ждёт план. План Лесного округа" in signatory
    assert "План действует у 1 из 2" in region
    assert "на утверждении" in region


def test_the_diary_names_the_deadlines_of_the_week(chain: Chain, signed: Signed) -> None:
    chain.plan(
        chain.town,
        [("до 09.09.2026", "Первое"), ("ежемесячно до 10 числа", "Второе"), ("до 01.12.2026", "Третье")],
        in_force=True,
    )
    with time_machine.travel(NOW, tick=False):
        said = text_of(signed(chain.town, Role.EXECUTOR).get(reverse("today")).content)
    assert "Пн, 7 сентября сегодня Сроков нет" in said
    assert "Ср, 9 сентября через 2 дня 1 Первое" in said
    assert "Чт, 10 сентября через 3 дня 2 Второе" in said


def test_somebody_without_a_role_is_told_what_comes(db: None, chain: Chain) -> None:
    client = Client()
    client.force_login(User.objects.create(username="nobody"))
    answer = client.get(reverse("today"))
    assert answer.status_code == 200
    assert "У вас пока нет роли" in text_of(answer.content)
    assert client.get(reverse("plans")).status_code == 200
    assert client.get(reverse("search"), {"q": "план"}).status_code == 200


@pytest.mark.parametrize("name", ["today", "search"])
def test_these_pages_cost_the_same_whatever_the_plans(chain: Chain, signed: Signed, name: str) -> None:
    client = signed(chain.ministry)

    def cost() -> int:
        client.get(reverse(name), {"q": "план"})
        with CaptureQueriesContext(connection) as captured:
            client.get(reverse(name), {"q": "план"})
        return len(captured)

    with time_machine.travel(NOW, tick=False):
        chain.plan(chain.ministry, ["до 30.10.2026"], in_force=True)
        chain.plan(chain.town, ["до 30.10.2026"], in_force=True, title="План первый")
        before = cost()
        chain.plan(chain.school, ["до 30.10.2026"] * 2, title="План школы", in_force=True)
        chain.plan(chain.other_town, ["до 30.10.2026"] * 3, in_force=True, title="План второй")
        assert cost() == before

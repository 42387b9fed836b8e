"""The picker of the organizations that a row obliges by name."""

from django.urls import reverse

from roadmaps import sheets
from roadmaps.models import Edition
from tests.roadmaps.chain import Chain, Plan
from tests.roadmaps.views.conftest import Signed
from tests.roadmaps.views.test_acting import cells
from tests.roadmaps.views.test_reading import text_of


def obliged(plan: Plan) -> set[int]:
    return set(sheets.load(Edition.objects.for_page().get(pk=plan.edition.pk)).rows[0].obliged)


def test_named_organizations_are_chosen_saved_and_told(chain: Chain, signed: Signed) -> None:
    plan = chain.plan(chain.ministry, ["до 15 октября"])
    client, page = signed(chain.ministry), reverse("row", args=[plan.roadmap, plan.rows[0]])
    said = text_of(client.get(page).content)
    for one in (chain.town, chain.school, chain.other_school, chain.institute):
        assert one.short_name in said
    data = cells(plan.rows[0], obliges="named")
    assert (
        client.post(page, data | {"obliged": [chain.town.pk, chain.school.pk, chain.other_school.pk]}).status_code
        == 302
    )
    assert obliged(plan) == {chain.town.pk, chain.school.pk, chain.other_school.pk}
    assert "обязывает: 3 организации" in text_of(client.get(reverse("plan", args=[plan.roadmap])).content)
    assert "обязывает: 3 организации" in text_of(client.get(reverse("plan-edit", args=[plan.roadmap])).content)
    assert "обязывает: 3 организации" in text_of(client.get(reverse("plan-journal", args=[plan.roadmap])).content)
    assert client.get(page).content.decode().count(" checked>") == 3


def test_named_without_a_name_is_refused_with_a_sentence(chain: Chain, signed: Signed) -> None:
    plan = chain.plan(chain.ministry, ["до 15 октября"])
    page = reverse("row", args=[plan.roadmap, plan.rows[0]])
    answer = signed(chain.ministry).post(page, cells(plan.rows[0], obliges="named", text="Другое"))
    assert answer.status_code == 422
    assert "отметьте хотя бы одну организацию" in text_of(answer.content)
    assert sheets.load(plan.edition).rows[0].text == "Результат 1"


def test_only_organizations_below_can_be_chosen(chain: Chain, signed: Signed) -> None:
    plan = chain.plan(chain.town, ["до 15 октября"])
    client, page = signed(chain.town), reverse("row", args=[plan.roadmap, plan.rows[0]])
    said = text_of(client.get(page).content)
    assert chain.school.short_name in said
    assert chain.other_school.short_name not in said
    for foreign in (chain.ministry.pk, chain.town.pk, chain.other_school.pk, "x", "9" * 40):
        answer = client.post(page, cells(plan.rows[0], obliges="named") | {"obliged": [chain.school.pk, foreign]})
        assert (answer.status_code, obliged(plan)) == (422, set())
        assert chain.other_school.short_name not in text_of(answer.content)


def test_a_word_narrows_the_list_keeps_the_ticks_and_saves_nothing(chain: Chain, signed: Signed) -> None:
    plan = chain.plan(chain.ministry, ["до 15 октября"])
    page = reverse("row", args=[plan.roadmap, plan.rows[0]])
    data = cells(plan.rows[0], obliges="named", text="Ещё не сохранено", among="У ЛЕСА", check="among")
    answer = signed(chain.ministry).post(page, data | {"obliged": [chain.town.pk]})
    said = text_of(answer.content)
    assert (answer.status_code, "Ещё не сохранено" in said, obliged(plan)) == (200, True, set())
    assert "2 организации из 5, отмеченные остаются в списке." in said
    shown = answer.content.decode()
    assert f'value="{chain.other_school.pk}"' in shown
    assert f'value="{chain.town.pk}" checked' in shown
    assert chain.school.short_name not in said
    nothing = signed(chain.ministry).post(page, data | {"among": "нет такой"})
    assert (nothing.status_code, "с таким названием нет" in text_of(nothing.content)) == (200, True)


def test_a_new_row_names_organizations_and_a_school_has_nobody_to_name(chain: Chain, signed: Signed) -> None:
    plan = chain.plan(chain.town, ["до 15 октября"])
    page = reverse("row-new", args=[plan.roadmap, sheets.load(plan.edition).rows[0].heading])
    data = {"text": "Ещё", "phrase": "до 1 ноября", "executors": "", "obliges": "named"}
    assert signed(chain.town).post(page, data).status_code == 422
    assert signed(chain.town).post(page, data | {"obliged": [chain.school.pk]}).status_code == 302
    made = next(row for row in sheets.load(plan.edition).rows if row.text == "Ещё")
    assert made.obliged == [chain.school.pk]
    alone = chain.plan(chain.school, ["до 15 октября"])
    said = text_of(signed(chain.school).get(reverse("row", args=[alone.roadmap, alone.rows[0]])).content)
    assert "назвать некого" in said

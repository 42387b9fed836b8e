"""Handing plans down: derived, added to without bringing anything back, taken over unchanged, joined."""

import pytest

from organizations.access import Role
from reminders.models import Notice
from roadmaps import adopting, approval, checks, handing, joining, sheets
from roadmaps.choices import LinkKind, Rule
from roadmaps.models import Edition
from roadmaps.operations import editions, handdown, links, orders, rows
from roadmaps.operations import joining as operations
from roadmaps.operations.handdown import Taken
from roadmaps.operations.joining import Joined
from tests import factories
from tests.roadmaps.chain import NOW, YEAR, Chain, Plan

pytestmark = pytest.mark.django_db
TODAY = NOW.date()


@pytest.fixture
def region(chain: Chain) -> Plan:
    return chain.plan(
        chain.ministry,
        [
            ("до 30.10.2026", "Списки собраны"),
            ("10.11.2026 - 20.11.2026", "Опрос прошёл"),
            ("до 01.12.2026", "Отчёт сдан"),
        ],
        in_force=True,
        title="Дорожная карта полярных классов",
        obliges="all-schools",
    )


def taken(plan: Plan, *places: int, rule: Rule = Rule.SAME) -> list[Taken]:
    return [Taken(plan.rows[place], LinkKind.IMPLEMENTS, rule, ("Методист округа",)) for place in places]


def derived(chain: Chain, region: Plan, *places: int, rule: Rule = Rule.SAME) -> Edition:
    return handdown.derive(
        programme=chain.programme,
        organization=chain.town,
        period=YEAR,
        title="План округа",
        uppers=[region.edition.roadmap],
        taken=taken(region, *places, rule=rule),
        by=chain.user(chain.town),
        now=NOW,
    )


def sheet_of(roadmap: int) -> sheets.Sheet:
    return sheets.load(Edition.objects.open().for_page().get(roadmap=roadmap))


def told(sheet: sheets.Sheet) -> list[tuple[str, str, str, str]]:
    return [
        (row.label, row.text, row.deadline.phrase, ", ".join(link.rule for link in row.links)) for row in sheet.rows
    ]


def test_a_whole_plan_is_derived_in_one_step(chain: Chain, region: Plan) -> None:
    edition = derived(chain, region, 0, 2)
    sheet = sheet_of(edition.roadmap_id)
    assert told(sheet) == [
        ("1.1", "Списки собраны", "до 30.10.2026", "same"),
        ("2.1", "Отчёт сдан", "до 01.12.2026", "same"),
    ]
    assert [heading.title for heading, _rows in sheet.activities()] == ["Дело 1: Списки собраны", "Дело 3: Отчёт сдан"]
    assert [executor.text for executor in sheet.rows[0].executors] == ["Методист округа"]
    rows.edit_result(
        roadmap=edition.roadmap_id, commitment=sheet.rows[0].commitment, changes={"text": "По-нашему"}, by=None, now=NOW
    )
    assert sheet_of(edition.roadmap_id).rows[0].text == "По-нашему"


def test_what_was_dropped_waived_or_cut_never_comes_back(chain: Chain, region: Plan) -> None:
    roadmap = derived(chain, region, 0, 1).roadmap_id
    first, second = sheet_of(roadmap).rows
    rows.drop_result(roadmap=roadmap, commitment=first.commitment, by=None, now=NOW)
    links.unlink(roadmap=roadmap, lower=second.commitment, upper=region.rows[1], by=None, now=NOW)
    links.waive(roadmap=roadmap, upper=region.rows[2], reason="Не про нас", by=None, now=NOW)
    edition = Edition.objects.open().for_page().get(roadmap=roadmap)
    assert handdown.answered(edition) == set(region.rows)
    offers = handing.handing_of(
        chain.town, [region.edition.roadmap], answered=handdown.answered(edition), today=TODAY
    ).offers
    assert {offer.why for offer in offers} == {"answered"}
    with pytest.raises(handdown.NothingTaken):
        handdown.derive_more(
            roadmap=roadmap, uppers=[region.edition.roadmap], taken=taken(region, 0, 1, 2), by=None, now=NOW
        )
    assert [row.commitment for row in sheet_of(roadmap).rows] == [second.commitment]


def test_more_rows_are_added_at_the_end_with_the_next_number(chain: Chain, region: Plan) -> None:
    roadmap = derived(chain, region, 0).roadmap_id
    count = handdown.derive_more(
        roadmap=roadmap, uppers=[region.edition.roadmap], taken=taken(region, 0, 1, rule=Rule.WITHIN), by=None, now=NOW
    )
    assert count == 1
    assert told(sheet_of(roadmap)) == [
        ("1.1", "Списки собраны", "до 30.10.2026", "same"),
        ("2.1", "Опрос прошёл", "10.11.2026 - 20.11.2026", "within"),
    ]


def test_only_rows_of_plans_in_force_above_are_taken(chain: Chain, region: Plan) -> None:
    aside = chain.plan(chain.other_town, ["до 30.10.2026"], in_force=True)
    draft = chain.plan(chain.institute, ["до 30.10.2026"])
    for upper, rows_taken in ((aside, taken(aside, 0)), (draft, taken(draft, 0)), (region, taken(aside, 0))):
        with pytest.raises(handdown.NotAbove):
            handdown.derive(
                programme=chain.programme,
                organization=chain.town,
                period=YEAR,
                title="План",
                uppers=[upper.edition.roadmap],
                taken=rows_taken,
                by=None,
                now=NOW,
            )
    assert not Edition.objects.filter(roadmap__organization=chain.town).exists()


def test_one_row_answers_the_region_and_its_institute(chain: Chain, region: Plan) -> None:
    institute = chain.plan(
        chain.institute,
        [("до 20.10.2026", "Списки собраны и проверены")],
        uppers=[region],
        links=[(0, region.rows[0], "implements", "own")],
        in_force=True,
        obliges="all-municipalities",
    )
    found = handing.handing_of(chain.town, [region.edition.roadmap, institute.edition.roadmap], today=TODAY)
    offer = found.offers[0]
    assert offer.also == institute.rows
    edition = handdown.derive(
        programme=chain.programme,
        organization=chain.town,
        period=YEAR,
        title="План",
        uppers=list(found.uppers),
        taken=[Taken(offer.source.row, LinkKind(offer.kind), Rule(offer.rule), ("Методист",), offer.also)],
        by=None,
        now=NOW,
    )
    [row] = sheet_of(edition.roadmap_id).rows
    assert {link.upper_id for link in row.links} == {region.rows[0], institute.rows[0]}
    assert str(row.deadline.due) == "2026-10-20"  # the tightest gives the date


def test_a_plan_taken_over_unchanged_is_ready_and_its_order_says_so(chain: Chain, region: Plan) -> None:
    edition = derived(chain, region, 0, 1, 2)
    sheet = sheet_of(edition.roadmap_id)
    assert checks.open_errors(sheet.edition) == []
    assert adopting.adopted_from(sheet) == region.roadmap
    editions.submit(sheet.edition, by=None, now=NOW)
    held = Edition.objects.for_page().get(pk=edition.pk)
    order = orders.prepare(held, by=chain.user(chain.town), now=NOW, today=TODAY)
    assert order.title == "О принятии к исполнению дорожной карты полярных классов"
    number = region.edition.order.number if region.edition.order else ""
    assert order.clauses.get(kind="approve").text == (
        "Принять к исполнению дорожную карту полярных классов, утверждённую приказом министерства Полярного края "
        f"от 04.09.2026 № {number} (приложение)."
    )


def test_the_first_own_word_makes_it_a_plan_of_ones_own(chain: Chain, region: Plan) -> None:
    roadmap = derived(chain, region, 0, 1, 2).roadmap_id
    row = sheet_of(roadmap).rows[0]
    rows.edit_result(roadmap=roadmap, commitment=row.commitment, changes={"text": "Иначе"}, by=None, now=NOW)
    assert adopting.adopted_from(sheet_of(roadmap)) is None


@pytest.mark.parametrize(
    ("title", "clause"),
    [
        ("План округа на год", "план округа на год, утверждённый приказом"),
        ("Комплекс мер", "комплекс мер, утверждённый приказом"),
        ("Мероприятия года", "мероприятия года, утверждённые приказом"),
        ("Наша затея", "документ «Наша затея», утверждённый приказом"),
    ],
)
def test_the_clause_agrees_with_the_name_of_the_plan(title: str, clause: str) -> None:
    upper = approval.UpperOrder("Управления", "04.09.2026", "7")
    assert clause in approval.adopt_clause(title, upper, appendices=1)
    assert "приложение № 1" in approval.adopt_clause(title, upper, appendices=2)


def test_people_of_the_body_are_named_as_its_plan_would(chain: Chain) -> None:
    head = factories.position(factories.person("Шубин"), chain.town, "Начальник управления", is_head=True)
    user = chain.user(chain.town)
    user.person = factories.person("Орлова")
    user.save()
    factories.position(user.person, chain.town, "методист ИМЦ")
    hands = handing.hands_of(chain.town, TODAY)
    assert (hands.head, hands.coordinator) == (
        f"{head.person.short_name}, начальник управления",
        f"{user.person.short_name}, методист ИМЦ",
    )


@pytest.fixture
def standing(chain: Chain) -> Plan:
    """A plan that was there before the one above, so that no row is linked."""
    return chain.plan(
        chain.town,
        [("до 28.10.2026", "Списки собраны"), ("до 10.02.2027", "Турнир по шахматам проведён")],
        in_force=True,
    )


def test_links_are_proposed_when_the_plan_above_comes_later(chain: Chain, standing: Plan, region: Plan) -> None:
    user = chain.user(chain.town, Role.COORDINATOR)
    [notice] = Notice.objects.filter(recipient=user)
    assert (notice.kind, notice.path) == ("links-to-find", f"/plans/{standing.roadmap}/join/")
    edition = Edition.objects.for_page().get(roadmap=standing.roadmap)
    found = joining.proposals_of(edition, joining.joinable(edition))
    assert [(one.row.commitment, one.upper.commitment) for one in found] == [(standing.rows[0], region.rows[0])]
    assert found[0].is_likely


def test_confirmed_links_open_a_new_edition_and_declined_ones_stay_away(
    chain: Chain, standing: Plan, region: Plan
) -> None:
    roadmap = standing.edition.roadmap
    pair = Joined(standing.rows[0], region.rows[0], LinkKind.IMPLEMENTS, Rule.OWN)
    declined = (standing.rows[1], region.rows[1])
    assert operations.join(roadmap, links=[pair], declined=[declined], by=None, now=NOW) == 1
    sheet = sheet_of(roadmap.pk)
    assert [link.upper_id for link in sheet.rows[0].links] == [region.rows[0]]
    assert joining.decided_pairs(roadmap.pk) == {(pair.lower, pair.upper), declined}
    assert joining.proposals_of(sheet.edition, joining.joinable(sheet.edition)) == []
    links.unlink(roadmap=roadmap.pk, lower=pair.lower, upper=pair.upper, by=None, now=NOW)
    assert joining.proposals_of(sheet.edition, joining.joinable(sheet.edition)) == []


def test_declining_all_needs_no_new_edition(chain: Chain, standing: Plan, region: Plan) -> None:
    declined = (standing.rows[0], region.rows[0])
    assert operations.join(standing.edition.roadmap, links=[], declined=[declined], by=None, now=NOW) == 0
    assert not Edition.objects.open().filter(roadmap=standing.roadmap).exists()
    assert joining.decided_pairs(standing.roadmap) == {declined}

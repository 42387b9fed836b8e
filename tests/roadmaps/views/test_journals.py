"""The journal of a plan, of a row, of a person."""

import datetime as dt

from django.test import Client
from django.urls import reverse

from organizations import access, journal
from organizations.access import Role
from organizations.models import Person, Position, User
from roadmaps.models import Edition, Proposal
from roadmaps.operations import editions, rows
from tests.roadmaps.chain import NOW, Chain, Plan
from tests.roadmaps.consequences.test_below import change
from tests.roadmaps.views.conftest import Cascade, Signed

LATER = NOW + dt.timedelta(days=2)


def text_of(client: Client, name: str, *args: int, **query: str) -> str:
    answer = client.get(reverse(name, args=args), query)
    assert answer.status_code == 200, answer.status_code
    return " ".join(answer.content.decode().replace("\xa0", " ").split())


def two_editions(chain: Chain) -> Plan:
    """Make a plan whose first row reads otherwise in its second edition, and otherwise again in its draft."""
    plan = chain.plan(chain.town, ["до 30.10.2026", "до 20.11.2026"], in_force=True)
    by = chain.user(chain.town)
    for phrase in ("до 06.11.2026", "до 13.11.2026"):
        editions.open_edition(plan.edition.roadmap, by=by, now=LATER)
        rows.edit_result(
            roadmap=plan.roadmap,
            commitment=plan.rows[0],
            changes={"phrase": phrase},
            by=by,
            now=LATER,
            reason="так надо",
        )
        if phrase == "до 06.11.2026":
            chain.put_in_force(Edition.objects.open().for_page().get(roadmap=plan.roadmap))
    return plan


def test_a_row_tells_every_edition_and_every_deed_to_who_prepares_the_plan(chain: Chain, signed: Signed) -> None:
    plan = two_editions(chain)
    page = text_of(signed(chain.town), "row-history", plan.roadmap, plan.rows[0])
    assert "Строка появилась: редакция 1" in page
    assert "<del>до 30.10.2026</del> <ins>до 06.11.2026</ins>" in page
    assert "<ins>до 13.11.2026</ins>" in page
    assert "Причина: так надо" in page


def test_a_row_tells_those_above_and_below_only_what_is_in_force(chain: Chain, signed: Signed) -> None:
    plan = two_editions(chain)
    for reader in (chain.ministry, chain.school):
        page = text_of(signed(reader), "row-history", plan.roadmap, plan.rows[0])
        assert "<ins>до 06.11.2026</ins>" in page
        assert "13.11.2026" not in page
        assert "так надо" not in page


def test_a_row_of_a_draft_has_no_history_for_others(chain: Chain, signed: Signed) -> None:
    plan = chain.plan(chain.town, ["до 30.10.2026"], in_force=True)
    by = chain.user(chain.town)
    editions.open_edition(plan.edition.roadmap, by=by, now=LATER)
    heading = plan.edition.roadmap.headings.get(kind="activity").pk
    made = rows.add_result(roadmap=plan.roadmap, activity=heading, text="Новая", phrase="", by=by, now=LATER)
    address = reverse("row-history", args=[plan.roadmap, made.pk])
    assert [signed(reader).get(address).status_code for reader in (chain.town, chain.ministry)] == [200, 404]


def test_the_number_of_a_row_leads_to_its_history_where_it_cannot_be_edited(
    chain: Chain, cascade: Cascade, signed: Signed
) -> None:
    page = text_of(signed(chain.school), "plan", cascade.region.roadmap)
    assert f'href="/plans/{cascade.region.roadmap}/rows/{cascade.region.rows[0]}/history/"' in page


def test_the_journal_of_a_plan_is_narrowed_by_what_who_and_when(chain: Chain, signed: Signed) -> None:
    plan = two_editions(chain)
    client = signed(chain.town)
    everything = text_of(client, "plan-journal", plan.roadmap)
    assert "Строка «Результат 1» изменена." in everything
    assert "План начат." in everything
    rows_only = text_of(client, "plan-journal", plan.roadmap, what="rows")
    assert "Строка «Результат 1» изменена." in rows_only
    assert "План начат." not in rows_only
    early = text_of(client, "plan-journal", plan.roadmap, until=f"{NOW:%Y-%m-%d}")
    assert "Строка «Результат 1» изменена." not in early
    other = chain.user(chain.school)
    by_other = text_of(client, "plan-journal", plan.roadmap, who=str(other.pk))
    assert "Строка «Результат 1» изменена." in by_other  # nobody of this plan's: the filter does not understand it


def person_of(user: User, where: object) -> Person:
    somebody = Person.objects.create(surname="Деятельная", given_name="Анна")
    Position.objects.create(person=somebody, organization=where, title="методист")  # type: ignore[misc]
    User.objects.filter(pk=user.pk).update(person=somebody)
    return somebody


def test_a_person_reads_all_that_she_did_and_her_coordinator_what_concerns_her_body(
    chain: Chain, signed: Signed
) -> None:
    staff = chain.user(chain.town, Role.STAFF)
    somebody = person_of(staff, chain.town)
    plan = chain.plan(chain.town, ["до 30.10.2026"])
    changes = {"phrase": "до 06.11.2026"}
    rows.edit_result(roadmap=plan.roadmap, commitment=plan.rows[0], changes=changes, by=staff, now=NOW)
    journal.record(
        operation="person-changed", subject_kind="person", subject_id=somebody.pk, organization=chain.other_town,
        by=staff, now=NOW, before={"surname": "Иная"}, after={"surname": "Деятельная"},
    )  # fmt: skip
    client = Client()
    client.force_login(User.objects.get(pk=staff.pk))
    own = text_of(client, "journal-mine")
    assert "Строка «Результат 1» изменена." in own
    assert "<del>Фамилия: Иная</del>" in own
    hers = text_of(signed(chain.town), "journal-person", somebody.pk)
    assert "Строка «Результат 1» изменена." in hers
    assert "Иная" not in hers
    address = reverse("journal-person", args=[somebody.pk])
    assert signed(chain.town, Role.SIGNATORY).get(address).status_code == 403
    assert signed(chain.other_town).get(address).status_code == 404


def test_the_administrator_learns_that_something_was_done_and_not_what(chain: Chain) -> None:
    by = chain.user(chain.town)
    somebody = person_of(by, chain.town)
    chain.plan(chain.town, ["до 30.10.2026"], title="Тайный план")
    admin = User.objects.create(username="root", email="root@example.test", is_superuser=True)
    client = Client()
    client.force_login(admin)
    page = text_of(client, "journal-person", somebody.pk)
    assert "Работа над планом или приказом." in page
    assert "Тайный план" not in page
    assert access.reach(admin).everything


def test_a_row_tells_what_was_asked_of_it_from_above_and_how_that_was_answered(chain: Chain, signed: Signed) -> None:
    region = chain.plan(chain.ministry, ["до 30.10.2026"], in_force=True)
    links = [(0, region.rows[0], "implements", "same")]
    town = chain.plan(chain.town, ["до 30.10.2026"], uppers=[region], links=links, in_force=True)
    chain.put_in_force(change(chain, region, 0, phrase="до 02.11.2026"))
    Proposal.objects.filter(lower=town.rows[0]).update(state="kept", reason="не успеем", answered_at=LATER)
    page = text_of(signed(chain.town), "row-history", town.roadmap, town.rows[0])
    assert "Предложение: " in page
    assert "<del>до 30.10.2026</del> <ins>до 02.11.2026</ins>" in page
    assert "Причина: не успеем" in page

"""What people do to plans through the pages, and who may not."""

import pytest
from django.test import Client
from django.urls import reverse

from organizations.access import Role
from organizations.models import Entry
from roadmaps import checks, sheets
from roadmaps.choices import DRAFT, EditionState, Rule
from roadmaps.models import Deliverable, Edition, HeadingText, Link, Waiver
from roadmaps.operations import editions
from tests.roadmaps.chain import NOW, Chain
from tests.roadmaps.views.conftest import Cascade, Signed
from tests.roadmaps.views.test_reading import text_of

DEEDS = (
    *("plan-submit", "plan-take-back", "plan-return", "plan-open", "plan-discard", "plan-follow", "plan-fix"),
    *("plan-explain", "plan-edit"),
)
ROW_DEEDS = ("row", "row-move", "row-drop", "row-restore")
LINK_DEEDS = ("link", "link-rule", "link-cut")
UPPER_DEEDS = ("upper-adopt", "upper-answer", "upper-waive")


def addresses(cascade: Cascade) -> list[str]:
    """Give every address at which the town's plan is written."""
    plan, row, upper = cascade.town.roadmap, cascade.town.rows[0], cascade.region.rows[0]
    return [
        *(reverse(name, args=[plan]) for name in DEEDS),
        *(reverse(name, args=[plan, row]) for name in ROW_DEEDS),
        *(reverse(name, args=[plan, row, upper]) for name in LINK_DEEDS),
        *(reverse(name, args=[plan, upper]) for name in UPPER_DEEDS),
        reverse("heading-new", args=[plan, "activity"]),
        reverse("heading", args=[plan, first_activity(cascade)]),
        reverse("row-new", args=[plan, first_activity(cascade)]),
    ]


def first_activity(cascade: Cascade) -> int:
    return Deliverable.objects.at(DRAFT).get(commitment=cascade.town.rows[0]).heading_id


def row_of(commitment: int) -> Deliverable:
    return Deliverable.objects.at(DRAFT).get(commitment=commitment)


def cells(commitment: int, **changes: str) -> dict[str, str]:
    """Give what the form of a row sends: what was seen, and what is written now."""
    row = row_of(commitment)
    seen = {"text": row.text, "phrase": row.own_deadline.phrase, "executors": "Методист", "obliges": row.obliges}
    return {f"seen_{name}": value for name, value in seen.items()} | seen | changes


@pytest.mark.parametrize(
    ("place", "role", "allowed"),
    [
        ("town", Role.STAFF, {403}),
        ("town", Role.SIGNATORY, {403}),
        ("town", Role.EXECUTOR, {404}),
        ("ministry", Role.COORDINATOR, {404}),
        ("other_town", Role.COORDINATOR, {404}),
        ("school", Role.COORDINATOR, {404}),
    ],
)
def test_nobody_but_the_coordinator_writes_a_draft(
    chain: Chain, cascade: Cascade, signed: Signed, place: str, role: Role, allowed: set[int]
) -> None:
    client = signed(getattr(chain, place), role)
    before = (Entry.objects.count(), Deliverable.objects.count(), Link.objects.count())
    codes = {address: client.post(address).status_code for address in addresses(cascade)}
    opening = codes.pop(reverse("plan-open", args=[cascade.town.roadmap]))
    assert set(codes.values()) == allowed
    assert opening == 404  # nothing of it is in force
    assert (Entry.objects.count(), Deliverable.objects.count(), Link.objects.count()) == before


def test_a_regional_plan_is_not_opened_from_below(chain: Chain, cascade: Cascade, signed: Signed) -> None:
    page = reverse("plan-open", args=[cascade.region.roadmap])
    assert signed(chain.town).post(page).status_code == 403
    assert signed(chain.ministry, Role.SIGNATORY).post(page).status_code == 403
    assert signed(chain.ministry).post(page).status_code == 302
    assert Edition.objects.open().filter(roadmap=cascade.region.roadmap).count() == 1


def test_a_fix_sets_the_date_that_the_finding_names_and_no_other(
    chain: Chain, cascade: Cascade, signed: Signed
) -> None:
    key = key_of(cascade, "later-than-upper")
    answer = signed(chain.town).post(
        reverse("plan-fix", args=[cascade.town.roadmap]), {"key": key, "fix": "0", "due": "2031-01-01"}
    )
    assert answer.status_code == 302
    assert str(row_of(cascade.town.rows[0]).due) == "2026-10-30"
    assert row_of(cascade.town.rows[0]).own_deadline.phrase == "до 30.10.2026"


def key_of(cascade: Cascade, code: str) -> str:
    edition = Edition.objects.for_page().get(pk=cascade.town.edition.pk)
    return next(remark.key for remark in checks.remarks_of(sheets.load(edition)) if remark.code == code)


@pytest.mark.parametrize("sent", [{}, {"key": "no-such:1"}, {"fix": "99"}, {"fix": "-1"}, {"fix": "x"}])
def test_an_unknown_fix_changes_nothing_and_says_so(
    chain: Chain, cascade: Cascade, signed: Signed, sent: dict[str, str]
) -> None:
    data = {"key": key_of(cascade, "later-than-upper"), "fix": "0"} | sent if sent else {}
    answer = signed(chain.town).post(reverse("plan-fix", args=[cascade.town.roadmap]), data, follow=True)
    assert "уже разобрали" in text_of(answer.content)
    assert str(row_of(cascade.town.rows[0]).due) == "2026-11-06"


def test_a_reason_lets_an_error_stand_until_it_grows(chain: Chain, cascade: Cascade, signed: Signed) -> None:
    client = signed(chain.town)
    page = reverse("plan-explain", args=[cascade.town.roadmap])
    empty = client.post(page, {"key": key_of(cascade, "later-than-upper"), "reason": " "}, follow=True)
    assert "почему" in text_of(empty.content).casefold()
    client.post(page, {"key": key_of(cascade, "later-than-upper"), "reason": "Договор после отпуска директора"})
    findings = text_of(client.get(reverse("plan-findings", args=[cascade.town.roadmap])).content)
    assert "обосновано: Договор после отпуска директора" in findings
    row = reverse("row", args=[cascade.town.roadmap, cascade.town.rows[0]])
    client.post(row, cells(cascade.town.rows[0], phrase="до 20.11.2026"))
    findings = text_of(client.get(reverse("plan-findings", args=[cascade.town.roadmap])).content)
    assert "обосновано" not in findings
    assert "На 21 день позже края" in findings


def test_a_row_is_saved_and_a_conflict_shows_both_versions(chain: Chain, cascade: Cascade, signed: Signed) -> None:
    client, commitment = signed(chain.town), cascade.town.rows[0]
    page = reverse("row", args=[cascade.town.roadmap, commitment])
    stale = cells(commitment, text="Мой текст")
    assert (
        client.post(page, cells(commitment, text="Чужой текст", executors="Методист\nДиректора школ")).status_code
        == 302
    )
    assert row_of(commitment).text == "Чужой текст"
    clash = client.post(page, stale)
    assert clash.status_code == 409
    said = clash.content.decode()
    assert "Мой текст" in said
    assert "Чужой текст" in said
    assert row_of(commitment).text == "Чужой текст"
    again = cells(commitment, text="Мой текст", seen_executors="Методист\nДиректора школ")
    assert client.post(page, again).status_code == 302
    assert row_of(commitment).text == "Мой текст"


def test_checking_a_row_says_what_is_understood_and_saves_nothing(
    chain: Chain, cascade: Cascade, signed: Signed
) -> None:
    commitment = cascade.town.rows[2]
    page = reverse("row", args=[cascade.town.roadmap, commitment])
    answer = signed(chain.town).post(page, cells(commitment, phrase="не позднее 5 марта", check="1"))
    assert answer.status_code == 200
    assert "5 марта" in text_of(answer.content)
    assert row_of(commitment).own_deadline.phrase == "до 01.02.2027"
    echo = signed(chain.town).get(reverse("phrase-echo", args=[cascade.town.roadmap]), {"phrase": "как получится"})
    assert "Дата не понята" in text_of(echo.content)


def test_a_dropped_row_comes_back_with_all_that_it_had(chain: Chain, cascade: Cascade, signed: Signed) -> None:
    client, plan, commitment = signed(chain.town), cascade.town.roadmap, cascade.town.rows[1]
    edition = Edition.objects.for_page().get(pk=cascade.town.edition.pk)
    before = sheets.canonical(sheets.load(edition))
    answer = client.post(reverse("row-drop", args=[plan, commitment]), follow=True)
    assert "Строка 2.1 удалена" in text_of(answer.content)
    assert not Deliverable.objects.at(DRAFT).filter(commitment=commitment).exists()
    assert client.post(reverse("row-restore", args=[plan, commitment])).status_code == 302
    assert sheets.canonical(sheets.load(edition)) == before
    assert client.post(reverse("row-restore", args=[plan, commitment])).status_code == 404
    foreign = reverse("row-restore", args=[plan, cascade.region.rows[0]])
    assert client.post(foreign).status_code == 404


def test_a_dropped_row_of_an_edition_in_force_comes_back_too(chain: Chain, cascade: Cascade, signed: Signed) -> None:
    client, plan, commitment = signed(chain.ministry), cascade.region.roadmap, cascade.region.rows[0]
    editions.open_edition(cascade.region.edition.roadmap, by=chain.user(chain.ministry), now=NOW)
    client.post(reverse("row-drop", args=[plan, commitment]))
    assert not Deliverable.objects.at(DRAFT).filter(commitment=commitment).exists()
    client.post(reverse("row-restore", args=[plan, commitment]))
    assert row_of(commitment).text == "Положение о классах издано"


def test_rows_change_places_inside_their_activity(chain: Chain, cascade: Cascade, signed: Signed) -> None:
    client, plan, activity = signed(chain.town), cascade.town.roadmap, first_activity(cascade)
    data = {"text": "Второй результат", "phrase": "до 10.11.2026", "executors": "Методист", "obliges": "nobody"}
    answer = client.post(reverse("row-new", args=[plan, activity]), data)
    made = int(answer["Location"].rstrip("/").rpartition("/")[2])
    client.post(reverse("row-move", args=[plan, made]), {"direction": "up"})
    rows = sheets.load(Edition.objects.for_page().get(pk=cascade.town.edition.pk)).rows[:2]
    assert [row.commitment for row in rows] == [made, cascade.town.rows[0]]


def test_an_activity_is_added_at_the_end_of_its_section(chain: Chain, cascade: Cascade, signed: Signed) -> None:
    client, plan = signed(chain.town), cascade.town.roadmap
    for title in ("Первый раздел", "Второй раздел"):
        client.post(reverse("heading-new", args=[plan, "section"]), {"title": title, "number": "", "parent": ""})
    first = HeadingText.objects.at(DRAFT).get(roadmap=plan, title="Первый раздел").heading_id
    for title in ("Дело А", "Дело Б"):
        client.post(reverse("heading-new", args=[plan, "activity"]), {"title": title, "number": "", "parent": first})
    titles = list(
        HeadingText.objects.at(DRAFT).filter(roadmap=plan).order_by("position").values_list("title", flat=True)
    )
    assert titles[-4:] == ["Первый раздел", "Дело А", "Дело Б", "Второй раздел"]


def test_inheritance_is_broken_and_restored_in_one_step(chain: Chain, cascade: Cascade, signed: Signed) -> None:
    client, plan, row, upper = signed(chain.town), cascade.town.roadmap, cascade.town.rows[0], cascade.region.rows[0]
    link = {"kind": "implements", "rule": "shifted", "days": "-2", "working": "on", "lead_days": "0"}
    assert client.post(reverse("link", args=[plan, row, upper]), link).status_code == 302
    assert str(row_of(row).due) == "2026-10-28"
    client.post(reverse("link-rule", args=[plan, row, upper]), {"step": "break"})
    assert str(row_of(row).due) == "2026-11-06"
    client.post(reverse("link-rule", args=[plan, row, upper]), {"step": "restore"})
    made = Link.objects.at(DRAFT).get(lower=row)
    assert (made.rule, made.days, made.working, str(row_of(row).due)) == (Rule.SHIFTED, -2, True, "2026-10-28")
    client.post(reverse("link-cut", args=[plan, row, upper]))
    assert not Link.objects.at(DRAFT).filter(lower=row).exists()
    assert str(row_of(row).due) == "2026-11-06"


def test_the_drawer_shows_the_date_that_each_rule_would_give(chain: Chain, cascade: Cascade, signed: Signed) -> None:
    page = reverse("link", args=[cascade.town.roadmap, cascade.town.rows[0], cascade.region.rows[0]])
    said = text_of(signed(chain.town).get(page).content)
    assert "Как у края до 30.10.2026" in said
    assert "до 06.11.2026" in said
    assert "край + " in said


def test_a_row_is_linked_only_to_rows_in_force_above(chain: Chain, cascade: Cascade, signed: Signed) -> None:
    other = chain.plan(chain.other_town, ["до 01.12.2026"], in_force=True)
    page = reverse("link", args=[cascade.town.roadmap, cascade.town.rows[0], other.rows[0]])
    assert signed(chain.town).get(page).status_code == 404
    assert signed(chain.town).post(page, {"kind": "implements", "rule": "own"}).status_code == 404


def test_a_reason_given_with_a_late_own_date_stands_for_the_error(
    chain: Chain, cascade: Cascade, signed: Signed
) -> None:
    page = reverse("link", args=[cascade.town.roadmap, cascade.town.rows[0], cascade.region.rows[0]])
    signed(chain.town).post(page, {"kind": "implements", "rule": "own", "reason": "Так решил совет"})
    edition = Edition.objects.for_page().get(pk=cascade.town.edition.pk)
    late = next(remark for remark in checks.remarks_of(sheets.load(edition)) if remark.code == "later-than-upper")
    assert late.reason == "Так решил совет"


def test_uncovered_rows_are_adopted_answered_or_waived(chain: Chain, cascade: Cascade, signed: Signed) -> None:
    client, plan, upper = signed(chain.town), cascade.town.roadmap, cascade.region.rows[2]
    waive = reverse("upper-waive", args=[plan, upper])
    client.post(waive, {"reason": ""})
    assert not Waiver.objects.exists()
    client.post(waive, {"reason": "Конкурса в округе нет"})
    assert "Конкурса в округе нет" in text_of(client.get(reverse("plan", args=[plan])).content)
    client.post(waive, {"take_back": "1"})
    assert not Waiver.objects.at(DRAFT).exists()
    answer = client.post(reverse("upper-adopt", args=[plan, upper]))
    made = int(answer["Location"].rstrip("/").rpartition("/")[2])
    row = row_of(made)
    link = Link.objects.at(DRAFT).get(lower=made)
    assert (row.text, str(row.start), str(row.due)) == ("Конкурс проектов проведён", "2027-03-10", "2027-03-20")
    assert (link.upper_id, link.rule) == (upper, Rule.WITHIN)
    client.post(reverse("upper-answer", args=[plan, upper]), {"row": cascade.town.rows[2]})
    assert Link.objects.at(DRAFT).filter(lower=cascade.town.rows[2], upper=upper).exists()


def test_a_plan_with_errors_is_not_sent_and_shows_them(chain: Chain, cascade: Cascade, signed: Signed) -> None:
    answer = signed(chain.town).post(reverse("plan-submit", args=[cascade.town.roadmap]))
    assert answer.status_code == 409
    said = text_of(answer.content)
    assert "План не отправлен" in said
    assert "На 7 дней позже края" in said
    assert Edition.objects.get(pk=cascade.town.edition.pk).state == EditionState.DRAFT


def test_a_plan_is_sent_returned_with_a_reason_and_taken_back(chain: Chain, signed: Signed) -> None:
    plan = chain.plan(chain.town, ["до 06.11.2026"])
    coordinator, signatory = signed(chain.town), signed(chain.town, Role.SIGNATORY)
    page = reverse("plan", args=[plan.roadmap])
    assert coordinator.post(reverse("plan-submit", args=[plan.roadmap])).status_code == 302
    assert "План у подписанта" in text_of(coordinator.get(page).content)
    assert coordinator.get(reverse("plan-edit", args=[plan.roadmap])).status_code == 403
    back = reverse("plan-return", args=[plan.roadmap])
    assert coordinator.post(back, {"reason": "я сам"}).status_code == 403
    assert signatory.post(back, {"reason": ""}).status_code == 422
    assert signatory.post(back, {"reason": "Нет сроков школ"}).status_code == 302
    returned = text_of(coordinator.get(page).content)
    assert "ВОЗВРАЩЁН НА ДОРАБОТКУ" in returned
    assert "Нет сроков школ" in returned
    coordinator.post(reverse("plan-submit", args=[plan.roadmap]))
    assert coordinator.post(reverse("plan-take-back", args=[plan.roadmap])).status_code == 302
    assert Edition.objects.get(pk=plan.edition.pk).state == EditionState.DRAFT
    journal = text_of(coordinator.get(reverse("plan-journal", args=[plan.roadmap])).content)
    assert "План отправлен на утверждение." in journal
    assert "Причина: Нет сроков школ" in journal


def test_a_draft_that_never_was_in_force_is_discarded_altogether(chain: Chain, signed: Signed) -> None:
    plan = chain.plan(chain.town, ["до 06.11.2026"])
    client = signed(chain.town)
    assert client.get(reverse("plan-discard", args=[plan.roadmap])).status_code == 200
    assert client.post(reverse("plan-discard", args=[plan.roadmap]))["Location"] == reverse("plans")
    assert client.get(reverse("plan", args=[plan.roadmap])).status_code == 404


def test_a_plan_is_begun_with_what_may_be_seen(chain: Chain, cascade: Cascade, signed: Signed) -> None:
    client = signed(chain.other_town)
    page = reverse("plan-new")
    data = {
        "organization": chain.other_town.pk,
        "programme": chain.programme.pk,
        "title": "План Лесного округа",
        "span": "academic-2026",
        "uppers": [cascade.region.roadmap],
    }
    bad = client.post(page, data | {"uppers": [cascade.town.roadmap], "organization": chain.town.pk})
    assert bad.status_code == 422
    good = client.post(page, data)
    assert good.status_code == 302
    edition = Edition.objects.for_page().get(roadmap__organization=chain.other_town)
    assert (edition.title, edition.roadmap.lineage.get().upper_id) == ("План Лесного округа", cascade.region.roadmap)
    assert client.post(page, data).status_code == 422
    assert signed(chain.town, Role.STAFF).get(page).status_code == 403
    client.get(good["Location"])


def test_own_days_of_a_period_are_both_needed(chain: Chain, signed: Signed) -> None:
    data = {"organization": chain.town.pk, "programme": chain.programme.pk, "title": "План", "span": "own"}
    client = signed(chain.town)
    assert client.post(reverse("plan-new"), data).status_code == 422
    days = {"starts_on": "2027-01-10", "ends_on": "2026-12-31"}
    assert client.post(reverse("plan-new"), data | days).status_code == 422
    days = {"starts_on": "2027-01-10", "ends_on": "2027-12-31"}
    assert client.post(reverse("plan-new"), data | days).status_code == 302


def test_programmes_are_kept_by_the_region(chain: Chain, signed: Signed) -> None:
    region, town = signed(chain.ministry), signed(chain.town)
    data = {"name": "Лесные классы", "basis": "Концепция"}
    assert town.post(reverse("programme-new"), data).status_code == 403
    assert town.post(reverse("programme-edit", args=[chain.programme.pk]), data).status_code == 403
    assert region.post(reverse("programme-new"), data).status_code == 302
    assert region.post(reverse("programme-new"), data).status_code == 422
    assert region.post(reverse("programme-edit", args=[chain.programme.pk]), {"name": "Полюс"}).status_code == 302
    assert "Лесные классы" in text_of(town.get(reverse("programmes")).content)
    assert Client().get(reverse("programmes")).status_code == 302


def test_a_draft_follows_one_more_plan_above(chain: Chain, signed: Signed) -> None:
    region = chain.plan(chain.ministry, ["до 30.10.2026"], in_force=True)
    foreign = chain.plan(chain.other_town, ["до 30.10.2026"], in_force=True)
    town = chain.plan(chain.town, ["до 30.10.2026"])
    client, page = signed(chain.town), reverse("plan-follow", args=[town.roadmap])
    assert client.post(page, {"upper": foreign.roadmap}).status_code == 404
    assert client.post(page, {"upper": "x"}).status_code == 404
    assert client.post(page, {"upper": region.roadmap}).status_code == 302
    assert town.edition.roadmap.lineage.get().upper_id == region.roadmap

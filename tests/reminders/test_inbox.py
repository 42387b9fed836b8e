"""The inbox: told once, said in the reader's language, read by nobody else, the way to the page."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from organizations import access
from organizations.access import Role
from reminders import notices
from reminders.models import Notice
from reminders.sentences import SENTENCES, say
from tests import factories
from tests.cast import World
from tests.factories import NOW


def tell(*recipients, key: str = "", **changes: object) -> int:
    facts = {
        "kind": "plan-submitted",
        "params": {"organization": "Школа № 1", "plan": "План школы"},
        "path": "/plans/1/",
        "now": NOW,
    }
    return notices.tell(recipients=recipients, key=key, **(facts | changes))


@pytest.fixture
def reader(school):
    return factories.account(school, Role.STAFF)


def test_one_thing_is_told_once_to_each(reader, regional_coordinator):
    assert tell(reader, key="plan-1") == 1
    assert tell(reader, regional_coordinator, reader, key="plan-1") == 1
    assert tell(reader) == 1
    assert Notice.objects.of(reader).count() == 2
    assert Notice.objects.of(regional_coordinator).count() == 1


def test_a_closed_account_is_told_nothing(reader):
    reader.is_active = False

    assert tell(reader) == 0


@pytest.mark.parametrize("path", ["https://elsewhere.example/", "//elsewhere.example/", "plans/1/", "/\\elsewhere"])
def test_a_notice_leads_only_into_the_portal(reader, path: str):
    with pytest.raises(ValueError, match="page of the portal"):
        tell(reader, path=path)


@pytest.mark.parametrize(
    ("language", "rows", "sentence"),
    [
        ("ru", 1, "Файл «план.docx» прочитан: 1 строка. Просмотрите и сохраните."),
        ("ru", 2, "Файл «план.docx» прочитан: 2 строки. Просмотрите и сохраните."),
        ("ru", 22, "Файл «план.docx» прочитан: 22 строки. Просмотрите и сохраните."),
        ("ru", 11, "Файл «план.docx» прочитан: 11 строк. Просмотрите и сохраните."),
        ("en", 1, "“план.docx” is read: 1 row. Look through it and save."),
        ("en", 5, "“план.docx” is read: 5 rows. Look through it and save."),
    ],
)
def test_a_notice_is_said_in_the_readers_language(language: str, rows: int, sentence: str):
    with translation.override(language):
        assert say("import-ready", {"file": "план.docx", "rows": rows}) == sentence


@pytest.mark.parametrize("kind", SENTENCES)
@pytest.mark.parametrize("language", ["ru", "en"])
def test_an_old_notice_that_lacks_its_facts_does_not_break_the_inbox(kind: str, language: str):
    with translation.override(language):
        assert "…" in say(kind, {})


def test_a_kind_that_is_not_known_is_told_by_its_subject():
    assert say("of-tomorrow", {"plan": "План школы"}) == "План школы"
    assert say("of-tomorrow", {}) == "…"


def test_what_is_in_a_notice_cannot_bring_markup_or_formats(reader, as_user):
    tell(reader, params={"organization": "<b>%(plan)s", "plan": "%s %(x)s {{ x }}"})
    page = as_user(reader).get(reverse("inbox")).content.decode()

    assert "&lt;b&gt;%(plan)s" in page


def test_the_inbox_of_one_is_read_by_nobody_else(reader, stranger, as_user):
    tell(reader, params={"organization": "Тайная", "plan": "План"})
    notice = Notice.objects.get()
    other = as_user(stranger)

    assert "Тайная" in as_user(reader).get(reverse("inbox")).content.decode()
    assert "Тайная" not in other.get(reverse("inbox")).content.decode()
    assert other.get(reverse("notice-open", args=[notice.pk])).status_code == 404
    assert other.post(reverse("notice-mark", args=[notice.pk])).status_code == 404
    other.post(reverse("inbox-read-all"))
    notice.refresh_from_db()
    assert notice.read_at is None


def test_opening_reads_a_notice_and_acts_for_its_organization(world: World, as_user):
    user = factories.account(world.school, Role.STAFF)
    access.grant(user, Role.STAFF, world.neighbour_school)
    tell(user, organization=world.neighbour_school, path="/registers/")
    client = as_user(user)
    opened = client.get(reverse("notice-open", args=[Notice.objects.get().pk]))

    assert opened.url == "/registers/"
    assert client.get("/registers/").context["standpoint"].organization == world.neighbour_school
    assert Notice.objects.unread().count() == 0


def test_opening_does_not_act_for_an_organization_that_is_no_longer_held(world: World, reader, as_user):
    tell(reader, organization=world.neighbour, path="/registers/")
    client = as_user(reader)
    client.get(reverse("notice-open", args=[Notice.objects.get().pk]))

    assert client.get("/registers/").context["standpoint"].organization == world.school


def test_read_and_unread(reader, as_user):
    tell(reader)
    client, notice = as_user(reader), Notice.objects.get()
    mark = reverse("notice-mark", args=[notice.pk])

    client.post(mark, {"as": "read"})
    assert client.get(reverse("inbox") + "?show=unread").context["lines"] == []
    client.post(mark, {"as": "unread"})
    assert len(client.get(reverse("inbox") + "?show=unread").context["lines"]) == 1
    assert client.get(mark).status_code == 405


def test_marking_all_leaves_what_arrived_meanwhile(reader, as_user):
    tell(reader)
    client = as_user(reader)
    newest = client.get(reverse("inbox")).context["newest"]
    tell(reader, now=NOW + dt.timedelta(minutes=1))
    client.post(reverse("inbox-read-all"), {"newest": newest})

    assert Notice.objects.unread().count() == 1


def test_the_header_counts_what_is_unread(reader, as_user):
    tell(reader)
    tell(reader)

    answer = as_user(reader).get(reverse("inbox"))

    assert answer.context["unread_notices"]() == 2
    assert ", 2 непрочитанных" in answer.content.decode()


def test_the_inbox_costs_the_same_with_one_notice_and_with_three(reader, school, as_user):
    client = as_user(reader)

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("inbox"))
        return len(queries)

    tell(reader, organization=school)
    cost()
    one = cost()
    tell(reader, organization=school)
    tell(reader, organization=school)
    assert cost() == one


def test_a_long_inbox_comes_in_pages(reader, as_user):
    for number in range(35):
        tell(reader, now=NOW + dt.timedelta(minutes=number))
    client = as_user(reader)

    assert [len(client.get(f"{reverse('inbox')}?page={page}").context["lines"]) for page in (1, 2, 99)] == [30, 5, 5]


def test_an_empty_inbox_says_what_will_come(reader, as_user):
    assert "Извещений пока нет" in as_user(reader).get(reverse("inbox")).content.decode()

"""The pages of the registers: who keeps what, sentences for errors, what is done for another body, cost."""

import pytest
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from organizations import access
from organizations.access import Role
from organizations.models import CalendarDay, Cluster, Entry, Organization, Participant, Partner, Person, Position
from tests import factories
from tests.cast import World
from tests.factories import TODAY

ALL_PAGES = {
    "register-organization-add": ("region", "municipality"),
    "register-organization-edit": ("region", "municipality", "school"),
    "register-organization-rename": ("region", "municipality", "school"),
    "register-organization-close": ("region", "municipality", "school"),
    "register-person-add": ("region", "municipality", "school"),
    "register-partner-add": ("region", "municipality", "school"),
    "register-class-add": ("school",),
    "register-cluster-add": ("region",),
    "register-participant-add": ("region",),
    "register-calendar-add": ("region",),
}
# Who keeps what, when every organization has a coordinator of its own.
KEPT = {
    "region": {
        "register-organization-add": {"region"},
        "register-organization-edit": {"region"},
        "register-organization-rename": {"region", "municipality"},
        "register-organization-close": {"region", "municipality"},
        "register-person-add": {"region"},
        "register-partner-add": {"region"},
        "register-class-add": set(),
        "register-cluster-add": {"region"},
        "register-participant-add": {"region"},
        "register-calendar-add": {"region"},
    },
    "municipality": {
        "register-organization-add": {"municipality"},
        "register-organization-edit": {"municipality"},
        "register-organization-rename": {"school"},
        "register-organization-close": {"school"},
        "register-person-add": {"municipality"},
        "register-partner-add": {"municipality"},
    },
    "school": {
        "register-organization-edit": {"school"},
        "register-person-add": {"school"},
        "register-partner-add": {"school"},
        "register-class-add": {"school"},
    },
}


@pytest.mark.parametrize("where", KEPT)
def test_every_coordinator_keeps_exactly_her_registers(world: World, as_user, where: str):
    for place in ("region", "municipality", "school"):
        world.account(getattr(world, place), Role.COORDINATOR)
    client = as_user(world.account(getattr(world, where), Role.COORDINATOR))

    kept = {
        name: {
            place for place in places if client.get(reverse(name, args=[getattr(world, place).pk])).status_code == 200
        }
        for name, places in ALL_PAGES.items()
    }

    assert kept == {name: KEPT[where].get(name, set()) for name in ALL_PAGES}


@pytest.mark.parametrize("role", [Role.SIGNATORY, Role.STAFF, Role.EXECUTOR, Role.REVIEWER])
def test_nobody_else_keeps_anything(world: World, as_user, role: Role):
    client = as_user(world.account(world.region, role))

    for name, places in ALL_PAGES.items():
        for place in places:
            url = reverse(name, args=[getattr(world, place).pk])
            assert client.get(url).status_code in {403, 404}
            assert client.post(url, {}).status_code in {403, 404}


def test_what_is_done_for_a_body_without_the_portal_is_said_and_journalled(
    world: World, as_user, municipal_coordinator
):
    client = as_user(municipal_coordinator)
    url = reverse("register-person-add", args=[world.school.pk])
    form = {"surname": "Новикова", "given_name": "Ольга", "title": "директор", "is_head": "on"}

    assert client.get(url).context["for_other"] is True
    client.post(url, form)

    assert set(Entry.objects.filter(organization=world.school).values_list("operation", "for_other")) == {
        ("person-added", True),
        ("position-added", True),
    }
    journal = client.get(reverse("register-journal", args=[world.school.pk])).content.decode()
    assert "за организацию, вышестоящим органом" in journal
    assert "Новикова" in journal


def test_the_way_of_a_region_through_its_registers(world: World, as_user, regional_coordinator):
    client = as_user(regional_coordinator)
    region = world.region.pk
    client.post(reverse("register-cluster-add", args=[region]), {"name": "лесной", "is_open": "on"})
    cluster = Cluster.objects.get(name="лесной")
    client.post(
        reverse("register-participant-add", args=[region]),
        {"cluster": cluster.pk, "organization": world.school.pk, "is_base": "on", "starts_on": "2026-09-01"},
    )
    participant = Participant.objects.get()
    client.post(reverse("register-participant-edit", args=[participant.pk]), {"ends_on": "2027-05-31"})
    client.post(
        reverse("register-calendar-add", args=[region]), {"day": "2026-10-23", "is_working": "no", "name": "День края"}
    )
    listed = client.get(reverse("register-participants")).content.decode()

    participant.refresh_from_db()
    assert (participant.is_base, str(participant.ends_on)) == (False, "2027-05-31")
    assert "Липовский округ" in listed
    assert "лесной" in listed
    assert CalendarDay.objects.values_list("day", "is_working").get()[1] is False
    client.post(reverse("register-participant-remove", args=[participant.pk]))
    client.post(reverse("register-calendar-remove", args=[CalendarDay.objects.get().pk]))
    assert (Participant.objects.count(), CalendarDay.objects.count()) == (0, 0)


def test_the_way_of_a_school_through_its_registers(world: World, as_user, cluster, school_coordinator):
    client = as_user(school_coordinator)
    school = world.school.pk
    client.post(reverse("register-class-add", args=[school]), {"cluster": cluster.pk, "name": "10А", "pupils": "24"})
    client.post(
        reverse("register-partner-add", args=[school]),
        {"kind": "college", "name": "Техникум", "valid_until": "2020-01-01", "clusters": [cluster.pk]},
    )
    partner = Partner.objects.get()
    page = client.get(reverse("register-partners")).content.decode()

    assert "срок соглашения истёк" in page
    assert list(partner.clusters.all()) == [cluster]
    assert client.get(reverse("register-partners") + "?state=valid").context["page"].paginator.count == 0
    assert client.get(reverse("register-partners") + "?state=expired").context["page"].paginator.count == 1
    card = client.get(reverse("register-organization", args=[school])).content.decode()
    assert "10А" in card
    client.post(reverse("register-partner-remove", args=[partner.pk]))
    assert Partner.objects.count() == 0


def test_a_person_gets_and_loses_positions(world: World, as_user, school_coordinator):
    somebody = factories.person("Новикова")
    position = factories.position(somebody, world.school, "учитель")
    client = as_user(school_coordinator)

    client.post(
        reverse("register-position-add", args=[somebody.pk]),
        {"organization": world.school.pk, "title": "завуч", "is_acting": "on", "starts_on": "2026-09-01"},
    )
    client.post(reverse("register-position-edit", args=[position.pk]), {"title": "учитель", "ends_on": "2026-08-31"})
    client.post(
        reverse("register-person-edit", args=[somebody.pk]),
        {"surname": "Новикова-Липова", "given_name": "Ольга", "phone": "8 900 000-00-00"},
    )

    somebody.refresh_from_db()
    assert somebody.surname == "Новикова-Липова"
    assert [
        (p.title, str(p.starts_on), str(p.ends_on)) for p in Position.objects.filter(person=somebody).order_by("pk")
    ] == [
        ("учитель", "None", "2026-08-31"),
        ("завуч", "2026-09-01", "None"),
    ]
    assert list(Entry.objects.order_by("pk").values_list("operation", flat=True)) == [
        "position-added",
        "position-ended",
        "person-changed",
    ]


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("register-person-add", {"given_name": "Ольга", "title": "х"}, "Заполните поле «Фамилия»."),
        (
            "register-person-add",
            {"surname": "Н", "given_name": "О", "title": "х", "email": "нет"},
            "Адрес почты выглядит так: name@example.ru.",
        ),
        (
            "register-partner-add",
            {"kind": "college", "name": "Т", "agreed_on": "2026-02-01", "valid_until": "2026-01-01"},
            "Соглашение не может закончиться раньше, чем заключено.",
        ),
        ("register-partner-add", {"kind": "cafe", "name": "Т"}, "Выберите «Вид» из списка."),
        (
            "register-partner-add",
            {"kind": "college", "name": "Уже есть"},
            "Партнёр с таким названием уже есть в перечне.",
        ),
        (
            "register-partner-add",
            {"kind": "college", "name": "Т", "agreed_on": "31.02.2026"},
            "Такой даты нет в календаре. Напишите её так: 26.09.2026.",
        ),
    ],
)
def test_every_error_is_a_sentence_and_what_was_typed_stays(
    world: World, as_user, school_coordinator, name: str, data: dict, sentence: str
):
    factories.partner(world.school, "Уже есть")
    answer = as_user(school_coordinator).post(reverse(name, args=[world.school.pk]), data)
    page = answer.content.decode()

    assert answer.status_code == 422
    assert sentence in page
    for typed in data.values():
        if typed != "cafe":
            assert f'value="{typed}"' in page
    assert Entry.objects.count() == 0


def test_a_refusal_stands_at_its_field(world: World, as_user, school_coordinator):
    factories.position(factories.person("Главнова"), world.school, "директор", is_head=True)
    answer = as_user(school_coordinator).post(
        reverse("register-person-add", args=[world.school.pk]),
        {"surname": "Н", "given_name": "О", "title": "директор", "is_head": "on"},
    )

    assert list(answer.context["form"].errors) == ["is_head"]
    assert "Главнова" in answer.content.decode()
    assert Person.objects.filter(surname="Н").count() == 0


def test_adding_renaming_and_the_card_on_the_pages(world: World, as_user, municipal_coordinator):
    client = as_user(municipal_coordinator)
    add = reverse("register-organization-add", args=[world.municipality.pk])
    new = {"kind": "school", "name": "Средняя школа № 5", "short_name": "Школа № 5", "site": "school5.example"}
    assert client.post(add, new).status_code == 302
    assert list(client.post(add, new).context["form"].errors) == ["name"]
    school = Organization.objects.get(short_name="Школа № 5")
    assert (school.parent, school.site) == (world.municipality, "https://school5.example")

    rename = reverse("register-organization-rename", args=[school.pk])
    taken = client.post(rename, {"name": world.school.name, "short_name": "Лицей № 5"})
    assert list(taken.context["form"].errors) == ["name"]
    assert client.post(rename, {"name": "Лицей № 5", "short_name": "Лицей № 5", "reason": "акт"}).status_code == 302
    card = {"place": "Липовка", "time_zone": "Asia/Vladivostok", "working_week": "6", "names_public": "on"}
    assert client.post(reverse("register-organization-edit", args=[school.pk]), card).status_code == 302

    school.refresh_from_db()
    assert (school.name, school.place, school.working_week) == ("Лицей № 5", "Липовка", 6)
    assert set(Entry.objects.filter(organization=school).values_list("operation", flat=True)) == {
        "organization-added",
        "organization-renamed",
        "organization-card-changed",
    }


def test_closing_and_merging_on_the_pages(world: World, as_user, municipal_coordinator, regional_coordinator):
    client = as_user(municipal_coordinator)
    url = reverse("register-organization-close", args=[world.school.pk])
    foreign = client.post(
        url, {"closed_on": "2026-08-31", "successor": world.neighbour_school.pk, "reason": "постановление"}
    )
    client.post(url, {"closed_on": "2026-08-31", "successor": world.school2.pk, "reason": "постановление"})

    world.school.refresh_from_db()
    assert foreign.status_code == 422
    assert (str(world.school.closed_on), world.school.successor) == ("2026-08-31", world.school2)
    refused = as_user(regional_coordinator).post(
        reverse("register-organization-close", args=[world.municipality.pk]),
        {"closed_on": "2026-08-31", "reason": "закон"},
    )
    assert refused.status_code == 422
    assert "Школа № 2" in refused.content.decode()
    client.post(reverse("register-organization-reopen", args=[world.school.pk]))
    world.school.refresh_from_db()
    assert world.school.closed_on is None


def test_names_are_found_whatever_their_case_and_sorted_by_their_numbers(world: World, as_user, regional_coordinator):
    found = as_user(regional_coordinator).get(reverse("register-organizations") + "?q=ШКОЛА&kind=school")

    assert [str(organization) for organization in found.context["page"]] == [
        "Школа № 1",
        "Школа № 2",
        "Школа № 3",
        "Школа № 10",
    ]


def test_the_tree_is_filtered_by_place_and_cluster(world: World, as_user, cluster, regional_coordinator):
    factories.participant(world.school2, cluster)
    client = as_user(regional_coordinator)

    def found(query: str) -> list[str]:
        return [str(o) for o in client.get(reverse("register-organizations") + query).context["page"]]

    assert found(f"?under={world.neighbour.pk}") == ["Школа № 3", "Школа № 10"]
    assert found(f"?cluster={cluster.pk}") == ["Школа № 2"]
    assert found("?kind=institute") == ["Институт развития"]


LISTS = {
    "register-organizations": lambda w, c: factories.organization("school", f"Школа № 1{w.counter()}", w.municipality),
    "register-people": lambda w, c: factories.position(factories.person(), w.school),
    "register-clusters": lambda w, c: factories.cluster(w.region),
    "register-participants": lambda w, c: factories.participant(
        factories.organization("school", f"Школа № 2{w.counter()}", w.municipality), c
    ),
    "register-classes": lambda w, c: factories.specialised_class(w.school, c),
    "register-partners": lambda w, c: factories.partner(w.school).clusters.add(c),
    "register-calendar": lambda w, c: factories.calendar_day(w.region, TODAY.replace(day=w.counter())),
    "registers": lambda w, c: factories.partner(w.school),
}


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("query", ["", "?q=а"])
def test_a_list_costs_the_same_with_one_row_and_with_three(
    world: World, as_user, cluster, regional_coordinator, name: str, query: str
):
    numbers = iter(range(1, 28))
    world.counter = lambda: next(numbers)
    client = as_user(regional_coordinator)

    def cost() -> int:
        from django.db import connection

        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(reverse(name) + query).status_code == 200
        return len(queries)

    LISTS[name](world, cluster)
    client.get(reverse(name))
    one = cost()
    for _row in range(2):
        LISTS[name](world, cluster)

    assert cost() == one
    assert one <= 16


def test_the_pages_of_one_organization_cost_the_same_with_more_rows(
    world: World, as_user, cluster, regional_coordinator
):
    from django.db import connection

    client = as_user(regional_coordinator)

    def fill() -> None:
        factories.position(factories.person(), world.school)
        factories.partner(world.school)
        factories.specialised_class(world.school, cluster)
        factories.account(world.school, Role.STAFF)

    def cost() -> dict[str, int]:
        counted = {}
        for name in ("register-organization", "register-roles", "register-journal"):
            with CaptureQueriesContext(connection) as queries:
                client.get(reverse(name, args=[world.school.pk]))
            counted[name] = len(queries)
        return counted

    fill()
    cost()
    before = cost()
    fill()
    fill()
    assert cost() == before


def test_the_index_says_who_keeps_what(world: World, as_user, regional_coordinator, school_coordinator):
    def kept(client) -> list[bool]:
        return [register.kept for register in client.get(reverse("registers")).context["registers"]]

    assert kept(as_user(regional_coordinator)) == [True, True, True, True, False, True, True]
    assert kept(as_user(school_coordinator)) == [True, True, False, False, True, True, False]


def test_an_account_without_a_role_is_told_what_to_do(db, as_user):
    answer = as_user(factories.account()).get(reverse("registers"))

    assert answer.status_code == 200
    assert "Попросите приглашение" in answer.content.decode()


def test_the_administrator_begins_a_region_in_the_portal(administrator, as_user, world: World):
    client = as_user(administrator)
    client.post(
        reverse("register-roles", args=[world.other_region.pk]), {"email": "first@example.test", "role": "coordinator"}
    )

    assert access.reach(administrator).everything
    assert Entry.objects.get(organization=world.other_region).operation == "invitation-sent"


def test_organizations_keep_russian_order_and_find_yo(db):
    region = factories.organization("region", "Регион")
    for name in ("Школа № 10", "Ёлкино", "Школа № 9", "Ельня", "Жуково", "ейск"):
        factories.organization("school", name, region)

    assert [o.short_name for o in Organization.objects.filter(parent=region).in_order()] == [
        "ейск",
        "Ёлкино",
        "Ельня",
        "Жуково",
        "Школа № 9",
        "Школа № 10",
    ]

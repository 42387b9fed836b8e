"""Nothing of a neighbour is seen: not in a register, a filter, a search, a choice, a count, a link or a body."""

import datetime as dt
import re
from types import SimpleNamespace

import pytest
from django.urls import reverse

from organizations import access, journal
from organizations.access import Role
from organizations.models import (
    CalendarDay,
    Cluster,
    Entry,
    Invitation,
    Organization,
    Participant,
    Partner,
    Person,
    Position,
    SpecialisedClass,
)
from organizations.operations import invitations
from tests import factories
from tests.cast import World
from tests.factories import NOW, TODAY

SECRET = "Тайнова"  # stands in every name of what must not be seen


def names(queryset) -> set[str]:
    return {str(row) for row in queryset}


def test_organizations_are_seen_up_down_and_across_to_the_institute(world: World):
    def seen_by(where: Organization, role: Role) -> set[str]:
        return names(Organization.objects.visible_to(world.account(where, role)))

    up = {"Министерство Озёрского края", "Институт развития"}
    assert seen_by(world.school, Role.COORDINATOR) == up | {"Липовский округ", "Школа № 1"}
    assert seen_by(world.municipality, Role.STAFF) == up | {"Липовский округ", "Школа № 1", "Школа № 2"}
    assert seen_by(world.municipality, Role.EXECUTOR) == up | {"Липовский округ"}
    assert seen_by(world.institute, Role.COORDINATOR) == up
    assert seen_by(world.region, Role.EXECUTOR) == {"Министерство Озёрского края"}
    assert seen_by(world.gymnasium, Role.COORDINATOR) == up | {"Краевая гимназия"}
    assert seen_by(world.region, Role.COORDINATOR) == names(Organization.objects.below(world.region.pk))


@pytest.fixture
def rows(world: World):
    """A row of every register in each of three schools: own, of the neighbour, of another region."""
    made = {}
    for name in ("school", "neighbour_school", "other_school"):
        school = getattr(world, name)
        region = world.other_region if name == "other_school" else world.region
        cluster = Cluster.objects.filter(organization=region).first() or factories.cluster(region)
        surname = "Своя" if name == "school" else f"{SECRET}{school.pk}"
        person = factories.person(surname)
        coordinator = world.account(school, Role.COORDINATOR)
        invitation, _secret = invitations.invite(
            school, role=Role.STAFF, email=f"{name}@{SECRET}.example", by=coordinator, now=NOW
        )
        made[name] = {
            "cluster": cluster,
            "person": person,
            "position": factories.position(person, school, f"учитель {surname}"),
            "participant": factories.participant(school, cluster),
            "class": factories.specialised_class(school, cluster, "10А"),
            "partner": factories.partner(school, f"Завод {surname}"),
            "invitation": invitation,
        }
    made["region_day"] = factories.calendar_day(world.region, TODAY, name="День края")
    made["other_day"] = factories.calendar_day(world.other_region, TODAY, name=f"День {SECRET}")
    return made


REGISTERS = {
    "person": Person,
    "position": Position,
    "participant": Participant,
    "class": SpecialisedClass,
    "partner": Partner,
    "invitation": Invitation,
}


@pytest.mark.parametrize("register", REGISTERS)
def test_a_register_is_read_at_home_and_from_above(world: World, rows, register: str):
    model = REGISTERS[register]

    def sees(where: Organization, role: Role = Role.STAFF) -> set[str]:
        visible = set(model.objects.visible_to(world.account(where, role)).values_list("pk", flat=True))
        return {name for name in ("school", "neighbour_school", "other_school") if rows[name][register].pk in visible}

    assert sees(world.school) == {"school"}
    assert sees(world.school, Role.EXECUTOR) == {"school"}
    assert sees(world.school2) == set()
    assert sees(world.municipality) == {"school"}
    assert sees(world.municipality, Role.EXECUTOR) == set()
    assert sees(world.neighbour) == {"neighbour_school"}
    assert sees(world.institute) == set()
    assert sees(world.gymnasium) == set()
    assert sees(world.region) == {"school", "neighbour_school"}
    assert sees(world.other_region) == {"other_school"}


def test_clusters_and_calendar_are_read_by_everyone_below_the_region(world: World, rows):
    executor = world.account(world.school, Role.EXECUTOR)

    assert set(Cluster.objects.visible_to(executor)) == {rows["school"]["cluster"]}
    assert set(CalendarDay.objects.visible_to(executor)) == {rows["region_day"]}
    assert set(Cluster.objects.visible_to(world.account(world.institute, Role.STAFF))) == {rows["school"]["cluster"]}


def test_the_administrator_reads_every_register(administrator, rows):
    for model in (*REGISTERS.values(), Cluster, CalendarDay, Organization):
        assert model.objects.visible_to(administrator).count() == model.objects.count()


def test_a_person_of_two_organizations_shows_each_reader_only_the_position_there(world: World, as_user):
    both = factories.person("Двойнова")
    factories.position(both, world.school, "учитель физики")
    factories.position(both, world.neighbour_school, f"учитель {SECRET}")
    client = as_user(world.account(world.school, Role.COORDINATOR))

    for url in (reverse("register-people"), reverse("register-person", args=[both.pk])):
        page = client.get(url).content.decode()
        assert "учитель физики" in page
        assert SECRET not in page


LISTS = (
    "registers",
    "register-organizations",
    "register-people",
    "register-clusters",
    "register-participants",
    "register-classes",
    "register-partners",
    "register-calendar",
)


@pytest.mark.parametrize("where", ["school", "municipality", "institute"])
def test_no_list_no_filter_and_no_count_tells_of_a_neighbour(world: World, rows, as_user, where: str):
    Organization.objects.filter(pk__in=[world.neighbour.pk, world.neighbour_school.pk, world.other_region.pk]).update(
        short_name=SECRET, name=f"Организация {SECRET}"
    )
    client = as_user(world.account(getattr(world, where), Role.COORDINATOR))

    for name in LISTS:
        for query in ("", f"?q={SECRET}", f"?under={world.neighbour.pk}", f"?organization={world.neighbour_school.pk}"):
            answer = client.get(reverse(name) + query)
            page = answer.content.decode().replace(f'value="{SECRET}"', "").replace(f"q={SECRET}", "")
            assert answer.status_code == 200
            assert SECRET not in page, (name, query)


def test_counts_on_the_index_count_only_what_is_seen(world: World, rows, as_user):
    page = as_user(world.account(world.school, Role.COORDINATOR)).get(reverse("registers"))
    amounts = {register.url: re.findall(r"\d+", register.amount) for register in page.context["registers"]}

    assert amounts[reverse("register-partners")] == ["1"]
    assert amounts[reverse("register-classes")] == ["1"]
    assert amounts[reverse("register-participants")] == ["1"]
    assert Partner.objects.count() == 3


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("register-person", "person"),
        ("register-person-edit", "person"),
        ("register-position-add", "person"),
        ("register-position-edit", "position"),
        ("register-participant-edit", "participant"),
        ("register-class-edit", "class"),
        ("register-partner-edit", "partner"),
    ],
)
def test_a_neighbours_row_is_not_there(world: World, rows, as_user, name: str, key: str):
    for where in (world.school, world.municipality, world.institute):
        client = as_user(world.account(where, Role.COORDINATOR))
        assert client.get(reverse(name, args=[rows["neighbour_school"][key].pk])).status_code == 404


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("register-participant-remove", "participant"),
        ("register-partner-remove", "partner"),
        ("register-invitation-resend", "invitation"),
        ("register-invitation-withdraw", "invitation"),
    ],
)
def test_a_neighbours_row_cannot_be_struck_out(world: World, rows, as_user, name: str, key: str):
    row = rows["neighbour_school"][key]
    client = as_user(world.account(world.municipality, Role.COORDINATOR))

    assert client.post(reverse(name, args=[row.pk])).status_code == 404
    row.refresh_from_db()


ORGANIZATION_PAGES = (
    "register-organization",
    "register-organization-add",
    "register-organization-edit",
    "register-organization-rename",
    "register-organization-close",
    "register-journal",
    "register-roles",
    "register-person-add",
    "register-class-add",
    "register-partner-add",
)


@pytest.mark.parametrize("name", ORGANIZATION_PAGES)
def test_a_neighbours_organization_is_not_there(world: World, as_user, name: str):
    for where in (world.school, world.municipality, world.institute, world.gymnasium):
        client = as_user(world.account(where, Role.COORDINATOR))
        for other in (world.neighbour, world.neighbour_school, world.other_region, world.other_school):
            assert client.get(reverse(name, args=[other.pk])).status_code == 404


@pytest.mark.parametrize("name", [*LISTS, "inbox"])
def test_nobody_reads_a_register_without_an_account(as_user, db, name: str):
    answer = as_user().get(reverse(name))

    assert (answer.status_code, answer.url) == (302, f"/accounts/login/?next={reverse(name)}")


def test_a_foreign_id_in_a_body_is_refused(world: World, rows, as_user):
    own, foreign = rows["school"], rows["other_school"]
    client = as_user(world.account(world.school, Role.COORDINATOR))
    day = {"opened_on": "", "closed_on": "", "pupils": 5}

    add_class = client.post(
        reverse("register-class-add", args=[world.school.pk]), {"cluster": foreign["cluster"].pk, "name": "9Б"} | day
    )
    add_position = client.post(
        reverse("register-position-add", args=[own["person"].pk]),
        {"organization": world.neighbour_school.pk, "title": "директор"},
    )
    invite = client.post(
        reverse("register-roles", args=[world.school.pk]),
        {"email": "new@example.test", "role": "staff", "person": foreign["person"].pk},
    )

    assert [answer.status_code for answer in (add_class, add_position, invite)] == [422, 422, 422]
    assert SpecialisedClass.objects.filter(name="9Б").count() == 0
    assert Position.objects.filter(title="директор").count() == 0
    assert Invitation.objects.filter(email="new@example.test").count() == 0


def test_a_region_lists_only_its_own_schools(world: World, rows, as_user, regional_coordinator):
    client = as_user(regional_coordinator)
    answer = client.post(
        reverse("register-participant-add", args=[world.region.pk]),
        {"cluster": rows["school"]["cluster"].pk, "organization": world.other_school.pk},
    )

    assert answer.status_code == 422
    assert Participant.objects.filter(organization=world.other_school, cluster=rows["school"]["cluster"]).count() == 0


def test_the_journal_of_plans_does_not_carry_drafts_out(world: World):
    author = world.account(world.school, Role.COORDINATOR)
    facts = {"organization": world.school, "by": author, "now": NOW}
    register = journal.record(operation="partner-added", subject_kind="partner", subject_id=1, **facts)
    draft = journal.record(
        operation="cell", subject_kind="commitment", subject_id=1, after={"text": "черновик"}, **facts
    )

    def sees(where: Organization, role: Role) -> set[Entry]:
        return set(Entry.objects.visible_to(world.account(where, role)))

    assert sees(world.school, Role.STAFF) == {register, draft}
    assert sees(world.school, Role.EXECUTOR) == {register}
    assert sees(world.municipality, Role.COORDINATOR) == {register}
    assert sees(world.neighbour, Role.COORDINATOR) == set()


def test_the_journal_page_tells_of_registers_only(world: World, as_user):
    author = world.account(world.school, Role.COORDINATOR)
    journal.record(
        operation="cell",
        subject_kind="commitment",
        subject_id=1,
        after={"text": SECRET},
        organization=world.school,
        by=author,
        now=NOW,
    )

    page = as_user(author).get(reverse("register-journal", args=[world.school.pk]))

    assert SECRET not in page.content.decode()


def test_a_card_above_shows_who_to_ask_and_nothing_else(world: World, as_user, regional_coordinator):
    head = factories.person("Главнова", email="glavnova@example.test")
    factories.position(head, world.region, "министр", is_head=True)
    other = factories.person(SECRET, phone="+7 900 000-00-00")
    factories.position(other, world.region, "специалист")
    factories.partner(world.region, f"Завод {SECRET}")

    page = as_user(world.account(world.school, Role.STAFF)).get(
        reverse("register-organization", args=[world.region.pk])
    )
    text = page.content.decode()

    assert "Главнова" in text
    assert regional_coordinator.person.surname in text
    assert SECRET not in text
    assert "glavnova@example.test" not in text


def test_the_standpoint_is_switched_only_to_an_organization_that_is_held(world: World, as_user):
    user = factories.account(world.school, Role.STAFF)
    access.grant(user, Role.COORDINATOR, world.neighbour_school)
    client = as_user(user)

    def switch(organization: Organization, next_page: str = "/inbox/") -> SimpleNamespace:
        answer = client.post(reverse("standpoint"), {"organization": organization.pk, "next": next_page})
        return SimpleNamespace(status=answer.status_code, url=getattr(answer, "url", None))

    assert switch(world.neighbour_school) == SimpleNamespace(status=302, url="/inbox/")
    assert client.get("/registers/").context["standpoint"].organization == world.neighbour_school
    assert switch(world.municipality).status == 404
    assert switch(world.other_school).status == 404
    assert switch(world.school, "https://elsewhere.example/") == SimpleNamespace(status=302, url="/")
    assert client.get("/registers/").context["standpoint"].organization == world.school
    assert client.get(reverse("standpoint")).status_code == 405


def test_a_role_that_is_withdrawn_takes_the_standpoint_with_it(world: World, as_user):
    user = factories.account(world.school, Role.STAFF)
    access.grant(user, Role.STAFF, world.neighbour_school)
    client = as_user(user)
    client.post(reverse("standpoint"), {"organization": world.neighbour_school.pk})

    access.withdraw(user, Role.STAFF, world.neighbour_school)

    assert client.get("/registers/").context["standpoint"].organization == world.school


def test_positions_of_today(world: World):
    person = factories.person()
    past = factories.position(person, world.school, ends_on=TODAY - dt.timedelta(days=1))
    last_day = factories.position(person, world.school, ends_on=TODAY)
    factories.position(person, world.school, starts_on=TODAY + dt.timedelta(days=1))
    first_day = factories.position(person, world.school, starts_on=TODAY)

    assert set(Position.objects.held(TODAY)) == {last_day, first_day}
    assert past in Position.objects.held(TODAY - dt.timedelta(days=1))

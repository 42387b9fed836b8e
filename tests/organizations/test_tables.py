"""Tables out and in: nothing in them is a live formula, what went out comes back without a change."""

import csv
import datetime as dt
import io
import zipfile

import openpyxl
import pytest
import tablib
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from organizations.models import Entry, Organization, Participant, Person, Position
from organizations.resources import OrganizationResource, ParticipantResource, PeopleResource
from organizations.tables import LIVE, SafeCSV, SafeXLSX, UnreadableTable, guard, unguard
from tests import factories
from tests.cast import World
from tests.factories import TODAY

DANGEROUS = ["=1+1", "==1+1", "+1", "-1", "@SUM(A1)", "\t=1", "'=1", "''", "＝1", '=HYPERLINK("http://x")', "=1;=2"]
FORMATS = [SafeCSV, SafeXLSX]


def table(headers: list[str], *rows: list[object]) -> tablib.Dataset:
    return tablib.Dataset(*rows, headers=headers)


@pytest.mark.parametrize("text", DANGEROUS)
def test_no_text_is_a_live_formula_when_the_file_is_opened(text: str):
    out = table(["Имя"], [text])
    cell = openpyxl.load_workbook(io.BytesIO(SafeXLSX().export_data(out))).active["A2"]
    opened = next(iter(list(csv.reader(io.StringIO(SafeCSV().export_data(out).decode("utf-8-sig"))))[1:]))[0]

    assert (cell.data_type, cell.quotePrefix) == ("s", True)
    assert not opened.startswith(LIVE)


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=40))
def test_the_guard_is_taken_away_exactly(text: str):
    assert unguard(guard(text)) == text
    assert not guard(text).startswith(LIVE)


@pytest.mark.parametrize("form", FORMATS)
def test_numbers_stay_numbers_and_texts_of_digits_stay_texts(form: type):
    out = table(["Число", "Телефон", "Номер"], [5, "89001112233", "007"])
    back = form().create_dataset(form().export_data(out))

    assert back.dict == [{"Число": "5", "Телефон": "89001112233", "Номер": "007"}]
    if form is SafeXLSX:
        row = next(openpyxl.load_workbook(io.BytesIO(form().export_data(out))).active.iter_rows(min_row=2))
        assert [(cell.value, cell.data_type) for cell in row] == [(5, "n"), ("89001112233", "s"), ("007", "s")]


def test_what_a_russian_excel_writes_is_read():
    text = "Фамилия;Имя\r\nИванова;Анна\r\n;\r\n"

    for data in (text.encode("cp1251"), text.encode("utf-8-sig"), text.replace(";", "\t").encode()):
        assert SafeCSV().create_dataset(data).dict == [{"Фамилия": "Иванова", "Имя": "Анна"}]


def test_a_workbook_as_people_make_it_is_read():
    book = openpyxl.Workbook()
    book.active.append(["Фамилия", "С", "Телефон", None])
    book.active.append([None, None, None])
    book.active.append(["Иванова", dt.datetime(2026, 9, 1), 89001112233])
    out = io.BytesIO()
    book.save(out)

    assert SafeXLSX().create_dataset(out.getvalue()).dict == [
        {"Фамилия": "Иванова", "С": "2026-09-01", "Телефон": "89001112233"}
    ]


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"0" * 70_000_000)
    return out.getvalue()


def entities() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("xl/workbook.xml", '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>')
    return out.getvalue()


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 no zip", b"plain words", bomb(), entities()])
def test_what_is_no_workbook_is_refused_in_words(data: bytes):
    with pytest.raises(UnreadableTable) as problem:
        SafeXLSX().create_dataset(data)
    assert str(problem.value)


# Out and back


@pytest.fixture
def full(world: World) -> World:
    """Every kind of row, with what is hard in it."""
    Organization.objects.filter(pk=world.school.pk).update(
        name="=1+1", address="+7 Улица", site="https://school.example", working_week=6, names_public=True
    )
    factories.organization("school", "Школа № 1", world.neighbour, name="Вторая с тем же кратким именем")
    factories.organization("school", "Школа № 2", world.municipality, name="Тёзка школы № 2")
    Organization.objects.filter(pk=world.school2.pk).update(closed_on=TODAY)
    cluster, foreign = factories.cluster(world.region, "аграрный"), factories.cluster(world.other_region, "аграрный")
    factories.participant(world.school, cluster, is_base=True, starts_on=TODAY)
    factories.participant(world.other_school, foreign)
    both = factories.person("-Двойнова", email="both@example.test", phone="89001112233")
    factories.position(both, world.school, "директор", is_head=True, starts_on=TODAY)
    factories.position(both, world.neighbour_school, "методист", is_acting=True)
    factories.position(both, world.neighbour_school, "методист", starts_on=TODAY, ends_on=TODAY)
    factories.person("Безместнова")
    factories.position(factories.person("Тёзкина"), world.school)
    factories.position(factories.person("Тёзкина"), world.neighbour_school)
    return world


RESOURCES = [OrganizationResource, PeopleResource, ParticipantResource]


def state() -> list[list[dict]]:
    return [list(model.objects.order_by("pk").values()) for model in (Organization, Person, Position, Participant)]


@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("resource", RESOURCES)
def test_what_went_out_comes_back_without_a_change(full: World, resource: type, form: type, language: str):
    before = state()
    with translation.override(language):
        data = form().export_data(resource().export())
    with translation.override("ru"):
        result = resource().import_data(form().create_dataset(data), raise_errors=True, use_transactions=True)

    assert [row.import_type for row in result.rows] == ["skip"] * len(result.rows)
    assert len(result.rows) > 1
    assert state() == before
    assert Entry.objects.count() == 0


def bring(resource: type, headers: list[str], *rows: list[object]):
    with translation.override("ru"):
        return resource().import_data(table(headers, *rows), rollback_on_validation_errors=True, use_transactions=True)


def test_a_tree_comes_in_with_one_table(db):
    result = bring(
        OrganizationResource,
        ["parent", "kind", "name", "short_name"],
        ["", "region", "Министерство края", "Край"],
        ["Край", "муниципалитет", "Управление округа", "Округ"],
        ["Край / Округ", "школа", "Средняя школа № 1", "Школа № 1"],
        ["округ", "School", "Средняя школа № 2", "Школа № 2"],
    )

    assert [row.import_type for row in result.rows] == ["new"] * 4
    assert [str(school.parent) for school in Organization.objects.filter(kind="school")] == ["Округ", "Округ"]
    assert Entry.objects.filter(operation="organization-added").count() == 4


def test_one_bad_row_keeps_the_whole_table_out_and_each_says_why(full: World):
    before = state()
    result = bring(
        OrganizationResource,
        ["parent", "kind", "name", "short_name", "closed_on", "email"],
        ["Липовский округ", "школа", "Новая школа", "Новая", "", ""],
        ["Нигде", "школа", "Ничья школа", "Ничья", "", ""],
        ["Липовский округ", "гимназия", "Гимназия", "Гимназия", "32.01.2026", "нет почты"],
        ["Школа № 3", "школа", "Под школой", "Под школой", "", ""],
        ["Липовский округ", "школа", "", "Без имени", "", ""],
        ["Школа № 1", "школа", "У двух", "У двух", "", ""],
        ["", "школа", "Сама по себе", "Сама", "", ""],
    )

    assert [(row.number, row.error_count) for row in result.invalid_rows] == [
        (2, 1),
        (3, 3),
        (4, 1),
        (5, 1),
        (6, 1),
        (7, 1),
    ]
    assert state() == before
    assert Entry.objects.count() == 0


@pytest.mark.parametrize(
    "headers", [["kind", "name"], ["kind", "name", "short_name", "Рост"], ["kind", "name", "name", "short_name"]]
)
def test_a_table_with_other_columns_is_told_which(db, headers: list[str]):
    result = bring(OrganizationResource, headers, ["школа"] * len(headers))

    assert len(result.base_errors) == 1


def test_people_come_in_with_their_positions_and_are_found_again(full: World):
    people, positions = Person.objects.count(), Position.objects.count()
    rows = [
        ["Новикова", "Ольга", "", "", "Липовский округ", "методист", ""],
        ["новикова", "ольга", "", "o@example.test", "Липовский округ", "завуч", "01.09.2026"],
        ["Новикова", "Ольга", "", "o@example.test", "Школа № 3", "учитель", ""],
        ["Новикова", "Ольга", "", "", "Школа № 10", "учитель", ""],
    ]
    columns = ["surname", "given_name", "patronymic", "email", "organization", "title", "starts_on"]
    first = bring(PeopleResource, columns, *rows)

    assert not first.has_errors() and not first.has_validation_errors()
    assert (Person.objects.count(), Position.objects.count()) == (people + 2, positions + 4)
    assert set(Person.objects.filter(surname__iexact="новикова").values_list("email", flat=True)) == {
        "o@example.test",
        "",
    }


def test_participants_come_in_by_names(full: World):
    result = bring(
        ParticipantResource,
        ["organization", "cluster", "is_base"],
        ["Школа № 3", "Аграрный", "да"],
        ["Школа № 10", "аграрный", ""],
    )

    assert [row.import_type for row in result.rows] == ["new", "new"]
    assert Participant.objects.get(organization=full.neighbour_school).cluster.organization == full.region
    wrong = bring(
        ParticipantResource, ["organization", "cluster"], ["Школа № 3", "морской"], ["Липовский округ", "аграрный"]
    )
    assert [row.error_count for row in wrong.invalid_rows] == [1, 1]


# The administrator's pages


def upload(data: bytes, name: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


PAGES = [("organization", OrganizationResource), ("person", PeopleResource), ("participant", ParticipantResource)]


@pytest.mark.parametrize(("page", "resource"), PAGES)
@pytest.mark.parametrize(("number", "form"), list(enumerate(FORMATS)))
def test_out_preview_and_in_on_the_pages(full: World, as_user, administrator, page, resource, number, form):
    client = as_user(administrator)
    out = client.post(reverse(f"admin:organizations_{page}_export"), {"format": number, "resource": ""})
    before = state()
    shown = client.post(
        reverse(f"admin:organizations_{page}_import"),
        {"format": number, "resource": "", "import_file": upload(out.content, f"t.{form().get_extension()}")},
    )
    assert out.status_code == 200
    assert not shown.context["result"].has_errors()
    done = client.post(reverse(f"admin:organizations_{page}_process_import"), shown.context["confirm_form"].initial)

    assert done.status_code == 302
    assert state() == before


def test_the_preview_tells_row_and_reason_and_offers_no_confirmation(full: World, as_user, administrator):
    with translation.override("ru"):
        data = SafeCSV().export_data(
            table(["parent", "kind", "name", "short_name"], ["Нигде", "школа", "Ничья", "Ничья"])
        )
    shown = as_user(administrator).post(
        reverse("admin:organizations_organization_import"),
        {"format": 0, "resource": "", "import_file": upload(data, "t.csv")},
    )
    page = shown.content.decode()

    assert "confirm_form" not in shown.context
    assert "Нет организации «Нигде»" in page
    assert "<td>2</td>" in page


def test_what_became_impossible_since_the_preview_changes_nothing(full: World, as_user, administrator):
    client = as_user(administrator)
    data = SafeCSV().export_data(
        table(
            ["parent", "kind", "name", "short_name"],
            ["Липовский округ", "школа", "Новая", "Новая"],
            ["Ельниковский округ", "школа", "Ещё новая", "Ещё новая"],
        )
    )
    shown = client.post(
        reverse("admin:organizations_organization_import"),
        {"format": 0, "resource": "", "import_file": upload(data, "t.csv")},
    )
    Organization.objects.filter(pk=full.neighbour.pk).update(short_name="Другой", name="Другой")
    before = state()
    client.post(reverse("admin:organizations_organization_process_import"), shown.context["confirm_form"].initial)

    assert state() == before


def test_the_administrator_cannot_change_the_journal(full: World, as_user, administrator):
    client = as_user(administrator)
    client.post(
        reverse("admin:organizations_cluster_add"), {"organization": full.region.pk, "name": "морской", "is_open": "on"}
    )
    entry = Entry.objects.get(operation="cluster-added")
    change = reverse("admin:organizations_entry_change", args=[entry.pk])

    assert client.get(reverse("admin:organizations_entry_changelist")).status_code == 200
    assert client.get(change).status_code == 200
    assert client.post(change, {"operation": "nothing"}).status_code == 403
    assert client.get(reverse("admin:organizations_entry_add")).status_code == 403
    assert client.post(reverse("admin:organizations_entry_delete", args=[entry.pk]), {"post": "yes"}).status_code == 403
    assert entry.by == administrator


@pytest.mark.parametrize("page", ["organization", "person", "position", "cluster", "participant", "user", "entry"])
def test_every_page_of_the_administration_opens_and_only_for_the_administrator(
    full: World, as_user, administrator, regional_coordinator, page: str
):
    url = reverse(f"admin:organizations_{page}_changelist")

    assert as_user(administrator).get(url).status_code == 200
    assert as_user(regional_coordinator).get(url).status_code in {302, 403}
    if page != "entry":
        assert as_user(administrator).get(reverse(f"admin:organizations_{page}_add")).status_code == 200

"""Posts, names and bodies in the cases of orders; codes; numbers; the nesting of clauses."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents import codes, letters, printing
from documents.operations.clauses import numbers
from documents.operations.numbers import clean, split
from documents.texts import PrintedClause, preamble
from organizations.models import Organization, Person, Position

POSTS = {
    "начальник управления образования": ("начальника управления образования", "начальника управления образования"),
    "первый заместитель министра": ("первого заместителя министра", "первого заместителя министра"),
    "глава администрации": ("главы администрации", "главу администрации"),
    "заведующая отделом": ("заведующей отделом", "заведующую отделом"),
    "главный специалист отдела": ("главного специалиста отдела", "главного специалиста отдела"),
    "старшая вожатая лагеря": ("старшей вожатой лагеря", "старшую вожатую лагеря"),
    "учитель-логопед": ("учителя-логопеда", "учителя-логопеда"),
    "директор МБОУ «Школа № 4»": ("директора МБОУ «Школа № 4»", "директора МБОУ «Школа № 4»"),
}


@pytest.mark.parametrize("post", [post for post in POSTS if "вожатая" not in post])
def test_a_post_is_put_into_a_case(post: str) -> None:
    assert (letters.post_in_case(post), letters.post_in_case(post, accusative=True)) == POSTS[post]


@pytest.mark.parametrize(
    ("surname", "is_woman", "accusative"),
    [
        ("Воронцова", True, "Воронцову"),
        ("Каминская", True, "Каминскую"),
        ("Медведь", True, "Медведь"),
        ("Шевченко", True, "Шевченко"),
        ("Черных", False, "Черных"),
        ("Иванов", False, "Иванова"),
        ("Каминский", False, "Каминского"),
        ("Горький", False, "Горького"),
        ("Толстой", False, "Толстого"),
        ("Король", False, "Короля"),
        ("Щерба", False, "Щербу"),
        ("Римский-Корсаков", False, "Римского-Корсакова"),
    ],
)
def test_a_surname_is_put_into_the_accusative(surname: str, is_woman: bool, accusative: str) -> None:
    assert letters.surname_accusative(surname, is_woman=is_woman) == accusative


@pytest.mark.parametrize(
    ("name", "genitive"),
    [
        ("Управление образования Снежного округа", "управления образования Снежного округа"),
        ("Министерство образования края", "министерства образования края"),
        ("Муниципальное бюджетное учреждение «Школа № 1»", "муниципального бюджетного учреждения «Школа № 1»"),
        ("Краевая гимназия", "краевой гимназии"),
        ("Полянский институт мастерства", "Полянского института мастерства"),
        ("Городское управление образования", "городского управления образования"),
        ("МБОУ «Школа № 1»", "МБОУ «Школа № 1»"),
    ],
)
def test_a_body_is_put_into_the_genitive(name: str, genitive: str) -> None:
    assert letters.name_in_genitive(name) == genitive


def test_who_stands_in_signs_as_such() -> None:
    person = Person(surname="Воронцова", given_name="Елена", patronymic="Марковна")
    acting = Position(person=person, title="Начальник управления", is_acting=True)
    assert letters.post_in_signature(acting) == "Исполняющая обязанности начальника управления"
    assert letters.post_in_signature(Position(person=person, title="начальник")) == "Начальник"
    assert letters.name_in_signature(person) == "Е.М. Воронцова"


def test_control_is_laid_on_somebody_or_stays() -> None:
    person = Person(surname="Каминский", given_name="Пётр", patronymic="Ильич")
    assert letters.control_clause(Position(person=person, title="Советник начальника")) == (
        "Контроль за исполнением настоящего приказа возложить на советника начальника Каминского П.И."
    )
    assert letters.control_clause(None) == "Контроль за исполнением настоящего приказа оставляю за собой."


def test_a_preamble_joins_what_is_executed_and_what_for() -> None:
    assert (
        preamble("приказа министерства № 5.", "В целях развития")
        == "Во исполнение приказа министерства № 5, в целях развития"
    )
    assert preamble("", "В целях развития:") == "В целях развития"
    assert preamble("", "") == ""
    assert preamble("чего-то", "Как написано", from_paper=True) == "Как написано"


def test_codes_have_no_letters_that_look_like_digits() -> None:
    code = codes.new_code()
    assert (len(code), set(code) <= set(codes.ALPHABET), set("01ILO") & set(codes.ALPHABET)) == (12, True, set())


@given(st.text(alphabet=codes.ALPHABET, min_size=12, max_size=12))
def test_a_code_is_read_back_however_it_is_typed(code: str) -> None:
    grouped = codes.grouped(code)
    cyrillic = grouped.lower().replace("-", " ").upper().replace("A", "А").replace("K", "К").replace("H", "Н")
    assert codes.typed(grouped) == codes.typed(f" {grouped.lower()} ") == codes.typed(cyrillic) == code


@pytest.mark.parametrize(
    ("number", "ordinal", "series"),
    [
        ("86-А", 86, "а"),
        ("118-од", 118, "од"),
        ("114", 114, ""),
        ("1/к", 1, "к"),
        ("7 - од", 7, "од"),
        ("б/н", None, "б/н"),
    ],
)
def test_numbers_fall_into_series(number: str, ordinal: int | None, series: str) -> None:
    assert split(number) == (ordinal, series)


@pytest.mark.parametrize(
    ("typed", "kept"), [("№ 118 - од", "118-од"), (" 5 ", "5"), ("N 7–к", "7-к"), ("12 / 3", "12/3")]
)
def test_a_number_is_kept_without_sign_and_spaces(typed: str, kept: str) -> None:
    assert clean(typed) == kept


@given(st.lists(st.integers(0, 3), max_size=30))
def test_numbers_of_clauses_are_unique_and_name_their_parents(steps: list[int]) -> None:
    depths: list[int] = []
    for step in steps:
        depths.append(min(step, depths[-1] + 1 if depths else 0))
    found = numbers(depths)
    assert len(set(found)) == len(found)
    assert [number.count(".") for number in found] == depths
    assert all(number.rpartition(".")[0] in {*found, ""} for number in found)


@given(st.lists(st.integers(0, 3), max_size=30))
def test_nesting_loses_no_clause(steps: list[int]) -> None:
    clauses = [PrintedClause(at, str(at), f"Пункт {at}", depth) for at, depth in enumerate(steps)]

    def flat(found: tuple) -> list[str]:
        return [text for one in found for text in (one.text, *flat(one.clauses))]

    assert flat(printing.nested(clauses)) == [clause.text for clause in clauses]


@pytest.mark.parametrize(
    ("post", "body", "whole"),
    [
        ("Директор", "Школа № 4", "Директор\nшколы № 4"),
        ("Министр образования", "Министерство образования Озёрного края", "Министр образования\nОзёрного края"),
        (
            "Начальник управления",
            "Управление образования Липовского округа",
            "Начальник управления\nобразования Липовского округа",
        ),
        ("Директор школы № 4", "Школа № 4", "Директор школы № 4"),
    ],
)
def test_a_post_is_named_together_with_its_body(post: str, body: str, whole: str) -> None:
    assert letters.post_of_body(post, Organization(name=body)) == whole


@pytest.mark.parametrize(
    ("written", "signed"),
    [
        ("Иванов А. П.", "А.П. Иванов"),
        ("Римская-Корсакова Н.А.", "Н.А. Римская-Корсакова"),
        ("А.П. Иванов", "А.П. Иванов"),
    ],
)
def test_a_signature_begins_with_initials(written: str, signed: str) -> None:
    assert letters.initials_first(written) == signed

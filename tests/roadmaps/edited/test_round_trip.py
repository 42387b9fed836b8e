"""A plan that is exported and brought back unchanged differs in nothing."""

import io
import zipfile

import pytest
from docx import Document
from hypothesis import HealthCheck, given, settings
from openpyxl import load_workbook

from documents.office import write_word
from documents.paper import OrderPaper
from roadmaps.edited.document import EditedPlan, read_edited
from roadmaps.edited.origin import Origin, packed, unpacked
from roadmaps.edited.standing import Standing
from roadmaps.reading.plan import open_plan
from scripts.samples import samples
from tests.roadmaps.edited.plans import FORMS, against, exported, keys_of, plan, plans, stripped


@pytest.mark.parametrize("form", FORMS)
def test_an_exported_plan_comes_back_without_a_difference(form: str) -> None:
    found = against(exported(plan(), form), form, plan())
    assert (keys_of(found), found.untouched, found.by_marks) == ([], 0, True)


@pytest.mark.parametrize("form", FORMS)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(standing=plans())
def test_so_does_any_plan_whatever_its_texts(form: str, standing: Standing) -> None:
    found = against(exported(standing, form), form, standing)
    assert (keys_of(found), found.untouched) == ([], 0)


@pytest.mark.parametrize("form", FORMS)
def test_a_file_that_another_program_saved_again_has_lost_nothing(form: str) -> None:
    stream = io.BytesIO()
    if form == "docx":
        Document(io.BytesIO(exported(plan(), form))).save(stream)
    else:
        load_workbook(io.BytesIO(exported(plan(), form))).save(stream)
    found = against(stream.getvalue(), form, plan())
    assert (keys_of(found), found.by_marks) == ([], True)
    origin = read_edited(stream.getvalue(), f"План.{form}").origin
    assert origin is not None
    assert (origin.portal, origin.plan, origin.number) == ("http://portal.example", 7, 2)


@pytest.mark.parametrize("form", FORMS)
def test_without_its_marks_a_file_is_known_by_its_words(form: str) -> None:
    found = against(stripped(exported(plan(), form), form), form, plan())
    assert (keys_of(found), found.by_marks) == ([], False)
    found = against(exported(plan(), form), form, plan(), trusted=False)
    assert (keys_of(found), found.by_marks) == ([], False)


@pytest.mark.parametrize("form", FORMS)
def test_what_was_read_can_be_kept_and_read_again(form: str) -> None:
    document = read_edited(exported(plan(), form), f"План.{form}")
    assert EditedPlan.from_json(document.to_json()) == document


def test_the_order_of_a_plan_is_kept_shortly() -> None:
    entries = (("h", 3), ("r", 10), ("r", 11), ("r", 12), ("h", 4), ("r", 7))
    assert packed(entries) == "h3 r10-12 h4 r7"
    assert unpacked("h3 r10-12 h4 r7") == entries
    assert unpacked("r1-999999999999") == ()


def test_long_properties_go_on_in_further_ones() -> None:
    entries = tuple(("r", key * 3) for key in range(1, 400))
    origin = Origin("http://portal.example", 7, 0, "", "", entries)
    standing = plan()
    data = exported(standing, "docx")
    assert Origin.of(origin.to_properties()) == origin
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert b"Clusterportal rows" in package.read("docProps/custom.xml")


def test_an_order_in_word_is_read_as_what_it_is_by_the_importer() -> None:
    order = samples()["order"]
    assert isinstance(order, OrderPaper)
    read = open_plan(write_word(order), "Приказ.docx")
    header = read.header
    assert (header.order_number, header.order_date, header.place) == (order.number, order.signed_on, order.place)
    assert (header.signatory_name, len(read.rows)) == (order.signatory.name, 7)
    assert [clause.number for clause in header.clauses] == ["1", "2", "3", "4", "5", "5.1", "5.2", "5.3", "6"]
    assert read.problems == ()

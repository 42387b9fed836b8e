"""The structure of a draft: taken out, brought back, moved among siblings and between sections."""

import pytest

from organizations.models import Entry
from roadmaps import sheets
from roadmaps.choices import DRAFT, HeadingKind
from roadmaps.models import Edition, HeadingText
from roadmaps.operations import editions, problems, rows, structure
from tests.roadmaps.chain import NOW, Chain, Plan


def add(plan: Plan, kind: str, title: str, parent: int | None = None) -> int:
    return rows.add_heading(
        roadmap=plan.roadmap, kind=HeadingKind(kind), title=title, parent=parent, by=None, now=NOW
    ).pk


def outline(plan: Plan) -> list[str]:
    """Give sections and activities in document order, what stands in a section behind a dash."""
    edition = Edition.objects.open().for_page().get(roadmap=plan.roadmap)
    sheet = sheets.load(edition)
    shown = [one for one in sheet.headings if one.kind in {"section", "activity"}]
    return [f"{'– ' * len(sheet.path(one))}{one.title}" for one in shown]


@pytest.fixture
def plan(chain: Chain) -> Plan:
    """A draft of two sections with activities and one activity outside them."""
    plan = chain.plan(chain.town, [])
    first = add(plan, "section", "Раздел I")
    second = add(plan, "section", "Раздел II")
    for title, parent in (("А", first), ("Б", first), ("В", second)):
        add(plan, "activity", title, parent)
    add(plan, "activity", "Вне")
    return plan


def heading(plan: Plan, title: str) -> int:
    return HeadingText.objects.at(DRAFT).get(roadmap=plan.roadmap, title=title).heading_id


def move(plan: Plan, title: str, *, up: bool) -> bool:
    return structure.move_heading(roadmap=plan.roadmap, heading=heading(plan, title), up=up, by=None, now=NOW)


def put(plan: Plan, title: str, section: int | None) -> bool:
    return structure.put_in_section(
        roadmap=plan.roadmap, heading=heading(plan, title), section=section, by=None, now=NOW
    )


def drop(plan: Plan, title: str, agreed: int = 0) -> None:
    structure.drop_heading(roadmap=plan.roadmap, heading=heading(plan, title), rows=agreed, by=None, now=NOW)


def test_a_section_moves_with_all_that_stands_in_it(plan: Plan) -> None:
    assert move(plan, "Раздел II", up=True)
    assert outline(plan) == ["Раздел II", "– В", "Раздел I", "– А", "– Б", "Вне"]
    assert move(plan, "Раздел II", up=False)
    assert outline(plan) == ["Раздел I", "– А", "– Б", "Раздел II", "– В", "Вне"]


def test_an_activity_moves_inside_its_section_and_not_beyond(plan: Plan) -> None:
    assert move(plan, "Б", up=True)
    assert not move(plan, "Б", up=True)
    assert not move(plan, "В", up=False)
    assert outline(plan) == ["Раздел I", "– Б", "– А", "Раздел II", "– В", "Вне"]


def test_headings_that_stand_in_one_place_are_told_apart_when_one_moves(plan: Plan) -> None:
    HeadingText.objects.filter(roadmap=plan.roadmap, title__in=["А", "Б"]).update(position=1500)
    before = outline(plan)
    assert move(plan, "Б", up=True)
    assert outline(plan) == [before[0], "– Б", "– А", *before[3:]]


def test_an_activity_is_put_at_the_end_of_another_section_and_out_of_all(plan: Plan) -> None:
    assert put(plan, "А", heading(plan, "Раздел II"))
    assert outline(plan) == ["Раздел I", "– Б", "Раздел II", "– В", "– А", "Вне"]
    assert not put(plan, "А", heading(plan, "Раздел II"))
    assert put(plan, "Б", None)
    assert outline(plan) == ["Раздел I", "Раздел II", "– В", "– А", "Вне", "Б"]
    told = Entry.objects.about("heading", heading(plan, "А")).get(operation="heading-put")
    assert (told.before, told.after) == (
        {"title": "А", "section": "Раздел I"},
        {"title": "А", "section": "Раздел II"},
    )


def test_an_activity_is_put_into_no_section_of_another_plan(chain: Chain, plan: Plan) -> None:
    other = chain.plan(chain.other_town, [])
    foreign = add(other, "section", "Чужой раздел")
    for section in (foreign, heading(plan, "Б"), 987_654):
        with pytest.raises(problems.Refused):
            put(plan, "А", section)
    assert outline(plan)[:2] == ["Раздел I", "– А"]


def test_a_section_that_holds_something_stays(plan: Plan) -> None:
    with pytest.raises(problems.NotEmpty):
        drop(plan, "Раздел I")
    drop(plan, "А")
    drop(plan, "Б")
    drop(plan, "Раздел I")
    assert outline(plan) == ["Раздел II", "– В", "Вне"]


def test_an_activity_goes_with_as_many_rows_as_were_agreed_and_comes_back_with_them(plan: Plan) -> None:
    activity = heading(plan, "А")
    for text in ("Раз", "Два"):
        rows.add_result(roadmap=plan.roadmap, activity=activity, text=text, phrase="до 1 октября", by=None, now=NOW)
    before = sheets.canonical(sheets.load(plan.edition))
    for agreed in (0, 1, 3):
        with pytest.raises(problems.NotEmpty):
            drop(plan, "А", agreed)
    drop(plan, "А", 2)
    assert sheets.load(plan.edition).rows == []
    assert structure.restore_heading(roadmap=plan.roadmap, heading=activity, by=None, now=NOW)
    assert sheets.canonical(sheets.load(plan.edition)) == before
    assert not structure.restore_heading(roadmap=plan.roadmap, heading=activity, by=None, now=NOW)
    told = Entry.objects.about("heading", activity).values_list("operation", flat=True)
    assert sorted(told) == ["heading-added", "heading-dropped", "heading-restored"]


def test_an_activity_whose_section_went_comes_back_outside_sections(plan: Plan) -> None:
    activity = heading(plan, "В")
    drop(plan, "В")
    drop(plan, "Раздел II")
    structure.restore_heading(roadmap=plan.roadmap, heading=activity, by=None, now=NOW)
    assert outline(plan) == ["Раздел I", "– А", "– Б", "В", "Вне"]


def test_what_was_in_force_is_listed_and_comes_back(chain: Chain) -> None:
    plan = chain.plan(chain.town, ["до 15 октября", "до 20 октября"], in_force=True)
    editions.open_edition(plan.edition.roadmap, by=None, now=NOW)
    in_force = sheets.canonical(sheets.load(plan.edition))
    draft = Edition.objects.open().for_page().get(roadmap=plan.roadmap)
    first, second = (one.pk for one in sheets.load(draft).of_kind(HeadingKind.ACTIVITY))
    move_down = {"roadmap": plan.roadmap, "by": None, "now": NOW}
    structure.move_heading(heading=first, up=False, **move_down)
    structure.drop_heading(heading=first, rows=1, **move_down)
    rows.drop_result(roadmap=plan.roadmap, commitment=plan.rows[1], by=None, now=NOW)
    assert [text.heading_id for text in structure.dropped_headings(plan.roadmap)] == [first, second]
    assert structure.dropped_rows(plan.roadmap) == []
    for one in (first, second):
        assert structure.restore_heading(roadmap=plan.roadmap, heading=one, by=None, now=NOW)
    assert structure.dropped_headings(plan.roadmap) == []
    assert sheets.canonical(sheets.load(draft)) == in_force
    assert sheets.canonical(sheets.load(plan.edition)) == in_force


def test_what_is_submitted_or_in_force_keeps_its_structure(chain: Chain) -> None:
    plan = chain.plan(chain.town, ["до 15 октября"])
    activity = HeadingText.objects.at(DRAFT).get(roadmap=plan.roadmap, heading__kind="activity").heading_id
    Edition.objects.filter(pk=plan.edition.pk).update(state="submitted", submitted_at=NOW)
    ids = {"roadmap": plan.roadmap, "heading": activity, "by": None, "now": NOW}
    for deed in (
        lambda: structure.drop_heading(rows=1, **ids),
        lambda: structure.restore_heading(**ids),
        lambda: structure.move_heading(up=True, **ids),
        lambda: structure.put_in_section(section=None, **ids),
    ):
        with pytest.raises(problems.NotWritable):
            deed()


def test_the_title_is_no_heading_that_goes_or_moves(chain: Chain) -> None:
    plan = chain.plan(chain.town, [])
    title = HeadingText.objects.at(DRAFT).get(roadmap=plan.roadmap, heading__kind="title").heading_id
    ids = {"roadmap": plan.roadmap, "heading": title, "by": None, "now": NOW}
    for deed in (lambda: structure.drop_heading(**ids), lambda: structure.move_heading(up=True, **ids)):
        with pytest.raises(HeadingText.DoesNotExist):
            deed()

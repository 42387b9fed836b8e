"""A plan on its way in: received, read once, decided on, finished, never half."""

import datetime as dt

import pytest

from documents.models import Order
from documents.operations.files import read_file
from organizations.models import Entry
from reminders.models import Notice
from roadmaps import checks, previews, sheets
from roadmaps.choices import Aim, ImportState
from roadmaps.models import Edition, Import, Lineage, Roadmap
from roadmaps.operations import imports, problems
from tests.roadmaps.chain import NOW, Chain
from tests.roadmaps.reading.factory import Act, Head, Res, Shape, as_docx
from tests.shared import SHARED, needs_shared

SHAPE = Shape(title=("План работы", "полярных классов Снежного округа на 2026-2027 учебный год"))
PLAN = (
    Head("I", "Подготовка"),
    Act("1", "Координаторы", (Res("Издан приказ о координаторах", "до 25.09.2026", ("Методист",)),)),
    Act(
        "2",
        "Опрос родителей",
        (
            Res("Анкета разослана", "до 09.10.2026", ("Методист",)),
            Res("Опрос проведён", "12.10.2026 16.10.2026", ("Руководители школ",)),
            Res("Справка об опросе", "январь 2025", ("Методист",)),
        ),
    ),
)


def clock() -> dt.datetime:
    return NOW


def arrive(chain: Chain, organization, data: bytes, *, name: str = "План.docx", aim: Aim = Aim.DRAFT) -> Import:
    incoming = imports.receive(
        organization=organization,
        programme=chain.programme,
        name=name,
        data=data,
        aim=aim,
        by=chain.user(organization),
        now=NOW,
    )
    imports.read(incoming.pk, clock=clock)
    return Import.objects.select_related("organization", "programme", "file").get(pk=incoming.pk)


def decide_all(incoming: Import, by) -> previews.Preview:
    preview = previews.preview_of(incoming)
    while preview.questions:
        question = preview.questions[0]
        imports.decide(
            incoming,
            changes=previews.answer(preview, question, question.chosen),
            seen=incoming.version,
            by=by,
            now=NOW,
        )
        preview = previews.preview_of(incoming)
    return preview


def test_a_file_is_kept_as_it_came_and_read_once(chain: Chain) -> None:
    data = as_docx(PLAN, SHAPE)
    incoming = arrive(chain, chain.town, data)
    assert (incoming.state, read_file(incoming.file)) == (ImportState.READY, data)
    assert imports.read(incoming.pk, clock=clock) is False
    assert [notice.kind for notice in Notice.objects.all()] == ["import-ready"]


def test_a_reader_that_died_is_followed_by_another_when_its_claim_ran_out(chain: Chain) -> None:
    incoming = imports.receive(
        organization=chain.town,
        programme=chain.programme,
        name="План.docx",
        data=as_docx(PLAN, SHAPE),
        by=chain.user(chain.town),
        now=NOW,
    )
    Import.objects.filter(pk=incoming.pk).update(state=ImportState.READING, lease_until=NOW + imports.LEASE, attempts=1)
    assert imports.sweep(clock=clock) == 0
    assert imports.sweep(clock=lambda: NOW + imports.LEASE * 2) == 1
    assert Import.objects.get(pk=incoming.pk).state == ImportState.READY


def test_a_file_that_kills_every_reader_is_given_up_in_words(chain: Chain) -> None:
    incoming = imports.receive(
        organization=chain.town,
        programme=chain.programme,
        name="План.docx",
        data=as_docx(PLAN, SHAPE),
        by=chain.user(chain.town),
        now=NOW,
    )
    Import.objects.filter(pk=incoming.pk).update(
        state=ImportState.READING, lease_until=NOW - imports.LEASE, attempts=imports.ATTEMPTS
    )
    imports.sweep(clock=clock)
    incoming.refresh_from_db()
    assert (incoming.state, incoming.problem["code"]) == (ImportState.FAILED, "gave-up")


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("план.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old-office"),
        ("план.pdf", b"%PDF-1.7\n", "pdf"),
        ("план.docx", b"", "empty-file"),
        ("план.docx", "просто текст".encode(), "unknown-format"),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_way_out(chain: Chain, name: str, data: bytes, code: str) -> None:
    incoming = arrive(chain, chain.town, data, name=name)
    assert (incoming.state, incoming.problem["code"]) == (ImportState.FAILED, code)
    assert incoming.problem["message_ru"]
    assert not Roadmap.objects.exists()


def test_doubts_are_asked_and_nothing_is_saved_before_they_are_decided(chain: Chain) -> None:
    incoming = arrive(chain, chain.town, as_docx(PLAN, SHAPE))
    preview = previews.preview_of(incoming)
    assert [(q.ref, q.quote) for q in preview.questions] == [("2.2", "12.10.2026 16.10.2026"), ("2.3", "январь 2025")]
    with pytest.raises(problems.Undecided):
        imports.finish(incoming, by=chain.user(chain.town), now=NOW)
    assert not Roadmap.objects.exists()
    assert Import.objects.get(pk=incoming.pk).state == ImportState.READY


def test_a_finished_import_is_a_draft_with_its_sections_rows_and_executors(chain: Chain) -> None:
    by = chain.user(chain.town)
    incoming = arrive(chain, chain.town, as_docx(PLAN, SHAPE))
    decide_all(incoming, by)
    edition = imports.finish(incoming, by=by, now=NOW)
    sheet = sheets.load(edition)
    assert edition.state == "draft"
    assert [(h.kind, h.number, h.title) for h in sheet.headings] == [
        ("title", "", sheet.title),
        ("section", "I", "Подготовка"),
        ("activity", "1", "Координаторы"),
        ("activity", "2", "Опрос родителей"),
    ]
    assert [(row.label, row.deadline.start, row.deadline.due) for row in sheet.rows] == [
        ("1.1", None, dt.date(2026, 9, 25)),
        ("2.1", None, dt.date(2026, 10, 9)),
        ("2.2", dt.date(2026, 10, 12), dt.date(2026, 10, 16)),
        ("2.3", dt.date(2027, 1, 1), dt.date(2027, 1, 31)),
    ]
    assert [executor.text for executor in sheet.rows[2].executors] == ["Руководители школ"]


def test_what_is_corrected_in_place_wins_and_what_is_left_out_stays_out(chain: Chain) -> None:
    by = chain.user(chain.town)
    incoming = arrive(chain, chain.town, as_docx(PLAN, SHAPE))
    changes = {
        "rows": {
            "1.1": {"text": "Приказ издан", "phrase": "до 20.09.2026", "executors": ["Начальник"], "roadmap": 5},
            "2.3": {"is_dropped": True},
        },
        "activities": {"2": {"number": "2а", "title": "Опрос"}},
        "header": {"title": "План округа", "organization": 7},
    }
    imports.decide(incoming, changes=changes, seen=0, by=by, now=NOW)
    assert incoming.decisions["rows"]["1.1"] == {
        "text": "Приказ издан",
        "phrase": "до 20.09.2026",
        "executors": ["Начальник"],
    }
    decide_all(incoming, by)
    sheet = sheets.load(imports.finish(incoming, by=by, now=NOW))
    assert sheet.title == "План округа"
    assert [(row.label, row.text) for row in sheet.rows] == [
        ("1.1", "Приказ издан"),
        ("2а.1", "Анкета разослана"),
        ("2а.2", "Опрос проведён"),
    ]
    assert sheet.rows[0].deadline.due == dt.date(2026, 9, 20)


def test_decisions_of_two_people_do_not_overwrite_each_other(chain: Chain) -> None:
    by = chain.user(chain.town)
    incoming = arrive(chain, chain.town, as_docx(PLAN, SHAPE))
    other = Import.objects.get(pk=incoming.pk)
    imports.decide(incoming, changes={"header": {"title": "Первый"}}, seen=0, by=by, now=NOW)
    with pytest.raises(problems.Changed):
        imports.decide(other, changes={"header": {"title": "Второй"}}, seen=0, by=by, now=NOW)
    assert Import.objects.get(pk=incoming.pk).decisions["header"]["title"] == "Первый"


def test_finishing_twice_makes_one_plan(chain: Chain) -> None:
    by = chain.user(chain.town)
    incoming = arrive(chain, chain.town, as_docx(PLAN, SHAPE))
    decide_all(incoming, by)
    again = Import.objects.select_related("organization", "programme", "file").get(pk=incoming.pk)
    imports.finish(incoming, by=by, now=NOW)
    with pytest.raises(problems.Changed):
        imports.finish(again, by=by, now=NOW)
    assert Roadmap.objects.count() == 1


def test_a_dropped_upload_enters_nothing(chain: Chain) -> None:
    incoming = arrive(chain, chain.town, as_docx(PLAN, SHAPE))
    imports.drop(incoming, by=chain.user(chain.town), now=NOW)
    assert Import.objects.get(pk=incoming.pk).state == ImportState.DROPPED
    assert not Roadmap.objects.exists()


def test_a_document_in_force_is_kept_verbatim_with_its_order(chain: Chain) -> None:
    by = chain.user(chain.ministry)
    shape = Shape(title=("Дорожная карта", "полярных классов на 2026-2027 учебный год"))
    incoming = arrive(chain, chain.ministry, as_docx(PLAN, shape), aim=Aim.IN_FORCE)
    preview = previews.preview_of(incoming)
    assert preview.questions == []
    assert len(preview.hindrances) == 2  # the order's number and date
    changes = {"header": {"order_number": "12-од", "order_date": "2026-09-04", "issuer": "Министерство"}}
    imports.decide(incoming, changes=changes, seen=0, by=by, now=NOW)
    edition = imports.finish(incoming, by=by, now=NOW)
    order = Order.objects.get()
    assert (edition.state, edition.number, edition.order) == ("approved", 1, order)
    assert (order.number, order.signed_on, order.from_paper, order.original) == (
        "12-од",
        dt.date(2026, 9, 4),
        True,
        incoming.file,
    )
    assert [row.own.phrase for row in sheets.load(edition).rows] == [
        "до 25.09.2026",
        "до 09.10.2026",
        "12.10.2026 16.10.2026",
        "январь 2025",
    ]
    codes = {remark.code for remark in checks.remarks_of(sheets.load(edition))}
    assert {"dash-lost", "outside-period"} <= codes


def test_a_taken_number_leaves_everything_as_it_was(chain: Chain) -> None:
    by = chain.user(chain.ministry)
    first = chain.plan(chain.ministry, ["до 15 октября"], title="Иная программа")
    chain.put_in_force(first.edition, number="12-од")
    Roadmap.objects.filter(pk=first.roadmap).update(label="иная")
    incoming = arrive(chain, chain.ministry, as_docx(PLAN, SHAPE), aim=Aim.IN_FORCE)
    changes = {"header": {"order_number": "12-од", "order_date": "2026-09-04"}}
    imports.decide(incoming, changes=changes, seen=0, by=by, now=NOW)
    with pytest.raises(problems.NumberTaken):
        imports.finish(incoming, by=by, now=NOW)
    assert (Roadmap.objects.count(), Import.objects.get(pk=incoming.pk).state) == (1, ImportState.READY)


def test_rows_meet_the_upper_plan_and_inherit_where_they_are_equal(chain: Chain) -> None:
    region = chain.plan(
        chain.ministry,
        [("до 25.09.2026", "Издан приказ о координаторах"), ("до 05.10.2026", "Анкета для родителей разослана")],
        in_force=True,
    )
    by = chain.user(chain.town)
    incoming = arrive(chain, chain.town, as_docx(PLAN, SHAPE))
    preview = decide_all(incoming, by)
    assert {row.ref: [link.upper for link in row.links] for row in preview.rows if row.links}["1.1"] == [region.rows[0]]
    edition = imports.finish(incoming, by=by, now=NOW)
    assert Lineage.objects.filter(lower=edition.roadmap, upper=region.roadmap).exists()
    links = {row.label: [(link.upper_id, link.rule) for link in row.links] for row in sheets.load(edition).rows}
    assert links["1.1"] == [(region.rows[0], "same")]


def test_the_journal_tells_who_brought_what_in(chain: Chain) -> None:
    by = chain.user(chain.town)
    incoming = arrive(chain, chain.town, as_docx(PLAN, SHAPE))
    decide_all(incoming, by)
    imports.finish(incoming, by=by, now=NOW)
    told = Entry.objects.about("import", incoming.pk).order_by("pk")
    assert [(entry.operation, entry.by) for entry in told] == [("import-received", by), ("import-finished", by)]


CHAIN_OF_FINDINGS = {
    "000": {
        ("later-than-upper", 1): ["1.1", "7.1", "7.2", "7.3", "8.1", "8.2", "9.1", "10.1"],
        ("outside-period", 0): ["15.1"],
    },
    "002": {
        ("later-than-upper", 1): ["1.1", "4.1", "12.3"],
        ("later-than-upper", 2): ["1.1", "7.2", "7.3", "9.1", "10.1"],
        ("starts-before-upper", 1): ["12.2"],
        ("no-deadline", 0): ["8.1"],
        ("start-lost", 0): ["7.2"],
        ("outside-period", 0): ["12.3"],
    },
}


def real_plan(name: str) -> bytes:
    """Give one of the real documents."""
    return (SHARED / "plans" / "docx" / f"{name}.docx").read_bytes()


@needs_shared
def test_three_real_plans_become_a_linked_and_checked_cascade(chain: Chain) -> None:
    """Bring the chain in as it stands, in force from paper, and find just what a reader finds."""
    found: dict[str, dict[tuple[str, int], list[str]]] = {}
    for name, organization in (("001", chain.ministry), ("000", chain.town), ("002", chain.school)):
        incoming = arrive(chain, organization, real_plan(name), aim=Aim.IN_FORCE)
        facts = {"order_number": f"{name}-од", "order_date": "2022-09-27"}
        imports.decide(incoming, changes={"header": facts}, seen=0, by=chain.user(organization), now=NOW)
        made = imports.finish(incoming, by=chain.user(organization), now=NOW)
        edition = Edition.objects.for_page().get(pk=made.pk)
        found[name] = {}
        for remark in checks.remarks_of(sheets.load(edition)):
            level = remark.finding.against.level if remark.finding.against else 0
            if remark.finding.row and not remark.finding.params.get("clause"):
                found[name].setdefault((remark.code, level), []).append(remark.finding.row)
    assert found["001"][("no-deadline", 0)] == ["6.1", "13.3", "16.3", "18.3"]
    for name, expected in CHAIN_OF_FINDINGS.items():
        assert {key: found[name].get(key) for key in expected} == expected

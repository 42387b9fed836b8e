"""What was written is what is read: plans in many shapes, in Word and in Excel."""

import itertools
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from deadlines.values import Deadline, Period
from roadmaps.reading.document import PlanDocument
from roadmaps.reading.plan import read_plan_file
from tests.roadmaps.reading.factory import HEADINGS, ROLES, Act, Head, Item, Res, Shape, as_docx, as_xlsx

PLAN: tuple[Act, ...] = (
    Act(
        "1",
        "Открытие школьной лаборатории микроскопии",
        (Res("Приказ об открытии", "до 12.09.2024", ("Лунина О.П.",)),),
    ),
    Act(
        "2",
        "Конкурс «Первый опыт» среди семиклассников",
        (
            Res("Положение о конкурсе", "до 20.09.2024", ("Лунина О.П.", "Ветров К.Д.")),
            Res("Приём заявок", "23.09.2024 – 04.10.2024", ("Классные руководители",)),
            Res("Протокол жюри:\n- победители;\n- призёры", "октябрь 2024 г.", ("Ветров К.Д., методист",)),
        ),
    ),
    Act(
        "3", "Сетевые уроки с колледжем", (Res("Не менее 6 уроков", "ежемесячно", ("Учителя физики", "Колледж связи")),)
    ),
    Act("4", "Анкетирование выпускников", (Res("Справка", "до 15.05.2025", ("Зорин А.А.",)),)),
    Act("5", "Летняя практика", (Res("Дневники практики", "июнь 2025 г.", ("Ветров К.Д., методист",)),)),
)
YEAR = {"start": "2024-09-01", "end": "2025-08-31"}


def phrase_only(phrase: str, period: Period | None, siblings: object = ()) -> Deadline:
    return Deadline(phrase)


def read(data: bytes, name: str = "план.docx") -> PlanDocument:
    return read_plan_file(data, name, read_deadline=phrase_only)


def told(plan: PlanDocument) -> list[Any]:
    """The rows as plain values."""
    return [
        (row.number, " ".join(row.title.split()), row.section, [_result(r) for r in row.results]) for row in plan.rows
    ]


def _result(result: Any) -> tuple[str, str, tuple[str, ...]]:
    return (" ".join(result.text.split()), " ".join(result.deadline.phrase.split()), result.executors)


def meant(items: tuple[Item, ...], shape: Shape) -> list[Any]:
    """What should be read of a plan written in a shape."""
    rows: list[Any] = []
    path: list[str] = []
    for item in items:
        if isinstance(item, Head):
            path = [*path[: item.level - 1], item.number or item.title]
            continue
        results = [
            (
                " ".join(r.text.split()) if "result" in shape.columns else "",
                _when(r, shape),
                r.who if "executors" in shape.columns else (),
            )
            for r in item.results
        ]
        number = item.number if shape.numbering != "none" and "number" in shape.columns else ""
        rows.append((number, item.title, tuple(path), results))
    return rows


def _when(result: Res, shape: Shape) -> str:
    if "start" in shape.columns:
        return f"{result.deadline} – {result.end}"
    return result.deadline


@pytest.mark.parametrize("headings", HEADINGS)
@pytest.mark.parametrize("write", [as_docx, as_xlsx])
def test_any_wording_and_order_of_columns(headings: dict[str, str], write: Any) -> None:
    for columns in itertools.islice(itertools.permutations(ROLES), 0, None, 41):
        shape = Shape(columns=columns, headings=headings)
        assert told(read(write(PLAN, shape))) == meant(PLAN, shape), columns


@pytest.mark.parametrize("merge", ["merged", "empty"])
@pytest.mark.parametrize("numbering", ["typed", "auto", "none"])
@pytest.mark.parametrize("tear", ["", "own-header", "no-header", "repeated-row"])
@pytest.mark.parametrize("counting", [False, True])
def test_torn_merged_and_numbered_tables_of_word(merge: str, numbering: str, tear: str, counting: bool) -> None:
    shape = Shape(merge=merge, numbering=numbering, tear=tear, tear_at=3, counting=counting)
    assert told(read(as_docx(PLAN, shape))) == meant(PLAN, shape)


@pytest.mark.parametrize("write", [as_docx, as_xlsx])
def test_a_plan_without_results_numbers_or_executors(write: Any) -> None:
    single = tuple(replace(act, results=act.results[:1]) for act in PLAN)
    for missing in ("result", "number", "executors"):
        shape = Shape(columns=tuple(role for role in ROLES if role != missing))
        assert told(read(write(single, shape))) == meant(single, shape), missing


def test_start_and_end_in_two_columns_under_one_heading() -> None:
    plan = tuple(
        Act(
            str(at),
            f"Занятие кружка {name}",
            (Res("Журнал", f"0{at}.10.2024", ("Ветров К.Д.",), end=f"1{at}.10.2024"),),
        )
        for at, name in enumerate(("робототехники", "пчеловодства", "геологии"), 1)
    )
    for lower in (("Начало", "Окончание"), ("с", "по"), ("дата начала", "дата завершения")):
        headings = HEADINGS[0] | {"start": lower[0], "end": lower[1]}
        shape = Shape(
            columns=("number", "title", "result", "start", "end", "executors"), headings=headings, two_levels=True
        )
        assert told(read(as_docx(plan, shape))) == meant(plan, shape)
        flat = replace(shape, two_levels=False)
        assert told(read(as_docx(plan, flat))) == meant(plan, shape)
        assert told(read(as_xlsx(plan, flat))) == meant(plan, shape)


SECTIONED: tuple[Item, ...] = (
    Head("I", "Организация работы", 1),
    Head("1", "Нормативные основы", 2),
    Act("1.1", "Положение о лаборатории", (Res("Положение", "сентябрь 2024 г.", ("Лунина О.П.",)),)),
    Act("1.2", "График занятий", (Res("График", "до 10.09.2024", ("Лунина О.П.",)),)),
    Head("2", "Кадры", 2),
    Act("1.1", "Курсы для учителей", (Res("Удостоверения", "до 30.11.2024", ("Ветров К.Д.",)),)),
    Head("II", "Работа с детьми", 1),
    Head("1", "Олимпиады", 2),
    Act("1.1", "Школьный этап", (Res("Протоколы", "октябрь 2024 г.", ("Учителя физики",)),)),
    Head("4.1", "Выездные занятия", 3),
    Act("1", "Поездка в обсерваторию", (Res("Отчёт", "апрель 2025 г.", ("Ветров К.Д.",)),)),
)


@pytest.mark.parametrize("style", ["span", "span-after-number"])
def test_nested_sections_with_numbers_that_begin_anew_in_word(style: str) -> None:
    shape = Shape(section_style=style)
    plan = read(as_docx(SECTIONED, shape))
    assert told(plan) == meant(SECTIONED, shape)
    assert [(s.number, s.title, s.level) for s in plan.sections] == [
        (h.number, h.title, h.level) for h in SECTIONED if isinstance(h, Head)
    ]


def test_nested_sections_with_numbers_that_begin_anew_in_excel() -> None:
    plan = read(as_xlsx(SECTIONED, Shape()), "план.xlsx")
    assert told(plan) == meant(SECTIONED, Shape())


WORDS = st.lists(
    st.sampled_from(
        [
            "встреча",
            "практикум",
            "занятие",
            "выставка",
            "наставники",
            "лаборатория",
            "аукцион",
            "экспедиция",
            "турнир",
            "дневник",
            "проект",
            "сад",
            "музей",
            "обсуждение",
            "расписание",
            "методика",
            "семья",
            "команда",
            "архив",
        ]
    ),
    min_size=2,
    max_size=9,
)
TITLES = WORDS.map(lambda words: " ".join(words).capitalize())
DATES = st.sampled_from(
    ["до 15.10.2024", "октябрь – ноябрь 2024 г.", "в течение года", "01.11.2024", "III квартал", "ежемесячно",
     "до 5.12.2024г.", "10.02.2025 - 14.02.2025", "", "по отдельному графику", "с 10 по 20 марта 2025 г."]
)  # fmt: skip
PEOPLE = st.lists(
    st.sampled_from(
        ["Лунина О.П.", "Ветров К.Д., методист", "Классные руководители", "Администрация школы", "Зорин А. А.",
         "МБОУ «Гимназия № 9»", "заместитель директора по УВР Осина Т.Ю.", "РМЦ", "Руководители ОО"]
    ),
    max_size=3,
    unique=True,
).map(tuple)  # fmt: skip
RESULTS = st.lists(st.builds(Res, TITLES, DATES, PEOPLE), min_size=1, max_size=4).map(tuple)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    rows=st.lists(st.tuples(TITLES, RESULTS), min_size=2, max_size=8),
    columns=st.permutations(ROLES),
    headings=st.sampled_from(HEADINGS),
    merge=st.sampled_from(["merged", "empty"]),
    excel=st.booleans(),
    counting=st.booleans(),
)
def test_what_was_written_is_what_is_read(
    rows: Any, columns: Any, headings: Any, merge: str, excel: bool, counting: bool
) -> None:
    # A row of which nothing is written but words in the first column reads as a heading, to people as well.
    bare = any(not result.deadline and not result.who for _, results in rows for result in results[1:])
    assume(not (bare and merge == "empty" and columns[0] == "result"))
    plan = tuple(Act(str(at), title, results) for at, (title, results) in enumerate(rows, 1))
    shape = Shape(columns=tuple(columns), headings=headings, merge=merge, counting=counting)
    data = as_xlsx(plan, shape) if excel else as_docx(plan, shape)
    assert told(read(data)) == meant(plan, shape)

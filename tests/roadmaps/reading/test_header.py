"""The facts around the table: orders, stamps of both kinds, titles, periods, goals and tasks."""

import datetime as dt

import pytest

from deadlines.values import Deadline, Period
from roadmaps.reading.dates import read_period
from roadmaps.reading.document import Header
from roadmaps.reading.order import body_name, clause_term
from roadmaps.reading.plan import read_plan_file
from tests.roadmaps.reading.raw import HEADER, levels, num, numbered, p, tbl, tr, word

RIGHT, CENTER = '<w:jc w:val="right"/>', '<w:jc w:val="center"/>'
TABLE = tbl(HEADER, tr("1", "Курсы", "Отчёт", "май 2025 г.", "Лунина О.П."))


def header(*paragraphs: str, after: str = "", numbering: str = "") -> Header:
    data = word("".join(paragraphs) + TABLE + after, numbering=numbering)
    return read_plan_file(data, "план.docx", read_deadline=lambda phrase, period, siblings=(): Deadline(phrase)).header


def right(*texts: str) -> str:
    return "".join(p(text, RIGHT) for text in texts)


def center(*texts: str) -> str:
    return "".join(p(text, CENTER) for text in texts)


def test_an_order_with_clauses_and_an_appendix() -> None:
    found = header(
        center("АДМИНИСТРАЦИЯ СОСНОВСКОГО ОКРУГА", "УПРАВЛЕНИЕ ОБРАЗОВАНИЯ", "П Р И К А З"),
        p("10.09.2024\u00a0\u00a0 п. Сосновый \u00a0\u00a0 № 114-од"),
        center("Об утверждении дорожной карты", "развития лабораторий"),
        p("Во исполнение приказа министерства от 02.09.2024 № 77"),
        p("ПРИКАЗЫВАЮ:"),
        p("Утвердить дорожную карту (приложение)."),
        p("2. Методисту Луниной О.П.:"),
        p("2.1. довести карту до школ в срок до 20.09.2024 г.;"),
        p("2.2. ежемесячно до 5 числа представлять отчёт."),
        p("3. Контроль оставляю за собой."),
        p("Начальник управления"),
        p("образования          К.Д. Ветров"),
        right("Приложение", "к приказу управления образования", "от 10.09.2024 № 114-од"),
        center("Дорожная карта", "развития лабораторий на 2024/2025 учебный год"),
    )
    assert found == Header(
        issuer="АДМИНИСТРАЦИЯ СОСНОВСКОГО ОКРУГА УПРАВЛЕНИЕ ОБРАЗОВАНИЯ",
        order_number="114-од",
        order_date=dt.date(2024, 9, 10),
        order_title="Об утверждении дорожной карты развития лабораторий",
        place="п. Сосновый",
        title="Дорожная карта\nразвития лабораторий на 2024/2025 учебный год",
        period=Period(dt.date(2024, 9, 1), dt.date(2025, 8, 31)),
        preamble="Во исполнение приказа министерства от 02.09.2024 № 77 ПРИКАЗЫВАЮ:",
        clauses=found.clauses,
        signatory_post="Начальник управления образования",
        signatory_name="К.Д. Ветров",
    )
    assert [(c.number, c.text, c.deadline and c.deadline.phrase) for c in found.clauses] == [
        ("", "Утвердить дорожную карту (приложение).", None),
        ("2", "Методисту Луниной О.П.:", None),
        ("2.1", "довести карту до школ в срок до 20.09.2024 г.;", "в срок до 20.09.2024 г."),
        ("2.2", "ежемесячно до 5 числа представлять отчёт.", "ежемесячно до 5 числа"),
        ("3", "Контроль оставляю за собой.", None),
    ]


def test_clauses_numbered_by_word() -> None:
    clauses = header(
        center("МИНИСТЕРСТВО ОБРАЗОВАНИЯ", "ПРИКАЗ"),
        p("от 5 сентября 2024 года № 319"),
        p("О плане"),
        p("В целях развития приказываю:"),
        p("Утвердить план.", numbered(1)),
        p("Школам:", numbered(1)),
        p("разработать планы не позднее 1 октября 2024 года;", numbered(1, 1)),
        p("Контроль оставляю за собой.", numbered(1)),
        center("План на 2024-2025 учебный год"),
        numbering=levels(1, ("decimal", "%1."), ("decimal", "%1.%2.")) + num(1, 1),
    ).clauses
    assert [(c.number, c.deadline and c.deadline.phrase) for c in clauses][:4] == [
        ("1", None),
        ("2", None),
        ("2.1", "не позднее 1 октября 2024 года"),
        ("3", None),
    ]


def test_a_title_page_with_a_stamp_by_a_person() -> None:
    found = header(
        right("УТВЕРЖДАЮ", "Директор МБОУ «Гимназия № 9»", "_________ О.П. Лунина", "Приказ № 1-од от 09.01.2025"),
        p() + p(),
        center("ПЛАН", "РАБОТЫ ОПОРНОЙ ЛАБОРАТОРИИ", "на 2025 год"),
        p() + p(),
        center("г. Сосновый"),
        p("Цель: дать школьникам опыт исследований."),
        p("Задачи:"),
        p("1. Оснастить лабораторию."),
        p("- вовлечь семьи;"),
    )
    assert found == Header(
        issuer="МБОУ «Гимназия № 9»",
        order_number="1-од",
        order_date=dt.date(2025, 1, 9),
        place="г. Сосновый",
        title="ПЛАН\nРАБОТЫ ОПОРНОЙ ЛАБОРАТОРИИ\nна 2025 год",
        period=Period(dt.date(2025, 1, 1), dt.date(2025, 12, 31)),
        signatory_post="Директор МБОУ «Гимназия № 9»",
        signatory_name="О.П. Лунина",
        goal="дать школьникам опыт исследований.",
        tasks=("Оснастить лабораторию", "вовлечь семьи"),
    )


def test_two_stamps_side_by_side() -> None:
    stamps = tbl(
        tr(
            "<w:tc>"
            + p("СОГЛАСОВАНО")
            + p("Председатель совета")
            + p("______ А.А. Зорин")
            + p("30.08.2024")
            + "</w:tc>",
            "<w:tc>"
            + p("УТВЕРЖДЕНО")
            + p("приказом директора")
            + p("МАОУ «Школа № 3»")
            + p("от «02» сентября 2024 г. № 45/2")
            + "</w:tc>",
        )
    )
    found = header(
        stamps,
        center("Комплекс мер по развитию лабораторий", "с 02.09.2024 по 31.05.2025"),
        after=p("Директор\u00a0\u00a0\u00a0\u00a0О.П. Лунина"),
    )
    assert (found.issuer, found.order_number, found.order_date) == ("МАОУ «Школа № 3»", "45/2", dt.date(2024, 9, 2))
    assert found.period == Period(dt.date(2024, 9, 2), dt.date(2025, 5, 31))
    assert (found.signatory_post, found.signatory_name) == ("Директор", "О.П. Лунина")


def test_the_body_named_above_or_in_the_title() -> None:
    above = header(center("Муниципальное бюджетное учреждение «Лицей № 4»"), p(), center("План работы на 2025 год"))
    within = header(center("ДОРОЖНАЯ КАРТА", "развития лаборатории в МБОУ «Лицей № 4»", "на 2025 год"))
    assert (above.issuer, above.title) == ("Муниципальное бюджетное учреждение «Лицей № 4»", "План работы на 2025 год")
    assert within.issuer == "МБОУ «Лицей № 4»"


PERIODS = [
    ("на 2024-2025 учебный год", "2024-09-01", "2025-08-31"),
    ("2024 – 2025 уч. г.", "2024-09-01", "2025-08-31"),
    ("в 2024/25 учебном году", "2024-09-01", "2025-08-31"),
    ("на 2025 год", "2025-01-01", "2025-12-31"),
    ("на 2024-2026 годы", "2024-01-01", "2026-12-31"),
    ("на период с 01.09.2024 по 31.05.2025", "2024-09-01", "2025-05-31"),
    ("с 1 сентября 2024 года по 25 мая 2025 года", "2024-09-01", "2025-05-25"),
    ("на I полугодие 2024-2025 учебного года", "2024-09-01", "2024-12-31"),
    ("на второе полугодие 2025 года", "2025-07-01", "2025-12-31"),
    ("на III квартал 2025 года", "2025-07-01", "2025-09-30"),
    ("сентябрь 2024 - май 2025 года", "2024-09-01", "2025-05-31"),
    ("на март 2025 года", "2025-03-01", "2025-03-31"),
]


@pytest.mark.parametrize(("text", "start", "end"), PERIODS)
def test_a_period_is_read_from_a_title(text: str, start: str, end: str) -> None:
    assert read_period(f"План работы {text}") == Period(dt.date.fromisoformat(start), dt.date.fromisoformat(end))


def test_no_period_is_invented() -> None:
    assert [read_period(text) for text in ("План работы", "План № 2024", "от 10.09.2024 № 7")] == [None] * 3


@pytest.mark.parametrize(
    ("genitive", "name"),
    [
        ("министерства образования Сосновской области", "Министерство образования Сосновской области"),
        ("Управления образования", "Управление образования"),
        ("муниципального отдела образования", "Муниципальный отдел образования"),
        ("МКУ «Управление образования»", "МКУ «Управление образования»"),
        ("директора МБОУ «Лицей»", "МБОУ «Лицей»"),
    ],
)
def test_a_body_is_named_in_the_nominative(genitive: str, name: str) -> None:
    assert body_name(genitive) == name


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("направить отчёты в срок до 1 июня 2025 года.", "в срок до 1 июня 2025 года"),
        ("провести опрос с 01.10.2024 по 10.10.2024;", "с 01.10.2024 по 10.10.2024"),
        (
            "представить план в течение 10 рабочих дней со дня утверждения",
            "в течение 10 рабочих дней со дня утверждения",
        ),
        ("во исполнение приказа от 01.10.2024 № 5 утвердить план", ""),
    ],
)
def test_a_clause_names_its_term(text: str, term: str) -> None:
    assert clause_term(text) == term

"""Titles get their new year; rows that are done once are told apart."""

import datetime as dt

import pytest

from deadlines.grammar import read
from deadlines.values import Period
from roadmaps.rollover.oneoff import reason
from roadmaps.rollover.titles import dates_of, retitled

OLD = Period(dt.date(2025, 9, 1), dt.date(2026, 8, 31))
NEW = Period(dt.date(2026, 9, 1), dt.date(2027, 8, 31))


@pytest.mark.parametrize(
    ("title", "becomes"),
    [
        ("План на 2025/2026 учебный год", "План на 2026/2027 учебный год"),
        ("План на 2025-26 учебный год", "План на 2026-27 учебный год"),
        ("План на 2025 – 2026 учебный год", "План на 2026 – 2027 учебный год"),
        ("Отчёт за 2025 год и на 2026 г.", "Отчёт за 2026 год и на 2027 г."),
        ("Во исполнение приказа от 12.09.2025 № 2025-од", "Во исполнение приказа от 12.09.2025 № 2025-од"),
        ("По письму от 3 сентября 2025 года", "По письму от 3 сентября 2025 года"),
        ("Концепция на 2022—2030 годы", "Концепция на 2022—2030 годы"),
        ("Проект «Школа 2030»", "Проект «Школа 2030»"),
        ("Агроклассы", "Агроклассы"),
    ],
)
def test_a_title_gets_its_new_year(title: str, becomes: str) -> None:
    assert retitled(title, OLD, NEW) == becomes


def test_a_title_stays_where_the_new_period_begins_in_another_month() -> None:
    half = Period(dt.date(2026, 1, 1), dt.date(2026, 6, 30))
    assert retitled("План на 2025/2026 учебный год", OLD, half) == "План на 2025/2026 учебный год"


def test_dates_of_the_old_period_in_a_text_are_found() -> None:
    assert dates_of("Приказ от 12.09.2025, письмо от 3 марта 2026 года", OLD) == ["12.09.2025", "3 марта 2026"]
    assert dates_of("Концепция от 12.09.2020, отчёт за 2025 год", OLD) == []


@pytest.mark.parametrize(
    ("text", "phrase", "why"),
    [
        ("Положение о профильных классах утверждено", "до 01.10.2025", "adopted"),
        ("Разработана дорожная карта", "до 01.10.2025", "adopted"),
        ("Создана рабочая группа", "до 01.10.2025", "founded"),
        ("Назначены координаторы", "до 01.10.2025", "founded"),
        ("Заключены соглашения с вузами", "до 01.10.2025", "founded"),
        ("Отчёт направлен в министерство", "до 01.10.2025", ""),
        ("Проведён конкурс проектов", "до 01.10.2025", ""),
        ("Положение о классах актуализировано и утверждено", "ежегодно до 1 октября", ""),
        ("Протокол подписан", "в течение 10 рабочих дней со дня утверждения", "event"),
    ],
)
def test_a_row_that_is_done_once_is_told_apart(text: str, phrase: str, why: str) -> None:
    assert reason("", text, read(phrase, OLD)) == why


def test_a_row_without_a_text_is_judged_by_its_activity() -> None:
    assert reason("Создание координационного совета", "", read("до 01.10.2025", OLD)) == "founded"

"""Words of stamps, codes, clauses, and the setting of text."""

import re
import subprocess
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st

from documents.paper import (
    Act,
    AppendixMark,
    ApprovedByAct,
    ApprovedByBoard,
    ApprovedByPerson,
    Clause,
    ESignature,
    Gender,
    Manner,
    Signatory,
    Stage,
    Verification,
    approved,
    control_clause,
    gender_of,
    numbered,
    titled,
)
from documents.paper.stamps import stamp_lines
from documents.rendering.typography import BREAK, FOREIGN, label, lines, printable, spaced, typeset
from scripts.samples import participants, roadmap

TITLES = {
    "Дорожная карта": "УТВЕРЖДЕНА",
    "План": "УТВЕРЖДЁН",
    "Муниципальный план работы": "УТВЕРЖДЁН",
    "Мероприятия по развитию сети": "УТВЕРЖДЕНЫ",
    "Основные мероприятия": "УТВЕРЖДЕНЫ",
    "Комплекс мер": "УТВЕРЖДЁН",
    "Перечень школ": "УТВЕРЖДЁН",
    "Положение о конкурсе": "УТВЕРЖДЕНО",
    "Расписание занятий": "УТВЕРЖДЕНО",
    "Программа смены": "УТВЕРЖДЕНА",
    "Критерии отбора": "УТВЕРЖДЕНЫ",
    "ПЛАН-ГРАФИК": "УТВЕРЖДЁН",
    "«Дорожная карта» реализации": "УТВЕРЖДЕНА",
    "Концепция развития": "УТВЕРЖДЕНА",
    "Методические рекомендации": "УТВЕРЖДЕНЫ",
    "Календарный план": "УТВЕРЖДЁН",
    "Циклограмма": "УТВЕРЖДЕНА",
    "Штатное расписание": "УТВЕРЖДЕНО",
    "Ведомственная целевая программа": "УТВЕРЖДЕНА",
    "Сценарий": "УТВЕРЖДЁН",
    "Основы взаимодействия": "УТВЕРЖДЕНЫ",
    "Памятка": "УТВЕРЖДЕНА",
    "": "УТВЕРЖДЁН",
}


@pytest.mark.parametrize("title", TITLES)
def test_the_stamp_agrees_with_what_it_stands_on(title: str) -> None:
    assert approved(gender_of(title)) == TITLES[title]


def test_a_chancery_may_do_without_yo() -> None:
    assert approved(Gender.MASCULINE, yo=False) == "УТВЕРЖДЕН"


ACT = Act(issuer="отдела образования", signed_on=date(2026, 9, 5), number="7-од")
HEAD = Signatory(post="Директор школы", name="Т.Е. Ольшанская")
STAMPS = {
    "by an act": (roadmap(), ApprovedByAct(act=ACT), ["УТВЕРЖДЕНА", "приказом отдела образования", "от 05.09.2026 № 7-од"]),
    "by an act without a number": (roadmap(), ApprovedByAct(act=replace(ACT, signed_on=None, number="")), ["УТВЕРЖДЕНА", "приказом отдела образования", "от _ № _"]),
    "by a decree": (participants(), ApprovedByAct(act=replace(ACT, kind="распоряжение")), ["УТВЕРЖДЁН", "распоряжением отдела образования", "от 05.09.2026 № 7-од"]),
    "by a board": (participants(), ApprovedByBoard(body="педагогическим советом", signed_on=date(2026, 8, 31), number="1"), ["УТВЕРЖДЁН", "педагогическим советом", "(протокол от 31.08.2026 № 1)"]),
    "by a person": (roadmap(), ApprovedByPerson(signatory=HEAD, year=2026), ["УТВЕРЖДАЮ", "Директор школы", "_ Т.Е. Ольшанская", "«_» _ 2026 г."]),
    "by a person on a day": (roadmap(), ApprovedByPerson(signatory=HEAD, signed_on=date(2026, 9, 1)), ["УТВЕРЖДАЮ", "Директор школы", "_ Т.Е. Ольшанская", "01.09.2026"]),
    "the only appendix": (roadmap(), AppendixMark(act=ACT), ["Приложение", "к приказу отдела образования", "от 05.09.2026 № 7-од"]),
    "an approved appendix": (roadmap(), AppendixMark(act=ACT, number=2, approved=True), ["Приложение № 2", "УТВЕРЖДЕНА", "приказом отдела образования", "от 05.09.2026 № 7-од"]),
    "none": (roadmap(), None, []),
}  # fmt: skip


@pytest.mark.parametrize("case", STAMPS)
def test_a_stamp_has_these_lines(case: str) -> None:
    paper, stamp, told = STAMPS[case]
    assert [line.said for line in stamp_lines(replace(paper, stamp=stamp))] == told
    draft = [line.said for line in stamp_lines(replace(paper, stamp=stamp, stage=Stage.DRAFT))]
    assert draft == ["ПРОЕКТ", *told]


def test_the_sign_of_numbers_is_the_houses_own() -> None:
    paper = replace(roadmap(), stamp=AppendixMark(act=ACT, number=1), manner=Manner(number_sign=""))
    assert [line.said for line in stamp_lines(paper)] == [
        "Приложение 1",
        "к приказу отдела образования",
        "от 05.09.2026 7-од",
    ]


def test_control_is_charged_or_kept() -> None:
    assert (
        control_clause("секретаря министра")
        == "Контроль за исполнением настоящего приказа возложить на секретаря министра."
    )
    assert control_clause() == "Контроль за исполнением настоящего приказа оставляю за собой."


def test_clauses_are_numbered_through() -> None:
    given_clauses = (Clause(text="а"), Clause(text="б", clauses=(Clause(text="в", number="9."), Clause(text="г"))))
    told = numbered(given_clauses)
    assert [told[0].number, told[1].number, [clause.number for clause in told[1].clauses]] == [
        "1.",
        "2.",
        ["2.1.", "2.2."],
    ]


@pytest.mark.parametrize("code", ["7K4M-29QF-T3X0", "7K4M-29QF-T3XI", "7k4m-29qf-t3xb", "7K4M", "", "7K4M-29QF-T3XL"])
def test_a_code_has_no_letters_that_are_taken_for_each_other(code: str) -> None:
    with pytest.raises(ValueError, match="verification code"):
        Verification(code=code, url="https://plan.example/", name="Приказ")


def test_no_mark_without_a_verified_signature() -> None:
    day = date(2026, 1, 1)
    with pytest.raises(ValueError, match="not verified"):
        ESignature(certificate="00", owner="И", valid_from=day, valid_to=day, verified=False)


SPACED = {
    "№ 5": "№~5",
    "в школе и дома": "в~школе и~дома",
    "до 16.10.2026": "до~16.10.2026",
    "С. П. Дорохова": "С.П.~Дорохова",
    "Дорохова С.П.": "Дорохова~С.П.",
    "на 2026/27 учебный год": "на~2026/27~учебный год",
    "октябрь – декабрь": "октябрь~– декабрь",
    "60 % семей": "60~% семей",
    "в-третьих он": "в-третьих он",
}


@pytest.mark.parametrize("text", SPACED)
def test_what_belongs_together_stays_on_one_line(text: str) -> None:
    assert spaced(text).replace("\u00a0", "~") == SPACED[text]


def test_text_is_escaped_and_lines_are_kept() -> None:
    assert typeset("<b>&\nновая") == "&lt;b&gt;&amp; новая"
    assert lines("а <i>\n\n б") == "а~&lt;i&gt;<br>б".replace("а~", "а\u00a0")


def test_a_number_that_is_none_is_cut() -> None:
    assert label("7.1.") == "7.1."
    assert len(label("9" * 500)) == 40


def test_an_endless_word_may_break_and_a_word_may_not() -> None:
    assert BREAK not in printable("и" * 60)
    assert printable("и" * 61).replace(BREAK, "") == "и" * 61
    assert max(map(len, printable("и" * 500).split(BREAK))) == 15


@given(st.text(max_size=300))
def test_anything_becomes_printable_and_safe(text: str) -> None:
    told = str(lines(text))
    assert re.sub(r"<br>|&(?:lt|gt|amp|quot|#x27);", "", told).count("<") == 0
    assert FOREIGN.search(printable(text).replace(BREAK, "")) is None


def test_the_table_of_characters_is_what_the_fonts_have() -> None:
    known = {chr(code) for code in range(0x20, 0x3000) if not FOREIGN.search(chr(code))}
    for style in ("Regular", "Bold", "Italic"):
        answer = subprocess.run(
            ["fc-match", "--format=%{file}", f"Liberation Serif:style={style}"],
            capture_output=True,
            text=True,
            check=True,
        )
        has = {chr(code) for code in TTFont(Path(answer.stdout)).getBestCmap()}
        assert sorted(known - has) == []


@pytest.mark.parametrize(
    ("title", "lines_of_it"),
    [
        ("Дорожная карта работы профильных классов", ("Дорожная карта работы", "профильных классов")),
        ("Сетевой план кластера «Лесной»", ("Сетевой план", "кластера «Лесной»")),
        ("Муниципальный план работы по развитию сети", ("Муниципальный план работы", "по развитию сети")),
        ("О развитии сети", ("О развитии сети",)),
        ("План\nна 2026 год", ("План", "на 2026 год")),
        ("План", ("План",)),
        ("", ("",)),
    ],
)
def test_a_title_is_broken_behind_the_words_that_name_its_kind(title: str, lines_of_it: tuple[str, ...]) -> None:
    assert titled(title) == lines_of_it

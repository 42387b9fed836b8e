"""Every document: sound tags, declared standards, expected fonts, its data, reading order, page numbers."""

import io
import json
import re
import subprocess
from dataclasses import replace

import pikepdf
import pytest

from documents.paper import (
    Alignment,
    Clause,
    Manner,
    Place,
    Profile,
    Result,
    School,
    Standard,
    control_clause,
    numbered,
)
from documents.rendering import render
from documents.rendering.structure import read
from scripts.samples import data_of, long_plan, order, participants, samples
from tests.documents.rendered import NAMES, faults_of, sample, unheard

SHEETS = {
    "order": 5,
    "order-draft": 5,
    "order-for-signing": 1,
    "order-signed-electronically": 1,
    "appendix-1-roadmap": 5,
    "appendix-2-participants": 2,
    "plan-approved-by-order": 2,
    "plan-approved-by-person": 3,
    "plan-draft-long-activity": 3,
    "approval-sheet": 1,
    "order-amending": 2,
    "order-repealing": 1,
    "comparison-table": 1,
}


def text_of(pdf: bytes, *options: str) -> list[str]:
    """Give the text of each sheet in the order of the page's content."""
    command = ["pdftotext", *options, "-", "-"]
    answer = subprocess.run(command, input=pdf, capture_output=True, check=True).stdout.decode()
    return answer.split("\f")[:-1]


def words(text: str) -> str:
    """Give the words of a text, one space between them."""
    return " ".join(text.split())


@pytest.mark.parametrize("name", NAMES)
def test_every_document_is_sound(name: str) -> None:
    made = sample(name)
    assert (made.audit, faults_of(made.pdf)) == ((), [])
    assert made.sheets == SHEETS[name]
    with pikepdf.open(io.BytesIO(made.pdf)) as pdf:
        assert len(pdf.pages) == made.sheets
        title = " ".join(str(samples()[name].name).split())
        assert str(pdf.docinfo.Title) == title
        assert json.loads(next(iter(pdf.attachments.values())).get_file().read_bytes()) == json.loads(
            json.dumps(data_of(samples()[name]))
        )


@pytest.mark.parametrize("name", NAMES)
def test_only_the_fonts_of_the_paper_are_used(name: str) -> None:
    assert set(sample(name).fonts) <= {
        "Liberation-Serif",
        "Liberation-Serif-Bold",
        "Liberation-Serif-Italic",
        "PT-Sans",
        "PT-Sans-Bold",
        "PT-Mono-Bold",
    }


@pytest.mark.parametrize("name", ["order", "plan-approved-by-person", "plan-draft-long-activity", "approval-sheet"])
def test_tags_are_read_in_the_order_of_the_page(name: str) -> None:
    assert unheard(sample(name).pdf) == []


def test_a_table_over_many_sheets_is_one_table_with_one_head() -> None:
    with pikepdf.open(io.BytesIO(sample("order").pdf)) as pdf:
        tables = [node for node, _ in read(pdf).walk() if node.tag == "Table"]
        assert [[group.tag for group in table.nodes].count("THead") for table in tables] == [1, 1]
        spans = [int(node.obj.A.RowSpan) for node, _ in tables[0].walk() if "/RowSpan" in node.obj.get("/A", {})]
        several = [len(activity.results) for activity in order().appendices[0].content if len(activity.results) > 1]
        assert spans == several


def test_page_numbers_begin_on_the_second_sheet_and_anew_in_each_appendix() -> None:
    first_words = [words(text).split(" ")[0] for text in text_of(sample("order").pdf)]
    assert [word if word.isdigit() else "" for word in first_words] == ["", "", "2", "", "2"]
    feet = [re.findall(r"лист (\d+) из (\d+)", text) for text in text_of(sample("order").pdf)]
    assert feet == [[]] + [[(str(sheet), "5")] for sheet in range(2, 6)]


def test_a_plan_behind_a_title_page_goes_on_with_two() -> None:
    assert [words(text).split(" ")[0] for text in text_of(sample("plan-approved-by-person").pdf)] == [
        "УТВЕРЖДАЮ",
        "2",
        "3",
    ]


def test_table_sheets_lie_and_text_sheets_stand() -> None:
    with pikepdf.open(io.BytesIO(sample("order").pdf)) as pdf:
        lying = [page.mediabox[2] > page.mediabox[3] for page in pdf.pages]
    assert lying == [False, True, True, False, False]


def test_an_activity_longer_than_a_sheet_repeats_number_and_title() -> None:
    sheets = [words(text) for text in text_of(sample("plan-draft-long-activity").pdf, "-raw")]
    assert ["(продолжение)" in sheet for sheet in sheets] == [False, True, True]
    shown = [re.findall(r"Материалы этапа (\d+)", sheet) for sheet in sheets]
    assert [number for sheet in shown for number in sheet] == [str(number) for number in range(1, 15)]
    assert all("Межведомственная программа" in sheet and "Мероприятие" in sheet for sheet in sheets)


def test_one_result_longer_than_a_sheet_runs_on_and_loses_nothing() -> None:
    text = "\n".join(f"– пункт {number} перечня мер, принятых участниками встречи" for number in range(1, 121))
    plan = long_plan()
    result = Result(text=text, deadline="до 01.11.2026", executors=("Школы",))
    made = render(
        replace(plan, content=(plan.content[0], replace(plan.content[1], results=(result,)), plan.content[2]))
    )
    assert made.audit == ()
    found = re.findall(r"пункт (\d+) перечня", words(" ".join(text_of(made.pdf, "-raw"))))
    assert found == [str(number) for number in range(1, 121)]


def test_a_title_taller_than_its_rows_is_given_room() -> None:
    html = sample("order").html
    assert len(re.findall(r'style="padding-bottom:[\d.]+mm"', html)) == 1
    assert sample("order").passes == 1


def test_a_municipality_longer_than_a_sheet_repeats_its_name() -> None:
    schools = tuple(School(f"Школа № {number} посёлка Берёзовый", "лесной") for number in range(1, 90))
    place = Place(
        "Городской округ Дальний", (Profile("Лесной кластер", schools[:34]), Profile("Морской кластер", schools[34:]))
    )
    made = render(replace(participants(), places=(place,)))
    sheets = [words(text) for text in text_of(made.pdf, "-raw")]
    assert made.audit == ()
    assert ["(продолжение)" in sheet for sheet in sheets] == [False] + [True] * (len(sheets) - 1)
    assert re.findall(r"Школа № (\d+) посёлка", " ".join(sheets)) == [str(number) for number in range(1, 90)]
    assert not any(re.search(r"Морской кластер( лист \d+ из \d+)?$", sheet) for sheet in sheets)


def test_an_order_is_set_closer_when_that_saves_a_sheet() -> None:
    assert re.search(r'<body class="(\w*)">', sample("order").html)[1] == "smaller"
    assert re.search(r'<body class="(\w*)">', sample("order-for-signing").html)[1] == ""


def test_a_long_order_keeps_its_signature_with_its_last_clause() -> None:
    many = tuple(
        Clause(text=f"Провести проверку номер {number} и сообщить о ней в министерство.") for number in range(40)
    )
    clauses = numbered((*many, Clause(text=control_clause())))
    made = render(replace(order(), clauses=clauses, appendices=()))
    last = words(text_of(made.pdf)[-1])
    assert made.audit == ()
    assert "41. Контроль за исполнением" in last
    assert "А.Н. Березин" in last


WORDS_OF_STAGES = {
    "order": (["512-а", "21.09.2026", "Электронный образ подписанного документа"], ["ПРОЕКТ", "Редакция"]),
    "order-draft": (["ПРОЕКТ", "Проект"], ["512-а", "Электронный образ"]),
    "order-for-signing": (["Печатный экземпляр, подлинник подписывается", "Исполняющий обязанности"], ["ПРОЕКТ"]),
    "order-signed-electronically": (
        ["ДОКУМЕНТ ПОДПИСАН ЭЛЕКТРОННОЙ ПОДПИСЬЮ", "Действителен с 14.01.2026 по 14.04.2027", "Копия электронного документа"],
        ["ПРОЕКТ"],
    ),
    "plan-approved-by-order": (["УТВЕРЖДЁН", "приказом управления образования", "Редакция № 2"], ["УТВЕРЖДАЮ"]),
    "plan-approved-by-person": (["УТВЕРЖДАЮ", "Т.Е. Ольшанская", "Цель:", "Задачи:"], ["УТВЕРЖДЁН"]),
    "appendix-2-participants": (["Приложение № 2", "к приказу министерства образования", "от 21.09.2026 № 512-а"], []),
}  # fmt: skip


@pytest.mark.parametrize("name", WORDS_OF_STAGES)
def test_a_document_says_what_it_is(name: str) -> None:
    text = words(" ".join(text_of(sample(name).pdf)))
    present, absent = WORDS_OF_STAGES[name]
    assert [word for word in present if word not in text] == []
    assert [word for word in absent if word in text.replace("Проект дорожной карты", "")] == []


def test_search_finds_the_verb_that_is_spaced_to_the_eye() -> None:
    assert "приказываю:" in words(text_of(sample("order").pdf)[0])


def test_the_manner_of_the_house_is_followed() -> None:
    manner = Manner(
        standard=Standard.GOST_2016,
        stamp=Alignment.CENTRE,
        title=Alignment.LEFT,
        number_sign="N",
        yo=False,
        bold_terms=True,
        two_sided=True,
    )
    made = render(replace(order(), manner=manner))
    assert made.audit == ()
    assert "N 512-а" in words(text_of(made.pdf)[0])
    assert re.search(r'<body class="([\w -]*)">', made.html)[1].startswith(
        "stamp-centre title-left gost-2016 bold-terms"
    )


def test_steps_are_told_as_the_work_goes_on() -> None:
    told: list[str] = []
    render(samples()["order-for-signing"], on_step=told.append)
    assert told == ["layout", "write", "tags"]

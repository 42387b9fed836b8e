"""An order with a plan of 40 results and its participants as PDF, beside WeasyPrint on the finished HTML."""

from dataclasses import replace
from datetime import UTC, date, datetime

import weasyprint

from benchmarks.measure import Figure, in_turns
from documents.paper import (
    Activity,
    Clause,
    OrderPaper,
    ParticipantsPaper,
    Place,
    PlanPaper,
    Profile,
    Result,
    School,
    Signatory,
    Verification,
    control_clause,
    numbered,
)
from documents.rendering import render
from documents.rendering.compose import stylesheet

MADE = datetime(2026, 9, 21, 10, 0, tzinfo=UTC)
BODY, BODY_OF = "Министерство образования Озёрного края", "министерства образования Озёрного края"


def plan(results: int) -> PlanPaper:
    """Make a plan of activities with one, two and three results; one title in five is taller than short rows."""
    activities: list[Activity] = []
    left = results
    while left:
        number, count = len(activities) + 1, min(left, 1 + len(activities) % 3)
        left -= count
        long = " для школ всех муниципалитетов края, их учителей и партнёров кластера" if number % 5 == 3 else ""
        rows = tuple(
            Result(
                text=f"Итоги встречи {left + row} обсуждены, перечень мер передан участникам",
                deadline=f"до {1 + row:02}.{1 + number % 12:02}.2027",
                executors=("Институт развития педагогов", "Руководители школ"),
            )
            for row in range(1, count + 1)
        )
        activities.append(Activity(number=str(number), title=f"Рабочая встреча {number}{long}", results=rows))
    title = ("Дорожная карта", "работы профильных классов на 2026/27 учебный год")
    return PlanPaper(made_at=MADE, author=BODY, title=title, content=tuple(activities))


def participants() -> ParticipantsPaper:
    """Make a list of 24 schools in four municipalities."""
    places = tuple(
        Place(
            f"Муниципальный округ {place}",
            (Profile("Лесной кластер", tuple(School(f"Школа № {place}{n}", "лесной") for n in range(6))),),
        )
        for place in range(1, 5)
    )
    title = ("Перечень", "школ – участников профильных кластеров")
    return ParticipantsPaper(made_at=MADE, author=BODY, title=title, places=places)


def order(results: int) -> OrderPaper:
    """Make the order."""
    clauses = (
        Clause(text="Утвердить дорожную карту работы профильных классов (приложение № 1)."),
        Clause(text="Утвердить перечень школ – участников профильных кластеров (приложение № 2)."),
        Clause(text="Руководителям школ назначить координаторов в срок до 01.10.2026.", term="до 01.10.2026"),
        Clause(text=control_clause("заместителя министра О.П. Лугову")),
    )
    code = "7K4M-29QF-T3XB"
    return OrderPaper(
        made_at=MADE,
        author=BODY,
        issuer=(BODY,),
        issuer_genitive=BODY_OF,
        signed_on=date(2026, 9, 21),
        number="77-а",
        place="г. Озёрск",
        title="Об организации работы профильных классов",
        preamble="В целях согласованной работы министерства, муниципалитетов и школ",
        clauses=numbered(clauses),
        signatory=Signatory(post="Министр образования", name="А.Н. Берёзкин"),
        appendices=(plan(results), participants()),
        verification=Verification(code=code, url=f"https://plan.example/verify/{code}", name="Приказ № 77-а"),
    )


def order_pdf(name: str, *, results: int) -> Figure:
    """Measure the finished file: layouts, tags put right, audit, attachment; the floor is one plain PDF/A of the same HTML."""
    paper = order(results)
    data = {"rows": [row.text for activity in paper.appendices[0].content for row in activity.results]}  # type: ignore[union-attr]
    finished = render(paper, data=data)
    assert finished.audit == (), finished.audit
    css = stylesheet(two_sided=False)
    turn = iter(range(10**6))

    def product() -> None:
        other = replace(paper, place=f"г. Озёрск-{next(turn)}")  # nothing may be kept from the turn before
        assert render(other, data=data).sheets == finished.sheets

    def floor() -> None:
        page = weasyprint.HTML(string=finished.html)
        assert page.write_pdf(stylesheets=[weasyprint.CSS(string=css)], pdf_variant="pdf/a-3a")

    return in_turns(
        name,
        product,
        floor,
        turns=15,
        rows=results,
        note=f"aim: at most 1.25 ×; {finished.sheets} sheets, {len(finished.pdf) // 1024} KB, {finished.passes} layouts",
    )
